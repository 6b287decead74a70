//! What mails, other systems and other languages do to a project file: wrapped lines, soft breaks, line ends of two sorts, an inch mark in a
//! name, a yes for a true.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::common::slips;
use groundplan::{
    project::{Problem, Project, TraitValue},
    storage::{Repaired, read_what_can_be},
};
use slips::{NONE, WHOLE, each, hold, no_check, otherwise, with};

fn repaired(text: &str) -> (Project, Vec<String>) {
    let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &no_check).unwrap();
    assert_eq!(project.validate(), [], "what is given is sound");
    (project, notes.iter().map(ToString::to_string).collect())
}

#[test]
fn a_quote_alone_within_a_text_is_kept_in_it() {
    const NAME: &[&str] = &["components > shop > name"];
    const NOTES: &[&str] = &["components > shop > notes"];
    let name = |damaged: &str| with(&[("name: \"Shop\"", damaged)]);
    let notes = |damaged: &str| with(&[("notes: \"It's ours\"", damaged)]);
    let told = "quotes within a text; they are kept in it";
    for (written, kept) in [
        ("19\" rack", "19\" rack"),
        ("The 19\" rack", "The 19\" rack"),
        ("A 19\" and a 21\" rack", "A 19\" and a 21\" rack"),
        ("The \"Core\" 19\" rack", "The \"Core\" 19\" rack"),
        ("Core \"legacy application", "Core \"legacy application"),
        ("A \"b\" c \"d e", "A \"b\" c \"d e"),
        ("5\" (small)", "5\" (small)"),
    ] {
        let text = name(&format!("name: \"{written}\""));
        hold(vec![(text.clone(), NAME, &[told])]);
        assert_eq!(repaired(&text).0.components["shop"].name, kept);
        let text = notes(&format!("notes: \"{written}\""));
        hold(vec![(text.clone(), NOTES, &[told])]);
        assert_eq!(&*repaired(&text).0.components["shop"].notes, kept);
    }
    // In lists, behind which a mark is missing, and before the next field it is none.
    for (damaged, told) in [
        ("name: \"Shop\" kind: web_application, //", "a comma is missing after `name`"),
        ("name: \"Shop\" notes: \"It's ours\", kind: web_application, //", "a comma is missing after `name`"),
    ] {
        let (project, notes) = repaired(&name(damaged));
        assert_eq!((&*project.components["shop"].name, project.components.len()), ("Shop", 3), "{notes:#?}");
        assert!(notes.iter().any(|note| note.contains(told)), "{notes:#?}");
    }
    let one_line = "(format: 2, name: \"P\", components: {\"a\": (name: \"A 2\", kind: worker, traits: {\"x\": \"2\" \"y\": \"3\"})}, boundaries: {\"b\": (name: \"B\", pos: (0, 0), size: (9, 9))}, scenarios: {\"s\": (name: \"S\", deferred: [\"a\"], pins: {\"a\": \"v1\" })})";
    let (project, notes) = repaired(one_line);
    let traits: Vec<String> =
        project.components["a"].traits.iter().map(|(id, value)| format!("{id}={value}")).collect();
    assert_eq!(traits, ["x=2", "y=3"], "{notes:#?}");
}

/// Lines as a mail wraps them: at the last blank before so many columns.
fn wrapped(text: &str, columns: usize) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while rest.len() > columns
            && let Some(blank) = rest[..columns].rfind(' ').filter(|blank| !rest[..*blank].trim().is_empty())
        {
            lines.push(&rest[..blank]);
            rest = &rest[blank + 1..];
        }
        lines.push(rest);
    }
    lines.join("\n") + "\n"
}

/// Lines as quoted-printable text has them: at most 76 signs, soft breaks, bytes as numbers.
fn quoted_printable(text: &str, line_end: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut coded = String::new();
        for byte in line.bytes() {
            let sign = match byte {
                b'=' | 0..=31 | 127..=255 => format!("={byte:02X}"),
                byte => char::from(byte).to_string(),
            };
            if coded.len() + sign.len() > 75 {
                lines.push(std::mem::take(&mut coded) + "=");
            }
            coded += &sign;
        }
        lines.push(coded);
    }
    lines.join(line_end) + line_end
}

const LONG: &str = "Orders come in by mail and by telephone, and from three shops whose own systems nobody knows any more; \
                    ask Ann, and \\\"the others\\\", before anything is changed: they have lists of prices (all of them) and dates.";

