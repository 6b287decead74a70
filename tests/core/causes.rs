//! What leads from one plan to another: causes that add up, whichever way one looks and in whatever order things were drawn.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::BTreeMap, sync::LazyLock};

use groundplan::{
    assess::{
        Assessed, Assessment, Because, Cause, Causes, Choice, Difference, DifferenceKind, Engine, MOST_CAUSES, Sort,
        Totals,
    },
    playbook::TraitKind,
    progress::Progress,
    project::{
        Component, ComponentId, ComponentKind, Connection, ConnectionId, Edit, ElementId, FrameworkId, Project,
        Protocol, Role, TraitValue,
    },
};
use indexmap::IndexMap;
use proptest::{prelude::*, sample::Index};

use crate::common::{builtin, small_playbook as small};

static SMALL: LazyLock<Engine> = LazyLock::new(small::engine);
static BUILT_IN: LazyLock<Engine> = LazyLock::new(builtin::engine);

const PROBABILITY: f64 = 0.8;

fn causes(engine: &Engine, from: &Project, to: &Project) -> Causes {
    let (a, b) = (engine.assess(from), engine.assess(to));
    between(engine, (from, &a), (to, &b))
}

fn between(engine: &Engine, from: (&Project, &Assessment), to: (&Project, &Assessment)) -> Causes {
    let end = |(project, assessment)| Assessed { project, assessment };
    engine.causes(end(from), end(to), PROBABILITY, &Progress::default()).unwrap()
}

/// A component of a drawn plan: kind, traits with how far through their range, pin, whether it is put off.
type Box = (Index, Vec<(Index, f64)>, Option<Index>, bool);
/// A link of a drawn plan: from, to, protocol, calls.
type Line = (Index, Index, Index, Option<f64>);

/// What a plan is drawn from.
#[derive(Clone, Debug)]
struct Sketch {
    boxes: Vec<Option<Box>>,
    lines: Vec<Option<Line>>,
    rate: f64,
    team: f64,
    contingency: f64,
}

fn sketch(boxes: usize, lines: usize) -> impl Strategy<Value = Sketch> {
    let traits = prop::collection::vec((any::<Index>(), 0.0..1.0), 0..5);
    let one = (any::<Index>(), traits, prop::option::weighted(0.3, any::<Index>()), prop::bool::weighted(0.15));
    let link = (any::<Index>(), any::<Index>(), any::<Index>(), prop::option::of(0.0..6.0));
    (
        prop::collection::vec(prop::option::weighted(0.8, one), boxes),
        prop::collection::vec(prop::option::weighted(0.7, link), lines),
        (1000.0..9000.0, 1.0..9.0, 0.0..0.5),
    )
        .prop_map(|(boxes, lines, (rate, team, contingency))| Sketch { boxes, lines, rate, team, contingency })
}

/// Two plans of which the second has some of the first and some of its own.
fn pair(boxes: usize, lines: usize, other: f64) -> impl Strategy<Value = (Sketch, Sketch)> {
    let own = move || prop::bool::weighted(other);
    (sketch(boxes, lines), sketch(boxes, lines), prop::collection::vec(own(), boxes + lines + 3)).prop_map(
        move |(a, b, own)| {
            let mut mixed = a.clone();
            for at in (0..boxes).filter(|at| own[*at]) {
                mixed.boxes[at].clone_from(&b.boxes[at]);
            }
            for at in (0..lines).filter(|at| own[boxes + at]) {
                mixed.lines[at].clone_from(&b.lines[at]);
            }
            let own = &own[boxes + lines..];
            mixed.rate = if own[0] { b.rate } else { a.rate };
            mixed.team = if own[1] { b.team } else { a.team };
            mixed.contingency = if own[2] { b.contingency } else { a.contingency };
            (a, mixed)
        },
    )
}

fn value(kind: &TraitKind, share: f64) -> TraitValue {
    match kind {
        TraitKind::Flag => TraitValue::Flag(share > 0.3),
        TraitKind::Number { plausible: (_, _, high), .. } => TraitValue::Number((high * share).round()),
        TraitKind::Choice(options) => TraitValue::Choice(options[(options.len() as f64 * share) as usize].clone()),
    }
}

