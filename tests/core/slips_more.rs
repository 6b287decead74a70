//! More of what people do to a project file without meaning to: words of other sorts, quotes within texts, files whose beginning is cut off, ids that
//! cannot stay, texts copied out of pages. Nothing of it is lost without being listed, and nothing is given to another thing.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::common::{cli, slips};
use groundplan::{
    project::{BoundaryId, ComponentId, Project},
    storage::{Repaired, presets, read_what_can_be, to_text},
};
use slips::{NONE, WHOLE, hold, no_check, otherwise, repaired, with};

fn ids(project: &Project) -> Vec<&str> {
    project.components.keys().map(ComponentId::as_str).collect()
}

#[test]
fn a_kind_or_protocol_in_other_words_is_read_as_what_it_plainly_is() {
    let kind = |damaged: &str| with(&[("kind: web_application", damaged)]);
    let protocol = |damaged: &str| with(&[("protocol: websocket", damaged)]);
    hold(vec![
        (kind("kind: WebApplication"), NONE, &["13:19: kind `WebApplication` is read as `web_application`"]),
        (kind("kind: \"web application\""), NONE, &["13:19: kind `web application` is read as `web_application`"]),
        (kind("kind: \"WebApplication\""), NONE, &["kind `WebApplication` is read as"]),
        (kind("kind: web-application"), NONE, &["kind `web-application` is read as"]),
        (kind("kind: Web application"), NONE, &["kind `Web application` is read as"]),
        (kind("\"kind\": \"Web application\""), NONE, &["kind `Web application` is read as", "quotes around the name"]),
        (kind("kind: WEB_APPLICATION"), NONE, &["kind `WEB_APPLICATION` is read as"]),
        (kind("kind = WebApplication"), NONE, &["kind `WebApplication` is read as", "a `=` stands where"]),
        (
            with(&[("kind: web_application,\n", "kind: WebApplication\n")]),
            NONE,
            &["kind `WebApplication` is read as", "a comma is missing after `kind`"],
        ),
        (with(&[("kind: client", "kind: Browser or mobile client")]), NONE, &["is read as `client`"]),
        (protocol("protocol: WebSocket"), NONE, &["protocol `WebSocket` is read as `websocket`"]),
        (protocol("protocol: Web-Socket"), NONE, &["protocol `Web-Socket` is read as `websocket`"]),
        (protocol("protocol: \"WEBSOCKET\""), NONE, &["protocol `WEBSOCKET` is read as `websocket`"]),
        (protocol("protocol: HTTP"), &["connections > web-to-shop > protocol"], &["protocol `HTTP` is read as `http`"]),
        (
            protocol("protocol: Pub/sub"),
            &["connections > web-to-shop > protocol"],
            &["protocol `Pub/sub` is read as `pubsub`"],
        ),
        (
            protocol("protocol: Shared tables"),
            &["connections > web-to-shop > protocol"],
            &["protocol `Shared tables` is read as `shared_tables`"],
        ),
        // What is plainly nothing is told as before.
        (
            protocol("protocol: Grpc"),
            &["connections > web-to-shop > protocol"],
            &["`Grpc` is not a value of `protocol` in connections > web-to-shop"],
        ),
        // Nor is anything made of what stands in texts, or in comments.
        (with(&[("notes: \"It's ours\"", "notes: \"It's ours\", // kind: WebApplication")]), NONE, &[]),
    ]);
    let (project, notes) = repaired(
        "(format: 2, name: \"P\", assumptions: (confidence: P80, calendar: (workdays: [Mon, Tuesday, wed])), components: {\"a\": (name: \"A\", kind: REST_API), \"b\": (name: \"B\", kind: Redis)}, connections: {\"l\": (from: \"a\", to: \"b\", protocol: PubSub, course: (line: Straight, from_side: Left))})",
    );
    assert_eq!(ids(&project), ["a", "b"]);
    let text = to_text(&project).unwrap();
    for words in ["confidence: p80", "kind: rest_api", "kind: redis", "line: straight", "from_side: left"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(["mon", "tue", "wed"].iter().all(|day| text.contains(day)), "{text}");
    let [note] = notes.as_slice() else { panic!("{notes:#?}") };
    assert!(note.contains("are read as what they plainly are") && note.contains("in 8 places"), "{note}");
}

#[test]
fn quotes_within_a_text_end_it_nowhere_but_at_its_end() {
    const NAME: &[&str] = &["components > shop > name"];
    const NOTES: &[&str] = &["components > shop > notes"];
    let name = |damaged: &str| with(&[("name: \"Shop\"", damaged)]);
    let notes = |damaged: &str| with(&[("notes: \"It's ours\"", damaged)]);
    let told = "quotes within a text; they are kept in it";
    hold(vec![
        (name("name: \"Core \"legacy\" application\""), NAME, &["12:25: quotes within a text; they are kept in it"]),
        (name("name: \"\"Core\" application\""), NAME, &[told]),
        (name("name: \"The \"Core\"\""), NAME, &[told]),
        (name("name: \"Core (\"legacy\") application\""), NAME, &[told]),
        (notes("notes: \"He said: \"yes\", and \"no\", twice\""), NOTES, &[told]),
        (notes("notes: \"A \"b\" c\" // kind: x"), NOTES, &[told]),
        // A quote that is there twice, or a mark that is missing between two fields, makes no such text.
        (name("name: \"\"Shop\""), NONE, &["a `\"` too many"]),
        (with(&[("name: \"Shop\",\n", "name: \"Shop\"\n")]), NONE, &["a comma is missing after `name`"]),
        (with(&[("from: \"web\",\n            to", "from: \"web\" to")]), NONE, &["a comma is missing after `from`"]),
    ]);
    for (text, kept) in [
        (name("name: \"Core \"legacy\" application\""), "Core \"legacy\" application"),
        (name("name: \"\"Core\" application\""), "\"Core\" application"),
        (name("name: \"The \"Core\"\""), "The \"Core\""),
        (name("name: \"Core (\"legacy\") application\""), "Core (\"legacy\") application"),
    ] {
        assert_eq!(&*repaired(&text).0.components["shop"].name, kept, "{text}");
    }
    let said = repaired(&notes("notes: \"He said: \"yes\", and \"no\", twice\"")).0;
    assert_eq!(&*said.components["shop"].notes, "He said: \"yes\", and \"no\", twice");
    let one_line = "(format: 2, name: \"P\", components: {\"a\": (name: \"An \"a\" here\", kind: worker, notes: \"x\"), \"b\": (name: \"B\", kind: worker)})";
    let (project, notes) = repaired(one_line);
    assert_eq!((&*project.components["a"].name, &*project.components["a"].notes), ("An \"a\" here", "x"), "{notes:#?}");
    assert_eq!((ids(&project), notes.len()), (vec!["a", "b"], 1));
}

/// The plan from some words on.
fn from(words: &str) -> String {
    WHOLE[WHOLE.find(words).unwrap()..].to_owned()
}

#[test]
fn what_is_left_of_an_entry_whose_head_is_cut_off_is_no_part_of_the_plan() {
    let gone = ["name", "notes"];
    for (text, lost, kept) in [
        (from("            kind: web_app"), vec!["kind: web_application", "\"tables\": 40", "notes: \"It's ours\""], 1),
        (from("_application,"), vec!["_application", "\"tables\": 40", "notes: \"It's ours\""], 1),
        (from("0, 0),\n            traits"), vec!["\"tables\": 40", "notes: \"It's ours\""], 1),
        (from("                \"admin-"), vec!["\"admin-interface\": true", "notes: \"It's ours\""], 1),
        (from("            notes: \"It"), vec!["notes: \"It's ours\""], 1),
        (from("        ),\n        \"db\""), vec![], 1),
        (from("            kind: relational_database"), vec!["kind: relational_database", "pos: (400, 0)"], 0),
        (from("            protocol: websocket"), vec!["protocol: websocket", "latency_ms: 20"], 0),
        (from("            size: (700"), vec!["size: (700, 300)"], 0),
        (from("Ask them"), vec!["Ask them", "size: (100, 50)"], 0),
    ] {
        let Ok(Repaired { project, notes, .. }) = read_what_can_be(text.as_bytes(), &no_check) else {
            assert!(text.starts_with("Ask"), "{text}");
            continue;
        };
        let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
        assert_eq!((project.name.as_str(), project.notes.as_str()), ("", ""), "{gone:?} {notes:#?}");
        assert_eq!(project.components.len(), kept, "{notes:#?}");
        assert!(notes[0].contains("the beginning of this file is missing"), "{notes:#?}");
        for words in lost {
            let is_it = |note: &String| note.contains("(left out: ") && note.contains(words);
            assert!(notes.iter().any(is_it), "{words}: {notes:#?}");
        }
    }
    // One that says what it cannot be without is an entry.
    let (project, notes) = repaired(&from("            name: \"Shop\""));
    assert_eq!(ids(&project), ["shop", "db"], "{notes:#?}");
    assert_eq!(&*project.components["shop"].notes, "It's ours");
    assert_eq!((project.name.as_str(), project.connections.len()), ("", 1), "{notes:#?}");
    assert!(notes.iter().any(|note| note.contains("kept as \"shop\"")), "{notes:#?}");
    // What begins with the plan's own fields is the plan.
    hold(vec![
        (WHOLE.replacen("(\n", "", 1), NONE, &["the opening `(` is missing"]),
        (WHOLE.replacen("(\n    format: 2,\n", "", 1), NONE, &["the opening `(` is missing"]),
        (from("    components: {"), &["Plan > name", "Plan > notes"], &["the opening `(` is missing"]),
    ]);
}

#[test]
fn conflicts_that_are_indented_are_conflicts() {
    let line = "            name: \"Database\",\n";
    let marks = |blanks: &str| {
        with(&[(
            line,
            &format!(
                "{blanks}<<<<<<< HEAD\n{line}{blanks}=======\n            name: \"Postgres\",\n{blanks}>>>>>>> other\n"
            ),
        )])
    };
    let told: &[&str] = &["a conflict of a merge; its first side is kept", "(left out: name: \"Postgres\",)"];
    hold(vec![
        (marks(""), NONE, told),
        (marks("    "), NONE, told),
        (marks("\t"), NONE, told),
        (
            with(&[(line, &format!("{line}    =======\n            name: \"Postgres\",\n    >>>>>>> other\n"))]),
            NONE,
            &["a conflict of a merge without its first mark", "(left out: name: \"Postgres\",)"],
        ),
        (with(&[(line, &format!("    <<<<<<< HEAD\n{line}"))]), NONE, &["a mark of a merge without the others"]),
    ]);
    let told = groundplan::storage::read_project(&marks("    "), &no_check).unwrap_err().problems;
    assert!(told.len() == 1 && told[0].message.contains("groundplan merge"), "{told:#?}");
}

#[test]
fn a_second_project_is_one_line_however_much_is_in_it() {
    let all = presets();
    let (first, second) = (to_text(&all[0].project().unwrap()).unwrap(), to_text(&all[1].project().unwrap()).unwrap());
    let (_, alone) = repaired(&first);
    assert!(alone.is_empty());
    for text in [
        format!("{first}{second}"),
        format!("{first}\n\n{second}"),
        format!("{first}---\n{second}"),
        format!("{first}{}", second.replacen("kind:", "kin", 1)),
        format!("{}{second}", first.trim_end().trim_end_matches(')')),
        format!("{first},\n{second}"),
    ] {
        let (project, notes) = repaired(&text);
        let again = to_text(&project).unwrap();
        let otherwise = again.lines().zip(first.lines()).find(|(a, b)| a != b);
        assert!(again == first, "{otherwise:?} {notes:#?}");
        let about: Vec<&String> = notes.iter().filter(|note| note.contains("a second project begins")).collect();
        assert_eq!(about.len(), 1, "{notes:#?}");
        assert!(about[0].contains(" lines with ") && about[0].contains(" entries"), "{notes:#?}");
        assert!(notes.len() <= 2, "{}: {notes:#?}", notes.len());
    }
}

/// A plan in which everything leads to ids that cannot be ones.
const NAMED: &str = r#"(
    format: 2,
    name: "Plan",
    assumptions: (roles: {"Lead_Dev": (name: "Lead", rate_usd_per_person_week: 5000, share: 1)}),
    components: {
        "Core_App": (name: "Core_App", kind: web_application),
        "db": (name: "Core_App", kind: relational_database),
        "core-app": (name: "Other", kind: worker),
    },
    connections: {
        "Core_App": (from: "Core_App", to: "db", protocol: database, label: "Core_App"),
    },
    boundaries: {
        "Core_App": (name: "F", pos: (0, 0), size: (900, 900), folded: (components: ["Core_App", "core-app"], boundaries: ["In_It"])),
        "In_It": (name: "In_It", pos: (10, 10), size: (100, 100)),
    },
    suppressed: {
        "no-traits:Core_App": "known",
        "seam:connection=Core_App+core-app+db:Core_App": "known too",
        "Core_App:db": "a rule is no id",
    },
    scenarios: {
        "Way_1": (name: "Core_App", pins: {"Core_App": "django"}, deferred: ["Core_App"]),
    },
    baselines: {
        "b": (name: "B", weeks: (median: 1, log_sd: 0.1), budget_usd: (median: 1, log_sd: 0.1),
            parts: [(component: "Core_App", name: "Core_App", framework: "django", weeks: 1, usd: 1)]),
    },
)
"#;

