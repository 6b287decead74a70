//! What is on the sheet, by group: a list that leads to each component.

use egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{PaletteState, PaletteTab, matches};
use crate::{
    project::{Component, ComponentId, ElementId, KindGroup},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius, text},
        widgets::{caption, empty_state, framework_look, one_line, search_field},
    },
};

pub(super) fn outline_ui(ui: &mut Ui, view: &View<'_>, state: &mut PaletteState, actions: &mut Actions) {
    let project = view.session.project();
    if project.components.is_empty() {
        let line = "Nothing on the sheet yet";
        if empty_state(ui, icons::LIST_TREE, line, Some((icons::PLUS, "Show the components"))) {
            state.tab = PaletteTab::Components;
        }
        return;
    }
    search_field(ui, &mut state.search, "Find on the sheet...");
    let words = state.search.trim().to_lowercase();
    let mut any = false;
    ScrollArea::vertical().id_salt("outline").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for group in KindGroup::ALL {
            let of_group = project.components.iter().filter(|(_, component)| component.kind.group() == group);
            let found: Vec<_> = of_group
                .filter(|(_, component)| matches(&component.name, &words) || matches(component.kind.label(), &words))
                .collect();
            if !found.is_empty() {
                caption(ui, &format!("{} ({})", group.label(), found.len()));
                any = true;
            }
            for (id, component) in found {
                row_ui(ui, view, id, component, actions);
            }
        }
        if !any {
            ui.label(text("Nothing of that name", Face::Regular, 13.0).color(Tokens::of(ui).muted));
        }
    });
}

fn row_ui(ui: &mut Ui, view: &View<'_>, id: &ComponentId, component: &Component, actions: &mut Actions) {
    let session = view.session;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::click());
    let element = ElementId::Component(id.clone());
    let selected = session.selection().contains(&element);
    let later = if component.deferred { ", put off to later" } else { "" };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, format!("{}{later}", component.name)));
    if response.clicked() {
        actions.push(Action::Reveal(element));
    }
    if !ui.is_rect_visible(rect) {
        return;
    }
    let tokens = Tokens::of(ui);
    if selected || response.hovered() || response.has_focus() {
        let fill = if selected { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    let y = rect.center().y;
    let glyph = icons::of_kind(component.kind);
    let centre = egui::Align2::CENTER_CENTER;
    ui.painter().text(pos2(rect.left() + 14.0, y), centre, glyph, Face::Icons.at(14.0), tokens.muted);
    let advice = session.assessment().components.get(id);
    let behind = match (component.deferred, advice) {
        (true, _) => 44.0,
        (false, Some(_)) => 24.0,
        (false, None) => 4.0,
    };
    let (room, ink) = (rect.width() - 34.0 - behind, if component.deferred { tokens.muted } else { tokens.text });
    one_line(ui, pos2(rect.left() + 30.0, y), room, &component.name, Face::Regular.at(13.0), ink);
    let mut hover = format!("{}{later}", component.kind.label());
    if component.deferred {
        let right = pos2(rect.right() - 8.0, y);
        ui.painter().text(right, egui::Align2::RIGHT_CENTER, "Later", Face::Medium.at(11.0), tokens.muted);
    }
    if let Some(advice) = advice {
        let (name, pair) = framework_look(ui, &session.engine().playbook, &advice.framework);
        let dot = Rect::from_center_size(pos2(rect.right() - 14.0, y), vec2(9.0, 9.0));
        ui.painter().circle_filled(dot.center(), 4.5, pair.ink);
        hover = format!("{hover} on {name}");
    }
    response.on_hover_text(hover);
}
