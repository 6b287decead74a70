//! Set-ups that were measured, so that what the capacity model gives for them can stand beside.

use serde::{Deserialize, Serialize};

use super::servers::ServerId;

/// A set-up with what was measured of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelCase {
    /// What it is, in a few words of our own.
    pub label: String,
    /// The set-up.
    pub of: Setup,
    /// Another one that it is divided by: the figure is then how many times as much it is.
    #[serde(default)]
    pub against: Option<Setup>,
    /// Which figure was measured.
    pub figure: CaseFigure,
    /// What was measured, in the figure's unit.
    pub measured: f64,
    /// Why the model says something else, where it does; shown only then.
    #[serde(default)]
    pub why: String,
}

/// A server, what a request does on it, and what comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The server.
    pub server: ServerId,
    /// Processes, each with a processor.
    #[serde(default = "one")]
    pub processes: u64,
    /// Slots of a process, where they are not those of the server.
    #[serde(default)]
    pub slots: Option<u64>,
    /// Calls to others for each request.
    #[serde(default)]
    pub calls: u32,
    /// How long each takes, in milliseconds.
    #[serde(default)]
    pub call_ms: f64,
    /// Whether they go out together, where that is not as the server has it.
    #[serde(default)]
    pub together: Option<bool>,
    /// Queries that read.
    #[serde(default)]
    pub reads: u32,
    /// Queries that write.
    #[serde(default)]
    pub inserts: u32,
    /// Whether a payload is checked.
    #[serde(default)]
    pub validates: bool,
    /// Computing of its own, in milliseconds.
    #[serde(default)]
    pub cpu_ms: f64,
    /// What comes.
    #[serde(default)]
    pub load: CaseLoad,
}

fn one() -> u64 {
    1
}

/// What comes to a set-up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseLoad {
    /// One request after the other.
    #[default]
    Alone,
    /// So many requests a second.
    Rate(f64),
    /// So many clients who ask without a pause.
    Clients(u64),
}

/// A figure of a set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseFigure {
    /// The mean of an answer, in milliseconds.
    MeanMs,
    /// The 95th percentile, in milliseconds.
    P95Ms,
    /// The 99th percentile, in milliseconds.
    P99Ms,
    /// Answers a second.
    PerS,
    /// The most it answers, in requests a second.
    MostPerS,
    /// The share of a processor that is busy.
    Busy,
}

impl CaseFigure {
    /// Whether it can be asked of what comes.
    pub fn is_of(self, load: CaseLoad) -> bool {
        match self {
            Self::MostPerS | Self::MeanMs => true,
            Self::Busy => matches!(load, CaseLoad::Rate(_)),
            Self::PerS => matches!(load, CaseLoad::Clients(_)),
            Self::P95Ms | Self::P99Ms => !matches!(load, CaseLoad::Clients(_)),
        }
    }
}
