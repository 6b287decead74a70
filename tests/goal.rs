//! Goal seek: the smallest sets of services to leave out, and the smallest change of the team, that make a budget and a deadline hold.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use groundplan::explain::goal::Words;
use groundplan::{
    assess::{Engine, Goal, MOST_PROPOSALS, NoTeam, Outlook, Proposal, Reached, Targets},
    progress::Progress,
    project::{ComponentId, ComponentKind, Edit, Project, Protocol},
    session::{Action, Asked, Session},
};
use proptest::prelude::*;

#[path = "common/builtin.rs"]
mod builtin;
#[allow(dead_code)]
#[path = "common/small_playbook.rs"]
mod small_playbook;

use small_playbook::{link, pin, resource, service};

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));
static SMALL: LazyLock<Engine> = LazyLock::new(small_playbook::engine);

/// Services of two minds, linked at random, some pinned, one perhaps put off already.
fn plans(most: usize) -> impl Strategy<Value = Project> {
    let services = prop::collection::vec((0..60u32, 0..40u32, any::<bool>(), 0..6usize), 1..=most);
    let links = prop::collection::vec((0..12usize, 0..12usize, 0..Protocol::ALL.len()), 0..16);
    (services, links, 1..4u32, any::<bool>()).prop_map(|(services, links, team, later)| {
        let mut project = Project::new("Plan");
        project.assumptions.team_size = f64::from(team);
        let mut ids = Vec::new();
        for (i, (tables, endpoints, admin, pinned)) in services.into_iter().enumerate() {
            let flags: &[&str] = if admin { &["admin"] } else { &["pure-api"] };
            let id = format!("service-{i}");
            service(&mut project, &id, &[("tables", tables.into()), ("endpoints", endpoints.into())], flags);
            if pinned < 2 {
                pin(&mut project, &id, ["fast", "plain"][pinned]);
            }
            ids.push(id);
        }
        resource(&mut project, "weather", ComponentKind::ExternalApi);
        ids.push("weather".to_owned());
        for (from, to, protocol) in links {
            link(&mut project, &ids[from % ids.len()], &ids[to % ids.len()], Protocol::ALL[protocol]);
        }
        if later {
            project.apply(&Edit::SetDeferred("service-0".into(), true));
        }
        project
    })
}

/// A goal at these shares of what the plan takes.
fn goal(engine: &Engine, project: &Project, (budget, weeks): (Option<f64>, Option<f64>), sure: f64) -> Goal {
    let estimate = engine.assess(project).estimate;
    let targets = Targets {
        budget_usd: budget.map(|share| estimate.budget_usd.quantile(sure) * share),
        deadline_weeks: weeks.map(|share| estimate.weeks.quantile(sure) * share),
    };
    Goal { targets, sure, keep: BTreeSet::new() }
}

fn reach(engine: &Engine, project: &Project, goal: &Goal) -> Reached {
    engine.reach(project, goal, &Progress::default()).unwrap()
}

/// Whether a plan keeps a goal, by its assessment alone.
fn keeps(engine: &Engine, project: &Project, goal: &Goal) -> bool {
    let estimate = engine.assess(project).estimate;
    let within = |target: Option<f64>, figure: f64| target.is_none_or(|target| figure <= target * (1.0 + 1e-9));
    within(goal.targets.budget_usd, estimate.budget_usd.quantile(goal.sure))
        && within(goal.targets.deadline_weeks, estimate.weeks.quantile(goal.sure))
}

fn applied(project: &Project, proposal: &Proposal) -> Project {
    let mut after = project.clone();
    for edit in proposal.put_off(&project.assumptions) {
        after.apply(&edit);
    }
    after
}

/// Whether somebody who stays in a plan without these works on the tables of one of them.
fn leaves_half(project: &Project, gone: &BTreeSet<&ComponentId>) -> bool {
    let is_service = |id: &ComponentId| project.components[id].kind.is_service();
    let link_is_cut =
        |from, to| gone.contains(to) && !gone.contains(from) && is_service(from) && !project.is_deferred(from);
    project.connections.values().any(|link| link.protocol.binds() && link_is_cut(&link.from, &link.to))
}

