//! The card of the tour: one thing to do, at the edge of what it is done with, and a ring around that.

use egui::{
    Align, Area, Button, Context, CornerRadius, Frame, Id, Label, LayerId, Layout, Margin, Order, Pos2, Rect, Role,
    Stroke, StrokeKind, Ui, UiBuilder, Vec2, pos2, vec2,
};

use super::{
    Actions, anchor,
    shortcut::shortcut_text,
    theme::{Face, Tokens, radius, size, space, text},
    widgets::{link_button, primary_button},
};
use crate::{
    lang::{later, t, tr},
    session::{Action, Anchor, STEPS, Session, Tour, TourMove, commands},
};

/// Width of the card, and about its height before it was shown.
const WIDTH: f32 = 304.0;
const HEIGHT: f32 = 176.0;
/// Between the card and what it points to.
const GAP: f32 = 14.0;
/// What the card says once all steps are behind.
const OVER: (&str, &str) = (
    later("That is a plan"),
    later(
        "It is yours to go on with. Help contents (F1) says more about each part of the window; the case studies show whole plans.",
    ),
);

/// What the card remembers between frames.
#[derive(Clone, Debug, Default)]
pub struct TourCard {
    /// The keyboard goes to it with the next frame.
    wants_keyboard: bool,
    /// One of its buttons has the keyboard.
    has_keyboard: bool,
}

impl TourCard {
    /// Puts the keyboard on the card with the next frame.
    pub fn focus(&mut self) {
        self.wants_keyboard = true;
    }

    /// Whether one of its buttons has the keyboard.
    pub fn has_keyboard(&self) -> bool {
        self.has_keyboard
    }

    /// It is not shown in this frame.
    pub fn rest(&mut self) {
        *self = Self::default();
    }

    /// The ring and the card, while somebody is in the tour.
    pub fn ui(&mut self, ctx: &Context, session: &Session, actions: &mut Actions) {
        let Some(tour) = session.tour() else { return self.rest() };
        let anchor = tour.step().and_then(|step| anchor::place(ctx, step.points_to));
        let tokens = Tokens::of_visuals(&ctx.global_style().visuals);
        if let Some(place) = anchor {
            ring(ctx, tokens, place);
        }
        let id = Id::unique("tour card");
        let height = ctx.memory(|memory| memory.area_rect(id)).map_or(HEIGHT, |rect| rect.height());
        let room = room(ctx);
        let corner = corner(tour.step().map(|step| step.points_to), anchor, vec2(WIDTH, height), room);
        let said = title_of(tour);
        let frame = Frame::new()
            .fill(tokens.panel)
            .stroke(Stroke::new(1.5, tokens.accent.ink))
            .corner_radius(radius::CARD)
            .inner_margin(Margin::symmetric(14, 12))
            .shadow(ctx.global_style().visuals.popup_shadow);
        Area::new(id).order(Order::Middle).fixed_pos(corner).constrain_to(room).fade_in(false).show(ctx, |ui| {
            let group = UiBuilder::new().accessibility_role(Role::Group).accessibility_label(said);
            ui.scope_builder(group, |ui| {
                frame.show(ui, |ui| {
                    ui.set_width(WIDTH - 28.0);
                    self.card_ui(ui, session, tour, anchor.is_some(), actions);
                });
            });
        });
    }

    fn card_ui(&mut self, ui: &mut Ui, session: &Session, tour: &Tour, is_pointing: bool, actions: &mut Actions) {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing = vec2(space::TINY, space::TINY);
        let step = tour.step();
        let (title, words) = step.map_or(OVER, |step| (step.title, step.words));
        let (title, words) = (t(title), t(words));
        let caption = match step {
            Some(_) if tour.is_done() => tr!("Step {0} of {1}, done", tour.at() + 1, STEPS.len()),
            Some(_) => tr!("Step {0} of {1}", tour.at() + 1, STEPS.len()),
            None => t("The tour is over").to_owned(),
        };
        ui.label(text(caption, Face::Medium, 11.0).color(tokens.muted));
        ui.label(text(title, Face::SemiBold, 14.0));
        ui.add(Label::new(text(words, Face::Regular, 12.5)).wrap());
        if let Some(step) = step {
            if let Some(lack) = (step.lacks)(session.project()) {
                ui.add(Label::new(text(lack, Face::Medium, 12.5).color(tokens.warning.ink)).wrap());
            } else if let Some(command) = commands::find(step.command) {
                let keys =
                    tr!("By key: {0} ({1})", shortcut_text(ui.ctx(), command), command.text.trim_end_matches('.'));
                ui.add(Label::new(text(keys, Face::Regular, 11.5).color(tokens.muted)).wrap());
            }
            if !is_pointing && link_button(ui, t("Show where")).clicked() {
                actions.push(Action::Tour(TourMove::Show));
            }
        }
        ui.add_space(space::TINY);
        self.buttons_ui(ui, tour, actions);
    }

