//! How far long work has come.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::{lang::tr, ui::theme::Tokens};

/// How much of long work is done, 0 to 1.
pub fn progress_ui(ui: &mut Ui, share: f32) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(90.0, 24.0), Sense::hover());
    let words = tr!("{} % of it is done", format_args!("{:.0}", share * 100.0));
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &words));
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 6.0));
    ui.painter().rect_filled(track, 3, tokens.sunken);
    let done = track.with_max_x(track.left() + track.width() * share.clamp(0.02, 1.0));
    ui.painter().rect_filled(done, 3, tokens.accent.ink);
    response.on_hover_text(words);
}
