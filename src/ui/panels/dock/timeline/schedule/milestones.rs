//! The row of milestones: a diamond each, with as many names as stand beside each other.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Chart, bars::diamond};
use crate::{
    assess::{Milestone, MilestoneKind},
    explain::schedule as words,
    lang::{t, tr},
    ui::{
        theme::Face,
        widgets::{one_line, text_size},
    },
};

/// Diamonds closer together than this are one.
const NEAR: f32 = 7.0;
/// Half the height of a diamond.
const HALF: f32 = 5.0;
/// Between a diamond and its name, and between a name and the next diamond.
const GAP: f32 = 4.0;

/// Milestones at one place.
struct Mark<'a> {
    x: f32,
    milestones: Vec<&'a Milestone>,
}

impl Mark<'_> {
    /// The one that is most worth saying.
    fn first(&self) -> Option<&Milestone> {
        self.milestones.iter().copied().max_by_key(|milestone| weight(milestone.kind))
    }
}

/// What is most worth saying: that all is done, that something is live, then the phases.
fn weight(kind: MilestoneKind) -> usize {
    match kind {
        MilestoneKind::Phase(phase) => phase,
        MilestoneKind::FirstLive(_) => usize::MAX - 1,
        MilestoneKind::Done => usize::MAX,
    }
}

/// A name that has its place.
struct Placed {
    /// How many lines above that of the diamonds.
    line: usize,
    left: f32,
    right: f32,
    name: String,
    /// Where its diamond is.
    x: f32,
}

/// Names keep clear of the lines at `avoid`, places on the screen.
pub(super) fn milestones_ui(ui: &Ui, chart: &Chart<'_>, place: Rect, avoid: &[f32]) {
    let tokens = chart.tokens;
    let y_of = |line: usize| place.bottom() - super::MILESTONES / 2.0 - line as f32 * super::MILESTONE_NAMES;
    let label = pos2(place.left() + 18.0, y_of(0));
    one_line(ui, label, chart.names.span() - 20.0, t("Milestones"), Face::Regular.at(12.0), tokens.muted);
    let caption = Rect::from_x_y_ranges(chart.names, y_of(0) - HALF..=y_of(0) + HALF);
    let response = ui.interact(caption, ui.scope_id().with("milestones"), Sense::hover());
    response
        .on_hover_text(t("Hollow: a phase is done everywhere\nFilled: the first service is live; everything is done"));
    let marks = marks(chart);
    let lines = ((place.height() - super::MILESTONES) / super::MILESTONE_NAMES).round() as usize + 1;
    let painter = ui.painter_at(place.with_min_x(chart.time.min - HALF).with_max_x(chart.time.max + HALF));
    for placed in names(ui, chart, (&marks, avoid), lines) {
        let (y, line) = (y_of(placed.line), Stroke::new(1.0, tokens.line_strong));
        if placed.line > 0 {
            painter.vline(placed.x.round() + 0.5, y - 4.0..=y_of(0) - HALF, line);
        }
        painter.text(pos2(placed.left, y), Align2::LEFT_CENTER, placed.name, Face::Regular.at(11.0), tokens.text);
    }
    for mark in &marks {
        let Some(first) = mark.first() else { continue };
        let stays = matches!(first.kind, MilestoneKind::Phase(_));
        let (fill, ink) = if stays { (tokens.panel, tokens.muted) } else { (tokens.text, tokens.text) };
        diamond(&painter, pos2(mark.x, y_of(0)), HALF, fill, Stroke::new(1.2, ink));
        mark_ui(ui, chart, mark, y_of(0));
    }
    painter.hline(place.x_range(), place.bottom() - 0.5, Stroke::new(1.0, tokens.line));
}

/// The names there is room for. From the right, each has its place at the right of its diamond until one finds none there; the
/// others have it at the left, from the left: so names of diamonds close together go up in steps on both sides. What finds no
/// place that way takes any, in the end even across the line of a moment.
fn names(ui: &Ui, chart: &Chart<'_>, (marks, avoid): (&[Mark<'_>], &[f32]), lines: usize) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut left_over: Vec<usize> = (0..marks.len()).collect();
    while let Some(at) = left_over.last() {
        match place_name(ui, chart, (marks, *at, avoid), lines, &placed, true) {
            Some(name) => placed.push(name),
            None => break,
        }
        left_over.pop();
    }
    for (avoid, at_right) in [(avoid, false), (avoid, true), (&[], true), (&[], false)] {
        left_over.retain(|at| match place_name(ui, chart, (marks, *at, avoid), lines, &placed, at_right) {
            Some(name) => {
                placed.push(name);
                false
            }
            None => true,
        });
    }
    placed
}

