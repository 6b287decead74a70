//! Traits that do not go together, and services without any.

use super::{Subject, fixes, found};
use crate::{
    assess::types::Finding,
    lang::{t, tr},
    playbook::Severity,
    project::TraitValue,
};

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (position, (_, component)) in subject.graph.components.iter().enumerate() {
        let on: Vec<bool> =
            subject.values.of(position).iter().map(|value| value.is_some_and(TraitValue::is_on)).collect();
        for (a, b) in subject.tables.contradictions.iter().filter(|(a, b)| on[*a] && on[*b]) {
            findings.push(contradiction(subject, position, *a, *b));
        }
        if component.kind.is_service() && component.traits.is_empty() {
            let message = tr!("{} has no traits yet; tag what it must cope with", component.name);
            findings.push(found("no-traits", Severity::Hint, message, vec![subject.element(position)]).because(
                t("Without traits nothing speaks for any framework here, and only its foundation is priced."),
                &[],
            ));
        }
    }
}

fn contradiction(subject: &Subject<'_>, position: usize, one: usize, other: usize) -> Finding {
    let (one, other) = (&subject.playbook.traits[one], &subject.playbook.traits[other]);
    let name = subject.name(position);
    let message = tr!("{name}: \"{0}\" and \"{1}\" contradict each other; drop one", one.label, other.label, name);
    // Where the page speaks of both in one breath it says so best.
    let both = one.paragraphs.iter().filter(|paragraph| other.paragraphs.contains(paragraph));
    let paragraph = both.chain(&one.paragraphs).chain(&other.paragraphs).next().copied();
    found("contradiction", Severity::Warning, message, vec![subject.element(position)])
        .about(&format!("{}+{}", one.id, other.id))
        .because(t("Both count as evidence and as work, and only one of them can be true."), paragraph.as_slice())
        .mended_by([one, other].map(|known| fixes::clear(subject.id(position), known)))
}
