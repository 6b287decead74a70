//! From a folder, or from what is built in, to an engine that is ready to assess.

use std::path::{Path, PathBuf};

use super::{
    files::{OpenError, open_project},
    presets::preset,
    problem::ReadError,
    safe_write::{SaveError, in_words, write_file},
};
use crate::{
    assess::{Engine, EngineError},
    lang::tr,
    playbook::{CaseId, FILE_NAMES, HOUSE_FILE, Playbook, PlaybookProblem, builtin_files, load, read_dir},
    project::{Problem, Project},
    text::nearest,
};

/// A playbook that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is nothing to read.
    #[error("{}", tr!("There is no such folder: {}", .0.display()))]
    NoFolder(PathBuf),
    /// Its files have faults.
    #[error("{}", tr!("The playbook cannot be used:\n{0}{1}", lines(.problems), place(.folder.as_deref())))]
    Playbook {
        /// Every fault.
        problems: Vec<PlaybookProblem>,
        /// Its folder; `None` for the one that is built in.
        folder: Option<PathBuf>,
    },
    /// The drawing of a case cannot be read.
    #[error("{}", tr!("The drawing of a case cannot be used: {}", .0))]
    Drawing(#[from] OpenError),
    /// A built-in drawing cannot be read; a fault of the program.
    #[error("{}", tr!("The built-in drawing of the case \"{0}\" cannot be used: {1}", .case, .source))]
    Preset {
        /// The case.
        case: CaseId,
        /// What is wrong, and where.
        source: ReadError,
    },
    /// The playbook and its cases do not go together.
    #[error("{}", tr!("The playbook cannot be calibrated: {0}{1}", .source, place(.folder.as_deref())))]
    Engine {
        /// Why.
        source: EngineError,
        /// Its folder; `None` for the one that is built in.
        folder: Option<PathBuf>,
    },
}

fn lines(problems: &[PlaybookProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn place(folder: Option<&Path>) -> String {
    folder.map(|folder| format!("\n{}", folder.display())).unwrap_or_default()
}

/// The engine of the playbook in a folder, or of the built-in one. A case is drawn by `cases/ID.ron` in the folder, else
/// by the preset of its id.
///
/// # Errors
/// [`LoadError`]; with every fault of the playbook's files at once.
pub fn load_engine(playbook_dir: Option<&Path>) -> Result<Engine, LoadError> {
    let folder = playbook_dir.map(Path::to_owned);
    if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(LoadError::NoFolder(folder.clone()));
    }
    let files = playbook_dir.map_or_else(|| Ok(builtin_files()), read_dir);
    let playbook = files
        .and_then(|files| load(&files))
        .map_err(|problems| LoadError::Playbook { problems, folder: folder.clone() })?;
    if let Some(problems) = playbook_dir.map(|folder| strange_drawings(&playbook, folder)).filter(|p| !p.is_empty()) {
        return Err(LoadError::Playbook { problems, folder });
    }
    let (drawings, own_drawings) = drawings(&playbook, playbook_dir)?;
    let engine = Engine::new(playbook, drawings).map_err(|source| LoadError::Engine { source, folder })?;
    // Only the engine knows the traits; a drawing that uses others would calibrate on less than it seems to say.
    for path in own_drawings {
        open_project(&path, &|project| engine.check(project))?;
    }
    Ok(engine)
}

/// Writes the files of the built-in playbook into a folder, which is made if it is not there. A file that is there already is
/// never written over: then nothing is written.
///
/// # Errors
/// [`SaveError`] for the first file that cannot be written.
pub fn write_builtin_playbook(folder: &Path) -> Result<(), SaveError> {
    std::fs::create_dir_all(folder).map_err(|error| in_words(folder, error))?;
    let names = FILE_NAMES.into_iter().chain([HOUSE_FILE]);
    if let Some(taken) = names.map(|name| folder.join(name)).find(|path| path.exists()) {
        return Err(SaveError::Taken(taken));
    }
    for file in builtin_files() {
        write_file(&folder.join(&file.name), file.text.as_bytes())?;
    }
    Ok(())
}

/// Drawings in the folder that no case asks for.
fn strange_drawings(playbook: &Playbook, folder: &Path) -> Vec<PlaybookProblem> {
    let Ok(entries) = std::fs::read_dir(folder.join("cases")) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut ids: Vec<String> = names.filter_map(|name| Some(name.strip_suffix(".ron")?.to_owned())).collect();
    ids.retain(|id| !playbook.cases.contains_key(id.as_str()));
    ids.sort();
    let say = |id: &String| {
        let near = nearest(id, playbook.cases.keys().map(CaseId::as_str));
        let hint = near.map(|near| tr!("; did you mean \"{near}\"?", near)).unwrap_or_default();
        PlaybookProblem {
            file: format!("cases/{id}.ron"),
            at: None,
            message: tr!("draws no case: there is no case \"{id}\"{hint}", id, hint),
            excerpt: String::new(),
        }
    };
    ids.iter().map(say).collect()
}

type Drawings = (Vec<(CaseId, Project)>, Vec<PathBuf>);

/// The drawings of the cases, and the files of those that come from the folder.
fn drawings(playbook: &Playbook, playbook_dir: Option<&Path>) -> Result<Drawings, LoadError> {
    let no_check = |_: &Project| -> Vec<Problem> { Vec::new() };
    let (mut drawings, mut own) = (Vec::new(), Vec::new());
    for case in playbook.cases.keys() {
        let path = playbook_dir.map(|folder| folder.join("cases").join(format!("{case}.ron")));
        if let Some(path) = path.filter(|path| path.exists()) {
            drawings.push((case.clone(), open_project(&path, &no_check)?));
            own.push(path);
        } else if let Some(preset) = preset(case.as_str()) {
            let project = preset.project().map_err(|source| LoadError::Preset { case: case.clone(), source })?;
            drawings.push((case.clone(), project));
        }
    }
    Ok((drawings, own))
}
