//! `groundplan reach`: what would have to wait, or which team it takes, for a budget and a deadline to hold.

use std::{collections::BTreeSet, path::Path};

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Streams,
    arguments::Reach as Wanted,
    emit,
    failure::Failure,
    read,
    report::{one_line, push, wrapped},
};
use crate::{
    assess::{Distribution, Engine, Extent, Goal, NoTeam, Outlook, Proposal, Quantiles, Reached, Targets},
    explain::goal::{self, Words},
    figures::typed_usd,
    progress::Progress,
    project::{ComponentId, Project},
    storage::load_engine,
    text::nearest,
};

/// Turns of a framework that one proposal lists.
const MOVES_SHOWN: usize = 3;

/// Says how a goal can be reached.
pub(super) fn reach(wanted: &Wanted, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let engine = load_engine(playbook)?;
    let project = read(&wanted.file, &engine, streams)?;
    let (goal, by) = goal(&engine, &project, wanted)?;
    if goal.targets.deadline_weeks.is_none() && project.assumptions.deadline.is_some() {
        let _ = writeln!(
            streams.messages,
            "Note: the deadline does not count: it is a date, and the plan has no first day to count from (set `start`)"
        );
    }
    let never = || Failure::Unknown("The search came to nothing".to_owned());
    let reached = engine.reach(&project, &goal, &Progress::default()).ok_or_else(never)?;
    let text = if wanted.json {
        json(&project, &goal, &reached)?
    } else {
        let words = Words::new(&project, &goal, by);
        let words = match (wanted.months, wanted.weeks) {
            (Some(months), _) => words.in_months(months),
            (None, Some(_)) => words.in_weeks(),
            (None, None) => words,
        };
        in_words(&engine, &project, &words, &reached)
    };
    emit(streams, text.as_bytes())
}

/// What is to hold: what was asked for, and for the rest what the project says. The date is the last day, where the time is given so.
fn goal(engine: &Engine, project: &Project, wanted: &Wanted) -> Result<(Goal, Option<Date>), Failure> {
    let assumptions = &project.assumptions;
    let mut targets = Targets::of(assumptions);
    if let Some(typed) = &wanted.budget {
        targets.budget_usd = Some(typed_usd(&assumptions.currency, typed).map_err(Failure::Unknown)?);
    }
    let weeks = wanted.weeks.or(wanted.months.map(|months| assumptions.weeks_of_months(months)));
    targets.deadline_weeks = weeks.or(targets.deadline_weeks);
    // Without a first day the project's own deadline by date counts for nothing, which is no hindrance where there is a budget.
    let counts = weeks.is_none() && (targets.is_empty() || assumptions.start.is_some());
    let by = wanted.by.or(Words::last_day(assumptions).filter(|_| counts));
    if let Some(date) = by {
        let timetable = assumptions.timetable().ok_or_else(|| {
            Failure::Unknown(format!(
                "{date} says nothing without a first day: set `start` in the project's assumptions, or use --weeks or --months"
            ))
        })?;
        targets.deadline_weeks = Some(timetable.weeks_through(date));
    }
    if targets.is_empty() {
        return Err(Failure::Unknown(
            "There is nothing to reach: name it with --budget, --weeks, --months or --by, or set a target in the project"
                .to_owned(),
        ));
    }
    let keep = if wanted.keep.is_empty() { BTreeSet::new() } else { keep(engine, project, &wanted.keep)? };
    Ok((Goal { targets, sure: wanted.sure / 100.0, keep }, by))
}

/// The services that are to stay. What could not go anyway is refused: nobody would see that it has no effect.
fn keep(engine: &Engine, project: &Project, wanted: &[String]) -> Result<BTreeSet<ComponentId>, Failure> {
    let assessment = engine.assess(project);
    let has_work =
        |id: &ComponentId| assessment.estimate.breakdown.iter().any(|line| line.component.as_ref() == Some(id));
    let there = || project.components.keys().filter(|id| !project.is_deferred(id));
    let known = |asked: &String| {
        let Some((id, _)) = project.components.iter().find(|(known, _)| known.as_str() == asked) else {
            let near = nearest(asked, there().map(ComponentId::as_str));
            let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            return Err(Failure::Unknown(format!("There is no service \"{asked}\" in this plan to keep{hint}")));
        };
        let name = one_line(&project.component_name(id));
        if project.is_deferred(id) {
            return Err(Failure::Unknown(format!(
                "{name} (\"{asked}\") is put off: it waits already, and cannot be kept"
            )));
        }
        // Connecting what can wait is work of those who call it.
        if !has_work(id) && !project.components[id].kind.can_wait() {
            return Err(Failure::Unknown(format!(
                "Nobody works on {name} (\"{asked}\"), so that nothing would leave it out; it need not be kept"
            )));
        }
        Ok(id.clone())
    };
    wanted.iter().map(known).collect()
}

