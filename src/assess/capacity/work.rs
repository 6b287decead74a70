//! What one request of a service does, read off its connections and traits.

use super::{
    demand::{Call, Request},
    load::{CALLS, flag, number, said},
    order::Order,
};
use crate::{
    assess::graph::{Graph, Link},
    playbook::CapacitySettings,
    project::{ComponentId, ComponentKind, ConnectionId, Protocol, TraitId},
};

const MS: f64 = 1e-3;

/// Something nobody has said, without which times are the least they can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// How long a call over this connection takes.
    Latency(ConnectionId),
    /// A trait of the service.
    Trait(TraitId),
    /// What a service that it calls lacks itself.
    Callee(ComponentId),
    /// How many calls go over this connection, or what ends them: it closes a circle, and its answers are in no time.
    Calls(ConnectionId),
}

/// A call that is waited for, with the connection it goes over.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Waited {
    /// By its place in the graph; `None` for calls that only a trait tells of.
    pub(super) link: Option<usize>,
    /// The service that answers, if it is one of ours.
    pub(super) callee: Option<usize>,
    pub(super) call: Call,
}

/// What a request does, and what of that is not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    pub(super) request: Request,
    pub(super) waited: Vec<Waited>,
    pub(super) missing: Vec<Missing>,
    /// Connections that do not say how many calls they carry: one is assumed.
    pub(super) assumed_once: Vec<ConnectionId>,
}

/// The answer of a service that is called, on average.
pub(super) struct Answered {
    /// Mean response in seconds.
    pub(super) mean_s: f64,
    /// Whether all of it is known.
    pub(super) complete: bool,
}

/// Whether a link is a call whose answer the caller waits for.
pub(super) fn is_waited_for(graph: &Graph<'_>, link: &Link<'_>) -> bool {
    match link.connection.protocol {
        Protocol::Http => true,
        Protocol::Database => is_far(graph.component(link.to).kind),
        _ => false,
    }
}

/// Whether it takes longer than a round trip to something near, so that somebody has to say how long.
fn is_far(kind: ComponentKind) -> bool {
    matches!(
        kind,
        ComponentKind::ObjectStorage
            | ComponentKind::SearchEngine
            | ComponentKind::ExternalApi
            | ComponentKind::IdentityProvider
    )
}

/// Whether it is somebody else's, so that calls to it are among those that a trait counts.
pub(super) fn is_outside(kind: ComponentKind) -> bool {
    matches!(kind, ComponentKind::ExternalApi | ComponentKind::IdentityProvider)
}

/// What one call over a link that is not waited for like a call comes to.
#[derive(Default)]
pub(super) struct Trip {
    pub(super) reads: f64,
    pub(super) inserts: f64,
    pub(super) handovers: f64,
    /// Waiting, in milliseconds.
    pub(super) ms: f64,
}

/// Queries and what is handed over; `writes` says that the caller's queries write.
pub(super) fn trip(link: &Link<'_>, to: ComponentKind, writes: bool, round_trip_ms: f64) -> Trip {
    let ms = link.connection.latency_ms.unwrap_or(round_trip_ms);
    let near = matches!(to, ComponentKind::Redis | ComponentKind::MessageQueue);
    match link.connection.protocol {
        Protocol::WebSocket | Protocol::Http => Trip::default(),
        Protocol::Database if !near => {
            let writes = writes || to == ComponentKind::TimeSeriesDatabase;
            let (reads, inserts) = if writes { (0.0, 1.0) } else { (1.0, 0.0) };
            Trip { reads, inserts, handovers: 0.0, ms }
        }
        // The tables are in a database, wherever it is drawn.
        Protocol::SharedTables => Trip { reads: 1.0, ms: round_trip_ms, ..Trip::default() },
        Protocol::Database | Protocol::Queue | Protocol::PubSub => Trip { handovers: 1.0, ms, ..Trip::default() },
    }
}

/// What a request of the service at `position` does; `answer` says how long the service takes that a link leads to, by its place in the graph.
pub(super) fn work(
    graph: &Graph<'_>,
    order: &Order,
    settings: &CapacitySettings,
    position: usize,
    answer: impl Fn(usize) -> Option<Answered>,
) -> Work {
    let mut work = Work { request: Request { validates: true, ..Request::default() }, ..Work::default() };
    let reader = Reader { graph, order, settings, position };
    let mut queries = 0.0;
    for place in &order.out[position] {
        let link = &graph.links[*place];
        if link.connection.calls_per_request.is_none() {
            work.assumed_once.push(link.id.clone());
        }
        if is_waited_for(graph, link) {
            reader.call(&mut work, *place, &answer);
        } else {
            queries += reader.trip(&mut work, link);
        }
    }
    reader.traits(&mut work, queries);
    work.request.calls = work.waited.iter().map(|waited| waited.call).collect();
    work
}

