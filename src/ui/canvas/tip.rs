//! What is said of a component under the resting pointer: its part of the whole.

use egui::{Response, Tooltip};

use super::{CanvasState, gesture::Gesture, scene::Card};
use crate::{
    figures,
    ui::{
        View,
        theme::{Face, text},
    },
};

/// Between the card and what is said of it: room for the handle that connections are drawn from.
const GAP: f32 = 22.0;

/// Says what a service is of the median estimate, unless something is being dragged.
pub(super) fn share_tip(response: &Response, view: &View<'_>, state: &CanvasState, card: &Card) {
    if !matches!(state.gesture, Gesture::Idle) || !card.component.kind.is_service() {
        return;
    }
    Tooltip::for_enabled(response).gap(GAP).show(|ui| {
        ui.set_max_width(440.0);
        ui.label(text(&card.component.name, Face::SemiBold, 12.5));
        let none = if card.component.deferred {
            "Put off to later: in no figure"
        } else {
            "No work of its own in the estimate"
        };
        ui.label(share_words(view, card).unwrap_or_else(|| none.to_owned()));
    });
}

/// `$43.1K of the median budget, 14 %; 5.1 weeks; 12.3 person-weeks`.
fn share_words(view: &View<'_>, card: &Card) -> Option<String> {
    let sums = view.session.component_sums(&card.id)?;
    let whole_usd = view.session.assessment().estimate.budget_usd.median;
    let share = if whole_usd > 0.0 { sums.usd / whole_usd } else { 0.0 };
    Some(format!(
        "{} of the median budget, {}; {}; {}",
        view.money().short(sums.usd),
        figures::share(share),
        figures::weeks(sums.weeks),
        figures::person_weeks(sums.person_weeks)
    ))
}
