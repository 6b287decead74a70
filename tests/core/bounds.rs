//! Files that hold more than a project can: check says so, and what there is room for can be had; the rest is named and stays in the file.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use groundplan::{
    project::{MAX_ELEMENTS, MAX_ROLES, MAX_SCENARIOS, MAX_TRAITS, MAX_WAYPOINTS, Problem, Project},
    storage::{Repaired, read_project, read_what_can_be},
};

fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

fn repaired(text: &str) -> (Project, Vec<String>) {
    let refused = read_project(text, &no_check).unwrap_err();
    assert!(refused.repairable, "{refused}");
    let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &no_check).unwrap();
    assert_eq!(project.validate(), [], "what is given is sound");
    (project, notes.iter().map(ToString::to_string).collect())
}

/// So many entries `c0`, `c1`, ...
fn entries(count: usize, value: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |text, i| text + &format!("\n\"c{i}\": {},", value(i)))
}

fn plan(rest: &str) -> String {
    format!(
        "(format: 2, name: \"P\", components: {{\"a\": (name: \"A\", kind: worker), \"b\": (name: \"B\", kind: worker)}}, {rest})"
    )
}

#[test]
fn of_too_many_traits_as_many_are_kept_as_there_is_room_for() {
    let traits = entries(MAX_TRAITS + 2, |i| i.to_string());
    let text = format!(
        "(format: 2, name: \"P\", components: {{\"a\": (name: \"A\", kind: worker, traits: {{{traits}}}), \"b\": (name: \"B\", kind: worker)}})"
    );
    let (project, notes) = repaired(&text);
    assert_eq!((project.components["a"].traits.len(), project.components.len()), (MAX_TRAITS, 2));
    let [note] = notes.as_slice() else { panic!("{notes:#?}") };
    assert!(
        note.starts_with("1002:1: these are 1,002 traits in components > a, and a project holds no more than 1,000")
    );
    assert!(note.contains("(left out: components > a > traits > c1000, c1001)"), "{note}");
}

#[test]
fn of_too_many_components_the_first_are_kept_with_all_that_leads_to_them() {
    let components = entries(MAX_ELEMENTS + 50, |_| "(name: \"A\", kind: worker)".to_owned());
    let links = "connections: {\"in\": (from: \"c0\", to: \"c1\"), \"out\": (from: \"c0\", to: \"c100007\")}";
    let (project, notes) = repaired(&format!("(format: 2, name: \"P\", components: {{{components}}}, {links})"));
    assert_eq!((project.components.len(), project.connections.len()), (MAX_ELEMENTS, 1));
    let [first, second] = notes.as_slice() else { panic!("{notes:#?}") };
    assert!(first.contains("these are 100,050 components, and a project holds no more than 100,000"), "{first}");
    assert!(
        first.contains("(left out: components > c100000, c100001, c100002, c100003, c100004 and 45 more)"),
        "{first}"
    );
    assert!(second.contains("(left out: connections > out)"), "{second}");
}

#[test]
fn texts_that_are_too_long_are_cut_and_no_more() {
    let long = "x".repeat(900_000);
    for (rest, of) in [
        (format!("sticky_notes: {{\"n\": (text: \"{long}\", pos: (0, 0), size: (9, 9))}}"), "sticky_notes > n > text"),
        (format!("notes: \"{long}\""), "notes"),
        (format!("suppressed: {{\"no-traits:a\": \"{long}\"}}"), "suppressed > no-traits:a"),
    ] {
        let (project, notes) = repaired(&plan(&rest));
        assert_eq!(project.components.len(), 2);
        let kept = [project.sticky_notes.len(), project.notes.len().min(1), project.suppressed.len()];
        assert_eq!(kept.iter().sum::<usize>(), 1, "{of}: {kept:?}");
        assert!(notes.len() == 1 && notes[0].contains("it is shortened") && notes[0].contains(of), "{notes:?}");
    }
    let named = format!("(format: 2, name: \"P\", components: {{\"a\": (name: \"{long}\", kind: worker)}})");
    let (project, notes) = repaired(&named);
    assert_eq!(project.components["a"].name.len(), 1_000);
    assert!(notes[0].contains("900,000 bytes; at most 1,000 are kept; it is shortened"), "{notes:?}");
    let (project, notes) = repaired(&format!("(format: 2, name: \"{long}\", notes: \"N\")"));
    assert_eq!((project.name.len(), project.notes.as_str(), notes.len()), (1_000, "N", 1));
}

#[test]
fn keys_that_are_too_long_take_no_more_than_their_own() {
    let long = "k".repeat(900_000);
    let id = plan("").replacen("\"b\"", &format!("\"{long}\""), 1);
    assert_eq!(repaired(&id).0.components.len(), 2);
    let (project, notes) = repaired(&plan("").replacen("kind: worker", &format!("kind: worker, {long}: 1"), 1));
    assert_eq!((project.components.len(), notes.len()), (2, 2), "{notes:?}");
    let (project, notes) = repaired(&plan(&format!("{long}: 1")));
    assert!(project.components.len() == 2 && notes.iter().all(|note| note.len() < 1_000), "{notes:?}");
}

#[test]
fn other_lists_are_cut_as_well_and_nothing_goes_with_them() {
    let roles = entries(MAX_ROLES + 3, |i| format!("(name: \"R{i}\", rate_usd_per_person_week: 5000, share: 1)"));
    let (project, notes) = repaired(&plan(&format!("assumptions: (team_size: 7, roles: {{{roles}}})")));
    assert_eq!((project.assumptions.roles.len(), notes.len()), (MAX_ROLES, 1), "{notes:?}");
    assert!(notes[0].contains("(left out: assumptions > roles > c50, c51, c52)"), "{notes:?}");
    let via = "(1, 2), ".repeat(MAX_WAYPOINTS + 1);
    let (project, notes) =
        repaired(&plan(&format!("connections: {{\"l\": (from: \"a\", to: \"b\", course: (via: [{via}]))}}")));
    assert_eq!((project.connections["l"].course.via.len(), notes.len()), (MAX_WAYPOINTS, 1), "{notes:?}");
    let scenarios = entries(MAX_SCENARIOS + 1, |i| format!("(name: \"S{i}\")"));
    let (project, notes) = repaired(&plan(&format!("scenarios: {{{scenarios}}}")));
    assert_eq!((project.scenarios.len(), notes.len()), (MAX_SCENARIOS, 1), "{notes:?}");
    // Fields that nobody knows hide none of a project.
    let unknown = (0..150).map(|i| format!("x{i}: 1, ")).collect::<Vec<_>>().concat();
    let (project, _) = repaired(&format!(
        "(format: 2, name: \"P\", {unknown} notes: \"N\", components: {{\"a\": (name: \"A\", kind: worker)}})"
    ));
    assert_eq!((project.notes.as_str(), project.components.len()), ("N", 1));
}
