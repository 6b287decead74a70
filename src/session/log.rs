//! What each edit of the session did to the estimate.

use std::sync::Arc;

use super::{
    Session,
    history::{Step, StepId},
};
use crate::assess::Totals;

/// The probabilities at which effects are told: P50 and P80.
pub const LOGGED: [f64; 2] = [0.5, 0.8];

/// An edit and what it did.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The step.
    pub step: StepId,
    /// What it is called.
    pub name: String,
    /// Whether it was taken back.
    pub undone: bool,
    /// What it did to weeks and budget at [`LOGGED`]; `None` where nobody knows.
    pub effects: Option<[Totals; 2]>,
    /// Whether it is known to have left the estimate as it was.
    pub left_the_estimate: bool,
}

/// Every edit that is kept, and what all of them did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// Newest first; those that were taken back stand before those that hold.
    pub entries: Vec<LogEntry>,
    /// What the edits that hold did together at [`LOGGED`], as far as it is known.
    pub sums: [Totals; 2],
    /// Edits that hold and of which nobody knows what they did.
    pub unknown: usize,
}

/// What a log was made from: the steps at both ends of the history, and what was assessed.
pub(super) type LogKey = (Option<StepId>, Option<StepId>, u64);

impl Session {
    /// The edits of the session with their effects. Nothing is assessed for it, and it is made once for each step.
    pub fn log(&self) -> Arc<Log> {
        let history = self.history();
        let last = |steps: &[Step]| steps.last().map(Step::id);
        let key = (last(history.done()), last(history.undone()), self.insights.assessed());
        let mut cell = self.log.borrow_mut();
        if let Some((_, known)) = cell.as_ref().filter(|(known, _)| *known == key) {
            return Arc::clone(known);
        }
        let undone = history.undone().iter().map(|step| entry(step, true));
        let entries: Vec<LogEntry> = undone.chain(history.done().iter().rev().map(|step| entry(step, false))).collect();
        let mut log = Log { entries, ..Log::default() };
        for entry in log.entries.iter().filter(|entry| !entry.undone) {
            let Some(effects) = &entry.effects else {
                log.unknown += 1;
                continue;
            };
            for (sum, effect) in log.sums.iter_mut().zip(effects) {
                (sum.weeks, sum.usd) = (sum.weeks + effect.weeks, sum.usd + effect.usd);
            }
        }
        let log = Arc::new(log);
        *cell = Some((key, Arc::clone(&log)));
        log
    }
}

fn entry(step: &Step, undone: bool) -> LogEntry {
    let [p50, p80] = LOGGED.map(|probability| step.effect(probability));
    LogEntry {
        step: step.id(),
        name: step.name().to_owned(),
        undone,
        effects: p50.zip(p80).map(|(p50, p80)| [p50, p80]),
        left_the_estimate: step.left_the_estimate(),
    }
}
