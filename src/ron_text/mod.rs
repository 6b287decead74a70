//! Our RON files as text: where keys stand, what the typed reader stumbled over in plain words, and lines with carets.

mod explain;
mod items;
mod locate;
mod pieced;
mod problem;
mod scan;
mod unclosed;
mod words;

pub use problem::LocatedProblem;

pub(crate) use explain::{ended_early, explain, explain_in, open_at, unclosed_note};
pub(crate) use items::{Item, item_around, item_at, items};
pub(crate) use locate::{Note, in_words, located, offsets};
pub(crate) use pieced::Pieced;
pub(crate) use scan::{Open, Token, Tokens, closing, has_comments, key_text, walk, walk_tokens};
pub(crate) use unclosed::{Balance, balance, is_of_signs};
