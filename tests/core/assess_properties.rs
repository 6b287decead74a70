//! What must hold of every project: more work never costs less, and the quick way gives the same answer as the long one.

use std::sync::LazyLock;

use groundplan::{
    assess::{Distribution, Engine, Estimate},
    playbook::TraitKind,
    project::{
        Component, ComponentId, ComponentKind, Connection, Edit, ElementId, FrameworkId, Project, Protocol, TraitId,
        TraitValue,
    },
};
use proptest::{prelude::*, sample::Index};

use crate::common::{builtin, small_playbook as small};

/// A step of drawing, with what it refers to chosen when it is applied.
#[derive(Clone, Debug)]
enum Step {
    Add(Index),
    Link(Index, Index, Index, Option<f64>),
    Trait(Index, Index, f64),
    Pin(Index, Index),
    Kind(Index, Index),
    Remove(Index),
    Calls(Index, f64),
}

fn growing() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => any::<Index>().prop_map(Step::Add),
        3 => (any::<Index>(), any::<Index>(), any::<Index>(), prop::option::of(0.0..8.0)).prop_map(|(a, b, p, c)| Step::Link(a, b, p, c)),
        6 => (any::<Index>(), any::<Index>(), 0.0..1.0).prop_map(|(a, t, v)| Step::Trait(a, t, v)),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => growing(),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, f)| Step::Pin(a, f)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, k)| Step::Kind(a, k)),
        1 => any::<Index>().prop_map(Step::Remove),
        1 => (any::<Index>(), 0.0..8.0).prop_map(|(l, c)| Step::Calls(l, c)),
    ]
}

fn component_at(project: &Project, at: Index) -> Option<ComponentId> {
    (!project.components.is_empty()).then(|| at.get(&project.components.keys().cloned().collect::<Vec<_>>()).clone())
}

