//! What must hold of a playbook before anything is computed with it.

mod conditions;
mod references;
mod rules;
mod servers;
mod swings;
mod work;

use indexmap::IndexMap;

use super::{Framework, PARAGRAPHS, PhaseRole, Playbook, TraitKind, load::PlaybookProblem, read::Reader};
use crate::{
    lang::{t, tr},
    project::{Assumptions, FrameworkId, Protocol},
    text::{exact, nearest},
};

/// The colours of the window a framework can take.
const COLOURS: [&str; 6] = ["green", "olive", "teal", "violet", "rose", "blue"];
/// The most that a single weight or prior can say, in decibans: odds of ten thousand million to one. More is a slip of the pen
/// that nothing else on the scale could ever answer.
const MOST_DB: f64 = 100.0;

/// Everything that is wrong with a playbook whose files could be read.
pub(super) fn check(playbook: &Playbook, reader: &Reader<'_>) -> Vec<PlaybookProblem> {
    let mut checker = Checker { playbook, reader, problems: Vec::new(), unpriced: Vec::new() };
    checker.frameworks();
    checker.traits();
    checker.criteria();
    checker.work_items();
    checker.estimate();
    checker.swings();
    checker.cases();
    checker.packages();
    checker.claims();
    checker.rules();
    checker.servers();
    checker.capacity();
    checker.problems
}

struct Checker<'a> {
    playbook: &'a Playbook,
    reader: &'a Reader<'a>,
    problems: Vec<PlaybookProblem>,
    /// Frameworks without prices, of which that has been said.
    unpriced: Vec<FrameworkId>,
}

/// The entry a problem is about, and the field of it if one is known.
#[derive(Clone, Copy)]
struct Entry<'a> {
    file: &'static str,
    id: &'a str,
    field: &'static str,
}

impl<'a> Entry<'a> {
    fn new(file: &'static str, id: &'a str) -> Self {
        Self { file, id, field: "" }
    }

    /// The same entry at one of its fields.
    fn at(self, field: &'static str) -> Self {
        Self { field, ..self }
    }
}

