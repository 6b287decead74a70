//! Temporary files that a program which was killed while saving left behind. Whoever saves holds a lock on its own, which the system opens
//! when the process ends, however it ends: what can be locked belongs to nobody any more.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind},
    path::Path,
    time::{Duration, SystemTime},
};

/// How the names of our temporary files begin and end.
const TEMPORARY: (&str, &str) = (".groundplan-", ".tmp");

/// As old as this, no save can still be at work on it: for file systems without locks.
const OLD: Duration = Duration::from_hours(24);

/// A temporary file in `folder`, which is ours until it is closed. One that is to take the place of another is private until it has the other's
/// mode; a new one has what the umask leaves to any file of this person.
pub(super) fn create_temporary(folder: &Path, is_new: bool) -> io::Result<tempfile::NamedTempFile> {
    const TRIES: usize = 100;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = is_new;
    for _ in 0..TRIES {
        let file = builder.tempfile_in(folder)?;
        if is_owned(file.as_file(), file.path()) {
            return Ok(file);
        }
    }
    Err(io::Error::from(ErrorKind::ResourceBusy))
}

/// Locks a new file. Somebody who sweeps the folder may have been quicker: then it is to be another one.
#[cfg(unix)]
fn is_owned(file: &File, path: &Path) -> bool {
    !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) && is_at(file, path)
}

/// Elsewhere a lock keeps others from reading the file that it becomes; age has to do.
#[cfg(not(unix))]
fn is_owned(_file: &File, _path: &Path) -> bool {
    true
}

/// Takes temporary files of ours out of the folder of a file, links followed, if the process is gone that made them.
pub fn sweep_beside(path: &Path) {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        sweep(folder);
    }
}

/// The same in a folder; whatever cannot be looked at or removed stays.
pub(super) fn sweep(folder: &Path) {
    let ours =
        |name: &OsStr| name.to_str().is_some_and(|name| name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1));
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| ours(&entry.file_name())) {
        // Of a link or a pipe it is not us who made it.
        if entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Err(error) = remove_if_left(&entry.path())
        {
            log::info!("a temporary file stays: {error}");
        }
    }
}

fn remove_if_left(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    let is_left = match file.try_lock() {
        Ok(()) => cfg!(unix) || is_old(&file),
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => is_old(&file),
    };
    // By now the name may be that of another one.
    if is_left && is_at(&file, path) { fs::remove_file(path) } else { Ok(()) }
}

fn is_old(file: &File) -> bool {
    let modified = file.metadata().and_then(|metadata| metadata.modified());
    modified.is_ok_and(|modified| SystemTime::now().duration_since(modified).is_ok_and(|age| age > OLD))
}

/// Whether an open file is still the one at a path.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

/// Whether an open file is still the one at a path: elsewhere an open file cannot be taken away.
#[cfg(not(unix))]
pub(super) fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}
