//! What repair makes of a file of which more than a mark is not as it should be: sections that nobody knows, that are there twice or are those of
//! two people, another encoding, and texts that are made to be hard.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::{common::cli, repair::no_check};
use cli::PLAN;
use groundplan::{
    project::{ComponentId, Project, TraitValue, difference::Changes},
    storage::{Repaired, open_project, read_project, read_what_can_be},
};

/// What can be read of a text, and what is said.
fn repaired(text: impl AsRef<[u8]>) -> (Project, Vec<String>) {
    let Repaired { project, notes, .. } = read_what_can_be(text.as_ref(), &no_check).unwrap();
    assert_eq!(project.validate(), [], "what is given is sound");
    (project, notes.iter().map(ToString::to_string).collect())
}

/// What is said of a text that is refused.
fn said(text: &str) -> Vec<String> {
    read_project(text, &no_check).unwrap_err().problems.iter().map(ToString::to_string).collect()
}

/// What two plans do not have in common.
fn difference(a: &Project, b: &Project) -> Vec<String> {
    Changes::between(a, b).list.iter().map(|changed| format!("{changed:?}")).collect()
}

/// Slips after which a reader takes much of a text for something else: nothing of it goes without being named.
#[test]
fn what_a_slip_hides_from_the_reader_is_named_all_the_same() {
    let text = include_str!("../../presets/platform-rescue.ron");
    let whole = read_project(text, &no_check).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let line_of = |what: &str| lines.iter().position(|line| line.contains(what)).unwrap();
    let changed = |at: usize, line: &str| {
        let mut changed = lines.clone();
        changed[at] = line;
        changed.join("\n")
    };
    let (pos, name, header) = (line_of("pos:"), line_of("name: \"") + 1, line_of("components: {"));
    let name = lines.iter().enumerate().skip(name).find(|(_, line)| line.contains("name: \"")).unwrap().0;
    let damaged = [
        changed(pos, &lines[pos].replacen(',', "',", 1)),
        changed(pos, &lines[pos].replacen(',', "/* ,", 1)),
        changed(name, &lines[name].replacen('"', "r#\"", 1)),
        changed(header, ""),
        changed(header, &format!("{0}\n{0}", lines[header])),
    ];
    for text in damaged {
        let (project, notes) = repaired(&text);
        let left = whole.components.keys().filter(|id| !project.components.contains_key(*id));
        for id in left {
            assert!(notes.iter().any(|note| note.contains(id.as_str())), "{id} is not in {notes:#?}");
        }
        let left = whole.connections.keys().filter(|id| !project.connections.contains_key(*id));
        for id in left {
            assert!(notes.iter().any(|note| note.contains(id.as_str())), "{id} is not in {notes:#?}");
        }
    }
}

/// The last look at the text takes nothing for lost that is told already, or that nobody wanted to be there.
#[test]
fn what_is_told_or_left_out_on_purpose_is_not_told_again() {
    let text = "(format: 2, name: \"P\",\n// \"old\": (name: \"Old\", kind: worker),\ncomponents: {\"a\": (name: \"A\", kind: worker), \"A B\": (name: \"B\", kind: wrong)},\narchive: {\"r1\": (w: {\"x\": 1}), \"r2\": (w: {\"y\": 2})})";
    let (project, notes) = repaired(text);
    assert_eq!(project.components.len(), 1);
    assert!(!notes.iter().any(|note| note.contains("nothing of")), "{notes:#?}");
    assert!(notes.iter().any(|note| note.contains("archive")) && notes.iter().any(|note| note.contains("A B")));
}

#[test]
fn a_section_nobody_knows_is_one_message_and_touches_no_other() {
    let whole = read_project(PLAN, &no_check).unwrap();
    let archive = "archive: {\n\"x\": (name: \"X\", kind: worker, traits: {\"tables\": 900}),\n\"y\": (from: \"shop\", to: \"db\")},\n";
    for section in ["    connections:", "    components:", "    name:"] {
        let text = PLAN.replacen(section, &format!("{archive}{section}"), 1);
        let told = said(&text);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains("unknown field `archive` with 2 entries; known here: "), "{told:?}");
        let (project, notes) = repaired(&text);
        assert_eq!(difference(&whole, &project), [""; 0]);
        assert_eq!(notes.len(), 1, "{notes:#?}");
        assert!(notes[0].contains("(left out: archive)"), "{notes:?}");
        // Also where the text is damaged elsewhere.
        let (project, notes) = repaired(text.replacen("kind: web_application,", "kind: web_application", 1));
        assert_eq!(difference(&whole, &project), [""; 0], "{notes:#?}");
        assert_eq!(notes.len(), 2, "{notes:#?}");
    }
    // Of a newer format as well.
    let newer = PLAN.replacen("format: 1", "format: 9", 1).replacen(
        "    connections:",
        &format!("{archive}    connections:"),
        1,
    );
    let Repaired { project, notes, newer } = read_what_can_be(newer.as_bytes(), &no_check).unwrap();
    assert_eq!((difference(&whole, &project), notes.len(), newer), (Vec::new(), 1, Some(9)), "{notes:?}");
}

