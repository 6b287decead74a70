//! What should be looked at: rules over a project, the playbook and the verdict. A file for each family.

mod document;
mod fixes;
mod flow;
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
    capacity::Alone,
    evaluate::{Ruling, Site, Values},
    graph::Graph,
    tables::Tables,
    types::{Estimate, Finding, Fix, SystemVerdict, VerdictKind},
    verdict::Assignment,
};
use crate::{
    playbook::{Playbook, RuleId, Severity},
    project::{ComponentId, ComponentKind, ElementId, FindingKey, FrameworkId, MAX_KEY_BYTES, Project},
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
    /// How long answers take at best; `None` if nobody asks.
    pub(super) alone: Option<&'s Alone<'s>>,
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
        [first @ .., last] if names.len() <= NAMES_SHOWN => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..NAMES_SHOWN].join(", "), names.len() - NAMES_SHOWN),
    }
}

/// Every finding, worst first; what the project sets aside carries its reason.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    document::find(subject, &mut findings);
    traits::find(subject, &mut findings);
    rules::find(subject, &mut findings);
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
        key: key(rule, &elements, ""),
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
        Self { key: key(self.rule.as_str(), &self.elements, subject), ..self }
    }

    /// What tells it from others of its rule, whatever its elements.
    fn only_about(self, subject: &str) -> Self {
        Self { key: key(self.rule.as_str(), &[], subject), ..self }
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

/// `RULE:ELEMENT+ELEMENT:SUBJECT`, in the order of the alphabet so that the order of the document does not matter.
fn key(rule: &str, elements: &[ElementId], subject: &str) -> FindingKey {
    let part = |element: &ElementId| match element {
        ElementId::Component(id) => id.to_string(),
        ElementId::Connection(id) => format!("connection={id}"),
        ElementId::Boundary(id) => format!("boundary={id}"),
        ElementId::Note(id) => format!("note={id}"),
    };
    let mut parts: Vec<String> = elements.iter().map(part).collect();
    parts.sort_unstable();
    let mut text = rule.to_owned();
    for more in [parts.join("+").as_str(), subject] {
        if !more.is_empty() {
            text.push(':');
            text.push_str(more);
        }
    }
    if text.len() > MAX_KEY_BYTES || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        text = format!("{rule}:{:016x}", fingerprint(&text));
    }
    FindingKey::new(&text)
}

/// FNV-1a: the same on every machine and with every version of the standard library.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_depend_on_order_and_stay_short() {
        let component = |id: &str| ElementId::Component(id.into());
        let (one, other) = ([component("b"), component("a")], [component("a"), component("b")]);
        assert_eq!(key("circle", &one, "").as_str(), "circle:a+b");
        assert_eq!(key("circle", &one, ""), key("circle", &other, ""));
        let link = ElementId::Connection("a-to-b".into());
        assert_eq!(key("seam", &[link], "x").as_str(), "seam:connection=a-to-b:x");
        let many: Vec<ElementId> = (0..500).map(|i| component(&format!("service-{i}"))).collect();
        let (long, longer) = (key("circle", &many[1..], ""), key("circle", &many, ""));
        assert!(long.as_str().len() < MAX_KEY_BYTES && long != longer);
        assert_eq!(in_words(&["a", "b", "c"]), "a, b and c");
        assert_eq!(in_words(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d and 2 more");
    }
}
