//! What comes to every component of a plan, along its connections and round its circles.

use std::collections::HashSet;

use super::{
    circles::{Group, Groups, depth_first, traffic},
    load::{CALLS, Load, LoadSource, MOST_SILENT, carries, own, speaks},
    order::Order,
};
use crate::{
    assess::graph::Graph,
    playbook::{CapacitySettings, Playbook},
    project::ComponentId,
};

/// Who calls whom in which order, and what comes to whom: worked out once, for all who ask in an assessment.
pub(in crate::assess) struct Traffic {
    pub(super) order: Order,
    /// By position.
    pub(super) loads: Vec<Load>,
    /// By position, whether it is in a circle that brings back one for each request or more, so that what comes has no bound.
    pub(super) endless: Vec<bool>,
}

impl Traffic {
    /// Of a plan; `None` where the playbook says nothing of capacity.
    pub(in crate::assess) fn of(playbook: &Playbook, graph: &Graph<'_>) -> Option<Self> {
        Some(Self::new(graph, playbook.capacity.as_ref()?, 1.0))
    }

    /// With own rates times `factor`. What calls in a circle bring back is added up exactly, while that is less than what goes out. Whoever is
    /// tagged with a load says all that comes, what comes round included, and so gives a circle its bound.
    pub(super) fn new(graph: &Graph<'_>, settings: &CapacitySettings, factor: f64) -> Self {
        let order = Order::new(graph, settings);
        let told = graph.components.iter().map(|(_, component)| own(component, settings));
        let told: Vec<Option<(f64, LoadSource)>> =
            told.map(|told| told.map(|(rate, source)| (rate * factor, source))).collect();
        let load = |told: &Option<(f64, LoadSource)>| Load {
            rate_per_s: told.as_ref().map(|(rate, _)| *rate),
            source: told.as_ref().map_or(LoadSource::Unknown, |(_, source)| source.clone()),
            silent_callers: Vec::new(),
            callers_per_s: None,
            endless: false,
        };
        let loads = told.iter().map(load).collect();
        let endless = vec![false; told.len()];
        let at = vec![usize::MAX; told.len()];
        let mut adding = Adding { graph, order: &order, tagged: told, more: Vec::new(), at, loads, endless };
        adding.more = adding.more_may_come();
        let out: Vec<Vec<usize>> = order.out.iter().map(|places| adding.lead_to(places)).collect();
        for group in Groups::new(&depth_first(&out), &out).iter() {
            adding.group(group);
        }
        adding.contradictions();
        adding.silence_of_none();
        let Adding { loads, endless, .. } = adding;
        Self { order, loads, endless }
    }
}

struct Adding<'l, 'a> {
    graph: &'l Graph<'a>,
    order: &'l Order,
    /// What each says of itself, by position.
    tagged: Vec<Option<(f64, LoadSource)>>,
    /// By position, those who call round to it without saying how often.
    more: Vec<Vec<usize>>,
    /// The number of each in the group that is looked at; [`usize::MAX`] for all others.
    at: Vec<usize>,
    loads: Vec<Load>,
    endless: Vec<bool>,
}

/// What comes from outside of a group.
#[derive(Clone, Default)]
struct Outside {
    /// `None` where nobody says what he sends.
    per_s: Option<f64>,
    silent: Vec<ComponentId>,
    endless: bool,
}

impl Adding<'_, '_> {
    /// Calls over a link for each request of whoever makes them.
    fn calls(&self, place: usize) -> f64 {
        self.graph.links[place].connection.calls_per_request.unwrap_or(CALLS).max(0.0)
    }

    /// Whether what goes over a link is added to what comes to its end.
    fn counts(&self, place: usize) -> bool {
        let link = &self.graph.links[place];
        carries(link) && !self.order.unsaid[place] && self.tagged[link.to].is_none()
    }

    fn lead_to(&self, places: &[usize]) -> Vec<usize> {
        let counted = places.iter().filter(|place| self.counts(**place));
        counted.map(|place| self.graph.links[*place].to).collect()
    }

