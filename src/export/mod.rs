//! Project + assessment -> bytes. One registry, one file a format.

mod answers;
mod baselines;
mod csv;
mod json;
mod markdown;
mod requirements;
mod stack;
mod svg;
mod words;

use std::borrow::Cow;

use crate::{
    assess::{Answers, Assessment, Engine, Perspective},
    figures::Money,
    playbook::Playbook,
    project::Project,
};

pub use json::{Remark, SCHEMA, kind_of};
pub use requirements::{REQUIREMENTS_MARK, all_requirements, requirements};
pub use stack::{alternatives_in_words, glue_in_words, replaced_in_words, stack_json};
pub use words::{
    main_reasons, margin_in_words, percent, range_in_words, summary_of_leans, verdict_in_words, weeks_in_words,
    weeks_range_in_words, where_it_lies,
};

/// The answers to what a sceptic asks, or who can give them. Working them out takes longer than assessing, so only formats that
/// write them ask.
#[derive(Clone, Copy, Debug)]
pub enum Sceptic<'a> {
    /// Still to be worked out.
    Ask(&'a Engine),
    /// Known already.
    Known(&'a Answers),
    /// Not asked for.
    Silent,
}

impl<'a> Sceptic<'a> {
    /// The answers about a project.
    pub fn answers(self, project: &Project) -> Cow<'a, Answers> {
        match self {
            Self::Ask(engine) => Cow::Owned(engine.answers(project)),
            Self::Known(answers) => Cow::Borrowed(answers),
            Self::Silent => Cow::Owned(Answers::default()),
        }
    }
}

/// What is written.
#[derive(Clone, Copy, Debug)]
pub struct ExportInput<'a> {
    /// The document.
    pub project: &'a Project,
    /// What the program says about it.
    pub assessment: &'a Assessment,
    /// The knowledge it was assessed with: names of frameworks, work items and phases.
    pub playbook: &'a Playbook,
    /// How drawings look.
    pub look: Look<'a>,
    /// What would turn it, and what to ask next.
    pub sceptic: Sceptic<'a>,
}

impl<'a> ExportInput<'a> {
    /// What is written, drawn in the ordinary way and without the answers to a sceptic.
    pub fn new(project: &'a Project, assessment: &'a Assessment, playbook: &'a Playbook) -> Self {
        Self { project, assessment, playbook, look: Look::default(), sceptic: Sceptic::Silent }
    }

    /// Money as the project writes it.
    pub fn money(&self) -> Money<'a> {
        Money::of(self.project)
    }
}

/// How a drawing looks; formats without a drawing do not ask.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What the components are coloured by.
    pub perspective: &'a Perspective,
    /// Light text on dark surfaces.
    pub dark: bool,
    /// Whether the frameworks' grounds and what crosses between them are marked.
    pub seam: bool,
}

impl Default for Look<'_> {
    fn default() -> Self {
        static FRAMEWORK: Perspective = Perspective::Framework;
        Self { perspective: &FRAMEWORK, dark: false, seam: true }
    }
}

/// A format that a project can be exported to.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// How the command line calls it.
    pub id: &'static str,
    /// How people call it.
    pub name: &'static str,
    /// Extension of its files, without a point.
    pub extension: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// One line on what it is for.
    pub help: &'static str,
    /// Writes it.
    pub write: fn(&ExportInput) -> Result<Vec<u8>, ExportError>,
}

/// Every format, in the order of the menus.
pub const FORMATS: &[Format] = &[
    Format {
        id: "md",
        name: "Markdown report",
        extension: "md",
        mime: "text/markdown",
        help: "Verdict, reasons, timeline, budget and breakdown for a document or a repository",
        write: markdown::write,
    },
    Format {
        id: "csv",
        name: "CSV breakdown",
        extension: "csv",
        mime: "text/csv",
        help: "One row a component, work item and phase for a spreadsheet",
        write: csv::write,
    },
    Format {
        id: "json",
        name: "JSON assessment",
        extension: "json",
        mime: "application/json",
        help: "The whole assessment for other programs, in a documented schema",
        write: json::write,
    },
    Format {
        id: "svg",
        name: "SVG drawing",
        extension: "svg",
        mime: "image/svg+xml",
        help: "The canvas in vectors with its legend, for slides and documents",
        write: svg::write,
    },
];

/// The format with this id.
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The table could not be written.
    #[error("The table could not be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// The JSON text could not be written.
    #[error("The JSON text could not be written: {0}")]
    Json(#[from] serde_json::Error),
}
