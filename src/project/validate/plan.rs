//! What can be wrong with assumptions, scenarios and baselines.

use std::ops::RangeInclusive;

use super::{
    super::{
        Project,
        assumptions::{
            Assumptions, BUDGET_USD, COMMUNICATION_SHARE, CONTINGENCY, Currency, DEADLINE_WEEKS, Deadline, MACHINE_USD,
            MAX_HOLIDAYS, MAX_ROLES, MAX_SERVERS, MAX_SIGN_BYTES, PER_USD, RATE_USD, SERVER_FIGURE, TEAM_SIZE, THREADS,
            UTILISATION,
        },
        scenario::{Baseline, MAX_BASELINE_EDITS, MAX_SCENARIOS, NOW},
    },
    Hints, MAX_ELEMENTS, MAX_NAME_BYTES, Problem, check_id, check_text,
};
use crate::{
    lang::{t, tr},
    text::{YEARS, count, exact},
};

impl Assumptions {
    /// Everything that is wrong with assumptions by themselves.
    pub fn validate(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_assumptions(self, &[], &mut problems);
        problems
    }
}

/// Checks assumptions that stand at `path` in the file.
pub(super) fn check_assumptions(assumptions: &Assumptions, path: &[&str], problems: &mut Vec<Problem>) {
    let mut number = |value: f64, range: RangeInclusive<f64>, key: &str| {
        if !range.contains(&value) {
            let [value, least, most] = [value, *range.start(), *range.end()].map(exact);
            let message = tr!("{key} is {value}; it must be from {least} to {most}", key, value, least, most);
            problems.push(Problem::new(message, None, &[path, &[key]].concat()));
        }
    };
    number(assumptions.rate_usd_per_person_week, RATE_USD, "rate_usd_per_person_week");
    number(assumptions.team_size, TEAM_SIZE, "team_size");
    number(assumptions.contingency, CONTINGENCY, "contingency");
    number(assumptions.communication_share.unwrap_or(0.0), COMMUNICATION_SHARE, "communication_share");
    number(assumptions.target_budget_usd.unwrap_or(1.0), BUDGET_USD, "target_budget_usd");
    if let Some(Deadline::Weeks(weeks)) = assumptions.deadline {
        number(weeks, DEADLINE_WEEKS, "deadline");
    }
    check_roles(assumptions, path, problems);
    check_calendar(assumptions, path, problems);
    check_days(assumptions, path, problems);
    check_currency(assumptions, path, problems);
    check_machines(assumptions, path, problems);
}