#[test]
fn an_id_that_is_renamed_is_renamed_in_all_that_leads_to_it() {
    let (project, notes) = repaired(NAMED);
    assert_eq!(ids(&project), ["core-app-2", "db", "core-app"], "{notes:#?}");
    let link = &project.connections["core-app"];
    assert_eq!((link.from.as_str(), link.to.as_str(), link.label.as_str()), ("core-app-2", "db", "Core_App"));
    let frame = project.boundaries["core-app"].folded.as_ref().unwrap();
    assert!(frame.components.iter().map(ComponentId::as_str).eq(["core-app", "core-app-2"]));
    assert!(frame.boundaries.iter().map(BoundaryId::as_str).eq(["in-it"]));
    let keys: Vec<&str> = project.suppressed.keys().map(groundplan::project::FindingKey::as_str).collect();
    assert_eq!(
        keys,
        ["no-traits:core-app-2", "seam:connection=core-app+core-app+db:Core_App", "Core_App:db"],
        "{notes:#?}"
    );
    let way = &project.scenarios["way-1"];
    assert_eq!(&*way.name, "Core_App");
    assert!(way.pins.keys().map(ComponentId::as_str).eq(["core-app-2"]), "{notes:#?}");
    assert!(way.deferred.iter().map(ComponentId::as_str).eq(["core-app-2"]), "{notes:#?}");
    let part = &project.baselines["b"].parts[0];
    assert_eq!(
        (part.component.as_ref().map(ComponentId::as_str), part.name.as_str()),
        (Some("core-app-2"), "Core_App")
    );
    assert!(to_text(&project).unwrap().contains("\"lead-dev\": ("), "{notes:#?}");
    assert_eq!(notes.len(), 6, "one for each id: {notes:#?}");
    assert!(
        notes
            .iter()
            .any(|note| note.contains("\"Core_App\" cannot be an id; it is kept as \"core-app-2\" in components"))
    );
}

