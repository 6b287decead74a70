//! Two versions of a project put together: what only one changed is kept, what both changed is told, and what comes out is sound.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::common::{chance, shop};
use chance::Chance;
use groundplan::{
    playbook,
    project::{
        Assumptions, Boundary, Component, ComponentId, ComponentKind, Connection, Course, Edit, ElementId, Project,
        Protocol, Role, Scenario, ScenarioId, Side, StickyNote, TraitValue, Weekday,
        merge::{Clash, Merged, Version, merge},
    },
    storage::{from_text, to_text},
};
use kurbo::{Point, Rect};
use proptest::prelude::*;

/// A shop with a database and a mailer, a frame around two of them, a note, a scenario.
pub(crate) fn plan() -> Project {
    let mut project = shop::three();
    set(&mut project, "shop", "tables", 12.0);
    set(&mut project, "shop", "roles", 2.0);
    let link = Connection::new("shop".into(), "db".into(), Protocol::Database);
    project.apply(&Edit::PutConnection("shop-to-db".into(), link));
    let link = Connection::new("shop".into(), "mailer".into(), Protocol::Queue);
    project.apply(&Edit::PutConnection("shop-to-mailer".into(), link));
    project.apply(&Edit::PutBoundary("team".into(), Boundary::new("Team", Rect::new(-20.0, -20.0, 500.0, 120.0))));
    project.apply(&Edit::PutNote("note".into(), StickyNote::new("Ask", Rect::new(0.0, 300.0, 200.0, 400.0))));
    let mut scenario = Scenario::of(&project, "Lean");
    scenario.deferred.insert("mailer".into());
    project.apply(&Edit::PutScenario("lean".into(), Some(scenario)));
    project.assumptions.roles.insert("dev".into(), Role::new("Developer", 4000.0, 3.0));
    project.assumptions.roles.insert("lead".into(), Role::new("Lead", 6000.0, 1.0));
    assert_eq!(project.validate(), []);
    project
}

pub(crate) fn set(project: &mut Project, id: &str, name: &str, value: f64) {
    project.apply(&Edit::SetTrait(id.into(), name.into(), Some(TraitValue::Number(value))));
}

fn remove(project: &mut Project, id: &str) {
    project.apply(&Edit::Remove([ElementId::Component(id.into())].into()));
}

/// The same edit of what people assume.
fn assume(project: &mut Project, change: impl FnOnce(&mut Assumptions)) {
    change(&mut project.assumptions);
}

/// What comes of two versions of the plan.
fn merged(ours: impl FnOnce(&mut Project), theirs: impl FnOnce(&mut Project)) -> Merged {
    let (base, mut a, mut b) = (plan(), plan(), plan());
    ours(&mut a);
    theirs(&mut b);
    assert_eq!((a.validate(), b.validate()), (Vec::new(), Vec::new()), "the versions themselves are sound");
    let merged = merge(&base, &a, &b, Version::Ours);
    assert_eq!(merged.project.validate(), [], "what comes out is sound");
    merged
}

/// The conflicts as the person reads them.
fn words(ours: impl Fn(&mut Project), theirs: impl Fn(&mut Project)) -> Vec<String> {
    let (base, mut a, mut b) = (plan(), plan(), plan());
    ours(&mut a);
    theirs(&mut b);
    let playbook = playbook::builtin().unwrap();
    let versions = groundplan::explain::merge::Versions { playbook: &playbook, base: &base, ours: &a, theirs: &b };
    merge(&base, &a, &b, Version::Ours).conflicts.iter().map(|one| versions.conflict(one)).collect()
}

