//! What is remembered between runs: preferences and the parts of the window that are shown. Never part of a project.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    assess::Perspective,
    session::{Part, ThemeChoice},
};

/// Preferences; a value that cannot be read falls back to its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the View menu")]
pub(super) struct Settings {
    /// Light, dark or the desktop's.
    pub(super) theme: ThemeChoice,
    /// Whether the palette is shown.
    pub(super) palette: bool,
    /// Whether the inspector is shown.
    pub(super) inspector: bool,
    /// Whether the dock is shown.
    pub(super) dock: bool,
    /// Whether the overview map is shown.
    pub(super) minimap: bool,
    /// The folder to take the playbook from; `None` for the one that is built in.
    pub(super) playbook_dir: Option<PathBuf>,
    /// Whether the seam is marked.
    pub(super) seam: bool,
    /// What the canvas is coloured by. A trait that the playbook no longer knows shows the frameworks.
    pub(super) perspective: Perspective,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            palette: true,
            inspector: true,
            dock: true,
            minimap: true,
            playbook_dir: None,
            seam: true,
            perspective: Perspective::Framework,
        }
    }
}

impl Settings {
    /// Shows a part that is hidden and hides one that is shown; other parts are not a setting.
    pub(super) fn toggle(&mut self, part: Part) {
        match part {
            Part::Palette => self.palette = !self.palette,
            Part::Inspector => self.inspector = !self.inspector,
            Part::Dock => self.dock = !self.dock,
            Part::Minimap => self.minimap = !self.minimap,
            Part::Seam => self.seam = !self.seam,
            Part::CommandPalette | Part::Shortcuts | Part::About => {}
        }
    }
}

/// Makes the toolkit use the chosen theme.
pub(super) fn apply_theme(ctx: &egui::Context, theme: ThemeChoice) {
    ctx.set_theme(match theme {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Settings {
        ron::from_str(text).unwrap()
    }

    #[test]
    fn what_the_canvas_shows_is_remembered_and_what_cannot_be_read_is_the_default() {
        let chosen = Settings { perspective: Perspective::Trait("tables".into()), seam: false, ..Settings::default() };
        assert_eq!(read(&ron::to_string(&chosen).unwrap()), chosen);
        assert_eq!(read("(palette: false)"), Settings { palette: false, ..Settings::default() });
        assert_eq!(read("(perspective: \"mood\")"), Settings::default());
    }
}
