//! Going from finding to finding, and mending them.

use kurbo::{Point, Rect, Vec2};

use super::{
    Session,
    action::{CanvasRequest, DockTab, Request, Select},
};
use crate::{
    assess::{Finding, Fix},
    project::{ComponentId, ComponentKind, Edit, ElementId, FindingKey, Project, card_size},
};

/// Room between a component and what is put beside it, in world units.
const GAP_WORLD: f64 = 72.0;
/// Room around a new component, in world units.
const CLEARANCE_WORLD: f64 = 24.0;
/// Places that are tried for a new component, one below the other.
const PLACES: usize = 100;

impl Session {
    /// The finding that was looked at last, while it is there.
    pub fn current_finding(&self) -> Option<&Finding> {
        let key = self.finding.as_ref()?;
        self.assessment().findings.iter().find(|finding| finding.key == *key)
    }

    /// Selects what a finding is about and brings it into view. One about the plan as a whole selects nothing.
    pub(super) fn show_finding(&mut self, key: &FindingKey) {
        let Some(finding) = self.assessment().findings.iter().find(|finding| finding.key == *key) else { return };
        let there = |element: &&ElementId| self.project().contains(element);
        let elements: Vec<ElementId> = finding.elements.iter().filter(there).cloned().collect();
        self.finding = Some(key.clone());
        match elements.as_slice() {
            [] => {}
            [one] => self.request(Request::Canvas(CanvasRequest::Centre(one.clone()))),
            _ => self.request(Request::Canvas(CanvasRequest::CentreSelection)),
        }
        self.select(Select::Only(elements));
    }

    /// Carries a fix out as one step, with what is new beside what it is connected to.
    pub(super) fn mend(&mut self, fix: &Fix) {
        let placed = |edit: &Edit| match edit {
            Edit::PutComponent(id, component) if component.pos_world.is_none() => {
                let mut component = component.clone();
                component.pos_world =
                    neighbour(fix, id).and_then(|at| place_beside(self.project(), at, component.kind));
                Edit::PutComponent(id.clone(), component)
            }
            other => other.clone(),
        };
        let edits: Vec<Edit> = fix.edits.iter().map(placed).collect();
        let edits = beside_what_is_put_off(self.project(), edits);
        self.edit(&fix.label, &edits);
    }

    /// Goes to the open finding after the present one (or before it), round in a circle, and lists them.
    pub(super) fn step_finding(&mut self, forward: bool) {
        let keys: Vec<FindingKey> = self.assessment().open_findings().map(|finding| finding.key.clone()).collect();
        let here = keys.iter().position(|key| Some(key) == self.finding.as_ref());
        let next = match (here, forward) {
            (None, true) => 0,
            (None, false) => keys.len().saturating_sub(1),
            (Some(at), true) => (at + 1) % keys.len(),
            (Some(at), false) => (at + keys.len() - 1) % keys.len(),
        };
        if let Some(key) = keys.get(next) {
            self.show_finding(key);
            self.request(Request::Dock(DockTab::Findings));
        }
    }
}

/// A fix names what is new after what it can see, and it does not see what is put off to later: the same edits under ids that are
/// free in the whole project.
fn beside_what_is_put_off(project: &Project, edits: Vec<Edit>) -> Vec<Edit> {
    let mut edits = edits;
    let taken = edits.iter().find_map(|edit| match edit {
        Edit::PutComponent(id, component) if project.is_deferred(id) => Some((id.clone(), component.name.clone())),
        _ => None,
    });
    if let Some((taken, name)) = taken {
        let free = project.new_component_id(&name);
        for edit in &mut edits {
            match edit {
                Edit::PutComponent(id, _) if *id == taken => id.clone_from(&free),
                Edit::PutConnection(_, link) => {
                    for end in [&mut link.from, &mut link.to].into_iter().filter(|end| **end == taken) {
                        end.clone_from(&free);
                    }
                }
                _ => {}
            }
        }
    }
    for edit in &mut edits {
        if let Edit::PutConnection(id, link) = edit
            && project.connections.get(id).is_some_and(|there| project.waits(there))
        {
            *id = project.new_connection_id(&link.from, &link.to);
        }
    }
    edits
}

/// What a new component of a fix is connected to.
fn neighbour<'f>(fix: &'f Fix, new: &ComponentId) -> Option<&'f ComponentId> {
    fix.edits.iter().find_map(|edit| match edit {
        Edit::PutConnection(_, link) if link.to == *new => Some(&link.from),
        Edit::PutConnection(_, link) if link.from == *new => Some(&link.to),
        _ => None,
    })
}

/// A free place to the right of a component, or below that; `None` if the component itself has no place yet.
fn place_beside(project: &Project, beside: &ComponentId, kind: ComponentKind) -> Option<Point> {
    let beside = project.components.get(beside)?;
    let origin = beside.pos_world? + Vec2::new(card_size(beside.kind).width + GAP_WORLD, 0.0);
    let size = card_size(kind);
    let free = |place: &Point| {
        let room = Rect::from_origin_size(*place, size).inflate(CLEARANCE_WORLD - 1.0, CLEARANCE_WORLD - 1.0);
        project.components.values().all(|component| {
            let both = component.rect_world().intersect(room);
            both.width() <= 0.0 || both.height() <= 0.0
        })
    };
    let step = size.height + CLEARANCE_WORLD;
    let mut places = (0..PLACES).map(|i| origin + Vec2::new(0.0, step * i as f64));
    Some(places.find(free).unwrap_or(origin))
}