#[test]
fn what_two_people_change_in_different_places_is_all_there() {
    let Merged { project, conflicts, .. } = merged(
        |ours| {
            set(ours, "shop", "tables", 40.0);
            ours.apply(&Edit::Place("shop".into(), (5.0, 7.0).into()));
            ours.apply(&Edit::SetName("Plan of May".to_owned()));
            assume(ours, |a| a.team_size = 4.0);
            assume(ours, |a| a.roles["dev"].share = 2.0);
            ours.apply(&Edit::Rename("db".into(), "Postgres".to_owned()));
        },
        |theirs| {
            set(theirs, "shop", "roles", 5.0);
            theirs.apply(&Edit::SetPin("shop".into(), Some("django".into())));
            theirs.apply(&Edit::SetNotes("Asked the bank".to_owned()));
            assume(theirs, |a| a.calendar.holidays.extend([jiff::civil::date(2027, 12, 24)]));
            assume(theirs, |a| a.roles["dev"].rate_usd_per_person_week = 4200.0);
            theirs.apply(&Edit::SetKind("db".into(), ComponentKind::TimeSeriesDatabase));
        },
    );
    assert_eq!(conflicts, []);
    let shop = &project.components["shop"];
    assert_eq!([&shop.traits["tables"], &shop.traits["roles"]], [&TraitValue::Number(40.0), &TraitValue::Number(5.0)]);
    assert_eq!((shop.pos_world, shop.pin.clone()), (Some(Point::new(5.0, 7.0)), Some("django".into())));
    assert_eq!((project.name.as_str(), project.notes.as_str()), ("Plan of May", "Asked the bank"));
    assert_eq!((project.assumptions.team_size, project.assumptions.calendar.holidays.len()), (4.0, 1));
    let dev = &project.assumptions.roles["dev"];
    assert_eq!((dev.share, dev.rate_usd_per_person_week), (2.0, 4200.0));
    let db = &project.components["db"];
    assert_eq!((db.name.as_str(), db.kind), ("Postgres", ComponentKind::TimeSeriesDatabase));
}

#[test]
fn an_order_within_an_entry_is_kept_whoever_changed_it() {
    let turn = |project: &mut Project| {
        if let Some(shop) = project.components.get_mut("shop") {
            std::sync::Arc::make_mut(shop).traits.reverse();
        }
        project.assumptions.roles.reverse();
    };
    let change = |project: &mut Project| {
        set(project, "shop", "endpoints", 3.0);
        project.assumptions.roles["dev"].share = 2.0;
    };
    let order = |Merged { project, conflicts, .. }: Merged| {
        assert_eq!(conflicts, []);
        let traits: Vec<String> = project.components["shop"].traits.keys().map(ToString::to_string).collect();
        (traits.join(" "), project.assumptions.roles.keys().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    };
    let turned = |traits: &str| (traits.to_owned(), "lead dev".to_owned());
    assert_eq!(order(merged(turn, |_| {})), turned("roles tables"));
    assert_eq!(order(merged(|_| {}, turn)), turned("roles tables"));
    assert_eq!(order(merged(turn, change)), turned("roles endpoints tables"));
    assert_eq!(order(merged(change, turn)), turned("roles endpoints tables"));
    // Whoever takes it out does not mind the order.
    let gone = merged(|ours| remove(ours, "shop"), turn);
    assert!(!gone.project.components.contains_key("shop") && gone.conflicts.is_empty());
}

#[test]
fn what_is_new_in_theirs_stands_behind_what_it_stood_behind() {
    let add = |project: &mut Project, id: &str, behind: usize| {
        let component = std::sync::Arc::new(Component::new(id, ComponentKind::Worker, None));
        project.components.shift_insert(behind, id.into(), component);
    };
    let Merged { project, conflicts, .. } = merged(
        |ours| {
            add(ours, "ours", 3);
            ours.components.move_index(2, 0);
        },
        |theirs| {
            add(theirs, "first", 0);
            add(theirs, "second", 2);
        },
    );
    assert_eq!(conflicts, []);
    let ids: Vec<&str> = project.components.keys().map(ComponentId::as_str).collect();
    assert_eq!(ids, ["first", "mailer", "shop", "second", "db", "ours"]);
}

/// Ours, theirs, and what the person reads.
type Row = (fn(&mut Project), fn(&mut Project), &'static [&'static str]);

