//! One finding: what, where, why, and what can be done about it.

use egui::{Align, Color32, Key, Layout, Rect, Role, Sense, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{FindingsState, about};
use crate::{
    assess::Finding,
    lang::{t, tr},
    project::{Edit, MAX_REASON_BYTES},
    session::Action,
    text::paragraphs,
    ui::{
        Actions, View,
        theme::{Face, Tokens, radius, text},
        widgets::{link_button, severity_look},
    },
};

/// Where the words of a row begin.
const INDENT: f32 = 96.0;
/// Room at the end of a row for the way to set it aside.
const SUPPRESS: f32 = 92.0;

/// An open finding.
pub(super) fn finding_ui(
    ui: &mut Ui,
    view: &View<'_>,
    finding: &Finding,
    state: &mut FindingsState,
    actions: &mut Actions,
) {
    let current = view.session.current_finding().is_some_and(|current| current.key == finding.key);
    let response = head_ui(ui, view, finding, current);
    if response.clicked() {
        actions.push(Action::ShowFinding(finding.key.clone()));
    }
    state.entries.push((finding.key.clone(), response.id));
    if response.has_focus() {
        // Up and down go from finding to finding, not to the buttons between them; those are for Tab.
        let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    if state.reason.as_ref().is_some_and(|(key, _)| *key == finding.key) {
        indented(ui, |ui| reason_ui(ui, finding, state, actions));
    } else {
        if suppress_ui(ui, finding, response.rect) {
            state.reason = Some((finding.key.clone(), String::new()));
        }
        if !finding.fixes.is_empty() {
            indented(ui, |ui| fixes_ui(ui, finding, actions));
        }
    }
    if current && state.scrolled_to.as_ref() != Some(&finding.key) {
        state.scrolled_to = Some(finding.key.clone());
        let row = response.rect.union(Rect::from_pos(ui.cursor().min));
        // At once, so that quick steps from finding to finding do not chase each other.
        ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
    }
}

/// A button for each way to mend a finding.
pub(in crate::ui::panels) fn fixes_ui(ui: &mut Ui, finding: &Finding, actions: &mut Actions) {
    for fix in &finding.fixes {
        let label = tr!("Fix: {}", fix.label);
        if link_button(ui, &label).on_hover_text(t("One step that can be taken back")).clicked() {
            actions.push(Action::Mend(fix.clone()));
        }
    }
}

/// The way to set a finding aside, at the end of its first line; whether it was taken.
fn suppress_ui(ui: &mut Ui, finding: &Finding, head: Rect) -> bool {
    let room = Rect::from_min_max(
        pos2(head.right() - SUPPRESS, head.top() + 3.0),
        pos2(head.right() - 8.0, head.top() + 23.0),
    );
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
    child.spacing_mut().button_padding = vec2(0.0, 1.0);
    let suppress = link_button(&mut child, t("Suppress..."));
    let name = tr!("Suppress... {}", finding.message);
    suppress.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    suppress.on_hover_text(t("Set it aside with a reason; the project keeps both")).clicked()
}

/// A line that begins where the words of the rows do, and goes on there where it is too long.
fn indented(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let room = room.with_min_x(room.left() + INDENT);
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        ui.horizontal_wrapped(|ui| {
            let spacing = ui.spacing_mut();
            spacing.item_spacing = vec2(12.0, 2.0);
            spacing.button_padding = vec2(0.0, 1.0);
            spacing.interact_size.y = 18.0;
            contents(ui);
        });
    });
    ui.add_space(4.0);
}

