//! How answers of a service slow down as more comes, and how busy each service is.

use std::ops::RangeInclusive;

use egui::{Color32, RichText, Role, Ui, WidgetInfo};
use egui_plot::{
    AxisHints, GridMark, HLine, HoverPosition, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotUi, Points, Text,
    VLine,
};

use super::{
    super::{
        bars::{Axis, Bars, Clicked, Part, Row, bars_ui, step_for},
        curve::marks_between,
        parts::{column as part, longest_title, remark},
        two_columns_from,
    },
    CapacityState, room,
    state::State,
};
use crate::{
    assess::capacity::{LoadCurve, ServiceCapacity},
    explain::capacity as words,
    export::csv_table,
    lang::{t, tr},
    project::ComponentId,
    ui::{
        Actions, View,
        copying::{self, Offer},
        theme::{Face, Tokens, space},
        widgets::{still_plot, text_size},
    },
};

/// The share of the width that the plot takes beside the bars, and the width from which on it does.
const PLOT: f32 = 0.56;
const BESIDE_FROM: f32 = 490.0;
/// Height of a bar below the plot, and of what stands under all of them; and the most bars that make the page longer.
const BAR: f32 = 18.0;
const UNDER_BARS: f32 = 16.0;
const MOST_BELOW: usize = 100;
/// Narrower bars have fewer lines on their axis.
const NARROW: f32 = 300.0;
/// Between the end of the longest bar and the figures.
const BEFORE_FIGURE: f32 = 14.0;
/// Height of the plot where the page scrolls.
const LOW: f32 = 150.0;
/// Bars that are longer are cut: beyond what can be answered more is only more.
const MOST_BUSY: f64 = 1.5;
/// A service is shown up to so many times its least answer time.
const UP_TO: f64 = 4.0;

pub(super) fn load_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, actions: &mut Actions) {
    let capacity = view.session.capacity();
    let looked_at = state.looked_at(view, capacity).cloned();
    let mut subject = (state, actions);
    two_columns_from(
        ui,
        (BESIDE_FROM, PLOT),
        &mut subject,
        |ui, _| {
            let found = looked_at.as_ref().and_then(|id| capacity.services.get_key_value(id));
            if let Some((id, service)) = found {
                curve_ui(ui, view, (id, service));
            }
        },
        |ui, (state, actions), scrolls| bars(ui, view, state, scrolls, actions),
    );
}

/// What the plot shows of a service, in milliseconds.
struct Shown<'a> {
    name: String,
    curve: &'a LoadCurve,
    target_ms: Option<f64>,
    /// Why the curve is the least there can be, if it is.
    least: Option<&'static str>,
    /// What comes, and its p95.
    now: Option<(f64, Option<f64>)>,
    /// Where the plot ends.
    right: f64,
    top_ms: f64,
}

impl<'a> Shown<'a> {
    fn new(view: &View<'_>, (id, service): (&ComponentId, &ServiceCapacity), curve: &'a LoadCurve) -> Option<Self> {
        let least_ms = curve.points.first()?.p95_s * 1e3;
        let target_ms = service.target_s.map(|target_s| target_s * 1e3);
        let answers = service.planned()?.answers;
        let now = service.load.rate_per_s.map(|rate| (rate, answers.p95_s().map(|p95_s| p95_s * 1e3)));
        // A target far beyond what it takes is no reason to draw the curve flat.
        let target = target_ms.filter(|target| *target < least_ms * 3.0 * UP_TO);
        let wanted = [least_ms * UP_TO, target.unwrap_or(0.0) * 1.5, now.and_then(|(_, ms)| ms).unwrap_or(0.0) * 2.5];
        let rate = now.map_or(0.0, |(rate, _)| rate);
        let right = (curve.bounded_up_to_per_s * 1.08).max(rate.min(curve.bounded_up_to_per_s * 2.0) * 1.08);
        Some(Self {
            name: view.session.project().component_name(id),
            curve,
            target_ms,
            least: why_least(service),
            now,
            right,
            top_ms: wanted.into_iter().fold(0.0, f64::max),
        })
    }

