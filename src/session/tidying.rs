//! Tidying in an open session: at once where that takes no longer than a frame or two, beside the window otherwise.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Session,
    action::{CanvasRequest, Request},
    background::{Asked, Background, Slot},
    history::Step,
};
use crate::{
    geometry::{align, layout},
    lang::{t, tr},
    progress::Progress,
    project::{ComponentId, Edit, ElementId},
};

/// So many things are laid out at once.
const AT_ONCE: usize = 1_000;

/// What is to be tidied (everything if nothing is named), until it is.
#[derive(Default)]
pub(super) struct Tidying {
    wanted: Option<Wanted>,
    /// The edits for a revision of the project.
    slot: Slot<(u64, Wanted), Vec<Edit>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Wanted(Option<BTreeSet<ElementId>>);

impl Session {
    /// Lays out what is selected if that is several things, else everything. One step, now or as soon as it is worked out.
    pub fn tidy(&mut self) {
        let chosen = align::movable(self.project(), self.selection());
        let several = chosen.len() >= 2;
        if several && !self.are_connected(&chosen) {
            let words = t(
                "What is selected is not connected with each other, so there is no order to lay it out in; align it instead",
            );
            self.request(Request::Say(words.to_owned()));
            return;
        }
        self.tidying.wanted = Some(Wanted(several.then(|| self.selection().clone())));
        self.tidying.slot.again();
        self.carry_on();
    }

    /// Whether something among these, or in one of them, calls something else among them.
    fn are_connected(&self, chosen: &BTreeSet<ElementId>) -> bool {
        let all = self.project().with_contents(chosen);
        let is_in = |id: &ComponentId| all.contains(&ElementId::Component(id.clone()));
        self.project().connections.values().any(|link| link.from != link.to && is_in(&link.from) && is_in(&link.to))
    }

    /// How far tidying has come, 0 to 1, while it goes on.
    pub fn tidying(&self) -> Option<f32> {
        self.tidying.wanted.as_ref()?;
        match self.tidying.slot.peek() {
            Some(Asked::Working(share)) => Some(share),
            _ => Some(0.0),
        }
    }

    /// Leaves everything as it stands.
    pub fn stop_tidying(&mut self) {
        self.tidying = Tidying::default();
    }

    /// Takes over what long work for the project has come to; to be called once a frame. What was worked out for a project that
    /// has changed since is worked out again, and nothing happens under the hand of a person.
    pub fn carry_on(&mut self) {
        let Some(wanted) = self.tidying.wanted.clone().filter(|_| !self.history().in_gesture()) else { return };
        let project = Arc::clone(self.project());
        let count = wanted.0.as_ref().map_or(project.components.len(), BTreeSet::len);
        let large = count > AT_ONCE && project.components.len() > AT_ONCE;
        let background = if large { self.background().clone() } else { Background::Inline };
        let asked = self.tidying.slot.ask(&background, (self.revision(), wanted.clone()), || {
            let (project, wanted) = (Arc::clone(&project), wanted.clone());
            move |progress: &Progress| layout::tidy_part(&project, wanted.0.as_ref(), progress)
        });
        match asked {
            Asked::Working(_) => {}
            Asked::Ready(edits) => {
                self.tidying = Tidying::default();
                self.take_tidied(&wanted, &edits);
            }
            Asked::Cancelled | Asked::Failed => self.tidying = Tidying::default(),
        }
    }

    fn take_tidied(&mut self, wanted: &Wanted, edits: &[Edit]) {
        let before = Arc::clone(self.project());
        let (name, seen) = match &wanted.0 {
            Some(chosen) => {
                // Their connections follow.
                let count = chosen.iter().filter(|element| !matches!(element, ElementId::Connection(_))).count();
                (tr!("Tidy {count} elements", count), CanvasRequest::SeeSelection)
            }
            None => (t("Tidy the layout").to_owned(), CanvasRequest::FitAll),
        };
        self.edit(&name, edits);
        let changed = !Arc::ptr_eq(&before, self.project());
        if !changed {
            self.request(Request::Say(t("Everything stands in order already").to_owned()));
            return;
        }
        // Who takes it back wants to see what they saw.
        if let Some(step) = self.history().done().last().map(Step::id) {
            self.tidied.insert(step);
            self.request(Request::Canvas(CanvasRequest::KeepView(step)));
        }
        self.request(Request::Canvas(seen));
        self.request(Request::Canvas(CanvasRequest::Glide(before)));
    }
}
