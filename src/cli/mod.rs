//! The same functions without a window. The result goes to standard output, what is for people to standard error.

mod arguments;
mod baseline;
mod baselines;
mod capacity;
mod cases;
mod causes;
mod check;
mod choice;
mod compare;
mod diff;
mod drafts;
mod evidence;
mod failure;
mod find;
mod fmt;
mod merge;
mod reach;
mod repair;
mod report;
mod schedule;
mod sensitivity;
mod stack;
mod tidy;
mod why;

use std::{
    ffi::OsString,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use clap::{CommandFactory as _, Parser as _};

use crate::{
    assess::{Assessment, Engine, Perspective},
    export::{self, ExportInput, Further, Look},
    project::{Project, TraitId},
    ron_text,
    storage::{self, OpenError, load_engine, preset, presets},
    text::{self, nearest},
};
use arguments::{Arguments, Command, PlaybookCommand, Theme};
use check::Form;
use failure::Failure;

/// Exit code: done.
pub const DONE: u8 = 0;
/// Exit code: done, and errors were found in what was to be checked.
pub const FOUND: u8 = 1;
/// Exit code: wrong arguments, input that cannot be read, or output that cannot be written.
pub const FAILED: u8 = 2;

/// What the arguments ask for beyond what [`run`] has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: leave with this exit code.
    Exit(u8),
    /// Open the window.
    Window(WindowRequest),
}

/// A window to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WindowRequest {
    /// The project to open; `None` for the welcome page.
    pub file: Option<PathBuf>,
    /// The playbook to use; `None` for the one that is built in.
    pub playbook_dir: Option<PathBuf>,
}

/// Where a command reads and writes.
pub struct Streams<'a> {
    /// What `-` reads.
    pub input: &'a mut dyn Read,
    /// For the result.
    pub output: &'a mut dyn Write,
    /// For people.
    pub messages: &'a mut dyn Write,
}

/// Does what the arguments say (the first is the program's name), or says which window they ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return Outcome::Exit(usage(&error, streams)),
    };
    let Some(command) = arguments.command else {
        return window(arguments.file, arguments.playbook, streams);
    };
    if let Some(file) = arguments.file {
        let message = format!("Name the file behind the command, not before it: {}", file.display());
        return Outcome::Exit(say(streams, &message));
    }
    let done = carry_out(command, arguments.playbook.as_deref(), streams);
    Outcome::Exit(done.unwrap_or_else(|failure| {
        say(streams, &failure.to_string());
        failure.exit_code()
    }))
}

