//! Names and texts written where they stand: a field over the caption of a boundary, the name of a component, the text of a note.

use egui::{
    Color32, FontId, Key, Margin, Modifiers, Rect, Response, Shape, Stroke, StrokeKind, TextBuffer, TextEdit, Ui,
    UiBuilder, Vec2, pos2,
    text::{CCursorRange, LayoutJob},
    vec2,
};

use kurbo::Size;

use super::{NOTE_PADDING, WORDS_LEFT, note_height_world};
use crate::{
    geometry::walk::rect_world,
    lang::{t, tr},
    project::{Boundary, Edit, ElementId, MAX_NAME_BYTES, MAX_TEXT_BYTES, NoteColour, Project, StickyNote},
    session::Action,
    ui::{
        Actions, View,
        canvas::{CanvasState, convert::to_rect, pen},
        theme::{Face, Tokens},
        typing,
    },
};

/// Room to type in beside what stands there, in points.
const ROOM: f32 = 24.0;
/// Between the border of the field and what is written, in points.
const INSIDE: Vec2 = vec2(5.0, 3.0);
/// Width of the line around a field, in points.
const LINE: f32 = 1.5;
/// Names are not written smaller than this, in points, however far the sheet is zoomed out; nor is a note whose text is too small to be
/// painted.
const LEAST_TEXT: f32 = 12.0;

/// A field on the sheet with the cursor in it.
pub(in crate::ui::canvas) struct InPlace {
    element: ElementId,
    typed: String,
    /// The paper of the note that is written on.
    paper: NoteColour,
    /// The toolkit's name of the field once it was shown.
    field: Option<egui::Id>,
}

/// What becomes of it in this frame.
enum Outcome {
    Goes,
    Taken,
}

impl InPlace {
    /// A field for what an element is called, or says; `None` for a connection and for what is not there.
    pub(in crate::ui::canvas) fn new(project: &Project, element: &ElementId) -> Option<Self> {
        let named = project.contains(element) && !matches!(element, ElementId::Connection(_));
        let note = if let ElementId::Note(id) = element { project.sticky_notes.get(id) } else { None };
        let paper = note.map(|note| note.colour).unwrap_or_default();
        named.then(|| Self { element: element.clone(), typed: project.name_of(element), paper, field: None })
    }

    fn is_note(&self) -> bool {
        matches!(self.element, ElementId::Note(_))
    }
}

/// Shows the field, and takes what was written when the cursor leaves: by Enter (in a note Ctrl+Enter), by Esc, or by a click elsewhere.
/// What somebody wrote is never thrown away by a key that only ends the writing; undo takes it back.
pub(super) fn show(ui: &mut Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let Some(mut editing) = state.tools.editing.take() else { return };
    let Some(rect) = rect_world(view.session.project(), &editing.element) else { return };
    let place = place(ui, &editing, to_rect(state.camera.rect_screen(rect)), state.camera.zoom as f32);
    match field(ui, &mut editing, place, state) {
        Outcome::Goes => {
            let step = taken(ui, view.session.project(), &editing);
            let takes = |field| typing::takes(ui, field, &editing.typed, step.is_some());
            let takes = editing.field.is_some_and(takes);
            actions.extend(step.filter(|_| takes));
            state.tools.editing = Some(editing);
        }
        Outcome::Taken => actions.extend(taken(ui, view.session.project(), &editing)),
    }
}

/// Where a field is, and how it is written.
struct Place {
    /// For a name the field, for a note where its text is.
    rect: Rect,
    /// Between a note's text and the border of its ground, in points.
    padding: f32,
    font: FontId,
}

/// Where the field is and in which face it is written: the text of a note where and as it is painted, so that it stays as it was written.
fn place(ui: &Ui, editing: &InPlace, rect: Rect, zoom: f32) -> Place {
    if editing.is_note() {
        let padding = NOTE_PADDING * zoom;
        let inside = rect.shrink(padding);
        if let Some(size) = pen::readable(12.0 * zoom) {
            return Place { rect: inside, padding, font: Face::Regular.at(size) };
        }
        let inside = Rect::from_min_size(inside.min, inside.size().max(vec2(120.0, 3.0 * LEAST_TEXT)));
        return Place { rect: inside, padding: INSIDE.x, font: Face::Regular.at(LEAST_TEXT) };
    }
    let at_zoom = |size: f32| (size * zoom).max(LEAST_TEXT);
    let boundary = matches!(editing.element, ElementId::Boundary(_)) && rect.height() > 0.0;
    let font = Face::SemiBold.at(at_zoom(if boundary { 11.0 } else { 13.0 }));
    let words = ui.painter().layout_no_wrap(editing.typed.clone(), font.clone(), Color32::PLACEHOLDER).size();
    let size = vec2((words.x + ROOM).max(120.0), words.y);
    let middle = if boundary { rect.top() } else { rect.top() + 19.0 * zoom };
    let left = rect.left() + if boundary { WORDS_LEFT } else { 45.0 } * zoom;
    let rect = Rect::from_min_size(pos2(left, middle - size.y / 2.0), size).expand2(INSIDE);
    Place { rect, padding: 0.0, font }
}

