//! How many requests a second come to whom.

use std::collections::{HashMap, HashSet};

use super::{
    circles::{Group, traffic},
    order::Order,
};
use crate::{
    assess::graph::{Graph, Link},
    playbook::CapacitySettings,
    project::{Component, ComponentId, ComponentKind, TraitId, TraitValue},
};

/// Calls for each request where a connection does not say (assumption).
pub(super) const CALLS: f64 = 1.0;

/// Most callers that are named as silent: they add up along the calls, and nobody reads thousands of names.
pub const MOST_SILENT: usize = 100;

/// What a load is known from.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadSource {
    /// Its own trait: requests at the worst moment.
    Peak,
    /// Its own trait: requests on average, as nobody has said how many it is at the worst moment.
    Mean,
    /// Its own devices, each of which reports once in so many seconds.
    Devices {
        /// How many.
        devices: f64,
        /// Seconds between two reports of one.
        interval_s: f64,
    },
    /// Its own live clients, each of whom is told something once in so many seconds (assumption of the playbook).
    LiveClients {
        /// How many.
        clients: f64,
        /// Seconds between two messages to one.
        interval_s: f64,
    },
    /// The rates of its callers times their calls for each request.
    Callers,
    /// Nobody has said anything it could be known from.
    Unknown,
}

/// The requests that come to a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Requests a second; `None` if unknown, which is not the same as none.
    pub rate_per_s: Option<f64>,
    /// What it is known from.
    pub source: LoadSource,
    /// Callers whose rates are unknown, the first [`MOST_SILENT`] of them: with some the rate is the least it can be.
    pub silent_callers: Vec<ComponentId>,
    /// What its callers would send, where its own trait says something else.
    pub callers_per_s: Option<f64>,
    /// Calls go round in a circle and bring back as many as go out, or more, here or before: there is no bound to what comes.
    pub endless: bool,
}

impl Load {
    /// Whether more may come than is known.
    pub fn is_least(&self) -> bool {
        let silent = self.source == LoadSource::Callers && !self.silent_callers.is_empty();
        self.rate_per_s.is_some() && (silent || self.endless)
    }
}

/// The number a component is tagged with.
pub(super) fn number(component: &Component, id: Option<&TraitId>) -> Option<f64> {
    let value = component.traits.get(id?)?.as_number()?;
    (value.is_finite() && value >= 0.0).then_some(value)
}

/// Whether a component is tagged with a flag.
pub(super) fn flag(component: &Component, id: Option<&TraitId>) -> bool {
    id.is_some_and(|id| component.traits.get(id) == Some(&TraitValue::Flag(true)))
}

/// What a component says of its own load, in requests a second.
fn own(component: &Component, settings: &CapacitySettings) -> Option<(f64, LoadSource)> {
    let traits = &settings.traits;
    let said = |id: Option<&TraitId>| number(component, id);
    if let Some(rate) = said(traits.peak.as_ref()) {
        return Some((rate, LoadSource::Peak));
    }
    if let Some(rate) = said(traits.mean.as_ref()) {
        return Some((rate, LoadSource::Mean));
    }
    if let (Some(devices), Some(interval_s)) = (said(traits.devices.as_ref()), said(traits.device_interval.as_ref()))
        && interval_s > 0.0
    {
        return Some((devices / interval_s, LoadSource::Devices { devices, interval_s }));
    }
    let clients = said(traits.live_clients.as_ref()).filter(|clients| *clients > 0.0)?;
    let interval_s = settings.live_interval_s;
    Some((clients / interval_s, LoadSource::LiveClients { clients, interval_s }))
}

/// Whether a component says anything of its own load.
pub(super) fn states_load(component: &Component, settings: &CapacitySettings) -> bool {
    own(component, settings).is_some()
}

/// Whether a link carries requests from its beginning to its end: nobody is called by way of tables they share.
fn carries(link: &Link<'_>) -> bool {
    link.connection.protocol != crate::project::Protocol::SharedTables
}

/// Whether somebody who says nothing is to be asked: a store that nobody is known to write to sends nothing by itself.
pub(super) fn speaks(kind: ComponentKind) -> bool {
    kind.is_service() || matches!(kind, ComponentKind::Client | ComponentKind::DeviceFleet)
}

/// The load of every component by position, own rates times `factor`. What calls in a circle bring back is added up exactly, while that is less
/// than what goes out.
pub(super) fn loads(graph: &Graph<'_>, order: &Order, settings: &CapacitySettings, factor: f64) -> Vec<Load> {
    let unknown = Load {
        rate_per_s: None,
        source: LoadSource::Unknown,
        silent_callers: Vec::new(),
        callers_per_s: None,
        endless: false,
    };
    let mut loading = Loading { graph, order, settings, factor, loads: vec![unknown; graph.components.len()] };
    for group in order.groups.iter() {
        if group.circle {
            loading.circle(group);
        } else {
            group.members.iter().for_each(|position| loading.one(*position, |_| true));
        }
    }
    loading.loads
}

struct Loading<'l, 'a> {
    graph: &'l Graph<'a>,
    order: &'l Order,
    settings: &'l CapacitySettings,
    factor: f64,
    loads: Vec<Load>,
}

