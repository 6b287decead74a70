//! What is said to turn a verdict turns it, and a step less does not.

use std::sync::LazyLock;

use groundplan::{
    assess::{Assessment, Change, Engine, Flip, step_of},
    playbook::{Trait, TraitKind},
    project::{
        Component, ComponentId, ComponentKind, Connection, Edit, ElementId, FrameworkId, Project, Protocol, TraitValue,
    },
};
use proptest::{prelude::*, sample::Index};

use crate::common::{builtin, small_playbook as small};

static BUILTIN: LazyLock<Engine> = LazyLock::new(builtin::engine);
static SMALL: LazyLock<Engine> = LazyLock::new(small::engine);

/// The project with the changes of a flip made.
fn changed(project: &Project, flip: &Flip) -> Project {
    let mut project = project.clone();
    for change in &flip.changes {
        project.apply(&Edit::SetTrait(flip.component.clone(), change.trait_id.clone(), Some(change.to.clone())));
    }
    project
}

fn framework_of<'a>(assessment: &'a Assessment, id: &ComponentId) -> &'a FrameworkId {
    &assessment.verdict.assignment[id]
}

/// The same flip with a number one step nearer to what it is; `None` if that is what it is, or if it is no number.
fn a_step_less(engine: &Engine, flip: &Flip, at: usize) -> Option<Flip> {
    let Change { trait_id, from, to, .. } = &flip.changes[at];
    let step = step_of(&engine.playbook.traits[trait_id].value);
    let TraitValue::Number(to) = to else { return None };
    let from = from.as_ref()?.as_number()?;
    let nearer = ((to - step * (to - from).signum()) / step).round() * step;
    if (to - from).abs() <= step {
        return None;
    }
    let mut less = flip.clone();
    less.changes[at].to = TraitValue::Number(nearer);
    Some(less)
}

fn check(engine: &Engine, project: &Project, flip: &Flip) -> Result<(), TestCaseError> {
    let before = engine.assess(project);
    prop_assert_eq!(framework_of(&before, &flip.component), &flip.from);
    let after = engine.assess(&changed(project, flip));
    prop_assert_eq!(framework_of(&after, &flip.component), &flip.to, "{:?}", flip);
    prop_assert_eq!(&after.verdict.kind, &flip.verdict, "{:?}", flip);
    for (other, framework) in &flip.others {
        prop_assert_eq!(framework_of(&after, other), framework, "{:?}", flip);
    }
    for at in 0..flip.changes.len() {
        if let Some(less) = a_step_less(engine, flip, at) {
            let still = engine.assess(&changed(project, &less));
            prop_assert_ne!(framework_of(&still, &flip.component), &flip.to, "a step less does it too: {:?}", less);
        }
    }
    Ok(())
}

fn value(known: &Trait, share: f64) -> TraitValue {
    match &known.value {
        TraitKind::Flag => TraitValue::Flag(share > 0.3),
        TraitKind::Number { least, plausible: (_, _, high), whole, .. } => {
            let value = least + (high - least) * share * share;
            TraitValue::Number(if *whole { value.round() } else { value })
        }
        TraitKind::Choice(options) => {
            TraitValue::Choice(options[((options.len() as f64 * share) as usize).min(options.len() - 1)].clone())
        }
    }
}

type Seed = (Index, Vec<(Index, f64)>);

fn drawing(engine: &Engine, services: &[Seed], links: &[(Index, Index, Index)]) -> Project {
    let kinds: Vec<ComponentKind> = ComponentKind::ALL.iter().copied().filter(|kind| kind.is_service()).collect();
    let traits: Vec<&Trait> = engine.playbook.traits.values().collect();
    let mut project = Project::new("p");
    for (at, (kind, values)) in services.iter().enumerate() {
        let mut component = Component::new(&format!("s{at}"), *kind.get(&kinds), None);
        for (which, share) in values {
            let known = which.get(&traits);
            component.traits.insert(known.id.clone(), value(known, *share));
        }
        project.apply(&Edit::PutComponent(format!("s{at}").as_str().into(), component));
    }
    let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
    for (from, to, protocol) in links {
        let (from, to) = (from.get(&ids).clone(), to.get(&ids).clone());
        let id = project.new_connection_id(&from, &to);
        project.apply(&Edit::PutConnection(id, Connection::new(from, to, *protocol.get(&Protocol::ALL))));
    }
    project
}

