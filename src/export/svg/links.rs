//! Connections: lines with heads, what is written on them, and the marks of the seam.

use std::collections::HashMap;

use kurbo::{Point, Rect, Size, Vec2};

use super::{
    Drawing, line_data,
    sheet::{Line, Sheet, Type, number},
};
use crate::{assess::Crossing, explain, geometry::route::Routes, project::ConnectionId};

/// Length of an arrow head.
const HEAD: f64 = 9.0;
/// Height of what is written on a line.
const LABEL_HEIGHT: f64 = 18.0;

/// Draws every line.
pub(super) fn draw(sheet: &mut Sheet, drawing: &Drawing<'_>, routes: &Routes, crossings: &[Crossing]) {
    let crossings = by_connection(crossings);
    for (index, ((id, link), points)) in drawing.project.connections.iter().zip(&routes.points).enumerate() {
        let [.., before, tip] = &**points else { continue };
        let crossing = crossings.get(id);
        let later = drawing.project.waits(link);
        let palette = sheet.palette;
        let colour = match (crossing.is_some(), later) {
            (true, _) => palette.warning.ink,
            (false, true) => palette.canvas.mixed(palette.wire, 0.7),
            (false, false) => palette.wire,
        };
        let ends = format!(
            "{} to {}, {}",
            drawing.project.component_name(&link.from),
            drawing.project.component_name(&link.to),
            link.protocol.label()
        );
        let title = match crossing {
            Some(crossing) => {
                format!("{ends}. {}", explain::crossing(drawing.input.playbook, drawing.project, crossing))
            }
            None if later => format!("{ends}, waits for what is put off to later"),
            None => ends,
        };
        sheet.begin(&title);
        let width = match (crossing.is_some(), later) {
            (true, _) => 1.75,
            (false, true) => 1.25,
            (false, false) => 1.5,
        };
        let data = line_data(points, HEAD * 0.8, link.course.line, &routes.jumps(index));
        sheet.path(&data, None, Some(Line { colour, width, dashed: later }));
        let along = *tip - *before;
        if along.hypot() > 0.0 {
            let back = -along.normalize() * HEAD;
            let side = back.turn_90() * 0.5;
            let [tip, left, right] = [*tip, *tip + back + side, *tip + back - side].map(at);
            sheet.path(&format!("M{tip}L{left}L{right}Z"), Some(colour), None);
        }
        sheet.end();
    }
}

/// Draws what is written on the lines: their labels, and what it costs to cross the seam.
pub(super) fn draw_labels(sheet: &mut Sheet, drawing: &Drawing<'_>, routes: &Routes, crossings: &[Crossing]) {
    let crossings = by_connection(crossings);
    for (index, (id, link)) in drawing.project.connections.iter().enumerate() {
        let place = |width: f64| routes.label_pos_world(index, Size::new(width, LABEL_HEIGHT));
        let label = link.label.trim();
        match crossings.get(id) {
            Some(crossing) => seam_pill(sheet, place, label, crossing),
            None if !label.is_empty() => {
                let palette = sheet.palette;
                let style = Type { size: 10.5, bold: true, ink: palette.text };
                let text = sheet.fitted(label, style.size, 180.0);
                let size = Size::new(sheet.width(&text, style.size) + 14.0, LABEL_HEIGHT);
                let Some(middle) = place(size.width) else { continue };
                let rect = Rect::from_center_size(middle, size);
                sheet.rect(rect, 9.0, Some(palette.card), Some(Line::thin(palette.line_strong)));
                sheet.text_centred(middle, &text, style, 190.0);
            }
            None => {}
        }
    }
}

fn by_connection(crossings: &[Crossing]) -> HashMap<&ConnectionId, &Crossing> {
    crossings.iter().map(|crossing| (&crossing.connection, crossing)).collect()
}

/// A drawing cannot be asked: the price is written on it, and what it means is in the legend.
fn seam_pill(sheet: &mut Sheet, place: impl Fn(f64) -> Option<Point>, label: &str, crossing: &Crossing) {
    let pair = sheet.palette.warning;
    let style = Type { size: 10.5, bold: true, ink: pair.ink };
    let tag = explain::crossing_tag(crossing);
    let text = if label.is_empty() { tag } else { format!("{}, {tag}", sheet.fitted(label, style.size, 140.0)) };
    let width = sheet.width(&text, style.size) + 26.0;
    let Some(middle) = place(width) else { return };
    let rect = Rect::from_center_size(middle, Size::new(width, LABEL_HEIGHT));
    sheet.rect(rect, 9.0, Some(pair.surface), None);
    cut(sheet, Point::new(rect.x0 + 10.0, middle.y));
    sheet.text(Point::new(rect.x0 + 18.0, middle.y), &text, style, f64::INFINITY);
}

/// Two slanted strokes: here the system is cut.
pub(super) fn cut(sheet: &mut Sheet, middle: Point) {
    let colour = sheet.palette.warning.ink;
    let slant = Vec2::new(1.8, -4.5);
    for offset in [-2.0, 2.0] {
        let place = middle + (offset, 0.0);
        let data = format!("M{}L{}", at(place - slant), at(place + slant));
        sheet.path(&data, None, Some(Line { colour, width: 1.5, dashed: false }));
    }
}

fn at(point: Point) -> String {
    format!("{} {}", number(point.x), number(point.y))
}
