//! The planned network played event by event, beside what the formulas say.

use egui::Ui;

use super::{
    super::{
        parts::{lead, remark},
        table::{Clicked, Column, RowView, Table, in_full, table_ui},
    },
    CapacityState, Key, Sorted, column, order,
    state::joined,
};
use crate::{
    assess::capacity::{Answers, Estimate, Observed, ServiceCapacity},
    explain::capacity as words,
    figures,
    lang::{later, t, tr},
    project::ComponentId,
    session::{Asked, Simulation},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space, text},
        widgets::{progress_ui, text_button},
    },
};

const NAME: usize = 0;
const MEAN: usize = 1;
const MEAN_EVEN: usize = 2;
const MEAN_SEEN: usize = 3;
const P95: usize = 4;
const P95_EVEN: usize = 5;
const P95_SEEN: usize = 6;
const AGREES: usize = 7;
/// What a formula may lie outside of what was seen, with its confidence intervals, and still agree.
const TOLERANCE: f64 = 0.05;

pub(super) fn simulation_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, actions: &mut Actions) {
    match view.session.simulation() {
        None => start_ui(ui, view),
        Some(Asked::Working(share)) => working_ui(ui, view, share),
        Some(Asked::Ready(simulation)) => ready_ui(ui, view, state, &simulation, actions),
        Some(Asked::Cancelled) => again_ui(ui, view, t("Stopped")),
        Some(Asked::Failed) => again_ui(ui, view, t("It could not be worked out; the log says why")),
    }
}

/// What is shown before somebody asks.
fn start_ui(ui: &mut Ui, view: &View<'_>) {
    lead(ui, t("What are the formulas worth for this plan?"));
    remark(
        ui,
        t(
            "Plays the planned processes request by request, from a seed: arrivals at random, calls made for real, queues as \
         they come. Each figure then stands beside the formula with its 95 % confidence interval.",
        ),
    );
    ui.add_space(space::TINY);
    let comes = |service: &ServiceCapacity| service.load.rate_per_s.is_some_and(|rate| rate > 0.0);
    let known = view.session.capacity().services.values().any(|service| service.chosen().is_some() && comes(service));
    ui.add_enabled_ui(known, |ui| {
        if text_button(ui, icons::ACTIVITY, t("Check by simulation")).clicked() {
            view.session.simulate();
            ui.request_repaint();
        }
    });
    if !known {
        remark(ui, t("First tag what comes to one of the services"));
    }
}

fn working_ui(ui: &mut Ui, view: &View<'_>, share: f32) {
    ui.horizontal(|ui| {
        ui.label(text(t("Playing the plan"), Face::Regular, 12.5));
        progress_ui(ui, share);
        if text_button(ui, icons::X, t("Cancel")).clicked() {
            view.session.cancel_simulation();
            ui.request_repaint();
        }
    });
    // The answer itself wakes the window; this is for the bar to move on meanwhile.
    ui.request_repaint_after(std::time::Duration::from_millis(100));
}

fn again_ui(ui: &mut Ui, view: &View<'_>, line: &str) {
    ui.horizontal(|ui| {
        ui.label(text(line, Face::Regular, 12.5));
        if text_button(ui, icons::REFRESH, t("Check by simulation")).clicked() {
            view.session.simulate();
            ui.request_repaint();
        }
    });
}

const AGREES_HOVER: &str = later(
    "It agrees where mean and p95 lie between what was simulated with even and with varying times, or within \
                            the confidence intervals around them and 5 % beyond; high is on the safe side",
);

fn columns(width: f32) -> Vec<Column<'static>> {
    let formula = t("By the formula");
    let even = t("Simulated where computing does not vary, with the 95 % confidence interval");
    let varying = t("Simulated where computing varies as much as exponential times, with the 95 % confidence interval");
    let all = [
        (0.0, column(NAME, t("Service"), t("service"), 0.0, "")),
        (640.0, column(MEAN, t("Mean\nformula"), t("mean by the formula"), 64.0, formula)),
        (640.0, column(MEAN_EVEN, t("Mean\neven"), t("simulated mean of even times"), 104.0, even)),
        (780.0, column(MEAN_SEEN, t("Mean\nvarying"), t("simulated mean of varying times"), 104.0, varying)),
        (0.0, column(P95, t("p95\nformula"), t("p95 by the formula"), 64.0, formula)),
        (400.0, column(P95_EVEN, t("p95\neven"), t("simulated p95 of even times"), 104.0, even)),
        (0.0, column(P95_SEEN, t("p95\nvarying"), t("simulated p95 of varying times"), 104.0, varying)),
        (300.0, column(AGREES, t("Formula"), t("whether they agree"), 66.0, t(AGREES_HOVER))),
    ];
    all.into_iter().filter(|(from, _)| width >= *from).map(|(_, column)| column).collect()
}

