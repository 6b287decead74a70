//! The reasons of a verdict as a table with bars that adds up: chosen framework over its rival, in decibans.

use egui::{Color32, Rect, Sense, Stroke, Ui, pos2, vec2};
use indexmap::IndexMap;

use crate::{
    assess::{ComponentAdvice, Reason, reasons_for},
    export::csv_table,
    figures,
    lang::{t, tr},
    playbook::{Citation, Criterion, CriterionId, Playbook},
    project::FrameworkId,
    session::{Action, Request},
    ui::{
        Actions,
        copying::{Offer, copied},
        panels::phrases::short_name,
        theme::{Face, Tokens, space, text},
        widgets::{framework_look, hairline, paragraph_font, paragraph_link_at, paragraph_mark, paragraph_size},
    },
};

/// One line of the waterfall.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line<'a> {
    /// The reason in a few words.
    pub(super) label: &'a str,
    /// Its paragraph, if it has one.
    pub(super) paragraph: Option<u8>,
    /// What it adds to the margin, in decibans.
    pub(super) decibans: f64,
    /// The criterion behind it; `None` for what holds before any evidence.
    pub(super) criterion: Option<&'a CriterionId>,
    /// How far the criterion holds, 0 to 1.
    pub(super) strength: f64,
}

/// The lines that sum to the margin of `advice`: what speaks for the framework first, then what speaks for its rival.
pub(super) fn lines<'a>(playbook: &Playbook, advice: &'a ComponentAdvice) -> Vec<Line<'a>> {
    let mut by_criterion: IndexMap<&CriterionId, Line<'a>> = IndexMap::new();
    let mut add = |reasons: Vec<&'a Reason>, sign: f64| {
        for reason in reasons {
            let line = by_criterion.entry(&reason.criterion).or_insert(Line {
                label: &reason.label,
                paragraph: Some(reason.paragraph),
                decibans: 0.0,
                criterion: Some(&reason.criterion),
                strength: reason.strength,
            });
            line.decibans += sign * reason.decibans;
        }
    };
    add(reasons_for(playbook, advice, &advice.framework), 1.0);
    if let Some(rival) = &advice.rival {
        add(reasons_for(playbook, advice, rival), -1.0);
    }
    let mut lines: Vec<Line<'a>> = by_criterion.into_values().filter(|line| line.decibans.abs() > 1e-9).collect();
    lines.sort_by(|a, b| {
        (b.decibans > 0.0).cmp(&(a.decibans > 0.0)).then(b.decibans.abs().total_cmp(&a.decibans.abs()))
    });
    let prior = |id: &FrameworkId| advice.scores.iter().find(|s| s.framework == *id).map_or(0.0, |s| s.prior_db);
    let prior_db = prior(&advice.framework) - advice.rival.as_ref().map_or(0.0, prior);
    if prior_db != 0.0 {
        let label = t("Before any evidence");
        lines.push(Line { label, paragraph: None, decibans: prior_db, criterion: None, strength: 1.0 });
    }
    lines
}

/// The waterfall of a component.
pub(super) fn waterfall_ui(ui: &mut Ui, playbook: &Playbook, advice: &ComponentAdvice, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let lines = lines(playbook, advice);
    if lines.is_empty() {
        let words = t("Nothing speaks for either yet: tag what it must cope with");
        ui.label(text(words, Face::Regular, 12.5).color(tokens.muted));
        return;
    }
    let largest = lines.iter().map(|line| line.decibans.abs()).fold(0.0, f64::max);
    let csv = || {
        let row = |line: &Line<'_>| {
            let paragraph = line.paragraph.map_or_else(String::new, |paragraph| paragraph.to_string());
            vec![line.label.to_owned(), paragraph, crate::text::figure(line.decibans, 2)]
        };
        csv_table(&[t("Reason"), t("Paragraph"), t("Decibans")], lines.iter().map(row))
    };
    copied(ui, Offer::table("reasons", &csv), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for line in &lines {
            let favoured = if line.decibans > 0.0 { Some(&advice.framework) } else { advice.rival.as_ref() };
            if let Some(citation) = line_ui(ui, playbook, line, favoured, line.decibans.abs() / largest) {
                actions.push(Action::Request(Request::Evidence(citation)));
            }
        }
        ui.add_space(3.0);
        hairline(ui);
        sum_ui(ui, playbook, advice, lines.iter().map(|line| line.decibans).sum());
    });
    ui.add_space(space::TINY);
}

impl Line<'_> {
    /// What its mark leads to.
    fn citation(&self) -> Option<Citation> {
        Some(Citation::criterion(self.paragraph?, self.criterion?))
    }
}

