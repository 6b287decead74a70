//! A field for a day.

use egui::{Align, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Response, TextEdit, Ui, vec2};
use jiff::{ToSpan as _, civil::Date};

use super::button::icon_button;
use crate::{
    lang::{lower, tr},
    text::{YEARS, read_day},
    ui::{
        icons,
        theme::{Face, Tokens, text},
        typing,
    },
};

const TEXT_WIDTH: f32 = 94.0;
/// With its three buttons.
const WIDTH: f32 = TEXT_WIDTH + 3.0 * 24.0;

/// What is typed and not yet taken.
#[derive(Clone, Default)]
struct Held {
    /// The day it was typed over.
    over: Option<Date>,
    typed: String,
    /// Why it was not taken.
    wrong: Option<String>,
    /// What it was before any of it was taken in a pause.
    origin: Option<Origin>,
}

/// The day that stood there, if one did.
#[derive(Clone, Copy)]
struct Origin(Option<Date>);

/// A day that can be typed (`2027-03-01`), moved by a week with its buttons or Page Up and Page Down, by a day with the arrow
/// keys, and taken away. Gives the new day (or that there is none) once it is taken: by Enter, a button, or the cursor's
/// leaving; what reads as a day in pauses as well. Esc brings the old one back; what is no day is kept and said. `ui`'s ids must tell what the day belongs to.
pub fn date_field(ui: &mut Ui, name: &str, date: Option<Date>) -> Option<Option<Date>> {
    let mut moved_days = 0;
    let mut cleared = false;
    let mut taken = None;
    // The same way round whatever it stands in.
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(WIDTH, 26.0), layout, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let lower = lower(name);
        ui.add_enabled_ui(date.is_some(), |ui| {
            if icon_button(ui, icons::MINUS, &tr!("{name}: a week earlier", name)).clicked() {
                moved_days -= 7;
            }
        });
        let (days, typed) = text_ui(ui, name, date);
        moved_days += days;
        taken = typed;
        ui.add_enabled_ui(date.is_some(), |ui| {
            if icon_button(ui, icons::PLUS, &tr!("{name}: a week later", name)).clicked() {
                moved_days += 7;
            }
            cleared = icon_button(ui, icons::X, &tr!("Clear {lower}", lower)).clicked();
        });
    });
    if cleared {
        return Some(None);
    }
    let moved = |date: Date| date.checked_add(moved_days.days()).ok().filter(|date| YEARS.contains(&date.year()));
    let moved = date.filter(|_| moved_days != 0).and_then(moved).map(Some);
    moved.or(taken).filter(|new| *new != date)
}

/// The text; says by how many days keys move it, and what was typed if that is a day.
#[expect(clippy::option_option, reason = "as for the field: nothing was taken, no day was, a day was")]
fn text_ui(ui: &mut Ui, name: &str, date: Option<Date>) -> (i64, Option<Option<Date>>) {
    let id = ui.make_persistent_id(("date", name));
    let held: Option<Held> = ui.data(|data| data.get_temp(id)).filter(|held: &Held| held.over == date);
    let written = date.map_or_else(String::new, |date| date.to_string());
    let held = held.unwrap_or_else(|| Held { over: date, typed: written.clone(), wrong: None, origin: None });
    let Held { mut over, mut typed, mut wrong, mut origin } = held;
    let before = typed.clone();
    let days = if ui.memory(|memory| memory.has_focus(id)) { keys_days(ui) } else { 0 };
    let response = edit_ui(ui, id, &mut typed, wrong.is_some()).accessible_name(name);
    if typed != before {
        wrong = None;
    }
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    let mut taken = None;
    if days != 0 {
        (typed, wrong, origin) = (written.clone(), None, None);
    } else if response.lost_focus() && escaped {
        (typed, wrong) = (written.clone(), None);
        taken = origin.take().map(|Origin(day)| day);
    } else if response.has_focus() {
        let day = read_day(&typed).ok().filter(|day| Some(*day) != date);
        if typing::takes(ui, id, &typed, day.is_some()) {
            taken = day.map(Some);
            (over, origin) = (day.or(over), origin.or(Some(Origin(date))));
        }
    } else if response.lost_focus() {
        origin = None;
        let read = if typed.trim().is_empty() { Ok(None) } else { read_day(&typed).map(Some) };
        match read {
            Ok(day) => {
                (taken, wrong) = (Some(day), None);
                typed.clone_from(&written);
            }
            Err(why) => wrong = Some(why),
        }
    }
    if let Some(why) = &wrong {
        wrong_ui(&response, why);
    } else if let Some(date) = date {
        response.on_hover_text(crate::text::day_as(date, crate::lang::later("%A, %-d %B %Y")));
    }
    ui.data_mut(|data| {
        if typed == written && wrong.is_none() && origin.is_none() {
            data.remove_temp::<Held>(id);
        } else {
            data.insert_temp(id, Held { over, typed, wrong, origin });
        }
    });
    (days, taken)
}

fn edit_ui(ui: &mut Ui, id: egui::Id, typed: &mut String, wrong: bool) -> Response {
    let tokens = Tokens::of(ui);
    let hint = egui::RichText::new(crate::lang::t("YYYY-MM-DD")).size(11.5).color(tokens.faint);
    ui.scope(|ui| {
        if wrong {
            let line = egui::Stroke::new(1.5, tokens.error.ink);
            let widgets = &mut ui.visuals_mut().widgets;
            (widgets.inactive.bg_stroke, widgets.hovered.bg_stroke) = (line, line);
        }
        ui.add(
            TextEdit::singleline(typed)
                .id(id)
                .hint_text(hint)
                .align(egui::Align2::LEFT_CENTER)
                .char_limit(40)
                .min_size(vec2(TEXT_WIDTH, 24.0))
                .desired_width(TEXT_WIDTH - 12.0)
                .margin(egui::Margin::symmetric(6, 2)),
        )
    })
    .inner
}

/// The days that the keys of this frame move a date by.
fn keys_days(ui: &Ui) -> i64 {
    let steps = [(Key::ArrowUp, 1), (Key::ArrowDown, -1), (Key::PageUp, 7), (Key::PageDown, -7)];
    ui.input_mut(|input| {
        steps.iter().filter(|(key, _)| input.consume_key(Modifiers::NONE, *key)).map(|(_, days)| days).sum()
    })
}

/// Says under the field what is wrong with what stands in it.
pub(super) fn wrong_ui(field: &Response, why: &str) {
    let popup = Popup::from_response(field).id(field.id.with("wrong")).open(true);
    popup.close_behavior(PopupCloseBehavior::IgnoreClicks).gap(2.0).show(|ui| {
        ui.set_max_width(240.0);
        let ink = Tokens::of(ui).error.ink;
        ui.label(text(why, Face::Regular, 12.0).color(ink));
    });
}
