//! Two plans laid over each other: every component and connection of either, and everything in which they differ.

use std::{collections::HashMap, sync::Arc};

use super::{
    super::{engine::Engine, evaluate::Values},
    Assessed, Because, Difference, DifferenceKind, TraitDifference,
};
use crate::{
    lang::t,
    project::{Assumptions, Component, ComponentId, Connection, ConnectionId, ElementId, Project, TraitId, TraitValue},
};

/// A component of either plan. Of a pair the earlier plan comes first.
pub(super) struct Place<'a> {
    pub(super) id: &'a ComponentId,
    pub(super) versions: [Option<&'a Arc<Component>>; 2],
    /// The values of each version, by trait; empty for one that is never looked at.
    pub(super) rows: [Vec<Option<&'a TraitValue>>; 2],
    pub(super) frameworks: [Option<usize>; 2],
    /// The differences that it depends on whether it is there, what it is, and what it is built on.
    pub(super) presence: Option<usize>,
    pub(super) contents: Option<usize>,
    pub(super) framework: Option<usize>,
    pub(super) wires: Vec<usize>,
}

impl Place<'_> {
    /// Whether it is a service in either plan.
    pub(super) fn may_be_service(&self) -> bool {
        self.versions.iter().flatten().any(|component| component.kind.is_service())
    }

    fn is_in_both(&self) -> bool {
        self.versions.iter().all(Option::is_some)
    }

    /// Whether its kind differs.
    pub(super) fn has_other_kind(&self) -> bool {
        matches!(self.versions, [Some(a), Some(b)] if a.kind != b.kind)
    }
}

/// A connection of either plan between two places.
pub(super) struct Wire<'a> {
    pub(super) id: &'a ConnectionId,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) versions: [Option<&'a Arc<Connection>>; 2],
    /// The wire of the same name in the other plan, where that leads elsewhere.
    twin: Option<usize>,
    /// The difference it depends on; `None` where it hangs on its ends alone.
    pub(super) difference: Option<usize>,
}

/// Two plans laid over each other.
pub(super) struct Union<'a> {
    pub(super) projects: [&'a Project; 2],
    pub(super) places: Vec<Place<'a>>,
    pub(super) wires: Vec<Wire<'a>>,
    pub(super) differences: Vec<Difference>,
    pub(super) idle: Vec<Difference>,
    pub(super) rate: Option<usize>,
    pub(super) team: Option<usize>,
    pub(super) contingency: Option<usize>,
}

impl<'a> Union<'a> {
    /// `scopes` are what is to be built now of the two plans in `ends`.
    pub(super) fn new(engine: &Engine, scopes: [&'a Project; 2], ends: [Assessed<'_>; 2]) -> Self {
        let mut union = Self {
            projects: scopes,
            places: Vec::new(),
            wires: Vec::new(),
            differences: Vec::new(),
            idle: Vec::new(),
            rate: None,
            team: None,
            contingency: None,
        };
        union.add_places(engine, ends);
        union.add_wires();
        for place in 0..union.places.len() {
            union.compare_place(engine, ends, place);
        }
        for wire in 0..union.wires.len() {
            union.compare_wire(wire);
        }
        union.compare_assumptions(engine);
        union
    }

