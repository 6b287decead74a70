//! What is wrong with a file is said in German to who speaks it, and found at the same places as in English.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{fs, path::Path};

use crate::common::cli;
use groundplan::{
    assess::Engine,
    lang::{Language, with},
    playbook::{PlaybookFile, builtin_files, load},
    project::{Problem, Project},
    storage::{load_engine, read_project, read_what_can_be},
};

/// What is said of a text in a language, each with its line and column.
fn said(language: Language, text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Vec<(usize, usize, String)> {
    with(language, || match read_project(text, check) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems.into_iter().map(|one| (one.line, one.column, one.message)).collect(),
    })
}

fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

/// A text without the sign at each of these places in turn, and with another one in its stead.
fn slips(text: &str, every: usize) -> Vec<String> {
    let marks = text.match_indices(['(', ')', '{', '}', '"', ',', ':']).step_by(every);
    marks.flat_map(|(at, _)| ["", "#", "x y"].map(|put| format!("{}{put}{}", &text[..at], &text[at + 1..]))).collect()
}

#[test]
fn the_same_is_found_at_the_same_places_whatever_is_spoken() {
    let engine: Engine = load_engine(None).unwrap();
    let check = |project: &Project| engine.check(project);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let whole = fs::read_to_string(root.join("presets/monolith-decomposition.ron")).unwrap();
    let mut texts = slips(&whole, 97);
    for entry in fs::read_dir(root.join("tests/corpus/projects")).unwrap() {
        texts.extend(fs::read_to_string(entry.unwrap().path()));
    }
    // What hangs on something that could not be read only follows from that.
    texts.push(
        r#"(format: 2, name: "P", components: {
        "shop": (name: "Shop", kind: wroker),
        "stock": (name: "Stock", kind: worker, traits: {"tabels": 4}),
    }, connections: {
        "shop-to-stock": (from: "shop", to: "stock"),
        "stock-to-nobody": (from: "stock", to: "nobody"),
    })"#
        .to_owned(),
    );
    for text in texts {
        let [english, german] = Language::ALL.map(|language| said(language, &text, &check));
        let places = |said: &[(usize, usize, String)]| said.iter().map(|one| (one.0, one.1)).collect::<Vec<_>>();
        assert_eq!(places(&english), places(&german), "{text}\n{english:#?}\n{german:#?}");
        let repaired = Language::ALL.map(|language| with(language, || read_what_can_be(text.as_bytes(), &check)));
        match repaired.map(|one| one.map(|one| (one.project, one.notes.len()))) {
            [Ok(english), Ok(german)] => assert!(english == german, "{text}"),
            [Err(_), Err(_)] => {}
            [english, german] => panic!("{text}\n{:?}\n{:?}", english.is_ok(), german.is_ok()),
        }
    }
}

/// Words that no German sentence of ours has.
const ENGLISH: [&str; 13] = [
    "the", "of", "this", "needs", "missing", "value", "unknown", "never", "closed", "here", "write", "field", "number",
];

fn is_german(message: &str) -> bool {
    // What stands between signs of the file is quoted from it.
    let own: String = message.split('`').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
    let mut words = own.split(|c: char| !c.is_alphanumeric());
    words.all(|word| !ENGLISH.contains(&word))
}

#[test]
fn what_the_typed_reader_stumbles_over_is_told_in_german() {
    let component = |inside: &str| format!("(format: 2, name: \"P\", components: {{\n\"a\": ({inside}),\n}})");
    let sound = "name: \"A\", kind: worker";
    for (inside, words) in [
        ("kind: worker", "„“`name` fehlt in components > a"),
        ("name: 5, kind: worker", "`name` in components > a braucht Text in doppelten Anführungszeichen"),
        (
            "name: \"A\", kind: wroker",
            "`kind` in components > a: `wroker` ist kein möglicher Wert; meinten Sie `worker`?",
        ),
        (&format!("{sound}, pos: (1)"), "braucht 2 Werte in runden Klammern"),
        (&format!("{sound}, lokced: true"), "unbekanntes Feld `lokced` in components > a; meinten Sie `locked`?"),
        (&format!("{sound}, locked: 1"), "`locked` in components > a braucht `true` oder `false`"),
        (&format!("{sound}, traits: [1]"), "`traits` in components > a braucht eine Liste"),
        (&format!("{sound}, {sound}"), "`name` gibt es in components > a doppelt; behalten Sie eines"),
        (&format!("{sound}, traits: {{\"tables\": 1"), "nie geschlossen"),
    ] {
        let said = said(Language::German, &component(inside), &no_check);
        let words = words.trim_start_matches("„“");
        assert!(said.iter().any(|(_, _, message)| message.contains(words)), "{inside}: {said:#?}");
        assert!(said.iter().all(|(_, _, message)| is_german(message)), "{inside}: {said:#?}");
    }
}

#[test]
fn a_playbook_says_what_is_wrong_with_it_at_the_same_places_in_german() {
    let change = |file: &str, from: &str, to: &str| -> Vec<PlaybookFile> {
        let mut files = builtin_files();
        let text = files.iter_mut().find(|one| one.name == file).unwrap();
        assert!(text.text.contains(from), "{file} has no {from}");
        text.text = text.text.replacen(from, to, 1);
        files
    };
    for (file, from, to) in [
        ("criteria.ron", "when:", "wenn:"),
        ("work_items.ron", "scope: ", "scope: \"x\" "),
        ("traits.ron", "(id:", "(id: \"zz\", id:"),
        ("rules.ron", "severity: ", "severity: 7 "),
    ] {
        let told = Language::ALL.map(|language| with(language, || load(&change(file, from, to)).unwrap_err()));
        let places = told.each_ref().map(|told| told.iter().map(|one| one.at).collect::<Vec<_>>());
        assert_eq!(places[0], places[1], "{told:#?}");
        assert!(told[1].iter().all(|one| is_german(&one.message)), "{:#?}", told[1]);
    }
}

#[test]
fn the_command_line_writes_the_same_whatever_the_desktop_speaks() {
    let folder = tempfile::tempdir().unwrap();
    let plan = cli::plan_in(folder.path(), cli::PLAN);
    let damaged = folder.path().join("damaged.ron");
    fs::write(&damaged, cli::PLAN.replace("web_application", "wab_application")).unwrap();
    for arguments in [
        &["assess", &plan][..],
        &["check", &plan],
        &["check", damaged.to_str().unwrap()],
        &["export", &plan, "--to", "md", "--out", "-"],
        &["stack", &plan],
    ] {
        let [english, german] = ["en_GB.UTF-8", "de_DE.UTF-8"].map(|desktop| {
            let output = cli::groundplan(arguments).env("LANG", desktop).env("LC_ALL", desktop).output().unwrap();
            (cli::out(&output).to_owned(), cli::err(&output).to_owned())
        });
        assert_eq!(english, german, "{arguments:?}");
        assert!(!english.0.is_empty() || !english.1.is_empty(), "{arguments:?}");
    }
}
