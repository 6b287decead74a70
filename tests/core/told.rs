//! What is said of a file that is no project at all, and where each thing is told that is wrong with one.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::fs;

use groundplan::{
    project::{Problem, Project},
    storage::{read_project, read_what_can_be},
};

fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

/// What is said of a text.
fn said(text: &str) -> Vec<String> {
    read_project(text, &no_check).unwrap_err().problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_no_text_of_ours_is_called_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for (bytes, words) in [
        (vec![0; 4_096], "nothing but zero bytes"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(), "this file is compressed; unpack it"),
        (b"PK\x03\x04 and so on".to_vec(), "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "this is a picture"),
    ] {
        let path = folder.path().join("plan.ron");
        fs::write(&path, &bytes).unwrap();
        let refused = groundplan::storage::open_project(&path, &no_check).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
        let refused = read_what_can_be(&bytes, &no_check).unwrap_err();
        assert!(!refused.repairable && refused.to_string().contains(words), "{refused}");
    }
}

#[test]
fn each_thing_is_told_where_it_stands_also_beside_others() {
    // Of two with one id the first keeps it, whatever is wrong with the second.
    let text = r#"(format: 2, name: "P", components: {
        "shop": (name: "Shop", kind: worker, traits: {
            "tabels": true}),
        "shop": (name: "Other", kind: wroker, traits: {
            "tables": 1}),
    })"#;
    let check = |project: &Project| {
        let unknown = |(id, _): (&groundplan::project::ComponentId, _)| {
            Problem::new("unknown trait".to_owned(), None, &["components", id.as_str(), "traits", "tabels"])
        };
        project.components.iter().filter(|(_, one)| one.traits.contains_key("tabels")).map(unknown).collect()
    };
    let told: Vec<String> = read_project(text, &check).unwrap_err().problems.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.starts_with("3:13: unknown trait")), "{told:#?}");
    // Each number that is none, and not the bracket around them.
    let text = "(format: 2, name: \"P\", components: {\n\"a\": (name: \"A\", kind: worker, pos: (NaN, -inf)),\n})";
    let told = said(text);
    let expected = [
        "2:38: `pos` in components > a needs a finite number, and `NaN` is none",
        "2:43: `pos` in components > a needs a finite number, and `-inf` is none",
    ];
    assert_eq!(told, expected, "{told:#?}");
}
