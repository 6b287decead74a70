//! Numbers that can be dragged or typed, and that can be unknown.

use std::cell::RefCell;

use egui::{DragValue, Key, Response, Role, Ui, vec2};

use super::date::wrong_ui;
use crate::{
    figures::{Money, Typed, read_money},
    text::decimal,
    ui::theme::Tokens,
};

/// What was done to a [`number_field`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Dragged to this value, and still held.
    Dragging(f64),
    /// Let go.
    Released,
    /// Taken back with Esc while it was held.
    Cancelled,
    /// Typed, or stepped with a key.
    Set(f64),
}

/// How a number is written and read.
#[derive(Clone, Copy, Debug)]
pub enum Form<'a> {
    /// With thousands separated by commas, and this behind it.
    Plain(&'a str),
    /// As an amount of money, in its currency.
    Money(Money<'a>),
}

impl Form<'_> {
    fn write(self, number: f64, decimals: usize) -> String {
        match self {
            Self::Plain(suffix) => format!("{}{suffix}", decimal(number, decimals.max(2))),
            Self::Money(money) => money.exact_of(number),
        }
    }

    /// The number of what was typed, else why it is none.
    fn read(self, typed: &str) -> Result<f64, String> {
        let none = |noun| format!("\"{}\" is no {noun}", typed.trim());
        match self {
            Self::Plain(_) => parse_number(typed).ok_or_else(|| none("number")),
            Self::Money(money) => match read_money(typed, money.currency())? {
                Typed::Figure(amount) => Ok(amount),
                Typed::Chance(_) => Err(none("amount of money")),
            },
        }
    }
}

/// The range and the manner of a number.
#[derive(Clone, Debug)]
pub struct NumberStyle<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it is when nobody knows: where dragging begins.
    pub typical: f64,
    /// Smallest and largest value. What is typed beyond them is refused, with the reason under the field.
    pub range: std::ops::RangeInclusive<f64>,
    /// How it is written.
    pub form: Form<'a>,
    /// What stands there without a value: `unknown`, `none`.
    pub absent: &'a str,
    /// Decimals at most.
    pub decimals: usize,
    /// Whether the cursor goes into it now.
    pub focus: bool,
}

/// What the field remembers from one frame to the next.
#[derive(Clone, Debug, Default)]
struct Memory {
    /// The frame, counted: what is from an earlier one than the last is of another field, or of another project.
    frame: u64,
    /// Esc was pressed: what was typed is not taken, though the cursor leaves.
    escaped: bool,
    /// Why what was typed was not taken, and the value that stands there instead.
    wrong: Option<(String, Option<f64>)>,
}

/// A number that can be dragged or typed; without a value it says so. Esc brings back what it was, also while it is dragged.
pub fn number_field(ui: &mut Ui, style: &NumberStyle<'_>, value: Option<f64>, width: f32) -> Option<Number> {
    debug_assert!(!style.name.is_empty(), "a number without a name cannot be found by {:?}", Role::SpinButton);
    let id = ui.make_persistent_id(("number", style.name));
    let frame = ui.ctx().cumulative_frame_nr();
    let before: Option<Memory> = ui.data(|data| data.get_temp(id)).filter(|held: &Memory| held.frame + 1 >= frame);
    let (escaped, told) = before.map_or((false, None), |before| (before.escaped, before.wrong));
    let (mut written, wrong) = (None, RefCell::new(None));
    let take = |typed: &str| if escaped { None } else { taken(style, value, typed, &wrong) };
    let response = field_ui(ui, id, style, value, width, &mut written, &take).accessible_name(style.name);
    if style.focus {
        response.request_focus();
    }
    let escape = ui.input(|input| input.key_pressed(Key::Escape));
    let told = told.filter(|(_, over)| *over == value && !response.has_focus() && !response.dragged() && !goes_on(ui));
    let wrong = wrong.into_inner().map(|why| (why, value)).or(told);
    if let Some((why, _)) = &wrong {
        wrong_ui(&response, why);
    }
    let escaped = escape && response.lost_focus();
    ui.data_mut(|data| {
        if escaped || wrong.is_some() {
            data.insert_temp(id, Memory { frame, escaped, wrong });
        } else {
            data.remove_temp::<Memory>(id);
        }
    });
    // A drag that Esc ends never was: the toolkit lets go of it in this frame or the next.
    if escape && (response.dragged() || response.drag_stopped()) {
        ui.ctx().stop_dragging();
        return Some(Number::Cancelled);
    }
    match written {
        Some(number) if response.dragged() => Some(Number::Dragging(number)),
        _ if response.drag_stopped() => Some(Number::Released),
        Some(number) => {
            // A key steps over the ends, and help for the blind sets what it likes.
            let number = number.clamp(*style.range.start(), *style.range.end());
            (value != Some(number)).then_some(Number::Set(number))
        }
        None => None,
    }
}

/// Whether somebody does something else than typing: then nothing is said any more of what was not taken.
fn goes_on(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.any_pressed() || input.key_pressed(Key::Escape) || input.modifiers.command)
}

