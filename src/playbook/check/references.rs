//! Cases, packages and claims: what they name is there.

use super::{Checker, Entry};
use crate::playbook::CriterionId;

impl Checker<'_> {
    pub(super) fn cases(&mut self) {
        let playbook = self.playbook;
        for (id, case) in &playbook.cases {
            let entry = Entry::new("cases.ron", id.as_str());
            for framework in case.frameworks.values() {
                self.framework(entry, framework);
            }
            if let Some(published) = &case.published {
                for (name, (low, high)) in [("timeline", published.timeline), ("budget_usd", published.budget_usd)] {
                    if !(low > 0.0 && low < high && high.is_finite()) {
                        self.say(entry, &format!("{name} must be (low, high) with 0 < low < high"));
                    }
                }
            }
            self.paragraphs(entry, &[case.paragraph]);
        }
    }

    pub(super) fn packages(&mut self) {
        let playbook = self.playbook;
        for package in &playbook.packages {
            let entry = Entry { file: "packages.ron", key: "name", id: &package.name };
            for framework in &package.frameworks {
                self.framework(entry, framework);
            }
            self.condition(entry, &package.when);
            self.not_of_a_rule(entry, &package.when);
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
                        entry,
                        "criterion",
                        criterion.as_str(),
                        playbook.criteria.keys().map(CriterionId::as_str),
                    );
                }
            }
            self.paragraphs(entry, &[claim.paragraph]);
        }
    }
}
