//! What is put off to later and missed by what is not.

use super::{Subject, found, in_words};
use crate::{
    assess::{
        graph::Graph,
        sharing::Sharing,
        types::{Finding, Fix},
    },
    lang::{t, tr},
    playbook::Severity,
    project::{Edit, ElementId},
};

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.whole.deferred().next().is_none() {
        return;
    }
    let graph = Graph::new(subject.whole);
    let sharing = Sharing::new(subject.playbook, &graph);
    let missed = Missed { graph: &graph, sharing: &sharing };
    for later in (0..graph.components.len()).filter(|position| graph.component(*position).deferred) {
        let (sharing, calling) = missed.by(later);
        if !sharing.is_empty() {
            findings.push(missed.tables_put_off(later, &sharing));
        }
        if !calling.is_empty() {
            findings.push(missed.callee_put_off(later, &calling));
        }
    }
}

/// A plan with what is put off, and whose tables its services work on.
struct Missed<'a> {
    graph: &'a Graph<'a>,
    sharing: &'a Sharing<'a>,
}

impl Missed<'_> {
    /// The services in scope that miss the tables of a component, and those that only call it.
    fn by(&self, later: usize) -> (Vec<usize>, Vec<usize>) {
        let in_scope = |position: &usize| !self.graph.component(*position).deferred;
        let sharers = self.sharing.sharers(later).map(|(from, _)| from);
        let sharing: Vec<usize> =
            sharers.filter(|from| in_scope(from) && self.sharing.misses(*from, |_| false)).collect();
        let callers = self.graph.into(later).filter(|link| !link.connection.protocol.binds()).map(|link| link.from);
        let mut calling: Vec<usize> =
            callers.filter(|from| self.graph.is_service(*from) && in_scope(from) && !sharing.contains(from)).collect();
        calling.sort_unstable();
        calling.dedup();
        (sharing, calling)
    }

    fn name(&self, position: usize) -> &str {
        &self.graph.component(position).name
    }

    fn names(&self, positions: &[usize]) -> String {
        let names: Vec<&str> = positions.iter().map(|position| self.name(*position)).collect();
        in_words(&names)
    }

    /// The component that is put off names the finding; those that miss it come after it.
    fn elements(&self, later: usize, missing_it: &[usize]) -> (Vec<ElementId>, Vec<ElementId>) {
        let element = |position: &usize| ElementId::Component(self.graph.components[*position].0.clone());
        (vec![element(&later)], missing_it.iter().map(element).collect())
    }

    /// Taking it in again, or putting off what misses it as well, with whatever works on the tables of that.
    fn ways_out(&self, later: usize, missing_it: &[usize]) -> [Fix; 2] {
        let set = |position: &usize, deferred| Edit::SetDeferred(self.graph.components[*position].0.clone(), deferred);
        let in_scope = |position: &usize| !self.graph.component(*position).deferred;
        let mut too: Vec<usize> = self.sharing.bound_to(missing_it).into_iter().filter(in_scope).collect();
        too.extend(missing_it);
        too.sort_unstable();
        [
            Fix { label: tr!("Take {} in again", self.name(later)), edits: vec![set(&later, false)] },
            Fix {
                label: tr!("Put {} off too", self.names(&too)),
                edits: too.iter().map(|position| set(position, true)).collect(),
            },
        ]
    }

    fn tables_put_off(&self, later: usize, sharing: &[usize]) -> Finding {
        let works = if sharing.len() == 1 { "works" } else { "work" };
        let message = tr!(
            "{0} {works} on the tables of {1}, which is put off to later",
            self.names(sharing),
            self.name(later),
            works
        );
        let by_trait: Vec<usize> = self
            .sharing
            .sharers(later)
            .filter_map(|(from, by_trait)| (by_trait && sharing.contains(&from)).then_some(from))
            .collect();
        let mut why =
            t("The tables and their models are its work: until it is built there is nothing to share, and the estimate misses them.")
                .to_owned();
        if !by_trait.is_empty() {
            let (says, uses) = if by_trait.len() == 1 { ("says", t("it uses")) } else { ("say", t("they use")) };
            let names = self.names(&by_trait);
            let more =
                tr!(" No connection shows it: {names} {says} so, and {uses} the same database.", names, says, uses);
            why.push_str(&more);
        }
        let (element, others) = self.elements(later, sharing);
        found("shares-tables-of-later", Severity::Warning, message, element)
            .also(others)
            .because(&why, &[9])
            .mended_by(self.ways_out(later, sharing))
    }

    fn callee_put_off(&self, later: usize, calling: &[usize]) -> Finding {
        let calls = match (self.graph.is_service(later), calling.len()) {
            (true, 1) => "calls",
            (true, _) => "call",
            (false, 1) => "uses",
            (false, _) => "use",
        };
        let message = tr!("{0} {calls} {1}, which is put off to later", self.names(calling), self.name(later), calls);
        let (element, others) = self.elements(later, calling);
        found("calls-what-is-later", Severity::Hint, message, element)
            .also(others)
            .because(
                t("Until it is built the caller has to do without it; what that means is a decision, and perhaps work."),
                &[],
            )
            .mended_by(self.ways_out(later, calling))
    }
}
