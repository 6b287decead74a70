//! Cases, packages and claims: what they name is there.

use super::{Checker, Entry};
use crate::playbook::{Claim, CriterionId, Provenance, WorkItemId};

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
            for item in &claim.work_items {
                if !playbook.work_items.contains_key(item) {
                    let known = playbook.work_items.keys().map(WorkItemId::as_str);
                    self.unknown(entry, "work item", item.as_str(), known);
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
            self.say(entry, &format!("a claim of this kind needs `{field}`"));
        }
    }
}
