//! The tour "your first plan": six things to do on a plan of one's own. It belongs to the session, so another project on the screen ends it,
//! and it is no part of the document: undo takes nothing of it back.

use std::sync::Arc;

use super::{DockTab, Select, Session, StepId};
use crate::{
    lang::{later, t},
    project::{ElementId, Project},
};

/// What a step points to: a part of the window that says each frame where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The list of components at the left.
    Components,
    /// What is selected on the sheet.
    Selected,
    /// The traits of what is selected.
    Traits,
    /// The page of the recommendation.
    Reasons,
    /// The tabs of weeks and budget.
    Figures,
    /// The button of the exports.
    Exports,
}

impl Anchor {
    /// Whether it is only there while a component is selected.
    pub fn is_of_a_component(self) -> bool {
        matches!(self, Self::Selected | Self::Traits)
    }
}

/// One step of the tour.
#[derive(Debug)]
pub struct TourStep {
    /// What is to be done.
    pub title: &'static str,
    /// How, and what it is good for.
    pub words: &'static str,
    /// The command that does it, or leads there, for who has no pointer.
    pub command: &'static str,
    /// What it is done with.
    pub points_to: Anchor,
    /// Whether what happened from one moment to the next is that.
    pub done: fn(&Moment, &Moment) -> bool,
    /// What is missing for it, if something is.
    pub lacks: fn(&Project) -> Option<&'static str>,
}

/// What is looked at, and no session knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// The tab of the dock that is seen.
    pub tab: Option<DockTab>,
    /// Whether its recommendation answers a question behind the verdict.
    pub asks_why: bool,
}

/// All that steps are told by, as it is at one moment.
#[derive(Clone, Debug)]
pub struct Moment {
    project: Arc<Project>,
    /// The step of the history that made it so.
    made_by: Option<StepId>,
    looks: Looks,
    /// How often the plan was written to a file.
    written: u64,
}

impl Moment {
    /// Whether what changed was done, and not taken back.
    fn is_made_after(&self, before: &Self) -> bool {
        self.made_by > before.made_by
    }
}

/// The steps, in their order.
pub static STEPS: [TourStep; 6] = [
    TourStep {
        title: later("Add a component"),
        words: later(
            "Drag a REST API from the list onto the sheet, or double-click it. Any other one will do as well.",
        ),
        command: "insert.component",
        points_to: Anchor::Components,
        done: |before, now| {
            now.is_made_after(before)
                && now.project.components.keys().any(|id| !before.project.components.contains_key(id))
        },
        lacks: |_| None,
    },
    TourStep {
        title: later("Connect two components"),
        words: later(
            "Point at the component and drag from the handle at its side: onto another one, or onto the empty sheet, where you \
                choose what it calls.",
        ),
        command: "insert.connected-right",
        points_to: Anchor::Selected,
        done: |before, now| {
            now.is_made_after(before)
                && now.project.connections.keys().any(|id| !before.project.connections.contains_key(id))
        },
        lacks: lacks_component,
    },
    TourStep {
        title: later("Say what it must cope with"),
        words: later(
            "Traits are what the advice is made of. Set one at the right: tables, users, requests per second. What you do not know \
                yet stays open.",
        ),
        command: "edit.traits",
        points_to: Anchor::Traits,
        done: |before, now| now.is_made_after(before) && is_tagged(&before.project, &now.project),
        lacks: lacks_component,
    },
    TourStep {
        title: later("Read why"),
        words: later(
            "The recommendation stands below, with its reasons. Choose another question there, like Why not another.",
        ),
        command: "go.recommendation",
        points_to: Anchor::Reasons,
        done: |before, now| now.looks.asks_why && !before.looks.asks_why,
        lacks: |project| {
            let is_service = project.components.values().any(|component| component.kind.is_service());
            (!is_service).then_some(t("There is nothing to advise on yet: add a service, like a REST API"))
        },
    },
    TourStep {
        title: later("Look at weeks and budget"),
        words: later(
            "Open Timeline or Budget to see what the range is made of. Or click on the empty sheet and change an assumption at the \
                right: team, rates, targets.",
        ),
        command: "go.budget",
        points_to: Anchor::Figures,
        done: |before, now| {
            let looks = |moment: &Moment| matches!(moment.looks.tab, Some(DockTab::Timeline | DockTab::Budget));
            let assumes = now.project.assumptions != before.project.assumptions;
            looks(now) && !looks(before) || assumes && now.is_made_after(before)
        },
        lacks: |_| None,
    },
    TourStep {
        title: later("Take it with you"),
        words: later(
            "Export the report into your document, or save the plan: a text file that reads and compares well in git.",
        ),
        command: "file.save",
        points_to: Anchor::Exports,
        done: |before, now| now.written > before.written,
        lacks: |_| None,
    },
];