#[test]
fn a_file_that_a_mail_wrapped_keeps_its_texts() {
    let long = with(&[("notes: \"It's ours\"", &format!("notes: \"{LONG}\""))]);
    let signed = format!("Hi,\n\nhere it is:\n\n{long}\n-- \nBob\n");
    let says = |text: &str| text.replace(['\n', ' '], "").replace('\\', "");
    for columns in [40, 60, 72, 78] {
        for (text, told) in [
            (wrapped(&signed, columns), 2),
            (wrapped(&signed, columns).lines().flat_map(|line| ["> ", line, "\n"]).collect(), 3),
            (wrapped(&signed, columns).replace("kind: client,", "kind: client"), 3),
            (wrapped(&signed, columns).replace("name: \"Shop\",", "name: \"Shop,"), 3),
        ] {
            let (project, notes) = repaired(&text);
            assert_eq!(otherwise(&project), ["components > shop > notes"], "{columns}: {notes:#?}");
            assert_eq!(says(&project.components["shop"].notes), says(LONG), "{columns}: {notes:#?}");
            assert!(notes.len() <= told, "{columns}: {notes:#?}");
        }
    }
}

#[test]
fn quoted_printable_text_is_read_as_what_it_stands_for() {
    let changes =
        [("notes: \"It's ours\"", &*format!("notes: \"{LONG}\"")), ("\"Ask them\"", "\"Prices ± 5 % = ours, Müller\"")];
    let whole = with(&changes);
    let expected = read_what_can_be(whole.as_bytes(), &no_check).unwrap();
    assert!(expected.notes.is_empty());
    for line_end in ["\n", "\r\n"] {
        let coded = quoted_printable(&whole, line_end);
        assert!(coded.contains(&format!("={line_end}")) && coded.contains("=C3=BC") && coded.contains("=3D"));
        for text in [
            coded.replace("kind: client,", "kind: client"),
            format!("Hi,{line_end}{line_end}here it is:{line_end}{coded}--=20{line_end}Bob"),
            coded.replace("            ", "=20           "),
        ] {
            let (project, notes) = repaired(&text);
            assert_eq!(project, expected.project, "{notes:#?}");
            assert!(notes.iter().any(|note| note.contains("quoted-printable")), "{notes:#?}");
        }
    }
    // An equals sign makes none of it.
    hold(vec![(with(&[("kind: client,", "kind=client,")]), NONE, &["a `=` stands where a colon belongs"])]);
    hold(vec![(
        WHOLE.replace(": ", " = "),
        NONE,
        &["a `=` stands where a colon belongs; changed (in 42 places; this is the first)"],
    )]);
}

#[test]
fn line_ends_of_two_sorts_are_line_ends() {
    let both = |text: &str| {
        let lines = text.lines().enumerate();
        lines.flat_map(|(i, line)| [line, ["\n", "\r\n", "\n"][i % 3]]).collect::<String>()
    };
    let windows = |text: &str| text.replace('\n', "\r\n");
    for ends in [&both as &dyn Fn(&str) -> String, &windows, &|text| text.replace('\n', "\r")] {
        let (project, notes) = repaired(&ends(WHOLE));
        assert_eq!(otherwise(&project), [""; 0], "{notes:#?}");
        hold(vec![
            (ends(&with(&[("name: \"Shop\",", "name: \"Shop\"")])), NONE, &["a comma is missing after `name`"]),
            (ends(&with(&[("name: \"Shop\",", "name: \"Shop,")])), NONE, &["the closing quote of `name` is missing"]),
            (ends(&with(&[("name: \"Shop\",", "name: Shop,")])), NONE, &["the text of `name` has no quotes around it"]),
            (ends(&with(&[("        ),\n        \"db\"", "        \"db\"")])), NONE, &["a closing bracket is missing"]),
            (ends(&each(|_, line| format!("> {line}"))), NONE, &["every line is quoted as in a mail"]),
        ]);
    }
}

/// A playbook that knows two traits: one is yes or no, one is one of some words.
fn check(project: &Project) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, component) in &project.components {
        for (name, value) in &component.traits {
            let fits = match (name.as_str(), value) {
                ("admin-interface", TraitValue::Flag(_)) | ("tables", TraitValue::Number(_)) => true,
                ("mode", TraitValue::Choice(word)) => ["on", "off", "no"].contains(&word.as_str()),
                _ => false,
            };
            if !fits {
                let message = format!("{name} cannot be {value}");
                problems.push(Problem::new(message, None, &["components", id.as_str(), "traits", name.as_str()]));
            }
        }
    }
    problems
}

