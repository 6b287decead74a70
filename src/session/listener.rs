//! Who hears of each state of the plan at once.

use std::{fmt, sync::Arc};

use crate::project::Project;

/// Hears of each state of the plan as soon as there is one, before anything is worked out for it: what is typed into a large plan must not be kept
/// waiting by its assessment and its picture.
#[derive(Clone, Default)]
pub struct Listener(Option<Arc<Hear>>);

type Hear = dyn Fn(&Arc<Project>) + Send + Sync;

impl Listener {
    /// Calls this function, which must not take any time.
    pub fn new(hear: impl Fn(&Arc<Project>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hear)))
    }

    pub(super) fn hear(&self, project: &Arc<Project>) {
        if let Some(hear) = &self.0 {
            hear(project);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").finish_non_exhaustive()
    }
}
