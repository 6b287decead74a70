//! What is the same in every project: look, size, motion, the wheel, where knowledge and first assumptions come from.

use egui::{Context, Ui};

use super::{default_button, modal};
use crate::{
    lang::{Language, t},
    session::{Action, Request, ThemeChoice},
    ui::{
        Actions,
        theme::{Face, Tokens, space, text},
        widgets::{labelled, segmented, tri_state},
    },
};

/// How large everything may be drawn, in percent.
pub const SCALES_PERCENT: [(u16, &str); 6] =
    [(80, "80 %"), (100, "100 %"), (125, "125 %"), (150, "150 %"), (175, "175 %"), (200, "200 %")];

/// What a person prefers, whatever the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// The language of the window; `None` for the desktop's.
    pub language: Option<Language>,
    /// Light, dark or the desktop's.
    pub theme: ThemeChoice,
    /// Whether colours are further apart.
    pub high_contrast: bool,
    /// Size of everything, in percent of the desktop's.
    pub scale_percent: u16,
    /// Whether nothing moves by itself.
    pub reduced_motion: bool,
    /// Whether the wheel zooms the sheet; it pans it otherwise.
    pub wheel_zooms: bool,
}

/// The dialog of the settings.
pub struct SettingsDialog<'a> {
    /// Where the knowledge comes from.
    pub playbook: &'a str,
    /// What new plans start with, in a line.
    pub new_plans: &'a str,
    /// Whether that is a choice of the person's.
    pub own_new_plans: bool,
    /// Whether a plan is open that new ones could be like.
    pub has_plan: bool,
}

const CONTROLS: f32 = 300.0;

impl SettingsDialog<'_> {
    /// Shows it and changes the preferences; returns whether it is to be closed.
    pub fn ui(&self, ctx: &Context, preferences: &mut Preferences, actions: &mut Actions) -> bool {
        let response = modal(ctx, "settings", t("Settings"), 560.0, |ui| {
            look_ui(ui, preferences);
            use_ui(ui, preferences);
            self.sources_ui(ui, actions);
            ui.add_space(space::MEDIUM);
            default_button(ui, t("Close")).clicked()
        });
        response.should_close() || response.inner
    }

    fn sources_ui(&self, ui: &mut Ui, actions: &mut Actions) {
        caption(ui, t("New plans and knowledge"));
        source_ui(ui, t("New plans start with"), self.new_plans, |ui| {
            let hover = t("Its rates, roles, team and contingency are where the next new plan starts");
            if ui.add_enabled(self.has_plan, egui::Button::new(t("What this plan has"))).on_hover_text(hover).clicked()
            {
                actions.push(Action::Request(Request::NewPlans(true)));
            }
            if ui.add_enabled(self.own_new_plans, egui::Button::new(t("The playbook's"))).clicked() {
                actions.push(Action::Request(Request::NewPlans(false)));
            }
        });
        source_ui(ui, t("Playbook"), self.playbook, |ui| {
            for (label, command) in [(t("Choose a folder..."), "playbook.choose"), (t("Built-in"), "playbook.built-in")]
            {
                if ui.button(label).clicked() {
                    actions.push(Action::Run(command));
                }
            }
        });
    }
}

fn look_ui(ui: &mut Ui, preferences: &mut Preferences) {
    caption(ui, t("Look"));
    labelled(
        ui,
        t("Language"),
        t(
            "What people write, in plans and in playbooks of their own, stays as it is; most pages of the help are in English",
        ),
        CONTROLS,
        |ui| {
            let mut languages = vec![(None, t("System"))];
            languages.extend(Language::ALL.map(|language| (Some(language), language.name())));
            preferences.language =
                segmented(ui, "language", CONTROLS, preferences.language, &languages).unwrap_or(preferences.language);
        },
    );
    labelled(ui, t("Theme"), "", CONTROLS, |ui| {
        let themes =
            [(ThemeChoice::System, t("System")), (ThemeChoice::Light, t("Light")), (ThemeChoice::Dark, t("Dark"))];
        preferences.theme = segmented(ui, "theme", CONTROLS, preferences.theme, &themes).unwrap_or(preferences.theme);
    });
    switch(
        ui,
        t("High contrast"),
        t("Text and lines stand out further from what is behind them"),
        &mut preferences.high_contrast,
    );
    labelled(ui, t("Size of everything"), t("Beside the zoom of the sheet"), CONTROLS, |ui| {
        let scale = preferences.scale_percent;
        preferences.scale_percent = segmented(ui, "scale", CONTROLS, scale, &SCALES_PERCENT).unwrap_or(scale);
    });
}

fn use_ui(ui: &mut Ui, preferences: &mut Preferences) {
    caption(ui, t("Pointer and motion"));
    labelled(ui, t("The wheel"), t("With Ctrl it always zooms, and a pinch always does"), CONTROLS, |ui| {
        let ways = [(false, t("Moves the sheet")), (true, t("Zooms the sheet"))];
        preferences.wheel_zooms =
            segmented(ui, "wheel", CONTROLS, preferences.wheel_zooms, &ways).unwrap_or(preferences.wheel_zooms);
    });
    switch(ui, t("Less motion"), t("Nothing glides, pulses or scrolls by itself"), &mut preferences.reduced_motion);
}

fn caption(ui: &mut Ui, words: &str) {
    ui.add_space(space::SMALL);
    ui.label(text(words, Face::SemiBold, 12.0).color(Tokens::of(ui).muted));
}

fn switch(ui: &mut Ui, label: &str, hover: &str, value: &mut bool) {
    labelled(ui, label, hover, CONTROLS, |ui| {
        let mut state = Some(*value);
        tri_state(ui, label, &mut state);
        *value = state == Some(true);
    });
}

/// Where something comes from, and the buttons that change it.
fn source_ui(ui: &mut Ui, label: &str, source: &str, buttons: impl FnOnce(&mut Ui)) {
    labelled(ui, label, "", CONTROLS, |ui| ui.horizontal(buttons));
    ui.add(egui::Label::new(text(source, Face::Regular, 12.5).color(Tokens::of(ui).muted)).wrap());
}
