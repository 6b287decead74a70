//! The program around the window: start-up, files, the close guard. The only room that both sees the screen and touches disks.

mod copying;
mod damaged;
mod dialogs;
mod difference;
mod display;
mod drafts;
mod dropped;
mod fault;
mod files;
mod keyboard;
mod keys;
mod on_disk;
mod pasting;
mod picture;
mod playbook;
mod preferences;
mod presenting;
mod reading;
mod requests;
mod saving;
mod settings;
mod tour;
mod typing;
mod window;

use std::path::PathBuf;

pub use fault::watch_for_faults;
pub use saving::Writer;
pub use window::{Groundplan, Setup};

/// What the command line says about the window.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// A project to open.
    pub file: Option<PathBuf>,
    /// A playbook to use instead of the built-in one.
    pub playbook_dir: Option<PathBuf>,
}

/// Why the window could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The knowledge cannot be read.
    #[error("{0}")]
    Playbook(#[from] crate::storage::LoadError),
    /// The window was there and ended by a fault, which was told already.
    #[error("Groundplan is started again and offers what was not saved")]
    Fault,
    /// The display that the window was on is gone.
    #[error("Start Groundplan again once there is a display")]
    DisplayGone,
    /// There is no display, or no way to draw on it.
    #[error("the window cannot be opened: {0}; every function is also on the command line, see `groundplan --help`")]
    Window(String),
}

/// Opens the window and stays in it until it is closed.
pub fn run(options: RunOptions) -> Result<(), RunError> {
    let engine = crate::storage::load_engine(options.playbook_dir.as_deref())?;
    log::debug!("knowledge read");
    let setup = Setup::of_this_machine(engine.into(), None);
    let settings = eframe::storage_dir("groundplan");
    if let Some(folder) = &settings {
        crate::storage::mend_settings(&folder.join("app.ron"));
    }
    watch_for_faults(setup.drafts.clone());
    let playbook_dir = options.playbook_dir.clone();
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Groundplan")
            .with_app_id("groundplan")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([1024.0, 640.0])
            .with_drag_and_drop(true),
        ..Default::default()
    };
    let start = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        log::debug!("empty window opened");
        let mut window = Groundplan::new(cc, setup);
        log::debug!("settings, case studies and drafts read");
        if let Some(folder) = settings {
            window.keep_settings_in(&folder);
        }
        window.begin(options.playbook_dir, options.file.as_deref());
        log::debug!("plan opened");
        fault::window_is_open();
        Ok(Box::new(window))
    };
    let show = || eframe::run_native("groundplan", native, Box::new(start));
    fault::outlive(show, playbook_dir.as_deref())?.map_err(|error| RunError::Window(error.to_string()))
}
