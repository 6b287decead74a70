//! What is done when: nobody idles, nothing is begun before what it needs, and the end is the estimate's.

#![allow(clippy::unwrap_used)] // in helpers too: a test that cannot go on fails

use std::sync::LazyLock;

use crate::common::{builtin, small_playbook as small};
use groundplan::{
    assess::{Assessment, Distribution, Engine, EstimateLine, MilestoneKind, Schedule, Task, Wait, schedule},
    playbook::{PhaseRole, Playbook, load},
    project::{Component, ComponentId, ComponentKind, Edit, Project, Protocol, TraitValue},
};
use proptest::{prelude::*, sample::Index};
use small::{link, service};

static ENGINE: LazyLock<Engine> = LazyLock::new(builtin::engine);
/// Another engine, calibrated by itself: it is to give the same.
static AGAIN: LazyLock<Engine> = LazyLock::new(builtin::engine);

/// The small playbook, with roles for its phases: start, build, finish.
fn playbook() -> Playbook {
    let mut text = small::ESTIMATE.to_owned();
    for (label, role) in [("Start", "foundations"), ("Build", "build"), ("Finish", "integration")] {
        text = text.replace(&format!("label: \"{label}\""), &format!("label: \"{label}\", role: {role}"));
    }
    load(&small::files(&[("estimate.ron", text)])).unwrap()
}

/// An assessment with these weeks by phase: nothing else is read by a schedule.
fn assessed(work: &[(Option<&str>, [f64; 3])]) -> Assessment {
    let mut assessment = Assessment::default();
    for (component, weeks) in work {
        let total: f64 = weeks.iter().sum();
        assessment.estimate.breakdown.push(EstimateLine {
            component: component.map(Into::into),
            framework: None,
            work_item: "model".into(),
            quantity: 1.0,
            person_weeks: total * 3.0,
            usd: total,
            weeks: total,
            phases: weeks.iter().map(|week| week / total).collect(),
        });
        assessment.estimate.weeks.median += total;
    }
    assessment.estimate.weeks.log_sd = 0.3;
    assessment
}

fn project(services: &[&str], links: &[(&str, &str)], team_size: f64) -> Project {
    let mut project = Project::new("Plan");
    for id in services {
        service(&mut project, id, &[], &[]);
    }
    for (from, to) in links {
        link(&mut project, from, to, Protocol::Http);
    }
    project.assumptions.team_size = team_size;
    project
}

fn made(project: &Project, work: &[(Option<&str>, [f64; 3])]) -> Schedule {
    let (playbook, assessment) = (playbook(), assessed(work));
    let schedule = schedule(&playbook, project, &assessment);
    holds(&playbook, project, &assessment, &schedule).unwrap();
    schedule
}

/// `component phase: from-to xpeople,people`, a line for each task.
fn told(schedule: &Schedule) -> Vec<String> {
    let number = |value: f64| format!("{}", (value * 1e4).round() / 1e4);
    let line = |task: &Task| {
        let component = &schedule.lanes[task.lane].component;
        let people: Vec<String> = task.segments.iter().map(|segment| number(segment.people)).collect();
        let name = component.as_ref().map_or("-", ComponentId::as_str);
        let times = format!("{}-{}", number(task.start_weeks), number(task.end_weeks));
        format!("{name} {}: {times} x{}", task.phase, people.join(","))
    };
    schedule.tasks.iter().map(line).collect()
}

#[test]
fn a_team_of_two_takes_two_at_a_time_and_ends_together() {
    let plan = project(&["a", "b"], &[], 2.0);
    let schedule = made(&plan, &[(Some("a"), [0.0, 2.0, 0.0]), (Some("b"), [0.0, 1.0, 0.0])]);
    // Both are begun with one person; whoever is done with b joins a.
    assert_eq!(told(&schedule), ["a 1: 0-3 x1,2", "b 1: 0-2 x1"]);
    assert_eq!(schedule.tasks[0].segments[0].to_weeks, 2.0);
    assert_eq!(schedule.end_weeks(), 3.0);
    assert_eq!(schedule.tasks[1].waited_for, Wait::Nothing);
}

