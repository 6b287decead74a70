//! The curve that answers "how sure is this figure": probability against weeks or dollars.

use std::ops::RangeInclusive;

use egui::{Ui, Vec2b};
use egui_plot::{GridMark, HoverPosition, Line, Plot, PlotPoint, PlotPoints, Points, Text, VLine};

use crate::{
    assess::Distribution,
    project::Confidence,
    ui::theme::{Face, Tokens},
};

/// A curve and how its figures are written.
pub(super) struct Curve<'a> {
    /// What tells it from other curves.
    pub(super) salt: &'a str,
    /// What is uncertain.
    pub(super) distribution: Distribution,
    /// The quantity and its unit, under the axis.
    pub(super) axis: &'a str,
    /// How a figure on the axis is written.
    pub(super) tick: fn(f64) -> String,
    /// How a figure is written in full.
    pub(super) full: fn(f64) -> String,
    /// The point shown first.
    pub(super) confidence: Confidence,
}

const STEPS: usize = 80;
const MARKS: [(f64, &str); 4] = [(0.1, "P10"), (0.5, "P50"), (0.8, "P80"), (0.9, "P90")];

/// Paints the curve, `height` points high and as wide as there is room.
pub(super) fn curve_ui(ui: &mut Ui, curve: &Curve<'_>, height: f32) {
    let tokens = Tokens::of(ui);
    let distribution = curve.distribution;
    let (low, high) = (distribution.quantile(0.01), distribution.quantile(0.985));
    let point = |i: usize| {
        let value = low + (high - low) * i as f64 / STEPS as f64;
        [value, distribution.probability_up_to(value) * 100.0]
    };
    let points: Vec<[f64; 2]> = (0..=STEPS).map(point).collect();
    let shown = distribution.quantile(curve.confidence.probability());
    let under: Vec<[f64; 2]> = points
        .iter()
        .copied()
        .filter(|[value, _]| *value < shown)
        .chain([[shown, curve.confidence.probability() * 100.0]])
        .collect();
    let (tick, full) = (curve.tick, curve.full);
    let plot = Plot::new(curve.salt)
        .height(height)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_background(false)
        .grid_color(tokens.line)
        .grid_fade(0.0)
        .cursor_color(tokens.line_strong)
        .show_x(true)
        .show_y(false)
        .set_margin_fraction(egui::vec2(0.02, 0.0))
        .default_x_bounds(low, high)
        .include_y(0.0)
        .include_y(118.0)
        .auto_bounds(Vec2b::TRUE)
        .grid_spacing(egui::Rangef::new(56.0, 140.0))
        .y_grid_spacer(egui_plot::uniform_grid_spacer(|_| [50.0, 100.0, 200.0]))
        .x_axis_label(egui::RichText::new(curve.axis).font(Face::Regular.at(11.0)).color(tokens.muted))
        .y_axis_min_width(38.0)
        .x_axis_formatter(move |mark: GridMark, _: &RangeInclusive<f64>| tick(mark.value))
        .y_axis_formatter(|mark: GridMark, _: &RangeInclusive<f64>| {
            if (-0.1..=100.1).contains(&mark.value) { format!("{:.0} %", mark.value) } else { String::new() }
        })
        .label_formatter(move |position: &HoverPosition<'_>| {
            let (HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position }) = position;
            let share = crate::figures::share(distribution.probability_up_to(position.x));
            Some(format!("{share} stay under {}", full(position.x)))
        });
    let marks = |plot: &mut egui_plot::PlotUi<'_>| {
        plot.line(
            Line::new("shown", under).color(tokens.accent.ink).width(0.0).fill(0.0).fill_alpha(0.14).allow_hover(false),
        );
        plot.line(Line::new("probability", PlotPoints::from(points)).color(tokens.accent.ink).width(2.0));
        for (probability, name) in MARKS {
            let value = distribution.quantile(probability);
            let first = probability == curve.confidence.probability();
            let ink = if first { tokens.accent.ink } else { tokens.faint };
            let at = PlotPoint::new(value, 110.0);
            let words =
                egui::RichText::new(name).font(if first { Face::SemiBold.at(11.0) } else { Face::Regular.at(11.0) });
            plot.text(Text::new(name, at, words).color(ink).allow_hover(false));
            if first {
                let line = VLine::new(name, value).color(ink).width(1.0).style(egui_plot::LineStyle::dashed_dense());
                plot.vline(line.allow_hover(false));
            }
            let dot = Points::new(name, vec![[value, probability * 100.0]]).radius(if first { 4.5 } else { 3.0 });
            plot.points(dot.color(ink).allow_hover(false));
        }
    };
    ui.scope(|ui| {
        // The axes take their look from the running text.
        ui.visuals_mut().override_text_color = Some(tokens.muted);
        ui.style_mut().text_styles.insert(egui::TextStyle::Body, Face::Regular.at(11.0));
        plot.show(ui, marks);
    });
}
