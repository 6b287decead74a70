//! Rules: what they read is there, their messages can be filled in, their fixes fit.

use super::{Checker, Entry};
use crate::{
    lang::{t, tr},
    playbook::{Rule, RuleFix, RuleSubject, TraitKind},
    project::{TraitId, TraitValue},
};

/// Most figures that a message can name beside the first value.
const MOST_VALUES: usize = 10;

impl Checker<'_> {
    pub(super) fn rules(&mut self) {
        let playbook = self.playbook;
        for (id, rule) in &playbook.rules {
            let entry = Entry::new("rules.ron", id.as_str());
            for condition in [Some(&rule.when), rule.given.as_ref(), rule.unless.as_ref()].into_iter().flatten() {
                self.condition(entry, condition);
            }
            for value in &rule.values {
                self.amount(entry, value);
            }
            self.message(entry, rule);
            for (field, text) in [("message", &rule.message), ("why", &rule.why)] {
                if text.trim().is_empty() {
                    self.say(entry, &tr!("a rule needs a {field}", field));
                }
            }
            if rule.together == Some(0) {
                self.say(entry, t("`together` counts services; it must be at least 1"));
            }
            if rule.together.is_some() && !rule.fixes.is_empty() {
                self.say(entry, t("a fix changes one service, and `together` speaks of several; drop one of the two"));
            }
            let plain = rule.fixes.is_empty() && rule.values.is_empty() && rule.together.is_none();
            if rule.of == RuleSubject::SharedDependency && !plain {
                self.say(
                    entry,
                    t("`shared_dependency` speaks of another service; it takes no values, no fixes and no `together`"),
                );
            }
            for fix in &rule.fixes {
                self.fix(entry, fix);
            }
            self.paragraphs(entry, &rule.paragraphs);
        }
    }

    fn message(&mut self, entry: Entry<'_>, rule: &Rule) {
        if rule.values.len() > MOST_VALUES {
            self.say(entry, &tr!("a message can name at most {MOST_VALUES} values", MOST_VALUES));
        }
        for rest in rule.message.split('{').skip(1) {
            let known = |hole: &str| match hole {
                "" | "name" | "framework" => true,
                number => number.parse::<usize>().is_ok_and(|at| at < rule.values.len()),
            };
            match rest.split_once('}') {
                Some((hole, _)) if known(hole) => {}
                Some((hole, _)) => self.say(
                    entry,
                    &tr!("nothing can be put for {{{hole}}}; a message knows {{name}}, {{framework}}, {{}} and {{0}} to the last of `values`", hole),
                ),
                None => self.say(entry, t("a `{` of its message is not closed")),
            }
        }
    }

    fn fix(&mut self, entry: Entry<'_>, fix: &RuleFix) {
        match fix {
            RuleFix::Set(id, value) => self.fitting(entry, id, value),
            RuleFix::SetTo(id, amount) => {
                self.amount(entry, amount);
                if self.trait_kind(entry, id).is_some_and(|kind| !matches!(kind, TraitKind::Number { .. })) {
                    self.say(entry, &tr!("`set_to` needs a number, and \"{id}\" is none", id));
                }
            }
            RuleFix::Clear(id) => {
                self.trait_kind(entry, id);
            }
            RuleFix::Pin(framework) => self.framework(entry, framework),
            RuleFix::Connect { name, .. } if name.trim().is_empty() => {
                self.say(entry, t("`connect` needs the name of a new component"));
            }
            RuleFix::Unpin | RuleFix::Connect { .. } => {}
        }
    }

    fn fitting(&mut self, entry: Entry<'_>, id: &TraitId, value: &TraitValue) {
        let fits = match (self.trait_kind(entry, id), value) {
            (None, _) | (Some(TraitKind::Flag), TraitValue::Flag(_)) => true,
            (Some(TraitKind::Number { least, most, .. }), TraitValue::Number(number)) => {
                (least..=most).contains(&number)
            }
            (Some(TraitKind::Choice(options)), TraitValue::Choice(option)) => options.contains(option),
            _ => false,
        };
        if !fits {
            self.say(entry, &tr!("\"{id}\" cannot be {value}", id, value));
        }
    }
}
