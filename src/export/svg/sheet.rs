//! The sheet that is drawn on: shapes, text and icons written as SVG, everything escaped.

use std::fmt::Write as _;

use kurbo::{Point, Rect};

use super::face::Face;
use crate::{
    palette::{Palette, Rgb},
    text::{names::Words, turns_writing},
};

/// Where our face is not installed, another one stands in. The length of each text is written down, and most readers keep to
/// it; so much room is left for those that do not.
const WIDER: f64 = 1.05;
/// From the middle of a line to its baseline, in ems.
const BASELINE: f64 = 0.36;
/// What Inter falls back to where it is not installed.
const FAMILY: &str = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Type {
    /// In world units.
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) ink: Rgb,
}

/// A line around a shape.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) colour: Rgb,
    pub(super) width: f64,
    pub(super) dashed: bool,
}

impl Line {
    pub(super) fn thin(colour: Rgb) -> Self {
        Self { colour, width: 1.0, dashed: false }
    }

    pub(super) fn dashed(colour: Rgb) -> Self {
        Self { colour, width: 1.0, dashed: true }
    }
}

/// What is drawn so far.
pub(super) struct Sheet {
    out: String,
    pub(super) palette: &'static Palette,
    regular: Option<Face>,
    bold: Option<Face>,
    icons: Option<Face>,
}

impl Sheet {
    pub(super) fn new(palette: &'static Palette) -> Self {
        Self {
            out: String::new(),
            palette,
            regular: Face::open(include_bytes!("../../../assets/fonts/Inter-Regular.ttf")),
            bold: Face::open(include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf")),
            icons: Face::open(include_bytes!("../../../assets/icons/lucide.ttf")),
        }
    }

    /// The whole document: what was drawn, seen through `view`.
    pub(super) fn document(self, view: Rect, (title, description): (&str, &str)) -> String {
        let (width, height) = (number(view.width()), number(view.height()));
        let area = format!("{} {} {width} {height}", number(view.x0), number(view.y0));
        let hatch = self.palette.paint(&crate::palette::Tone::Unknown).strong;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{area}\" \
             role=\"img\" font-family=\"{FAMILY}\">\n\
             <title>{}</title>\n<desc>{}</desc>\n\
             <defs><pattern id=\"unknown\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><path d=\"M0 0V5\" stroke=\"{hatch}\" stroke-width=\"1.6\"/></pattern></defs>\n\
             <rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n{}</svg>\n",
            escaped(title),
            escaped(description),
            number(view.x0),
            number(view.y0),
            self.palette.canvas,
            self.out,
        )
    }

    /// Begins a group; what it is shows where the pointer rests on it, and is read out.
    pub(super) fn begin(&mut self, title: &str) {
        self.out.push_str("<g>");
        if !title.is_empty() {
            let _ = write!(self.out, "<title>{}</title>", escaped(title));
        }
        self.out.push('\n');
    }

    pub(super) fn end(&mut self) {
        self.out.push_str("</g>\n");
    }

    pub(super) fn rect(&mut self, rect: Rect, radius: f64, fill: Option<Rgb>, line: Option<Line>) {
        // A line is drawn on both sides of the border; it belongs inside.
        let inset = line.map_or(0.0, |line| line.width / 2.0);
        self.rect_filled_with(
            rect.inset(-inset),
            radius,
            &fill.map_or("none".to_owned(), |fill| fill.to_string()),
            line,
        );
    }

    /// A rectangle of slanted lines: nobody knows.
    pub(super) fn hatched(&mut self, rect: Rect, radius: f64) {
        self.rect_filled_with(rect, radius, "url(#unknown)", None);
    }

    fn rect_filled_with(&mut self, rect: Rect, radius: f64, fill: &str, line: Option<Line>) {
        let [x, y, width, height] = [rect.x0, rect.y0, rect.width().max(0.0), rect.height().max(0.0)].map(number);
        let _ = write!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        if radius > 0.0 {
            let _ = write!(self.out, " rx=\"{}\"", number(radius));
        }
        let _ = writeln!(self.out, " fill=\"{fill}\"{}/>", stroke(line));
    }

    /// A path in the words of SVG.
    pub(super) fn path(&mut self, data: &str, fill: Option<Rgb>, line: Option<Line>) {
        let fill = fill.map_or("none".to_owned(), |fill| fill.to_string());
        let _ = writeln!(self.out, "<path d=\"{data}\" fill=\"{fill}\"{}/>", stroke(line));
    }

