//! Why a command could not do what it was asked for, as it is shown on a terminal.

use std::{fmt, io};

use super::{FAILED, FOUND};
use crate::{
    export::ExportError,
    storage::{LoadError, OpenError, SaveError, drafts::DraftError},
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
    #[error("The result could not be written to standard output: {0}")]
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
        let OpenError::Read { path, source } = self.0 else {
            return write!(f, "{}", self.0);
        };
        let path = path.display();
        for problem in source.problems.iter().take(PROBLEMS_SHOWN) {
            writeln!(f, "error: {}\n  --> {path}:{}:{}", problem.message, problem.line, problem.column)?;
            writeln!(f, "{}\n", problem.excerpt())?;
        }
        match source.problems.len() {
            1 => write!(f, "1 problem: {path}"),
            count if count > PROBLEMS_SHOWN => write!(f, "{count} problems, the first {PROBLEMS_SHOWN} shown: {path}"),
            count => write!(f, "{count} problems: {path}"),
        }
    }
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
            count if count > PROBLEMS_SHOWN => write!(f, "{count} problems, the first {PROBLEMS_SHOWN} shown: {place}"),
            count => write!(f, "{count} problems: {place}"),
        }
    }
}
