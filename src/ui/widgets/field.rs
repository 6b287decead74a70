//! Fields: search, text that is taken when the cursor leaves, numbers that can be unknown.

use egui::{DragValue, Key, Response, Role, TextEdit, Ui, vec2};

use super::button::icon_button;
use crate::ui::{
    icons,
    theme::{Face, Tokens},
};

/// A search field with its sign, its hint and a button that empties it.
pub fn search_field(ui: &mut Ui, text: &mut String, hint: &str) -> Response {
    let tokens = Tokens::of(ui);
    let fill = if tokens.dark { tokens.app } else { tokens.sunken };
    let frame = egui::Frame::new()
        .fill(fill)
        .stroke(egui::Stroke::new(1.0, tokens.line))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(8, 2));
    let mut response = None;
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_height(24.0);
            let (sign, _) = ui.allocate_exact_size(vec2(14.0, 24.0), egui::Sense::hover());
            let centre = egui::Align2::CENTER_CENTER;
            ui.painter().text(sign.center(), centre, icons::SEARCH, Face::Icons.at(13.0), tokens.faint);
            let room = ui.available_width() - if text.is_empty() { 0.0 } else { 30.0 };
            let edit = TextEdit::singleline(text)
                .hint_text(egui::RichText::new(hint).color(tokens.faint))
                .frame(egui::Frame::NONE)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(vec2(0.0, 24.0))
                .desired_width(room);
            let field = ui.add(edit).accessible_name(hint.trim_end_matches("..."));
            if !text.is_empty() && icon_button(ui, icons::X, "Clear the search").clicked() {
                text.clear();
            }
            response = Some(field);
        });
    });
    response.unwrap_or_else(|| ui.label(""))
}

/// How a text field is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// One line in the size of a title, without a frame until it is touched.
    Title,
    /// One line in a frame.
    Line,
    /// Several lines in a frame.
    Lines(usize),
}

/// A text field that shows `text` and keeps what is typed to itself until the cursor leaves.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What the field is called.
    pub name: &'a str,
    /// What stands in it.
    pub text: &'a str,
    /// What stands in it when nothing does.
    pub hint: &'a str,
    /// How it is drawn.
    pub kind: TextKind,
    /// Whether nothing is an answer.
    pub may_be_empty: bool,
}

/// Shows a [`Draft`]; gives the new text once Enter or the cursor's leaving takes it. Esc brings the old text back.
/// `ui`'s ids must tell what the text belongs to.
pub fn draft_field(ui: &mut Ui, draft: &Draft<'_>, focus: bool) -> Option<String> {
    let id = ui.make_persistent_id(("draft", draft.name));
    let held: Option<String> = ui.data(|data| data.get_temp(id));
    let mut typed = held.unwrap_or_else(|| draft.text.to_owned());
    let response = draft_edit(ui, draft, id, &mut typed).accessible_name(draft.name);
    if focus {
        response.request_focus();
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, typed));
        return None;
    }
    ui.data_mut(|data| data.remove_temp::<String>(id));
    let reverted = ui.input(|input| input.key_pressed(Key::Escape));
    let typed = if matches!(draft.kind, TextKind::Lines(_)) { typed } else { typed.trim().to_owned() };
    let taken = response.lost_focus() && !reverted && typed != draft.text;
    (taken && (draft.may_be_empty || !typed.is_empty())).then_some(typed)
}

fn draft_edit(ui: &mut Ui, draft: &Draft<'_>, id: egui::Id, typed: &mut String) -> Response {
    let tokens = Tokens::of(ui);
    let hint = egui::RichText::new(draft.hint).color(tokens.faint);
    let width = ui.available_width();
    let edit = match draft.kind {
        TextKind::Lines(rows) => TextEdit::multiline(typed).desired_rows(rows),
        TextKind::Title => TextEdit::singleline(typed).font(Face::SemiBold.at(15.0)).frame(title_frame(ui, id)),
        TextKind::Line => TextEdit::singleline(typed),
    };
    ui.add(edit.id(id).hint_text(hint).desired_width(width))
}

