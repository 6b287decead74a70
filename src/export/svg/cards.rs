//! The components' cards.

use kurbo::{Point, Rect, Size, Vec2};

use super::{
    Drawing,
    sheet::{Line, Sheet, Type, number},
};
use crate::{
    assess::{ComponentAdvice, Mark, Perspective, Severity},
    explain::{LoadMark, load_mark},
    figures, icons,
    lang::t,
    palette::{Pair, Rgb, Tone},
    project::{Component, ComponentId, ElementId, TraitId, TraitValue},
    text::names::{self, Setting},
};

const RADIUS: f64 = 9.0;
const PADDING: f64 = names::PADDING;
/// The band of a perspective at the left of a card.
const BAND: f64 = 5.0;
/// Signs at the right stand so far apart, beside and below each other.
const SIGN: f64 = names::MARK;
const SIGN_ROW: f64 = names::MARK_ROW;
/// Text in pills.
const PILL: f64 = 10.5;
/// Text beside the bar of a load, and the least that is left for the bar.
const LOAD_TEXT: f64 = 10.0;
const LEAST_BAR: f64 = 26.0;
/// Most chips on a card, and how many traits are tried for the room that is left.
const CHIPS: (usize, usize) = (3, 6);

/// Draws the card of a component.
pub(super) fn draw(sheet: &mut Sheet, drawing: &Drawing<'_>, id: &ComponentId, component: &Component) {
    // What is put off says so in every perspective.
    let shown = component.deferred || drawing.colouring.perspective != Perspective::Framework;
    let card = Card {
        drawing,
        id,
        component,
        rect: component.rect_world(),
        advice: drawing.input.assessment.components.get(id),
        mark: drawing.colouring.marks.get(id).filter(|_| shown),
        load: drawing.capacity.as_ref().and_then(|capacity| load_mark(capacity, id)),
    };
    sheet.begin(&card.title());
    card.draw_surface(sheet);
    if component.kind.is_service() {
        card.draw_service(sheet);
    } else {
        card.draw_resource(sheet);
    }
    sheet.end();
}

struct Card<'a> {
    drawing: &'a Drawing<'a>,
    id: &'a ComponentId,
    component: &'a Component,
    rect: Rect,
    advice: Option<&'a ComponentAdvice>,
    mark: Option<&'a Mark>,
    load: Option<LoadMark>,
}

