//! How long an answer of one service takes on a server while nothing else is asked of anybody, as an amount of its traits: what evidence
//! knows of capacity. An amount and not a number, since what would turn a verdict is found on its straight pieces.
//!
//! It says what [`super::work`] and [`super::Request::demand`] say of a service whose callees answer at once; a test holds it to them.

use std::collections::HashMap;

use super::{
    knowledge::Knowledge,
    load::CALLS,
    work::{is_outside, is_waited_for, trip},
};
use crate::{
    assess::{evaluate::TraitAt, graph::Graph},
    playbook::{Amount, Figure, Playbook, ServerId, ServerKind},
    project::{ComponentKind, Machines, TraitId},
};

/// What an answer's own time is computed with.
pub(in crate::assess) struct Late {
    servers: HashMap<ServerId, Costs>,
    traits: Traits,
    round_trip_ms: f64,
}

/// What a request costs on a server, in milliseconds of its processor.
struct Costs {
    gathers: bool,
    /// Requests that a process has in work at most; `None` for as many as come.
    slots: Option<f64>,
    efficiency: f64,
    checked_ms: f64,
    call_ms: f64,
    read_ms: f64,
    insert_ms: f64,
}

/// The traits that are read, by their places in the playbook.
struct Traits {
    peak: TraitAt,
    mean: TraitAt,
    workers: TraitAt,
    target: TraitAt,
    external_calls: TraitAt,
    external_latency: TraitAt,
    cpu: TraitAt,
    inference: TraitAt,
    databases: TraitAt,
    together: TraitAt,
    writes: TraitAt,
}

/// Where an answer is asked for.
#[derive(Clone, Copy)]
pub(in crate::assess) struct Spot<'g, 'a> {
    pub(in crate::assess) graph: &'g Graph<'a>,
    pub(in crate::assess) position: usize,
    /// What is said of whether its calls go out together.
    pub(in crate::assess) together: Option<bool>,
    /// Whether its queries write.
    pub(in crate::assess) writes: bool,
}

type Time = Amount<TraitAt>;

fn fixed(number: f64) -> Time {
    Amount::Const(number)
}

fn minus(amount: Time) -> Time {
    Amount::Product(vec![fixed(-1.0), amount])
}

/// What of the first is more than the second.
fn beyond(amount: Time, least: f64) -> Time {
    Amount::Max(vec![fixed(0.0), Amount::Sum(vec![amount, fixed(-least)])])
}

/// The smaller of an amount and one.
fn at_most_one(amount: Time) -> Time {
    Amount::Sum(vec![fixed(1.0), minus(Amount::Max(vec![fixed(0.0), Amount::Sum(vec![fixed(1.0), minus(amount)])]))])
}

impl Late {
    /// `None` if the playbook says nothing of capacity, or of neither targets nor workers.
    pub(in crate::assess) fn new(playbook: &Playbook, machines: &Machines) -> Option<Self> {
        let knowledge = Knowledge::new(playbook, machines)?;
        let traits = &knowledge.settings.traits;
        let at = |id: &Option<TraitId>| id.as_ref().and_then(|id| playbook.traits.get_index_of(id));
        traits.target.as_ref().or(traits.workers.as_ref())?;
        let servers = knowledge.servers().map(|(id, kind)| (id.clone(), Costs::of(kind))).collect();
        let traits = Traits {
            peak: at(&traits.peak),
            mean: at(&traits.mean),
            workers: at(&traits.workers),
            target: at(&traits.target),
            external_calls: at(&traits.external_calls),
            external_latency: at(&traits.external_latency),
            cpu: at(&traits.cpu),
            inference: at(&traits.inference),
            databases: at(&traits.databases),
            together: at(&traits.together),
            writes: at(&traits.writes),
        };
        Some(Self { servers, traits, round_trip_ms: knowledge.settings.round_trip_ms })
    }

    /// The trait with the target, in milliseconds.
    pub(in crate::assess) fn target(&self) -> TraitAt {
        self.traits.target
    }

    /// The trait with the processes that it has.
    pub(in crate::assess) fn workers(&self) -> TraitAt {
        self.traits.workers
    }

