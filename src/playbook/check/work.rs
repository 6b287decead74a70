//! Work items: priced for every framework, split into phases, and never cheaper for more.

use super::{Checker, Entry};
use crate::{
    lang::{t, tr},
    playbook::{Amount, Condition, PhaseId, Scope, WorkItem},
    text::{decimal, exact},
};

impl Checker<'_> {
    pub(super) fn work_items(&mut self) {
        let playbook = self.playbook;
        self.frameworks_without_prices();
        for (id, item) in &playbook.work_items {
            let entry = Entry::new("work_items.ron", id.as_str());
            self.condition(entry.at("when"), &item.when);
            self.amount(entry.at("amount"), &item.amount);
            self.not_of_a_rule(entry.at("when"), &item.when);
            self.not_of_lateness(entry.at("when"), &item.when);
            self.not_of_a_verdict(entry.at("amount"), &item.amount);
            self.monotone(entry.at("when"), &item.when);
            self.scope(entry, item);
            self.curve(entry.at("curve"), &item.curve);
            self.prices(entry, item);
            self.phases(entry.at("phases"), item);
            for (name, value) in [("cv", item.cv), ("log_spread", item.log_spread)] {
                if !(value > 0.0 && value <= 2.0) {
                    self.say(
                        entry.at(name),
                        &tr!("{name} is {}; it must be more than 0 and at most 2", exact(value), name),
                    );
                }
            }
            if item.reason.trim().is_empty() {
                self.say(entry.at("reason"), t("a price needs a reason"));
            }
            self.paragraphs(entry, &item.paragraphs);
        }
    }

    /// More must never cost less: nothing may weaken the condition as a quantity grows or a flag is set.
    fn monotone(&mut self, entry: Entry<'_>, condition: &Condition) {
        match condition {
            Condition::Not(_) | Condition::Lacks(_) => {
                self.say(entry, t("more must never cost less: a work item cannot use `not` or `lacks`"));
            }
            Condition::Ramp(_, points) if !points.is_sorted_by(|a, b| a.1 <= b.1) => {
                self.say(entry, t("more must never cost less: the strengths of a work item's ramp must not fall"));
            }
            Condition::Any(parts) | Condition::All(parts) => {
                for part in parts {
                    self.monotone(entry, part);
                }
            }
            _ => {}
        }
    }

    fn scope(&mut self, entry: Entry<'_>, item: &WorkItem) {
        let of_links = matches!(item.scope, Scope::Link | Scope::Seam);
        let chooses_links = !item.protocols.is_empty() || !item.kinds.is_empty();
        if chooses_links && !of_links {
            self.say(entry, t("`protocols` and `kinds` choose links; only `link` and `seam` have any"));
        }
        let of_project = matches!(item.scope, Scope::Project | Scope::ExtraFramework);
        if of_project && !(item.when == Condition::Always && is_constant(&item.amount)) {
            self.say(
                entry,
                t("`project` and `extra_framework` see no component: use `when: always` and a constant amount"),
            );
        }
    }

    fn curve(&mut self, entry: Entry<'_>, curve: &[(f64, f64)]) {
        if curve.is_empty() {
            return;
        }
        if curve.len() < 2 {
            self.say(entry, t("a curve needs at least two points"));
        }
        if !curve.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1) {
            self.say(entry, t("a curve must rise from point to point, in amount and in units"));
        }
        if !curve.iter().all(|(amount, units)| amount.is_finite() && *units >= 0.0 && units.is_finite()) {
            self.say(entry, t("a curve needs numbers, and no units below 0"));
        }
    }

    fn prices(&mut self, entry: Entry<'_>, item: &WorkItem) {
        let playbook = self.playbook;
        for framework in item.person_weeks.keys() {
            self.framework(entry.at("person_weeks"), framework);
        }
        for price in item.person_weeks.values().chain(&item.any) {
            if !(price.is_finite() && *price >= 0.0) {
                self.say(entry.at("person_weeks"), &tr!("{} person-weeks: they cannot be below 0", exact(*price)));
            }
        }
        for framework in playbook.frameworks.keys() {
            if playbook.person_weeks(item, framework).is_none() && !self.unpriced.contains(framework) {
                self.say(entry, &tr!("it has no person-weeks for \"{framework}\"; give it some, or `any`", framework));
            }
        }
    }

    /// Frameworks that hardly any item has a price for: what is missing is said once, of the framework.
    fn frameworks_without_prices(&mut self) {
        let playbook = self.playbook;
        for framework in playbook.frameworks.keys() {
            let lacking = playbook.work_items.values().filter(|item| playbook.person_weeks(item, framework).is_none());
            let lacking: Vec<&str> = lacking.map(|item| item.id.as_str()).collect();
            if let [first, _, _, ..] = lacking.as_slice() {
                let message = tr!(
                    "{} work items have no person-weeks for it (the first is \"{first}\"); say what it `resembles`, or give \
                     each of them some in work_items.ron",
                    lacking.len(),
                    first
                );
                self.say(Entry::new("frameworks.ron", framework.as_str()), &message);
                self.unpriced.push(framework.clone());
            }
        }
    }

    fn phases(&mut self, entry: Entry<'_>, item: &WorkItem) {
        let known = &self.playbook.estimate.phases;
        for phase in item.phases.keys() {
            if !known.iter().any(|one| one.id == *phase) {
                self.unknown(entry, "phase", phase.as_str(), known.iter().map(|one| PhaseId::as_str(&one.id)));
            }
        }
        let sum: f64 = item.phases.values().sum();
        if (sum - 1.0).abs() > 1e-6 || item.phases.values().any(|share| *share < 0.0) {
            self.say(
                entry,
                &tr!("the shares of its phases sum to {}; they must be 0 or more and sum to 1", decimal(sum, 6)),
            );
        }
    }
}

fn is_constant(amount: &Amount) -> bool {
    match amount {
        Amount::Const(_) => true,
        Amount::Max(parts) | Amount::Sum(parts) | Amount::Product(parts) => parts.iter().all(is_constant),
        _ => false,
    }
}
