//! Where the weeks go: by phase, component or work item.

use egui::Ui;
use indexmap::IndexMap;

use super::super::{
    Cut, DockState,
    bars::{Axis, Bars, Part, Row, bars_ui, lead_to, step_for},
    slices::{citation_of, colours_of, framework_of, look_of_framework},
    titled,
};
use crate::{
    assess::{PartOf, Slice},
    explain, figures,
    project::FrameworkId,
    ui::{
        Actions, View,
        theme::{Tokens, space},
        widgets::segmented,
    },
};

/// From this width on there is a title beside the choice.
const TITLED_FROM: f32 = 420.0;

pub(super) fn breakdown_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let total = view.session.assessment().estimate.weeks.median;
    let title = format!("Where the {} of the median go", figures::weeks(total));
    let choose = |ui: &mut Ui, state: &mut DockState, width: f32| {
        let cuts = [(Cut::Phase, "Phase"), (Cut::Component, "Component"), (Cut::WorkItem, "Work item")];
        if let Some(cut) = segmented(ui, "weeks-by", width, state.weeks_by, &cuts) {
            state.weeks_by = cut;
        }
    };
    let width = ui.available_width();
    if width < TITLED_FROM {
        choose(ui, state, width);
    } else {
        titled(ui, &title, |ui| choose(ui, state, 234.0));
    }
    ui.add_space(space::TINY);
    let rows = match state.weeks_by {
        Cut::Component => rows_by(ui, view, [Cut::Component, Cut::Phase]),
        Cut::WorkItem => rows_by(ui, view, [Cut::WorkItem, Cut::Phase]),
        Cut::Phase | Cut::Role => by_phase(ui, view),
    };
    let end = rows.iter().map(|row| row.start + row.length()).fold(0.0, f64::max);
    let bars = Bars {
        playbook: &view.session.engine().playbook,
        salt: "weeks-bars",
        rows: &rows,
        total: None,
        axis: Some(Axis {
            step: step_for(end, f64::from(width * 0.4 / 40.0).clamp(2.0, 6.0)),
            write: |weeks| format!("{} w", figures::number(weeks)),
        }),
        figure_width: 84.0,
        scrolls: true,
    };
    if let Some(clicked) = bars_ui(ui, &bars) {
        actions.push(lead_to(clicked));
    }
}

/// A row for each phase, one after the other, cut by framework.
fn by_phase(ui: &Ui, view: &View<'_>) -> Vec<Row> {
    let frameworks = &view.session.engine().playbook.frameworks;
    let table = view.session.breakdown([Cut::Phase, Cut::Component]);
    let mut start = 0.0;
    let mut rows = Vec::new();
    for (i, phase) in table.slices.iter().enumerate() {
        let mut sums: IndexMap<Option<&FrameworkId>, f64> = IndexMap::new();
        for part in &phase.within {
            let component = if let PartOf::Component(id) = &part.of { Some(id) } else { None };
            *sums.entry(framework_of(view, component)).or_default() += part.sums.weeks;
        }
        sums.sort_by_key(|framework, _| framework.and_then(|id| frameworks.get_index_of(id)));
        let part = |(framework, length): (Option<&FrameworkId>, f64)| {
            let (name, pair) = look_of_framework(ui, view, framework);
            Part { length, colour: pair.ink, hover: format!("{name}: {}", figures::weeks(length)) }
        };
        let parts = sums.into_iter().map(part).collect();
        rows.push(Row { start, ..row(&table.names[i], phase, &table.columns.rows[i], parts, view) });
        start += phase.sums.weeks;
    }
    rows
}

/// A row for each part by the first cut, the longest first, cut by phase in steps of its colour.
fn rows_by(ui: &Ui, view: &View<'_>, cuts: [Cut; 2]) -> Vec<Row> {
    let (playbook, project) = (&view.session.engine().playbook, view.session.project());
    let table = view.session.breakdown(cuts);
    let ground = Tokens::of(ui).panel;
    let mut order: Vec<usize> = (0..table.slices.len()).collect();
    order.sort_by(|a, b| table.slices[*b].sums.weeks.total_cmp(&table.slices[*a].sums.weeks));
    let shown = |i: usize| {
        let slice = &table.slices[i];
        let colour = colours_of(ui, view, &slice.of).ink;
        let part = |(at, phase): (usize, &Slice)| {
            let name = explain::part_of(playbook, project, &phase.of);
            // Alternating strength keeps neighbouring phases apart without a colour for each.
            let colour = if at.is_multiple_of(2) { colour } else { ground.lerp_to_gamma(colour, 0.62) };
            Part { length: phase.sums.weeks, colour, hover: format!("{name}: {}", figures::weeks(phase.sums.weeks)) }
        };
        let parts = slice.within.iter().enumerate().map(part).collect();
        row(&table.names[i], slice, &table.columns.rows[i], parts, view)
    };
    order.into_iter().map(shown).collect()
}

fn row(name: &str, slice: &Slice, figures: &figures::Row, parts: Vec<Part>, view: &View<'_>) -> Row {
    Row {
        label: name.to_owned(),
        start: 0.0,
        parts,
        figure: format!("{} weeks", figures.weeks()),
        share: None,
        component: if let PartOf::Component(id) = &slice.of { Some(id.clone()) } else { None },
        citation: citation_of(view, &slice.of),
    }
}
