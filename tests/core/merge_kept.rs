//! What is kept beside a plan when two versions of it are put together: estimates as they stood lead to the same things as before.

#![allow(clippy::unwrap_used)] // in helpers too: a test that cannot go on fails

use std::fs;

use crate::common::{cli, shop};
use cli::{err, run};
use groundplan::{
    project::{Baseline, BaselinePart, Component, ComponentId, ComponentKind, Edit, Project, Spread},
    storage::{from_text, to_text},
};

/// An estimate of these parts.
fn baseline(name: &str, parts: &[(Option<&str>, &str)]) -> Baseline {
    let part = |(component, name): &(Option<&str>, &str)| BaselinePart {
        component: component.map(ComponentId::new),
        name: (*name).to_owned(),
        framework: None,
        weeks: 1.0,
        usd: 4000.0,
    };
    let spread = Spread { median: parts.len() as f64, log_sd: 0.2 };
    let parts = parts.iter().map(part).collect();
    Baseline { name: name.to_owned(), date: None, weeks: spread, budget_usd: spread, parts, edits: Vec::new() }
}

/// A version that adds a cache and keeps an estimate of it.
fn version(name: &str, kind: ComponentKind, kept: &str) -> Project {
    let mut project = shop::three();
    project.apply(&Edit::PutComponent("cache".into(), Component::new(name, kind, Some((0.0, 200.0).into()))));
    let parts = [(Some("shop"), "Shop"), (Some("cache"), name), (None, "The project")];
    project.apply(&Edit::PutBaseline(kept.to_lowercase().as_str().into(), Some(baseline(kept, &parts))));
    project
}

/// What `groundplan merge` makes of two versions, and what it says.
fn merged(base: &Project, ours: &Project, theirs: &Project, further: &[&str]) -> (Project, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (name, project) in [("base.ron", base), ("ours.ron", ours), ("theirs.ron", theirs)] {
        fs::write(file(name), to_text(project).unwrap()).unwrap();
    }
    let files = ["base.ron", "ours.ron", "theirs.ron", "out.ron"].map(file);
    let [base, ours, theirs, out] = files.each_ref().map(String::as_str);
    let done = run(&[&["merge", base, ours, theirs, "-o", out], further].concat());
    let project = from_text(&fs::read_to_string(out).unwrap()).unwrap();
    assert_eq!(project.validate(), []);
    (project, err(&done).to_owned())
}

fn parts(project: &Project, kept: &str) -> Vec<(Option<String>, String)> {
    let parts = &project.baselines[kept].parts;
    parts.iter().map(|part| (part.component.as_ref().map(ToString::to_string), part.name.clone())).collect()
}

fn expected(cache: &str, name: &str) -> Vec<(Option<String>, String)> {
    let some = |id: &str| Some(id.to_owned());
    vec![(some("shop"), "Shop".to_owned()), (some(cache), name.to_owned()), (None, "The project".to_owned())]
}

#[test]
fn an_estimate_that_was_kept_follows_what_got_another_id() {
    let base = shop::three();
    let ours = version("Cache", ComponentKind::Redis, "Offer");
    let theirs = version("Page cache", ComponentKind::Worker, "March");
    let (project, said) = merged(&base, &ours, &theirs, &[]);
    let name = |id: &str| project.components[id].name.clone();
    assert_eq!((name("cache"), name("cache-2")), ("Cache".to_owned(), "Page cache".to_owned()), "{said}");
    assert_eq!(parts(&project, "offer"), expected("cache", "Cache"));
    assert_eq!(parts(&project, "march"), expected("cache-2", "Page cache"));
    let (project, said) = merged(&base, &ours, &theirs, &["--prefer", "theirs"]);
    assert_eq!(parts(&project, "march"), expected("cache", "Page cache"), "{said}");
    assert_eq!(parts(&project, "offer"), expected("cache-2", "Cache"));
}

#[test]
fn two_estimates_that_were_kept_under_one_name_are_both_there_or_told() {
    let base = shop::three();
    let ours = version("Cache", ComponentKind::Redis, "Offer");
    let mut theirs = shop::three();
    theirs.apply(&Edit::PutBaseline("offer".into(), Some(baseline("Offer", &[(Some("shop"), "Shop")]))));
    let (project, said) = merged(&base, &ours, &theirs, &[]);
    assert_eq!(parts(&project, "offer"), expected("cache", "Cache"));
    assert!(said.contains("Offer") && said.contains("conflict"), "{said}");
}

#[test]
fn an_estimate_that_was_kept_before_goes_on_naming_what_is_gone() {
    // The part of an old estimate is of a component that was taken away since; both add another one under its id.
    let mut base = shop::three();
    let parts_before = [(Some("cache"), "The first cache")];
    base.apply(&Edit::PutBaseline("old".into(), Some(baseline("Old", &parts_before))));
    let with = |name: &str, kind| {
        let mut project = base.clone();
        project.apply(&Edit::PutComponent("cache".into(), Component::new(name, kind, Some((0.0, 200.0).into()))));
        project
    };
    let (project, said) =
        merged(&base, &with("Cache", ComponentKind::Redis), &with("Page cache", ComponentKind::Worker), &[]);
    assert_eq!(project.components.len(), 5, "{said}");
    assert_eq!(project.baselines["old"], base.baselines["old"], "what both have as it was stays as it was");
}
