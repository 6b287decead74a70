//! The words on a connection: where they can be taken hold of, and the field in which they are written.

use egui::{Align2, Area, Id, Key, Order, Rect, TextEdit, Ui, text::CCursorRange, vec2};

use super::{CanvasState, convert::to_pos, pen::Pen, scene::Link};
use crate::{
    project::{ConnectionId, Edit, ElementId, MAX_NAME_BYTES},
    session::{Action, Select},
    ui::{
        Actions, View,
        theme::{Face, Tokens, radius},
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

/// Where the words of a connection that the person is at can be taken hold of, on the screen.
pub(super) fn rect(ui: &Ui, view: &View<'_>, state: &CanvasState, link: &Link) -> Option<Rect> {
    let connection = view.session.project().connections.get(&link.id)?;
    if link.points.is_empty() {
        return None;
    }
    let pen = Pen::new(ui.painter(), Tokens::of(ui), state.camera.zoom);
    let font = pen.font(Face::SemiBold, 10.5)?;
    let text = match (link.seam, connection.label.as_str()) {
        (true, _) => link.tag.clone(),
        (false, "") => connection.protocol.label().to_owned(),
        (false, label) => format!("{label}, {}", connection.protocol.label()),
    };
    let size = pen.line(&text, font, pen.tokens.text, 220.0).size() + vec2(14.0, 5.0) * pen.zoom;
    Some(Rect::from_center_size(to_pos(state.camera.screen_from_world(link.middle_world)), size))
}

/// Shows the field while words are written: Enter and a click elsewhere take them, Esc leaves them as they were.
pub(super) fn edit_ui(ui: &Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let Some(mut editing) = state.editing.take() else { return };
    let project = view.session.project();
    let Some(link) = project.connections.get(&editing.id) else { return };
    let Some(at_world) = state.scene.link(project, &editing.id).map(|link| link.middle_world) else { return };
    let middle = to_pos(state.camera.screen_from_world(at_world));
    let name = project.name_of(&ElementId::Connection(editing.id.clone()));
    let area = Area::new(ui.scope_id().with("words of a connection")).order(Order::Foreground);
    let area = area.pivot(Align2::CENTER_CENTER).fixed_pos(middle).constrain_to(state.viewport);
    let done = area.show(ui.ctx(), |ui| field(ui, &mut editing, &name)).inner;
    match done {
        None => state.editing = Some(editing),
        Some(false) => {}
        Some(true) => {
            let mut link = (**link).clone();
            editing.text.truncate(editing.text.floor_char_boundary(MAX_NAME_BYTES));
            editing.text.trim().clone_into(&mut link.label);
            let edits = vec![Edit::PutConnection(editing.id.clone(), link)];
            actions.push(Action::edit(format!("Label {name}"), edits));
        }
    }
}

/// The field; says once it is left whether what is in it counts.
fn field(ui: &mut Ui, editing: &mut Editing, name: &str) -> Option<bool> {
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
        .hint_text(egui::RichText::new("A word or two").color(tokens.faint))
        .desired_width(WIDTH);
    let response = frame.show(ui, |ui| ui.add(edit)).inner;
    let response = response.accessible_name(format!("Words of {name}"));
    if !editing.begun {
        response.request_focus();
        // Whatever stands there is replaced by what is typed.
        let mut cursor = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        cursor.cursor.set_char_range(Some(CCursorRange::select_all_str(&editing.text)));
        TextEdit::store_state(ui.ctx(), id, cursor);
        // An area is laid out before it is shown, and nothing can have the cursor in that pass.
        editing.begun = response.has_focus();
        ui.request_repaint();
        return None;
    }
    (!response.has_focus()).then(|| !ui.input(|input| input.key_pressed(Key::Escape)))
}

/// Begins to write the words of a connection, and selects it.
pub(super) fn begin(view: &View<'_>, state: &mut CanvasState, id: &ConnectionId, actions: &mut Actions) {
    state.editing = Editing::begin(view, id);
    actions.push(Action::Select(Select::Only(vec![ElementId::Connection(id.clone())])));
}
