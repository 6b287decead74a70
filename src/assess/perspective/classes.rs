//! The classes of each perspective.

use std::collections::HashMap;

use super::{Class, Colouring, Mark, Perspective, scale::Scale};
use crate::{
    assess::{estimate::Sums, types::Assessment},
    figures::{self, Unit, counted},
    lang::{later, of_playbook, t, tr},
    palette::{STEPS, Tone},
    playbook::{Playbook, Severity, Trait, TraitKind},
    project::{Component, ComponentId, ElementId, Project, TraitId, TraitValue},
};

const UNKNOWN: &str = later("Unknown");
/// What every perspective says of a component that is put off.
pub(super) const LATER: &str = later("Later");
/// From this difference of whole numbers on they are put together; below it each is a class.
const MANY_WHOLE: f64 = STEPS as f64;

/// The steps of confidence, in per cent: the same in every project, so that a good one does not look doubtful beside a better
/// one. From 90 % on it is ten to one.
const CONFIDENCE_PER_CENT: [f64; 6] = [0.0, 50.0, 75.0, 90.0, 95.0, 100.0];

/// What is looked at.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) project: &'a Project,
    pub(super) assessment: &'a Assessment,
    pub(super) playbook: &'a Playbook,
}

/// A figure of a component, or nothing where it is not known.
type Values = Vec<(ComponentId, Option<f64>)>;

/// How a figure is written.
pub(super) struct Writing<'a> {
    /// On a card: `12.4 pw`.
    pub(super) card: &'a dyn Fn(f64) -> String,
    /// Beside the scale: `12`.
    pub(super) tick: &'a dyn Fn(f64) -> String,
    /// Behind a range in the legend: ` person-weeks`.
    pub(super) unit: &'a str,
    pub(super) whole: bool,
    /// Where the steps of the scale begin and the last one ends, if that does not follow from the figures.
    pub(super) edges: &'a [f64],
}