    /// The processes that its own load takes at least on that of these servers that takes the fewest; `None` if none is known.
    pub(in crate::assess) fn least_workers(&self, spot: Spot<'_, '_>, on: &[ServerId]) -> Option<Time> {
        let told = Told::of(self, spot);
        let rate = Amount::Max(vec![Amount::Trait(self.traits.peak), Amount::Trait(self.traits.mean)]);
        let per_ms = Amount::Product(vec![fixed(1e-3), rate]);
        let of = |costs: &Costs| {
            let busy = Amount::Product(vec![per_ms.clone(), told.computing_ms(costs)]);
            let held = costs
                .slots
                .map(|slots| Amount::Product(vec![fixed(slots.recip()), per_ms.clone(), told.alone_ms(costs)]));
            minus(Amount::Max(std::iter::once(busy).chain(held).collect()))
        };
        let counts: Vec<Time> = on.iter().filter_map(|id| self.servers.get(id)).map(of).collect();
        (!counts.is_empty()).then(|| minus(Amount::Max(counts)))
    }

    /// The flags that [`Spot`] needs: whether calls go out together, and whether queries write.
    pub(in crate::assess) fn flags(&self) -> [TraitAt; 2] {
        [self.traits.together, self.traits.writes]
    }

    /// The answer's time in milliseconds on the quickest of these servers; `None` if none of them is known.
    pub(in crate::assess) fn best_ms(&self, spot: Spot<'_, '_>, on: &[ServerId]) -> Option<Time> {
        let told = Told::of(self, spot);
        let of = |costs: &Costs| minus(told.alone_ms(costs));
        let times: Vec<Time> = on.iter().filter_map(|id| self.servers.get(id)).map(of).collect();
        (!times.is_empty()).then(|| minus(Amount::Max(times)))
    }
}

impl Costs {
    fn of(kind: &ServerKind) -> Self {
        let typical = |figure: &Figure| figure.typical;
        Self {
            gathers: kind.gathers,
            slots: kind.slots.most().map(|slots| slots as f64),
            efficiency: kind.efficiency,
            checked_ms: kind.base.typical + kind.validation.typical,
            call_ms: kind.clients.first().map_or(0.0, |client| client.cpu.typical),
            read_ms: kind.query_ms(false, typical),
            insert_ms: kind.query_ms(true, typical),
        }
    }
}

/// What a request of the service does, with its numbers left open.
struct Told<'l> {
    late: &'l Late,
    together: Option<bool>,
    /// Calls over connections, each with its milliseconds.
    calls: Vec<(f64, Time)>,
    /// Calls that only a trait tells of.
    further: Time,
    reads: f64,
    inserts: f64,
    handovers: f64,
    trips_ms: f64,
    /// Databases that only a trait tells of.
    databases: Time,
}

impl<'l> Told<'l> {
    fn of(late: &'l Late, spot: Spot<'_, '_>) -> Self {
        let Spot { graph, position, together, writes } = spot;
        let (mut calls, mut drawn) = (Vec::new(), 0.0);
        let [mut reads, mut inserts, mut handovers, mut trips_ms] = [0.0; 4];
        for link in graph.out(position) {
            let count = link.connection.calls_per_request.unwrap_or(CALLS).max(0.0);
            let to: ComponentKind = graph.component(link.to).kind;
            if !is_waited_for(graph, link) {
                let trip = trip(link, to, writes, late.round_trip_ms);
                reads += count * trip.reads;
                inserts += count * trip.inserts;
                handovers += count * trip.handovers;
                trips_ms += count * trip.ms;
                continue;
            }
            drawn += if is_outside(to) { count } else { 0.0 };
            let ms = match link.connection.latency_ms {
                Some(ms) => fixed(ms),
                None if graph.is_service(link.to) => fixed(0.0),
                None => Amount::Trait(late.traits.external_latency),
            };
            calls.push((count, ms));
        }
        let further = beyond(Amount::Trait(late.traits.external_calls), drawn);
        let databases = beyond(Amount::Trait(late.traits.databases), reads + inserts);
        Self { late, together, calls, further, reads, inserts, handovers, trips_ms, databases }
    }

    fn alone_ms(&self, costs: &Costs) -> Time {
        Amount::Sum(vec![
            self.calls_ms(self.together.unwrap_or(costs.gathers)),
            fixed(self.trips_ms),
            Amount::Product(vec![fixed(self.late.round_trip_ms), self.databases.clone()]),
            self.computing_ms(costs),
        ])
    }

    /// Processor time of a request.
    fn computing_ms(&self, costs: &Costs) -> Time {
        let Self { late, further, databases, .. } = self;
        let called: f64 = self.calls.iter().map(|(count, _)| count).sum();
        let known_ms = costs.checked_ms
            + (called + self.handovers) * costs.call_ms
            + self.reads * costs.read_ms
            + self.inserts * costs.insert_ms;
        let times = |factor: f64, amount: &Time| Amount::Product(vec![fixed(factor), amount.clone()]);
        let computing = Amount::Sum(vec![
            fixed(known_ms),
            times(costs.call_ms, further),
            times(costs.read_ms, databases),
            Amount::Trait(late.traits.cpu),
            Amount::Trait(late.traits.inference),
        ]);
        Amount::Product(vec![fixed(costs.efficiency.recip()), computing])
    }

