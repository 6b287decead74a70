//! What one request does, and what that asks of a server.

use super::server::Demand;
use crate::playbook::{Figure, ServerKind};

/// Seconds in a millisecond.
const MS: f64 = 1e-3;

/// Calls of one kind to another service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// How many for each request; parts of one are requests that need none.
    pub count: f64,
    /// How long the answer takes, in seconds.
    pub latency_s: f64,
}

/// What one request does, whatever it is served by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Calls to other services that are waited for, none of which needs the answer of another.
    pub calls: Vec<Call>,
    /// Whether they are under way at once, where somebody has said so; else it is as the server has it.
    pub together: Option<bool>,
    /// Queries that read, one after the other.
    pub reads: f64,
    /// Queries that write, one after the other.
    pub inserts: f64,
    /// What is put into, or asked of, queues and caches, one after the other.
    pub handovers: f64,
    /// Waiting for all queries and handovers together, in seconds.
    pub trips_s: f64,
    /// Whether a payload is checked (as measured: twelve fields).
    pub validates: bool,
    /// Processor time of its own code, a model's included, in seconds.
    pub own_cpu_s: f64,
}

impl Request {
    /// Calls to others, counted.
    pub fn call_count(&self) -> f64 {
        self.calls.iter().map(|call| call.count).sum()
    }

    /// Waiting for calls that are made one after the other, in seconds.
    pub fn calls_in_a_row_s(&self) -> f64 {
        self.calls.iter().map(|call| call.count * call.latency_s).sum()
    }

    /// Waiting for calls that are all under way at once, in seconds: for the slowest.
    pub fn calls_at_once_s(&self) -> f64 {
        self.calls.iter().map(|call| call.count.min(1.0) * call.latency_s).fold(0.0, f64::max)
    }

    /// Whether its calls are under way at once on a server.
    pub fn gathers(&self, kind: &ServerKind) -> bool {
        self.together.unwrap_or(kind.gathers)
    }

    /// What it asks of a server, by an end of its figures (the typical one, as a rule).
    ///
    /// The waiting is that for calls, in a row or at once as the server has it, and for round trips; the processor's time is that of base,
    /// checking, calls, queries and own code, divided by eta. A handover costs the processor what a call does (assumption).
    pub fn demand(&self, kind: &ServerKind, end: impl Fn(&Figure) -> f64) -> Demand {
        let calls_s = if self.gathers(kind) { self.calls_at_once_s() } else { self.calls_in_a_row_s() };
        let call_ms = kind.clients.first().map_or(0.0, |client| end(&client.cpu));
        let checking_ms = if self.validates { end(&kind.validation) } else { 0.0 };
        let cpu_ms = end(&kind.base)
            + checking_ms
            + (self.call_count() + self.handovers) * call_ms
            + self.reads * kind.query_ms(false, &end)
            + self.inserts * kind.query_ms(true, &end);
        Demand {
            wait_s: calls_s + self.trips_s,
            cpu_s: (cpu_ms * MS + self.own_cpu_s) / kind.efficiency,
            cpu_step_s: self.own_cpu_s / kind.efficiency,
            comes_back: 0.0,
        }
    }
}
