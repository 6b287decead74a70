//! Values of arguments: what they may be, and how they are read.

use clap::{
    ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::{
    assess::Severity,
    export::FORMATS,
    project::{Confidence, merge::Version},
};

/// From which severity on `check` fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Only errors
    Error,
    /// Warnings as well
    Warning,
    /// Everything
    Hint,
}

impl Deny {
    /// The mildest severity that fails.
    pub(in crate::cli) fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Hint => Severity::Hint,
        }
    }
}

/// Which of two versions is right where both changed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Prefer {
    /// The version that the merge goes into
    Ours,
    /// The other version
    Theirs,
}

impl Prefer {
    /// The version.
    pub(in crate::cli) fn version(self) -> Version {
        match self {
            Self::Ours => Version::Ours,
            Self::Theirs => Version::Theirs,
        }
    }
}

/// The theme of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Theme {
    /// Dark text on light surfaces
    Light,
    /// Light text on dark surfaces
    Dark,
}

fn percent_number(text: &str) -> Result<f64, String> {
    text.trim_end_matches('%').trim().parse().map_err(|_| "a number of percent, such as 25".to_owned())
}

/// A share in percent, more than 0 and at most 100.
pub(super) fn percent(text: &str) -> Result<f64, String> {
    let number = percent_number(text)?;
    if number > 0.0 && number <= 100.0 { Ok(number) } else { Err("it must be more than 0 and at most 100".to_owned()) }
}

/// A probability in percent that leaves a doubt.
pub(super) fn percent_below_100(text: &str) -> Result<f64, String> {
    percent_number(text).and_then(|number| {
        if (1.0..=99.0).contains(&number) { Ok(number) } else { Err("it must be from 1 to 99".to_owned()) }
    })
}

/// A number of weeks or months.
pub(super) fn more_than_nothing(text: &str) -> Result<f64, String> {
    let number: f64 = text.trim().parse().map_err(|_| "a number, such as 21.7".to_owned())?;
    if number > 0.0 && number <= 1e5 { Ok(number) } else { Err("it must be more than 0 and at most 100000".to_owned()) }
}

/// A point of the range.
pub(super) fn confidence() -> impl TypedValueParser<Value = Confidence> {
    const LEVELS: [(&str, Confidence); 3] =
        [("p50", Confidence::P50), ("p80", Confidence::P80), ("p90", Confidence::P90)];
    PossibleValuesParser::new(LEVELS.map(|(name, _)| name)).try_map(|given| {
        let level = LEVELS.into_iter().find(|(name, _)| *name == given);
        level.map(|(_, level)| level).ok_or("there is no such point")
    })
}

/// The id of a format that can be exported.
pub(super) fn formats() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.id).help(format.help)))
        .map(|format| format)
}