fn lacks_component(project: &Project) -> Option<&'static str> {
    project.components.is_empty().then_some(t("There is no component yet: add one first"))
}

/// Whether a component that was there has a trait with another value.
fn is_tagged(before: &Project, now: &Project) -> bool {
    now.components.iter().any(|(id, component)| {
        let was = before.components.get(id);
        was.is_some_and(|was| component.traits.iter().any(|(key, value)| was.traits.get(key) != Some(value)))
    })
}

/// What a person does about the tour itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TourMove {
    /// To the next step, whether this one was done or not.
    Next,
    /// To the step before.
    Back,
    /// Away from it; what was done stays.
    Leave,
    /// What the step points to is to be seen again.
    Show,
}

/// Where somebody is in the tour.
#[derive(Clone, Debug)]
pub struct Tour {
    /// Behind the last step it is over, and says so.
    at: usize,
    /// Which steps were done.
    done: [bool; STEPS.len()],
    /// The moment before this one.
    before: Moment,
    /// Counts what is to be shown: moves whenever the window has to bring something into view.
    shown: u64,
    left: bool,
}

impl Tour {
    /// The number of the step, from 0; that of all of them once it is over.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The step; `None` once it is over.
    pub fn step(&self) -> Option<&'static TourStep> {
        STEPS.get(self.at)
    }

    /// Whether this step was done already.
    pub fn is_done(&self) -> bool {
        self.done.get(self.at).copied().unwrap_or(true)
    }

    /// Moves whenever what the step points to is to be brought into view.
    pub fn shown(&self) -> u64 {
        self.shown
    }

    fn go_to(&mut self, at: usize) {
        self.at = at.min(STEPS.len());
        self.shown += 1;
    }
}

impl Session {
    /// The tour, while somebody is in it.
    pub fn tour(&self) -> Option<&Tour> {
        self.tour.as_ref().filter(|tour| !tour.left)
    }

    /// Begins the tour on this plan.
    pub fn begin_tour(&mut self) {
        let before = self.moment(Looks::default());
        self.tour = Some(Tour { at: 0, done: [false; STEPS.len()], before, shown: 0, left: false });
    }

    /// Whether the tour was left on the way and can be gone on with.
    pub fn has_left_tour(&self) -> bool {
        self.tour.as_ref().is_some_and(|tour| tour.left && tour.step().is_some())
    }

    /// Goes on with the tour where it was left.
    pub(super) fn resume_tour(&mut self) {
        if let Some(tour) = &mut self.tour {
            tour.left = false;
            tour.shown += 1;
        }
        self.select_for_tour();
    }

    /// Notes that the plan was written to a file, in whatever form.
    pub fn note_written(&mut self) {
        self.written += 1;
    }

    pub(super) fn move_tour(&mut self, way: TourMove) {
        let Some(tour) = self.tour.as_mut().filter(|tour| !tour.left) else { return };
        match way {
            TourMove::Next => tour.go_to(tour.at + 1),
            TourMove::Back => tour.go_to(tour.at.saturating_sub(1)),
            TourMove::Show => tour.shown += 1,
            TourMove::Leave => tour.left = true,
        }
        self.select_for_tour();
    }

    /// Goes on to the next step once this one was done. What is in flight is not done yet.
    pub fn follow_tour(&mut self, looks: Looks) {
        if self.tour().is_none() || self.history().in_gesture() {
            return;
        }
        let now = self.moment(looks);
        let Some(tour) = &mut self.tour else { return };
        let before = std::mem::replace(&mut tour.before, now);
        if tour.step().is_some_and(|step| (step.done)(&before, &tour.before)) {
            tour.done[tour.at] = true;
            tour.go_to(tour.at + 1);
            self.select_for_tour();
        }
    }

    /// Selects a component for a step that is about one, unless one is selected.
    fn select_for_tour(&mut self) {
        let step = self.tour().and_then(Tour::step);
        if !step.is_some_and(|step| step.points_to.is_of_a_component()) || self.selected_component().is_some() {
            return;
        }
        if let Some(id) = self.project().components.keys().last().cloned() {
            self.select(Select::Only(vec![ElementId::Component(id)]));
        }
    }

    fn moment(&self, looks: Looks) -> Moment {
        let made_by = self.history().done().last().map(super::Step::id);
        Moment { project: Arc::clone(self.project()), made_by, looks, written: self.written }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::commands;

    #[test]
    fn each_step_says_what_to_do_with_a_command_that_exists() {
        for step in &STEPS {
            assert!(commands::find(step.command).is_some(), "{}", step.command);
            assert!(step.words.ends_with('.') && step.words.len() < 160, "{}", step.title);
        }
    }
}
