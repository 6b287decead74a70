//! How far a search has come, in shares of its parts: nobody knows beforehand how many sets it will take.

use std::cell::Cell;

use super::Cancelled;
use crate::progress::Progress;

/// Steps that the whole is told in.
const STEPS: f64 = 1_000.0;

/// The progress of a search. It only goes forward.
pub(super) struct Meter<'a> {
    progress: &'a Progress,
    told: Cell<u64>,
    /// The part of the whole that is being worked on, as shares of it.
    part: Cell<(f64, f64)>,
}

impl<'a> Meter<'a> {
    pub(super) fn new(progress: &'a Progress) -> Self {
        progress.begin(STEPS as u64);
        Self { progress, told: Cell::new(0), part: Cell::new((0.0, 0.0)) }
    }

    fn now(&self) -> f64 {
        self.told.get() as f64 / STEPS
    }

    /// Begins a part that ends at this share of the whole.
    pub(super) fn until(&self, share: f64) {
        self.part.set((self.now(), share.max(self.now())));
    }

    /// Begins a part that takes half of what is left until this share of the whole: of an unknown number of parts.
    pub(super) fn half_until(&self, share: f64) {
        self.until(f64::midpoint(self.now(), share));
    }

    /// So much of the part is done.
    pub(super) fn at(&self, share: f64) -> Result<(), Cancelled> {
        let (from, to) = self.part.get();
        let reached = ((from + (to - from) * share.clamp(0.0, 1.0)) * STEPS) as u64;
        let more = reached.saturating_sub(self.told.get());
        self.told.set(self.told.get() + more);
        self.progress.step(more).ok_or(Cancelled)
    }

    /// Whether to go on.
    pub(super) fn go_on(&self) -> Result<(), Cancelled> {
        self.progress.step(0).ok_or(Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_only_goes_forward_and_stops_when_nobody_waits() {
        let progress = Progress::default();
        let meter = Meter::new(&progress);
        meter.until(0.25);
        assert!(meter.at(0.5).is_ok());
        assert_eq!(progress.share(), 0.125);
        assert!(meter.at(0.2).is_ok() && meter.at(1.0).is_ok());
        assert_eq!(progress.share(), 0.25);
        meter.half_until(0.75);
        assert!(meter.at(1.0).is_ok());
        assert_eq!(progress.share(), 0.5);
        progress.cancel();
        assert!(meter.at(1.0).is_err() && meter.go_on().is_err());
    }
}
