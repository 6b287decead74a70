//! Reading: whatever a file holds, the program says what is wrong and goes on; what is sound in a damaged file can be had; older formats are read;
//! the same project is always the same bytes.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use crate::common::{any_project, cli};
use cli::{PLAN, err, out, run, run_with_input};
use groundplan::{
    playbook::{PlaybookFile, builtin_files, load},
    project::{Edit, MAX_CONNECTIONS, Problem, Project},
    storage::{FORMAT, Recent, Repaired, load_engine, mend_settings, presets, read_project, read_what_can_be, to_text},
};
use proptest::prelude::*;

fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

/// What is said of a text.
fn said(text: &str) -> Vec<String> {
    match read_project(text, &no_check) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems.iter().map(ToString::to_string).collect(),
    }
}

/// What can be read, and what is said of the rest.
fn repaired(text: impl AsRef<[u8]>) -> (Project, Vec<String>) {
    let Repaired { project, notes, .. } = read_what_can_be(text.as_ref(), &no_check).unwrap();
    assert_eq!(project.validate(), [], "what is given is sound");
    (project, notes.iter().map(ToString::to_string).collect())
}

/// Runs something on a stack that is a small part of what threads have.
fn on_a_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(work).unwrap().join().unwrap()
}

/// A component's text in a project of its own.
fn with_component(component: &str) -> String {
    format!("(format: 2, name: \"P\", components: {{\n\"a\": ({component}),\n}})")
}

/// So many entries with ids of their own.
fn entries(count: usize, value: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |text, i| text + &format!("\"c{i}\":{},", value(i)))
}

#[test]
fn hostile_texts_are_refused_in_words_or_read_and_never_more() {
    let deep = |open: &str| open.repeat(200_000);
    let in_name = |name: &str| with_component(&format!("name: \"{name}\", kind: worker"));
    let traits = |value: &str| with_component(&format!("name: \"A\", kind: worker, traits: {{\"tables\": {value}}}"));
    let pos = |value: &str| with_component(&format!("name: \"A\", kind: worker, pos: {value}"));
    // What is read, and what is said; an empty word is a text that is read.
    let table: Vec<(String, &str)> = vec![
        (deep("("), ""),
        (format!("(format: 2, name: {}", deep("((((")), ""),
        (format!("(format: 2, notes: {}\"x\"{})", "[".repeat(100), "]".repeat(100)), "`notes` needs text"),
        (traits(&format!("{}1{}", "Some(".repeat(100_000), ")".repeat(100_000))), ""),
        (format!("(format: 2, name: \"P\", /*{}", "/*".repeat(500_000)), ""),
        (format!("(format: 2, name: \"P\", {}", "/*".repeat(3)), ""),
        (format!("(format: 2, name: r{}\"P\"", "#".repeat(1_000_000)), ""),
        (in_name(&"x".repeat(1_000_000)), "has 1,000,002 bytes"),
        (format!("(format: 2, name: \"P\", components: {{\"{}\": ()}})", "x".repeat(1_000_000)), "has 1,000,002 bytes"),
        (in_name(&"x".repeat(2_000)), "at most 1,000 are kept"),
        (in_name("\u{202e}evil\u{2066}"), " "),
        (in_name("line\nbreak"), " "),
        (in_name("\0"), "not a text file"),
        (in_name(r"\u{0}"), " "),
        (in_name(""), "has no name"),
        (format!("(format: 2, name: \"{}\")", "\\u{41}".repeat(2_000)), "has 2,000 bytes"),
        ("\u{feff}(format: 2, name: \"P\")".to_owned(), " "),
        ("\u{feff}\u{feff}(format: 2, name: \"P\")".to_owned(), ""),
        ("(format: 2,\rname: \"P\"\r)".to_owned(), " "),
        ("(format: 2, name: \"P\", name: \"Q\")".to_owned(), "`name` is there twice"),
        (with_component("name: \"A\", kind: worker, traits: {\"t\": 1, \"t\": 2}"), "\"t\" is there twice"),
        (traits("1e999"), "finite"),
        (traits("-1e999"), "finite"),
        (traits("NaN"), "finite"),
        (traits(&"9".repeat(400)), ""),
        (traits("99999999999999999999999999999999999999999"), " "),
        (traits("-0.0"), " "),
        (traits("0x_"), ""),
        (traits("'c'"), " "),
        (traits("b\"bytes\""), ""),
        (traits("()"), "`tables` in components > a > traits needs"),
        (traits("(x: 1)"), "`tables` in components > a > traits needs"),
        (traits("[1]"), "not a list in square brackets"),
        (pos("(1e999, 0)"), "coordinates must be finite"),
        (pos("(1e8, 0)"), "within ±10,000,000"),
        (pos("(-0.0, -0)"), " "),
        (pos("(1, 2, 3)"), ""),
        (pos("[1, 2]"), ""),
        ("(format: 4294967296, name: \"P\")".to_owned(), "Open it with a newer one"),
        ("(format: -1, name: \"P\")".to_owned(), "no format -1"),
        ("(format: 2.0, name: \"P\")".to_owned(), "no format 2.0"),
        ("#![enable(implicit_some)] (format: 2, name: \"P\")".to_owned(), " "),
        ("#![enable(unwrap_newtypes)]\n(format: 2, name: \"P\")".to_owned(), " "),
        ("(format: 2, name: \"P\") (format: 2)".to_owned(), "after the end"),
        ("[(format: 2, name: \"P\")]".to_owned(), ""),
        ("(format: 2, name: \"P\", \u{200b}notes: \"\")".to_owned(), ""),
        ("(format: 2, name: \"P\", ｎotes: \"\")".to_owned(), ""),
    ];
    for (text, word) in table {
        let shown: String = text.chars().take(80).collect();
        let problems = on_a_small_stack(move || said(&text));
        match word {
            " " => assert!(problems.is_empty(), "{shown}: {problems:?}"),
            word => assert!(problems.iter().any(|problem| problem.contains(word)), "{shown}: {problems:?}"),
        }
        for problem in problems {
            assert!(problem.len() < 1_000, "{shown}: {} bytes", problem.len());
            assert!(!problem.contains(['\n', '\r', '\u{202e}', '\0']), "{problem:?}");
        }
    }
}

