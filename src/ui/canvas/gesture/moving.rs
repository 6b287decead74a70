//! Moving the selection, or copies of it with Alt, with snapping to what stands still.

use std::{collections::BTreeSet, sync::Arc};

use egui::Modifiers;
use kurbo::{Point, Rect, Vec2};

use crate::{
    geometry::{
        align::is_locked,
        camera::Camera,
        snap::{Guide, snap_on},
        walk::rect_world,
    },
    lang::{t, tr},
    project::{BoundaryId, Edit, ElementId, Project},
    session::{Action, Select, insertion, selected_part},
    ui::{
        Actions, View,
        canvas::{
            convert::from_rect,
            guides::{self, SNAP_REACH},
            scene::Scene,
        },
    },
};

/// Elements at the pointer.
pub(in crate::ui::canvas) struct Moving {
    /// The project before the gesture.
    base: Arc<Project>,
    /// The selection before the gesture.
    pub(super) before: BTreeSet<ElementId>,
    /// What was taken hold of, and what is selected with it.
    grabbed: ElementId,
    chosen: BTreeSet<ElementId>,
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
    /// The folded boundary whose box the pointer is at: what moves would go into it.
    into: Option<BoundaryId>,
    /// What can be snapped to in the part of the sheet that is seen.
    standing: (Option<Rect>, Vec<Rect>),
    /// What was added, in a copying gesture.
    added: BTreeSet<ElementId>,
    /// What shows what it snapped to, where it is seen in this frame.
    pub(in crate::ui::canvas) guides: Vec<Guide>,
    /// The same of where it will be seen in the next one.
    found: Vec<Guide>,
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
        let mut moving = Self {
            rect_world: Rect::ZERO,
            copies: None,
            base,
            before,
            chosen,
            grabbed: grabbed.clone(),
            elements: BTreeSet::new(),
            name: String::new(),
            from_world,
            delta_world: Vec2::ZERO,
            into: None,
            standing: (None, Vec::new()),
            added: BTreeSet::new(),
            guides: Vec::new(),
            found: Vec::new(),
        };
        moving.take(modifiers.alt);
        moving
    }

    /// What was taken hold of.
    pub(super) fn grabbed(&self) -> &ElementId {
        &self.grabbed
    }

    /// Takes what was chosen to the pointer, or copies of it.
    fn take(&mut self, copies: bool) {
        self.name = name(&self.base, &self.chosen, &self.grabbed, copies);
        self.elements = self.base.moving_with(&self.chosen);
        if !copies {
            self.elements.retain(|element| !is_locked(&self.base, element));
        }
        let hidden = self.base.hidden();
        let seen = self.elements.iter().filter(|element| !hidden.contains_key(*element));
        let rects = seen.filter_map(|element| rect_world(&self.base, element));
        self.rect_world = rects.reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO);
        self.copies = copies.then(|| selected_part(&self.base, &self.elements));
        self.standing.0 = None;
        self.added.clear();
    }

    /// Carries on. Alt decides in each frame whether it is a copy: who has begun to move something may still want both.
    pub(super) fn update(
        &mut self,
        (scene, camera, viewport): (&Scene, &Camera, egui::Rect),
        pointer_world: Point,
        modifiers: Modifiers,
        actions: &mut Actions,
    ) {
        let turns = modifiers.alt != self.copies.is_some();
        if turns {
            self.take(modifiers.alt);
            actions.push(Action::CancelGesture);
        }
        let mut at_place = scene.frames_in(Rect::from_points(pointer_world, pointer_world));
        let into = at_place.find(|frame| frame.folded.is_some() && !self.holds(&frame.element));
        self.into = into.map(|frame| frame.id.clone());
        let mut delta = pointer_world - self.from_world;
        let sideways = delta.x.abs() >= delta.y.abs();
        if modifiers.shift {
            delta = if sideways { Vec2::new(delta.x, 0.0) } else { Vec2::new(0.0, delta.y) };
        }
        // What moves is seen at its place in the next frame, and so are the lines that lead there.
        self.guides = std::mem::take(&mut self.found);
        let mut held = (false, false);
        if !modifiers.ctrl && !modifiers.command {
            let seen = camera.visible_world(from_rect(viewport));
            self.look_around(scene, seen);
            let free = (!modifiers.shift || sideways, !modifiers.shift || !sideways);
            let snapped = snap_on(self.rect_world + delta, &self.standing.1, SNAP_REACH / camera.zoom, free);
            (held, self.found) = (snapped.held, snapped.guides);
            delta += snapped.delta;
        }
        // Whole units where nothing holds it: positions that diff well.
        delta.x = if held.0 { delta.x } else { delta.x.round() };
        delta.y = if held.1 { delta.y } else { delta.y.round() };
        if delta != self.delta_world || turns {
            self.delta_world = delta;
            let edits = self.edits();
            actions.push(Action::Gesture { name: self.name.clone(), edits });
        } else {
            self.guides.clone_from(&self.found);
        }
    }

    /// Notes what can be seen and does not move: components, frames and notes. Once for each part of the sheet that is seen.
    fn look_around(&mut self, scene: &Scene, seen: Rect) {
        if self.standing.0 == Some(seen) {
            return;
        }
        let stands = |element: &ElementId| {
            !self.added.contains(element) && (self.copies.is_some() || !self.elements.contains(element))
        };
        self.standing = (Some(seen), guides::standing(scene, &self.base, seen, stands));
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

    /// The step that puts what moves into the folded boundary at the pointer.
    fn put_into(&mut self) -> Option<(String, Vec<Edit>, BoundaryId)> {
        let into = self.into.take()?;
        // How far it goes does not depend on what it is, so copies may be made after it is known.
        let (offset, _) = self.base.put_into_folded(&into, [], self.rect_world)?;
        self.delta_world = offset;
        let mut edits = self.edits();
        let hidden = self.base.hidden();
        let own = |element: &&ElementId| !matches!(element, ElementId::Connection(_)) && !hidden.contains_key(*element);
        let moved = if self.copies.is_some() { &self.added } else { &self.elements };
        let moved: Vec<ElementId> = moved.iter().filter(own).cloned().collect();
        let (_, around) = self.base.put_into_folded(&into, moved, self.rect_world)?;
        edits.push(around);
        let name = tr!("{0} into {1}", self.name, self.base.name_of(&ElementId::Boundary(into.clone())));
        Some((name, edits, into))
    }

    /// What encloses all that moves, where it is now.
    pub(in crate::ui::canvas) fn rect_now(&self) -> Rect {
        self.rect_world + self.delta_world
    }

    /// Whether it is copies that hang at the pointer.
    pub(super) fn copies(&self) -> bool {
        self.copies.is_some()
    }

    /// Whether an element hangs at the pointer.
    pub(in crate::ui::canvas) fn holds(&self, element: &ElementId) -> bool {
        self.added.contains(element) || self.copies.is_none() && self.elements.contains(element)
    }

    /// The copies that hang at the pointer, if it is copies.
    pub(in crate::ui::canvas) fn added(&self) -> impl Iterator<Item = &ElementId> {
        self.added.iter()
    }

    /// The folded boundary that what moves would go into.
    pub(in crate::ui::canvas) fn goes_into(&self) -> Option<&BoundaryId> {
        self.into.as_ref()
    }

    /// Lets go: over the box of a folded boundary, what moves goes into it.
    pub(super) fn finish(mut self, actions: &mut Actions) {
        if let Some((name, edits, into)) = self.put_into() {
            actions.push(Action::CancelGesture);
            actions.push(Action::edit(name, edits));
            actions.push(Action::Select(Select::Only(vec![ElementId::Boundary(into)])));
            return;
        }
        actions.push(Action::CommitGesture);
        if !self.added.is_empty() {
            actions.push(Action::Select(Select::Only(self.added.into_iter().collect())));
        }
    }
}

/// What the step is called: what is locked stays, and it says so.
fn name(base: &Project, chosen: &BTreeSet<ElementId>, grabbed: &ElementId, copies: bool) -> String {
    let verb = if copies { t("Duplicate") } else { t("Move") };
    let movable = chosen.iter().filter(|element| !matches!(element, ElementId::Connection(_)));
    let (locked, free): (Vec<_>, Vec<_>) = movable.partition(|element| !copies && is_locked(base, element));
    let what = match free.as_slice() {
        [one] => base.name_of(one),
        [] => base.name_of(grabbed),
        several => tr!("{} elements", several.len()),
    };
    match locked.len() {
        0 => tr!("{verb} {what}", verb, what),
        left => tr!("{verb} {what}, {left} locked left behind", verb, what, left),
    }
}
