//! Project + assessment -> bytes. One registry, one file a format.

mod answers;
mod baselines;
mod capacity;
mod capacity_csv;
mod cases;
mod csv;
mod json;
mod markdown;
mod paths_csv;
#[cfg(feature = "picture")]
mod png;
mod requirements;
mod scenarios;
mod schedule;
mod schedule_csv;
mod sensitivity;
mod stack;
mod svg;
mod words;

use std::borrow::Cow;

use crate::{
    assess::{Answers, Assessment, Comparison, Engine, Perspective, Sensitivity, capacity::Capacity},
    figures::Money,
    lang::{later, tr},
    playbook::Playbook,
    project::Project,
};

pub use baselines::BaselinesJson;
pub use capacity::{CAPACITY_SCHEMA, CapacityJson, FalloutJson};
pub use cases::{CasesJson, ESTIMATE_SCHEMA};
pub use csv::{csv_table, shown_table, tab_separated};
pub use json::{Remark, SCHEMA, kind_of};
#[cfg(feature = "picture")]
pub use png::{MOST_PIXELS_A_SIDE, Picture, picture, png};
pub use requirements::{REQUIREMENTS_MARK, all_requirements, requirements};
pub use scenarios::comparison_json;
pub use schedule::schedule_json;
pub use sensitivity::SensitivityJson;
pub use stack::{alternatives_in_words, glue_in_words, replaced_in_words, stack_json};
pub use words::{
    main_reasons, margin_in_words, percent, range_in_words, summary_of_leans, verdict_in_words, weeks_in_words,
    weeks_range_in_words, where_it_lies,
};

/// What goes further than an assessment: known already, or worked out by the engine for the formats that write it, as that takes
/// longer than assessing. Without an engine, what is not known is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Further<'a> {
    /// Who works out the rest.
    pub engine: Option<&'a Engine>,
    /// What would turn it, and what to ask next.
    pub answers: Option<&'a Answers>,
    /// The ways to build it, side by side.
    pub comparison: Option<&'a Comparison>,
}

impl<'a> Further<'a> {
    /// Everything is still to be worked out.
    pub fn ask(engine: &'a Engine) -> Self {
        Self { engine: Some(engine), ..Self::default() }
    }
}

/// What is known, else what the engine makes of it, else nothing.
fn known_or<'a, T: Clone + Default>(
    known: Option<&'a T>,
    engine: Option<&Engine>,
    make: impl FnOnce(&Engine) -> T,
) -> Cow<'a, T> {
    known.map_or_else(|| Cow::Owned(engine.map(make).unwrap_or_default()), Cow::Borrowed)
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
    /// What goes further.
    pub further: Further<'a>,
}

impl<'a> ExportInput<'a> {
    /// What is written, drawn in the ordinary way and without what goes further.
    pub fn new(project: &'a Project, assessment: &'a Assessment, playbook: &'a Playbook) -> Self {
        Self { project, assessment, playbook, look: Look::default(), further: Further::default() }
    }

    /// What would turn it, and what to ask next.
    pub fn answers(&self) -> Cow<'a, Answers> {
        let Further { engine, answers, .. } = self.further;
        known_or(answers, engine, |engine| engine.answers(self.project))
    }

    /// Every way to build it, side by side, the plan first.
    pub fn comparison(&self) -> Cow<'a, Comparison> {
        let Further { engine, comparison, .. } = self.further;
        known_or(comparison, engine, |engine| {
            engine.compare(self.project, self.assessment, &engine.choices(self.project))
        })
    }

    /// What it holds, where somebody states a load; it is left out of what people read where nobody does.
    pub fn stated_capacity(&self) -> Option<Cow<'a, Capacity>> {
        let engine = self.further.engine?;
        engine.states_loads(self.project).then(|| Cow::Owned(engine.capacity(self.project, self.assessment)))
    }

    /// What it holds; nothing where nobody can work it out.
    pub fn capacity(&self) -> Cow<'a, Capacity> {
        known_or(None, self.further.engine, |engine| engine.capacity(self.project, self.assessment))
    }

    /// What moves the estimate, with at most so many bars; `None` where nobody can work it out.
    pub fn sensitivity(&self, most: usize) -> Option<Sensitivity> {
        let engine = self.further.engine?;
        Some(engine.sensitivity(&self.project.assumptions, &self.assessment.estimate, most))
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
    /// What is exported in it, behind the word "Export".
    pub what: &'static str,
    /// Extension of its files, without a point.
    pub extension: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// One line on what it is for.
    pub help: &'static str,
    /// Writes it.
    pub write: fn(&ExportInput) -> Result<Vec<u8>, ExportError>,
}

