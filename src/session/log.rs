//! What each edit of the session did to the estimate.

use std::sync::Arc;

use super::{
    Session,
    history::{Step, StepId},
};
use crate::{
    assess::Totals,
    explain::assumptions_changed,
    figures::{Money, Steps},
    playbook::Playbook,
};

/// The probabilities at which effects are told: P50 and P80.
pub const LOGGED: [f64; 2] = [0.5, 0.8];

/// An edit and what it did.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The step.
    pub step: StepId,
    /// What it is called.
    pub name: String,
    /// The assumptions it changed, from what to what: `2 → 4 people`.
    pub detail: Option<String>,
    /// Whether it was taken back.
    pub undone: bool,
    /// What it did to weeks and budget at [`LOGGED`]; `None` where nobody knows.
    pub effects: Option<[Totals; 2]>,
    /// Those as they are written, weeks at both probabilities and then money: what holds sums to [`Log::totals`].
    pub figures: Option<[String; 4]>,
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
    /// Those as they are written, weeks at both probabilities and then money.
    pub totals: [String; 4],
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
        let playbook = &self.engine().playbook;
        let undone = history.undone().iter().map(|step| entry(playbook, step, true));
        let done = history.done().iter().rev().map(|step| entry(playbook, step, false));
        let entries: Vec<LogEntry> = undone.chain(done).collect();
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
        log.write(Money::of(self.project()));
        let log = Arc::new(log);
        *cell = Some((key, Arc::clone(&log)));
        log
    }
}

impl Log {
    /// Writes the figures down, so that what the edits that hold did sums to the totals as it is written.
    fn write(&mut self, money: Money<'_>) {
        let holds = |entry: &LogEntry| !entry.undone;
        let ways = [0, 1, 2, 3].map(|which| {
            let of = |totals: &[Totals; 2]| if which < 2 { totals[which].weeks } else { totals[which - 2].usd };
            let way = |steps: &[f64], to: f64| match which {
                0 | 1 => Steps::of_weeks(0.0, steps, to),
                _ => Steps::of_money(money, 0.0, steps, to),
            };
            let effects = |held: bool| {
                let entries = self.entries.iter().filter(move |entry| holds(entry) == held);
                entries.filter_map(|entry| entry.effects.as_ref()).map(of).collect::<Vec<f64>>()
            };
            let held = way(&effects(true), of(&self.sums));
            // What was taken back stands for itself.
            let undone = effects(false).into_iter().map(|effect| way(&[], effect).change).collect::<Vec<_>>();
            (held.change, held.steps.into_iter(), undone.into_iter())
        });
        let mut totals = Vec::new();
        let [mut a, mut b, mut c, mut d] = ways.map(|(total, held, undone)| {
            totals.push(total);
            (held, undone)
        });
        for entry in self.entries.iter_mut().filter(|entry| entry.effects.is_some()) {
            let undone = entry.undone;
            let next = |(held, back): &mut (std::vec::IntoIter<String>, std::vec::IntoIter<String>)| {
                if undone { back.next() } else { held.next() }.unwrap_or_default()
            };
            entry.figures = Some([next(&mut a), next(&mut b), next(&mut c), next(&mut d)]);
        }
        self.totals = totals.try_into().unwrap_or_default();
    }
}

fn entry(playbook: &Playbook, step: &Step, undone: bool) -> LogEntry {
    let [p50, p80] = LOGGED.map(|probability| step.effect(probability));
    LogEntry {
        step: step.id(),
        name: step.name().to_owned(),
        detail: assumptions_changed(playbook, step.before(), step.after()),
        undone,
        effects: p50.zip(p80).map(|(p50, p80)| [p50, p80]),
        figures: None,
        left_the_estimate: step.left_the_estimate(),
    }
}
