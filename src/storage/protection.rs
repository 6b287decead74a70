//! Whether a file may be replaced, without trying.

use crate::lang::t;
use std::{fs, path::Path};

/// What keeps a file from being replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Protection {
    /// It is write-protected itself.
    #[error("{}", t("the file is write-protected"))]
    File,
    /// Its folder is: nothing can be put in its place safely.
    #[error("{}", t("the folder is write-protected"))]
    Folder,
    /// So is all of the disk.
    #[error("{}", t("nothing can be written to this disk"))]
    Disk,
}

/// What keeps this person from replacing the file at `path`, as far as that can be seen without touching anything.
pub fn protection(path: &Path) -> Option<Protection> {
    let target = fs::canonicalize(path).ok()?;
    let folder = target.parent().map_or(Access::Allowed, access);
    match access(&target) {
        Access::ReadOnlyDisk => Some(Protection::Disk),
        Access::Refused => Some(Protection::File),
        Access::Allowed if is_write_protected(&target) => Some(Protection::File),
        Access::Allowed if folder == Access::ReadOnlyDisk => Some(Protection::Disk),
        Access::Allowed => (folder == Access::Refused).then_some(Protection::Folder),
    }
}

/// Why nothing can be put into a folder of the program's own, which may not be there yet; `None` if something can.
pub fn keeps_nothing(folder: &Path) -> Option<&'static str> {
    let there = folder.ancestors().find(|above| above.exists())?;
    match access(there) {
        _ if !there.is_dir() => Some(t("a part of its path is a file and no folder")),
        Access::ReadOnlyDisk => Some(t("nothing can be written to this disk")),
        Access::Refused => Some(t("you may not write there")),
        Access::Allowed => None,
    }
}

pub(super) fn is_write_protected(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// Whether somebody may write to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Allowed,
    Refused,
    /// Nobody may, whoever they are.
    ReadOnlyDisk,
}

#[cfg(unix)]
pub(super) fn access(path: &Path) -> Access {
    use rustix::{fs::Access as Wanted, io::Errno};
    match rustix::fs::access(path, Wanted::WRITE_OK) {
        Err(Errno::ROFS) => Access::ReadOnlyDisk,
        Err(Errno::ACCESS | Errno::PERM) => Access::Refused,
        // Other errors say nothing of permissions; writing will tell.
        _ => Access::Allowed,
    }
}

#[cfg(not(unix))]
pub(super) fn access(_path: &Path) -> Access {
    Access::Allowed
}