/// Does what one command says; the exit code if it could.
fn carry_out(command: Command, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    match command {
        Command::Assess { file, json } => assess(&file, json, playbook, streams),
        Command::Export { file, to, out, colour_by, theme } => {
            let wish = ExportWish { file: &file, to: &to, out: out.as_deref(), colour_by: &colour_by, theme };
            write_export(&wish, playbook, streams)
        }
        Command::Check { file, deny, json, sarif } => {
            check::check(&file, deny.severity(), Form::of(json, sarif), playbook, streams)
        }
        Command::Compare { file, scenarios, base, json } => {
            let wanted = compare::Wanted { scenarios: &scenarios, base: base.as_deref(), json };
            compare::compare(&file, &wanted, playbook, streams)
        }
        Command::Reach(wanted) => reach::reach(&wanted, playbook, streams),
        Command::Capacity(wanted) => capacity::capacity(&wanted, playbook, streams),
        Command::Schedule { file, json } => schedule::schedule(&file, json, playbook, streams),
        Command::Sensitivity { file, top, json } => sensitivity::sensitivity(&file, top, json, playbook, streams),
        Command::Cases { file, json } => cases::cases(file.as_deref(), json, playbook, streams),
        Command::Causes(wanted) => causes::causes(&wanted, playbook, streams),
        Command::Diff(wanted) => diff::diff(&wanted, playbook, streams),
        Command::Merge(wanted) => merge::run(&wanted, playbook, streams),
        Command::Baseline(wanted) => baseline::keep(&wanted, playbook, streams),
        Command::Baselines(wanted) => baselines::baselines(&wanted, playbook, streams),
        Command::Why { file, component } => why::why(&file, component.as_deref(), playbook, streams),
        Command::Robust { file, share, json } => why::robust(&file, share, json, playbook, streams),
        Command::Stack { file, json, component, requirements, out } => {
            let wanted = stack::Wanted { json, component: component.as_deref(), requirements, out: out.as_deref() };
            stack::stack(&file, &wanted, playbook, streams)
        }
        Command::Evidence { words, paragraph, plan, json } => {
            let wanted = Wanted { words: &words, paragraph, plan: plan.as_deref(), json };
            show_evidence(&wanted, playbook, streams)
        }
        Command::Find { file, words, json } => find::find(&file, &words, json, playbook, streams),
        Command::Fmt { files, check, drop_comments } => Ok(fmt::fmt(&files, check, drop_comments, streams)),
        Command::Repair { file, out } => repair::repair(&file, out.as_deref(), playbook, streams),
        Command::Tidy { file, out } => tidy::tidy(&file, out.as_deref(), playbook, streams),
        Command::Drafts { command } => drafts::drafts(command.as_ref(), streams),
        Command::Presets { id } => show_presets(id.as_deref(), streams),
        Command::Playbook { command: PlaybookCommand::Check { dir } } => {
            check_playbook(dir.as_deref().or(playbook), streams)
        }
        Command::Playbook { command: PlaybookCommand::Export { dir } } => {
            storage::write_builtin_playbook(&dir).map_err(Failure::from).map(|()| DONE)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "groundplan", &mut script);
            emit(streams, &script)
        }
    }
}

/// Help and version go to standard output and are no failure; anything else goes to standard error.
fn usage(error: &clap::Error, streams: &mut Streams) -> u8 {
    let text = error.render().to_string();
    if error.use_stderr() { say(streams, text.trim_end()) } else { emit(streams, text.as_bytes()).unwrap_or(FAILED) }
}

fn window(file: Option<PathBuf>, playbook_dir: Option<PathBuf>, streams: &mut Streams) -> Outcome {
    match no_display() {
        Some(message) => Outcome::Exit(say(streams, &message)),
        None => Outcome::Window(WindowRequest { file, playbook_dir }),
    }
}

/// Why no window can be shown here, and what can be done instead.
fn no_display() -> Option<String> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let needs_display = cfg!(all(unix, not(target_os = "macos")));
    (needs_display && !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY")).then(|| {
        "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n\
         Without a window: groundplan assess FILE, groundplan export FILE --to md, groundplan check FILE; \
         see groundplan --help"
            .to_owned()
    })
}

fn assess(file: &Path, json: bool, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let further = Further::ask(&engine);
    let input = ExportInput { further, ..ExportInput::new(&project, &assessment, &engine.playbook) };
    let format = if json { export::format("json") } else { None };
    let bytes = match format {
        Some(format) => (format.write)(&input)?,
        None => report::assessment(&input).into_bytes(),
    };
    emit(streams, &bytes)
}

/// What `export` was asked for.
struct ExportWish<'a> {
    file: &'a Path,
    to: &'a str,
    out: Option<&'a Path>,
    colour_by: &'a Perspective,
    theme: Theme,
}

