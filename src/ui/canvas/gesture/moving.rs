//! Moving the selection, or copies of it with Alt, with snapping to what stands still.

use std::{collections::BTreeSet, sync::Arc};

use egui::Modifiers;
use kurbo::{Point, Rect, Vec2};

use super::rect_world;
use crate::{
    geometry::{
        camera::Camera,
        hit,
        snap::{Guide, snap},
    },
    project::{Edit, ElementId, Project},
    session::{Action, Select, insertion, selected_part},
    ui::{
        Actions, View,
        canvas::{convert::from_rect, scene::Scene},
    },
};

/// How near an edge has to be to another to snap to it, in points at any zoom.
const SNAP_REACH: f64 = 8.0;

/// Elements at the pointer.
pub(in crate::ui::canvas) struct Moving {
    /// The project before the gesture.
    base: Arc<Project>,
    /// The selection before the gesture.
    pub(super) before: BTreeSet<ElementId>,
    /// What moves.
    elements: BTreeSet<ElementId>,
    /// What is copied instead of moved.
    copies: Option<Project>,
    /// The name of the step.
    name: String,
    /// What encloses all that moves, where it was.
    rect_world: Rect,
    from_world: Point,
    delta_world: Vec2,
    /// What was added, in a copying gesture.
    added: BTreeSet<ElementId>,
    /// Lines that show what it snapped to.
    pub(in crate::ui::canvas) guides: Vec<Guide>,
}

impl Moving {
    pub(super) fn begin(
        view: &View<'_>,
        grabbed: &ElementId,
        from_world: Point,
        modifiers: Modifiers,
        actions: &mut Actions,
    ) -> Self {
        let base = Arc::clone(view.session.project());
        let before = view.session.selection().clone();
        let mut chosen = if before.contains(grabbed) || modifiers.shift { before.clone() } else { BTreeSet::new() };
        chosen.insert(grabbed.clone());
        if chosen != before {
            actions.push(Action::Select(Select::Only(chosen.iter().cloned().collect())));
        }
        let movable = chosen.iter().filter(|element| !matches!(element, ElementId::Connection(_))).count();
        let verb = if modifiers.alt { "Duplicate" } else { "Move" };
        let name = match movable {
            1 => format!("{verb} {}", base.name_of(grabbed)),
            count => format!("{verb} {count} elements"),
        };
        let elements = with_contents(&base, &chosen);
        let rects = elements.iter().filter_map(|element| rect_world(&base, element));
        Self {
            rect_world: rects.reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO),
            copies: modifiers.alt.then(|| selected_part(&base, &elements)),
            base,
            before,
            elements,
            name,
            from_world,
            delta_world: Vec2::ZERO,
            added: BTreeSet::new(),
            guides: Vec::new(),
        }
    }

    pub(super) fn update(
        &mut self,
        scene: &Scene,
        camera: &Camera,
        viewport: egui::Rect,
        pointer_world: Point,
        modifiers: Modifiers,
        actions: &mut Actions,
    ) {
        let mut delta = pointer_world - self.from_world;
        let sideways = delta.x.abs() >= delta.y.abs();
        if modifiers.shift {
            delta = if sideways { Vec2::new(delta.x, 0.0) } else { Vec2::new(0.0, delta.y) };
        }
        self.guides.clear();
        let mut held = (false, false);
        if !modifiers.ctrl && !modifiers.command {
            let seen = camera.visible_world(from_rect(viewport));
            let others = self.standing(scene, seen);
            let snapped = snap(self.rect_world + delta, &others, SNAP_REACH / camera.zoom);
            let free = (!modifiers.shift || sideways, !modifiers.shift || !sideways);
            held = (snapped.held.0 && free.0, snapped.held.1 && free.1);
            delta.x += if held.0 { snapped.delta.x } else { 0.0 };
            delta.y += if held.1 { snapped.delta.y } else { 0.0 };
            let shown = |guide: &Guide| if guide.from.x == guide.to.x { held.0 } else { held.1 };
            self.guides = snapped.guides.into_iter().filter(shown).collect();
        }
        // Whole units where nothing holds it: positions that diff well.
        delta.x = if held.0 { delta.x } else { delta.x.round() };
        delta.y = if held.1 { delta.y } else { delta.y.round() };
        if delta != self.delta_world {
            self.delta_world = delta;
            let edits = self.edits();
            actions.push(Action::Gesture { name: self.name.clone(), edits });
        }
    }

    /// The components that can be seen and do not move.
    fn standing(&self, scene: &Scene, seen: Rect) -> Vec<Rect> {
        let stands = |element: &ElementId| {
            !self.added.contains(element) && (self.copies.is_some() || !self.elements.contains(element))
        };
        let cards = scene.cards_in(seen).filter(|card| stands(&card.element));
        cards.map(|card| card.rect_world).collect()
    }

    fn edits(&mut self) -> Vec<Edit> {
        match &self.copies {
            Some(copies) => {
                let (edits, added) = insertion(&self.base, copies, self.delta_world);
                self.added = added.into_iter().collect();
                edits
            }
            None => vec![Edit::Move(self.elements.clone(), self.delta_world)],
        }
    }

    pub(super) fn finish(self, actions: &mut Actions) {
        actions.push(Action::CommitGesture);
        if !self.added.is_empty() {
            actions.push(Action::Select(Select::Only(self.added.into_iter().collect())));
        }
    }
}

/// The elements with everything that lies within the boundaries among them.
fn with_contents(project: &Project, chosen: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
    let mut all = chosen.clone();
    for element in chosen {
        let ElementId::Boundary(id) = element else { continue };
        let Some(boundary) = project.boundaries.get(id) else { continue };
        let frame = boundary.rect_world();
        let within = |rect: Rect| hit::encloses(frame, rect);
        let components = project.components.iter().filter(|(_, c)| within(c.rect_world()));
        all.extend(components.map(|(id, _)| ElementId::Component(id.clone())));
        let inner = project.boundaries.iter().filter(|(_, b)| within(b.rect_world()));
        all.extend(inner.map(|(id, _)| ElementId::Boundary(id.clone())));
        let notes = project.sticky_notes.iter().filter(|(_, n)| within(n.rect_world()));
        all.extend(notes.map(|(id, _)| ElementId::Note(id.clone())));
    }
    all
}
