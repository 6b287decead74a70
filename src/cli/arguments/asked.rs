//! What the commands with many arguments are asked.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use jiff::civil::Date;

use super::values::{Prefer, confidence, more_than_nothing, percent_below_100};
use crate::{
    figures::read_day,
    project::{Confidence, merge::Version},
};

/// What `reach` is asked.
#[derive(Debug, Args)]
pub(in crate::cli) struct Reach {
    /// Project file, or - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Budget that is to hold, in the project's currency; the project's target if it is left out
    #[arg(long, value_name = "AMOUNT")]
    pub budget: Option<String>,
    /// Weeks of work in which it is to be done; the project's deadline if neither this nor the next two is given
    #[arg(long, value_name = "WEEKS", value_parser = more_than_nothing, conflicts_with_all = ["months", "by"])]
    pub weeks: Option<f64>,
    /// The same in months: of the calendar from the project's first day on, else of 52/12 weeks
    #[arg(long, value_name = "MONTHS", value_parser = more_than_nothing, conflicts_with = "by")]
    pub months: Option<f64>,
    /// The same as the last day of work, counted from the project's first day
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    pub by: Option<Date>,
    /// Probability in percent with which each of them is to hold
    #[arg(long, value_name = "PERCENT", default_value_t = 80.0, value_parser = percent_below_100)]
    pub sure: f64,
    /// Service, or other component that could wait, that stays in any case, by its id; may be given several times
    #[arg(long, value_name = "ID")]
    pub keep: Vec<String>,
    /// Write JSON (schema 1, see docs/reach-json.md)
    #[arg(long)]
    pub json: bool,
}

/// What `capacity` is asked.
#[derive(Debug, Args)]
pub(in crate::cli) struct CapacityArguments {
    /// Project file, or - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Only this service, by its id
    #[arg(long, value_name = "ID")]
    pub component: Option<String>,
    /// What if every load is so many times as large
    #[arg(long, value_name = "FACTOR", value_parser = more_than_nothing)]
    pub peak: Option<f64>,
    /// What if a call over this connection, or every call to this component, takes so many milliseconds; may be given several times
    #[arg(long, value_name = "ID=MS")]
    pub slow: Vec<String>,
    /// What if this service has a process more, or so many; may be given several times
    #[arg(long, value_name = "ID[=N]")]
    pub more: Vec<String>,
    /// What if this component is gone: who fails, and who goes on
    #[arg(long, value_name = "ID")]
    pub gone: Option<String>,
    /// Play so many seconds event by event, beside the formulas; with a what-if, under that
    #[arg(long, value_name = "SECONDS", value_parser = more_than_nothing)]
    pub simulate: Option<f64>,
    /// Where chance begins: the same number is the same run
    #[arg(long, value_name = "N", default_value_t = 1, requires = "simulate")]
    pub seed: u64,
    /// Write JSON (schema 1, see docs/capacity-json.md)
    #[arg(long)]
    pub json: bool,
}

/// What `causes` is asked.
#[derive(Debug, Args)]
pub(in crate::cli) struct CausesArguments {
    /// Project file, or - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where it begins: a way to build the project, or another project file
    #[arg(long, value_name = "CHOICE|FILE")]
    pub from: Option<String>,
    /// Where it leads to [default: plan]
    #[arg(long, value_name = "CHOICE|FILE")]
    pub to: Option<String>,
    /// Point of the range that is compared [default: the project's confidence]
    #[arg(long, value_name = "P", value_parser = confidence())]
    pub at: Option<Confidence>,
    /// Write JSON (schema 1, see docs/causes-json.md)
    #[arg(long)]
    pub json: bool,
}

/// What `baseline` is asked.
#[derive(Debug, Args)]
pub(in crate::cli) struct BaselineArguments {
    /// Project file, or - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// What people call it
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// The day it is kept, such as 2026-03-02; none if it is left out
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    pub date: Option<Date>,
    /// File to write the project to, which may be the one it was read from; standard output if it is left out or -
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// What `baselines` is asked.
#[derive(Debug, Args)]
pub(in crate::cli) struct BaselinesArguments {
    /// Project file, or - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where it begins: the name or the id of a baseline, or now; the last one if it is left out
    #[arg(long, value_name = "NAME|now")]
    pub from: Option<String>,
    /// Where it leads to [default: now]
    #[arg(long, value_name = "NAME|now")]
    pub to: Option<String>,
    /// Write JSON (schema 1, see docs/baselines-json.md)
    #[arg(long)]
    pub json: bool,
}

/// What `diff` is asked.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(in crate::cli) struct DiffArguments {
    /// Two project files, the earlier one first; - for standard input, /dev/null for a file that is not there
    #[arg(required = true, num_args = 1..=9, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Write JSON (schema 1, see docs/diff-json.md)
    #[arg(long, conflicts_with = "textconv")]
    pub json: bool,
    /// Leave with exit code 1 if anything differs
    #[arg(long, conflicts_with = "textconv")]
    pub exit_code: bool,
    /// Take the arguments that git gives an external diff command (docs/git.md)
    #[arg(long, conflicts_with = "textconv")]
    pub git: bool,
    /// Write one project in words, a line each, as git's textconv wants it (docs/git.md)
    #[arg(long)]
    pub textconv: bool,
}

/// What `merge` is asked.
#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArguments {
    /// What both versions come from; an empty file if each was made by itself
    #[arg(value_hint = ValueHint::FilePath)]
    pub base: PathBuf,
    /// The version that the merge goes into
    #[arg(value_hint = ValueHint::FilePath)]
    pub ours: PathBuf,
    /// The other version
    #[arg(value_hint = ValueHint::FilePath)]
    pub theirs: PathBuf,
    /// File to write, which may be one of the three; standard output if it is left out or -
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Decide every conflict for one of them, and leave with exit code 0
    #[arg(long, value_name = "VERSION", value_enum)]
    pub prefer: Option<Prefer>,
    /// Write the conflicts to standard output as JSON (schema 1, see docs/diff-json.md)
    #[arg(long)]
    pub json: bool,
    /// What messages call the file, where OURS is a temporary one
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

impl MergeArguments {
    /// Whose values the result has where both changed the same.
    pub(in crate::cli) fn preferred(&self) -> Version {
        self.prefer.map_or(Version::Ours, Prefer::version)
    }
}
