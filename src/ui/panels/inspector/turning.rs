//! What would turn the verdict on one service: the smallest changes, and how its shares follow one number.

use egui::{ComboBox, Role, Sense, Slider, Ui, WidgetInfo, vec2};

use super::{InspectorState, response};
use crate::{
    assess::{Flip, Response, step_of},
    explain, figures,
    playbook::{Playbook, TraitKind},
    project::{Component, ComponentId, Edit, TraitId, TraitValue},
    session::{Action, Turning},
    ui::{
        Actions, View, icons,
        panels::dock,
        theme::{Face, Tokens, space, text},
        widgets::{caption, icon_button, link_button, one_line},
    },
};

/// Single changes that are listed here.
const SHOWN: usize = 4;

pub(super) fn turning_ui(
    ui: &mut Ui,
    view: &View<'_>,
    id: &ComponentId,
    component: &Component,
    state: &mut InspectorState,
    actions: &mut Actions,
) {
    if component.pin.is_some() {
        return;
    }
    let playbook = &view.session.engine().playbook;
    let turning = view.session.turning(id);
    caption(ui, "What would turn it");
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        flips_ui(ui, playbook, component, &turning, actions);
    });
    if turning.quantities.is_empty() {
        return;
    }
    // Where no number turns it, the plot is a flat line: it is there for who asks.
    let a_number_turns = turning.single.iter().any(|flip| turning.quantities.contains(&flip.changes[0].trait_id));
    if !state.show_plot.unwrap_or(a_number_turns) {
        if link_button(ui, "Plot its share against a number").clicked() {
            state.show_plot = Some(true);
        }
        return;
    }
    let chosen = chosen(view, id, &turning, state.quantity.as_ref());
    quantity_ui(ui, playbook, &turning.quantities, &chosen, state);
    if let Some(response) = view.session.response(id, &chosen) {
        response_ui(ui, playbook, (id, component), &response, actions);
    }
}

/// The number that is looked at: the one that was chosen, else the one with the smallest flip, else the first that is known.
fn chosen(view: &View<'_>, id: &ComponentId, turning: &Turning, wanted: Option<&TraitId>) -> TraitId {
    let quantities = &turning.quantities;
    if let Some(wanted) = wanted.filter(|wanted| quantities.contains(wanted)) {
        return wanted.clone();
    }
    let flips = turning.single.iter().filter_map(|flip| Some(&flip.changes.first()?.trait_id));
    let known =
        |id_of: &&TraitId| view.session.project().components.get(id).is_some_and(|c| c.traits.contains_key(*id_of));
    flips.chain(quantities.iter().filter(known)).find(|id| quantities.contains(id)).unwrap_or(&quantities[0]).clone()
}

fn flips_ui(ui: &mut Ui, playbook: &Playbook, component: &Component, turning: &Turning, actions: &mut Actions) {
    let muted = Tokens::of(ui).muted;
    for flip in turning.single.iter().take(SHOWN) {
        flip_ui(ui, playbook, component, flip, actions);
    }
    if let Some(pair) = &turning.pair {
        let words = if turning.single.is_empty() {
            "No single change would; two together do:"
        } else {
            "Two changes together lead further:"
        };
        ui.label(text(words, Face::Regular, 12.0).color(muted));
        flip_ui(ui, playbook, component, pair, actions);
    } else if turning.single.is_empty() {
        ui.label(text("No change of one trait, nor of any two", Face::Regular, 12.0).color(muted));
    }
    ui.add_space(space::TINY);
}