/// The path of something within the rate card.
fn under<'a>(path: &[&'a str], keys: &[&'a str]) -> Vec<&'a str> {
    [path, &["roles"], keys].concat()
}

fn check_roles(assumptions: &Assumptions, path: &[&str], problems: &mut Vec<Problem>) {
    let roles = &assumptions.roles;
    if roles.len() > MAX_ROLES {
        let message =
            tr!("{} roles are more than the {MAX_ROLES} that a rate card holds", count(roles.len()), MAX_ROLES);
        problems.push(Problem::new(message, None, &under(path, &[])));
    }
    for (id, role) in roles {
        let id = id.as_str();
        check_id(problems, id, None, "roles");
        check_text(problems, &role.name, MAX_NAME_BYTES, None, &under(path, &[id, "name"]));
        if role.name.trim().is_empty() {
            problems.push(Problem::new(
                tr!("role \"{id}\" has no name; give it one", id),
                None,
                &under(path, &[id, "name"]),
            ));
        }
        let figures =
            [("rate_usd_per_person_week", role.rate_usd_per_person_week, RATE_USD), ("share", role.share, 0.0..=1e6)];
        for (key, value, range) in figures {
            if !range.contains(&value) {
                let [value, least, most] = [value, *range.start(), *range.end()].map(exact);
                let message = tr!(
                    "role \"{id}\": {key} is {value}; it must be from {least} to {most}",
                    id,
                    key,
                    value,
                    least,
                    most
                );
                problems.push(Problem::new(message, None, &under(path, &[id, key])));
            }
        }
    }
    if !roles.is_empty() && roles.values().all(|role| role.share <= 0.0) {
        problems.push(Problem::new(
            t("no role has a share of the work; give one of them some"),
            None,
            &under(path, &[]),
        ));
    }
}

fn check_calendar(assumptions: &Assumptions, path: &[&str], problems: &mut Vec<Problem>) {
    let calendar = &assumptions.calendar;
    if calendar.workdays.is_empty() {
        let message = t("a week without a working day never ends; name at least one");
        problems.push(Problem::new(message, None, &[path, &["calendar", "workdays"]].concat()));
    }
    if calendar.holidays.len() > MAX_HOLIDAYS {
        let message =
            tr!("{0} holidays are more than the {1} kept", count(calendar.holidays.len()), count(MAX_HOLIDAYS));
        problems.push(Problem::new(message, None, &[path, &["calendar", "holidays"]].concat()));
    }
}

/// Days from which weeks are counted, and to which: what lies ages away is a slip.
fn check_days(assumptions: &Assumptions, path: &[&str], problems: &mut Vec<Problem>) {
    let by = if let Some(Deadline::Date(date)) = assumptions.deadline { Some(date) } else { None };
    for (key, day) in [("start", assumptions.start), ("deadline", by)] {
        if let Some(day) = day.filter(|day| !YEARS.contains(&day.year())) {
            let (first, last) = (YEARS.start(), YEARS.end());
            let message = tr!(
                "{key} is {day}, which is too far away; it must be in the years {first} to {last}",
                key,
                day,
                first,
                last
            );
            problems.push(Problem::new(message, None, &[path, &[key]].concat()));
        }
    }
}

fn check_machines(assumptions: &Assumptions, path: &[&str], problems: &mut Vec<Problem>) {
    let machines = &assumptions.machines;
    let mut number = |value: Option<f64>, range: RangeInclusive<f64>, keys: &[&str]| {
        if let Some(value) = value.filter(|value| !range.contains(value)) {
            let (key, least, most) = (keys.last().copied().unwrap_or_default(), range.start(), range.end());
            let message = tr!("{key} is {value}; it must be from {least} to {most}", key, value, least, most);
            problems.push(Problem::new(message, None, &[path, &["machines"], keys].concat()));
        }
    };
    number(machines.utilisation, UTILISATION, &["utilisation"]);
    number(machines.round_trip_ms, SERVER_FIGURE, &["round_trip_ms"]);
    number(machines.usd_per_cpu_month, MACHINE_USD, &["usd_per_cpu_month"]);
    number(machines.usd_per_gb_month, MACHINE_USD, &["usd_per_gb_month"]);
    for (id, figures) in &machines.servers {
        for (key, value) in figures.all() {
            let range = match key {
                // A request that costs nothing could be served without end.
                "base_ms" => 1e-6..=*SERVER_FIGURE.end(),
                "threads" => THREADS,
                _ => SERVER_FIGURE,
            };
            number(value, range, &["servers", id, key]);
        }
    }
    if machines.servers.len() > MAX_SERVERS {
        let message = tr!("{} servers are more than the {MAX_SERVERS} kept", machines.servers.len(), MAX_SERVERS);
        problems.push(Problem::new(message, None, &[path, &["machines", "servers"]].concat()));
    }
    for (id, figures) in &machines.servers {
        check_id(problems, id, None, "machines");
        if let Some(threads) = figures.threads.filter(|threads| threads.fract() != 0.0) {
            let message = tr!("threads is {threads}; it must be a whole number", threads);
            problems.push(Problem::new(message, None, &[path, &["machines", "servers", id, "threads"]].concat()));
        }
        if figures.all().iter().all(|(_, value)| value.is_none()) {
            let message = tr!("server \"{id}\" has no figure of its own; leave it out", id);
            problems.push(Problem::new(message, None, &[path, &["machines", "servers", id]].concat()));
        }
    }
}

fn check_currency(assumptions: &Assumptions, path: &[&str], problems: &mut Vec<Problem>) {
    let currency = &assumptions.currency;
    let at = |key| [path, &["currency", key]].concat();
    if !PER_USD.contains(&currency.per_usd) {
        let message =
            tr!("{} for a US dollar cannot be; it must be from 0.000001 to a billion", exact(currency.per_usd));
        problems.push(Problem::new(message, None, &at("per_usd")));
    }
    if currency.code == "USD" && currency.per_usd != 1.0 {
        let message =
            tr!("per_usd is {}, and one US dollar is 1: another currency has another code", exact(currency.per_usd));
        problems.push(Problem::new(message, None, &at("per_usd")));
    }
    for (key, text) in [("code", &currency.code), ("symbol", &currency.symbol)] {
        if !Currency::is_sign(text) {
            let message = tr!(
                "a currency's {key} has 1 to {MAX_SIGN_BYTES} bytes, such as \"EUR\" or \"kr\"",
                key,
                MAX_SIGN_BYTES
            );
            problems.push(Problem::new(message, None, &at(key)));
        }
    }
}

pub(super) fn check_scenarios(project: &Project, hints: &mut Hints<'_>, problems: &mut Vec<Problem>) {
    if project.scenarios.len() > MAX_SCENARIOS {
        let message =
            tr!("{} scenarios are more than the {MAX_SCENARIOS} kept", count(project.scenarios.len()), MAX_SCENARIOS);
        problems.push(Problem::new(message, None, &["scenarios"]));
    }
    for (id, scenario) in &project.scenarios {
        let id = id.as_str();
        check_id(problems, id, None, "scenarios");
        check_text(problems, &scenario.name, MAX_NAME_BYTES, None, &["scenarios", id, "name"]);
        if scenario.name.trim().is_empty() {
            let message = tr!("scenario \"{id}\" has no name; give it one", id);
            problems.push(Problem::new(message, None, &["scenarios", id, "name"]));
        }
        let pins = scenario.pins.keys().map(|component| ("pins", component));
        for (key, component) in pins.chain(scenario.deferred.iter().map(|component| ("deferred", component))) {
            if !project.components.contains_key(component) {
                let hint = hints.nearest_component(component);
                let message = tr!(
                    "scenario \"{id}\" names a component that is not there: \"{component}\"{hint}",
                    id,
                    component,
                    hint
                );
                problems.push(Problem::new(message, None, &["scenarios", id, key, component.as_str()]));
            }
        }
        // The bounds are those of a project's own; what means say nothing of is sound by default.
        check_assumptions(&Assumptions::default().with(&scenario.means), &["scenarios", id, "means"], problems);
    }
}

pub(super) fn check_baselines(project: &Project, problems: &mut Vec<Problem>) {
    if project.baselines.len() > MAX_SCENARIOS {
        let message =
            tr!("{} baselines are more than the {MAX_SCENARIOS} kept", count(project.baselines.len()), MAX_SCENARIOS);
        problems.push(Problem::new(message, None, &["baselines"]));
    }
    for (id, baseline) in &project.baselines {
        let id = id.as_str();
        check_id(problems, id, None, "baselines");
        check_text(problems, &baseline.name, MAX_NAME_BYTES, None, &["baselines", id, "name"]);
        let reserved = tr!("\"{NOW}\" is the plan as it stands; call the baseline otherwise", NOW);
        if id == NOW {
            problems.push(Problem::new(reserved.clone(), None, &["baselines", id]));
        }
        if !Baseline::may_be_called(&baseline.name) {
            problems.push(Problem::new(reserved, None, &["baselines", id, "name"]));
        }
        for (key, length, most) in
            [("parts", baseline.parts.len(), MAX_ELEMENTS), ("edits", baseline.edits.len(), MAX_BASELINE_EDITS)]
        {
            if length > most {
                let message =
                    tr!("baseline \"{id}\" has {0} {key}; at most {1} are kept", count(length), count(most), id, key);
                problems.push(Problem::new(message, None, &["baselines", id, key]));
            }
        }
        let figures = [baseline.weeks, baseline.budget_usd];
        let sound = |figure: f64| figure.is_finite() && figure >= 0.0;
        let parts = baseline.parts.iter().flat_map(|part| [part.weeks, part.usd]);
        let all_sound = figures.iter().all(|spread| sound(spread.median) && sound(spread.log_sd))
            && parts.chain(baseline.edits.iter().flat_map(|edit| [edit.weeks, edit.usd])).all(f64::is_finite);
        if !all_sound {
            let message = tr!("baseline \"{id}\" has a figure that no estimate gives", id);
            problems.push(Problem::new(message, None, &["baselines", id]));
        }
    }
}
