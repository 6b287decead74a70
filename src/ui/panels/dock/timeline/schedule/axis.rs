//! The axis of time: weeks, or days, weeks, months, quarters and years once the plan has dates.

use std::ops::RangeInclusive;

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use jiff::{ToSpan as _, civil::Date};

use super::{Chart, Places, state::Scale};
use crate::{
    figures::{self, When},
    lang::{later, t},
    project::{Deadline, Timetable},
    text::day_as,
    ui::{
        panels::dock::bars::step_for,
        theme::{Face, radius},
        widgets::text_size,
    },
};

/// A line of the axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) weeks: f64,
    pub(super) label: String,
}

/// Two lines of words over the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ticks {
    /// The upper line: what the lower one is within.
    pub(super) coarse: Vec<Tick>,
    /// The lower line.
    pub(super) fine: Vec<Tick>,
    /// Whether a fine label names the time from its line to the next, not the moment at its line.
    pub(super) spans: bool,
}

/// Calendar units a line can have.
#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    /// So many years, beginning with one that they divide.
    Years(i16),
}

impl Unit {
    /// The beginning of the unit that a day is in.
    fn begin(self, date: Date) -> Date {
        let back = |days: i64| date.checked_sub(days.days()).unwrap_or(date);
        match self {
            Self::Day => date,
            Self::Week => back(date.weekday().to_monday_zero_offset().into()),
            Self::Month => date.first_of_month(),
            Self::Quarter => {
                let month = (date.month() - 1) / 3 * 3 + 1;
                Date::new(date.year(), month, 1).unwrap_or(date)
            }
            Self::Years(count) => Date::new(date.year() - date.year().rem_euclid(count), 1, 1).unwrap_or(date),
        }
    }

    fn next(self, begin: Date) -> Option<Date> {
        let span = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Years(count) => i64::from(count).years(),
        };
        begin.checked_add(span).ok()
    }

    fn label(self, begin: Date, alone: bool) -> String {
        let format = match self {
            Self::Day => later("%a %-d"),
            Self::Week => "%-d",
            Self::Month if alone => later("%B %Y"),
            Self::Month => "%b",
            Self::Quarter => return format!("Q{}", (begin.month() - 1) / 3 + 1),
            Self::Years(_) => "%Y",
        };
        day_as(begin, format)
    }
}

/// Weeks of a year, as far as it matters for what can be read.
const WEEKS_A_YEAR: f64 = 52.0;
/// Room for a year in figures.
const YEAR_LABEL: f64 = 38.0;

/// Lines of the lower and the upper kind, by how wide a week is.
fn units(points_a_week: f64) -> (Unit, Option<Unit>) {
    match points_a_week {
        wide if wide >= 210.0 => (Unit::Day, Some(Unit::Month)),
        wide if wide >= 22.0 => (Unit::Week, Some(Unit::Month)),
        wide if wide >= 7.0 => (Unit::Month, Some(Unit::Years(1))),
        wide if wide >= 2.2 => (Unit::Quarter, Some(Unit::Years(1))),
        narrow => {
            let years = [1, 2, 5, 10, 20, 50].into_iter();
            let wide_enough = |years: &i16| narrow * WEEKS_A_YEAR * f64::from(*years) >= YEAR_LABEL;
            (Unit::Years(years.clone().find(wide_enough).unwrap_or(100)), None)
        }
    }
}

/// The lines of what is looked at.
pub(super) fn ticks(when: When<'_>, scale: &Scale) -> Ticks {
    let Some(timetable) = when.timetable() else { return in_weeks(scale) };
    let (fine, coarse) = units(scale.points_a_week());
    Ticks {
        fine: in_dates(timetable, scale, fine, false),
        coarse: coarse.map_or_else(Vec::new, |unit| in_dates(timetable, scale, unit, true)),
        spans: true,
    }
}

fn in_weeks(scale: &Scale) -> Ticks {
    let step = step_for(scale.window.span_weeks, scale.window.span_weeks * scale.points_a_week() / 44.0).max(0.2);
    let (first, last) = ((scale.window.from_weeks / step).ceil() as i64, (scale.end_weeks() / step).floor() as i64);
    let tick = |at: i64| Tick { weeks: at as f64 * step, label: figures::number(at as f64 * step) };
    let caption = Tick { weeks: scale.window.from_weeks, label: t("Weeks of work").to_owned() };
    Ticks { coarse: vec![caption], fine: (first..=last).map(tick).collect(), spans: false }
}