    /// A link that does not say what it brings back makes all that it leads to in its circle the least that can be.
    fn more_may_come(&self) -> Vec<Vec<usize>> {
        let graph = self.graph;
        let mut more: Vec<Vec<usize>> = vec![Vec::new(); graph.components.len()];
        let mut inside = vec![usize::MAX; graph.components.len()];
        for (number, group) in self.order.groups.iter().enumerate().filter(|(_, group)| group.circle) {
            group.members.iter().for_each(|position| inside[*position] = number);
            let closing = group.members.iter().flat_map(|position| &self.order.out[*position]).filter(|place| {
                let link = &graph.links[**place];
                self.order.unsaid[**place] && self.tagged[link.to].is_none()
            });
            let closing: Vec<usize> = closing.copied().collect();
            let mut callers: Vec<usize> = closing.iter().map(|place| graph.links[*place].from).collect();
            callers.sort_unstable();
            callers.dedup();
            callers.truncate(MOST_SILENT);
            let mut open: Vec<usize> = closing.iter().map(|place| graph.links[*place].to).collect();
            while let Some(position) = open.pop() {
                if more[position].is_empty() {
                    more[position].clone_from(&callers);
                    let next = self.lead_to(&self.order.out[position]);
                    open.extend(next.into_iter().filter(|to| inside[*to] == number));
                }
            }
        }
        more
    }

    fn id(&self, position: usize) -> ComponentId {
        self.graph.components[position].0.clone()
    }

    /// What comes to a component over those links whose callers are not in the group that is looked at.
    fn outside(&self, position: usize) -> Outside {
        let mut all = Outside::default();
        for place in &self.order.into[position] {
            let link = &self.graph.links[*place];
            if !carries(link) || self.order.unsaid[*place] || self.at[link.from] != usize::MAX {
                continue;
            }
            let from = &self.loads[link.from];
            match from.rate_per_s {
                Some(rate) => {
                    all.per_s = Some(all.per_s.unwrap_or(0.0) + rate * self.calls(*place));
                    all.endless |= from.endless;
                    all.silent.extend(from.silent_callers.iter().filter(|_| from.is_least()).cloned());
                }
                None if speaks(self.graph.component(link.from).kind) => all.silent.push(self.id(link.from)),
                None => all.silent.extend(from.silent_callers.iter().cloned()),
            }
        }
        all.silent.extend(self.more[position].iter().map(|from| self.id(*from)));
        all
    }

    /// Components that call each other, or one alone. Of who is tagged all is known.
    fn group(&mut self, group: &Group) {
        let members = &group.members;
        if self.tagged[members[0]].is_some() {
            return;
        }
        if !group.circle {
            let Outside { per_s, silent, endless } = self.outside(members[0]);
            self.put(members[0], per_s, few(silent), endless);
            return;
        }
        members.iter().enumerate().for_each(|(number, position)| self.at[*position] = number);
        self.circle(members);
        for position in members {
            self.at[*position] = usize::MAX;
        }
    }

    fn circle(&mut self, members: &[usize]) {
        let outside: Vec<Outside> = members.iter().map(|position| self.outside(*position)).collect();
        let places = members.iter().flat_map(|position| &self.order.out[*position]).copied();
        let inside = |place: &usize| self.counts(*place) && self.at[self.graph.links[*place].to] != usize::MAX;
        let places: Vec<usize> = places.filter(inside).collect();
        let goes = |place: &usize| {
            let link = &self.graph.links[*place];
            (self.at[link.from], self.at[link.to], self.calls(*place))
        };
        let mut links: Vec<(usize, usize, f64)> = places.iter().map(goes).collect();
        let mut silent: Vec<ComponentId> = outside.iter().flat_map(|outside| outside.silent.iter().cloned()).collect();
        let settles = traffic(&vec![1.0; members.len()], &links).is_some();
        // With one that does not say how often, a circle is not known to go round without end, whichever of its links that is.
        let unsaid = places.iter().any(|place| self.graph.links[*place].connection.calls_per_request.is_none());
        let endless = !settles && !unsaid;
        if !settles {
            links = places.iter().filter(|place| self.order.forward[**place]).map(goes).collect();
            let closing = places.iter().filter(|place| unsaid && !self.order.forward[**place]);
            silent.extend(closing.map(|place| self.id(self.graph.links[*place].from)));
        }
        let silent = few(silent);
        let given: Vec<f64> = outside.iter().map(|outside| outside.per_s.unwrap_or(0.0)).collect();
        let rates = traffic(&given, &links).unwrap_or(given);
        let known = reached(&outside, &links);
        let endless_before = outside.iter().any(|outside| outside.endless);
        for (number, position) in members.iter().enumerate() {
            self.put(*position, known[number].then_some(rates[number]), silent.clone(), endless || endless_before);
            self.endless[*position] = endless;
        }
    }

