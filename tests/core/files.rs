//! Files: what is written can be read again, what cannot be read says why and where, and nothing is ever half written.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::Path,
    sync::Arc,
};

use crate::common::any_project;
use any_project::{project, text};
use groundplan::{
    project::{Assumptions, Component, ComponentKind, Means, Problem, Project, TraitValue},
    storage::{
        FORMAT, MAX_FILE_BYTES, MAX_RECENT, OpenError, Recent, SaveError, Texts, open_project, read_project,
        save_project, to_text,
    },
};
use proptest::prelude::*;

fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

/// A playbook that knows one trait.
fn knows_tables(project: &Project) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, component) in &project.components {
        for name in component.traits.keys().filter(|name| name.as_str() != "tables") {
            let message = format!("unknown trait \"{name}\"; did you mean \"tables\"?");
            problems.push(Problem::new(message, None, &["components", id.as_str(), "traits", name.as_str()]));
        }
    }
    problems
}

/// Every problem as `line:column: message`.
fn problems_of(text: &str) -> Vec<String> {
    match read_project(text, &knows_tables) {
        Ok(project) => panic!("read as {project:?}"),
        Err(error) => error.problems.iter().map(ToString::to_string).collect(),
    }
}

/// The only problem of a text.
fn problem_of(text: &str) -> String {
    let mut problems = problems_of(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

proptest! {
    #[test]
    fn any_project_reads_back_the_same_and_writes_the_same_bytes(project in project()) {
        let text = to_text(&project).unwrap();
        let read = read_project(&text, &no_check);
        prop_assert_eq!(read.as_ref(), Ok(&project), "{}", text);
        prop_assert_eq!(to_text(&read.unwrap()).unwrap(), text);
    }

    /// Parts of two projects in turn: what is new, what is gone, what stands elsewhere, what has the id of another thing.
    #[test]
    fn a_text_that_is_made_from_the_one_before_is_the_same_text(first in project(), second in project(), few in any::<u8>()) {
        let mut mixed = first.clone();
        for (at, (id, component)) in second.components.iter().enumerate() {
            if few >> (at % 8) & 1 == 1 {
                mixed.components.insert(id.clone(), Arc::clone(component));
            }
        }
        mixed.connections.clone_from(&second.connections);
        mixed.sticky_notes.reverse();
        mixed.scenarios.extend(second.scenarios.clone());
        mixed.baselines.shift_remove_index(0);
        let mut texts = Texts::default();
        for project in [&first, &mixed, &mixed, &second, &Project::new(""), &mixed, &first] {
            prop_assert_eq!(texts.of(project).unwrap(), to_text(project).unwrap());
        }
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place_inside_it(text in text()) {
        if let Err(error) = read_project(&text, &no_check) {
            for problem in error.problems {
                prop_assert!(problem.line <= 1 + text.matches('\n').count());
                prop_assert!(!problem.message.is_empty());
            }
        }
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_with_a_place(project in project(), at in any::<prop::sample::Index>()) {
        let text = to_text(&project).unwrap();
        let mut cut = at.index(text.len() - 2);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let error = read_project(&text[..cut], &no_check).unwrap_err();
        prop_assert_eq!(error.problems.is_empty(), false);
    }
}

#[test]
fn a_file_by_hand_may_be_short() {
    let text =
        r#"(format: 1, name: "Plan", components: {"shop": (name: "Shop", kind: rest_api, traits: {"tables": 4})})"#;
    let project = read_project(text, &knows_tables).unwrap();
    assert_eq!(project.components["shop"].traits["tables"], TraitValue::Number(4.0));
    assert_eq!(read_project(&format!("\u{feff}{}", text.replace(", ", ",\r\n")), &no_check).unwrap(), project);
}

#[test]
fn unknown_names_are_told_with_place_and_nearest() {
    let with = |component: &str| {
        format!("(\n  format: 1,\n  name: \"P\",\n  components: {{\n    \"shop\": ({component}),\n  }},\n)")
    };
    assert_eq!(
        problem_of(&with("nmae: \"S\", kind: worker")),
        "5:14: unknown field `nmae` in components > shop; did you mean `name`?"
    );
    assert_eq!(
        problem_of(&with("name: \"S\", kind: werker")),
        "5:31: `werker` is not a value of `kind` in components > shop; did you mean `worker`?"
    );
    assert_eq!(
        problem_of(&with("name: \"S\", kind: worker, traits: {\"tabels\": 4}")),
        "5:48: unknown trait \"tabels\"; did you mean \"tables\"?"
    );
    assert_eq!(problem_of(&with("kind: worker")), "5:5: `name` is missing in components > shop");
    assert_eq!(
        problem_of(&with("name: 5, kind: worker")),
        "5:20: `name` in components > shop needs text in double quotes"
    );
    assert_eq!(
        problem_of(&with("name: \"S\" kind: worker")),
        "5:24: a comma is missing before this in components > shop"
    );
    assert_eq!(
        problem_of("(format: 1, name: \"P\", components: {\n  shop: (name: \"S\", kind: worker)})"),
        "2:3: an id in double quotes is needed here in components"
    );
    assert_eq!(
        problem_of("(format: 1,\n name: \"P\", components: {\n  \"shop\": (name: \"S\","),
        "3:22: the text ends too early: the `(` of line 3 in components > shop is never closed"
    );
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = r#"(
    format: 1,
    name: "P",
    components: {
        "shop": (name: "Shop", kind: rest_api, traits: {"tables": 4}), // "database": (
        "database": (name: "Database", kind: relational_database, traits: {"tabels": 4}),
        "shop": (name: "Shop again", kind: rest_api, traits: {"x": 1, "x": 2}),
    },
    connections: {
        "shop-to-db": (from: "shop", to: "databse", latency_ms: NaN),
    },
    assumptions: (team_size: inf),
)"#;
    let problems = problems_of(text);
    let places: Vec<&str> = problems.iter().map(|p| &p[..p.find(": ").unwrap()]).collect();
    assert_eq!(places, ["6:76", "7:9", "7:71", "7:71", "10:38", "10:53", "12:19"], "{problems:#?}");
    assert!(problems[1].contains("\"shop\" is there twice in components"), "{}", problems[1]);
    assert!(problems[4].contains("did you mean \"database\"?"), "{}", problems[4]);
    assert!(problems[5].contains("latency_ms is no number"), "{}", problems[5]);
}

#[test]
fn the_means_of_a_scenario_are_held_to_the_bounds_of_a_project_at_their_own_place() {
    let with = |means: &str| {
        format!("(format: 1, name: \"P\", scenarios: {{\n  \"four\": (name: \"Four\",\n    means: ({means})),\n}})")
    };
    let sound = "rate_usd_per_person_week: 4500, team_size: 4, contingency: 0";
    let means = |text: &str| read_project(text, &no_check).unwrap().scenarios["four"].means.clone();
    assert_eq!(means(&with("team_size: 4")), Means { team_size: Some(4.0), ..Means::default() });
    let rest =
        Means { rate_usd_per_person_week: Some(4_500.0), contingency: Some(0.0), ..means(&with("team_size: 4")) };
    assert_eq!(means(&with(sound)), rest);
    // The first files had whole assumptions.
    let old =
        with("team_size: 4, target_budget_usd: 9000, currency: (code: \"EUR\")").replace("means:", "assumptions:");
    assert_eq!(means(&old).team_size, Some(4.0));
    assert_eq!(read_project(&old, &no_check).unwrap().assumptions, Assumptions::default());
    for (means, place, told) in [
        ("rate_usd_per_person_week: 0.5, team_size: 4, contingency: 0", "3:13: ", "rate_usd_per_person_week is 0.5"),
        ("rate_usd_per_person_week: 4500, team_size: 4, contingency: 11", "3:59: ", "contingency is 11"),
        (&format!("{sound}, communication_share: 2"), "3:75: ", "communication_share is 2"),
        (
            &format!("{sound}, roles: {{\"lead\": (name: \"Lead\", rate_usd_per_person_week: 0, share: 1)}}"),
            "3:",
            "role \"lead\"",
        ),
        (&format!("{sound}, target_budget_usd: 1000"), "3:", "unknown field `target_budget_usd`"),
    ] {
        let problem = problem_of(&with(means));
        assert!(problem.starts_with(place) && problem.contains(told), "{problem}");
    }
}

#[test]
fn days_and_deadlines_are_refused_in_the_words_of_a_field() {
    for (assumption, place, told) in [
        ("deadline: 20", "1:48: ", "write weeks(20) or date(\"2027-08-01\")"),
        ("deadline: \"2027-08-01\"", "1:48: ", "write weeks(20) or date(\"2027-08-01\")"),
        ("deadline: month(3)", "1:48: ", "write weeks(20) or date(\"2027-08-01\")"),
        ("deadline: date(\"2027-02-30\")", "1:", "February 2027 has 28 days"),
        ("start: \"2027-13-01\"", "1:", "There is no month 13"),
        ("start: \"soon\"", "1:", "\"soon\" is no day; write it like 2027-03-01"),
        ("calendar: (holidays: [\"2027-02-30\"])", "1:", "February 2027 has 28 days"),
    ] {
        let problem = problem_of(&format!("(format: 1, name: \"P\", assumptions: ({assumption}))"));
        assert!(problem.starts_with(place) && problem.contains(told), "{assumption}: {problem}");
    }
    let dated = "(format: 1, name: \"P\", baselines: {\"a\": (name: \"A\", date: \"2027-02-30\", weeks: (median: 1, log_sd: 0), budget_usd: (median: 1, log_sd: 0))})";
    assert!(problem_of(dated).contains("February 2027 has 28 days"));
}

#[test]
fn no_baseline_is_called_like_the_estimate_of_the_moment() {
    let with = |id: &str, name: &str| {
        format!(
            "(format: 1, name: \"P\", baselines: {{\"{id}\": (name: \"{name}\", weeks: (median: 1, log_sd: 0), budget_usd: (median: 1, log_sd: 0))}})"
        )
    };
    for text in [with("now", "Offer"), with("offer", " Now ")] {
        assert!(problem_of(&text).contains("is the plan as it stands"), "{}", problem_of(&text));
    }
    assert_eq!(read_project(&with("nowhere", "Nowhere"), &no_check).unwrap().new_baseline_id("Now").as_str(), "now-2");
}

#[test]
fn a_format_that_is_newer_or_missing_is_told_before_anything_else() {
    let newer = problem_of("(name: \"P\", // x\n  format: 7, colours: [1])");
    assert!(newer.starts_with("2:11: this file is in format 7") && newer.contains("newer"), "{newer}");
    assert!(problem_of("(name: \"P\")").contains(&format!("put `format: {FORMAT},` first")));
    assert!(problem_of("(format: 0, name: \"P\")").contains("there is no format 0"));
    assert!(problem_of("(format: \"one\", name: \"P\")").contains("there is no format \"one\""));
}

/// So many entries with ids of their own.
fn entries(count: usize, value: &str) -> String {
    (0..count).fold(String::new(), |text, i| text + "\"c" + &i.to_string() + "\":" + value + ",")
}

#[test]
fn hostile_texts_are_refused_quickly_and_in_words() {
    assert!(problem_of("").starts_with("1:1: the file is empty: a project starts with"));
    assert!(problem_of("\u{1}\u{0}ELF").contains("not a text file"));
    assert!(problem_of("{\"format\": 1}").contains("a project starts with"));
    assert!(problem_of(&"(".repeat(5_000_000)).starts_with("1:"));
    let nested = format!("(format: 1, name: {}", "[".repeat(100_000));
    assert_eq!(problems_of(&nested).len(), 1);
    assert!(problem_of(&" ".repeat(MAX_FILE_BYTES + 1)).contains("at most 64 MB"));
    for number in ["NaN", "inf", "-inf", "1e999"] {
        let text = format!(
            "(format: 1, name: \"P\",\ncomponents: {{\"a\": (name: \"A\", kind: worker, traits: {{\"tables\": {number}}})}})"
        );
        let problem = problem_of(&text);
        assert!(problem.starts_with("2:64: "), "{problem}");
    }
    let many = entries(100_001, "(name:\"x\",kind:worker)");
    assert!(
        problem_of(&format!("(format:1,name:\"P\",components:{{{many}}})"))
            .contains("more than the 100,000 components")
    );
}

#[test]
fn however_many_problems_there_are_all_are_told() {
    let many = entries(20_000, "(from:\"x\",to:\"y\")");
    assert_eq!(problems_of(&format!("(format:1,name:\"P\",connections:{{{many}}})")).len(), 40_000);
}

#[test]
fn opening_says_what_is_wrong_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    assert!(matches!(open_project(&path, &no_check), Err(OpenError::NotThere(_))));
    assert!(matches!(open_project(folder.path(), &no_check), Err(OpenError::Unreadable { .. })));
    fs::write(&path, b"(format: \xff").unwrap();
    assert!(matches!(open_project(&path, &no_check), Err(OpenError::NotText { byte: 9, .. })));
    fs::write(&path, "(format: 1)").unwrap();
    let message = open_project(&path, &no_check).unwrap_err().to_string();
    assert!(message.contains("`name` is missing") && message.ends_with("plan.ron"), "{message}");
}

fn plan() -> Project {
    let mut project = Project::new("Plan");
    project.components.insert("shop".into(), Arc::new(Component::new("Shop", ComponentKind::RestApi, None)));
    project
}

fn mode_of(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names_in(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn saving_keeps_mode_and_links_and_leaves_nothing_beside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    save_project(&file, &plan()).unwrap();
    let usual = folder.path().join("usual");
    fs::write(&usual, "").unwrap();
    assert_eq!(mode_of(&file), mode_of(&usual), "a new file has the mode that any new file has");
    fs::remove_file(usual).unwrap();

    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(folder.path().join("links")).unwrap();
    let link = folder.path().join("links/plan.ron");
    symlink("../plan.ron", &link).unwrap();
    let renamed = Project { name: "Another".to_owned(), ..plan() };
    save_project(&link, &renamed).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(open_project(&file, &no_check).unwrap(), renamed);
    assert_eq!(mode_of(&file), 0o640);
    assert_eq!(names_in(&folder.path().join("links")), ["plan.ron"]);
    assert_eq!(names_in(folder.path()).len(), 2, "{:?}", names_in(folder.path()));

    let dangling = folder.path().join("links/new.ron");
    symlink("../new.ron", &dangling).unwrap();
    save_project(&dangling, &plan()).unwrap();
    assert_eq!(open_project(&folder.path().join("new.ron"), &no_check).unwrap(), plan());
}

#[test]
fn a_save_that_fails_says_why_and_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    save_project(&file, &plan()).unwrap();
    let old = fs::read(&file).unwrap();

    let under_a_file = file.join("other.ron");
    assert!(matches!(save_project(&under_a_file, &plan()), Err(SaveError::NoFolder(_))));
    let message = save_project(&folder.path().join("no/where.ron"), &plan()).unwrap_err().to_string();
    assert!(
        message.starts_with("The folder to save in is not there") && message.ends_with("no/where.ron"),
        "{message}"
    );
    assert!(matches!(save_project(folder.path(), &plan()), Err(SaveError::NotAFile(_))));
    assert!(matches!(save_project(Path::new("/dev/null"), &plan()), Err(SaveError::NotAFile(_))));
    let circle = folder.path().join("circle");
    symlink("circle", &circle).unwrap();
    assert!(matches!(save_project(&circle, &plan()), Err(SaveError::LinkLoop(_))));
    fs::remove_file(circle).unwrap();

    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(matches!(save_project(&file, &Project::new("New")), Err(SaveError::WriteProtected(_))));
    assert_eq!(fs::read(&file).unwrap(), old);
    assert_eq!(names_in(folder.path()), ["plan.ron"]);
}

#[test]
fn recent_projects_are_kept_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let recent = Recent::in_folder(&folder.path().join("state/groundplan"));
    assert!(recent.list().is_empty());
    for i in 0..20 {
        recent.add(Path::new(&format!("/plans/{i}.ron"))).unwrap();
    }
    recent.add(Path::new("/plans/15.ron")).unwrap();
    let list = recent.list();
    assert_eq!(list.len(), MAX_RECENT);
    assert_eq!(list[..3], [Path::new("/plans/15.ron"), Path::new("/plans/19.ron"), Path::new("/plans/18.ron")]);
    recent.remove(Path::new("/plans/19.ron")).unwrap();
    assert!(!recent.list().contains(&"/plans/19.ron".into()));
    recent.add(Path::new("relative.ron")).unwrap();
    assert_eq!(recent.list()[0], std::env::current_dir().unwrap().join("relative.ron"));
}
