//! What is said of a component under the resting pointer: its part of the whole.

use std::time::Duration;

use egui::{PopupAnchor, Response, Tooltip, Ui};

use super::{
    CanvasState, card,
    pen::Pen,
    scene::{Card, Link},
};
use crate::{
    figures,
    lang::{t, tr},
    ui::{
        View,
        theme::{Face, Tokens, text},
    },
};

/// Between the card and what is said of it: room for the handle that connections are drawn from.
const GAP: f32 = 22.0;

/// Says what a service is of the median estimate, and of anything else its name if that has no room on its card; unless something is
/// being dragged or was just let go there.
pub(super) fn share_tip(ui: &Ui, response: &Response, view: &View<'_>, state: &CanvasState, card: &Card) {
    // Who writes on the sheet reads what is written.
    let is_meant =
        state.hovered.as_ref() == Some(&card.element) && state.may_tell_of(&card.element) && !ui.text_edit_focused();
    if !is_meant {
        return;
    }
    let service = card.component.kind.is_service();
    if !service && !is_cut(ui, state, card) {
        return;
    }
    Tooltip::for_enabled(response).gap(GAP).show(|ui| {
        ui.set_max_width(440.0);
        ui.label(text(&card.component.name, Face::SemiBold, 12.5));
        if !service {
            ui.label(card.component.kind.label());
            return;
        }
        let none = if card.component.deferred {
            t("Put off to later: in no figure")
        } else {
            t("No work of its own in the estimate")
        };
        ui.label(share_words(view, card).unwrap_or_else(|| none.to_owned()));
        if let Some(load) = &card.load {
            ui.label(tr!("Load: {}", load.words));
        }
    });
}

fn is_cut(ui: &Ui, state: &CanvasState, card: &Card) -> bool {
    let pen = Pen::new(ui.painter(), Tokens::of(ui), state.camera.zoom).with_texts(&state.texts);
    card::is_name_cut(&pen, card)
}

/// Says what crossing the seam means, beside the pointer that rests on a connection: it is read once, and covers nothing meanwhile.
pub(super) fn crossing_tip(ui: &Ui, state: &CanvasState, link: &Link) {
    let is_meant = link.seam && state.hovered.as_ref() == Some(&link.element);
    if !is_meant || !state.may_tell_of(&link.element) {
        return;
    }
    let rests = ui.input(|i| i.pointer.time_since_last_movement());
    let wait = ui.style().interaction.tooltip_delay - rests;
    if wait > 0.0 {
        ui.ctx().request_repaint_after(Duration::from_secs_f32(wait));
        return;
    }
    let id = ui.scope_id().with("crossing");
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(GAP).show(|ui| {
        ui.set_max_width(300.0);
        ui.label(&link.crossing);
    });
}

/// `$43.1K of the median budget, 14 %; 5.1 weeks; 12.3 person-weeks`.
fn share_words(view: &View<'_>, card: &Card) -> Option<String> {
    let sums = view.session.component_sums(&card.id)?;
    let whole_usd = view.session.assessment().estimate.budget_usd.median;
    let share = if whole_usd > 0.0 { sums.usd / whole_usd } else { 0.0 };
    Some(tr!(
        "{0} of the median budget, {1}; {2}; {3}",
        view.money().short(sums.usd),
        figures::share(share),
        figures::weeks(sums.weeks),
        figures::person_weeks(sums.person_weeks)
    ))
}