fn in_words(engine: &Engine, project: &Project, words: &Words<'_>, reached: &Reached) -> String {
    let mut text = String::new();
    push(&mut text, &format!("Goal        {}", words.goal()));
    let chances = reached.now.chances;
    let single = [("budget", chances.budget), ("time", chances.deadline)];
    let single = single.into_iter().filter_map(|(name, chance)| Some(format!("{name} {}", words.chance(chance?))));
    let single: Vec<String> = single.collect();
    push(&mut text, &format!("Now         {} ({})", words.now(reached), single.join(", ")));
    if reached.holds {
        return text;
    }
    if reached.proposals.is_empty() {
        push(&mut text, &format!("Leave out   {}", words.none(reached)));
    } else {
        push(&mut text, "\nLeave out, whichever suits best");
        for proposal in &reached.proposals {
            wrapped(&mut text, "  ", 2, &goal::names_up_to(project, &proposal.leaves_out, usize::MAX));
            push(&mut text, &format!("    {}", words.effect(proposal)));
            if let Some(along) = words.along(proposal) {
                push(&mut text, &format!("    {}", one_line(&along)));
            }
            moves(&mut text, engine, project, proposal);
        }
        push(&mut text, &format!("  {}", goal::thoroughness(reached)));
    }
    match &reached.team {
        Some(Ok(change)) => push(&mut text, &format!("\nOr          {}", words.team(change))),
        Some(Err(why)) => push(&mut text, &format!("\nTeam        {}", words.no_team(*why))),
        None => {}
    }
    if let Some(together) = &reached.together {
        let indent = 12;
        wrapped(&mut text, "Or both     ", indent, &goal::proposal_up_to(project, together, usize::MAX));
        push(&mut text, &format!("            {}", words.effect(together)));
    }
    text
}

/// The services that would turn to another framework.
fn moves(text: &mut String, engine: &Engine, project: &Project, proposal: &Proposal) {
    let words = proposal.moves.iter().take(MOVES_SHOWN).map(|(id, framework)| {
        let name = one_line(&project.component_name(id));
        format!("{name} would be on {}", engine.playbook.framework_name(framework))
    });
    let words: Vec<String> = words.collect();
    if !words.is_empty() {
        let more = proposal.moves.len().saturating_sub(MOVES_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        push(text, &format!("    {}{more}", words.join(", ")));
    }
}

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    project: &'a str,
    goal: GoalJson<'a>,
    holds: bool,
    now: OutlookJson,
    proposals: Vec<ProposalJson<'a>>,
    least: Option<OutlookJson>,
    least_stays: Vec<&'a str>,
    team: Option<TeamJson>,
    no_team: Option<NoTeamJson>,
    together: Option<ProposalJson<'a>>,
    #[serde(flatten)]
    extent: ExtentJson,
    tried: u64,
}

#[derive(Serialize)]
struct ExtentJson {
    complete: bool,
    assessed_all: bool,
    built_up: bool,
}

#[derive(Serialize)]
struct GoalJson<'a> {
    budget_usd: Option<f64>,
    weeks: Option<f64>,
    sure: f64,
    keep: Vec<&'a str>,
}

#[derive(Serialize)]
struct OutlookJson {
    chance: f64,
    chance_budget: Option<f64>,
    chance_weeks: Option<f64>,
    both_at_least: Option<f64>,
    budget_usd: RangeJson,
    weeks: RangeJson,
}

#[derive(Serialize)]
struct RangeJson {
    p10: f64,
    p50: f64,
    p80: f64,
    p90: f64,
    at_goal: f64,
}

