//! What is remembered between runs: preferences and the parts of the window that are shown. Never part of a project.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    assess::Perspective,
    lang::Language,
    project::Means,
    session::{Part, ThemeChoice},
    storage::read_leniently,
    ui::dialogs::Preferences,
};

/// Preferences; a value that cannot be read falls back to its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the View menu")]
pub(super) struct Settings {
    /// The language of the window; `None` for the desktop's.
    pub(super) language: Option<Language>,
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
    /// Whether colours are further apart.
    pub(super) high_contrast: bool,
    /// Size of everything, in percent.
    pub(super) scale_percent: u16,
    /// Whether nothing moves by itself.
    pub(super) reduced_motion: bool,
    /// Whether the wheel zooms the sheet instead of moving it.
    pub(super) wheel_zooms: bool,
    /// What new plans start with; `None` for what the playbook says.
    pub(super) new_plans: Option<Means>,
    /// What the canvas is coloured by. A trait that the playbook no longer knows shows the frameworks.
    pub(super) perspective: Perspective,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: ThemeChoice::System,
            palette: true,
            inspector: true,
            dock: true,
            minimap: true,
            playbook_dir: None,
            seam: true,
            high_contrast: false,
            scale_percent: 100,
            reduced_motion: false,
            wheel_zooms: false,
            new_plans: None,
            perspective: Perspective::Framework,
        }
    }
}

impl Settings {
    /// What was remembered; whatever of it cannot be read is as in the beginning.
    pub(super) fn read(text: &str) -> Self {
        read_leniently(text).unwrap_or_default()
    }

    /// Shows a part that is hidden and hides one that is shown; other parts are not a setting.
    pub(super) fn toggle(&mut self, part: Part) {
        match part {
            Part::Palette => self.palette = !self.palette,
            Part::Inspector => self.inspector = !self.inspector,
            Part::Dock => self.dock = !self.dock,
            Part::Minimap => self.minimap = !self.minimap,
            Part::Seam => self.seam = !self.seam,
            Part::Contrast => self.high_contrast = !self.high_contrast,
            Part::ReducedMotion => self.reduced_motion = !self.reduced_motion,
            Part::Presentation
            | Part::CommandPalette
            | Part::Shortcuts
            | Part::Help
            | Part::Messages
            | Part::About
            | Part::Settings => {}
        }
    }

    /// Shows a panel, whether it is shown already or not.
    pub(super) fn show(&mut self, part: Part) {
        match part {
            Part::Palette => self.palette = true,
            Part::Inspector => self.inspector = true,
            Part::Dock => self.dock = true,
            _ => {}
        }
    }

    /// What the dialog of the settings shows and changes.
    pub(super) fn preferences(&self) -> Preferences {
        Preferences {
            language: self.language,
            theme: self.theme,
            high_contrast: self.high_contrast,
            scale_percent: self.scale_percent,
            reduced_motion: self.reduced_motion,
            wheel_zooms: self.wheel_zooms,
        }
    }

    /// Takes over what was changed there.
    pub(super) fn prefer(&mut self, preferences: Preferences) {
        let Preferences { language, theme, high_contrast, scale_percent, reduced_motion, wheel_zooms } = preferences;
        self.language = language;
        (self.theme, self.high_contrast, self.scale_percent) = (theme, high_contrast, scale_percent);
        (self.reduced_motion, self.wheel_zooms) = (reduced_motion, wheel_zooms);
    }

    /// The commands whose setting is on, for the check marks of the menus.
    pub(super) fn switched_on(&self) -> Vec<&'static str> {
        let shown = [
            (self.palette, "view.palette"),
            (self.inspector, "view.inspector"),
            (self.dock, "view.dock"),
            (self.minimap, "view.minimap"),
            (self.seam, "view.seam"),
            (self.high_contrast, "view.contrast"),
            (self.reduced_motion, "view.reduced-motion"),
        ];
        let theme = match self.theme {
            ThemeChoice::Light => "view.theme-light",
            ThemeChoice::Dark => "view.theme-dark",
            ThemeChoice::System => "view.theme-system",
        };
        let perspective = match self.perspective {
            Perspective::Framework => "view.colour-framework",
            Perspective::Confidence => "view.colour-confidence",
            Perspective::Effort => "view.colour-effort",
            Perspective::Cost => "view.colour-cost",
            Perspective::Findings => "view.colour-findings",
            Perspective::Utilisation => "view.colour-utilisation",
            Perspective::Trait(_) => "view.colour-trait",
        };
        shown.into_iter().filter(|(on, _)| *on).map(|(_, id)| id).chain([theme, perspective]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Settings {
        Settings::read(text)
    }

    #[test]
    fn the_menus_tick_commands_that_exist_and_only_what_is_on() {
        let mut settings = Settings { perspective: Perspective::Trait("tables".into()), ..Settings::default() };
        let on = settings.switched_on();
        assert!(on.iter().all(|id| crate::session::commands::find(id).is_some()), "{on:?}");
        assert!(on.contains(&"view.seam") && on.contains(&"view.colour-trait") && on.contains(&"view.theme-system"));
        settings.toggle(Part::Seam);
        settings.perspective = Perspective::Effort;
        let on = settings.switched_on();
        assert!(!on.contains(&"view.seam") && !on.contains(&"view.colour-trait") && on.contains(&"view.colour-effort"));
    }

    #[test]
    fn what_the_canvas_shows_is_remembered_and_what_cannot_be_read_is_the_default() {
        let chosen = Settings { perspective: Perspective::Trait("tables".into()), seam: false, ..Settings::default() };
        assert_eq!(read(&ron::to_string(&chosen).unwrap()), chosen);
        assert_eq!(read("(palette: false)"), Settings { palette: false, ..Settings::default() });
        assert_eq!(read("(perspective: \"mood\")"), Settings::default());
        // Of another version, or damaged: everything else is kept.
        for text in [
            "(theme: 5, palette: false, new: (1, 2), perspective: \"cost\")",
            "(palette: false, theme: Sepia, playbook_dir: [1], perspective: \"cost\")",
        ] {
            assert_eq!(read(text), Settings { palette: false, perspective: Perspective::Cost, ..Settings::default() });
        }
        for text in ["", "(", "5", "\u{0}\u{1}", "(palette: fal", &"(".repeat(100_000)] {
            assert_eq!(read(text), Settings::default(), "{text:.20}");
        }
    }
}
