//! What changed between two projects: by what sort of thing it is, to be folded, scrolled and copied.

use std::collections::BTreeSet;

use egui::{Key, Label, Response, ScrollArea, Ui, vec2};

use super::{default_button, modal};
use crate::{
    explain::difference::{Drawn, Group, Row, Told},
    lang::{later, t, tr},
    playbook::Playbook,
    project::{Project, difference::Change},
    session::{Action, Request},
    ui::{
        Actions, icons,
        theme::{Face, Tokens, icon, space, text},
    },
};

/// Height of a line.
const LINE: f32 = 22.0;
/// How far what belongs to a line stands to its right.
const INDENT: f32 = 22.0;
/// Groups of more changes than this begin folded, where there are several groups.
const LONG: usize = 40;

/// The difference of two projects, made once and shown until it is closed. Whatever has two projects in its hands can show it:
///
/// ```text
/// let dialog = DifferenceDialog::new(&engine.playbook, ("The file on disk", &theirs), ("The draft of 10:42", &ours));
/// // in each frame
/// if dialog.ui(ctx, &mut actions) { /* it is to be closed */ }
/// ```
///
/// In the window `Groundplan::show_difference` does all of it.
#[derive(Clone, Debug)]
pub struct DifferenceDialog {
    titles: [String; 2],
    told: Told,
    figures: Vec<String>,
    folded: BTreeSet<&'static str>,
}

