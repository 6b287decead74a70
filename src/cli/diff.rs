//! `groundplan diff`: what changed between two projects, in words and in numbers; also for git, as its external diff and its textconv.

pub(super) mod json;

use std::path::{Path, PathBuf};

use super::{DONE, FOUND, Streams, arguments::DiffArguments, emit, failure::Failure, of_version, read, report::push};
use crate::{
    assess::{Assessed, Engine, Impact},
    explain::difference::{Told, is_cut, numbers},
    progress::Progress,
    project::{Project, difference::Changes},
    storage::{OpenError, load_engine},
    text::{lines, one_line},
};

/// A project and what it is called.
struct End {
    title: String,
    project: Project,
}

/// Two projects and what leads from one to the other.
struct Answer<'a> {
    engine: &'a Engine,
    from: &'a End,
    to: &'a End,
    changes: Changes,
    told: Told,
    /// What it comes to; `None` where nothing that counts differs.
    impact: Option<Impact>,
}

pub(super) fn diff(wanted: &DiffArguments, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    if wanted.textconv {
        return textconv(&wanted.files, playbook, streams);
    }
    if wanted.git {
        return for_git(wanted, playbook, streams);
    }
    let [a, b] = wanted.files.as_slice() else {
        return Err(Failure::Unknown(format!("Name two projects to compare, not {}", wanted.files.len())));
    };
    if wanted.files.iter().filter(|file| *file == Path::new("-")).count() > 1 {
        return Err(Failure::Unknown("Standard input holds one project; name the other as a file".to_owned()));
    }
    let engine = load_engine(playbook)?;
    let mut end = |file: &PathBuf| -> Result<End, Failure> {
        Ok(End { title: title(file), project: read_or_nothing(file, &engine, streams)? })
    };
    let (from, to) = (end(a)?, end(b)?);
    say_difference(wanted, &engine, &from, &to, streams)
}

/// What git calls an external diff with: the path, then file, hash and mode of the old and of the new version, and where it was renamed,
/// the new path and in what way. The path alone where it is not merged yet.
fn for_git(wanted: &DiffArguments, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let named = match wanted.files.as_slice() {
        [path] => {
            let words = format!("{}: not merged yet\n", one_line(&path.to_string_lossy()));
            return emit(streams, words.as_bytes());
        }
        [path, old, _, _, new, _, _] => [(path, old), (path, new)],
        [path, old, _, _, new, _, _, renamed, _] => [(path, old), (renamed, new)],
        others => {
            let message =
                format!("git gives an external diff 7 arguments, or 9 for what was renamed, not {}", others.len());
            return Err(Failure::Unknown(message));
        }
    };
    let engine = load_engine(playbook)?;
    let mut ends = Vec::new();
    for ((path, file), version) in named.into_iter().zip(["a", "b"]) {
        let title = one_line(&format!("{version}/{}", path.to_string_lossy()));
        match read_or_nothing(file, &engine, streams) {
            Ok(project) => ends.push(End { title, project }),
            // git gives up on all other files as well when one cannot be compared, and keeps versions in files of names that say nothing.
            Err(failure) => {
                let failure = of_version(failure, &title);
                let words = format!("{title}: this version cannot be read\n{}\n", lines(&failure.to_string()));
                return emit(streams, words.as_bytes());
            }
        }
    }
    let [from, to] = ends.as_slice() else { return Ok(DONE) };
    say_difference(wanted, &engine, from, to, streams)
}

