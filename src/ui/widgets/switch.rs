//! A switch that can also be unknown.

use egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::{lang::t, ui::theme::Tokens};

/// A switch with three states: yes, no, and unknown, which is drawn hollow with a dash. A click makes yes of
/// unknown and turns yes and no into each other. `name` is what it is called for screen readers.
pub fn tri_state(ui: &mut Ui, name: &str, state: &mut Option<bool>) -> Response {
    let (rect, mut response) = ui.allocate_exact_size(vec2(30.0, 18.0), Sense::click());
    if response.clicked() {
        *state = Some(!state.unwrap_or(false));
        response.mark_changed();
    }
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let track = rect.shrink2(vec2(0.0, 0.5));
    let radius = track.height() / 2.0;
    let knob = |x: f32| egui::pos2(x, track.center().y);
    match *state {
        Some(true) => {
            painter.rect_filled(track, radius, tokens.accent.ink);
            painter.circle_filled(knob(track.right() - radius), radius - 2.5, tokens.on_accent);
        }
        Some(false) => {
            painter.rect_filled(track, radius, tokens.line_strong);
            painter.circle_filled(knob(track.left() + radius), radius - 2.5, tokens.card);
        }
        None => {
            painter.rect_stroke(track, radius, Stroke::new(1.0, tokens.line_strong), StrokeKind::Inside);
            let dash = vec2(3.0, 0.0);
            painter.line_segment([track.center() - dash, track.center() + dash], Stroke::new(1.5, tokens.faint));
        }
    }
    if response.has_focus() {
        painter.rect_stroke(track.expand(2.0), radius + 2.0, Stroke::new(1.5, tokens.accent.ink), StrokeKind::Inside);
    }
    let word = match *state {
        Some(true) => t("yes"),
        Some(false) => t("no"),
        None => t("unknown"),
    };
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Switch, true, name);
        info.selected = *state;
        info.current_text_value = Some(word.to_owned());
        info
    });
    response.on_hover_text(word)
}
