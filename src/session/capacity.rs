//! What a plan holds, looked at from further sides: under other loads, without something, and played event by event.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use super::{
    Session,
    background::{Asked, Slot},
};
use crate::{
    assess::capacity::{
        Capacity, Fallout, LoadCurve, SIMULATION_STEPS, Simulated, Spread, seconds_for, simulate_while,
    },
    progress::Progress,
    project::ComponentId,
};

/// Requests that a check by simulation plays, over all services: enough for the p95 of a service that gets a tenth of them.
const PLAYED: f64 = 200_000.0;
/// The same every time, so that the answer is.
const SEED: u64 = 1;

/// What was asked last of the plan as it stands.
#[derive(Debug, Default)]
pub(super) struct Looks {
    curve: RefCell<Option<(ComponentId, Arc<LoadCurve>)>>,
    fallout: RefCell<Option<(ComponentId, Arc<Fallout>)>>,
}

/// The planned network, played twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// The formulas' answers that it is held against.
    pub capacity: Arc<Capacity>,
    /// With processor times that do not vary.
    pub even: Simulated,
    /// With processor times that vary as much as exponential ones.
    pub varying: Simulated,
    /// What the same run can be had again from.
    pub seed: u64,
}

/// The simulation that was asked for.
#[derive(Debug, Default)]
pub(super) struct Simulating {
    slot: Slot<u64, Simulation>,
    /// The assessment it was asked for, counted.
    wanted: Cell<Option<u64>>,
}

impl Simulating {
    /// Stops working on a plan that is not there any more.
    pub(super) fn let_go_of_before(&self, assessed: u64) {
        self.slot.drop_if(|of| *of != assessed);
    }
}

impl Session {
    /// How a service does under other loads, as planned; `None` where no server is known for it.
    pub fn load_curve(&self, id: &ComponentId) -> Option<Arc<LoadCurve>> {
        let mut cell = self.live.looks.curve.borrow_mut();
        if let Some((_, known)) = cell.as_ref().filter(|(known, _)| known == id) {
            return Some(Arc::clone(known));
        }
        let service = self.capacity().services.get(id)?;
        let curve = Arc::new(service.chosen()?.under_load(service.target_s));
        Some(Arc::clone(&cell.insert((id.clone(), curve)).1))
    }

    /// Who fails when a component is gone: [`Session::fallout`], kept until something else is asked.
    pub fn fallout_of(&self, gone: &ComponentId) -> Arc<Fallout> {
        let mut cell = self.live.looks.fallout.borrow_mut();
        if let Some((_, known)) = cell.as_ref().filter(|(known, _)| known == gone) {
            return Arc::clone(known);
        }
        Arc::clone(&cell.insert((gone.clone(), Arc::new(self.fallout(gone)))).1)
    }

    /// Plays the plan as it stands; [`Session::simulation`] has what comes of it.
    pub fn simulate(&self) {
        self.simulating.wanted.set(Some(self.assessed_count));
        self.simulating.slot.again();
    }

    /// What came of playing the plan as it stands, as far as it has come; `None` unless that was asked for.
    pub fn simulation(&self) -> Option<Asked<Simulation>> {
        self.simulating.wanted.get().filter(|wanted| *wanted == self.assessed_count)?;
        Some(self.simulating.slot.ask(self.background(), self.assessed_count, || {
            let capacity = Arc::new(self.capacity().clone());
            move |progress: &Progress| {
                progress.begin(2 * SIMULATION_STEPS);
                let seconds = seconds_for(&capacity, PLAYED)?;
                let run = |spread| simulate_while(&capacity, seconds, SEED, spread, progress);
                let (even, varying) = (run(Spread::Even)?, run(Spread::Exponential)?);
                Some(Simulation { capacity: Arc::clone(&capacity), even, varying, seed: SEED })
            }
        }))
    }

    /// Stops playing.
    pub fn cancel_simulation(&self) {
        self.simulating.slot.cancel();
    }
}
