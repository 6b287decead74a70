//! A file is being read that is opened, or looked at, once it is.

use std::time::Duration;

use egui::{Align, Color32, Context, Frame, Id, Layout, Modal};

use super::modal;
use crate::{
    lang::t,
    ui::{
        theme::{Face, text},
        widgets::wide_progress_ui,
    },
};

/// Keeps everything else from being touched while a file is read, and says how far it is once that is to be `shown`: the share of the work, and
/// whether all of the file is read. True if it is to be left.
pub fn reading_ui(ctx: &Context, title: &str, shown: Option<(f32, bool)>) -> bool {
    let Some((share, is_read)) = shown else {
        // Nobody sees anything of it, but what is open stays as it is. It has a name of its own: the one that is seen would begin with its size.
        let unseen = Modal::new(Id::unique("reading unseen")).frame(Frame::NONE).backdrop_color(Color32::TRANSPARENT);
        let response = unseen.show(ctx, |_| ());
        return response.is_top_modal && !response.any_popup_open && is_left(ctx);
    };
    let response = modal(ctx, "reading", title, 440.0, |ui| {
        // Nobody knows how far that is, and a bar that stands still should say why.
        let words = if is_read {
            t("All of it is read, and it is assessed now")
        } else {
            t("Until it is there, everything stays as it is")
        };
        ui.label(text(words, Face::Regular, 13.0));
        ui.add_space(10.0);
        wide_progress_ui(ui, share);
        ui.add_space(10.0);
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| ui.button(t("Cancel")).clicked()).inner
    });
    // The end itself wakes the window; this is for the bar to move on meanwhile.
    ctx.request_repaint_after(Duration::from_millis(100));
    // A click beside it leaves nothing: it was meant for what is behind.
    response.inner || response.is_top_modal && !response.any_popup_open && is_left(ctx)
}

fn is_left(ctx: &Context) -> bool {
    ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
}