#[test]
fn a_copy_takes_no_id_that_comes_later() {
    let plan = |ids: [&str; 3]| {
        let entry = |(i, id): (usize, &&str)| format!("\"{id}\": (name: \"N{i}\", kind: worker),\n");
        let entries: String = ids.iter().enumerate().map(entry).collect();
        format!(
            "(format: 2, name: \"P\", components: {{{entries}}}, connections: {{\"l\": (from: \"shop\", to: \"shop-2\")}})"
        )
    };
    let (project, notes) = repaired(&plan(["shop", "shop", "shop-2"]));
    assert_eq!(ids(&project), ["shop", "shop-3", "shop-2"], "{notes:#?}");
    assert_eq!(&*project.components["shop-2"].name, "N2");
    assert_eq!(notes.len(), 1, "{notes:#?}");
    assert!(notes[0].contains("this one is kept as \"shop-3\""), "{notes:#?}");
}

#[test]
fn signs_as_pages_write_them_are_read_as_what_they_stand_for() {
    let html = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
    };
    let told = "signs as pages write them (`&quot;` and the like); read as what they stand for";
    let name = |damaged: &str| with(&[("name: \"Shop\"", damaged)]);
    hold(vec![
        (html(WHOLE), NONE, &[told]),
        (html(WHOLE).replace("&quot;", "&#34;"), NONE, &[told]),
        (name("name: &quot;Shop&quot;"), NONE, &[told]),
        (with(&[("\"shop\": (", "&quot;shop&quot;: (")]), NONE, &[told]),
        (name("name: &#39;Shop&#39;"), NONE, &[told]),
        // In a text of ours they are what somebody wrote.
        (with(&[("kind: client,", "kind: client")]), NONE, &["a comma is missing"]),
    ]);
    let (project, notes) = repaired(&html(&with(&[("\"It's ours\"", "\"R&D <x> \\\"y\\\" &amp;\"")])));
    assert_eq!(&*project.components["shop"].notes, "R&D <x> \"y\" &amp;", "{notes:#?}");
    let (project, _) = repaired(&with(&[("\"It's ours\"", "\"R&amp;D\""), ("kind: client,", "kind: client")]));
    assert_eq!(&*project.components["shop"].notes, "R&amp;D");
}