/// A line of the list.
#[derive(Clone, Copy)]
enum Line<'a> {
    Figure(&'a str),
    Group(&'a Group),
    Row(&'a Row),
    Detail(&'a Row, &'a str),
    Drawing,
    Drawn(&'a Drawn),
    Order,
}

/// The title over what differs on the drawing alone.
const DRAWING: &str = later("On the drawing");

impl DifferenceDialog {
    /// What leads from one project to another, each with what it is called: `The file on disk`, `The draft of 10:42`.
    pub fn new(playbook: &Playbook, from: (&str, &Project), to: (&str, &Project)) -> Self {
        let told = Told::new(playbook, from.1, to.1);
        let is_long = |group: &&Group| told.groups.len() > 1 && group.rows.len() > LONG;
        let folded = told.groups.iter().filter(is_long).map(|group| group.title).collect();
        Self { titles: [from.0.to_owned(), to.0.to_owned()], told, figures: Vec::new(), folded }
    }

    /// Says in numbers what it comes to, above the list.
    pub fn set_figures(&mut self, figures: Vec<String>) {
        self.figures = figures;
    }

    /// Shows the dialog; returns whether it is to be closed.
    pub fn ui(&mut self, ctx: &egui::Context, actions: &mut Actions) -> bool {
        let response = modal(ctx, "difference", t("What changed"), 660.0, |ui| {
            let tokens = Tokens::of(ui);
            for (way, title) in [(t("From"), &self.titles[0]), (t("To"), &self.titles[1])] {
                let line = text(format!("{way}: {title}"), Face::Regular, 12.5).color(tokens.muted);
                ui.add(Label::new(line).truncate());
            }
            ui.add_space(space::TINY);
            ui.add(Label::new(text(self.told.summary(), Face::Medium, 13.0)).wrap());
            ui.add_space(space::SMALL);
            self.list_ui(ui);
            ui.add_space(space::MEDIUM);
            ui.horizontal(|ui| {
                let closed = default_button(ui, t("Close")).clicked();
                if ui.button(t("Copy")).on_hover_text(t("Copy all of it as text")).clicked() {
                    actions.push(Action::Request(Request::CopyText(self.in_words())));
                }
                closed
            })
            .inner
        });
        response.should_close() || response.inner
    }

    /// All of it as text.
    pub fn in_words(&self) -> String {
        let [from, to] = &self.titles;
        let head = [tr!("From: {from}", from), tr!("To: {to}", to), self.told.summary(), String::new()];
        let lines = head.into_iter().chain(self.figures.iter().cloned()).chain(self.told.lines());
        lines.map(|line| line + "\n").collect()
    }

    fn list_ui(&mut self, ui: &mut Ui) {
        let lines = self.lines();
        if lines.is_empty() {
            return;
        }
        let height = (ui.ctx().content_rect().height() - 320.0).clamp(120.0, 460.0);
        let mut toggled = None;
        let area = ScrollArea::vertical().id_salt("changes").max_height(height).auto_shrink([false, true]);
        let spacing = ui.spacing().item_spacing.y;
        area.show_rows(ui, LINE - spacing, lines.len(), |ui, range| {
            scroll_by_keys(ui, height);
            for line in &lines[range] {
                if let Some(title) = line_ui(ui, *line, &self.folded) {
                    toggled = Some(title);
                }
            }
        });
        if let Some(title) = toggled
            && !self.folded.remove(title)
        {
            self.folded.insert(title);
        }
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = self.figures.iter().map(|words| Line::Figure(words)).collect();
        for group in &self.told.groups {
            lines.push(Line::Group(group));
            if self.folded.contains(group.title) {
                continue;
            }
            for row in &group.rows {
                lines.push(Line::Row(row));
                lines.extend(row.details.iter().map(|detail| Line::Detail(row, detail)));
            }
        }
        if !self.told.drawing.is_empty() {
            lines.push(Line::Drawing);
            if !self.folded.contains(t(DRAWING)) {
                lines.extend(self.told.drawing.iter().map(Line::Drawn));
            }
        }
        if self.told.reordered {
            lines.push(Line::Order);
        }
        lines
    }
}

/// The list follows the keys as long as nothing in the dialog has the keyboard for itself.
fn scroll_by_keys(ui: &Ui, height: f32) {
    let pressed = |key| ui.input(|input| input.num_presses(key)) as f32;
    let page = height - LINE;
    let steps = [
        (Key::ArrowUp, LINE),
        (Key::ArrowDown, -LINE),
        (Key::PageUp, page),
        (Key::PageDown, -page),
        (Key::Home, f32::from(u16::MAX) * LINE),
        (Key::End, -f32::from(u16::MAX) * LINE),
    ];
    let moved: f32 = steps.into_iter().map(|(key, step)| pressed(key) * step).sum();
    if moved != 0.0 {
        ui.scroll_with_delta_animation(vec2(0.0, moved), egui::style::ScrollAnimation::none());
    }
}

/// One line; gives the title of the group that is to be folded or unfolded by it.
fn line_ui(ui: &mut Ui, line: Line<'_>, folded: &BTreeSet<&'static str>) -> Option<&'static str> {
    let tokens = Tokens::of(ui);
    let plain = |words: &str| text(words, Face::Regular, 12.5);
    match line {
        Line::Figure(words) => {
            in_row(ui, 0.0, |ui| ui.add(Label::new(plain(words).color(tokens.text)).truncate()));
        }
        Line::Group(group) => {
            let words = format!("{} ({})", group.title, group.rows.len());
            return head_ui(ui, group.title, &words, folded);
        }
        Line::Drawing => return head_ui(ui, t(DRAWING), t(DRAWING), folded),
        Line::Row(row) => {
            let colour = match row.change {
                Change::Added => tokens.accent.ink,
                Change::Removed => tokens.error.ink,
                Change::Changed => tokens.muted,
            };
            in_row(ui, INDENT, |ui| {
                ui.add(Label::new(text(row.change.sign(), Face::SemiBold, 13.0).color(colour)));
                let name = text(&row.name, Face::Medium, 13.0).color(tokens.text);
                ui.add(Label::new(name).truncate()).on_hover_text(row.change.word())
            });
        }
        Line::Detail(row, words) => {
            let colour = if row.change == Change::Removed { tokens.muted } else { tokens.text };
            in_row(ui, 2.0 * INDENT, |ui| ui.add(Label::new(plain(words).color(colour)).truncate()));
        }
        Line::Drawn(drawn) => {
            in_row(ui, INDENT, |ui| ui.add(Label::new(plain(&drawn.line()).color(tokens.muted)).truncate()));
        }
        Line::Order => {
            in_row(ui, 0.0, |ui| ui.label(plain(t("Entries stand in another order")).color(tokens.muted)));
        }
    }
    None
}

/// The head of a group: a button that folds it.
fn head_ui(ui: &mut Ui, title: &'static str, words: &str, folded: &BTreeSet<&'static str>) -> Option<&'static str> {
    let tokens = Tokens::of(ui);
    let is_folded = folded.contains(title);
    let glyph = if is_folded { icons::CHEVRON_RIGHT } else { icons::CHEVRON_DOWN };
    let response = in_row(ui, 0.0, |ui| {
        let words = text(words, Face::SemiBold, 12.5).color(tokens.text);
        ui.add(egui::Button::new((icon(glyph, 12.0).color(tokens.muted), words)).frame(false))
    });
    response.widget_info(|| {
        let state = if is_folded { t("folded") } else { t("unfolded") };
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{words}, {state}"))
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.clicked().then_some(title)
}

fn in_row(ui: &mut Ui, indent: f32, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let size = vec2(ui.available_width(), LINE - ui.spacing().item_spacing.y);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_height(size.y);
        ui.add_space(indent);
        add(ui)
    })
    .inner
}