/// How a formula stands beside what was seen of a service.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Agrees {
    Yes,
    High,
    Low,
    Unbounded,
    TooFew,
}

impl Agrees {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => t("agrees"),
            Self::High => t("high"),
            Self::Low => t("low"),
            Self::Unbounded => t("unbounded"),
            Self::TooFew => t("too few"),
        }
    }
}

/// What the rows show of a service.
struct Row<'a> {
    id: &'a ComponentId,
    answers: Answers,
    seen: Option<(&'a Observed, &'a Observed)>,
}

impl Row<'_> {
    fn agrees(&self) -> Agrees {
        let Some((even, varying)) = self.seen else { return Agrees::TooFew };
        let (Some(mean_s), Some(p95_s)) = (self.answers.mean_s(), self.answers.p95_s()) else {
            return Agrees::Unbounded;
        };
        let both = [beside(mean_s, &even.mean_s, &varying.mean_s), beside(p95_s, &even.p95_s, &varying.p95_s)];
        match both {
            _ if both.contains(&Agrees::TooFew) => Agrees::TooFew,
            // Too low is what one must not rely on.
            _ if both.contains(&Agrees::Low) => Agrees::Low,
            _ if both.contains(&Agrees::High) => Agrees::High,
            _ => Agrees::Yes,
        }
    }
}

/// Where a figure lies beside what was seen with even and with varying times: real ones are between the two.
fn beside(figure: f64, even: &Estimate, varying: &Estimate) -> Agrees {
    let ends = [even, varying];
    if ends.iter().any(|seen| !seen.half_width.is_finite()) {
        return Agrees::TooFew;
    }
    let low = ends.iter().map(|seen| seen.value - seen.half_width).fold(f64::INFINITY, f64::min);
    let high = ends.iter().map(|seen| seen.value + seen.half_width).fold(0.0, f64::max);
    match figure {
        _ if figure < low * (1.0 - TOLERANCE) => Agrees::Low,
        _ if figure > high * (1.0 + TOLERANCE) => Agrees::High,
        _ => Agrees::Yes,
    }
}

fn ready_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, simulation: &Simulation, actions: &mut Actions) {
    let project = view.session.project();
    // Where nobody has said what comes, there is nothing to hold a formula against.
    let loaded = simulation.capacity.services.iter().filter(|(_, service)| service.load.rate_per_s.is_some());
    let planned = loaded.filter_map(|(id, service)| Some((id, service.planned()?.answers)));
    let rows: Vec<Row<'_>> = planned
        .map(|(id, answers)| {
            let seen = simulation.even.services.get(id).zip(simulation.varying.services.get(id));
            Row { id, answers, seen }
        })
        .collect();
    let agree = rows.iter().filter(|row| row.agrees() == Agrees::Yes).count();
    lead(
        ui,
        tr!(
            "Formulas and simulation agree for {agree} of {}",
            figures::counted(&rows.len().to_string(), figures::Unit::Service),
            agree
        ),
    );
    let requests: u64 = simulation.even.services.values().map(|seen| seen.requests).sum();
    let (requests, time) = (figures::amount(requests as f64), words::seconds(simulation.even.seconds));
    remark(
        ui,
        tr!(
            "{requests} requests in {time} of the plan's time, seed {0}; ± is the 95 % confidence interval, beyond which \
             agreement may be {1} off",
            simulation.seed,
            figures::share(TOLERANCE),
            requests,
            time
        ),
    );
    let columns = columns(ui.available_width());
    let sorting = state.sorting(Sorted::Simulation);
    let order = order(rows.len(), *sorting, |at, column| key(view, &rows[at], column));
    let row = |ui: &Ui, at: usize| row_of(ui, &project.component_name(rows[order[at]].id), &rows[order[at]], &columns);
    let csv = |ui: &Ui| {
        let all = self::columns(f32::INFINITY);
        let name = |row: &Row<'_>| project.component_name(row.id);
        in_full(&all, order.iter().map(|at| row_of(ui, &name(&rows[*at]), &rows[*at], &all).cells))
    };
    let table = Table {
        salt: "simulation",
        playbook: &view.session.engine().playbook,
        columns: &columns,
        rows: rows.len(),
        row: &row,
        total: None,
        csv: Some(&csv),
    };
    if let Some(Clicked::Row(at)) = table_ui(ui, &table, sorting) {
        state.look_at(&rows[order[at]].id.clone(), actions);
    }
}

