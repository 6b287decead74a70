//! Resizing a frame or a note by a grip.

use egui::Modifiers;
use kurbo::{Point, Rect, Size, Vec2};

use super::rect_world;
use crate::{
    geometry::{
        camera::Camera,
        resize::{Grip, Manner, resized, snapped},
    },
    project::{Boundary, Edit, ElementId, Project, StickyNote},
    session::Action,
    ui::{Actions, View, canvas::scene::Scene},
};

/// How near a side has to be to another to snap to it, in points at any zoom.
const SNAP_REACH: f64 = 8.0;
/// No frame and no note is made smaller than this by hand, in world units.
pub(in crate::ui::canvas) const LEAST_WORLD: Size = Size::new(72.0, 48.0);

/// A frame or a note that hangs at the pointer by a grip.
pub(in crate::ui::canvas) struct Resizing {
    element: ElementId,
    grip: Grip,
    from_world: Point,
    /// The place before the gesture.
    before_world: Rect,
    /// The place now.
    now_world: Rect,
    /// The name of the step.
    name: String,
}

impl Resizing {
    /// Begins; `None` if the element is not there.
    pub(super) fn begin(view: &View<'_>, element: &ElementId, grip: Grip, from_world: Point) -> Option<Self> {
        let project = view.session.project();
        let before_world = rect_world(project, element)?;
        let name = match element {
            ElementId::Note(_) => "Resize note".to_owned(),
            other => format!("Resize {}", project.name_of(other)),
        };
        Some(Self { element: element.clone(), grip, from_world, before_world, now_world: before_world, name })
    }

    /// Carries on: Shift keeps the proportions, Alt the middle, Ctrl snaps to nothing.
    pub(super) fn update(
        &mut self,
        (project, scene, camera): (&Project, &Scene, &Camera),
        seen: Rect,
        pointer_world: Point,
        modifiers: Modifiers,
        actions: &mut Actions,
    ) {
        let mut delta = pointer_world - self.from_world;
        if !modifiers.ctrl && !modifiers.command && !modifiers.shift {
            let others = self.others(scene, seen);
            let (more, held) = snapped(self.before_world, self.grip, delta, &others, SNAP_REACH / camera.zoom);
            let whole = |held: bool, more: f64, at: f64, delta: f64| {
                if held { delta + more } else { (at + delta).round() - at }
            };
            let at = self.grip.at(self.before_world);
            delta = Vec2::new(whole(held.0, more.x, at.x, delta.x), whole(held.1, more.y, at.y, delta.y));
        }
        let manner = Manner { proportional: modifiers.shift, centred: modifiers.alt, least: LEAST_WORLD };
        let now_world = resized(self.before_world, self.grip, delta, manner);
        if now_world == self.now_world {
            return;
        }
        self.now_world = now_world;
        if let Some(edit) = placed(project, &self.element, now_world) {
            actions.push(Action::Gesture { name: self.name.clone(), edits: vec![edit] });
        }
    }

    /// The sides that can be snapped to: of everything that is seen, but of neither it nor what lies in it.
    fn others(&self, scene: &Scene, seen: Rect) -> Vec<Rect> {
        let cards = scene.cards_in(seen).map(|card| card.rect_world);
        let frames = scene.frames_in(seen).filter(|frame| frame.element != self.element).map(|frame| frame.rect_world);
        cards.chain(frames).collect()
    }
}

/// The edit that gives a frame or a note this place.
fn placed(project: &Project, element: &ElementId, rect_world: Rect) -> Option<Edit> {
    let (pos_world, size_world) = (rect_world.origin(), rect_world.size());
    match element {
        ElementId::Boundary(id) => {
            let boundary = project.boundaries.get(id)?;
            Some(Edit::PutBoundary(id.clone(), Boundary { pos_world, size_world, ..(**boundary).clone() }))
        }
        ElementId::Note(id) => {
            let note = project.sticky_notes.get(id)?;
            Some(Edit::PutNote(id.clone(), StickyNote { pos_world, size_world, ..(**note).clone() }))
        }
        ElementId::Component(_) | ElementId::Connection(_) => None,
    }
}