struct Reader<'r, 'a> {
    graph: &'r Graph<'a>,
    order: &'r Order,
    settings: &'r CapacitySettings,
    position: usize,
}

impl Reader<'_, '_> {
    fn own(&self, id: Option<&TraitId>) -> Option<f64> {
        number(self.graph.component(self.position), id)
    }

    /// A call whose answer is waited for.
    fn call(&self, work: &mut Work, place: usize, answer: &impl Fn(usize) -> Option<Answered>) {
        let link = &self.graph.links[place];
        let count = link.connection.calls_per_request.unwrap_or(CALLS).max(0.0);
        let left_out = self.order.left_out[place];
        let answered = if self.graph.is_service(link.to) && !left_out { answer(place) } else { None };
        let known = self.order.forward[place] && !left_out || answered.is_some();
        let callee = (self.graph.is_service(link.to) && known).then_some(link.to);
        let latency_s = match (link.connection.latency_ms, answered) {
            (Some(said_ms), _) => said_ms * MS,
            // How long a call takes that nobody makes is of no interest.
            (None, _) if count == 0.0 => 0.0,
            (None, Some(answer)) => {
                if !answer.complete {
                    work.missing.push(Missing::Callee(self.graph.components[link.to].0.clone()));
                }
                answer.mean_s
            }
            (None, None) if left_out && self.graph.is_service(link.to) => {
                work.missing.push(Missing::Calls(link.id.clone()));
                0.0
            }
            // What closes a circle is asked for once it is known.
            (None, None) if !self.order.forward[place] => 0.0,
            (None, None) => self.own(self.settings.traits.external_latency.as_ref()).map_or_else(
                || {
                    work.missing.push(Missing::Latency(link.id.clone()));
                    0.0
                },
                |ms| ms * MS,
            ),
        };
        // A time that a person wrote down is that of the whole call.
        let callee = callee.filter(|_| link.connection.latency_ms.is_none());
        work.waited.push(Waited { link: Some(place), callee, call: Call { count, latency_s } });
    }

    /// Queries, and what is handed over; how many queries.
    fn trip(&self, work: &mut Work, link: &Link<'_>) -> f64 {
        let count = link.connection.calls_per_request.unwrap_or(CALLS).max(0.0);
        let writes = flag(self.graph.component(self.position), self.settings.traits.writes.as_ref());
        let trip = trip(link, self.graph.component(link.to).kind, writes, self.settings.round_trip_ms);
        work.request.trips_s += count * trip.ms * MS;
        work.request.reads += count * trip.reads;
        work.request.inserts += count * trip.inserts;
        work.request.handovers += count * trip.handovers;
        count * (trip.reads + trip.inserts)
    }

    /// What only traits tell of: further databases and calls, and computing.
    fn traits(&self, work: &mut Work, queries: f64) {
        let traits = &self.settings.traits;
        let further = self.own(traits.databases.as_ref()).map_or(0.0, |databases| (databases - queries).max(0.0));
        work.request.reads += further;
        work.request.trips_s += further * self.settings.round_trip_ms * MS;

        let outside = |waited: &&Waited| {
            waited.link.is_some_and(|place| is_outside(self.graph.component(self.graph.links[place].to).kind))
        };
        let drawn: f64 = work.waited.iter().filter(outside).map(|waited| waited.call.count).sum();
        let calls = self.own(traits.external_calls.as_ref()).map_or(0.0, |calls| (calls - drawn).max(0.0));
        if calls > 0.0 {
            let said_ms = self.own(traits.external_latency.as_ref());
            if said_ms.is_none() {
                work.missing.extend(traits.external_latency.clone().map(Missing::Trait));
            }
            let call = Call { count: calls, latency_s: said_ms.unwrap_or(0.0) * MS };
            work.waited.push(Waited { link: None, callee: None, call });
        }

        let inference = self.own(traits.inference.as_ref());
        if inference.is_none() && flag(self.graph.component(self.position), traits.has_inference.as_ref()) {
            work.missing.extend(traits.inference.clone().map(Missing::Trait));
        }
        let component = self.graph.component(self.position);
        work.request.together = said(component, traits.together.as_ref());
        work.request.own_cpu_s = (self.own(traits.cpu.as_ref()).unwrap_or(0.0) + inference.unwrap_or(0.0)) * MS;
    }
}