#[test]
fn a_yes_for_a_trait_is_a_true() {
    let told = |word: &str| format!("`{word}` is read as");
    for (word, meant) in [
        ("Yes", true),
        ("yes", true),
        ("\"Yes\"", true),
        ("\"on\"", true),
        ("on", true),
        ("True", true),
        ("\"TRUE\"", true),
        ("No", false),
        ("\"no\"", false),
        ("off", false),
        ("OFF", false),
        ("False", false),
    ] {
        let text = with(&[("\"admin-interface\": true", &format!("\"admin-interface\": {word}"))]);
        let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &check).unwrap();
        let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
        assert_eq!(project.components["shop"].traits["admin-interface"], TraitValue::Flag(meant), "{word}: {notes:#?}");
        let word = word.trim_matches('"');
        assert!(
            notes.len() == 1 && notes[0].contains(&told(word)) && notes[0].contains("admin-interface"),
            "{notes:#?}"
        );
    }
    // Where such a word is one that may be chosen, it is that.
    for (word, meant) in [("off", "off"), ("\"on\"", "on"), ("no", "no")] {
        let text =
            with(&[("\"admin-interface\": true", &format!("\"mode\": {word}")), ("kind: client,", "kind: client")]);
        let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &check).unwrap();
        assert_eq!(project.components["shop"].traits["mode"], TraitValue::Choice(meant.to_owned()), "{notes:#?}");
    }
    // Nothing is guessed of what is neither.
    let text = with(&[("\"admin-interface\": true", "\"admin-interface\": maybe")]);
    let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &check).unwrap();
    assert!(!project.components["shop"].traits.contains_key("admin-interface"));
    assert!(notes[0].to_string().contains("(left out: components > shop > traits > admin-interface)"), "{notes:#?}");
}

/// The letters of a text as Windows-1252 has them.
fn windows_1252(text: &str) -> Vec<u8> {
    let signs = [('\u{20ac}', 0x80), ('\u{201e}', 0x84), ('\u{201c}', 0x93), ('\u{2013}', 0x96)];
    let byte =
        |c: char| signs.iter().find(|(sign, _)| *sign == c).map_or_else(|| u8::try_from(c).unwrap(), |(_, byte)| *byte);
    text.chars().map(byte).collect()
}

#[test]
fn letters_in_an_old_encoding_come_out_as_they_were_and_that_is_told_once() {
    let text = with(&[
        ("name: \"Shop\"", "name: \"Müllers Café\""),
        ("\"It's ours\"", "\"Größe: 5 € – „so“ ÄÖÜ\""),
        ("\"Ask them\"", "\"Señor Nuñez\""),
    ]);
    let whole = read_what_can_be(text.as_bytes(), &no_check).unwrap().project;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let old = windows_1252(&text);
    let cut = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // Some of it may be UTF-8 all the same, as where two files were put together.
    let half = text.find("boundaries").unwrap();
    let mixed = [&windows_1252(&text[..half]), &text.as_bytes()[half..]].concat();
    for bytes in [old.clone(), mixed] {
        std::fs::write(&path, &bytes).unwrap();
        let refused = groundplan::storage::open_project(&path, &no_check).unwrap_err().to_string();
        assert!(
            refused.starts_with("12:21: a letter here is not UTF-8") && refused.contains("groundplan repair"),
            "{refused}"
        );
        let Repaired { project, notes, .. } = read_what_can_be(&bytes, &no_check).unwrap();
        assert_eq!(project, whole, "{notes:#?} {}", cut(&bytes));
        assert_eq!(notes.len(), 1, "{notes:#?}");
        assert!(notes[0].to_string().starts_with("12:21: ") && notes[0].message.contains("Windows-1252"), "{notes:#?}");
    }
    // In a mail, too, and where a mark is missing besides.
    let coded: String = old
        .iter()
        .map(|byte| if byte.is_ascii() { char::from(*byte).to_string() } else { format!("={byte:02X}") })
        .collect();
    let (project, notes) = repaired(&coded.replace("kind: client,", "kind: client"));
    assert_eq!(project, whole, "{notes:#?}");
    let damaged = text.replace("kind: client,", "kind: client");
    let Repaired { project, notes, .. } = read_what_can_be(&windows_1252(&damaged), &no_check).unwrap();
    assert_eq!((project == whole, notes.len()), (true, 2), "{notes:#?}");
}