#[test]
fn a_section_that_is_one_slip_from_a_missing_one_is_read_as_that() {
    let whole = read_project(PLAN, &no_check).unwrap();
    for (right, wrong) in [
        ("connections", "connectionz"),
        ("connections", "conections"),
        ("components", "compoennts"),
        ("components", "componentss"),
    ] {
        let text = PLAN.replacen(&format!("    {right}:"), &format!("    {wrong}:"), 1);
        let told = said(&text);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains(&format!("unknown field `{wrong}`")), "{told:?}");
        assert!(told[0].contains(&format!("did you mean `{right}`?")), "{told:?}");
        for text in [text.clone(), text.replacen("kind: web_application,", "kind: web_application", 1)] {
            let (project, notes) = repaired(&text);
            assert_eq!(difference(&whole, &project), [""; 0], "{notes:#?}");
            let read_as = format!("unknown field `{wrong}`; it is read as `{right}`");
            assert!(notes.iter().any(|note| note.contains(&read_as)), "{notes:?}");
        }
    }
    // Where the right one is there as well, it is another section.
    let both = PLAN.replacen(
        "    connections:",
        "    componentz: {\"shop\": (name: \"Other\", kind: worker)},\n    connections:",
        1,
    );
    let (project, notes) = repaired(&both);
    assert_eq!(difference(&whole, &project), [""; 0], "{notes:#?}");
    assert!(notes.iter().any(|note| note.contains("(left out: componentz)")), "{notes:?}");
}

#[test]
fn conflicts_of_a_merge_are_one_message_and_the_first_side_is_kept() {
    let whole = read_project(PLAN, &no_check).unwrap();
    let line = "        \"db\": (name: \"Database\", kind: relational_database),\n";
    let ours_and =
        |other: &str| PLAN.replacen(line, &format!("<<<<<<< HEAD\n{line}=======\n{other}>>>>>>> theirs\n"), 1);
    for text in [
        ours_and("        \"db\": (name: \"Postgres\", kind: relational_database),\n"),
        ours_and(
            "        \"db\": (name: \"Postgres\", kind: relational_database),\n        \"cache\": (name: \"C\", kind: redis),\n",
        ),
        ours_and("").replace("=======\n", "||||||| base\n        \"db\": (),\n=======\n"),
        ours_and("        \"db\": (name: \"Postgres\",\r\n").replace('\n', "\r\n").replace("\r\r", "\r"),
    ] {
        let told = said(&text);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].starts_with("6:1: ") && told[0].contains("groundplan merge"), "{told:?}");
        let (project, notes) = repaired(&text);
        assert_eq!(difference(&whole, &project), [""; 0], "{notes:#?}");
        assert!(notes.iter().any(|note| note.contains("first side is kept")), "{notes:?}");
        assert_eq!(
            notes.iter().any(|note| note.contains("(left out: \"db\": (name: \"Postgres\"")),
            text.contains("Postgres"),
            "{notes:?}"
        );
    }
    // Lines that look so inside of a text are no conflict.
    let notes = "<<<<<<< a\n=======\n>>>>>>> b";
    let text = PLAN.replacen("name: \"Plan\"", &format!("name: \"Plan\", notes: \"{notes}\""), 1);
    assert_eq!(read_project(&text, &no_check).unwrap().notes, notes);
}

#[test]
fn a_file_that_stands_there_twice_is_one_plan() {
    let whole = read_project(PLAN, &no_check).unwrap();
    let other = PLAN.replace("Plan", "Other").replace("shop", "store");
    for (text, line) in [
        (format!("{PLAN}{PLAN}"), 9),
        (format!("{PLAN}\n\n{other}"), 11),
        (format!("{PLAN}{}", &PLAN[1..]), 10),
        (format!("{}{PLAN}", PLAN.trim_end().trim_end_matches(')')), 9),
    ] {
        assert!(!said(&text).is_empty());
        let (project, notes) = repaired(&text);
        assert_eq!(difference(&whole, &project), [""; 0], "{notes:#?}");
        assert!(
            notes.iter().any(|note| note.contains(&format!("a second project begins at line {line}"))),
            "{notes:#?}"
        );
    }
    let told = said(&format!("{PLAN}{PLAN}"));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("after the end: a second project begins here"), "{told:?}");
}

#[test]
fn text_in_another_encoding_is_told_and_read_where_it_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let text = PLAN.replace("Shop", "Shöp €");
    let whole = read_project(&text, &no_check).unwrap();
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [[b"\xff\xfe".as_slice(), &little].concat(), [b"\xfe\xff".as_slice(), &big].concat(), little, big] {
        std::fs::write(&path, &bytes).unwrap();
        let refused = open_project(&path, &no_check).unwrap_err().to_string();
        assert!(
            refused.starts_with("1:1: this file is UTF-16 text") && refused.contains("groundplan repair"),
            "{refused}"
        );
        let (project, notes) = repaired(&bytes);
        assert_eq!(difference(&whole, &project), [""; 0], "{notes:#?}");
        assert_eq!(notes, ["1:1: the file is UTF-16 text; it is read as such, and written as UTF-8"]);
    }
    let with_nul = text.replace("name: \"Plan\",", "name: \"Plan\",\0\0\0");
    std::fs::write(&path, &with_nul).unwrap();
    let refused = open_project(&path, &no_check).unwrap_err().to_string();
    assert!(refused.starts_with("3:18: this is not a text file") && refused.contains("groundplan repair"), "{refused}");
    assert_eq!(said(&with_nul), [refused.lines().next().unwrap()], "the same from wherever it is read");
    let (project, notes) = repaired(&with_nul);
    assert_eq!((difference(&whole, &project), notes.len()), (Vec::new(), 1), "{notes:#?}");
}

