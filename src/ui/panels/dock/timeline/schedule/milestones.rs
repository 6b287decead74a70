//! The row of milestones: a diamond each, with as many names as stand beside each other.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Chart, bars::diamond};
use crate::{
    assess::{Milestone, MilestoneKind},
    explain::schedule as words,
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

pub(super) fn milestones_ui(ui: &Ui, chart: &Chart<'_>, place: Rect) {
    let tokens = chart.tokens;
    let label = pos2(place.left() + 18.0, place.center().y);
    one_line(ui, label, chart.names.span() - 20.0, "Milestones", Face::Regular.at(12.0), tokens.muted);
    let marks = marks(chart);
    let taken: Vec<(f32, f32)> = marks.iter().map(|mark| (mark.x - HALF - GAP, mark.x + HALF + GAP)).collect();
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(marks[*at].first().map_or(0, |milestone| weight(milestone.kind))));
    let mut names: Vec<(f32, f32)> = Vec::new();
    let painter = ui.painter_at(place.with_min_x(chart.time.min - HALF).with_max_x(chart.time.max + HALF));
    let y = place.center().y;
    for at in order {
        let mark = &marks[at];
        let Some(first) = mark.first() else { continue };
        if let Some((from, name, width)) = place_name(ui, chart, (mark, at), &taken, &names) {
            names.push((from, from + width));
            painter.text(pos2(from, y), Align2::LEFT_CENTER, name, Face::Regular.at(11.0), tokens.text);
        }
        let stays = matches!(first.kind, MilestoneKind::Phase(_));
        let fill = if stays { tokens.panel } else { tokens.text };
        diamond(
            &painter,
            pos2(mark.x, y),
            HALF,
            fill,
            Stroke::new(1.2, if stays { tokens.muted } else { tokens.text }),
        );
        mark_ui(ui, chart, mark, y);
    }
    painter.hline(place.x_range(), place.bottom() - 0.5, Stroke::new(1.0, tokens.line));
}

/// Where the name of a mark stands beside it without touching another mark or name: its left end, the name, its width.
fn place_name(
    ui: &Ui,
    chart: &Chart<'_>,
    (mark, at): (&Mark<'_>, usize),
    taken: &[(f32, f32)],
    names: &[(f32, f32)],
) -> Option<(f32, String, f32)> {
    let first = mark.first()?;
    for name in [name(chart, first), short_name(chart, first)] {
        let width = text_size(ui, &name, Face::Regular.at(11.0)).x;
        let free = |from: &f32| {
            let to = from + width;
            *from >= chart.time.min
                && to <= chart.time.max
                && taken.iter().enumerate().all(|(other, (low, high))| other == at || to < *low || *from > *high)
                && names.iter().all(|(low, high)| to + 2.0 * GAP < *low || *from > *high + 2.0 * GAP)
        };
        let (right, left) = (mark.x + HALF + GAP, mark.x - HALF - GAP - width);
        if let Some(from) = [right, left].into_iter().find(free) {
            return Some((from, name, width));
        }
    }
    None
}

/// The name where there is little room.
fn short_name(chart: &Chart<'_>, milestone: &Milestone) -> String {
    match milestone.kind {
        MilestoneKind::Phase(phase) => words::phase(&chart.view.session.engine().playbook, phase).to_owned(),
        MilestoneKind::FirstLive(_) => "First live".to_owned(),
        MilestoneKind::Done => "All done".to_owned(),
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
            format!("{}: {}, at P80 {}", name(chart, milestone), chart.when.ends(early), chart.when.ends(late))
        })
        .collect();
    let id = ui.scope_id().with(("milestone", mark.milestones.first().map(|one| weight(one.kind))));
    let rect = Rect::from_center_size(pos2(mark.x, y), vec2(2.0 * HALF + 4.0, 2.0 * HALF + 4.0));
    let response = ui.interact(rect, id, Sense::hover());
    let said = said.join("\n");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said.replace('\n', "; ")));
    response.on_hover_text(said);
}