#[test]
fn what_is_called_is_built_before_the_caller_is_integrated() {
    let plan = project(&["a", "b"], &[("a", "b")], 1.0);
    let work = [(Some("a"), [0.0, 1.0, 1.0]), (Some("b"), [0.0, 3.0, 0.0])];
    let schedule = made(&plan, &work);
    // b is longer on its way to the end (3 + 1) than a (1 + 1), so it goes first.
    assert_eq!(told(&schedule), ["a 1: 3-4 x1", "a 2: 4-5 x1", "b 1: 0-3 x1"]);
    assert_eq!(schedule.tasks[1].after, [0, 2]);
    assert_eq!(schedule.tasks[0].waited_for, Wait::People(2));
    assert_eq!(schedule.tasks[1].waited_for, Wait::Work(0));
    assert_eq!(schedule.chain, [2, 0, 1]);
    // Without the connection the ties go by the document.
    let apart = made(&project(&["a", "b"], &[], 1.0), &[(Some("a"), [0.0, 1.0, 1.0]), (Some("b"), [0.0, 2.0, 0.0])]);
    assert_eq!(told(&apart), ["a 1: 0-1 x1", "a 2: 3-4 x1", "b 1: 1-3 x1"]);
}

#[test]
fn calls_in_a_circle_are_no_circle_in_time() {
    let plan = project(&["a", "b"], &[("a", "b"), ("b", "a"), ("a", "a")], 1.0);
    let schedule = made(&plan, &[(Some("a"), [0.0, 1.0, 1.0]), (Some("b"), [0.0, 1.0, 1.0])]);
    let ends: Vec<f64> = schedule.tasks.iter().map(|task| task.end_weeks).collect();
    assert_eq!(ends, [1.0, 3.0, 2.0, 4.0]);
}

#[test]
fn the_projects_own_work_comes_around_that_of_the_components() {
    let plan = project(&["a"], &[], 2.0);
    let schedule = made(&plan, &[(None, [1.0, 0.0, 1.0]), (Some("a"), [1.0, 2.0, 1.0])]);
    // Start: side by side. Build: needs both starts. Finish of the whole: needs the build of a.
    assert_eq!(told(&schedule), ["- 0: 0-2 x1", "- 2: 4-6 x1", "a 0: 0-2 x1", "a 1: 2-4 x2", "a 2: 4-6 x1"],);
    assert_eq!(schedule.tasks[3].after, [0, 2]);
    assert_eq!(schedule.tasks[1].after, [0, 3]);
}

#[test]
fn who_is_called_goes_live_first_and_the_whole_after_all_of_it() {
    let plan = project(&["a", "b", "c"], &[("a", "b"), ("b", "c"), ("c", "b")], 1.0);
    let work: Vec<_> = [None, Some("a"), Some("b"), Some("c")].map(|id| (id, [0.0, 1.0, 1.0])).to_vec();
    let text = small::ESTIMATE.replace("label: \"Finish\"", "label: \"Finish\", role: rollout");
    let playbook = load(&small::files(&[("estimate.ron", text)])).unwrap();
    let after: Vec<Vec<usize>> =
        schedule(&playbook, &plan, &assessed(&work)).tasks.into_iter().map(|task| task.after).collect();
    // Two tasks each: those of the whole, of a, b and c. b and c call each other, so neither can be the first.
    assert_eq!(after, [vec![], vec![0], vec![], vec![2, 5], vec![], vec![4], vec![], vec![6]]);
}

#[test]
fn half_a_person_begins_and_less_only_helps() {
    let work = [(Some("a"), [0.0, 1.0, 0.0]), (Some("b"), [0.0, 1.0, 0.0])];
    let plan = |team| project(&["a", "b"], &[], team);
    // 1 person takes 1.5 weeks for the team-week of a; b has half a person until then and all of them after.
    assert_eq!(told(&made(&plan(1.5), &work)), ["a 1: 0-1.5 x1", "b 1: 0-2 x0.5,1.5"]);
    assert_eq!(told(&made(&plan(1.25), &work)), ["a 1: 0-1 x1.25", "b 1: 1-2 x1.25"]);
}

