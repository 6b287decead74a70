//! The canvas as a drawing: cards, connections, boundaries, notes, the seam and the legend, in vectors.
//!
//! Sizes and places are those of the window's canvas at 100 % (`ui/canvas`), so that a plan looks the same in both.

mod cards;
mod face;
mod frames;
mod legend;
mod links;
mod sheet;

use std::{borrow::Cow, fmt::Write as _};

use kurbo::{Point, Rect, Size};

use super::{ExportError, ExportInput, words};
use crate::{
    assess::{self, Colouring, Crossing, Perspective, capacity::Capacity},
    geometry::{
        layout,
        route::{self, Routes},
    },
    lang::{t, tr},
    palette::Palette,
    project::{LineKind, Project},
};
use links::Labels;
use sheet::{Sheet, Type};

/// Around the drawing, in world units.
const MARGIN: f64 = 32.0;
/// Name and verdict over the drawing.
const HEADER: f64 = 56.0;
/// A title needs this much.
const LEAST_WIDTH: f64 = 520.0;

/// What is drawn, worked out once.
struct Drawing<'a> {
    input: &'a ExportInput<'a>,
    /// The project with a place for every component.
    project: &'a Project,
    colouring: Colouring,
    /// What the loads on the cards are read off, where one is stated.
    capacity: Option<Cow<'a, Capacity>>,
    /// Without title and legend, and no larger than what is drawn: a part of the plan.
    bare: bool,
}

/// Writes the drawing.
#[expect(clippy::unnecessary_wraps, reason = "the registry wants one signature")]
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    Ok(drawing(input).into_bytes())
}

/// The drawing of the whole plan.
pub(super) fn drawing(input: &ExportInput) -> String {
    drawn(input, input.project, false)
}

/// The drawing of a part of the plan by itself.
#[cfg(feature = "picture")]
pub(super) fn part(input: &ExportInput, part: &Project) -> String {
    drawn(input, part, true)
}

fn drawn(input: &ExportInput, project: &Project, bare: bool) -> String {
    let mut project = project.clone();
    layout::place_missing(&mut project);
    let colouring =
        assess::colouring(input.look.perspective, &project, input.assessment, input.playbook, || input.capacity());
    // Where how busy services are is what is shown, it is not said twice.
    let told = colouring.perspective == Perspective::Utilisation;
    let capacity = if told { None } else { input.stated_capacity() };
    Drawing { input, project: &project, colouring, capacity, bare }.document()
}

impl Drawing<'_> {
    fn document(&self) -> String {
        let look = self.input.look;
        let mut sheet = Sheet::new(Palette::for_dark(look.dark));
        let routes = Routes::new(self.project);
        let zones = if look.seam {
            assess::zones(self.input.playbook, self.project, self.input.assessment)
        } else {
            Vec::new()
        };
        let crossings: &[Crossing] = if look.seam { &self.input.assessment.estimate.seam.crossings } else { &[] };
        let labels = Labels::new(&sheet, self, &routes, crossings);
        let drawn = self.area_world(&routes, &zones, &labels);

        self.draw_zones(&mut sheet, &zones);
        self.draw_frames(&mut sheet);
        links::draw(&mut sheet, self, &routes, crossings);
        for (id, component) in self.project.components.iter().filter(|(id, _)| !self.project.is_component_hidden(id)) {
            cards::draw(&mut sheet, self, id, component);
        }
        self.draw_folded(&mut sheet);
        for (_, note) in self.project.sticky_notes.iter().filter(|(id, _)| !self.project.is_note_hidden(id)) {
            frames::draw_note(&mut sheet, note);
        }
        links::draw_labels(&mut sheet, &labels, &routes);
        if self.project.components.is_empty() && self.project.sticky_notes.is_empty() {
            let style = Type { size: 13.0, bold: false, ink: sheet.palette.muted };
            sheet.text_centred(drawn.center(), t("The sheet is empty"), style, drawn.width());
        }

        if self.bare {
            return sheet.document(drawn.inflate(MARGIN / 2.0, MARGIN / 2.0), (&self.title(), &self.description()));
        }
        let legend_at = Point::new(drawn.x0, drawn.y1 + MARGIN);
        let legend = legend::draw(&mut sheet, &self.colouring, !crossings.is_empty(), legend_at);
        let content = drawn.union(legend);
        let width = content.width().max(LEAST_WIDTH);
        let view = Rect::new(content.x0, content.y0 - HEADER, content.x0 + width, content.y1).inflate(MARGIN, MARGIN);
        self.draw_header(&mut sheet, Point::new(content.x0, content.y0 - HEADER), width);
        sheet.document(view, (&self.title(), &self.description()))
    }

    /// What everything that is drawn takes, with the words beside the outermost line.
    fn area_world(&self, routes: &Routes, zones: &[assess::Zone], labels: &Labels) -> Rect {
        let corners =
            routes.points.iter().flat_map(|points| points.iter()).map(|point| Rect::from_points(*point, *point));
        let grounds = zones.iter().flat_map(|zone| zone.rects_world.iter().copied());
        let parts = corners.chain(grounds).chain(labels.rects_world()).chain(layout::bounds(self.project));
        let empty = || Rect::from_origin_size(Point::ORIGIN, Size::new(LEAST_WIDTH, 120.0));
        parts.reduce(|a, b| a.union(b)).unwrap_or_else(empty)
    }

    fn title(&self) -> String {
        if self.project.name.trim().is_empty() { t("Untitled plan").to_owned() } else { self.project.name.clone() }
    }

    fn description(&self) -> String {
        let verdict = words::verdict_in_words(self.input.playbook, &self.input.assessment.verdict);
        match self.colouring.perspective {
            Perspective::Framework => verdict,
            _ => tr!("{verdict}. Coloured by: {}", self.colouring.title, verdict),
        }
    }

    fn draw_header(&self, sheet: &mut Sheet, at: Point, width: f64) {
        let (text, muted) = (sheet.palette.text, sheet.palette.muted);
        let title = Type { size: 20.0, bold: true, ink: text };
        sheet.text(at + (0.0, 10.0), &self.title(), title, width);
        let verdict = Type { size: 13.0, bold: false, ink: muted };
        sheet.text(at + (0.0, 34.0), &self.description(), verdict, width);
    }

    /// As in the window: rectangles of one colour that read as one shape, over others a little larger for the outline.
    fn draw_zones(&self, sheet: &mut Sheet, zones: &[assess::Zone]) {
        for zone in zones {
            let palette = sheet.palette;
            sheet.begin(self.input.playbook.framework_name(&zone.framework));
            for (grow, colour) in [(1.0, palette.zone_line(&zone.colour)), (0.0, palette.zone(&zone.colour))] {
                for rect in &zone.rects_world {
                    sheet.rect(rect.inflate(grow, grow), 16.0 + grow, Some(colour), None);
                }
            }
            sheet.end();
        }
    }
}

/// The line of a route in the words of SVG, without its last `shorter` units, and with its hops over others.
fn line_data(points: &[Point], shorter: f64, kind: LineKind, hops: &[Point]) -> String {
    let line = route::drawn(&route::shortened(points, shorter), kind, hops);
    let mut data = String::new();
    for (index, point) in line.iter().enumerate() {
        let _ =
            write!(data, "{}{} {}", if index == 0 { "M" } else { "L" }, sheet::number(point.x), sheet::number(point.y));
    }
    data
}
