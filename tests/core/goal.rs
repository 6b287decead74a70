//! Goal seek: the smallest sets of services to leave out, and the smallest change of the team, that make a budget and a deadline hold.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use groundplan::explain::goal::Words;
use groundplan::{
    assess::{Engine, Goal, MOST_PROPOSALS, NoTeam, Outlook, Proposal, Reached, Targets},
    playbook::load,
    progress::Progress,
    project::{
        Component, ComponentId, ComponentKind, Connection, Edit, ElementId, Project, Protocol, TraitId, TraitValue,
    },
    session::{Action, Asked, Session},
};
use proptest::prelude::*;

use crate::common::{builtin, small_playbook};
use small_playbook::{link, pin, resource, service};

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));

/// The small playbook, in which a pure API works on the tables of an application.
static SMALL: LazyLock<Engine> = LazyLock::new(|| {
    let says = "label: \"Pure API\", chip: \"pure API\", value: flag";
    let marked = small_playbook::TRAITS.replace(says, &format!("{says}, shares_tables: true"));
    let playbook = load(&small_playbook::files(&[("traits.ron", marked)])).unwrap();
    assert_eq!(playbook.traits.values().filter(|known| known.shares_tables).count(), 1);
    Engine::new(playbook, small_playbook::drawings()).unwrap()
});

/// Services of two minds, linked at random, some pinned, one perhaps put off already.
fn plans(most: usize) -> impl Strategy<Value = Project> {
    let services = prop::collection::vec((0..60u32, 0..40u32, any::<bool>(), 0..6usize), 1..=most);
    let links = prop::collection::vec((0..12usize, 0..12usize, 0..Protocol::ALL.len()), 0..16);
    let stored = prop::collection::vec(0..12usize, 0..6);
    (services, links, 1..4u32, any::<bool>(), stored).prop_map(|(services, links, team, later, stored)| {
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
        resource(&mut project, "store", ComponentKind::RelationalDatabase);
        ids.push("store".to_owned());
        for at in stored {
            link(&mut project, &ids[at % ids.len()], "store", Protocol::Database);
        }
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

/// Whether a service says by a trait that it works on an application's tables.
fn says_so(engine: &Engine, component: &Component) -> bool {
    let marked = |(id, value): (&TraitId, &TraitValue)| {
        engine.playbook.traits[id].shares_tables && *value == TraitValue::Flag(true)
    };
    component.kind.is_service() && component.traits.iter().any(marked)
}

/// On whose tables a service works, each of them needed; and if nothing shows it, those one of whom is needed. Only what is in scope.
fn tables_of<'a>(
    engine: &Engine,
    project: &'a Project,
    id: &ComponentId,
) -> (Vec<&'a ComponentId>, Vec<&'a ComponentId>) {
    let here = |id: &ComponentId| !project.is_deferred(id);
    let is_service = |id: &ComponentId| project.components[id].kind.is_service() && here(id);
    let links = || project.connections.values().filter(|link| here(&link.from) && here(&link.to));
    if !is_service(id) {
        return (Vec::new(), Vec::new());
    }
    let binds = |link: &&Arc<Connection>| link.protocol.binds() && link.from == *id && link.to != *id;
    let connected: Vec<&ComponentId> = links().filter(binds).map(|link| &link.to).collect();
    if !connected.is_empty() || !says_so(engine, &project.components[id]) {
        return (connected, Vec::new());
    }
    let uses = |service: &ComponentId, store: &ComponentId| {
        let ends = |link: &Arc<Connection>| {
            (link.from == *service && link.to == *store) || (link.from == *store && link.to == *service)
        };
        links().any(ends)
    };
    let stores =
        || project.components.iter().filter(|(_, component)| component.kind == ComponentKind::RelationalDatabase);
    let beside = |other: &&ComponentId| {
        let others = *other != id && is_service(other) && !says_so(engine, &project.components[*other]);
        others && stores().any(|(store, _)| here(store) && uses(id, store) && uses(other, store))
    };
    (Vec::new(), project.components.keys().filter(beside).collect())
}

/// Whether a service cannot be built without these.
fn misses(engine: &Engine, project: &Project, id: &ComponentId, gone: &BTreeSet<&ComponentId>) -> bool {
    let (each, one_of) = tables_of(engine, project, id);
    let gone = |id: &&ComponentId| gone.contains(*id);
    each.iter().any(gone) || !one_of.is_empty() && one_of.iter().all(gone)
}

/// Whether somebody who stays in a plan without these misses the tables it works on.
fn leaves_half(engine: &Engine, project: &Project, gone: &BTreeSet<&ComponentId>) -> bool {
    project.components.keys().any(|id| !gone.contains(id) && misses(engine, project, id, gone))
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
        if nothing_left || stays || leaves_half(engine, project, &set) || best.is_some_and(|(known, _)| size > known) {
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
        assert!(!leaves_half(engine, project, &gone), "{proposal:?}");
        let along: Vec<&ComponentId> =
            proposal.leaves_out.iter().filter(|id| misses(engine, project, id, &gone)).collect();
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
        for stays in with_what_they_stand_on(engine, project, stays) {
            let mut less = project.clone();
            for id in may_go.iter().filter(|id| !stays.contains(id)) {
                less.apply(&Edit::SetDeferred(id.clone(), true));
            }
            let estimate = engine.assess(&less).estimate;
            let outlook = Outlook { weeks: estimate.weeks, budget_usd: estimate.budget_usd, ..Outlook::default() };
            smallest = smallest.min(far(goal, &outlook));
        }
    }
    smallest
}

/// Some components with those on whose tables they work: in every way, where one of several will do.
fn with_what_they_stand_on<'a>(
    engine: &Engine,
    project: &'a Project,
    stays: BTreeSet<&'a ComponentId>,
) -> Vec<BTreeSet<&'a ComponentId>> {
    for id in &stays {
        let (each, one_of) = tables_of(engine, project, id);
        let lacking: Vec<&ComponentId> = each.into_iter().filter(|owner| !stays.contains(owner)).collect();
        let with = |owners: Vec<&'a ComponentId>| {
            with_what_they_stand_on(engine, project, stays.iter().copied().chain(owners).collect())
        };
        if !lacking.is_empty() {
            return with(lacking);
        }
        if !one_of.is_empty() && one_of.iter().all(|owner| !stays.contains(owner)) {
            return one_of.into_iter().flat_map(|owner| with(vec![owner])).collect();
        }
    }
    vec![stays]
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
            prop_assert!(!one_target || smallest > far(&goal, &least.outlook) * (1.0 - 1e-9), "{} {:?}", smallest, least);
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
    let mut project = builtin::preset("construction-saas");
    // All of its services stand on one; with another one beside them they can wait.
    let shop = Component::new("Shop", ComponentKind::WebApplication, None);
    project.apply(&Edit::PutComponent(ComponentId::new("shop"), shop));
    let mut goal = goal(&ENGINE, &project, (Some(0.2), None), 0.8);
    let reached = reach(&ENGINE, &project, &goal);
    assert_sound(&ENGINE, &project, &goal, &reached);
    let best = &reached.proposals[0];
    assert_eq!(best.along, ["mobile-api".into(), "back-office".into(), "background-worker".into()], "{best:?}");
    let words = Words::new(&project, &goal, None).along(best).unwrap();
    assert_eq!(
        words,
        "Mobile API, Back office and Background worker wait along: they work on the tables of Web application"
    );
    // What is kept keeps what it works on.
    let owner: ComponentId = "web-application".into();
    goal.keep = BTreeSet::from(["back-office".into()]);
    let kept = reach(&ENGINE, &project, &goal);
    assert_sound(&ENGINE, &project, &goal, &kept);
    assert!(kept.proposals.iter().all(|proposal| !proposal.leaves_out.contains(&owner)), "{kept:?}");
    assert!(kept.least.is_some_and(|least| least.stays.contains(&owner)));
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

