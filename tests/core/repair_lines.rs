//! Lines that are deleted, as `sed 20,23d` does it, wherever they stand: they take nothing with them but what stood on them. Sections behind them
//! are found again by their names, entries by their fields, and of what lost a part everything that is gone is listed.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{collections::BTreeSet, fmt::Write as _};

use crate::repair::{covers, dense, gone, listed, no_check};
use groundplan::{
    project::{Project, Role},
    storage::{Repaired, preset, read_project, read_what_can_be, to_text},
};

/// A case study with a rate card.
fn with_card() -> Project {
    let mut project = preset("platform-rescue").unwrap().project().unwrap();
    for (id, name, rate_usd, share) in
        [("dev", "Developer", 4000.0, 3.0), ("lead", "Lead", 6000.0, 1.0), ("qa", "Tester", 3500.0, 0.5)]
    {
        project.assumptions.roles.insert(id.into(), Role::new(name, rate_usd, share));
    }
    project
}

/// The section and the entry that each line of a written project belongs to.
fn owners(text: &str) -> Vec<Vec<String>> {
    let (mut section, mut entry) = (String::new(), None::<String>);
    let mut owners = Vec::new();
    for line in text.lines() {
        let bare = line.trim_start();
        let word = || match bare.strip_prefix('"') {
            Some(id) => id.split('"').next().unwrap_or_default().to_owned(),
            None => bare.split(':').next().unwrap_or_default().to_owned(),
        };
        match line.len() - bare.len() {
            0 => section = String::new(),
            4 if bare.contains(':') => (section, entry) = (word(), None),
            4 => entry = None,
            8 if bare.starts_with('"') => entry = Some(word()),
            _ => {}
        }
        owners.push([section.clone()].into_iter().chain(entry.clone()).filter(|key| !key.is_empty()).collect());
    }
    owners
}

/// What deleted lines cost that they should not: what is gone of things that no deleted line belonged to, and what is not listed.
fn harm(whole: &Project, text: &str, owners: &[Vec<String>], from: usize, count: usize) -> Option<String> {
    let kept: Vec<&str> =
        text.lines().enumerate().filter(|(at, _)| !(from..from + count).contains(at)).map(|(_, line)| line).collect();
    let damaged = kept.join("\n") + "\n";
    let touched: BTreeSet<&[String]> =
        owners[from..from + count].iter().map(Vec::as_slice).filter(|path| !path.is_empty()).collect();
    let is_touched = |path: &[String]| touched.iter().any(|owner| owner.len() == 2 && path.starts_with(owner));
    let Ok(Repaired { project, notes, .. }) = read_what_can_be(damaged.as_bytes(), &no_check) else {
        return Some("nothing can be read".to_owned());
    };
    assert_eq!(project.validate(), []);
    let messages: Vec<String> = notes.iter().map(ToString::to_string).collect();
    let told: Vec<Vec<String>> = messages.iter().flat_map(|message| listed(message)).collect();
    let of_card = |path: &[String]| path[0] == "assumptions" && touched.iter().any(|owner| owner[0] == "assumptions");
    let of_plan = |path: &[String]| path.len() == 1 && touched.contains(path);
    let gone: Vec<Vec<String>> = gone(whole, &project)
        .into_iter()
        .filter(|path| !path.is_empty() && !is_touched(path) && !of_card(path) && !of_plan(path))
        .collect();
    // A connection goes with what it leads to, and so does what names it.
    let leads_to_lost = |path: &[String]| {
        let named = match path {
            [list, id, ..] if list == "connections" => {
                whole.connections.get(id.as_str()).map(|link| vec![link.from.to_string(), link.to.to_string()])
            }
            [list, ..] if ["boundaries", "scenarios", "baselines"].contains(&list.as_str()) && path.len() > 2 => None,
            _ => Some(Vec::new()),
        };
        named.is_none_or(|named| named.iter().any(|id| !project.components.contains_key(id.as_str())))
    };
    let lost: Vec<&Vec<String>> = gone.iter().filter(|path| !leads_to_lost(path)).collect();
    let unlisted: Vec<&Vec<String>> = gone.iter().filter(|path| !told.iter().any(|told| covers(told, path))).collect();
    let around = format!("{}: ...{}", from + 1, text.lines().nth(from).unwrap_or_default().trim());
    (!lost.is_empty() || !unlisted.is_empty()).then(|| {
        format!(
            "lines {around} and {} more: lost {lost:?}, unlisted {unlisted:?}\n    {}",
            count - 1,
            messages.join("\n    ")
        )
    })
}

#[test]
fn lines_that_are_deleted_take_nothing_else_with_them() {
    let all = std::env::var_os("GROUNDPLAN_SLIPS").is_some();
    let mut wrong = String::new();
    for project in [with_card(), dense()] {
        let text = to_text(&project).unwrap();
        let whole = read_project(&text, &no_check).unwrap();
        let owners = owners(&text);
        let lines = owners.len();
        for (count, step) in [(1, 2), (2, 3), (3, 4), (4, 3), (6, 5), (9, 7), (14, 11)] {
            // The format stands first, and what a file without its beginning is read as is tried elsewhere.
            for from in (2..lines - count - 1).step_by(if all { 1 } else { step }) {
                if let Some(harm) = harm(&whole, &text, &owners, from, count) {
                    let _ = writeln!(wrong, "{harm}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn sections_behind_a_rate_card_that_is_cut_are_all_there() {
    let project = with_card();
    let text = to_text(&project).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().position(|line| line.contains("components: {")).unwrap();
    // The last lines of the card, with the brackets that close it.
    for count in 1..=7 {
        let damaged = [&lines[..end - count], &lines[end..]].concat().join("\n");
        let Repaired { project: read, notes, .. } = read_what_can_be(damaged.as_bytes(), &no_check).unwrap();
        assert_eq!(read.components, project.components, "{notes:#?}");
        assert_eq!(read.connections, project.connections, "{notes:#?}");
        assert_eq!(read.assumptions.roles["dev"], project.assumptions.roles["dev"], "{notes:#?}");
        assert!(notes.len() <= 4, "one for each field of the last role, and one for the brackets: {notes:#?}");
    }
}
