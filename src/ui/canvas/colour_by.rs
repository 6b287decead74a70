//! The control that says what the canvas is coloured by, and its list: the perspectives, and every trait with a search.

use egui::{Button, Popup, PopupCloseBehavior, Role, ScrollArea, SetOpenCommand, Stroke, Ui, WidgetInfo, vec2};

use super::CanvasState;
use crate::{
    assess::Perspective,
    lang::{lower, t, tr},
    playbook::{Playbook, Trait},
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, text},
        widgets::{caption, search_field},
    },
};

/// The list of perspectives between frames.
#[derive(Default)]
pub(super) struct ColourBy {
    search: String,
    /// A command asked for the list: it opens in the next frame, with the cursor in the search.
    asked: bool,
    focus: bool,
}

impl ColourBy {
    /// Opens the list with the cursor in the search for traits.
    pub(super) fn open(&mut self) {
        self.asked = true;
    }
}

/// The button with its list.
pub(super) fn colour_by_ui(ui: &mut Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let playbook = &view.session.engine().playbook;
    let now = &state.scene.colouring.perspective;
    let name = now.name(playbook);
    let label = tr!("Colour by: {}", lower(name));
    let narrow = ui.available_width() < 330.0;
    let shown = text(if narrow { t("Colour") } else { &label }, Face::Regular, 12.5);
    let arrow = icon(icons::CHEVRON_DOWN, 12.0).color(tokens.muted);
    let button = Button::new((shown, arrow)).fill(tokens.card).stroke(Stroke::new(1.0, tokens.line_strong)).truncate();
    // What is dragged from it is not dragged from the sheet below.
    let response =
        ui.add(button.sense(egui::Sense::click_and_drag())).on_hover_text(t("What the colours of the cards stand for"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let asked = std::mem::take(&mut state.colour_by.asked);
    if asked {
        state.colour_by.focus = true;
        state.colour_by.search.clear();
    }
    let open = match (asked, response.clicked()) {
        (true, _) => Some(SetOpenCommand::Bool(true)),
        (_, true) => Some(SetOpenCommand::Toggle),
        _ => None,
    };
    let popup = Popup::from_response(&response)
        .open_memory(open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| list_ui(ui, playbook, now, &mut state.colour_by));
    if let Some(chosen) = popup.and_then(|popup| popup.inner) {
        actions.push(Action::Request(Request::ColourBy(chosen)));
        Popup::close_all(ui.ctx());
    }
}

fn list_ui(ui: &mut Ui, playbook: &Playbook, now: &Perspective, list: &mut ColourBy) -> Option<Perspective> {
    ui.set_width(250.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    let mut chosen = None;
    for fixed in Perspective::FIXED {
        if row_ui(ui, fixed == *now, fixed.name(playbook), "") {
            chosen = Some(fixed);
        }
    }
    ui.add_space(6.0);
    let field = search_field(ui, &mut list.search, t("Find a trait to colour by..."));
    if list.focus {
        field.request_focus();
        // The list measures itself in its first frame, and nothing can have the focus in that one.
        list.focus = !field.has_focus();
    }
    let words = list.search.trim().to_lowercase();
    let found: Vec<&Trait> = playbook.traits.values().filter(|known| fits(known, &words)).collect();
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) && !words.is_empty() {
        chosen = found.first().map(|known| Perspective::Trait(known.id.clone()));
    }
    ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
        let mut group = "";
        for known in &found {
            if known.group != group {
                group = &known.group;
                caption(ui, group);
            }
            let perspective = Perspective::Trait(known.id.clone());
            if row_ui(ui, perspective == *now, &known.label, &known.help) {
                chosen = Some(perspective);
            }
        }
        if found.is_empty() {
            ui.label(text(t("No trait of that name"), Face::Regular, 13.0).color(Tokens::of(ui).muted));
        }
    });
    chosen
}

fn row_ui(ui: &mut Ui, selected: bool, name: &str, help: &str) -> bool {
    let row = Button::selectable(selected, name).min_size(vec2(ui.available_width(), 24.0)).truncate();
    let response = ui.add(row);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, tr!("Colour by {name}", name)));
    let response = if help.is_empty() { response } else { response.on_hover_text(help) };
    response.clicked()
}

fn fits(known: &Trait, words: &str) -> bool {
    let text = format!("{} {} {}", known.label, known.group, known.id).to_lowercase();
    words.split_whitespace().all(|word| text.contains(word))
}
