//! How sure the weeks are: the curve of the weeks, what is read off it, and, where there is room, where the weeks go.

use egui::Ui;

use super::{
    super::{
        DockState,
        bars::step_for,
        curve::{Curve, CurveState, Wish, how_sure_ui},
    },
    breakdown::breakdown_ui,
};
use crate::{
    figures::{self, Durations},
    lang::{t, tr},
    project::{DAYS_A_WEEK, DEADLINE_WEEKS, Deadline, Timetable},
    session::assume,
    ui::{Actions, View, panels::phrases},
};

/// The same in another unit: `10.6 months`, below a quarter `8 days` of work.
fn otherwise(weeks: f64) -> String {
    if weeks >= 13.0 {
        return figures::months(weeks);
    }
    match (weeks * DAYS_A_WEEK).round() {
        1.0 => t("1 day").to_owned(),
        days => tr!("{} days", figures::number(days)),
    }
}

/// How much of the outcomes finish within a time, in full and in short.
fn titles(level: &str, within: &str, day: Option<jiff::civil::Date>) -> [String; 2] {
    let full = tr!("{level} of outcomes finish within {within}", level, within);
    match day.map(figures::date) {
        Some(day) => [tr!("{full}, by {day}", full, day), tr!("{level} finish by {day}", level, day)],
        None => [full, tr!("{level} finish within {within}", level, within)],
    }
}

/// Distances of weeks on an axis.
const WEEKS: [f64; 12] = [0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 15.0, 20.0, 26.0, 52.0];

/// The range, and what it is made of, from the longest to the shortest.
fn remarks(view: &View<'_>, durations: Durations<'_>) -> [String; 4] {
    let (estimate, range) = (&view.session.assessment().estimate, view.session.assessment().estimate.weeks.quantiles());
    let (months, weeks) = (durations.range(range.p10, range.p90), figures::weeks_range(range.p10, range.p90));
    let both = if months == weeks { weeks } else { format!("{months}, {weeks}") };
    let people = figures::number(view.session.project().assumptions.team_size);
    let effort = figures::person_weeks(estimate.person_weeks);
    let [range, short] = [both, months].map(|range| tr!("P10 to P90: {range}", range));
    [tr!("{range}; {effort} by a team of {people}", range, effort, people), format!("{range}; {effort}"), range, short]
}

pub(super) fn range_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let session = view.session;
    let assumptions = &session.project().assumptions;
    let (confidence, timetable) = (assumptions.confidence, session.timetable());
    let targets = session.targets();
    let (estimate, level) = (&session.assessment().estimate, figures::share(confidence.probability()));
    let (at_weeks, _) = phrases::at_confidence(estimate, assumptions);
    let day = |weeks: f64| timetable.map(|timetable| timetable.finish_of(weeks));
    let range = estimate.weeks.quantiles();
    let durations = Durations::from(range.p10, timetable);
    let titles = titles(&level, &durations.one(at_weeks), day(at_weeks));
    let remarks = remarks(view, durations);
    let remarks = remarks.each_ref().map(String::as_str);
    // What can be typed, at the example of this plan.
    let example = day(at_weeks).map_or_else(|| durations.one(at_weeks), |day| day.to_string());
    let short_day = |weeks: f64| day(weeks).map(figures::short_date).unwrap_or_default();
    let by = match assumptions.deadline {
        Some(Deadline::Date(by)) => Some(figures::date(by)),
        _ => None,
    };
    let curve = Curve {
        salt: "weeks",
        distribution: estimate.weeks,
        axis: t("weeks"),
        tick: &|weeks| {
            let number = figures::number((weeks * 10.0).round() / 10.0);
            // Under an axis of dates there is no room for what the numbers are.
            if timetable.is_some() { format!("{number} w") } else { number }
        },
        axis_step: &|least| WEEKS.into_iter().find(|step| *step >= least).unwrap_or_else(|| step_for(least, 1.0)),
        mark_room: if timetable.is_some() { 72.0 } else { 42.0 },
        date: timetable.is_some().then_some(&short_day),
        full: &figures::weeks,
        short: &figures::weeks,
        beside: &|weeks| day(weeks).map_or_else(|| otherwise(weeks), figures::date),
        up_to: t("to be done in"),
        read: &|typed| {
            figures::read_weeks(typed, timetable)
                .ok_or_else(|| tr!("\"{typed}\" is none of: {example}, 80 %", typed, example))
        },
        examples: [&example, "80 %"],
        confidence,
        target: (t("Deadline"), targets.deadline_weeks),
        target_beside: by.as_deref(),
        keeps_words: true,
        holds: *DEADLINE_WEEKS.start()..=timetable.map_or(f64::MAX, Timetable::most_weeks).min(*DEADLINE_WEEKS.end()),
        together: targets.chance(estimate).both,
        note: (assumptions.deadline.is_some() && targets.deadline_weeks.is_none())
            .then_some(t("The deadline is a day: it counts once the plan has a first one")),
    };
    let mut looked_at = std::mem::take(&mut state.weeks_curve);
    let wish = how_sure_ui(ui, &curve, &mut looked_at, ([&titles[0], &titles[1]], &remarks), actions, |ui, actions| {
        breakdown_ui(ui, view, state, actions);
    });
    if let Some(wish) = wish {
        carry_out(view, wish, &looked_at, actions);
    }
    state.weeks_curve = looked_at;
}

/// Sets the deadline: a day, once there is a first one, and the very one that was typed.
fn carry_out(view: &View<'_>, wish: Wish, looked_at: &CurveState, actions: &mut Actions) {
    let day = |weeks: f64| {
        let reached = view.session.timetable().map(|timetable| timetable.finish_of(weeks))?;
        let typed = looked_at.typed_for(weeks).and_then(|typed| figures::read_day(typed).ok());
        Some(typed.unwrap_or(reached))
    };
    let deadline = match wish {
        Wish::Hold(weeks) => Some(day(weeks).map_or(Deadline::Weeks(weeks), Deadline::Date)),
        Wish::HoldNothing => None,
    };
    actions.push(assume::deadline(&view.session.project().assumptions, deadline));
}