/// A change, what it leads to, and a button that makes it.
fn flip_ui(ui: &mut Ui, playbook: &Playbook, component: &Component, flip: &Flip, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let words = explain::changes(playbook, flip);
    let to = format!("→ {}", explain::framework(playbook, &flip.to));
    let width = ui.available_width();
    let button = 34.0;
    let font = Face::Regular.at(12.0);
    let to_width = ui.painter().layout_no_wrap(to.clone(), font.clone(), tokens.muted).size().x;
    let mut job =
        egui::text::LayoutJob::simple(words.clone(), font.clone(), tokens.text, width - button - to_width - 18.0);
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y + 6.0), Sense::hover());
    ui.painter().galley(rect.min + vec2(0.0, 3.0), galley, tokens.text);
    let at = egui::pos2(rect.right() - button - to_width - 8.0, rect.center().y);
    one_line(ui, at, to_width + 2.0, &to, font, tokens.muted);
    let spoken = format!("{words} {to}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let place = egui::Rect::from_min_max(egui::pos2(rect.right() - button, rect.top()), rect.max);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().id_salt(&spoken).max_rect(place).layout(layout), |ui| {
        let hover = format!("Make this change: {}; undo takes it back", explain::flip_to(playbook, flip));
        if link_button(ui, "Try").accessible_name(format!("Try: {words}")).on_hover_text(hover).clicked() {
            actions.push(dock::apply(flip, &component.name, &words));
        }
    });
}

fn quantity_ui(ui: &mut Ui, playbook: &Playbook, quantities: &[TraitId], chosen: &TraitId, state: &mut InspectorState) {
    ui.horizontal(|ui| {
        let label = text("Share against", Face::Regular, 12.5).color(Tokens::of(ui).muted);
        ui.label(label);
        let label = explain::trait_label(playbook, chosen);
        let combo =
            ComboBox::from_id_salt("quantity").selected_text(label).width(ui.available_width() - 36.0).truncate();
        let combo = combo.show_ui(ui, |ui| {
            for id in quantities {
                if ui.selectable_label(id == chosen, explain::trait_label(playbook, id)).clicked() {
                    state.quantity = Some(id.clone());
                }
            }
        });
        combo.response.accessible_name("Share against");
        if icon_button(ui, icons::X, "Hide the plot").clicked() {
            state.show_plot = Some(false);
        }
    });
}

/// The plot with a slider under it that moves the number itself, as one step.
fn response_ui(
    ui: &mut Ui,
    playbook: &Playbook,
    (id, component): (&ComponentId, &Component),
    response: &Response,
    actions: &mut Actions,
) {
    response::plot_ui(ui, playbook, response, 128.0);
    let Some(known) = playbook.traits.get(&response.trait_id) else { return };
    let TraitKind::Number { whole, .. } = known.value else { return };
    let (Some((least, _)), Some((most, _))) = (response.points.first(), response.points.last()) else { return };
    let mut value = response.now.unwrap_or(0.0);
    let before = value;
    ui.spacing_mut().slider_width = ui.available_width() - 84.0;
    let step = step_of(&known.value);
    let slider = Slider::new(&mut value, *least..=*most).step_by(step).max_decimals(if whole { 0 } else { 2 });
    let known_now = response.now.is_some();
    let slider =
        slider.custom_formatter(move |value, _| if known_now { figures::number(value) } else { "unknown".to_owned() });
    let slid = ui.add(slider).accessible_name(format!("Move {}", known.label.to_lowercase()));
    let name = format!("Set {} of {}", known.label.to_lowercase(), component.name);
    let edit =
        |value: f64| vec![Edit::SetTrait(id.clone(), response.trait_id.clone(), Some(TraitValue::Number(value)))];
    if slid.dragged() && value != before {
        actions.push(Action::Gesture { name, edits: edit(value) });
    } else if slid.drag_stopped() {
        actions.push(Action::CommitGesture);
    } else if value != before {
        actions.push(Action::edit(name, edit(value)));
    }
    let turns: Vec<String> = response.turns().map(figures::number).collect();
    if !turns.is_empty() {
        let words = format!("Turns at {} {}", turns.join(" and "), known.unit);
        ui.label(text(words.trim_end(), Face::Regular, 12.0).color(Tokens::of(ui).muted));
    }
    ui.add_space(space::TINY);
}
