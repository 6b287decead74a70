//! Whether a file may be replaced, without trying.

use std::{fs, path::Path};

/// What keeps a file from being replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Protection {
    /// It is write-protected itself.
    #[error("the file is write-protected")]
    File,
    /// Its folder is: nothing can be put in its place safely.
    #[error("the folder is write-protected")]
    Folder,
}

/// What keeps this person from replacing the file at `path`, as far as that can be seen without touching anything.
pub fn protection(path: &Path) -> Option<Protection> {
    let target = fs::canonicalize(path).ok()?;
    if fs::metadata(&target).is_ok_and(|metadata| metadata.permissions().readonly()) || !may_write(&target) {
        return Some(Protection::File);
    }
    target.parent().is_some_and(|folder| !may_write(folder)).then_some(Protection::Folder)
}

#[cfg(unix)]
pub(super) fn may_write(path: &Path) -> bool {
    use rustix::{fs::Access, io::Errno};
    // Other errors say nothing of permissions; writing will tell.
    !matches!(rustix::fs::access(path, Access::WRITE_OK), Err(Errno::ACCESS | Errno::PERM | Errno::ROFS))
}

#[cfg(not(unix))]
pub(super) fn may_write(_path: &Path) -> bool {
    true
}