/// The part that is clicked: severity, message, why, what it is about. Every row says why, so that the list keeps its
/// place when another one becomes the present one.
fn head_ui(ui: &mut Ui, view: &View<'_>, finding: &Finding, current: bool) -> egui::Response {
    let tokens = Tokens::of(ui);
    let (glyph, pair) = severity_look(tokens, finding.severity);
    let word = finding.severity.label();
    let width = ui.available_width();
    let mut lines = vec![(finding.message.clone(), 13.0, tokens.text)];
    if !finding.why.is_empty() {
        lines.push((finding.why.clone(), 12.0, tokens.muted));
    }
    let sources = paragraphs(&finding.paragraphs);
    let place = about(view.session.project(), finding);
    let line = if sources.is_empty() { place } else { format!("{place} · {sources}") };
    lines.push((line, 11.5, tokens.muted));
    let galley = paragraph(ui, &lines, width - INDENT - SUPPRESS - 8.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y + 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, current, format!("{word}: {}", finding.message)));
    if current || response.hovered() || response.has_focus() {
        let fill = if current { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    if response.has_focus() {
        let line = egui::Stroke::new(1.5, tokens.accent.ink);
        ui.painter().rect_stroke(rect, radius::CONTROL, line, egui::StrokeKind::Inside);
    }
    let middle = rect.top() + 13.0;
    let centre = egui::Align2::CENTER_CENTER;
    ui.painter().text(pos2(rect.left() + 16.0, middle), centre, glyph, Face::Icons.at(15.0), pair.ink);
    let left = egui::Align2::LEFT_CENTER;
    ui.painter().text(pos2(rect.left() + 32.0, middle), left, word, Face::Medium.at(12.0), pair.ink);
    ui.painter().galley(pos2(rect.left() + INDENT, rect.top() + 4.0), galley, tokens.text);
    response.on_hover_text(t("Show where it is"))
}

fn paragraph(ui: &Ui, lines: &[(String, f32, Color32)], width: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::default();
    for (at, (words, size, ink)) in lines.iter().enumerate() {
        let words = if at > 0 { format!("\n{words}") } else { words.clone() };
        job.append(&words, 0.0, egui::TextFormat::simple(Face::Regular.at(*size), *ink));
    }
    job.wrap.max_width = width;
    ui.painter().layout_job(job)
}

/// Asks why a finding is to stay.
fn reason_ui(ui: &mut Ui, finding: &Finding, state: &mut FindingsState, actions: &mut Actions) {
    let Some((_, reason)) = &mut state.reason else { return };
    let spacing = ui.spacing_mut();
    (spacing.button_padding, spacing.interact_size.y) = (vec2(8.0, 3.0), 24.0);
    let field = TextEdit::singleline(reason).hint_text(t("Why may it stay?")).char_limit(MAX_REASON_BYTES / 4);
    let room = (ui.available_width() - 160.0).clamp(120.0, 420.0);
    let response = ui.add(field.desired_width(room)).accessible_name(t("Reason"));
    let given = !reason.trim().is_empty();
    let by_key = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let left = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
    if !response.has_focus() && !response.lost_focus() && reason.is_empty() {
        response.request_focus();
    }
    let button =
        ui.add_enabled(given, egui::Button::new(t("Suppress"))).on_disabled_hover_text(t("Give a reason first"));
    let keep = button.clicked() || (by_key && given);
    let cancel = ui.button(t("Cancel")).clicked() || left;
    if keep {
        let edit = Edit::Suppress(finding.key.clone(), Some(reason.trim().to_owned()));
        actions.push(Action::edit(t("Suppress a finding"), vec![edit]));
    }
    if keep || cancel {
        state.reason = None;
    }
}

/// A finding that was set aside, with its reason and the way back.
pub(super) fn suppressed_ui(ui: &mut Ui, view: &View<'_>, finding: &Finding, actions: &mut Actions) {
    if head_ui(ui, view, finding, false).clicked() {
        actions.push(Action::ShowFinding(finding.key.clone()));
    }
    indented(ui, |ui| {
        let reason = tr!("Suppressed: {}", finding.suppressed.as_deref().unwrap_or_default());
        ui.label(text(&reason, Face::Regular, 12.0).color(Tokens::of(ui).muted));
        if link_button(ui, t("Show again")).clicked() {
            let edit = Edit::Suppress(finding.key.clone(), None);
            actions.push(Action::edit(t("Show a finding again"), vec![edit]));
        }
    });
}
