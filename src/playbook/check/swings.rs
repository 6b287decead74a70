//! How far assumptions may swing: each of them once, around the project's own value, and with a reason.

use super::{Checker, Entry};
use crate::lang::t;

impl Checker<'_> {
    pub(super) fn swings(&mut self) {
        let entry = Entry::new("estimate.ron", "").at("swings");
        let swings = &self.playbook.estimate.swings;
        for (i, swing) in swings.iter().enumerate() {
            let name = swing.assumption.slug();
            let mut say = |message: &str| self.say_of(entry, Some(name), &format!("{name} {message}"));
            if swings[..i].iter().any(|other| other.assumption == swing.assumption) {
                say(t("is there twice"));
            }
            if !swing.low.is_down() {
                say(t("goes up to its low end; `low` is times(0 to 1) or plus(a number up to 0)"));
            }
            if !swing.high.is_up() {
                say(t("goes down to its high end; `high` is times(1 or more) or plus(0 or more)"));
            }
            if swing.reason.trim().is_empty() {
                say(t("needs a reason"));
            }
        }
    }
}