/// A project in words, a line each, for git to compare line by line.
fn textconv(files: &[PathBuf], playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let [file] = files else {
        return Err(Failure::Unknown(format!("A textconv has one file, not {}", files.len())));
    };
    let engine = load_engine(playbook)?;
    let project = match read_or_nothing(file, &engine, streams) {
        Ok(project) => project,
        // A version that is no sound project is compared as it stands.
        Err(_) if file != Path::new("-") => {
            let unreadable = |source| OpenError::Unreadable { path: file.clone(), source };
            return emit(streams, &std::fs::read(file).map_err(unreadable)?);
        }
        Err(failure) => return Err(failure),
    };
    let told = Told::new(&engine.playbook, &Project::default(), &project);
    let mut text = String::new();
    for group in &told.groups {
        push(&mut text, group.title);
        for row in &group.rows {
            push(&mut text, &format!("  {}", one_line(&row.name)));
            row.details.iter().for_each(|detail| push(&mut text, &format!("    {}", one_line(detail))));
        }
    }
    whole_texts(&mut text, &project);
    emit(streams, text.as_bytes())
}

/// Texts that go over more than a line, as they are: above they are cut, and git would find two of them alike that differ further on.
fn whole_texts(out: &mut String, project: &Project) {
    let plan = ("the plan".to_owned(), project.notes.as_str());
    let components = project.components.values().map(|one| (one.name.clone(), one.notes.as_str()));
    let notes = project.sticky_notes.iter().map(|(id, note)| (format!("note {id}"), note.text.as_str()));
    let all = std::iter::once(plan).chain(components).chain(notes);
    let long: Vec<(String, &str)> = all.filter(|(_, text)| is_cut(text)).collect();
    if !long.is_empty() {
        push(out, "Texts");
    }
    for (of, text) in long {
        push(out, &format!("  {}", one_line(&of)));
        text.lines().for_each(|line| push(out, &format!("    {}", one_line(line))));
    }
}

fn say_difference(
    wanted: &DiffArguments,
    engine: &Engine,
    from: &End,
    to: &End,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let changes = Changes::between(&from.project, &to.project);
    let told = Told::of(&changes, &engine.playbook, &from.project, &to.project);
    let impact = if changes.is_drawing_only() { None } else { Some(impact(engine, &from.project, &to.project)?) };
    let differs = !changes.is_empty();
    let answer = Answer { engine, from, to, changes, told, impact };
    let text = if wanted.json { answer.json()? } else { answer.text() };
    emit(streams, text.as_bytes())?;
    Ok(if wanted.exit_code && differs { FOUND } else { DONE })
}

fn impact(engine: &Engine, from: &Project, to: &Project) -> Result<Impact, Failure> {
    let (before, after) = (engine.assess(from), engine.assess(to));
    let assessed = |project, assessment| Assessed { project, assessment };
    let probability = to.assumptions.confidence.probability();
    engine
        .impact(assessed(from, &before), assessed(to, &after), probability, &Progress::default())
        .ok_or_else(|| Failure::Unknown("The comparison was broken off".to_owned()))
}

impl Answer<'_> {
    fn text(&self) -> String {
        let mut text = String::new();
        push(&mut text, &format!("{} → {}", one_line(&self.from.title), one_line(&self.to.title)));
        push(&mut text, &one_line(&self.told.summary()));
        let told = self.told.lines();
        if !told.is_empty() {
            text.push('\n');
        }
        for line in &told {
            push(&mut text, &one_line(line));
        }
        if let Some(impact) = &self.impact {
            let confidence = self.to.project.assumptions.confidence;
            text.push('\n');
            for line in numbers(&self.engine.playbook, &self.to.project, impact, confidence) {
                push(&mut text, &one_line(&line));
            }
        }
        text
    }
}

/// A project; an empty one for `/dev/null`, which stands for a file that is not there.
fn read_or_nothing(file: &Path, engine: &Engine, streams: &mut Streams) -> Result<Project, Failure> {
    if is_nothing(file) { Ok(Project::default()) } else { read(file, engine, streams) }
}

/// Whether a path stands for a file that is not there.
fn is_nothing(file: &Path) -> bool {
    file == Path::new("/dev/null") || (cfg!(windows) && file.as_os_str().eq_ignore_ascii_case("nul"))
}

fn title(file: &Path) -> String {
    match file {
        file if file == Path::new("-") => "standard input".to_owned(),
        file if is_nothing(file) => "nothing".to_owned(),
        file => file.display().to_string(),
    }
}
