//! Choosing the two plans.

use egui::{ComboBox, Ui};

use super::CausesState;
use crate::{
    lang::{later, t},
    session::{Action, End, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, space, text},
        widgets::{icon_button, labelled},
    },
};

/// Earlier steps that are offered; the log leads to each.
const STEPS_OFFERED: usize = 30;
const NAMES: [&str; 2] = [later("From"), later("To")];
/// Most width of the list of plans, unless the field is wider.
const LIST: f32 = 280.0;

/// The two plans one below the other.
pub(super) fn column_ui(ui: &mut Ui, view: &View<'_>, state: &mut CausesState, ends: &[End; 2], actions: &mut Actions) {
    let width = (ui.available_width() - 44.0).max(100.0);
    for (at, name) in NAMES.map(t).into_iter().enumerate() {
        labelled(ui, name, "", width, |ui| {
            // From the right: room for the button beside both fields, so that they end at the same place.
            let (place, _) = ui.allocate_exact_size(egui::Vec2::splat(24.0), egui::Sense::hover());
            if at == 0 {
                swap_ui(&mut ui.new_child(egui::UiBuilder::new().max_rect(place)), state, ends);
            }
            end_ui(ui, view, state, ends, at, width - 24.0 - space::SMALL, actions);
        });
    }
}

/// The two plans side by side, in a row of this width.
pub(super) fn row_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut CausesState,
    ends: &[End; 2],
    width: f32,
    actions: &mut Actions,
) {
    ui.spacing_mut().item_spacing.x = space::TINY;
    let each = ((width - 24.0 - 20.0 - 4.0 * space::TINY) / 2.0).max(70.0);
    end_ui(ui, view, state, ends, 0, each, actions);
    ui.label(icon(icons::ARROW_RIGHT, 14.0).color(Tokens::of(ui).muted));
    end_ui(ui, view, state, ends, 1, each, actions);
    swap_ui(ui, state, ends);
}

fn swap_ui(ui: &mut Ui, state: &mut CausesState, ends: &[End; 2]) {
    if icon_button(ui, icons::ARROW_LEFT_RIGHT, t("Change places")).clicked() {
        state.ends = [Some(ends[1].clone()), Some(ends[0].clone())];
    }
}

fn end_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut CausesState,
    ends: &[End; 2],
    at: usize,
    width: f32,
    actions: &mut Actions,
) {
    let title = |end: &End| view.session.end_name(end).map_or_else(String::new, |name| name.title);
    let shown = title(&ends[at]);
    let combo = ComboBox::from_id_salt(("end", at)).selected_text(shown.as_str()).width(width).truncate().height(340.0);
    let combo = combo.show_ui(ui, |ui| {
        ui.set_min_width(210.0);
        // Names may be longer than the list is to be wide.
        ui.set_max_width(LIST.max(width));
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        let spacing = ui.spacing_mut();
        (spacing.button_padding.y, spacing.item_spacing.y, spacing.interact_size.y) = (2.0, 1.0, 22.0);
        let mut offer = |ui: &mut Ui, end: End| {
            if ui.selectable_label(ends[at] == end, title(&end)).clicked() {
                state.ends[at] = Some(end);
            }
        };
        group_ui(ui, t("Ways to build it"));
        for choice in view.session.engine().choices(view.session.project()) {
            offer(ui, End::Choice(choice));
        }
        group_ui(ui, t("Earlier"));
        offer(ui, End::Opened);
        for step in view.session.history().done().iter().rev().take(STEPS_OFFERED) {
            offer(ui, End::Before(step.id()));
        }
        if let Some(end @ (End::Before(_) | End::After(_))) = Some(&ends[at]).filter(|end| !is_offered(view, end)) {
            offer(ui, end.clone());
        }
        group_ui(ui, t("Another project"));
        if let Some(path) = view.session.other_path() {
            offer(ui, End::File(path.to_owned()));
        }
        if ui.selectable_label(false, t("Choose a file...")).clicked() {
            state.file_for = at;
            actions.push(Action::Request(Request::CompareWith));
        }
    });
    combo.response.on_hover_text(&shown).accessible_name(t(NAMES[at]));
}

fn is_offered(view: &View<'_>, end: &End) -> bool {
    let mut offered = view.session.history().done().iter().rev().take(STEPS_OFFERED);
    matches!(end, End::Before(id) if offered.any(|step| step.id() == *id))
}

fn group_ui(ui: &mut Ui, title: &str) {
    ui.add_space(2.0);
    ui.label(text(title, Face::SemiBold, 11.0).color(Tokens::of(ui).faint));
}