fn key(view: &View<'_>, row: &Row<'_>, column: usize) -> Key {
    let seen = |figure: fn(&Row<'_>) -> Option<f64>| Key::Figure(figure(row).unwrap_or(f64::INFINITY));
    match column {
        MEAN => seen(|row| row.answers.mean_s()),
        P95 => seen(|row| row.answers.p95_s()),
        MEAN_EVEN => seen(|row| Some(row.seen?.0.mean_s.value)),
        MEAN_SEEN => seen(|row| Some(row.seen?.1.mean_s.value)),
        P95_EVEN => seen(|row| Some(row.seen?.0.p95_s.value)),
        P95_SEEN => seen(|row| Some(row.seen?.1.p95_s.value)),
        AGREES => Key::Words(row.agrees().word().to_owned()),
        _ => Key::Words(view.session.project().component_name(row.id)),
    }
}

/// `203 ± 1.2 ms`.
fn estimate(estimate: Option<Estimate>) -> String {
    let Some(estimate) = estimate else { return "–".to_owned() };
    let value = words::seconds(estimate.value);
    if !estimate.half_width.is_finite() {
        return value;
    }
    joined(&value, " ± ", &words::seconds(estimate.half_width))
}

fn row_of(ui: &Ui, name: &str, row: &Row<'_>, columns: &[Column<'_>]) -> RowView {
    let (tokens, agrees) = (Tokens::of(ui), row.agrees());
    let (mean, p95) = (words::bounded(row.answers.mean_s()), words::bounded(row.answers.p95_s()));
    let mean_even = estimate(row.seen.map(|(even, _)| even.mean_s));
    let mean_seen = estimate(row.seen.map(|(_, varying)| varying.mean_s));
    let p95_even = estimate(row.seen.map(|(even, _)| even.p95_s));
    let p95_seen = estimate(row.seen.map(|(_, varying)| varying.p95_s));
    let cell = |column: &Column<'_>| match column.id {
        MEAN => mean.clone(),
        MEAN_EVEN => mean_even.clone(),
        MEAN_SEEN => mean_seen.clone(),
        P95 => p95.clone(),
        P95_EVEN => p95_even.clone(),
        P95_SEEN => p95_seen.clone(),
        AGREES => agrees.word().to_owned(),
        _ => name.to_owned(),
    };
    let ink = |column: &Column<'_>| match agrees {
        _ if column.id != AGREES => None,
        Agrees::Yes => Some(tokens.accent.ink),
        Agrees::Low | Agrees::Unbounded => Some(tokens.error.ink),
        Agrees::High | Agrees::TooFew => Some(tokens.warning.ink),
    };
    let requests = row.seen.map_or(0, |(even, _)| even.requests);
    let said = tr!(
        "{name}: mean {mean}, simulated {mean_even}, or {mean_seen} if computing varies; p95 {p95}, simulated {p95_even}, \
         or {p95_seen} if computing varies; formula {}",
        agrees.word(),
        name,
        mean,
        mean_even,
        mean_seen,
        p95,
        p95_even,
        p95_seen
    );
    RowView {
        cells: columns.iter().map(cell).collect(),
        hover: tr!("{said}\n{} requests", figures::amount(requests as f64), said),
        said,
        inks: columns.iter().map(ink).collect(),
        keeps_ends: true,
        leads: true,
        ..RowView::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_agrees_only_between_what_was_seen_and_a_little_beyond() {
        let seen = |value: f64, half_width: f64| Estimate { value, half_width };
        let (even, varying) = (seen(116.0, 0.6), seen(155.0, 2.6));
        let cases = [
            (106.0, Agrees::Low),
            (109.0, Agrees::Low),
            (111.0, Agrees::Yes),
            (130.0, Agrees::Yes),
            (165.0, Agrees::Yes),
            (166.0, Agrees::High),
        ];
        for (figure, agrees) in cases {
            assert_eq!(beside(figure, &even, &varying), agrees, "{figure}");
        }
        assert_eq!(beside(110.0, &even, &seen(155.0, f64::INFINITY)), Agrees::TooFew);
    }
}