    /// The answer in a sentence, and in shorter ones.
    fn sentences(&self) -> [String; 3] {
        let (name, most) = (&self.name, words::rate(self.curve.bounded_up_to_per_s));
        let (up_to, why) = self.least.map_or((t("up to"), t("as planned")), |why| (t("up to at most"), why));
        match (self.target_ms, self.curve.in_time_up_to_per_s) {
            (Some(target_ms), Some(rate)) => {
                let (target, rate) = (words::seconds(target_ms / 1e3), words::rate(rate));
                [
                    tr!("{name} keeps its p95 within {target} {up_to} {rate}, {why}", name, target, up_to, rate, why),
                    tr!("{name}: p95 within {target} {up_to} {rate}", name, target, up_to, rate),
                    tr!("p95 within {target} {up_to} {rate}", target, up_to, rate),
                ]
            }
            (Some(target_ms), None) => {
                let target = words::seconds(target_ms / 1e3);
                [
                    tr!("{name} never keeps its p95 within {target}", name, target),
                    tr!("{name}: p95 over {target}", name, target),
                    tr!("p95 never within {target}", target),
                ]
            }
            (None, _) => [
                tr!("{name} answers at most {most}, {why}", name, most, why),
                tr!("{name}: at most {most}", name, most),
                tr!("At most {most}", most),
            ],
        }
    }

    /// The curve up to the top of the plot.
    fn line(&self) -> Vec<[f64; 2]> {
        let mut line: Vec<[f64; 2]> = Vec::new();
        for point in &self.curve.points {
            let (x, y) = (point.rate_per_s, point.p95_s * 1e3);
            if y > self.top_ms {
                if let Some([from, low]) = line.last().copied().filter(|[_, low]| *low < self.top_ms) {
                    line.push([from + (x - from) * (self.top_ms - low) / (y - low), self.top_ms]);
                }
                break;
            }
            line.push([x, y]);
        }
        line
    }

    fn csv(&self) -> String {
        let row = |point: &crate::assess::capacity::LoadPoint| {
            vec![
                format!("{:.3}", point.rate_per_s),
                format!("{:.3}", point.mean_s * 1e3),
                format!("{:.3}", point.p95_s * 1e3),
            ]
        };
        csv_table(&[t("requests a second"), t("mean ms"), t("p95 ms")], self.curve.points.iter().map(row))
    }

    /// The p95 at a load, between the points that are known.
    fn told_at(&self, rate_per_s: f64) -> String {
        let after = self.curve.points.partition_point(|point| point.rate_per_s < rate_per_s);
        let (Some(before), Some(after)) =
            (self.curve.points.get(after.saturating_sub(1)), self.curve.points.get(after))
        else {
            return tr!("unbounded at {}", words::rate(rate_per_s));
        };
        let span = after.rate_per_s - before.rate_per_s;
        let share = if span > 0.0 { (rate_per_s.max(0.0) - before.rate_per_s) / span } else { 0.0 };
        let p95_s = before.p95_s + (after.p95_s - before.p95_s) * share;
        let sign = if self.least.is_some() { "≥ " } else { "" };
        tr!("p95 {sign}{0} at {1}", words::seconds(p95_s), words::rate(rate_per_s.max(0.0)), sign)
    }
}

/// Why the times of a service are the least they can be, if they are.
fn why_least(service: &ServiceCapacity) -> Option<&'static str> {
    if service.held_up_by.is_some() {
        return Some(t("as what it waits for cannot answer its load"));
    }
    (!service.is_complete()).then_some(t("as not all is known"))
}

fn curve_ui(ui: &mut Ui, view: &View<'_>, service: (&ComponentId, &ServiceCapacity)) {
    let curve = view.session.load_curve(service.0);
    let Some(shown) = curve.as_deref().and_then(|curve| Shown::new(view, service, curve)) else {
        remark(ui, t("No server is known for it, so it cannot be said how it does under load"));
        return;
    };
    let [full, shorter, short] = shown.sentences();
    longest_title(ui, &[&full, &shorter, &short]);
    let tokens = Tokens::of(ui);
    let height = if ui.available_height().is_finite() { ui.available_height().max(90.0) } else { LOW };
    let plot = frame(&shown, tokens, ui.available_width(), height);
    let plot =
        if copying::poses(ui.ctx()) { plot.label_formatter(|_: &HoverPosition<'_>| None).show_x(false) } else { plot };
    let drawn = ui.scope(|ui| {
        // The axes take their look from the running text.
        ui.visuals_mut().override_text_color = Some(tokens.muted);
        ui.style_mut().text_styles.insert(egui::TextStyle::Body, Face::Regular.at(11.0));
        plot.show(ui, |plot| draw(plot, &shown, tokens)).response
    });
    let (place, response) = (drawn.response.rect, drawn.inner);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, tr!("Latency against load: {full}", full)));
    let csv = || shown.csv();
    copying::menu(ui, place, Offer::plot("latency-against-load", &csv));
}

