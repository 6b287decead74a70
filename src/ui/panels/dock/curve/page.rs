//! The page around a curve: title, curve, what is read off it, and, where there is room, where the figure goes.

use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2};

use super::{Curve, CurveState, Wish, curve_ui, readout::readout_ui};
use crate::ui::{
    Actions,
    theme::{Face, Tokens, space, text},
};

/// From this width on the readout stands beside the curve.
const BESIDE_FROM: f32 = 460.0;
/// From this width on there is a third column.
const THREE_FROM: f32 = 860.0;
const READOUT: f32 = 236.0;

/// Shows a curve under its title and a line of explanation, and what is read off it; `more` fills a third column if there is room.
pub(in crate::ui::panels::dock) fn how_sure_ui(
    ui: &mut Ui,
    curve: &Curve<'_>,
    state: &mut CurveState,
    (title, remark): (&str, &str),
    actions: &mut Actions,
    more: impl FnOnce(&mut Ui, &mut Actions),
) -> Option<Wish> {
    let area = ui.available_rect_before_wrap();
    let titled = |ui: &mut Ui| {
        ui.add(egui::Label::new(text(title, Face::SemiBold, 13.0)).truncate());
        ui.add(egui::Label::new(text(remark, Face::Regular, 12.0).color(Tokens::of(ui).muted)).truncate());
    };
    if area.width() < BESIDE_FROM {
        let scroll = ScrollArea::vertical().id_salt("how-sure").auto_shrink([false, false]);
        return scroll
            .show(ui, |ui| {
                titled(ui);
                let asked = curve_ui(ui, curve, state, 128.0, actions);
                ui.add_space(space::SMALL);
                asked.or(readout_ui(ui, curve, state, actions))
            })
            .inner;
    }
    let three = area.width() >= THREE_FROM;
    let readout = READOUT.min(area.width() * 0.48);
    let curve_width = if three { (area.width() - readout) * 0.46 } else { area.width() - readout };
    let column = |ui: &mut Ui, salt: &str, left: f32, width: f32| {
        let rect = Rect::from_min_size(pos2(area.left() + left, area.top()), egui::vec2(width, area.height()));
        let mut column = ui.new_child(UiBuilder::new().id_salt(salt).max_rect(rect));
        column.shrink_clip_rect(rect.expand(2.0));
        column
    };
    let mut left = column(ui, "curve", 0.0, curve_width - space::LARGE);
    titled(&mut left);
    let height = (left.available_height() - 2.0).clamp(96.0, 320.0);
    let on_curve = curve_ui(&mut left, curve, state, height, actions);
    let mut middle = column(ui, "readout", curve_width, readout - if three { space::LARGE } else { 0.0 });
    let scroll = ScrollArea::vertical().id_salt("readout").auto_shrink([false, false]);
    let beside = scroll.show(&mut middle, |ui| readout_ui(ui, curve, state, actions)).inner;
    if three {
        let mut right = column(ui, "more", curve_width + readout, area.width() - curve_width - readout);
        more(&mut right, actions);
    }
    ui.advance_cursor_after_rect(area);
    on_curve.or(beside)
}
