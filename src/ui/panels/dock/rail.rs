//! The questions of a tab, one below the other at its left, and the answer beside them.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use super::parts::column;
use crate::ui::{
    theme::{Face, Tokens, radius, space},
    widgets::one_line,
};

const WIDTH: f32 = 136.0;

/// Shows the questions at the left, the chosen one marked, and `answer` in the room beside them; the panel keeps its height
/// whatever stands in it.
pub(super) fn rail_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    chosen: &mut T,
    topics: &[(T, &str)],
    answer: impl FnOnce(&mut Ui, T),
) {
    let area = ui.available_rect_before_wrap();
    let rail = area.with_max_x(area.left() + WIDTH);
    let contents = area.with_min_x(area.left() + WIDTH + space::LARGE);
    ui.scope_builder(egui::UiBuilder::new().id_salt("topics").max_rect(rail), |ui| topics_ui(ui, chosen, topics));
    let line = egui::Stroke::new(1.0, Tokens::of(ui).line);
    ui.painter().vline(rail.right() + space::SMALL, area.y_range(), line);
    let name = topics.iter().find(|(topic, _)| topic == chosen).map_or("", |(_, name)| name);
    answer(&mut column(ui, name, contents), *chosen);
    ui.advance_cursor_after_rect(area);
}

fn topics_ui<T: Copy + PartialEq>(ui: &mut Ui, chosen: &mut T, topics: &[(T, &str)]) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (topic, name) in topics {
        let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, 26.0), Sense::click());
        let selected = *chosen == *topic;
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, *name));
        if selected || response.hovered() {
            let fill = if selected { tokens.accent.surface } else { tokens.sunken };
            ui.painter().rect_filled(rect, radius::CONTROL, fill);
        }
        if response.has_focus() {
            let line = egui::Stroke::new(1.5, tokens.accent.ink);
            ui.painter().rect_stroke(rect, radius::CONTROL, line, egui::StrokeKind::Inside);
        }
        let (face, ink) = if selected { (Face::Medium, tokens.accent.ink) } else { (Face::Regular, tokens.text) };
        one_line(ui, rect.left_center() + vec2(10.0, 0.0), WIDTH - 16.0, name, face.at(12.5), ink);
        if response.clicked() {
            *chosen = *topic;
            // What is painted above is still that of before.
            ui.ctx().request_repaint();
        }
    }
}
