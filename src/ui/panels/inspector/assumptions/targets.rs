//! What is to hold: a budget, and a time.

use egui::Ui;

use super::{AssumptionsState, DATE_WIDTH, Reset, Row, amounts, remark, row_ui, usd_within, warn};
use crate::{
    figures,
    lang::{later, t, tr},
    project::{BUDGET_USD, DEADLINE_WEEKS, Deadline, Timetable},
    session::assume,
    ui::{
        Actions, View,
        widgets::{Form, date_field, labelled, segmented},
    },
};

const FORM_WIDTH: f32 = 168.0;
const SET: &str = later("Set the deadline");

/// How a deadline is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Weeks,
    Date,
}

impl Said {
    fn of(deadline: Option<Deadline>) -> Self {
        match deadline {
            None => Self::Nothing,
            Some(Deadline::Weeks(_)) => Self::Weeks,
            Some(Deadline::Date(_)) => Self::Date,
        }
    }
}

/// How the deadline is to be said next; it stays what it is until there is a number or a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    said: Said,
    /// The deadline it is to replace.
    over: Option<Deadline>,
}

pub(super) fn targets_ui(ui: &mut Ui, view: &View<'_>, state: &mut AssumptionsState, actions: &mut Actions) {
    budget_ui(ui, view, actions);
    let deadline = view.session.project().assumptions.deadline;
    let pending = state.deadline.filter(|pending| pending.over == deadline);
    let said = pending.map_or(Said::of(deadline), |pending| pending.said);
    let hover = t("The time there is: so many weeks of work, or until a day");
    labelled(ui, t("Deadline"), hover, FORM_WIDTH, |ui| {
        let choices = [(Said::Nothing, t("None")), (Said::Weeks, t("Weeks")), (Said::Date, t("Date"))];
        if let Some(chosen) = segmented(ui, "deadline", FORM_WIDTH, said, &choices) {
            say(view, state, chosen, actions);
        }
    });
    match said {
        Said::Nothing => {}
        Said::Weeks => weeks_ui(ui, view, actions),
        Said::Date => date_ui(ui, view, actions),
    }
    if pending.is_some()
        && let Some(deadline) = deadline
    {
        still_ui(ui, view, deadline);
    }
}

/// What counts until the deadline is said in the other way.
fn still_ui(ui: &mut Ui, view: &View<'_>, deadline: Deadline) {
    match deadline {
        Deadline::Date(by) => {
            warn(ui, &tr!("Until weeks stand here, {} still counts", figures::full_date(by)));
            before_first_ui(ui, view, by);
        }
        Deadline::Weeks(weeks) => {
            let weeks = figures::month_or_week_on(weeks, view.session.timetable());
            warn(ui, &tr!("Until a day stands here, {weeks} still count", weeks));
        }
    }
}

/// Says so if a day comes before the first working day; returns whether it does.
fn before_first_ui(ui: &mut Ui, view: &View<'_>, by: jiff::civil::Date) -> bool {
    let first = view.session.timetable().map(Timetable::first).filter(|first| by < *first);
    if let Some(first) = first {
        let first = figures::full_date(first);
        warn(ui, &tr!("Before the first working day, {first}: nothing can be done by then", first));
    }
    first.is_some()
}

fn budget_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let (target, money) = (view.session.project().assumptions.target_budget_usd, view.money());
    let estimate = &view.session.assessment().estimate;
    let row = Row {
        name: t("Budget to hold"),
        hover: t("The money there is; the curves and the scenarios say how likely it is to be enough"),
        value: target.map(|usd| money.currency().from_usd(usd)),
        reset: if target.is_some() { Reset::Clear } else { Reset::Idle },
        typical: money.currency().from_usd(estimate.budget_usd.median.max(1_000.0)).round(),
        range: amounts(money.currency(), &BUDGET_USD),
        form: Form::Money(money),
        decimals: 0,
        focus: false,
        step: t("Set the budget to hold"),
    };
    row_ui(ui, view, &row, actions, |changed, amount| {
        changed.target_budget_usd = amount.map(|amount| usd_within(&changed.currency, amount, &BUDGET_USD));
    });
    if let Some(usd) = target {
        let sure = figures::share(estimate.budget_usd.probability_up_to(usd));
        remark(ui, &tr!("{sure} to stay under {}", money.short(usd), sure));
    }
}

/// Says the deadline in another way: the same one where there is a first day to count from, else once a value is given.
fn say(view: &View<'_>, state: &mut AssumptionsState, said: Said, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let timetable = view.session.timetable();
    let same = match (said, assumptions.deadline) {
        (Said::Weeks, Some(Deadline::Date(_))) => {
            assumptions.deadline_weeks().filter(|weeks| DEADLINE_WEEKS.contains(weeks)).map(Deadline::Weeks)
        }
        (Said::Date, Some(Deadline::Weeks(weeks))) => {
            let reached = timetable.filter(|timetable| weeks <= timetable.most_weeks());
            reached.map(|timetable| Deadline::Date(timetable.finish_of(weeks)))
        }
        _ => None,
    };
    state.deadline = None;
    if said == Said::Nothing {
        if assumptions.deadline.is_some() {
            actions.push(assume::deadline(assumptions, None));
        }
    } else if same.is_some() {
        actions.push(assume::deadline(assumptions, same));
    } else if said != Said::of(assumptions.deadline) {
        state.deadline = Some(Pending { said, over: assumptions.deadline });
    }
}

fn weeks_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let estimate = &view.session.assessment().estimate;
    let deadline = view.session.project().assumptions.deadline;
    let weeks = if let Some(Deadline::Weeks(weeks)) = deadline { Some(weeks) } else { None };
    let row = Row {
        name: t("Weeks to hold"),
        hover: t("The time there is, in weeks of work"),
        value: weeks,
        reset: if weeks.is_some() { Reset::Clear } else { Reset::Idle },
        typical: estimate.weeks.median.max(1.0).round(),
        range: DEADLINE_WEEKS,
        form: Form::Plain(" w"),
        decimals: 1,
        focus: false,
        step: t(SET),
    };
    row_ui(ui, view, &row, actions, |changed, weeks| changed.deadline = weeks.map(Deadline::Weeks));
    if let Some(weeks) = weeks {
        let sure = figures::share(estimate.weeks.probability_up_to(weeks));
        remark(
            ui,
            &tr!("{sure} to be done within {}", figures::month_or_week_on(weeks, view.session.timetable()), sure),
        );
    }
}

/// The last day there is. It says something once there is a first day.
fn date_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let by = if let Some(Deadline::Date(date)) = assumptions.deadline { Some(date) } else { None };
    labelled(ui, t("Done by"), t("The last day there is"), DATE_WIDTH, |ui| {
        if let Some(date) = date_field(ui, t("Done by"), by) {
            actions.push(assume::deadline(&view.session.project().assumptions, date.map(Deadline::Date)));
        }
    });
    let Some(by) = by else { return };
    match (view.session.timetable(), assumptions.deadline_weeks()) {
        _ if before_first_ui(ui, view, by) => {}
        (Some(_), Some(weeks)) => {
            let sure = figures::share(view.session.assessment().estimate.weeks.probability_up_to(weeks));
            remark(
                ui,
                &tr!(
                    "{sure} to be done by {0}, in {1}",
                    figures::full_date(by),
                    figures::month_or_week_on(weeks, view.session.timetable()),
                    sure
                ),
            );
        }
        _ => remark(ui, t("A date says how much time there is once there is a first day")),
    }
    if let Some(today) = view.session.today().filter(|today| by < *today) {
        warn(ui, &tr!("This day is past: today is {}", figures::full_date(today)));
    }
}
