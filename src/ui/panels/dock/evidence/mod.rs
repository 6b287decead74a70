//! What the page claims, what was measured or has changed since, and where the plan uses it.

mod card;
mod foot;
mod list;
mod model;

use egui::{Align, ComboBox, Key, Modifiers, Ui, style::ScrollAnimation, vec2};

use crate::{
    assess::Uses,
    export::shown_table,
    lang::{later, t, tr},
    playbook::{Citation, Claim, PARAGRAPHS, Playbook, Provenance},
    text::one_line,
    ui::{
        Actions, View,
        copying::{self, Offer},
        icons,
        panels::phrases,
        theme::{Face, Tokens, icon, space, text},
        widgets::{paragraph_mark, search_field, segmented, text_size},
    },
};

/// Which claims are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All of the chosen paragraph.
    #[default]
    All,
    /// What the open plan stands on.
    InPlan,
    /// What the capacity model can be held against.
    Modelled,
    /// One kind of knowledge.
    Kind(Provenance),
}

const SHOWS: [(Show, &str); 6] = [
    (Show::All, later("All")),
    (Show::InPlan, later("In this plan")),
    (Show::Kind(Provenance::Measured), later("Measured")),
    (Show::Modelled, later("Model")),
    (Show::Kind(Provenance::Update), later("Updates")),
    (Show::Kind(Provenance::Claim), later("Claims only")),
];

/// What the tab remembers.
#[derive(Clone, Debug)]
pub struct EvidenceState {
    /// The chosen paragraph.
    pub paragraph: u8,
    /// What is searched for.
    pub search: String,
    /// Which claims are shown.
    pub show: Show,
    /// The reason that led here.
    cited: Option<Citation>,
    /// Whether the claims start from the top (or from what was cited) with the next frame.
    rewind: bool,
}

impl Default for EvidenceState {
    fn default() -> Self {
        Self { paragraph: 1, search: String::new(), show: Show::All, cited: None, rewind: false }
    }
}

impl EvidenceState {
    /// Leads to the claims behind a citation.
    pub fn show(&mut self, citation: Citation) {
        *self = Self { paragraph: citation.paragraph, cited: Some(citation), rewind: true, ..Self::default() };
    }

    fn choose(&mut self, paragraph: u8) {
        self.paragraph = paragraph;
        self.cited = None;
        self.rewind = true;
    }

    /// Whether claims of several paragraphs are looked through, instead of one being read.
    fn is_looking(&self) -> bool {
        self.show != Show::All || !self.search.trim().is_empty()
    }
}

/// From this width on, the kinds stand side by side instead of in a menu.
const KINDS_FROM: f32 = 700.0;
/// From this width on, the paragraphs are listed with their titles instead of by number alone.
const TITLES_FROM: f32 = 560.0;

pub(super) fn evidence_ui(ui: &mut Ui, view: &View<'_>, state: &mut EvidenceState, actions: &mut Actions) {
    let playbook = &view.session.engine().playbook;
    let uses = view.session.uses();
    head_ui(ui, view, state);
    ui.add_space(space::TINY);
    let found = found(playbook, uses, state);
    let area = ui.available_rect_before_wrap();
    let list_width = if area.width() < TITLES_FROM { list::NUMBERS } else { (area.width() * 0.33).min(292.0).round() };
    let column = |ui: &mut Ui, salt: &str, left: f32, right: f32| {
        let rect = egui::Rect::from_x_y_ranges(left..=right, area.y_range());
        let mut column = ui.new_child(egui::UiBuilder::new().id_salt(salt).max_rect(rect));
        column.shrink_clip_rect(rect.expand(2.0));
        column
    };
    let split = area.left() + list_width;
    list::list_ui(&mut column(ui, "paragraphs", area.left(), split), view, &found, state);
    ui.painter().vline(split + 6.0, area.y_range(), egui::Stroke::new(1.0, Tokens::of(ui).line));
    claims_ui(&mut column(ui, "claims", split + 14.0, area.right()), view, &found, state, actions);
    let csv = || csv(view, &found, state);
    copying::menu(ui, area.with_min_x(split + 14.0), Offer::table("evidence", &csv));
    ui.advance_cursor_after_rect(area);
}

