//! The first page: case studies as cards, a blank sheet, files.

use std::{path::PathBuf, sync::Arc};

use egui::{CornerRadius, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use indexmap::IndexMap;

use super::{phrases, thumbnail};
use crate::{
    assess::{Assessment, Engine},
    figures,
    lang::t,
    playbook::Framework,
    project::{FrameworkId, Project},
    session::{Action, Request},
    ui::{
        Actions, icons,
        theme::{Face, Tokens, radius, space, text},
        widgets::{caption, look_among, one_line, primary_button, text_button, text_size},
    },
};

/// A preset as it is offered: drawn and assessed once.
#[derive(Clone, Debug)]
pub struct PresetCard {
    /// The name under which it is opened.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it is about.
    pub summary: String,
    /// Its paragraph of the page, if it is a case study.
    pub paragraph: Option<u8>,
    /// Its drawing.
    pub project: Arc<Project>,
    /// What the program says about it.
    pub assessment: Arc<Assessment>,
    /// How many services are on each framework, in words.
    pub counts: String,
    /// The verdict as a sentence.
    pub verdict: String,
    /// The frameworks with their names and colours.
    pub frameworks: IndexMap<FrameworkId, Framework>,
}

impl PresetCard {
    /// The card of a preset; name, summary and paragraph come from the case study of the same id, if there is one.
    pub fn new(engine: &Engine, id: &str, project: Project) -> Self {
        let assessment = engine.assess(&project);
        let case = engine.playbook.cases.get(id);
        Self {
            id: id.to_owned(),
            name: case.map_or_else(|| project.name.clone(), |case| case.name.clone()),
            summary: case.map_or_else(|| project.notes.clone(), |case| case.summary.clone()),
            paragraph: case.map(|case| case.paragraph),
            counts: phrases::verdict_counts(&engine.playbook, &assessment.verdict),
            verdict: phrases::verdict_sentence(&engine.playbook, &assessment.verdict),
            frameworks: engine.playbook.frameworks.clone(),
            assessment: Arc::new(assessment),
            project: Arc::new(project),
        }
    }
}

/// A project that was open not long ago.
#[derive(Clone, Debug, PartialEq)]
pub struct RecentEntry {
    /// Its file.
    pub path: PathBuf,
    /// What the project is called.
    pub name: String,
}

impl PresetCard {
    /// Whether there is anything on its sheet.
    pub fn is_drawn(&self) -> bool {
        !self.project.components.is_empty()
    }
}

impl RecentEntry {
    /// An entry for a file, called after it.
    pub fn new(path: PathBuf) -> Self {
        let name =
            path.file_stem().map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into_owned());
        Self { path, name }
    }
}

const GAP: f32 = 16.0;
/// Of a card without its picture.
const TEXT_HEIGHT: f32 = 128.0;
const RECENT_WIDTH: f32 = 248.0;

/// The first page.
pub fn welcome_ui(ui: &mut Ui, cards: &[PresetCard], recent: &[RecentEntry], actions: &mut Actions) {
    let full = ui.available_rect_before_wrap();
    ui.painter().rect_filled(full, 0, Tokens::of(ui).app);
    ScrollArea::vertical().id_salt("welcome").auto_shrink([false, false]).show(ui, |ui| {
        let width = (ui.available_width() - 2.0 * 32.0).clamp(280.0, 1240.0);
        let left = ((ui.available_width() - width) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(left);
            ui.vertical(|ui| {
                ui.set_width(width);
                page_ui(ui, cards, recent, actions);
            });
        });
    });
}

fn page_ui(ui: &mut Ui, cards: &[PresetCard], recent: &[RecentEntry], actions: &mut Actions) {
    let width = ui.available_width();
    ui.add_space(if ui.clip_rect().height() > 800.0 { 56.0 } else { 24.0 });
    header_ui(ui, actions);
    ui.add_space(space::SMALL);
    let beside = !recent.is_empty() && width >= 1080.0;
    let grid_width = if beside { width - RECENT_WIDTH - 2.0 * GAP } else { width };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * GAP;
        ui.vertical(|ui| {
            ui.set_width(grid_width);
            caption(ui, t("Case studies"));
            ui.add_space(space::TINY);
            grid_ui(ui, cards, grid_width, actions);
        });
        if beside {
            ui.vertical(|ui| {
                ui.set_width(RECENT_WIDTH);
                recent_ui(ui, recent, actions);
            });
        }
    });
    if !beside && !recent.is_empty() {
        recent_ui(ui, recent, actions);
    }
    ui.add_space(space::LARGE);
}

