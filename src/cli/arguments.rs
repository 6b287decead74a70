//! What can be asked for, and its help.

use std::path::PathBuf;

use clap::{
    Parser, Subcommand, ValueEnum, ValueHint,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _},
};

use jiff::civil::Date;

use crate::{
    assess::{MOST_BARS, Perspective, Severity},
    export::FORMATS,
    figures::read_day,
    playbook::PARAGRAPHS,
    project::Confidence,
};

const EXAMPLES: &str = "\
Examples:
  groundplan                              open the window
  groundplan plan.ron                     open a project in the window
  groundplan presets                      list the case studies that come with it
  groundplan presets blank > plan.ron     start a project by hand
  groundplan assess plan.ron              verdict, weeks, budget and findings
  groundplan assess plan.ron --json       the same for a program
  groundplan export plan.ron --to md -o plan.md
  groundplan compare plan.ron             the plan beside every other way to build it
  groundplan why plan.ron                 why not another, what would turn it, what to ask next
  groundplan schedule plan.ron            what is done when, by how many, after what
  groundplan sensitivity plan.ron         what moves weeks and budget most
  groundplan cases plan.ron               the case studies behind every figure, and what the plan leans on
  groundplan causes plan.ron --from old.ron       what makes the difference, adding up
  groundplan reach plan.ron --budget 150k --months 5      what would have to wait for it, or which team it takes
  groundplan baselines plan.ron           what became of the estimates it keeps
  groundplan stack plan.ron               the packages that follow, service by service
  groundplan tidy plan.ron -o plan.ron    lay the drawing out in layers, left to right
  groundplan evidence measured            what was measured of the page's claims
  cat plan.ron | groundplan check -       check what comes from elsewhere

Exit codes:
  0  done
  1  `check` or `playbook check` found errors, or `check` what --deny forbids
  2  wrong arguments, input that cannot be read, or output that cannot be written";

const REACH_HELP: &str = "\
Examples:
  groundplan reach plan.ron --budget 150k --months 5
  groundplan reach plan.ron --by 2027-08-31 --sure 90 --keep shop
  groundplan reach plan.ron --json                targets from the project

The sets with the fewest services come first, among them those that leave out least.";

const COMPARE_HELP: &str = "\
Examples:
  groundplan compare plan.ron
  groundplan compare plan.ron --scenarios plan,recommended,four-people
  groundplan compare plan.ron --base recommended --json

A project keeps scenarios under `scenarios`, each with pins, what is put off, and means (team and rates) of its own; what \
is to hold is the project's for all of them. The kept one with the id `plan` is written saved:plan.";

const CHECK_HELP: &str = "\
Examples:
  groundplan check plan.ron
  groundplan check plan.ron --deny warning
  groundplan check plan.ron --sarif > plan.sarif

Findings that the project suppresses with a reason are counted apart and denied by nothing.

Exit codes:
  0  nothing that is denied
  1  errors in the project, or findings that --deny forbids
  2  not a project that can be read";

const CAUSES_HELP: &str = "\
Examples:
  groundplan causes plan.ron --from recommended
  groundplan causes plan.ron --from last-month.ron --at p80
  groundplan causes plan.ron --from all-FRAMEWORK --to saved:ID --json

A choice is plan, recommended, all- and the id of a framework that extends no other, or the id of a scenario the project keeps \
(saved:ID where that is called like one of the others). Without --from it is recommended if something is pinned, else the whole on another framework.

Each cause is its mean effect over every order in which the changes could have come, with the frameworks as both verdicts have \
them. That is exact for 12 changes; of more, the smallest are put together first. The figures shown sum as they are written.";

/// From which severity on `check` fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Only errors
    Error,
    /// Warnings as well
    Warning,
    /// Everything
    Hint,
}

impl Deny {
    /// The mildest severity that fails.
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Hint => Severity::Hint,
        }
    }
}