/// The claims that are shown, for a spreadsheet.
fn csv(view: &View<'_>, found: &[&Claim], state: &EvidenceState) -> String {
    let heads = [
        t("Paragraph"),
        t("Claim"),
        t("The page's figure"),
        t("Measured"),
        t("How"),
        t("What our model gives"),
        t("What to make of it"),
        t("Kind"),
        t("Checked"),
    ];
    let shown = found.iter().filter(|claim| state.is_looking() || claim.paragraph == state.paragraph);
    let row = |claim: &&Claim| {
        let kind = phrases::provenance(claim.provenance).to_owned();
        let mut cells = vec![claim.paragraph.to_string()];
        let model = view.session.model_rows(&claim.id).iter().map(|row| format!("{}: {}", row.label, row.model));
        let model = model.collect::<Vec<_>>().join("; ");
        let Claim { claim, page_figure, measured, how, verdict, checked, .. } = claim;
        let texts = [claim, page_figure, measured, how, &model, verdict, &kind, checked];
        cells.extend(texts.into_iter().map(|text| one_line(text)));
        cells
    };
    shown_table(heads, shown.map(row))
}

/// The claims that search and kind leave over, in the order of the page.
fn found<'a>(playbook: &'a Playbook, uses: &Uses, state: &EvidenceState) -> Vec<&'a Claim> {
    let mut found = playbook.find_claims(&state.search);
    found.retain(|claim| match state.show {
        Show::All => true,
        Show::InPlan => uses.stand_on(claim),
        Show::Modelled => !claim.model.is_empty(),
        Show::Kind(kind) => claim.provenance == kind,
    });
    found
}

/// Search, kinds, and what the estimate leans on.
fn head_ui(ui: &mut Ui, view: &View<'_>, state: &mut EvidenceState) {
    let before = (state.search.clone(), state.show);
    ui.horizontal(|ui| {
        let wide = ui.available_width() >= KINDS_FROM;
        let width = if wide { 220.0 } else { (ui.available_width() - 176.0).max(140.0) };
        // In a place of its own: what stands behind it must not move when the field gets its button.
        let (place, _) = ui.allocate_exact_size(vec2(width, 32.0), egui::Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().id_salt("search").max_rect(place));
        let field = search_field(&mut inner, &mut state.search, t("Find a claim..."));
        if field.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
            list::focus(ui, state.paragraph);
        }
        if wide {
            if let Some(show) = segmented(ui, "show", 470.0, state.show, &SHOWS.map(|(show, label)| (show, t(label)))) {
                state.show = show;
            }
        } else {
            let label = SHOWS.iter().find(|(show, _)| *show == state.show).map_or("", |(_, label)| t(label));
            let combo = ComboBox::from_id_salt("show").selected_text(label).width(112.0).show_ui(ui, |ui| {
                for (show, label) in SHOWS.map(|(show, label)| (show, t(label))) {
                    ui.selectable_value(&mut state.show, show, label);
                }
            });
            combo.response.accessible_name(t("Show"));
        }
        leans_ui(ui, view);
    });
    if before != (state.search.clone(), state.show) {
        state.cited = None;
        state.rewind = true;
    }
}