#[test]
fn what_both_changed_is_told_in_words_and_stays_as_in_ours() {
    let rows: &[Row] = &[
        (
            |p| set(p, "shop", "tables", 40.0),
            |p| set(p, "shop", "tables", 50.0),
            &["Shop [shop]: tables 12 → 40 in ours, tables 12 → 50 in theirs"],
        ),
        (
            |p| p.apply(&Edit::Place("shop".into(), (1.0, 2.0).into())),
            |p| p.apply(&Edit::Place("shop".into(), (3.0, 4.0).into())),
            &["Shop [shop]: moved to (1, 2) in ours, moved to (3, 4) in theirs"],
        ),
        (
            |p| p.apply(&Edit::Rename("shop".into(), "Store".to_owned())),
            |p| remove(p, "shop"),
            &["Store [shop]: removed in theirs, changed in ours"],
        ),
        (
            |p| remove(p, "mailer"),
            |p| {
                p.apply(&Edit::PutConnection(
                    "db-to-mailer".into(),
                    Connection::new("db".into(), "mailer".into(), Protocol::Http),
                ));
            },
            &["Mailer [mailer]: removed in ours, but Database to Mailer [db-to-mailer] of theirs needs it"],
        ),
        (|p| p.assumptions.currency.per_usd = 1.0, |p| p.assumptions.team_size = 3.0, &[]),
        (
            |p| p.assumptions.team_size = 5.0,
            |p| p.assumptions.team_size = 3.0,
            &["Assumptions: team size 2 people → 5 people in ours, team size 2 people → 3 people in theirs"],
        ),
        (
            |p| drop(p.assumptions.roles.shift_remove("dev")),
            |p| p.assumptions.roles["dev"].share = 9.0,
            &["Assumptions: role Developer gone in ours, role Developer changed in theirs"],
        ),
        (|p| drop(p.assumptions.roles.shift_remove("dev")), |p| drop(p.assumptions.roles.shift_remove("lead")), &[]),
        (
            |p| p.apply(&Edit::Suppress("no-traits:db".into(), Some("Later".to_owned()))),
            |p| p.apply(&Edit::Suppress("no-traits:db".into(), Some("Never".to_owned()))),
            &["no-traits:db: reason \"Later\" in ours, reason \"Never\" in theirs"],
        ),
    ];
    for (ours, theirs, expected) in rows {
        let found = words(ours, theirs);
        assert_eq!(found, *expected);
        // Ours is what is left where both changed the same.
        let Merged { project, conflicts, .. } = merged(ours, theirs);
        if !conflicts.is_empty() && conflicts.iter().all(|one| matches!(one.clash, Clash::Field { .. })) {
            let mut only_ours = plan();
            ours(&mut only_ours);
            assert_eq!(project, only_ours);
        }
    }
}

#[test]
fn a_connection_keeps_its_ends_or_goes_by_what_is_preferred() {
    let link = |project: &mut Project| {
        let link = Connection::new("db".into(), "mailer".into(), Protocol::Http);
        project.apply(&Edit::PutConnection("db-to-mailer".into(), link));
    };
    let (base, mut ours, mut theirs) = (plan(), plan(), plan());
    remove(&mut ours, "mailer");
    link(&mut theirs);
    let of_ours = merge(&base, &ours, &theirs, Version::Ours);
    assert_eq!((of_ours.project == ours, of_ours.conflicts.len()), (true, 1));
    let of_theirs = merge(&base, &ours, &theirs, Version::Theirs);
    assert_eq!(of_theirs.conflicts, of_ours.conflicts);
    assert!(of_theirs.project.components.contains_key("mailer"));
    assert_eq!(of_theirs.project.connections["db-to-mailer"].to, "mailer".into());
    assert_eq!(of_theirs.project.validate(), []);
    let ids: Vec<&str> = of_theirs.project.components.keys().map(ComponentId::as_str).collect();
    assert_eq!(ids, ["shop", "db", "mailer"], "it stands where it stood");
}

#[test]
fn a_scenario_keeps_what_it_names_or_forgets_it() {
    let pin = |project: &mut Project| {
        let mut scenario = (*project.scenarios["lean"]).clone();
        scenario.pins.insert("mailer".into(), "fastapi".into());
        project.apply(&Edit::PutScenario("lean".into(), Some(scenario)));
    };
    let removed = merged(|ours| remove(ours, "mailer"), pin);
    assert_eq!(removed.conflicts.len(), 1);
    assert!(removed.project.scenarios["lean"].pins.is_empty());
    let kept = merged(pin, |theirs| remove(theirs, "mailer"));
    assert_eq!(kept.conflicts.len(), 1);
    assert!(kept.project.components.contains_key("mailer"));
}

#[test]
fn folds_that_do_not_go_together_are_those_of_the_preferred_version() {
    let frame = |project: &mut Project, id: &str| {
        project.apply(&Edit::PutBoundary(id.into(), Boundary::new(id, Rect::new(-40.0, -40.0, 520.0, 140.0))));
        let folded = project.fold(&id.into()).unwrap();
        project.apply(&Edit::PutBoundary(id.into(), folded));
    };
    // Each puts a frame around the same things and folds it.
    let both = merged(|ours| frame(ours, "a"), |theirs| frame(theirs, "b"));
    assert_eq!(both.conflicts.len(), 1, "{:?}", both.conflicts);
    assert!(both.project.boundaries["a"].folded.is_some() && both.project.boundaries["b"].folded.is_none());
    // One folds what the other one adds to: what is new is seen.
    let one = merged(|ours| frame(ours, "a"), |theirs| remove(theirs, "db"));
    assert_eq!(one.conflicts, []);
    let folded = one.project.boundaries["a"].folded.clone().unwrap();
    assert!(!folded.components.contains("db") && folded.components.contains("shop"));
}

