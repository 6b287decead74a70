//! Numbers that can be dragged or typed, and that can be unknown.

mod typed;

use std::ops::ControlFlow;

use egui::{DragValue, Key, Response, Role, Ui, vec2};

use self::typed::{is_typed, typed_ui};
use super::date::wrong_ui;
use crate::{
    figures::{Money, Typed, read_money},
    lang::{self, t, tr},
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
    /// Typed, or stepped with a key; the cursor may still be there.
    Set(f64),
    /// Taken back with Esc while the cursor was there, though something of it was taken before.
    TakenBack,
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
        let none = |noun| tr!("\"{}\" is no {noun}", typed.trim(), noun);
        match self {
            Self::Plain(_) => parse_number(typed).ok_or_else(|| none(t("number"))),
            Self::Money(money) => match read_money(typed, money.currency())? {
                Typed::Figure(amount) => Ok(amount),
                Typed::Chance(_) => Err(none(t("amount of money"))),
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

/// Why what was typed in a field was not taken, and the value that stands there instead.
#[derive(Clone, Debug)]
struct Wrong {
    why: String,
    over: Option<f64>,
    /// The frame, counted: what is from an earlier one than the last is of another field, or of another project.
    frame: u64,
}

impl NumberStyle<'_> {
    fn write(&self, number: f64) -> String {
        self.form.write(number, self.decimals)
    }

    fn shown(&self, value: Option<f64>) -> String {
        value.map_or_else(|| self.absent.to_owned(), |number| self.write(number))
    }

    /// By how much a key steps, and a point of a drag.
    fn step(&self, value: Option<f64>) -> f64 {
        let start = value.unwrap_or(self.typical);
        (start.abs() * 0.01).max(if self.decimals == 0 { 0.15 } else { 0.01 })
    }

    /// The value of what was typed, or why it may not stand there. What stood there before, left as it is, changes nothing, and neither does
    /// an empty field.
    fn read(&self, value: Option<f64>, typed: &str) -> ControlFlow<String, Option<f64>> {
        if typed.trim() == self.shown(value).trim() || typed.trim().is_empty() {
            return ControlFlow::Continue(value);
        }
        let whole = self.decimals == 0 && matches!(self.form, Form::Plain(_));
        match self.form.read(typed).map(|number| if whole { number.round() } else { number }) {
            Ok(number) if self.range.contains(&number) => ControlFlow::Continue(Some(number)),
            Ok(_) => ControlFlow::Break(tr!(
                "From {0} to {1}; it is as before",
                self.write(*self.range.start()),
                self.write(*self.range.end())
            )),
            Err(why) => ControlFlow::Break(tr!("{why}; it is as before", why)),
        }
    }
}

/// A number that can be dragged or typed; without a value it says so. Esc brings back what it was, also while it is dragged.
pub fn number_field(ui: &mut Ui, style: &NumberStyle<'_>, value: Option<f64>, width: f32) -> Option<Number> {
    debug_assert!(!style.name.is_empty(), "a number without a name cannot be found by {:?}", Role::SpinButton);
    let id = ui.make_persistent_id((t("number"), style.name));
    let frame = ui.ctx().cumulative_frame_nr();
    let show = |ui: &mut Ui| {
        dress(ui, value.is_some(), width);
        let field = ui.next_auto_id();
        if is_typed(ui, field) {
            return typed_ui(ui, field, style, value);
        }
        let (response, number) = dragged_ui(ui, style, value);
        (response, number, None)
    };
    let (response, number, why) = ui.push_id(id, show).inner;
    let response = response.accessible_name(style.name);
    if style.focus {
        response.request_focus();
    }
    let told: Option<Wrong> = ui.data(|data| data.get_temp(id)).filter(|told: &Wrong| told.frame + 1 >= frame);
    let told = told.filter(|told| told.over == value && !response.has_focus() && !response.dragged() && !goes_on(ui));
    let wrong = why.map(|why| Wrong { why, over: value, frame }).or(told);
    if let Some(wrong) = &wrong {
        wrong_ui(&response, &wrong.why);
    }
    ui.data_mut(|data| match wrong {
        Some(wrong) => {
            data.insert_temp(id, Wrong { frame, ..wrong });
        }
        None => data.remove::<Wrong>(id),
    });
    number
}

/// Whether somebody does something else than typing: then nothing is said any more of what was not taken.
fn goes_on(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.any_pressed() || input.key_pressed(Key::Escape) || input.modifiers.command)
}

/// The number as a button that can be dragged.
fn dragged_ui(ui: &mut Ui, style: &NumberStyle<'_>, value: Option<f64>) -> (Response, Option<Number>) {
    let (start, mut written) = (value.unwrap_or(style.typical), None);
    let field = DragValue::from_get_set(|new| {
        written = new.or(written);
        written.unwrap_or(start)
    });
    let field = field
        // Pushes the number to the right of its field.
        .prefix(egui::Atom::grow())
        .range(style.range.clone())
        // A value from a file that is out of range is a finding, not something to mend in passing.
        .clamp_existing_to_range(false)
        .speed(style.step(value))
        .max_decimals(style.decimals)
        .custom_formatter(|number, _| if value.is_some() { style.write(number) } else { style.absent.to_owned() });
    let response = ui.add(field);
    // A drag that Esc ends never was: the toolkit lets go of it in this frame or the next.
    if ui.input(|input| input.key_pressed(Key::Escape)) && (response.dragged() || response.drag_stopped()) {
        ui.ctx().stop_dragging();
        return (response, Some(Number::Cancelled));
    }
    let number = match written {
        Some(number) if response.dragged() => Some(Number::Dragging(number)),
        _ if response.drag_stopped() => Some(Number::Released),
        // Help for the blind sets what it likes.
        Some(number) => {
            let number = number.clamp(*style.range.start(), *style.range.end());
            (value != Some(number)).then_some(Number::Set(number))
        }
        None => None,
    };
    (response, number)
}

fn dress(ui: &mut Ui, known: bool, width: f32) {
    let spacing = ui.spacing_mut();
    spacing.button_padding.x = 8.0;
    spacing.interact_size = vec2(width, 26.0);
    if !known {
        let tokens = Tokens::of(ui);
        ui.visuals_mut().override_text_color = Some(tokens.faint);
        ui.visuals_mut().widgets.inactive.weak_bg_fill = tokens.panel;
        ui.visuals_mut().widgets.inactive.bg_stroke.color = tokens.line;
    }
}

/// The number at the start of what was typed; commas separate thousands, or stand before decimals where what follows is no group of
/// three; `k` and `m` stand for thousands and millions.
fn parse_number(typed: &str) -> Option<f64> {
    let typed = typed.trim().to_lowercase().replace(['\u{a0}', ' '], "").replace('−', "-");
    let typed = if lang::current().number_signs().point == "," { swapped(&typed) } else { typed };
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

/// Points as commas and commas as points.
fn swapped(typed: &str) -> String {
    let sign = |character: char| match character {
        '.' => ',',
        ',' => '.',
        other => other,
    };
    typed.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Currency, Grouping};

    #[test]
    fn numbers_are_read_as_the_language_has_them() {
        let german = lang::with(lang::Language::German, || ["12,5", "1.200", "1.234.567,5", "0.5"].map(parse_number));
        assert_eq!(german, [12.5, 1200.0, 1_234_567.5, 0.5].map(Some));
    }

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
