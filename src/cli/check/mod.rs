//! `groundplan check`: findings for people, for programs and for code hosts.

mod json;
mod sarif;

use std::path::{Path, PathBuf};

use super::{DONE, FAILED, FOUND, Failure, Streams, emit, read_text, report, say};
use crate::{
    assess::{Assessment, Finding, Severity},
    export::kind_of,
    project::{ElementId, Project},
    storage::{LocatedProblem, OpenError, load_engine, places, read_project},
};

/// How the result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A line for each finding.
    Text,
    /// See `docs/check.md`.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

impl Form {
    /// The form that the flags ask for.
    pub(super) fn of(json: bool, sarif: bool) -> Self {
        match (json, sarif) {
            (true, _) => Self::Json,
            (_, true) => Self::Sarif,
            _ => Self::Text,
        }
    }
}

/// The rule that a text breaks which is no sound project.
const UNREADABLE: &str = "unreadable-project";

/// Everything that is written about one file.
struct Checked<'a> {
    /// The file; `None` for standard input.
    file: Option<PathBuf>,
    project: Option<&'a Project>,
    /// What was found, each with its line and column.
    findings: Vec<Placed<'a>>,
    /// What is wrong with the text itself.
    problems: &'a [LocatedProblem],
    /// The mildest severity that fails.
    deny: Severity,
}

/// A finding with the places of its elements in the text.
struct Placed<'a> {
    finding: &'a Finding,
    /// Line and column of the finding itself: of its first element, else of the project's name.
    at: (usize, usize),
    elements: Vec<(&'a ElementId, String, (usize, usize))>,
}

impl Checked<'_> {
    /// Open findings of a severity, problems of the text included.
    fn count(&self, severity: Severity) -> usize {
        let open = self.findings.iter().filter(|placed| placed.finding.suppressed.is_none());
        let problems = if severity == Severity::Error { self.problems.len() } else { 0 };
        problems + open.filter(|placed| placed.finding.severity == severity).count()
    }

    /// Whether nothing is there that is denied.
    fn is_clean(&self) -> bool {
        Severity::ALL.into_iter().filter(|severity| *severity <= self.deny).all(|severity| self.count(severity) == 0)
    }
}

/// Checks a file and writes what was found; the exit code says whether that is denied.
pub(super) fn check(
    file: &Path,
    deny: Severity,
    form: Form,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let engine = load_engine(playbook)?;
    let (name, text) = read_text(file, streams)?;
    let file = (file != Path::new("-")).then(|| file.to_owned());
    let project = match read_project(&text, &|project| engine.check(project)) {
        Ok(project) => project,
        Err(source) if form == Form::Text => return Err(Failure::Checked(OpenError::Read { path: name, source })),
        Err(source) => {
            let checked = Checked { file, project: None, findings: Vec::new(), problems: &source.problems, deny };
            write(&checked, form, streams)?;
            return Ok(if source.is_project { FOUND } else { FAILED });
        }
    };
    let assessment = engine.assess(&project);
    let findings = placed(&text, &project, &assessment);
    let checked = Checked { file, project: Some(&project), findings, problems: &[], deny };
    if form == Form::Text {
        emit(streams, report::findings(&project, &assessment).as_bytes())?;
        for finding in assessment.suppressed_findings() {
            let reason = report::one_line(finding.suppressed.as_deref().unwrap_or_default());
            say(streams, &format!("suppressed: {} ({reason})", report::finding_line(&project, finding)));
        }
        say(streams, &report::counts(&assessment));
    } else {
        write(&checked, form, streams)?;
    }
    Ok(if checked.is_clean() { DONE } else { FOUND })
}

fn write(checked: &Checked<'_>, form: Form, streams: &mut Streams) -> Result<(), Failure> {
    let value = if form == Form::Sarif { sarif::log(checked) } else { json::report(checked) };
    super::emit_json(streams, &value)?;
    Ok(())
}

/// The findings with the places of their elements, found in one pass over the text.
fn placed<'a>(text: &str, project: &Project, assessment: &'a Assessment) -> Vec<Placed<'a>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut paths = vec![vec!["name".to_owned()]];
    paths.extend(assessment.findings.iter().flat_map(|finding| &finding.elements).map(path_of));
    let places = places(text, &paths);
    let (start, mut rest) = (places[0], &places[1..]);
    let place = |finding: &'a Finding| {
        let (mine, others) = rest.split_at(finding.elements.len());
        rest = others;
        let named = |(element, at): (&'a ElementId, &(usize, usize))| (element, project.name_of(element), *at);
        Placed {
            finding,
            at: mine.first().copied().unwrap_or(start),
            elements: finding.elements.iter().zip(mine).map(named).collect(),
        }
    };
    assessment.findings.iter().map(place).collect()
}

/// The keys that lead to an element in a file.
fn path_of(element: &ElementId) -> Vec<String> {
    let list = match element {
        ElementId::Component(_) => "components",
        ElementId::Connection(_) => "connections",
        ElementId::Boundary(_) => "boundaries",
        ElementId::Note(_) => "sticky_notes",
    };
    vec![list.to_owned(), element.as_str().to_owned()]
}

/// `component shop`, for programs.
fn qualified(element: &ElementId) -> String {
    format!("{}/{}", kind_of(element), element.as_str())
}
