//! The panel at the left: components to drag onto the sheet, the outline of what is there, the presets.

mod components;
mod outline;
mod presets;

use std::sync::Arc;

use egui::Ui;

pub use outline::Outline;

use super::welcome::PresetCard;
use crate::{
    lang::t,
    project::ComponentKind,
    session::Anchor,
    ui::{
        Actions, View, anchor,
        theme::space,
        widgets::{inset, segmented},
    },
};

/// Tabs of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaletteTab {
    /// Components to add.
    #[default]
    Components,
    /// What is on the sheet.
    Outline,
    /// Case studies to open.
    Presets,
}

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct PaletteState {
    /// The open tab.
    pub tab: PaletteTab,
    /// What is searched for.
    pub search: String,
    /// The cursor goes into the search.
    pub wants_cursor: bool,
    /// The cursor was in the search in the last frame.
    pub had_cursor: bool,
    /// How far down the list the arrows went.
    pub walked: usize,
    /// The outline as it was listed last.
    pub outline: Outline,
    /// The kind that was asked for by double click or Enter; whoever knows the canvas takes it and adds it in view.
    pub add: Option<ComponentKind>,
    /// The presets that are offered.
    pub presets: Arc<[PresetCard]>,
}

impl PaletteState {
    /// A panel that offers these presets.
    pub fn with_presets(presets: &[PresetCard]) -> Self {
        Self { presets: presets.into(), ..Self::default() }
    }

    /// Puts the cursor into the search for components.
    pub fn focus_search(&mut self) {
        if self.tab != PaletteTab::Components {
            self.tab = PaletteTab::Components;
            self.search.clear();
        }
        (self.wants_cursor, self.walked) = (true, 0);
    }
}

/// The panel at the left.
pub fn palette_ui(ui: &mut Ui, view: &View<'_>, state: &mut PaletteState, actions: &mut Actions) {
    let whole = ui.max_rect();
    if state.tab == PaletteTab::Components {
        anchor::mark(ui, Anchor::Components, whole);
    }
    inset(ui, |ui| {
        let tabs = [
            (PaletteTab::Components, t("Palette")),
            (PaletteTab::Outline, t("Outline")),
            (PaletteTab::Presets, t("Presets")),
        ];
        let width = ui.available_width();
        if let Some(tab) = segmented(ui, "palette-tabs", width, state.tab, &tabs) {
            state.tab = tab;
            state.search.clear();
        }
        ui.add_space(space::TINY / 2.0);
        match state.tab {
            PaletteTab::Components => {
                components::components_ui(ui, &view.session.engine().playbook, state, actions);
            }
            PaletteTab::Outline => outline::outline_ui(ui, view, state, actions),
            PaletteTab::Presets => presets::presets_ui(ui, &state.presets, actions),
        }
    });
}

/// Whether `words` (in lower case) all occur in `text`.
fn matches(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.split_whitespace().all(|word| text.contains(word))
}
