//! The legend under the drawing.

use kurbo::{Point, Rect, Size};

use super::{
    links,
    sheet::{Line, Sheet, Type},
};
use crate::{
    assess::{Class, Colouring},
    lang::{t, tr},
    palette::Tone,
};

const WIDTH: f64 = 300.0;
const PADDING: f64 = 14.0;
const TITLE: f64 = 20.0;
const NOTE: f64 = 16.0;
const ROW: f64 = 22.0;
const BAR: f64 = 18.0;
const TICKS: f64 = 20.0;

/// Draws the legend with its upper left corner at a place; gives what it covers. `seam`: there are marks of it to explain.
pub(super) fn draw(sheet: &mut Sheet, colouring: &Colouring, seam: bool, at: Point) -> Rect {
    let palette = sheet.palette;
    let note = if colouring.note.is_empty() { 0.0 } else { NOTE };
    let bar = if colouring.steps().is_empty() { 0.0 } else { BAR + TICKS };
    let rows = colouring.others().len() + usize::from(seam);
    let height = 2.0 * PADDING + TITLE + note + 6.0 + bar + ROW * rows as f64;
    let rect = Rect::from_origin_size(at, Size::new(WIDTH, height));
    sheet.begin(&tr!("Legend: {}", colouring.title));
    sheet.rect(rect, 9.0, Some(palette.panel), Some(Line::thin(palette.line_strong)));
    let inside = rect.inflate(-PADDING, -PADDING);
    let title = Type { size: 12.5, bold: true, ink: palette.text };
    let mut top = inside.y0;
    sheet.text(Point::new(inside.x0, top + TITLE / 2.0), &colouring.title, title, inside.width());
    top += TITLE;
    if note > 0.0 {
        let style = Type { size: 11.0, bold: false, ink: palette.muted };
        sheet.text(Point::new(inside.x0, top + NOTE / 2.0), &colouring.note, style, inside.width());
        top += NOTE;
    }
    top += 6.0;
    if bar > 0.0 {
        draw_scale(sheet, colouring, Rect::new(inside.x0, top, inside.x1, top + BAR));
        top += bar;
    }
    for class in colouring.others() {
        draw_class(sheet, class, Rect::new(inside.x0, top, inside.x1, top + ROW));
        top += ROW;
    }
    if seam {
        let middle = top + ROW / 2.0;
        links::cut(sheet, Point::new(inside.x0 + 10.0, middle));
        let style = Type { size: 12.0, bold: false, ink: palette.text };
        let words = t("Crosses the seam, person-weeks");
        sheet.text(Point::new(inside.x0 + 28.0, middle), words, style, inside.width() - 28.0);
    }
    sheet.end();
    rect
}

fn draw_scale(sheet: &mut Sheet, colouring: &Colouring, bar: Rect) {
    let palette = sheet.palette;
    let each = bar.width() / colouring.steps().len() as f64;
    for (index, class) in colouring.steps().iter().enumerate() {
        let origin = Point::new(bar.x0 + each * index as f64, bar.y0);
        let step = Rect::from_origin_size(origin, Size::new(each, bar.height()));
        let paint = palette.paint(&class.tone);
        sheet.rect(step, 0.0, Some(paint.fill), None);
        if !class.members.is_empty() {
            let style = Type { size: 11.0, bold: true, ink: paint.ink };
            sheet.text_centred(step.center(), &class.members.len().to_string(), style, each);
        }
    }
    sheet.rect(bar, 0.0, None, Some(Line::thin(palette.line_strong)));
    let style = Type { size: 10.5, bold: false, ink: palette.muted };
    // The last figure first: those that would run into it are left out.
    let mut free_until = bar.x1 + 6.0;
    for (index, tick) in colouring.ticks.iter().enumerate().rev() {
        let half = sheet.width(tick, style.size) / 2.0;
        let middle = (bar.x0 + each * index as f64).clamp(bar.x0 + half, (bar.x1 - half).max(bar.x0 + half));
        if middle + half + 6.0 <= free_until {
            sheet.text_centred(Point::new(middle, bar.y1 + 9.0), tick, style, f64::INFINITY);
            free_until = middle - half;
        }
    }
}

fn draw_class(sheet: &mut Sheet, class: &Class, row: Rect) {
    let palette = sheet.palette;
    let paint = palette.paint(&class.tone);
    let swatch = Rect::from_origin_size(row.origin() + (0.0, 4.0), Size::new(20.0, 14.0));
    let line = if matches!(class.tone, Tone::Step(_)) { palette.line_strong } else { paint.strong };
    if class.tone == Tone::Unknown {
        sheet.rect(swatch, 4.0, Some(paint.fill), None);
        sheet.hatched(swatch, 4.0);
        sheet.rect(swatch, 4.0, None, Some(Line::thin(line)));
    } else if class.tone == Tone::Later {
        sheet.rect(swatch, 4.0, Some(paint.fill), Some(Line::dashed(line)));
    } else {
        sheet.rect(swatch, 4.0, Some(paint.fill), Some(Line::thin(line)));
    }
    let count = class.members.len().to_string();
    let muted = Type { size: 12.0, bold: true, ink: palette.muted };
    let count_left = row.x1 - sheet.width(&count, muted.size);
    let middle = row.center().y;
    sheet.text(Point::new(count_left, middle), &count, muted, f64::INFINITY);
    let name = Type { size: 12.0, bold: false, ink: palette.text };
    sheet.text(Point::new(swatch.x1 + 8.0, middle), &class.name, name, count_left - swatch.x1 - 16.0);
}
