//! What the window looks like, pixel by pixel: few pictures, each of a place that everybody sees. They are drawn without a window by the
//! same software on every machine, with our own faces, a fixed day and no threads.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test screen pictures::` draws those anew that are to be others; look at them before they are kept.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::Arc;

use egui::{Key, Modifiers, Theme};
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults, kittest::Queryable as _};
use groundplan::{
    app::Groundplan,
    session::{DockTab, Session, commands},
    ui::{
        View,
        panels::dock::{DockState, dock_ui},
        theme,
    },
};

use crate::common::{builtin, window};
use window::{Window, key, settle, setup};

/// So much may differ, as another version of the rasteriser rounds otherwise: pixels, of some hundred thousand.
fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(1.0).max_failed_pixels(60).output_path("tests/pictures")
}

fn open() -> Window {
    let mut window = Harness::builder()
        .with_size([1280.0, 720.0])
        .with_pixels_per_point(1.0)
        .with_theme(Theme::Dark)
        .with_max_steps(40)
        .with_options(options())
        .build_eframe(|cc| Groundplan::new(cc, setup(None, None)));
    settle(&mut window);
    window
}

/// Runs a command by its words.
fn run(window: &mut Window, id: &str) {
    key(window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text(commands::find(id).unwrap().text);
    settle(window);
    key(window, Modifiers::NONE, Key::Enter);
}

#[test]
fn the_window_looks_as_it_did() {
    let mut results = SnapshotResults::new();
    let mut window = open();
    window.remove_cursor();
    window.run_steps(10);
    results.add(window.try_snapshot("welcome"));
    window.get_by_label("Factory telemetry").click();
    window.run_steps(4);
    for (name, command) in [
        ("preset-dark", "view.theme-dark"),
        ("preset-light", "view.theme-light"),
        ("preset-high", "view.contrast"),
        ("preset-high-dark", "view.theme-dark"),
    ] {
        run(&mut window, command);
        window.remove_cursor();
        window.run_steps(16);
        results.add(window.try_snapshot(name));
    }
}

#[test]
fn each_tab_of_the_dock_looks_as_it_did() {
    let engine = Arc::new(builtin::engine());
    let mut results = SnapshotResults::new();
    for (at, tab) in DockTab::ALL.into_iter().enumerate() {
        let session = Session::new(Arc::clone(&engine), builtin::preset("monolith-decomposition"), None);
        let state = DockState { tab, ..DockState::default() };
        // Half of them in each theme.
        let theme = if at % 2 == 0 { Theme::Light } else { Theme::Dark };
        let mut dock = Harness::builder()
            .with_size([960.0, 250.0])
            .with_pixels_per_point(1.0)
            .with_theme(theme)
            .with_max_steps(40)
            .with_options(options())
            .with_context_setup(theme::install)
            .build_ui_state(
                |ui, (session, state): &mut (Session, DockState)| {
                    session.set_today(Some(jiff::civil::date(2027, 3, 1)));
                    let view = View { session, animate: false };
                    let tokens = theme::Tokens::of(ui);
                    ui.painter().rect_filled(ui.max_rect().expand(20.0), 0.0, tokens.panel);
                    dock_ui(ui, &view, state, &mut Vec::new());
                },
                (session, state),
            );
        dock.run_steps(8);
        results.add(dock.try_snapshot(format!("dock-{}", tab.label().to_lowercase())));
    }
}
