//! How a service stands, in a word and a colour.

use egui::Color32;

use crate::{
    assess::capacity::{Answers, Performance, ServiceCapacity, TargetVerdict},
    explain::capacity as words,
    lang::t,
    ui::theme::Tokens,
};

/// How a service stands under its load, as planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// More comes than it can answer.
    Unbounded,
    /// Its answers come too late.
    Misses,
    /// Nobody has said what comes to it.
    UnknownLoad,
    /// The playbook knows no server for its framework.
    NoServer,
    /// It is in time as far as is known, which is not far enough.
    Unknown,
    /// It holds; there is no target.
    Holds,
    /// It holds and is in time.
    Meets,
}

impl State {
    pub(super) fn of(service: &ServiceCapacity) -> Self {
        let Some(server) = service.chosen() else { return Self::NoServer };
        let unbounded = service.planned().is_some_and(|planned| planned.answers == Answers::Unbounded);
        match server.target {
            _ if unbounded => Self::Unbounded,
            TargetVerdict::Missed => Self::Misses,
            _ if service.load.rate_per_s.is_none() => Self::UnknownLoad,
            TargetVerdict::Met => Self::Meets,
            TargetVerdict::Unknown => Self::Unknown,
            TargetVerdict::None => Self::Holds,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Unbounded => t("unbounded"),
            Self::Misses => t("misses"),
            Self::UnknownLoad => t("load unknown"),
            Self::NoServer => t("no server"),
            Self::Unknown => t("unknown"),
            Self::Holds => t("holds"),
            Self::Meets => t("meets"),
        }
    }

    /// A colour where it is not the ordinary one.
    pub(super) fn ink(self, tokens: &Tokens) -> Option<Color32> {
        match self {
            Self::Unbounded | Self::Misses => Some(tokens.error.ink),
            Self::UnknownLoad | Self::NoServer | Self::Unknown => Some(tokens.warning.ink),
            Self::Holds => None,
            Self::Meets => Some(tokens.accent.ink),
        }
    }

    /// The colour of its bar: red where it does not hold, whatever the bar says.
    pub(super) fn bar_ink(self, tokens: &Tokens, utilisation: Option<f64>, room: f64) -> Color32 {
        match self {
            Self::Unbounded | Self::Misses => tokens.error.ink,
            // What rounds to the room that was planned is within it.
            _ if utilisation.is_some_and(|share| share > room + 0.005) => tokens.warning.ink,
            _ => tokens.accent.ink,
        }
    }
}

/// How long 95 of 100 answers take at most: `121 ms`, `≥ 121 ms` where nobody has said what comes or not all is known (`complete` says
/// whether it is), `unbounded`.
pub(super) fn p95(performance: &Performance, complete: bool) -> String {
    let answers = &performance.answers;
    let least = matches!(answers, Answers::Alone(_)) || !complete && answers.p95_s().is_some();
    format!("{}{}", if least { "≥ " } else { "" }, words::bounded(answers.p95_s()))
}

/// Two figures with a sign between them, and their unit only once where it is the same: `121 / 200 ms`.
pub(super) fn joined(first: &str, sign: &str, second: &str) -> String {
    match (first.rsplit_once(' '), second.rsplit_once(' ')) {
        (Some((figure, unit)), Some((_, same))) if unit == same => format!("{figure}{sign}{second}"),
        _ => format!("{first}{sign}{second}"),
    }
}

/// The same beside what it is to keep: `121 / 200 ms`.
pub(super) fn p95_of(service: &ServiceCapacity) -> String {
    let Some(planned) = service.planned() else { return "–".to_owned() };
    let time = p95(planned, service.is_complete());
    service.target_s.map_or_else(|| time.clone(), |target_s| joined(&time, " / ", &words::seconds(target_s)))
}