impl Loading<'_, '_> {
    fn calls(&self, place: usize) -> f64 {
        let link = &self.graph.links[place];
        if carries(link) { link.connection.calls_per_request.unwrap_or(CALLS).max(0.0) } else { 0.0 }
    }

    /// What comes to one component over those of its links that count.
    fn one(&mut self, position: usize, counts: impl Fn(usize) -> bool) {
        let (mut sum, mut silent, mut endless) = (None, Vec::new(), false);
        for place in self.order.into[position].iter().copied().filter(|place| counts(*place)) {
            let link = &self.graph.links[place];
            let from = &self.loads[link.from];
            match from.rate_per_s {
                _ if !carries(link) => {}
                Some(rate) => {
                    sum = Some(sum.unwrap_or(0.0) + rate * self.calls(place));
                    endless |= from.endless;
                }
                None if speaks(self.graph.component(link.from).kind) => {
                    silent.push(self.graph.components[link.from].0.clone());
                }
                None => silent.extend(from.silent_callers.iter().cloned()),
            }
            if from.rate_per_s.is_some() {
                silent.extend(from.silent_callers.iter().filter(|_| from.is_least()).cloned());
            }
        }
        let mut seen = HashSet::new();
        silent.retain(|id| seen.insert(id.clone()));
        silent.truncate(MOST_SILENT);
        self.loads[position] = self.load(position, sum, silent, endless);
    }

    fn load(&self, position: usize, sum: Option<f64>, silent_callers: Vec<ComponentId>, endless: bool) -> Load {
        match (own(self.graph.component(position), self.settings), sum) {
            (Some((rate, source)), sum) => {
                let rate = rate * self.factor;
                let differs = |sum: &f64| (sum - rate).abs() > 0.005 * rate.max(*sum);
                let callers_per_s = sum.filter(differs);
                Load { rate_per_s: Some(rate), source, silent_callers: Vec::new(), callers_per_s, endless: false }
            }
            (None, rate_per_s) => {
                let source = if rate_per_s.is_some() { LoadSource::Callers } else { LoadSource::Unknown };
                Load { rate_per_s, source, silent_callers, callers_per_s: None, endless }
            }
        }
    }

    /// Components that call each other: first who of them is known to get anything, then how much.
    fn circle(&mut self, group: &Group) {
        let order = self.order;
        let mut members = group.members.clone();
        members.sort_by_key(|position| order.rank[*position]);
        for position in &members {
            self.one(*position, |place| order.forward[place]);
        }
        let at: HashMap<usize, usize> = members.iter().enumerate().map(|(at, position)| (*position, at)).collect();
        let of_link = |place: &usize| {
            let link = &self.graph.links[*place];
            if order.unsaid[*place] {
                return None;
            }
            Some((at[&link.from], *at.get(&link.to)?, self.calls(*place)))
        };
        let links: Vec<(usize, usize, f64)> =
            members.iter().flat_map(|position| &order.out[*position]).filter_map(of_link).collect();
        if traffic(&vec![1.0; members.len()], &links).is_none() {
            for position in &members {
                self.loads[*position].endless = true;
            }
            return;
        }
        // Whoever is tagged with a load says all that comes, what comes round included.
        let tagged = |position: usize| own(self.graph.component(position), self.settings).is_some();
        let given = |position: &usize| match self.loads[*position].rate_per_s {
            Some(rate) if tagged(*position) => rate,
            _ => self.comes_from_outside(*position, &at),
        };
        let given: Vec<f64> = members.iter().map(given).collect();
        let links: Vec<(usize, usize, f64)> = links.into_iter().filter(|(_, to, _)| !tagged(members[*to])).collect();
        for (position, rate) in members.iter().zip(traffic(&given, &links).unwrap_or_default()) {
            let load = &mut self.loads[*position];
            if load.rate_per_s.is_some() || rate > 0.0 {
                load.rate_per_s = Some(rate);
                if load.source == LoadSource::Unknown {
                    load.source = LoadSource::Callers;
                }
            }
        }
        self.more_may_come(&members);
    }

    /// What a link brings back that does not say how much makes all of its circle the least it can be.
    fn more_may_come(&mut self, members: &[usize]) {
        let brings = |place: &&usize| {
            let link = &self.graph.links[**place];
            self.order.unsaid[**place]
                && carries(link)
                && self.loads[link.from].rate_per_s.is_some_and(|rate| rate > 0.0)
        };
        let closing = members.iter().flat_map(|position| &self.order.out[*position]).filter(brings);
        let silent: Vec<ComponentId> =
            closing.map(|place| self.graph.components[self.graph.links[*place].from].0.clone()).collect();
        for position in members {
            let known = &mut self.loads[*position].silent_callers;
            known.extend(silent.iter().filter(|id| !known.contains(id)).cloned().collect::<Vec<_>>());
            known.truncate(MOST_SILENT);
        }
    }

    /// What comes to a component from those who are not in its circle.
    fn comes_from_outside(&self, position: usize, circle: &HashMap<usize, usize>) -> f64 {
        let from = |place: &usize| {
            let from = self.graph.links[*place].from;
            let rate = self.loads[from].rate_per_s.filter(|_| !circle.contains_key(&from))?;
            Some(rate * self.calls(*place))
        };
        self.order.into[position].iter().filter_map(from).sum()
    }
}
