//! Marks that belong to nothing and would hide what is behind them: quotes of other sorts, doubled ones, the marks of comments and of texts without
//! escapes. Wherever one of them slipped in, at most the value it is in is lost, and everything behind it is kept.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{collections::BTreeSet, fmt::Write as _};

use groundplan::{
    project::Project,
    storage::{Repaired, presets, read_project, read_what_can_be, to_text},
};

use super::repair::{covers, dense, gone, listed, no_check};
use crate::common::slips;
use slips::{NONE, WHOLE, hold, with};

/// What slips in.
const STRAYS: [&str; 16] =
    ["'", "''", "\"'", "'\"", "\"\"", "\"", "`", "``", "```", "*/", "/*", "/**/", "r#\"", "\"#", "\"\"\"", "'''"];

/// Where the pieces of a text begin and end and their middles, and where its lines do.
fn places(text: &str) -> Vec<usize> {
    let mut places = BTreeSet::new();
    let is_word = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut start = 0;
    while start < characters.len() {
        let mut end = start + 1;
        while characters[start].1 != '\n'
            && is_word(characters[start].1)
            && end < characters.len()
            && is_word(characters[end].1)
        {
            end += 1;
        }
        places.insert(characters[start].0);
        places.insert(characters[usize::midpoint(start, end)].0);
        start = end;
    }
    places.into_iter().filter(|place| *place > 0).collect()
}

/// The keys that lead to the value at a place of a text in the form that plans are written in; those of its line and of the lines around it.
fn keys_at(text: &str, at: usize) -> Vec<String> {
    let mut keys = Vec::new();
    let mut indent = usize::MAX;
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    for line in text[..line_end].lines().rev() {
        let blanks = line.len() - line.trim_start().len();
        if blanks >= indent || line.trim().is_empty() {
            continue;
        }
        indent = blanks;
        if let Some((key, _)) = line.trim().split_once(": ").or_else(|| line.trim().split_once(':')) {
            keys.push(key.trim_matches('"').to_owned());
        }
    }
    keys.reverse();
    keys
}

/// What a stray mark cost more than it may.
fn too_dear(whole: &Project, text: &str, at: usize, stray: &str) -> Option<String> {
    let damaged = format!("{}{stray}{}", &text[..at], &text[at..]);
    if let Ok(read) = read_project(&damaged, &no_check) {
        // It is part of a text, or it is a comment.
        let gone = gone(whole, &read);
        return (gone.len() > 1).then(|| format!("read with other values: {gone:?}"));
    }
    let Ok(Repaired { project, notes, .. }) = read_what_can_be(damaged.as_bytes(), &no_check) else {
        return Some("nothing could be read".to_owned());
    };
    if !project.validate().is_empty() {
        return Some("not sound".to_owned());
    }
    let messages: Vec<String> = notes.iter().map(ToString::to_string).collect();
    let lists: Vec<Vec<String>> = messages.iter().flat_map(|message| listed(message)).collect();
    let lost = gone(whole, &project);
    let at_keys = keys_at(text, at);
    let is_near = |path: &[String]| path.iter().zip(&at_keys).take_while(|(a, b)| a == b).count() >= path.len().min(2);
    let far: Vec<_> = lost.iter().filter(|path| !is_near(path)).collect();
    let unlisted: Vec<_> = lost.iter().filter(|gone| !lists.iter().any(|listed| covers(listed, gone))).collect();
    let fields: BTreeSet<&[String]> = lost.iter().map(|path| &path[..path.len().min(3)]).collect();
    let line = 1 + text[..at].matches('\n').count();
    let is_told = notes.iter().any(|note| note.line.abs_diff(line) <= 1);
    let in_text = unlisted.len() == 1 && lost.len() == 1 && !at_keys.is_empty();
    let wrong = !far.is_empty() || (!unlisted.is_empty() && !in_text) || fields.len() > 1 || !is_told;
    wrong.then(|| {
        format!(
            "far {far:?}, unlisted {unlisted:?}, fields {fields:?}, told {is_told}\n    {}",
            messages.join("\n    ")
        )
    })
}

