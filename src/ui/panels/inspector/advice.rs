//! What a component should be built on, how sure that is, and the person's own choice.

use egui::{Button, Popup, RichText, Ui};

use super::waterfall;
use crate::{
    assess::ComponentAdvice,
    figures,
    lang::{t, tr},
    playbook::Playbook,
    project::{Component, ComponentId, Edit, FrameworkId},
    session::Action,
    ui::{
        Actions, View, icons,
        panels::{phrases::short_name, shares},
        theme::{Face, Pair, Tokens, icon, space, text},
        widgets::{framework_badge, icon_button},
    },
};

pub(super) fn advice_ui(
    ui: &mut Ui,
    view: &View<'_>,
    id: &ComponentId,
    component: &Component,
    advice: &ComponentAdvice,
    actions: &mut Actions,
) {
    let playbook = &view.session.engine().playbook;
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        framework_badge(ui, playbook, &advice.framework).on_hover_text(
            playbook.frameworks.get(&advice.framework).map_or("", |framework| framework.character.as_str()),
        );
        let share = figures::share(advice.share);
        ui.label(text(share, Face::SemiBold, 13.0)).on_hover_text(shares::in_words(playbook, advice));
        if let Some(rival) = &advice.rival {
            let margin = tr!("{0} dB over {1}", figures::decibans(advice.margin_db), short_name(playbook, rival));
            let label = egui::Label::new(text(margin, Face::Regular, 13.0).color(tokens.muted)).truncate();
            ui.scope(|ui| {
                ui.set_max_width(ui.available_width() - if advice.pinned { 84.0 } else { 32.0 });
                let over = t("Over the strongest framework of another family, in decibans: 10 dB are odds of 10 to 1");
                ui.add(label).on_hover_text(over);
            });
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let choices = Choices { playbook, current: component.pin.as_ref(), word: None };
            pin_menu_ui(ui, &choices, |pin| {
                let step = match &pin {
                    Some(pin) => tr!("Pin {0} to {1}", component.name, short_name(playbook, pin)),
                    None => tr!("Let the advice decide on {}", component.name),
                };
                actions.push(Action::edit(step, vec![Edit::SetPin(id.clone(), pin)]));
            });
        });
    });
    remark_ui(ui, playbook, advice);
    waterfall::waterfall_ui(ui, playbook, advice, actions);
}

/// What can be pinned, and what is.
pub(super) struct Choices<'a> {
    /// The frameworks.
    pub(super) playbook: &'a Playbook,
    /// The pin as it stands.
    pub(super) current: Option<&'a FrameworkId>,
    /// The word on the button while nothing is pinned; without one it is an icon called `Pin`.
    pub(super) word: Option<&'a str>,
}

/// A button that opens the choice of a pin.
pub(super) fn pin_menu_ui(ui: &mut Ui, choices: &Choices<'_>, mut choose: impl FnMut(Option<FrameworkId>)) {
    let tokens = Tokens::of(ui);
    let pinned = choices.current.is_some();
    let word = if pinned { Some(t("Pinned")) } else { choices.word };
    let button = if let Some(word) = word {
        let ink = if pinned { tokens.accent.ink } else { tokens.muted };
        let words = RichText::new(word).font(Face::Regular.at(12.0)).color(ink);
        let button = ui.add(Button::new((icon(icons::PIN, 12.0).color(ink), words)).gap(4.0));
        button.accessible_name(word)
    } else {
        icon_button(ui, icons::PIN, t("Pin"))
    };
    Popup::menu(&button).width(220.0).show(|ui| {
        if ui.selectable_label(!pinned, t("Advice decides")).clicked() && pinned {
            choose(None);
        }
        for (id, framework) in &choices.playbook.frameworks {
            let here = choices.current == Some(id);
            let label = tr!("Pin to {}", framework.short_name);
            if ui.selectable_label(here, label).on_hover_text(&framework.character).clicked() && !here {
                choose(Some(id.clone()));
            }
        }
    });
    button.on_hover_text(t("Choose the framework yourself, or let the advice decide"));
}

/// Where the framework is not what the evidence says, why.
fn remark_ui(ui: &mut Ui, playbook: &Playbook, advice: &ComponentAdvice) {
    let tokens = Tokens::of(ui);
    let here = short_name(playbook, &advice.framework);
    if advice.best == advice.framework {
        if advice.pinned {
            remark(ui, icons::PIN, &tr!("Pinned to {here}, as the evidence says", here), tokens.accent);
        }
        return;
    }
    if advice.pinned {
        let (best, given_up_db) = (short_name(playbook, &advice.best), shares::given_up_db(advice));
        let words = tr!(
            "Pinned to {here} against the evidence, which favours {best} by {given_up_db} dB",
            here,
            best,
            given_up_db = crate::text::figure(given_up_db, 1)
        );
        remark(ui, icons::TRIANGLE_ALERT, &words, tokens.warning);
    } else if let Some(words) = shares::leaning(playbook, advice) {
        remark(ui, icons::INFO, &words, tokens.accent);
    }
}

/// A tinted box with a sign and a line or two.
pub(super) fn remark(ui: &mut Ui, glyph: char, words: &str, pair: Pair) {
    let margin = egui::Margin::symmetric(10, 7);
    egui::Frame::new().fill(pair.surface).corner_radius(6).inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.label(icon(glyph, 14.0).color(pair.ink));
            ui.add(egui::Label::new(text(words, Face::Regular, 12.5)).wrap());
        });
    });
    ui.add_space(space::TINY / 2.0);
}
