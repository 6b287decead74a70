//! The legend of the perspective: its scale or its classes with how many there are of each. A click selects a class.

use egui::{
    CornerRadius, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    CanvasState,
    convert::{from_rect, to_rect},
    overlay::MARGIN,
};
use crate::{
    assess::{Class, Colouring, Perspective},
    lang::{t, tr},
    palette::Tone,
    project::ElementId,
    session::{Action, Request, Select},
    ui::{
        Actions, icons,
        theme::{Face, Tokens, radius},
        widgets::{icon_button, one_line},
    },
};

const WIDTH: f32 = 224.0;
const PADDING: f32 = 10.0;
const TITLE: f32 = 20.0;
const NOTE: f32 = 16.0;
const ROW: f32 = 22.0;
/// The scale with the counts in it, and its figures below.
const BAR: f32 = 18.0;
const TICKS: f32 = 18.0;

/// Where the legend is, until another one is shown or the canvas is another size: it does not move while the sheet does.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Placed {
    viewport: Rect,
    size: Vec2,
    rect: Rect,
}

impl Placed {
    /// Its place on the screen.
    pub(super) fn rect(self) -> Rect {
        self.rect
    }
}

/// The corner that covers the least of the drawing. The upper right one has the buttons, the lower right one the overview.
fn place(state: &mut CanvasState, size: Vec2) -> Option<Rect> {
    let viewport = state.viewport;
    let free = |rect: &Rect| !rect.intersects(state.minimap_rect);
    let known = state.legend.filter(|placed| placed.viewport == viewport && placed.size == size && free(&placed.rect));
    let room = Rect::from_min_max(viewport.min + vec2(MARGIN, 48.0), viewport.max - vec2(MARGIN, MARGIN));
    if known.is_none() {
        let at = |min: Pos2| Rect::from_min_size(min, size);
        let left = room.left_bottom() - vec2(0.0, size.y);
        let corners = [at(left), at(room.left_top()), at(room.right_bottom() - size)];
        let covered = |corner: &Rect| covered(state, *corner);
        let rect = corners.into_iter().filter(free).min_by(|a, b| covered(a).total_cmp(&covered(b)))?;
        state.legend = Some(Placed { viewport, size, rect });
    }
    state.legend.map(|placed| placed.rect).filter(|rect| room.contains_rect(*rect))
}

/// How large the legend is; nothing while none is shown.
pub(super) fn size(state: &CanvasState) -> Vec2 {
    match state.scene.colouring.perspective {
        Perspective::Framework => Vec2::ZERO,
        _ => vec2(WIDTH, height(&state.scene.colouring)),
    }
}

/// Whether the legend lies over something of the drawing in whichever corner it is.
pub(super) fn covers_something(state: &mut CanvasState) -> bool {
    let size = size(state);
    size != Vec2::ZERO && place(state, size).is_some_and(|rect| covered(state, rect) > 0.0)
}

/// How much of the drawing lies under a part of the screen.
fn covered(state: &CanvasState, part: Rect) -> f32 {
    let under = state.camera.visible_world(from_rect(part));
    let rects = state.scene.rects_in(under).map(|rect| to_rect(state.camera.rect_screen(rect)));
    rects.map(|rect| part.intersect(rect)).filter(Rect::is_positive).map(|both| both.area()).sum()
}

/// Shows the legend in a corner; nothing while frameworks are shown, whose names are on the cards.
pub(super) fn legend_ui(ui: &mut Ui, state: &mut CanvasState, actions: &mut Actions) {
    let size = size(state);
    if state.scene.colouring.perspective == Perspective::Framework {
        state.legend = None;
        return;
    }
    let Some(rect) = place(state, size) else { return };
    let colouring = &state.scene.colouring;
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, ui.scope_id().with("legend"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Group, true, tr!("Legend: {}", colouring.title)));
    let line = Stroke::new(1.0, tokens.line_strong);
    let card = CornerRadius::same(radius::CARD);
    ui.painter().rect(rect, card, tokens.panel, line, StrokeKind::Inside);
    let inside = rect.shrink(PADDING);
    let title = Face::SemiBold.at(12.5);
    one_line(ui, inside.min + vec2(0.0, TITLE / 2.0), inside.width() - 28.0, &colouring.title, title, tokens.text);
    let mut top = inside.top() + TITLE;
    if !colouring.note.is_empty() {
        let font = Face::Regular.at(11.0);
        one_line(ui, pos2(inside.left(), top + NOTE / 2.0), inside.width(), &colouring.note, font, tokens.muted);
        top += NOTE;
    }
    top += 6.0;
    if !colouring.steps().is_empty() {
        let bar = Rect::from_min_size(pos2(inside.left(), top), vec2(inside.width(), BAR));
        scale_ui(ui, colouring, bar, actions);
        top += BAR + TICKS;
    }
    for class in colouring.others() {
        let row = Rect::from_min_size(pos2(inside.left(), top), vec2(inside.width(), ROW));
        class_ui(ui, class, row, actions);
        top += ROW;
    }
    close_ui(ui, rect, actions);
}

fn height(colouring: &Colouring) -> f32 {
    let note = if colouring.note.is_empty() { 0.0 } else { NOTE };
    let scale = if colouring.steps().is_empty() { 0.0 } else { BAR + TICKS };
    2.0 * PADDING + TITLE + note + 6.0 + scale + ROW * colouring.others().len() as f32
}

