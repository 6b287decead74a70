//! An editing session without a screen: history, selection, clipboard, commands. One door for every change.

mod action;
mod assessed;
pub mod assume;
mod background;
mod baselines;
mod capacity;
mod causes;
mod clipboard;
pub mod commands;
mod deep;
mod difference;
mod estimates;
mod findings;
mod history;
mod insights;
mod lines;
mod listener;
mod log;
mod paste;
mod price;
mod read_only;
mod scenarios;
mod seek;
mod state;
mod tidying;
mod tour;
mod walk;

pub use action::{
    Action, BaselineAction, CanvasRequest, DockTab, Part, PlaybookRequest, Request, ScenarioAction, Select, ThemeChoice,
};
pub use assessed::Assessed;
pub use background::{Asked, Background, Handed, Slot};
pub use baselines::{ComparedBaselines, Kept};
pub use capacity::Simulation;
pub use causes::{Between, End, EndName};
pub use clipboard::{insertion, pictured_part, selected_part};
pub use deep::Deep;
pub use difference::Weighing;
pub use estimates::{Cases, Table};
pub use history::{Estimated, History, Step, StepId};
pub use listener::Listener;
pub use log::{LOGGED, Log, LogEntry};
pub use paste::PasteAt;
pub use price::{Change, Moved};
pub use read_only::ReadOnly;
pub use scenarios::SideBySide;
pub use state::Session;
pub use tour::{Anchor, Looks, Moment, STEPS, Tour, TourMove, TourStep};

/// One step of the grid that things are nudged, pasted and framed by, in world units: that of the dots on the sheet.
const GRID_WORLD: f64 = 24.0;
