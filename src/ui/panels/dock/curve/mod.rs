//! The curve that answers "how sure is this figure": probability against weeks or money. A figure can be pinned on it, by a click,
//! by a drag, with the arrow keys or by typing, and made what is to hold.

mod overlay;
mod page;
mod readout;

use std::ops::RangeInclusive;

use egui::{Key, Rect, Response, RichText, Ui, WidgetInfo};
use egui_plot::{
    AxisHints, GridInput, GridMark, HoverPosition, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotTransform, PlotUi,
    Points, Text,
};

use super::bars::step_for;
use crate::{
    assess::Distribution,
    export::csv_table,
    figures::{self, Typed},
    lang::{t, tr},
    project::Confidence,
    ui::{
        copying::{self, Offer},
        theme::{Face, Tokens},
        widgets::still_plot,
    },
};

pub(super) use page::how_sure_ui;

/// A curve and how its figures are written. All figures are in the unit that is shown.
pub(super) struct Curve<'a> {
    /// What tells it from other curves.
    pub(super) salt: &'a str,
    /// What is uncertain.
    pub(super) distribution: Distribution,
    /// The quantity and its unit, under the axis.
    pub(super) axis: &'a str,
    /// How a figure on the axis is written.
    pub(super) tick: &'a dyn Fn(f64) -> String,
    /// The distance of two figures on the axis, from the least there is room for.
    pub(super) axis_step: &'a dyn Fn(f64) -> f64,
    /// Room that a figure on the axis takes, in points.
    pub(super) mark_room: f32,
    /// How a figure on the axis is written as a date, if there is a first day.
    pub(super) date: Option<&'a dyn Fn(f64) -> String>,
    /// How a figure is written in full.
    pub(super) full: &'a dyn Fn(f64) -> String,
    /// How a figure is written where there is little room.
    pub(super) short: &'a dyn Fn(f64) -> String,
    /// What is said beside a figure: months or a date; may be empty.
    pub(super) beside: &'a dyn Fn(f64) -> String,
    /// What goes before a figure in a sentence: `to stay under`.
    pub(super) up_to: &'a str,
    /// Reads what was typed.
    pub(super) read: &'a dyn Fn(&str) -> Result<Typed, String>,
    /// What can be typed: a figure, a probability.
    pub(super) examples: [&'a str; 2],
    /// The point shown first.
    pub(super) confidence: Confidence,
    /// What is to hold, and what it is called.
    pub(super) target: (&'a str, Option<f64>),
    /// What is said beside the target, if it is not what is said beside any figure: a day off has no figure of its own.
    pub(super) target_beside: Option<&'a str>,
    /// Figures that can be a target.
    pub(super) holds: RangeInclusive<f64>,
    /// Whether a figure is told in the words it was typed in: `5 months` are not turned into weeks.
    pub(super) keeps_words: bool,
    /// How likely budget and deadline hold together, if there are both.
    pub(super) together: Option<f64>,
    /// What is to be said below the figures.
    pub(super) note: Option<&'a str>,
}

/// What is looked at on a curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurveState {
    /// The figure that is pinned, in the unit that is shown.
    pub pinned: Option<f64>,
    /// What was typed, and the figure it was read as.
    typed: Option<(String, f64)>,
    /// The unit it was pinned in.
    unit: String,
    /// The figure under the pointer when the menu was opened.
    menu_at: f64,
    /// Whether the menu is open: nothing is said under it.
    menu_open: bool,
    /// Why what was typed could not be read.
    refused: Option<String>,
}

/// What is asked for on a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wish {
    /// This figure is to hold, in the unit that is shown.
    Hold(f64),
    /// Nothing is to hold any more.
    HoldNothing,
}

const STEPS: usize = 80;
const MARKS: [(f64, &str); 4] = [(0.1, "P10"), (0.5, "P50"), (0.8, "P80"), (0.9, "P90")];
/// Figures that can be told apart on a curve: one is pinned to a round value.
const FIGURES: f64 = 200.0;

impl CurveState {
    /// What was typed for a figure, if it was.
    pub(super) fn typed_for(&self, figure: f64) -> Option<&str> {
        self.typed.as_ref().filter(|(_, read)| *read == figure).map(|(typed, _)| typed.as_str())
    }
}