impl Format {
    /// What a file of it ends in, so that no two formats of a plan go to one file: `scenarios.csv`.
    pub fn suffix(&self) -> String {
        self.id.replace('-', ".")
    }
}

/// Every format, in the order of the menus.
pub const FORMATS: &[Format] = &[
    Format {
        id: "md",
        name: later("Markdown report"),
        what: later("report as Markdown"),
        extension: "md",
        mime: "text/markdown",
        help: later("Verdict, reasons, timeline, budget and breakdown for a document or a repository"),
        write: markdown::write,
    },
    Format {
        id: "csv",
        name: later("CSV breakdown"),
        what: later("estimate as CSV"),
        extension: "csv",
        mime: "text/csv",
        help: later("One row a component, work item and phase for a spreadsheet"),
        write: csv::write,
    },
    Format {
        id: "schedule-csv",
        name: later("CSV schedule"),
        what: later("schedule as CSV"),
        extension: "csv",
        mime: "text/csv",
        help: later("One row a component and phase: when, by how many, after what"),
        write: schedule_csv::write,
    },
    Format {
        id: "scenarios-csv",
        name: later("CSV of the scenarios"),
        what: later("scenarios as CSV"),
        extension: "csv",
        mime: "text/csv",
        help: later("One row for each way to build the plan, side by side"),
        write: scenarios::write_csv,
    },
    Format {
        id: "capacity-csv",
        name: later("CSV of the capacity"),
        what: later("capacity as CSV"),
        extension: "csv",
        mime: "text/csv",
        help: later("One row a service: load, server, workers, how busy, mean to p99, target, machines a month"),
        write: capacity_csv::write,
    },
    Format {
        id: "paths-csv",
        name: later("CSV of the request paths"),
        what: later("request paths as CSV"),
        extension: "csv",
        mime: "text/csv",
        help: later("One row for each stop of a request from outside: how long there, and how long in all"),
        write: paths_csv::write,
    },
    Format {
        id: "json",
        name: later("JSON assessment"),
        what: later("assessment as JSON"),
        extension: "json",
        mime: "application/json",
        help: later("The whole assessment for other programs, in a documented schema"),
        write: json::write,
    },
    Format {
        id: "svg",
        name: later("SVG drawing"),
        what: later("drawing as SVG"),
        extension: "svg",
        mime: "image/svg+xml",
        help: later("The canvas in vectors with its legend, for slides and documents"),
        write: svg::write,
    },
    #[cfg(feature = "picture")]
    Format {
        id: "png",
        name: later("PNG picture"),
        what: later("drawing as PNG"),
        extension: "png",
        mime: "image/png",
        help: later("The canvas in pixels with its legend, where vectors are not taken"),
        write: png::write,
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
    #[error("{}", tr!("The table could not be written: {}", .0))]
    Csv(#[from] ::csv::Error),
    /// The picture could not be drawn.
    #[error("{}", tr!("The picture could not be made: {}", .0))]
    Picture(String),
    /// The JSON text could not be written.
    #[error("{}", tr!("The JSON text could not be written: {}", .0))]
    Json(#[from] serde_json::Error),
}
