//! What can be asked for, and its help.

mod asked;
mod help;
mod values;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueHint};

pub(super) use asked::{
    BaselineArguments, BaselinesArguments, CapacityArguments, CausesArguments, DiffArguments, MergeArguments, Reach,
};
pub(super) use values::{Deny, Theme};

use crate::{
    assess::{MOST_BARS, Perspective},
    playbook::PARAGRAPHS,
};
use help::{
    CAPACITY_HELP, CAUSES_HELP, CHECK_HELP, COMPARE_HELP, DIFF_HELP, DRAFTS_HELP, EXAMPLES, FMT_HELP, MERGE_HELP,
    REACH_HELP, REPAIR_HELP,
};
use values::{formats, percent};

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
        /// Colour the drawing by framework, confidence, effort, cost, findings, utilisation or trait:ID
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
        /// Write JSON (schema 1, see docs/find-json.md)
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
    /// Will it hold, and with how many workers: each service on every server, paths, and what if
    #[command(after_help = CAPACITY_HELP)]
    Capacity(CapacityArguments),
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
    /// What changed between two projects, in words, and by how much each change moved weeks and budget
    #[command(after_help = DIFF_HELP)]
    Diff(DiffArguments),
    /// Put two versions of a project together that come from one, by component, connection and field
    #[command(after_help = MERGE_HELP)]
    Merge(MergeArguments),
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
    /// Write projects in the form in which the program writes them, so that diffs show only what changed
    #[command(after_help = FMT_HELP)]
    Fmt {
        /// Project files to rewrite, or - to go from standard input to standard output
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Write nothing; name the files that are not in form and leave with exit code 1 if there are any
        #[arg(long)]
        check: bool,
        /// Rewrite files with comments too; their comments are lost
        #[arg(long)]
        drop_comments: bool,
    },
    /// Take out of a damaged project, or one of a newer format, what can be read, and list what cannot
    #[command(after_help = REPAIR_HELP)]
    Repair {
        /// Project file, or - for standard input; it stays as it is
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// File to write, which may not be the same; standard output if it is left out or -
        #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
    },
    /// Work that was not saved when the window ended: what there is, restore it, discard it
    #[command(after_help = DRAFTS_HELP)]
    Drafts {
        #[command(subcommand)]
        command: Option<DraftsCommand>,
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

#[derive(Debug, Subcommand)]
pub(super) enum DraftsCommand {
    /// Write what a draft holds to a file that is not there yet; the draft is then among the discarded ones
    Restore {
        /// The draft, as `groundplan drafts` names it; a discarded one too
        id: String,
        /// File to write, or - for standard output
        #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
        out: PathBuf,
    },
    /// Put a draft among the discarded ones, of which the last ten are kept
    Discard {
        /// The draft, as `groundplan drafts` names it
        id: String,
    },
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_make_sense_to_their_parser() {
        super::Arguments::command().debug_assert();
    }
}
