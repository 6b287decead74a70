//! A field that cannot be read takes no more than itself: what holds it stays, with something that stands in for the field, and that is listed.

#![allow(clippy::unwrap_used)] // in helpers too: a test that cannot go on fails

use crate::common::slips;
use groundplan::project::Project;
use slips::{hold, repaired, with};

/// A plan with a rate card and a baseline.
const CARD: &str = r#"(
    format: 2,
    name: "Plan",
    assumptions: (
        rate_usd_per_person_week: 5000,
        roles: {
            "dev": (
                name: "Developer",
                rate_usd_per_person_week: 4000,
                share: 0.75,
            ),
            "lead": (
                name: "Lead",
                rate_usd_per_person_week: 6000,
                share: 0.25,
            ),
        },
    ),
    components: {
        "shop": (
            name: "Shop",
            kind: web_application,
        ),
    },
    baselines: {
        "first": (
            name: "First",
            weeks: (median: 4, log_sd: 0.1),
            budget_usd: (median: 40000, log_sd: 0.1),
            parts: [
                (
                    component: "shop",
                    name: "Shop",
                    weeks: 3,
                    usd: 30000,
                ),
                (
                    name: "All",
                    weeks: 1,
                    usd: 10000,
                ),
            ],
        ),
    },
)
"#;

/// What is left of the card and the baseline once some words are others, and what is said.
fn of_card(sound: &str, damaged: &str) -> (Vec<String>, Vec<String>) {
    assert!(CARD.contains(sound), "{sound}");
    let text = CARD.replacen(sound, damaged, 1);
    let (project, told) = repaired(&text);
    (rows(&project), told)
}

fn rows(project: &Project) -> Vec<String> {
    let roles = &project.assumptions.roles;
    let roles = roles.values().map(|role| format!("{} {} {}", role.name, role.rate_usd_per_person_week, role.share));
    let parts = project.baselines.values().flat_map(|baseline| &baseline.parts);
    roles.chain(parts.map(|part| format!("{} {} {}", part.name, part.weeks, part.usd))).collect()
}

