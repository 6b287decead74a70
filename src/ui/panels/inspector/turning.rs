//! What would turn the verdict on one service: the smallest changes, and how its shares follow one number.

use std::ops::RangeInclusive;

use egui::{ComboBox, Role, Sense, Slider, Ui, WidgetInfo, vec2};

use super::{InspectorState, response};
use crate::{
    assess::{Flip, Response, Turning},
    explain, figures,
    lang::{lower, t, tr},
    playbook::{Playbook, Trait, TraitKind},
    project::{Component, ComponentId, Edit, TraitId, TraitValue},
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        panels::dock,
        theme::{Face, Tokens, space, text},
        widgets::{caption, icon_button, link_button, one_line},
    },
};

/// The room of the plot's upright axis, in points.
const AXIS: f32 = 38.0;
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
    caption(ui, t("What would turn it"));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        flips_ui(ui, playbook, component, &turning, actions);
    });
    if turning.quantities.is_empty() {
        return;
    }
    // Where no number turns it, the plot is a flat line: it is there for who asks.
    let plotted =
        state.plotted.as_ref().filter(|(component, wanted)| component == id && turning.quantities.contains(wanted));
    let a_number_turns = turning.single.iter().any(|flip| turning.quantities.contains(&flip.changes[0].trait_id));
    if !state.show_plot.unwrap_or(plotted.is_some() || a_number_turns) {
        if link_button(ui, t("Plot its share against a number")).clicked() {
            state.show_plot = Some(true);
        }
        return;
    }
    let chosen = plotted.map_or_else(|| first_plotted(component, &turning), |(_, wanted)| wanted.clone());
    state.plotted = Some((id.clone(), chosen.clone()));
    quantity_ui(ui, playbook, &turning.quantities, &chosen, state);
    if let Some(response) = view.session.response(id, &chosen) {
        response_ui(ui, playbook, (id, component), &response, actions);
    }
}

/// The number that is plotted first: a known one that turns it, else a known one, else any that turns it.
fn first_plotted(component: &Component, turning: &Turning) -> TraitId {
    let quantities = &turning.quantities;
    let flips = || turning.single.iter().map(|flip| &flip.changes[0].trait_id).filter(|id| quantities.contains(*id));
    let known = |id: &&TraitId| component.traits.contains_key(*id);
    flips()
        .find(known)
        .or_else(|| quantities.iter().find(known))
        .or_else(|| flips().next())
        .unwrap_or(&quantities[0])
        .clone()
}

fn flips_ui(ui: &mut Ui, playbook: &Playbook, component: &Component, turning: &Turning, actions: &mut Actions) {
    let muted = Tokens::of(ui).muted;
    for flip in turning.single.iter().take(SHOWN) {
        flip_ui(ui, playbook, component, flip, actions);
    }
    if let Some(pair) = &turning.pair {
        let words = if turning.single.is_empty() {
            t("No single change would; two together do:")
        } else {
            t("Two changes together lead further:")
        };
        ui.label(text(words, Face::Regular, 12.0).color(muted));
        flip_ui(ui, playbook, component, pair, actions);
    } else if turning.single.is_empty() {
        ui.label(text(t("No change of one trait that suits it, nor of two"), Face::Regular, 12.0).color(muted));
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
        let hover = tr!("Make this change: {}; undo takes it back", explain::flip_to(playbook, flip));
        if link_button(ui, t("Try")).accessible_name(tr!("Try: {words}", words)).on_hover_text(hover).clicked() {
            actions.push(dock::apply(flip, &component.name, &words));
        }
    });
}

fn quantity_ui(ui: &mut Ui, playbook: &Playbook, quantities: &[TraitId], chosen: &TraitId, state: &mut InspectorState) {
    ui.horizontal(|ui| {
        let label = text(t("Share against"), Face::Regular, 12.5).color(Tokens::of(ui).muted);
        ui.label(label);
        let label = explain::trait_label(playbook, chosen);
        let combo =
            ComboBox::from_id_salt("quantity").selected_text(label).width(ui.available_width() - 66.0).truncate();
        let combo = combo.show_ui(ui, |ui| {
            for id in quantities {
                let clicked = ui.selectable_label(id == chosen, explain::trait_label(playbook, id)).clicked();
                if let Some((_, plotted)) = state.plotted.as_mut().filter(|_| clicked) {
                    *plotted = id.clone();
                }
            }
        });
        combo.response.accessible_name(t("Share against"));
        if icon_button(ui, icons::X, t("Hide the plot")).clicked() {
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
    if let Some(now) = response.now {
        let rail = Rail { now, range: *least..=*most, step: response.step, decimals: if whole { 0 } else { 2 } };
        slider_ui(ui, known, (id, component), rail, actions);
    } else {
        ui.horizontal(|ui| {
            let words = t("Nobody has said yet; it counts nothing");
            ui.label(text(words, Face::Regular, 12.0).color(Tokens::of(ui).muted));
            if link_button(ui, t("Answer")).accessible_name(tr!("Answer {}", lower(&known.label))).clicked() {
                actions.push(Action::Request(Request::AnswerTrait(id.clone(), response.trait_id.clone())));
            }
        });
    }
    // A whole number turns it with the next one.
    let whole_turn = |turn: f64| if whole { (turn - 1e-9).ceil() } else { turn };
    let turns: Vec<String> = response.turns().map(|turn| figures::number(whole_turn(turn))).collect();
    if !turns.is_empty() {
        let seam = if response.moved_by_seam {
            t(", the price of the seam counted; the lines are its evidence alone")
        } else {
            ""
        };
        let words = tr!("The plan turns at {0} {1}", turns.join(t(" and ")), known.unit);
        let words = text(format!("{}{seam}", words.trim_end()), Face::Regular, 12.0).color(Tokens::of(ui).muted);
        ui.add(egui::Label::new(words).wrap());
    }
    ui.add_space(space::TINY);
}

/// Where a number stands, and where it can go.
struct Rail {
    now: f64,
    range: RangeInclusive<f64>,
    step: f64,
    decimals: usize,
}

/// A slider that moves a known number itself, as one step.
fn slider_ui(
    ui: &mut Ui,
    known: &Trait,
    (id, component): (&ComponentId, &Component),
    rail: Rail,
    actions: &mut Actions,
) {
    let Rail { now, range, step, decimals } = rail;
    let mut value = now;
    // The rail lies under the plot, so that the handle stands below the value; the number itself is in its field.
    ui.spacing_mut().slider_width = ui.available_width() - AXIS - 4.0;
    let slider = Slider::new(&mut value, range).step_by(step).max_decimals(decimals);
    let slider = slider.show_value(false);
    // An id of its own: what stands above changes while it is dragged, and a drag must survive that.
    let own_id = egui::Id::unique(("slider", id.as_str(), known.id.as_str()));
    let place = ui.available_rect_before_wrap();
    let place = place.with_min_x(place.left() + AXIS);
    let builder = egui::UiBuilder::new().scope_id(own_id).max_rect(place);
    let slid = ui.scope_builder(builder, |ui| ui.add(slider)).inner;
    let slid = slid.accessible_name(tr!("Move {}", lower(&known.label)));
    let name = tr!("Set {0} of {1}", lower(&known.label), component.name);
    let edit = |value: f64| vec![Edit::SetTrait(id.clone(), known.id.clone(), Some(TraitValue::Number(value)))];
    if slid.dragged() && value != now {
        actions.push(Action::Gesture { name, edits: edit(value) });
    } else if slid.drag_stopped() {
        actions.push(Action::CommitGesture);
    } else if value != now {
        actions.push(Action::edit(name, edit(value)));
    }
}