    fn calls_ms(&self, gathers: bool) -> Time {
        let each_ms = Amount::Trait(self.late.traits.external_latency);
        let drawn = self.calls.iter().map(|(count, ms)| {
            let count = if gathers { count.min(1.0) } else { *count };
            Amount::Product(vec![fixed(count), ms.clone()])
        });
        let further = if gathers { at_most_one(self.further.clone()) } else { self.further.clone() };
        let further = Amount::Product(vec![further, each_ms]);
        let all = drawn.chain([further, fixed(0.0)]).collect();
        if gathers { Amount::Max(all) } else { Amount::Sum(all) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::alone::own_process, *};
    use crate::{
        assess::evaluate::{Site, Values},
        playbook::builtin,
        project::{Component, Connection, Edit, Project, Protocol, TraitValue},
    };

    const KINDS: [ComponentKind; 6] = [
        ComponentKind::ExternalApi,
        ComponentKind::RelationalDatabase,
        ComponentKind::TimeSeriesDatabase,
        ComponentKind::Redis,
        ComponentKind::RestApi,
        ComponentKind::ObjectStorage,
    ];
    const NUMBERS: [&str; 5] =
        ["external-calls", "external-latency", "cpu-per-request", "inference-time", "databases-per-request"];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(120) })]

        #[test]
        fn it_says_of_a_service_what_the_capacity_model_says_of_it_alone(
            numbers in prop::collection::vec(prop::option::of(0_u32..40), 5),
            flags in prop::collection::vec(prop::option::of(any::<bool>()), 2),
            rate in 1_u32..5_000,
            links in prop::collection::vec(
                (0_usize..6, 0_usize..6, prop::option::of(0_u32..9), prop::option::of(0_u32..500)), 0..6),
        ) {
            let mut project = Project::new("Plan");
            let mut service = Component::new("a", ComponentKind::RestApi, None);
            for (id, value) in NUMBERS.iter().zip(&numbers) {
                service.traits.extend(value.map(|value| ((*id).into(), TraitValue::Number(f64::from(value)))));
            }
            service.traits.insert("requests-peak".into(), TraitValue::Number(f64::from(rate)));
            for (id, flag) in ["calls-together", "time-series-writes"].iter().zip(&flags) {
                service.traits.extend(flag.map(|flag| ((*id).into(), TraitValue::Flag(flag))));
            }
            project.apply(&Edit::PutComponent("a".into(), service));
            for (at, (kind, protocol, calls, latency)) in links.iter().enumerate() {
                let id = format!("to-{at}");
                let other = Component::new(&id, KINDS[*kind], None);
                project.apply(&Edit::PutComponent(id.as_str().into(), other));
                let mut link = Connection::new("a".into(), id.as_str().into(), Protocol::ALL[*protocol]);
                link.calls_per_request = calls.map(|calls| f64::from(calls) / 2.0);
                link.latency_ms = latency.map(f64::from);
                project.apply(&Edit::PutConnection(format!("link-{at}").as_str().into(), link));
            }
            let playbook = builtin().unwrap();
            let graph = Graph::new(&project);
            let late = Late::new(&playbook, &project.assumptions.machines).unwrap();
            let values = Values::new(&playbook, &graph);
            let [together, writes] = [flags[0], flags[1]];
            let spot = Spot { graph: &graph, position: 0, together, writes: writes == Some(true) };
            for id in playbook.servers.keys() {
                let told = late.best_ms(spot, std::slice::from_ref(id)).unwrap();
                let told = Site::at(&graph, &values, 0).amount(&told);
                let process = own_process(&playbook, &graph, 0, id.as_str()).unwrap();
                let known = process.demand.alone_s() * 1e3;
                prop_assert!((told - known).abs() < 1e-6 * known.max(1.0), "{id}: {told} {known}");
                let told = late.least_workers(spot, std::slice::from_ref(id)).unwrap();
                let told = Site::at(&graph, &values, 0).amount(&told);
                let known = f64::from(rate) / process.saturation_per_s();
                prop_assert!((told - known).abs() < 1e-6 * known.max(1.0), "{id}: {told} and {known} processes");
            }
        }
    }
}
