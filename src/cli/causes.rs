//! `groundplan causes`: what leads from one plan to another, as causes that add up.

use std::{ffi::OsStr, path::Path};

use serde::Serialize;

use super::{
    Streams,
    arguments::CausesArguments,
    assessed,
    choice::named,
    emit,
    failure::Failure,
    read,
    report::{one_line, push},
};
use crate::{
    assess::{Assessed, Assessment, Because, Cause, Causes, Choice, Difference, DifferenceKind, Engine, Sort, Totals},
    explain::causes::{Measure, Words, choice_in_sentence, idle, why},
    export::kind_of,
    figures::Money,
    progress::Progress,
    project::{Confidence, Project},
};

/// Differences of a group that are listed.
const LISTED: usize = 10;
/// What ends like this is a file, whether it is there or not.
const EXTENSION: &str = "ron";

/// A plan that is compared.
struct End {
    title: String,
    in_sentence: String,
    project: Project,
    assessment: Assessment,
}

impl End {
    fn assessed(&self) -> Assessed<'_> {
        Assessed { project: &self.project, assessment: &self.assessment }
    }
}

pub(super) fn causes(wanted: &CausesArguments, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let from_input =
        [Some(wanted.file.as_os_str()), wanted.from.as_deref().map(OsStr::new), wanted.to.as_deref().map(OsStr::new)];
    if from_input.into_iter().flatten().filter(|name| *name == "-").count() > 1 {
        return Err(Failure::Unknown("Standard input holds one project; name the others as files".to_owned()));
    }
    let (engine, project, assessment) = assessed(&wanted.file, playbook, streams)?;
    let to = wanted.to.as_deref().and_then(|to| engine.choice_named(&project, to)).unwrap_or(Choice::Plan);
    let usual = engine.usual_contrast(&project, &assessment);
    // Nobody asks how a plan differs from itself.
    let usual = if usual == to { Choice::Plan } else { usual };
    let mut end = |asked: Option<&str>, usual: Choice| match asked {
        None => by_choice(&engine, &project, &usual),
        Some(asked) => found(&engine, &project, asked, streams),
    };
    let (from, to) = (end(wanted.from.as_deref(), usual)?, end(wanted.to.as_deref(), Choice::Plan)?);
    let confidence = wanted.at.unwrap_or(project.assumptions.confidence);
    let causes = engine
        .causes(from.assessed(), to.assessed(), confidence.probability(), &Progress::default())
        .ok_or_else(|| Failure::Unknown("The comparison was broken off".to_owned()))?;
    let told = Told { engine: &engine, money: Money::of(&project), from: &from, to: &to, confidence, causes: &causes };
    let text = if wanted.json { told.json()? } else { told.text() };
    emit(streams, text.as_bytes())
}

fn by_choice(engine: &Engine, project: &Project, choice: &Choice) -> Result<End, Failure> {
    let title = engine.choice_name(project, choice);
    let built = engine.project_under(project, choice);
    let built = built.ok_or_else(|| Failure::Unknown(format!("The project keeps no scenario \"{title}\"")))?;
    let assessment = engine.assess(&built);
    Ok(End { in_sentence: choice_in_sentence(choice, &title), title, project: built, assessment })
}

/// A way to build the plan by its name on the command line, else another project file.
fn found(engine: &Engine, project: &Project, asked: &str, streams: &mut Streams) -> Result<End, Failure> {
    if let Some(choice) = engine.choice_named(project, asked) {
        return by_choice(engine, project, &choice);
    }
    let path = Path::new(asked);
    if path == Path::new("-") || path.exists() || path.extension().is_some_and(|extension| extension == EXTENSION) {
        let other = read(path, engine, streams)?;
        let assessment = engine.assess(&other);
        let title = match path.file_name() {
            _ if asked == "-" => "standard input".to_owned(),
            Some(name) => name.to_string_lossy().into_owned(),
            None => asked.to_owned(),
        };
        return Ok(End { in_sentence: title.clone(), title, project: other, assessment });
    }
    named(engine, project, asked, ", and files").and_then(|choice| by_choice(engine, project, &choice))
}

/// An answer to be told.
struct Told<'a> {
    engine: &'a Engine,
    money: Money<'a>,
    from: &'a End,
    to: &'a End,
    confidence: Confidence,
    causes: &'a Causes,
}

