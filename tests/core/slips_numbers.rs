//! Numbers as other languages write them, ids as other programs write them, and files that were pasted twice or sent by mail.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::common::slips::{NONE, WHOLE, hold, no_check, with};
use groundplan::storage::{read_project, read_what_can_be, to_text};

/// The plan with a role, whose share is written so.
fn share(written: &str) -> String {
    let role = format!(
        "assumptions: (roles: {{\"dev\": (name: \"Dev\", rate_usd_per_person_week: 4000, share: {written})}}),"
    );
    with(&[("    components: {", &format!("    {role}\n    components: {{"))])
}

#[test]
fn a_number_is_read_whole_or_left_out_whole() {
    const CALLS: &[&str] = &["connections > shop-to-db > calls_per_request"];
    let calls = |written: &str| with(&[("calls_per_request: 1500", &format!("calls_per_request: {written}"))]);
    let taken =
        |written: &str| format!("`calls_per_request` was `{written}` in connections > shop-to-db; taken as 1500");
    let lost = |written: &str| {
        format!("`calls_per_request` was `{written}` in connections > shop-to-db; that is no plain number")
    };
    for written in ["1.500,00", "1,500.00", "1 500,0", "1500,000"] {
        hold(vec![(calls(written), NONE, &[&taken(written)])]);
    }
    for written in ["12,345,67", "1500,0,0", "1 500,000,000", "1,500k"] {
        hold(vec![(calls(written), CALLS, &[&lost(written)])]);
    }
    hold(vec![
        (calls("1500 %"), CALLS, &["was `1500 %` in connections > shop-to-db; a number in per cent fits only a share"]),
        (calls("1500%"), CALLS, &["was `1500%` in connections > shop-to-db; a number in per cent fits only a share"]),
        (
            with(&[("\"tables\": 40", "\"tables\": 40,00,1")]),
            &["components > shop > traits > tables"],
            &["`tables` was `40,00,1` in components > shop > traits; that is no plain number"],
        ),
    ]);
}

#[test]
fn a_share_in_per_cent_is_a_hundredth() {
    for (written, expected) in [("75 %", 0.75), ("75%", 0.75), ("12,5 %", 0.125), ("0,75", 0.75)] {
        let repaired = read_what_can_be(share(written).as_bytes(), &no_check).unwrap();
        let text = to_text(&repaired.project).unwrap();
        assert!(text.contains(&format!("share: {expected},")), "{written}: {:#?}\n{text}", repaired.notes);
        assert_eq!(repaired.notes.len(), 1, "{:#?}", repaired.notes);
        let told = repaired.notes[0].to_string();
        assert!(told.contains(&format!("was `{written}`")) && told.contains(&format!("taken as {expected}")), "{told}");
    }
}

#[test]
fn an_id_that_is_wrong_in_its_own_entry_only_keeps_all_that_leads_there() {
    let own = |written: &str| with(&[("\"shop\": (", &format!("\"{written}\": ("))]);
    hold(vec![
        (own("Shop"), NONE, &["\"Shop\" cannot be an id; it is kept as \"shop\""]),
        (own("SHOP"), NONE, &["it is kept as \"shop\""]),
        (WHOLE.replace("\"web-to-shop\"", "\"Web_to_shop\""), NONE, &["it is kept as \"web-to-shop\""]),
    ]);
}

#[test]
fn of_two_projects_the_one_with_more_entries_is_kept() {
    let head = |lines: usize| WHOLE.lines().take(lines).flat_map(|line| [line, "\n"]).collect::<String>();
    let kept = |line: usize, entries: &str| {
        format!(
            "a second project begins at line {line}, 56 lines with 7 entries; it is kept, since what stands before it has {entries}"
        )
    };
    for (lines, entries) in [(3, "0 entries on 3 lines"), (6, "1 entry on 6 lines"), (16, "2 entries on 16 lines")] {
        let told = format!("{}; keep one of them (left out: the first project)", kept(lines + 1, entries));
        hold(vec![(format!("{}{WHOLE}", head(lines)), NONE, &[&told])]);
    }
    // A whole one stays before its own beginning.
    hold(vec![(format!("{WHOLE}{}", head(16)), NONE, &["(left out: the second project)"])]);
}

#[test]
fn a_sound_file_that_was_broken_as_mails_are_is_put_together() {
    let broken = "notes: \"About=20it, and all that was said of it when it was looked at for the fi=\nrst time, in the rain, by those who wanted to know what it would come to and=\n why; and again later by others, who asked nothing at all and were content, =\nFr=C3=A4nt.\"";
    let text = with(&[("notes: \"About it.\"", broken)]);
    read_project(&text, &no_check).unwrap();
    let repaired = read_what_can_be(text.as_bytes(), &no_check).unwrap();
    assert!(
        repaired
            .project
            .notes
            .starts_with("About it, and all that was said of it when it was looked at for the first time")
    );
    assert!(repaired.project.notes.ends_with("content, Fränt."));
    assert!(
        repaired.notes.len() == 1 && repaired.notes[0].message.contains("quoted-printable"),
        "{:#?}",
        repaired.notes
    );
    // Equals signs at the ends of lines that mean something stay, and so do few of them.
    for sound in [text.replace("Fr=C3=A4nt", "a = b"), text.replacen("=\n", "\n", 1)] {
        let repaired = read_what_can_be(sound.as_bytes(), &no_check).unwrap();
        assert_eq!(repaired.notes, []);
        assert_eq!(repaired.project, read_project(&sound, &no_check).unwrap());
    }
}
