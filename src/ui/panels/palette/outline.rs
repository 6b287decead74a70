//! What is on the sheet, by group: a list that leads to each component.

use std::sync::Arc;

use egui::{Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{PaletteState, PaletteTab, matches};
use crate::{
    lang::{t, tr},
    project::{Component, ComponentId, ElementId, KindGroup, Project},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius, text},
        widgets::{caption, empty_state, framework_look, one_line, search_field},
    },
};

/// Height of a line.
const ROW: f32 = 30.0;
/// From line to line.
const EACH: f32 = ROW + 2.0;

pub(super) fn outline_ui(ui: &mut Ui, view: &View<'_>, state: &mut PaletteState, actions: &mut Actions) {
    let project = view.session.project();
    if project.components.is_empty() {
        let line = t("Nothing on the sheet yet");
        if empty_state(ui, icons::LIST_TREE, line, Some((icons::PLUS, t("Show the components")))) {
            state.tab = PaletteTab::Components;
        }
        return;
    }
    search_field(ui, &mut state.search, t("Find on the sheet..."));
    let words = state.search.trim().to_lowercase();
    let lines = state.outline.lines(project, words);
    if lines.is_empty() {
        ui.label(text(t("Nothing of that name"), Face::Regular, 13.0).color(Tokens::of(ui).muted));
        return;
    }
    let scroll = ScrollArea::vertical().id_salt("outline").auto_shrink([false, false]);
    scroll.show_viewport(ui, |ui, seen| {
        ui.set_width(ui.available_width());
        ui.set_height(EACH * lines.len() as f32);
        // Only what can be seen is laid out, and a line beyond at either end: Tab goes there, and the list along with it.
        let first = (seen.top() / EACH).floor() as usize;
        let last = (seen.bottom() / EACH).ceil() as usize + 1;
        let all = ui.max_rect();
        for (at, line) in lines.iter().enumerate().take(last).skip(first.saturating_sub(1)) {
            let top = all.top() + EACH * at as f32;
            let rect = Rect::from_min_size(pos2(all.left(), top), vec2(ui.available_width(), ROW));
            match line {
                Line::Group(group, count) => group_ui(ui, *group, *count, rect),
                Line::Component(index) => {
                    if let Some((id, component)) = project.components.get_index(*index) {
                        row_ui(ui, view, (id, component), rect, actions);
                    }
                }
            }
        }
    });
}

/// The lines as they were made last: of which project, for which words.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    of: Option<(Arc<Project>, String)>,
    lines: Vec<Line>,
}

impl Outline {
    /// The lines for these words; made anew when project or words are others.
    fn lines(&mut self, project: &Arc<Project>, words: String) -> &[Line] {
        let same = |(of, for_words): &(Arc<Project>, String)| Arc::ptr_eq(of, project) && *for_words == words;
        if !self.of.as_ref().is_some_and(same) {
            self.lines = lines(project, &words);
            self.of = Some((Arc::clone(project), words));
        }
        &self.lines
    }
}

/// A line of the list.
#[derive(Clone, Debug)]
enum Line {
    /// A group with how many there are.
    Group(KindGroup, usize),
    /// The component at a position of the document.
    Component(usize),
}

/// The groups with what of them is found.
fn lines(project: &Project, words: &str) -> Vec<Line> {
    let mut found: Vec<Vec<usize>> = KindGroup::ALL.iter().map(|_| Vec::new()).collect();
    for (index, component) in project.components.values().enumerate() {
        if words.is_empty() || matches(&component.name, words) || matches(component.kind.label(), words) {
            let group = KindGroup::ALL.iter().position(|group| *group == component.kind.group());
            found[group.unwrap_or(0)].push(index);
        }
    }
    let groups = KindGroup::ALL.into_iter().zip(found).filter(|(_, found)| !found.is_empty());
    groups
        .flat_map(|(group, found)| {
            std::iter::once(Line::Group(group, found.len())).chain(found.into_iter().map(Line::Component))
        })
        .collect()
}

fn group_ui(ui: &mut Ui, group: KindGroup, count: usize, rect: Rect) {
    ui.scope_builder(UiBuilder::new().id_salt(group.label()).max_rect(rect), |ui| {
        caption(ui, &format!("{} ({count})", group.label()));
    });
}

fn row_ui(ui: &Ui, view: &View<'_>, (id, component): (&ComponentId, &Component), rect: Rect, actions: &mut Actions) {
    let session = view.session;
    let response = ui.interact(rect, ui.scope_id().with(("row", id.as_str())), Sense::click());
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let element = ElementId::Component(id.clone());
    let selected = session.selection().contains(&element);
    let later = if component.deferred { t(", put off to later") } else { "" };
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
        ui.painter().text(right, egui::Align2::RIGHT_CENTER, t("Later"), Face::Medium.at(11.0), tokens.muted);
    }
    if let Some(advice) = advice {
        let (name, pair) = framework_look(ui, &session.engine().playbook, &advice.framework);
        let dot = Rect::from_center_size(pos2(rect.right() - 14.0, y), vec2(9.0, 9.0));
        ui.painter().circle_filled(dot.center(), 4.5, pair.ink);
        hover = tr!("{hover} on {name}", hover, name);
    }
    response.on_hover_text(hover);
}
