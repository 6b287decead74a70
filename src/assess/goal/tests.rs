//! The prices that sets are chosen by, against the whole computation, and the descent against trying every set.

use super::{
    descent::{Descent, Purse, Wanted, least_size},
    parts::Aim,
    *,
};
use crate::{
    project::{Component, ComponentKind, Connection, Protocol, TraitValue},
    storage,
};

/// Fourteen services of all kinds, more than one family of frameworks, tables shared and queues between them.
fn plan(engine: &Engine) -> Project {
    let mut project = Project::new("Plan");
    let kinds: Vec<ComponentKind> = ComponentKind::ALL.iter().copied().filter(|kind| kind.is_service()).collect();
    let id = |at: usize| ComponentId::new(&format!("service-{at}"));
    for at in 0..14 {
        let mut component = Component::new(&format!("Service {at}"), kinds[at % kinds.len()], None);
        for step in 0..7 {
            let known = &engine.playbook.traits[(at * 5 + step * 7) % engine.playbook.traits.len()];
            let value = match &known.value {
                crate::playbook::TraitKind::Flag => TraitValue::Flag(true),
                crate::playbook::TraitKind::Number { plausible: (low, typical, high), .. } => {
                    TraitValue::Number([*low, *typical, *high][(at + step) % 3])
                }
                crate::playbook::TraitKind::Choice(options) => TraitValue::Choice(options[at % options.len()].clone()),
            };
            component.traits.insert(known.id.clone(), value);
        }
        component.pin =
            (at % 4 == 1).then(|| engine.playbook.frameworks[at % engine.playbook.frameworks.len()].id.clone());
        project.apply(&Edit::PutComponent(id(at), component));
    }
    for at in 0..14 {
        for (to, protocol) in [((at + 1) % 14, Protocol::ALL[at % 6]), ((at * 3 + 4) % 14, Protocol::SharedTables)] {
            let link = Connection::new(id(at), id(to), protocol);
            project.apply(&Edit::PutConnection(project.new_connection_id(&link.from, &link.to), link));
        }
    }
    project
}

/// Takes a plan apart and hands it to `look`, with its assessment.
fn apart(engine: &Engine, project: &Project, look: impl FnOnce(&Parts<'_>, &Assessment)) {
    let graph = Graph::new(project);
    let values = Values::new(&engine.playbook, &graph);
    let evidence: Vec<_> = (0..graph.components.len())
        .map(|position| graph.is_service(position).then(|| engine.evidence(&graph, &values, position)))
        .collect();
    let (playbook, tables) = (&engine.playbook, &engine.tables);
    let prices = MixingPrices::new(playbook, tables);
    let (_, assignment) = Weighing { prices, playbook, tables, graph: &graph, evidence: &evidence }.verdict();
    let work = Work::new(playbook, tables, &graph, &values);
    let progress = Progress::default();
    let Ok(parts) = Parts::new(engine, &graph, &assignment, &work, &Meter::new(&progress)) else { panic!("cancelled") };
    look(&parts, &engine.assess(project));
}

fn goal(assessment: &Assessment, share: f64, sure: f64) -> Goal {
    let estimate = &assessment.estimate;
    let targets = Targets {
        budget_usd: Some(estimate.budget_usd.quantile(sure) * share),
        deadline_weeks: Some(estimate.weeks.quantile(sure) * share * 1.02),
    };
    Goal { targets, sure, keep: BTreeSet::new() }
}

/// Every set of so many of the first `all` numbers.
fn sets(all: usize, size: usize) -> Vec<Vec<usize>> {
    let chosen = |mask: &u32| mask.count_ones() as usize == size;
    let set = |mask: u32| (0..all).filter(|at| mask >> at & 1 == 1).collect();
    (0..1u32 << all).filter(chosen).map(set).collect()
}

#[test]
fn a_set_is_priced_as_the_plan_without_it_on_the_same_frameworks() {
    let engine = storage::load_engine(None).unwrap();
    let project = plan(&engine);
    apart(&engine, &project, |parts, assessment| {
        let goal = goal(assessment, 0.8, 0.8);
        let aim = Aim::new(parts, &goal, &project.assumptions);
        for set in sets(14, 3).into_iter().step_by(7).chain(sets(14, 9).into_iter().step_by(97)) {
            let mut less = project.clone();
            let gone =
                set.iter().map(|at| crate::project::ElementId::Component(ComponentId::new(&format!("service-{at}"))));
            less.apply(&Edit::Remove(gone.collect()));
            let estimate = engine.estimate_for(&less, &assessment.verdict.assignment);
            let (holds, usd) = aim.weigh(&set);
            let expected = assessment.estimate.budget_usd.median - estimate.budget_usd.median;
            assert!((usd - expected).abs() < 1e-6 * expected, "{set:?}: {usd} {expected}");
            assert_eq!(holds, goal.is_kept_by(estimate.weeks, estimate.budget_usd), "{set:?}");
        }
    });
}

#[test]
fn the_descent_finds_what_trying_every_set_finds() {
    let engine = storage::load_engine(None).unwrap();
    let project = plan(&engine);
    apart(&engine, &project, |parts, assessment| {
        for (share, sure) in [(0.95, 0.8), (0.85, 0.5), (0.8, 0.9), (0.7, 0.8), (0.6, 0.6), (0.5, 0.9)] {
            let goal = goal(assessment, share, sure);
            let aim = Aim::new(parts, &goal, &project.assumptions);
            for size in 1..=5 {
                let mut expected: Vec<(f64, Vec<usize>)> = sets(14, size)
                    .into_iter()
                    .filter(|set| aim.may_go(set))
                    .filter_map(|set| Some(aim.weigh(&set)).filter(|(holds, _)| *holds).map(|(_, usd)| (usd, set)))
                    .collect();
                expected.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut purse = Purse::new(u64::MAX, u64::MAX);
                let progress = Progress::default();
                let wanted = Wanted { size, most_kept: 5, ceiling_usd: f64::INFINITY };
                let Ok(found) = Descent::sets(&aim, wanted, &mut purse, &Meter::new(&progress)) else { panic!() };
                let found: Vec<f64> = found.sets.into_iter().map(|(_, usd)| usd).collect();
                let expected: Vec<f64> = expected.into_iter().take(5).map(|(usd, _)| usd).collect();
                assert_eq!(found, expected, "{share} {sure} {size}");
                if !found.is_empty() {
                    assert!(least_size(&aim).unwrap() <= size);
                }
            }
        }
    });
}
