//! What people do to a project file without meaning to, by hand, in mails and chats, in merges and with other programs: of each what repair makes of
//! it, and what it says. Nothing that can still be seen in the text is lost without being listed, and no value becomes another one untold.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::common::slips;
use groundplan::storage::{Repaired, read_project, read_what_can_be};
use slips::{NONE, WHOLE, each, hold, no_check, otherwise, until, whole, with};

#[test]
fn a_damaged_name_takes_nothing_else() {
    const NAME: &[&str] = &["components > shop > name"];
    let long = format!("name: \"Shop {}\"", "very ".repeat(300));
    let name = |damaged: &str| with(&[("name: \"Shop\"", damaged)]);
    let quotes = "quotes that are not `\"` around a text";
    hold(vec![
        (name("name: “Shop”"), NONE, &["12:19: quotes that are not"]),
        (name("name: \"Shop”"), NONE, &["the closing quote of `name` is missing in components > shop"]),
        (name("name: 'Shop\""), NONE, &["`'` stands where the opening quote of `name` belongs in components > shop"]),
        (name("name: 'Shop'"), NONE, &[quotes]),
        (name("name: «Shop»"), NONE, &[quotes]),
        (name("name: Shop"), NONE, &["the text of `name` has no quotes around it in components > shop"]),
        (with(&[("\"shop\": (", "“shop”: (")]), NONE, &[quotes]),
        (WHOLE.replace(": \"", ": “").replace("\",", "”,"), NONE, &["(in 12 places; this is the first)"]),
        (name("name: \"Sh\\op\""), NAME, &["a backslash that stands for nothing"]),
        (name("name: \"Shop\\\""), NAME, &["the closing quote of `name` is missing in components > shop"]),
        (name(&long), NAME, &["at most 1,000 are kept; it is shortened in components > shop > name"]),
        (
            with(&[("            name: \"Shop\",\n", "")]),
            NAME,
            &["`name` is missing in components > shop; it is named by its id"],
        ),
        (name("name: \"\""), NAME, &["it is named by its id (left out: components > shop > name)"]),
        (name("name: [1]"), NAME, &["it is named by its id (left out: components > shop > name)"]),
        (
            with(&[("            name: \"All\",\n", "")]),
            &["boundaries > all > name"],
            &["`name` is missing in boundaries > all; it is named by its id"],
        ),
    ]);
}

#[test]
fn marks_of_other_languages_are_read_as_ours() {
    let kind = |damaged: &str| with(&[("kind: client,", damaged)]);
    let json = |line: &str| {
        let (key, value) = line.split_once(": ").unwrap();
        let blanks = key.len() - key.trim_start().len();
        let bare = value.trim_end_matches(',');
        let value = if bare.starts_with(char::is_alphabetic) && bare != "true" {
            format!("\"{bare}\",")
        } else {
            value.to_owned()
        };
        let key = key.trim_matches(['"', ' ']);
        format!("{}\"{key}\": {value}", &line[..blanks])
    };
    let json = each(|_, line| {
        let line = if line.contains(": ") { json(line) } else { line.to_owned() };
        let list = line.contains("pos") || line.contains("size");
        if list { line.replace('(', "[").replace(')', "]") } else { line.replace('(', "{").replace(')', "}") }
    });
    hold(vec![
        (kind("kind: client;"), NONE, &["a `;` stands where a comma belongs"]),
        (kind("kind = client,"), NONE, &["a `=` stands where a colon belongs"]),
        (kind("kind=client,"), NONE, &["a `=` stands where a colon belongs"]),
        (kind("kind: \"client\","), NONE, &["quotes around the value of `kind` in components > web"]),
        (
            kind("\"kind\": \"client\","),
            NONE,
            &["quotes around the name of the field `kind`", "quotes around the value of `kind`"],
        ),
        (kind("kind：client，"), NONE, &["a sign that looks like a mark", "a sign that looks like a mark"]),
        (
            WHOLE.replace("    ", "\u{a0} \u{a0} "),
            NONE,
            &["a sign that looks like a mark or a blank and is none; changed (in "],
        ),
        (
            WHOLE.replace(",\n", ";\n"),
            NONE,
            &["a `;` stands where a comma belongs; changed (in 42 places; this is the first)"],
        ),
        (
            json,
            NONE,
            &[
                "quotes around the names of fields",
                "brackets of another sort",
                "quotes around values that are no text",
                "`{` stands where `(` belongs",
            ],
        ),
    ]);
}