/// Where the name of a mark stands at one side of it without touching another diamond, name, or the line down from a name.
fn place_name(
    ui: &Ui,
    chart: &Chart<'_>,
    (marks, at, avoid): (&[Mark<'_>], usize, &[f32]),
    lines: usize,
    placed: &[Placed],
    at_right: bool,
) -> Option<Placed> {
    let (mark, first) = (&marks[at], marks[at].first()?);
    for name in [name(chart, first), short_name(chart, first)] {
        let width = text_size(ui, &name, Face::Regular.at(11.0)).x;
        for line in 0..lines {
            let gap = if line == 0 { HALF + GAP } else { GAP };
            let left = if at_right { mark.x + gap } else { mark.x - gap - width };
            let new = Placed { line, left, right: left + width, name: name.clone(), x: mark.x };
            let clear = line > 0
                || marks.iter().enumerate().all(|(other, mark)| {
                    other == at || new.right < mark.x - HALF - GAP || new.left > mark.x + HALF + GAP
                });
            let inside = new.left >= chart.time.min && new.right <= chart.time.max;
            let clear = clear && !avoid.iter().any(|x| (new.left - 2.0..=new.right + 2.0).contains(x));
            if inside && clear && placed.iter().all(|other| !new.touches(other)) {
                return Some(new);
            }
        }
    }
    None
}

impl Placed {
    /// Whether one name touches another, or the line down from one the other.
    fn touches(&self, other: &Self) -> bool {
        let through = |line_of: &Self, name: &Self| {
            line_of.line > name.line && (name.left - 2.0..=name.right + 2.0).contains(&line_of.x)
        };
        let beside = self.right + 2.0 * GAP < other.left || self.left > other.right + 2.0 * GAP;
        (self.line == other.line && !beside) || through(self, other) || through(other, self)
    }
}

/// The name where there is little room.
fn short_name(chart: &Chart<'_>, milestone: &Milestone) -> String {
    match milestone.kind {
        MilestoneKind::Phase(phase) => words::phase(&chart.view.session.engine().playbook, phase).to_owned(),
        MilestoneKind::FirstLive(_) => t("First live").to_owned(),
        MilestoneKind::Done => t("All done").to_owned(),
    }
}

fn name(chart: &Chart<'_>, milestone: &Milestone) -> String {
    let session = chart.view.session;
    words::milestone(&session.engine().playbook, session.project(), chart.made, milestone)
}

/// The milestones in view, those at one place together.
fn marks<'a>(chart: &Chart<'a>) -> Vec<Mark<'a>> {
    let mut marks: Vec<Mark<'a>> = Vec::new();
    for milestone in &chart.made.milestones {
        let x = chart.scale.x_of(milestone.weeks);
        if x < chart.time.min - 1.0 || x > chart.time.max + 1.0 {
            continue;
        }
        match marks.last_mut().filter(|mark| x - mark.x < NEAR) {
            // The later ones count: a mark never stands before what it says is reached.
            Some(mark) => {
                mark.x = x;
                mark.milestones.push(milestone);
            }
            None => marks.push(Mark { x, milestones: vec![milestone] }),
        }
    }
    marks
}

/// What is read out, and what a hover tells.
fn mark_ui(ui: &Ui, chart: &Chart<'_>, mark: &Mark<'_>, y: f32) {
    let said: Vec<String> = mark
        .milestones
        .iter()
        .map(|milestone| {
            let (early, late) = (milestone.weeks, chart.late(milestone.weeks));
            tr!("{0}: {1}, at P80 {2}", name(chart, milestone), chart.when.ends(early), chart.when.ends(late))
        })
        .collect();
    let id = ui.scope_id().with(("milestone", mark.milestones.first().map(|one| weight(one.kind))));
    let rect = Rect::from_center_size(pos2(mark.x, y), vec2(2.0 * HALF + 4.0, 2.0 * HALF + 4.0));
    let response = ui.interact(rect, id, Sense::hover());
    let said = said.join("\n");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said.replace('\n', "; ")));
    response.on_hover_text(said);
}
