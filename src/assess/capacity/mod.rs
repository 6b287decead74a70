//! Will it hold, and with how many workers? A small queueing model of services on their servers.
//!
//! Three pure questions: what is the most a [`Server`] can answer ([`Server::saturation_per_s`]), what happens under so many clients
//! who ask without a pause ([`Server::closed`]) and under a steady rate ([`Server::response`]); and the other way round,
//! what a load takes ([`size`]). Times are in seconds, rates in 1/s. The letters are those of the literature: Z waiting, D' processor
//! time, P processes, T slots a process, S slots, C processors, m processors that can be busy, L rate, N clients, X throughput, R response.

mod closed;
mod demand;
mod erlang;
mod open;
mod queue;
mod server;
mod sizing;

pub use closed::Closed;
pub use demand::{Call, Request};
pub use erlang::{erlang_b, erlang_c};
pub use open::{Open, Response};
pub use queue::Queue;
pub use server::{Demand, Deployment, Server};
pub use sizing::{OutOfReach, TARGET_SHARE, size};
