//! What a person prefers whatever the project, carried out: look, size, motion, and what new plans start with.

use std::{path::Path, sync::Arc};

use super::{
    settings::Settings,
    window::{Groundplan, preset_cards},
};
use crate::{
    assess::Engine,
    figures::{Money, amount, people},
    lang::{self, Language, t, tr},
    project::{Assumptions, Means, Project},
    session::ThemeChoice,
    storage::keeps_nothing,
    ui::{
        Actions,
        dialogs::{Preferences, SCALES_PERCENT, SettingsDialog},
        theme,
    },
};

impl Groundplan {
    /// Shows the settings and carries out what is changed in them.
    pub(super) fn settings_dialog(&mut self, ctx: &egui::Context, actions: &mut Actions) -> bool {
        let new_plans = self.blank();
        let dialog = SettingsDialog {
            playbook: &self.playbook_name().unwrap_or_else(|| t("The built-in one").to_owned()),
            new_plans: &in_a_line(&new_plans.assumptions),
            own_new_plans: self.settings.new_plans.is_some(),
            has_plan: !self.welcome,
        };
        let before = self.settings.preferences();
        let mut after = before;
        let closed = dialog.ui(ctx, &mut after, actions);
        if after != before {
            self.settings.prefer(after);
            apply(ctx, after, self.desktop_language);
            if after.language != before.language {
                self.say_anew();
            }
        }
        closed
    }

    /// Says where settings are kept from one start to the next; if they cannot be, that is told.
    pub fn keep_settings_in(&mut self, folder: &Path) {
        if let Some(why) = keeps_nothing(folder) {
            self.toasts.news(tr!("Settings are not kept for the next start, since {why}: {}", folder.display(), why));
        }
    }

    /// What was put into words is put into those of the language that is spoken now.
    fn say_anew(&mut self) {
        self.engine = Arc::new(self.engine.speaking());
        self.session.say_anew(Arc::clone(&self.engine));
        self.presets = preset_cards(&self.engine);
        self.screen.palette.presets = self.presets.as_slice().into();
    }

    /// Lets new plans start with the means of this one, or with the playbook's again.
    pub(super) fn set_new_plans(&mut self, like_this: bool) {
        let means = like_this.then(|| Means::of(&self.session.project().assumptions));
        self.settings.new_plans = means;
    }

    /// A blank project as new plans start.
    pub(super) fn blank(&self) -> Project {
        blank(&self.engine, &self.settings)
    }
}

/// A blank project, with what the playbook or the person starts new plans with.
pub(super) fn blank(engine: &Engine, settings: &Settings) -> Project {
    let mut project = Project::new(t("Untitled plan"));
    project.assumptions = engine.playbook.estimate.new_projects.clone();
    if let Some(means) = &settings.new_plans {
        project.assumptions = project.assumptions.with(means);
    }
    project
}

/// `2 people, $4,500 a person-week, 10 % on top`.
fn in_a_line(assumptions: &Assumptions) -> String {
    let rate = Money::new(&assumptions.currency).full(assumptions.mean_rate_usd_per_person_week());
    let roles = match assumptions.roles.len() {
        0 => String::new(),
        _ => t(" on average").to_owned(),
    };
    let people = people(assumptions.team_size);
    tr!(
        "{people}, {rate} a person-week{roles}, {} % on top",
        amount(assumptions.contingency * 100.0),
        people,
        rate,
        roles
    )
}

/// Draws everything as is preferred from the next frame on.
pub(super) fn apply(ctx: &egui::Context, preferences: Preferences, desktop_language: Language) {
    lang::speak(preferences.language.unwrap_or(desktop_language));
    ctx.set_theme(match preferences.theme {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
    theme::apply(ctx, preferences.high_contrast, preferences.reduced_motion);
    // A file of settings may say anything.
    let known = SCALES_PERCENT.iter().any(|(percent, _)| *percent == preferences.scale_percent);
    ctx.set_zoom_factor(if known { f32::from(preferences.scale_percent) / 100.0 } else { 1.0 });
}