/// Draw a planned back end, see which Python framework each part wants, how long it takes and what it costs, and why
#[derive(Debug, Parser)]
#[command(name = "groundplan", bin_name = "groundplan", version, after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Arguments {
    /// Project to open in the window
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,

    /// Use the playbook in this folder, or lay it over the built-in one (docs/playbook.md)
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub playbook: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Verdict, reasons, weeks, budget and findings of a project
    #[command(after_help = "Examples:\n  groundplan assess plan.ron\n  groundplan assess - --json < plan.ron")]
    Assess {
        /// Project file, or - for standard input; components may leave out their positions
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Write JSON (schema 2, see docs/assess-json.md)
        #[arg(long)]
        json: bool,
    },
    /// Write the assessment for a document, a spreadsheet or a program
    #[command(
        after_help = "Examples:\n  groundplan export plan.ron --to md -o plan.md\n  groundplan export plan.ron --to csv > plan.csv\n  groundplan export plan.ron --to svg --colour-by trait:tables --theme dark -o plan.svg"
    )]
    Export {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Format
        #[arg(long, value_name = "FORMAT", value_parser = formats())]
        to: String,
        /// File to write; standard output if it is left out or -
        #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
        /// Colour the drawing by framework, confidence, effort, cost, findings or trait:ID
        #[arg(long, value_name = "WHAT", default_value = "framework", value_parser = str::parse::<Perspective>)]
        colour_by: Perspective,
        /// Theme of the drawing
        #[arg(long, value_enum, default_value_t = Theme::Light)]
        theme: Theme,
    },
    /// The plan beside other ways to build it: as advised, all on one framework, and those it keeps
    #[command(after_help = COMPARE_HELP)]
    Compare {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Only these, with commas between them: plan, recommended, all-FRAMEWORK, the id of a kept one (saved:ID for any)
        #[arg(long, value_name = "LIST", value_delimiter = ',')]
        scenarios: Vec<String>,
        /// The one that the others are compared with; the plan, else the first, if it is left out
        #[arg(long, value_name = "SCENARIO")]
        base: Option<String>,
        /// Write JSON (schema 1, see docs/compare-json.md)
        #[arg(long)]
        json: bool,
    },
    /// Why this verdict and not another, what would turn it, and what to ask next
    #[command(
        after_help = "Examples:\n  groundplan why plan.ron\n  groundplan why plan.ron --component shop\n\nFor programs the same is in `groundplan assess FILE --json`."
    )]
    Why {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Only this service, by its id
        #[arg(long, value_name = "ID")]
        component: Option<String>,
    },
    /// How much hangs on any one weight: each is made larger and smaller, and what turns is told
    #[command(after_help = "Examples:\n  groundplan robust plan.ron\n  groundplan robust plan.ron --share 50 --json")]
    Robust {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// By how many percent each number is moved
        #[arg(long, value_name = "PERCENT", default_value_t = 25.0, value_parser = percent)]
        share: f64,
        /// Write JSON: `share`, `trials`, `turned`, `services`
        #[arg(long)]
        json: bool,
    },
    /// Components, traits, connections, boundaries, notes and findings that have these words
    #[command(
        after_help = "Examples:\n  groundplan find plan.ron websocket\n  groundplan find plan.ron tables 40\n  groundplan find plan.ron orders --json"
    )]
    Find {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// What to look for; every word has to be there
        #[arg(required = true)]
        words: Vec<String>,
        /// Write JSON (schema 1): group, element, id, title and detail of each
        #[arg(long)]
        json: bool,
    },
    /// What is done when: each component's phases by the team there is, milestones, the longest chain
    #[command(
        after_help = "Examples:\n  groundplan schedule plan.ron\n  groundplan schedule plan.ron --json\n  groundplan export plan.ron --to schedule-csv > schedule.csv\n\nDates are shown once the project has a first day: assumptions: (start: \"2027-03-01\")"
    )]
    Schedule {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Write JSON (schema 1, see docs/schedule-json.md)
        #[arg(long)]
        json: bool,
    },
    /// What moves weeks and budget most: each work item and each assumption at its ends
    #[command(
        after_help = "Examples:\n  groundplan sensitivity plan.ron\n  groundplan sensitivity plan.ron --top 40 --json"
    )]
    Sensitivity {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// How many are shown by themselves; the others are one line together
        #[arg(long, value_name = "N", default_value_t = MOST_BARS)]
        top: usize,
        /// Write JSON (schema 1, see docs/sensitivity-json.md)
        #[arg(long)]
        json: bool,
    },
    /// The case studies behind every estimate: published, before calibration, and predicted by each other
    #[command(
        after_help = "Examples:\n  groundplan cases\n  groundplan cases plan.ron             what the plan leans on as well\n  groundplan cases --json"
    )]
    Cases {
        /// Project to say for what it leans on, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
        /// Write JSON (schema 1, see docs/sensitivity-json.md)
        #[arg(long)]
        json: bool,
    },
    /// What leads from one plan to another: causes that add up to the difference of weeks and budget
    #[command(after_help = CAUSES_HELP)]
    Causes(CausesArguments),
    /// Keep the estimate as it stands in the project, to compare later ones with
    #[command(
        after_help = "Examples:\n  groundplan baseline plan.ron --name \"Offer of March\" --date 2026-03-02 -o plan.ron\n  groundplan baseline plan.ron --name \"First sketch\" > plan-with-baseline.ron"
    )]
    Baseline(BaselineArguments),
    /// What became of a baseline: weeks, budget and parts, beside another one or the plan as it stands
    #[command(
        after_help = "Examples:\n  groundplan baselines plan.ron                                 from the last one to the plan as it stands\n  groundplan baselines plan.ron --from \"First sketch\" --to now\n  groundplan baselines plan.ron --from first-sketch --to offer --json"
    )]
    Baselines(BaselinesArguments),
    /// What would have to wait, or which team it takes, for a budget and a deadline to hold
    #[command(after_help = REACH_HELP)]
    Reach(Reach),
    /// Packages of each service: version, purpose, why, and what holds of them today
    #[command(
        after_help = "Examples:\n  groundplan stack plan.ron\n  groundplan stack plan.ron --component shop --requirements > requirements.txt\n  groundplan stack plan.ron --requirements -o services    writes services/SERVICE/requirements.txt"
    )]
    Stack {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Write JSON: the key `stack` of docs/assess-json.md
        #[arg(long, conflicts_with = "requirements")]
        json: bool,
        /// Only this service, by its id
        #[arg(long, value_name = "ID")]
        component: Option<String>,
        /// Write requirements files for pip, one a service
        #[arg(long)]
        requirements: bool,
        /// Folder for the requirements files; without it one service's goes to standard output
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath, requires = "requirements")]
        out: Option<PathBuf>,
    },
    /// Look for what is wrong or odd in a project
    #[command(after_help = CHECK_HELP)]
    Check {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Leave with exit code 1 from this severity on
        #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = Deny::Error)]
        deny: Deny,
        /// Write JSON (schema 1, see docs/check.md)
        #[arg(long, conflicts_with = "sarif")]
        json: bool,
        /// Write SARIF 2.1.0 for code hosts and editors
        #[arg(long)]
        sarif: bool,
    },
    /// What the page claims beside what was measured and what has changed since, and what stands on it
    #[command(
        after_help = "Examples:\n  groundplan evidence                       every claim of the eighteen paragraphs\n  groundplan evidence measured external     claims that hold every word; ¶4, measured and update work too\n  groundplan evidence --paragraph 4 --json\n  groundplan evidence --paragraph 7 --plan plan.ron"
    )]
    Evidence {
        /// Words that a claim must hold, all of them
        words: Vec<String>,
        /// Only this paragraph, 1 to 18
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=i64::from(PARAGRAPHS)))]
        paragraph: Option<u8>,
        /// Say what counts in this project (- for standard input)
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        plan: Option<PathBuf>,
        /// Write JSON (schema 1, see docs/evidence-json.md)
        #[arg(long)]
        json: bool,
    },
    /// Lay the drawing out in layers, left to right; what is locked stays where it is
    #[command(
        after_help = "Examples:\n  groundplan tidy plan.ron > tidied.ron\n  groundplan tidy plan.ron -o plan.ron\n\nMembers of a boundary stay together. Points that connections were led through by hand are dropped, fixed sides are kept."
    )]
    Tidy {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// File to write, which may be the same; standard output if it is left out or -
        #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
    },
    /// List the projects that come with the program, or print one
    #[command(after_help = "Example:\n  groundplan presets construction-saas > plan.ron")]
    Presets {
        /// Preset to print
        id: Option<String>,
    },
    /// Work with playbooks, the knowledge behind the advice
    Playbook {
        #[command(subcommand)]
        command: PlaybookCommand,
    },
    /// Print the completions for a shell
    #[command(
        after_help = "Example:\n  groundplan completions bash > ~/.local/share/bash-completion/completions/groundplan"
    )]
    Completions {
        /// Shell
        shell: clap_complete::Shell,
    },
}

