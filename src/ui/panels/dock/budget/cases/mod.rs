//! In the open: the cases the estimate stands on, how well they predict each other, and what they made of our prices.

mod leans;
mod prices;
mod published;

use egui::{ScrollArea, Ui};

use super::super::{
    DockState,
    parts::TALL,
    table::{Sorting, copy_button},
};
use crate::{
    lang::{later, t},
    session::{Action, Request},
    ui::{
        Actions, View,
        theme::{Face, Tokens, space, text},
        widgets::segmented,
    },
};

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CasesPart {
    /// The cases, and what this plan leans on.
    #[default]
    Cases,
    /// What became of each work item's price.
    Prices,
}

/// What the page remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CasesState {
    /// What is shown.
    pub part: CasesPart,
    /// What the prices are sorted by.
    pub sorting: Sorting,
}

impl Default for CasesState {
    fn default() -> Self {
        Self { part: CasesPart::default(), sorting: Sorting { column: 0, descending: false } }
    }
}

/// How the calibration works.
const HOW: &str = later(
    "Our prices are moved as little as it takes for every case to come out exactly as published, in weeks and in money. \
     Each is also predicted by the others; our prices were set with all of them in view, so that shows agreement, not foresight.",
);

/// From this width on the leans stand beside the cases.
const BESIDE_FROM: f32 = 900.0;

pub(super) fn cases_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let state = &mut state.cases;
    let (now, tall) = (*state, ui.available_height() >= TALL);
    egui::Sides::new().height(28.0).shrink_left().truncate().show(
        ui,
        |ui| {
            let parts = [(CasesPart::Cases, t("Cases")), (CasesPart::Prices, t("Prices of work"))];
            if let Some(part) = segmented(ui, "cases-part", 210.0, state.part, &parts) {
                state.part = part;
            }
        },
        |ui| {
            if copy_button(ui) {
                let csv = match now.part {
                    CasesPart::Cases => published::csv(view),
                    CasesPart::Prices => prices::csv(view, now.sorting),
                };
                actions.push(Action::Request(Request::CopyText(csv)));
            }
        },
    );
    match state.part {
        CasesPart::Cases => {
            ScrollArea::vertical().id_salt("cases").auto_shrink([false, false]).show(ui, |ui| {
                cases_part_ui(ui, view, tall, actions);
            });
        }
        CasesPart::Prices => prices::prices_ui(ui, view, &mut state.sorting, actions),
    }
}

fn cases_part_ui(ui: &mut Ui, view: &View<'_>, tall: bool, actions: &mut Actions) {
    let muted = Tokens::of(ui).muted;
    ui.add_space(space::TINY / 2.0);
    let how = egui::Label::new(text(t(HOW), Face::Regular, 12.0).color(muted));
    if tall {
        ui.add(how.wrap());
    } else {
        ui.add(how.truncate()).on_hover_text(t(HOW));
    }
    ui.add_space(space::TINY);
    if ui.available_width() < BESIDE_FROM {
        published::published_ui(ui, view, actions);
        ui.add_space(space::SMALL);
        leans::leans_ui(ui, view);
        return;
    }
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::LARGE;
        ui.vertical(|ui| {
            ui.set_width((width * 0.68).round() - space::LARGE);
            published::published_ui(ui, view, actions);
        });
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            leans::leans_ui(ui, view);
        });
    });
}
