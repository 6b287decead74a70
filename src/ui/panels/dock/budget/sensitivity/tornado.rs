//! The bars: left and right from the median, widest on top.

use egui::{Align2, Color32, CursorIcon, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::{
    super::super::parts::{Listed, listed_row},
    citation, words,
};
use crate::{
    assess::{Mover, Tornado},
    figures::Measure,
    lang::{later, t, tr},
    ui::{
        View,
        theme::{Face, Tokens},
        widgets::{one_line, paragraph_link_at, paragraph_size, text_size},
    },
};

const ROW: f32 = 21.0;
const HEAD: f32 = 17.0;
/// From this width on names have the paragraph, or that they are assumed, behind them.
const MARKS_FROM: f32 = 400.0;

/// A row: a bar of the tornado, or the rest.
struct Row {
    name: String,
    low: f64,
    high: f64,
    colour: Color32,
    leads: bool,
    /// The bar it is; `None` for the rest.
    bar: Option<usize>,
}

/// From values to places: the median in between, both sides to the same scale.
struct Scale {
    median: f64,
    left: f32,
    right: f32,
    low: f64,
    high: f64,
}

impl Scale {
    fn x(&self, value: f64) -> f32 {
        let span = (self.high - self.low).max(1e-12);
        self.left + (self.right - self.left) * ((value - self.low) / span) as f32
    }
}

/// Paints the rows; gives the bar that was clicked.
pub(super) fn tornado_ui(ui: &mut Ui, view: &View<'_>, measure: Measure, tornado: &Tornado) -> Option<usize> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let rows = rows(ui, view, tornado);
    let width = ui.available_width();
    let font = Face::Regular.at(12.5);
    let label =
        |row: &Row| text_size(ui, &row.name, font.clone()).x + mark_of(ui, view, tornado, row).map_or(0.0, |m| m + 5.0);
    let share = if width < MARKS_FROM { 0.36 } else { 0.38 };
    let label_width = (rows.iter().map(label).fold(60.0, f32::max) + 12.0).min(width * share);
    let ends = rows.iter().flat_map(|row| [row.low, row.high]).chain([tornado.median]);
    let written =
        |end: f64| text_size(ui, &measure.signed(view.money(), end - tornado.median), Face::Regular.at(11.5)).x;
    // What stands at the ends is as wide as the widest of it.
    let figure = rows.iter().flat_map(|row| [row.low, row.high]).map(written).fold(0.0, f32::max) + 9.0;
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
    let left = ui.cursor().left();
    let scale = Scale {
        median: tornado.median,
        left: left + label_width + figure,
        right: left + (width - figure).max(label_width + figure + 40.0),
        low,
        high,
    };
    let (head, _) = ui.allocate_exact_size(vec2(width, HEAD), Sense::hover());
    let tokens = Tokens::of(ui);
    let x = scale.x(tornado.median).round() + 0.5;
    let words = measure.write(view.money(), tornado.median);
    ui.painter().text(pos2(x, head.center().y), Align2::CENTER_CENTER, words, Face::SemiBold.at(11.0), tokens.muted);
    let mut clicked = None;
    for row in &rows {
        if row_ui(ui, view, (measure, tornado), row, label_width, &scale) {
            clicked = row.bar;
        }
    }
    clicked
}

fn rows(ui: &Ui, view: &View<'_>, tornado: &Tornado) -> Vec<Row> {
    let tokens = Tokens::of(ui);
    let bar = |(at, bar): (usize, &crate::assess::TornadoBar)| {
        let item = matches!(bar.mover, Mover::WorkItem { .. });
        Row {
            name: words::name(view, bar),
            low: bar.low.total,
            high: bar.high.total,
            colour: if item { tokens.accent.ink } else { tokens.warning.ink },
            leads: !item || citation(view, &bar.mover).is_some(),
            bar: Some(at),
        }
    };
    let rest = tornado.rest.iter().map(|rest| Row {
        name: words::rest_name(rest),
        low: rest.low,
        high: rest.high,
        colour: tokens.faint,
        leads: false,
        bar: None,
    });
    tornado.bars.iter().enumerate().map(bar).chain(rest).collect()
}

/// Behind the name of an assumption, where work has its paragraph.
const ASSUMED: &str = later("assumed");

/// The width of what stands behind the name of a row: its paragraph, or that it is assumed.
fn mark_of(ui: &Ui, view: &View<'_>, tornado: &Tornado, row: &Row) -> Option<f32> {
    let mover = &tornado.bars[row.bar?].mover;
    if ui.available_width() < MARKS_FROM {
        return None;
    }
    if matches!(mover, Mover::Assumption { .. }) {
        return Some(text_size(ui, t(ASSUMED), Face::Regular.at(11.0)).x);
    }
    Some(paragraph_size(ui, citation(view, mover)?.paragraph).x)
}

fn row_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (measure, tornado): (Measure, &Tornado),
    row: &Row,
    label_width: f32,
    scale: &Scale,
) -> bool {
    let tokens = Tokens::of(ui);
    let [low, high] = [row.low, row.high].map(|end| measure.signed(view.money(), end - scale.median));
    let listed = Listed { height: ROW, leads: row.leads, selected: false };
    let (rect, response) = listed_row(ui, listed, || tr!("{}: {low} to {high}", row.name, low, high));
    if !ui.is_rect_visible(rect) {
        return false;
    }
    let touched = listed.is_touched(&response);
    // A name is worth more than the mark behind it, which the hover says as well.
    let fits = |mark: &f32| text_size(ui, &row.name, Face::Regular.at(12.5)).x <= label_width - 8.0 - mark - 5.0;
    let mark = mark_of(ui, view, tornado, row).filter(fits);
    let y = rect.center().y;
    let room = label_width - 8.0 - mark.map_or(0.0, |mark| mark + 5.0);
    let ink = if touched { tokens.accent.ink } else { tokens.text };
    let written = one_line(ui, pos2(rect.left(), y), room, &row.name, Face::Regular.at(12.5), ink);
    if mark.is_some() && row.bar.is_some_and(|bar| matches!(tornado.bars[bar].mover, Mover::Assumption { .. })) {
        let at = pos2(rect.left() + written + 5.0, y);
        ui.painter().text(at, Align2::LEFT_CENTER, t(ASSUMED), Face::Regular.at(11.0), tokens.faint);
    }
    bar_ui(ui, (row, scale), rect, (&low, &high));
    let clicked = response.clicked();
    let response = response.on_hover_ui(|ui| {
        ui.set_max_width(380.0);
        match row.bar {
            Some(at) => ui.label(words::hover(view, measure, tornado, &tornado.bars[at])),
            None => ui.label(t(words::HOW_ENDS_COMBINE)),
        };
    });
    if row.leads {
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
    let mut marked = false;
    let cited = row.bar.filter(|_| mark.is_some()).and_then(|bar| citation(view, &tornado.bars[bar].mover));
    if let Some(citation) = cited {
        let at = pos2(rect.left() + written + 5.0, y - paragraph_size(ui, citation.paragraph).y / 2.0);
        marked = paragraph_link_at(ui, at, &view.session.engine().playbook, &citation);
    }
    clicked || marked
}

/// The bar on both sides of the median, each side with what it does to the whole.
fn bar_ui(ui: &Ui, (row, scale): (&Row, &Scale), rect: Rect, (low, high): (&str, &str)) {
    let tokens = Tokens::of(ui);
    let (y, middle) = (rect.center().y, scale.x(scale.median));
    let font = Face::Regular.at(11.5);
    let side = |end: f64, words: &str| {
        let x = scale.x(end);
        let less = end < scale.median;
        let bar = Rect::from_x_y_ranges(x.min(middle)..=x.max(middle), (y - 6.0)..=(y + 6.0));
        // What saves is lighter than what costs more.
        let fill = if less { tokens.panel.lerp_to_gamma(row.colour, 0.55) } else { row.colour };
        ui.painter().rect_filled(bar, 2, fill);
        let (at, align) =
            if less { (pos2(x - 5.0, y), Align2::RIGHT_CENTER) } else { (pos2(x + 5.0, y), Align2::LEFT_CENTER) };
        if (end - scale.median).abs() > scale.median * 1e-9 {
            ui.painter().text(at, align, words, font.clone(), tokens.text);
        }
    };
    side(row.low, low);
    side(row.high, high);
    let x = middle.round() + 0.5;
    ui.painter().vline(x, rect.y_range(), Stroke::new(1.0, tokens.line_strong));
}
