//! RON files: reading, checking, older and newer formats, what can be had of damaged ones, safe writing, drafts of unsaved work, presets,
//! recent projects.

mod attributes;
mod blame;
pub mod drafts;
mod engine;
mod files;
mod format;
mod known;
mod leftovers;
mod locate;
mod mend;
mod migrate;
mod pieces;
mod presets;
mod problem;
mod protection;
mod read;
mod recent;
mod repair;
mod safe_write;
mod state;
mod texts;
mod user;
mod watched;

pub use crate::ron_text::LocatedProblem;
pub use engine::{LoadError, load_engine, write_builtin_playbook};
pub use files::{
    OpenError, copy_beside, open_project, read_bytes, read_bytes_from, read_text, read_text_from, save_project,
    save_project_over,
};
pub use format::{from_text, looks_like_project, ron_options, to_text};
pub use known::{Fingerprint, Known, Now, read_known};
pub use leftovers::sweep_beside;
pub use locate::places;
pub use migrate::FORMAT;
pub use pieces::read_leniently;
pub use presets::{Preset, preset, presets};
pub use problem::{ReadError, format_in_words};
pub use protection::{Protection, keeps_nothing, protection};
pub use read::{MAX_FILE_BYTES, READ_SHARE, read_project, read_project_while};
pub use recent::{MAX_RECENT, Recent};
pub use repair::{Repaired, open_what_can_be, read_what_can_be, read_what_can_be_while};
pub use safe_write::{Expected, SaveError, Written, replace_file, same_file, write_file, write_output};
pub use state::mend_settings;
pub use texts::Texts;
