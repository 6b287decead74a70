//! Where the money goes: every part of it in a table that sums to the cent shown, and as a map of areas.

mod map;
mod parts;

use egui::Ui;

use super::super::{DockState, slices::lead_of, table::Sorting, table::copy_button};
use crate::{
    assess::Cut,
    session::{Action, Request},
    ui::{
        Actions, View,
        theme::{Face, Tokens, space, text},
        widgets::{link_button, segmented},
    },
};

/// How parts are shown where there is room for one way only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// In rows.
    #[default]
    Table,
    /// As areas.
    Map,
}

/// What the page remembers.
#[derive(Clone, Debug)]
pub struct BreakdownState {
    /// How the money is cut.
    pub cut: Cut,
    /// What the table is sorted by.
    pub sorting: Sorting,
    /// How parts are shown where there is room for one way only.
    pub show: Show,
}

impl Default for BreakdownState {
    fn default() -> Self {
        Self { cut: Cut::Component, sorting: parts::DEAREST_FIRST, show: Show::Table }
    }
}

/// From this width on table and map stand side by side.
const BOTH_FROM: f32 = 620.0;
/// From this width on all choices stand in one line.
const ONE_LINE_FROM: f32 = 490.0;

pub(super) fn breakdown_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let state = &mut state.breakdown;
    let both = ui.available_width() >= BOTH_FROM;
    controls_ui(ui, view, state, both, actions);
    if state.cut == Cut::Role && view.session.project().assumptions.roles.is_empty() {
        one_rate_ui(ui, view, actions);
    }
    ui.add_space(space::TINY);
    let table = view.session.breakdown(cuts(state.cut));
    let clicked = if both {
        let area = ui.available_rect_before_wrap();
        let left = area.with_max_x(area.left() + (area.width() * 0.62).round() - space::LARGE);
        let right = area.with_min_x(left.right() + space::LARGE);
        let column = |ui: &mut Ui, salt: &str, rect: egui::Rect| {
            let mut column = ui.new_child(egui::UiBuilder::new().id_salt(salt).max_rect(rect));
            column.shrink_clip_rect(rect.expand(2.0));
            column
        };
        let in_table = parts::parts_ui(&mut column(ui, "table", left), view, &table, state, actions);
        let in_map = map::map_ui(&mut column(ui, "map", right), view, &table, state, actions);
        ui.advance_cursor_after_rect(area);
        in_table.or(in_map)
    } else if state.show == Show::Table {
        parts::parts_ui(ui, view, &table, state, actions)
    } else {
        map::map_ui(ui, view, &table, state, actions)
    };
    actions.extend(clicked.and_then(|part| lead_of(view, &part)));
}

/// What the parts by a cut are cut into for the map.
fn cuts(cut: Cut) -> [Cut; 2] {
    match cut {
        Cut::Component => [Cut::Component, Cut::WorkItem],
        Cut::WorkItem => [Cut::WorkItem, Cut::Component],
        Cut::Phase => [Cut::Phase, Cut::Component],
        Cut::Role => [Cut::Role, Cut::Phase],
    }
}

fn controls_ui(ui: &mut Ui, view: &View<'_>, state: &mut BreakdownState, both: bool, actions: &mut Actions) {
    let choose = |ui: &mut Ui, state: &mut BreakdownState, width: f32| {
        let choices = Cut::ALL.map(|cut| (cut, cut.label()));
        if let Some(cut) = segmented(ui, "breakdown-by", width, state.cut, &choices) {
            state.cut = cut;
        }
    };
    let copy = |ui: &mut Ui, state: &BreakdownState, actions: &mut Actions| {
        if copy_button(ui) {
            let table = view.session.breakdown(cuts(state.cut));
            actions.push(Action::Request(Request::CopyText(parts::csv(view, &table, state))));
        }
    };
    if both {
        let median = view.money().short(view.session.assessment().estimate.budget_usd.median);
        super::super::titled(ui, &format!("Every part of the {median} of the median"), |ui| {
            copy(ui, state, actions);
            choose(ui, state, 332.0);
        });
        return;
    }
    let show = |ui: &mut Ui, state: &mut BreakdownState, width: f32| {
        let ways = [(Show::Table, "Table"), (Show::Map, "Map")];
        if let Some(show) = segmented(ui, "breakdown-show", width, state.show, &ways) {
            state.show = show;
        }
    };
    let width = ui.available_width();
    if width < ONE_LINE_FROM {
        choose(ui, state, width);
    }
    ui.horizontal(|ui| {
        if width >= ONE_LINE_FROM {
            choose(ui, state, 326.0);
        }
        show(ui, state, 116.0);
        copy(ui, state, actions);
    });
}

/// There is no rate card: what it would take to see roles.
fn one_rate_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let rate = view.money().full(view.session.project().assumptions.mean_rate_usd_per_person_week());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let words = format!("Everybody is counted at one rate, {rate} a person-week. A rate card tells roles apart");
        ui.label(text(words, Face::Regular, 12.0).color(Tokens::of(ui).muted));
        if link_button(ui, "Set up roles").clicked() {
            actions.push(Action::Request(Request::Assumptions(crate::playbook::Assumption::Rate)));
        }
    });
}