#[test]
fn a_text_without_quotes_is_all_of_its_line() {
    for (bare, kept) in [
        ("see https://example.org/x", "see https://example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
        ("see https://example.org/x, then ask Bob", "see https://example.org/x, then ask Bob"),
        ("ours (not theirs), mostly", "ours (not theirs), mostly"),
        ("ours // theirs", "ours"),
        ("ours /* theirs */", "ours"),
    ] {
        let (project, notes) = repaired(&with(&[("notes: \"It's ours\"", &format!("notes: {bare}"))]));
        assert_eq!(&*project.components["shop"].notes, kept, "{notes:#?}");
        assert_eq!(otherwise(&project), ["components > shop > notes"], "{notes:#?}");
        assert_eq!(notes.len(), 1, "{notes:#?}");
        assert!(notes[0].contains("the text of `notes` has no quotes around it in components > shop"), "{notes:#?}");
    }
    let (project, notes) = repaired(&with(&[("name: \"Shop\",\n            kind", "name: Shop (old), kind")]));
    assert_eq!(&*project.components["shop"].name, "Shop (old)", "{notes:#?}");
    assert_eq!(notes.len(), 1, "{notes:#?}");
}

#[test]
fn lines_that_are_lost_are_counted_as_lost() {
    let many = |count: usize| "            \"x\": 1,\n".repeat(count);
    let line = "            name: \"Database\",\n";
    let conflict = with(&[(
        line,
        &format!("<<<<<<< HEAD\n{line}=======\n            name: \"Db\",\n{}>>>>>>> other\n", many(400)),
    )]);
    let (_, notes) = repaired(&conflict);
    assert_eq!(notes.iter().filter(|note| note.contains("of the other side")).count(), 401, "{:#?}", notes.last());
    assert!(!notes.iter().any(|note| note.contains("marks and signs")), "{:#?}", notes.last());
    // Few lines are told of what is far too much.
    let conflict = with(&[(line, &format!("<<<<<<< HEAD\n{line}=======\n{}>>>>>>> other\n", many(2_000)))]);
    let (_, notes) = repaired(&conflict);
    assert!(
        notes.len() < 1_100 && notes.iter().any(|note| note.contains(" more lines of the other sides")),
        "{}",
        notes.len()
    );
}

/// What is no file is refused before anything is read, in the words of whoever saves.
#[test]
#[cfg(unix)]
fn a_pipe_or_a_device_is_refused_in_one_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (damaged, pipe) = (path("damaged.ron"), path("pipe"));
    std::fs::write(&damaged, with(&[("kind: client,", "kind: client")])).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for out in [pipe.as_str(), "/dev/null"] {
        let refused = cli::run(&["repair", &damaged, "-o", out]);
        assert_eq!(refused.status.code(), Some(2), "{}", cli::err(&refused));
        assert_eq!(cli::err(&refused).trim(), format!("This is not an ordinary file; choose another name: {out}"));
    }
}