#[test]
fn what_stands_around_a_project_is_left_out_and_told() {
    hold(vec![
        (format!("{WHOLE}\nThanks, Bob (see you)\n"), NONE, &["(left out: Thanks, Bob (see you))"]),
        (
            format!("{} thanks\n", WHOLE.trim_end()),
            NONE,
            &["after the project; it is no part of it (left out: thanks)"],
        ),
        (
            format!("Hi, here is the plan:\n\n{WHOLE}"),
            NONE,
            &["before the project; it is no part of it (left out: Hi, here is the plan:)"],
        ),
        (format!("```ron\n{WHOLE}```\n"), NONE, &["(left out: ```ron)", "(left out: ```)"]),
        (
            format!("Hi Ann,\nhere's \"it\":\n{WHOLE}\nIt's all I have: {{really}}\n-- \nBob\n"),
            NONE,
            &["2 lines stand before", "3 lines stand after"],
        ),
        (
            format!("On Monday Ann wrote:\n{}\nThanks\n", each(|_, line| format!("> {line}"))),
            NONE,
            &["every line is quoted as in a mail", "(left out: On Monday Ann wrote:)", "(left out: Thanks)"],
        ),
        (
            format!("{}\nThanks (a lot)\n", with(&[("pos: (400, 0),\n        ),", "pos: (400, 0),")])),
            NONE,
            &["a closing bracket is missing before this", "(left out: Thanks (a lot))"],
        ),
    ]);
}

#[test]
fn what_stands_before_every_line_is_taken_out() {
    let diff = |i: usize, line: &str| {
        if i == 32 { format!("-            latency_ms: 10,\n+{line}") } else { format!(" {line}") }
    };
    hold(vec![
        (each(|_, line| format!("> {line}")), NONE, &["every line is quoted"]),
        (each(|_, line| format!("> > {line}")), NONE, &["every line is quoted"]),
        (each(|_, line| format!("+{line}")), NONE, &["this is a difference of two versions"]),
        (each(|_, line| format!("-{line}")), NONE, &["this is a difference of two versions"]),
        (
            format!("--- a/plan.ron\n+++ b/plan.ron\n@@ -1 +1 @@\n{}", each(diff)),
            NONE,
            &["this is a difference", "(left out: latency_ms: 10,)"],
        ),
        (each(|i, line| format!("{i}: {line}")), NONE, &["every line has its number before it"]),
        (each(|i, line| format!("  {i}  {line}")), NONE, &["every line has its number before it"]),
        (each(|i, line| format!("{i:6}\t{line}")), NONE, &["every line has its number before it"]),
        (each(|i, line| format!("{i:3} | {line}")), NONE, &["every line has its number before it"]),
    ]);
}

#[test]
fn entries_are_known_by_their_fields_where_the_head_of_their_section_is_lost() {
    let head = |section: &str| format!("    {section}: {{\n");
    let without = |section: &str| with(&[(&head(section), "")]);
    let twice = |section: &str| with(&[(&head(section), &head(section).repeat(2))]);
    hold(vec![
        (without("components"), NONE, &["the beginning of `components` is missing before this"]),
        (without("connections"), NONE, &["the beginning of `connections` is missing before this"]),
        (without("boundaries"), NONE, &["the beginning of `boundaries` is missing before this"]),
        (without("sticky_notes"), NONE, &["the beginning of `sticky_notes` is missing before this"]),
        (
            with(&[("    components: {\n", "    {\n")]),
            NONE,
            &["the beginning of `components` is missing before this", "a `{` too many"],
        ),
        (
            with(&[("    },\n    connections: {\n", "")]),
            NONE,
            &["the beginning of `connections` is missing", "a closing bracket is missing before this"],
        ),
        (
            with(&[("    },\n    sticky_notes: {\n", "")]),
            NONE,
            &["the beginning of `sticky_notes` is missing", "a closing bracket is missing before this"],
        ),
        (
            twice("components"),
            NONE,
            &["`components` is there twice; the entries of both are kept", "a closing bracket is missing"],
        ),
        (
            twice("connections"),
            NONE,
            &["`connections` is there twice; the entries of both are kept", "a closing bracket is missing"],
        ),
    ]);
}

