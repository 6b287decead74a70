//! The stack for other programs, and in words.

use serde::Serialize;

use super::ExportError;
use crate::{
    assess::{Glue, Stack, StackPackage, SystemPackage},
    lang::{lower, t, tr},
    playbook::{Package, PackageStatus, Playbook},
    project::{ComponentId, FrameworkId, TraitId},
    text,
};

/// The stack as it stands in JSON.
#[derive(Serialize)]
pub(super) struct Parts<'a> {
    components: Vec<Part<'a>>,
    system: Vec<Whole<'a>>,
    glue: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    id: &'a str,
    framework: &'a str,
    packages: Vec<Row<'a>>,
    glue: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    base: bool,
    because: &'a [String],
    in_place_of: Vec<&'a str>,
}

#[derive(Serialize)]
struct Whole<'a> {
    name: &'a str,
    version: Option<&'a str>,
    requirement: Option<String>,
    product: bool,
    develop: bool,
    purpose: &'a str,
    components: Vec<&'a str>,
    because: &'a [String],
    paragraphs: &'a [u8],
    status: &'static str,
    note: &'a str,
    checked: &'a str,
    in_place_of: Vec<Other<'a>>,
    alternatives: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    name: &'a str,
    paragraphs: &'a [u8],
    status: &'static str,
    replacement: Option<&'a str>,
    note: &'a str,
    checked: &'a str,
}

#[derive(Serialize)]
struct Left<'a> {
    framework: &'a str,
    packages: &'a [String],
    by_hand: Vec<&'a str>,
}

/// The stack, ready for JSON; of one service only, if `only` names one.
pub(super) fn parts<'a>(stack: &'a Stack, only: Option<&ComponentId>) -> Parts<'a> {
    let wanted = |id: &ComponentId| only.is_none_or(|only| only == id);
    Parts {
        components: stack
            .components
            .iter()
            .filter(|(id, _)| wanted(id))
            .map(|(id, component)| Part {
                id: id.as_str(),
                framework: component.framework.as_str(),
                packages: component.packages.iter().map(row).collect(),
                glue: component.glue.iter().map(left).collect(),
            })
            .collect(),
        system: stack.system.iter().filter(|row| row.components.iter().any(wanted)).map(whole).collect(),
        glue: stack.glue.iter().map(left).collect(),
    }
}

/// The stack alone as JSON, indented, with a line break at its end: the value of `stack` in the whole report.
///
/// # Errors
/// [`ExportError`] if it cannot be written.
pub fn stack_json(stack: &Stack, only: Option<&ComponentId>) -> Result<Vec<u8>, ExportError> {
    Ok(text::json(&parts(stack, only))?.into_bytes())
}

fn row(row: &StackPackage) -> Row<'_> {
    Row {
        name: &row.package.name,
        base: row.base,
        because: &row.because,
        in_place_of: row.in_place_of.iter().map(|package| package.name.as_str()).collect(),
    }
}

fn whole(row: &SystemPackage) -> Whole<'_> {
    let package = &row.entry.package;
    Whole {
        name: &package.name,
        version: Some(package.version.as_str()).filter(|version| !version.is_empty()),
        requirement: (!package.product).then(|| package.requirement()),
        product: package.product,
        develop: package.develop,
        purpose: &package.purpose,
        components: row.components.iter().map(ComponentId::as_str).collect(),
        because: &row.entry.because,
        paragraphs: &package.paragraphs,
        status: status(package.status),
        note: &package.note,
        checked: &package.checked,
        in_place_of: row.entry.in_place_of.iter().map(|package| other(package)).collect(),
        alternatives: row.entry.alternatives.iter().map(|package| other(package)).collect(),
    }
}

fn other(package: &Package) -> Other<'_> {
    Other {
        name: &package.name,
        paragraphs: &package.paragraphs,
        status: status(package.status),
        replacement: package.replacement.as_deref(),
        note: &package.note,
        checked: &package.checked,
    }
}

fn left(glue: &Glue) -> Left<'_> {
    Left {
        framework: FrameworkId::as_str(&glue.framework),
        packages: &glue.packages,
        by_hand: glue.by_hand.iter().map(TraitId::as_str).collect(),
    }
}

fn status(status: PackageStatus) -> &'static str {
    match status {
        PackageStatus::Active => "active",
        PackageStatus::Maintenance => "maintenance",
        PackageStatus::Unmaintained => "unmaintained",
    }
}

/// What stands beside a package that replaces others: `in place of passlib (not maintained, checked 2026-11-22)`.
pub fn replaced_in_words(row: &StackPackage) -> String {
    let old = |package: &std::sync::Arc<Package>| {
        tr!("{0} ({1}, checked {2})", package.name, lower(package.status.label()), package.checked)
    };
    let old: Vec<String> = row.in_place_of.iter().map(old).collect();
    if old.is_empty() { String::new() } else { tr!("in place of {}", old.join(t(" and "))) }
}

/// What could be taken instead: `or tortoise-orm, or arq (fixes only, today dramatiq)`.
pub fn alternatives_in_words(row: &StackPackage) -> String {
    let other = |package: &std::sync::Arc<Package>| match (&package.replacement, package.status) {
        (_, PackageStatus::Active) => tr!("or {}", package.name),
        (Some(today), status) => tr!("or {0} ({1}, today {today})", package.name, lower(status.label()), today),
        (None, status) => tr!("or {0} ({1})", package.name, lower(status.label())),
    };
    row.alternatives.iter().map(other).collect::<Vec<_>>().join(", ")
}

/// What a framework leaves to assemble: `12 packages beyond its own; by hand: Roles; Forms`.
pub fn glue_in_words(playbook: &Playbook, glue: &Glue) -> String {
    let packages = match glue.packages.len() {
        0 => t("no package beyond its own").to_owned(),
        1 => t("1 package beyond its own").to_owned(),
        count => tr!("{count} packages beyond its own", count),
    };
    if glue.by_hand.is_empty() {
        return tr!("{packages}, nothing by hand", packages);
    }
    let label = |id: &TraitId| playbook.traits.get(id).map_or_else(|| id.to_string(), |known| known.label.clone());
    let by_hand: Vec<String> = glue.by_hand.iter().map(label).collect();
    tr!("{packages}; by hand: {}", by_hand.join("; "), packages)
}
