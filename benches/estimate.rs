//! How long it takes to go further than an estimate: ways to build a plan side by side, what leads from one to another, what is done
//! when, where the money goes, what moves it, what an offer costs, and how a goal can be reached.

#[path = "../tests/common/builtin.rs"]
mod builtin;
#[path = "../tests/common/large.rs"]
mod large;

use std::{cell::Cell, collections::BTreeSet, sync::Arc};

use divan::{Bencher, black_box};
use groundplan::{
    assess::{Assessed, Choice, Cut, Engine, Goal, MOST_BARS, Sums, Targets, breakdown},
    figures::{Columns, Money},
    progress::Progress,
    project::{Component, ComponentKind, Connection, Edit, ElementId, Project, Protocol, TraitValue},
    session::Session,
};
use large::{id, plan};

/// A plan that is large, and one that is larger than anybody draws.
const COMPONENTS: [usize; 2] = [200, 2_000];

fn main() {
    divan::main();
}

/// The plan, the advice, and each framework throughout: made anew after every change while they are looked at.
#[divan::bench(args = COMPONENTS, sample_count = 20)]
fn comparison(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let mut project = plan(&engine.playbook, components);
    // Some pins, so that no way to build it is another's.
    for i in (0..components / 2).step_by(7) {
        project.apply(&Edit::SetPin(id(i), Some(engine.playbook.frameworks[i % 2].id.clone())));
    }
    let assessment = engine.assess(&project);
    let choices = engine.choices(&project);
    bencher.bench(|| engine.compare(black_box(&project), &assessment, &choices));
}

/// What is done when: follows every change while the schedule is looked at.
#[divan::bench(args = COMPONENTS)]
fn schedule(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let assessment = engine.assess(&project);
    bencher.bench(|| engine.schedule(black_box(&project), &assessment));
}

/// The same with a team for which dozens of tasks run at a time.
#[divan::bench(args = COMPONENTS)]
fn schedule_of_a_large_team(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let mut project = plan(&engine.playbook, components);
    project.assumptions.team_size = 60.0;
    let assessment = engine.assess(&project);
    bencher.bench(|| engine.schedule(black_box(&project), &assessment));
}

/// Every part by component and, for the map, by work item within it, with the figures as a table shows them: made anew after
/// every change while it is looked at.
#[divan::bench(args = COMPONENTS)]
fn breakdown_by_component(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    bencher.bench(|| {
        let cuts = [Cut::Component, Cut::WorkItem];
        let slices = breakdown(black_box(&estimate), &engine.playbook, &project.assumptions, &cuts);
        let sums: Vec<Sums> = slices.iter().map(|slice| slice.sums).collect();
        Columns::new(Money::of(&project), &sums)
    });
}

/// The same by phase, which each line falls into several of.
#[divan::bench(args = COMPONENTS)]
fn breakdown_by_phase(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    let cuts = [Cut::Phase, Cut::Component];
    bencher.bench(|| breakdown(black_box(&estimate), &engine.playbook, &project.assumptions, &cuts));
}

/// What moves weeks and budget: made anew after every change while it is looked at.
#[divan::bench(args = COMPONENTS)]
fn sensitivity(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    bencher.bench(|| engine.sensitivity(&project.assumptions, black_box(&estimate), MOST_BARS));
}

/// The cases and the multipliers: the same for every plan, made once they are looked at.
#[divan::bench]
fn cases(bencher: Bencher<'_, '_>) {
    let engine = builtin::engine();
    bencher.bench(|| (black_box(&engine).case_report(), engine.multipliers()));
}

