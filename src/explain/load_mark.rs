//! What a card says of a service's load, in as few words as a card has room for.

use super::capacity::{seconds, utilisation};
use crate::{
    assess::capacity::{Answers, Capacity, TargetVerdict},
    lang::{t, tr},
    project::ComponentId,
};

/// A service's load against what is planned for it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadMark {
    /// How busy the scarcest of what is planned is, 1 and more where that is not enough; `None` while nobody says what comes.
    pub busy: Option<f64>,
    /// For a card: `61 %`, `61 %, misses 200 ms`, `61 %, breaks first`.
    pub short: String,
    /// For whoever listens: `61 % busy, misses 200 ms, breaks first`.
    pub words: String,
    /// It cannot answer what comes, or answers too late.
    pub fails: bool,
    /// It is the first to break when all loads grow.
    pub first: bool,
}

/// What a card says of a service; `None` where there is nothing to say, as nobody says what comes to it and no target is missed.
pub fn load_mark(capacity: &Capacity, id: &ComponentId) -> Option<LoadMark> {
    let service = capacity.services.get(id)?;
    let (chosen, planned) = (service.chosen()?, service.planned()?);
    let busy = planned.utilisation;
    let first = capacity.bottleneck.as_ref().filter(|first| first.component == *id);
    // Of one service alone it goes without saying that it is the first.
    let first = first.is_some_and(|first| capacity.totals.services > 1 || first.headroom <= 1.0);
    let wrong = match (&planned.answers, service.target_s) {
        (Answers::Unbounded, _) if service.held_up_by.is_some() => Some(t("held up").to_owned()),
        (Answers::Unbounded, _) if service.locks_up() => Some(t("can lock up").to_owned()),
        (Answers::Unbounded, _) => Some(t("unbounded").to_owned()),
        (_, Some(target_s)) if chosen.target == TargetVerdict::Missed => Some(tr!("misses {}", seconds(target_s))),
        _ => None,
    };
    if busy.is_none() && wrong.is_none() {
        return None;
    }
    let breaks = first.then(|| t("breaks first").to_owned());
    let share = busy.map(|busy| utilisation(Some(busy)));
    let short = share.clone().into_iter().chain(wrong.clone().or_else(|| breaks.clone()));
    let words = share.map(|share| tr!("{share} busy", share)).into_iter().chain(wrong).chain(breaks);
    Some(LoadMark {
        busy,
        short: short.collect::<Vec<_>>().join(", "),
        words: words.collect::<Vec<_>>().join(", "),
        fails: service.fails(),
        first,
    })
}
