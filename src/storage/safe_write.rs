//! Writing a file so that at every moment either the old or the new one is there, whole.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
    thread::sleep,
    time::Duration,
};

use super::{
    attributes::keep_attributes,
    known::{Fingerprint, Known},
    leftovers::{create_temporary, sweep},
    protection::{Access, access},
};
use crate::{
    lang::{t, tr},
    text::io_words,
};

/// A file that could not be written. The old one, if there was one, is untouched.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The project cannot be put into words; a fault of the program.
    #[error("{}", tr!("The project cannot be written as text: {}", .0))]
    Text(#[from] ron::Error),
    /// There is no such folder.
    #[error("{}", tr!("The folder to save in is not there; create it, or choose another: {}", .0.display()))]
    NoFolder(PathBuf),
    /// The path is a folder or a device.
    #[error("{}", tr!("This is not an ordinary file; choose another name: {}", .0.display()))]
    NotAFile(PathBuf),
    /// The file is write-protected.
    #[error("{}", tr!("The file is write-protected; take the protection off, or choose another name: {}", .0.display()))]
    WriteProtected(PathBuf),
    /// The person may not write there.
    #[error("{}", tr!("You may not write in this folder; choose another: {}", .0.display()))]
    NotAllowed(PathBuf),
    /// The disk is one that nobody may write to.
    #[error("{}", tr!("Nothing can be written to this disk, it is read-only; choose a place on another one. Nothing was changed: {}", .0.display()))]
    ReadOnlyDisk(PathBuf),
    /// No room is left.
    #[error("{}", tr!("The disk is full; make room, or choose another disk. Nothing was changed: {}", .0.display()))]
    DiskFull(PathBuf),
    /// Symbolic links go round in a circle.
    #[error("{}", tr!("The symbolic link leads nowhere; choose another name: {}", .0.display()))]
    LinkLoop(PathBuf),
    /// A file is in the way that must not be written over.
    #[error("{}", tr!("This file is there already and is left as it is; choose another folder: {}", .0.display()))]
    Taken(PathBuf),
    /// The file is larger than this person may write.
    #[error("{}", tr!("The project is larger than a file may be here; choose another disk. Nothing was changed: {}", .0.display()))]
    TooLarge(PathBuf),
    /// The name cannot be that of a file here.
    #[error("{}", tr!("A file cannot have this name here, it is too long or has characters that are not allowed; choose another: {}", .0.display()))]
    BadName(PathBuf),
    /// Something else stands there than was expected.
    #[error("{}", tr!("{0}; nothing was written: {1}", strange(*.found), .path.display()))]
    Changed {
        /// The file.
        path: PathBuf,
        /// What stands there; `None` if nothing does.
        found: Option<Fingerprint>,
    },
    /// Anything else.
    #[error("{}", tr!("The file could not be written ({0}); try again, or choose another place: {1}", io_words(.source), .path.display()))]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl SaveError {
    /// What happened and where, without the advice to choose another place: for files of the program's own, whose place nobody chooses.
    pub fn of_own_file(&self) -> String {
        let (what, path) = match self {
            Self::NoFolder(path) => (t("the folder is not there and cannot be made"), path),
            Self::NotAFile(path) => (t("something that is no file is in the way"), path),
            Self::WriteProtected(path) => (t("the file is write-protected"), path),
            Self::NotAllowed(path) => (t("you may not write there"), path),
            Self::ReadOnlyDisk(path) => (t("nothing can be written to this disk"), path),
            Self::DiskFull(path) => (t("the disk is full"), path),
            Self::TooLarge(path) => (t("the project is larger than a file may be there"), path),
            _ => return self.to_string(),
        };
        format!("{what}: {}", path.display())
    }
}

fn strange(found: Option<Fingerprint>) -> &'static str {
    match found {
        Some(_) => t("Another program changed the file"),
        None => t("The file is no longer there"),
    }
}

/// What is expected to stand where a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever does: it is replaced.
    Anything,
    /// Nothing.
    Nothing,
    /// These contents.
    This(Fingerprint),
}

/// A file that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file as it is now known.
    pub known: Known,
    /// Whether the old file has further names (hard links), which still lead to what it was.
    pub had_other_names: bool,
}

/// Replaces the contents of the file at `path`, or creates it: see [`replace_file`].
///
/// # Errors
/// [`SaveError`]; then the old file is as it was and no temporary file is left.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    replace_file(path, bytes, &Expected::Anything).map(drop)
}