impl Card<'_> {
    fn title(&self) -> String {
        let mut title = format!("{}, {}", self.component.name, self.component.kind.label());
        if self.component.deferred {
            return title + t(", put off to later");
        }
        let load = self.load.as_ref().map(|load| &load.words);
        for part in self.badge().iter().chain(self.mark.map(|mark| &mark.text)).chain(load) {
            title.push_str(", ");
            title.push_str(part);
        }
        title
    }

    fn framework_name(&self) -> Option<&str> {
        let advice = self.advice?;
        let known = self.drawing.input.playbook.frameworks.get(&advice.framework);
        Some(known.map_or(advice.framework.as_str(), |framework| &framework.short_name))
    }

    fn badge(&self) -> Option<String> {
        Some(format!("{} {}", self.framework_name()?, figures::share(self.advice?.share)))
    }

    fn at(&self, x: f64, y: f64) -> Point {
        self.rect.origin() + (x, y)
    }

    fn draw_surface(&self, sheet: &mut Sheet) {
        let palette = sheet.palette;
        let fill = self.mark.map_or(palette.card, |mark| palette.card_in(&mark.tone));
        let line = match (self.component.deferred, self.component.kind.is_service()) {
            (true, _) => Line::dashed(palette.canvas.mixed(palette.faint, 0.75)),
            (false, true) => Line::thin(palette.line_strong),
            (false, false) => Line::dashed(palette.line_strong),
        };
        if !line.dashed {
            sheet.shadow(self.rect, RADIUS);
        }
        sheet.rect(self.rect, RADIUS, Some(fill), Some(line));
        let Some(mark) = self.mark.filter(|_| !self.component.deferred) else { return };
        if mark.tone == Tone::Unknown {
            let band = Rect::new(self.rect.x0 + 1.0, self.rect.y0 + 5.0, self.rect.x0 + BAND + 1.0, self.rect.y1 - 5.0);
            sheet.hatched(band, 0.0);
        } else {
            // Rounded like the card at the left, straight at the right.
            let [x, right] = [self.rect.x0, self.rect.x0 + BAND].map(number);
            let bend = 1.0 - (1.0 - (1.0 - BAND / RADIUS).powi(2)).sqrt();
            let [high, low] = [self.rect.y0 + RADIUS, self.rect.y1 - RADIUS].map(number);
            let [in_top, in_bottom] = [self.rect.y0 + RADIUS * bend, self.rect.y1 - RADIUS * bend].map(number);
            let data = format!("M{right} {in_top}A9 9 0 0 0 {x} {high}L{x} {low}A9 9 0 0 0 {right} {in_bottom}Z");
            sheet.path(&data, Some(palette.paint(&mark.tone).strong), None);
        }
    }

    fn draw_icon(&self, sheet: &mut Sheet, left: f64, size: f64, middle_y: f64) {
        let palette = sheet.palette;
        let middle = Point::new(self.rect.x0 + left + size / 2.0, middle_y);
        sheet.rect(Rect::from_center_size(middle, Size::new(size, size)), 6.0, Some(palette.sunken), None);
        let ink = if self.component.deferred { palette.faint } else { palette.muted };
        sheet.icon(icons::of_kind(self.component.kind), 14.0, ink, middle);
    }

    /// The ink of the name: what is put off stands back.
    fn name_ink(&self, sheet: &Sheet) -> Rgb {
        if self.component.deferred { sheet.palette.muted } else { sheet.palette.text }
    }

    /// The signs of the card: its worst finding and its pin.
    fn signs(&self, sheet: &Sheet) -> Vec<(char, Rgb)> {
        let palette = sheet.palette;
        let about = |elements: &[ElementId]| {
            elements.iter().any(|element| matches!(element, ElementId::Component(id) if id == self.id))
        };
        let findings = self.drawing.input.assessment.open_findings();
        let worst = findings
            .filter(|finding| finding.severity != Severity::Hint && about(&finding.elements))
            .map(|finding| finding.severity)
            .min();
        let finding = worst.map(|severity| {
            let pair = if severity == Severity::Error { palette.error } else { palette.warning };
            (icons::TRIANGLE_ALERT, pair.ink)
        });
        let pin = self.advice.filter(|advice| advice.pinned).map(|_| (icons::PIN, palette.accent.ink));
        finding.into_iter().chain(pin).collect()
    }

    /// Draws the signs beside each other from the right, or below each other.
    fn draw_signs(&self, sheet: &mut Sheet, signs: &[(char, Rgb)], (middle_y, stacked): (f64, bool)) {
        for (place, (glyph, ink)) in signs.iter().enumerate() {
            let place = place as f64;
            let (left, down) = if stacked { (0.0, SIGN_ROW * place) } else { (SIGN * place, 0.0) };
            sheet.icon(*glyph, 12.0, *ink, Point::new(self.rect.x1 - PADDING - 6.0 - left, middle_y + down));
        }
    }

    /// Writes the name as large as it can be with all of it seen; gives whether that is one row.
    /// Its middle is at the first of two heights, or at the other one if it has several rows.
    fn draw_name(
        &self,
        sheet: &mut Sheet,
        (left, room): (f64, f64),
        middles_y: [f64; 2],
        settings: &[Setting],
    ) -> bool {
        let name = &self.component.name;
        let words = sheet.words(name);
        let whole = names::first_whole(&words, settings, |setting| room / setting.size);
        let Some(setting) = whole.map_or(settings.last(), |place| settings.get(place)) else { return true };
        let lines = sheet.lines(name, setting.size, (room, setting.rows));
        let style = Type { size: setting.size, bold: true, ink: self.name_ink(sheet) };
        let (one, step) = (lines.len() <= 1, names::ROW * setting.size);
        let top = middles_y[usize::from(!one)] - step / 2.0 * lines.len().saturating_sub(1) as f64;
        for (index, line) in lines.iter().enumerate() {
            sheet.text(Point::new(left, top + step * index as f64), line, style, room);
        }
        one
    }

    /// Where the name is, from the sheet's left and not the card's: the same place as on the canvas.
    fn place_name(&self, sheet: &Sheet, signs: &[(char, Rgb)], first: Setting) -> names::Place {
        let card = names::Around {
            service: self.component.kind.is_service(),
            width: self.rect.width(),
            icon: true,
            marks: signs.len(),
        };
        let words = sheet.words(&self.component.name);
        let place = names::place(card, |room| names::first_whole(&words, &[first], |way| room / way.size).is_some());
        names::Place { left: self.rect.x0 + place.left, ..place }
    }

    fn draw_service(&self, sheet: &mut Sheet) {
        let palette = sheet.palette;
        self.draw_icon(sheet, PADDING, 25.0, self.rect.y0 + 24.0);
        let signs = self.signs(sheet);
        let names::Place { left, room, stacked } = self.place_name(sheet, &signs, names::SERVICE[0]);
        self.draw_signs(sheet, &signs, (self.rect.y0 + 20.0, stacked));
        // Badge and chips make room for the load below them, as on the canvas.
        let [one_y, rows_y, kind_y, top] =
            if self.load.is_some() { [17.0, 22.0, 33.0, 43.0] } else { [19.0, 25.0, 35.0, 50.0] };
        let middles_y = [one_y, rows_y].map(|y| self.rect.y0 + y);
        // What tells long names apart is often at their end: it counts more than the kind, which the icon shows as well.
        if self.draw_name(sheet, (left, room), middles_y, &names::SERVICE) {
            let kind = Type { size: 11.0, bold: false, ink: palette.muted };
            sheet.text(self.at(45.0, kind_y), self.component.kind.label(), kind, self.rect.x1 - left - 8.0);
        }
        let mut row = Row { left: self.rect.x0 + PADDING, right: self.rect.x1 - PADDING, top: self.rect.y0 + top };
        if let Some(mark) = self.mark {
            row.tag(sheet, mark);
            if let Some(name) = self.framework_name().filter(|name| row.fits(sheet, &[*name])) {
                row.chip(sheet, name);
            }
        } else if let Some(badge) = self.badge() {
            let framework = self.advice.and_then(|a| self.drawing.input.playbook.frameworks.get(&a.framework));
            let colour = framework.map_or("", |framework| framework.colour.as_str());
            row.pill(sheet, &badge, palette.framework(colour));
        }
        self.draw_chips(sheet, &mut row);
        if let Some(load) = &self.load {
            self.draw_load(sheet, load);
        }
    }

    /// The load as a bar, with how busy it is and what is wrong behind it.
    fn draw_load(&self, sheet: &mut Sheet, load: &LoadMark) {
        let palette = sheet.palette;
        let ink = if load.fails { palette.error.ink } else { palette.muted };
        let middle = self.rect.y0 + 70.5;
        let (mut left, right) = (self.rect.x0 + PADDING, self.rect.x1 - PADDING);
        let signs = [(load.fails, icons::TRIANGLE_ALERT, ink), (load.first, icons::GAUGE, palette.text)];
        for (_, glyph, ink) in signs.into_iter().filter(|(shown, ..)| *shown) {
            sheet.icon(glyph, 10.5, ink, Point::new(left + 5.5, middle));
            left += 14.0;
        }
        let words = sheet.fitted(&load.short, LOAD_TEXT, right - left - LEAST_BAR);
        let text_left = right - sheet.width(&words, LOAD_TEXT);
        sheet.text(
            Point::new(text_left, middle),
            &words,
            Type { size: LOAD_TEXT, bold: load.fails, ink },
            f64::INFINITY,
        );
        let Some(busy) = load.busy else { return };
        let track = Rect::new(left, middle - 2.0, text_left - 6.0, middle + 2.0);
        sheet.rect(track, 2.0, Some(palette.line), None);
        if busy > 0.0 {
            let width = (track.width() * busy.min(1.0)).max(4.0);
            let paint = if load.fails { palette.error.ink } else { palette.accent.ink };
            sheet.rect(Rect::new(track.x0, track.y0, track.x0 + width, track.y1), 2.0, Some(paint), None);
        }
    }

    /// As many traits as fit, the rest as a number.
    fn draw_chips(&self, sheet: &mut Sheet, row: &mut Row) {
        let chip = |id: &TraitId, value: &TraitValue| figures::trait_chip(self.drawing.input.playbook, id, value);
        let set: Vec<String> = self
            .component
            .traits
            .iter()
            .filter(|(_, value)| **value != TraitValue::Flag(false))
            .map(|(id, value)| chip(id, value))
            // What the perspective says already is not said again.
            .filter(|chip| self.mark.is_none_or(|mark| mark.text != *chip))
            .collect();
        let more = |shown: usize| format!("+{}", set.len() - shown);
        let mut shown: Vec<String> = Vec::new();
        for chip in set.iter().take(CHIPS.1) {
            let mut trial = shown.clone();
            trial.push(chip.clone());
            let mut with_rest = trial.clone();
            if set.len() > trial.len() {
                with_rest.push(more(trial.len()));
            }
            if row.fits(sheet, &with_rest.iter().map(String::as_str).collect::<Vec<_>>()) {
                shown = trial;
            }
            if shown.len() == CHIPS.0 {
                break;
            }
        }
        if set.len() > shown.len() {
            shown.push(more(shown.len()));
        }
        if row.fits(sheet, &shown.iter().map(String::as_str).collect::<Vec<_>>()) {
            for chip in &shown {
                row.chip(sheet, chip);
            }
        }
    }

    fn draw_resource(&self, sheet: &mut Sheet) {
        let middle = self.rect.center().y;
        self.draw_icon(sheet, 8.0, 24.0, middle);
        let signs = self.signs(sheet);
        self.draw_signs(sheet, &signs, (middle, false));
        let names::Place { left, room, .. } = self.place_name(sheet, &signs, names::RESOURCE[0]);
        let Some(mark) = self.mark else {
            self.draw_name(sheet, (left, room), [middle; 2], &names::RESOURCE);
            return;
        };
        self.draw_name(sheet, (left, room), [middle - 8.0; 2], &names::TAGGED_RESOURCE);
        Row { left, right: left + room, top: middle + 1.0 }.small_tag(sheet, mark);
    }
}

