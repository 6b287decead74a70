//! Our RON files as text: where keys stand, what the typed reader stumbled over in plain words, and lines with carets.

mod explain;
mod items;
mod locate;
mod pieced;
mod problem;
mod scan;

pub use problem::LocatedProblem;

pub(crate) use explain::{ended_early, explain, explain_in};
pub(crate) use items::{Item, item_around, item_at, items};
pub(crate) use locate::{Note, in_words, located, offsets};
pub(crate) use pieced::Pieced;
pub(crate) use scan::{Open, Token, Tokens, has_comments, key_text, walk, walk_tokens};
