//! Selecting with a rectangle: drawn to the right it takes what it encloses, to the left what it touches.

use std::collections::BTreeSet;

use kurbo::{Point, Rect};

use crate::{
    geometry::hit,
    project::ElementId,
    session::{Action, Select},
    ui::{Actions, View, canvas::scene::Scene},
};

/// A rectangle from where the button went down to the pointer.
pub(in crate::ui::canvas) struct Marquee {
    from_world: Point,
    to_world: Point,
    /// Whether what was selected before stays so.
    add: bool,
    /// The selection before the gesture.
    pub(super) before: BTreeSet<ElementId>,
}

impl Marquee {
    pub(super) fn begin(view: &View<'_>, from_world: Point, add: bool) -> Self {
        Self { from_world, to_world: from_world, add, before: view.session.selection().clone() }
    }

    /// The rectangle in world units.
    pub(in crate::ui::canvas) fn area_world(&self) -> Rect {
        Rect::from_points(self.from_world, self.to_world)
    }

    /// Whether only what lies wholly within is taken.
    pub(in crate::ui::canvas) fn encloses(&self) -> bool {
        self.to_world.x >= self.from_world.x
    }

    pub(super) fn update(&mut self, view: &View<'_>, scene: &Scene, to_world: Point, actions: &mut Actions) {
        self.to_world = to_world;
        let project = view.session.project();
        let caught = hit::marquee(project, scene.routes(), self.area_world(), self.encloses());
        let mut wanted: BTreeSet<ElementId> = caught.into_iter().collect();
        if self.add {
            wanted.extend(self.before.iter().cloned());
        }
        if wanted != *view.session.selection() {
            actions.push(Action::Select(Select::Only(wanted.into_iter().collect())));
        }
    }
}
