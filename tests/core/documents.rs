//! What the documents promise: the plan in the README assesses as it says, and what they point at is there.

#![expect(clippy::panic, reason = "the helpers of a test fail it with the file's own message")]

use std::{fs, path::Path};

use groundplan::{
    project::{ComponentKind, Project, Protocol},
    storage::read_project,
};

use crate::common::builtin;

const DOCUMENTS: [&str; 13] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "assets/README.md",
    "docs/guide.md",
    "docs/words.md",
    "docs/method.md",
    "docs/playbook.md",
    "docs/files.md",
    "docs/git.md",
    "docs/de/guide.md",
    "docs/de/words.md",
];

fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between the first two marks after which `from` comes.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    Some(rest.split_once(to)?.0)
}

#[test]
fn the_plan_in_the_readme_assesses_as_the_readme_says() {
    let readme = document("README.md");
    let plan = between(&readme, "```ron\n", "```").unwrap();
    let engine = builtin::engine();
    let project: Project = read_project(plan, &|project| engine.check(project)).unwrap();
    let stated = between(&readme, "The verdict on it is ", ".").unwrap();
    let assessment = engine.assess(&project);
    for (id, advice) in &assessment.components {
        assert_eq!(engine.playbook.framework_name(&advice.framework), stated, "{id}");
    }
    assert_eq!(assessment.components.len(), 2);
    assert!(plan.lines().count() <= 10, "by hand in ten lines");
}

#[test]
fn the_readme_names_every_kind_and_protocol() {
    let readme = document("README.md");
    let kinds = ComponentKind::ALL.iter().map(|kind| kind.slug().to_owned());
    let protocols = Protocol::ALL.iter().map(|protocol| serde_json::to_string(protocol).unwrap().replace('"', ""));
    let missing: Vec<_> = kinds.chain(protocols).filter(|name| !readme.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let mut seen = 0;
    for name in DOCUMENTS {
        let text = document(name);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            seen += 1;
            let path = folder.with_file_name(target.split('#').next().unwrap_or(target));
            assert!(path.exists(), "{name} points at {target}, which is not there");
        }
    }
    assert!(seen > 5);
}

/// What stands out in a document as something that is called so.
fn emphasised(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, part) in text.replace("**", "").split('*').enumerate() {
        if number % 2 == 1 {
            found.extend(part.split(" > ").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    found
}

#[test]
fn the_german_guide_calls_things_as_the_german_window_does() {
    let catalogue = document("assets/lang/de.po");
    // Words that are explained, not pressed.
    let explained = ["Festlegung", "Art", "Protokoll", "einklappen"];
    for name in ["docs/de/guide.md", "docs/de/words.md"] {
        for called in emphasised(&document(name)) {
            let known = catalogue.contains(&format!("\nmsgstr \"{called}\"\n"));
            assert!(
                known || explained.contains(&called.as_str()),
                "{name}: nothing in the window is called {called:?}"
            );
        }
    }
}