fn drawn(engine: &Engine, sketch: &Sketch) -> Project {
    let playbook = &engine.playbook;
    let mut project = Project::new("Plan");
    project.assumptions.rate_usd_per_person_week = sketch.rate;
    project.assumptions.team_size = sketch.team;
    project.assumptions.contingency = sketch.contingency;
    for (at, (kind, traits, pin, deferred)) in
        sketch.boxes.iter().enumerate().filter_map(|(at, b)| Some((at, b.as_ref()?)))
    {
        let mut component = Component::new(&format!("C{at}"), *kind.get(ComponentKind::ALL), None);
        for (which, share) in traits {
            let known = &playbook.traits[which.index(playbook.traits.len())];
            component.traits.insert(known.id.clone(), value(&known.value, *share));
        }
        component.pin =
            pin.map(|pin| playbook.frameworks.keys().nth(pin.index(playbook.frameworks.len())).unwrap().clone());
        component.deferred = *deferred;
        project.apply(&Edit::PutComponent(ComponentId::new(&format!("c{at}")), component));
    }
    let ids: Vec<ComponentId> = (0..sketch.boxes.len()).map(|at| ComponentId::new(&format!("c{at}"))).collect();
    for (at, (from, to, protocol, calls)) in
        sketch.lines.iter().enumerate().filter_map(|(at, l)| Some((at, l.as_ref()?)))
    {
        let (from, to) = (from.get(&ids).clone(), to.get(&ids).clone());
        if from != to && project.components.contains_key(&from) && project.components.contains_key(&to) {
            let mut link = Connection::new(from, to, *protocol.get(&Protocol::ALL));
            link.calls_per_request = *calls;
            project.apply(&Edit::PutConnection(ConnectionId::new(&format!("l{at}")), link));
        }
    }
    project
}

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.abs().max(1.0)
}

fn totals(assessment: &Assessment) -> Totals {
    let estimate = &assessment.estimate;
    Totals { weeks: estimate.weeks.quantile(PROBABILITY), usd: estimate.budget_usd.quantile(PROBABILITY) }
}

/// What a cause is about, in an order that depends on nothing.
fn key(cause: &Cause) -> Vec<String> {
    let mut key: Vec<String> = cause
        .differences
        .iter()
        .map(|one| {
            let sort = match one.kind.sort() {
                Sort::Departure => Sort::Arrival,
                sort => sort,
            };
            let assumption = match &one.kind {
                DifferenceKind::Rate { .. } => "rate",
                DifferenceKind::Team { .. } => "team",
                _ => "",
            };
            format!("{sort:?} {:?} {assumption}", one.element)
        })
        .collect();
    key.sort();
    key
}

fn effects(causes: &Causes) -> BTreeMap<Vec<String>, Totals> {
    let effects: BTreeMap<_, _> = causes.causes.iter().map(|cause| (key(cause), cause.effect)).collect();
    assert_eq!(effects.len(), causes.causes.len(), "two causes are about the same: {causes:#?}");
    effects
}

fn adds_up(engine: &Engine, from: &Project, to: &Project) -> Result<Causes, TestCaseError> {
    let (a, b) = (engine.assess(from), engine.assess(to));
    let found = between(engine, (from, &a), (to, &b));
    for (end, told) in [(totals(&a), found.from), (totals(&b), found.to)] {
        prop_assert!(near(end.weeks, told.weeks, end.weeks) && near(end.usd, told.usd, end.usd), "{end:?} {told:?}");
    }
    let sum = |part: fn(&Totals) -> f64| found.causes.iter().map(|cause| part(&cause.effect)).sum::<f64>();
    let scale = found.from.usd.max(found.to.usd);
    prop_assert!(near(found.from.weeks + sum(|t| t.weeks), found.to.weeks, found.to.weeks.max(found.from.weeks)));
    prop_assert!(near(found.from.usd + sum(|t| t.usd), found.to.usd, scale));
    prop_assert!(found.causes.len() <= MOST_CAUSES);
    Ok(found)
}

fn same_effects(
    a: &BTreeMap<Vec<String>, Totals>,
    b: &BTreeMap<Vec<String>, Totals>,
    sign: f64,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    let scale = a.values().chain(b.values()).map(|one| one.usd.abs()).fold(1.0, f64::max) * 1e3;
    for (key, one) in a {
        let other = b[key];
        let same = near(one.usd, sign * other.usd, scale) && near(one.weeks, sign * other.weeks, scale);
        prop_assert!(same, "{key:?}: {one:?} {other:?}");
    }
    Ok(())
}

