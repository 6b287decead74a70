//! Will it hold, and with how many workers? A small queueing model of services on their servers.
//!
//! Three pure questions: what is the most a [`Server`] can answer ([`Server::saturation_per_s`]), what happens under so many clients
//! who ask without a pause ([`Server::closed`]) and under a steady rate ([`Server::response`]); and the other way round,
//! what a load takes ([`size`]). Times are in seconds, rates in 1/s. The letters are those of the literature: Z waiting, D' processor
//! time, P processes, T slots a process, S slots, C processors, m processors that can be busy, L rate, N clients, X throughput, R response.

//!
//! [`Engine::capacity`](super::Engine::capacity) asks them of every service of a plan on every server of the playbook, under the loads that
//! come along its connections ([`Capacity`] holds all of it); [`Engine::capacity_if`](super::Engine::capacity_if) the same under other
//! circumstances, and [`Engine::fallout`](super::Engine::fallout) who fails when something is gone.
//! [`simulate()`] plays the same network event by event, to see what the formulas are worth.

mod alone;
mod batches;
mod check;
mod choose;
mod circles;
mod claims;
mod closed;
mod curve;
mod demand;
mod deploy;
mod erlang;
mod flow;
mod holding;
mod knowledge;
mod late;
mod load;
mod lock_up;
mod open;
mod order;
mod paths;
mod plan;
mod queue;
mod results;
mod rounds;
mod server;
mod simulate;
mod sizing;
mod times;
mod traffic;
mod waits;
mod what_if;
mod work;

pub(super) use alone::{Alone, Otherwise};
pub(super) use check::{Behind, Check, Then, Tried, contradicted};
pub use claims::{AGREES_WITHIN, Modelled, modelled};
pub use closed::Closed;
pub use curve::{LoadCurve, LoadPoint};
pub use demand::{Call, Request};
pub use erlang::{erlang_b, erlang_c};
pub(super) use late::{Late, Spot};
pub use load::{Load, LoadSource, MOST_SILENT};
pub use open::{Open, Response};
pub use paths::{PathStep, RequestPath};
pub use queue::Queue;
pub use results::{
    Answers, Bottleneck, Capacity, Holds, OutOfReachBy, Performance, ServerCapacity, ServiceCall, ServiceCapacity,
    TargetVerdict, Totals,
};
pub use server::{Demand, Deployment, Server};
pub use simulate::{Estimate, Observed, SIMULATION_STEPS, Simulated, Spread, seconds_for, simulate, simulate_while};
pub use sizing::{OutOfReach, TARGET_SHARE, size};
pub(super) use times::{p95_at_once, p95_in_a_row};
pub(super) use traffic::Traffic;
pub use what_if::{Fallout, Fate, WhatIf};
pub use work::Missing;
