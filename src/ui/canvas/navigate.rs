//! Pan and zoom: wheel, trackpad, pinch, middle button, Space.

use egui::{PointerButton, Ui};

use super::{
    CanvasState,
    convert::{to_point, to_vector},
    nodes::Nodes,
};

/// Moves the camera as the wheel, the trackpad or the middle button say.
pub(super) fn pan_and_zoom(ui: &Ui, state: &mut CanvasState, nodes: &Nodes) {
    let (pos, scroll, zoom, moved, middle) = ui.input(|i| {
        (
            i.pointer.hover_pos(),
            i.smooth_scroll_delta(),
            f64::from(i.zoom_delta()),
            i.pointer.delta(),
            i.pointer.button_down(PointerButton::Middle),
        )
    });
    if middle && nodes.down {
        state.camera.pan(to_vector(moved));
        ui.set_cursor_icon(egui::CursorIcon::Grabbing);
    }
    let Some(pos) = pos.filter(|_| nodes.over) else { return };
    if zoom != 1.0 {
        state.camera.zoom_at(to_point(pos), zoom);
    } else if scroll != egui::Vec2::ZERO {
        state.camera.pan(to_vector(scroll));
    }
}