/// Replaces the contents of the file at `path` (or creates it) by a temporary file in the same folder, flushed to disk
/// and renamed. Mode, owner and extended attributes are kept, a symbolic link stays one. Devices and pipes are refused.
///
/// That what is replaced is what was expected is seen immediately before, under a lock that every window of ours takes.
///
/// # Errors
/// [`SaveError`]; then the old file is as it was and no temporary file is left.
pub fn replace_file(path: &Path, bytes: &[u8], expected: &Expected) -> Result<Written, SaveError> {
    let target = follow_links(path)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => return Err(SaveError::NotAFile(path.to_owned())),
        Ok(metadata) => match access(&target) {
            Access::ReadOnlyDisk => return Err(SaveError::ReadOnlyDisk(path.to_owned())),
            Access::Allowed if !metadata.permissions().readonly() => Some(metadata),
            Access::Allowed | Access::Refused => return Err(SaveError::WriteProtected(path.to_owned())),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(in_words(path, error)),
    };
    let refused = replace(&target, bytes, old.as_ref(), expected).map_err(|error| in_words(path, error))?;
    match refused {
        None => {
            Ok(Written { known: Known::written(bytes), had_other_names: old.as_ref().is_some_and(has_other_names) })
        }
        Some(Refused { found }) => Err(SaveError::Changed { path: path.to_owned(), found }),
    }
}

/// Whether two paths lead to the same file that is there, links followed.
pub fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Like [`write_file`], but writes into what is at `path` if that is a device or a pipe: for results, not for documents.
///
/// # Errors
/// [`SaveError`].
pub fn write_output(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|error| in_words(path, error)),
        _ => write_file(path, bytes),
    }
}

/// Nothing was replaced, since this stands there.
struct Refused {
    found: Option<Fingerprint>,
}

fn replace(target: &Path, bytes: &[u8], old: Option<&Metadata>, expected: &Expected) -> io::Result<Option<Refused>> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = create_temporary(folder, old.is_none())?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        keep_owner_and_mode(file.as_file(), old)?;
        keep_attributes(target, file.path());
    }
    file.as_file().sync_all()?;
    let held = Held::folder(folder);
    match expected {
        Expected::Anything => drop(file.persist(target).map_err(|error| error.error)?),
        Expected::Nothing => {
            if let Err(error) = file.persist_noclobber(target) {
                return match Fingerprint::of_file(target) {
                    Ok(Some(found)) => Ok(Some(Refused { found: Some(found) })),
                    _ => Err(error.error),
                };
            }
        }
        Expected::This(print) => {
            let found = Fingerprint::of_file(target)?;
            if found != Some(*print) {
                return Ok(Some(Refused { found }));
            }
            drop(file.persist(target).map_err(|error| error.error)?);
        }
    }
    // The contents are safe already; a file system that cannot flush folders is no reason to say that saving failed.
    if let Err(error) = held.flush() {
        log::warn!("the folder could not be flushed to disk ({error}): {}", folder.display());
    }
    sweep(folder);
    Ok(None)
}

/// A folder in which nobody else of ours replaces a file for now.
struct Held(io::Result<File>);

impl Held {
    /// How long others are waited for. Whoever has the lock only compares and renames; a program that keeps it for another reason,
    /// and a file system without locks, must not keep anybody from saving.
    const PATIENCE: (u32, Duration) = (100, Duration::from_millis(10));

    fn folder(folder: &Path) -> Self {
        let folder = File::open(folder);
        if let Ok(folder) = &folder {
            let (times, pause) = Self::PATIENCE;
            for _ in 0..times {
                match folder.try_lock() {
                    Err(fs::TryLockError::WouldBlock) => sleep(pause),
                    Ok(()) | Err(fs::TryLockError::Error(_)) => break,
                }
            }
        }
        Self(folder)
    }

    /// Lets the others go on, and sees that the folder itself is on disk.
    fn flush(self) -> io::Result<()> {
        let folder = self.0?;
        let _ = folder.unlock();
        folder.sync_all()
    }
}

#[cfg(unix)]
fn has_other_names(old: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    old.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_old: &Metadata) -> bool {
    false
}

#[cfg(unix)]
fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give a file away; for anybody else the file becomes theirs, as with every editor.
        if let Err(error) = fchown(file, Some(old.uid()), Some(old.gid())) {
            log::info!("the owner of the file could not be kept: {error}");
        }
    }
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}

/// The file at the end of a chain of symbolic links, whether it exists or not.
fn follow_links(path: &Path) -> Result<PathBuf, SaveError> {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(SaveError::LinkLoop(path.to_owned()))
}

pub(super) fn in_words(path: &Path, error: io::Error) -> SaveError {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => SaveError::NoFolder(path),
        ErrorKind::AlreadyExists => SaveError::Taken(path),
        ErrorKind::IsADirectory => SaveError::NotAFile(path),
        ErrorKind::PermissionDenied => SaveError::NotAllowed(path),
        ErrorKind::ReadOnlyFilesystem => SaveError::ReadOnlyDisk(path),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveError::DiskFull(path),
        ErrorKind::FileTooLarge => SaveError::TooLarge(path),
        ErrorKind::InvalidFilename => SaveError::BadName(path),
        _ => SaveError::Other { path, source: error },
    }
}

#[cfg(test)]
mod tests;
