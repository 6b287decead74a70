//! A number while the cursor is in it: its text stays as it is typed, whatever the number becomes meanwhile.

use std::ops::ControlFlow;

use egui::{
    Id, Key, Modifiers, Response, TextEdit, Ui, WidgetInfo,
    accesskit::{Action as Asked, ActionData},
    text::CCursorRange,
};

use super::{Number, NumberStyle};
use crate::ui::typing;

/// What stands in a field that has the cursor.
#[derive(Clone, Debug)]
struct Typed {
    text: String,
    /// What of it was taken last: the plan may say it in another way since.
    taken: Option<String>,
    /// The last frame that showed it so: what is from an earlier one is of another field, or of another project.
    frame: u64,
}

/// Whether a field has the cursor, or had it until now.
pub(super) fn is_typed(ui: &Ui, field: Id) -> bool {
    ui.memory_mut(|memory| memory.interested_in_focus(field, ui.layer_id()));
    ui.is_enabled() && (ui.memory(|memory| memory.has_focus(field)) || held(ui, field).is_some())
}

fn held(ui: &Ui, field: Id) -> Option<Typed> {
    let frame = ui.ctx().cumulative_frame_nr();
    ui.data(|data| data.get_temp(field)).filter(|typed: &Typed| typed.frame + 1 >= frame)
}

/// Shows the field; gives what came of it, and why what was typed is not taken.
pub(super) fn typed_ui(
    ui: &mut Ui,
    field: Id,
    style: &NumberStyle<'_>,
    value: Option<f64>,
) -> (Response, Option<Number>, Option<String>) {
    let frame = ui.ctx().cumulative_frame_nr();
    let before = held(ui, field);
    let first = before.is_none();
    let mut typed = before.unwrap_or_else(|| Typed { text: style.shown(value), taken: None, frame });
    typed.frame = frame;
    let stepped = stepped(ui, field, style, value);
    if let Some(number) = stepped {
        typed.text = style.write(number);
        typed.taken = Some(typed.text.clone());
    }
    let edit = TextEdit::singleline(&mut typed.text)
        .id(field)
        .align(ui.layout().align2())
        .min_size(ui.spacing().interact_size)
        .desired_width(0.0)
        .font(ui.style().drag_value_text_style.clone());
    let response = ui.add(edit);
    tell(ui, &response, style, value);
    if first || stepped.is_some() {
        let mut state = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::select_all_str(&typed.text)));
        state.store(ui.ctx(), field);
    }
    let (answer, why) = match stepped {
        Some(number) => ((value != Some(number)).then_some(Number::Set(number)), None),
        None if response.has_focus() => (pause(ui, field, style, value, &mut typed), None),
        None => {
            ui.data_mut(|data| data.remove::<Typed>(field));
            let (answer, why) = left(ui, style, value, &typed);
            return (response, answer, why);
        }
    };
    ui.data_mut(|data| data.insert_temp(field, typed));
    (response, answer, why)
}

/// The cursor stays: a number that may stand there is taken in pauses.
fn pause(ui: &Ui, field: Id, style: &NumberStyle<'_>, value: Option<f64>, typed: &mut Typed) -> Option<Number> {
    let number = match style.read(value, &typed.text) {
        ControlFlow::Continue(number) => number,
        ControlFlow::Break(_) => None,
    };
    let is_new = number.is_some() && number != value && typed.taken.as_ref() != Some(&typed.text);
    if !typing::takes(ui, field, &typed.text, is_new) {
        return None;
    }
    typed.taken = Some(typed.text.clone());
    number.map(Number::Set)
}

/// The cursor has left: what stands there is taken, but for Esc.
fn left(ui: &Ui, style: &NumberStyle<'_>, value: Option<f64>, typed: &Typed) -> (Option<Number>, Option<String>) {
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        return (typed.taken.as_ref().map(|_| Number::TakenBack), None);
    }
    match style.read(value, &typed.text) {
        ControlFlow::Continue(number) => (number.filter(|_| number != value).map(Number::Set), None),
        ControlFlow::Break(why) => (None, Some(why)),
    }
}

/// The number that keys and helps for the blind make of it.
fn stepped(ui: &Ui, field: Id, style: &NumberStyle<'_>, value: Option<f64>) -> Option<f64> {
    let start = value.unwrap_or(style.typical);
    let by = ui.input_mut(|input| {
        let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp);
        let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
        let asked = |action| input.num_accesskit_action_requests(field, action);
        (up + asked(Asked::Increment)) as f64 - (down + asked(Asked::Decrement)) as f64
    });
    let set = ui.input(|input| {
        let number = |request: &egui::accesskit::ActionRequest| match request.data {
            Some(ActionData::NumericValue(number)) => Some(number),
            _ => None,
        };
        input.accesskit_action_requests(field, Asked::SetValue).filter_map(number).last()
    });
    let step = style.step(value);
    let number =
        set.or_else(|| (by != 0.0).then(|| egui::emath::round_to_decimals(start + by * step, style.decimals)))?;
    Some(number.clamp(*style.range.start(), *style.range.end()))
}

/// It is a number for helps for the blind too, also while it is text.
fn tell(ui: &Ui, response: &Response, style: &NumberStyle<'_>, value: Option<f64>) {
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::drag_value(enabled, value.unwrap_or(style.typical)));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if style.range.start().is_finite() {
            node.set_min_numeric_value(*style.range.start());
        }
        if style.range.end().is_finite() {
            node.set_max_numeric_value(*style.range.end());
        }
        node.set_numeric_value_step(style.step(value));
        for action in [Asked::SetValue, Asked::Increment, Asked::Decrement] {
            node.add_action(action);
        }
    });
}
