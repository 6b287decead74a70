//! Connections: lines with heads, what is written on them, and the marks of the seam.

use std::collections::HashMap;

use kurbo::{Point, Rect, Vec2};

use super::{
    Drawing, line_data,
    sheet::{Line, Sheet, Type, number},
};
use crate::{
    assess::Crossing,
    explain,
    geometry::route::{self, Forms, Routes, Stand},
    lang::tr,
    project::ConnectionId,
    text::on_lines::{self, CUT_AT, SIZE as TEXT},
};

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
        let ends = tr!(
            "{0} to {1}, {2}",
            drawing.project.component_name(&link.from),
            drawing.project.component_name(&link.to),
            link.protocol.label()
        );
        let title = match crossing {
            Some(crossing) => {
                format!("{ends}. {}", explain::crossing(drawing.input.playbook, drawing.project, crossing))
            }
            None if later => tr!("{ends}, waits for what is put off to later", ends),
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

/// What is written on a line, in all words or in few.
struct Written {
    texts: [String; 2],
    forms: Forms,
    seam: bool,
}

/// What is written on the lines, and where: a line's words may stand beside the outermost of all lines.
pub(super) struct Labels(Vec<(Written, Option<Stand>)>);

impl Labels {
    /// The labels of the lines, and what it costs to cross the seam.
    pub(super) fn new(sheet: &Sheet, drawing: &Drawing<'_>, routes: &Routes, crossings: &[Crossing]) -> Self {
        let crossings = by_connection(crossings);
        let links = drawing.project.connections.iter();
        let written: Vec<Written> =
            links.map(|(id, link)| written(sheet, link.label.trim(), crossings.get(id).copied())).collect();
        let stands = routes.words(|index| written[index].forms);
        Self(written.into_iter().zip(stands).collect())
    }

    /// What they cover, in world units.
    pub(super) fn rects_world(&self) -> impl Iterator<Item = Rect> {
        self.0.iter().filter_map(|(_, stand)| stand.map(|stand| stand.rect_world()))
    }
}

/// Draws what is written on the lines.
pub(super) fn draw_labels(sheet: &mut Sheet, labels: &Labels, routes: &Routes) {
    for (index, (written, stand)) in labels.0.iter().enumerate() {
        match stand {
            Some(stand) => pill(sheet, &written.texts[stand.form], stand.rect_world(), written.seam),
            None if written.seam => {
                if let Some(middle) = routes.points.get(index).and_then(|points| route::along(points, CUT_AT)) {
                    cut(sheet, middle);
                }
            }
            None => {}
        }
    }
}

fn written(sheet: &Sheet, label: &str, crossing: Option<&Crossing>) -> Written {
    let tag = crossing.map(explain::crossing_tag);
    let seam = tag.is_some();
    // What crossing costs is never cut off: the label before it is.
    let behind = tag.as_ref().map_or(0.0, |tag| sheet.width(&format!(", {tag}"), TEXT));
    let [all, few] = on_lines::words(&sheet.fitted(label, TEXT, on_lines::WIDEST - behind), tag.as_deref());
    let few = sheet.fitted(&few, TEXT, on_lines::few_widest(seam));
    let forms = on_lines::forms([&all, &few].map(|words| sheet.width(words, TEXT)), seam, LABEL_HEIGHT);
    Written { texts: [all, few], forms, seam }
}

fn by_connection(crossings: &[Crossing]) -> HashMap<&ConnectionId, &Crossing> {
    crossings.iter().map(|crossing| (&crossing.connection, crossing)).collect()
}

/// Words in their pill. A drawing cannot be asked: what crossing costs is written on it, and what it means is in the legend.
fn pill(sheet: &mut Sheet, text: &str, rect: Rect, seam: bool) {
    let palette = sheet.palette;
    let ink = if seam { palette.warning.ink } else { palette.text };
    let style = Type { size: TEXT, bold: true, ink };
    if seam {
        sheet.rect(rect, LABEL_HEIGHT / 2.0, Some(palette.warning.surface), None);
        cut(sheet, Point::new(rect.x0 + on_lines::MARK_LEFT, rect.center().y));
        sheet.text(Point::new(rect.x0 + on_lines::WORDS_LEFT, rect.center().y), text, style, f64::INFINITY);
    } else {
        sheet.rect(rect, LABEL_HEIGHT / 2.0, Some(palette.card), Some(Line::thin(palette.line_strong)));
        sheet.text_centred(rect.center(), text, style, f64::INFINITY);
    }
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