impl Curve<'_> {
    /// Left and right end of the plot: nearly all outcomes, and the target if it lies near.
    fn ends(&self) -> (f64, f64) {
        let (low, high) = (self.distribution.quantile(0.01), self.distribution.quantile(0.985));
        let span = high - low;
        match self.target.1 {
            Some(target) if target > high && target < high + 0.6 * span => (low, target + 0.08 * span),
            Some(target) if target < low && target > low - 0.6 * span => ((target - 0.08 * span).max(0.0), high),
            _ => (low, high),
        }
    }

    /// The probability of staying at or under a figure, in words: `73 % to stay under $220K`.
    fn sentence(&self, figure: f64) -> String {
        let share = figures::share(self.distribution.probability_up_to(figure));
        format!("{share} {} {}", self.up_to, (self.full)(figure))
    }

    /// The step between figures that can be pinned.
    fn step(&self) -> f64 {
        let (low, high) = self.ends();
        step_for((high - low).max(1e-9), FIGURES)
    }

    /// The nearest round figure of the plot.
    fn rounded(&self, figure: f64) -> f64 {
        let ((low, high), step) = (self.ends(), self.step());
        ((figure.clamp(low, high) / step).round() * step).max(0.0)
    }

    /// The whole curve for a spreadsheet: what is not exceeded with each probability.
    fn csv(&self) -> String {
        let row = |per_cent: i32| {
            let figure = self.distribution.quantile(f64::from(per_cent) / 100.0);
            vec![format!("{:.2}", f64::from(per_cent) / 100.0), format!("{figure:.2}")]
        };
        csv_table(&[t("probability"), self.axis], (1..=99).map(row))
    }
}