#[test]
fn of_what_is_there_twice_the_first_is_kept_and_the_others_are_listed() {
    let twice = PLAN
        .replacen("name: \"Shop\",", "name: \"Shop\", name: \"Second\",", 1)
        .replacen("\"tables\": 40,", "\"tables\": 40, \"tables\": 90,", 1)
        .replacen(
            "name: \"Plan\",",
            "name: \"Plan\", name: \"Second\", suppressed: {\"k\": \"first\", \"k\": \"second\"},",
            1,
        );
    let (project, notes) = repaired(&twice);
    let shop = &project.components["shop"];
    assert_eq!((project.name.as_str(), shop.name.as_str()), ("Plan", "Shop"));
    assert_eq!(shop.traits["tables"], TraitValue::Number(40.0));
    assert_eq!(project.suppressed["k"], "first");
    for left in ["name", "suppressed > k", "components > shop > name", "components > shop > traits > tables"] {
        assert!(notes.iter().any(|note| note.contains(&format!("(left out: {left})"))), "{left}: {notes:#?}");
    }
    assert_eq!(notes.len(), 4, "{notes:#?}");
    // An entry with the id of another one is somebody's work: it is kept under an id of its own, unless it says the same.
    let db = "        \"db\": (name: \"Database\", kind: relational_database),\n";
    let (project, notes) = repaired(PLAN.replacen(db, &format!("{db}{db}{}", db.replace("Database", "Other")), 1));
    assert_eq!(
        project.components.keys().map(ComponentId::as_str).collect::<Vec<_>>(),
        ["shop", "db", "db-2"],
        "{notes:#?}"
    );
    assert_eq!(notes.len(), 2, "{notes:#?}");
}

#[test]
fn a_file_that_is_made_to_be_hard_is_given_up_and_not_gnawed_at() {
    let many = 5_000;
    for part in [
        "\"a, b: \\\" ",
        "\"\n a: \\\"",
        "(",
        ")",
        ":",
        ",",
        "\"",
        "a ",
        "\"a\" ",
        "\"a\" \"",
        "a: ",
        "\"a\": (",
        "traits: {",
        "<<<<<<< a\n=======\n",
        "r#\"",
        "/*",
        "'",
        "[(",
        "\"a\": 1 ",
    ] {
        for head in ["", "(format: 2, name: \"P\", components: {\"a\": (name: \"A\", kind: worker, traits: {"] {
            let text = format!("{head}{}", part.repeat(many / part.len()));
            if let Ok(Repaired { project, .. }) = read_what_can_be(text.as_bytes(), &no_check) {
                assert_eq!(project.validate(), []);
            }
        }
    }
    // What costs a look back, a copy of the keys around it, or a look over blanks for each of very many marks.
    let key = "k".repeat(300_000);
    for text in [
        format!("(format: 2, {key}: {{{}", "a: 1,".repeat(1_000)),
        format!("(format: 2, {key}: {{{}", "a: 1 ".repeat(1_000)),
        format!("(format: 2, {}", "(1,1),".repeat(50_000)),
        format!("(format: 2, suppressed: {{{}\"{}x}})", "a ".repeat(3_900), " ".repeat(500_000)),
        format!("(format: 2, suppressed: {{\"{key}\": {{{}}}}})", "1, ".repeat(30_000)),
    ] {
        assert!(read_project(&text, &no_check).is_err());
        if let Ok(Repaired { project, notes, .. }) = read_what_can_be(text.as_bytes(), &no_check) {
            assert_eq!(project.validate(), []);
            assert!(notes.iter().map(|note| note.message.len()).sum::<usize>() < 20_000_000);
        }
    }
    // A large plan with one mark less is still read.
    let components: String = (0..5_000)
        .fold(String::new(), |text, i| text + &format!("\"c{i}\": (name: \"C {i}\", kind: worker, pos: ({i}, 0)),\n"));
    for (whole, damaged) in [
        ("kind: worker, pos: (3000, 0)),", "kind: worker pos: (3000, 0)),"),
        ("pos: (3000, 0)),", "pos: (3000, 0)}),"),
        ("\"c3000\": (", "\"c3000: ("),
    ] {
        let text = format!("(format: 2, name: \"P\", components: {{{components}}})").replacen(whole, damaged, 1);
        assert!(text.contains(damaged));
        let (project, notes) = repaired(&text);
        assert_eq!((project.components.len(), notes.len()), (5_000, 1), "{notes:?}");
    }
}
