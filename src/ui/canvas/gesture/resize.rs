//! Resizing a frame or a note by a grip.

use egui::Modifiers;
use kurbo::{Point, Rect, Size, Vec2};

use crate::{
    geometry::{
        camera::Camera,
        resize::{Grip, Manner, resized},
        snap::{Guide, snap_edge},
        walk::rect_world,
    },
    lang::{t, tr},
    project::{Boundary, Edit, ElementId, Project, StickyNote},
    session::Action,
    ui::{
        Actions, View,
        canvas::{
            guides::{self, SNAP_REACH},
            scene::Scene,
        },
    },
};

/// No frame and no note is made smaller than this by hand, in world units.
pub(in crate::ui::canvas) const LEAST_WORLD: Size = Size::new(72.0, 48.0);

/// A frame or a note that hangs at the pointer by a grip.
pub(in crate::ui::canvas) struct Resizing {
    element: ElementId,
    pub(super) grip: Grip,
    from_world: Point,
    /// The place before the gesture.
    before_world: Rect,
    /// The place now.
    now_world: Rect,
    /// The name of the step.
    name: String,
    /// What can be snapped to in the part of the sheet that is seen.
    standing: (Option<Rect>, Vec<Rect>),
    /// What shows what it snapped to.
    pub(in crate::ui::canvas) guides: Vec<Guide>,
}

impl Resizing {
    /// Begins; `None` if the element is not there.
    pub(super) fn begin(view: &View<'_>, element: &ElementId, grip: Grip, from_world: Point) -> Option<Self> {
        let project = view.session.project();
        let before_world = rect_world(project, element)?;
        let name = match element {
            ElementId::Note(_) => t("Resize note").to_owned(),
            other => tr!("Resize {}", project.name_of(other)),
        };
        Some(Self {
            element: element.clone(),
            grip,
            from_world,
            before_world,
            now_world: before_world,
            name,
            standing: (None, Vec::new()),
            guides: Vec::new(),
        })
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
        let manner = Manner { proportional: modifiers.shift, centred: modifiers.alt, least: LEAST_WORLD };
        self.guides.clear();
        if !modifiers.ctrl && !modifiers.command && !modifiers.shift {
            self.look_around(scene, project, seen);
            delta = self.snapped(delta, manner, SNAP_REACH / camera.zoom);
        }
        let now_world = resized(self.before_world, self.grip, delta, manner);
        if now_world == self.now_world {
            return;
        }
        self.now_world = now_world;
        if let Some(edit) = placed(project, &self.element, now_world) {
            actions.push(Action::Gesture { name: self.name.clone(), edits: vec![edit] });
        }
    }

    /// The boundary whose frame it is, and where that is now.
    pub(in crate::ui::canvas) fn frame(&self) -> Option<(&ElementId, Rect)> {
        matches!(self.element, ElementId::Boundary(_)).then_some((&self.element, self.now_world))
    }

    /// How far the grip is pulled for the sides it moves to lie on those of others, or on whole units where none is near.
    fn snapped(&mut self, delta: Vec2, manner: Manner, reach_world: f64) -> Vec2 {
        let at = self.grip.at(self.before_world);
        let mut snapped = Vec2::new((at.x + delta.x).round() - at.x, (at.y + delta.y).round() - at.y);
        let pulled = resized(self.before_world, self.grip, delta, manner);
        for side in self.grip.sides() {
            let snap = snap_edge(pulled, side, &self.standing.1, reach_world);
            if snap.held.0 {
                snapped.x = delta.x + snap.delta.x;
            }
            if snap.held.1 {
                snapped.y = delta.y + snap.delta.y;
            }
            self.guides.extend(snap.guides);
        }
        snapped
    }

    /// Notes what can be seen beside it. Once for each part of the sheet that is seen.
    fn look_around(&mut self, scene: &Scene, project: &Project, seen: Rect) {
        if self.standing.0 != Some(seen) {
            let standing = guides::standing(scene, project, seen, |element| *element != self.element);
            self.standing = (Some(seen), standing);
        }
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