fn frame<'a>(shown: &'a Shown<'a>, tokens: &Tokens, width: f32, height: f32) -> Plot<'a> {
    let (right, top_ms) = (shown.right, shown.top_ms);
    let x_step = step_for(right, f64::from((width - 50.0) / 74.0).clamp(2.0, 8.0));
    let y_step = step_for(top_ms, f64::from(height / 42.0).clamp(2.0, 6.0));
    let caption = RichText::new(t("Requests a second")).font(Face::Regular.at(11.0)).color(tokens.muted);
    let x_axis = AxisHints::new_x()
        .formatter(move |mark: GridMark, _: &RangeInclusive<f64>| {
            let shown = (0.0..right * 0.97).contains(&mark.value);
            if shown { crate::figures::amount(mark.value) } else { String::new() }
        })
        .label(caption);
    still_plot(tokens, "latency", height, (0.0, right), top_ms * 1.02)
        .x_grid_spacer(move |_| marks_between((0.0, right), x_step))
        .y_grid_spacer(move |_| marks_between((0.0, top_ms), y_step))
        .custom_x_axes(vec![x_axis])
        .y_axis_min_width(46.0)
        .y_axis_formatter(
            |mark: GridMark, _: &RangeInclusive<f64>| {
                if mark.value < 0.0 { String::new() } else { words::seconds(mark.value / 1e3) }
            },
        )
        .label_formatter(move |position: &HoverPosition<'_>| {
            let (HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position }) = position;
            Some(shown.told_at(position.x))
        })
}

fn draw(plot: &mut PlotUi<'_>, shown: &Shown<'_>, tokens: &Tokens) {
    let Shown { top_ms, right, .. } = *shown;
    let word = |words: String, ink: Color32| RichText::new(words).font(Face::Regular.at(11.0)).color(ink);
    let end = shown.curve.bounded_up_to_per_s;
    let dashed = |name: &'static str, x: f64, ink: Color32| {
        VLine::new(name, x).color(ink).width(1.0).style(LineStyle::dashed_dense()).allow_hover(false)
    };
    plot.vline(dashed("most", end, tokens.muted));
    // At the foot of the line, where the curve is not; above the target if that is there.
    let low = top_ms * 0.07;
    let taken = shown.target_ms.is_some_and(|target_ms| (low * 0.2..low * 2.2).contains(&target_ms));
    let y = if taken { low + shown.target_ms.unwrap_or(0.0) * 1.6 } else { low };
    let (beside, anchor) = if end > right * 0.5 {
        (end - right * 0.01, egui::Align2::RIGHT_CENTER)
    } else {
        (end + right * 0.01, egui::Align2::LEFT_CENTER)
    };
    let most = word(tr!("at most {}", words::rate(end)), tokens.muted);
    plot.text(Text::new("most", PlotPoint::new(beside, y), most).anchor(anchor).allow_hover(false));
    plot.line(Line::new("p95", PlotPoints::from(shown.line())).color(tokens.accent.ink).width(2.0).allow_hover(false));
    if let Some(target_ms) = shown.target_ms.filter(|target_ms| *target_ms <= top_ms) {
        plot.hline(HLine::new("target", target_ms).color(tokens.error.ink).width(1.25).allow_hover(false));
        let words = word(tr!("target {}", words::seconds(target_ms / 1e3)), tokens.error.ink);
        // Left of where the curve crosses it, else at the left end.
        let crossing = shown.curve.in_time_up_to_per_s.filter(|rate| *rate > right * 0.4);
        let (x, anchor) = match crossing {
            Some(rate) => (rate * 0.97, egui::Align2::RIGHT_BOTTOM),
            None => (right * 0.012, egui::Align2::LEFT_BOTTOM),
        };
        let at = PlotPoint::new(x, target_ms + top_ms * 0.012);
        plot.text(Text::new("target", at, words).anchor(anchor).allow_hover(false));
    }
    if let Some((rate, p95_ms)) = shown.now.filter(|(rate, _)| *rate <= right) {
        plot.vline(dashed("now", rate, tokens.text));
        let near_end = rate > right * 0.7;
        let anchor = if near_end { egui::Align2::RIGHT_TOP } else { egui::Align2::LEFT_TOP };
        let beside = if near_end { rate - right * 0.01 } else { rate + right * 0.01 };
        let words = word(tr!("now {}", words::rate(rate)), tokens.text);
        plot.text(Text::new("now", PlotPoint::new(beside, top_ms), words).anchor(anchor).allow_hover(false));
        if let Some(p95_ms) = p95_ms {
            plot.points(
                Points::new("now", vec![[rate, p95_ms]]).radius(4.5).color(tokens.accent.ink).allow_hover(false),
            );
        }
    }
}

