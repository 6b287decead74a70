//! What is wrong with a file is said in the words of whoever wrote it: what, where, and what to do; never in those of the program's parts.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Stdio};

use crate::common::{cli, git};
use cli::{PLAN, err, groundplan, out, plan_in, run, run_with_input};
use git::{Repository, command};
use groundplan::{
    playbook::{builtin_files, load},
    storage::{from_text, load_engine, read_project, to_text},
};

/// Words of the language, of libraries and of the system, which nobody needs to know who plans a back end.
const JARGON: [&str; 33] = [
    "os error",
    "std identifier",
    "raw identifier",
    "identifier",
    "struct",
    "enum",
    "tuple",
    "sequence",
    "boolean",
    "floating point",
    "unsigned",
    "integer",
    "u128",
    "i128",
    "u64",
    "u32",
    "f64",
    "usize",
    "variant",
    "byte string",
    "newtype",
    "unit value",
    "deserialize",
    "serde",
    "RON",
    "ron::",
    "recursion",
    "RawValue",
    "Expected ",
    "expected ",
    "Unexpected",
    "Some(",
    "Err(",
];

/// Ways in which a message says what to do.
const REMEDIES: [&str; 32] = [
    "did you mean",
    "known here:",
    "needs ",
    "needed here",
    "must be",
    "is missing",
    "take it out",
    "take some",
    "write ",
    "put ",
    "keep one",
    "keep at most",
    "give it",
    "give one",
    "give one of them",
    "use ",
    "end it",
    "it has:",
    "it must",
    "must ",
    "within ±",
    "at most",
    "names a component that is not there",
    "is never closed",
    "starts with",
    "Open it with",
    "formats go from",
    "there is no trait",
    "there is no framework",
    "more than the",
    "none has more",
    "choose ",
];

/// A run of digits that nobody would count.
fn has_endless_number(message: &str) -> bool {
    let mut run = 0;
    message.chars().any(|letter| {
        run = if letter.is_ascii_digit() { run + 1 } else { 0 };
        run > 9
    })
}

fn assert_plain(what: &str, message: &str) {
    for word in JARGON {
        assert!(!message.contains(word), "{what}: \"{word}\" in\n{message}");
    }
    assert!(!has_endless_number(message), "{what}:\n{message}");
}

fn project(rest: &str) -> String {
    format!("(format: 2, name: \"P\",\n{rest}\n)")
}

fn component(fields: &str) -> String {
    project(&format!("components: {{\"a\": (name: \"A\", kind: worker, {fields}),\n}},"))
}

fn traits(value: &str) -> String {
    component(&format!("traits: {{\"tables\": {value}}}"))
}

