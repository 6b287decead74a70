//! What the capacity model gives for a set-up, beside what was measured of it.

use super::capacity::{rate, seconds, utilisation};
use crate::{
    assess::capacity::{AGREES_WITHIN, Modelled},
    figures,
    lang::{t, tr},
    playbook::CaseFigure,
    text::decimal,
};

/// A set-up in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelRow {
    /// What it is.
    pub label: String,
    /// What the model gives.
    pub model: String,
    /// What was measured.
    pub measured: String,
    /// Whether they agree, in a word.
    pub word: &'static str,
    /// The same.
    pub agrees: bool,
    /// Why they do not; empty where they do.
    pub why: String,
}

/// The set-up in words.
pub fn model_row(modelled: &Modelled<'_>) -> ModelRow {
    let case = modelled.case;
    let tell = |value: f64| match case.figure {
        _ if case.against.is_some() => format!("{} ×", decimal(value, 1)),
        CaseFigure::MeanMs | CaseFigure::P95Ms | CaseFigure::P99Ms => seconds(value / 1e3),
        CaseFigure::PerS | CaseFigure::MostPerS => rate(value),
        CaseFigure::Busy => utilisation(Some(value)),
    };
    let what = match case.figure {
        _ if case.against.is_some() => "",
        CaseFigure::MeanMs => t("mean "),
        CaseFigure::P95Ms => "p95 ",
        CaseFigure::P99Ms => "p99 ",
        CaseFigure::MostPerS => t("at most "),
        CaseFigure::PerS | CaseFigure::Busy => "",
    };
    let model = match modelled.model {
        None => t("unbounded").to_owned(),
        Some((low, high)) if tell(low) == tell(high) => format!("{what}{}", tell(low)),
        Some((low, high)) => tr!("{what}{0} to {1}", tell(low), tell(high), what),
    };
    ModelRow {
        label: case.label.clone(),
        model,
        measured: tell(case.measured),
        word: if modelled.agrees { t("agrees") } else { t("differs") },
        agrees: modelled.agrees,
        why: if modelled.agrees { String::new() } else { case.why.clone() },
    }
}

/// What "agrees" means, in a sentence.
pub fn agreement() -> String {
    tr!("Agrees: what the model gives lies within {} of the measurement", figures::share(AGREES_WITHIN))
}
