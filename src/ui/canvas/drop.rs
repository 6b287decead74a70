//! Components that come from the palette: dragged onto the sheet, or added in the middle of the view.

use egui::{Align2, Color32, DragAndDrop, Id, LayerId, Order, Pos2, Stroke, StrokeKind, Ui, pos2, vec2};
use kurbo::{Point, Rect, Size};

use super::{CanvasState, convert::from_rect, frames, guides, paint, pen::Pen, state::Offer};
use crate::{
    geometry::{room, snap},
    lang::{t, tr},
    project::{BoundaryId, Component, ComponentId, ComponentKind, Edit, ElementId, Project, card_size},
    session::{Action, CanvasRequest, Request, Select},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius},
    },
};

/// What the palette puts on a drag: a kind of component to be added where it is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaletteItem(pub ComponentKind);

/// The actions that add a component in the middle of the view, moved aside so that it covers no other one.
pub fn add_in_view(kind: ComponentKind, view: &View<'_>, state: &CanvasState) -> Vec<Action> {
    let project = view.session.project();
    let size = card_size(kind);
    let corner = paint::middle_world(state) - size.to_vec2() / 2.0;
    let corner = Point::new((corner.x / 12.0).round() * 12.0, (corner.y / 12.0).round() * 12.0);
    let mut actions = add(project, kind, free_place(state, project, corner, size));
    actions.push(Action::Request(Request::Canvas(CanvasRequest::SeeSelection)));
    actions
}

/// The nearest free place around one for a box of this size, one that is in view if there is any.
pub(super) fn free_place(state: &CanvasState, project: &Project, wanted: Point, size: Size) -> Point {
    room::around(project, wanted, size, |rect| state.is_clear(rect))
}

/// A component of this kind, named after it, with an id that is free.
pub(super) fn new(project: &Project, kind: ComponentKind, pos_world: Option<Point>) -> (ComponentId, Component) {
    let name = project.new_component_name(kind);
    (project.new_component_id(&name), Component::new(&name, kind, pos_world))
}

/// One step that adds a component of this kind and selects it.
fn add(project: &Project, kind: ComponentKind, pos_world: Point) -> Vec<Action> {
    let (id, component) = new(project, kind, Some(pos_world));
    vec![
        Action::edit(tr!("Add {}", component.name), vec![Edit::PutComponent(id.clone(), component)]),
        Action::Select(Select::Only(vec![ElementId::Component(id)])),
    ]
}

/// One step that adds a component of this kind to what a folded boundary stands for, and selects that.
fn add_into(project: &Project, kind: ComponentKind, into: &BoundaryId) -> Option<Vec<Action>> {
    let (id, component) = new(project, kind, Some(Point::ORIGIN));
    let element = ElementId::Component(id.clone());
    let (offset, around) = project.put_into_folded(into, [element], component.rect_world())?;
    let boundary = ElementId::Boundary(into.clone());
    let name = tr!("Add {0} to {1}", component.name, project.name_of(&boundary));
    let component = Component { pos_world: Some(Point::ORIGIN + offset), ..component };
    let edits = vec![Edit::PutComponent(id, component), around];
    Some(vec![Action::edit(name, edits), Action::Select(Select::Only(vec![boundary]))])
}

/// Shows what the palette drags over the sheet, and adds it where it is let go. Gives what letting go now would do.
pub(super) fn update(ui: &Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) -> Option<Offer> {
    let item = DragAndDrop::payload::<PaletteItem>(ui.ctx())?;
    let (pos, released, free) =
        ui.input(|i| (i.pointer.interact_pos(), i.pointer.primary_released(), i.modifiers.ctrl || i.modifiers.command));
    let pos = pos?;
    if !state.viewport.contains(pos) {
        under_the_pointer(ui, item.0, pos);
        return None;
    }
    let size = card_size(item.0);
    let centred = Rect::from_center_size(state.world_at(pos), size);
    let seen = state.camera.visible_world(from_rect(state.viewport));
    let others = if free { Vec::new() } else { guides::standing(&state.scene, view.session.project(), seen, |_| true) };
    let snapped = snap::snap(centred, &others, guides::SNAP_REACH / state.camera.zoom);
    let whole = |held: bool, at: f64| if held { at } else { at.round() };
    let corner = centred.origin() + snapped.delta;
    let corner = Point::new(whole(snapped.held.0, corner.x), whole(snapped.held.1, corner.y));
    let at_world = state.world_at(pos);
    let mut at_place = state.scene.frames_in(Rect::from_points(at_world, at_world));
    let into = at_place.find(|frame| frame.folded.is_some()).map(|frame| frame.id.clone());
    if released {
        DragAndDrop::clear_payload(ui.ctx());
        let project = view.session.project();
        let added = into.and_then(|into| add_into(project, item.0, &into));
        let added = added.unwrap_or_else(|| add(project, item.0, corner));
        // As after every drag: what would be said of it would lie over what stands around it.
        state.hushed = added.iter().find_map(selected);
        actions.extend(added);
        return None;
    }
    let painter = ui.painter_at(state.viewport);
    let mut pen = Pen::new(&painter, Tokens::of(ui), state.camera.zoom);
    let place = (Rect::from_origin_size(corner, size), into.as_ref());
    frames::drop_target(&mut pen, &state.camera, &state.scene, place, &|_| false);
    guides::paint(&mut pen, &state.camera, &snapped.guides);
    paint::ghost(&mut pen, &state.camera, item.0, corner);
    pen.finish();
    ui.set_cursor_icon(egui::CursorIcon::Copy);
    Some(offer(view, state, item.0))
}

/// The one element that an action selects.
fn selected(action: &Action) -> Option<ElementId> {
    if let Action::Select(Select::Only(elements)) = action { elements.first().cloned() } else { None }
}

/// What is dragged, while it is not over the sheet, which shows it as the card it would be.
fn under_the_pointer(ui: &Ui, kind: ComponentKind, at: Pos2) {
    let tokens = Tokens::of(ui);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("palette-ghost")));
    let font = Face::Medium.at(13.0);
    let galley = painter.layout_no_wrap(kind.label().to_owned(), font, tokens.text);
    let rect = egui::Rect::from_min_size(at + vec2(10.0, 6.0), vec2(galley.size().x + 44.0, 30.0));
    painter.rect(rect, radius::CONTROL, tokens.card, Stroke::new(1.5, tokens.accent.ink), StrokeKind::Inside);
    let icon = pos2(rect.left() + 18.0, rect.center().y);
    painter.text(icon, Align2::CENTER_CENTER, icons::of_kind(kind), Face::Icons.at(14.0), tokens.muted);
    painter.galley(pos2(rect.left() + 34.0, rect.center().y - galley.size().y / 2.0), galley, Color32::PLACEHOLDER);
}

/// What dropping a component of this kind would add: the same from frame to frame, as it costs the same wherever it stands.
fn offer(view: &View<'_>, state: &CanvasState, kind: ComponentKind) -> Offer {
    let project = view.session.project();
    let same = |offer: &&Offer| matches!(offer.edits.as_slice(), [Edit::PutComponent(id, new)] if new.kind == kind && !project.components.contains_key(id));
    if let Some(known) = state.offer.as_ref().filter(same) {
        return known.clone();
    }
    let (id, component) = new(project, kind, None);
    Offer { words: t("if dropped here"), edits: vec![Edit::PutComponent(id, component)] }
}
