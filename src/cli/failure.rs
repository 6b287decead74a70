//! Why a command could not do what it was asked for, as it is shown on a terminal.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use super::{FAILED, FOUND, STANDARD_INPUT};
use crate::{
    export::ExportError,
    storage::{LoadError, OpenError, SaveError, copy_beside, drafts::DraftError},
    text::{count, io_words, one_line},
};

/// Most problems of one file that are written out.
const PROBLEMS_SHOWN: usize = 100;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("{}", Opening(.0))]
    Open(#[from] OpenError),
    /// The same, when finding it was what was asked for.
    #[error("{}", Opening(.0))]
    Checked(OpenError),
    #[error("{}", Loading(.0))]
    Load(#[from] LoadError),
    /// The same, when finding it was what was asked for.
    #[error("{}", Loading(.0))]
    Playbook(LoadError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A version that was to be merged could not be read; the text says what became of the others.
    #[error("{0}\n{1}")]
    Unmerged(Box<Failure>, String),
    #[error("The result could not be written to standard output: {}", io_words(.0))]
    Output(io::Error),
    #[error("{0}")]
    Unknown(String),
}

impl Failure {
    /// The exit code that tells it to a script.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Checked(OpenError::Read { source, .. }) if source.is_project => FOUND,
            Self::Playbook(_) => FOUND,
            _ => FAILED,
        }
    }
}

/// An opening error with the lines of the file and carets under them.
struct Opening<'a>(&'a OpenError);

impl fmt::Display for Opening<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OpenError::Read { path: file, source } = self.0 else {
            write!(f, "{}", self.0)?;
            return match self.0 {
                OpenError::NotText { path, .. } => write!(f, "\n{}", Repair(path)),
                _ => Ok(()),
            };
        };
        let path = file.display();
        for problem in source.problems.iter().take(PROBLEMS_SHOWN) {
            writeln!(f, "error: {}\n  --> {path}:{}:{}", problem.message, problem.line, problem.column)?;
            writeln!(f, "{}\n", problem.excerpt())?;
        }
        match source.problems.len() {
            1 => write!(f, "1 problem: {path}")?,
            many => write!(f, "{}: {path}", counted(many))?,
        }
        if source.repairable { write!(f, "\n{}", Repair(file)) } else { Ok(()) }
    }
}

/// `120 problems, the first 100 shown`.
fn counted(many: usize) -> String {
    let shown = if many > PROBLEMS_SHOWN { format!(", the first {PROBLEMS_SHOWN} shown") } else { String::new() };
    format!("{} problems{shown}", count(many))
}

/// How what can be read of a damaged file is had.
struct Repair<'a>(&'a Path);

impl fmt::Display for Repair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_input = self.0 == Path::new(STANDARD_INPUT);
        let (file, copy) = if is_input {
            (PathBuf::from("-"), PathBuf::from("copy.ron"))
        } else {
            (self.0.to_owned(), copy_beside(self.0))
        };
        let (file, copy) = (as_argument(&file), as_argument(&copy));
        write!(f, "What can be read of it goes into another file with: groundplan repair {file} -o {copy}")
    }
}

/// A path as it is written on a command line.
fn as_argument(path: &Path) -> String {
    let path = one_line(&path.to_string_lossy());
    // What begins with a dash would be an option.
    let path = if path.starts_with('-') && path.len() > 1 { format!("./{path}") } else { path };
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+,:@%=".contains(letter);
    if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// A playbook's problems with the lines of its files and carets under them.
struct Loading<'a>(&'a LoadError);

impl fmt::Display for Loading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LoadError::Playbook { problems, folder } = self.0 else { return write!(f, "{}", self.0) };
        for problem in problems.iter().take(PROBLEMS_SHOWN) {
            let built_in = problem.file.ends_with(')');
            let file = match folder {
                Some(folder) if !built_in => folder.join(&problem.file).display().to_string(),
                _ => problem.file.clone(),
            };
            let place = problem.at.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
            writeln!(f, "error: {}\n  --> {file}{place}", problem.message)?;
            if !problem.excerpt.is_empty() {
                writeln!(f, "{}", problem.excerpt)?;
            }
            writeln!(f)?;
        }
        let place = folder.as_ref().map_or("the built-in playbook".to_owned(), |folder| folder.display().to_string());
        match problems.len() {
            1 => write!(f, "1 problem: {place}"),
            many => write!(f, "{}: {place}", counted(many)),
        }
    }
}