    fn put(&mut self, position: usize, rate_per_s: Option<f64>, silent: Vec<ComponentId>, endless: bool) {
        let source = if rate_per_s.is_some() { LoadSource::Callers } else { LoadSource::Unknown };
        self.loads[position] = Load { rate_per_s, source, silent_callers: silent, callers_per_s: None, endless };
    }

    /// What callers send to those who say something else themselves.
    fn contradictions(&mut self) {
        let mut circle = vec![None; self.loads.len()];
        for (number, group) in self.order.groups.iter().enumerate().filter(|(_, group)| group.circle) {
            group.members.iter().for_each(|position| circle[*position] = Some(number));
        }
        let told: Vec<Option<f64>> = (0..circle.len()).map(|position| self.contradicting(position, &circle)).collect();
        for (load, callers_per_s) in self.loads.iter_mut().zip(told) {
            load.callers_per_s = callers_per_s;
        }
    }

    /// `circle` has the number of the circle that each is in, if any.
    fn contradicting(&self, position: usize, circle: &[Option<usize>]) -> Option<f64> {
        let (rate, _) = self.tagged[position].as_ref()?;
        let is_round = circle[position].is_some();
        let from = |place: &usize| {
            let link = &self.graph.links[*place];
            let within = is_round && circle[link.from] == circle[position];
            let sent = self.loads[link.from].rate_per_s.filter(|_| carries(link) && !within)?;
            Some(sent * self.calls(*place))
        };
        let sent = self.order.into[position].iter().filter_map(from).reduce(|sum, sent| sum + sent);
        let differs = |sent: &f64| (sent - rate).abs() > 0.005 * rate.max(*sent);
        // What comes round may make up for what is missing, and not for what is too much.
        sent.filter(differs).filter(|sent| sent > rate || !is_round)
    }

    /// Whoever gets nothing brings nothing back.
    fn silence_of_none(&mut self) {
        if self.more.iter().all(Vec::is_empty) {
            return;
        }
        let none = |(load, (id, _)): (&Load, &(&ComponentId, _))| (load.rate_per_s == Some(0.0)).then(|| (*id).clone());
        let none: HashSet<ComponentId> = self.loads.iter().zip(&self.graph.components).filter_map(none).collect();
        if !none.is_empty() {
            self.loads.iter_mut().for_each(|load| load.silent_callers.retain(|id| !none.contains(id)));
        }
    }
}

/// Each once, and no more than are named.
fn few(mut silent: Vec<ComponentId>) -> Vec<ComponentId> {
    let mut seen = HashSet::new();
    silent.retain(|id| seen.insert(id.clone()));
    silent.truncate(MOST_SILENT);
    silent
}

/// To whom of a circle something is known to come: from outside, or from whom it does.
fn reached(outside: &[Outside], links: &[(usize, usize, f64)]) -> Vec<bool> {
    let mut out = vec![Vec::new(); outside.len()];
    for (from, to, _) in links {
        out[*from].push(*to);
    }
    let mut known = vec![false; outside.len()];
    let mut open: Vec<usize> = (0..outside.len()).filter(|at| outside[*at].per_s.is_some()).collect();
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut known[at], true) {
            open.extend(&out[at]);
        }
    }
    known
}