/// What the estimate leans on: in words where there is room, else on hover.
fn leans_ui(ui: &mut Ui, view: &View<'_>) {
    let session = view.session;
    if session.assessment().verdict.assignment.is_empty() {
        return;
    }
    let (tokens, estimate) = (Tokens::of(ui), &session.assessment().estimate);
    let leans = phrases::leans_sentence(&session.engine().playbook, estimate);
    let words = format!("{leans}. {}", phrases::extrapolation_sentence(estimate));
    let hover =
        tr!("{words}.\nThe weight of a case is what its published figure adds to the median effort per unit", words);
    let sign = ui.label(icon(icons::SCALE, 14.0).color(tokens.muted));
    sign.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &leans));
    sign.on_hover_text(&hover);
    if ui.available_width() > 120.0 {
        let label = egui::Label::new(text(&words, Face::Regular, 12.0).color(tokens.muted)).truncate();
        ui.add(label).on_hover_text(hover);
    }
}

fn claims_ui(ui: &mut Ui, view: &View<'_>, found: &[&Claim], state: &mut EvidenceState, actions: &mut Actions) {
    // Straight there: what is looked up is read, not watched going by.
    let mut scroll = egui::ScrollArea::vertical().id_salt("claims").auto_shrink([false, false]);
    if state.rewind {
        scroll = scroll.vertical_scroll_offset(0.0);
    }
    scroll.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        if !state.is_looking() {
            paragraph_ui(ui, view, state, state.paragraph, found, actions);
            foot::foot_ui(ui, view, state.paragraph, actions);
        } else if found.is_empty() {
            nothing_ui(ui, state);
        } else {
            for paragraph in (1..=PARAGRAPHS).filter(|paragraph| found.iter().any(|one| one.paragraph == *paragraph)) {
                let heading = paragraph_ui(ui, view, state, paragraph, found, actions);
                if state.rewind && paragraph == state.paragraph {
                    ui.scroll_to_rect_animation(heading, Some(Align::TOP), ScrollAnimation::none());
                }
            }
        }
        ui.add_space(space::TINY);
    });
    state.rewind = false;
}

/// A paragraph: its title and what was found of its claims. Gives the place of the title.
fn paragraph_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &EvidenceState,
    paragraph: u8,
    found: &[&Claim],
    actions: &mut Actions,
) -> egui::Rect {
    let claims: Vec<&&Claim> = found.iter().filter(|claim| claim.paragraph == paragraph).collect();
    let heading = heading_ui(ui, view, paragraph, claims.len()).rect;
    if claims.is_empty() {
        let words = t("The playbook holds no claim of this paragraph");
        ui.label(text(words, Face::Regular, 13.0).color(Tokens::of(ui).muted));
    }
    for claim in claims {
        let cited = state.cited.as_ref().filter(|cited| claim.carries(&cited.subject));
        let response = card::card_ui(ui, view, claim, cited, actions);
        if cited.is_some() && state.rewind {
            response.scroll_to_me_animation(None, ScrollAnimation::none());
        }
    }
    heading
}

fn nothing_ui(ui: &mut Ui, state: &EvidenceState) {
    let words = if state.search.trim().is_empty() {
        t("Nothing of this kind: the plan stands on no claim yet").to_owned()
    } else {
        tr!("No claim says \"{}\"; try fewer words, a paragraph like ¶4, or another kind", state.search.trim())
    };
    ui.label(text(words, Face::Regular, 13.0).color(Tokens::of(ui).muted));
}

fn heading_ui(ui: &mut Ui, view: &View<'_>, paragraph: u8, claims: usize) -> egui::Response {
    let tokens = Tokens::of(ui);
    let title = view.session.engine().playbook.paragraph_title(paragraph);
    ui.horizontal(|ui| {
        ui.label(text(paragraph_mark(paragraph), Face::SemiBold, 14.0).color(tokens.faint));
        let count = if claims == 1 { t("1 claim").to_owned() } else { tr!("{claims} claims", claims) };
        let room = ui.available_width() - text_size(ui, &count, Face::Regular.at(12.0)).x - space::MEDIUM;
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(egui::Label::new(text(title, Face::SemiBold, 14.0)).truncate());
        });
        ui.label(text(count, Face::Regular, 12.0).color(tokens.muted));
    })
    .response
}
