//! Analyses of the whole plan that take longer than a frame once the plan is large: worked on beside the window, then handed out like
//! the others.

use std::sync::Arc;

use super::{
    Session,
    background::{Asked, Slot},
    insights::ROBUST_SHARE,
};
use crate::{
    assess::{Flip, Question, Robustness},
    progress::Progress,
};

/// Plans of more components are not waited for by the window.
const MOST_AT_ONCE: usize = 500;

/// Such an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deep {
    /// [`Session::system_flips`].
    Flips,
    /// [`Session::questions`].
    Questions,
    /// [`Session::robustness`].
    Robustness,
}

/// What came of one.
#[derive(Clone, Debug)]
pub(super) enum Depth {
    Flips(Vec<Flip>),
    Questions(Vec<Question>),
    Robustness(Robustness),
}

/// The one that is being worked on.
pub(super) type Diving = Slot<Deep, Depth>;

impl Session {
    /// Whether an analysis is there, so that asking for it takes no time. It is begun if it is not; one of a small plan is as good as
    /// there. What came to nothing in the background counts as well: then the window does it.
    pub fn is_ready(&self, deep: Deep) -> bool {
        let insights = &self.insights;
        let known = match deep {
            Deep::Flips => insights.system_flips.get().is_some(),
            Deep::Questions => insights.questions.get().is_some(),
            Deep::Robustness => insights.robustness.get().is_some(),
        };
        if known || self.project().components.len() <= MOST_AT_ONCE {
            return true;
        }
        match insights.diving.ask(self.background(), deep, || self.dive(deep)) {
            Asked::Working(_) => return false,
            Asked::Ready(depth) => match (*depth).clone() {
                Depth::Flips(flips) => drop(insights.system_flips.set(flips)),
                Depth::Questions(questions) => drop(insights.questions.set(questions)),
                Depth::Robustness(robustness) => drop(insights.robustness.set(robustness)),
            },
            Asked::Cancelled | Asked::Failed => {}
        }
        true
    }

    fn dive(&self, deep: Deep) -> impl FnOnce(&Progress) -> Option<Depth> + Send + use<> {
        let (engine, project) = (Arc::clone(self.engine()), Arc::clone(self.project()));
        let assessment = Arc::clone(self.assessment());
        move |progress: &Progress| {
            progress.step(0)?;
            let depth = match deep {
                Deep::Flips => Depth::Flips(engine.system_flips(&project)),
                Deep::Questions => Depth::Questions(engine.questions(&project)),
                Deep::Robustness => Depth::Robustness(engine.robustness(&project, &assessment, ROBUST_SHARE)),
            };
            progress.step(1)?;
            Some(depth)
        }
    }
}
