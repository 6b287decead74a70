//! A project as a small picture: boxes in framework colours, lines between them.

use egui::{CornerRadius, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::welcome::PresetCard;
use crate::{
    geometry::layout,
    project::ComponentId,
    ui::{theme::Tokens, widgets::look_among},
};

/// From the sheet to the picture.
#[derive(Clone, Copy)]
struct Fit {
    offset: egui::Vec2,
    scale: f32,
}

impl Fit {
    fn new(bounds_world: kurbo::Rect, place: Rect) -> Self {
        let (width, height) = (bounds_world.width().max(1.0) as f32, bounds_world.height().max(1.0) as f32);
        let scale = (place.width() / width).min(place.height() / height).min(0.5);
        let centre = pos2(bounds_world.center().x as f32, bounds_world.center().y as f32);
        Self { offset: place.center() - centre * scale, scale }
    }

    fn rect(self, world: kurbo::Rect) -> Rect {
        let at = |x: f64, y: f64| Pos2::new(x as f32, y as f32) * self.scale + self.offset;
        Rect::from_min_max(at(world.x0, world.y0), at(world.x1, world.y1))
    }
}

/// Paints the project into `place`.
pub(super) fn paint(ui: &Ui, place: Rect, card: &PresetCard) {
    let (project, assessment) = (&card.project, &card.assessment);
    let tokens = Tokens::of(ui);
    let painter = ui.painter_at(place);
    painter.rect_filled(place, 0, tokens.canvas);
    let Some(bounds_world) = layout::bounds(project) else { return };
    let fit = Fit::new(bounds_world, place.shrink2(vec2(14.0, 12.0)));
    for (id, boundary) in &project.boundaries {
        if project.is_boundary_hidden(id) {
            continue;
        }
        let rect = fit.rect(boundary.rect_world());
        let line = Stroke::new(1.0, tokens.line_strong);
        let fill = if boundary.folded.is_some() { tokens.card } else { egui::Color32::TRANSPARENT };
        painter.rect(rect, 3, fill, line, StrokeKind::Inside);
    }
    let centre = |id: &ComponentId| {
        let folded = project.hidden_in(id).and_then(|id| project.boundaries.get(&id)).map(|b| b.rect_world());
        let rect = folded.or_else(|| project.components.get(id).map(|component| component.rect_world()));
        rect.map(|rect| fit.rect(rect).center())
    };
    let crossing = |id| assessment.verdict.seam.contains(id);
    for (id, link) in &project.connections {
        let (Some(from), Some(to)) = (centre(&link.from), centre(&link.to)) else { continue };
        let colour = if crossing(id) { tokens.warning.ink } else { tokens.wire };
        painter.line_segment([from, to], Stroke::new(1.0, colour.gamma_multiply(0.8)));
    }
    for (id, component) in &project.components {
        if project.is_component_hidden(id) {
            continue;
        }
        let rect = fit.rect(component.rect_world());
        let advice = assessment.components.get(id);
        let Some(pair) = advice.map(|advice| look_among(ui, &card.frameworks, &advice.framework).1) else {
            let line = Stroke::new(1.0, tokens.line_strong);
            painter.rect(rect, CornerRadius::same(2), tokens.card, line, StrokeKind::Inside);
            continue;
        };
        painter.rect(rect, CornerRadius::same(3), pair.surface, Stroke::new(1.2, pair.ink), StrokeKind::Inside);
        let word = Rect::from_min_size(rect.min + rect.size() * 0.18, vec2(rect.width() * 0.5, 2.0));
        painter.rect_filled(word, 1, pair.ink);
    }
}