    fn buttons_ui(&mut self, ui: &mut Ui, tour: &Tour, actions: &mut Actions) {
        self.has_keyboard = false;
        let leave = if tour.step().is_some() { t("Leave the tour (Esc)") } else { t("Close (Esc)") };
        ui.horizontal(|ui| {
            let onward = match tour.step() {
                Some(_) if tour.is_done() => Some(t("Next step")),
                Some(_) => Some(t("Skip this step")),
                None => None,
            };
            let back = ui.add_enabled(tour.at() > 0, Button::new(t("Back")));
            let mut ways = vec![(back, TourMove::Back)];
            if let Some(onward) = onward {
                ways.push((ui.button(onward), TourMove::Next));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let way_out = if onward.is_some() { link_button(ui, leave) } else { primary_button(ui, leave) };
                ways.push((way_out, TourMove::Leave));
            });
            if std::mem::take(&mut self.wants_keyboard) {
                // The way on, or the way out once there is no step left.
                ways[1].0.request_focus();
            }
            for (response, way) in ways {
                self.has_keyboard |= response.has_focus();
                if response.clicked() {
                    actions.push(Action::Tour(way));
                }
            }
        });
    }
}

/// What a step is called, and which one it is.
pub fn title_of(tour: &Tour) -> String {
    match tour.step() {
        Some(step) => tr!("Tour, step {0} of {1}: {2}", tour.at() + 1, STEPS.len(), t(step.title)),
        None => tr!("Tour: {}", t(OVER.0)),
    }
}

/// All that a step says, for who does not see the card.
pub fn in_words(session: &Session, tour: &Tour) -> String {
    let words = t(tour.step().map_or(OVER.1, |step| step.words));
    let lack = tour.step().and_then(|step| (step.lacks)(session.project()));
    let lack = lack.map(|lack| format!(" {lack}.")).unwrap_or_default();
    format!("{}. {words}{lack}", title_of(tour))
}

/// A line around what a step points to. Nothing of it is in the way of the pointer.
fn ring(ctx: &Context, tokens: &Tokens, place: Rect) {
    let painter = ctx.layer_painter(LayerId::new(Order::Middle, Id::unique("tour ring")));
    let place = place.expand(2.0).intersect(ctx.content_rect().shrink(1.5));
    let corner = CornerRadius::same(radius::CARD);
    painter.rect_stroke(place, corner, Stroke::new(4.0, tokens.accent.ink.gamma_multiply(0.3)), StrokeKind::Middle);
    painter.rect_stroke(place, corner, Stroke::new(2.0, tokens.accent.ink), StrokeKind::Middle);
}

/// Where cards may stand: between the bars.
fn room(ctx: &Context) -> Rect {
    let all = ctx.content_rect();
    Rect::from_min_max(
        pos2(all.left() + space::SMALL, all.top() + size::TOP_BAR + space::SMALL),
        pos2(all.right() - space::SMALL, all.bottom() - size::STATUS - space::SMALL),
    )
}

/// The upper left corner of a card: beside what it points to, at the side where most is free and least is needed.
fn corner(points_to: Option<Anchor>, place: Option<Rect>, card: Vec2, room: Rect) -> Pos2 {
    let Some(place) = place else { return (room.center_bottom() - vec2(card.x / 2.0, card.y)).round() };
    let right = pos2(place.right() + GAP, place.bottom() - card.y);
    let left = pos2(place.left() - GAP - card.x, place.bottom() - card.y);
    let below = pos2(place.center().x - card.x / 2.0, place.bottom() + GAP);
    let above = pos2(place.center().x - card.x / 2.0, place.top() - GAP - card.y);
    let sides = match points_to {
        Some(Anchor::Components) => [right, below, above, left],
        Some(Anchor::Traits) => [left, above, below, right],
        Some(Anchor::Reasons | Anchor::Figures) => [above, left, right, below],
        Some(Anchor::Selected | Anchor::Exports) | None => [below, left, above, right],
    };
    let inside = |corner: Pos2| {
        let most = room.max - card;
        corner.max(room.min).min(pos2(most.x.max(room.left()), most.y.max(room.top())))
    };
    let free = sides.into_iter().map(inside).find(|corner| !Rect::from_min_size(*corner, card).intersects(place));
    free.unwrap_or_else(|| inside(sides[0])).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_stands_in_the_room_and_never_on_what_it_points_to_where_there_is_room() {
        let room = Rect::from_min_max(pos2(8.0, 48.0), pos2(1016.0, 604.0));
        let card = vec2(WIDTH, HEIGHT);
        for (anchor, place) in [
            (Anchor::Components, Rect::from_min_max(pos2(0.0, 40.0), pos2(228.0, 612.0))),
            (Anchor::Traits, Rect::from_min_max(pos2(700.0, 300.0), pos2(1024.0, 612.0))),
            (Anchor::Reasons, Rect::from_min_max(pos2(228.0, 432.0), pos2(696.0, 612.0))),
            (Anchor::Figures, Rect::from_min_max(pos2(340.0, 432.0), pos2(480.0, 466.0))),
            (Anchor::Selected, Rect::from_min_max(pos2(364.0, 190.0), pos2(560.0, 270.0))),
            (Anchor::Selected, Rect::from_min_max(pos2(364.0, 500.0), pos2(560.0, 580.0))),
            (Anchor::Exports, Rect::from_min_max(pos2(940.0, 6.0), pos2(1016.0, 34.0))),
        ] {
            let at = Rect::from_min_size(corner(Some(anchor), Some(place), card, room), card);
            assert!(room.contains_rect(at) && !at.intersects(place), "{anchor:?}: {at}");
        }
        assert!(room.contains_rect(Rect::from_min_size(corner(None, None, card, room), card)));
    }
}