/// What may be left out: services, and what costs the work of connecting it.
fn candidates(engine: &Engine, project: &Project) -> Vec<ComponentId> {
    let frameworks = engine.assess(project).verdict.assignment;
    let cost = |project: &Project| engine.estimate_for(project, &frameworks).budget_usd.median;
    let whole = cost(project);
    let costs = |id: &ComponentId| {
        let mut less = project.clone();
        less.apply(&Edit::SetDeferred(id.clone(), true));
        cost(&less) < whole - 1e-6
    };
    let may_go = |id: &ComponentId| {
        let component = &project.components[id];
        !component.deferred && (component.kind.is_service() || component.kind.can_wait() && costs(id))
    };
    project.components.keys().filter(|id| may_go(id)).cloned().collect()
}

/// The size of the smallest sets that do it and the least that one of them takes away, by assessing the plan without every set.
fn by_trying_all(engine: &Engine, project: &Project, goal: &Goal) -> Option<(usize, f64)> {
    let candidates = candidates(engine, project);
    let before = engine.assess(project).estimate.budget_usd.median;
    let mut best: Option<(usize, f64)> = None;
    for mask in 1..1u32 << candidates.len() {
        let size = mask.count_ones() as usize;
        let set: BTreeSet<&ComponentId> =
            candidates.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, id)| id).collect();
        let stays = set.iter().any(|id| goal.keep.contains(*id));
        let nothing_left = project.services().all(|(id, _)| set.contains(id));
        if nothing_left || stays || leaves_half(project, &set) || best.is_some_and(|(known, _)| size > known) {
            continue;
        }
        let mut less = project.clone();
        for id in set {
            less.apply(&Edit::SetDeferred(id.clone(), true));
        }
        if keeps(engine, &less, goal) {
            let usd = before - engine.assess(&less).estimate.budget_usd.median;
            let better = best.is_none_or(|(known, least)| size < known || usd < least);
            best = if better { Some((size, usd)) } else { best };
        }
    }
    best
}

/// Whether a service works on the tables of one of these.
fn works_on(project: &Project, id: &ComponentId, others: &BTreeSet<&ComponentId>) -> bool {
    let works = |from: &ComponentId, to: &ComponentId| from == id && to != id && others.contains(to);
    project.components[id].kind.is_service()
        && project.connections.values().any(|link| link.protocol.binds() && works(&link.from, &link.to))
}

/// Everything that must be true of an answer, whatever was asked.
fn assert_sound(engine: &Engine, project: &Project, goal: &Goal, reached: &Reached) {
    assert_eq!(reached.holds, keeps(engine, project, goal));
    assert!(reached.proposals.len() <= MOST_PROPOSALS);
    assert!(!reached.holds || reached.proposals.is_empty() && reached.team.is_none() && reached.together.is_none());
    for proposal in reached.proposals.iter().chain(&reached.together) {
        let after = applied(project, proposal);
        assert!(after.validate().is_empty());
        assert!(keeps(engine, &after, goal), "{proposal:?}");
        let estimate = engine.assess(&after).estimate;
        assert_eq!((proposal.outlook.weeks, proposal.outlook.budget_usd), (estimate.weeks, estimate.budget_usd));
        assert!(proposal.outlook.chance() > goal.sure - 1e-6, "{proposal:?}");
        let may_go = candidates(engine, project);
        assert!(proposal.leaves_out.iter().all(|id| may_go.contains(id) && !goal.keep.contains(id)));
        let gone: BTreeSet<&ComponentId> = proposal.leaves_out.iter().collect();
        assert!(!leaves_half(project, &gone), "{proposal:?}");
        let along: Vec<&ComponentId> = proposal.leaves_out.iter().filter(|id| works_on(project, id, &gone)).collect();
        assert_eq!(proposal.along.iter().collect::<Vec<_>>(), along);
        // None of them is left out for nothing.
        for id in proposal.leaves_out.iter().filter(|id| !proposal.along.contains(id)) {
            let mut more = after.clone();
            more.apply(&Edit::SetDeferred(id.clone(), false));
            assert!(!keeps(engine, &more, goal), "{id} could stay: {proposal:?}");
        }
    }
    let order: Vec<_> = reached.proposals.iter().map(|p| (p.leaves_out.len(), p.takes_away_usd)).collect();
    assert!(order.is_sorted_by(|a, b| a.0 < b.0 || a.0 == b.0 && a.1 <= b.1 + 1e-6), "{order:?}");
    if let Some(Ok(change)) = &reached.team {
        let mut other = project.clone();
        other.assumptions.team_size = change.team_size;
        assert!(keeps(engine, &other, goal));
        assert_eq!(change.team_size.fract(), 0.0);
    }
    if let Some(together) = &reached.together {
        assert!(together.team_size.is_some_and(|size| size != project.assumptions.team_size));
        assert!(reached.proposals.first().is_none_or(|best| together.leaves_out.len() < best.leaves_out.len()));
        let changed = |size: f64| (size - project.assumptions.team_size).abs();
        if let Some(Ok(alone)) = &reached.team {
            assert!(changed(together.team_size.unwrap()) < changed(alone.team_size), "the team alone would do");
        }
    }
}