/// The same plan, drawn in another order.
fn turned_over(project: &Project) -> Project {
    let mut other = project.clone();
    other.components.reverse();
    other.connections.reverse();
    other
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn causes_add_up_and_look_the_same_from_either_end((a, b) in pair(6, 8, 0.35)) {
        for engine in [&*SMALL, &*BUILT_IN] {
            let (a, b) = (drawn(engine, &a), drawn(engine, &b));
            let there = adds_up(engine, &a, &b)?;
            let back = adds_up(engine, &b, &a)?;
            same_effects(&effects(&there), &effects(&back), -1.0)?;
            let keys = |causes: &Causes| causes.causes.iter().map(key).collect::<Vec<_>>();
            prop_assert_eq!(keys(&there), keys(&back), "in the same order");
        }
    }

    #[test]
    fn causes_do_not_depend_on_the_order_of_drawing((a, b) in pair(8, 12, 0.5)) {
        let engine = &*BUILT_IN;
        let (a, b) = (drawn(engine, &a), drawn(engine, &b));
        // The verdict may break a tie by the order of drawing; what is compared is what follows from it.
        let (of_a, of_b) = (engine.assess(&a), engine.assess(&b));
        let found = between(engine, (&a, &of_a), (&b, &of_b));
        let turned = between(engine, (&turned_over(&a), &of_a), (&turned_over(&b), &of_b));
        same_effects(&effects(&found), &effects(&turned), 1.0)?;
        let half = between(engine, (&a, &of_a), (&turned_over(&b), &of_b));
        same_effects(&effects(&found), &effects(&half), 1.0)?;
    }

    #[test]
    fn where_much_differs_everything_is_in_one_cause_and_the_causes_still_add_up((a, b) in pair(30, 40, 0.8)) {
        let engine = &*BUILT_IN;
        let (a, b) = (drawn(engine, &a), drawn(engine, &b));
        let found = adds_up(engine, &a, &b)?;
        let back = effects(&adds_up(engine, &b, &a)?);
        same_effects(&effects(&found), &back, -1.0)?;
        let told: Vec<String> = found.causes.iter().flat_map(key).collect();
        let mut once = told.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), told.len());
        prop_assert!(!found.is_grouped() || told.len() > MOST_CAUSES);
    }

    #[test]
    fn a_cause_is_worth_its_mean_over_every_order((a, b) in pair(5, 6, 0.2)) {
        for engine in [&*SMALL, &*BUILT_IN] {
            let (a, b) = (drawn(engine, &a), drawn(engine, &b));
            let (of_a, of_b) = (engine.assess(&a), engine.assess(&b));
            let found = between(engine, (&a, &of_a), (&b, &of_b));
            // What is worth nothing in the mean may still be worth something in one order and less than nothing in another.
            let count = found.causes.len() + found.idle.len();
            if count > 7 || found.is_grouped() {
                continue;
            }
            let told = found.causes.iter().map(|cause| cause.single().unwrap());
            let differences: Vec<&Difference> = told.chain(&found.idle).collect();
            let value = |set: usize| {
                let chosen = (0..count).filter(|at| set >> at & 1 == 1).map(|at| differences[at]).collect::<Vec<_>>();
                between_the_two(engine, (&a, &of_a), (&b, &of_b), &chosen)
            };
            let values: Vec<Totals> = (0..1_usize << count).map(value).collect();
            for (at, cause) in found.causes.iter().enumerate() {
                let expected = mean_effect(&values, count, at);
                prop_assert!(near(expected.usd, cause.effect.usd, found.to.usd * 10.0), "{cause:?} {expected:?}");
                prop_assert!(near(expected.weeks, cause.effect.weeks, found.to.weeks * 10.0), "{cause:?} {expected:?}");
            }
        }
    }
}

