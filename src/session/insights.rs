//! Analyses that go further than an assessment: made when they are first looked at, kept until the project changes.

use std::{
    cell::{OnceCell, RefCell},
    sync::Arc,
};

use super::Session;
use crate::{
    assess::{ComponentStack, Stack, component_stack},
    project::ComponentId,
};

/// What was worked out for the present revision so far, a cell for each analysis. A cell is filled on first use by the
/// function of [`Session`] that hands it out, so that panels may ask for it in every frame.
#[derive(Debug, Default)]
pub(super) struct Insights {
    stack: OnceCell<Stack>,
    /// Of the service that was looked at last.
    component_stack: RefCell<Option<(ComponentId, Arc<ComponentStack>)>>,
}

impl Insights {
    /// What is left of it for the next revision: the stack, if that is the same.
    pub(super) fn after(self, same_stack: bool) -> Self {
        if same_stack { Self { stack: self.stack, component_stack: self.component_stack } } else { Self::default() }
    }
}

impl Session {
    /// The packages of the plan as it stands.
    pub fn stack(&self) -> &Stack {
        self.insights.stack.get_or_init(|| self.engine().stack(self.project(), self.assessment()))
    }

    /// The packages of one service of the plan as it stands, without those of all the others.
    pub fn component_stack(&self, id: &ComponentId) -> Option<Arc<ComponentStack>> {
        let mut cell = self.insights.component_stack.borrow_mut();
        if let Some((_, known)) = cell.as_ref().filter(|(known, _)| known == id) {
            return Some(Arc::clone(known));
        }
        let made = component_stack(&self.engine().playbook, self.project(), self.assessment(), id)?;
        Some(Arc::clone(&cell.insert((id.clone(), Arc::new(made))).1))
    }
}