#[test]
fn a_playbook_without_roles_orders_the_phases_of_a_component_alone() {
    let plan = project(&["a", "b"], &[("a", "b")], 2.0);
    let assessment = assessed(&[(None, [1.0, 0.0, 1.0]), (Some("a"), [0.0, 1.0, 1.0]), (Some("b"), [0.0, 9.0, 0.0])]);
    let made = schedule(&small::playbook(), &plan, &assessment);
    let after: Vec<&[usize]> = made.tasks.iter().map(|task| task.after.as_slice()).collect();
    assert_eq!(after, [&[] as &[usize], &[0], &[], &[2], &[]]);
}

#[test]
fn milestones_and_the_later_end_follow_from_the_tasks() {
    let plan = project(&["a", "b"], &[], 1.0);
    let schedule = made(&plan, &[(None, [1.0, 0.0, 0.0]), (Some("a"), [0.0, 3.0, 0.0]), (Some("b"), [0.0, 1.0, 1.0])]);
    let found: Vec<(MilestoneKind, f64)> = schedule.milestones.iter().map(|one| (one.kind, one.weeks)).collect();
    let b = schedule.lane_of(Some(&"b".into())).unwrap();
    let a = schedule.lane_of(Some(&"a".into())).unwrap();
    assert_eq!(found[0], (MilestoneKind::Phase(0), 1.0));
    assert!(found.contains(&(MilestoneKind::FirstLive(a), 4.0)), "{found:?}");
    assert_eq!(*found.last().unwrap(), (MilestoneKind::Done, 6.0));
    assert_eq!(schedule.lanes[b].end_weeks, 6.0);
    let range = Distribution { median: 6.0, log_sd: 0.3 };
    assert!((schedule.at(6.0, 0.8) - range.quantile(0.8)).abs() < 1e-12);
    assert!((schedule.at(3.0, 0.8) - range.quantile(0.8) / 2.0).abs() < 1e-12);
}

#[test]
fn a_sheet_without_services_has_nothing_to_do() {
    let empty = Project::new("Empty");
    let schedule = ENGINE.schedule(&empty, &ENGINE.assess(&empty));
    assert!(schedule.tasks.is_empty() && schedule.milestones.is_empty() && schedule.chain.is_empty());
    assert_eq!((schedule.end_weeks(), schedule.at(3.0, 0.8)), (0.0, 3.0));
}

#[test]
fn the_case_studies_end_at_their_published_medians() {
    for case in ENGINE.playbook.cases.values() {
        let Some(published) = &case.published else { continue };
        let project = builtin::preset(case.id.as_str());
        let schedule = ENGINE.schedule(&project, &ENGINE.assess(&project));
        let (low, high) = published.timeline;
        let median = (low * high).sqrt() * published.unit.weeks();
        assert!((schedule.end_weeks() - median).abs() < 1e-6, "{}: {}", case.id, schedule.end_weeks());
        let live = schedule.milestones.iter().find(|one| matches!(one.kind, MilestoneKind::FirstLive(_))).unwrap();
        assert!(live.weeks <= schedule.end_weeks());
    }
}

/// What was put off is neither done nor waited for.
#[test]
fn what_is_put_off_is_not_in_the_schedule() {
    let mut project = builtin::preset("monolith-decomposition");
    let id: ComponentId = project.services().map(|(id, _)| id.clone()).next().unwrap();
    project.apply(&Edit::SetDeferred(id.clone(), true));
    let assessment = ENGINE.assess(&project);
    let schedule = ENGINE.schedule(&project, &assessment);
    assert_eq!(schedule.lane_of(Some(&id)), None);
    holds(&ENGINE.playbook, &project, &assessment, &schedule).unwrap();
}

