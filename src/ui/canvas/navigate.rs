//! Pan and zoom: wheel, trackpad, pinch, two fingers, and what comes into view. What hangs at a button is the gesture's.

use egui::{Rect, Ui, Vec2, vec2};

use super::{
    CanvasState,
    convert::{from_rect, to_point, to_rect, to_vector},
    legend,
    nodes::Nodes,
    overlay::WHEEL_ZOOM,
};
use crate::geometry::camera::Camera;

/// Free room around what comes into view, in points, and what the buttons take above that.
const ROOM: f32 = 17.0;
const BUTTONS: f32 = 28.0;
/// Free room around what does not fit into the view at its zoom, in points.
const FIT_PADDING: f64 = 56.0;

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
    } else if state.wheel_zooms && scroll.y != 0.0 {
        state.camera.zoom_at(to_point(pos), (f64::from(scroll.y) * WHEEL_ZOOM).exp());
    } else if scroll != egui::Vec2::ZERO {
        state.camera.pan(to_vector(scroll));
    }
}

impl CanvasState {
    /// Moves the view no further than it takes for a part of the sheet to be seen, clear of what lies over the sheet where that can be.
    /// What is larger than the view is shown as a whole.
    pub(super) fn bring_into_view(&mut self, rect_world: kurbo::Rect) {
        let before = self.camera;
        let rect = to_rect(before.rect_screen(rect_world));
        let room =
            Rect::from_min_max(self.viewport.min + vec2(ROOM, ROOM + BUTTONS), self.viewport.max - vec2(ROOM, ROOM));
        if rect.width() > room.width() || rect.height() > room.height() {
            self.camera = Camera::fit(rect_world, from_rect(self.viewport), FIT_PADDING, before.zoom);
            return;
        }
        let least = into(rect, room);
        let rect = rect.translate(least);
        let over = self.legend.map(legend::Placed::rect).into_iter().chain([self.minimap_rect]);
        let mut ways: Vec<Vec2> =
            over.filter(|over| over.intersects(rect)).flat_map(|over| aside(rect, over)).collect();
        ways.push(Vec2::ZERO);
        ways.sort_by(|a, b| a.length().total_cmp(&b.length()));
        for way in ways {
            self.camera = before;
            self.camera.pan(to_vector(least + way));
            if self.is_clear(rect_world) {
                return;
            }
        }
        self.camera = before;
        self.camera.pan(to_vector(least));
    }
}

/// How far a rectangle has to be moved to lie in one that is not smaller.
fn into(rect: Rect, room: Rect) -> Vec2 {
    let by = |low: f32, high: f32| low.max(0.0) + high.min(0.0);
    let (low, high) = (room.min - rect.min, room.max - rect.max);
    vec2(by(low.x, high.x), by(low.y, high.y))
}

/// The four ways out from under something that lies over a rectangle, each with a point to spare.
fn aside(rect: Rect, over: Rect) -> [Vec2; 4] {
    let over = over.expand(1.0);
    [
        vec2(over.left() - rect.right(), 0.0),
        vec2(over.right() - rect.left(), 0.0),
        vec2(0.0, over.top() - rect.bottom()),
        vec2(0.0, over.bottom() - rect.top()),
    ]
}
