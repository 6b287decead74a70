//! Goal seek in an open session: asked for when it is looked at, worked out beside the window.

use std::sync::Arc;

use super::{
    Session,
    background::{Asked, Slot},
};
use crate::{
    assess::{Goal, Reached},
    progress::Progress,
};

/// The answer to the goal that was asked for last, and the assessment it belongs to.
pub(super) type Seeking = Slot<(Goal, u64), Reached>;

impl Session {
    /// How a goal can be reached with the plan as it stands. While a gesture is in flight the answer stays the one from before it.
    pub fn goal(&self, goal: &Goal) -> Asked<Reached> {
        if self.history().in_gesture()
            && let Some(asked) = self.seeking.peek()
        {
            return asked;
        }
        self.seeking.ask(self.background(), (goal.clone(), self.assessed_count), || {
            let (engine, project, goal) = (Arc::clone(self.engine()), Arc::clone(self.project()), goal.clone());
            move |progress: &Progress| engine.reach(&project, &goal, progress)
        })
    }

    /// Stops looking for a way to reach the goal.
    pub fn cancel_goal(&self) {
        self.seeking.cancel();
    }

    /// Lets a search that was cancelled begin again.
    pub fn goal_again(&self) {
        self.seeking.again();
    }
}