#[test]
fn what_would_take_hours_is_bounded() {
    // A hundred thousand ends that are nobody's, each of which could be any of as many names.
    let names = entries(20_000, |i| format!("(name:\"Component number {i}\",kind:worker)"));
    let links = entries(20_000, |i| format!("(from:\"component-{i}\",to:\"c0\")"));
    let problems = said(&format!("(format:2,name:\"P\",components:{{{names}}},connections:{{{links}}})"));
    assert_eq!(problems.len(), 20_000);
    // Boundaries, each folded around the next.
    let folded =
        |i: usize| format!("(name:\"B\",pos:(0,0),size:(1,1),folded:(boundaries:[\"c{}\"]))", (i + 1) % 20_000);
    let circle = said(&format!("(format:2,name:\"P\",boundaries:{{{}}})", entries(20_000, folded)));
    assert_eq!(circle.len(), 20_000, "{:?}", circle.first());
    let traits = entries(2_000, |_| "1".to_owned());
    let many = said(&with_component(&format!("name: \"A\", kind: worker, traits: {{{traits}}}")));
    assert!(many[0].contains("more than the 1,000 traits"), "{many:?}");
}

#[test]
fn more_connections_than_components_are_held() {
    let links = |count| entries(count, |_| "(from:\"a\",to:\"b\")".to_owned());
    let two = "components:{\"a\":(name:\"A\",kind:worker),\"b\":(name:\"B\",kind:worker)}";
    let text = |count| format!("(format:2,name:\"P\",{two},connections:{{{}}})", links(count));
    assert_eq!(read_project(&text(150_000), &no_check).unwrap().connections.len(), 150_000);
    let refused = said(&text(MAX_CONNECTIONS + 1));
    assert!(refused[0].contains("more than the 200,000 connections"), "{refused:?}");
}

