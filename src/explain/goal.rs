//! How a goal can be reached, in words.

use crate::{
    assess::{Goal, NoTeam, Outlook, Proposal, Reached, TeamChange},
    figures::{self, Money, span},
    project::{ComponentId, Project},
};

/// Names that are listed before the rest is only counted.
const NAMES: usize = 4;

/// `Reporting, Notifications and Search`, or `Reporting, Notifications, Search, Mail and 7 more`.
pub fn names(project: &Project, ids: &[ComponentId]) -> String {
    names_up_to(project, ids, NAMES)
}

/// The same with more names before the rest is only counted.
pub fn names_up_to(project: &Project, ids: &[ComponentId], most: usize) -> String {
    let name = |id: &ComponentId| project.component_name(id);
    match ids {
        [] => "nothing".to_owned(),
        [one] => name(one),
        [first @ .., last] if ids.len() <= most => {
            format!("{} and {}", first.iter().map(name).collect::<Vec<_>>().join(", "), name(last))
        }
        _ => {
            let first: Vec<String> = ids.iter().take(most).map(name).collect();
            format!("{} and {} more", first.join(", "), ids.len() - most)
        }
    }
}

/// What is to hold: `$150K and 5 months`.
pub fn targets(money: Money<'_>, goal: &Goal) -> String {
    let budget = goal.targets.budget_usd.map(|usd| money.short(usd));
    let weeks = goal.targets.deadline_weeks.map(span);
    let parts: Vec<String> = budget.into_iter().chain(weeks).collect();
    if parts.is_empty() { "nothing yet".to_owned() } else { parts.join(" and ") }
}

/// `P80`.
pub fn level(goal: &Goal) -> String {
    format!("P{}", figures::number((goal.sure * 100.0).round()))
}

/// What a plan comes to at the goal's probability, in what the goal asks for: `P80 is $148K and 4.8 months`.
pub fn outlook(money: Money<'_>, goal: &Goal, outlook: &Outlook) -> String {
    let budget = goal.targets.budget_usd.map(|_| money.short(outlook.budget_usd.quantile(goal.sure)));
    let weeks = goal.targets.deadline_weeks.map(|_| figures::month_or_week(outlook.weeks.quantile(goal.sure)));
    let parts: Vec<String> = budget.into_iter().chain(weeks).collect();
    format!("{} is {}", level(goal), parts.join(" and "))
}

/// How likely everything holds: `83 % sure`.
pub fn sure(outlook: &Outlook) -> String {
    format!("{} sure", figures::share(outlook.chance()))
}

/// Whether the goal holds as things are, in a sentence.
pub fn now(money: Money<'_>, goal: &Goal, reached: &Reached) -> String {
    let outlook = outlook(money, goal, &reached.now);
    if reached.holds {
        format!("It holds: {}, {outlook}", sure(&reached.now))
    } else {
        format!("Not yet: {}, {outlook}", sure(&reached.now))
    }
}

/// What a proposal does: `Put off Reporting and Search`, `Team of 1, and put off Reporting`.
pub fn proposal(project: &Project, proposal: &Proposal) -> String {
    let names = names(project, &proposal.leaves_out);
    match proposal.team_size {
        Some(size) => format!("Team of {}, and put off {names}", figures::number(size)),
        None => format!("Put off {names}"),
    }
}

/// What becomes of the plan under a proposal: `83 % sure, P80 is $148K and 4.8 months; leaves out $28.1K`.
pub fn effect(money: Money<'_>, goal: &Goal, proposal: &Proposal) -> String {
    let turns = match proposal.moves.len() {
        0 => String::new(),
        1 => "; 1 service would turn to another framework".to_owned(),
        count => format!("; {count} services would turn to another framework"),
    };
    format!(
        "{}, {}; leaves out {}{turns}",
        sure(&proposal.outlook),
        outlook(money, goal, &proposal.outlook),
        money.short(proposal.takes_away_usd)
    )
}

/// What another team does: `Team of 3: 82 % sure, P80 is $182K and 4.1 months`.
pub fn team(money: Money<'_>, goal: &Goal, change: &TeamChange) -> String {
    let size = figures::number(change.team_size);
    format!("Team of {size}: {}, {}", sure(&change.outlook), outlook(money, goal, &change.outlook))
}

/// Why no team does it, in a sentence.
pub fn no_team(money: Money<'_>, goal: &Goal, why: NoTeam) -> String {
    let people = |size: f64| match figures::number(size).as_str() {
        "1" => "1 person".to_owned(),
        size => format!("{size} people"),
    };
    let level = level(goal);
    match why {
        NoTeam::Budget { team_size, least_usd } => {
            let target = goal.targets.budget_usd.map_or_else(String::new, |usd| money.short(usd));
            format!(
                "No team reaches {target}: at best {} at {level}, with {}",
                money.short(least_usd),
                people(team_size)
            )
        }
        NoTeam::Weeks { team_size, least_weeks } => {
            let target = goal.targets.deadline_weeks.map_or_else(String::new, span);
            let best = figures::month_or_week(least_weeks);
            format!("No team is done in {target}: at best {best} at {level}, even with {}", people(team_size))
        }
        NoTeam::Between { deadline_takes, budget_allows } => format!(
            "No team keeps both: the time takes at least {}, the money allows at most {}",
            people(deadline_takes),
            people(budget_allows)
        ),
    }
}

/// Why nothing is proposed, in a sentence.
pub fn none(money: Money<'_>, goal: &Goal, reached: &Reached) -> String {
    match &reached.least {
        Some(least) => {
            format!("No set of services is enough: without all that may go, {}", outlook(money, goal, least))
        }
        None => "There is no service that may go".to_owned(),
    }
}

/// How far the search went, in a sentence.
pub fn thoroughness(reached: &Reached) -> String {
    let tried = figures::number(reached.tried as f64);
    match (reached.complete, reached.assessed_all) {
        (true, true) => "Every set up to this size was tried, with its own verdict".to_owned(),
        (true, false) => {
            format!("{tried} sets were tried; smaller ones are ruled out on the frameworks of the present verdict")
        }
        (false, _) => format!("{tried} sets were tried, not all: one that takes away a little less may exist"),
    }
}