/// `scrolls`: the page does, so the bars must not.
fn bars(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, scrolls: bool, actions: &mut Actions) {
    let session = view.session;
    let (capacity, project, playbook) = (session.capacity(), session.project(), &session.engine().playbook);
    let room = room(view);
    let services: Vec<(&ComponentId, &ServiceCapacity)> = capacity.services.iter().collect();
    let busy = |at: usize| services[at].1.planned().and_then(|planned| planned.utilisation);
    let most = (0..services.len()).filter_map(busy).fold(0.0, f64::max);
    let title = tr!("How busy each is as planned; sized for at most {}", crate::figures::share(room));
    longest_title(ui, &[&title, t("How busy each is as planned"), t("How busy")]);
    ui.add_space(space::TINY);
    let labels: Vec<String> = services.iter().map(|(id, _)| project.component_name(id)).collect();
    let figure = |at: usize| match State::of(services[at].1) {
        state @ (State::Unbounded | State::UnknownLoad | State::NoServer) => state.word().to_owned(),
        _ => words::utilisation(busy(at)),
    };
    // No more than they need: the names are worth more.
    let longest = (0..services.len()).map(figure).max_by_key(|figure| figure.chars().count());
    let figure_width = text_size(ui, &longest.unwrap_or_default(), Face::Regular.at(12.5)).x + BEFORE_FIGURE;
    let row = |ui: &Ui, at: usize| {
        let colour = State::of(services[at].1).bar_ink(Tokens::of(ui), busy(at), room);
        Row {
            label: &labels[at],
            start: 0.0,
            parts: busy(at).map(|share| Part { length: share.min(MOST_BUSY), colour }).into_iter().collect(),
            figure: figure(at),
            share: None,
            component: Some(services[at].0.clone()),
            citation: None,
        }
    };
    let hover = |at: usize, _: Option<usize>| {
        let (id, service) = services[at];
        let answers = service.chosen().map_or_else(String::new, words::answers);
        format!("{}\n{}\n{answers}", project.component_name(id), words::load(playbook, project, &service.load))
    };
    let bars = Bars {
        playbook,
        salt: "busy",
        rows: services.len(),
        row: &row,
        hover: &hover,
        labels: &labels,
        marked: false,
        end: most.clamp(1.0, MOST_BUSY),
        total: None,
        axis: Some(Axis {
            step: if ui.available_width() < NARROW { 0.5 } else { 0.25 },
            write: |share| format!("{:.0} %", share * 100.0),
            mark: Some(room),
        }),
        figure_width,
    };
    let clicked = if scrolls { bars_below(ui, &bars) } else { bars_ui(ui, &bars) };
    if let Some(Clicked::Component(id)) = clicked {
        state.look_at(&id, actions);
    }
}

/// The bars on a page that scrolls: in full, so that nothing scrolls inside of it.
fn bars_below(ui: &mut Ui, bars: &Bars<'_>) -> Option<Clicked> {
    let height = BAR * bars.rows.min(MOST_BELOW) as f32 + UNDER_BARS;
    let place = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(ui.available_width(), height));
    let clicked = bars_ui(&mut part(ui, "busy", place), bars);
    ui.advance_cursor_after_rect(place);
    clicked
}
