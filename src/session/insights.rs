//! Analyses that go further than an assessment: made when they are first looked at, kept until the project changes.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    sync::Arc,
};

use super::{
    Session,
    baselines::ComparedBaselines,
    capacity::Held,
    deep::Diving,
    estimates::{Cases, Estimates},
    scenarios::Compared,
};
use crate::{
    assess::{
        ComponentStack, Flip, GivenUp, Question, Response, Robustness, Schedule, Stack, Targets, Turning, Uses,
        capacity::{Fallout, modelled},
        component_stack, given_up, uses,
    },
    explain::{ModelRow, model_row},
    project::{Baseline, ComponentId, Timetable, TraitId},
};

/// By what share the report on robustness moves each weight.
pub(super) const ROBUST_SHARE: f64 = 0.25;

/// What was worked out from an assessment so far, a cell for each analysis. A cell is filled on first use by the function of
/// [`Session`] that hands it out, so that panels may ask for it in every frame. While a gesture is in flight the cells stay as
/// they are; what has to follow it is in [`Live`].
#[derive(Debug, Default)]
pub(super) struct Insights {
    /// The assessment it was worked out from, counted.
    assessed: u64,
    pub(super) system_flips: OnceCell<Vec<Flip>>,
    pub(super) questions: OnceCell<Vec<Question>>,
    pub(super) robustness: OnceCell<Robustness>,
    /// What of those is being worked on.
    pub(super) diving: Diving,
    given_up: OnceCell<Vec<Vec<GivenUp>>>,
    uses: OnceCell<Uses>,
    /// What the capacity model gives for the set-ups of claims, by claim.
    modelled: OnceCell<HashMap<String, Vec<ModelRow>>>,
    /// The plan as it stands, as a baseline.
    pub(super) now: OnceCell<Arc<Baseline>>,
    /// The baselines that were compared last.
    pub(super) baselines: RefCell<Option<Arc<ComparedBaselines>>>,
    pub(super) compared: RefCell<Option<Compared>>,
    pub(super) cases: OnceCell<Cases>,
    pub(super) held: Held,
}

/// An answer that may be that there is none.
type Known<T> = Option<Arc<T>>;

/// What follows a gesture: only about what is looked at.
#[derive(Debug, Default)]
pub(super) struct Live {
    turning: RefCell<HashMap<ComponentId, Arc<Turning>>>,
    responses: RefCell<HashMap<(ComponentId, TraitId), Known<Response>>>,
    stack: OnceCell<Stack>,
    schedule: OnceCell<Schedule>,
    timetable: OnceCell<Option<Timetable>>,
    targets: OnceCell<Targets>,
    /// Of the service that was looked at last.
    component_stack: RefCell<Option<(ComponentId, Arc<ComponentStack>)>>,
    pub(super) estimates: Estimates,
}

impl Live {
    /// What is left of it for the next project: the stack, if that is the same.
    pub(super) fn after(self, same_stack: bool) -> Self {
        let (stack, component_stack) = (self.stack, self.component_stack);
        if same_stack { Self { stack, component_stack, ..Self::default() } } else { Self::default() }
    }
}

impl Insights {
    /// Nothing so far, from the assessment with this count.
    pub(super) fn of(assessed: u64) -> Self {
        Self { assessed, ..Self::default() }
    }

    /// The assessment it was worked out from, counted: that of the plan without the gesture in flight.
    pub(super) fn assessed(&self) -> u64 {
        self.assessed
    }
}

impl Session {
    /// Forgets what was worked out from an earlier assessment.
    pub(super) fn renew_insights(&mut self) {
        if self.insights.assessed != self.assessed_count && !self.history().in_gesture() {
            self.insights = Insights::of(self.assessed_count);
            // Whoever still waits for an answer about the plan as it was asks about the plan as it is.
            self.seeking.drop_if(|(_, assessed)| *assessed != self.assessed_count);
            self.comparing.let_go_of_before(self.assessed_count);
            self.let_go_of_kept();
            self.simulating.let_go_of_before(self.assessed_count);
            self.sighted.let_go_of_before(self.assessed_count);
        }
    }