/// By how much a plan is over what is to hold, as a factor.
fn far(goal: &Goal, outlook: &Outlook) -> f64 {
    let share = |target: Option<f64>, figure: f64| target.map_or(0.0, |target| figure / target);
    share(goal.targets.budget_usd, outlook.budget_usd.quantile(goal.sure))
        .max(share(goal.targets.deadline_weeks, outlook.weeks.quantile(goal.sure)))
}

/// The same of the plans with one service and what it stands on, the smallest there are, or with what is to be kept.
fn smallest_left(engine: &Engine, project: &Project, goal: &Goal) -> f64 {
    let may_go = candidates(engine, project);
    let mut smallest = f64::INFINITY;
    for (one, _) in project.services() {
        let mut stays: BTreeSet<&ComponentId> = goal.keep.iter().collect();
        if goal.keep.is_empty() {
            stays.insert(one);
        }
        loop {
            let owners =
                project.connections.values().filter(|link| link.protocol.binds() && stays.contains(&link.from));
            let owners: Vec<&ComponentId> =
                owners.filter(|link| project.components[&link.from].kind.is_service()).map(|link| &link.to).collect();
            let before = stays.len();
            stays.extend(owners);
            if stays.len() == before {
                break;
            }
        }
        let mut less = project.clone();
        for id in may_go.iter().filter(|id| !stays.contains(id)) {
            less.apply(&Edit::SetDeferred(id.clone(), true));
        }
        let estimate = engine.assess(&less).estimate;
        let outlook = Outlook { weeks: estimate.weeks, budget_usd: estimate.budget_usd, ..Outlook::default() };
        smallest = smallest.min(far(goal, &outlook));
    }
    smallest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 48 } else { 400 }))]
    #[test]
    fn the_answer_is_what_trying_every_set_finds(
        project in plans(9),
        shares in (prop::option::of(0.2..1.1), prop::option::of(0.3..1.1)),
        sure in prop::sample::select(vec![0.5, 0.7, 0.8, 0.9]),
        kept in any::<u16>(),
    ) {
        let mut goal = goal(&SMALL, &project, shares, sure);
        goal.keep = project.services().enumerate().filter(|(at, _)| kept >> at & 3 == 3).map(|(_, (id, _))| id.clone()).collect();
        let reached = reach(&SMALL, &project, &goal);
        assert_sound(&SMALL, &project, &goal, &reached);
        if reached.holds {
            return Ok(());
        }
        prop_assert!(reached.extent.complete && reached.extent.assessed_all && !reached.extent.built_up);
        if let Some(least) = &reached.least {
            let one_target = [goal.targets.budget_usd, goal.targets.deadline_weeks].iter().flatten().count() == 1;
            let smallest = smallest_left(&SMALL, &project, &goal);
            prop_assert!(!one_target || smallest > far(&goal, &least.outlook) - 1e-9, "{} {:?}", smallest, least);
        }
        let best = reached.proposals.first().map(|best| (best.leaves_out.len(), best.takes_away_usd));
        match (by_trying_all(&SMALL, &project, &goal), best) {
            (None, None) => {}
            (Some((size, usd)), Some((found, takes_away))) => {
                prop_assert_eq!(found, size);
                prop_assert!((takes_away - usd).abs() <= 1e-6 * usd.max(1.0), "{} instead of {}", takes_away, usd);
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }

    /// The next whole team up or down that does it, by assessing the plan with each.
    #[test]
    fn the_team_is_the_nearest_that_does_it(
        project in plans(4),
        shares in (prop::option::of(0.5..1.3), prop::option::of(0.4..1.1)),
    ) {
        let goal = goal(&SMALL, &project, shares, 0.8);
        let reached = reach(&SMALL, &project, &goal);
        if reached.holds {
            return Ok(());
        }
        let with = |people: u32| {
            let mut other = project.clone();
            other.assumptions.team_size = f64::from(people);
            keeps(&SMALL, &other, &goal)
        };
        let present = project.assumptions.team_size;
        let most = project.services().count() as u32 * 3;
        let does: Vec<f64> = (1..=most.clamp(4, 50)).filter(|people| with(*people)).map(f64::from).collect();
        let nearest = does.iter().map(|people| (people - present).abs()).reduce(f64::min);
        match reached.team.unwrap() {
            Ok(change) => prop_assert_eq!(Some((change.team_size - present).abs()), nearest),
            Err(_) => prop_assert!(does.is_empty(), "{:?} would do", does),
        }
    }
}

const PRESETS: [&str; 4] = ["monolith-decomposition", "construction-saas", "factory-telemetry", "delivery-prediction"];

#[test]
fn the_case_studies_are_brought_down_by_few_services() {
    for name in PRESETS {
        let project = builtin::preset(name);
        for share in [0.95, 0.8, 0.6] {
            let goal = goal(&ENGINE, &project, (Some(share), Some(share)), 0.8);
            let reached = reach(&ENGINE, &project, &goal);
            assert_sound(&ENGINE, &project, &goal, &reached);
            assert!(!reached.holds);
            let alone = project.services().count() == 1;
            assert!(!reached.proposals.is_empty() || alone || reached.least.is_some(), "{name} at {share}");
            assert!(reached.proposals.is_empty() || reached.least.is_none(), "{name} at {share}");
        }
    }
}

#[test]
fn what_holds_already_needs_no_change_and_nothing_asked_holds() {
    let project = builtin::preset("construction-saas");
    for shares in [(Some(1.0), Some(1.0)), (None, None), (Some(1.2), None)] {
        let goal = goal(&ENGINE, &project, shares, 0.8);
        let reached = reach(&ENGINE, &project, &goal);
        assert!(reached.holds && reached.proposals.is_empty() && reached.team.is_none(), "{shares:?}");
        assert_eq!(reached.now.chances.both.is_some(), shares.0.is_some() && shares.1.is_some());
    }
    assert!(reach(&ENGINE, &Project::new("Blank"), &goal(&ENGINE, &project, (Some(0.1), None), 0.8)).holds);
}

#[test]
fn what_is_kept_is_never_left_out_and_the_next_best_comes_in_its_place() {
    let project = builtin::preset("monolith-decomposition");
    let mut goal = goal(&ENGINE, &project, (Some(0.8), None), 0.8);
    let first = reach(&ENGINE, &project, &goal).proposals[0].clone();
    goal.keep = first.leaves_out.iter().cloned().collect();
    let second = reach(&ENGINE, &project, &goal);
    assert_sound(&ENGINE, &project, &goal, &second);
    assert_ne!(second.proposals[0].leaves_out, first.leaves_out);
    goal.keep = project.components.keys().cloned().collect();
    let none = reach(&ENGINE, &project, &goal);
    assert!(none.proposals.is_empty() && none.least.is_none());
}

#[test]
fn what_works_on_the_tables_of_what_waits_waits_along() {
    let project = builtin::preset("construction-saas");
    let mut goal = goal(&ENGINE, &project, (None, None), 0.8);
    goal.targets = Targets { budget_usd: Some(150e3), deadline_weeks: Some(5.0 * 52.0 / 12.0) };
    let reached = reach(&ENGINE, &project, &goal);
    assert_sound(&ENGINE, &project, &goal, &reached);
    assert!(!reached.proposals.is_empty());
    let owner: ComponentId = "web-application".into();
    for proposal in reached.proposals.iter().filter(|proposal| proposal.leaves_out.contains(&owner)) {
        assert_eq!(proposal.along, ["mobile-api".into(), "back-office".into()], "{proposal:?}");
        let words = Words::new(&project, &goal, None).along(proposal).unwrap();
        assert_eq!(words, "Mobile API and Back office wait along: they work on the tables of Web application");
        let findings = ENGINE.assess(&applied(&project, proposal)).findings;
        assert!(findings.iter().all(|finding| finding.rule.as_str() != "shares-tables-of-later"));
    }
    assert!(reached.proposals.iter().any(|proposal| proposal.leaves_out.contains(&owner)));
    // What is kept keeps what it works on.
    goal.keep = BTreeSet::from(["back-office".into()]);
    let kept = reach(&ENGINE, &project, &goal);
    assert_sound(&ENGINE, &project, &goal, &kept);
    assert!(kept.proposals.iter().all(|proposal| !proposal.leaves_out.contains(&owner)), "{kept:?}");
}

#[test]
fn the_work_of_connecting_others_can_wait_too() {
    let project = builtin::preset("construction-saas");
    let goal = goal(&ENGINE, &project, (Some(0.99), None), 0.8);
    let reached = reach(&ENGINE, &project, &goal);
    let other = |id: &ComponentId| project.components[id].kind.can_wait();
    assert!(reached.proposals.iter().any(|proposal| proposal.leaves_out.iter().any(other)), "{:?}", reached.proposals);
}

#[test]
fn no_team_is_proposed_that_the_services_cannot_use() {
    let mut project = Project::new("Plan");
    service(&mut project, "work", &[("endpoints", 90.0), ("tables", 60.0)], &["admin"]);
    let goal = goal(&SMALL, &project, (None, Some(0.3)), 0.8);
    let Err(NoTeam::Weeks { team_size, least_weeks }) = reach(&SMALL, &project, &goal).team.unwrap() else { panic!() };
    project.assumptions.team_size = team_size;
    assert_eq!(team_size, 4.0);
    assert!((SMALL.assess(&project).estimate.weeks.quantile(0.8) - least_weeks).abs() < 1e-6 * least_weeks);
}

#[test]
fn why_no_team_does_it_is_told_with_the_figure_that_stands_in_the_way() {
    let project = builtin::preset("construction-saas");
    let why = |shares| reach(&ENGINE, &project, &goal(&ENGINE, &project, shares, 0.8)).team.unwrap();
    let Err(NoTeam::Budget { team_size, least_usd }) = why((Some(0.5), None)) else { panic!() };
    let mut alone = project.clone();
    alone.assumptions.team_size = 1.0;
    assert_eq!(team_size, 1.0, "talking to each other is what a larger team costs");
    assert!((least_usd - ENGINE.assess(&alone).estimate.budget_usd.quantile(0.8)).abs() < 1e-6 * least_usd);
    let Err(NoTeam::Weeks { team_size, least_weeks }) = why((None, Some(0.01))) else { panic!() };
    assert!(team_size > 10.0 && least_weeks > 0.0);
    let Err(NoTeam::Between { deadline_takes, budget_allows }) = why((Some(0.98), Some(0.7))) else { panic!() };
    assert!(deadline_takes > project.assumptions.team_size && budget_allows < project.assumptions.team_size);
    let Ok(change) = why((None, Some(0.7))) else { panic!() };
    assert!(change.team_size > project.assumptions.team_size);
    let Ok(change) = why((Some(0.97), None)) else { panic!() };
    assert_eq!(change.team_size, 1.0);
}

/// `count` services of three sizes, each calling the next; too many for every set to be tried.
fn large(count: usize) -> Project {
    let mut project = Project::new("Large");
    for at in 0..count {
        let tables = [("tables", [12.0, 25.0, 7.0][at % 3] + (at % 11) as f64), ("endpoints", (at % 13) as f64)];
        service(&mut project, &format!("service-{at}"), &tables, if at % 4 == 0 { &["admin"] } else { &["pure-api"] });
    }
    for at in 0..count {
        link(&mut project, &format!("service-{at}"), &format!("service-{}", (at + 1) % count), Protocol::Http);
    }
    project
}

#[test]
fn a_plan_too_large_to_try_every_set_is_answered_too() {
    let project = large(60);
    for (share, complete) in [(0.97, true), (0.9, true), (0.5, false)] {
        let goal = goal(&SMALL, &project, (Some(share), Some(share)), 0.8);
        let reached = reach(&SMALL, &project, &goal);
        assert_sound(&SMALL, &project, &goal, &reached);
        assert!(!reached.proposals.is_empty(), "{share}");
        assert!(reached.extent.complete || !complete, "{share}: {} tried", reached.tried);
        // One service less than the fewest cannot do it: not even those that cost most.
        let fewest = reached.proposals[0].leaves_out.len();
        let by_cost = SMALL.assess(&project).estimate.by_component();
        let mut dearest: Vec<_> = by_cost.into_iter().filter_map(|(id, sums)| Some((id?, sums.usd))).collect();
        dearest.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut less = project.clone();
        for (id, _) in dearest.iter().take(fewest - 1) {
            less.apply(&Edit::SetDeferred(id.clone(), true));
        }
        assert!(!keeps(&SMALL, &less, &goal), "{share}: {fewest} are not the fewest");
    }
}

#[test]
fn a_team_that_would_do_alone_is_not_combined_with_services_for_nothing() {
    let mut project = Project::new("Plan");
    for id in ["idle", "idle-too", "idle-as-well"] {
        service(&mut project, id, &[], &["pure-api"]);
        pin(&mut project, id, "fast");
    }
    service(&mut project, "work", &[("endpoints", 37.0)], &["admin"]);
    pin(&mut project, "work", "fast");
    let mut goal = goal(&SMALL, &project, (None, Some(0.601)), 0.5);
    goal.keep = BTreeSet::from(["work".into()]);
    let reached = reach(&SMALL, &project, &goal);
    assert_sound(&SMALL, &project, &goal, &reached);
    assert!(matches!(&reached.team, Some(Ok(change)) if change.team_size > 3.0));
    assert!(reached.proposals.is_empty() && reached.together.is_none());
}

#[test]
fn nobody_waits_for_an_answer_that_was_cancelled() {
    let progress = Progress::default();
    progress.cancel();
    let project = builtin::preset("construction-saas");
    let goal = goal(&ENGINE, &project, (Some(0.8), None), 0.8);
    assert_eq!(ENGINE.reach(&project, &goal, &progress), None);
}

#[test]
fn a_proposal_is_applied_as_one_step_and_then_the_goal_holds() {
    let mut project = builtin::preset("monolith-decomposition");
    let estimate = ENGINE.assess(&project).estimate;
    project.assumptions.target_budget_usd = Some(estimate.budget_usd.quantile(0.8) * 0.75);
    let mut session = Session::new(Arc::clone(&ENGINE), project.clone(), None);
    let goal = Goal::of(&session.project().assumptions, 0.8);
    let Asked::Ready(first) = session.goal(&goal) else { panic!() };
    let Asked::Ready(again) = session.goal(&goal) else { panic!() };
    assert!(Arc::ptr_eq(&first, &again), "the answer is kept");
    let edits = first.proposals[0].put_off(&session.project().assumptions);
    session.apply(Action::edit("Put off", edits));
    assert_eq!(session.history().depth(), 1);
    let Asked::Ready(after) = session.goal(&goal) else { panic!() };
    assert!(after.holds);
    session.undo();
    assert_eq!(**session.project(), project);
}
