//! Servers that services run on: what a request costs on each, measured.

use serde::{Deserialize, Serialize};

use super::entries::Provenance;
use crate::project::{FrameworkId, TraitId, slug_id};

slug_id!(
    /// Names a [`ServerKind`].
    ServerId
);

/// How many requests a process has in work at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slots {
    /// One after the other.
    One,
    /// As many as it has threads: as many as are needed, and at most so many.
    Threads(u32),
    /// As many as its pool has threads, which is always so many.
    Pool(u32),
    /// As many as come.
    Unlimited,
}

impl Slots {
    /// The most a single process has in work.
    pub fn most(self) -> Option<u64> {
        match self {
            Self::One => Some(1),
            Self::Threads(count) | Self::Pool(count) => Some(u64::from(count.max(1))),
            Self::Unlimited => None,
        }
    }
}

/// The unit of a [`Figure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerUnit {
    /// Milliseconds of a processor.
    Ms,
    /// Megabytes of memory.
    Mb,
}

impl ServerUnit {
    /// How it is written.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::Mb => "MB",
        }
    }
}

/// A measured figure and how far it may lie from what another machine would say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What is computed with.
    pub typical: f64,
    /// The low end of its spread.
    pub low: f64,
    /// The high end of its spread.
    pub high: f64,
    /// Its unit.
    pub unit: ServerUnit,
}

/// What one call to another service costs with a client library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientLibrary {
    /// The library.
    pub library: String,
    /// Processor time of a call.
    pub cpu: Figure,
}

/// A way to run a framework: a server with its kind of worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerKind {
    /// Its id.
    pub id: ServerId,
    /// What people call it.
    pub label: String,
    /// The same in two or three words, for tables; empty: the label.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// The frameworks that run on it; what extends or resembles one runs on it too unless it has kinds of its own.
    pub frameworks: Vec<FrameworkId>,
    /// Requests in work at the same time.
    pub slots: Slots,
    /// Whether calls of one request that do not need each other are under way at once, so that their longest counts; else their sum.
    #[serde(default)]
    pub gathers: bool,
    /// The share of the processor time that is left for requests once the server's own switching is paid (eta), 0 to 1.
    #[serde(default = "whole")]
    pub efficiency: f64,
    /// Processor time of a request that does nothing.
    pub base: Figure,
    /// What checking a payload of twelve fields adds.
    pub validation: Figure,
    /// Processor time of a whole request that reads a record from the database.
    pub read: Figure,
    /// Processor time of a whole request that checks a payload and inserts a record.
    pub insert: Figure,
    /// What each call to another service adds, by client library; the first is computed with.
    pub clients: Vec<ClientLibrary>,
    /// Memory of each process.
    pub rss_per_process: Figure,
    /// Memory of the process that looks after them; nothing where there is none.
    #[serde(default)]
    pub rss_master: Option<Figure>,
    /// What kind of knowledge the figures are.
    pub provenance: Provenance,
    /// How they were measured: machine and versions.
    pub source: String,
    /// The date they were measured, `2026-11-22`.
    #[serde(default)]
    pub checked: String,
}

fn whole() -> f64 {
    1.0
}

impl ServerKind {
    /// What people call it where there is little room.
    pub fn in_short(&self) -> &str {
        if self.short.is_empty() { &self.label } else { &self.short }
    }

    /// Every figure with the name of its field.
    pub fn figures(&self) -> impl Iterator<Item = (&'static str, &Figure, ServerUnit)> {
        use ServerUnit::{Mb, Ms};
        let own = [
            ("base", &self.base, Ms),
            ("validation", &self.validation, Ms),
            ("read", &self.read, Ms),
            ("insert", &self.insert, Ms),
            ("rss_per_process", &self.rss_per_process, Mb),
        ];
        let clients = self.clients.iter().map(|client| ("clients", &client.cpu, Ms));
        own.into_iter().chain(clients).chain(self.rss_master.iter().map(|figure| ("rss_master", figure, Mb)))
    }

    /// Processor time that one query to the database adds, by an end of the figures, in milliseconds. Base and checking are in the
    /// measured requests; without them reads and inserts of all servers agree with each other.
    pub fn query_ms(&self, inserts: bool, end: impl Fn(&Figure) -> f64) -> f64 {
        let own = end(&self.base);
        let whole = if inserts { end(&self.insert) - end(&self.validation) } else { end(&self.read) };
        (whole - own).max(0.0)
    }
}

/// What capacity is computed with beside the servers (all assumptions, with a reason).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapacitySettings {
    /// How busy processors and slots may be in a deployment that is proposed, as a share.
    pub utilisation: f64,
    /// Waiting for one round trip to a database, cache or queue, in milliseconds, where a connection does not say.
    pub round_trip_ms: f64,
    /// What a processor costs, in US dollars a month.
    pub usd_per_cpu_month: f64,
    /// What a gigabyte of memory costs, in US dollars a month.
    pub usd_per_gb_month: f64,
    /// How often each live client asks or is told something, in seconds, where no rate is tagged.
    pub live_interval_s: f64,
    /// The traits that a load is read from.
    pub traits: LoadTraits,
    /// Why these are as they are.
    pub reason: String,
}

/// Which traits say what capacity reads. One that is left out is never read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LoadTraits {
    /// Requests a second at the worst moment.
    pub peak: Option<TraitId>,
    /// Requests a second on average.
    pub mean: Option<TraitId>,
    /// Devices that report by themselves.
    pub devices: Option<TraitId>,
    /// Seconds between two reports of a device.
    pub device_interval: Option<TraitId>,
    /// Clients that watch at the same time.
    pub live_clients: Option<TraitId>,
    /// Requests that are open at the same moment.
    pub connections: Option<TraitId>,
    /// The p95 that is to hold, in milliseconds.
    pub target: Option<TraitId>,
    /// Calls to others for each request.
    pub external_calls: Option<TraitId>,
    /// How long such a call takes, in milliseconds.
    pub external_latency: Option<TraitId>,
    /// That calls which do not need each other are under way at once (on), or wait for each other (off), whatever the server.
    pub together: Option<TraitId>,
    /// Processes that a service has, where that is settled; else as many are planned as its load takes.
    pub workers: Option<TraitId>,
    /// Processor time of the service's own code, in milliseconds.
    pub cpu: Option<TraitId>,
    /// Processor time of a prediction, in milliseconds.
    pub inference: Option<TraitId>,
    /// That a model answers, so that the time of a prediction is missing where nobody has said it.
    pub has_inference: Option<TraitId>,
    /// Databases that a request asks.
    pub databases: Option<TraitId>,
    /// That queries write rather than read.
    pub writes: Option<TraitId>,
    /// That a fault elsewhere must not reach the service.
    pub isolation: Option<TraitId>,
}

impl LoadTraits {
    /// The traits that hang together with an answer's own time: its target, and what comes to how many workers.
    pub fn of_an_answer(&self) -> impl Iterator<Item = &TraitId> {
        let read = [
            &self.peak,
            &self.mean,
            &self.workers,
            &self.target,
            &self.external_calls,
            &self.external_latency,
            &self.together,
            &self.cpu,
            &self.inference,
            &self.databases,
            &self.writes,
        ];
        read.into_iter().flatten()
    }
}