/// Mistakes of many kinds, and words of what is said of each.
fn mistakes() -> Vec<(String, &'static str)> {
    let kind = |kind: &str| project(&format!("components: {{\"a\": (name: \"A\", kind: {kind})}},"));
    let link = |fields: &str| {
        let two = "components: {\"a\": (name: \"A\", kind: worker), \"b\": (name: \"B\", kind: worker)},";
        project(&format!("{two}\nconnections: {{\"l\": (from: \"a\", to: \"b\", {fields})}},"))
    };
    let assume = |fields: &str| project(&format!("assumptions: ({fields}),"));
    vec![
        // Names, words and quotes.
        (kind("web-application"), "write `web_application`"),
        (kind("web_aplication"), "did you mean `web_application`?"),
        (kind("\"worker\""), "a name without quotes"),
        (kind("5"), "`kind` in components > a"),
        (kind("worker(1)"), "a comma is missing before this in components > a"),
        (kind("Some(worker)"), "`kind` in components > a"),
        (project("my-notes: \"x\","), "did you mean `notes`?"),
        (project("nots: \"x\","), "did you mean `notes`?"),
        (project("\"notes\": \"x\","), "the name of a field is needed here, without quotes"),
        (project("notes: x,"), "text in double quotes"),
        (project("notes: 'x',"), "text in double quotes"),
        (project("notes: 5,"), "text in double quotes"),
        (project("notes: [\"x\"],"), "text in double quotes"),
        (project("notes: \"a\\qb\","), "write a backslash"),
        (project("notes: \"a\", notes: \"b\","), "keep one"),
        // Values.
        (traits("1e300"), "1e300"),
        (traits("1e999"), "finite number"),
        (traits("-4"), "−4"),
        (traits("1234567890"), "1,234,567,890"),
        (traits("340282366920938463463374607431768211455"), "3.4"),
        (traits("3.5"), "whole number"),
        (traits("'c'"), "\"tables\""),
        (traits("forty"), "a word without quotes"),
        (traits("()"), "`tables` in components > a > traits"),
        (traits("[4]"), "a list in square brackets"),
        (traits("(x: 1)"), "entries in brackets"),
        (traits("Some(4, 5)"), "in components > a > traits > tables needs"),
        (traits("0x_"), "`tables`"),
        (traits("b\"x\""), "bytes"),
        (component("traits: {\"tabels\": 4}"), "did you mean \"tables\"?"),
        (component("traits: {tables: 4}"), "in double quotes"),
        (component("traits: (tables: 4)"), "in curly brackets"),
        (component("traits: [4]"), "in curly brackets"),
        (component("pos: (1)"), "2 values"),
        (component("pos: 5"), "`pos` in components > a"),
        (component("pos: (1, \"x\")"), "a number"),
        (component("pos: (1e300, 0)"), "within ±10,000,000"),
        (component("deferred: yes"), "`true` or `false`"),
        (component("deferred: 1"), "`true` or `false`"),
        (component("pin: rails"), "`pin` in components > a"),
        (component("pin: \"rails\""), "there is no framework"),
        (link("latency_ms: -1"), "is −1; it must be from 0 to 1,000,000,000"),
        (link("latency_ms: 1e300"), "is 1e300"),
        (link("latency_ms: fast"), "a number"),
        (link("protocol: databse"), "did you mean `database`?"),
        (project("connections: {\"l\": (from: \"a\", to: \"b\")},"), "names a component that is not there"),
        (project("components: {\"a\": (kind: worker)},"), "`name` is missing in components > a"),
        (project("components: {\"A B\": (name: \"A\", kind: worker)},"), "lower-case letters"),
        (project("components: [],"), "in curly brackets"),
        (project("components: {\"a\": [1]},"), "in round brackets"),
        (project("components: {\"a\": \"x\"},"), "in round brackets"),
        (project("components: {5: (name: \"A\", kind: worker)},"), "in double quotes"),
        (assume("team_size: 1e300"), "is 1e300; it must be from"),
        (assume("team_size: \"two\""), "a number"),
        (assume("rate_usd_per_person_week: 12345678"), "is 12,345,678"),
        (assume("start: \"2027-13-01\""), "`start` in assumptions"),
        (assume("start: 340282366920938463463374607431768211455"), "text in double quotes"),
        (assume("deadline: 20"), "write weeks(20)"),
        (assume("currency: \"EUR\""), "in round brackets"),
        (assume("calendar: (workdays: (mon))"), "in square brackets"),
        // Brackets and signs.
        (project("components: {\"a\": (name: \"A\" kind: worker)},"), "a comma is missing"),
        (project("components: {\"a\" (name: \"A\", kind: worker)},"), "a colon is missing"),
        (project("components: {\"a\": (name: \"A\", kind: worker},"), "is never closed"),
        (project("notes: \"a\" /* b"), "never closed"),
        ("(format: 2, name: \"P\") x".to_owned(), "after the end"),
        ("(format: 2, name: \"P\",".to_owned(), "ends too early"),
        ("#![enable(magic)] (format: 2, name: \"P\")".to_owned(), "take it out"),
        (project(&format!("notes: {}", "[".repeat(500))), "`notes`"),
        ("(format: 2, name: \"P\", §)".to_owned(), ""),
        ("{\"format\": 2}".to_owned(), "not a project"),
        ("format: 2".to_owned(), "not a project"),
        (String::new(), "the file is empty: a project starts with"),
        ("// only words\n/* and more */\n".to_owned(), "nothing in this file but comments"),
        // Formats.
        (format!("(format: {}, name: \"P\")", "9".repeat(40)), "a format far ahead"),
        ("(format: 4294967296, name: \"P\")".to_owned(), "Open it with a newer one"),
        ("(format: 3000000000, name: \"P\")".to_owned(), "Open it with a newer one"),
        ("(format: 0, name: \"P\")".to_owned(), "the formats go from 1 to"),
        ("(format: two, name: \"P\")".to_owned(), "the formats go from 1 to"),
        ("(name: \"P\")".to_owned(), "put `format: 2,` first"),
        // Sizes.
        (project(&format!("notes: \"{}\",", "x".repeat(200_000))), "200,000 bytes; at most 100,000"),
    ]
}

