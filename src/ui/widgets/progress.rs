//! How far long work has come.

use egui::{Rect, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::{
    figures,
    lang::tr,
    ui::theme::{Face, Tokens, text},
};

/// How much of long work is done, 0 to 1, in a line of words.
pub fn progress_ui(ui: &mut Ui, share: f32) {
    bar_ui(ui, vec2(90.0, 24.0), share);
}

/// The same where it is all there is to be seen: as wide as there is room, with the figure behind it.
pub fn wide_progress_ui(ui: &mut Ui, share: f32) {
    let room = ui.available_width();
    ui.horizontal(|ui| {
        bar_ui(ui, vec2(room - 48.0, 20.0), share);
        let percent = figures::share(f64::from(share));
        ui.label(text(percent, Face::Regular, 12.5).color(Tokens::of(ui).muted));
    });
}

fn bar_ui(ui: &mut Ui, size: Vec2, share: f32) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let words = tr!("{} % of it is done", format_args!("{:.0}", share * 100.0));
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &words));
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 6.0));
    ui.painter().rect_filled(track, 3, tokens.sunken);
    let done = track.with_max_x(track.left() + track.width() * share.clamp(0.02, 1.0));
    ui.painter().rect_filled(done, 3, tokens.accent.ink);
    response.on_hover_text(words);
}
