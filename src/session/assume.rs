//! Setting what is to hold and when work begins: the same steps wherever in the window it is done.

use jiff::{ToSpan as _, civil::Date};

use super::Action;
use crate::{
    lang::{t, tr},
    project::{Assumptions, Deadline, Edit},
};

/// Sets the budget that is to hold, in US dollars; `None` removes it.
pub fn budget(assumptions: &Assumptions, usd: Option<f64>) -> Action {
    let changed = Assumptions { target_budget_usd: usd, ..assumptions.clone() };
    step(t("the budget to hold"), usd.is_some(), changed)
}

/// Sets the time that is to hold; `None` removes it.
pub fn deadline(assumptions: &Assumptions, deadline: Option<Deadline>) -> Action {
    step(t("the deadline"), deadline.is_some(), Assumptions { deadline, ..assumptions.clone() })
}

/// Sets the day on which work begins; `None` removes it, and the plan counts in weeks.
pub fn first_day(assumptions: &Assumptions, start: Option<Date>) -> Action {
    step(t("the first day"), start.is_some(), Assumptions { start, ..assumptions.clone() })
}

/// The first day that is offered to a plan without one: the Monday after today.
pub fn offered_first_day(today: Date) -> Option<Date> {
    let days = 7 - i64::from(today.weekday().to_monday_zero_offset());
    today.checked_add(days.days()).ok()
}

fn step(what: &str, is_set: bool, changed: Assumptions) -> Action {
    let verb = if is_set { t("Set") } else { t("Remove") };
    Action::edit(tr!("{verb} {what}", verb, what), vec![Edit::SetAssumptions(changed)])
}