fn in_dates(timetable: &Timetable, scale: &Scale, unit: Unit, alone: bool) -> Vec<Tick> {
    let last = timetable.finish_of(scale.end_weeks());
    let mut begin = unit.begin(timetable.date_of(scale.window.from_weeks));
    let mut ticks = Vec::new();
    while begin <= last {
        // Days on which nobody works take no room in time.
        if !matches!(unit, Unit::Day) || timetable.is_workday(begin) {
            ticks.push(Tick { weeks: timetable.weeks_before(begin), label: unit.label(begin, alone) });
        }
        let Some(next) = unit.next(begin) else { break };
        begin = next;
    }
    ticks
}

/// Paints the axis, and its lines down through `lines`.
///
/// The words of its upper line keep clear of the names of `moments`.
pub(super) fn axis_ui(ui: &Ui, chart: &Chart<'_>, place: Rect, lines: RangeInclusive<f32>, moments: &[Moment]) {
    let ticks = ticks(chart.when, &chart.scale);
    let tokens = chart.tokens;
    let painter = ui.painter_at(Rect::from_x_y_ranges(place.x_range(), place.top()..=*lines.end()));
    let half = place.height() / 2.0;
    let x_of = |tick: &Tick| chart.scale.x_of(tick.weeks).round() + 0.5;
    for tick in &ticks.fine {
        painter.vline(x_of(tick), *lines.start()..=*lines.end(), Stroke::new(1.0, tokens.line));
    }
    let font = Face::Regular.at(11.0);
    if ticks.spans {
        let lower = place.top() + half;
        for tick in &ticks.coarse {
            painter.vline(x_of(tick), place.top() + 2.0..=*lines.end(), Stroke::new(1.0, tokens.line_strong));
        }
        for tick in &ticks.fine {
            painter.vline(x_of(tick), lower + 2.0..=*lines.start(), Stroke::new(1.0, tokens.line));
        }
        between(ui, &painter, place, (&ticks.fine, &[]), &x_of, (lower + half / 2.0, Face::Regular));
    } else {
        for tick in &ticks.fine {
            let at = pos2(x_of(tick), place.bottom() - half / 2.0);
            let width = text_size(ui, &tick.label, font.clone()).x / 2.0;
            // The first number would be cut in half by the names.
            let at = pos2(at.x.max(place.left() + width), at.y);
            painter.text(at, Align2::CENTER_CENTER, &tick.label, font.clone(), tokens.muted);
        }
    }
    between(ui, &painter, place, (&ticks.coarse, moments), &x_of, (place.top() + half / 2.0, Face::Medium));
    painter.hline(place.x_range(), place.bottom() - 0.5, Stroke::new(1.0, tokens.line_strong));
}

/// Writes each label between its line and the next, before or behind what is `taken` there, if it fits; what began before stays
/// at the left.
fn between(
    ui: &Ui,
    painter: &egui::Painter,
    place: Rect,
    (ticks, taken): (&[Tick], &[Moment]),
    x_of: &dyn Fn(&Tick) -> f32,
    (y, face): (f32, Face),
) {
    let ink = crate::ui::theme::Tokens::of(ui).muted;
    for (i, tick) in ticks.iter().enumerate() {
        let left = x_of(tick).max(place.left()) + 4.0;
        let right = ticks.get(i + 1).map_or(place.right(), x_of);
        let width = text_size(ui, &tick.label, face.at(11.0)).x;
        let free = |from: f32| {
            from >= left
                && from + width <= right
                && taken.iter().all(|moment| from + width < moment.tag.left() || from > moment.tag.right())
        };
        let behind = taken.iter().map(|moment| moment.tag.right() + 4.0);
        if let Some(from) = std::iter::once(left).chain(behind).find(|from| free(*from)) {
            painter.text(pos2(from, y), Align2::LEFT_CENTER, &tick.label, face.at(11.0), ink);
        }
    }
}

/// The day it is or the deadline: a line through everything, and its name in the upper line of the axis, which has fewer words.
pub(super) struct Moment {
    name: &'static str,
    /// When it is, in words.
    when: String,
    ink: egui::Color32,
    dashed: bool,
    x: f32,
    /// Where its name is.
    tag: Rect,
}

impl Moment {
    /// Where its line is on the screen.
    pub(super) fn x(&self) -> f32 {
        self.x
    }
}