#[derive(Serialize)]
struct ProposalJson<'a> {
    leaves_out: Vec<&'a str>,
    along: Vec<&'a str>,
    team_size: Option<f64>,
    takes_away_usd: f64,
    outlook: OutlookJson,
    moves: Vec<MoveJson<'a>>,
}

#[derive(Serialize)]
struct MoveJson<'a> {
    component: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct TeamJson {
    team_size: f64,
    outlook: OutlookJson,
}

#[derive(Serialize, Default)]
struct NoTeamJson {
    because: &'static str,
    team_size: Option<f64>,
    least_usd: Option<f64>,
    least_weeks: Option<f64>,
    deadline_takes: Option<f64>,
    budget_allows: Option<f64>,
}

fn json(project: &Project, goal: &Goal, reached: &Reached) -> Result<String, Failure> {
    let outlook = |outlook: &Outlook| outlook_json(goal, outlook);
    let Extent { complete, assessed_all, built_up } = reached.extent;
    let report = Report {
        schema: 1,
        project: &project.name,
        goal: GoalJson {
            budget_usd: goal.targets.budget_usd,
            weeks: goal.targets.deadline_weeks,
            sure: goal.sure,
            keep: goal.keep.iter().map(ComponentId::as_str).collect(),
        },
        holds: reached.holds,
        now: outlook(&reached.now),
        proposals: reached.proposals.iter().map(|proposal| proposal_json(goal, proposal)).collect(),
        least: reached.least.as_ref().map(|least| outlook(&least.outlook)),
        least_stays: reached.least.iter().flat_map(|least| &least.stays).map(ComponentId::as_str).collect(),
        team: match &reached.team {
            Some(Ok(change)) => Some(TeamJson { team_size: change.team_size, outlook: outlook(&change.outlook) }),
            _ => None,
        },
        no_team: match &reached.team {
            Some(Err(why)) => Some(no_team_json(*why)),
            _ => None,
        },
        together: reached.together.as_ref().map(|proposal| proposal_json(goal, proposal)),
        extent: ExtentJson { complete, assessed_all, built_up },
        tried: reached.tried,
    };
    super::json_text(&report)
}

fn outlook_json(goal: &Goal, outlook: &Outlook) -> OutlookJson {
    let range = |distribution: &Distribution| {
        let Quantiles { p10, p50, p80, p90 } = distribution.quantiles();
        RangeJson { p10, p50, p80, p90, at_goal: distribution.quantile(goal.sure) }
    };
    OutlookJson {
        chance: outlook.chance(),
        chance_budget: outlook.chances.budget,
        chance_weeks: outlook.chances.deadline,
        both_at_least: outlook.chances.both_at_least,
        budget_usd: range(&outlook.budget_usd),
        weeks: range(&outlook.weeks),
    }
}

fn proposal_json<'a>(goal: &Goal, proposal: &'a Proposal) -> ProposalJson<'a> {
    let moves = proposal.moves.iter().map(|(id, to)| MoveJson { component: id.as_str(), to: to.as_str() });
    ProposalJson {
        leaves_out: proposal.leaves_out.iter().map(ComponentId::as_str).collect(),
        along: proposal.along.iter().map(ComponentId::as_str).collect(),
        team_size: proposal.team_size,
        takes_away_usd: proposal.takes_away_usd,
        outlook: outlook_json(goal, &proposal.outlook),
        moves: moves.collect(),
    }
}

fn no_team_json(why: NoTeam) -> NoTeamJson {
    match why {
        NoTeam::Budget { team_size, least_usd } => NoTeamJson {
            because: "budget",
            team_size: Some(team_size),
            least_usd: Some(least_usd),
            ..NoTeamJson::default()
        },
        NoTeam::Weeks { team_size, least_weeks } => NoTeamJson {
            because: "weeks",
            team_size: Some(team_size),
            least_weeks: Some(least_weeks),
            ..NoTeamJson::default()
        },
        NoTeam::Between { deadline_takes, budget_allows } => NoTeamJson {
            because: "both",
            deadline_takes: Some(deadline_takes),
            budget_allows: Some(budget_allows),
            ..NoTeamJson::default()
        },
    }
}
