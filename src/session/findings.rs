//! Going from finding to finding.

use super::{
    Session,
    action::{CanvasRequest, DockTab, Request, Select},
};
use crate::{
    assess::Finding,
    project::{ElementId, FindingKey},
};

impl Session {
    /// The finding that was looked at last, while it is there.
    pub fn current_finding(&self) -> Option<&Finding> {
        let key = self.finding.as_ref()?;
        self.assessment().findings.iter().find(|finding| finding.key == *key)
    }

    /// Selects what a finding is about and brings it into view. One about the plan as a whole selects nothing.
    pub(super) fn show_finding(&mut self, key: &FindingKey) {
        let Some(finding) = self.assessment().findings.iter().find(|finding| finding.key == *key) else { return };
        let there = |element: &&ElementId| self.project().contains(element);
        let elements: Vec<ElementId> = finding.elements.iter().filter(there).cloned().collect();
        self.finding = Some(key.clone());
        match elements.as_slice() {
            [] => {}
            [one] => self.request(Request::Canvas(CanvasRequest::Centre(one.clone()))),
            _ => self.request(Request::Canvas(CanvasRequest::FitSelection)),
        }
        self.select(Select::Only(elements));
    }

    /// Goes to the open finding after the present one (or before it), round in a circle, and lists them.
    pub(super) fn step_finding(&mut self, forward: bool) {
        let keys: Vec<FindingKey> = self.assessment().open_findings().map(|finding| finding.key.clone()).collect();
        let here = keys.iter().position(|key| Some(key) == self.finding.as_ref());
        let next = match (here, forward) {
            (None, true) => 0,
            (None, false) => keys.len().saturating_sub(1),
            (Some(at), true) => (at + 1) % keys.len(),
            (Some(at), false) => (at + keys.len() - 1) % keys.len(),
        };
        if let Some(key) = keys.get(next) {
            self.show_finding(key);
            self.request(Request::Dock(DockTab::Findings));
        }
    }
}