fn header_ui(ui: &mut Ui, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.label(text("Groundplan", Face::SemiBold, 26.0));
            let line = t("Draw the back end you are about to build; see its framework, weeks and budget, and why");
            ui.label(text(line, Face::Regular, 14.0).color(tokens.muted));
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if primary_button(ui, t("New blank sheet")).clicked() {
                actions.push(Action::Request(Request::New));
            }
            if text_button(ui, icons::GRADUATION_CAP, t("Take the tour"))
                .on_hover_text(t("Your first plan in six steps, on a plan of your own"))
                .clicked()
            {
                actions.push(Action::Run("help.tour"));
            }
            if text_button(ui, icons::FOLDER_OPEN, t("Open a file...")).clicked() {
                actions.push(Action::Request(Request::Open));
            }
        });
    });
}

/// A tall window has room for larger pictures.
fn picture_height(ui: &Ui) -> f32 {
    if ui.clip_rect().height() > 800.0 { 148.0 } else { 104.0 }
}

fn grid_ui(ui: &mut Ui, cards: &[PresetCard], width: f32, actions: &mut Actions) {
    let columns = (((width + GAP) / (268.0 + GAP)).floor() as usize).clamp(1, 4);
    // The blank sheet has a tile of its own.
    let cards: Vec<&PresetCard> = cards.iter().filter(|card| card.is_drawn()).collect();
    // Three and three look better than four and two.
    let tiles = cards.len() + 1;
    let columns = if columns == 4 && !tiles.is_multiple_of(4) && tiles.is_multiple_of(3) { 3 } else { columns };
    let each = (width - GAP * (columns - 1) as f32) / columns as f32;
    let rows = tiles.div_ceil(columns);
    let height = TEXT_HEIGHT + picture_height(ui);
    let (area, _) = ui.allocate_exact_size(vec2(width, (height + GAP) * rows as f32 - GAP), Sense::hover());
    let place = |i: usize| {
        let at = vec2((each + GAP) * (i % columns) as f32, (height + GAP) * (i / columns) as f32);
        Rect::from_min_size(area.min + at, vec2(each, height))
    };
    for (i, card) in cards.iter().enumerate() {
        if card_ui(ui, card, place(i)).clicked() {
            actions.push(Action::Request(Request::OpenPreset(card.id.clone())));
        }
    }
    if blank_ui(ui, place(cards.len())).clicked() {
        actions.push(Action::Request(Request::New));
    }
}