/// A line; gives its citation once the line or its mark is clicked. The mark is what the keyboard reaches.
fn line_ui(
    ui: &mut Ui,
    playbook: &Playbook,
    line: &Line<'_>,
    favoured: Option<&FrameworkId>,
    length: f64,
) -> Option<Citation> {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let label_width = width * 0.52;
    let mut job = egui::text::LayoutJob::default();
    job.append(line.label, 0.0, egui::TextFormat::simple(Face::Regular.at(12.0), tokens.text));
    // The mark keeps its place in the text and is painted there as a link.
    let citation = line.citation();
    if let Some(citation) = &citation {
        let mark = egui::TextFormat::simple(paragraph_font(), Color32::TRANSPARENT);
        job.append(&format!(" {}", paragraph_mark(citation.paragraph)), 0.0, mark);
    }
    job.wrap.max_width = label_width - 6.0;
    let galley = ui.painter().layout_job(job);
    let sense = if citation.is_some() { Sense::CLICK } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y + 4.0), sense);
    if response.contains_pointer() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 4, tokens.sunken);
    }
    let text_at = rect.min + vec2(0.0, 2.0);
    // A mark that did not fit stands at the beginning of the next row, not at the end of this one.
    let before_mark =
        egui::text::CCursor { index: egui::text::CharIndex(line.label.chars().count() + 1), prefer_next_row: true };
    let (place, line_height) = (galley.pos_from_cursor(before_mark), paragraph_size(ui, 1).y);
    // Sections of a line stand on its bottom.
    let mark_at = text_at + vec2(place.left(), place.bottom() - line_height);
    ui.painter().galley(text_at, galley, tokens.text);
    let colour = favoured.map_or(tokens.muted, |id| framework_look(ui, playbook, id).1.ink);
    let bar_left = rect.left() + label_width;
    let room = rect.right() - 44.0 - bar_left;
    let bar = Rect::from_center_size(rect.left_center(), vec2(0.0, 9.0));
    let bar = Rect::from_x_y_ranges(bar_left..=bar_left + (room * length as f32).max(2.0), bar.y_range());
    ui.painter().rect_filled(bar, 3, colour);
    let right = egui::Align2::RIGHT_CENTER;
    ui.painter().text(
        rect.right_center(),
        right,
        figures::decibans(line.decibans),
        Face::Regular.at(12.0),
        tokens.muted,
    );
    let spoken = format!("{}: {} dB", line.label, figures::decibans(line.decibans));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    let criterion = line.criterion.and_then(|id| playbook.criteria.get(id));
    let favours = favoured.map_or("", |id| short_name(playbook, id));
    let response = response.on_hover_ui(|ui| match criterion {
        Some(criterion) => hover_ui(ui, criterion, line, favours, colour),
        None => drop(ui.label(t("What is asked of a framework beyond its rival, before anything is known"))),
    });
    let citation = citation?;
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    let by_mark = paragraph_link_at(ui, mark_at, playbook, &citation);
    (by_mark || response.clicked()).then_some(citation)
}

fn hover_ui(ui: &mut Ui, criterion: &Criterion, line: &Line<'_>, favours: &str, colour: Color32) {
    let tokens = Tokens::of(ui);
    ui.set_max_width(300.0);
    ui.label(&criterion.reason);
    let held = tr!(
        "Holds {0} and favours {favours} by {1} dB",
        figures::share(line.strength),
        crate::text::figure(line.decibans.abs(), 1),
        favours
    );
    ui.label(text(held, Face::Medium, 12.0).color(colour));
    ui.label(text(&criterion.weight_reason, Face::Regular, 12.0).color(tokens.muted));
    let marks: Vec<String> = criterion.paragraphs.iter().map(|p| format!("¶{p}")).collect();
    let source = crate::ui::panels::phrases::provenance(criterion.provenance);
    let words = tr!("{source} · {} · click for the claims behind it", marks.join(", "), source);
    ui.label(text(words, Face::Regular, 11.0).color(tokens.faint));
}

fn sum_ui(ui: &mut Ui, playbook: &Playbook, advice: &ComponentAdvice, sum_db: f64) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let over = advice.rival.as_ref().map_or_else(String::new, |rival| tr!(" over {}", short_name(playbook, rival)));
    let words = format!("{}{over}", short_name(playbook, &advice.framework));
    let font = Face::Medium.at(12.0);
    ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, &words, font.clone(), tokens.text);
    let sum = format!("{} dB", figures::decibans(sum_db));
    let at = pos2(rect.right(), rect.center().y);
    ui.painter().text(at, egui::Align2::RIGHT_CENTER, &sum, Face::SemiBold.at(12.0), tokens.text);
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::NONE);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{words}: {sum}")));
}