/// A small plan in the form in which it is written, a field a line.
fn written() -> String {
    to_text(&read_project(PLAN, &no_check).unwrap()).unwrap()
}

#[test]
fn everything_is_told_at_once_whatever_the_typed_reader_stops_at() {
    let text = r#"(
    format: 2,
    name: "P",
    colour: 5,
    components: {
        "shop": (name: "Shop", kind: web_aplication, nots: "x", pos: (1, "y")),
        "api": (name: "API", kind: rest_api, traits: {"tables": oops}),
        "db": (kind: relational_database),
    },
    connections: {
        "shop-to-db": (from: "shop", to: "db", protocol: databse),
        "api-to-bd": (from: "api", to: "apo", latency_ms: -1),
    },
    assumptions: (team_size: "two", contingency: 99),
)"#;
    let problems = said(text);
    let expected = [
        ("4:5: ", "unknown field `colour`"),
        ("6:38: ", "did you mean `web_application`?"),
        ("6:54: ", "did you mean `notes`?"),
        ("6:", "in components > shop > pos needs a number"),
        ("7:", "`tables` in components > api > traits"),
        ("8:9: ", "`name` is missing in components > db"),
        ("11:", "did you mean `database`?"),
        ("12:36: ", "did you mean \"api\"?"),
        ("12:47: ", "latency_ms is −1"),
        ("14:", "`team_size` in assumptions needs a number"),
        ("14:", "contingency is 99"),
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, (place, words)) in problems.iter().zip(expected) {
        assert!(problem.starts_with(place) && problem.contains(words), "{problem}: {place}{words}");
    }
}

/// What stands there, what is put in its place, the components and connections that are left, and what is said.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static str);

const BOTH: &[&str] = &["shop", "db"];
const LINK: &[&str] = &["shop-to-db"];

/// Damage to the small plan, what is still there of it, and what is said.
#[test]
fn what_is_sound_in_a_damaged_file_is_read_and_the_rest_is_told() {
    let text = written();
    assert_eq!(repaired(&text), (read_project(&text, &no_check).unwrap(), Vec::new()));
    let cases: [Case; 13] = [
        // A bracket less or more takes nothing.
        (
            "            kind: relational_database,\n        ),",
            "            kind: relational_database,",
            BOTH,
            LINK,
            "closing bracket is missing",
        ),
        ("\"shop\": (", "\"shop\": ((", BOTH, LINK, "too many"),
        ("            },\n        ),", "            },\n        )),", BOTH, LINK, ""),
        ("    components: {", "    components: ", BOTH, LINK, "opening `{` of `components` is missing"),
        // A quote less takes no more than its line.
        ("name: \"Shop\"", "name: \"Shop", BOTH, LINK, ""),
        (
            "\"tables\": 40",
            "\"tables: 40",
            BOTH,
            LINK,
            "closing quote of `tables` is missing in components > shop > traits",
        ),
        // Values that nobody knows.
        ("kind: relational_database", "kind: zzz", &["shop"], &[], "left out: connections > shop-to-db"),
        ("\"tables\": 40", "\"tables\": forty", BOTH, LINK, "left out: components > shop > traits > tables"),
        ("protocol: database", "protocol: data", BOTH, LINK, "left out: connections > shop-to-db > protocol"),
        ("to: \"db\"", "to: \"bd\"", BOTH, &[], "names a component that is not there: \"bd\""),
        // Bytes that are none.
        ("name: \"Database\"", "name: \"Data\0\0base\"", BOTH, LINK, "a run of 2 bytes here is empty"),
        ("\"db\": (", "\"shop\": (", &["shop", "shop-2"], &[], "this one is kept as \"shop-2\""),
        ("    format: 2,\n", "", BOTH, LINK, "does not say its format"),
    ];
    for (sound, damaged, components, connections, words) in cases {
        assert!(text.contains(sound), "{sound}");
        let text = text.replacen(sound, damaged, 1);
        assert_ne!(said(&text), [""; 0], "{damaged}");
        let (project, notes) = repaired(&text);
        let ids: Vec<&str> = project.components.keys().map(groundplan::project::ComponentId::as_str).collect();
        let links: Vec<&str> = project.connections.keys().map(groundplan::project::ConnectionId::as_str).collect();
        assert_eq!((ids.as_slice(), links.as_slice()), (components, connections), "{damaged}: {notes:#?}");
        assert!(notes.iter().any(|note| note.contains(words)), "{damaged}: {notes:#?}");
    }
}

