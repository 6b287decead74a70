//! How sure the money is: the curve of the budget, what is read off it, and, where there is room, where the money goes.

use egui::Ui;

use super::super::{
    Cut, DockState,
    bars::{Bars, Clicked, Part, Row, bars_ui, lead_to, step_for},
    curve::{Curve, Wish, how_sure_ui},
    order::{DEAREST_FIRST, UNSORTED},
    parts::titled_as,
    slices,
};
use crate::{
    assess::PartOf,
    figures,
    lang::{t, tr},
    project::BUDGET_USD,
    session::{Table, assume},
    ui::{
        Actions, View, icons,
        panels::phrases,
        widgets::{icon_button, segmented},
    },
};

pub(super) fn range_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let session = view.session;
    let assumptions = &session.project().assumptions;
    let estimate = &session.assessment().estimate;
    let targets = session.targets();
    let money = view.money();
    let currency = money.currency();
    let (_, at_usd) = phrases::at_confidence(estimate, assumptions);
    let level = figures::share(assumptions.confidence.probability());
    let title = tr!("{level} of outcomes stay under {}", money.short(at_usd), level);
    let range = estimate.budget_usd.quantiles();
    let effort = figures::person_weeks(estimate.person_weeks);
    let rate = money.full(assumptions.mean_rate_usd_per_person_week());
    let range = tr!("P10 to P90: {}", money.range(range.p10, range.p90));
    let remarks = [&tr!("{range}; {effort} at {rate}", range, effort, rate), &format!("{range}; {effort}"), &range];
    let remarks = remarks.map(String::as_str);
    let curve = Curve {
        salt: "budget",
        distribution: estimate.budget_usd.times(currency.from_usd(1.0)),
        axis: money.unit(),
        tick: &|amount| money.short_of(amount),
        axis_step: &|least| step_for(least, 1.0),
        mark_room: 60.0,
        date: None,
        full: &|amount| money.whole(amount.round() as i128),
        short: &|amount| money.short_of(amount),
        beside: &|_| String::new(),
        up_to: t("to stay under"),
        read: &|typed| figures::read_money(typed, currency),
        examples: [&money.short(at_usd), "80 %"],
        confidence: assumptions.confidence,
        target: (t("Budget"), targets.budget_usd.map(|usd| currency.from_usd(usd))),
        target_beside: None,
        keeps_words: false,
        holds: currency.from_usd(*BUDGET_USD.start())..=currency.from_usd(*BUDGET_USD.end()),
        together: targets.chance(estimate).both,
        note: None,
    };
    let mut looked_at = std::mem::take(&mut state.budget_curve);
    let wish = how_sure_ui(
        ui,
        &curve,
        &mut looked_at,
        ([&title, &tr!("{level} stay under {}", money.short(at_usd), level)], &remarks),
        actions,
        |ui, actions| {
            bars_side_ui(ui, view, state, actions);
        },
    );
    state.budget_curve = looked_at;
    if let Some(wish) = wish {
        let target = match wish {
            Wish::Hold(amount) => Some(held_usd(currency.to_usd(amount))),
            Wish::HoldNothing => None,
        };
        actions.push(assume::budget(assumptions, target));
    }
}

/// A budget that can be held: rounding may not carry it over an end.
fn held_usd(usd: f64) -> f64 {
    usd.clamp(*BUDGET_USD.start(), *BUDGET_USD.end())
}

fn bars_side_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let total = view.money().short(view.session.assessment().estimate.budget_usd.median);
    let (full, short) = (tr!("Where the {total} go: medians (P50)", total), tr!("Medians (P50) of {total}", total));
    titled_as(ui, &[&full, &short, t("Medians (P50)"), "P50"], |ui| {
        let (glyph, name) = if state.dearest_first {
            (icons::ARROW_DOWN, t("Dearest first; click for the order of the project"))
        } else {
            (icons::LIST, t("In the order of the project; click for the dearest first"))
        };
        if icon_button(ui, glyph, name).clicked() {
            state.dearest_first = !state.dearest_first;
        }
        let cuts = [(Cut::Component, t("Component")), (Cut::WorkItem, t("Work item"))];
        if let Some(cut) = segmented(ui, "budget-by", 168.0, state.budget_by, &cuts) {
            state.budget_by = cut;
        }
    });
    let cuts = match state.budget_by {
        Cut::WorkItem => [Cut::WorkItem, Cut::Component],
        _ => [Cut::Component, Cut::WorkItem],
    };
    let table = view.session.breakdown(cuts);
    let sorting = if state.dearest_first { DEAREST_FIRST } else { UNSORTED };
    let order = state.budget_order.of(view.session, &table, sorting);
    actions.extend(rows_ui(ui, view, &table, order, cuts[0]).map(lead_to));
}

/// A row for each part of the budget, and what their figures sum to.
fn rows_ui(ui: &mut Ui, view: &View<'_>, table: &Table, order: &[usize], cut: Cut) -> Option<Clicked> {
    let row = |ui: &Ui, at: usize| {
        let (slice, figures_of) = (&table.slices[order[at]], &table.columns.rows[order[at]]);
        Row {
            label: &table.names[order[at]],
            start: 0.0,
            share: Some(figures_of.share()),
            parts: vec![Part { length: slice.sums.usd, colour: slices::colours_of(ui, view, &slice.of).ink }],
            figure: figures_of.amount(view.money()),
            component: if let PartOf::Component(id) = &slice.of { Some(id.clone()) } else { None },
            citation: slices::citation_of(view, &slice.of),
        }
    };
    let hover = |at: usize, _: Option<usize>| {
        let (figures_of, sums) = (&table.columns.rows[order[at]], &table.slices[order[at]].sums);
        let effort = figures::person_weeks(sums.person_weeks);
        format!("{}\n{}, {effort}", table.names[order[at]], figures_of.amount(view.money()))
    };
    let sum = table.columns.total;
    let bars = Bars {
        playbook: &view.session.engine().playbook,
        salt: "budget-bars",
        rows: order.len(),
        row: &row,
        hover: &hover,
        labels: &table.names,
        marked: cut == Cut::WorkItem,
        end: table.slices.iter().map(|slice| slice.sums.usd).fold(0.0, f64::max),
        total: Some((t("Sum, P50"), sum.amount(view.money()), Some(sum.share()))),
        axis: None,
        figure_width: 150.0,
    };
    bars_ui(ui, &bars)
}