    /// The single changes that would turn the verdict on the whole, smallest first.
    pub fn system_flips(&self) -> &[Flip] {
        self.insights.system_flips.get_or_init(|| self.engine().system_flips(self.project()))
    }

    /// What is worth asking next, weightiest first.
    pub fn questions(&self) -> &[Question] {
        self.insights.questions.get_or_init(|| self.engine().questions(self.project()))
    }

    /// How much hangs on any one weight.
    pub fn robustness(&self) -> &Robustness {
        let make = || self.engine().robustness(self.project(), self.assessment(), ROBUST_SHARE);
        self.insights.robustness.get_or_init(make)
    }

    /// What each of the alternatives gives up, in the order of the assessment's alternatives.
    pub fn given_up(&self) -> &[Vec<GivenUp>] {
        self.insights.given_up.get_or_init(|| {
            let (playbook, assessment) = (&self.engine().playbook, self.assessment());
            let alternatives = assessment.alternatives.iter();
            alternatives.map(|other| given_up(playbook, assessment, &other.framework)).collect()
        })
    }

    /// Where the plan uses what the playbook knows.
    pub fn uses(&self) -> &Uses {
        self.insights.uses.get_or_init(|| uses(self.assessment()))
    }

    /// What the capacity model gives for the set-ups of a claim of the playbook.
    pub fn model_rows(&self, claim: &str) -> &[ModelRow] {
        let all = self.insights.modelled.get_or_init(|| {
            let playbook = &self.engine().playbook;
            let with = playbook.claims.iter().filter(|claim| !claim.model.is_empty());
            with.map(|claim| (claim.id.clone(), modelled(playbook, claim).iter().map(model_row).collect())).collect()
        });
        all.get(claim).map_or(&[], Vec::as_slice)
    }

    /// What would turn the verdict on a service.
    pub fn turning(&self, component: &ComponentId) -> Arc<Turning> {
        if let Some(known) = self.live.turning.borrow().get(component) {
            return Arc::clone(known);
        }
        let turning = Arc::new(self.engine().turning(self.project(), component));
        self.live.turning.borrow_mut().insert(component.clone(), Arc::clone(&turning));
        turning
    }

    /// The packages of the plan as it stands.
    pub fn stack(&self) -> &Stack {
        self.live.stack.get_or_init(|| self.engine().stack(self.project(), self.assessment()))
    }

    /// The packages of one service of the plan as it stands, without those of all the others.
    pub fn component_stack(&self, id: &ComponentId) -> Option<Arc<ComponentStack>> {
        let mut cell = self.live.component_stack.borrow_mut();
        if let Some((_, known)) = cell.as_ref().filter(|(known, _)| known == id) {
            return Some(Arc::clone(known));
        }
        let made = component_stack(&self.engine().playbook, self.project(), self.assessment(), id)?;
        Some(Arc::clone(&cell.insert((id.clone(), Arc::new(made))).1))
    }

    /// What is done when, as the plan stands.
    pub fn schedule(&self) -> &Schedule {
        self.live.schedule.get_or_init(|| self.engine().schedule(self.project(), self.assessment()))
    }

    /// Who fails when a component is gone. Worked out anew each time, which is one walk up the calls.
    pub fn fallout(&self, gone: &ComponentId) -> Fallout {
        self.engine().fallout(self.project(), gone)
    }

    /// From weeks of work to dates and back; `None` while the plan has no first day.
    pub fn timetable(&self) -> Option<&Timetable> {
        self.live.timetable.get_or_init(|| self.project().assumptions.timetable()).as_ref()
    }

    /// What is to hold, as the plan stands.
    pub fn targets(&self) -> Targets {
        *self.live.targets.get_or_init(|| Targets::of(&self.project().assumptions))
    }

    /// How a service's shares follow one of its numbers; `None` for what is no number, or pinned.
    pub fn response(&self, component: &ComponentId, trait_id: &TraitId) -> Option<Arc<Response>> {
        let key = (component.clone(), trait_id.clone());
        if let Some(known) = self.live.responses.borrow().get(&key) {
            return known.clone();
        }
        let response = self.engine().response(self.project(), component, trait_id).map(Arc::new);
        self.live.responses.borrow_mut().insert(key, response.clone());
        response
    }
}