/// A value of a trait, `share` of the way through its plausible range.
fn value(kind: &TraitKind, share: f64) -> TraitValue {
    match kind {
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

fn apply(engine: &Engine, project: &mut Project, step: &Step) {
    let playbook = &engine.playbook;
    match step {
        Step::Add(kind) => {
            let kind = *kind.get(ComponentKind::ALL);
            let id = project.new_component_id(kind.label());
            project.apply(&Edit::PutComponent(id, Component::new(kind.label(), kind, None)));
        }
        Step::Link(from, to, protocol, calls) => {
            let (Some(from), Some(to)) = (component_at(project, *from), component_at(project, *to)) else { return };
            let id = project.new_connection_id(&from, &to);
            let mut connection = Connection::new(from, to, *protocol.get(&Protocol::ALL));
            connection.calls_per_request = *calls;
            project.apply(&Edit::PutConnection(id, connection));
        }
        Step::Trait(at, which, share) => {
            let Some(at) = component_at(project, *at) else { return };
            let which = which.get(&playbook.traits.values().collect::<Vec<_>>()).to_owned();
            project.apply(&Edit::SetTrait(at, which.id.clone(), Some(value(&which.value, *share))));
        }
        Step::Pin(at, framework) => {
            let Some(at) = component_at(project, *at) else { return };
            let framework = framework.get(&playbook.frameworks.keys().cloned().collect::<Vec<_>>()).clone();
            project.apply(&Edit::SetPin(at, Some(framework)));
        }
        Step::Kind(at, kind) => {
            let Some(at) = component_at(project, *at) else { return };
            project.apply(&Edit::SetKind(at, *kind.get(ComponentKind::ALL)));
        }
        Step::Remove(at) => {
            let Some(at) = component_at(project, *at) else { return };
            project.apply(&Edit::Remove([ElementId::Component(at)].into()));
        }
        Step::Calls(at, calls) => {
            let ids: Vec<_> = project.connections.keys().cloned().collect();
            if let Some(id) = (!ids.is_empty()).then(|| at.get(&ids).clone()) {
                let mut connection = (*project.connections[&id]).clone();
                connection.calls_per_request = Some(*calls);
                project.apply(&Edit::PutConnection(id, connection));
            }
        }
    }
}

fn pin_all(engine: &Engine, project: &mut Project, choices: &[Index]) {
    let frameworks: Vec<FrameworkId> = engine.playbook.frameworks.keys().cloned().collect();
    let ids: Vec<ComponentId> = project.services().map(|(id, _)| id.clone()).collect();
    for (at, id) in ids.into_iter().enumerate() {
        if project.components[&id].pin.is_none() {
            let framework = choices[at % choices.len()].get(&frameworks).clone();
            project.apply(&Edit::SetPin(id, Some(framework)));
        }
    }
}

/// Only what makes a project larger: numbers that rise and flags that are set.
fn is_growth(project: &Project, step: &Step, engine: &Engine) -> bool {
    let Step::Trait(at, which, share) = step else { return true };
    let Some(at) = component_at(project, *at) else { return false };
    let (id, known): (&TraitId, _) = which.get(&engine.playbook.traits.iter().collect::<Vec<_>>()).to_owned();
    let before = project.components[&at].traits.get(id).and_then(TraitValue::as_number).unwrap_or(0.0);
    value(&known.value, *share).as_number().is_some_and(|after| after >= before)
}

fn never_less(before: &Estimate, after: &Estimate) -> Result<(), TestCaseError> {
    let not_less = |a: &Distribution, b: &Distribution| {
        let (a, b) = (a.quantiles(), b.quantiles());
        [(a.p10, b.p10), (a.p50, b.p50), (a.p80, b.p80), (a.p90, b.p90)].iter().all(|(a, b)| *b >= *a * (1.0 - 1e-9))
    };
    prop_assert!(not_less(&before.weeks, &after.weeks), "{:?} {:?}", before.weeks.quantiles(), after.weeks.quantiles());
    prop_assert!(
        not_less(&before.budget_usd, &after.budget_usd),
        "{:?} {:?}",
        before.budget_usd.quantiles(),
        after.budget_usd.quantiles()
    );
    Ok(())
}

fn check_monotone(engine: &Engine, steps: &[Step], pins: &[Index]) -> Result<(), TestCaseError> {
    check_growth(engine, Project::new("Plan"), steps, pins)
}

fn check_growth(engine: &Engine, mut project: Project, steps: &[Step], pins: &[Index]) -> Result<(), TestCaseError> {
    let mut before = engine.assess(&project).estimate;
    for step in steps {
        if is_growth(&project, step, engine) {
            apply(engine, &mut project, step);
            pin_all(engine, &mut project, pins);
            let after = engine.assess(&project).estimate;
            never_less(&before, &after)?;
            before = after;
        }
    }
    Ok(())
}

fn check_again(engine: &Engine, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut project = Project::new("Plan");
    let mut assessment = engine.assess(&project);
    for step in steps {
        let previous = project.clone();
        apply(engine, &mut project, step);
        let again = engine.assess_again(&project, &previous, &assessment);
        prop_assert_eq!(&again, &engine.assess(&project));
        let figures = [again.estimate.person_weeks, again.estimate.weeks.quantile(0.9), again.verdict.margin_db];
        prop_assert!(figures.iter().all(|figure| figure.is_finite()), "{:?}", figures);
        assessment = again;
    }
    Ok(())
}

static SMALL: LazyLock<Engine> = LazyLock::new(small::engine);
static BUILT_IN: LazyLock<Engine> = LazyLock::new(builtin::engine);

proptest! {
    #[test]
    fn more_work_never_costs_less(
        steps in prop::collection::vec(growing(), 1..30),
        pins in prop::collection::vec(any::<Index>(), 4),
    ) {
        check_monotone(&SMALL, &steps, &pins)?;
        check_monotone(&BUILT_IN, &steps, &pins)?;
    }

    #[test]
    fn more_work_never_costs_less_near_the_cases(
        case in 0_usize..4,
        steps in prop::collection::vec(growing(), 1..20),
        pins in prop::collection::vec(any::<Index>(), 4),
    ) {
        let cases = ["construction-saas", "delivery-prediction", "monolith-decomposition", "factory-telemetry"];
        let mut project = builtin::preset(cases[case]);
        pin_all(&BUILT_IN, &mut project, &pins);
        check_growth(&BUILT_IN, project, &steps, &pins)?;
    }

    #[test]
    fn assessing_again_gives_what_assessing_gives(steps in prop::collection::vec(any_step(), 1..30)) {
        check_again(&SMALL, &steps)?;
        check_again(&BUILT_IN, &steps)?;
    }
}
