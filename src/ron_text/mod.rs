//! Our RON files as text: where keys stand, what the typed reader stumbled over in plain words, and lines with carets.

mod explain;
mod locate;
mod problem;
mod scan;

pub use problem::LocatedProblem;

pub(crate) use explain::{ended_early, explain};
pub(crate) use locate::{Note, in_words, located, offsets};
pub(crate) use scan::{Open, Token, Tokens, has_comments, walk};
