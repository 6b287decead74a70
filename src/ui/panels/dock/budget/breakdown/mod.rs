//! Where the money goes: every part of it in a table that sums to the cent shown, and as a map of areas.

mod map;
mod parts;

use egui::Ui;

use super::super::{
    DockState,
    order::DEAREST_FIRST,
    parts::{column, titled_as},
    slices::lead_of,
    table::Sorting,
    table::copy_button,
};
use crate::{
    assess::Cut,
    lang::{t, tr},
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space, text},
        widgets::{icon_button, link_button, segmented},
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
        Self { cut: Cut::Component, sorting: DEAREST_FIRST, show: Show::Table }
    }
}

/// From this width on table and map stand side by side.
const BOTH_FROM: f32 = 620.0;
/// How much of the width the table has beside the map.
const TABLE_SHARE: f32 = 0.64;
/// Most room that the table can use: the rest is the map's.
const TABLE_MOST: f32 = 560.0;
/// From this width on there are words for table and map.
const ONE_LINE_FROM: f32 = 490.0;
/// Width of a button that is an icon.
const BUTTON: f32 = 24.0;

pub(super) fn breakdown_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let (state, order) = (&mut state.breakdown, &mut state.breakdown_order);
    let both = ui.available_width() >= BOTH_FROM;
    controls_ui(ui, view, state, both, actions);
    if state.cut == Cut::Role && view.session.project().assumptions.roles.is_empty() {
        one_rate_ui(ui, view, actions);
    }
    let table = view.session.breakdown(cuts(state.cut));
    // Only where the map is shown: over many components it is a cut of its own.
    let for_map = mapped(state.cut, table.slices.len());
    let for_map = || view.session.breakdown(for_map);
    let clicked = if both {
        let area = ui.available_rect_before_wrap();
        let left = area.with_max_x(area.left() + (area.width() * TABLE_SHARE).min(TABLE_MOST).round() - space::LARGE);
        let right = area.with_min_x(left.right() + space::LARGE);
        let in_table = parts::parts_ui(&mut column(ui, "table", left), view, &table, (state, order), actions);
        let in_map = map::map_ui(&mut column(ui, "map", right), view, &for_map(), state);
        ui.advance_cursor_after_rect(area);
        in_table.or(in_map)
    } else if state.show == Show::Table {
        parts::parts_ui(ui, view, &table, (state, order), actions)
    } else {
        map::map_ui(ui, view, &for_map(), state)
    };
    actions.extend(clicked.and_then(|part| lead_of(view, &part)));
}

/// More components than this have no room for their names in a map.
const MOST_MAPPED: usize = 80;

/// How the map is cut: many components lie in areas of their framework, which have room for a name.
fn mapped(cut: Cut, parts: usize) -> [Cut; 2] {
    if cut == Cut::Component && parts > MOST_MAPPED { cuts(Cut::Framework) } else { cuts(cut) }
}

/// What the parts by a cut are cut into for the map.
fn cuts(cut: Cut) -> [Cut; 2] {
    match cut {
        Cut::Component => [Cut::Component, Cut::WorkItem],
        Cut::WorkItem => [Cut::WorkItem, Cut::Component],
        Cut::Phase => [Cut::Phase, Cut::Component],
        Cut::Role => [Cut::Role, Cut::Phase],
        Cut::Framework => [Cut::Framework, Cut::Component],
    }
}

fn controls_ui(ui: &mut Ui, view: &View<'_>, state: &mut BreakdownState, both: bool, actions: &mut Actions) {
    let choose = |ui: &mut Ui, state: &mut BreakdownState, width: f32| {
        let choices = Cut::TABLES.map(|cut| (cut, cut.label()));
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
        let (full, short) =
            (tr!("Every part of the {median}: medians (P50)", median), tr!("Medians (P50) of {median}", median));
        titled_as(ui, &[&full, &short, t("Medians (P50)"), "P50"], |ui| {
            copy(ui, state, actions);
            choose(ui, state, 332.0);
        });
        return;
    }
    let width = ui.available_width();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::TINY;
        if width >= ONE_LINE_FROM {
            choose(ui, state, 326.0);
            let ways = [(Show::Table, t("Table")), (Show::Map, t("Map"))];
            if let Some(show) = segmented(ui, "breakdown-show", 116.0, state.show, &ways) {
                state.show = show;
            }
        } else {
            choose(ui, state, width - 2.0 * (BUTTON + space::TINY));
            let (glyph, name, other) = match state.show {
                Show::Table => (icons::BOXES, t("Show it as a map"), Show::Map),
                Show::Map => (icons::TABLE, t("Show it as a table"), Show::Table),
            };
            if icon_button(ui, glyph, name).clicked() {
                state.show = other;
            }
        }
        copy(ui, state, actions);
    });
}

/// There is no rate card: what it would take to see roles.
fn one_rate_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let rate = view.money().full(view.session.project().assumptions.mean_rate_usd_per_person_week());
    let roomy = ui.available_width() >= BOTH_FROM;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let words = if roomy {
            tr!("Everybody is counted at one rate, {rate} a person-week. A rate card tells roles apart", rate)
        } else {
            tr!("All at {rate} a person-week", rate)
        };
        ui.label(text(words, Face::Regular, 12.0).color(Tokens::of(ui).muted));
        if link_button(ui, t("Set up roles")).clicked() {
            actions.push(Action::Request(Request::Assumptions(crate::playbook::Assumption::Rate)));
        }
    });
}
