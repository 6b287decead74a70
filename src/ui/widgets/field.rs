//! Fields: search, and text that is taken when the cursor leaves.

use egui::{Key, Response, TextEdit, Ui, text::CCursorRange, vec2};

use super::{button::icon_button, caption::text_size, date::wrong_ui};
use crate::{
    lang::{t, tr},
    project::{MAX_NAME_BYTES, MAX_TEXT_BYTES},
    ui::{
        icons,
        theme::{Face, Tokens},
        typing,
    },
};

/// How wide the button is that empties a search, in points.
const CLEAR_WIDTH: f32 = 24.0;

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
            // A hair too wide in any frame, and a panel around it would grow: what is typed in this one has its button in the next.
            let clears = !text.is_empty();
            let button = if clears { CLEAR_WIDTH + ui.spacing().item_spacing.x } else { 0.0 };
            let room = ui.available_width() - button;
            let edit = TextEdit::singleline(text)
                .hint_text(egui::RichText::new(hint).color(tokens.faint))
                .frame(egui::Frame::NONE)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(vec2(0.0, 24.0))
                .desired_width(room);
            let field = ui.add(edit).accessible_name(hint.trim_end_matches("..."));
            if clears && icon_button(ui, icons::X, t("Clear the search")).clicked() {
                text.clear();
            }
            if clears == text.is_empty() {
                ui.request_repaint();
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
    /// The same, where any words will do.
    Words,
    /// Several lines in a frame.
    Lines(usize),
}

impl TextKind {
    /// Whether any text will do in it, at any moment: then it is taken in pauses, too.
    fn is_free(self) -> bool {
        !matches!(self, Self::Line)
    }

    fn has_lines(self) -> bool {
        matches!(self, Self::Lines(_))
    }

    /// Most bytes that it takes: no more are kept of a name, or of a text.
    fn most_bytes(self) -> usize {
        if self.has_lines() { MAX_TEXT_BYTES } else { MAX_NAME_BYTES }
    }
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

/// Shows a [`Draft`]; gives the new text once Enter or the cursor's leaving takes it, and free text in pauses as well. Esc brings the old
/// text back.
/// `ui`'s ids must tell what the text belongs to.
pub fn draft_field(ui: &mut Ui, draft: &Draft<'_>, focus: bool) -> Option<String> {
    let id = draft_id(ui, draft.name);
    draft_field_at(ui, id, draft, focus).0
}

/// The same for a name that nothing else may have. `given` says what it is called if somebody wants to call it so; where that is otherwise than
/// written, the field says it as long as the cursor is in it. `key` tells it from other fields of this `ui`, whatever the name becomes.
pub fn name_field(
    ui: &mut Ui,
    key: &str,
    draft: &Draft<'_>,
    focus: bool,
    given: &dyn Fn(&str) -> String,
) -> Option<String> {
    let id = draft_id(ui, key);
    let (taken, response) = draft_field_at(ui, id, draft, focus);
    let held: Option<String> = ui.data(|data| data.get_temp(id));
    if let Some(wanted) = held.filter(|_| response.has_focus()) {
        let (wanted, given) = (wanted.trim(), given(&wanted));
        if wanted.is_empty() {
            // What was taken in a pause on the way to nothing is not what comes back.
            let origin: Option<String> = ui.data(|data| data.get_temp(origin_id(id)));
            let words = match origin.filter(|origin| origin != draft.text) {
                Some(origin) => tr!("It needs a name; without one it is called \"{origin}\" again", origin),
                None => tr!("It needs a name; until it has one it stays \"{}\"", draft.text),
            };
            wrong_ui(&response, &words);
        } else if given != wanted {
            wrong_ui(&response, &tr!("\"{wanted}\" is taken already; this one is called \"{given}\"", wanted, given));
        }
    }
    taken
}

fn draft_field_at(ui: &mut Ui, id: egui::Id, draft: &Draft<'_>, focus: bool) -> (Option<String>, Response) {
    forget_if_another(ui, id, draft.text);
    let held: Option<String> = ui.data(|data| data.get_temp(id));
    let mut typed = held.unwrap_or_else(|| draft.text.to_owned());
    let response = draft_edit(ui, draft, id, &mut typed).accessible_name(draft.name);
    if focus {
        response.request_focus();
        if !draft.kind.has_lines() {
            // Who was led here by a command replaces what stands there by typing.
            let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::select_all_str(&typed)));
            state.store(ui.ctx(), id);
        }
    }
    let is_new = |typed: &str| typed != draft.text && (draft.may_be_empty || !typed.is_empty());
    let as_taken = |typed: &str| if draft.kind.has_lines() { typed } else { typed.trim() }.to_owned();
    let origin = origin_id(id);
    if response.has_focus() {
        let taken = as_taken(&typed);
        // What was taken may be written in another way since: it is not taken again.
        let last: Option<String> = ui.data(|data| data.get_temp(id.with("taken")));
        let is_new = is_new(&taken) && last.as_ref() != Some(&taken);
        let pauses = draft.kind.is_free() && typing::takes(ui, id, &taken, is_new);
        ui.data_mut(|data| {
            data.insert_temp(id, typed);
            let seen: &mut Seen = data.get_temp_mut_or_insert_with(id, || Seen::of(draft.text));
            if pauses {
                seen.takes = true;
                data.insert_temp(id.with("taken"), taken.clone());
                data.get_temp_mut_or_insert_with(origin, || draft.text.to_owned());
            }
        });
        return (pauses.then_some(taken), response);
    }
    let origin: Option<String> = ui.data_mut(|data| {
        data.remove_temp::<String>(id);
        data.remove_temp::<String>(id.with("taken"));
        data.remove_temp::<Seen>(id);
        data.remove_temp(origin)
    });
    // A name is what it was before; of longer texts Esc only leaves the field.
    let reverted = !draft.kind.has_lines() && ui.input(|input| input.key_pressed(Key::Escape));
    let typed = as_taken(&typed);
    // Where there has to be something, nothing is no answer: what was taken on the way there is not meant either.
    let is_nothing = typed.is_empty() && !draft.may_be_empty;
    let typed = if reverted || is_nothing { origin.unwrap_or_else(|| draft.text.to_owned()) } else { typed };
    ((response.lost_focus() && is_new(&typed)).then_some(typed), response)
}