/// The value of what was typed, if it is one that may stand there. What stood there before, left as it is, changes nothing.
fn taken(style: &NumberStyle<'_>, value: Option<f64>, typed: &str, wrong: &RefCell<Option<String>>) -> Option<f64> {
    let write = |number: f64| style.form.write(number, style.decimals);
    if typed.trim() == value.map_or_else(|| style.absent.to_owned(), write).trim() {
        return value;
    }
    let whole = style.decimals == 0 && matches!(style.form, Form::Plain(_));
    let why = match style.form.read(typed).map(|number| if whole { number.round() } else { number }) {
        Ok(number) if style.range.contains(&number) => return Some(number),
        Ok(_) => {
            format!("From {} to {}; it is as before", write(*style.range.start()), write(*style.range.end()))
        }
        Err(_) if typed.trim().is_empty() => return None,
        Err(why) => format!("{why}; it is as before"),
    };
    *wrong.borrow_mut() = Some(why);
    None
}

fn field_ui(
    ui: &mut Ui,
    id: egui::Id,
    style: &NumberStyle<'_>,
    value: Option<f64>,
    width: f32,
    written: &mut Option<f64>,
    take: &dyn Fn(&str) -> Option<f64>,
) -> Response {
    let start = value.unwrap_or(style.typical);
    let field = DragValue::from_get_set(move |new| {
        if let Some(new) = new {
            *written = Some(new);
        }
        written.unwrap_or(start)
    });
    let field = field
        // Pushes the number to the right of its field.
        .prefix(egui::Atom::grow())
        .range(style.range.clone())
        // A value from a file that is out of range is a finding, not something to mend in passing.
        .clamp_existing_to_range(false)
        .speed((start.abs() * 0.01).max(if style.decimals == 0 { 0.15 } else { 0.01 }))
        .max_decimals(style.decimals)
        .update_while_editing(false)
        .custom_formatter(|number, _| {
            if value.is_some() { style.form.write(number, style.decimals) } else { style.absent.to_owned() }
        })
        .custom_parser(take);
    let add = |ui: &mut Ui| {
        let spacing = ui.spacing_mut();
        spacing.button_padding.x = 8.0;
        spacing.interact_size = vec2(width, 26.0);
        if value.is_none() {
            let tokens = Tokens::of(ui);
            ui.visuals_mut().override_text_color = Some(tokens.faint);
            ui.visuals_mut().widgets.inactive.weak_bg_fill = tokens.panel;
            ui.visuals_mut().widgets.inactive.bg_stroke.color = tokens.line;
        }
        ui.add(field)
    };
    ui.push_id(id, add).inner
}

/// The number at the start of what was typed; commas separate thousands, or stand before decimals where what follows is no group of
/// three; `k` and `m` stand for thousands and millions.
fn parse_number(typed: &str) -> Option<f64> {
    let typed = typed.trim().to_lowercase().replace(['\u{a0}', ' '], "").replace('−', "-");
    let end = typed.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))).unwrap_or(typed.len());
    let (digits, unit) = typed.split_at(end);
    let (first, rest) = digits.split_once(',').unwrap_or((digits, ""));
    let three = |group: &str| group.chars().take_while(char::is_ascii_digit).count() == 3;
    let grouped =
        digits.contains(',') && !first.trim_start_matches(['-', '0']).is_empty() && rest.split(',').all(three);
    let digits = digits.replace(',', if grouped { "" } else { "." });
    let number: f64 = digits.parse().ok()?;
    let scale = match unit {
        "k" => 1e3,
        "m" => 1e6,
        _ => 1.0,
    };
    Some(number * scale).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Currency, Grouping};

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, read) in [
            ("38", Some(38.0)),
            (" 1,200 ", Some(1200.0)),
            ("1,234,567.5", Some(1_234_567.5)),
            ("12,5", Some(12.5)),
            ("0,950", Some(0.95)),
            ("50k", Some(5e4)),
            ("400 ms", Some(400.0)),
            ("−3", Some(-3.0)),
            ("1.5m", Some(1.5e6)),
            ("unknown", None),
            ("", None),
            ("min", None),
        ] {
            assert_eq!(parse_number(typed), read, "{typed}");
        }
    }

    #[test]
    fn money_reads_as_it_is_written_in_every_manner() {
        for grouping in Grouping::ALL {
            for (symbol, symbol_behind) in [("€", true), ("£", false), ("CHF", false), ("kr", true), ("C$", false)] {
                let currency = Currency { symbol: symbol.to_owned(), symbol_behind, grouping, ..Currency::default() };
                let form = Form::Money(Money::new(&currency));
                for amount in [0.5, 12.25, 4_000.0, 230_000.0, 1_234_567.5] {
                    let text = form.write(amount, 0);
                    assert_eq!(form.read(&text), Ok(amount), "{text} in {grouping:?}");
                }
            }
        }
    }
}