    fn add_places(&mut self, engine: &Engine, ends: [Assessed<'_>; 2]) {
        let [earlier, later] = self.projects;
        let further = later.components.keys().filter(|id| !earlier.components.contains_key(*id));
        for id in earlier.components.keys().chain(further) {
            let versions = self.projects.map(|project| project.components.get(id));
            let frameworks = ends.map(|end| {
                let framework = end.assessment.verdict.assignment.get(id)?;
                engine.playbook.frameworks.get_index_of(framework)
            });
            self.places.push(Place {
                id,
                versions,
                rows: [Vec::new(), Vec::new()],
                frameworks,
                presence: None,
                contents: None,
                framework: None,
                wires: Vec::new(),
            });
        }
    }

    fn add_wires(&mut self) {
        let place_of: HashMap<&ComponentId, usize> =
            self.places.iter().enumerate().map(|(at, place)| (place.id, at)).collect();
        let ends = |link: &Connection| Some((*place_of.get(&link.from)?, *place_of.get(&link.to)?));
        let [earlier, later] = self.projects;
        let mut known = HashMap::new();
        for (id, link) in &earlier.connections {
            let Some((from, to)) = ends(link) else { continue };
            known.insert(id, self.wires.len());
            self.wires.push(Wire { id, from, to, versions: [Some(link), None], twin: None, difference: None });
        }
        for (id, link) in &later.connections {
            let Some((from, to)) = ends(link) else { continue };
            let (twin, at_end) = (known.get(id).copied(), self.wires.len());
            match twin.map(|twin| &mut self.wires[twin]) {
                Some(wire) if (wire.from, wire.to) == (from, to) => wire.versions[1] = Some(link),
                earlier => {
                    if let Some(wire) = earlier {
                        wire.twin = Some(at_end);
                    }
                    self.wires.push(Wire { id, from, to, versions: [None, Some(link)], twin, difference: None });
                }
            }
        }
        for (at, wire) in self.wires.iter().enumerate() {
            self.places[wire.from].wires.push(at);
            if wire.to != wire.from {
                self.places[wire.to].wires.push(at);
            }
        }
    }

    fn differs(&mut self, difference: Difference) -> usize {
        self.differences.push(difference);
        self.differences.len() - 1
    }

    fn compare_place(&mut self, engine: &Engine, ends: [Assessed<'_>; 2], at: usize) {
        let place = &self.places[at];
        let [earlier, later] = place.versions;
        let (is_service, linked) = (place.may_be_service(), !place.wires.is_empty());
        let difference = |component: &Component, kind| Difference {
            element: Some(ElementId::Component(place.id.clone())),
            name: component.name.clone(),
            kind,
        };
        let row = |version: Option<&'a Arc<Component>>| version.map(|c| Values::row(&engine.playbook, c));
        let (Some(earlier), Some(later)) = (earlier, later) else {
            let Some(component) = earlier.or(later) else { return };
            let elsewhere = ends[usize::from(earlier.is_some())].project.components.contains_key(place.id);
            let kind = match (earlier.is_some(), elsewhere) {
                (true, true) => DifferenceKind::PutOff,
                (true, false) => DifferenceKind::Removed,
                (false, true) => DifferenceKind::TakenIn,
                (false, false) => DifferenceKind::Added,
            };
            let one = difference(component, kind);
            let rows = place.versions.map(|version| row(version).unwrap_or_default());
            self.places[at].rows = rows;
            // A resource is no work by itself; what calls it is.
            if is_service || linked {
                self.places[at].presence = Some(self.differs(one));
            } else {
                self.idle.push(one);
            }
            return;
        };
        let (mut rows, mut contents, mut counts) = ([Vec::new(), Vec::new()], None, false);
        if is_service {
            rows[0] = Values::row(&engine.playbook, earlier);
        }
        if let Some(kind) = other_contents(earlier, later) {
            counts = matters(engine, &kind, is_service, linked);
            if counts && is_service {
                rows[1] = Values::row(&engine.playbook, later);
            }
            contents = Some(difference(later, kind));
        }
        let framework = self.other_framework(engine, at, contents.is_some()).map(|kind| difference(later, kind));
        self.places[at].rows = rows;
        match contents {
            Some(one) if counts => self.places[at].contents = Some(self.differs(one)),
            one => self.idle.extend(one),
        }
        if let Some(one) = framework {
            self.places[at].framework = Some(self.differs(one));
        }
    }

    /// What a service of both plans is built on, if the verdicts differ.
    fn other_framework(&self, engine: &Engine, at: usize, other_contents: bool) -> Option<DifferenceKind> {
        let place = &self.places[at];
        let ([Some(from), Some(to)], [Some(earlier), Some(later)]) = (place.frameworks, place.versions) else {
            return None;
        };
        if from == to {
            return None;
        }
        let because = match (earlier.pin != later.pin, other_contents) {
            (true, _) => Because::Pin,
            (false, true) => Because::Contents,
            (false, false) => Because::Plan,
        };
        let name = |at: usize| engine.playbook.frameworks.get_index(at).map(|(id, _)| id.clone());
        Some(DifferenceKind::Framework { from: name(from)?, to: name(to)?, because })
    }

    /// Whether both ends of a wire are in both plans. If not, it comes and goes with its end.
    fn is_between_both(&self, at: usize) -> bool {
        [self.wires[at].from, self.wires[at].to].iter().all(|end| self.places[*end].is_in_both())
    }

    fn compare_wire(&mut self, at: usize) {
        let wire = &self.wires[at];
        let twin = wire.twin.filter(|twin| self.is_between_both(*twin));
        // The earlier one of two speaks for both.
        if !self.is_between_both(at) || (twin.is_some() && wire.versions[0].is_none()) {
            return;
        }
        let later = twin.map_or(wire.versions[1], |twin| self.wires[twin].versions[1]);
        let kind = match [wire.versions[0], later] {
            [Some(a), Some(b)] if twin.is_none() && works_the_same(a, b) => return,
            [Some(a), Some(b)] => {
                DifferenceKind::Relinked { from: Box::new((**a).clone()), to: Box::new((**b).clone()) }
            }
            [Some(_), None] => DifferenceKind::Unlinked,
            _ => DifferenceKind::Linked,
        };
        let wires = [Some(at), twin];
        let ends = |wire: usize| [self.wires[wire].from, self.wires[wire].to].map(|end| &self.places[end]);
        let name = |place: &Place<'a>| place.versions[1].map_or("", |component| component.name.as_str());
        let counts = wires.iter().flatten().any(|wire| ends(*wire).iter().any(|place| place.may_be_service()));
        let one = Difference {
            element: Some(ElementId::Connection(wire.id.clone())),
            name: ends(at).map(name).join(t(" to ")),
            kind,
        };
        if counts {
            let difference = Some(self.differs(one));
            wires.into_iter().flatten().for_each(|wire| self.wires[wire].difference = difference);
        } else {
            self.idle.push(one);
        }
    }

    fn compare_assumptions(&mut self, engine: &Engine) {
        let [from, to] = self.projects.map(|project| &project.assumptions);
        let whole = |kind| Difference { element: None, name: String::new(), kind };
        let (from_usd, to_usd) = (from.mean_rate_usd_per_person_week(), to.mean_rate_usd_per_person_week());
        if from_usd != to_usd {
            self.rate = Some(self.differs(whole(DifferenceKind::Rate { from_usd, to_usd })));
        }
        let share = |a: &Assumptions| a.communication_share.unwrap_or(engine.playbook.estimate.communication_share);
        let (people, communication) = ((from.team_size, to.team_size), (share(from), share(to)));
        if people.0 != people.1 || communication.0 != communication.1 {
            self.team = Some(self.differs(whole(DifferenceKind::Team { people, communication })));
        }
        let (from, to) = (from.contingency, to.contingency);
        if from != to {
            self.contingency = Some(self.differs(whole(DifferenceKind::Contingency { from, to })));
        }
    }
}

/// In what kind and traits differ, if they do.
fn other_contents(earlier: &Arc<Component>, later: &Arc<Component>) -> Option<DifferenceKind> {
    if Arc::ptr_eq(earlier, later) || (earlier.kind == later.kind && earlier.traits == later.traits) {
        return None;
    }
    let further = later.traits.keys().filter(|id| !earlier.traits.contains_key(*id));
    let ids = earlier.traits.keys().chain(further);
    let value = |component: &Component, id: &TraitId| component.traits.get(id).cloned();
    let traits = ids
        .map(|id| TraitDifference { trait_id: id.clone(), from: value(earlier, id), to: value(later, id) })
        .filter(|one| one.from != one.to);
    let kind = (earlier.kind != later.kind).then_some((earlier.kind, later.kind));
    Some(DifferenceKind::Contents { kind, traits: traits.collect() })
}

/// Whether such a difference can change any work: its own by what work items read, that of others by its kind alone.
fn matters(engine: &Engine, contents: &DifferenceKind, is_service: bool, linked: bool) -> bool {
    let DifferenceKind::Contents { kind, traits } = contents else { return true };
    let read = |one: &TraitDifference| {
        let at = engine.playbook.traits.get_index_of(&one.trait_id);
        at.is_some_and(|at| !engine.tables.work_of[at].is_empty())
    };
    (kind.is_some() && (is_service || linked)) || (is_service && traits.iter().any(read))
}

/// Whether two versions of a connection are the same but for the words on them.
fn works_the_same(a: &Arc<Connection>, b: &Arc<Connection>) -> bool {
    Arc::ptr_eq(a, b)
        || (a.protocol == b.protocol && a.calls_per_request == b.calls_per_request && a.latency_ms == b.latency_ms)
}
