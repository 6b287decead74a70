//! Where parts of the window are that something else points to: each says so in the frame that shows it.

use egui::{Context, Id, Rect};

use crate::session::Anchor;

/// A part, and the frame in which it said where it is.
#[derive(Clone, Copy, Debug)]
struct Mark {
    place: Rect,
    frame: u64,
}

fn key(anchor: Anchor) -> Id {
    Id::unique(("anchor", anchor))
}

/// Says where a part is in this frame; what is cut off does not count.
pub fn mark(ui: &egui::Ui, anchor: Anchor, place: Rect) {
    let place = place.intersect(ui.clip_rect());
    if place.is_positive() {
        let mark = Mark { place, frame: ui.ctx().cumulative_frame_nr() };
        ui.data_mut(|data| data.insert_temp(key(anchor), mark));
    }
}

/// Where a part is, if it is shown in this frame.
pub fn place(ctx: &Context, anchor: Anchor) -> Option<Rect> {
    let mark: Mark = ctx.data(|data| data.get_temp(key(anchor)))?;
    (mark.frame == ctx.cumulative_frame_nr()).then_some(mark.place)
}