#[test]
fn an_entry_whose_id_is_lost_is_one_of_its_own() {
    let without = |id: &str| with(&[(&format!("        \"{id}\": (\n"), "")]);
    let shop = "an entry begins here without its id in components; it is kept as \"shop\"";
    let link = "an entry begins here without its id in connections; it is kept as \"shop-to-db\"";
    let block = "            name: \"Shop\",\n            kind: web_application,\n";
    hold(vec![
        (without("web"), NONE, &["it is kept as \"web\""]),
        (without("shop"), NONE, &[shop]),
        (without("shop-to-db"), NONE, &[link]),
        (without("ask"), &["-sticky_notes > ask", "+sticky_notes > ask-them"], &["it is kept as \"ask-them\""]),
        (with(&[("        \"shop\": (\n", "        (\n")]), NONE, &[shop, "a `(` too many"]),
        (with(&[("        ),\n        \"shop\": (\n", "")]), NONE, &[shop, "a closing bracket is missing before this"]),
        (
            with(&[("        ),\n        \"shop-to-db\": (\n", "")]),
            NONE,
            &[link, "a closing bracket is missing before this"],
        ),
        // Lines that are there twice are no entry.
        (
            with(&[(block, &block.repeat(2))]),
            NONE,
            &["(left out: components > shop > name)", "(left out: components > shop > kind)"],
        ),
        (
            with(&[("\"db\": (", "\"shop\": (")]),
            &["-components > db", "+components > shop-2", "-connections > shop-to-db"],
            &[
                "\"shop\" is there twice in components; this one is kept as \"shop-2\"",
                "(left out: connections > shop-to-db)",
            ],
        ),
    ]);
}

#[test]
fn what_is_never_closed_hides_nothing() {
    let pos = |damaged: &str| with(&[("pos: (200, 0),", damaged)]);
    hold(vec![
        (pos("pos: (200, 0)',"), NONE, &["14:26: a `'` that belongs to nothing"]),
        (pos("pos: (200, 0)/* ,"), NONE, &["a `/*` that begins no comment"]),
        (pos("pos: (200, 0), /* from here"), NONE, &["a comment that is never closed begins here"]),
        (with(&[("components: {", "components: { /* mine")]), NONE, &["a comment that is never closed begins here"]),
        (with(&[("name: \"Shop\"", "name: r#\"Shop\"")]), NONE, &["a text that begins with `r#` is never closed so"]),
        (
            with(&[("pos: (200, 0),", "pos: (200, 0)',"), ("latency_ms: 20", "latency_ms: 20'")]),
            NONE,
            &["14:26: a `'`", "33:27: a `'`"],
        ),
        (with(&[("notes: \"It's ours\"", "notes: It's ours\"")]), NONE, &["the opening quote of `notes` is missing"]),
    ]);
}

#[test]
fn figures_that_are_read_otherwise_than_they_look_are_told() {
    let calls = |damaged: &str| with(&[("calls_per_request: 1500", damaged)]);
    let was = "was `1,500` in connections > shop-to-db; taken as 1500";
    hold(vec![
        (calls("calls_per_request: 1,500"), NONE, &[was]),
        (calls("calls_per_request: 1 500"), NONE, &["was `1 500`"]),
        (calls("calls_per_request: 1'500"), NONE, &["numbers in groups of digits"]),
        (
            with(&[("latency_ms: 20,", "latency_ms: 2,5,")]),
            &["connections > web-to-shop > latency_ms"],
            &["was `2,5` in connections > web-to-shop; taken as 2.5"],
        ),
        (
            with(&[("\"tables\": 40", "\"tables\": 1,400")]),
            &["components > shop > traits > tables"],
            &["taken as 1400"],
        ),
        (
            with(&[("protocol: database", "protocol: databank")]),
            &["connections > shop-to-db > protocol"],
            &["; it is taken as `http` (left out: connections > shop-to-db > protocol)"],
        ),
    ]);
}

#[test]
fn a_format_that_is_told_twice_is_no_second_project() {
    let twice = ("    format: 2,\n", "    format: 2,\n    format: 2,\n");
    let told = "`format` is there twice; keep one (left out: format)";
    hold(vec![
        (with(&[twice]), NONE, &[told]),
        (
            with(&[twice, ("        ),\n        \"db\"", "        \"db\"")]),
            NONE,
            &[told, "a closing bracket is missing"],
        ),
    ]);
}

