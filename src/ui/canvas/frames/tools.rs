//! What waits for the pointer or for a place: the boundary that is to be drawn, the note that is to be added, the name that is written.

use egui::{Key, Modifiers, Pos2, Stroke, StrokeKind, Ui, vec2};
use kurbo::{Point, Size};

use super::{InPlace, in_place};
use crate::{
    lang::t,
    project::{Edit, ElementId, Project, StickyNote},
    session::{Action, CanvasRequest, Request, Select},
    ui::{
        Actions, View,
        canvas::{CanvasState, drop, gesture::Gesture, nodes::Nodes, overlay, paint},
        theme::{Face, Tokens},
    },
};

/// The size of a new note, in world units.
const NOTE_WORLD: Size = Size::new(192.0, 96.0);

/// What waits.
#[derive(Default)]
pub(in crate::ui::canvas) struct Tools {
    /// The next drag draws a boundary.
    draws_frame: bool,
    /// A note is to be added.
    adds_note: bool,
    /// The field that has the cursor.
    pub(super) editing: Option<InPlace>,
}

impl Tools {
    /// The next drag draws a boundary; asked again, it does not.
    pub(in crate::ui::canvas) fn draw_frame(&mut self) {
        self.draws_frame = !self.draws_frame;
    }

    /// Whether this press begins to draw a boundary; the one after it does not.
    pub(in crate::ui::canvas) fn take_draw(&mut self) -> bool {
        std::mem::take(&mut self.draws_frame)
    }

    /// Whether the next drag draws a boundary.
    pub(in crate::ui::canvas) fn draws_frame(&self) -> bool {
        self.draws_frame
    }

    /// Adds a note with the next frame.
    pub(in crate::ui::canvas) fn add_note(&mut self) {
        self.adds_note = true;
    }

    /// Puts the cursor into what an element is called, on the sheet.
    pub(in crate::ui::canvas) fn edit(&mut self, project: &Project, element: &ElementId) {
        self.editing = InPlace::new(project, element);
    }

    /// Whether something is written on the sheet.
    pub(in crate::ui::canvas) fn is_editing(&self) -> bool {
        self.editing.is_some()
    }
}

/// Carries out what waited, and shows what still does.
pub(in crate::ui::canvas) fn update(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut CanvasState,
    nodes: &Nodes,
    actions: &mut Actions,
) {
    if std::mem::take(&mut state.tools.adds_note) {
        let pointer = ui.input(|i| i.pointer.hover_pos()).filter(|_| nodes.over);
        add_note(view.session.project(), state, pointer, actions);
        ui.request_repaint();
    }
    if state.tools.draws_frame {
        let idle = matches!(state.gesture, Gesture::Idle);
        if idle && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            state.tools.draws_frame = false;
        }
    }
    if state.tools.draws_frame {
        hint(ui, state);
    }
    in_place::show(ui, view, state, actions);
}

/// Adds a note at the pointer, else in the middle of what is seen, aside of what stands there, and puts the cursor into it.
fn add_note(project: &Project, state: &mut CanvasState, pointer: Option<Pos2>, actions: &mut Actions) {
    let wanted =
        pointer.map_or_else(|| paint::middle_world(state) - NOTE_WORLD.to_vec2() / 2.0, |at| state.world_at(at));
    let wanted = Point::new((wanted.x / 12.0).round() * 12.0, (wanted.y / 12.0).round() * 12.0);
    // What is pointed at is what the note is about, and is not to lie under it.
    let is_free = pointer.is_some_and(|at| state.scene.card_at(state.world_at(at)).is_none());
    let corner = if is_free { wanted } else { drop::free_place(state, project, wanted, NOTE_WORLD) };
    let id = project.new_note_id();
    let note = StickyNote::new(t("Note"), kurbo::Rect::from_origin_size(corner, NOTE_WORLD));
    let element = ElementId::Note(id.clone());
    actions.push(Action::edit(t("Add a note"), vec![Edit::PutNote(id, note)]));
    actions.push(Action::Select(Select::Only(vec![element.clone()])));
    state.bring_into_view(kurbo::Rect::from_origin_size(corner, NOTE_WORLD));
    actions.push(Action::Request(Request::Canvas(CanvasRequest::EditInPlace(element))));
}

/// Says what the next drag does, at the lower edge.
fn hint(ui: &Ui, state: &CanvasState) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter_at(state.viewport);
    let words = t("Drag to draw a boundary, click for one of the usual size, Esc to leave it");
    let galley = painter.layout_no_wrap(words.to_owned(), Face::Medium.at(12.5), tokens.accent.ink);
    let size = galley.size() + vec2(24.0, 14.0);
    let rect = overlay::at_the_lower_edge(state, size);
    painter.rect(rect, size.y / 2.0, tokens.accent.surface, Stroke::new(1.0, tokens.accent.ink), StrokeKind::Inside);
    painter.galley(rect.center() - galley.size() / 2.0, galley, tokens.accent.ink);
}
