//! Showing the whole drawing: as large as it goes beside what lies over the sheet.

use egui::Rect;
use kurbo::Point;

use super::{
    CanvasState,
    convert::from_rect,
    find, legend, overlay,
    state::{FIT_PADDING, Fitted},
};
use crate::geometry::camera::Camera;

/// From the drawing to the overview beside which it is fitted, in points.
const CLEAR: f32 = 16.0;
/// There is no room beside the overview if the drawing would be smaller than this share of what it could be.
const LEAST_SHARE: f64 = 0.6;

/// What has to be free of the drawing.
#[derive(Clone, Copy, PartialEq)]
enum Clear {
    /// Whatever lies over the sheet.
    All,
    /// The legend: the overview hides where everything is seen anyway.
    Legend,
    Nothing,
}

impl CanvasState {
    /// Shows everything.
    pub(super) fn fit_all(&mut self) {
        let viewport = from_rect(self.viewport);
        if let Some(bounds) = self.scene.bounds_world {
            self.camera = self.fitted_beside(bounds);
        } else {
            self.camera = Camera::default();
            self.camera.centre_on(Point::ORIGIN, viewport);
        }
        self.note_fitted();
    }

    /// The camera under which everything is as large as it can be with nothing of it under the overview, the legend or the box of the
    /// search, where there is room for that.
    fn fitted_beside(&mut self, bounds: kurbo::Rect) -> Camera {
        // For who looks on from further away it may be larger than it is worked at.
        let most = if self.alone { 2.0 } else { 1.0 };
        let rooms = self.rooms();
        let cameras: Vec<Camera> =
            rooms.iter().map(|room| Camera::fit(bounds, from_rect(*room), FIT_PADDING, most)).collect();
        let whole = cameras.first().map_or(most, |camera| camera.zoom);
        let overview = self.minimap_rect;
        for clear in [Clear::All, Clear::Legend, Clear::Nothing] {
            let mut best: Option<Camera> = None;
            for camera in &cameras {
                let larger = best.is_none_or(|best| camera.zoom > best.zoom);
                let large = clear != Clear::All || camera.zoom >= LEAST_SHARE * whole;
                if larger && large && self.is_free(*camera, clear) {
                    best = Some(*camera);
                }
            }
            if let Some(best) = best {
                // Where things are put under this camera is told from it alone.
                (self.legend, self.minimap_rect) = (None, overview);
                return best;
            }
        }
        self.camera
    }

    /// Whether nothing of the drawing lies under what has to be free.
    fn is_free(&mut self, camera: Camera, clear: Clear) -> bool {
        self.camera = camera;
        self.legend = None;
        let overview = overlay::minimap_place(self);
        let under = |part: Rect| camera.visible_world(from_rect(part));
        self.minimap_rect = overview.filter(|part| !self.scene.anything_in(under(*part))).unwrap_or(Rect::NOTHING);
        let overview_is_free = overview.is_none() || self.minimap_rect != Rect::NOTHING;
        match clear {
            Clear::All => overview_is_free && !legend::covers_something(self),
            Clear::Legend => !legend::covers_something(self),
            Clear::Nothing => true,
        }
    }

    /// The parts of the canvas that the drawing may be fitted into: all of it, and what is left beside or above the overview and the
    /// legend. The box of the search has its side for itself.
    fn rooms(&self) -> Vec<Rect> {
        let whole = find::room(self);
        let mut rooms = vec![whole];
        let size = legend::size(self);
        if size != egui::Vec2::ZERO {
            rooms.push(Rect { min: whole.min + egui::vec2(size.x + overlay::MARGIN, 0.0), ..whole });
            rooms.push(Rect { max: whole.max - egui::vec2(0.0, size.y + overlay::MARGIN), ..whole });
        }
        let Some(overview) = overlay::minimap_place(self) else { return rooms };
        // The drawing has room around it anyway.
        let near = FIT_PADDING as f32 - CLEAR;
        for room in rooms.clone() {
            let above = Rect { max: egui::pos2(room.max.x, room.max.y.min(overview.top() + near)), ..room };
            let left = Rect { max: egui::pos2(room.max.x.min(overview.left() + near), room.max.y), ..room };
            rooms.extend([above, left]);
        }
        rooms
    }

    /// Notes that this camera shows everything.
    fn note_fitted(&mut self) {
        self.fitted = Some(Fitted { camera: self.camera, viewport: self.viewport, covered: self.covered() });
    }
}
