//! A boundary or a sticky note.

use egui::Ui;
use kurbo::Size;

use super::{
    Focus, InspectorState,
    inside::inside_ui,
    lock::{folded_ui, lock_ui, unfold},
    push_number,
};
use crate::{
    lang::{t, tr},
    project::{BoundaryId, Edit, ElementId, NoteId},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space, text},
        widgets::{
            Draft, Form, NumberStyle, TextKind, caption, draft_field, icon_tile, labelled, number_field, text_button,
        },
    },
};

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
    lock_ui(ui, view, std::slice::from_ref(&element), actions);
    size_ui(ui, note.size_world, t("Resize note"), actions, &|size_world| {
        let mut note = (**note).clone();
        note.size_world = size_world;
        Edit::PutNote(id.clone(), note)
    });
    delete_ui(ui, t("Delete note"), actions);
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