impl Subject<'_> {
    fn services(&self) -> impl Iterator<Item = &ComponentId> {
        self.project.services().map(|(id, _)| id)
    }

    pub(super) fn by_framework(&self) -> Draft {
        let mut draft = Draft::new(t("Framework"));
        for (id, framework) in &self.playbook.frameworks {
            draft.class(&framework.name, Tone::Framework(framework.colour.clone()));
            for (component, advice) in self.assessment.components.iter().filter(|(_, a)| a.framework == *id) {
                draft.put(component, format!("{} {}", framework.short_name, figures::share(advice.share)));
            }
        }
        draft
    }

    pub(super) fn by_confidence(&self) -> Draft {
        let value = |id: &ComponentId| self.assessment.components.get(id).map(|advice| advice.share * 100.0);
        let card = |value: f64| figures::share(value / 100.0);
        let writing =
            Writing { card: &card, tick: &figures::amount, unit: " %", whole: false, edges: &CONFIDENCE_PER_CENT };
        let mut draft = Draft::new(t("Confidence, %"));
        draft.scale(self.services().map(|id| (id.clone(), value(id))).collect(), &writing);
        draft
    }

    pub(super) fn by_effort(&self) -> Draft {
        let card = |weeks: f64| tr!("{} pw", figures::number((weeks * 10.0).round() / 10.0));
        let writing =
            Writing { card: &card, tick: &figures::amount, unit: t(" person-weeks"), whole: false, edges: &[] };
        self.by_sums(t("Effort, person-weeks"), |sums| sums.person_weeks, &writing)
    }

    pub(super) fn by_cost(&self) -> Draft {
        // The classes are cut in the currency that is shown, so that their borders are round in it.
        let money = figures::Money::of(self.project);
        let write = |amount: f64| money.short_of(amount);
        let writing = Writing { card: &write, tick: &write, unit: "", whole: false, edges: &[] };
        self.by_sums(&tr!("Cost, {}", money.unit()), |sums| money.currency().from_usd(sums.usd), &writing)
    }

    fn by_sums(&self, title: &str, figure: impl Fn(&Sums) -> f64, writing: &Writing<'_>) -> Draft {
        let sums = self.assessment.estimate.by_component();
        let own = |id: &ComponentId| Some(sums.get(&Some(id.clone())).map_or(0.0, &figure));
        let mut draft = Draft::new(title);
        draft.scale(self.services().map(|id| (id.clone(), own(id))).collect(), writing);
        t("Medians").clone_into(&mut draft.note);
        if let Some(common) = sums.get(&None).map(&figure).filter(|common| *common > 0.0) {
            draft.note = tr!("Medians; {} more for the whole", (writing.card)(common));
        }
        draft
    }

    pub(super) fn by_findings(&self) -> Draft {
        let mut counts: HashMap<&ComponentId, [usize; 3]> = HashMap::new();
        for finding in self.assessment.open_findings() {
            for element in &finding.elements {
                if let ElementId::Component(id) = element {
                    counts.entry(id).or_default()[finding.severity as usize] += 1;
                }
            }
        }
        let mut draft = Draft::new(t("Findings"));
        let kinds = [
            (Severity::Error, t("Errors"), Unit::Error, Tone::Error),
            (Severity::Warning, t("Warnings"), Unit::Warning, Tone::Warning),
            (Severity::Hint, t("Hints"), Unit::Hint, Tone::Hint),
        ];
        for (severity, class, unit, tone) in kinds {
            draft.class(class, tone);
            for id in self.project.components.keys() {
                let Some(counts) = counts.get(id) else { continue };
                let (worse, rest) = counts.split_at(severity as usize);
                if rest[0] > 0 && worse.iter().all(|count| *count == 0) {
                    draft.put(id, finding_words(unit, rest[0], rest[1..].iter().sum()));
                }
            }
        }
        draft.class(t("No findings"), Tone::Quiet);
        for id in self.services().filter(|id| !counts.contains_key(id)) {
            draft.put(id, t("No findings").to_owned());
        }
        draft
    }

    pub(super) fn by_trait(&self, id: &TraitId) -> Draft {
        let Some(known) = self.playbook.traits.get(id) else { return Draft::new(id.as_str()) };
        let said = known.label.to_lowercase().contains(&known.unit.to_lowercase());
        let title = if said { known.label.clone() } else { format!("{}, {}", known.label, known.unit) };
        let mut draft = Draft::new(&title);
        let speaks = |component: &Component| {
            component.kind.is_service() || component.traits.contains_key(id) || known.suits.contains(&component.kind)
        };
        let asked: Vec<(&ComponentId, Option<&TraitValue>)> = self
            .project
            .components
            .iter()
            .filter(|(_, component)| !component.deferred && speaks(component))
            .map(|(component_id, component)| (component_id, component.traits.get(id)))
            .collect();
        match &known.value {
            TraitKind::Flag => by_flag(&mut draft, &asked),
            TraitKind::Choice(options) => by_choice(&mut draft, &asked, options),
            TraitKind::Number { whole, .. } => self.by_number(&mut draft, &asked, known, *whole),
        }
        draft
    }

    fn by_number(&self, draft: &mut Draft, asked: &[(&ComponentId, Option<&TraitValue>)], known: &Trait, whole: bool) {
        let number = |value: Option<&TraitValue>| match value {
            Some(TraitValue::Number(number)) if number.is_finite() => Some(*number),
            _ => None,
        };
        let values = asked.iter().map(|(id, value)| ((*id).clone(), number(*value))).collect();
        let card = |value: f64| figures::trait_chip(self.playbook, &known.id, &TraitValue::Number(value));
        let unit = if known.unit.is_empty() { String::new() } else { format!(" {}", known.unit) };
        draft.scale(values, &Writing { card: &card, tick: &figures::amount, unit: &unit, whole, edges: &[] });
    }
}

fn by_flag(draft: &mut Draft, asked: &[(&ComponentId, Option<&TraitValue>)]) {
    for (flag, word, tone) in [(true, t("Yes"), Tone::Step(STEPS - 2)), (false, t("No"), Tone::Quiet)] {
        draft.class(word, tone);
        for (id, _) in asked.iter().filter(|(_, value)| *value == Some(&TraitValue::Flag(flag))) {
            draft.put(id, word.to_owned());
        }
    }
    draft.class(t(UNKNOWN), Tone::Unknown);
    for (id, _) in asked.iter().filter(|(_, value)| !matches!(value, Some(TraitValue::Flag(_)))) {
        draft.put(id, t(UNKNOWN).to_owned());
    }
}

fn by_choice(draft: &mut Draft, asked: &[(&ComponentId, Option<&TraitValue>)], options: &[String]) {
    let chosen = |value: Option<&TraitValue>| match value {
        Some(TraitValue::Choice(option)) => options.iter().position(|known| known == option),
        _ => None,
    };
    for (index, option) in options.iter().enumerate() {
        let word = capitalised(of_playbook(option));
        draft.class(&word, Scale::tone(index, options.len()));
        for (id, _) in asked.iter().filter(|(_, value)| chosen(*value) == Some(index)) {
            draft.put(id, word.clone());
        }
    }
    draft.class(t(UNKNOWN), Tone::Unknown);
    for (id, _) in asked.iter().filter(|(_, value)| chosen(*value).is_none()) {
        draft.put(id, t(UNKNOWN).to_owned());
    }
}

