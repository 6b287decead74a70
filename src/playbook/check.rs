//! What must hold of a playbook before anything is computed with it.

mod conditions;
mod references;
mod work;

use indexmap::IndexMap;

use super::{
    PARAGRAPHS, Playbook, TraitKind,
    load::{PlaybookFile, PlaybookProblem, locate},
};
use crate::{
    project::{FrameworkId, Protocol},
    text::nearest,
};

/// The colours of the window a framework can take.
const COLOURS: [&str; 6] = ["green", "olive", "teal", "violet", "rose", "blue"];
/// Everything that is wrong with a playbook whose files could be read.
pub(super) fn check(playbook: &Playbook, files: &[PlaybookFile]) -> Vec<PlaybookProblem> {
    let mut checker = Checker { playbook, files, problems: Vec::new() };
    checker.frameworks();
    checker.traits();
    checker.criteria();
    checker.work_items();
    checker.estimate();
    checker.cases();
    checker.packages();
    checker.claims();
    checker.problems
}

struct Checker<'a> {
    playbook: &'a Playbook,
    files: &'a [PlaybookFile],
    problems: Vec<PlaybookProblem>,
}

/// The entry a problem is about.
#[derive(Clone, Copy)]
struct Entry<'a> {
    file: &'static str,
    key: &'static str,
    id: &'a str,
}

impl<'a> Entry<'a> {
    fn new(file: &'static str, id: &'a str) -> Self {
        Self { file, key: "id", id }
    }
}

