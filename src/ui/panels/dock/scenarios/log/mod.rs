//! What each edit did to the estimate, and the estimates that were kept.

mod baselines;
mod compared;
mod edits;

use egui::Ui;

use super::super::{DockState, TWO_COLUMNS_FROM, two_columns};
use crate::{
    explain::causes::Measure,
    project::BaselineId,
    session::Kept,
    ui::{Actions, View},
};

/// What the log remembers.
#[derive(Clone, Debug)]
pub struct LogState {
    /// Whether edits that left the estimate as it was are left out.
    pub only_what_counts: bool,
    /// The baseline that is looked at; `None` for the latest one.
    pub baseline: Option<BaselineId>,
    /// What it is compared with.
    pub with: Kept,
    /// Weeks or money.
    pub measure: Measure,
    /// The baseline that is being given another name.
    renaming: Option<BaselineId>,
}

impl Default for LogState {
    fn default() -> Self {
        Self { only_what_counts: true, baseline: None, with: Kept::Now, measure: Measure::Budget, renaming: None }
    }
}

impl LogState {
    /// Looks at a baseline, with the cursor in its name.
    pub fn show(&mut self, id: BaselineId) {
        self.baseline = Some(id.clone());
        self.renaming = Some(id);
    }
}

pub(super) fn log_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let stacked = ui.available_width() < TWO_COLUMNS_FROM;
    let mut subject = (state, actions);
    two_columns(
        ui,
        0.5,
        &mut subject,
        |ui, (state, _)| edits::edits_ui(ui, view, state, stacked),
        |ui, (state, actions), stacked| baselines::baselines_ui(ui, view, &mut state.log, stacked, actions),
    );
}
