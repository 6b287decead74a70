//! The page around a curve: title, curve, what is read off it, and, where there is room, where the figure goes.

use egui::{Rect, ScrollArea, Ui, pos2};

use super::{super::parts, Curve, CurveState, Wish, curve_ui, readout::readout_ui};
use crate::{
    explain,
    lang::t,
    ui::{
        Actions,
        theme::{Face, Tokens, space, text},
    },
};

/// From this width on the readout stands beside the curve.
const BESIDE_FROM: f32 = 460.0;
/// From this width on there is a third column.
const THREE_FROM: f32 = 860.0;
const READOUT: f32 = 236.0;
/// From this height on it is said below the readout how effort and weeks go together; else on hover.
const TOLD_FROM: f32 = 198.0;
/// Height of a line of the readout.
const LINE: f32 = 24.0;

/// Shows a curve under the longest title and the longest line of explanation that there is room for, and what is read off it; `more` fills a third column if there is room.
pub(in crate::ui::panels::dock) fn how_sure_ui(
    ui: &mut Ui,
    curve: &Curve<'_>,
    state: &mut CurveState,
    (titles, remarks): ([&str; 2], &[&str]),
    actions: &mut Actions,
    more: impl FnOnce(&mut Ui, &mut Actions),
) -> Option<Wish> {
    let area = ui.available_rect_before_wrap();
    let titled = |ui: &mut Ui| {
        parts::longest_title(ui, &titles);
        let Some(remark) = parts::longest_fit(ui, remarks, &Face::Regular.at(12.0)) else { return };
        let full = remarks.first().copied().unwrap_or_default();
        ui.add(egui::Label::new(text(remark, Face::Regular, 12.0).color(Tokens::of(ui).muted)).truncate())
            .on_hover_text(format!("{full}\n{}", t(explain::EFFORT_AND_WEEKS)));
    };
    if area.width() < BESIDE_FROM {
        let scroll = ScrollArea::vertical().id_salt("how-sure").auto_shrink([false, false]);
        return scroll
            .show(ui, |ui| {
                titled(ui);
                let asked = curve_ui(ui, curve, state, 128.0);
                ui.add_space(space::SMALL);
                asked.or(readout_ui(ui, curve, state, actions))
            })
            .inner;
    }
    let three = area.width() >= THREE_FROM;
    let readout = if three { READOUT + space::LARGE } else { READOUT.min(area.width() * 0.48) };
    let curve_width = if three { (area.width() - readout) * 0.46 } else { area.width() - readout };
    let column = |ui: &mut Ui, salt: &str, left: f32, width: f32| {
        let rect = Rect::from_min_size(pos2(area.left() + left, area.top()), egui::vec2(width, area.height()));
        parts::column(ui, salt, rect)
    };
    let mut left = column(ui, "curve", 0.0, curve_width - space::LARGE);
    titled(&mut left);
    let height = (left.available_height() - 2.0).clamp(96.0, 320.0);
    let on_curve = curve_ui(&mut left, curve, state, height);
    let mut middle = column(ui, "readout", curve_width, readout - if three { space::LARGE } else { 0.0 });
    let scroll = ScrollArea::vertical().id_salt("readout").auto_shrink([false, false]);
    let more_lines = usize::from(curve.target.1.is_some()) + 2 * usize::from(curve.note.is_some());
    let told = middle.available_height() >= TOLD_FROM + LINE * more_lines as f32;
    let beside = scroll.show(&mut middle, |ui| {
        let asked = readout_ui(ui, curve, state, actions);
        if told {
            ui.add_space(space::TINY);
            let words = text(t(explain::NEAR_NOT_EXACT), Face::Regular, 11.5).color(Tokens::of(ui).muted);
            ui.add(egui::Label::new(words).wrap()).on_hover_text(t(explain::EFFORT_AND_WEEKS));
        }
        asked
    });
    let beside = beside.inner;
    if three {
        let mut right = column(ui, "more", curve_width + readout, area.width() - curve_width - readout);
        more(&mut right, actions);
    }
    ui.advance_cursor_after_rect(area);
    on_curve.or(beside)
}
