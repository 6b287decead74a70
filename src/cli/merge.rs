//! `groundplan merge`: two versions of a project that come from one, put together; also as git's merge driver.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::{
    DONE, FOUND, Streams, arguments::MergeArguments, diff::json::kind_of_thing, emit, emit_json, failure::Failure,
    holds_project, of_version, read_text, say,
};
use crate::{
    assess::Engine,
    explain::{
        difference::{id_of, name_of},
        merge::Versions,
    },
    project::{
        Project,
        merge::{Clash, Conflict, Merged, merge},
    },
    ron_text,
    storage::{self, OpenError, load_engine},
    text::one_line,
};

pub(super) fn run(wanted: &MergeArguments, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let engine = load_engine(playbook)?;
    let out = wanted.out.as_deref().filter(|out| *out != Path::new("-"));
    if wanted.json && out.is_none() {
        return Err(Failure::Unknown("With --json the merged project goes to a file: name it with -o".to_owned()));
    }
    let files = [&wanted.base, &wanted.ours, &wanted.theirs];
    if files.into_iter().filter(|file| *file == Path::new("-")).count() > 1 {
        return Err(Failure::Unknown("Standard input holds one project; name the others as files".to_owned()));
    }
    // All of it is read before anything is written: OUT may be one of the three.
    let mut has_comments = false;
    let mut version = |file: &PathBuf, called: &str| {
        let read = read_version(file, called == "base", &engine, streams);
        // git keeps the versions in files of names that say nothing.
        let (project, comments) = read.map_err(|failure| match &wanted.name {
            Some(name) => {
                let name = one_line(name);
                let words = format!(
                    "Nothing was merged: git keeps {name} as ours has it and calls it a conflict; theirs is not in it"
                );
                Failure::Unmerged(Box::new(of_version(failure, &format!("{name} ({called})"))), words)
            }
            None => Failure::Unmerged(Box::new(failure), "Nothing was merged, and nothing was written".to_owned()),
        })?;
        has_comments |= comments;
        Ok::<Project, Failure>(project)
    };
    let base = version(&wanted.base, "base")?;
    let (ours, theirs) = (version(&wanted.ours, "ours")?, version(&wanted.theirs, "theirs")?);
    let merged = merge(&base, &ours, &theirs, wanted.preferred());
    if has_comments {
        let _ = writeln!(streams.messages, "Note: the project is written anew, and its comments are not kept");
    }
    let versions = Versions { playbook: &engine.playbook, base: &base, ours: &ours, theirs: &theirs };
    tell(wanted, &versions, &merged, streams);
    let unwritten = |failure| Failure::Unmerged(Box::new(failure), "Nothing was written".to_owned());
    if let Some(out) = out {
        if out.is_dir() {
            let message = format!("This is a folder, and no file can be put in its place: {}", out.display());
            return Err(unwritten(Failure::Unknown(message)));
        }
        let of_its_own = files.into_iter().any(|file| storage::same_file(file, out));
        if !of_its_own && out.metadata().is_ok_and(|found| found.len() > 0) && !holds_project(out) {
            let message = "This file holds no project and is left as it is; choose another name";
            return Err(unwritten(Failure::Unknown(format!("{message}: {}", out.display()))));
        }
        storage::save_project(out, &merged.project).map_err(|error| unwritten(error.into()))?;
    } else {
        let text = storage::to_text(&merged.project).map_err(|error| Failure::Unknown(error.to_string()))?;
        emit(streams, text.as_bytes())?;
    }
    if wanted.json {
        emit_json(streams, &report(wanted, &versions, &merged))?;
    }
    // Who says which version to prefer has decided.
    Ok(if merged.conflicts.is_empty() || wanted.prefer.is_some() { DONE } else { FOUND })
}