/// The mean over every order, order by order.
fn mean_effect(values: &[Totals], count: usize, player: usize) -> Totals {
    fn walk(values: &[Totals], count: usize, player: usize, set: usize, sum: &mut Totals) -> f64 {
        let mut orders = 0.0;
        for next in (0..count).filter(|next| set >> next & 1 == 0) {
            let with = set | 1 << next;
            let below = if with + 1 == 1 << count { 1.0 } else { walk(values, count, player, with, sum) };
            if next == player {
                sum.usd += below * (values[with].usd - values[set].usd);
                sum.weeks += below * (values[with].weeks - values[set].weeks);
            }
            orders += below;
        }
        orders
    }
    let mut sum = Totals::default();
    let orders = walk(values, count, player, 0, &mut sum);
    Totals { weeks: sum.weeks / orders, usd: sum.usd / orders }
}

/// The estimate of the plan that has some of the differences and not the others, put together as a plan by hand.
fn between_the_two(
    engine: &Engine,
    (a, of_a): (&Project, &Assessment),
    (b, of_b): (&Project, &Assessment),
    chosen: &[&Difference],
) -> Totals {
    let (a, b) = (a.in_scope(), b.in_scope());
    let has = |element: Option<ElementId>, sort: &[Sort]| {
        chosen.iter().any(|one| one.element == element && sort.contains(&one.kind.sort()))
    };
    let mut plan = Project::new("Between");
    let mut frameworks: IndexMap<ComponentId, FrameworkId> = IndexMap::new();
    plan.assumptions = a.assumptions.clone();
    for one in chosen {
        match &one.kind {
            DifferenceKind::Rate { .. } => {
                plan.assumptions.rate_usd_per_person_week = b.assumptions.rate_usd_per_person_week;
            }
            DifferenceKind::Team { .. } => plan.assumptions.team_size = b.assumptions.team_size,
            DifferenceKind::Contingency { .. } => plan.assumptions.contingency = b.assumptions.contingency,
            _ => {}
        }
    }
    let ids: std::collections::BTreeSet<&ComponentId> = a.components.keys().chain(b.components.keys()).collect();
    for id in ids {
        let element = Some(ElementId::Component(id.clone()));
        let (there, came) = (has(element.clone(), &[Sort::Departure]), has(element.clone(), &[Sort::Arrival]));
        let component = match (a.components.get(id), b.components.get(id)) {
            (Some(a), Some(b)) => {
                if has(element.clone(), &[Sort::Contents]) {
                    b
                } else {
                    a
                }
            }
            // A resource that nothing is linked to makes no difference, so it is named nowhere.
            (Some(a), None) if !there => a,
            (None, Some(b)) if came => b,
            _ => continue,
        };
        let (old, new) = (of_a.verdict.assignment.get(id), of_b.verdict.assignment.get(id));
        let later = has(element, &[Sort::Framework]) || old.is_none();
        if let Some(framework) = if later { new.or(old) } else { old } {
            frameworks.insert(id.clone(), framework.clone());
        }
        plan.apply(&Edit::PutComponent(id.clone(), (**component).clone()));
    }
    let in_both = |id: &ComponentId| a.components.contains_key(id) && b.components.contains_key(id);
    for (later, links) in [(false, &a.connections), (true, &b.connections)] {
        for (id, link) in links {
            let named = has(Some(ElementId::Connection(id.clone())), &[Sort::Connection]);
            let hangs_on_an_end = !(in_both(&link.from) && in_both(&link.to));
            let counts = hangs_on_an_end || named == later;
            let ends = plan.components.contains_key(&link.from) && plan.components.contains_key(&link.to);
            // What is the same in both is not named, and put in once.
            if counts && ends {
                plan.apply(&Edit::PutConnection(ConnectionId::new(&format!("{id}-{later}")), (**link).clone()));
            }
        }
    }
    let estimate = engine.estimate_for(&plan, &frameworks);
    Totals { weeks: estimate.weeks.quantile(PROBABILITY), usd: estimate.budget_usd.quantile(PROBABILITY) }
}

/// A shop on `plain` that calls a feed on `fast`.
fn shop() -> Project {
    let mut project = Project::new("Shop");
    small::service(&mut project, "shop", &[("tables", 20.0), ("endpoints", 8.0)], &["admin"]);
    small::service(&mut project, "feed", &[("endpoints", 12.0)], &["pure-api"]);
    small::resource(&mut project, "books", ComponentKind::ExternalApi);
    small::link(&mut project, "shop", "feed", Protocol::Http);
    project
}

