//! Why this framework, and what a sceptic would ask: why not another, what would turn it, what is not known yet, what the
//! seam costs, and how much hangs on any one of our weights.

mod against;
mod asking;
mod robust;
mod seam;
mod services;
mod short_list;
mod turning;
mod verdict;

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo, vec2};

use super::DockState;
use crate::{
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius, space, text},
        widgets::{empty_state, one_line},
    },
};

pub(in crate::ui::panels) use turning::apply;

/// The questions the tab answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// What, and for each service why.
    #[default]
    Verdict,
    /// What speaks against one framework for everything.
    Against,
    /// What would turn it.
    Turning,
    /// What is worth asking next.
    Asking,
    /// What crosses between frameworks, and its price.
    Seam,
    /// How much hangs on any one weight.
    Robust,
}

impl Topic {
    /// Every topic in its order.
    pub const ALL: [Self; 6] = [Self::Verdict, Self::Against, Self::Turning, Self::Asking, Self::Seam, Self::Robust];

    /// Its name in the list.
    pub fn label(self) -> &'static str {
        match self {
            Self::Verdict => "Verdict",
            Self::Against => "Why not another",
            Self::Turning => "What would turn it",
            Self::Asking => "Ask next",
            Self::Seam => "Seam",
            Self::Robust => "How robust",
        }
    }
}

const RAIL: f32 = 136.0;

pub(super) fn recommendation_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    if view.session.assessment().verdict.assignment.is_empty() {
        let line = "Drag a service from the palette, and its framework is weighed at once";
        if empty_state(ui, icons::SCALE, line, Some((icons::BOOK_OPEN, "Open a case study"))) {
            actions.push(Action::Request(Request::Welcome));
        }
        return;
    }
    let area = ui.available_rect_before_wrap();
    let rail = area.with_max_x(area.left() + RAIL);
    let contents = area.with_min_x(area.left() + RAIL + space::LARGE);
    ui.scope_builder(egui::UiBuilder::new().id_salt("topics").max_rect(rail), |ui| topics_ui(ui, state));
    let line = egui::Stroke::new(1.0, Tokens::of(ui).line);
    ui.painter().vline(rail.right() + space::SMALL, area.y_range(), line);
    let builder = egui::UiBuilder::new().id_salt(state.topic.label()).max_rect(contents);
    let mut child = ui.new_child(builder);
    child.shrink_clip_rect(contents.expand(2.0));
    match state.topic {
        Topic::Verdict => verdict::verdict_ui(&mut child, view, actions),
        Topic::Against => against::against_ui(&mut child, view, actions),
        Topic::Turning => turning::turning_ui(&mut child, view, actions),
        Topic::Asking => asking::asking_ui(&mut child, view, actions),
        Topic::Seam => seam::seam_ui(&mut child, view, actions),
        Topic::Robust => robust::robust_ui(&mut child, view, actions),
    }
    // The panel keeps its height whatever stands in it.
    ui.advance_cursor_after_rect(area);
}

fn topics_ui(ui: &mut Ui, state: &mut DockState) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 1.0;
    for topic in Topic::ALL {
        let (rect, response) = ui.allocate_exact_size(vec2(RAIL, 26.0), Sense::click());
        let selected = state.topic == topic;
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, topic.label()));
        if selected || response.hovered() {
            let fill = if selected { tokens.accent.surface } else { tokens.sunken };
            ui.painter().rect_filled(rect, radius::CONTROL, fill);
        }
        if response.has_focus() {
            let line = egui::Stroke::new(1.5, tokens.accent.ink);
            ui.painter().rect_stroke(rect, radius::CONTROL, line, egui::StrokeKind::Inside);
        }
        let (face, ink) = if selected { (Face::Medium, tokens.accent.ink) } else { (Face::Regular, tokens.text) };
        one_line(ui, rect.left_center() + vec2(10.0, 0.0), RAIL - 16.0, topic.label(), face.at(12.5), ink);
        if response.clicked() {
            state.topic = topic;
        }
    }
}

/// Below this width a table does without what is said on hover as well.
const ROOMY: f32 = 620.0;

/// A sentence over a table.
fn lead(ui: &mut Ui, words: impl Into<String>) {
    ui.add(egui::Label::new(text(words, Face::SemiBold, 13.0)).wrap());
}

/// A line of explanation under a sentence.
fn remark(ui: &mut Ui, words: impl Into<String>) {
    let muted = Tokens::of(ui).muted;
    ui.add(egui::Label::new(text(words, Face::Regular, 12.0).color(muted)).wrap());
}

/// Says so where a question about the whole looks at a part of a very large plan.
fn part_only(ui: &mut Ui, view: &View<'_>) {
    if !view.session.engine().looks_at_all(view.session.project()) {
        remark(ui, "A large plan: only the services with the smallest leads are looked at here");
    }
}

/// The head of a column.
fn head(ui: &mut Ui, title: &str, hover: &str) {
    let response = ui.label(text(title, Face::SemiBold, 11.0).color(Tokens::of(ui).faint));
    if !hover.is_empty() {
        response.on_hover_text(hover);
    }
}

fn left<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| drop(add(ui)));
}

fn right<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| drop(add(ui)));
}

/// A cell with one line of words, cut where there is no more room.
fn cell(ui: &mut Ui, words: &str, face: Face, ink: egui::Color32) {
    ui.add(egui::Label::new(text(words, face, 12.5).color(ink)).truncate());
}
