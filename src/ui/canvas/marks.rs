//! The marks of findings on cards and connections. The sign tells how bad it is, the words come with the pointer and to screen readers.

use std::collections::HashMap;

use egui::{Color32, Id, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};

use super::{
    CanvasState, card,
    convert::{to_pos, to_rect},
    pen::Pen,
    scene::{Card, Link},
};
use crate::{
    assess::{Assessment, Severity},
    geometry::{camera::Camera, route},
    lang::tr,
    project::ElementId,
    ui::{theme::Tokens, widgets::severity_look},
};

/// Below this zoom there are no marks.
const LEAST_ZOOM: f32 = 0.35;
/// Where on a connection its mark stands, as a share of the line: at the caller's end, clear of the pill in the middle.
const ON_LINE: f64 = 0.2;
/// Half the side of a mark on a connection, in world units.
const RADIUS_WORLD: f32 = 8.5;

/// The worst finding about an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sign {
    pub severity: Severity,
    /// Its message, and how many more there are.
    pub words: String,
    /// How many findings there are.
    pub count: usize,
}

/// The mark of every element that has findings which nobody set aside.
pub(super) fn marks(assessment: &Assessment) -> HashMap<&ElementId, Sign> {
    let mut marks: HashMap<&ElementId, (Sign, usize)> = HashMap::new();
    // Worst first: the first one met is the one that is told.
    for finding in assessment.open_findings() {
        for element in &finding.elements {
            let first = || (Sign { severity: finding.severity, words: finding.message.clone(), count: 0 }, 0);
            marks.entry(element).or_insert_with(first).1 += 1;
        }
    }
    let told = |(element, (mut mark, count)): (_, (Sign, usize))| {
        mark.count = count;
        if count > 1 {
            mark.words = tr!("{0} (and {1} more)", mark.words, count - 1);
        }
        (element, mark)
    };
    marks.into_iter().map(told).collect()
}

/// The sign and its colour. Hints stay quiet: a sketch has many.
pub(super) fn sign(tokens: &Tokens, severity: Severity) -> (char, Color32) {
    let (glyph, pair) = severity_look(tokens, severity);
    (glyph, if severity == Severity::Hint { tokens.muted } else { pair.ink })
}

impl Link {
    /// What the mark on its line covers, if it has one.
    pub(super) fn mark_world(&self) -> Option<kurbo::Rect> {
        self.sign.as_ref()?;
        let middle = route::along(&self.points, ON_LINE)?;
        let side = 2.0 * f64::from(RADIUS_WORLD);
        Some(kurbo::Rect::from_center_size(middle, (side, side)))
    }
}

fn middle_on(camera: &Camera, link: &Link) -> Pos2 {
    to_pos(camera.screen_from_world(route::along(&link.points, ON_LINE).unwrap_or(link.middle_world)))
}

/// Paints the mark of a connection.
pub(super) fn on_link(pen: &mut Pen<'_>, camera: &Camera, link: &Link) {
    let Some(mark) = &link.sign else { return };
    if pen.zoom < LEAST_ZOOM {
        return;
    }
    let middle = middle_on(camera, link);
    let (glyph, colour) = sign(pen.tokens, mark.severity);
    let (fill, line) = (pen.tokens.card, pen.tokens.line_strong);
    let radius = RADIUS_WORLD * pen.zoom;
    pen.add(Shape::circle_filled(middle, radius, fill));
    pen.add(Shape::circle_stroke(middle, radius, Stroke::new(1.0, line)));
    pen.icon(glyph, 11.0, colour, middle);
}

/// Adds a node for the mark of each of these cards and links (by position): what it says, on hover and to screen readers. Hands
/// each to `take`.
pub(super) fn nodes(
    ui: &Ui,
    state: &CanvasState,
    base: Id,
    (cards, links): (&[usize], &[usize]),
    mut take: impl FnMut(&Response),
) {
    let camera = &state.camera;
    if (camera.zoom as f32) < LEAST_ZOOM {
        return;
    }
    let mut node = |element: &ElementId, name: &str, mark: &Sign, middle: Pos2| {
        let side = 2.0 * RADIUS_WORLD * camera.zoom as f32;
        let rect = Rect::from_center_size(middle, vec2(side, side)).intersect(state.viewport);
        if rect.width() <= 0.0 || rect.height() <= 0.0 {
            return;
        }
        let response = ui.interact(rect, base.with(("mark", element)), Sense::hover());
        take(&response);
        let words = || tr!("{0} on {name}: {1}", mark.severity.label(), mark.words, name);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words()));
        if !state.may_tell_of(element) {
            return;
        }
        response.on_hover_ui(|ui| drop(ui.label(format!("{}: {}", mark.severity.label(), mark.words))));
    };
    let at_card = |card: &Card| {
        let rect = to_rect(camera.rect_screen(card.rect_world));
        card::mark_middle(rect, card.component.kind.is_service(), camera.zoom as f32)
    };
    for card in cards.iter().map(|index| &state.scene.cards[*index]) {
        if let Some(mark) = &card.sign {
            node(&card.element, &card.component.name, mark, at_card(card));
        }
    }
    for link in links.iter().map(|index| &state.scene.links[*index]) {
        if let Some(mark) = &link.sign {
            node(&link.element, link.id.as_str(), mark, middle_on(camera, link));
        }
    }
}
