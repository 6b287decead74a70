//! The tour in the window: begun on a new plan, led along what the person does, and left by Esc.

use std::sync::Arc;

use egui::{Context, Key, Modifiers, Popup};

use super::window::Groundplan;
use crate::{
    lang::t,
    session::{Action, Anchor, DockTab, Looks, Part, Request, Session, TourMove},
    ui::{
        Actions,
        canvas::Held,
        panels::{dock::Topic, palette::PaletteTab},
        tour::{TourCard, in_words},
    },
};

/// What the window remembers of the tour.
#[derive(Default)]
pub(super) struct Touring {
    card: TourCard,
    /// The session and the number of what was brought into view last.
    shown: Option<(u64, u64)>,
    /// Whether somebody was in the tour in the frame before.
    was_in: bool,
}

impl Groundplan {
    /// Begins the tour on a new plan; what was not saved has been asked about.
    pub(super) fn begin_tour(&mut self) {
        self.show(Session::new(Arc::clone(&self.engine), self.blank(), None));
        self.session.begin_tour();
    }

    /// Puts the keyboard on the card.
    pub(super) fn focus_tour(&mut self) {
        self.presenting = false;
        self.touring.card.focus();
    }

    /// Esc leaves, unless something else has it: a dialog, a menu, the search, a gesture, a field, a panel.
    pub(super) fn leave_tour(&self, ctx: &Context, actions: &mut Actions) {
        let shown = self.session.tour().is_some() && !self.is_presenting() && !self.welcome;
        if !shown || self.dialogs.any_open() || self.help.is_open() {
            return;
        }
        let keyboard = self.keyboard(ctx);
        let elsewhere = keyboard.had_focus && keyboard.canvas == Held::Elsewhere;
        let taken = elsewhere && !self.touring.card.has_keyboard()
            || keyboard.dragging
            || Popup::is_any_open(ctx)
            || ctx.text_edit_focused();
        if !taken && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            actions.push(Action::Tour(TourMove::Leave));
        }
    }

    /// The card over the window. It waits while the drawing is shown alone.
    pub(super) fn tour_ui(&mut self, ctx: &Context, actions: &mut Actions) {
        if self.is_presenting() || self.welcome {
            self.touring.card.rest();
        } else {
            self.touring.card.ui(ctx, &self.session, actions);
        }
    }

    /// Goes on with the tour where its step was done, and brings into view what the next one points to.
    pub(super) fn follow_tour(&mut self, ctx: &Context) {
        let dock = &self.screen.dock;
        let tab = (self.settings.dock && !self.presenting).then_some(dock.tab);
        let asks_why = tab == Some(DockTab::Recommendation) && dock.topic != Topic::Verdict;
        self.session.follow_tour(Looks { tab, asks_why });
        let was_in = std::mem::replace(&mut self.touring.was_in, self.session.tour().is_some());
        let Some(tour) = self.session.tour() else {
            self.touring.shown = None;
            if was_in && self.session.has_left_tour() {
                let words = t("The tour is left; Take the tour in the Help menu goes on with it");
                self.announcer.answer(words.to_owned(), &self.session);
            }
            return;
        };
        let now = Some((self.session.number(), tour.shown()));
        if self.touring.shown == now {
            return;
        }
        self.touring.shown = now;
        self.announcer.tell(in_words(&self.session, tour));
        if let Some(anchor) = tour.step().map(|step| step.points_to) {
            self.bring_into_view(anchor);
        }
        ctx.request_repaint();
    }

    /// Opens the panel in which something is pointed to. The keyboard stays where it is.
    fn bring_into_view(&mut self, anchor: Anchor) {
        self.presenting = false;
        match anchor {
            Anchor::Components => {
                self.settings.show(Part::Palette);
                self.screen.palette.tab = PaletteTab::Components;
            }
            Anchor::Selected => self.session.request(Request::Canvas(crate::session::CanvasRequest::SeeSelection)),
            Anchor::Traits => {
                self.settings.show(Part::Inspector);
                self.screen.inspector.see_traits();
            }
            Anchor::Reasons => {
                self.settings.show(Part::Dock);
                (self.screen.dock.tab, self.screen.dock.topic) = (DockTab::Recommendation, Topic::Verdict);
            }
            Anchor::Figures => {
                self.settings.show(Part::Dock);
                if matches!(self.screen.dock.tab, DockTab::Timeline | DockTab::Budget) {
                    self.screen.dock.tab = DockTab::Recommendation;
                }
            }
            Anchor::Exports => {}
        }
    }
}