/// A row of pills.
struct Row {
    left: f64,
    right: f64,
    top: f64,
}

impl Row {
    const HEIGHT: f64 = 19.0;

    /// Whether pills with these words fit beside each other.
    fn fits(&self, sheet: &Sheet, words: &[&str]) -> bool {
        let pills: f64 = words.iter().map(|word| sheet.width(word, PILL) + 14.0).sum();
        self.left + pills + 4.0 * words.len().saturating_sub(1) as f64 <= self.right + 0.5
    }

    fn take(&mut self, sheet: &Sheet, words: &str, (size, height): (f64, f64)) -> (Rect, String) {
        let words = sheet.fitted(words, size, self.right - self.left - 14.0);
        let origin = Point::new(self.left, self.top);
        let rect = Rect::from_origin_size(origin, Size::new(sheet.width(&words, size) + 14.0, height));
        self.left = rect.x1 + 4.0;
        (rect, words)
    }

    fn pill(&mut self, sheet: &mut Sheet, words: &str, pair: Pair) {
        let (rect, words) = self.take(sheet, words, (PILL, Self::HEIGHT));
        sheet.rect(rect, rect.height() / 2.0, Some(pair.surface), None);
        sheet.text_centred(rect.center(), &words, Type { size: PILL, bold: true, ink: pair.ink }, f64::INFINITY);
    }