/// A version of the project, and whether there are comments in its file. What both come from may be empty: then each was made by itself.
fn read_version(
    file: &Path,
    may_be_empty: bool,
    engine: &Engine,
    streams: &mut Streams,
) -> Result<(Project, bool), Failure> {
    let (name, text) = read_text(file, streams)?;
    if may_be_empty && text.trim().is_empty() {
        return Ok((Project::default(), false));
    }
    let read = storage::read_project(&text, &|project| engine.check(project));
    let project = read.map_err(|source| OpenError::Read { path: name, source })?;
    Ok((project, ron_text::has_comments(&text)))
}

/// Says to people what they have to decide.
fn tell(wanted: &MergeArguments, versions: &Versions<'_>, merged: &Merged, streams: &mut Streams) {
    for one in &merged.kept_beside {
        say(streams, &format!("note: {}", versions.kept_beside(one)));
    }
    let name = wanted.name.clone().unwrap_or_else(|| wanted.ours.display().to_string());
    let name = one_line(&name);
    let count = match merged.conflicts.len() {
        0 => return,
        1 => "1 conflict".to_owned(),
        count => format!("{count} conflicts"),
    };
    for conflict in &merged.conflicts {
        say(streams, &format!("conflict: {}", one_line(&versions.conflict(conflict))));
    }
    let decided = match wanted.prefer {
        Some(_) => format!("decided for {}", wanted.preferred().label()),
        None => "the result has what ours says; decide, and change it where theirs is right".to_owned(),
    };
    say(streams, &format!("{name}: {count}; {decided}"));
}

#[derive(Serialize)]
struct ReportJson<'a> {
    schema: u32,
    clean: bool,
    preferred: &'static str,
    conflicts: Vec<ConflictJson<'a>>,
    kept_beside: Vec<KeptBesideJson<'a>>,
}

#[derive(Serialize)]
struct KeptBesideJson<'a> {
    id: &'a str,
    kept_as: &'a str,
    of: &'static str,
}

#[derive(Serialize)]
struct ConflictJson<'a> {
    kind: &'static str,
    thing: ThingJson<'a>,
    label: String,
    path: Option<&'a [String]>,
    base: Option<&'a Value>,
    ours: Option<&'a Value>,
    theirs: Option<&'a Value>,
    removed_by: Option<&'static str>,
    needed_by: Option<ThingJson<'a>>,
}

#[derive(Serialize)]
struct ThingJson<'a> {
    kind: &'static str,
    id: Option<&'a str>,
    name: String,
}

fn report<'a>(wanted: &MergeArguments, versions: &Versions<'_>, merged: &'a Merged) -> ReportJson<'a> {
    let thing = |thing: &'a crate::project::difference::Thing| ThingJson {
        kind: kind_of_thing(thing),
        id: Some(id_of(thing)).filter(|id| !id.is_empty()),
        name: name_of(thing, &[versions.ours, versions.theirs, versions.base]),
    };
    let conflict = |conflict: &'a Conflict| {
        let mut one = ConflictJson {
            kind: "unsound",
            thing: thing(&conflict.thing),
            label: versions.conflict(conflict),
            path: None,
            base: None,
            ours: None,
            theirs: None,
            removed_by: None,
            needed_by: None,
        };
        match &conflict.clash {
            Clash::Field { path, base, ours, theirs } => {
                (one.kind, one.path) = ("field", Some(path.as_slice()));
                (one.base, one.ours, one.theirs) = (base.as_ref(), ours.as_ref(), theirs.as_ref());
            }
            Clash::Removed { by } => (one.kind, one.removed_by) = ("removed", Some(by.label())),
            Clash::Needed { removed_by, by } => {
                (one.kind, one.removed_by, one.needed_by) = ("needed", Some(removed_by.label()), Some(thing(by)));
            }
            Clash::BothAdded => one.kind = "added",
            Clash::Unsound { .. } => {}
        }
        one
    };
    ReportJson {
        schema: 1,
        clean: merged.conflicts.is_empty(),
        preferred: wanted.preferred().label(),
        conflicts: merged.conflicts.iter().map(conflict).collect(),
        kept_beside: merged
            .kept_beside
            .iter()
            .map(|one| KeptBesideJson { id: one.id.as_str(), kept_as: one.kept_as.as_str(), of: one.of.label() })
            .collect(),
    }
}