#[test]
fn what_stands_in_a_list_stays_there_whatever_stands_for_a_comma() {
    let whole = "(\n    format: 2,\n    name: \"P\",\n    components: {\n        \"x\": (name: \"X\", kind: worker),\n        \"y\": (name: \"Y\", kind: worker),\n        \"z\": (name: \"Z\", kind: worker),\n    },\n    boundaries: {\n        \"b\": (\n            name: \"B\",\n            pos: (0, 0),\n            size: (9, 9),\n            folded: (\n                components: [\n                    \"x\",\n                    \"y\",\n                    \"z\",\n                ],\n            ),\n        ),\n    },\n    scenarios: {\n        \"s\": (\n            name: \"S\",\n            deferred: [\"x\", \"y\", \"z\"],\n        ),\n    },\n)\n";
    let (sound, notes) = repaired(whole);
    assert_eq!(notes, [""; 0]);
    for mark in [')', '}', ']', ':', '('] {
        for (before, behind) in [("\"x\"", ",\n"), ("\"y\"", ",\n"), ("[\"x\"", ","), ("\"y\"", ", \"z\"")] {
            let damaged = whole.replacen(&format!("{before}{behind}"), &format!("{before}{mark}{}", &behind[1..]), 1);
            assert_ne!(damaged, whole);
            let (project, notes) = repaired(&damaged);
            let lists = ["folded > components", "scenarios > s > deferred"];
            let is_lost = |note: &String| note.contains("(left out: ") && lists.iter().any(|list| note.contains(list));
            let is_told = notes.iter().any(is_lost);
            assert!(project == sound || is_told, "{mark} behind {before}: {notes:#?}\n{damaged}");
        }
    }
}