/// A title looks like a title until the pointer or the cursor is on it.
fn title_frame(ui: &Ui, id: egui::Id) -> egui::Frame {
    let tokens = Tokens::of(ui);
    let touched = ui.memory(|memory| memory.has_focus(id)) || ui.read_response(id).is_some_and(|was| was.hovered());
    let line = if touched { tokens.line_strong } else { egui::Color32::TRANSPARENT };
    egui::Frame::new()
        .stroke(egui::Stroke::new(1.0, line))
        .corner_radius(5)
        .inner_margin(egui::Margin::symmetric(4, 1))
        .outer_margin(egui::Margin { left: -5, ..egui::Margin::ZERO })
}

/// What was done to a [`number_field`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Dragged to this value, and still held.
    Dragging(f64),
    /// Let go.
    Released,
    /// Typed, or stepped with a key.
    Set(f64),
}

/// The range and the manner of a number.
#[derive(Clone, Debug)]
pub struct NumberStyle<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it is when nobody knows: where dragging begins.
    pub typical: f64,
    /// Smallest and largest value.
    pub range: std::ops::RangeInclusive<f64>,
    /// Written before the number.
    pub prefix: &'a str,
    /// Written behind the number.
    pub suffix: &'a str,
    /// What stands there without a value: `unknown`, `none`.
    pub absent: &'a str,
    /// Decimals at most.
    pub decimals: usize,
    /// Whether the cursor goes into it now.
    pub focus: bool,
}

/// A number that can be dragged or typed; without a value it says so.
pub fn number_field(ui: &mut Ui, style: &NumberStyle<'_>, value: Option<f64>, width: f32) -> Option<Number> {
    let id = ui.make_persistent_id(("number", style.name));
    let start = value.unwrap_or(style.typical);
    let mut written = None;
    let response = {
        let written = &mut written;
        let known = value.is_some();
        let (prefix, suffix) = (style.prefix.to_owned(), style.suffix.to_owned());
        let absent = style.absent.to_owned();
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
            .custom_formatter(move |number, _| {
                if known { format!("{prefix}{}{suffix}", crate::figures::number(number)) } else { absent.clone() }
            })
            .custom_parser(parse_number);
        ui.push_id(id, |ui| {
            let spacing = ui.spacing_mut();
            spacing.button_padding.x = 8.0;
            spacing.interact_size = vec2(width, 26.0);
            if !known {
                let tokens = Tokens::of(ui);
                ui.visuals_mut().override_text_color = Some(tokens.faint);
                ui.visuals_mut().widgets.inactive.weak_bg_fill = tokens.panel;
                ui.visuals_mut().widgets.inactive.bg_stroke.color = tokens.line;
            }
            ui.add(field)
        })
        .inner
    };
    let response = response.accessible_name(style.name);
    if style.focus {
        response.request_focus();
    }
    debug_assert!(!style.name.is_empty(), "a number without a name cannot be found by {:?}", Role::SpinButton);
    match written {
        Some(number) if response.dragged() => Some(Number::Dragging(number)),
        _ if response.drag_stopped() => Some(Number::Released),
        Some(number) if value != Some(number) => Some(Number::Set(number)),
        _ => None,
    }
}

/// The number at the start of what was typed; thousands may be separated, `k` and `m` stand for thousands and millions.
fn parse_number(typed: &str) -> Option<f64> {
    let typed = typed.trim().trim_start_matches('$').to_lowercase().replace([',', '\u{a0}', ' '], "").replace('−', "-");
    let end = typed.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(typed.len());
    let number: f64 = typed[..end].parse().ok()?;
    let scale = match &typed[end..] {
        "k" => 1e3,
        "m" => 1e6,
        _ => 1.0,
    };
    Some(number * scale).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::parse_number;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let typed = ["38", " 1,200 ", "50k", "400 ms", "$4,500", "−3", "1.5m", "unknown", "", "min"];
        let read =
            [Some(38.0), Some(1200.0), Some(5e4), Some(400.0), Some(4500.0), Some(-3.0), Some(1.5e6), None, None, None];
        assert_eq!(typed.map(parse_number), read);
    }
}
