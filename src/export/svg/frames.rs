//! Boundaries, as frames or folded to a box, and sticky notes.

use kurbo::{Point, Rect, Size};

use super::{
    Drawing,
    sheet::{Line, Sheet, Type},
};
use crate::{
    assess::{Gather, Gathered, Severity},
    explain,
    figures::Money,
    geometry::layout,
    icons,
    lang::tr,
    project::{Boundary, StickyNote},
};

/// Inside the border of a box.
const PADDING: f64 = 11.0;
const RADIUS: f64 = 9.0;

impl Drawing<'_> {
    /// Frames, below everything.
    pub(super) fn draw_frames(&self, sheet: &mut Sheet) {
        let open = self.project.boundaries.iter().filter(|(_, boundary)| boundary.folded.is_none());
        for (_, boundary) in open.filter(|(id, _)| !self.project.is_boundary_hidden(id)) {
            self.draw_frame(sheet, boundary);
        }
    }

    fn draw_frame(&self, sheet: &mut Sheet, boundary: &Boundary) {
        let verdict = &self.input.assessment.verdict;
        let rect = boundary.rect_world();
        let mut frameworks = layout::members(self.project, rect).filter_map(|id| verdict.assignment.get(id));
        let first = frameworks.next();
        let common = first.filter(|first| frameworks.all(|other| other == *first));
        let framework = common.and_then(|id| self.input.playbook.frameworks.get(id));
        let palette = sheet.palette;
        let ink = framework.map_or(palette.muted, |framework| palette.framework(&framework.colour).ink);
        sheet.begin("");
        sheet.rect(rect, RADIUS, None, Some(Line::dashed(ink)));
        let room = rect.width() - 44.0;
        let style = Type { size: 11.0, bold: true, ink };
        let width = sheet.width(&sheet.fitted(&boundary.name, 11.0, room), 11.0);
        let ground = Rect::new(rect.x0 + 16.0, rect.y0 - 7.0, rect.x0 + 28.0 + width, rect.y0 + 7.0);
        sheet.rect(ground, 0.0, Some(palette.canvas), None);
        sheet.text(Point::new(rect.x0 + 22.0, rect.y0), &boundary.name, style, room);
        sheet.end();
    }

    /// The boxes of folded boundaries, each in place of what it stands for.
    pub(super) fn draw_folded(&self, sheet: &mut Sheet) {
        let folded = self.project.boundaries.iter().filter(|(_, boundary)| boundary.folded.is_some());
        let mut seen = folded.filter(|(id, _)| !self.project.is_boundary_hidden(id)).peekable();
        if seen.peek().is_none() {
            return;
        }
        let gather = Gather::new(self.project, self.input.assessment);
        for (id, boundary) in seen {
            self.draw_box(sheet, boundary, &gather.of(&self.project.contents(id)));
        }
    }

    fn draw_box(&self, sheet: &mut Sheet, boundary: &Boundary, gathered: &Gathered) {
        let (palette, rect) = (sheet.palette, boundary.rect_world());
        let contents = explain::gathered_contents(gathered);
        let sums = explain::gathered_sums(gathered, Money::of(self.project));
        let at = |x: f64, y: f64| rect.origin() + (x, y);
        sheet.begin(&tr!("{}, folded: {contents}, {sums}", boundary.name, contents, sums));
        let line = Line::thin(palette.line_strong);
        for below in [8.0, 4.0] {
            let lower = Rect::new(rect.x0 + below, rect.y0 + below, rect.x1 - below, rect.y1 + below);
            sheet.rect(lower, RADIUS, Some(palette.sunken), Some(line));
        }
        sheet.rect(rect, RADIUS, Some(palette.card), Some(line));
        let tile = Rect::from_center_size(at(PADDING + 12.5, 24.0), Size::new(25.0, 25.0));
        sheet.rect(tile, 6.0, Some(palette.sunken), None);
        sheet.icon(icons::BOXES, 14.0, palette.muted, tile.center());
        let mut right = rect.x1 - PADDING;
        if let Some(worst) = gathered.worst.filter(|worst| *worst != Severity::Hint) {
            let pair = if worst == Severity::Error { palette.error } else { palette.warning };
            sheet.icon(icons::TRIANGLE_ALERT, 12.0, pair.ink, Point::new(right - 6.0, rect.y0 + 20.0));
            right -= 16.0;
        }
        let name = Type { size: 13.0, bold: true, ink: palette.text };
        sheet.text(at(45.0, 19.0), &boundary.name, name, right - rect.x0 - 45.0);
        let small = |ink| Type { size: 11.0, bold: false, ink };
        let short = explain::gathered_in_short(gathered);
        sheet.text(at(45.0, 35.0), &short, small(palette.muted), rect.width() - 45.0 - PADDING);
        sheet.text(at(PADDING, 53.0), &sums, small(palette.text), rect.width() - 2.0 * PADDING);
        self.draw_badges(sheet, at(PADDING, 61.5), rect.x1 - PADDING, gathered);
        sheet.end();
    }

    /// What the services in it are built on, as many as fit.
    fn draw_badges(&self, sheet: &mut Sheet, corner: Point, right: f64, gathered: &Gathered) {
        const SIZE: f64 = 9.5;
        let mut left = corner.x;
        for (id, count) in &gathered.frameworks {
            let Some(framework) = self.input.playbook.frameworks.get(id) else { continue };
            let pair = sheet.palette.framework(&framework.colour);
            let words = format!("{} {count}", framework.short_name);
            let size = Size::new(sheet.width(&words, SIZE) + 12.0, 14.0);
            let pill = Rect::from_origin_size(Point::new(left, corner.y), size);
            if pill.x1 > right {
                return;
            }
            sheet.rect(pill, 7.0, Some(pair.surface), None);
            sheet.text_centred(pill.center(), &words, Type { size: SIZE, bold: true, ink: pair.ink }, f64::INFINITY);
            left = pill.x1 + 4.0;
        }
    }
}

/// Draws a sticky note; what does not fit ends in an ellipsis.
pub(super) fn draw_note(sheet: &mut Sheet, note: &StickyNote) {
    const SIZE: f64 = 12.0;
    let (rect, paper) = (note.rect_world(), sheet.palette.paper(note.colour.name()));
    sheet.begin("");
    sheet.shadow(rect, 4.0);
    sheet.rect(rect, 4.0, Some(paper.surface), None);
    let inside = rect.inflate(-10.0, -10.0);
    let rows = (inside.height() / (SIZE * 1.3)).floor().max(1.0) as usize;
    for (row, line) in sheet.lines(&note.text, SIZE, (inside.width(), rows)).iter().enumerate() {
        let at = Point::new(inside.x0, inside.y0 + SIZE * (0.65 + 1.3 * row as f64));
        sheet.text(at, line, Type { size: SIZE, bold: false, ink: paper.ink }, inside.width());
    }
    sheet.end();
}
