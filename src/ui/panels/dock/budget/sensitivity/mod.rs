//! What moves the figures most: every work item and every assumption at its ends, each alone.

mod tornado;
mod words;

use egui::{ScrollArea, Ui};

use super::super::{DockState, parts::titled_as, table::copy_button};
use crate::{
    assess::{Mover, Tornado},
    figures::Measure,
    lang::{t, tr},
    playbook::Citation,
    session::{Action, Request},
    ui::{
        Actions, View,
        copying::{Offer, copied},
        theme::{Face, Tokens, text},
        widgets::segmented,
    },
};

pub(super) fn sensitivity_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let both = view.session.sensitivity();
    let tornado = if state.measure == Measure::Budget { &both.budget_usd } else { &both.weeks };
    let median = state.measure.write(view.money(), tornado.median);
    let titles = [tr!("What moves the {median} at P50 most", median), tr!("What moves {median} (P50)", median)];
    titled_as(ui, &[&titles[0], &titles[1], t("Median (P50)"), "P50"], |ui| {
        if copy_button(ui) {
            actions.push(Action::Request(Request::CopyText(words::csv(view, state.measure, tornado))));
        }
        let measures = [(Measure::Weeks, t("Weeks")), (Measure::Budget, t("Budget"))];
        if let Some(measure) = segmented(ui, "tornado-of", 140.0, state.measure, &measures) {
            state.measure = measure;
        }
    });
    let line = t("Each alone: work at its P10 and P90, assumptions as far as they are likely to move");
    ui.add(egui::Label::new(text(line, Face::Regular, 12.0).color(Tokens::of(ui).muted)).truncate())
        .on_hover_text(t(words::HOW_ENDS_COMBINE));
    if tornado.bars.is_empty() {
        ui.label(t("Nothing moves it: there is no work that costs anything"));
        return;
    }
    let csv = || words::csv(view, state.measure, tornado);
    let clicked = copied(ui, Offer::plot("sensitivity", &csv), |ui| {
        let scroll = ScrollArea::vertical().id_salt("tornado").auto_shrink([false, false]);
        scroll.show(ui, |ui| tornado::tornado_ui(ui, view, state.measure, tornado)).inner
    });
    actions.extend(clicked.and_then(|at| lead(view, tornado, at)));
}

/// Where a click on a bar leads: to the claims behind the price of a work item, or to the field of an assumption.
fn lead(view: &View<'_>, tornado: &Tornado, at: usize) -> Option<Action> {
    match &tornado.bars.get(at)?.mover {
        Mover::WorkItem { .. } => citation(view, &tornado.bars.get(at)?.mover).map(Request::Evidence),
        Mover::Assumption { assumption, .. } => Some(Request::Assumptions(*assumption)),
    }
    .map(Action::Request)
}

/// The paragraph behind a work item.
fn citation(view: &View<'_>, mover: &Mover) -> Option<Citation> {
    let Mover::WorkItem { id, .. } = mover else { return None };
    Citation::work_item(view.session.engine().playbook.work_items.get(id)?)
}