impl Told<'_> {
    fn words(&self) -> Words<'_> {
        Words { playbook: &self.engine.playbook, money: self.money }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let (words, causes) = (self.words(), self.causes);
        let sentence = words.statement(&self.from.in_sentence, &self.to.in_sentence, causes, Measure::Budget);
        push(&mut text, &one_line(&format!("{sentence} ({})", self.confidence.label())));
        text.push('\n');
        let (money, weeks) = (Measure::Budget.steps(causes, self.money), Measure::Weeks.steps(causes, self.money));
        let labels = causes.causes.iter().map(|cause| format!("  {}", one_line(&words.cause(cause))));
        let labels: Vec<String> =
            std::iter::once(one_line(&self.from.title)).chain(labels).chain([one_line(&self.to.title)]).collect();
        let column = |steps: &crate::figures::Steps| -> Vec<String> {
            let all = [&steps.from].into_iter().chain(&steps.steps).chain([&steps.to]);
            all.cloned().collect()
        };
        let (money, weeks) = (column(&money), column(&weeks));
        let width = |cells: &[String]| cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
        let (label_width, money_width, weeks_width) = (width(&labels), width(&money).max(6), width(&weeks).max(5));
        push(&mut text, &format!("{:label_width$}  {:>money_width$}  {:>weeks_width$}", "", "Budget", "Weeks"));
        for (at, label) in labels.iter().enumerate() {
            let (money, weeks) = (&money[at], &weeks[at]);
            push(&mut text, &format!("{label:label_width$}  {money:>money_width$}  {weeks:>weeks_width$}"));
        }
        self.notes(&mut text);
        text
    }

    /// Why frameworks are others, what was put together, what was left out.
    fn notes(&self, text: &mut String) {
        let (words, causes) = (self.words(), self.causes);
        let mut notes: Vec<String> = Vec::new();
        for one in causes.causes.iter().filter_map(Cause::single) {
            // A pin speaks for itself.
            let why = why(one).filter(|_| !is_pinned_otherwise(one));
            notes.extend(why.map(|why| format!("{}: {}", words.difference(one), lower(why))));
        }
        for cause in causes.causes.iter().filter(|cause| cause.single().is_none()) {
            notes.push(format!("{}:", words.cause(cause)));
            notes.extend(cause.differences.iter().take(LISTED).map(|one| format!("  {}", words.difference(one))));
            if cause.differences.len() > LISTED {
                notes.push(format!("  and {} more", cause.differences.len() - LISTED));
            }
        }
        let idle = idle(causes);
        notes.extend((!idle.is_empty()).then_some(idle));
        if !notes.is_empty() {
            text.push('\n');
            for note in &notes {
                push(text, &one_line(note));
            }
        }
    }

    fn json(&self) -> Result<String, Failure> {
        let (words, causes) = (self.words(), self.causes);
        let end = |end: &'_ End, totals: Totals| EndJson {
            name: end.title.clone(),
            weeks: totals.weeks,
            budget_usd: totals.usd,
        };
        let difference = |one: &Difference| DifferenceJson {
            kind: slug(&one.kind),
            element: one
                .element
                .as_ref()
                .map(|element| ElementJson { kind: kind_of(element), id: element.as_str().to_owned() }),
            label: words.difference(one),
            because: because(&one.kind),
        };
        let cause = |cause: &Cause| CauseJson {
            label: words.cause(cause),
            sort: cause.sort().map_or("several", sort_slug),
            weeks: cause.effect.weeks,
            budget_usd: cause.effect.usd,
            differences: cause.differences.iter().map(difference).collect(),
        };
        let report = ReportJson {
            schema: 1,
            confidence: self.confidence.label().to_lowercase(),
            from: end(self.from, causes.from),
            to: end(self.to, causes.to),
            grouped: causes.is_grouped(),
            causes: causes.causes.iter().map(cause).collect(),
            idle: causes.idle.iter().map(difference).collect(),
        };
        super::json_text(&report)
    }
}

fn is_pinned_otherwise(one: &Difference) -> bool {
    matches!(one.kind, DifferenceKind::Framework { because: Because::Pin, .. })
}

/// A sentence of ours behind a colon.
fn lower(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

#[derive(Serialize)]
struct ReportJson {
    schema: u32,
    confidence: String,
    from: EndJson,
    to: EndJson,
    grouped: bool,
    causes: Vec<CauseJson>,
    idle: Vec<DifferenceJson>,
}

#[derive(Serialize)]
struct EndJson {
    name: String,
    weeks: f64,
    budget_usd: f64,
}

#[derive(Serialize)]
struct CauseJson {
    label: String,
    sort: &'static str,
    weeks: f64,
    budget_usd: f64,
    differences: Vec<DifferenceJson>,
}

#[derive(Serialize)]
struct DifferenceJson {
    kind: &'static str,
    element: Option<ElementJson>,
    label: String,
    because: Option<&'static str>,
}

#[derive(Serialize)]
struct ElementJson {
    kind: &'static str,
    id: String,
}

/// Why a service is on another framework.
fn because(kind: &DifferenceKind) -> Option<&'static str> {
    let DifferenceKind::Framework { because, .. } = kind else { return None };
    Some(match because {
        Because::Pin => "pin",
        Because::Contents => "contents",
        Because::Plan => "plan",
    })
}

fn sort_slug(sort: Sort) -> &'static str {
    match sort {
        Sort::Arrival => "new",
        Sort::Departure => "gone",
        Sort::Contents => "contents",
        Sort::Framework => "framework",
        Sort::Connection => "connection",
        Sort::Assumption => "assumption",
    }
}

fn slug(kind: &DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Added => "added",
        DifferenceKind::TakenIn => "taken_in",
        DifferenceKind::Removed => "removed",
        DifferenceKind::PutOff => "put_off",
        DifferenceKind::Contents { .. } => "contents",
        DifferenceKind::Framework { .. } => "framework",
        DifferenceKind::Linked => "linked",
        DifferenceKind::Unlinked => "unlinked",
        DifferenceKind::Relinked { .. } => "relinked",
        DifferenceKind::Rate { .. } => "rate",
        DifferenceKind::Team { .. } => "team",
        DifferenceKind::Contingency { .. } => "contingency",
    }
}
