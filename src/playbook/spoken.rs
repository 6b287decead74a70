//! A playbook in the language that is spoken: the texts of the built-in one are in the catalogues like those of the program.
//!
//! Everything that people read of a playbook is named here, once, and nothing that names something else: ids, packages, servers' libraries and
//! the names of frameworks and cases are the same in every language. A playbook as it is written is what is checked, calibrated and kept.

use super::{Claim, Criterion, Package, Playbook, Rule, RuleFix, Trait, TraitKind, WorkItem};
use crate::lang;

/// A text of a playbook for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaybookText {
    /// The file it stands in.
    pub file: &'static str,
    /// The text; of one that counts something, its words for one.
    pub text: String,
    /// The words for any other number, where those for one are others.
    pub several: Option<String>,
}

/// A text where it stands.
enum Place<'a> {
    /// It is only read.
    Words(&'a mut String),
    /// The chip of a trait, with what it is for one.
    Chip(&'a mut String, &'a mut String),
    /// An option of a choice: plans write it, so it stays, and what is shown is said by [`lang::of_playbook`].
    Option(&'a str),
}

impl Playbook {
    /// The same playbook in the language that is spoken on this thread. What the catalogue does not know, as what a layer of one's own says,
    /// stays as it is written. To be called on a playbook as it was read.
    #[must_use]
    pub fn spoken(&self) -> Self {
        let mut playbook = self.clone();
        playbook.visit(&mut |_, place| match place {
            Place::Words(text) => *text = lang::of_playbook(text).to_owned(),
            Place::Chip(chip, for_one) => match lang::counted_of_playbook(&of_one(chip), chip) {
                Some([one, several]) => (*for_one, *chip) = (one.to_owned(), several.to_owned()),
                None => *chip = lang::of_playbook(chip).to_owned(),
            },
            Place::Option(_) => {}
        });
        playbook
    }

    /// Every text that people read of it, for the catalogues.
    pub fn texts(&self) -> Vec<PlaybookText> {
        let mut texts = Vec::new();
        let mut add = |file, text: &str, several: Option<&str>| {
            if !text.is_empty() {
                texts.push(PlaybookText { file, text: text.to_owned(), several: several.map(str::to_owned) });
            }
        };
        self.clone().visit(&mut |file, place| match place {
            Place::Words(text) => add(file, text, None),
            Place::Option(text) => add(file, text, None),
            Place::Chip(chip, _) => {
                let one = of_one(chip);
                let several = Some(chip.as_str()).filter(|chip| *chip != one);
                add(file, &one, several);
            }
        });
        texts
    }

    /// Goes to each text that people read.
    fn visit(&mut self, visit: &mut impl FnMut(&'static str, Place<'_>)) {
        let Self {
            house: _,
            frameworks,
            traits,
            criteria,
            work_items,
            estimate,
            cases,
            packages,
            claims,
            rules,
            servers,
            capacity,
        } = self;
        let mut words = |file, texts: &mut [&mut String]| {
            for text in texts {
                visit(file, Place::Words(text));
            }
        };
        frameworks.values_mut().for_each(|one| words("frameworks.ron", &mut [&mut one.character]));
        criteria.values_mut().for_each(|Criterion { label, reason, weight_reason, .. }| {
            words("criteria.ron", &mut [label, reason, weight_reason]);
        });
        work_items
            .values_mut()
            .for_each(|WorkItem { label, reason, .. }| words("work_items.ron", &mut [label, reason]));
        estimate.phases.iter_mut().for_each(|phase| words("estimate.ron", &mut [&mut phase.label]));
        estimate.rate_card.values_mut().for_each(|role| words("estimate.ron", &mut [&mut role.name]));
        estimate.swings.iter_mut().for_each(|swing| words("estimate.ron", &mut [&mut swing.reason]));
        words("estimate.ron", &mut [&mut estimate.reason]);
        cases.values_mut().for_each(|case| words("cases.ron", &mut [&mut case.summary]));
        for Package { purpose, note, .. } in packages {
            words("packages.ron", &mut [purpose, note]);
        }
        for claim in claims {
            let Claim { paragraph_title, claim, page_figure, measured, how, verdict, model, .. } = claim;
            words("claims.ron", &mut [paragraph_title, claim, page_figure, measured, how, verdict]);
            for case in model {
                words("claims.ron", &mut [&mut case.label, &mut case.why]);
            }
        }
        for Rule { message, why, fixes, .. } in rules.values_mut() {
            words("rules.ron", &mut [message, why]);
            for fix in fixes {
                if let RuleFix::Connect { name, .. } = fix {
                    words("rules.ron", &mut [name]);
                }
            }
        }
        for server in servers.values_mut() {
            words("servers.ron", &mut [&mut server.label, &mut server.short, &mut server.source]);
        }
        if let Some(settings) = capacity {
            words("capacity.ron", &mut [&mut settings.reason]);
        }
        traits.values_mut().for_each(|one| of_trait(one, visit));
    }
}

fn of_trait(one: &mut Trait, visit: &mut impl FnMut(&'static str, Place<'_>)) {
    const FILE: &str = "traits.ron";
    let Trait { label, chip, chip_for_one, unit, value, group, help, .. } = one;
    visit(FILE, Place::Chip(chip, chip_for_one));
    for text in [label, unit, group, help] {
        visit(FILE, Place::Words(text));
    }
    if let TraitKind::Choice(options) = value {
        for option in options {
            visit(FILE, Place::Option(option));
        }
    }
}

impl Trait {
    /// Its chip for a value: `{} table` for one, `{} tables` for others.
    pub fn chip_for(&self, is_one: bool) -> String {
        if !is_one {
            self.chip.clone()
        } else if self.chip_for_one.is_empty() {
            of_one(&self.chip)
        } else {
            self.chip_for_one.clone()
        }
    }
}

/// The words of a chip for one of what it counts, in English: its first word that is a plural (and no unit, which is short) is a singular.
fn of_one(chip: &str) -> String {
    let Some(counted) = chip.strip_prefix("{} ") else { return chip.to_owned() };
    let mut words: Vec<&str> = counted.split(' ').collect();
    if words.first().is_some_and(|first| first.len() > SHORTEST_NOUN)
        && let Some(word) = words.iter_mut().find(|word| word.ends_with('s'))
    {
        *word = &word[..word.len() - 1];
    }
    format!("{{}} {}", words.join(" "))
}

/// No unit (`ms`, `min`) has more letters.
const SHORTEST_NOUN: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_kind_is_said_of_one() {
        let one = ["{} years old", "{} ext. calls", "{} min deploys", "{}/s", "{} live"].map(of_one);
        assert_eq!(one, ["{} year old", "{} ext. call", "{} min deploys", "{}/s", "{} live"]);
    }
}
