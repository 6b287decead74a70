//! RON files: reading, checking, safe writing, presets, recent projects.

mod format;

pub use format::{FORMAT, from_text, ron_options, to_text};
