//! What can be asked for, and its help.

use std::path::PathBuf;

use clap::{
    Parser, Subcommand, ValueHint,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _},
};

use crate::{export::FORMATS, playbook::PARAGRAPHS};

const EXAMPLES: &str = "\
Examples:
  groundplan                              open the window
  groundplan plan.ron                     open a project in the window
  groundplan presets                      list the case studies that come with it
  groundplan presets blank > plan.ron     start a project by hand
  groundplan assess plan.ron              verdict, weeks, budget and findings
  groundplan assess plan.ron --json       the same for a program
  groundplan export plan.ron --to md -o plan.md
  groundplan evidence measured            what was measured of the page's claims
  cat plan.ron | groundplan check -       check what comes from elsewhere

Exit codes:
  0  done
  1  `check` or `playbook check` found errors
  2  wrong arguments, input that cannot be read, or output that cannot be written";

/// Draw a planned back end, see which Python framework each part wants, how long it takes and what it costs, and why
#[derive(Debug, Parser)]
#[command(name = "groundplan", bin_name = "groundplan", version, after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Arguments {
    /// Project to open in the window
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,

    /// Use the playbook in this folder instead of the one that is built in
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
        /// Write JSON (schema 1, see docs/assess-json.md)
        #[arg(long)]
        json: bool,
    },
    /// Write the assessment for a document, a spreadsheet or a program
    #[command(
        after_help = "Examples:\n  groundplan export plan.ron --to md -o plan.md\n  groundplan export plan.ron --to csv > plan.csv"
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
    },
    /// Look for what is wrong or odd in a project
    #[command(
        after_help = "Exit codes:\n  0  no errors (there may be warnings and hints)\n  1  errors in the project\n  2  not a project that can be read"
    )]
    Check {
        /// Project file, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
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
pub(super) enum PlaybookCommand {
    /// Check a playbook and calibrate it on its cases
    Check {
        /// Folder of the playbook; the built-in one if it is left out
        #[arg(value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
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