fn tried(name: &str, text: &str, step: usize) -> String {
    let whole = read_project(text, &no_check).unwrap();
    let (mut wrong, mut count, mut tried) = (String::new(), 0, 0);
    for (i, at) in places(text).into_iter().enumerate() {
        for stray in STRAYS.iter().skip(i % step).step_by(step) {
            tried += 1;
            if let Some(why) = too_dear(&whole, text, at, stray) {
                count += 1;
                let line = 1 + text[..at].matches('\n').count();
                let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
                let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
                let shown = format!("{}⟦{stray}⟧{}", &text[start..at], &text[at..end]);
                let _ = writeln!(wrong, "{name}:{line} {}: {why}", shown.trim());
            }
        }
    }
    println!("{name}: {count} of {tried} are too dear");
    wrong
}

#[test]
fn a_stray_mark_costs_the_value_it_is_in_at_most() {
    let all = std::env::var_os("GROUNDPLAN_SLIPS").is_some();
    let of = |step: usize| if all { 1 } else { step };
    let mut wrong = tried("small", WHOLE, of(5));
    wrong += &tried("dense", &to_text(&dense()).unwrap(), of(16));
    if all {
        for preset in presets() {
            wrong += &tried(preset.id, &to_text(&preset.project().unwrap()).unwrap(), 16);
        }
    }
    if let Some(path) = std::env::var_os("STRAYS") {
        std::fs::write(path, &wrong).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A stray mark and where it slipped in: before these words.
fn stray(mark: &str, words: &str) -> String {
    with(&[(words, &format!("{mark}{words}"))])
}

#[test]
fn a_stray_mark_is_taken_out_and_told() {
    hold(vec![
        (stray("'", "\"Shop\""), NONE, &["12:19: a `'` that belongs to nothing; taken out"]),
        (stray("\"'", "\"Shop\""), NONE, &["12:19: a `\"'` that belongs to nothing; taken out"]),
        (stray("'", "op\": ("), NONE, &["\"sh'op\" cannot be an id; it is kept as \"shop\""]),
        (stray("*/", "components: {"), NONE, &["5:5: a `*/` that belongs to nothing; taken out"]),
        (stray("\"\"", "ponents: {"), NONE, &["5:8: a `\"\"` that belongs to nothing; taken out"]),
        (stray("```", "pos: (200"), NONE, &["14:13: a ````` that belongs to nothing; taken out"]),
        (stray("r#\"", "kind: web"), NONE, &["13:13: a `r#\"` that belongs to nothing; taken out"]),
        (stray("'", "00, 0),\n            traits"), NONE, &["14:20: a `'` that belongs to nothing; taken out"]),
    ]);
}

#[test]
fn a_name_that_is_a_mark_is_kept_where_one_of_its_quotes_is_there_twice_or_missing() {
    for name in ["#", "`", "'"] {
        let mut project = Project::new(name);
        project.notes = "Behind it".to_owned();
        let text = to_text(&project).unwrap();
        let quoted = format!("\"{name}\"");
        for damaged in [format!("\"{quoted}"), format!("{quoted}\""), format!("{name}\"")] {
            let damaged = text.replacen(&quoted, &damaged, 1);
            let read = read_what_can_be(damaged.as_bytes(), &no_check).unwrap();
            let messages: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
            let is_listed = messages.iter().any(|message| message.contains("left out: name"));
            assert!(read.project.name == name || is_listed, "{:?} of {damaged}: {messages:?}", read.project.name);
            assert_eq!(read.project.notes, "Behind it", "{damaged}");
        }
    }
}

#[test]
fn what_is_a_comment_stays_one() {
    let commented = with(&[
        ("    name: \"Plan\",\n", "    // it's \"ours\n    name: \"Plan\", /* don't \"' touch ` */\n"),
        ("    boundaries: {\n", "    /* r#\" */\n    boundaries: { // */ '\n"),
    ]);
    assert_eq!(read_project(&commented, &no_check).unwrap(), slips::whole());
    hold(vec![(
        commented.replacen("\"Shop\"", "'\"Shop\"", 1),
        NONE,
        &["13:19: a `'` that belongs to nothing; taken out"],
    )]);
}

/// Half of the components were gone for it.
#[test]
fn an_apostrophe_at_the_start_of_a_line_of_a_preset_loses_nothing() {
    for preset in presets() {
        let text = to_text(&preset.project().unwrap()).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let Some(line) = lines.get_mut(67) else { continue };
        line.insert(0, '\'');
        let Repaired { project, notes, .. } = read_what_can_be(lines.join("\n").as_bytes(), &no_check).unwrap();
        assert_eq!((project, notes.len()), (preset.project().unwrap(), 1), "{}: {notes:#?}", preset.id);
        let told = read_project(&lines.join("\n"), &no_check).unwrap_err().problems;
        assert_eq!((told.len(), told[0].line), (1, 68), "{}: {told:#?}", preset.id);
    }
}

#[test]
fn check_blames_the_mark_and_what_is_wrong_besides() {
    for (mark, words, line) in [
        ("'", "\"Shop\"", 12),
        ("*/", "components: {", 5),
        ("\"'", "kind: client", 8),
        ("``", "(400, 0)", 24),
        ("\"\"", "boundaries: {", 42),
        ("r#\"", "size: (700", 46),
        ("''", "        ),\n    },\n)", 54),
    ] {
        let damaged = stray(mark, words);
        let told = read_project(&damaged, &no_check).unwrap_err().problems;
        assert_eq!((told.len(), told[0].line), (1, line), "{mark} before {words}: {told:#?}");
        assert!(told[0].message.ends_with("that belongs to nothing; take it out"), "{told:#?}");
        let elsewhere = damaged.replacen("protocol: database", "protocol: databse", 1);
        let told = read_project(&elsewhere, &no_check).unwrap_err().problems;
        assert_eq!(told.len(), 2, "{mark} before {words}: {told:#?}");
        assert!(told.iter().any(|problem| problem.message.contains("did you mean `database`?")), "{told:#?}");
    }
}

#[test]
fn of_a_lost_closing_quote_only_that_is_told() {
    for (whole, damaged) in [
        ("\"Shop\"", "\"Shop"),
        ("\"tables\": 40", "\"tables: 40"),
        ("from: \"shop\"", "from: \"shop"),
        ("\"Ask them\"", "\"Ask them"),
    ] {
        let told = read_project(&with(&[(whole, damaged)]), &no_check).unwrap_err().problems;
        assert_eq!(told.len(), 1, "{damaged}: {told:#?}");
        assert!(told[0].message.contains("no closing quote"), "{damaged}: {told:#?}");
    }
}

#[test]
fn check_and_repair_say_the_same_of_how_much_of_a_text_is_kept() {
    for (key, kept, count) in [("name", "1,000", 1_000), ("notes", "100,000", 100_000)] {
        let value = if key == "name" { "\"Shop\"" } else { "\"It's ours\"" };
        let long = with(&[(value, &format!("\"{}\"", "x".repeat(900_000)))]);
        let told = read_project(&long, &no_check).unwrap_err().problems;
        assert!(told[0].message.contains(&format!("at most {kept} are kept")), "{told:#?}");
        let (project, told) = slips::repaired(&long);
        assert!(told[0].contains(&format!("at most {kept} are kept")), "{told:#?}");
        let shop = &project.components["shop"];
        assert_eq!(if key == "name" { shop.name.len() } else { shop.notes.len() }, count);
    }
}