#[test]
fn a_damaged_field_takes_no_role_and_no_part() {
    const ROLE: &str = "(left out: assumptions > roles > dev > ";
    const PART: &str = "(left out: baselines > first > parts > ";
    let whole = ["Developer 4000 0.75", "Lead 6000 0.25", "Shop 3 30000", "All 1 10000"];
    let slips = [
        ("share: 0.75", "shares: 0.75", 0, "Developer 4000 1", ROLE, "1 stands in for it"),
        ("share: 0.75", "share: -1", 0, "Developer 4000 1", ROLE, "1 stands in for it"),
        ("share: 0.75,", "", 0, "Developer 4000 1", ROLE, "`share` is missing"),
        ("share: 0.25", "share: most", 1, "Lead 6000 1", "roles > lead > share", "1 stands in for it"),
        ("week: 4000", "week: -4000", 0, "Developer 5000 0.75", ROLE, "5000 stands in for it"),
        ("week: 4000", "week: 4k", 0, "Developer 5000 0.75", ROLE, "5000 stands in for it"),
        ("name: \"Developer\"", "nxame: \"Developer\"", 0, "dev 4000 0.75", ROLE, "it is named by its id"),
        ("name: \"Developer\"", "name: [5]", 0, "dev 4000 0.75", ROLE, "it is named by its id"),
        ("name: \"All\"", "nxame: \"All\"", 3, "(no name) 1 10000", PART, "\"(no name)\" stands in for it"),
        ("weeks: 3,", "wekes: 3,", 2, "Shop 0 30000", PART, "0 stands in for it"),
        ("usd: 10000", "usd: cheap", 3, "All 1 0", PART, "0 stands in for it"),
    ];
    let mut wrong = Vec::new();
    for (sound, damaged, at, row, listed, words) in slips {
        let mut expected = whole.map(str::to_owned);
        row.clone_into(&mut expected[at]);
        let (found, told) = of_card(sound, damaged);
        let is_said = matches!(told.as_slice(), [one] if one.contains(listed) && one.contains(words));
        if found != expected || !is_said {
            wrong.push(format!("{damaged}: {found:?} {told:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_two_roles_that_lack_the_same_both_are_told() {
    let text = CARD.replacen("share: 0.75", "share: most", 1).replacen("share: 0.25", "share: rest", 1);
    let (project, told) = repaired(&text);
    assert_eq!(rows(&project)[..2], ["Developer 4000 1", "Lead 6000 1"]);
    for role in ["dev", "lead"] {
        let listed = format!("; 1 stands in for it (left out: assumptions > roles > {role} > share)");
        assert!(told.iter().any(|told| told.ends_with(&listed)), "{told:#?}");
    }
    assert_eq!(told.len(), 2);
}

#[test]
fn a_note_keeps_its_words_and_a_frame_its_name_wherever_they_stand() {
    const POS: &[&str] = &["sticky_notes > ask > pos"];
    const SIZE: &[&str] = &["sticky_notes > ask > size"];
    const FRAME: &[&str] = &["boundaries > all > pos"];
    const FRAME_SIZE: &[&str] = &["boundaries > all > size"];
    let pos = |damaged: &str| with(&[("pos: (0, 400),", damaged)]);
    let size = |damaged: &str| with(&[("size: (100, 50),", damaged)]);
    let frame = |damaged: &str| with(&[("pos: (-50, -50),", damaged)]);
    let frame_size = |damaged: &str| with(&[("size: (700, 300),", damaged)]);
    let usual_pos: &[&str] = &["(0, 0) stands in for it"];
    hold(vec![
        (pos("pos: (0,5, 400),"), POS, &["(0, 0) stands in for it (left out: sticky_notes > ask > pos)"]),
        (pos("pos: (NaN, 400),"), POS, usual_pos),
        (pos("pos: left,"), POS, usual_pos),
        (
            pos(""),
            POS,
            &["`pos` is missing in sticky_notes > ask; (0, 0) stands in for it (left out: sticky_notes > ask > pos)"],
        ),
        (size("size: (100),"), SIZE, &["(192, 96) stands in for it (left out: sticky_notes > ask > size)"]),
        (size("size: (-100, 50),"), SIZE, &["(192, 96) stands in for it"]),
        (size(""), SIZE, &["(192, 96) stands in for it (left out: sticky_notes > ask > size)"]),
        (frame("pos: (-50,5, -50),"), FRAME, usual_pos),
        (frame(""), FRAME, usual_pos),
        (frame_size("size: (700),"), FRAME_SIZE, &["(312, 216) stands in for it (left out: boundaries > all > size)"]),
        (frame_size("size: (700, 0),"), FRAME_SIZE, &["(312, 216) stands in for it"]),
    ]);
}

#[test]
fn a_kind_with_a_slip_is_taken_for_the_nearest_one() {
    const KIND: &[&str] = &["components > db > kind"];
    let kind = |damaged: &str| with(&[("kind: web_application", damaged)]);
    hold(vec![
        (
            kind("kind: web_aplication_server"),
            slips::NONE,
            &[
                "did you mean `web_application`? (it is taken for `web_application`) (left out: components > shop > kind)",
            ],
        ),
        (kind("knd: web_application"), slips::NONE, &["it says web_application; it is taken for `web_application`"]),
        (
            with(&[("kind: relational_database", "kind: time_series_databse")]),
            KIND,
            &["(it is taken for `time_series_database`)"],
        ),
        // Where none is near, nobody knows what it is.
        (
            kind("kind: zzz"),
            &["-components > shop", "-connections > web-to-shop", "-connections > shop-to-db"],
            &["(left out: components > shop)", "web-to-shop", "shop-to-db"],
        ),
    ]);
}
