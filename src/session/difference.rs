//! What the difference of two projects comes to, worked out off the screen's thread.

use std::sync::Arc;

use super::{
    Session,
    background::{Asked, Slot},
};
use crate::{
    assess::{Assessed, Impact},
    progress::Progress,
    project::Project,
};

/// Two projects of which somebody wants to know what leads from one to the other. Letting go of it stops the work.
#[derive(Debug)]
pub struct Weighing {
    projects: [Arc<Project>; 2],
    slot: Slot<(), Impact>,
}

impl Weighing {
    /// From one project to another.
    pub fn new(from: Arc<Project>, to: Arc<Project>) -> Self {
        Self { projects: [from, to], slot: Slot::default() }
    }

    /// The projects.
    pub fn projects(&self) -> &[Arc<Project>; 2] {
        &self.projects
    }

    /// What the difference comes to at the confidence of the later project, as far as it has come.
    pub fn ask(&self, session: &Session) -> Asked<Impact> {
        self.slot.ask(session.background(), (), || {
            let (engine, projects) = (Arc::clone(session.engine()), self.projects.clone());
            move |progress: &Progress| {
                let [from, to] = &projects;
                let probability = to.assumptions.confidence.probability();
                let before = engine.assess(from);
                progress.step(0)?;
                let after = engine.assess(to);
                progress.step(0)?;
                let assessed = |project, assessment| Assessed { project, assessment };
                engine.impact(assessed(from, &before), assessed(to, &after), probability, progress)
            }
        })
    }
}
