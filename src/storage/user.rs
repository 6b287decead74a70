//! The person's own folders.

use std::path::PathBuf;

use etcetera::BaseStrategy as _;

/// Where the program keeps what it remembers by itself; `None` if the person has no home folder.
pub(super) fn state_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join("groundplan"))
}