/// The frame of a card, and its answer to the pointer.
fn card_frame(ui: &Ui, rect: Rect, id: &str, name: &str) -> Response {
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(("card", id)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let touched = response.hovered() || response.has_focus();
    let shape = CornerRadius::same(radius::CARD);
    let shadow = egui::Shadow {
        offset: [0, if touched { 4 } else { 1 }],
        blur: if touched { 16 } else { 6 },
        spread: 0,
        color: tokens.shadow,
    };
    ui.painter().add(shadow.as_shape(rect, shape));
    let line = if touched { Stroke::new(1.5, tokens.accent.ink) } else { Stroke::new(1.0, tokens.line) };
    ui.painter().rect(rect, shape, tokens.card, line, StrokeKind::Inside);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn card_ui(ui: &mut Ui, card: &PresetCard, rect: Rect) -> Response {
    let response = card_frame(ui, rect, &card.id, &card.name);
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let tokens = Tokens::of(ui);
    let picture = Rect::from_min_size(rect.min + vec2(1.5, 1.5), vec2(rect.width() - 3.0, rect.height() - TEXT_HEIGHT));
    thumbnail::paint(ui, picture, card);
    ui.painter().hline(rect.x_range(), picture.bottom(), Stroke::new(1.0, tokens.line));
    let (left, right) = (rect.left() + 14.0, rect.right() - 14.0);
    let mut y = picture.bottom() + 20.0;
    let title = Face::SemiBold.at(14.0);
    let width = one_line(ui, pos2(left, y), right - left - 40.0, &card.name, title, tokens.text);
    if let Some(paragraph) = card.paragraph {
        let at = pos2(left + width + 6.0, y);
        one_line(ui, at, 40.0, &format!("¶{paragraph}"), Face::Regular.at(11.0), tokens.faint);
    }
    y += 14.0;
    let mut job =
        egui::text::LayoutJob::simple(card.summary.clone(), Face::Regular.at(12.0), tokens.muted, right - left);
    job.wrap.max_rows = 2;
    ui.painter().galley(pos2(left, y), ui.painter().layout_job(job), tokens.muted);
    verdict_line(ui, card, rect);
    // A tooltip would lie over the dialog in front of the page.
    if ui.memory(|memory| memory.top_modal_layer().is_some()) {
        return response;
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(300.0);
        ui.label(&card.summary);
        ui.label(text(&card.verdict, Face::Medium, 12.0));
    })
}

/// The foot of a card: the frameworks of the verdict, then time and money.
fn verdict_line(ui: &Ui, card: &PresetCard, rect: Rect) {
    let tokens = Tokens::of(ui);
    let (verdict, estimate) = (&card.assessment.verdict, &card.assessment.estimate);
    let mut x = rect.left() + 14.0;
    let y = rect.bottom() - 46.0;
    for (framework, _) in verdict.counts.iter().filter(|(_, count)| *count > 0) {
        let (name, pair) = look_among(ui, &card.frameworks, framework);
        let size = text_size(ui, name, Face::SemiBold.at(11.0));
        let pill = Rect::from_min_size(pos2(x, y - 10.0), vec2(size.x + 16.0, 20.0));
        ui.painter().rect_filled(pill, CornerRadius::same(radius::PILL), pair.surface);
        one_line(ui, pos2(x + 8.0, y), size.x + 2.0, name, Face::SemiBold.at(11.0), pair.ink);
        x += pill.width() + 6.0;
    }
    let (weeks, budget) = (estimate.weeks.quantiles(), estimate.budget_usd.quantiles());
    let y = rect.bottom() - 20.0;
    let time = figures::months_or_weeks(weeks.p10, weeks.p90);
    let width = one_line(ui, pos2(rect.left() + 14.0, y), 140.0, &time, Face::SemiBold.at(13.0), tokens.text);
    let money = figures::Money::of(&card.project).range(budget.p10, budget.p90);
    let at = pos2(rect.left() + 14.0 + width + 14.0, y);
    one_line(ui, at, 160.0, &money, Face::SemiBold.at(13.0), tokens.text);
}

fn blank_ui(ui: &mut Ui, rect: Rect) -> Response {
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, ui.scope_id().with("blank"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, t("Blank sheet")));
    let touched = response.hovered() || response.has_focus();
    let shape = CornerRadius::same(radius::CARD);
    let line = if touched { Stroke::new(1.5, tokens.accent.ink) } else { Stroke::new(1.0, tokens.line_strong) };
    if touched {
        ui.painter().rect_stroke(rect, shape, line, StrokeKind::Inside);
    } else {
        dashed_ui(ui, rect, line);
    }
    let at = rect.center();
    let centre = egui::Align2::CENTER_CENTER;
    ui.painter().text(at - vec2(0.0, 24.0), centre, icons::PLUS, Face::Icons.at(24.0), tokens.muted);
    ui.painter().text(at + vec2(0.0, 8.0), centre, t("Blank sheet"), Face::SemiBold.at(14.0), tokens.text);
    let line = t("Drag components onto it and tag them");
    ui.painter().text(at + vec2(0.0, 28.0), centre, line, Face::Regular.at(12.0), tokens.muted);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A dashed frame with round corners.
fn dashed_ui(ui: &Ui, rect: Rect, line: Stroke) {
    let r = f32::from(radius::CARD);
    let rect = rect.shrink(0.5);
    let corner = |centre: egui::Pos2, from: f32| {
        (0..=6).map(move |i| centre + r * egui::Vec2::angled((from + 15.0 * i as f32).to_radians()))
    };
    let inner = rect.shrink(r);
    let mut outline: Vec<egui::Pos2> = corner(inner.right_bottom(), 0.0)
        .chain(corner(inner.left_bottom(), 90.0))
        .chain(corner(inner.left_top(), 180.0))
        .chain(corner(inner.right_top(), 270.0))
        .collect();
    outline.extend(outline.first().copied());
    ui.painter().extend(egui::Shape::dashed_line(&outline, line, 5.0, 4.0));
}

fn recent_ui(ui: &mut Ui, recent: &[RecentEntry], actions: &mut Actions) {
    caption(ui, t("Recent projects"));
    ui.add_space(space::TINY);
    for entry in recent {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::click());
        let tokens = Tokens::of(ui);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &entry.name));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, radius::CONTROL, tokens.accent.surface);
        }
        let at = rect.left_center() + vec2(18.0, 0.0);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::FILE, Face::Icons.at(16.0), tokens.muted);
        let room = rect.width() - 44.0;
        let x = rect.left() + 36.0;
        let font = Face::Medium.at(13.0);
        one_line(ui, pos2(x, rect.top() + 14.0), room, &entry.name, font, tokens.text);
        let path = entry.path.display().to_string();
        one_line(ui, pos2(x, rect.top() + 31.0), room, &path, Face::Regular.at(11.0), tokens.faint);
        if response.on_hover_text(path).clicked() {
            actions.push(Action::Request(Request::OpenPath(entry.path.clone())));
        }
    }
}