#[test]
fn a_file_that_is_cut_keeps_what_came_before_the_cut() {
    let text = written();
    let cut = text.find("\"admin-interface\"").unwrap() + 10;
    let (project, notes) = repaired(&text[..cut]);
    assert_eq!(project.components["shop"].traits.len(), 1, "the trait before the cut is there");
    assert_eq!(project.name, "Plan");
    assert!(notes.iter().any(|note| note.contains("the file ends in the middle of")), "{notes:?}");
    let no_utf8 =
        [b"(format: 2, name: \"Caf\x81\", components: {\"a\": (name: \"A\", kind: worker)})".as_slice()].concat();
    let (project, notes) = repaired(&no_utf8);
    assert_eq!((project.name.as_str(), project.components.len()), ("Caf\u{fffd}", 1));
    assert_eq!(notes, ["1:23: one byte here is not UTF-8 text; it is shown as \u{fffd}"]);
    for nothing in ["", "hello", "\0\0\0\0", "(", "[]", "{\"json\": true}"] {
        assert!(read_what_can_be(nothing.as_bytes(), &no_check).is_err(), "{nothing:?}");
    }
}

#[test]
fn what_the_playbook_does_not_know_is_left_out_and_the_rest_kept() {
    let engine = load_engine(None).unwrap();
    let text =
        with_component("name: \"A\", kind: web_application, pin: \"rails\", traits: {\"tables\": 4, \"tabels\": 4}");
    let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &|project| engine.check(project)).unwrap();
    assert_eq!((project.components["a"].traits.len(), project.components["a"].pin.as_ref()), (1, None));
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(engine.check(&project).is_empty());
}

#[test]
fn of_a_newer_format_is_read_what_is_understood() {
    let text = format!(
        "(format: {}, name: \"P\", risks: {{\"r\": (odds: 5)}}, components: {{\n\"a\": (name: \"A\", kind: worker, owner: \"me\"),\n\"b\": (name: \"B\", kind: oracle)}})",
        FORMAT + 1
    );
    let refused = read_project(&text, &no_check).unwrap_err();
    assert_eq!((refused.newer, refused.problems.len()), (Some(FORMAT + 1), 1));
    assert!(refused.problems[0].message.contains("newer"), "{refused}");
    let Repaired { project, notes, newer } = read_what_can_be(text.as_bytes(), &no_check).unwrap();
    assert_eq!((project.components.len(), newer), (1, Some(FORMAT + 1)));
    let left: Vec<&str> = notes.iter().filter_map(|note| note.message.split("left out: ").nth(1)).collect();
    assert_eq!(left, ["risks)", "components > a > owner)", "components > b)"]);
}