/// The moments in view.
pub(super) fn moments(ui: &Ui, chart: &Chart<'_>, axis: Rect) -> Vec<Moment> {
    let moment = |weeks: f64, (name, when): (&'static str, String), ink: egui::Color32, dashed: bool| {
        let x = chart.scale.x_of(weeks).round() + 0.5;
        let size = text_size(ui, name, Face::Medium.at(10.5)) + vec2(8.0, 2.0);
        let middle = x.clamp(chart.time.min + size.x / 2.0, (chart.time.max - size.x / 2.0).max(chart.time.min));
        let tag = Rect::from_center_size(pos2(middle, axis.top() + size.y / 2.0), size);
        chart.time.contains(x).then_some(Moment { name, when, ink, dashed, x, tag })
    };
    let session = chart.view.session;
    let today = chart.today().map(|weeks| {
        let day = session.today().map_or_else(|| chart.when.begins(weeks), figures::full_date);
        moment(weeks, (t("Today"), day), chart.tokens.text, true)
    });
    let deadline = session.targets().deadline_weeks.map(|weeks| {
        // The day that was said, which may be one without work.
        let by = match session.project().assumptions.deadline {
            Some(Deadline::Date(by)) => figures::full_date(by),
            _ => chart.when.ends(weeks),
        };
        moment(weeks, (t("Deadline"), by), chart.tokens.warning.ink, false)
    });
    [today, deadline].into_iter().flatten().flatten().collect()
}

/// Paints a moment through everything that lies in time.
pub(super) fn moment_ui(ui: &Ui, chart: &Chart<'_>, places: &Places, moment: &Moment) {
    let painter = ui.painter_at(places.time);
    let ends = [pos2(moment.x, moment.tag.bottom()), pos2(moment.x, places.time.bottom())];
    let line = Stroke::new(1.5, moment.ink);
    if moment.dashed {
        painter.extend(egui::Shape::dashed_line(&ends, line, 4.0, 3.0));
    } else {
        painter.line_segment(ends, line);
    }
    painter.rect_filled(moment.tag, radius::CONTROL - 2, moment.ink);
    let (align, font) = (Align2::CENTER_CENTER, Face::Medium.at(10.5));
    painter.text(moment.tag.center(), align, moment.name, font, chart.tokens.panel);
    let response = ui.interact(moment.tag, ui.scope_id().with(moment.name), Sense::hover());
    let name = format!("{}: {}", moment.name, moment.when);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    response.on_hover_text(name);
}

#[cfg(test)]
mod tests {
    use egui::Rangef;
    use jiff::civil::date;

    use super::*;
    use crate::{project::Calendar, ui::panels::dock::timeline::schedule::state::Window};

    fn scale(from_weeks: f64, span_weeks: f64) -> Scale {
        Scale::new(Rangef::new(0.0, 800.0), Window { from_weeks, span_weeks })
    }

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn weeks_are_counted_in_round_steps_without_a_first_day() {
        let ticks = ticks(When::new(None), &scale(0.0, 46.0));
        assert_eq!(labels(&ticks.coarse), ["Weeks of work"]);
        assert_eq!(labels(&ticks.fine)[..3], ["0", "5", "10"]);
    }

    #[test]
    fn the_axis_of_dates_follows_the_zoom() {
        let timetable = Timetable::new(date(2027, 3, 1), &Calendar::default());
        let when = When::new(Some(&timetable));
        let weeks = ticks(when, &scale(0.0, 10.0));
        assert_eq!(labels(&weeks.coarse), ["March 2027", "April 2027", "May 2027"]);
        assert_eq!(labels(&weeks.fine)[..3], ["1", "8", "15"]);
        assert_eq!(weeks.fine[1].weeks, 1.0);
        let months = ticks(when, &scale(0.0, 60.0));
        assert_eq!(
            (labels(&months.coarse), labels(&months.fine)[..2].to_vec()),
            (vec!["2027", "2028"], vec!["Mar", "Apr"])
        );
        let quarters = ticks(when, &scale(0.0, 200.0));
        assert_eq!(labels(&quarters.fine)[..4], ["Q1", "Q2", "Q3", "Q4"]);
        let decades = ticks(when, &scale(0.0, 4000.0));
        assert!(decades.coarse.is_empty(), "{:?}", decades.coarse);
        assert_eq!(labels(&decades.fine)[..3], ["2025", "2030", "2035"]);
        let days = ticks(when, &scale(0.0, 1.5));
        assert_eq!(labels(&days.fine)[..6], ["Mon 1", "Tue 2", "Wed 3", "Thu 4", "Fri 5", "Mon 8"]);
    }
}