    fn chip(&mut self, sheet: &mut Sheet, words: &str) {
        let palette = sheet.palette;
        let (rect, words) = self.take(sheet, words, (PILL, Self::HEIGHT));
        sheet.rect(rect, rect.height() / 2.0, None, Some(Line::thin(palette.line_strong)));
        sheet.text_centred(rect.center(), &words, Type { size: PILL, bold: false, ink: palette.muted }, f64::INFINITY);
    }

    /// The value that a perspective gives.
    fn tag(&mut self, sheet: &mut Sheet, mark: &Mark) {
        self.tag_of(sheet, mark, (PILL, Self::HEIGHT));
    }

    fn small_tag(&mut self, sheet: &mut Sheet, mark: &Mark) {
        self.tag_of(sheet, mark, (10.0, 15.0));
    }

    fn tag_of(&mut self, sheet: &mut Sheet, mark: &Mark, shape: (f64, f64)) {
        let palette = sheet.palette;
        let paint = palette.paint(&mark.tone);
        let (rect, words) = self.take(sheet, &mark.text, shape);
        let line = match mark.tone {
            Tone::Unknown | Tone::Later => Some(Line::dashed(paint.strong)),
            Tone::Quiet | Tone::Step(0) => Some(Line::thin(palette.line_strong)),
            _ => None,
        };
        sheet.rect(rect, rect.height() / 2.0, Some(paint.fill), line);
        let style = Type { size: shape.0, bold: true, ink: paint.ink };
        sheet.text_centred(rect.center() + Vec2::ZERO, &words, style, f64::INFINITY);
    }
}