#[test]
fn half_a_conflict_is_one_message_and_all_is_kept() {
    let texts = [
        (with(&[("        \"db\": (\n", "<<<<<<< HEAD\n        \"db\": (\n")]), 1),
        (with(&[("        \"db\": (\n", "=======\n        \"db\": (\n")]), 1),
        (
            with(&[(
                "            name: \"Database\",\n",
                "            name: \"Database\",\n=======\n            name: \"Postgres\",\n>>>>>>> other\n",
            )]),
            2,
        ),
    ];
    for (text, count) in texts {
        let told = read_project(&text, &no_check).unwrap_err().problems;
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].message.contains("a mark of a merge is left") && told[0].message.contains("groundplan merge"));
        let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &no_check).unwrap();
        assert_eq!((otherwise(&project), notes.len()), (Vec::new(), count), "{notes:#?}");
    }
}

#[test]
fn a_file_of_four_bytes_a_character_is_read() {
    for bytes in [
        WHOLE.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<u8>>(),
        WHOLE.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
        "\u{feff}".chars().chain(WHOLE.chars()).flat_map(|c| u32::from(c).to_le_bytes()).collect(),
    ] {
        let Repaired { project, notes, .. } = read_what_can_be(&bytes, &no_check).unwrap();
        assert_eq!(project, whole());
        assert_eq!(notes.len(), 1);
        assert!(notes[0].message.contains("UTF-32"), "{notes:?}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        std::fs::write(&path, &bytes).unwrap();
        let refused = groundplan::storage::open_project(&path, &no_check).unwrap_err().to_string();
        assert!(refused.starts_with("1:1: this file is UTF-32 text"), "{refused}");
    }
}

#[test]
fn a_file_that_is_cut_says_so_once() {
    for (text, words) in [
        (
            until("            protocol: database"),
            "in the middle of connections > shop-to-db, behind `to`: everything after that is missing; its `protocol` is taken as `http`",
        ),
        (
            until("base,\n            calls"),
            "in the middle of `protocol` in connections > shop-to-db: everything from there on is missing; its `protocol` is taken as `http` (left out: connections > shop-to-db > protocol)",
        ),
        (
            until("interface"),
            "in the middle of `admin-` in components > shop > traits: everything from there on is missing (left out: components > shop > traits > admin-)",
        ),
        (until("                \"admin"), "in the middle of components > shop > traits, behind `tables`"),
        (
            until(" ours\""),
            "in the middle of components > shop, behind `notes`: everything after that is missing; what is there of its text is kept",
        ),
        (until("    boundaries"), "the file ends before the project does: a closing bracket is missing, the `)`"),
    ] {
        let Repaired { notes, .. } = read_what_can_be(text.as_bytes(), &no_check).unwrap();
        let told: Vec<String> = notes.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{words}: {told:#?}");
        assert!(told[0].contains("the file ends ") && told[0].contains(words), "{words}: {told:#?}");
    }
}

#[test]
fn what_is_said_can_be_gone_through() {
    let many = with(&[(
        "name: \"Shop\",\n            kind: web_application",
        "nme: \"Shop\",\n            knd: zzz,\n            a: 1,\n            b: 2",
    )]);
    let Repaired { notes, .. } = read_what_can_be(many.as_bytes(), &no_check).unwrap();
    assert_eq!(notes.len(), 3, "one for the component, and one for each of its connections: {notes:#?}");
    assert!(notes[0].message.contains("more things are wrong in it (left out: components > shop)"), "{notes:#?}");
    for hostile in ["\"a\": (", "(", "\"x\": 1 ", "a: 1,"] {
        let text = format!(
            "(format: 2, name: \"P\", components: {{\"a\": (name: \"A\", kind: worker, {}",
            hostile.repeat(20_000)
        );
        if let Ok(Repaired { notes, .. }) = read_what_can_be(text.as_bytes(), &no_check) {
            assert!(notes.len() < 1_500, "{hostile}: {}", notes.len());
        }
    }
}

/// Whoever lacks one mark hears of what is wrong elsewhere in the same go.
#[test]
fn a_missing_mark_hides_no_other_mistake_from_check() {
    let elsewhere = ("protocol: database", "protocol: databse");
    for mark in [
        ("name: \"Shop\"", "name: \"Shop"),
        ("        ),\n        \"db\"", "        \"db\""),
        ("kind: client,", "kind: client"),
        ("\"tables\": 40", "\"tables: 40"),
    ] {
        let told = read_project(&with(&[mark, elsewhere]), &no_check).unwrap_err().problems;
        assert!(told.iter().any(|problem| problem.message.contains("did you mean `database`?")), "{mark:?}: {told:#?}");
        let alone = read_project(&with(&[mark]), &no_check).unwrap_err().problems;
        assert_eq!(told.len(), alone.len() + 1, "{told:#?}\n{alone:#?}");
    }
}