/// Paints the curve, `height` points high and as wide as there is room.
pub(super) fn curve_ui(ui: &mut Ui, curve: &Curve<'_>, state: &mut CurveState, height: f32) -> Option<Wish> {
    let tokens = Tokens::of(ui);
    if state.unit != curve.axis {
        *state = CurveState { unit: curve.axis.to_owned(), ..CurveState::default() };
    }
    let ends = curve.ends();
    let places = f64::from(((ui.available_width() - 50.0) / curve.mark_room).max(1.0));
    let step = (curve.axis_step)((ends.1 - ends.0) / places);
    let plot = frame(curve, tokens, height, ends, step);
    let plot = if state.menu_open || copying::poses(ui.ctx()) {
        plot.label_formatter(|_: &HoverPosition<'_>| None).show_x(false)
    } else {
        plot
    };
    let shown = ui.scope(|ui| {
        // The axes take their look from the running text.
        ui.visuals_mut().override_text_color = Some(tokens.muted);
        ui.style_mut().text_styles.insert(egui::TextStyle::Body, Face::Regular.at(11.0));
        plot.show(ui, |plot| {
            line(plot, curve, tokens, ends);
            marks(plot, curve, tokens);
        })
    });
    let (place, response, transform) = (shown.response.rect, shown.inner.response, shown.inner.transform);
    overlay::paint(ui, curve, state, &transform, &response);
    pin_by_hand(ui, curve, state, &transform, &response);
    pin_by_key(ui, curve, state, &response);
    let told = state.pinned.unwrap_or_else(|| curve.distribution.quantile(curve.confidence.probability()));
    response
        .widget_info(|| WidgetInfo::slider(true, told, tr!("{0} curve: {1}", curve.target.0, curve.sentence(told))));
    menu_ui(ui, curve, state, (place, told))
}

/// A click or a drag pins the figure under the pointer.
fn pin_by_hand(ui: &Ui, curve: &Curve<'_>, state: &mut CurveState, transform: &PlotTransform, response: &Response) {
    let at = response.interact_pointer_pos().map(|pos| curve.rounded(transform.value_from_position(pos).x));
    let primary =
        response.clicked_by(egui::PointerButton::Primary) || response.dragged_by(egui::PointerButton::Primary);
    if primary && let Some(figure) = at {
        state.pinned = Some(figure);
        state.refused = None;
        response.request_focus();
    }
    if response.secondary_clicked()
        && let Some(figure) = at
    {
        state.menu_at = figure;
    }
    if response.has_focus() {
        let line = egui::Stroke::new(1.0, Tokens::of(ui).accent.ink);
        ui.painter().rect_stroke(response.rect, 4, line, egui::StrokeKind::Inside);
    }
}

/// The arrows move the pin, ten steps at a time with Shift; Esc takes it away.
fn pin_by_key(ui: &Ui, curve: &Curve<'_>, state: &mut CurveState, response: &Response) {
    if !response.has_focus() {
        return;
    }
    let filter = egui::EventFilter { horizontal_arrows: true, escape: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (pressed, shift, escape) = ui.input(|input| {
        let steps = |key: Key| input.num_presses(key) as f64;
        (steps(Key::ArrowRight) - steps(Key::ArrowLeft), input.modifiers.shift, input.key_pressed(Key::Escape))
    });
    if pressed != 0.0 {
        let from = state.pinned.unwrap_or_else(|| curve.distribution.quantile(curve.confidence.probability()));
        state.pinned = Some(curve.rounded(from + pressed * curve.step() * if shift { 10.0 } else { 1.0 }));
    }
    if escape {
        state.pinned = None;
    }
}

/// What can be done with the figure under the pointer, or by key with the one that is told, and what can be copied.
fn menu_ui(ui: &Ui, curve: &Curve<'_>, state: &mut CurveState, (place, told): (Rect, f64)) -> Option<Wish> {
    let mut wish = None;
    let csv = || curve.csv();
    let mut pinned = state.pinned;
    let figure = state.menu_at;
    let shown = copying::menu_with(ui, place, Offer::plot(curve.salt, &csv), |ui| {
        ui.separator();
        let make = egui::Button::new(tr!("Make {} the target", (curve.full)(figure)));
        if ui.add_enabled(curve.holds.contains(&figure), make).clicked() {
            wish = Some(Wish::Hold(figure));
        }
        if ui.button(tr!("Pin {}", (curve.full)(figure))).clicked() {
            pinned = Some(figure);
        }
        if pinned.is_some() && ui.button(t("Take the pin away")).clicked() {
            pinned = None;
        }
        if curve.target.1.is_some() && ui.button(t("Remove the target")).clicked() {
            wish = Some(Wish::HoldNothing);
        }
    });
    (state.pinned, state.menu_open) = (pinned, shown.is_open);
    if shown.opened_by_key {
        state.menu_at = told;
    }
    wish
}

/// The plot without its contents: it cannot be moved, and says on hover how sure a figure is.
fn frame<'a>(curve: &Curve<'a>, tokens: &Tokens, height: f32, (low, high): (f64, f64), step: f64) -> Plot<'a> {
    let (tick, full, distribution, up_to) = (curve.tick, curve.full, curve.distribution, curve.up_to);
    let figures_axis = AxisHints::new_x()
        .formatter(move |mark: GridMark, range: &RangeInclusive<f64>| inside(mark, range, tick))
        .label_spacing(egui::Rangef::new(20.0, 21.0));
    let caption = |words: &str| RichText::new(words).font(Face::Regular.at(11.0)).color(tokens.muted);
    let axes = match curve.date {
        Some(date) => vec![
            figures_axis,
            AxisHints::new_x()
                .formatter(move |mark: GridMark, range: &RangeInclusive<f64>| inside(mark, range, date))
                .label_spacing(egui::Rangef::new(20.0, 21.0)),
        ],
        None => vec![figures_axis.label(caption(curve.axis))],
    };
    still_plot(tokens, curve.salt, height, (low, high), 118.0)
        .x_grid_spacer(move |input: GridInput| marks_between(input.bounds, step))
        .custom_x_axes(axes)
        .label_formatter(move |position: &HoverPosition<'_>| {
            let (HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position }) = position;
            let share = figures::share(distribution.probability_up_to(position.x));
            Some(format!("{share} {up_to} {}", full(position.x)))
        })
}

/// A mark in words; none at the ends of an axis, where they would be cut or lie on those of the other axis.
fn inside(mark: GridMark, range: &RangeInclusive<f64>, write: &dyn Fn(f64) -> String) -> String {
    let margin = (range.end() - range.start()) * 0.055;
    let inner = (range.start() + margin)..=(range.end() - margin);
    if inner.contains(&mark.value) { write(mark.value) } else { String::new() }
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
pub(super) fn marks_between((from, to): (f64, f64), step: f64) -> Vec<GridMark> {
    // A quantity without spread has no range to take the step from.
    let step = step.max((to - from) / 40.0);
    let first = (from / step).ceil() as i64;
    let last = (to / step).floor() as i64;
    (first..=last).map(|i| GridMark { value: i as f64 * step, step_size: step }).collect()
}