/// Bytes of a text put out of order.
#[derive(Clone, Debug)]
enum Damage {
    Cut(prop::sample::Index),
    Put(prop::sample::Index, u8),
    Drop(prop::sample::Index, usize),
    Twice(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let at = any::<prop::sample::Index>;
    let one = prop_oneof![
        at().prop_map(Damage::Cut),
        (at(), prop_oneof![any::<u8>(), prop::sample::select(b"()[]{}\",:\\/*#\n".to_vec())])
            .prop_map(|(at, byte)| Damage::Put(at, byte)),
        (at(), 1_usize..40).prop_map(|(at, length)| Damage::Drop(at, length)),
        (at(), 1_usize..200).prop_map(|(at, length)| Damage::Twice(at, length)),
    ];
    prop::collection::vec(one, 1..4)
}

fn damaged(text: &str, damage: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for one in damage {
        let length = bytes.len().max(1);
        match one {
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Put(at, byte) => {
                if let Some(place) = bytes.get_mut(at.index(length)) {
                    *place = *byte;
                }
            }
            Damage::Drop(at, count) => {
                let start = at.index(length).min(bytes.len());
                drop(bytes.drain(start..(start + count).min(bytes.len())));
            }
            Damage::Twice(at, count) => {
                let start = at.index(length).min(bytes.len());
                let part = bytes[start..(start + count).min(bytes.len())].to_vec();
                bytes.splice(start..start, part);
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn whatever_is_damaged_what_is_read_is_sound_and_the_same_each_time(
        project in any_project::project(), damage in damage(),
    ) {
        let text = to_text(&project).unwrap();
        prop_assert_eq!(read_what_can_be(text.as_bytes(), &no_check).unwrap(), Repaired { project, notes: Vec::new(), newer: None });
        let bytes = damaged(&text, &damage);
        let first = read_what_can_be(&bytes, &no_check);
        if let Ok(Repaired { project, notes, newer }) = &first {
            prop_assert_eq!(project.validate(), []);
            let written = to_text(project).unwrap();
            // Damage may give a place more decimals than are kept.
            let again = read_project(&written, &no_check).map(|again| to_text(&again).unwrap());
            prop_assert_eq!(again.as_ref(), Ok(&written));
            let sound = str::from_utf8(&bytes).is_ok_and(|text| read_project(text, &no_check).is_ok());
            prop_assert!(sound || !notes.is_empty() || newer.is_some(), "something is said");
        }
        prop_assert_eq!(read_what_can_be(&bytes, &no_check), first);
    }
}

fn samples(format: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(format);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read =
        |path: &PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap());
    paths.iter().map(read).collect()
}

#[test]
fn kept_files_of_format_1_are_the_projects_they_were() {
    let (old, new) = (samples("format-1"), samples("format-2"));
    assert!(old.len() >= 9, "{}", old.len());
    for ((name, text), (same_name, present)) in old.iter().zip(&new) {
        assert_eq!(name, same_name);
        assert!(text.contains("format: 1,"), "{name}");
        let project = read_project(text, &no_check).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(to_text(&project).unwrap(), *present, "{name} is saved in the present format");
        assert_eq!(read_project(present, &no_check).unwrap(), project, "{name}");
        if let Some(preset) = presets().iter().find(|preset| format!("{}.ron", preset.id) == *name) {
            assert_eq!(preset.project().unwrap(), project, "{name}");
        }
    }
    assert_eq!(old.len(), new.len());
}

#[test]
fn what_is_wrong_in_an_older_file_is_told_where_it_stands_there() {
    let text = "(format: 1, name: \"P\", scenarios: {\n  \"four\": (name: \"Four\",\n    assumptions: (currency: (code: \"EUR\"), team_size: 0, colour: 1)),\n})";
    let problems = said(text);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("3:44: team_size is 0"), "{problems:?}");
    assert!(problems[1].starts_with("3:58: unknown field `colour`"), "{problems:?}");
    let of_2 = said(&text.replace("format: 1", "format: 2"));
    assert!(of_2[0].starts_with("3:5: unknown field `assumptions`"), "{of_2:?}");
}

/// Lines that are in one of two texts and not in the other, in order.
fn changed_lines<'t>(before: &'t str, after: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let front = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    (old, new) = (old[front..].to_vec(), new[front..].to_vec());
    let back = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    (old[..old.len() - back].to_vec(), new[..new.len() - back].to_vec())
}

#[test]
fn a_box_that_moved_is_one_line_of_a_diff() {
    for preset in presets().iter().filter(|preset| preset.id != "blank") {
        let project = preset.project().unwrap();
        let before = to_text(&project).unwrap();
        assert_eq!(before, preset.text, "{} is in form", preset.id);
        for id in project.components.keys() {
            let mut moved = project.clone();
            moved.apply(&Edit::Place(id.clone(), (1234.567, -0.001).into()));
            let after = to_text(&moved).unwrap();
            let (gone, come) = changed_lines(&before, &after);
            assert_eq!((gone.len(), come.as_slice()), (1, ["            pos: (1234.57, 0),"].as_slice()), "{id}");
        }
    }
}

#[test]
fn fmt_brings_files_into_form_and_loses_no_comments() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let formed = written();
    let (good, odd) = (path("good.ron", &formed), path("odd.ron", PLAN));
    let commented = path("commented.ron", &PLAN.replace("name: \"Plan\",", "name: \"Plan\", // ours"));
    let broken = path("broken.ron", "(format: 2, nam");
    let check = run(&["fmt", "--check", &good, &odd, &commented]);
    assert_eq!((check.status.code(), out(&check)), (Some(1), format!("{odd}\n{commented}\n").as_str()));
    assert_eq!(run(&["fmt", "--check", &good]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&odd).unwrap(), PLAN, "nothing is written");

