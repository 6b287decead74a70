//! What is seen: reads the session and returns actions. Nothing here changes the project or computes an assessment.

pub mod anchor;
pub mod announce;
pub mod bars;
pub mod canvas;
pub mod copying;
pub mod dialogs;
pub mod help;
mod in_order;
mod in_view;
pub use crate::icons;
pub use in_order::InOrder;
pub use in_view::InView;
pub mod notice;
pub mod panels;
pub mod shortcut;
pub mod theme;
pub mod tour;
pub mod typing;
pub mod widgets;

use crate::session::{Action, Session};

/// What every view reads.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The open project, its assessment, the selection.
    pub session: &'a Session,
    /// Whether things may move by themselves.
    pub animate: bool,
}

impl<'a> View<'a> {
    /// Money as the project writes it.
    pub fn money(&self) -> crate::figures::Money<'a> {
        crate::figures::Money::of(self.session.project())
    }
}

/// What views ask for, in order; carried out after the frame.
pub type Actions = Vec<Action>;
