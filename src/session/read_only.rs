//! Projects that are not written back to the file they came from.

use crate::{
    lang::tr,
    storage::{Protection, format_in_words},
};

/// Why a project is not written back to its file. It can be edited all the same, and saved as another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnly {
    /// The file is in this newer format: what this version does not understand would be lost.
    #[error("{}", tr!("the file is in {}, which is a newer one", format_in_words(*.0)))]
    Newer(u32),
    /// The file may not be replaced.
    #[error("{0}")]
    Protected(Protection),
}
