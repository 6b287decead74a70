//! How far long work has come, and whether anybody still waits for it. Pure counting: no clock, no thread.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// Shared between who works and who waits; a copy counts the same work. The worker says how much there is and how much is done, and
/// stops once it is cancelled; the one who waits reads the share and cancels.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    total: AtomicU64,
    done: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Says how many steps there are; what was done before counts no longer.
    pub fn begin(&self, total: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Some more steps are done. Says whether to go on: `None` once the work is cancelled, so that `?` leaves it.
    pub fn step(&self, steps: u64) -> Option<()> {
        self.0.done.fetch_add(steps, Ordering::Relaxed);
        (!self.is_cancelled()).then_some(())
    }

    /// Nobody waits for it any more.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody cancelled it.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// How much of it is done, 0 to 1.
    pub fn share(&self) -> f32 {
        let total = self.0.total.load(Ordering::Relaxed);
        if total == 0 { 0.0 } else { (self.0.done.load(Ordering::Relaxed) as f32 / total as f32).min(1.0) }
    }
}