/// A drawing of services with some numbers, and who calls whom.
fn drawing() -> impl Strategy<Value = Project> {
    let component = (any::<Index>(), 0.0..80.0_f64, any::<bool>(), prop::bool::weighted(0.15));
    let components = prop::collection::vec(component, 1..14);
    let links = prop::collection::vec((any::<Index>(), any::<Index>(), any::<Index>()), 0..30);
    let team = prop_oneof![(1_u32..12).prop_map(f64::from), 1.0..12.0_f64, Just(1.0), Just(40.0)];
    (components, links, team, 0.0..0.5_f64).prop_map(|(components, links, team_size, contingency)| {
        let mut project = Project::new("Random");
        for (at, (kind, tables, flag, deferred)) in components.iter().enumerate() {
            let mut component = Component::new("Component", *kind.get(ComponentKind::ALL), None);
            component.traits.insert("tables".into(), TraitValue::Number(tables.round()));
            component.traits.insert("admin-interface".into(), TraitValue::Flag(*flag));
            component.deferred = *deferred;
            project.apply(&Edit::PutComponent(ComponentId::new(&format!("c{at}")), component));
        }
        let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
        for (from, to, protocol) in links {
            let (from, to) = (from.get(&ids), to.get(&ids));
            link(&mut project, from.as_str(), to.as_str(), *protocol.get(&Protocol::ALL));
        }
        project.assumptions.team_size = team_size;
        project.assumptions.contingency = contingency;
        project
    })
}

/// What must hold of every schedule; says what does not.
fn holds(playbook: &Playbook, project: &Project, assessment: &Assessment, made: &Schedule) -> Result<(), String> {
    let check = |sound: bool, what: &str| if sound { Ok(()) } else { Err(format!("{what}\n{made:#?}")) };
    let (end, team) = (assessment.estimate.weeks.median, made.team_size);
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * end.max(1.0);
    check(near(made.end_weeks(), end), "it ends at the estimate's median")?;
    let content: f64 = made.tasks.iter().map(|task| task.team_weeks).sum();
    check(near(content, end), "the contents are the estimate's weeks")?;
    let effort: f64 = made.lanes.iter().map(|lane| lane.person_weeks).sum();
    check(
        (effort - assessment.estimate.person_weeks).abs() < 1e-6 * effort || assessment.estimate.person_weeks == 0.0,
        "effort",
    )?;
    for task in &made.tasks {
        let done: f64 = task.segments.iter().map(|one| (one.to_weeks - one.from_weeks) * one.people / team).sum();
        check(near(done, task.team_weeks), "every task is done in full")?;
        let (first, last) = (task.segments.first().unwrap(), task.segments.last().unwrap());
        check(first.from_weeks == task.start_weeks && last.to_weeks == task.end_weeks, "worked on from begin to end")?;
        check(task.segments.windows(2).all(|pair| pair[0].to_weeks == pair[1].from_weeks), "without a gap")?;
        let stays = task.segments.iter().all(|one| one.people >= first.people.min(1.0) - 1e-9);
        check(stays, "whoever began it stays on it")?;
        check(task.after.iter().all(|before| made.tasks[*before].end_weeks <= task.start_weeks), "order")?;
        let waited = task.waited_for.task().map_or(0.0, |before| made.tasks[before].end_weeks);
        check(waited == task.start_weeks, "it waits no longer than for what it waited for")?;
    }
    no_more_than_there_are(made)?;
    in_order(playbook, project, made)?;
    let ends = made.chain.windows(2).all(|pair| made.tasks[pair[0]].end_weeks == made.tasks[pair[1]].start_weeks);
    let whole = made.chain.first().is_none_or(|first| made.tasks[*first].start_weeks == 0.0)
        && made.chain.last().is_none_or(|last| made.tasks[*last].end_weeks == made.end_weeks());
    check(ends && whole, "the chain leads from the first day to the last without a gap")
}