impl Checker<'_> {
    fn say(&mut self, entry: Entry<'_>, message: &str) {
        self.say_of(entry, None, message);
    }

    /// Says something of a name that is quoted in the entry.
    fn say_of(&mut self, entry: Entry<'_>, name: Option<&str>, message: &str) {
        let subject = match (entry.id, entry.field) {
            ("", "") => String::new(),
            ("", field) => format!("{field}: "),
            (id, "") => format!("\"{id}\": "),
            (id, field) => format!("\"{id}\" > {field}: "),
        };
        let place = (entry.file, entry.id, entry.field);
        self.problems.push(self.reader.in_entry(place, name, format!("{subject}{message}")));
    }

    fn unknown<'k>(&mut self, entry: Entry<'_>, what: &str, name: &str, known: impl Iterator<Item = &'k str>) {
        if self.reader.is_broken(name) {
            return; // it is there, only it could not be read: that has been said
        }
        // Built-in entries may refer to what a layer took away, except where nothing could be computed without it.
        let needed =
            matches!((entry.file, entry.field), ("frameworks.ron", "extends" | "resembles") | ("cases.ron", _));
        if !needed && self.reader.is_removed_for(name, entry.file, entry.id) {
            return;
        }
        let hint = nearest(name, known).map(|near| tr!("; did you mean \"{near}\"?", near)).unwrap_or_default();
        self.say_of(entry, Some(name), &tr!("there is no {what} \"{name}\"{hint}", what, name, hint));
    }

    fn framework(&mut self, entry: Entry<'_>, id: &FrameworkId) {
        let playbook = self.playbook;
        if !playbook.frameworks.contains_key(id) {
            self.unknown(entry, "framework", id.as_str(), playbook.frameworks.keys().map(FrameworkId::as_str));
        }
    }

    fn paragraphs(&mut self, entry: Entry<'_>, paragraphs: &[u8]) {
        for paragraph in paragraphs.iter().filter(|paragraph| !(1..=PARAGRAPHS).contains(*paragraph)) {
            self.say(
                entry.at("paragraphs"),
                &tr!("there is no paragraph {paragraph}; the page has 1 to {PARAGRAPHS}", paragraph, PARAGRAPHS),
            );
        }
    }

    fn frameworks(&mut self) {
        let playbook = self.playbook;
        if playbook.frameworks.is_empty() {
            self.say(Entry::new("frameworks.ron", ""), t("there must be at least one framework"));
        }
        for (id, framework) in &playbook.frameworks {
            let entry = Entry::new("frameworks.ron", id.as_str());
            self.below(entry, id, framework);
            if !is_weighable(framework.prior_db) {
                let message =
                    tr!("it is {} dB; it must be from −{MOST_DB} to {MOST_DB}", exact(framework.prior_db), MOST_DB);
                self.say(entry.at("prior_db"), &message);
            }
            if !COLOURS.contains(&framework.colour.as_str()) {
                self.unknown(entry.at("colour"), "colour", &framework.colour, COLOURS.into_iter());
            }
            for name in &framework.base_packages {
                if !playbook.packages.iter().any(|package| package.name == *name) {
                    let known = playbook.packages.iter().map(|package| package.name.as_str());
                    self.unknown(entry.at("base_packages"), "package", name, known);
                }
            }
            for known in &framework.brings {
                self.trait_kind(entry.at("brings"), known);
            }
            self.paragraphs(entry, &framework.paragraphs);
        }
    }

    /// What a framework takes from another: the other is there, is one, and does not take from this one in turn.
    fn below(&mut self, entry: Entry<'_>, id: &FrameworkId, framework: &Framework) {
        for (field, below) in [("extends", &framework.extends), ("resembles", &framework.resembles)] {
            let Some(below) = below else { continue };
            self.framework(entry.at(field), below);
            if goes_in_a_circle(self.playbook, id) {
                self.say(entry.at(field), &tr!("its chain of `{field}` goes round in a circle", field));
            }
        }
        if framework.extends.is_some() && framework.resembles.is_some() {
            self.say(entry.at("resembles"), t("a framework either extends another or resembles one, not both"));
        }
        let factor = framework.effort_factor;
        if !(factor > 0.0 && factor <= 10.0) {
            self.say(entry.at("effort_factor"), &tr!("it is {}; it must be more than 0 and at most 10", exact(factor)));
        } else if (factor - 1.0).abs() > f64::EPSILON && framework.resembles.is_none() {
            self.say(
                entry.at("effort_factor"),
                t("it scales the person-weeks of the framework that `resembles` names"),
            );
        }
    }

    fn traits(&mut self) {
        let playbook = self.playbook;
        for (id, known) in &playbook.traits {
            let entry = Entry::new("traits.ron", id.as_str());
            match &known.value {
                TraitKind::Number { least, most, plausible: (low, typical, high), .. } => {
                    if known.unit.trim().is_empty() {
                        self.say(entry.at("unit"), t("a number needs a unit"));
                    }
                    let range = [*least, *low, *typical, *high, *most];
                    if !(range.iter().all(|value| value.is_finite()) && range.is_sorted() && least < most) {
                        self.say(
                            entry.at("value"),
                            t("plausible must be (low, typical, high), rising, within least..=most"),
                        );
                    }
                }
                TraitKind::Choice(options) => {
                    let distinct: IndexMap<&str, ()> = options.iter().map(|option| (option.as_str(), ())).collect();
                    if distinct.len() < 2 || distinct.len() != options.len() {
                        self.say(entry.at("value"), t("a choice needs at least two options, each of them once"));
                    }
                }
                TraitKind::Flag => {}
            }
            if known.shares_tables && known.value != TraitKind::Flag {
                self.say(
                    entry.at("shares_tables"),
                    t("only a flag can say that a service works on another one's tables"),
                );
            }
            for other in &known.contradicts {
                self.trait_kind(entry.at("contradicts"), other);
            }
            self.paragraphs(entry, &known.paragraphs);
        }
    }

    fn criteria(&mut self) {
        let playbook = self.playbook;
        for (id, criterion) in &playbook.criteria {
            let entry = Entry::new("criteria.ron", id.as_str());
            self.condition(entry.at("when"), &criterion.when);
            self.not_of_a_rule(entry.at("when"), &criterion.when);
            for (framework, weight_db) in &criterion.weights_db {
                self.framework(entry.at("weights_db"), framework);
                if !is_weighable(*weight_db) {
                    let weight_db = exact(*weight_db);
                    let message = tr!(
                        "the weight for \"{framework}\" is {weight_db} dB; it must be from −{MOST_DB} to {MOST_DB}",
                        framework,
                        weight_db,
                        MOST_DB
                    );
                    self.say_of(entry.at("weights_db"), Some(framework.as_str()), &message);
                }
            }
            if criterion.weights_db.is_empty() {
                self.say(entry.at("weights_db"), t("it weighs for no framework; give it weights_db"));
            }
            for (field, text) in [("reason", &criterion.reason), ("weight_reason", &criterion.weight_reason)] {
                if text.trim().is_empty() {
                    self.say(entry.at(field), &tr!("a weight needs a {field}", field));
                }
            }
            if criterion.paragraphs.is_empty() {
                self.say(entry.at("paragraphs"), t("a weight needs at least one paragraph of the page"));
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
            ("largest_team", f64::from(settings.largest_team.people), 1.0, 1e3),
            ("largest_team", f64::from(settings.largest_team.people_per_service), 1.0, 1e3),
        ] {
            if !(least..=most).contains(&value) {
                let [value, least, most] = [value, least, most].map(exact);
                self.say(entry.at(name), &tr!("it is {value}; it must be from {least} to {most}", value, least, most));
            }
        }
        for problem in settings.new_projects.validate() {
            self.say(entry.at("new_projects"), &problem.message);
        }
        for problem in (Assumptions { roles: settings.rate_card.clone(), ..Assumptions::default() }).validate() {
            self.say(entry.at("rate_card"), &problem.message);
        }
        for protocol in Protocol::ALL {
            match settings.seam_db.get(&protocol) {
                None => {
                    self.say(entry.at("seam_db"), &tr!("there is no price for the protocol {}", protocol.label()));
                }
                Some(price_db) if !(0.0..=1e3).contains(price_db) => {
                    let (label, price_db) = (protocol.label(), exact(*price_db));
                    let message =
                        tr!("the price for {label} is {price_db}; it must be from 0 to 1,000", label, price_db);
                    self.say(entry.at("seam_db"), &message);
                }
                Some(_) => {}
            }
        }
        let distinct: IndexMap<&str, ()> = settings.phases.iter().map(|phase| (phase.id.as_str(), ())).collect();
        if distinct.is_empty() || distinct.len() != settings.phases.len() {
            self.say(entry.at("phases"), t("there must be phases, each id once"));
        }
        self.phase_roles(entry.at("phases"));
    }

    /// Schedules are free of circles because whatever comes first is in an earlier phase: the roles must follow each other.
    fn phase_roles(&mut self, entry: Entry<'_>) {
        let settings = &self.playbook.estimate;
        for role in PhaseRole::ALL {
            if settings.phases.iter().filter(|phase| phase.role == Some(role)).count() > 1 {
                self.say(entry, &tr!("more than one phase has the role {}", role.slug()));
            }
        }
        let places: Vec<(PhaseRole, usize)> =
            PhaseRole::ALL.iter().filter_map(|role| Some((*role, settings.phase_with(*role)?))).collect();
        for pair in places.windows(2) {
            let [(first, first_at), (second, second_at)] = pair else { continue };
            if first_at >= second_at {
                let message =
                    tr!("the phase with the role {0} must come before that with {1}", first.slug(), second.slug());
                self.say(entry, &message);
            }
        }
    }
}

fn is_weighable(decibans: f64) -> bool {
    (-MOST_DB..=MOST_DB).contains(&decibans)
}

fn goes_in_a_circle(playbook: &Playbook, id: &FrameworkId) -> bool {
    let mut next = id;
    for _ in 0..=playbook.frameworks.len() {
        match playbook.below(next) {
            Some(below) => next = below,
            None => return false,
        }
    }
    true
}
