//! Connections: rounded orthogonal lines with an arrow head at the callee, their labels and the seam's pills.

use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};
use kurbo::Point;

use super::{
    convert::{to_pos, to_rect},
    pen::Pen,
    scene::Link,
};
use crate::{
    geometry::{camera::Camera, route},
    project::Connection,
    ui::theme::{Face, Pair},
};

/// Below this zoom a connection is a plain line.
const PLAIN_ZOOM: f32 = 0.2;
/// Below this zoom there are no pills on connections.
const LABEL_ZOOM: f32 = 0.35;

/// The colour and width of a connection.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub colour: Color32,
    pub width: f32,
}

impl Look {
    /// How a connection looks by what it is and whether the person is at it.
    pub(super) fn of(pen: &Pen<'_>, link: &Link, selected: bool, hovered: bool) -> Self {
        let tokens = pen.tokens;
        match (selected, link.seam, hovered) {
            (true, _, _) => Self { colour: tokens.accent.ink, width: 2.25 },
            (_, true, _) => Self { colour: tokens.warning.ink, width: if hovered { 2.25 } else { 1.75 } },
            (_, _, true) => Self { colour: tokens.text, width: 2.0 },
            _ => Self { colour: tokens.wire, width: 1.5 },
        }
    }
}

/// Paints the line and its arrow head.
pub(super) fn paint(pen: &mut Pen<'_>, camera: &Camera, points_world: &[Point], look: Look) {
    let points: Vec<Point> = points_world.iter().map(|point| camera.screen_from_world(*point)).collect();
    let [.., before, tip] = points.as_slice() else { return };
    let stroke = Stroke::new(look.width, look.colour);
    if pen.zoom < PLAIN_ZOOM {
        pen.add(Shape::line(points.into_iter().map(to_pos).collect(), Stroke::new(1.0, look.colour)));
        return;
    }
    let scale = f64::from(pen.zoom).clamp(0.5, 1.4);
    let length = 9.0 * scale;
    head(pen, *before, *tip, length, look.colour);
    // The line stops inside the head, so that its end does not show beside the tip.
    let line = route::rounded(&route::shortened(&points, length * 0.8), route::CORNER_RADIUS_WORLD * camera.zoom);
    pen.add(Shape::line(line.into_iter().map(to_pos).collect(), stroke));
}

fn head(pen: &mut Pen<'_>, before: Point, tip: Point, length: f64, colour: Color32) {
    let along = tip - before;
    if along.hypot() <= 0.0 {
        return;
    }
    let back = -along.normalize() * length;
    let side = back.turn_90() * 0.5;
    let corners = [tip, tip + back + side, tip + back - side].map(to_pos).to_vec();
    pen.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
}

/// Paints what is written on a connection: the seam's pill, and the protocol of one the person is at.
pub(super) fn label(pen: &mut Pen<'_>, camera: &Camera, link: &Link, connection: &Connection, attended: bool) {
    if pen.zoom < LABEL_ZOOM {
        return;
    }
    let middle = to_pos(camera.screen_from_world(link.middle_world));
    let tokens = pen.tokens;
    if attended {
        let text = match (connection.label.as_str(), link.seam) {
            ("", false) => connection.protocol.label().to_owned(),
            ("", true) => format!("{}, seam", connection.protocol.label()),
            (label, _) => format!("{label}, {}", connection.protocol.label()),
        };
        let ink = if link.seam { tokens.warning } else { Pair { ink: tokens.text, surface: tokens.card } };
        pill(pen, &text, middle, ink, Some(if link.seam { tokens.warning.ink } else { tokens.line_strong }));
    } else if link.seam {
        pill(pen, "seam", middle, tokens.warning, None);
    }
}

fn pill(pen: &mut Pen<'_>, text: &str, middle: Pos2, pair: Pair, border: Option<Color32>) {
    let Some(font) = pen.font(Face::SemiBold, 10.5) else { return };
    let galley = pen.line(text, font, pair.ink, 220.0);
    let rect = Rect::from_center_size(middle, galley.size() + vec2(14.0, 5.0) * pen.zoom);
    let stroke = border.map_or(Stroke::NONE, |colour| Stroke::new(1.0, colour));
    pen.add(egui::epaint::RectShape::new(rect, rect.height() / 2.0, pair.surface, stroke, StrokeKind::Inside));
    pen.put_centred(galley, middle);
}

/// Whether anything of a connection can be seen.
pub(super) fn visible(camera: &Camera, link: &Link, viewport: Rect) -> bool {
    !link.points.is_empty() && to_rect(camera.rect_screen(link.area_world)).expand(8.0).intersects(viewport)
}