    fs::set_permissions(&good, fs::Permissions::from_mode(0o444)).unwrap();
    let done = run(&["fmt", &broken, &good, &odd, &commented]);
    assert_eq!(done.status.code(), Some(2), "the broken one and the one with comments are told");
    assert!(err(&done).contains("broken.ron") && err(&done).contains("--drop-comments"), "{}", err(&done));
    assert_eq!(fs::read_to_string(&odd).unwrap(), formed, "the others are in form");
    assert_eq!(fs::read_to_string(&commented).unwrap().matches("// ours").count(), 1);
    assert_eq!(run(&["fmt", &commented, "--drop-comments"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&commented).unwrap(), formed);
    let piped = run_with_input(&["fmt", "-"], PLAN);
    assert_eq!((piped.status.code(), out(&piped)), (Some(0), formed.as_str()));
}

#[test]
fn repair_writes_what_can_be_read_elsewhere_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let [broken, copy] = ["broken.ron", "copy.ron"].map(|name| folder.path().join(name).to_str().unwrap().to_owned());
    let text = PLAN.replace("kind: relational_database", "kind: zzz");
    fs::write(&broken, &text).unwrap();
    let onto_itself = run(&["repair", &broken, "-o", &broken]);
    assert_eq!(onto_itself.status.code(), Some(2));
    assert!(err(&onto_itself).contains("not written over"), "{}", err(&onto_itself));
    let done = run(&["repair", &broken, "-o", &copy]);
    assert_eq!((done.status.code(), fs::read_to_string(&broken).unwrap()), (Some(0), text.clone()));
    assert!(
        err(&done).contains("broken.ron:6:") && err(&done).contains("left out: connections > shop-to-db"),
        "{}",
        err(&done)
    );
    assert_eq!(run(&["check", &copy]).status.code(), Some(0));
    let again = run(&["repair", &broken, "-o", &copy]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("is left as it is") && err(&again).contains("copy.ron"), "{}", err(&again));
    let piped = run_with_input(&["repair", "-"], &text);
    assert_eq!(out(&piped), fs::read_to_string(&copy).unwrap());
    let nothing = run_with_input(&["repair", "-"], "hello");
    assert_eq!((nothing.status.code(), out(&nothing)), (Some(2), ""));
}

/// What can become of a small file of the program's own.
fn accidents(whole: &str) -> Vec<Vec<u8>> {
    let cut = whole.len() * 2 / 3;
    vec![
        Vec::new(),
        whole.as_bytes()[..cut].to_vec(),
        vec![0; 4_000],
        (0..=255).cycle().take(10_000).collect(),
        b"5".to_vec(),
        b"(a: 1)".to_vec(),
        [whole.as_bytes(), &[b'x'; 3_000_000]].concat(),
        "(".repeat(200_000).into_bytes(),
    ]
}