fn write_export(wish: &ExportWish<'_>, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let ExportWish { file, to, out, colour_by, theme } = *wish;
    let format = export::format(to).ok_or_else(|| Failure::Unknown(format!("There is no format \"{to}\"")))?;
    let engine = load_engine(playbook)?;
    if let Perspective::Trait(id) = colour_by
        && !engine.playbook.traits.contains_key(id)
    {
        let near = nearest(id.as_str(), engine.playbook.traits.keys().map(TraitId::as_str));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
        return Err(Failure::Unknown(format!("There is no trait \"{id}\" to colour by{hint}")));
    }
    let project = read(file, &engine, streams)?;
    let assessment = engine.assess(&project);
    let look = Look { perspective: colour_by, dark: theme == Theme::Dark, ..Look::default() };
    let further = Further::ask(&engine);
    let input = ExportInput { look, further, ..ExportInput::new(&project, &assessment, &engine.playbook) };
    let bytes = (format.write)(&input)?;
    match out.filter(|out| *out != Path::new("-")) {
        Some(out) if storage::same_file(file, out) => Err(Failure::Unknown(format!(
            "The export would replace the project it is made from; choose another file: {}",
            out.display()
        ))),
        Some(out) if holds_project(out) => Err(Failure::Unknown(format!(
            "The export would replace another project; choose another file: {}",
            out.display()
        ))),
        Some(out) => {
            storage::write_output(out, &bytes)?;
            Ok(DONE)
        }
        None => emit(streams, &bytes),
    }
}

/// What `evidence` is asked for.
struct Wanted<'a> {
    words: &'a [String],
    paragraph: Option<u8>,
    plan: Option<&'a Path>,
    json: bool,
}

fn show_evidence(wanted: &Wanted<'_>, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let engine = load_engine(playbook)?;
    let claims = evidence::found(&engine.playbook, wanted.words, wanted.paragraph);
    let project = wanted.plan.map(|file| read(file, &engine, streams)).transpose()?;
    let assessed = project.map(|project| (engine.assess(&project), project));
    let plan = assessed.as_ref().map(|(assessment, project)| evidence::Plan { project, assessment });
    if wanted.json {
        let bytes = evidence::json(&engine.playbook, &claims, plan.as_ref()).map_err(io::Error::from);
        return emit(streams, &bytes.map_err(Failure::Output)?);
    }
    if claims.is_empty() {
        say(streams, "No claim says that; try fewer words, or a paragraph with --paragraph 4");
        return Ok(DONE);
    }
    emit(streams, evidence::text(&engine.playbook, &claims, plan.as_ref()).as_bytes())
}

fn show_presets(id: Option<&str>, streams: &mut Streams) -> Result<u8, Failure> {
    let Some(id) = id else {
        let engine = load_engine(None)?;
        return emit(streams, report::presets(&engine.playbook).as_bytes());
    };
    let Some(preset) = preset(id) else {
        let near = nearest(id, presets().iter().map(|preset| preset.id));
        let hint =
            near.map_or_else(|| "; `groundplan presets` lists them".to_owned(), |n| format!("; did you mean {n}?"));
        return Err(Failure::Unknown(format!("There is no preset \"{id}\"{hint}")));
    };
    emit(streams, preset.text.as_bytes())
}

fn check_playbook(dir: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    if let Some(dir) = dir.filter(|dir| !dir.is_dir()) {
        return Err(Failure::Unknown(format!("There is no such folder: {}", dir.display())));
    }
    let engine = load_engine(dir).map_err(Failure::Playbook)?;
    emit(streams, report::playbook(&engine).as_bytes())
}

/// The knowledge, the project in a file, and what the one says of the other.
fn assessed(
    file: &Path,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<(Engine, Project, Assessment), Failure> {
    let engine = load_engine(playbook)?;
    let project = read(file, &engine, streams)?;
    let assessment = engine.assess(&project);
    Ok((engine, project, assessment))
}

fn read(file: &Path, engine: &Engine, streams: &mut Streams) -> Result<Project, Failure> {
    read_with_comments(file, engine, streams).map(|(project, _)| project)
}

/// A project, and whether there are comments in its file, which nothing keeps that writes it.
fn read_with_comments(file: &Path, engine: &Engine, streams: &mut Streams) -> Result<(Project, bool), Failure> {
    let (name, text) = read_text(file, streams)?;
    let read = storage::read_project(&text, &|project| engine.check(project));
    let project = read.map_err(|source| OpenError::Read { path: name, source })?;
    Ok((project, ron_text::has_comments(&text)))
}

/// Tells that comments are not kept; where they would be lost with the only file that has them, nothing is done.
fn mind_comments(file: &Path, out: Option<&Path>, streams: &mut Streams) -> Result<(), Failure> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    if out.is_some_and(|out| out == file || real(out).is_some_and(|out| real(file) == Some(out))) {
        return Err(Failure::Unknown(format!(
            "This file has comments, which would be lost: write to another one, put them into `notes`, or take them out first with \
             groundplan fmt --drop-comments: {}",
            text::one_line(&file.to_string_lossy())
        )));
    }
    let _ = writeln!(streams.messages, "Note: the project is written anew, and its comments are not kept");
    Ok(())
}