/// A service with a trait for that works on the tables of whoever uses its database, whether a connection shows it or not.
#[test]
fn what_says_that_it_works_on_an_applications_tables_waits_along_with_it() {
    let project = builtin::preset("construction-saas");
    let (owner, worker): (ComponentId, ComponentId) = ("web-application".into(), "background-worker".into());
    let later = "shares-tables-of-later";
    let said =
        |project: &Project| ENGINE.assess(project).findings.into_iter().find(|found| found.rule.as_str() == later);
    for (budget, weeks) in [(150e3, 21.6), (120e3, 18.0), (170e3, 30.0), (90e3, 30.0), (60e3, 12.0)] {
        let mut goal = goal(&ENGINE, &project, (None, None), 0.8);
        goal.targets = Targets { budget_usd: Some(budget), deadline_weeks: Some(weeks) };
        let reached = reach(&ENGINE, &project, &goal);
        assert_sound(&ENGINE, &project, &goal, &reached);
        for proposal in reached.proposals.iter().chain(&reached.together) {
            assert!(!proposal.leaves_out.contains(&owner) || proposal.leaves_out.contains(&worker), "{proposal:?}");
            assert_eq!(said(&applied(&project, proposal)), None);
        }
        if let Some(least) = &reached.least {
            assert!(least.stays.contains(&owner) || !least.stays.contains(&worker), "{least:?}");
        }
        goal.keep = BTreeSet::from([worker.clone()]);
        let kept = reach(&ENGINE, &project, &goal);
        assert_sound(&ENGINE, &project, &goal, &kept);
        assert!(kept.proposals.iter().all(|proposal| !proposal.leaves_out.contains(&owner)), "{kept:?}");
    }
    let mut without = project.clone();
    without.apply(&Edit::SetDeferred(owner.clone(), true));
    let found = said(&without).unwrap();
    let message = "Mobile API, Back office and Background worker work on the tables of Web application, which is put off to later";
    assert_eq!(found.message, message);
    assert!(found.why.ends_with("No connection shows it: Background worker says so, and it uses the same database."));
    // With another application on the database it may as well be the other one's.
    let other = ComponentId::new("shop");
    without.apply(&Edit::PutComponent(other.clone(), Component::new("Shop", ComponentKind::WebApplication, None)));
    without.apply(&Edit::PutConnection(
        "shop-to-db".into(),
        Connection::new(other.clone(), "main-database".into(), Protocol::Database),
    ));
    assert!(!said(&without).unwrap().message.contains("Background worker"));
    without.apply(&Edit::SetDeferred(other, true));
    assert!(said(&without).unwrap().message.contains("Background worker"));
    // On a database of its own nothing can be said.
    let mut alone = project.clone();
    alone.apply(&Edit::SetDeferred(owner, true));
    alone.apply(&Edit::Remove(BTreeSet::from([ElementId::Connection("background-worker-to-main-database".into())])));
    assert!(!said(&alone).unwrap().message.contains("Background worker"));
}
