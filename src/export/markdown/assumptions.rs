//! The section on what the figures assume.

use jiff::civil::Date;

use super::{
    ExportInput,
    text::{Report, amount, escape},
};
use crate::{
    explain,
    figures::{self, full_date},
    lang::{t, tr},
    playbook::Assumption,
    project::{Calendar, Role, RoleShare, holidays_text},
};

/// Spans of holidays that are listed.
const HOLIDAYS_SHOWN: usize = 12;

pub(super) fn assumptions(input: &ExportInput, report: &mut Report) {
    report.heading(t("Assumptions"));
    let pins = input.project.services().filter_map(|(_, component)| Some((component, component.pin.as_ref()?)));
    let pins = pins.map(|(component, pin)| {
        tr!("Pinned by hand: {0} on {1}", escape(&component.name), escape(input.playbook.framework_name(pin)))
    });
    let lines = people(input).into_iter().chain(time(input)).chain(money(input)).chain(to_hold(input));
    report.list(lines.chain(pins));
}

fn people(input: &ExportInput) -> Vec<String> {
    let (assumptions, money) = (&input.project.assumptions, input.money());
    let said = |assumption, value| amount(&explain::assumption(money, assumption, value));
    let settings = &input.playbook.estimate;
    let blended = if assumptions.roles.is_empty() { "" } else { t(", as the roles blend to") };
    let mut lines =
        vec![tr!("Rate: {}{blended}", said(Assumption::Rate, assumptions.mean_rate_usd_per_person_week()), blended)];
    let role = |role: &Role, share: RoleShare| {
        let rate = said(Assumption::Rate, role.rate_usd_per_person_week);
        tr!("Role: {0}, {rate}, {1} of the work", escape(&role.name), figures::share(share.effort), rate)
    };
    lines.extend(assumptions.role_shares().into_iter().map(|(_, known, share)| role(known, share)));
    lines.push(tr!("Team: {}", figures::people(assumptions.team_size)));
    let whose = if assumptions.communication_share.is_none() { t(", as the playbook has it") } else { "" };
    let lost =
        said(Assumption::CommunicationShare, assumptions.communication_share.unwrap_or(settings.communication_share));
    lines.push(tr!("Time lost to agreement: {lost} of everybody's for each further colleague{whose}", lost, whose));
    let contingency = said(Assumption::Contingency, assumptions.contingency);
    lines.push(tr!("Contingency: {contingency} on top of weeks and budget", contingency));
    lines.push(tr!("Shown first: {}", assumptions.confidence.label()));
    lines
}

fn time(input: &ExportInput) -> Vec<String> {
    let assumptions = &input.project.assumptions;
    let Calendar { workdays, holidays } = &assumptions.calendar;
    let days: Vec<&str> = workdays.iter().map(|day| day.label()).collect();
    let mut lines = vec![
        assumptions.timetable().map_or_else(
            || t("First day: none, so that the plan counts in weeks and a month is 52/12 of them").to_owned(),
            |timetable| first_day(assumptions.start, timetable.first()),
        ),
        tr!("Working days: {}", days.join(", ")),
    ];
    if !holidays.is_empty() {
        let text = holidays_text(holidays);
        let spans: Vec<&str> = text.lines().collect();
        let shown = spans.iter().take(HOLIDAYS_SHOWN).copied().collect::<Vec<_>>().join(", ");
        let more = spans.len().saturating_sub(HOLIDAYS_SHOWN);
        let more = if more > 0 { tr!(" and {more} more", more) } else { String::new() };
        lines.push(tr!("Nobody works on: {shown}{more}", shown, more));
    }
    lines
}

/// The first working day, and the day that was set where nobody works on that.
fn first_day(start: Option<Date>, first: Date) -> String {
    let set = start.filter(|start| *start != first);
    let set = set.map(|start| tr!(", as nobody works on {}", full_date(start))).unwrap_or_default();
    tr!("First day: {}{set}", full_date(first), set)
}

fn money(input: &ExportInput) -> Option<String> {
    let currency = input.money().currency();
    let rate = figures::rate(currency.per_usd);
    (!currency.is_usd()).then(|| tr!("Currency: {}, of which {rate} are 1 US dollar", escape(&currency.code), rate))
}

fn to_hold(input: &ExportInput) -> Vec<String> {
    let assumptions = &input.project.assumptions;
    let chances = crate::assess::Targets::of(assumptions).chance(&input.assessment.estimate);
    let sure = |chance: Option<f64>| match chance.filter(|_| !input.assessment.components.is_empty()) {
        Some(chance) => tr!(", {} likely", figures::share(chance)),
        None => String::new(),
    };
    let budget = assumptions.target_budget_usd;
    let budget =
        budget.map(|usd| tr!("Budget to hold: {0}{1}", amount(&input.money().full(usd)), sure(chances.budget)));
    // A date counts for nothing as long as there is no day to count from.
    let counts =
        if assumptions.deadline_weeks().is_none() { t(", which counts once there is a first day") } else { "" };
    let deadline =
        explain::deadline(assumptions).map(|by| tr!("To be done {by}{}{counts}", sure(chances.deadline), by, counts));
    budget.into_iter().chain(deadline).collect()
}
