//! Analyses that go further than an assessment: made when they are first looked at, kept until the project changes.

use std::cell::OnceCell;

use super::Session;
use crate::assess::Stack;

/// What was worked out for the present revision so far, a cell for each analysis. A cell is filled on first use by the
/// function of [`Session`] that hands it out, so that panels may ask for it in every frame.
#[derive(Debug, Default)]
pub(super) struct Insights {
    stack: OnceCell<Stack>,
}

impl Session {
    /// The packages of the plan as it stands.
    pub fn stack(&self) -> &Stack {
        self.insights.stack.get_or_init(|| self.engine().stack(self.project(), self.assessment()))
    }
}
