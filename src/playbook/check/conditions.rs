//! Conditions and amounts: every trait and option they read is there and fits.

use super::{Checker, Entry};
use crate::{
    lang::{t, tr},
    playbook::{Amount, CapacitySettings, Condition, ServerId, TraitKind},
    project::TraitId,
};

impl<'a> Checker<'a> {
    /// The kind of values a trait takes; says so if there is no such trait.
    pub(super) fn trait_kind(&mut self, entry: Entry<'_>, id: &TraitId) -> Option<&'a TraitKind> {
        let playbook = self.playbook;
        let known = playbook.traits.get(id);
        if known.is_none() {
            self.unknown(entry, "trait", id.as_str(), playbook.traits.keys().map(TraitId::as_str));
        }
        known.map(|known| &known.value)
    }

    fn flag(&mut self, entry: Entry<'_>, id: &TraitId) {
        if self.trait_kind(entry, id).is_some_and(|kind| *kind != TraitKind::Flag) {
            self.say(entry, &tr!("`has` and `lacks` need a flag, and \"{id}\" is none", id));
        }
    }

    pub(super) fn amount(&mut self, entry: Entry<'_>, amount: &Amount) {
        match amount {
            Amount::Const(number) if !number.is_finite() => self.say(entry, t("a constant must be a number")),
            Amount::Const(_)
            | Amount::Links(_)
            | Amount::Calls(_)
            | Amount::Waiting(_)
            | Amount::SlowestCall(_)
            | Amount::TeamSize
            | Amount::AnswerTime
            | Amount::LeastWorkers
            | Amount::PlannedWorkers => {}
            Amount::Trait(id) => {
                if let Some(TraitKind::Choice(_)) = self.trait_kind(entry, id) {
                    self.say(entry, &tr!("\"{id}\" is a choice and has no amount; ask for an option with `is`", id));
                }
            }
            Amount::Max(parts) | Amount::Sum(parts) | Amount::Product(parts) => {
                if parts.is_empty() {
                    self.say(entry, t("`max`, `sum` and `product` need at least one part"));
                }
                for part in parts {
                    self.amount(entry, part);
                }
                if matches!(amount, Amount::Product(_)) {
                    self.straight(entry, amount);
                }
            }
        }
    }

    /// The value at which a verdict turns is found where straight lines meet, and a trait times itself is not straight.
    fn straight(&mut self, entry: Entry<'_>, product: &Amount) {
        let mut traits = Vec::new();
        product.traits(&mut traits);
        let named = traits.len();
        traits.sort_unstable_by_key(|id| id.as_str());
        traits.dedup();
        if traits.len() < named {
            self.say(entry, t("a `product` can name a trait only once"));
        }
    }

    pub(super) fn condition(&mut self, entry: Entry<'_>, condition: &Condition) {
        match condition {
            Condition::Always | Condition::Kind(_) | Condition::Mixed => {}
            Condition::Has(id) | Condition::Lacks(id) => self.flag(entry, id),
            Condition::Is(id, option) => match self.trait_kind(entry, id) {
                Some(TraitKind::Choice(options)) if !options.contains(option) => {
                    self.unknown(entry, &tr!("option of \"{id}\"", id), option, options.iter().map(String::as_str));
                }
                Some(TraitKind::Choice(_)) | None => {}
                Some(_) => self.say(entry, &tr!("`is` needs a choice, and \"{id}\" is none", id)),
            },
            Condition::AtLeast(amount, least) => {
                self.amount(entry, amount);
                if !least.is_finite() {
                    self.say(entry, t("`at_least` needs a number"));
                }
            }
            Condition::Ramp(amount, points) => {
                self.amount(entry, amount);
                self.ramp(entry, points);
            }
            Condition::Any(parts) | Condition::All(parts) => {
                if parts.is_empty() {
                    self.say(entry, t("`any` and `all` need at least one part"));
                }
                for part in parts {
                    self.condition(entry, part);
                }
            }
            Condition::Not(part) => self.condition(entry, part),
            Condition::MissesTarget { on, late_ms } => {
                let named = |settings: &CapacitySettings| settings.traits.target.is_some();
                self.on_servers(entry, ("misses_target", "target", named), on, late_ms);
            }
            Condition::LacksWorkers { on, by } => {
                let named = |settings: &CapacitySettings| settings.traits.workers.is_some();
                self.on_servers(entry, ("lacks_workers", "workers", named), on, by);
            }
            Condition::Exceeds(more, less) => {
                self.amount(entry, more);
                self.amount(entry, less);
            }
            Condition::OnFramework(frameworks) => {
                if frameworks.is_empty() {
                    self.say(entry, t("`on_framework` needs at least one framework"));
                }
                for framework in frameworks {
                    self.framework(entry, framework);
                }
            }
        }
    }

    /// A condition by its word, which reads a trait that capacity.ron names.
    fn on_servers(
        &mut self,
        entry: Entry<'_>,
        (word, reads, is_named): (&str, &str, fn(&CapacitySettings) -> bool),
        on: &[ServerId],
        ramp: &[(f64, f64)],
    ) {
        let playbook = self.playbook;
        if on.is_empty() {
            self.say(entry, &tr!("`{word}` needs at least one server", word));
        }
        for id in on.iter().filter(|id| !playbook.servers.contains_key(*id)) {
            self.unknown(entry, "server", id.as_str(), playbook.servers.keys().map(ServerId::as_str));
        }
        if !playbook.capacity.as_ref().is_some_and(is_named) {
            self.say(entry, &tr!("`{word}` needs a capacity.ron that names the trait with the {reads}", word, reads));
        }
        self.ramp(entry, ramp);
    }

    /// What is priced or needed hangs on what a service does, and not on how long that takes.
    pub(super) fn not_of_lateness(&mut self, entry: Entry<'_>, condition: &Condition) {
        if condition.reads_lateness() {
            self.say(entry, t("`misses_target` and `lacks_workers` are for criteria and rules"));
        }
    }

    /// Evidence and prices come before the verdict, and each of their conditions is solved for what would turn it: what knows the
    /// verdict or compares two amounts is for rules alone.
    pub(super) fn not_of_a_rule(&mut self, entry: Entry<'_>, condition: &Condition) {
        match condition {
            Condition::Exceeds(..) | Condition::OnFramework(_) | Condition::Mixed => {
                self.say(entry, t("`exceeds`, `on_framework` and `mixed` are for rules alone"));
            }
            Condition::AtLeast(amount, _) | Condition::Ramp(amount, _) => self.not_of_a_verdict(entry, amount),
            Condition::Any(parts) | Condition::All(parts) => {
                for part in parts {
                    self.not_of_a_rule(entry, part);
                }
            }
            Condition::Not(part) => self.not_of_a_rule(entry, part),
            _ => {}
        }
    }

    /// The same for an amount.
    pub(super) fn not_of_a_verdict(&mut self, entry: Entry<'_>, amount: &Amount) {
        if amount.reads_verdict() {
            self.say(entry, t("`answer_time` is for rules alone, and so are `least_workers` and `planned_workers`"));
        }
    }

    fn ramp(&mut self, entry: Entry<'_>, points: &[(f64, f64)]) {
        if points.len() < 2 {
            self.say(entry, t("a ramp needs at least two points"));
        }
        if !points.windows(2).all(|pair| pair[0].0 < pair[1].0) {
            self.say(entry, t("the amounts of a ramp must rise from point to point"));
        }
        if !points.iter().all(|(_, strength)| (0.0..=1.0).contains(strength)) {
            self.say(entry, t("the strengths of a ramp must be from 0 to 1"));
        }
    }
}
