//! An editing session without a screen: history, selection, clipboard, commands. One door for every change.

mod action;
mod background;
mod clipboard;
pub mod commands;
mod estimates;
mod findings;
mod history;
mod insights;
mod scenarios;
mod state;

pub use action::{Action, CanvasRequest, DockTab, Part, PlaybookRequest, Request, ScenarioAction, Select, ThemeChoice};
pub use background::{Asked, Background, Slot};
pub use clipboard::{insertion, selected_part};
pub use estimates::{Cases, Table};
pub use history::History;
pub use state::{Change, Session};