/// At every moment exactly the team works: not more people than there are, and nobody idles.
fn no_more_than_there_are(made: &Schedule) -> Result<(), String> {
    let mut at = 0.0;
    for stretch in &made.staffing {
        let middle = f64::midpoint(stretch.from_weeks, stretch.to_weeks);
        let segments = made.tasks.iter().flat_map(|task| &task.segments);
        let working: f64 =
            segments.filter(|one| one.from_weeks <= middle && middle < one.to_weeks).map(|one| one.people).sum();
        let counted: f64 = stretch.people.iter().sum();
        if (working - made.team_size).abs() > 1e-6 || (counted - working).abs() > 1e-6 || stretch.from_weeks != at {
            return Err(format!("{working} of {} work at {middle}, counted {counted}", made.team_size));
        }
        at = stretch.to_weeks;
    }
    if at == made.end_weeks() { Ok(()) } else { Err(format!("nobody is counted after {at}")) }
}

/// The rules of order, read off the drawing once more.
fn in_order(playbook: &Playbook, project: &Project, made: &Schedule) -> Result<(), String> {
    // A role that no phase has asks for nothing: no task is in a phase from that number on.
    let role = |role| playbook.estimate.phase_with(role).unwrap_or(usize::MAX);
    let [foundations, build, integration, rollout] = PhaseRole::ALL.map(role);
    let tasks =
        |id: Option<&ComponentId>| made.lane_of(id).map_or(&[] as &[Task], |lane| made.tasks_of(&made.lanes[lane]));
    let ends = |tasks: &[Task], phases: std::ops::RangeInclusive<usize>| {
        tasks.iter().filter(|task| phases.contains(&task.phase)).map(|task| task.end_weeks).fold(0.0, f64::max)
    };
    let not_before = |tasks: &[Task], phase: usize, weeks: f64| {
        tasks.iter().filter(|task| task.phase >= phase).all(|task| task.start_weeks >= weeks)
    };
    for link in project.in_scope().connections.values().filter(|link| link.from != link.to) {
        if !not_before(tasks(Some(&link.from)), integration, ends(tasks(Some(&link.to)), 0..=build)) {
            return Err(format!("{} is integrated before {} is built", link.from, link.to));
        }
        let live = not_before(tasks(Some(&link.from)), rollout, ends(tasks(Some(&link.to)), 0..=rollout));
        if !live && !calls(project, &link.to, &link.from) {
            return Err(format!("{} goes live before {}", link.from, link.to));
        }
    }
    for lane in made.lanes.iter().filter(|lane| lane.component.is_some()) {
        let (own, of) = (tasks(None), made.tasks_of(lane));
        let after_own = (0..=foundations).all(|phase| not_before(of, phase + 1, ends(own, 0..=phase)));
        let before_own = own
            .iter()
            .filter(|task| task.phase > build)
            .all(|task| task.start_weeks >= ends(of, 0..=task.phase.saturating_sub(1)));
        if !(after_own && before_own) {
            return Err(format!("{lane:?} and the project's own work"));
        }
    }
    Ok(())
}

/// Whether one service leads to another over calls, by itself or through services between.
fn calls(project: &Project, from: &ComponentId, to: &ComponentId) -> bool {
    let project = project.in_scope();
    let services: Vec<&ComponentId> = project.services().map(|(id, _)| id).collect();
    let (mut reached, mut next) = (vec![from], 0);
    while next < reached.len() {
        let at = reached[next];
        for link in project.connections.values().filter(|link| link.from == *at) {
            if services.contains(&&link.to) && !reached.contains(&&link.to) {
                reached.push(&link.to);
            }
        }
        next += 1;
    }
    reached.contains(&to)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn every_schedule_is_one_a_team_could_follow(project in drawing()) {
        let assessment = ENGINE.assess(&project);
        let made = ENGINE.schedule(&project, &assessment);
        if let Err(what) = holds(&ENGINE.playbook, &project, &assessment, &made) {
            prop_assert!(false, "{}", what);
        }
        prop_assert_eq!(made, AGAIN.schedule(&project, &AGAIN.assess(&project)), "the same plan, the same schedule");
    }
}