#[test]
fn names_of_fields_in_capitals_are_the_fields_that_they_are() {
    let capitals = |text: &str, change: fn(&str) -> String| {
        let field = |line: &str| {
            let name = line.trim_start();
            let end = name.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(name.len());
            let start = line.len() - name.len();
            if end > 0 && name[end..].starts_with(':') {
                format!("{}{}{}", &line[..start], change(&name[..end]), &name[end..])
            } else {
                line.to_owned()
            }
        };
        text.lines().map(|line| field(line) + "\n").collect::<String>()
    };
    let first = |name: &str| name[..1].to_uppercase() + &name[1..];
    let camel = |name: &str| name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect::<String>();
    let told = "names of fields are written in capitals; they are read as the fields that they are (in ";
    hold(vec![
        (capitals(WHOLE, first), NONE, &[told]),
        (capitals(WHOLE, camel), NONE, &[told]),
        (capitals(WHOLE, str::to_uppercase), NONE, &[told]),
        (capitals(&WHOLE.replacen("(\n    format", "(format", 1), first), NONE, &[told]),
        (with(&[("name: \"Shop\"", "Name: \"Shop\"")]), NONE, &["12:13: field `Name` is read as `name`"]),
        (with(&[("kind: client", "KIND: client")]), NONE, &["field `KIND` is read as `kind`"]),
        (with(&[("calls_per_request: 2", "callsPerRequest: 2")]), NONE, &["is read as `calls_per_request`"]),
        (with(&[("kind: client", "\"Kind\": client")]), NONE, &["field `Kind` is read", "quotes around the name"]),
        // In a text they are what somebody wrote, also where it goes on over the ends of lines.
        (
            with(&[("\"It's ours\"", "\"Kind: ours,\nName: Bob\""), ("kind: client,", "kind: client")]),
            &["components > shop > notes"],
            &["a comma is missing after `kind`"],
        ),
    ]);
    let text = with(&[("\"It's ours\"", "\"Kind: ours,\nName: Bob\""), ("kind: client,", "kind: client")]);
    assert_eq!(&*repaired(&text).0.components["shop"].notes, "Kind: ours,\nName: Bob");
}

