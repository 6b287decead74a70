//! A project with its assessment: made beside the window, so that what is opened is there at once.

use std::sync::Arc;

use crate::{
    assess::{Assessment, Engine},
    project::Project,
};

/// A project and what an engine says of it.
#[derive(Clone)]
pub struct Assessed {
    engine: Arc<Engine>,
    project: Project,
    assessment: Arc<Assessment>,
}

impl Assessed {
    /// Assesses a project.
    pub fn new(engine: Arc<Engine>, project: Project) -> Self {
        let assessment = Arc::new(engine.assess(&project));
        Self { engine, project, assessment }
    }

    /// The same by this engine, which may know more by now than the one that was asked.
    #[must_use]
    pub fn by(self, engine: &Arc<Engine>) -> Self {
        if Arc::ptr_eq(&self.engine, engine) { self } else { Self::new(Arc::clone(engine), self.project) }
    }

    /// Who assessed it, the project, and the assessment.
    pub(super) fn into_parts(self) -> (Arc<Engine>, Project, Arc<Assessment>) {
        (self.engine, self.project, self.assessment)
    }
}
