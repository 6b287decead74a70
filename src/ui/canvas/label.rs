//! The words on a connection: where they can be taken hold of, and the field in which they are written.

use egui::{Align2, Area, Id, Order, Rect, TextEdit, Ui, text::CCursorRange};

use super::{CanvasState, convert::to_pos, links, pen::Pen, scene::Link};
use crate::{
    lang::{t, tr},
    project::{Connection, ConnectionId, Edit, ElementId, MAX_NAME_BYTES},
    session::{Action, Select},
    ui::{
        Actions, View,
        theme::{Face, Tokens, radius},
        typing,
    },
};

/// Room in the field for words, in points.
const WIDTH: f32 = 190.0;

/// Words while they are written.
pub(super) struct Editing {
    id: ConnectionId,
    text: String,
    /// The field has had the cursor.
    begun: bool,
}

impl Editing {
    /// Begins with what a connection says; nothing if it is not there.
    pub(super) fn begin(view: &View<'_>, id: &ConnectionId) -> Option<Self> {
        let link = view.session.project().connections.get(id)?;
        Some(Self { id: id.clone(), text: link.label.clone(), begun: false })
    }
}

/// Where the words of a connection can be taken hold of, on the screen; nothing where it shows none.
pub(super) fn rect(ui: &Ui, view: &View<'_>, state: &CanvasState, link: &Link) -> Option<Rect> {
    let pen = Pen::new(ui.painter(), Tokens::of(ui), state.camera.zoom).with_texts(&state.texts);
    rect_on(&pen, view, state, link)
}

/// The same, measured with the pen that paints.
pub(super) fn rect_on(pen: &Pen<'_>, view: &View<'_>, state: &CanvasState, link: &Link) -> Option<Rect> {
    let index = view.session.project().connections.get_index_of(&link.id)?;
    let attended = is_attended(view, state, link);
    links::placed(pen, (&state.camera, &state.scene), (index, attended)).map(|placed| placed.rect)
}

/// Whether it is the one connection that the person is at: it says all it has to say.
pub(super) fn is_attended(view: &View<'_>, state: &CanvasState, link: &Link) -> bool {
    let selection = view.session.selection();
    state.hovered.as_ref() == Some(&link.element) || selection.len() == 1 && selection.contains(&link.element)
}

/// Shows the field while words are written: Enter, Esc and a click elsewhere take them.
pub(super) fn edit_ui(ui: &Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let Some(mut editing) = state.editing.take() else { return };
    let project = view.session.project();
    let Some(link) = project.connections.get(&editing.id) else { return };
    let Some(on) = state.scene.link(project, &editing.id) else { return };
    let middle = rect(ui, view, state, on).map(|rect| rect.center());
    let middle = middle.unwrap_or_else(|| to_pos(state.camera.screen_from_world(on.middle_world)));
    let name = project.name_of(&ElementId::Connection(editing.id.clone()));
    let area = Area::new(ui.scope_id().with("words of a connection")).order(Order::Foreground);
    let area = area.pivot(Align2::CENTER_CENTER).fixed_pos(middle).constrain_to(state.viewport);
    let done = area.show(ui.ctx(), |ui| field(ui, &mut editing, &name)).inner;
    editing.text.truncate(editing.text.floor_char_boundary(MAX_NAME_BYTES));
    let said = editing.text.trim().to_owned();
    let is_new = said != link.label;
    let takes = !done && typing::takes(ui, Id::unique(("words", editing.id.as_str())), &said, is_new);
    if takes || done && is_new {
        let link = Connection { label: said, ..(**link).clone() };
        let edits = vec![Edit::PutConnection(editing.id.clone(), link)];
        actions.push(Action::edit(tr!("Label {name}", name), edits));
    }
    if !done {
        state.editing = Some(editing);
    }
}

/// The field; says when it is left.
fn field(ui: &mut Ui, editing: &mut Editing, name: &str) -> bool {
    let tokens = Tokens::of(ui);
    let frame = egui::Frame::new()
        .fill(tokens.card)
        .stroke(egui::Stroke::new(1.5, tokens.accent.ink))
        .corner_radius(radius::CONTROL)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(egui::Margin::symmetric(8, 4));
    let id = Id::unique(("words", editing.id.as_str()));
    let edit = TextEdit::singleline(&mut editing.text)
        .id(id)
        .frame(egui::Frame::NONE)
        .font(Face::Medium.at(12.5))
        .align(Align2::LEFT_CENTER)
        .hint_text(egui::RichText::new(t("A word or two")).color(tokens.faint))
        .desired_width(WIDTH);
    let response = frame.show(ui, |ui| ui.add(edit)).inner;
    let response = response.accessible_name(tr!("Words of {name}", name));
    if !editing.begun {
        response.request_focus();
        // Whatever stands there is replaced by what is typed.
        let mut cursor = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        cursor.cursor.set_char_range(Some(CCursorRange::select_all_str(&editing.text)));
        TextEdit::store_state(ui.ctx(), id, cursor);
        // An area is laid out before it is shown, and nothing can have the cursor in that pass.
        editing.begun = response.has_focus();
        ui.request_repaint();
        return false;
    }
    !response.has_focus()
}

/// Begins to write the words of a connection, and selects it.
pub(super) fn begin(view: &View<'_>, state: &mut CanvasState, id: &ConnectionId, actions: &mut Actions) {
    state.editing = Editing::begin(view, id);
    actions.push(Action::Select(Select::Only(vec![ElementId::Connection(id.clone())])));
}
