//! Pan and zoom: wheel, trackpad, pinch, two fingers. What hangs at a button is the gesture's.

use egui::Ui;

use super::{
    CanvasState,
    convert::{to_point, to_vector},
    nodes::Nodes,
};

/// Moves the camera as the wheel, the trackpad or two fingers say.
pub(super) fn pan_and_zoom(ui: &Ui, state: &mut CanvasState, nodes: &Nodes) {
    let (pos, scroll, zoom, fingers) =
        ui.input(|i| (i.pointer.hover_pos(), i.smooth_scroll_delta(), f64::from(i.zoom_delta()), i.multi_touch()));
    if let Some(fingers) = fingers.filter(|fingers| state.viewport.contains(fingers.start_pos)) {
        state.camera.pan(to_vector(fingers.translation_delta));
        state.camera.zoom_at(to_point(fingers.center_pos), f64::from(fingers.zoom_delta));
        return;
    }
    let Some(pos) = pos.filter(|_| nodes.over) else { return };
    if zoom != 1.0 {
        state.camera.zoom_at(to_point(pos), zoom);
    } else if scroll != egui::Vec2::ZERO {
        state.camera.pan(to_vector(scroll));
    }
}

/// Follows from frame to frame whether the view is being zoomed: it is if its zoom changed twice in a row.
#[derive(Default)]
pub(super) struct Zooming {
    last: f64,
    changed: u8,
}

impl Zooming {
    /// Takes the zoom of a frame.
    pub(super) fn step(&mut self, zoom: f64) {
        self.changed = if zoom == self.last { 0 } else { (self.changed + 1).min(2) };
        self.last = zoom;
    }

    pub(super) fn is_going_on(&self) -> bool {
        self.changed == 2
    }
}