/// What `reach` is asked.
#[derive(Debug, clap::Args)]
pub(super) struct Reach {
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

/// What `causes` is asked.
#[derive(Debug, clap::Args)]
pub(super) struct CausesArguments {
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
#[derive(Debug, clap::Args)]
pub(super) struct BaselineArguments {
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
#[derive(Debug, clap::Args)]
pub(super) struct BaselinesArguments {
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

/// The theme of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Theme {
    /// Dark text on light surfaces
    Light,
    /// Light text on dark surfaces
    Dark,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlaybookCommand {
    /// Check a playbook and calibrate it on its cases
    #[command(
        after_help = "Examples:\n  groundplan playbook check                 the built-in one\n  groundplan playbook check house-playbook"
    )]
    Check {
        /// Folder of the playbook; the built-in one if it is left out
        #[arg(value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
    /// Write the built-in playbook into a folder, to start one of your own (see docs/playbook.md)
    #[command(after_help = "Example:\n  groundplan playbook export my-playbook")]
    Export {
        /// Folder to write into; files of a playbook that are there already are left alone, and nothing is written
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
}

fn percent_number(text: &str) -> Result<f64, String> {
    text.trim_end_matches('%').trim().parse().map_err(|_| "a number of percent, such as 25".to_owned())
}

/// A share in percent, more than 0 and at most 100.
fn percent(text: &str) -> Result<f64, String> {
    let number = percent_number(text)?;
    if number > 0.0 && number <= 100.0 { Ok(number) } else { Err("it must be more than 0 and at most 100".to_owned()) }
}

/// A probability in percent that leaves a doubt.
fn percent_below_100(text: &str) -> Result<f64, String> {
    percent_number(text).and_then(|number| {
        if (1.0..=99.0).contains(&number) { Ok(number) } else { Err("it must be from 1 to 99".to_owned()) }
    })
}

fn more_than_nothing(text: &str) -> Result<f64, String> {
    let number: f64 = text.trim().parse().map_err(|_| "a number, such as 21.7".to_owned())?;
    if number > 0.0 && number <= 1e5 { Ok(number) } else { Err("it must be more than 0 and at most 100000".to_owned()) }
}

fn confidence() -> impl clap::builder::TypedValueParser<Value = Confidence> {
    const LEVELS: [(&str, Confidence); 3] =
        [("p50", Confidence::P50), ("p80", Confidence::P80), ("p90", Confidence::P90)];
    PossibleValuesParser::new(LEVELS.map(|(name, _)| name)).try_map(|given| {
        let level = LEVELS.into_iter().find(|(name, _)| *name == given);
        level.map(|(_, level)| level).ok_or("there is no such point")
    })
}

fn formats() -> impl clap::builder::TypedValueParser<Value = String> {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.id).help(format.help)))
        .map(|format| format)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_make_sense_to_their_parser() {
        super::Arguments::command().debug_assert();
    }
}
