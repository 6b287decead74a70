//! What should be looked at: a list to search and narrow, each entry with where it is, how to mend it, and a way to set it aside.

mod row;

pub(in crate::ui::panels) use row::fixes_ui;

use egui::{RichText, ScrollArea, Ui};

use super::parts::copy_as;
use crate::{
    assess::{Finding, Severity},
    lang::{t, tr},
    project::{FindingKey, Project},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, space, text},
        widgets::{caption, empty_state, search_field, severity_look},
    },
};

/// Most entries that are laid out; whoever has more narrows the list first.
const MOST_SHOWN: usize = 200;

/// What the list remembers.
#[derive(Clone, Debug, Default)]
pub struct FindingsState {
    /// What is searched for.
    pub search: String,
    /// The severities that are left out.
    pub hidden: Vec<Severity>,
    /// Whether those that were set aside are shown.
    pub show_suppressed: bool,
    /// The finding that is being set aside, and the reason as far as it is typed.
    reason: Option<(FindingKey, String)>,
    /// The finding that the list was scrolled to last.
    scrolled_to: Option<FindingKey>,
    /// The entries of this frame in their order, for the arrow keys.
    entries: Vec<(FindingKey, egui::Id)>,
}

pub(super) fn findings_ui(ui: &mut Ui, view: &View<'_>, state: &mut FindingsState, actions: &mut Actions) {
    let assessment = view.session.assessment();
    if assessment.findings.is_empty() {
        let line = if view.session.project().components.is_empty() {
            t("Nothing to look at yet: the sheet is empty")
        } else {
            t("Nothing to look at: the plan holds together")
        };
        empty_state(ui, icons::CIRCLE_CHECK, line, None);
        return;
    }
    let open: Vec<&Finding> = assessment.open_findings().collect();
    filter_ui(ui, &open, state);
    let shown = |finding: &&Finding| !state.hidden.contains(&finding.severity) && found(view, finding, &state.search);
    let (listed, set_aside): (Vec<&Finding>, Vec<&Finding>) = (
        open.iter().copied().filter(shown).collect(),
        assessment.suppressed_findings().filter(|finding| found(view, finding, &state.search)).collect(),
    );
    state.entries.clear();
    let place = ui.available_rect_before_wrap();
    ScrollArea::vertical().id_salt("findings").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if listed.is_empty() {
            let words = if open.is_empty() { t("Nothing is left to look at") } else { t("Nothing matches") };
            ui.label(text(words, Face::Regular, 13.0).color(Tokens::of(ui).muted));
        }
        for severity in Severity::ALL {
            group_ui(ui, view, severity, &listed, state, actions);
        }
        if listed.len() > MOST_SHOWN {
            let more = tr!("{} more; search to narrow them down", listed.len() - MOST_SHOWN);
            ui.label(text(&more, Face::Regular, 12.0).color(Tokens::of(ui).muted));
        }
        suppressed_ui(ui, view, &set_aside, state, actions);
    });
    let row = |finding: &&Finding| {
        let about = about(view.session.project(), finding);
        vec![counted(finding.severity).to_owned(), about, finding.message.clone()]
    };
    let rows = || listed.iter().map(row).collect();
    copy_as(ui, place, t("findings"), &[t("Severity"), t("About"), t("Finding")], &rows);
    arrows(ui, state, actions);
}

/// Up and down go from entry to entry, and show each.
fn arrows(ui: &Ui, state: &FindingsState, actions: &mut Actions) {
    let focused = ui.memory(egui::Memory::focused);
    let Some(here) = state.entries.iter().position(|(_, id)| Some(*id) == focused) else { return };
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let next = match (pressed(egui::Key::ArrowDown), pressed(egui::Key::ArrowUp)) {
        (true, false) => here + 1,
        (false, true) if here > 0 => here - 1,
        _ => return,
    };
    if let Some((key, id)) = state.entries.get(next) {
        ui.memory_mut(|memory| memory.request_focus(*id));
        actions.push(Action::ShowFinding(key.clone()));
    }
}

/// Whether a finding has what is searched for in its words, its rule or the names of what it is about.
fn found(view: &View<'_>, finding: &Finding, search: &str) -> bool {
    let search = search.trim().to_lowercase();
    let project = view.session.project();
    search.is_empty()
        || finding.message.to_lowercase().contains(&search)
        || finding.rule.as_str().contains(&search)
        || finding.elements.iter().any(|element| project.name_of(element).to_lowercase().contains(&search))
}

/// The search, and a switch for each severity with how many there are.
fn filter_ui(ui: &mut Ui, open: &[&Finding], state: &mut FindingsState) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        ui.scope(|ui| {
            ui.set_width((ui.available_width() * 0.35).min(280.0));
            search_field(ui, &mut state.search, t("Search findings..."));
        });
        for severity in Severity::ALL {
            let count = open.iter().filter(|finding| finding.severity == severity).count();
            let (glyph, pair) = severity_look(Tokens::of(ui), severity);
            let shown = !state.hidden.contains(&severity);
            let words = RichText::new(format!("{} {}", counted(severity), count)).font(Face::Regular.at(12.5));
            let button = egui::Button::selectable(shown, (icon(glyph, 13.0).color(pair.ink), words));
            let response = ui.add(button).on_hover_text(t("Show or leave out"));
            let name = format!("{} {count}", counted(severity));
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, shown, &name));
            if response.clicked() {
                if shown {
                    state.hidden.push(severity);
                } else {
                    state.hidden.retain(|hidden| *hidden != severity);
                }
            }
        }
    });
}

fn counted(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => t("Errors"),
        Severity::Warning => t("Warnings"),
        Severity::Hint => t("Hints"),
    }
}

fn group_ui(
    ui: &mut Ui,
    view: &View<'_>,
    severity: Severity,
    listed: &[&Finding],
    state: &mut FindingsState,
    actions: &mut Actions,
) {
    let mut group = listed.iter().take(MOST_SHOWN).filter(|finding| finding.severity == severity).peekable();
    if group.peek().is_none() {
        return;
    }
    caption(ui, counted(severity));
    for finding in group {
        ui.push_id(finding.key.as_str(), |ui| row::finding_ui(ui, view, finding, state, actions));
    }
}

/// Those that were set aside, folded away until they are asked for.
fn suppressed_ui(
    ui: &mut Ui,
    view: &View<'_>,
    set_aside: &[&Finding],
    state: &mut FindingsState,
    actions: &mut Actions,
) {
    if set_aside.is_empty() {
        return;
    }
    ui.add_space(space::SMALL);
    let glyph = if state.show_suppressed { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    if crate::ui::widgets::text_button(ui, glyph, &tr!("{} suppressed", set_aside.len())).clicked() {
        state.show_suppressed = !state.show_suppressed;
    }
    if state.show_suppressed {
        for finding in set_aside.iter().take(MOST_SHOWN) {
            ui.push_id(finding.key.as_str(), |ui| row::suppressed_ui(ui, view, finding, actions));
        }
    }
}

/// The names of what a finding is about, the first few.
fn about(project: &Project, finding: &Finding) -> String {
    const SHOWN: usize = 3;
    let names: Vec<String> = finding.elements.iter().take(SHOWN).map(|element| project.name_of(element)).collect();
    match finding.elements.len() {
        0 => t("The plan as a whole").to_owned(),
        count if count > SHOWN => tr!("{0} and {1} more", names.join(", "), count - SHOWN),
        _ => names.join(", "),
    }
}
