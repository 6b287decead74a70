//! How long: the curve of weeks, and where the weeks go.

use egui::{Color32, Ui};
use indexmap::IndexMap;

use super::super::{
    Cut, DockState,
    bars::{Axis, Bars, Part, Row, bars_ui, lead_to, step_for},
    curve::{Curve, curve_ui},
    titled, two_columns,
};
use crate::{
    assess::{EstimateLine, Sums},
    figures,
    playbook::{Citation, WorkItemId},
    project::{ComponentId, FrameworkId},
    ui::{
        Actions, View,
        panels::phrases,
        theme::{Face, Tokens, space, text},
        widgets::{framework_look, segmented},
    },
};

pub(super) fn range_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    two_columns(
        ui,
        0.44,
        state,
        |ui, _| curve_side_ui(ui, view),
        |ui, state, stacked| {
            bars_side_ui(ui, view, state, stacked, actions);
        },
    );
}

fn curve_side_ui(ui: &mut Ui, view: &View<'_>) {
    let session = view.session;
    let confidence = session.project().assumptions.confidence;
    let (estimate, level) = (&session.assessment().estimate, figures::share(confidence.probability()));
    let (at_weeks, _) = phrases::at_confidence(estimate, &session.project().assumptions);
    let title = format!("{level} of outcomes finish within {}", figures::month_or_week(at_weeks));
    ui.label(text(title, Face::SemiBold, 13.0));
    let range = estimate.weeks.quantiles();
    let both = format!(
        "P10 to P90: {}, {}",
        figures::months_or_weeks(range.p10, range.p90),
        figures::weeks_range(range.p10, range.p90)
    );
    ui.label(text(both, Face::Regular, 12.0).color(Tokens::of(ui).muted));
    let in_months = range.p10 >= 13.0;
    let curve = Curve {
        salt: "weeks",
        distribution: estimate.weeks,
        axis: "weeks",
        tick: &|weeks| figures::number(weeks.round()),
        full: &|weeks| {
            let short = figures::weeks(weeks);
            if in_months { format!("{} ({short})", figures::months(weeks)) } else { short }
        },
        confidence,
    };
    let height = (ui.available_height() - 2.0).clamp(96.0, 320.0);
    curve_ui(ui, &curve, height);
}

fn bars_side_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, stacked: bool, actions: &mut Actions) {
    let total = view.session.assessment().estimate.weeks.median;
    let title = format!("Where the {} of the median go", figures::weeks(total));
    titled(ui, &title, |ui| {
        let cuts = [(Cut::Phase, "Phase"), (Cut::Component, "Component"), (Cut::WorkItem, "Work item")];
        if let Some(cut) = segmented(ui, "weeks-by", 234.0, state.weeks_by, &cuts) {
            state.weeks_by = cut;
        }
    });
    ui.add_space(space::TINY);
    let rows = match state.weeks_by {
        Cut::Phase => by_phase(ui, view),
        Cut::Component => by_component(ui, view),
        Cut::WorkItem => by_work_item(ui, view),
    };
    let end = rows.iter().map(|row| row.start + row.length()).fold(0.0, f64::max);
    let bars = Bars {
        playbook: &view.session.engine().playbook,
        salt: "weeks-bars",
        rows: &rows,
        total: None,
        axis: Some(Axis { step: step_for(end, 6.0), write: |weeks| format!("{} w", figures::number(weeks)) }),
        figure_width: 84.0,
        scrolls: !stacked,
    };
    if let Some(clicked) = bars_ui(ui, &bars) {
        actions.push(lead_to(clicked));
    }
}

/// The framework that a line's component is built on; `None` for the project's own work.
fn framework_of<'a>(view: &'a View<'_>, component: Option<&ComponentId>) -> Option<&'a FrameworkId> {
    view.session.assessment().verdict.assignment.get(component?)
}

fn colour_of(ui: &Ui, view: &View<'_>, framework: Option<&FrameworkId>) -> (String, Color32) {
    match framework {
        Some(id) => {
            let (name, pair) = framework_look(ui, &view.session.engine().playbook, id);
            (name.to_owned(), pair.ink)
        }
        None => ("The project".to_owned(), Tokens::of(ui).faint),
    }
}

