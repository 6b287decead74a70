//! Opening and saving project files.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{
    problem::ReadError,
    read::{MAX_FILE_BYTES, fail, no_text, read_project},
    repair::{encoding, foreign},
    safe_write::{Expected, SaveError, Written, replace_file},
    to_text,
};
use crate::{
    lang::tr,
    project::{Problem, Project},
    ron_text::Note,
    text::{count, io_words},
};

/// A project file that could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such file.
    #[error("{}", tr!("There is no such file; check the name: {}", .0.display()))]
    NotThere(PathBuf),
    /// The file could not be read.
    #[error("{}", tr!("The file could not be read ({0}); choose another: {1}", io_words(.source), .path.display()))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is larger than any project.
    #[error("{}", tr!("The file is larger than the 64 MB that are read; a project is a text file of a few hundred KB: {}", .0.display()))]
    TooLarge(PathBuf),
    /// The file is not text.
    #[error("{}", tr!("This is not a text file (byte {0} is not UTF-8): {1}", count(*.byte), .path.display()))]
    NotText {
        /// The file.
        path: PathBuf,
        /// The first byte that is not UTF-8, from 0.
        byte: usize,
    },
    /// The text is not a sound project.
    #[error("{source}\n{}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        source: ReadError,
    },
}

impl OpenError {
    /// The same of a file that people know by another name: one that was put somewhere else for us to read it.
    #[must_use]
    pub fn named(self, name: &Path) -> Self {
        let path = name.to_owned();
        match self {
            Self::NotThere(_) => Self::NotThere(path),
            Self::Unreadable { source, .. } => Self::Unreadable { path, source },
            Self::TooLarge(_) => Self::TooLarge(path),
            Self::NotText { byte, .. } => Self::NotText { path, byte },
            Self::Read { source, .. } => Self::Read { path, source },
        }
    }
}

/// Where a copy of a file goes that is not to be written over, or cannot be: `plan-copy.ron` beside `plan.ron`.
pub fn copy_beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{stem}-copy.ron"))
}

/// Opens a project file. `check` knows the playbook, see [`read_project`].
///
/// # Errors
/// [`OpenError`], with every problem of the text at once.
pub fn open_project(path: &Path, check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Project, OpenError> {
    let text = read_text(path)?;
    read_project(&text, check).map_err(|source| OpenError::Read { path: path.to_owned(), source })
}

/// Saves a project safely: see [`replace_file`].
///
/// # Errors
/// [`SaveError`]; then the old file is as it was.
pub fn save_project(path: &Path, project: &Project) -> Result<(), SaveError> {
    save_project_over(path, project, &Expected::Anything).map(drop)
}

/// Saves a project safely in the place of what is expected to stand there: see [`replace_file`].
///
/// # Errors
/// [`SaveError`]; then what is there is as it was.
pub fn save_project_over(path: &Path, project: &Project, expected: &Expected) -> Result<Written, SaveError> {
    replace_file(path, to_text(project)?.as_bytes(), expected)
}

/// The text of a file of at most [`MAX_FILE_BYTES`].
///
/// # Errors
/// [`OpenError`] if it is not there, cannot be read, is too large or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, OpenError> {
    as_text(read_bytes(path)?, path)
}

pub(super) fn not_read(path: &Path, source: io::Error) -> OpenError {
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => OpenError::NotThere(path.to_owned()),
        _ => OpenError::Unreadable { path: path.to_owned(), source },
    }
}

/// The text that `reader` gives, at most [`MAX_FILE_BYTES`]; `name` is what errors call it.
///
/// # Errors
/// [`OpenError`] if it cannot be read, is too large or is not UTF-8.
pub fn read_text_from(reader: impl Read, name: &Path) -> Result<String, OpenError> {
    as_text(read_bytes_from(reader, name)?, name)
}

/// The bytes of a file of at most [`MAX_FILE_BYTES`].
///
/// # Errors
/// [`OpenError`] if it is not there, cannot be read or is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, OpenError> {
    let file = File::open(path).map_err(|error| not_read(path, error))?;
    read_bytes_from(file, path)
}

/// The bytes that `reader` gives, at most [`MAX_FILE_BYTES`]; `name` is what errors call it.
///
/// # Errors
/// [`OpenError`] if it cannot be read or is too large.
pub fn read_bytes_from(reader: impl Read, name: &Path) -> Result<Vec<u8>, OpenError> {
    let mut bytes = Vec::new();
    let mut bounded = reader.take(MAX_FILE_BYTES as u64 + 1);
    bounded.read_to_end(&mut bytes).map_err(|source| OpenError::Unreadable { path: name.to_owned(), source })?;
    if bytes.len() > MAX_FILE_BYTES { Err(OpenError::TooLarge(name.to_owned())) } else { Ok(bytes) }
}

fn as_text(bytes: Vec<u8>, name: &Path) -> Result<String, OpenError> {
    if let Some(message) = foreign::is_no_text(&bytes) {
        return Err(OpenError::Read { path: name.to_owned(), source: no_text(message) });
    }
    if let Some((offset, message)) = encoding::why_not_utf8(&bytes) {
        let (text, _) = encoding::as_text(&bytes);
        let mark = if bytes.starts_with(encoding::MARK) { encoding::MARK.len() } else { 0 };
        let note = Note { offset: offset.saturating_sub(mark), message: message.to_owned() };
        return Err(OpenError::Read { path: name.to_owned(), source: fail(&text, vec![note]) });
    }
    String::from_utf8(bytes)
        .map_err(|error| OpenError::NotText { path: name.to_owned(), byte: error.utf8_error().valid_up_to() })
}
