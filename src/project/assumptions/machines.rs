//! What a project assumes of servers and machines otherwise than the playbook does: its own measurements and prices.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::optional_number;

/// Most servers that a project can give figures of its own.
pub const MAX_SERVERS: usize = 100;

/// Figures about machines and servers; what is `None` is as the playbook has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Machines {
    /// How busy processors and slots may be in a deployment that is proposed, as a share.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub utilisation: Option<f64>,
    /// Waiting for one round trip to a database, cache or queue, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub round_trip_ms: Option<f64>,
    /// What a processor costs, in US dollars a month.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub usd_per_cpu_month: Option<f64>,
    /// What a gigabyte of memory costs, in US dollars a month.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub usd_per_gb_month: Option<f64>,
    /// What requests cost on a server, by its id in the playbook.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub servers: IndexMap<String, ServerFigures>,
}

/// What requests cost on one server; the spread of a figure that is given here is nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerFigures {
    /// Processor time of a request that does nothing, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub base_ms: Option<f64>,
    /// What checking a payload adds, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub validation_ms: Option<f64>,
    /// Processor time of a whole request that reads a record, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub read_ms: Option<f64>,
    /// Processor time of a whole request that checks a payload and inserts a record, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub insert_ms: Option<f64>,
    /// What a call to another service adds, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub call_ms: Option<f64>,
    /// Memory of a process, in megabytes.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub mb_per_process: Option<f64>,
    /// Threads of a process on a server that has some: as many as are needed, and at most so many; of a pool always so many.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub threads: Option<f64>,
}

impl Machines {
    /// Whether all of it is as the playbook has it.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl ServerFigures {
    /// Every figure with its key.
    pub fn all(&self) -> [(&'static str, Option<f64>); 7] {
        [
            ("base_ms", self.base_ms),
            ("validation_ms", self.validation_ms),
            ("read_ms", self.read_ms),
            ("insert_ms", self.insert_ms),
            ("call_ms", self.call_ms),
            ("mb_per_process", self.mb_per_process),
            ("threads", self.threads),
        ]
    }
}
