//! How sure the weeks are: the curve of the weeks, what is read off it, and, where there is room, where the weeks go.

use egui::Ui;

use super::{
    super::{
        DockState,
        curve::{Curve, Wish, how_sure_ui},
    },
    breakdown::breakdown_ui,
};
use crate::{
    figures,
    project::{Assumptions, Deadline, Edit},
    session::Action,
    ui::{Actions, View, panels::phrases},
};

pub(super) fn range_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let session = view.session;
    let assumptions = &session.project().assumptions;
    let (confidence, timetable) = (assumptions.confidence, assumptions.timetable());
    let (estimate, level) = (&session.assessment().estimate, figures::share(confidence.probability()));
    let (at_weeks, _) = phrases::at_confidence(estimate, assumptions);
    let day = |weeks: f64| timetable.as_ref().map(|timetable| timetable.finish_of(weeks));
    let by_day = day(at_weeks).map(|day| format!(", by {}", figures::date(day))).unwrap_or_default();
    let title = format!("{level} of outcomes finish within {}{by_day}", figures::month_or_week(at_weeks));
    let range = estimate.weeks.quantiles();
    let (months, weeks) = (figures::months_or_weeks(range.p10, range.p90), figures::weeks_range(range.p10, range.p90));
    let remark =
        if months == weeks { format!("P10 to P90: {weeks}") } else { format!("P10 to P90: {months}, {weeks}") };
    let short_day = |weeks: f64| day(weeks).map(figures::short_date).unwrap_or_default();
    let curve = Curve {
        salt: "weeks",
        distribution: estimate.weeks,
        axis: "weeks",
        tick: &|weeks| figures::number((weeks * 10.0).round() / 10.0),
        date: timetable.is_some().then_some(&short_day),
        full: &|weeks| format!("{} weeks", figures::number((weeks * 10.0).round() / 10.0)),
        short: &|weeks| format!("{} weeks", figures::number((weeks * 10.0).round() / 10.0)),
        beside: &|weeks| day(weeks).map_or_else(|| figures::months(weeks), figures::date),
        up_to: "to be done in",
        read: &|typed| figures::read_weeks(typed, timetable.as_ref()),
        hint: if timetable.is_some() { "26, a date or 80 %" } else { "26, 6 months or 80 %" },
        confidence,
        target: ("Deadline", assumptions.deadline_weeks()),
    };
    let mut looked_at = std::mem::take(&mut state.weeks_curve);
    let wish = how_sure_ui(ui, &curve, &mut looked_at, (&title, &remark), actions, |ui, actions| {
        breakdown_ui(ui, view, state, actions);
    });
    state.weeks_curve = looked_at;
    if let Some(wish) = wish {
        let (name, deadline) = match wish {
            Wish::Hold(weeks) => ("Set the deadline", Some(day(weeks).map_or(Deadline::Weeks(weeks), Deadline::Date))),
            Wish::HoldNothing => ("Remove the deadline", None),
        };
        let changed = Assumptions { deadline, ..assumptions.clone() };
        actions.push(Action::edit(name, vec![Edit::SetAssumptions(changed)]));
    }
}