#[test]
fn some_around_a_value_is_the_value_in_it() {
    let told = "`Some(...)` around a value; it is read as the value in it";
    let name = |damaged: &str| with(&[("name: \"Shop\"", damaged)]);
    hold(vec![
        (name("name: Some(\"Shop\")"), NONE, &[told]),
        (name("name: Some(\"Shop\",)"), NONE, &[told]),
        (name("name: Some( \"Shop\" )"), NONE, &[told]),
        (name("name: Some(Some(\"Shop\"))"), NONE, &[told, told]),
        (with(&[("kind: client", "kind: Some(client)")]), NONE, &[told]),
        (with(&[("kind: client", "kind: Some(Client)")]), NONE, &[told, "kind `Client` is read as"]),
        (with(&[("size: (700, 300)", "size: Some((700, 300))")]), NONE, &[told]),
        (with(&[("\"tables\": 40", "\"tables\": Some(40)")]), NONE, &[told]),
        (
            slips::each(|_, line| match line.split_once("name: ") {
                Some((blanks, name)) => format!("{blanks}name: Some({}),", name.trim_end_matches(',')),
                None => line.to_owned(),
            }),
            NONE,
            &["`Some(...)` around a value; it is read as the value in it (in 5 places"],
        ),
        // Where a value may be missing it is no mistake; nor is anything made of what stands in a text.
        (
            with(&[("latency_ms: 20", "latency_ms: Some(20)"), ("kind: client,", "kind: client")]),
            NONE,
            &["a comma is missing"],
        ),
        (with(&[("latency_ms: 20", "latency_ms: Some(20)")]), NONE, &[]),
        (
            with(&[("\"It's ours\"", "\"Some(thing)\""), ("kind: client,", "kind: client")]),
            &["components > shop > notes"],
            &["a comma is missing"],
        ),
    ]);
}

#[test]
fn a_text_that_was_pasted_with_quotes_and_ends_of_lines_keeps_its_words() {
    const NAME: &[&str] = &["components > shop > name"];
    let name = |damaged: &str| with(&[("name: \"Shop\"", damaged)]);
    let told = "quotes within a text; they are kept in it";
    for (written, kept) in [
        ("Shop \"core\" and\nmore words here", "Shop \"core\" and\nmore words here"),
        ("Shop and\nmore \"words\" here", "Shop and\nmore \"words\" here"),
        ("The \"Core\"\n(as we call it)", "The \"Core\"\n(as we call it)"),
        ("He said: \"yes\"\nand \"no\", twice", "He said: \"yes\"\nand \"no\", twice"),
        ("Shop \"core\"\n\nNote: ask \"Bob\" first", "Shop \"core\"\n\nNote: ask \"Bob\" first"),
    ] {
        let text = name(&format!("name: \"{written}\""));
        hold(vec![(text.clone(), NAME, &[told])]);
        assert_eq!(&*repaired(&text).0.components["shop"].name, kept);
    }
    // Whatever cannot be kept is listed word by word.
    for written in
        ["Shop \"core\" and\ntodo: ask Bob", "Shop \"core\" and\n(more, \"or\" less", "Shop\" core and\nmore: \"words"]
    {
        let text = name(&format!("name: \"{written}\""));
        let (project, notes) = repaired(&text);
        let said = to_text(&project).unwrap() + &notes.join("\n");
        for word in written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            assert!(said.contains(word), "{word} of {written} is nowhere: {notes:#?}");
        }
        assert_eq!(ids(&project).len(), 3, "{notes:#?}");
    }
}