#[test]
fn what_is_sound_in_each_and_not_in_both_is_told() {
    let free = |day| move |project: &mut Project| project.assumptions.calendar.workdays.retain(|other| *other != day);
    let Merged { project, conflicts, .. } = merged(free(Weekday::Fri), free(Weekday::Mon));
    assert_eq!((project.assumptions.calendar.workdays.len(), conflicts.len()), (3, 0));
    let only = |days: &'static [Weekday]| {
        move |project: &mut Project| project.assumptions.calendar.workdays = days.iter().copied().collect()
    };
    let Merged { project, conflicts, .. } = merged(only(&[Weekday::Mon]), only(&[Weekday::Tue]));
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert!(matches!(conflicts[0].clash, Clash::Unsound { .. }));
    assert_eq!(project.assumptions.calendar.workdays.iter().copied().collect::<Vec<_>>(), [Weekday::Mon]);
}

#[test]
fn what_each_made_by_itself_is_put_together_too() {
    let (mut ours, mut theirs) = (plan(), plan());
    remove(&mut ours, "mailer");
    set(&mut theirs, "shop", "tables", 15.0);
    let merged = merge(&Project::default(), &ours, &theirs, Version::Ours);
    assert_eq!(merged.project.validate(), []);
    assert!(merged.project.components.contains_key("mailer"), "nobody removed it: only theirs made it");
    let fields = merged.conflicts.iter().filter(|one| matches!(&one.clash, Clash::Field { base: None, .. })).count();
    assert_eq!((fields, merged.conflicts.len()), (1, 1), "{:?}", merged.conflicts);
}

/// A change as people make them, on whatever is there.
fn edit(chance: &mut Chance, project: &Project) -> Option<Edit> {
    let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
    let point =
        |chance: &mut Chance| Point::new(chance.between(-500.0, 500.0).round(), chance.between(0.0, 300.0).round());
    let frames: Vec<_> = project.boundaries.keys().cloned().collect();
    Some(match chance.below(18) {
        0 | 1 => {
            let name = *chance.of(&["Shop", "Lager", "数据", "=x"])?;
            let at = point(chance);
            let component = Component::new(name, *chance.of(ComponentKind::ALL)?, Some(at));
            Edit::PutComponent(project.new_component_id(name), component)
        }
        2 | 3 => {
            let (from, to) = (chance.of(&ids)?.clone(), chance.of(&ids)?.clone());
            let id = project.new_connection_id(&from, &to);
            Edit::PutConnection(id, Connection::new(from, to, *chance.of(&Protocol::ALL)?))
        }
        4 => Edit::Rename(chance.of(&ids)?.clone(), format!("Name {}", chance.below(3))),
        5 => Edit::SetKind(chance.of(&ids)?.clone(), *chance.of(ComponentKind::ALL)?),
        6 | 7 => {
            let value = (!chance.one_in(4)).then(|| TraitValue::Number(chance.below(4) as f64));
            Edit::SetTrait(chance.of(&ids)?.clone(), (*chance.of(&["tables", "roles", "endpoints"])?).into(), value)
        }
        8 => Edit::SetPin(chance.of(&ids)?.clone(), chance.one_in(2).then(|| "django".into())),
        9 => Edit::SetDeferred(chance.of(&ids)?.clone(), chance.one_in(2)),
        10 => Edit::Remove([ElementId::Component(chance.of(&ids)?.clone())].into()),
        11 => {
            let links: Vec<_> = project.connections.keys().cloned().collect();
            let sides = [Side::Left, Side::Top];
            let course =
                Course { from_side: chance.of(&sides).copied(), via: vec![point(chance)], ..Course::default() };
            Edit::SetCourse(chance.of(&links)?.clone(), course)
        }
        12 => {
            let rect = Rect::from_points(point(chance), point(chance)).inflate(200.0, 100.0);
            Edit::PutBoundary(project.new_boundary_id("Frame"), Boundary::new("Frame", rect))
        }
        13 => {
            let id = chance.of(&frames)?.clone();
            let boundary = match &project.boundaries[&id].folded {
                Some(_) => Boundary { folded: None, ..(*project.boundaries[&id]).clone() },
                None => project.fold(&id)?,
            };
            Edit::PutBoundary(id, boundary)
        }
        14 => {
            let mut assumptions = project.assumptions.clone();
            match chance.below(4) {
                0 => assumptions.team_size = 1.0 + chance.below(4) as f64,
                1 => drop(assumptions.roles.shift_remove(*chance.of(&["dev", "lead"])?)),
                2 => {
                    drop(
                        assumptions.roles.insert("dev".into(), Role::new("Dev", 4000.0, 1.0 + chance.below(3) as f64)),
                    );
                }
                _ => assumptions.calendar.workdays.retain(|_| !chance.one_in(3)),
            }
            if !assumptions.validate().is_empty() {
                return None;
            }
            Edit::SetAssumptions(assumptions)
        }
        15 => {
            let scenario = Scenario::of(project, &format!("Scenario {}", chance.below(3)));
            Edit::PutScenario(ScenarioId::new("kept"), (!chance.one_in(4)).then_some(scenario))
        }
        16 => {
            Edit::Suppress("no-traits:shop".into(), (!chance.one_in(3)).then(|| format!("Reason {}", chance.below(2))))
        }
        _ => Edit::Place(chance.of(&ids)?.clone(), point(chance)),
    })
}