    /// A soft shadow under a rectangle.
    pub(super) fn shadow(&mut self, rect: Rect, radius: f64) {
        let [x, y, width, height] = [rect.x0, rect.y0 + 2.0, rect.width(), rect.height()].map(number);
        let opacity = f64::from(self.palette.shadow_alpha) / 255.0 * 0.7;
        let ink = if self.palette.dark { self.palette.sunken } else { self.palette.text };
        let _ = writeln!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{}\" fill=\"{ink}\" fill-opacity=\"{}\"/>",
            number(radius),
            number(opacity)
        );
    }

    /// How much room a line of text needs; all texts are measured as bold ones, which are wider.
    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        self.length(text, true) * size * WIDER
    }

    /// Whether a line of text needs more room than this; of a long one no more is looked at than that takes.
    pub(super) fn is_wider(&self, text: &str, size: f64, room: f64) -> bool {
        let mut left = room;
        text.chars().any(|character| {
            left -= self.advance(character, true) * size * WIDER;
            left < 0.0
        })
    }

    /// A name, measured as a bold one. Of one that has no room on any card only the beginning is.
    pub(super) fn words(&self, name: &str) -> Words {
        let name = name.char_indices().nth(MOST_MEASURED).map_or(name, |(end, _)| &name[..end]);
        Words::measured(name, |character| self.advance(character, true) * WIDER)
    }

    /// The length of a text in its own face, in ems.
    fn length(&self, text: &str, bold: bool) -> f64 {
        text.chars().map(|character| self.advance(character, bold)).sum()
    }

    fn advance(&self, character: char, bold: bool) -> f64 {
        let face = if bold { &self.bold } else { &self.regular };
        let ours = face.as_ref().and_then(|face| face.advance(character));
        // Most of what our face lacks is written in squares.
        ours.unwrap_or(if (character as u32) < 0x1100 { 0.65 } else { 1.05 })
    }

    /// A text that is no wider than `room`, cut with an ellipsis.
    pub(super) fn fitted(&self, text: &str, size: f64, room: f64) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !self.is_wider(&text, size, room) {
            return text;
        }
        let mut kept = String::new();
        let mut left = room - self.width("…", size);
        for character in text.chars() {
            left -= self.advance(character, true) * size * WIDER;
            if left < 0.0 {
                break;
            }
            kept.push(character);
        }
        format!("{}…", kept.trim_end())
    }

    /// The lines of a paragraph that is `room` wide and `rows` high; the last one is cut if there is more.
    pub(super) fn lines(&self, text: &str, size: f64, (room, rows): (f64, usize)) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                // What comes behind the last row is not seen.
                if lines.len() > rows {
                    break;
                }
                let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if self.is_wider(&longer, size, room) {
                    if !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                    }
                    word.clone_into(&mut line);
                } else {
                    line = longer;
                }
            }
            lines.push(line);
            if lines.len() > rows {
                break;
            }
        }
        if lines.len() > rows {
            lines.truncate(rows);
            if let Some(last) = lines.last_mut() {
                last.push_str(" …");
            }
        }
        lines.iter().map(|line| self.fitted(line, size, room)).collect()
    }

    /// A line of text with its left end and the middle of its height at a place, cut to `room`.
    pub(super) fn text(&mut self, left_middle: Point, text: &str, style: Type, room: f64) {
        let text = self.fitted(text, style.size, room);
        self.write_text(left_middle, &text, style, "");
    }

    /// The same with its middle at the place.
    pub(super) fn text_centred(&mut self, middle: Point, text: &str, style: Type, room: f64) {
        let text = self.fitted(text, style.size, room);
        self.write_text(middle, &text, style, " text-anchor=\"middle\"");
    }

    fn write_text(&mut self, at: Point, text: &str, style: Type, anchor: &str) {
        if text.is_empty() {
            return;
        }
        let (x, y, size) = (number(at.x), number(at.y + BASELINE * style.size), number(style.size));
        let weight = if style.bold { " font-weight=\"600\"" } else { "" };
        let length = number(self.length(text, style.bold) * style.size);
        let (ink, text) = (style.ink, escaped(text));
        let _ = writeln!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor} textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\">{text}</text>"
        );
    }

    /// An icon in the middle of a place; its outline, as no other machine has the face.
    pub(super) fn icon(&mut self, glyph: char, size: f64, ink: Rgb, middle: Point) {
        let Some(face) = &self.icons else { return };
        let Some((path, width)) = face.outline(glyph) else { return };
        let scale = size / face.units_per_em();
        let (x, y) = (number(middle.x - width * scale / 2.0), number(middle.y + size / 2.0));
        let scale = format!("{scale:.5}");
        let _ = writeln!(
            self.out,
            "<path d=\"{path}\" transform=\"translate({x} {y}) scale({scale} -{scale})\" fill=\"{ink}\"/>"
        );
    }
}

fn stroke(line: Option<Line>) -> String {
    let Some(line) = line else { return String::new() };
    let dashes = if line.dashed { " stroke-dasharray=\"4 3\"" } else { "" };
    format!(" stroke=\"{}\" stroke-width=\"{}\"{dashes}", line.colour, number(line.width))
}

/// Characters of a name that are measured: more than any card has room for.
const MOST_MEASURED: usize = 2_000;

/// At most two decimals, none that say nothing.
pub(super) fn number(value: f64) -> String {
    let text = format!("{:.2}", if value.is_finite() { value } else { 0.0 });
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text that no reader of XML takes for anything else; what XML cannot hold at all is replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other if turns_writing(other) => {}
            other => out.push(other),
        }
    }
    out
}
