//! Temporary files that a program which was killed while saving left behind.

use std::{
    ffi::OsStr,
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

/// How the names of our temporary files begin and end.
pub(super) const TEMPORARY: (&str, &str) = (".groundplan-", ".tmp");

/// As old as this, no save can still be at work on it.
const OLD: Duration = Duration::from_hours(24);

/// Takes old temporary files of ours out of a folder; whatever cannot be looked at or removed stays.
pub(super) fn sweep(folder: &Path) {
    let ours =
        |name: &OsStr| name.to_str().is_some_and(|name| name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1));
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| ours(&entry.file_name())) {
        let old = entry.metadata().is_ok_and(|metadata| {
            let age = metadata.modified().ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
            metadata.is_file() && age.is_some_and(|age| age > OLD)
        });
        if old && let Err(error) = fs::remove_file(entry.path()) {
            log::info!("an old temporary file stays: {error}");
        }
    }
}