fn system() -> impl Strategy<Value = (Vec<Seed>, Vec<(Index, Index, Index)>)> {
    let service = (any::<Index>(), prop::collection::vec((any::<Index>(), 0.0..1.0_f64), 0..7));
    let link = (any::<Index>(), any::<Index>(), any::<Index>());
    (prop::collection::vec(service, 1..6), prop::collection::vec(link, 0..8))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn the_reported_change_turns_the_verdict_and_a_step_less_does_not((services, links) in system(), small in any::<bool>()) {
        let engine = if small { &*SMALL } else { &*BUILTIN };
        let project = drawing(engine, &services, &links);
        for id in project.components.keys() {
            let flips = engine.turning(&project, id).single;
            prop_assert!(flips.is_sorted_by(|a, b| a.size() <= b.size()));
            for flip in &flips {
                check(engine, &project, flip)?;
            }
            if let Some(pair) = engine.turning(&project, id).pair {
                prop_assert_eq!(pair.changes.len(), 2);
                check(engine, &project, &pair)?;
            }
        }
        let now = engine.assess(&project).verdict.kind;
        for flip in engine.system_flips(&project) {
            prop_assert_ne!(&engine.assess(&changed(&project, &flip)).verdict.kind, &now);
        }
    }

    #[test]
    fn a_flag_that_would_turn_it_is_never_left_out((services, links) in system()) {
        let engine = &*SMALL;
        let project = drawing(engine, &services, &links);
        let before = engine.assess(&project);
        for (id, component) in &project.components {
            for flag in ["admin", "pure-api"] {
                let other = component.traits.get(flag) != Some(&TraitValue::Flag(true));
                let mut after = project.clone();
                after.apply(&Edit::SetTrait(id.clone(), flag.into(), Some(TraitValue::Flag(other))));
                let now = engine.assess(&after);
                let contradictory = now.findings.iter().any(|finding| finding.elements == [ElementId::Component(id.clone())]);
                if framework_of(&now, id) != framework_of(&before, id) && !contradictory {
                    let found = engine.turning(&project, id).single.into_iter().any(|flip| flip.changes[0].trait_id.as_str() == flag);
                    prop_assert!(found, "{id}: {flag}");
                }
            }
        }
    }
}

#[test]
fn a_number_is_moved_to_the_very_table_at_which_it_turns() {
    // 10 dB over 5 to 40 tables against 9 dB for the pure API: 9 dB are reached at 36 tables.
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[("tables", 12.0)], &["pure-api"]);
    let flips = SMALL.turning(&project, &"api".into()).single;
    let tables = flips.iter().find(|flip| flip.changes[0].trait_id.as_str() == "tables").unwrap();
    assert_eq!((&tables.changes[0].to, tables.to.as_str()), (&TraitValue::Number(36.0), "plain"));
    // The flag is a whole step; 24 tables of a plausible range of 55 are less than half of one.
    assert!((tables.size() - 24.0 / 55.0).abs() < 1e-12);
    let flag = flips.iter().find(|flip| flip.changes[0].trait_id.as_str() == "pure-api").unwrap();
    assert_eq!((&flag.changes[0].to, flag.size()), (&TraitValue::Flag(false), 1.0));
}

#[test]
fn what_the_neighbours_want_counts() {
    // The edge alone would be on `fast` by 9 dB; tables shared with the shop cost 8 and a second framework 4.
    let mut project = Project::new("p");
    small::service(&mut project, "shop", &[("tables", 40.0)], &["admin"]);
    small::service(&mut project, "edge", &[("rate", 10.0)], &["pure-api"]);
    small::link(&mut project, "edge", "shop", Protocol::SharedTables);
    let assessment = SMALL.assess(&project);
    assert_eq!(assessment.verdict.assignment["edge"].as_str(), "plain");
    let flips = SMALL.turning(&project, &"edge".into()).single;
    let rate = flips.iter().find(|flip| flip.changes[0].trait_id.as_str() == "rate").unwrap();
    // 3 dB are missing, of 8 over 100 to 10,000 requests a second: 3812.5, and an exact tie is not enough.
    assert_eq!((&rate.changes[0].to, rate.to.as_str()), (&TraitValue::Number(3813.0), "fast"));
}

#[test]
fn an_unknown_number_is_answered_as_usually_as_it_can_be() {
    // 3 dB for `plain` from 14 tables; 8 dB over 100 to 10,000 requests a second turn it from 3,813 on, and a usual answer is 50.
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[("tables", 14.0)], &[]);
    let flips = SMALL.turning(&project, &"api".into()).single;
    let rate = flips.iter().find(|flip| flip.changes[0].trait_id.as_str() == "rate").unwrap();
    assert_eq!((&rate.changes[0].from, &rate.changes[0].to), (&None, &TraitValue::Number(3813.0)));
    assert!(rate.size() > 1.0, "to answer is a step of its own: {rate:?}");
    // Where a usual answer would do, it is the one that is named.
    let engine = &*BUILTIN;
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[("tables", 6.0)], &["io-bound"]);
    let known = engine.assess(&project).verdict.assignment["api"].clone();
    for flip in engine.turning(&project, &"api".into()).single.iter().filter(|flip| flip.changes[0].from.is_none()) {
        assert_eq!(flip.from, known);
        assert!(flip.size() >= 1.0, "{flip:?}");
    }
}

#[test]
fn nothing_turns_what_is_pinned() {
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[], &["pure-api"]);
    small::pin(&mut project, "api", "plain");
    assert_eq!(SMALL.turning(&project, &"api".into()).single, []);
    assert_eq!(SMALL.turning(&project, &"api".into()).pair, None);
}
