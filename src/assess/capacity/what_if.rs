//! Other circumstances than the present ones, and who fails when something dies.

use std::{borrow::Cow, collections::VecDeque};

use super::load::{flag, speaks};
use crate::{
    assess::{engine::Engine, graph::Graph},
    project::{ComponentId, ConnectionId, Project, Protocol},
};

const MS: f64 = 1e-3;

/// Circumstances under which a plan is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// Every load is so many times as large.
    pub load_factor: f64,
    /// Connections over which a call takes so many seconds.
    pub latencies_s: Vec<(ConnectionId, f64)>,
    /// Services with so many processes more than planned, each on a further processor.
    pub more_processes: Vec<(ComponentId, u64)>,
}

impl Default for WhatIf {
    fn default() -> Self {
        Self { load_factor: 1.0, latencies_s: Vec::new(), more_processes: Vec::new() }
    }
}

impl WhatIf {
    /// How many processes more than planned a service has.
    pub(super) fn further_processes(&self, component: &ComponentId) -> u64 {
        self.more_processes.iter().filter(|(id, _)| id == component).map(|(_, count)| count).sum()
    }

    /// The same with every call to a component taking so many seconds.
    #[must_use]
    pub fn with_slow(mut self, project: &Project, component: &ComponentId, seconds: f64) -> Self {
        let calls = project.connections.iter().filter(|(_, link)| link.to == *component);
        self.latencies_s.extend(calls.map(|(id, _)| (id.clone(), seconds)));
        self
    }
}

/// A project as it is under other circumstances.
impl WhatIf {
    pub(super) fn applied<'p>(&self, project: Cow<'p, Project>) -> Cow<'p, Project> {
        if self.latencies_s.is_empty() {
            return project;
        }
        let mut changed = project.into_owned();
        for (id, seconds) in &self.latencies_s {
            if let Some(link) = changed.connections.get_mut(id) {
                std::sync::Arc::make_mut(link).latency_ms = Some(seconds / MS);
            }
        }
        Cow::Owned(changed)
    }
}

/// What becomes of a component when another one is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It goes on; what it hands over waits.
    Survives,
    /// Some of its requests fail: those that need what is gone.
    FailsInPart,
    /// All its requests fail.
    Fails,
}

/// Who fails and who goes on when one component is gone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fallout {
    /// Every other service, client and fleet in scope with its fate, in document order.
    pub fates: Vec<(ComponentId, Fate)>,
    /// Those that fail although they are tagged to survive others' faults.
    pub against_isolation: Vec<ComponentId>,
}

impl Fallout {
    /// How many have this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.fates.iter().filter(|(_, other)| *other == fate).count()
    }
}

impl Engine {
    /// Who fails when a component is gone: whoever needs it at once (a call, a query, tables shared with it, an open socket), and so on up the calls. Where fewer
    /// than one call for each request is said, only a part fails. Queues and publishing do not pass a failure on, unless it is the queue itself
    /// that is gone: then what is handed over to it fails. No
    /// retries, caches or second copies are assumed: the drawing has none.
    pub fn fallout(&self, project: &Project, gone: &ComponentId) -> Fallout {
        let project = &*project.in_scope();
        let graph = &Graph::new(project);
        let Some(start) = graph.components.iter().position(|(id, _)| *id == gone) else { return Fallout::default() };
        let mut fates = vec![Fate::Survives; graph.components.len()];
        fates[start] = Fate::Fails;
        let mut open = VecDeque::from([start]);
        while let Some(position) = open.pop_front() {
            for link in graph.into(position) {
                let called = link.connection.calls_per_request != Some(0.0);
                let hands_over = matches!(link.connection.protocol, Protocol::Queue | Protocol::PubSub);
                // Of a queue that is itself gone nobody takes what is to be handed over.
                let waits = called && (!hands_over || position == start && !graph.is_service(start));
                let in_part = link.connection.calls_per_request.is_some_and(|calls| calls < 1.0);
                let fate = if in_part { Fate::FailsInPart } else { fates[position] };
                if waits && fate > fates[link.from] {
                    fates[link.from] = fate;
                    open.push_back(link.from);
                }
            }
        }
        let isolated = self.playbook.capacity.as_ref().and_then(|settings| settings.traits.isolation.as_ref());
        let mut fallout = Fallout::default();
        for (position, (id, component)) in graph.components.iter().enumerate() {
            if position == start || !speaks(component.kind) {
                continue;
            }
            if fates[position] != Fate::Survives && flag(component, isolated) {
                fallout.against_isolation.push((*id).clone());
            }
            fallout.fates.push(((*id).clone(), fates[position]));
        }
        fallout
    }
}
