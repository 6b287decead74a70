//! How things look: tokens, text faces, the toolkit's style in both themes.

mod style;
mod tokens;

pub use style::{Face, apply, icon, image, install, text};
pub use tokens::{DARK, LIGHT, Pair, Tokens, radius, size, space};