/// A failure to read a version of a file that somebody put elsewhere for us: told of the file itself, which is not the one to repair.
fn of_version(failure: Failure, name: &str) -> Failure {
    match failure {
        Failure::Open(OpenError::Read { mut source, .. }) => {
            source.repairable = false;
            Failure::Open(OpenError::Read { path: name.into(), source })
        }
        Failure::Open(error) => Failure::Open(error.named(Path::new(name))),
        other => other,
    }
}

/// The text of a file or of standard input, and what errors call it.
fn read_text(file: &Path, streams: &mut Streams) -> Result<(PathBuf, String), OpenError> {
    let name = name_of(file);
    let text = if file == Path::new("-") {
        storage::read_text_from(&mut streams.input, &name)
    } else {
        storage::read_text(file)
    };
    text.map(|text| (name, text))
}

/// What errors call what `-` reads.
const STANDARD_INPUT: &str = "standard input";

/// What errors call a file.
fn name_of(file: &Path) -> PathBuf {
    if file == Path::new("-") { PathBuf::from(STANDARD_INPUT) } else { file.to_owned() }
}

/// Whether a file that is there holds a project, sound or not: it is written over by projects only.
fn holds_project(out: &Path) -> bool {
    // A pipe or a device is never read: somebody waits at its other end.
    out.metadata().is_ok_and(|found| found.is_file())
        && storage::read_text(out).is_ok_and(|text| storage::looks_like_project(&text))
}

/// Refuses to write over something: what is written here replaces nothing that anybody meant to be replaced. Of what is no file (a pipe, a
/// device) it says what saving says of it, before anything is done.
fn must_be_free(out: &Path) -> Result<(), Failure> {
    if out == Path::new("-") || out.symlink_metadata().is_err() {
        return Ok(());
    }
    if out.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(storage::SaveError::NotAFile(out.to_owned()).into());
    }
    let message = "This file is there already and is left as it is; choose another name";
    Err(Failure::Unknown(format!("{message}: {}", out.display())))
}

/// Writes a project to a file, or to standard output if there is none or it is `-`.
fn write_project(project: &Project, out: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    if let Some(out) = out.filter(|out| *out != Path::new("-")) {
        storage::save_project(out, project)?;
        return Ok(DONE);
    }
    let text = storage::to_text(project).map_err(|error| Failure::Unknown(error.to_string()))?;
    emit(streams, text.as_bytes())
}

/// Writes a result. A reader that has seen enough (`| head`) is no failure.
fn emit(streams: &mut Streams, bytes: &[u8]) -> Result<u8, Failure> {
    match streams.output.write_all(bytes).and_then(|()| streams.output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(DONE),
    }
}

/// Writes a result for programs: JSON with indents, and a line break at its end.
fn emit_json(streams: &mut Streams, report: &impl serde::Serialize) -> Result<u8, Failure> {
    emit(streams, json_text(report)?.as_bytes())
}

/// The same as text.
fn json_text(report: &impl serde::Serialize) -> Result<String, Failure> {
    text::json(report).map_err(io::Error::from).map_err(Failure::Output)
}

/// Says something to the person. If even that fails there is nobody to tell.
fn say(streams: &mut Streams, message: &str) -> u8 {
    let _ = writeln!(streams.messages, "{}", text::lines(message));
    FAILED
}
