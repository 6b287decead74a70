//! What can be pressed at boundaries and notes: the button that folds, the grips of what is selected.

use egui::{CursorIcon, Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};
use kurbo::Rect as WorldRect;

use super::folded;
use crate::{
    geometry::{resize::Grip, walk::rect_world},
    lang::tr,
    project::{ElementId, Project},
    session::{Action, Select},
    ui::{
        Actions, View,
        canvas::{CanvasState, convert::to_pos, gesture::Gesture, reach},
    },
};

/// How far around a grip the pointer catches it, in points.
const REACH: f32 = 8.0;
/// A rectangle has to be at least so large on the screen to have grips, in points.
const LEAST: f32 = 20.0;

/// A grip on the screen.
pub(in crate::ui::canvas) struct GripAt {
    pub element: ElementId,
    pub grip: Grip,
    pub pos: Pos2,
    pub hovered: bool,
    /// The button went down on it.
    pub pressed: bool,
}

/// The buttons that fold and unfold what is seen.
pub(in crate::ui::canvas) fn buttons(ui: &Ui, state: &CanvasState, base: Id, seen: WorldRect, actions: &mut Actions) {
    for frame in state.scene.frames_in(seen).take(reach::MOST_NODES) {
        let Some(rect) = folded::button_rect(&state.camera, frame) else { continue };
        let rect = rect.intersect(state.viewport);
        if !rect.is_positive() {
            continue;
        }
        // No stop of Tab: the keyboard folds what it is at.
        let response = ui
            .interact(rect, base.with(("fold", frame.id.as_str())), Sense::CLICK)
            .on_hover_cursor(CursorIcon::PointingHand);
        let label = frame.fold_label();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        if response.clicked() {
            actions.push(Action::Select(Select::Only(vec![frame.element.clone()])));
            actions.push(Action::Run("edit.fold"));
        }
        response.on_hover_text(label);
    }
}

/// The grips of the frame or note that is selected alone and may be resized.
pub(in crate::ui::canvas) fn grips(
    ui: &Ui,
    view: &View<'_>,
    state: &CanvasState,
    base: Id,
    is_pressed: impl Fn(&Response) -> bool,
) -> Vec<GripAt> {
    if !matches!(state.gesture, Gesture::Idle | Gesture::Pressed(_) | Gesture::Resizing(_)) || state.is_editing() {
        return Vec::new();
    }
    let project = view.session.project();
    let selection = view.session.selection();
    let Some(element) = selection.first().filter(|element| selection.len() == 1 && may_be_resized(project, element))
    else {
        return Vec::new();
    };
    let Some(rect) = rect_world(project, element) else { return Vec::new() };
    let on_screen = state.camera.rect_screen(rect);
    if (on_screen.width() as f32) < LEAST || (on_screen.height() as f32) < LEAST {
        return Vec::new();
    }
    let pointer = ui.input(|i| i.pointer.hover_pos());
    let name = project.name_of(element);
    let name = name.lines().next().unwrap_or_default();
    let mut grips = Vec::new();
    for grip in Grip::ALL {
        let pos = to_pos(grip.at(on_screen));
        if !state.viewport.contains(pos) {
            continue;
        }
        let area = Rect::from_center_size(pos, vec2(REACH, REACH) * 2.0);
        let response = ui
            .interact(area, base.with(("grip", grip.x, grip.y)), Sense::CLICK | Sense::DRAG)
            .on_hover_cursor(cursor(grip));
        let label = tr!("Resize {name} by its {}", grip.label(), name);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        let pressed = is_pressed(&response);
        grips.push(GripAt { element: element.clone(), grip, pos, hovered: false, pressed });
    }
    if let Some(at) = pointer.and_then(|pointer| grip_at(&grips, pointer)) {
        grips[at].hovered = true;
    }
    grips
}

/// The grip that a place of the screen takes hold of: the nearest one.
pub(in crate::ui::canvas) fn grip_at(grips: &[GripAt], pos: Pos2) -> Option<usize> {
    let reaches = |grip: &GripAt| Rect::from_center_size(grip.pos, vec2(REACH, REACH) * 2.0).contains(pos);
    let near = grips.iter().enumerate().filter(|(_, grip)| reaches(grip));
    near.min_by(|a, b| a.1.pos.distance(pos).total_cmp(&b.1.pos.distance(pos))).map(|(index, _)| index)
}

/// Frames and notes that are seen and that nobody locked; a folded box has its size.
fn may_be_resized(project: &Project, element: &ElementId) -> bool {
    match element {
        ElementId::Boundary(id) => {
            let open = |boundary: &crate::project::Boundary| boundary.folded.is_none() && !boundary.locked;
            project.boundaries.get(id).is_some_and(|boundary| open(boundary)) && !project.is_boundary_hidden(id)
        }
        ElementId::Note(id) => {
            project.sticky_notes.get(id).is_some_and(|note| !note.locked) && !project.is_note_hidden(id)
        }
        ElementId::Component(_) | ElementId::Connection(_) => false,
    }
}

/// Which way a grip goes.
pub(in crate::ui::canvas) fn cursor(grip: Grip) -> CursorIcon {
    match (grip.x, grip.y) {
        (_, 0) => CursorIcon::ResizeHorizontal,
        (0, _) => CursorIcon::ResizeVertical,
        (x, y) if x == y => CursorIcon::ResizeNwSe,
        _ => CursorIcon::ResizeNeSw,
    }
}
