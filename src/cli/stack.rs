//! `groundplan stack`: the packages that follow from a plan, and their requirements files.

use std::{fs, io::BufRead as _, path::Path};

use super::{
    DONE, Streams, assessed, emit,
    failure::Failure,
    report::{one_line, push},
};
use crate::{
    assess::{Stack, StackPackage},
    export::{
        ExportInput, REQUIREMENTS_MARK, alternatives_in_words, glue_in_words, replaced_in_words, requirements,
        stack_json,
    },
    playbook::PackageStatus,
    project::ComponentId,
    storage,
    text::{io_words, nearest},
};

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub(super) json: bool,
    pub(super) component: Option<&'a str>,
    pub(super) requirements: bool,
    pub(super) out: Option<&'a Path>,
}

pub(super) fn stack(
    file: &Path,
    wanted: &Wanted<'_>,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let input = ExportInput::new(&project, &assessment, &engine.playbook);
    let stack = engine.stack(&project, &assessment);
    let only = wanted.component.map(|id| service(&stack, id)).transpose()?;
    if wanted.json {
        return emit(streams, &stack_json(&stack, only)?);
    }
    if !wanted.requirements {
        return emit(streams, in_words(&input, &stack, only).as_bytes());
    }
    let services: Vec<&ComponentId> =
        stack.components.keys().filter(|id| only.is_none_or(|only| only == *id)).collect();
    match (wanted.out, services.as_slice()) {
        (_, []) => {
            Err(Failure::Unknown("There is no service in this project, so there is nothing to install".to_owned()))
        }
        (Some(folder), services) => write_all(&input, &stack, services, folder, streams),
        (None, [one]) => emit(streams, requirements(&input, &stack, one).unwrap_or_default().as_bytes()),
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|id| id.as_str()).collect();
            Err(Failure::Unknown(format!(
                "{} services need a file each: name one with --component, or a folder for all with -o DIR ({})",
                several.len(),
                ids.join(", ")
            )))
        }
    }
}

fn service<'a>(stack: &'a Stack, id: &str) -> Result<&'a ComponentId, Failure> {
    let ids = || stack.components.keys();
    ids().find(|known| known.as_str() == id).ok_or_else(|| {
        let hint = match nearest(id, ids().map(ComponentId::as_str)) {
            Some(near) => format!("; did you mean {near}?"),
            None => format!("; services here: {}", ids().map(ComponentId::as_str).collect::<Vec<_>>().join(", ")),
        };
        Failure::Unknown(format!("There is no service \"{id}\"{hint}"))
    })
}

/// Writes `FOLDER/SERVICE/requirements.txt` for each service, and says which. A file that is not ours stops it all.
fn write_all(
    input: &ExportInput,
    stack: &Stack,
    services: &[&ComponentId],
    folder: &Path,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let path = |id: &ComponentId| folder.join(id.as_str()).join("requirements.txt");
    if let Some(foreign) = services.iter().map(|id| path(id)).find(|path| path.exists() && !is_ours(path)) {
        return Err(Failure::Unknown(format!(
            "This file is there already and was not written by Groundplan; move it or choose another folder: {}",
            foreign.display()
        )));
    }
    let mut written = String::new();
    for id in services {
        let Some(text) = requirements(input, stack, id) else { continue };
        let path = path(id);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| {
                let why = io_words(&error);
                Failure::Unknown(format!("The folder could not be made ({why}); name another: {}", parent.display()))
            })?;
        }
        storage::write_output(&path, text.as_bytes())?;
        push(&mut written, &path.display().to_string());
    }
    emit(streams, written.as_bytes())?;
    Ok(DONE)
}

fn is_ours(path: &Path) -> bool {
    let mut first = String::new();
    let read = fs::File::open(path).and_then(|file| std::io::BufReader::new(file).read_line(&mut first));
    read.is_ok() && first.starts_with(REQUIREMENTS_MARK)
}

/// The stack for people: service by service, then what each framework would leave to assemble.
fn in_words(input: &ExportInput, stack: &Stack, only: Option<&ComponentId>) -> String {
    let mut text = String::new();
    let shown = || stack.components.iter().filter(|(id, _)| only.is_none_or(|only| only == *id));
    if shown().next().is_none() {
        push(&mut text, "No packages: there is no service yet");
    }
    for (id, component) in shown() {
        let name = one_line(&input.project.component_name(id));
        push(&mut text, &format!("{name} ({id}): {}", input.playbook.framework_name(&component.framework)));
        let requirement = |row: &StackPackage| {
            if row.package.product { format!("{} (product)", row.package.name) } else { row.package.requirement() }
        };
        let width = component.packages.iter().map(|row| requirement(row).len()).max().unwrap_or(0);
        for row in &component.packages {
            push(&mut text, &format!("  {:width$}  {}", requirement(row), about(row)));
            push(&mut text, &format!("  {:width$}  because: {}", "", one_line(&row.because.join("; "))));
        }
        text.push('\n');
    }
    let glue = only.and_then(|only| stack.components.get(only)).map_or(&stack.glue, |component| &component.glue);
    push(&mut text, "What each framework would leave to assemble");
    for glue in glue.iter().filter(|_| !stack.components.is_empty()) {
        let name = input.playbook.framework_name(&glue.framework);
        push(&mut text, &format!("  {name}: {}", one_line(&glue_in_words(input.playbook, glue))));
    }
    text
}

/// Purpose, paragraphs, and what holds today if that is more than that it is maintained.
fn about(row: &StackPackage) -> String {
    let paragraphs: Vec<String> = row.package.paragraphs.iter().map(|paragraph| format!("¶{paragraph}")).collect();
    let mut parts = vec![one_line(&row.package.purpose)];
    if !paragraphs.is_empty() {
        parts = vec![format!("{} ({})", parts.concat(), paragraphs.join(", "))];
    }
    if row.package.status != PackageStatus::Active {
        parts.push(format!("{}, checked {}", row.package.status.label().to_lowercase(), row.package.checked));
    }
    parts.extend([replaced_in_words(row), alternatives_in_words(row)].iter().map(|more| one_line(more)));
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}
