//! What a change comes to: of what hangs at the pointer, which the figures beside it do not know yet, or of a gesture in flight,
//! which they do.

use egui::{Color32, Ui};

use super::{Run, SIZE, note_ui};
use crate::{
    figures,
    lang::{t, tr},
    session::Change,
    ui::{
        View,
        canvas::Offer,
        theme::{Face, Tokens},
        widgets::text_size,
    },
};

/// A change that is not made yet, in words.
pub(super) struct Price {
    /// `+1.2 weeks, +$11.4K P50, +$15K P80`.
    words: String,
    /// The same at the level that the plan shows first alone, for little room.
    short: String,
    /// `if dropped here`, `so far`.
    condition: &'static str,
    change: Change,
}

impl Price {
    /// Of what hangs at the pointer.
    pub(super) fn of_offer(view: &View<'_>, offer: Option<&Offer>) -> Option<Self> {
        offer.map(|offer| Self::new(view, view.session.price(&offer.edits), offer.words))
    }

    /// Of the gesture in flight, if it changes any figure: a plain move costs nothing, and says nothing.
    pub(super) fn of_gesture(view: &View<'_>) -> Option<Self> {
        let change = view.session.change();
        let moves = view.session.history().in_gesture() && change != Change::default();
        moves.then(|| Self::new(view, change, t("so far")))
    }

    fn new(view: &View<'_>, change: Change, condition: &'static str) -> Self {
        let money = view.money();
        let words = figures::price(money, change.p50.weeks, change.p50.budget_usd, change.p80.budget_usd);
        let level = view.session.project().assumptions.confidence.label();
        let short = figures::change(money, change.weeks, change.budget_usd);
        let short = short.map_or_else(|| words.clone(), |short| tr!("{short} at {level}", short, level));
        Self { words, short, condition, change }
    }

    /// The room it takes in full.
    pub(super) fn width(&self, ui: &Ui) -> f32 {
        width(ui, &[&self.words, " ", self.condition])
    }

    /// Shows as much of it as ends before `end`.
    pub(super) fn ui(&self, ui: &mut Ui, end: f32) {
        let tokens = Tokens::of(ui);
        let (sign, colour) = sign(tokens, self.change);
        let room = end - ui.cursor().left();
        let behind = format!(" {}", self.condition);
        let forms = [(&self.words, behind.as_str()), (&self.words, ""), (&self.short, "")];
        let Some((words, behind)) = forms.into_iter().find(|(words, behind)| width(ui, &[words, behind]) < room) else {
            return;
        };
        let in_full = format!("{} {}", self.words, self.condition);
        let runs = [
            Run { words: sign, face: Face::Regular, colour },
            Run { words, face: Face::Medium, colour },
            Run { words: behind, face: Face::Regular, colour: tokens.muted },
        ];
        note_ui(ui, &in_full, &runs);
    }
}

/// An arrow and a colour for a change that is longer and dearer, or shorter and cheaper; neither where the two disagree or nothing would
/// show.
pub(super) fn sign(tokens: &Tokens, change: Change) -> (&'static str, Color32) {
    let way = |amount: f64, shows: f64| if amount.abs() < shows { 0 } else { amount.signum() as i8 };
    match (way(change.weeks, 0.05), way(change.budget_usd, 0.5)) {
        (1, 0 | 1) | (0, 1) => ("▲ ", tokens.warning.ink),
        (-1, 0 | -1) | (0, -1) => ("▼ ", tokens.accent.ink),
        _ => ("", tokens.muted),
    }
}

/// The room that words take one after the other, with the sign before them and some air.
fn width(ui: &Ui, words: &[&str]) -> f32 {
    words.iter().map(|words| text_size(ui, words, Face::Medium.at(SIZE)).x).sum::<f32>() + 28.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrow_follows_both_weeks_and_money_and_takes_no_side_where_they_disagree() {
        let tokens = Tokens::for_theme(true, false);
        let of = |weeks, budget_usd| sign(tokens, Change { weeks, budget_usd, ..Change::default() });
        let (worse, better) = (("▲ ", tokens.warning.ink), ("▼ ", tokens.accent.ink));
        assert_eq!([of(1.0, 900.0), of(1.0, 0.0), of(0.0, 900.0)], [worse; 3]);
        assert_eq!([of(-1.0, -900.0), of(-1.0, 0.2), of(0.01, -900.0)], [better; 3]);
        assert_eq!([of(-9.4, 21_900.0), of(2.0, -50.0), of(0.0, 0.0)], [("", tokens.muted); 3]);
    }
}