/// A row for each phase, one after the other, cut by framework.
fn by_phase(ui: &Ui, view: &View<'_>) -> Vec<Row> {
    let playbook = &view.session.engine().playbook;
    let breakdown = &view.session.assessment().estimate.breakdown;
    let mut start = 0.0;
    let mut rows = Vec::new();
    for (at, phase) in playbook.estimate.phases.iter().enumerate() {
        let mut sums: IndexMap<Option<&FrameworkId>, f64> = IndexMap::new();
        for line in breakdown {
            let weeks = line.weeks * line.phases.get(at).copied().unwrap_or(0.0);
            *sums.entry(framework_of(view, line.component.as_ref())).or_default() += weeks;
        }
        sums.sort_by_key(|framework, _| framework.and_then(|id| playbook.frameworks.get_index_of(id)));
        let parts: Vec<Part> = sums
            .into_iter()
            .filter(|(_, weeks)| *weeks > 0.0)
            .map(|(framework, length)| {
                let (name, colour) = colour_of(ui, view, framework);
                Part { length, colour, hover: format!("{name}: {}", figures::weeks(length)) }
            })
            .collect();
        let length: f64 = parts.iter().map(|part| part.length).sum();
        if length > 0.0 {
            let figure = one_decimal(length);
            let label = phase.label.clone();
            rows.push(Row { label, start, parts, figure, share: None, component: None, citation: None });
        }
        start += length;
    }
    rows
}

fn one_decimal(weeks: f64) -> String {
    format!("{weeks:.1} weeks")
}

/// A row for each work item, the longest first.
fn by_work_item(ui: &Ui, view: &View<'_>) -> Vec<Row> {
    let playbook = &view.session.engine().playbook;
    let mut sums = view.session.assessment().estimate.by_work_item();
    sums.retain(|_, sums| sums.weeks > 0.0);
    sums.sort_by(|_, a, _, b| b.weeks.total_cmp(&a.weeks));
    let row = |(id, sums): (WorkItemId, Sums)| {
        let item = playbook.work_items.get(&id);
        let hover = format!("{}, {}", figures::weeks(sums.weeks), figures::person_weeks(sums.person_weeks));
        Row {
            label: item.map_or_else(|| id.to_string(), |item| item.label.clone()),
            start: 0.0,
            parts: vec![Part { length: sums.weeks, colour: Tokens::of(ui).accent.ink, hover }],
            figure: one_decimal(sums.weeks),
            share: None,
            component: None,
            citation: item.and_then(Citation::work_item),
        }
    };
    sums.into_iter().map(row).collect()
}

/// A row for each component, cut by phase in steps of its framework's colour.
fn by_component(ui: &Ui, view: &View<'_>) -> Vec<Row> {
    let mut lines: IndexMap<Option<&ComponentId>, Vec<&EstimateLine>> = IndexMap::new();
    for line in &view.session.assessment().estimate.breakdown {
        lines.entry(line.component.as_ref()).or_default().push(line);
    }
    let mut rows: Vec<Row> = lines.into_iter().map(|(id, lines)| component_row(ui, view, id, &lines)).collect();
    rows.retain(|row| row.length() > 0.0);
    rows.sort_by(|a, b| b.length().total_cmp(&a.length()));
    rows
}

fn component_row(ui: &Ui, view: &View<'_>, id: Option<&ComponentId>, lines: &[&EstimateLine]) -> Row {
    let session = view.session;
    let phases = &session.engine().playbook.estimate.phases;
    let (_, colour) = colour_of(ui, view, framework_of(view, id));
    let ground = Tokens::of(ui).panel;
    let parts: Vec<Part> = phases
        .iter()
        .enumerate()
        .map(|(at, phase)| {
            let length = lines.iter().map(|line| line.weeks * line.phases.get(at).copied().unwrap_or(0.0)).sum();
            // Alternating strength keeps neighbouring phases apart without a colour for each.
            let colour = if at % 2 == 0 { colour } else { ground.lerp_to_gamma(colour, 0.62) };
            Part { length, colour, hover: format!("{}: {}", phase.label, figures::weeks(length)) }
        })
        .filter(|part| part.length > 0.0)
        .collect();
    let weeks: f64 = parts.iter().map(|part| part.length).sum();
    let label = id.map_or_else(|| "The project".to_owned(), |id| session.project().component_name(id));
    let figure = one_decimal(weeks);
    Row { label, start: 0.0, parts, figure, share: None, component: id.cloned(), citation: None }
}