/// The plan with ten changes: traits, pins, a new component, one that is gone, a connection, rate and team.
fn changed(project: &Project) -> Project {
    let mut other = project.clone();
    let framework = |name: &str| Some(name.into());
    for (at, tables) in [(3, 77.0), (14, 5.0), (25, 33.0)] {
        other.apply(&Edit::SetTrait(id(at), "tables".into(), Some(TraitValue::Number(tables))));
    }
    for at in [40, 51] {
        other.apply(&Edit::SetPin(id(at), framework(if at == 40 { "django" } else { "fastapi" })));
    }
    let mut mail = Component::new("Mail", ComponentKind::Notification, None);
    mail.traits.insert("endpoints".into(), TraitValue::Number(12.0));
    other.apply(&Edit::PutComponent("mail".into(), mail));
    let link = |from, to| Connection::new(from, to, Protocol::Http);
    other.apply(&Edit::PutConnection("to-mail".into(), link(id(3), "mail".into())));
    other.apply(&Edit::PutConnection("new".into(), link(id(60), id(90))));
    other.apply(&Edit::Remove([ElementId::Component(id(70))].into()));
    let mut assumptions = other.assumptions.clone();
    (assumptions.rate_usd_per_person_week, assumptions.team_size) = (5_200.0, 5.0);
    other.apply(&Edit::SetAssumptions(assumptions));
    other
}

fn bench_causes(bencher: Bencher<'_, '_>, engine: &Engine, from: &Project, to: &Project) {
    let (a, b) = (engine.assess(from), engine.assess(to));
    let (from, to) = (Assessed { project: from, assessment: &a }, Assessed { project: to, assessment: &b });
    bencher.bench(|| engine.causes(black_box(from), to, 0.8, &Progress::default()));
}

/// About ten causes, each worked out exactly.
#[divan::bench(args = COMPONENTS)]
fn causes(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let from = plan(&engine.playbook, components);
    bench_causes(bencher, &engine, &from, &changed(&from));
}

/// As many causes as there are services on another framework: the smallest are put together first.
#[divan::bench(args = COMPONENTS, sample_count = 10)]
fn causes_of_another_scenario(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let plan = plan(&engine.playbook, components);
    let from = engine.project_under(&plan, &Choice::All("fastapi".into())).unwrap_or_else(|| plan.clone());
    bench_causes(bencher, &engine, &from, &changed(&plan));
}

/// What hangs at the pointer, priced for the first time: from then on it is known.
#[divan::bench(args = COMPONENTS)]
fn price(bencher: Bencher<'_, '_>, components: usize) {
    let engine = Arc::new(builtin::engine());
    let project = plan(&engine.playbook, components);
    let session = Session::new(engine, project, None);
    let kinds = [ComponentKind::RestApi, ComponentKind::Worker];
    let turn = Cell::new(0);
    bencher.bench_local(|| {
        // Another offer each time, or the answer would be the one from before.
        turn.set(turn.get() + 1);
        let component = Component::new("New", kinds[turn.get() % 2], None);
        session.price(black_box(&[Edit::PutComponent("new".into(), component)]))
    });
}

/// The same offer in the next frame.
#[divan::bench(args = COMPONENTS)]
fn price_in_the_next_frame(bencher: Bencher<'_, '_>, components: usize) {
    let engine = Arc::new(builtin::engine());
    let project = plan(&engine.playbook, components);
    let session = Session::new(engine, project, None);
    let offer = [Edit::PutComponent("new".into(), Component::new("New", ComponentKind::RestApi, None))];
    bencher.bench_local(|| session.price(black_box(&offer)));
}

/// A goal that so many percent of the budget and the weeks are to be enough for: off the window's thread, with progress.
#[divan::bench(args = COMPONENTS, consts = [98, 90, 60], sample_count = 3, sample_size = 1)]
fn goal<const PERCENT: u32>(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    let share = f64::from(PERCENT) / 100.0;
    let targets = Targets {
        budget_usd: Some(estimate.budget_usd.quantile(0.8) * share),
        deadline_weeks: Some(estimate.weeks.quantile(0.8) * share),
    };
    let goal = Goal { targets, sure: 0.8, keep: BTreeSet::new() };
    bencher.bench(|| engine.reach(black_box(&project), &goal, &Progress::default()));
}
