//! Cases, packages and claims: what they name is there.

use super::{Checker, Entry};
use crate::{
    lang::{t, tr},
    playbook::{CaseLoad, Claim, CriterionId, ModelCase, Provenance, ServerId, WorkItemId},
};

/// No time or rate of a set-up is larger, in milliseconds or 1/s.
const MOST_MS: f64 = 1e6;
/// No number of clients, processes or slots is.
const MOST_COUNT: u64 = 1_000_000;
/// No number of calls or queries for each request is.
const MOST_CALLS: u32 = 1_000;

impl Checker<'_> {
    pub(super) fn cases(&mut self) {
        let playbook = self.playbook;
        for (id, case) in &playbook.cases {
            let entry = Entry::new("cases.ron", id.as_str());
            for framework in case.frameworks.values() {
                self.framework(entry.at("frameworks"), framework);
            }
            if let Some(published) = &case.published {
                for (name, (low, high)) in [("timeline", published.timeline), ("budget_usd", published.budget_usd)] {
                    if !(low > 0.0 && low < high && high.is_finite()) {
                        self.say(entry.at("published"), &tr!("{name} must be (low, high) with 0 < low < high", name));
                    }
                }
            }
            self.paragraphs(entry, &[case.paragraph]);
        }
    }

    pub(super) fn packages(&mut self) {
        let playbook = self.playbook;
        for package in &playbook.packages {
            let entry = Entry::new("packages.ron", &package.name);
            for framework in &package.frameworks {
                self.framework(entry.at("frameworks"), framework);
            }
            self.condition(entry.at("when"), &package.when);
            let others = [("replacement", &package.replacement), ("alternative_to", &package.alternative_to)];
            for (field, other) in others {
                let Some(name) = other else { continue };
                match playbook.package(name) {
                    None => {
                        let known = playbook.packages.iter().map(|package| package.name.as_str());
                        self.unknown(entry.at(field), "package", name, known);
                    }
                    Some(other)
                        if other.replacement.is_some()
                            || (field == "alternative_to" && other.alternative_to.is_some()) =>
                    {
                        self.say(
                            entry.at(field),
                            &tr!(
                                "\"{name}\" is itself replaced or only an alternative; name what is taken in the end",
                                name
                            ),
                        );
                    }
                    Some(_) => {}
                }
            }
            for name in &package.needs {
                if playbook.package(name).is_none() {
                    let known = playbook.packages.iter().map(|package| package.name.as_str());
                    self.unknown(entry.at("needs"), "package", name, known);
                }
            }
            let of_pip = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "._-!+".contains(c));
            for (field, text) in [("name", &package.name), ("version", &package.version)]
                .into_iter()
                .chain(package.extras.iter().map(|extra| ("extras", extra)))
            {
                if !package.product && !of_pip(text) {
                    self.say(
                        entry.at(field),
                        &tr!(
                            "\"{text}\" cannot stand in a requirements file: letters, digits and . _ - ! + only",
                            text
                        ),
                    );
                }
            }
            if package.product && !(package.version.is_empty() && package.extras.is_empty()) {
                self.say(entry.at("product"), t("a product is not installed by name: it has no version and no extras"));
            }
            self.not_of_a_rule(entry.at("when"), &package.when);
            self.not_of_lateness(entry.at("when"), &package.when);
            self.paragraphs(entry, &package.paragraphs);
        }
    }

    pub(super) fn claims(&mut self) {
        let playbook = self.playbook;
        for claim in &playbook.claims {
            let entry = Entry::new("claims.ron", &claim.id);
            for criterion in &claim.criteria {
                if !playbook.criteria.contains_key(criterion) {
                    self.unknown(
                        entry.at("criteria"),
                        "criterion",
                        criterion.as_str(),
                        playbook.criteria.keys().map(CriterionId::as_str),
                    );
                }
            }
            for item in &claim.work_items {
                if !playbook.work_items.contains_key(item) {
                    let known = playbook.work_items.keys().map(WorkItemId::as_str);
                    self.unknown(entry, t("work item"), item.as_str(), known);
                }
            }
            for name in &claim.packages {
                if !playbook.packages.iter().any(|package| package.name == *name) {
                    let known = playbook.packages.iter().map(|package| package.name.as_str());
                    self.unknown(entry, "package", name, known);
                }
            }
            self.paragraphs(entry, &[claim.paragraph]);
            self.kind_of_claim(entry, claim);
            for case in &claim.model {
                self.model_case(entry.at("model"), case);
            }
        }
    }

    fn model_case(&mut self, entry: Entry<'_>, case: &ModelCase) {
        let playbook = self.playbook;
        if case.label.trim().is_empty() || !(case.measured > 0.0 && case.measured.is_finite()) {
            self.say(entry, t("a set-up says what it is (`label`), and what was `measured`, which is more than 0"));
        }
        for setup in std::iter::once(&case.of).chain(&case.against) {
            if !playbook.servers.contains_key(&setup.server) {
                let known = playbook.servers.keys().map(ServerId::as_str);
                self.unknown(entry, "server", setup.server.as_str(), known);
            }
            let sound = |ms: f64| (0.0..=MOST_MS).contains(&ms);
            let load = match setup.load {
                CaseLoad::Alone => true,
                CaseLoad::Rate(rate) => rate > 0.0 && rate <= MOST_MS,
                CaseLoad::Clients(clients) => (1..=MOST_COUNT).contains(&clients),
            };
            let counts =
                [setup.processes, setup.slots.unwrap_or(1)].iter().all(|count| (1..=MOST_COUNT).contains(count));
            let few = [setup.calls, setup.reads, setup.inserts].iter().all(|count| *count <= MOST_CALLS);
            if !(sound(setup.call_ms) && sound(setup.cpu_ms) && load && counts && few) {
                self.say(entry, &tr!("\"{}\": a figure of its set-up is no such figure", case.label));
            }
            if !case.figure.is_of(setup.load) {
                let message =
                    t("answers a second need `clients`, how busy it is a `rate`, and percentiles no `clients`");
                self.say(entry, &format!("\"{}\": {message}", case.label));
            }
        }
    }

    /// What was measured says what and how, what has changed says what holds now, and both say when that was seen.
    fn kind_of_claim(&mut self, entry: Entry<'_>, claim: &Claim) {
        let needed: &[(&str, &str)] = match claim.provenance {
            Provenance::Measured => &[
                ("measured", &claim.measured),
                ("how", &claim.how),
                ("verdict", &claim.verdict),
                ("checked", &claim.checked),
            ],
            Provenance::Update => &[("verdict", &claim.verdict), ("checked", &claim.checked)],
            Provenance::Claim | Provenance::Assumption => &[],
        };
        for (field, _) in needed.iter().filter(|(_, text)| text.trim().is_empty()) {
            self.say(entry, &tr!("a claim of this kind needs `{field}`", field));
        }
    }
}
