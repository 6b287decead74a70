//! Writing a file so that at every moment either the old or the new one is there, whole.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

/// A file that could not be written. The old one, if there was one, is untouched.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The project cannot be put into words; a fault of the program.
    #[error("The project cannot be written as text: {0}")]
    Text(#[from] ron::Error),
    /// There is no such folder.
    #[error("The folder to save in is not there; create it, or choose another: {}", .0.display())]
    NoFolder(PathBuf),
    /// The path is a folder or a device.
    #[error("This is not an ordinary file; choose another name: {}", .0.display())]
    NotAFile(PathBuf),
    /// The file is write-protected.
    #[error("The file is write-protected; take the protection off, or choose another name: {}", .0.display())]
    WriteProtected(PathBuf),
    /// The person may not write there.
    #[error("You may not write in this folder; choose another: {}", .0.display())]
    NotAllowed(PathBuf),
    /// No room is left.
    #[error("The disk is full; make room, or choose another disk. Nothing was changed: {}", .0.display())]
    DiskFull(PathBuf),
    /// Symbolic links go round in a circle.
    #[error("The symbolic link leads nowhere; choose another name: {}", .0.display())]
    LinkLoop(PathBuf),
    /// A file is in the way that must not be written over.
    #[error("This file is there already and is left as it is; choose another folder: {}", .0.display())]
    Taken(PathBuf),
    /// Anything else.
    #[error("The file could not be written ({source}); try again, or choose another place: {}", .path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Replaces the contents of the file at `path` (or creates it) by a temporary file in the same folder, flushed to disk
/// and renamed. Mode and owner are kept, a symbolic link stays one. Devices and pipes are refused.
///
/// # Errors
/// [`SaveError`]; then the old file is as it was and no temporary file is left.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let target = follow_links(path)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => return Err(SaveError::NotAFile(path.to_owned())),
        Ok(metadata) if metadata.permissions().readonly() => return Err(SaveError::WriteProtected(path.to_owned())),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(in_words(path, error)),
    };
    replace(&target, bytes, old.as_ref()).map_err(|error| in_words(path, error))
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

fn replace(target: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".groundplan-").suffix(".tmp");
    let mut file = create_temporary(&mut builder, folder)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        keep_owner_and_mode(file.as_file(), old)?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    // The contents are safe already; a file system that cannot flush folders is no reason to say that saving failed.
    if let Err(error) = File::open(folder).and_then(|folder| folder.sync_all()) {
        log::warn!("the folder could not be flushed to disk ({error}): {}", folder.display());
    }
    Ok(())
}

#[cfg(unix)]
fn create_temporary(builder: &mut tempfile::Builder, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    // A temporary file is private by default; the umask takes off what a new file of this person should not have.
    builder.permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn create_temporary(builder: &mut tempfile::Builder, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    builder.tempfile_in(folder)
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
        ErrorKind::IsADirectory => SaveError::NotAFile(path),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveError::NotAllowed(path),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveError::DiskFull(path),
        _ => SaveError::Other { path, source: error },
    }
}
