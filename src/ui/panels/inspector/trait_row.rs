//! One trait of a component, or of several, with the widget that fits its kind.

use egui::{ComboBox, Ui, UiBuilder};

use super::{
    MIXED, push_numbers,
    subject::{Held, Subject},
};
use crate::{
    assess::Perspective,
    lang::{lower, of_playbook, t, tr},
    playbook::{Trait, TraitKind},
    project::TraitValue,
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
/// Room for the word beside a switch.
const MIXED_WIDTH: f32 = 48.0;

/// The row of a trait; `asked` puts the cursor into its field and brings it into view. Its context menu colours the canvas by it.
pub(super) fn trait_ui(ui: &mut Ui, subject: &Subject, known: &Trait, asked: bool, actions: &mut Actions) {
    // Traits that are tagged come first: a row that changes its place keeps its ids, and so the keyboard.
    let id = UiBuilder::new().scope_id(ui.scope_id().with(("trait", &known.id)));
    let row = ui.scope_builder(id, |ui| row_ui(ui, subject, known, asked, actions)).response;
    row.container_context_menu(|ui| {
        if ui.button(t("Colour the canvas by this trait")).clicked() {
            actions.push(Action::Request(Request::ColourBy(Perspective::Trait(known.id.clone()))));
        }
    });
}

fn row_ui(ui: &mut Ui, subject: &Subject, known: &Trait, asked: bool, actions: &mut Actions) {
    let held = subject.values.get(&known.id);
    let mixed = held == Some(&Held::Mixed);
    let marks: Vec<String> = known.paragraphs.iter().map(|paragraph| format!("¶{paragraph}")).collect();
    let hover = format!("{}\n{}", known.help, marks.join(", "));
    let flag = known.value == TraitKind::Flag;
    let width = match (flag, mixed) {
        (true, true) => SWITCH_WIDTH + MIXED_WIDTH,
        (true, false) => SWITCH_WIDTH,
        (false, _) => FIELD_WIDTH,
    };
    let clear = if held.is_some() { CLEAR_WIDTH } else { 0.0 };
    if asked {
        let row = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(ui.available_width(), 28.0));
        ui.scroll_to_rect(row.expand2(egui::vec2(0.0, 60.0)), Some(egui::Align::Center));
    }
    labelled(ui, &known.label, &hover, width + clear, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        value_ui(ui, subject, known, held, asked, actions);
        if flag && mixed {
            // Colour and shape alone would say "unknown".
            ui.add_space(6.0);
            ui.label(text(t(MIXED), Face::Regular, 12.0).color(Tokens::of(ui).muted));
        }
        if held.is_some() && clear_ui(ui, &known.label) {
            let step = subject.step(t("Clear"), &lower(&known.label));
            actions.push(Action::edit(step, subject.set(&known.id, None)));
        }
    });
}

/// The control that fits the kind of the trait.
fn value_ui(ui: &mut Ui, subject: &Subject, known: &Trait, held: Option<&Held>, asked: bool, actions: &mut Actions) {
    let mixed = held == Some(&Held::Mixed);
    let value = if let Some(Held::Same(value)) = held { Some(value) } else { None };
    let step = subject.step(t("Set"), &lower(&known.label));
    let set = |value: Option<TraitValue>| subject.set(&known.id, value.as_ref());
    match &known.value {
        TraitKind::Flag => {
            let mut state = value.and_then(|value| if let TraitValue::Flag(on) = value { Some(*on) } else { None });
            let name = if mixed { tr!("{}, mixed", known.label) } else { known.label.clone() };
            let switch = tri_state(ui, &name, &mut state);
            if asked {
                switch.request_focus();
            }
            if switch.changed() {
                actions.push(Action::edit(&step, set(state.map(TraitValue::Flag))));
            }
        }
        TraitKind::Number { least, most, plausible, whole } => {
            let style = NumberStyle {
                absent: if mixed { t(MIXED) } else { t("unknown") },
                name: &known.label,
                typical: plausible.1,
                range: *least..=*most,
                form: Form::Plain(&suffix(known)),
                decimals: if *whole { 0 } else { 2 },
                focus: asked,
            };
            let shown = value.and_then(|value| if let TraitValue::Number(n) = value { Some(*n) } else { None });
            let number = number_field(ui, &style, shown, FIELD_WIDTH);
            push_numbers(number, &step, |number| set(Some(TraitValue::Number(number))), actions);
        }
        TraitKind::Choice(options) => {
            let chosen =
                value.and_then(|value| if let TraitValue::Choice(c) = value { Some(c.as_str()) } else { None });
            choice_ui(ui, (&known.label, asked, mixed), options, chosen, |choice| {
                actions.push(Action::edit(&step, set(choice.cloned().map(TraitValue::Choice))));
            });
        }
    }
}

/// The unit behind a number, unless the label says it already.
fn suffix(known: &Trait) -> String {
    let said = known.label.to_lowercase().contains(&known.unit.to_lowercase());
    if known.unit.is_empty() || said || known.unit.len() > 4 { String::new() } else { format!(" {}", known.unit) }
}

fn clear_ui(ui: &mut Ui, label: &str) -> bool {
    icon_button(ui, icons::X, &tr!("Clear {}", lower(label))).clicked()
}

/// A choice, with `unknown` as the first of its options.
fn choice_ui(
    ui: &mut Ui,
    (name, asked, mixed): (&str, bool, bool),
    options: &[String],
    chosen: Option<&str>,
    mut choose: impl FnMut(Option<&String>),
) {
    let tokens = Tokens::of(ui);
    let shown = match chosen {
        Some(option) => text(of_playbook(option), Face::Regular, 13.0),
        None => text(if mixed { t(MIXED) } else { t("unknown") }, Face::Regular, 13.0).color(tokens.faint),
    };
    let combo = ComboBox::from_id_salt(("choice", name)).selected_text(shown).width(FIELD_WIDTH).truncate();
    let combo = combo.show_ui(ui, |ui| {
        let unknown = chosen.is_none() && !mixed;
        if ui.selectable_label(unknown, t("unknown")).clicked() && !unknown {
            choose(None);
        }
        for option in options {
            let here = chosen == Some(option);
            if ui.selectable_label(here, of_playbook(option)).clicked() && !here {
                choose(Some(option));
            }
        }
    });
    let field = combo.response.accessible_name(name);
    if asked {
        field.request_focus();
    }
}
