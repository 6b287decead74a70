//! Packages that the page names, nobody keeps any more, and nothing is known to take the place of.

use super::{Subject, found};
use crate::{assess::types::Finding, lang::tr, playbook::Severity, project::slug};

/// Once for each package, whatever the number of services: it is one decision.
pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (at, when) in &subject.tables.unmaintained {
        let package = &subject.playbook.packages[*at];
        let goes_with = |position: usize| {
            subject.framework(position).is_some_and(|framework| {
                package.frameworks.is_empty()
                    || package.frameworks.iter().any(|one| subject.playbook.stands_on(framework, one))
            })
        };
        let takers: Vec<usize> = subject
            .graph
            .services()
            .filter(|position| goes_with(*position) && subject.site(*position).strength(when) >= 0.5)
            .collect();
        if takers.is_empty() {
            continue;
        }
        let services = subject.names(&takers);
        let message = tr!(
            "{}, one of the page's packages for {services}, is no longer kept, and nothing is known to take its place",
            package.name,
            services
        );
        let why = tr!("{0} (checked {1})", package.note.trim_end_matches('.'), package.checked);
        findings.push(
            found(
                "unmaintained-package",
                Severity::Hint,
                message,
                takers.iter().map(|one| subject.element(*one)).collect(),
            )
            .only_about(&slug(&package.name, "package"))
            .because(why.trim_start(), &package.paragraphs),
        );
    }
}
