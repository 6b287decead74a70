//! The traits of a component, or those of several together: searchable, grouped, tagged ones first.

use egui::Ui;
use indexmap::IndexMap;

use super::{
    Focus, InspectorState, MIXED,
    subject::{Held, Subject},
    trait_row,
};
use crate::{
    lang::{t, tr},
    playbook::{Playbook, Trait},
    project::TraitId,
    session::{Action, Anchor},
    ui::{
        Actions, View, anchor, icons,
        theme::{Face, Tokens, space, text},
        widgets::{caption, icon_button, labelled, link_button, search_field},
    },
};

pub(super) fn traits_ui(
    ui: &mut Ui,
    view: &View<'_>,
    subject: &Subject,
    state: &mut InspectorState,
    actions: &mut Actions,
) {
    let playbook = &view.session.engine().playbook;
    ui.add_space(space::TINY);
    let corner = ui.cursor().min;
    let search = search_field(ui, &mut state.trait_search, t("Find a trait..."));
    if state.focus == Some(Focus::Traits) {
        search.request_focus();
        search.scroll_to_me(Some(egui::Align::TOP));
    }
    if state.focus == Some(Focus::SeeTraits) {
        search.scroll_to_me(Some(egui::Align::TOP));
    }
    let asked = if let Some(Focus::Trait(asked)) = &state.focus { Some(asked.clone()) } else { None };
    let groups = shown(playbook, subject, &state.trait_search, state.show_all, asked.as_ref());
    for (group, traits) in &groups {
        caption(ui, group);
        for known in traits {
            trait_row::trait_ui(ui, subject, known, asked.as_ref() == Some(&known.id), actions);
        }
    }
    anchor::mark(ui, Anchor::Traits, egui::Rect::from_min_max(corner, ui.min_rect().max));
    let tokens = Tokens::of(ui);
    if groups.is_empty() && !state.trait_search.trim().is_empty() {
        ui.label(text(t("No trait of that name"), Face::Regular, 13.0).color(tokens.muted));
    }
    strangers_ui(ui, playbook, subject, actions);
    if state.trait_search.trim().is_empty() {
        let all = tr!("Show all {} traits", playbook.traits.len());
        let fewer = if subject.is_several() { t("Show those that some have") } else { t("Show those that suit it") };
        let label = if state.show_all { fewer } else { all.as_str() };
        ui.add_space(space::TINY);
        if link_button(ui, label).clicked() {
            state.show_all = !state.show_all;
        }
    }
}

/// What is shown, by group in the playbook's order, what is tagged first. A search looks at all of them.
fn shown<'a>(
    playbook: &'a Playbook,
    subject: &Subject,
    search: &str,
    all: bool,
    asked: Option<&TraitId>,
) -> IndexMap<&'a str, Vec<&'a Trait>> {
    let words = search.trim().to_lowercase();
    // Of several, what any of them has is enough to look at; the search adds others.
    let suits = |known: &Trait| !subject.is_several() && subject.suits(&known.suits);
    let found = |known: &Trait| {
        let text = format!("{} {} {}", known.label, known.group, known.help).to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    };
    let tagged = |known: &Trait| subject.values.contains_key(&known.id);
    let mut groups: IndexMap<&str, Vec<&Trait>> = IndexMap::new();
    for known in playbook.traits.values() {
        let wanted = all || tagged(known) || suits(known) || asked == Some(&known.id);
        let show = if words.is_empty() { wanted } else { found(known) };
        if show {
            groups.entry(&known.group).or_default().push(known);
        }
    }
    groups.values_mut().for_each(|traits| traits.sort_by_key(|known| !tagged(known)));
    groups
}

/// Tags that this playbook does not know: they can only be taken off.
fn strangers_ui(ui: &mut Ui, playbook: &Playbook, subject: &Subject, actions: &mut Actions) {
    let strangers: Vec<&TraitId> = subject.values.keys().filter(|key| !playbook.traits.contains_key(*key)).collect();
    if strangers.is_empty() {
        return;
    }
    caption(ui, t("Not in this playbook"));
    for key in strangers {
        let value = match subject.values.get(key) {
            Some(Held::Same(value)) => value.to_string(),
            Some(Held::Mixed) => t(MIXED).to_owned(),
            None => String::new(),
        };
        labelled(ui, key.as_str(), "", 130.0, |ui| {
            if icon_button(ui, icons::X, &tr!("Remove {key}", key)).clicked() {
                actions.push(Action::edit(subject.step(t("Remove"), key.as_str()), subject.set(key, None)));
            }
            ui.label(value);
        });
    }
}
