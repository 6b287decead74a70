//! How much: the curve of dollars, and where the dollars go.

use egui::Ui;
use indexmap::IndexMap;

use super::super::{
    Cut, DockState,
    bars::{Bars, Part, Row, bars_ui, lead_to},
    curve::{Curve, curve_ui},
    titled, two_columns,
};
use crate::{
    figures,
    playbook::Citation,
    project::ComponentId,
    ui::{
        Actions, View, icons,
        panels::phrases,
        theme::{Face, Tokens, space, text},
        widgets::{framework_look, icon_button, segmented},
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
    let assumptions = &session.project().assumptions;
    let estimate = &session.assessment().estimate;
    let (_, at_usd) = phrases::at_confidence(estimate, assumptions);
    let level = figures::share(assumptions.confidence.probability());
    ui.label(text(format!("{level} of outcomes stay under {}", view.money().short(at_usd)), Face::SemiBold, 13.0));
    let range = estimate.budget_usd.quantiles();
    let effort = figures::person_weeks(estimate.person_weeks);
    let rate = view.money().full(assumptions.mean_rate_usd_per_person_week());
    let words = format!("P10 to P90: {}; {effort} at {rate}", view.money().range(range.p10, range.p90));
    ui.label(text(words, Face::Regular, 12.0).color(Tokens::of(ui).muted));
    let curve = Curve {
        salt: "budget",
        distribution: estimate.budget_usd,
        axis: view.money().unit(),
        tick: &|usd| view.money().short(usd),
        full: &|usd| view.money().short(usd),
        confidence: assumptions.confidence,
    };
    let height = (ui.available_height() - 2.0).clamp(96.0, 320.0);
    curve_ui(ui, &curve, height);
}

fn bars_side_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, stacked: bool, actions: &mut Actions) {
    let total = view.session.assessment().estimate.budget_usd.median;
    titled(ui, &format!("Where the {} of the median go", view.money().short(total)), |ui| {
        let (glyph, name) = if state.dearest_first {
            (icons::ARROW_DOWN, "Dearest first; click for the order of the project")
        } else {
            (icons::LIST, "In the order of the project; click for the dearest first")
        };
        if icon_button(ui, glyph, name).clicked() {
            state.dearest_first = !state.dearest_first;
        }
        let cuts = [(Cut::Component, "By component"), (Cut::WorkItem, "By work item")];
        if let Some(cut) = segmented(ui, "budget-by", 200.0, state.budget_by, &cuts) {
            state.budget_by = cut;
        }
    });
    ui.add_space(space::TINY);
    let mut amounts = if state.budget_by == Cut::WorkItem { by_work_item(ui, view) } else { by_component(ui, view) };
    if state.dearest_first {
        amounts.sort_by(|a, b| b.usd.total_cmp(&a.usd));
    }
    let rows = rows(view.money(), &amounts, total);
    let shown: f64 = amounts.iter().map(|amount| amount.usd).sum();
    let bars = Bars {
        playbook: &view.session.engine().playbook,
        salt: "budget-bars",
        rows: &rows,
        total: Some(("Sum, P50", view.money().full(shown), Some(figures::share(1.0)))),
        axis: None,
        figure_width: 126.0,
        scrolls: !stacked,
    };
    if let Some(clicked) = bars_ui(ui, &bars) {
        actions.push(lead_to(clicked));
    }
}

/// A part of the median budget.
struct Amount {
    label: String,
    usd: f64,
    person_weeks: f64,
    colour: egui::Color32,
    component: Option<ComponentId>,
    citation: Option<Citation>,
}

fn rows(money: figures::Money<'_>, amounts: &[Amount], total_usd: f64) -> Vec<Row> {
    let parts: Vec<f64> = amounts.iter().map(|amount| amount.usd).collect();
    let whole = money.parts(&parts);
    let row = |(amount, whole): (&Amount, String)| Row {
        label: amount.label.clone(),
        start: 0.0,
        share: Some(figures::share(amount.usd / total_usd)),
        parts: vec![Part {
            length: amount.usd,
            colour: amount.colour,
            hover: format!("{whole}, {}", figures::person_weeks(amount.person_weeks)),
        }],
        figure: whole,
        component: amount.component.clone(),
        citation: amount.citation.clone(),
    };
    amounts.iter().zip(whole).map(row).collect()
}

fn by_component(ui: &Ui, view: &View<'_>) -> Vec<Amount> {
    let session = view.session;
    let (playbook, assessment) = (&session.engine().playbook, session.assessment());
    let mut sums: IndexMap<Option<&ComponentId>, (f64, f64)> = IndexMap::new();
    for line in &assessment.estimate.breakdown {
        let sum = sums.entry(line.component.as_ref()).or_default();
        *sum = (sum.0 + line.usd, sum.1 + line.person_weeks);
    }
    let amount = |(id, (usd, person_weeks)): (Option<&ComponentId>, (f64, f64))| {
        let framework = id.and_then(|id| assessment.verdict.assignment.get(id));
        let colour = framework.map_or(Tokens::of(ui).faint, |id| framework_look(ui, playbook, id).1.ink);
        let label = id.map_or_else(|| "The project".to_owned(), |id| session.project().component_name(id));
        Amount { label, usd, person_weeks, colour, component: id.cloned(), citation: None }
    };
    sums.into_iter().filter(|(_, (usd, _))| *usd > 0.0).map(amount).collect()
}

fn by_work_item(ui: &Ui, view: &View<'_>) -> Vec<Amount> {
    let playbook = &view.session.engine().playbook;
    let sums = view.session.assessment().estimate.by_work_item();
    let mut amounts: Vec<(usize, Amount)> = sums
        .into_iter()
        .filter(|(_, sums)| sums.usd > 0.0)
        .map(|(id, sums)| {
            let item = playbook.work_items.get(&id);
            let label = item.map_or_else(|| id.to_string(), |item| item.label.clone());
            let (colour, citation) = (Tokens::of(ui).accent.ink, item.and_then(Citation::work_item));
            let (usd, person_weeks) = (sums.usd, sums.person_weeks);
            let amount = Amount { label, usd, person_weeks, colour, component: None, citation };
            (playbook.work_items.get_index_of(&id).unwrap_or(usize::MAX), amount)
        })
        .collect();
    amounts.sort_by_key(|(place, _)| *place);
    amounts.into_iter().map(|(_, amount)| amount).collect()
}