/// What the project had for a field with the cursor when it was looked at last, and whether it takes what was typed since.
#[derive(Clone, Debug, Default)]
struct Seen {
    text: String,
    takes: bool,
}

impl Seen {
    fn of(text: &str) -> Self {
        Self { text: text.to_owned(), takes: false }
    }
}

/// Where the project has got another text meanwhile, and not by way of the field (it was read again, or something was undone), that is what stands
/// in the field: what stood there before would be written over it.
fn forget_if_another(ui: &Ui, id: egui::Id, text: &str) {
    let seen: Option<Seen> = ui.data(|data| data.get_temp(id));
    let Some(seen) = seen.filter(|seen| seen.text != text) else { return };
    ui.data_mut(|data| {
        if !seen.takes {
            data.remove_temp::<String>(id);
            data.remove_temp::<String>(id.with("taken"));
            data.remove_temp::<String>(origin_id(id));
        }
        data.insert_temp(id, Seen::of(text));
    });
}

/// Under which it is remembered what stood in a field before any of what is typed was taken.
fn origin_id(field: egui::Id) -> egui::Id {
    field.with("origin")
}

/// The id of a [`Draft`] by its name, from the `ui` it is shown in.
pub fn draft_id(ui: &Ui, name: &str) -> egui::Id {
    ui.make_persistent_id(("draft", name))
}

fn draft_edit(ui: &mut Ui, draft: &Draft<'_>, id: egui::Id, typed: &mut String) -> Response {
    let tokens = Tokens::of(ui);
    let hint = egui::RichText::new(draft.hint).color(tokens.faint);
    let width = ui.available_width();
    let cut = matches!(draft.kind, TextKind::Line | TextKind::Words)
        && !ui.memory(|memory| memory.has_focus(id))
        && is_cut(ui, typed, width);
    let margins = margins(ui);
    let mut with_ellipsis = |ui: &Ui, text: &dyn egui::TextBuffer, room: f32| {
        let font = egui::TextStyle::Body.resolve(ui.style());
        let mut job = egui::text::LayoutJob::simple_singleline(text.as_str().to_owned(), font, tokens.text);
        job.wrap = egui::text::TextWrapping::truncate_at_width(room.min(width - margins));
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let edit = match draft.kind {
        TextKind::Lines(rows) => TextEdit::multiline(typed).desired_rows(rows),
        TextKind::Title => TextEdit::singleline(typed).font(Face::SemiBold.at(15.0)).frame(title_frame(ui, id)),
        TextKind::Line | TextKind::Words if cut => TextEdit::singleline(typed).layouter(&mut with_ellipsis),
        TextKind::Line | TextKind::Words => TextEdit::singleline(typed),
    };
    let response = ui.add(edit.id(id).hint_text(hint).desired_width(width));
    typed.truncate(typed.floor_char_boundary(draft.kind.most_bytes()));
    if cut { response.on_hover_text(typed.as_str()) } else { response }
}

/// Whether a line of text is wider than its field.
fn is_cut(ui: &Ui, typed: &str, width: f32) -> bool {
    text_size(ui, typed, egui::TextStyle::Body.resolve(ui.style())).x > width - margins(ui)
}

/// Room that the frame of a line takes at both sides together.
fn margins(ui: &Ui) -> f32 {
    2.0 * ui.spacing().button_padding.x
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