fn only(causes: &Causes) -> &Cause {
    assert_eq!(causes.causes.len(), 1, "{causes:#?}");
    &causes.causes[0]
}

#[test]
fn what_is_no_work_is_told_apart_and_moves_nothing() {
    let from = shop();
    let mut to = from.clone();
    to.apply(&Edit::Rename("shop".into(), "Store".into()));
    to.apply(&Edit::Place("feed".into(), (240.0, 24.0).into()));
    to.apply(&Edit::SetComponentNotes("shop".into(), "Now with notes".to_owned()));
    let found = causes(&SMALL, &from, &to);
    assert!(found.causes.is_empty() && found.idle.is_empty(), "{found:#?}");
    // No work item reads this choice, and nobody calls the provider.
    small::set(&mut to, "shop", "changes", TraitValue::Choice("rare".to_owned()));
    small::resource(&mut to, "people", ComponentKind::IdentityProvider);
    let found = causes(&SMALL, &from, &to);
    assert!(found.causes.is_empty(), "{found:#?}");
    assert_eq!(found.idle.len(), 2, "{:#?}", found.idle);
    // A call that no work item is about is looked at, found to be worth nothing, and told with what moves nothing.
    small::link(&mut to, "shop", "people", Protocol::Http);
    let found = causes(&SMALL, &from, &to);
    assert!(found.causes.is_empty() && found.idle.len() == 2, "{found:#?}");
    assert_eq!(found.from, found.to);
}

#[test]
fn a_component_comes_with_what_hangs_on_it() {
    let mut from = shop();
    small::pin(&mut from, "shop", "plain");
    small::pin(&mut from, "feed", "fast");
    let mut to = from.clone();
    small::service(&mut to, "mail", &[("endpoints", 2.0)], &[]);
    small::pin(&mut to, "mail", "plain");
    small::link(&mut to, "mail", "books", Protocol::Http);
    small::link(&mut to, "shop", "mail", Protocol::Queue);
    let found = causes(&SMALL, &from, &to);
    let mail = only(&found).single().unwrap().clone();
    assert_eq!((mail.name.as_str(), &mail.kind), ("mail", &DifferenceKind::Added));
    assert_eq!(mail.element, Some(ElementId::Component("mail".into())));
    // Put off, it is gone in the same way, and is said to be put off.
    let mut later = to.clone();
    later.apply(&Edit::SetDeferred("mail".into(), true));
    let put_off = causes(&SMALL, &to, &later);
    assert_eq!(only(&put_off).single().unwrap().kind, DifferenceKind::PutOff);
    assert!(near(only(&put_off).effect.usd, -only(&found).effect.usd, 1e6));
    let taken_in = causes(&SMALL, &later, &to);
    assert_eq!(only(&taken_in).single().unwrap().kind, DifferenceKind::TakenIn);
}

#[test]
fn a_framework_says_why_it_is_another() {
    let because = |from: &Project, to: &Project, id: &str| {
        let found = causes(&SMALL, from, to);
        let about = Some(ElementId::Component(id.into()));
        let mut all = found.causes.into_iter().flat_map(|cause| cause.differences);
        all.find_map(|one| match one.kind {
            DifferenceKind::Framework { because, .. } if one.element == about => Some(because),
            _ => None,
        })
    };
    let from = shop();
    let mut pinned = from.clone();
    small::pin(&mut pinned, "feed", "plain");
    assert_eq!(because(&from, &pinned, "feed"), Some(Because::Pin));
    let mut tagged = from.clone();
    small::set(&mut tagged, "feed", "pure-api", TraitValue::Flag(false));
    small::set(&mut tagged, "feed", "admin", TraitValue::Flag(true));
    assert_eq!(because(&from, &tagged, "feed"), Some(Because::Contents));
    let mut shared = from.clone();
    for id in ["shop", "feed"] {
        small::pin(&mut shared, id, if id == "shop" { "plain" } else { "fast" });
    }
    assert_eq!(because(&from, &shared, "feed"), None, "a pin on what it is on anyway changes nothing");
}