impl Checker<'_> {
    fn say(&mut self, entry: Entry<'_>, message: &str) {
        let text = self.files.iter().find(|file| file.name == entry.file).map_or("", |file| file.text.as_str());
        let at = locate(text, entry.key, entry.id, 0);
        let message = if entry.id.is_empty() { message.to_owned() } else { format!("\"{}\": {message}", entry.id) };
        self.problems.push(PlaybookProblem { file: entry.file.to_owned(), at, message });
    }

    fn unknown<'k>(&mut self, entry: Entry<'_>, what: &str, name: &str, known: impl Iterator<Item = &'k str>) {
        let hint = nearest(name, known).map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
        self.say(entry, &format!("there is no {what} \"{name}\"{hint}"));
    }

    fn framework(&mut self, entry: Entry<'_>, id: &FrameworkId) {
        let playbook = self.playbook;
        if !playbook.frameworks.contains_key(id) {
            self.unknown(entry, "framework", id.as_str(), playbook.frameworks.keys().map(FrameworkId::as_str));
        }
    }

    fn paragraphs(&mut self, entry: Entry<'_>, paragraphs: &[u8]) {
        for paragraph in paragraphs.iter().filter(|paragraph| !(1..=PARAGRAPHS).contains(*paragraph)) {
            self.say(entry, &format!("there is no paragraph {paragraph}; the page has 1 to {PARAGRAPHS}"));
        }
    }

    fn frameworks(&mut self) {
        let playbook = self.playbook;
        if playbook.frameworks.is_empty() {
            self.say(Entry::new("frameworks.ron", ""), "there must be at least one framework");
        }
        for (id, framework) in &playbook.frameworks {
            let entry = Entry::new("frameworks.ron", id.as_str());
            if let Some(below) = &framework.extends {
                self.framework(entry, below);
                if extends_in_a_circle(playbook, id) {
                    self.say(entry, "its chain of `extends` goes round in a circle");
                }
            }
            if !framework.prior_db.is_finite() {
                self.say(entry, "prior_db must be a number");
            }
            if !COLOURS.contains(&framework.colour.as_str()) {
                self.unknown(entry, "colour", &framework.colour, COLOURS.into_iter());
            }
            for name in &framework.base_packages {
                if !playbook.packages.iter().any(|package| package.name == *name) {
                    let known = playbook.packages.iter().map(|package| package.name.as_str());
                    self.unknown(entry, "package", name, known);
                }
            }
            self.paragraphs(entry, &framework.paragraphs);
        }
    }

    fn traits(&mut self) {
        let playbook = self.playbook;
        for (id, known) in &playbook.traits {
            let entry = Entry::new("traits.ron", id.as_str());
            match &known.value {
                TraitKind::Number { least, most, plausible: (low, typical, high), .. } => {
                    if known.unit.trim().is_empty() {
                        self.say(entry, "a number needs a unit");
                    }
                    let range = [*least, *low, *typical, *high, *most];
                    if !(range.iter().all(|value| value.is_finite()) && range.is_sorted() && least < most) {
                        self.say(entry, "plausible must be (low, typical, high), rising, within least..=most");
                    }
                }
                TraitKind::Choice(options) => {
                    let distinct: IndexMap<&str, ()> = options.iter().map(|option| (option.as_str(), ())).collect();
                    if distinct.len() < 2 || distinct.len() != options.len() {
                        self.say(entry, "a choice needs at least two options, each of them once");
                    }
                }
                TraitKind::Flag => {}
            }
            for other in &known.contradicts {
                self.trait_kind(entry, other);
            }
            self.paragraphs(entry, &known.paragraphs);
        }
    }

    fn criteria(&mut self) {
        let playbook = self.playbook;
        for (id, criterion) in &playbook.criteria {
            let entry = Entry::new("criteria.ron", id.as_str());
            self.condition(entry, &criterion.when);
            for (framework, weight_db) in &criterion.weights_db {
                self.framework(entry, framework);
                if !weight_db.is_finite() {
                    self.say(entry, &format!("the weight for \"{framework}\" must be a number"));
                }
            }
            if criterion.weights_db.is_empty() {
                self.say(entry, "it weighs for no framework; give it weights_db");
            }
            for (field, text) in [("reason", &criterion.reason), ("weight_reason", &criterion.weight_reason)] {
                if text.trim().is_empty() {
                    self.say(entry, &format!("a weight needs a {field}"));
                }
            }
            if criterion.paragraphs.is_empty() {
                self.say(entry, "a weight needs at least one paragraph of the page");
            }
            self.paragraphs(entry, &criterion.paragraphs);
        }
    }

    fn estimate(&mut self) {
        let settings = &self.playbook.estimate;
        let entry = Entry::new("estimate.ron", "");
        for (name, value, least, most) in [
            ("reference_rate_usd_per_person_week", settings.reference_rate_usd_per_person_week, 1.0, 1e6),
            ("reference_team_size", settings.reference_team_size, 1.0, 1e3),
            ("communication_share", settings.communication_share, 0.0, 0.999),
            ("second_framework_db", settings.second_framework_db, 0.0, 1e3),
        ] {
            if !(least..=most).contains(&value) {
                self.say(entry, &format!("{name} is {value}; it must be from {least} to {most}"));
            }
        }
        for protocol in Protocol::ALL {
            match settings.seam_db.get(&protocol) {
                None => self.say(entry, &format!("seam_db has no price for the protocol {}", protocol.label())),
                Some(price_db) if !(0.0..=1e3).contains(price_db) => {
                    self.say(
                        entry,
                        &format!("seam_db for {} is {price_db}; it must be from 0 to 1000", protocol.label()),
                    );
                }
                Some(_) => {}
            }
        }
        let distinct: IndexMap<&str, ()> = settings.phases.iter().map(|phase| (phase.id.as_str(), ())).collect();
        if distinct.is_empty() || distinct.len() != settings.phases.len() {
            self.say(entry, "there must be phases, each id once");
        }
    }
}

fn extends_in_a_circle(playbook: &Playbook, id: &FrameworkId) -> bool {
    let mut next = id;
    for _ in 0..=playbook.frameworks.len() {
        match playbook.frameworks.get(next).and_then(|framework| framework.extends.as_ref()) {
            Some(below) => next = below,
            None => return false,
        }
    }
    true
}