fn field(ui: &mut Ui, editing: &mut InPlace, place: Place, state: &CanvasState) -> Outcome {
    let taken_by_keys = editing.is_note()
        && ui
            .input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter) || i.consume_key(Modifiers::CTRL, Key::Enter));
    let mut child = ui.new_child(UiBuilder::new().id_salt("in place").max_rect(place.rect));
    child.set_clip_rect(state.viewport);
    let padding = place.padding;
    let response =
        if editing.is_note() { note_edit(&mut child, editing, place) } else { name_edit(&mut child, editing, place) };
    let area = response.rect.expand(padding.max(4.0));
    if editing.field.replace(response.id).is_none() {
        response.request_focus();
        let mut cursor = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
        cursor.cursor.set_char_range(Some(CCursorRange::select_all_str(&editing.typed)));
        TextEdit::store_state(ui.ctx(), response.id, cursor);
        ui.request_repaint();
        return Outcome::Goes;
    }
    let ended = ui.input(|i| i.key_pressed(Key::Escape));
    let pressed_elsewhere =
        ui.input(|i| i.pointer.any_pressed() && i.pointer.interact_pos().is_some_and(|pos| !area.contains(pos)));
    if taken_by_keys || ended || pressed_elsewhere {
        response.surrender_focus();
        return Outcome::Taken;
    }
    if response.has_focus() { Outcome::Goes } else { Outcome::Taken }
}

fn name_edit(ui: &mut Ui, editing: &mut InPlace, place: Place) -> Response {
    let tokens = Tokens::of(ui);
    let frame = egui::Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(LINE, tokens.accent.ink))
        .corner_radius(4)
        .inner_margin(Margin::symmetric(INSIDE.x as i8, INSIDE.y as i8));
    ui.spacing_mut().interact_size.y = 0.0;
    let id = field_id(ui, editing);
    let width = place.rect.width() - 2.0 * INSIDE.x;
    let edit = TextEdit::singleline(&mut editing.typed).id(id).font(place.font).text_color(tokens.text);
    let response = ui.add(edit.frame(frame).desired_width(width)).accessible_name(t("Name on the sheet"));
    editing.typed.truncate(editing.typed.floor_char_boundary(MAX_NAME_BYTES));
    response
}

/// The field lies over the note, in the same face, as wide and wrapped as its text is painted.
fn note_edit(ui: &mut Ui, editing: &mut InPlace, place: Place) -> Response {
    let (tokens, colours) = (Tokens::of(ui), Tokens::of(ui).paper(editing.paper));
    let ground = ui.painter().add(Shape::Noop);
    let Place { rect, padding, font } = place;
    let mut as_painted = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
        let job = LayoutJob::simple(text.as_str().to_owned(), font.clone(), colours.ink, rect.width().max(1.0));
        ui.painter().layout_job(job)
    };
    ui.spacing_mut().interact_size.y = 0.0;
    let id = field_id(ui, editing);
    let edit = TextEdit::multiline(&mut editing.typed).id(id).font(font.clone()).frame(egui::Frame::NONE);
    let edit = edit.desired_width(rect.width()).desired_rows(1).min_size(rect.size()).layouter(&mut as_painted);
    let response = ui.add(edit).accessible_name(t("Text on the sheet"));
    editing.typed.truncate(editing.typed.floor_char_boundary(MAX_TEXT_BYTES));
    let line = Stroke::new(LINE, tokens.accent.ink);
    let paper = response.rect.expand(padding);
    ui.painter()
        .set(ground, egui::epaint::RectShape::new(paper, padding.min(4.0), colours.surface, line, StrokeKind::Inside));
    response
}

fn field_id(ui: &Ui, editing: &InPlace) -> egui::Id {
    ui.scope_id().with(("in place", editing.element.as_str()))
}

/// The step that takes what was written; none if it is what stood there, or if a name would be empty.
fn taken(ui: &Ui, project: &Project, editing: &InPlace) -> Option<Action> {
    let before = project.name_of(&editing.element);
    let typed = if editing.is_note() { editing.typed.clone() } else { editing.typed.trim().to_owned() };
    if typed == before || typed.is_empty() && !matches!(editing.element, ElementId::Note(_)) {
        return None;
    }
    let (step, edit) = match &editing.element {
        ElementId::Component(id) => (tr!("Rename {before}", before), Edit::Rename(id.clone(), typed)),
        ElementId::Boundary(id) => {
            let boundary = project.boundaries.get(id)?;
            let renamed = Boundary { name: typed, ..(**boundary).clone() };
            (tr!("Rename {before}", before), Edit::PutBoundary(id.clone(), renamed))
        }
        ElementId::Note(id) => {
            let note = project.sticky_notes.get(id)?;
            // What was written is seen: the note grows where it is too small for it.
            let height = note_height_world(ui, &typed, note.size_world.width).max(note.size_world.height);
            let size_world = Size::new(note.size_world.width, height);
            (
                t("Edit note").to_owned(),
                Edit::PutNote(id.clone(), StickyNote { text: typed, size_world, ..(**note).clone() }),
            )
        }
        ElementId::Connection(_) => return None,
    };
    Some(Action::edit(step, vec![edit]))
}
