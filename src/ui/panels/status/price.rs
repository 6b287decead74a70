//! What letting go would change: of what hangs at the pointer, or of a gesture in flight.

use egui::{Color32, Ui};

use super::{Run, SIZE, note_ui};
use crate::{
    figures,
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
    /// The same with one amount of money, for little room.
    short: String,
    /// `if dropped here`.
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
        moves.then(|| Self::new(view, change, "if let go"))
    }

    fn new(view: &View<'_>, change: Change, condition: &'static str) -> Self {
        let money = view.money();
        let words = figures::price(money, change.p50.weeks, change.p50.budget_usd, change.p80.budget_usd);
        let short = figures::change(money, change.weeks, change.budget_usd).unwrap_or_else(|| words.clone());
        Self { words, short, condition, change }
    }

    /// The room it takes in full.
    pub(super) fn width(&self, ui: &Ui) -> f32 {
        width(ui, &[&self.words, " ", self.condition])
    }

    /// Whether it is dearer than before, cheaper, or neither.
    fn sign(&self, tokens: &Tokens) -> (&'static str, Color32) {
        let Change { weeks, budget_usd, .. } = self.change;
        match if budget_usd.abs() < 0.5 { weeks } else { budget_usd } {
            more if more > 0.0 => ("▲ ", tokens.warning.ink),
            less if less < 0.0 => ("▼ ", tokens.accent.ink),
            _ => ("", tokens.muted),
        }
    }

    /// Shows as much of it as ends before `end`.
    pub(super) fn ui(&self, ui: &mut Ui, end: f32) {
        let tokens = Tokens::of(ui);
        let (sign, colour) = self.sign(tokens);
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

/// The room that words take one after the other, with the sign before them and some air.
fn width(ui: &Ui, words: &[&str]) -> f32 {
    words.iter().map(|words| text_size(ui, words, Face::Medium.at(SIZE)).x).sum::<f32>() + 28.0
}
