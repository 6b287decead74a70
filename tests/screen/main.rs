//! What a person does in the window, and what they are shown.
//!
//! One program of many files: each further one would be linked with the whole toolkit anew.

/// What several of them need.
#[allow(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot go on fails the test")]
#[path = "../common"]
mod common {
    pub mod bench;
    pub mod builtin;
    pub mod canvas;
    pub mod chance;
    pub mod chaos;
    pub mod cli;
    pub mod git;
    pub mod large;
    pub mod payments;
    pub mod session;
    pub mod shop;
    pub mod small_playbook;
    pub mod window;
}

mod advice_panels;
mod arrange_window;
mod assumptions;
mod bending;
mod boundaries;
mod budget_panel;
mod canvas;
mod canvas_load;
mod capacity_panel;
mod chaos_canvas;
mod chaos_window;
mod clipboard;
mod connecting;
mod copying;
mod cut;
mod deferral;
mod diff;
mod evidence;
mod find;
mod findings_panel;
mod help;
mod keyboard;
mod keys;
mod language;
mod line_words;
mod log;
mod machines_panel;
mod main_job;
mod many;
mod messages;
mod names;
mod over_the_sheet;
mod panels;
mod perspectives;
mod pictures;
mod playbook_window;
mod pointer;
mod scenarios_panel;
mod schedule_panel;
mod settings;
mod slow_frames;
mod target_panel;
mod tour;
