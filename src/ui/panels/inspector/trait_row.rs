//! One trait of a component with the widget that fits its kind.

use egui::{ComboBox, Ui};

use super::push_number;
use crate::{
    assess::Perspective,
    playbook::{Trait, TraitKind},
    project::{Component, ComponentId, Edit, TraitValue},
    session::{Action, Request},
    ui::{
        Actions, icons,
        theme::{Face, Tokens, text},
        widgets::{Form, NumberStyle, icon_button, labelled, number_field, tri_state},
    },
};

/// Fields are as wide as this, switches as they are.
const FIELD_WIDTH: f32 = 104.0;
const SWITCH_WIDTH: f32 = 30.0;
const CLEAR_WIDTH: f32 = 24.0;

/// The row of a trait; `asked` puts the cursor into its field and brings it into view. Its context menu colours the canvas by it.
pub(super) fn trait_ui(
    ui: &mut Ui,
    id: &ComponentId,
    component: &Component,
    known: &Trait,
    asked: bool,
    actions: &mut Actions,
) {
    // Traits that are tagged come first: a row that moves keeps the keyboard.
    let row = ui.push_id(&known.id, |ui| row_ui(ui, id, component, known, asked, actions)).response;
    row.container_context_menu(|ui| {
        if ui.button("Colour the canvas by this trait").clicked() {
            actions.push(Action::Request(Request::ColourBy(Perspective::Trait(known.id.clone()))));
        }
    });
}

fn row_ui(ui: &mut Ui, id: &ComponentId, component: &Component, known: &Trait, asked: bool, actions: &mut Actions) {
    let value = component.traits.get(&known.id);
    let marks: Vec<String> = known.paragraphs.iter().map(|paragraph| format!("¶{paragraph}")).collect();
    let hover = format!("{}\n{}", known.help, marks.join(", "));
    let set = |value| Edit::SetTrait(id.clone(), known.id.clone(), value);
    let step = format!("Set {} of {}", known.label.to_lowercase(), component.name);
    let width = if known.value == TraitKind::Flag { SWITCH_WIDTH } else { FIELD_WIDTH };
    let clear = if value.is_some() { CLEAR_WIDTH } else { 0.0 };
    if asked {
        let row = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(ui.available_width(), 28.0));
        ui.scroll_to_rect(row.expand2(egui::vec2(0.0, 60.0)), Some(egui::Align::Center));
    }
    labelled(ui, &known.label, &hover, width + clear, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        match &known.value {
            TraitKind::Flag => {
                let mut state = value.and_then(|value| if let TraitValue::Flag(on) = value { Some(*on) } else { None });
                let switch = tri_state(ui, &known.label, &mut state);
                if asked {
                    switch.request_focus();
                }
                if switch.changed() {
                    actions.push(Action::edit(&step, vec![set(state.map(TraitValue::Flag))]));
                }
            }
            TraitKind::Number { least, most, plausible, whole } => {
                let style = NumberStyle {
                    absent: "unknown",
                    name: &known.label,
                    typical: plausible.1,
                    range: *least..=*most,
                    form: Form::Plain(&suffix(known)),
                    decimals: if *whole { 0 } else { 2 },
                    focus: asked,
                };
                let shown = value.and_then(|value| if let TraitValue::Number(n) = value { Some(*n) } else { None });
                let number = number_field(ui, &style, shown, FIELD_WIDTH);
                push_number(number, &step, |number| set(Some(TraitValue::Number(number))), actions);
            }
            TraitKind::Choice(options) => {
                let chosen =
                    value.and_then(|value| if let TraitValue::Choice(c) = value { Some(c.as_str()) } else { None });
                choice_ui(ui, (&known.label, asked), options, chosen, |choice| {
                    actions.push(Action::edit(&step, vec![set(choice.cloned().map(TraitValue::Choice))]));
                });
            }
        }
        if value.is_some() && clear_ui(ui, &known.label) {
            let step = format!("Clear {} of {}", known.label.to_lowercase(), component.name);
            actions.push(Action::edit(step, vec![set(None)]));
        }
    });
}

/// The unit behind a number, unless the label says it already.
fn suffix(known: &Trait) -> String {
    let said = known.label.to_lowercase().contains(&known.unit.to_lowercase());
    if known.unit.is_empty() || said || known.unit.len() > 4 { String::new() } else { format!(" {}", known.unit) }
}

fn clear_ui(ui: &mut Ui, label: &str) -> bool {
    icon_button(ui, icons::X, &format!("Clear {}", label.to_lowercase())).clicked()
}

/// A choice, with `unknown` as the first of its options.
fn choice_ui(
    ui: &mut Ui,
    (name, asked): (&str, bool),
    options: &[String],
    chosen: Option<&str>,
    mut choose: impl FnMut(Option<&String>),
) {
    let tokens = Tokens::of(ui);
    let shown = match chosen {
        Some(option) => text(option, Face::Regular, 13.0),
        None => text("unknown", Face::Regular, 13.0).color(tokens.faint),
    };
    let combo = ComboBox::from_id_salt(("choice", name)).selected_text(shown).width(FIELD_WIDTH).truncate();
    let combo = combo.show_ui(ui, |ui| {
        if ui.selectable_label(chosen.is_none(), "unknown").clicked() && chosen.is_some() {
            choose(None);
        }
        for option in options {
            let here = chosen == Some(option);
            if ui.selectable_label(here, option.as_str()).clicked() && !here {
                choose(Some(option));
            }
        }
    });
    let field = combo.response.accessible_name(name);
    if asked {
        field.request_focus();
    }
}
