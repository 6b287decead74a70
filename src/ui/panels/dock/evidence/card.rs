//! One claim: what the page says, its figure, what was measured and how, what to make of it, and what stands on it.

use egui::{Color32, Rect, Response, Role, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    foot::{criterion_words, packages_ui, used_ui},
    model::model_ui,
};
use crate::{
    lang::{t, tr},
    playbook::{Citation, Claim, Criterion, Package, Playbook, Provenance, Subject, WorkItem},
    ui::{
        Actions, View, icons,
        panels::phrases,
        theme::{Face, Pair, Tokens, icon, space, text},
        widgets::badge,
    },
};

/// From this width on, figure, measurement and verdict stand side by side.
const COLUMNS_FROM: f32 = 400.0;

/// A claim as a card; `cited` if it is what a reason led to.
pub(super) fn card_ui(
    ui: &mut Ui,
    view: &View<'_>,
    claim: &Claim,
    cited: Option<&Citation>,
    actions: &mut Actions,
) -> Response {
    let tokens = Tokens::of(ui);
    let (line, width) = if cited.is_some() { (tokens.accent.ink, 1.5) } else { (tokens.line, 1.0) };
    let frame = egui::Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(width, line))
        .corner_radius(8)
        .inner_margin(egui::Margin::symmetric(12, 9));
    let shown = frame.show(ui, |ui| {
        ui.push_id(&claim.id, |ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            ui.set_width(ui.available_width());
            let playbook = &view.session.engine().playbook;
            if let Some(cited) = cited {
                came_from_ui(ui, playbook, &cited.subject);
            }
            title_ui(ui, claim);
            facts_ui(ui, claim);
            model_ui(ui, view.session.model_rows(&claim.id));
            if !claim.how.is_empty() {
                let how = text(tr!("How: {}", claim.how), Face::Regular, 11.0).color(tokens.faint);
                ui.add(egui::Label::new(how).wrap());
            }
            let mut criteria: Vec<&Criterion> =
                claim.criteria.iter().filter_map(|id| playbook.criteria.get(id)).collect();
            let mut items: Vec<&WorkItem> =
                claim.work_items.iter().filter_map(|id| playbook.work_items.get(id)).collect();
            if let Some(cited) = cited {
                // What led here stands first.
                criteria.sort_by_key(|one| cited.subject != Subject::Criterion(one.id.clone()));
                items.sort_by_key(|one| cited.subject != Subject::WorkItem(one.id.clone()));
            }
            used_ui(ui, view, &criteria, &items, actions);
            let named = |name: &String| playbook.packages.iter().find(|package| package.name == *name);
            let packages: Vec<&Package> = claim.packages.iter().filter_map(named).collect();
            packages_ui(ui, &packages);
        });
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &claim.claim));
    shown.response
}

fn came_from_ui(ui: &mut Ui, playbook: &Playbook, subject: &Subject) {
    let ink = Tokens::of(ui).accent.ink;
    let what = match subject {
        Subject::Paragraph => return,
        Subject::Criterion(id) => playbook.criteria.get(id).map_or_else(|| id.to_string(), criterion_words),
        Subject::WorkItem(id) => playbook.work_items.get(id).map_or_else(|| id.to_string(), |item| item.label.clone()),
        Subject::Package(name) => name.clone(),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        ui.label(icon(icons::QUOTE, 12.0).color(ink));
        let words = text(tr!("Behind the reason: {what}", what), Face::SemiBold, 11.5).color(ink);
        ui.add(egui::Label::new(words).truncate());
    });
}

/// The claim, with its kind and the day of the check at the right.
fn title_ui(ui: &mut Ui, claim: &Claim) {
    let (tokens, kind) = (Tokens::of(ui), phrases::provenance(claim.provenance));
    let words = if claim.checked.is_empty() { kind.to_owned() } else { format!("{kind} {}", claim.checked) };
    let badge_width = ui.painter().layout_no_wrap(words.clone(), Face::SemiBold.at(11.0), tokens.text).size().x + 16.0;
    ui.horizontal_top(|ui| {
        let room = (ui.available_width() - badge_width - space::MEDIUM).max(80.0);
        ui.allocate_ui(vec2(room, 0.0), |ui| {
            ui.set_width(room);
            ui.add(egui::Label::new(text(&claim.claim, Face::Medium, 13.0)).wrap());
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
            let hover = match claim.provenance {
                Provenance::Claim => t("The page says so; nobody checked it here"),
                Provenance::Assumption => t("Ours; editable"),
                Provenance::Measured => t("We measured it on the day that is shown"),
                Provenance::Update => t("The page is dated here; what holds was looked up on the day that is shown"),
            };
            badge(ui, &words, kind_pair(tokens, claim.provenance)).on_hover_text(hover);
        });
    });
}

fn kind_pair(tokens: &Tokens, kind: Provenance) -> Pair {
    match kind {
        Provenance::Claim => tokens.framework(""),
        Provenance::Assumption => tokens.warning,
        Provenance::Measured => tokens.accent,
        Provenance::Update => tokens.sticky,
    }
}

/// A captioned piece of text.
struct Fact<'a> {
    caption: &'static str,
    words: &'a str,
    ink: Color32,
    /// Its share of the width beside the others.
    weight: f32,
}

fn facts<'a>(tokens: &Tokens, claim: &'a Claim) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    if !claim.page_figure.is_empty() {
        let words = claim.page_figure.as_str();
        facts.push(Fact { caption: t("The page's figure"), words, ink: tokens.text, weight: 0.8 });
    }
    if !claim.measured.is_empty() {
        let caption = if claim.provenance == Provenance::Claim { t("Computed") } else { t("Measured") };
        facts.push(Fact { caption, words: &claim.measured, ink: tokens.text, weight: 1.6 });
    } else if !claim.page_figure.is_empty() {
        facts.push(Fact { caption: t("Measured"), words: t("Not measured"), ink: tokens.muted, weight: 0.7 });
    }
    if !claim.verdict.is_empty() {
        let caption =
            if claim.provenance == Provenance::Update { t("What holds today") } else { t("What to make of it") };
        facts.push(Fact { caption, words: &claim.verdict, ink: tokens.text, weight: 1.4 });
    }
    facts
}

fn facts_ui(ui: &mut Ui, claim: &Claim) {
    let facts = facts(Tokens::of(ui), claim);
    if facts.is_empty() {
        return;
    }
    if ui.available_width() < COLUMNS_FROM || facts.len() == 1 {
        for fact in &facts {
            fact_ui(ui, fact);
        }
        return;
    }
    let area = ui.available_rect_before_wrap();
    let gap = 16.0;
    let whole: f32 = facts.iter().map(|fact| fact.weight).sum();
    let room = area.width() - gap * (facts.len() - 1) as f32;
    let (mut left, mut bottom) = (area.left(), area.top());
    for fact in &facts {
        let width = room * fact.weight / whole;
        let place = Rect::from_min_max(pos2(left, area.top()), pos2(left + width, area.bottom().max(area.top() + 1.0)));
        let mut column = ui.new_child(UiBuilder::new().id_salt(fact.caption).max_rect(place));
        fact_ui(&mut column, fact);
        bottom = bottom.max(column.min_rect().bottom());
        left += width + gap;
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(area.min, pos2(area.right(), bottom)));
}

fn fact_ui(ui: &mut Ui, fact: &Fact<'_>) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.label(text(fact.caption, Face::SemiBold, 11.0).color(tokens.faint));
    ui.add(egui::Label::new(text(fact.words, Face::Regular, 12.5).color(fact.ink)).wrap());
}
