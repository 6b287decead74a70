//! The dialect of RON that every file of ours is written in.

use ron::extensions::Extensions;

/// The RON dialect of projects and playbooks: `Some(...)` is never written.
pub fn ron_options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}
