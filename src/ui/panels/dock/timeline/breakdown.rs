//! Where the weeks go: by phase, component or work item.

use std::sync::Arc;

use egui::Ui;

use super::super::{
    Cut, DockState,
    bars::{Axis, Bars, Clicked, Part, Row, bars_ui, lead_to, step_for},
    order::{LONGEST_FIRST, UNSORTED},
    parts::titled_as,
    slices::{citation_of, colours_of},
};
use crate::{
    assess::PartOf,
    explain, figures,
    lang::{t, tr},
    session::Table,
    ui::{Actions, View, theme::Tokens, widgets::segmented},
};

const CHOICE: f32 = 234.0;

pub(super) fn breakdown_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let weeks = figures::weeks(view.session.assessment().estimate.weeks.median);
    let (full, short) = (tr!("Where the {weeks} go: medians (P50)", weeks), tr!("Medians (P50) of {weeks}", weeks));
    titled_as(ui, &[&full, &short, t("Medians (P50)"), "P50"], |ui| {
        let cuts = [(Cut::Phase, t("Phase")), (Cut::Component, t("Component")), (Cut::WorkItem, t("Work item"))];
        if let Some(cut) = segmented(ui, "weeks-by", CHOICE.min(ui.available_width()), state.weeks_by, &cuts) {
            state.weeks_by = cut;
        }
    });
    // By phase one after the other, each cut by framework; else the longest first, each cut by phase.
    let (cuts, sorting) = match state.weeks_by {
        Cut::Component => ([Cut::Component, Cut::Phase], LONGEST_FIRST),
        Cut::WorkItem => ([Cut::WorkItem, Cut::Phase], LONGEST_FIRST),
        Cut::Phase | Cut::Role | Cut::Framework => ([Cut::Phase, Cut::Framework], UNSORTED),
    };
    let table = view.session.breakdown(cuts);
    let order = state.weeks_order.of(view.session, &table, sorting);
    // A phase with next to no work, such as moving data where there is none, is not worth a row.
    let named = |at: &usize| cuts[0] != Cut::Phase || table.columns.rows[*at].weeks_tenths > 0;
    let order: Vec<usize> = order.iter().copied().filter(named).collect();
    actions.extend(rows_ui(ui, view, &table, &order, cuts[0]).map(lead_to));
}

fn rows_ui(ui: &mut Ui, view: &View<'_>, table: &Arc<Table>, order: &[usize], cut: Cut) -> Option<Clicked> {
    let weeks = |i: usize| table.slices[i].sums.weeks;
    let starts = starts(table, order, cut);
    let ends = order.iter().zip(&starts).map(|(i, start)| start + weeks(*i));
    let end = ends.fold(0.0, f64::max);
    let figure = |i: usize| tr!("{} weeks", table.columns.rows[i].weeks());
    let row = |ui: &Ui, at: usize| row_of(ui, view, table, order[at], starts[at]);
    let hover = |at: usize, part: Option<usize>| {
        let i = order[at];
        let Some(part) = part.and_then(|part| table.slices[i].within.get(part)) else {
            return format!("{}: {}", table.names[i], figure(i));
        };
        let name = explain::part_of(&view.session.engine().playbook, view.session.project(), &part.of);
        format!("{}\n{name}: {}", table.names[i], figures::weeks(part.sums.weeks))
    };
    let lines = f64::from(ui.available_width() * 0.4 / 40.0).clamp(2.0, 6.0);
    let bars = Bars {
        playbook: &view.session.engine().playbook,
        salt: "weeks-bars",
        rows: order.len(),
        row: &row,
        hover: &hover,
        labels: &table.names,
        marked: cut == Cut::WorkItem,
        end,
        total: None,
        axis: Some(Axis {
            step: step_for(end, lines),
            write: |weeks| format!("{} w", figures::number(weeks)),
            mark: None,
        }),
        figure_width: 84.0,
    };
    bars_ui(ui, &bars)
}

/// Where the bar of each row begins: phases follow each other, all else begins at the left.
fn starts(table: &Table, order: &[usize], cut: Cut) -> Vec<f64> {
    if cut != Cut::Phase {
        return vec![0.0; order.len()];
    }
    let begun = order.iter().scan(0.0, |at, i| {
        let start = *at;
        *at += table.slices[*i].sums.weeks;
        Some(start)
    });
    begun.collect()
}

fn row_of<'a>(ui: &Ui, view: &View<'_>, table: &'a Table, i: usize, start: f64) -> Row<'a> {
    let (slice, ground) = (&table.slices[i], Tokens::of(ui).panel);
    let own = colours_of(ui, view, &slice.of).ink;
    let part = |(at, part): (usize, &crate::assess::Slice)| {
        let colour = match part.of {
            PartOf::Framework(_) | PartOf::Project => colours_of(ui, view, &part.of).ink,
            // Alternating strength keeps neighbouring phases apart without a colour for each.
            _ if at.is_multiple_of(2) => own,
            _ => ground.lerp_to_gamma(own, 0.62),
        };
        Part { length: part.sums.weeks, colour }
    };
    Row {
        label: &table.names[i],
        start,
        parts: slice.within.iter().enumerate().map(part).collect(),
        figure: tr!("{} weeks", table.columns.rows[i].weeks()),
        share: None,
        component: if let PartOf::Component(id) = &slice.of { Some(id.clone()) } else { None },
        citation: citation_of(view, &slice.of),
    }
}
