//! A boundary or a sticky note.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};
use kurbo::Size;

use super::{
    Focus, InspectorState,
    inside::inside_ui,
    lock::{folded_ui, lock_ui, unfold},
    push_number,
};
use crate::{
    lang::{t, tr},
    project::{BoundaryId, Edit, ElementId, NoteColour, NoteId, StickyNote},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius, space, text},
        widgets::{
            Draft, Form, NumberStyle, TextKind, caption, draft_field, icon_tile, labelled, number_field, text_button,
        },
    },
};

/// Between two papers, in points.
const GAP: f32 = 6.0;

pub(super) fn boundary_ui(
    ui: &mut Ui,
    view: &View<'_>,
    id: &BoundaryId,
    state: &mut InspectorState,
    actions: &mut Actions,
) {
    let Some(boundary) = view.session.project().boundaries.get(id) else { return };
    ui.horizontal(|ui| {
        icon_tile(ui, icons::SQUARE_DASHED, 30.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let draft = Draft {
                name: t("Name"),
                text: &boundary.name,
                hint: t("Name"),
                kind: TextKind::Title,
                may_be_empty: true,
            };
            if let Some(name) = draft_field(ui, &draft, state.focus == Some(Focus::Name)) {
                let mut boundary = (**boundary).clone();
                let step = tr!("Rename {}", boundary.name);
                boundary.name = name;
                actions.push(Action::edit(step, vec![Edit::PutBoundary(id.clone(), boundary)]));
            }
            ui.label(text(tr!("Boundary · {id}", id), Face::Regular, 12.0).color(Tokens::of(ui).muted));
        });
    });
    let element = ElementId::Boundary(id.clone());
    folded_ui(ui, view, &element, actions);
    lock_ui(ui, view, std::slice::from_ref(&element), actions);
    let folded = boundary.folded.is_some();
    let (glyph, word) = if folded { (icons::MAXIMIZE, t("Unfold")) } else { (icons::MINIMIZE, t("Fold")) };
    let help = if folded {
        t("Show the frame again with everything where it was; what stands there now is not moved")
    } else {
        t("Show it as one box with what it comes to; what is in it stays in every figure")
    };
    if text_button(ui, glyph, word).on_hover_text(help).clicked() {
        unfold(id.clone(), actions);
    }
    inside_ui(ui, view, id, &mut state.inside, actions);
    if folded {
        delete_ui(ui, t("Delete boundary and what is in it"), actions);
        return;
    }
    size_ui(ui, boundary.size_world, &tr!("Resize {}", boundary.name), actions, &|size_world| {
        let mut boundary = (**boundary).clone();
        boundary.size_world = size_world;
        Edit::PutBoundary(id.clone(), boundary)
    });
    delete_ui(ui, t("Delete boundary"), actions);
}

pub(super) fn note_ui(ui: &mut Ui, view: &View<'_>, id: &NoteId, state: &InspectorState, actions: &mut Actions) {
    let Some(note) = view.session.project().sticky_notes.get(id) else { return };
    ui.horizontal(|ui| {
        icon_tile(ui, icons::STICKY_NOTE, 30.0);
        ui.label(text(t("Sticky note"), Face::SemiBold, 15.0));
    });
    ui.add_space(space::TINY);
    let draft =
        Draft { name: t("Text"), text: &note.text, hint: t("Text"), kind: TextKind::Lines(5), may_be_empty: true };
    if let Some(text) = draft_field(ui, &draft, state.focus == Some(Focus::Name)) {
        let mut note = (**note).clone();
        note.text = text;
        actions.push(Action::edit(t("Edit note"), vec![Edit::PutNote(id.clone(), note)]));
    }
    let element = ElementId::Note(id.clone());
    folded_ui(ui, view, &element, actions);
    papers_ui(ui, id, note, actions);
    lock_ui(ui, view, std::slice::from_ref(&element), actions);
    size_ui(ui, note.size_world, t("Resize note"), actions, &|size_world| {
        let mut note = (**note).clone();
        note.size_world = size_world;
        Edit::PutNote(id.clone(), note)
    });
    delete_ui(ui, t("Delete note"), actions);
}

/// The papers a note can be of, beside each other.
fn papers_ui(ui: &mut Ui, id: &NoteId, note: &StickyNote, actions: &mut Actions) {
    let side = 22.0;
    let room = NoteColour::ALL.len() as f32 * (side + GAP) - GAP;
    labelled(ui, t("Paper"), t("The colour of the note; Shift+N goes on to the next one"), room, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        // From the right.
        for colour in NoteColour::ALL.into_iter().rev() {
            let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click());
            let chosen = colour == note.colour;
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, colour.label()));
            paper_swatch(ui, rect, colour, (chosen, response.hovered(), response.has_focus()));
            if response.on_hover_text(colour.label()).clicked() && !chosen {
                let note = StickyNote { colour, ..note.clone() };
                actions.push(Action::edit(t("Change the colour of a note"), vec![Edit::PutNote(id.clone(), note)]));
            }
        }
    });
}

/// A paper with its own ink; the chosen one has a check on it.
fn paper_swatch(ui: &Ui, rect: Rect, colour: NoteColour, (chosen, hovered, focused): (bool, bool, bool)) {
    let tokens = Tokens::of(ui);
    let pair = tokens.paper(colour);
    let line = match () {
        () if focused => Stroke::new(2.0, tokens.accent.ink),
        () if chosen || hovered => Stroke::new(1.0, pair.ink),
        () => Stroke::new(1.0, tokens.line_strong),
    };
    ui.painter().rect(rect, radius::CONTROL, pair.surface, line, StrokeKind::Inside);
    if chosen {
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icons::CHECK, Face::Icons.at(13.0), pair.ink);
    }
}

fn size_ui(ui: &mut Ui, size_world: Size, step: &str, actions: &mut Actions, edit: &dyn Fn(Size) -> Edit) {
    caption(ui, t("Size"));
    for (is_width, name, value) in [(true, t("Width"), size_world.width), (false, t("Height"), size_world.height)] {
        let style = NumberStyle {
            absent: t("unknown"),
            name,
            typical: value,
            range: 24.0..=100_000.0,
            form: Form::Plain(""),
            decimals: 0,
            focus: false,
        };
        labelled(ui, name, t("In units of the sheet; the grid has 24"), 96.0, |ui| {
            let number = number_field(ui, &style, Some(value.round()), 96.0);
            let resized = |value| {
                edit(if is_width { Size::new(value, size_world.height) } else { Size::new(size_world.width, value) })
            };
            push_number(number, step, resized, actions);
        });
    }
}

fn delete_ui(ui: &mut Ui, label: &str, actions: &mut Actions) {
    ui.add_space(space::MEDIUM);
    if text_button(ui, icons::TRASH, label).clicked() {
        actions.push(Action::Run("edit.delete"));
    }
}
