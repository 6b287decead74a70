//! Drawing a boundary around things.

use egui::Modifiers;
use kurbo::{Point, Rect, Size};

use super::resize::LEAST_WORLD;
use crate::{
    lang::tr,
    project::{Boundary, Edit, ElementId, Project},
    session::{Action, CanvasRequest, Request, Select},
    ui::Actions,
};

/// Places are multiples of this, in world units, unless Ctrl is held.
const STEP_WORLD: f64 = 12.0;
/// The frame of a click, in world units.
const USUAL_WORLD: Size = Size::new(312.0, 216.0);

/// A frame from where the button went down to the pointer.
pub(in crate::ui::canvas) struct DrawFrame {
    from_world: Point,
    to_world: Point,
    free: bool,
}

impl DrawFrame {
    pub(super) fn begin(from_world: Point) -> Self {
        Self { from_world, to_world: from_world, free: false }
    }

    pub(super) fn update(&mut self, to_world: Point, modifiers: Modifiers) {
        self.to_world = to_world;
        self.free = modifiers.ctrl || modifiers.command;
    }

    /// The frame so far, in world units.
    pub(in crate::ui::canvas) fn area_world(&self) -> Rect {
        let step = if self.free { 1.0 } else { STEP_WORLD };
        let on_grid = |point: Point| Point::new((point.x / step).round() * step, (point.y / step).round() * step);
        Rect::from_points(on_grid(self.from_world), on_grid(self.to_world))
    }

    /// Adds the frame and puts the cursor into its name. A click adds one of the usual size.
    pub(super) fn finish(&self, project: &Project, zoom: f64, actions: &mut Actions) {
        let area = self.area_world();
        let clicked = (self.to_world - self.from_world).hypot() * zoom < 6.0;
        let size = if clicked { USUAL_WORLD } else { area.size().max(LEAST_WORLD) };
        let name = project.new_boundary_name();
        let id = project.new_boundary_id(&name);
        let boundary = Boundary::new(&name, Rect::from_origin_size(area.origin(), size));
        let element = ElementId::Boundary(id.clone());
        actions.push(Action::edit(tr!("Draw {name}", name), vec![Edit::PutBoundary(id, boundary)]));
        actions.push(Action::Select(Select::Only(vec![element.clone()])));
        actions.push(Action::Request(Request::Canvas(CanvasRequest::EditInPlace(element))));
    }
}