/// `2 warnings`, `1 error + 3`.
fn finding_words(unit: Unit, count: usize, others: usize) -> String {
    let more = if others == 0 { String::new() } else { format!(" + {others}") };
    counted(&count.to_string(), unit) + &more
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A colouring in the making: classes are begun, then filled; empty ones go in the end, unless they are steps of a scale.
pub(super) struct Draft {
    title: String,
    pub(super) note: String,
    pub(super) marks: HashMap<ComponentId, Mark>,
    classes: Vec<Class>,
    ticks: Vec<String>,
}

impl Draft {
    pub(super) fn new(title: &str) -> Self {
        let title = title.to_owned();
        Self { title, note: String::new(), marks: HashMap::new(), classes: Vec::new(), ticks: Vec::new() }
    }

    pub(super) fn class(&mut self, name: &str, tone: Tone) {
        self.classes.push(Class { name: name.to_owned(), tone, members: Vec::new() });
    }

    /// Puts a component into the class that was begun last.
    pub(super) fn put(&mut self, id: &ComponentId, text: String) {
        if let Some(class) = self.classes.last_mut() {
            class.members.push(id.clone());
            self.marks.insert(id.clone(), Mark { text, tone: class.tone.clone() });
        }
    }

    /// Classes for figures, and one for what is not known.
    pub(super) fn scale(&mut self, values: Values, writing: &Writing<'_>) {
        let known: Vec<f64> = values.iter().filter_map(|(_, value)| *value).collect();
        let mut distinct = known.clone();
        distinct.sort_by(f64::total_cmp);
        distinct.dedup();
        let span = distinct.last().zip(distinct.first()).map_or(0.0, |(high, low)| high - low);
        let each = distinct.len() == 1 || writing.whole && span < MANY_WHOLE;
        let (unknown, figures): (Values, Values) = values.into_iter().partition(|(_, value)| value.is_none());
        let scale = match writing.edges {
            [] => Scale::over(&known, writing.whole).filter(|_| !each),
            edges => Some(Scale { edges: edges.to_vec() }).filter(|_| !known.is_empty()),
        };
        if let Some(scale) = scale {
            let ticks: Vec<String> = scale.edges.iter().map(|edge| (writing.tick)(*edge)).collect();
            for class in 0..scale.len() {
                self.class(&range_words(&scale, class, &ticks, writing.unit), Scale::tone(class, scale.len()));
                self.fill(&figures, |value| scale.class_of(value) == class, writing);
            }
            self.ticks = ticks;
        } else {
            for (index, figure) in distinct.iter().enumerate() {
                self.class(&(writing.card)(*figure), Scale::tone(index, distinct.len()));
                self.fill(&figures, |value| value == *figure, writing);
            }
        }
        self.class(t(UNKNOWN), Tone::Unknown);
        for (id, _) in &unknown {
            self.put(id, t(UNKNOWN).to_owned());
        }
    }

    fn fill(&mut self, values: &Values, belongs: impl Fn(f64) -> bool, writing: &Writing<'_>) {
        for (id, value) in values {
            if let Some(value) = value.filter(|value| belongs(*value)) {
                self.put(id, (writing.card)(value));
            }
        }
    }

    /// What is put off is a class of its own, whatever is shown: it has no value now.
    pub(super) fn with_later(mut self, project: &Project) -> Self {
        self.class(t(LATER), Tone::Later);
        for (id, _) in project.deferred() {
            self.put(id, t(LATER).to_owned());
        }
        self
    }

    pub(super) fn of(self, perspective: Perspective) -> Colouring {
        let Self { title, note, marks, mut classes, ticks } = self;
        let steps = ticks.len().saturating_sub(1);
        let mut index = 0;
        classes.retain(|class| {
            index += 1;
            index <= steps || !class.members.is_empty()
        });
        Colouring { perspective, title, note, marks, classes, ticks }
    }
}

/// `5 to 10 person-weeks`; `0 person-weeks` for a zero that is a class of its own.
fn range_words(scale: &Scale, class: usize, ticks: &[String], unit: &str) -> String {
    let lone_zero = class == 0 && scale.edges[0] == 0.0 && scale.len() > 1 && is_by_factors(scale);
    if lone_zero {
        format!("{}{unit}", ticks[0])
    } else {
        tr!("{0} to {1}{unit}", ticks[class], ticks[class + 1], unit)
    }
}

/// Whether the steps grow instead of being equal.
fn is_by_factors(scale: &Scale) -> bool {
    let width = |class: usize| scale.edges[class + 1] - scale.edges[class];
    scale.edges[scale.len()] >= 10.0 * scale.edges[1] && width(scale.len() - 1) > 2.0 * width(0)
}
