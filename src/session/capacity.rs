//! What a plan holds, looked at from further sides: under other loads, without something, and played event by event.

use std::{
    cell::{Cell, OnceCell, RefCell},
    sync::Arc,
};

use super::{
    Session,
    background::{Asked, Slot},
};
use crate::{
    assess::capacity::{
        Capacity, Fallout, LoadCurve, SIMULATION_STEPS, Simulated, Spread, WhatIf, seconds_for, simulate_while,
    },
    progress::Progress,
    project::ComponentId,
};

/// Requests that a check by simulation plays, over all services: enough for the p95 of a service that gets a tenth of them.
const PLAYED: f64 = 200_000.0;
/// The same every time, so that the answer is.
const SEED: u64 = 1;

/// Up to so many services are looked at at once; more of them beside the window.
const AT_ONCE: usize = 400;

/// What was asked last of the plan at rest: none of it follows a gesture in flight, frame by frame.
#[derive(Debug, Default)]
pub(super) struct Held {
    capacity: OnceCell<Arc<Capacity>>,
    /// Whether anybody says what comes to anything.
    states_loads: OnceCell<bool>,
    /// Under the circumstances that were asked about last.
    capacity_if: RefCell<Option<(WhatIf, Arc<Capacity>)>>,
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

/// What was painted last, and what of it comes from beside the window.
#[derive(Debug, Default)]
pub(super) struct Sighted {
    slot: Slot<u64, Capacity>,
    last: RefCell<Option<Arc<Capacity>>>,
}

impl Sighted {
    /// Stops working on a plan that is not there any more.
    pub(super) fn let_go_of_before(&self, assessed: u64) {
        self.slot.drop_if(|of| *of != assessed);
    }

    /// Forgets whatever is known.
    pub(super) fn forget(&self) {
        self.slot.forget();
        *self.last.borrow_mut() = None;
    }
}

impl Simulating {
    /// Stops working on a plan that is not there any more.
    pub(super) fn let_go_of_before(&self, assessed: u64) {
        self.slot.drop_if(|of| *of != assessed);
    }
}

impl Session {
    /// What the plan holds, and with how many workers. While a gesture is in flight it is what the plan held before.
    pub fn capacity(&self) -> &Capacity {
        self.known_capacity()
    }

    fn known_capacity(&self) -> &Arc<Capacity> {
        let make = || Arc::new(self.engine().capacity(self.project(), self.assessment()));
        self.insights.held.capacity.get_or_init(make)
    }

    /// The same under other circumstances, with the workers that were planned for the present ones.
    pub fn capacity_if(&self, what_if: &WhatIf) -> Arc<Capacity> {
        let mut cell = self.insights.held.capacity_if.borrow_mut();
        if let Some((_, known)) = cell.as_ref().filter(|(known, _)| known == what_if) {
            return Arc::clone(known);
        }
        let made = self.engine().capacity_if(self.project(), self.assessment(), what_if, self.capacity());
        Arc::clone(&cell.insert((what_if.clone(), Arc::new(made))).1)
    }

    /// What the plan holds, as far as it is known by now; for whoever paints. Nothing is worked out where nobody states a load, nor while a
    /// gesture is in flight; of large plans it comes from beside the window, and until then it is what it was.
    pub fn capacity_in_sight(&self) -> Option<Arc<Capacity>> {
        let held = &self.insights.held;
        let states = held.states_loads.get_or_init(|| self.engine().states_loads(self.project()));
        if !*states {
            *self.sighted.last.borrow_mut() = None;
            return None;
        }
        let known = match held.capacity.get() {
            Some(known) => Some(Arc::clone(known)),
            None if self.history().in_gesture() => None,
            None if self.assessment().components.len() <= AT_ONCE => Some(Arc::clone(self.known_capacity())),
            None => self.worked_out_beside(),
        };
        let mut last = self.sighted.last.borrow_mut();
        if let Some(known) = known {
            *last = Some(known);
        }
        last.clone()
    }

    fn worked_out_beside(&self) -> Option<Arc<Capacity>> {
        let asked = self.sighted.slot.ask(self.background(), self.assessed_count, || {
            let (engine, project) = (Arc::clone(self.engine()), Arc::clone(self.project()));
            let assessment = Arc::clone(self.assessment());
            move |_: &Progress| Some(engine.capacity(&project, &assessment))
        });
        let Asked::Ready(known) = asked else { return None };
        Some(Arc::clone(self.insights.held.capacity.get_or_init(|| known)))
    }

    /// How a service does under other loads, as planned; `None` where no server is known for it.
    pub fn load_curve(&self, id: &ComponentId) -> Option<Arc<LoadCurve>> {
        let mut cell = self.insights.held.curve.borrow_mut();
        if let Some((_, known)) = cell.as_ref().filter(|(known, _)| known == id) {
            return Some(Arc::clone(known));
        }
        let curve = Arc::new(self.capacity().load_curve(id)?);
        Some(Arc::clone(&cell.insert((id.clone(), curve)).1))
    }

    /// Who fails when a component is gone: [`Session::fallout`], kept until something else is asked.
    pub fn fallout_of(&self, gone: &ComponentId) -> Arc<Fallout> {
        let mut cell = self.insights.held.fallout.borrow_mut();
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
