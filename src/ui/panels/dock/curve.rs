//! The curve that answers "how sure is this figure": probability against weeks or dollars.

use std::ops::RangeInclusive;

use egui::{RichText, Ui};
use egui_plot::{
    AxisHints, GridInput, GridMark, HoverPosition, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotUi, Points, Text,
};

use super::bars::step_for;

use crate::{
    assess::Distribution,
    project::Confidence,
    ui::{
        theme::{Face, Tokens},
        widgets::still_plot,
    },
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
    pub(super) tick: &'a dyn Fn(f64) -> String,
    /// How a figure is written in full.
    pub(super) full: &'a dyn Fn(f64) -> String,
    /// The point shown first.
    pub(super) confidence: Confidence,
}

const STEPS: usize = 80;
const MARKS: [(f64, &str); 4] = [(0.1, "P10"), (0.5, "P50"), (0.8, "P80"), (0.9, "P90")];

/// Paints the curve, `height` points high and as wide as there is room.
pub(super) fn curve_ui(ui: &mut Ui, curve: &Curve<'_>, height: f32) {
    let tokens = Tokens::of(ui);
    let ends = (curve.distribution.quantile(0.01), curve.distribution.quantile(0.985));
    let step = step_for(ends.1 - ends.0, f64::from(ui.available_width() - 50.0) / 62.0);
    let plot = frame(curve, tokens, height, ends, step);
    ui.scope(|ui| {
        // The axes take their look from the running text.
        ui.visuals_mut().override_text_color = Some(tokens.muted);
        ui.style_mut().text_styles.insert(egui::TextStyle::Body, Face::Regular.at(11.0));
        plot.show(ui, |plot| {
            line(plot, curve, tokens, ends);
            marks(plot, curve, tokens);
        });
    });
}

/// The plot without its contents: it cannot be moved, and says on hover how sure a figure is.
fn frame<'a>(curve: &Curve<'a>, tokens: &Tokens, height: f32, (low, high): (f64, f64), step: f64) -> Plot<'a> {
    let (tick, full, distribution) = (curve.tick, curve.full, curve.distribution);
    let axis = AxisHints::new_x()
        .label(RichText::new(curve.axis).font(Face::Regular.at(11.0)).color(tokens.muted))
        .formatter(move |mark: GridMark, _: &RangeInclusive<f64>| tick(mark.value))
        .label_spacing(egui::Rangef::new(20.0, 21.0));
    still_plot(tokens, curve.salt, height, (low, high), 118.0)
        .x_grid_spacer(move |input: GridInput| marks_between(input.bounds, step))
        .custom_x_axes(vec![axis])
        .label_formatter(move |position: &HoverPosition<'_>| {
            let (HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position }) = position;
            let share = crate::figures::share(distribution.probability_up_to(position.x));
            Some(format!("{share} stay under {}", full(position.x)))
        })
}

/// The curve, and the area up to the figure shown first.
fn line(plot: &mut PlotUi<'_>, curve: &Curve<'_>, tokens: &Tokens, (low, high): (f64, f64)) {
    let (distribution, first) = (curve.distribution, curve.confidence.probability());
    let point = |i: usize| {
        let value = low + (high - low) * i as f64 / STEPS as f64;
        [value, distribution.probability_up_to(value) * 100.0]
    };
    let points: Vec<[f64; 2]> = (0..=STEPS).map(point).collect();
    let shown = distribution.quantile(first);
    let under: Vec<[f64; 2]> =
        points.iter().copied().filter(|[value, _]| *value < shown).chain([[shown, first * 100.0]]).collect();
    let area = Line::new("shown", under).color(tokens.accent.ink).width(0.0).fill(0.0).fill_alpha(0.14);
    plot.line(area.allow_hover(false));
    plot.line(Line::new("probability", PlotPoints::from(points)).color(tokens.accent.ink).width(2.0));
}

/// P10, P50, P80 and P90 on the curve, the one shown first with a line down to its figure.
fn marks(plot: &mut PlotUi<'_>, curve: &Curve<'_>, tokens: &Tokens) {
    for (probability, name) in MARKS {
        let value = curve.distribution.quantile(probability);
        let at = [value, probability * 100.0];
        let first = probability == curve.confidence.probability();
        let (ink, face, radius) =
            if first { (tokens.accent.ink, Face::SemiBold, 4.5) } else { (tokens.faint, Face::Regular, 3.0) };
        let words = RichText::new(name).font(face.at(11.0)).color(ink);
        plot.text(Text::new(name, PlotPoint::new(value, 110.0), words).color(ink).allow_hover(false));
        if first {
            let foot = Line::new(name, vec![[value, 0.0], at]).color(ink).width(1.0).style(LineStyle::dashed_dense());
            plot.line(foot.allow_hover(false));
        }
        plot.points(Points::new(name, vec![at]).radius(radius).color(ink).allow_hover(false));
    }
}

/// The round values of an axis.
fn marks_between((from, to): (f64, f64), step: f64) -> Vec<GridMark> {
    // A quantity without spread has no range to take the step from.
    let step = step.max((to - from) / 40.0);
    let first = (from / step).ceil() as i64;
    let last = (to / step).floor() as i64;
    (first..=last).map(|i| GridMark { value: i as f64 * step, step_size: step }).collect()
}
