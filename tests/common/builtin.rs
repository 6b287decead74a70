//! The built-in playbook, calibrated on the presets of its cases.
#![allow(clippy::panic, reason = "clippy takes helpers of tests for production code")]

use std::{fs, path::Path};

use groundplan::{
    assess::Engine,
    playbook::{self, CaseId},
    project::Project,
    storage::from_text,
};

/// The preset of this name.
pub fn preset(name: &str) -> Project {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets").join(format!("{name}.ron"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    from_text(&text).unwrap_or_else(|error| panic!("{}:{error}", path.display()))
}

pub fn engine() -> Engine {
    let playbook = playbook::builtin().unwrap_or_else(|problems| panic!("{problems:#?}"));
    let cases = playbook.cases.values().filter(|case| case.published.is_some());
    let drawings: Vec<(CaseId, Project)> = cases.map(|case| (case.id.clone(), preset(case.id.as_str()))).collect();
    Engine::new(playbook, drawings).unwrap_or_else(|error| panic!("{error}"))
}