fn close_ui(ui: &mut Ui, rect: Rect, actions: &mut Actions) {
    let place = Rect::from_min_size(rect.right_top() + vec2(-32.0, 8.0), vec2(24.0, 24.0));
    let closed = ui.scope_builder(UiBuilder::new().id_salt("close legend").max_rect(place), |ui| {
        icon_button(ui, icons::X, t("Close the legend, colour by framework")).clicked()
    });
    if closed.inner {
        actions.push(Action::Request(Request::ColourBy(Perspective::Framework)));
    }
}

/// The steps side by side, with how many components each has; their borders below.
fn scale_ui(ui: &Ui, colouring: &Colouring, bar: Rect, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let steps = colouring.steps();
    let each = bar.width() / steps.len() as f32;
    for (index, class) in steps.iter().enumerate() {
        let left = bar.left() + each * index as f32;
        let step = Rect::from_min_size(pos2(left, bar.top()), vec2(each, bar.height()));
        let ends = (index == 0, index + 1 == steps.len());
        let round = |end: bool| if end { 4 } else { 0 };
        let corners = CornerRadius { nw: round(ends.0), sw: round(ends.0), ne: round(ends.1), se: round(ends.1) };
        let paint = tokens.paint(&class.tone);
        ui.painter().rect_filled(step, corners, paint.fill);
        if !class.members.is_empty() {
            let count = class.members.len().to_string();
            let centre = egui::Align2::CENTER_CENTER;
            ui.painter().text(step.center(), centre, count, Face::SemiBold.at(11.0), paint.ink);
        }
        choose(ui, class, step, corners, actions);
    }
    let outline = Stroke::new(1.0, tokens.line_strong);
    ui.painter().rect_stroke(bar, CornerRadius::same(4), outline, StrokeKind::Inside);
    let font = Face::Regular.at(10.5);
    // The last figure first: those that would run into it are left out.
    let mut free_until = bar.right() + 6.0;
    for (index, tick) in colouring.ticks.iter().enumerate().rev() {
        let galley = ui.painter().layout_no_wrap(tick.clone(), font.clone(), tokens.muted);
        let (middle, width) = (bar.left() + each * index as f32, galley.size().x);
        let left = (middle - width / 2.0).clamp(bar.left(), (bar.right() - width).max(bar.left()));
        if left + width + 6.0 <= free_until {
            ui.painter().galley(pos2(left, bar.bottom() + 2.0), galley, tokens.muted);
            free_until = left;
        }
    }
}

/// A class: its colour, its name, how many there are.
fn class_ui(ui: &Ui, class: &Class, row: Rect, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let paint = tokens.paint(&class.tone);
    let swatch = Rect::from_min_size(row.min + vec2(0.0, 4.0), vec2(20.0, 14.0));
    let corners = CornerRadius::same(4);
    ui.painter().rect_filled(swatch, corners, paint.fill);
    if class.tone == Tone::Unknown {
        hatch(ui, swatch);
    }
    let line = if matches!(class.tone, Tone::Step(_)) { tokens.line_strong } else { paint.strong };
    if class.tone == Tone::Later {
        let ends = [swatch.left_top(), swatch.right_top(), swatch.right_bottom(), swatch.left_bottom()];
        let border = [ends[0], ends[1], ends[2], ends[3], ends[0]];
        ui.painter().extend(Shape::dashed_line(&border, Stroke::new(1.0, line), 3.0, 2.0));
    } else {
        ui.painter().rect_stroke(swatch, corners, Stroke::new(1.0, line), StrokeKind::Inside);
    }
    let count = class.members.len().to_string();
    let right = egui::Align2::RIGHT_CENTER;
    let shown = ui.painter().text(row.right_center(), right, count, Face::Medium.at(12.0), tokens.muted);
    let left = pos2(swatch.right() + 8.0, row.center().y);
    one_line(ui, left, shown.left() - left.x - 8.0, &class.name, Face::Regular.at(12.0), tokens.text);
    choose(ui, class, row, corners, actions);
}

fn hatch(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(1.0, Tokens::of(ui).paint(&Tone::Unknown).strong);
    let painter = ui.painter_at(rect);
    let mut x = rect.left();
    while x < rect.right() + rect.height() {
        painter.add(Shape::line_segment([pos2(x, rect.top()), pos2(x - rect.height(), rect.bottom())], stroke));
        x += 4.0;
    }
}

/// Makes a place of the legend select the components of its class.
fn choose(ui: &Ui, class: &Class, place: Rect, corners: CornerRadius, actions: &mut Actions) {
    let sense = if class.members.is_empty() { Sense::hover() } else { Sense::click() };
    let response = ui.interact(place, ui.scope_id().with(("class", &class.name)), sense);
    let components = if class.members.len() == 1 { t("component") } else { t("components") };
    let label = format!("{}, {} {components}", class.name, class.members.len());
    let enabled = !class.members.is_empty();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &label));
    if enabled && (response.hovered() || response.has_focus()) {
        let line = Stroke::new(1.5, Tokens::of(ui).accent.ink);
        ui.painter().rect_stroke(place.expand(1.0), corners, line, StrokeKind::Outside);
    }
    let response = response.on_hover_text(if enabled { tr!("{label}; click to select", label) } else { label });
    if response.clicked() {
        let members = class.members.iter().cloned().map(ElementId::Component).collect();
        actions.push(Action::Select(Select::Only(members)));
    }
}