#[test]
fn the_list_of_recent_projects_survives_whatever_becomes_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (file, aside) = (folder.path().join("recent.ron"), folder.path().join("recent.ron.damaged"));
    let recent = Recent::in_folder(folder.path());
    for name in ["/plans/c.ron", "/plans/b.ron", "/plans/a.ron"] {
        recent.add(Path::new(name)).unwrap();
    }
    let whole = fs::read_to_string(&file).unwrap();
    for accident in accidents(&whole) {
        fs::write(&file, &accident).unwrap();
        let kept = recent.list();
        assert!(kept.iter().all(|path| whole.contains(path.to_str().unwrap())), "{kept:?}");
        recent.add(Path::new("/plans/new.ron")).unwrap();
        assert_eq!(recent.list()[0], Path::new("/plans/new.ron"));
        assert_eq!(recent.list()[1..], kept);
        if !accident.is_empty() {
            assert_eq!(fs::read(&aside).unwrap(), accident, "it can be looked into");
            fs::remove_file(&aside).unwrap();
        }
    }
    fs::write(&file, &whole.as_bytes()[..whole.len() * 2 / 3]).unwrap();
    assert_eq!(recent.list().first().map(PathBuf::as_path), Some(Path::new("/plans/a.ron")), "what is whole is kept");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(recent.list().is_empty());
    recent.add(Path::new("/plans/a.ron")).unwrap_err();
}

#[test]
fn settings_are_mended_before_anybody_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let (file, aside) = (folder.path().join("app.ron"), folder.path().join("app.ron.damaged"));
    let whole = "{\n    \"app\": \"(theme: Dark, palette: false)\",\n    \"window\": \"(size: (1440, 900))\",\n    \"egui\": \"(many)\",\n}";
    let map =
        || -> std::collections::HashMap<String, String> { ron::from_str(&fs::read_to_string(&file).unwrap()).unwrap() };
    mend_settings(&file);
    assert!(!file.exists());
    fs::write(&file, whole).unwrap();
    mend_settings(&file);
    assert_eq!(fs::read_to_string(&file).unwrap(), whole, "what is sound is not touched");
    for accident in accidents(whole) {
        fs::write(&file, &accident).unwrap();
        mend_settings(&file);
        assert_eq!(fs::read(&aside).unwrap(), accident);
        if file.exists() {
            assert!(map().iter().all(|(key, value)| whole.contains(key) && whole.contains(value)));
            fs::remove_file(&file).unwrap();
        }
        fs::remove_file(&aside).unwrap();
    }
    fs::write(&file, &whole[..whole.find("1440").unwrap()]).unwrap();
    mend_settings(&file);
    assert_eq!(map().get("app").map(String::as_str), Some("(theme: Dark, palette: false)"), "what is whole is kept");
    fs::remove_file(&file).unwrap();
    fs::remove_file(&aside).unwrap();
    fs::create_dir(&file).unwrap();
    mend_settings(&file);
    assert!(!file.exists() && aside.is_dir(), "a folder in its place is put aside");
}

#[test]
fn hostile_playbooks_are_refused_in_words() {
    let with = |name: &str, text: String| {
        let mut files = builtin_files();
        let file: &mut PlaybookFile = files.iter_mut().find(|file| file.name == name).unwrap();
        file.text = text;
        load(&files).map(drop).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let not = |depth: usize| format!("[(id: \"a\", when: {}has(\"x\"){})]", "any([".repeat(depth), "])".repeat(depth));
    let many = (0..6_000).fold(String::new(), |text, i| text + &format!("(id:\"a{i}\"),"));
    for (name, text, word) in [
        ("criteria.ron", "(".repeat(500_000), ""),
        ("criteria.ron", "[".repeat(500_000), ""),
        ("criteria.ron", not(100), ""),
        ("criteria.ron", not(100_000), ""),
        ("criteria.ron", format!("[{many}]"), "more than the 5000"),
        ("estimate.ron", "(\u{202e}".to_owned(), ""),
        ("packages.ron", format!("[(name: \"{}\")]", "x".repeat(1_000_000)), ""),
    ] {
        let problems = on_a_small_stack_of_the_program(name, text, with);
        assert!(problems.iter().any(|problem| problem.contains(word)), "{name}: {problems:.3?}");
    }
}

/// A playbook's conditions are read one in the other, which takes some stack; threads of the program have two megabytes.
fn on_a_small_stack_of_the_program(
    name: &'static str,
    text: String,
    read: impl Fn(&str, String) -> Vec<String> + Send + Copy + 'static,
) -> Vec<String> {
    std::thread::Builder::new().stack_size(2 << 20).spawn(move || read(name, text)).unwrap().join().unwrap()
}
