//! What should be looked at: rules over a project, the playbook and the verdict. A file for each family.

mod document;
mod fixes;
mod flow;
mod late;
mod later;
mod links;
mod packages;
mod plan;
mod rules;
mod sheet;
mod traits;
mod wiring;

use std::{cell::OnceCell, collections::HashMap};

use super::{
    capacity::{Alone, Check, Traffic},
    evaluate::{Ruling, Site, Values},
    graph::Graph,
    tables::Tables,
    types::{Estimate, Finding, Fix, SystemVerdict, VerdictKind},
    verdict::Assignment,
};
use crate::{
    lang::tr,
    playbook::{Playbook, RuleId, Severity},
    project::{ComponentId, ComponentKind, ElementId, FindingKey, FrameworkId, Project},
};

pub(super) use document::check;

/// Most names that one message lists.
const NAMES_SHOWN: usize = 4;

/// What findings are read off.
pub(super) struct Subject<'s> {
    pub(super) playbook: &'s Playbook,
    pub(super) tables: &'s Tables,
    /// The project with what is put off to later.
    pub(super) whole: &'s Project,
    /// What is in scope of it.
    pub(super) graph: &'s Graph<'s>,
    pub(super) values: &'s Values<'s>,
    pub(super) assignment: &'s Assignment,
    pub(super) verdict: &'s SystemVerdict,
    pub(super) estimate: &'s Estimate,
    /// What comes to whom; `None` if the playbook says nothing of capacity.
    pub(super) traffic: Option<&'s Traffic>,
    /// How long answers take at best; `None` if nobody asks.
    pub(super) alone: Option<&'s Alone<'s>>,
    /// What is late as planned; `None` if no service has a target.
    pub(super) check: Option<&'s Check<'s>>,
    /// The first component of each kind, once somebody asks.
    pub(super) firsts: OnceCell<HashMap<ComponentKind, usize>>,
}

impl Subject<'_> {
    fn id(&self, position: usize) -> &ComponentId {
        self.graph.components[position].0
    }

    fn element(&self, position: usize) -> ElementId {
        ElementId::Component(self.id(position).clone())
    }

    fn name(&self, position: usize) -> &str {
        &self.graph.component(position).name
    }

    /// The first component of a kind, in the order of the document.
    fn first_of(&self, kind: ComponentKind) -> Option<usize> {
        let find = || {
            let kinds = self.graph.components.iter().enumerate().map(|(at, (_, component))| (component.kind, at));
            kinds.rev().collect()
        };
        self.firsts.get_or_init(find).get(&kind).copied()
    }

    /// The framework the verdict gives to a component; `None` for resources.
    fn framework(&self, position: usize) -> Option<&FrameworkId> {
        self.playbook.frameworks.get_index(self.assignment[position]?).map(|(id, _)| id)
    }

    /// The bottom of the chain of what the verdict gives to a component.
    fn root(&self, position: usize) -> Option<usize> {
        Some(self.tables.root[self.assignment[position]?])
    }

    /// Where conditions are read for a service, the verdict included.
    fn site(&self, position: usize) -> Site<'_, '_> {
        let site = Site::at(self.graph, self.values, position);
        let mixed = self.verdict.kind == VerdictKind::Mixed;
        match self.framework(position) {
            Some(framework) => {
                let answer_ms = self.alone.map_or(0.0, |alone| alone.ms(position));
                let workers = self.alone.and_then(|alone| alone.needs(position, framework));
                let workers = workers.unwrap_or_default();
                site.under(Ruling { playbook: self.playbook, framework, mixed, answer_ms, workers })
            }
            None => site,
        }
    }

    /// `Shop, Orders and Stock`, or `Shop, Orders, Stock, Mail and 7 more`.
    fn names(&self, positions: &[usize]) -> String {
        let names: Vec<&str> = positions.iter().map(|position| self.name(*position)).collect();
        in_words(&names)
    }
}

fn in_words(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= NAMES_SHOWN => tr!("{} and {last}", first.join(", "), last),
        _ => tr!("{0} and {1} more", names[..NAMES_SHOWN].join(", "), names.len() - NAMES_SHOWN),
    }
}

/// Every finding, worst first; what the project sets aside carries its reason.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    document::find(subject, &mut findings);
    traits::find(subject, &mut findings);
    rules::find(subject, &mut findings);
    late::find(subject, &mut findings);
    links::find(subject, &mut findings);
    flow::find(subject, &mut findings);
    later::find(subject, &mut findings);
    sheet::find(subject, &mut findings);
    wiring::find(subject, &mut findings);
    packages::find(subject, &mut findings);
    plan::find(subject, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    for finding in findings.iter_mut().filter(|finding| finding.severity != Severity::Error) {
        finding.suppressed = subject.graph.project.suppressed.get(&finding.key).cloned();
    }
    findings
}

/// A finding of a rule, about these elements.
fn found(rule: &str, severity: Severity, message: String, elements: Vec<ElementId>) -> Finding {
    Finding {
        key: FindingKey::of(rule, &elements, ""),
        rule: RuleId::new(rule),
        severity,
        message,
        why: String::new(),
        elements,
        paragraphs: Vec::new(),
        fixes: Vec::new(),
        suppressed: None,
    }
}

impl Finding {
    /// What tells it from others of its rule, beside its elements.
    fn about(self, subject: &str) -> Self {
        Self { key: FindingKey::of(self.rule.as_str(), &self.elements, subject), ..self }
    }

    /// What tells it from others of its rule, whatever its elements.
    fn only_about(self, subject: &str) -> Self {
        Self { key: FindingKey::of(self.rule.as_str(), &[], subject), ..self }
    }

    fn because(self, why: &str, paragraphs: &[u8]) -> Self {
        Self { why: why.to_owned(), paragraphs: paragraphs.to_vec(), ..self }
    }

    /// Further elements, which do not name it.
    fn also(mut self, elements: impl IntoIterator<Item = ElementId>) -> Self {
        self.elements.extend(elements);
        self
    }

    fn mended_by(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fixes);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_names_are_listed_and_many_are_counted() {
        assert_eq!(in_words(&["a", "b", "c"]), "a, b and c");
        assert_eq!(in_words(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d and 2 more");
    }
}
