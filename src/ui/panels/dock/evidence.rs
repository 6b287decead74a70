//! What the page claims, what was measured, and what the estimate leans on.

use egui::{Color32, FontId, Sense, Ui, vec2};
use egui_extras::{Column, TableBuilder};

use super::DockState;
use crate::{
    playbook::{Claim, Provenance},
    ui::{
        View,
        panels::phrases,
        theme::{Face, Tokens, text},
        widgets::{badge, search_field},
    },
};

const PARAGRAPH: f32 = 34.0;
const FIGURE: f32 = 110.0;
const KIND: f32 = 92.0;
const GAP: f32 = 12.0;

pub(super) fn evidence_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState) {
    let session = view.session;
    let (playbook, estimate) = (&session.engine().playbook, &session.assessment().estimate);
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let width = (ui.available_width() * 0.34).clamp(170.0, 280.0);
        ui.allocate_ui(vec2(width, 30.0), |ui| search_field(ui, &mut state.evidence_search, "Find a claim..."));
        if !session.assessment().verdict.assignment.is_empty() {
            let leans = phrases::leans_sentence(playbook, estimate);
            let words = format!("{leans}. {}", phrases::extrapolation_sentence(estimate));
            let label = egui::Label::new(text(&words, Face::Regular, 12.0).color(tokens.muted)).truncate();
            ui.add(label).on_hover_text(format!(
                "{words}.\nThe weight of a case is what its published figure adds to the median effort per unit"
            ));
        }
    });
    let words = state.evidence_search.trim().to_lowercase();
    let found: Vec<&Claim> = playbook.claims.iter().filter(|claim| matches(claim, &words)).collect();
    if found.is_empty() {
        ui.label(text("No claim says that", Face::Regular, 13.0).color(tokens.muted));
        return;
    }
    table_ui(ui, &found);
}

fn matches(claim: &Claim, words: &str) -> bool {
    let kind = phrases::provenance(claim.provenance);
    let text = format!(
        "¶{} {} {} {} {} {kind}",
        claim.paragraph, claim.claim, claim.page_figure, claim.measured, claim.verdict
    )
    .to_lowercase();
    words.split_whitespace().all(|word| text.contains(word))
}

fn table_ui(ui: &mut Ui, claims: &[&Claim]) {
    ui.spacing_mut().item_spacing.x = GAP;
    let scroll_bar = 10.0;
    let rest = ui.available_width() - PARAGRAPH - FIGURE - KIND - 5.0 * GAP - scroll_bar;
    let wide = (rest / 3.0).max(120.0);
    let font = Face::Regular.at(12.0);
    let heights: Vec<f32> = claims
        .iter()
        .map(|claim| {
            let tallest =
                [(&claim.claim, wide), (&claim.measured, wide), (&claim.verdict, wide), (&claim.page_figure, FIGURE)]
                    .into_iter()
                    .map(|(words, width)| height_of(ui, words, font.clone(), width))
                    .fold(20.0, f32::max);
            tallest + 10.0
        })
        .collect();
    egui::ScrollArea::horizontal().id_salt("evidence").show(ui, |ui| {
        let table = TableBuilder::new(ui)
            .id_salt("claims")
            .striped(true)
            .auto_shrink([false, false])
            .min_scrolled_height(60.0)
            .cell_layout(egui::Layout::left_to_right(egui::Align::TOP).with_main_wrap(true))
            .column(Column::exact(PARAGRAPH))
            .column(Column::exact(wide))
            .column(Column::exact(FIGURE))
            .column(Column::exact(wide))
            .column(Column::exact(wide))
            .column(Column::exact(KIND));
        table
            .header(22.0, |mut header| {
                for title in ["¶", "The page says", "Its figure", "Measured or computed", "What to make of it", "Kind"]
                {
                    header.col(|ui| {
                        ui.label(text(title, Face::SemiBold, 11.0).color(Tokens::of(ui).faint));
                    });
                }
            })
            .body(|body| {
                body.heterogeneous_rows(heights.into_iter(), |mut row| {
                    let claim = claims[row.index()];
                    row.col(|ui| cell(ui, &format!("¶{}", claim.paragraph), Tokens::of(ui).faint));
                    row.col(|ui| cell(ui, &claim.claim, Tokens::of(ui).text));
                    row.col(|ui| cell(ui, &claim.page_figure, Tokens::of(ui).text));
                    row.col(|ui| cell(ui, &claim.measured, Tokens::of(ui).muted));
                    row.col(|ui| cell(ui, &claim.verdict, Tokens::of(ui).text));
                    row.col(|ui| kind_ui(ui, claim));
                });
            });
    });
}

fn height_of(ui: &Ui, words: &str, font: FontId, width: f32) -> f32 {
    ui.painter().layout(words.to_owned(), font, Color32::PLACEHOLDER, width).size().y
}

fn cell(ui: &mut Ui, words: &str, colour: Color32) {
    let width = ui.available_width();
    let galley = ui.painter().layout(words.to_owned(), Face::Regular.at(12.0), colour, width);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, colour);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}

fn kind_ui(ui: &mut Ui, claim: &Claim) {
    let tokens = Tokens::of(ui);
    let pair = match claim.provenance {
        Provenance::Claim => tokens.framework(""),
        Provenance::Assumption => tokens.warning,
        Provenance::Measured => tokens.accent,
        Provenance::Update => tokens.sticky,
    };
    let response = badge(ui, phrases::provenance(claim.provenance), pair);
    if !claim.checked.is_empty() {
        response.on_hover_text(format!("Checked {}", claim.checked));
    }
}
