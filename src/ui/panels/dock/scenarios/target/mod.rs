//! What would reach a target: a sentence to fill in, how likely it holds now, and the changes that make it hold.

mod proposals;
mod sentence;

use std::{collections::BTreeSet, sync::Arc};

use egui::Ui;

use super::super::{DockState, two_columns};
use crate::{
    assess::{Goal, Outlook, Reached},
    project::ComponentId,
    session::Asked,
    ui::{Actions, View},
};

/// Width of the sentence with its gauges, where it has a column of its own.
const SENTENCE: f32 = 300.0;
/// From this width on it fits into two lines, where it stands over the proposals.
const TWO_LINES_FROM: f32 = 520.0;

/// What the panel remembers.
#[derive(Clone, Debug)]
pub struct TargetState {
    /// How surely the targets are to hold, 0 to 1.
    pub sure: f64,
    /// Services that stay in any case.
    pub keep: BTreeSet<ComponentId>,
    /// The set that was clicked: it stays on the sheet while the pointer is elsewhere.
    chosen: Vec<ComponentId>,
    /// What is shown on the sheet in this frame.
    shown: BTreeSet<ComponentId>,
    /// The answer that was seen last: it stays, greyed out, while the next one is worked out.
    last: Option<Arc<Reached>>,
    /// What is wrong with what was typed last.
    refused: Option<String>,
}

impl Default for TargetState {
    fn default() -> Self {
        Self { sure: 0.8, keep: BTreeSet::new(), chosen: Vec::new(), shown: BTreeSet::new(), last: None, refused: None }
    }
}

impl TargetState {
    /// Forgets what was shown on the sheet in the frame before.
    pub(in crate::ui::panels::dock) fn begin_frame(&mut self) {
        self.shown.clear();
    }

    /// Another project is open now.
    pub(in crate::ui::panels::dock) fn forget_project(&mut self) {
        *self = Self { sure: self.sure, ..Self::default() };
    }

    /// The services that a proposal on the screen would put off.
    pub(in crate::ui::panels::dock) fn proposed(&self) -> &BTreeSet<ComponentId> {
        &self.shown
    }
}

/// What is known of the way to the goal.
enum Known {
    /// Nothing is to hold yet.
    NothingAsked,
    /// An answer; whether it belongs to an earlier question while the next is worked out.
    Answer(Arc<Reached>, bool),
    /// Nothing yet.
    Working,
    /// Somebody broke it off.
    Cancelled,
    /// A fault of the program.
    Failed,
}

pub(super) fn target_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let state = &mut state.target;
    let project = view.session.project();
    state.keep.retain(|id| project.components.contains_key(id) && !project.is_deferred(id));
    let goal = Goal { targets: view.session.targets(), sure: state.sure, keep: state.keep.clone() };
    let (known, progress) = ask(ui, view, state, &goal);
    let estimate = &view.session.assessment().estimate;
    let now = Outlook { chances: goal.targets.chance(estimate), ..Outlook::default() };
    let width = ui.available_width();
    let two_lines = (TWO_LINES_FROM..super::super::TWO_COLUMNS_FROM).contains(&width);
    let asked = sentence::Sentence { goal: &goal, now: &now, two_lines };
    let mut subject = (state, actions);
    // The sentence takes what it needs; the rest is for what is proposed.
    let share = (SENTENCE / width).clamp(0.28, 0.46);
    two_columns(
        ui,
        share,
        &mut subject,
        |ui, (state, actions)| sentence::sentence_ui(ui, view, state, &asked, actions),
        |ui, (state, actions), stacked| {
            let found = proposals::Found { goal: &goal, known: &known, progress, stacked };
            proposals::proposals_ui(ui, view, state, &found, actions);
        },
    );
}

/// Asks the session, and keeps the answer for the time until the next one. The share is how far a search has come.
fn ask(ui: &Ui, view: &View<'_>, state: &mut TargetState, goal: &Goal) -> (Known, Option<f32>) {
    if goal.targets.is_empty() {
        return (Known::NothingAsked, None);
    }
    match view.session.goal(goal) {
        Asked::Ready(answer) => {
            state.last = Some(Arc::clone(&answer));
            (Known::Answer(answer, false), None)
        }
        Asked::Working(share) => {
            // Nobody wakes the window for a little more progress.
            ui.request_repaint_after(std::time::Duration::from_millis(80));
            let last = state.last.clone();
            (last.map_or(Known::Working, |last| Known::Answer(last, true)), Some(share))
        }
        Asked::Cancelled => (Known::Cancelled, None),
        Asked::Failed => (Known::Failed, None),
    }
}