/// What is not as it should be about what is said of a text.
fn faults_of(text: &str, words: &str, messages: &[&str]) -> Vec<String> {
    let shown: String = text.chars().take(160).collect();
    let mut faults = Vec::new();
    if !messages.iter().any(|message| message.contains(words)) {
        faults.push(format!("{shown}\n\"{words}\" is not in {messages:#?}"));
    }
    for message in messages {
        let jargon = JARGON.iter().find(|word| message.contains(**word));
        faults.extend(jargon.map(|word| format!("{shown}\n\"{word}\" in {message}")));
        if has_endless_number(message) || !REMEDIES.iter().any(|remedy| message.contains(remedy)) {
            faults.push(format!("{shown}\nnothing to do, or too many digits, in {message}"));
        }
    }
    faults
}

#[test]
fn every_mistake_is_told_with_what_where_and_what_to_do_and_without_jargon() {
    let engine = load_engine(None).unwrap();
    let mut faults = Vec::new();
    for (text, words) in mistakes() {
        match read_project(&text, &|project| engine.check(project)) {
            Ok(_) => faults.push(format!("this is read: {text}")),
            Err(refused) => {
                let all: Vec<&str> = refused.problems.iter().map(|problem| problem.message.as_str()).collect();
                faults.extend(faults_of(&text, words, &all));
                assert!(refused.problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn mistakes_in_a_playbook_are_told_in_the_same_words() {
    for (file, sound, wrong) in [
        ("work_items.ron", "cv: 0.", "cv: 1e300, // 0."),
        ("frameworks.ron", "prior_db: ", "prior_db: -1e300, // "),
        ("traits.ron", "group: ", "group: my-group, // "),
        ("criteria.ron", "paragraphs: [", "paragraphs: [340282366920938463463374607431768211455, "),
        ("criteria.ron", "weights_db: {", "weights_db: {5: 5, "),
        ("estimate.ron", "reference_team_size: ", "reference_team_size: two, // "),
    ] {
        let mut files = builtin_files();
        let file = files.iter_mut().find(|one| one.name == file).unwrap();
        assert!(file.text.contains(sound), "{sound}");
        file.text = file.text.replacen(sound, wrong, 1);
        for problem in load(&files).unwrap_err() {
            assert_plain(wrong, &problem.message);
        }
    }
}

/// What a command says of files that the system does not give.
#[test]
fn what_the_system_says_is_told_in_words_and_without_its_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plan = plan_in(folder.path(), PLAN);
    fs::create_dir(path("folder")).unwrap();
    fs::write(path("file"), "x").unwrap();
    fs::write(path("secret.ron"), PLAN).unwrap();
    fs::set_permissions(path("secret.ron"), fs::Permissions::from_mode(0o000)).unwrap();
    let (secret, is_root) = (path("secret.ron"), fs::read(path("secret.ron")).is_ok());
    let cases: Vec<(Vec<String>, &str)> = vec![
        (vec!["check".into(), path("folder")], "it is a folder"),
        (vec!["check".into(), path("nothing.ron")], "There is no such file"),
        (vec!["check".into(), format!("{}/x.ron", path("file"))], "There is no such file"),
        (vec!["check".into(), secret], "you have no permission"),
        (vec!["playbook".into(), "export".into(), path("file")], "there already"),
        (vec!["playbook".into(), "export".into(), format!("{}/x", path("file"))], "folder"),
        (vec!["tidy".into(), plan.clone(), "-o".into(), path("folder")], "not an ordinary file"),
        (vec!["tidy".into(), plan.clone(), "-o".into(), path(&"x".repeat(300))], "too long"),
        (vec!["stack".into(), plan, "--requirements".into(), "-o".into(), path("file")], ""),
    ];
    for (arguments, words) in cases {
        if is_root && words == "you have no permission" {
            continue; // nothing is forbidden to root
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = run(&arguments);
        assert_ne!(output.status.code(), Some(0), "{arguments:?}");
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
        assert_plain(&format!("{arguments:?}"), err(&output));
    }
}

#[test]
fn a_file_of_comments_or_of_nothing_is_no_project_and_that_is_said() {
    for (text, words) in
        [("", "the file is empty"), (" \n\t", "the file is empty"), ("// x\n", "nothing in this file but comments")]
    {
        for arguments in [["fmt", "--check", "-"].as_slice(), &["fmt", "-"], &["check", "-"], &["assess", "-"]] {
            let output = run_with_input(arguments, text);
            assert_eq!(output.status.code(), Some(2), "{arguments:?} {text:?}");
            assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
            assert!(err(&output).contains("a project starts with `(format: 2"), "{}", err(&output));
            assert!(!err(&output).contains("groundplan repair"), "there is nothing to be had: {}", err(&output));
            assert_eq!(out(&output), "");
        }
    }
}

/// Every command that reads a damaged file says how what can be read of it is had.
#[test]
fn whoever_stumbles_over_a_damaged_file_is_told_of_repair() {
    let folder = tempfile::tempdir().unwrap();
    let whole = plan_in(folder.path(), PLAN);
    let damaged = folder.path().join("my plan.ron").to_str().unwrap().to_owned();
    fs::write(&damaged, PLAN.replace("kind: relational_database),", "kind: relational_database,")).unwrap();
    let copy = folder.path().join("my plan-copy.ron").to_str().unwrap().to_owned();
    let way = format!("groundplan repair '{damaged}' -o '{copy}'");
    for arguments in [
        ["check", &damaged].as_slice(),
        &["assess", &damaged],
        &["diff", &whole, &damaged],
        &["fmt", &damaged],
        &["tidy", &damaged],
        &["export", &damaged, "--to", "md"],
        &["merge", &whole, &damaged, &whole],
        &["stack", &damaged],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(&way), "{arguments:?}: {}", err(&output));
    }
    // And that way leads somewhere.
    let repaired = run(&["repair", &damaged, "-o", &copy]);
    assert_eq!(repaired.status.code(), Some(0), "{}", err(&repaired));
    assert!(from_text(&fs::read_to_string(&copy).unwrap()).unwrap().components.contains_key("shop"));
    let from_input = run_with_input(&["check", "-"], "(format: 2, name: \"P\", nots: \"\")");
    assert!(err(&from_input).contains("groundplan repair - -o copy.ron"), "{}", err(&from_input));
    let bytes = folder.path().join("bytes.ron");
    fs::write(&bytes, b"(format: 2, name: \"Caf\xe9\")").unwrap();
    assert!(err(&run(&["check", bytes.to_str().unwrap()])).contains("groundplan repair "));
}

/// `line: message` of everything that is wrong with a text.
fn said(text: &str) -> Vec<String> {
    let engine = load_engine(None).unwrap();
    let refused = read_project(text, &|project| engine.check(project)).unwrap_err();
    refused.problems.iter().map(|problem| format!("{}: {}", problem.line, problem.message)).collect()
}

#[test]
fn what_is_wrong_with_a_component_beside_its_kind_and_name_is_told_in_the_same_go() {
    let text = |fields: &str| {
        format!(
            "(format: 2, name: \"P\", components: {{\n\"a\": ({fields}),\n}},\nconnections: {{\n\"l\": (from: \"a\", to: \"a\", latency_ms: -5)}})"
        )
    };
    for (fields, expected) in [
        (
            "name: \"A\", kind: wroker, traits: {\"tabels\": 4}, pin: \"rails\"",
            ["did you mean `worker`?", "A: there is no trait \"tabels\"", "A: there is no framework \"rails\""]
                .as_slice(),
        ),
        (
            "name: \"A\", kind: \"worker\", traits: {\"tables\": -1}",
            &["needs a name without quotes", "\"tables\" is −1"],
        ),
        (
            "name: 5, kind: worker, traits: {\"tabels\": 4}",
            &["text in double quotes", "a: there is no trait \"tabels\""],
        ),
        ("kind: worker, traits: {\"tabels\": 4}", &["`name` is missing", "a: there is no trait \"tabels\""]),
        ("name: \"A\", traits: {\"tabels\": 4}", &["`kind` is missing", "A: there is no trait \"tabels\""]),
    ] {
        let problems = said(&text(fields));
        assert_eq!(problems.len(), expected.len() + 1, "{fields}: {problems:#?}");
        for words in expected.iter().chain(&["latency_ms is −5"]) {
            assert!(problems.iter().any(|problem| problem.contains(words)), "{words}: {problems:#?}");
        }
    }
}

#[test]
fn the_bracket_or_quote_is_blamed_that_lacks_its_partner() {
    let whole = to_text(&read_project(PLAN, &|_| Vec::new()).unwrap()).unwrap();
    let line = |words: &str| 1 + whole[..whole.find(words).unwrap()].matches('\n').count();
    for (sound, damaged, blamed, words) in [
        (
            "            },\n        ),",
            "        ),",
            "traits: {",
            "this `{` in components > shop > traits is never closed",
        ),
        (
            "        ),\n        \"db\"",
            "        \"db\"",
            "\"shop\": (",
            "this `(` in components > shop is never closed",
        ),
        ("    },\n    connections", "    connections", "components: {", "this `{` in components is never closed"),
        (
            "        ),\n    },\n)",
            "    },\n)",
            "\"shop-to-db\": (",
            "this `(` in connections > shop-to-db is never closed",
        ),
        ("name: \"Shop\"", "name: \"Shop", "name: \"Shop\"", "the text that begins here has no closing quote"),
        ("\"tables\": 40", "\"tables: 40", "\"tables\": 40", "the text that begins here has no closing quote"),
        ("from: \"shop\"", "from: \"shop", "from: \"shop\"", "the text that begins here has no closing quote"),
    ] {
        assert!(whole.contains(sound), "{sound} is not in\n{whole}");
        let text = whole.replacen(sound, damaged, 1);
        let problems = said(&text);
        let expected = format!("{}: {words}", line(blamed));
        assert!(problems.iter().any(|problem| problem.starts_with(&expected)), "{damaged}: {expected}\n{problems:#?}");
    }
    // A note of several lines that looks like fields is not blamed for what is wrong elsewhere.
    let innocent =
        "(format: 2, name: \"P\", notes: \"first\nkind: second\n\", components: {\"a\": (name: \"A\" kind: worker)})";
    assert!(said(innocent).iter().all(|problem| !problem.contains("quote")), "{:#?}", said(innocent));
}

#[test]
fn git_hears_the_name_of_the_file_and_not_of_where_it_keeps_a_version() {
    let driver = command("merge %O %A %B -o %A --name %P");
    let repository = Repository::new(&[
        ("merge.groundplan.driver", &driver),
        ("diff.groundplan.command", &command("diff --git --")),
    ]);
    repository.write("plan.ron", PLAN);
    repository.commit("one");
    repository.git(&["checkout", "-q", "-b", "other"]);
    repository.write(
        "plan.ron",
        &PLAN.replace("name: \"Shop\", kind: web_application", "name: \"Shop\", kind: web_aplication"),
    );
    repository.commit("damaged");
    let diff = repository.git(&["diff", "main", "--", "plan.ron"]);
    let diff = str::from_utf8(&diff.stdout).unwrap();
    assert!(diff.contains("--> b/plan.ron:5:") && diff.contains("did you mean `web_application`?"), "{diff}");
    repository.git(&["checkout", "-q", "main"]);
    repository.write("plan.ron", &PLAN.replace("\"Plan\"", "\"Our plan\""));
    repository.commit("ours");
    let merge = repository.try_git(&["merge", "-q", "other"]);
    assert!(!merge.status.success());
    let told = str::from_utf8(&merge.stderr).unwrap();
    assert!(told.contains("--> plan.ron (theirs):5:"), "{told}");
    for text in [diff, told] {
        assert!(!text.contains("/tmp") && !text.contains(".merge_file"), "{text}");
        assert!(!text.contains("groundplan repair"), "not of a file that is gone in a moment: {text}");
    }
}

/// Two real processes that write one file over and over: at every moment it is what one of them wrote.
#[test]
fn two_processes_that_write_one_file_leave_what_one_of_them_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // Of sizes that tell a mixture.
    let notes = |letter: &str, count: usize| format!("name: \"Plan\",\n    notes: \"{}\",", letter.repeat(count));
    let versions = [notes("a", 10), notes("b", 60_000)].map(|notes| {
        let text = PLAN.replace("name: \"Plan\",", &notes);
        to_text(&read_project(&text, &|_| Vec::new()).unwrap()).unwrap()
    });
    fs::write(path("a.ron"), &versions[0]).unwrap();
    fs::write(path("b.ron"), &versions[1]).unwrap();
    fs::write(&file, &versions[0]).unwrap();
    let is_one = |when: &str| {
        let text = fs::read_to_string(&file).unwrap();
        assert!(versions.contains(&text), "{when}: {} bytes that nobody wrote", text.len());
        assert!(from_text(&text).is_ok());
    };
    for _ in 0..15 {
        let [a, b, target] = [path("a.ron"), path("b.ron"), path("plan.ron")];
        let start = |from: &str| {
            let mut merge = groundplan(&["merge", from, from, from, "-o", &target]);
            merge.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let mut children = [start(&a), start(&b), start(&a), start(&b)];
        while children.iter_mut().any(|child| child.try_wait().unwrap().is_none()) {
            is_one("while they write");
        }
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", err(&output));
        }
        is_one("when they are done");
    }
    assert_eq!(names_in(folder.path()), ["a.ron", "b.ron", "plan.ron"], "nothing is left beside it");
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}