/// A project after so many changes.
fn later(project: &Project, seed: u64, edits: usize) -> Project {
    let (mut chance, mut project) = (Chance::new(seed), project.clone());
    for _ in 0..edits {
        if let Some(edit) = edit(&mut chance, &project) {
            project.apply(&edit);
        }
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn who_changed_nothing_changes_nothing(seed in any::<u64>(), edits in 0_usize..30) {
        let base = later(&plan(), seed, 10);
        let x = later(&base, seed ^ 1, edits);
        prop_assert_eq!(x.validate(), []);
        for prefer in [Version::Ours, Version::Theirs] {
            for (a, b) in [(&x, &base), (&base, &x), (&x, &x)] {
                let merged = merge(&base, a, b, prefer);
                prop_assert_eq!(&merged.conflicts, &[]);
                prop_assert_eq!(&merged.project, &x);
                prop_assert_eq!(to_text(&merged.project).unwrap(), to_text(&x).unwrap(), "in the same order, too");
                prop_assert!(merged.project.components.keys().eq(x.components.keys()));
                prop_assert!(merged.project.connections.keys().eq(x.connections.keys()));
            }
        }
    }

    #[test]
    fn what_comes_out_is_sound_and_the_same_from_either_side(
        seed in any::<u64>(), ours in 0_usize..12, theirs in 0_usize..12,
    ) {
        let base = later(&plan(), seed, 10);
        let (ours, theirs) = (later(&base, seed ^ 1, ours), later(&base, seed ^ 2, theirs));
        let one = merge(&base, &ours, &theirs, Version::Ours);
        let other = merge(&base, &theirs, &ours, Version::Theirs);
        prop_assert_eq!(one.project.validate(), []);
        prop_assert_eq!(&one.project, &other.project, "who is called ours decides nothing");
        prop_assert_eq!(one.conflicts.len(), other.conflicts.len());
        let swapped = merge(&base, &theirs, &ours, Version::Ours);
        if one.conflicts.is_empty() && one.kept_beside.is_empty() {
            prop_assert_eq!(&swapped.project, &one.project);
        }
        let text = to_text(&one.project).unwrap();
        prop_assert_eq!(from_text(&text).unwrap(), one.project, "it is written and read again as it is");
    }

    #[test]
    fn what_only_one_changed_is_in_what_comes_out(seed in any::<u64>(), edits in 1_usize..12) {
        let base = later(&plan(), seed, 10);
        let (ours, theirs) = (later(&base, seed ^ 1, edits), later(&base, seed ^ 2, edits));
        let merged = merge(&base, &ours, &theirs, Version::Ours);
        if !merged.conflicts.is_empty() || !merged.kept_beside.is_empty() {
            return Ok(());
        }
        for (id, component) in &theirs.components {
            if ours.components.get(id) == base.components.get(id) {
                prop_assert_eq!(merged.project.components.get(id), Some(component));
            }
        }
        for (id, component) in &ours.components {
            if theirs.components.get(id) == base.components.get(id) {
                prop_assert_eq!(merged.project.components.get(id), Some(component));
            }
        }
    }
}