#[test]
fn a_rate_moves_the_budget_and_no_week_and_a_card_of_the_same_mean_moves_nothing() {
    let from = shop();
    let mut to = from.clone();
    let mut assumptions = to.assumptions.clone();
    assumptions.rate_usd_per_person_week = 5000.0;
    to.apply(&Edit::SetAssumptions(assumptions.clone()));
    let found = causes(&SMALL, &from, &to);
    assert_eq!(only(&found).single().unwrap().kind, DifferenceKind::Rate { from_usd: 4500.0, to_usd: 5000.0 });
    assert_eq!(only(&found).effect.weeks, 0.0);
    assert!(near(found.to.usd / found.from.usd, 5000.0 / 4500.0, 1.0));
    assumptions.rate_usd_per_person_week = 1.0;
    assumptions.roles.insert("engineer".into(), Role::new("Engineer", 4000.0, 1.0));
    assumptions.roles.insert("architect".into(), Role::new("Architect", 5000.0, 1.0));
    to.apply(&Edit::SetAssumptions(assumptions));
    assert!(causes(&SMALL, &from, &to).causes.is_empty());
}

/// A playbook may price work by the people who do it; then the team is work on every service.
#[test]
fn a_team_that_is_read_by_work_counts_as_work() {
    let items = small::WORK_ITEMS.replace(
        "when: has(\"admin\"), amount: const(1)",
        "when: has(\"admin\"), amount: sum([const(1), product([const(0.5), team_size])])",
    );
    assert_ne!(items, small::WORK_ITEMS);
    let playbook = groundplan::playbook::load(&small::files(&[("work_items.ron", items)])).unwrap();
    let engine = Engine::new(playbook, small::drawings()).unwrap();
    let from = shop();
    let mut to = from.clone();
    let mut assumptions = to.assumptions.clone();
    assumptions.team_size = 6.0;
    to.apply(&Edit::SetAssumptions(assumptions));
    small::set(&mut to, "shop", "tables", TraitValue::Number(60.0));
    let (a, b) = (engine.assess(&from), engine.assess(&to));
    let found = between(&engine, (&from, &a), (&to, &b));
    let differences: Vec<&Difference> = found.causes.iter().map(|cause| cause.single().unwrap()).collect();
    assert_eq!(differences.len(), 2);
    let value = |set: usize| {
        let chosen: Vec<&Difference> = (0..2).filter(|at| set >> at & 1 == 1).map(|at| differences[at]).collect();
        between_the_two(&engine, (&from, &a), (&to, &b), &chosen)
    };
    let values: Vec<Totals> = (0..4).map(value).collect();
    for (at, cause) in found.causes.iter().enumerate() {
        assert!(near(mean_effect(&values, 2, at).usd, cause.effect.usd, found.to.usd), "{found:#?}");
    }
    assert!(near(found.to.usd, totals(&b).usd, found.to.usd));
}

#[test]
fn from_all_on_one_framework_to_the_advice_the_frameworks_are_the_causes() {
    let engine = &*BUILT_IN;
    let project = builtin::preset("monolith-decomposition");
    for choice in engine.choices(&project) {
        let from = engine.project_under(&project, &choice).unwrap();
        let found = causes(engine, &from, &project);
        let (a, b) = (engine.assess(&from), engine.assess(&project));
        let moved = b.verdict.assignment.iter().filter(|(id, framework)| a.verdict.assignment[*id] != **framework);
        let told = found.causes.iter().flat_map(|cause| &cause.differences);
        assert!(told.clone().all(|one| one.kind.sort() == Sort::Framework));
        assert_eq!(told.count(), moved.count(), "{choice:?}");
        let nothing_pinned = matches!(choice, Choice::Plan | Choice::Recommended);
        assert_eq!(nothing_pinned, found.causes.is_empty());
    }
}

#[test]
fn a_cancelled_question_has_no_answer() {
    let engine = &*BUILT_IN;
    let (from, to) = (builtin::preset("monolith-decomposition"), builtin::preset("factory-telemetry"));
    let (a, b) = (engine.assess(&from), engine.assess(&to));
    let progress = Progress::default();
    let end = |project, assessment| Assessed { project, assessment };
    assert!(engine.causes(end(&from, &a), end(&to, &b), 0.5, &progress).is_some());
    assert!(progress.share() > 0.99, "{}", progress.share());
    progress.cancel();
    assert!(engine.causes(end(&from, &a), end(&to, &b), 0.5, &progress).is_none());
}
