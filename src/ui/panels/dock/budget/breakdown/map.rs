//! The parts as a map: each an area, cut into areas for what it consists of.

use egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{BreakdownState, parts};
use crate::{
    assess::{PartOf, Slice, Sums},
    explain, figures,
    geometry::treemap::squarified,
    lang::{t, tr},
    session::Table,
    ui::{
        View,
        copying::{self, Offer},
        panels::dock::slices::{colours_of, lead_of},
        theme::{Face, Pair, Tokens},
        widgets::{one_line, text_size},
    },
};

/// Room that an area takes at least on average, in square points; what has no room is one area together.
const LEAST_AREA: f32 = 110.0;
/// Most areas that a key goes through.
const MOST_FOCUSED: usize = 60;
/// Room that an area within an area takes on average once there are many, in square points.
const AREA_WITHIN: f32 = 420.0;
/// So many areas there are within an area in any case.
const LEAST_WITHIN: usize = 16;
/// Height of the name over an area's parts.
const HEAD: f32 = 17.0;
/// How strong the borders are, of areas and of areas within them, as a share of the ink.
const OUTLINE: f32 = 0.8;
const OUTLINE_WITHIN: f32 = 0.4;
/// What a name takes at least, along and across the writing.
const NAME: (f32, f32) = (27.0, 11.5);

/// An area of the map.
struct Area<'a> {
    /// `None` for many small parts together.
    slice: Option<&'a Slice>,
    name: String,
    sums: Sums,
}

impl Area<'_> {
    /// What its size stands for: money, or effort where that costs nothing.
    fn size(&self) -> f64 {
        if self.sums.usd > 0.0 { self.sums.usd } else { self.sums.person_weeks }
    }
}

/// Shows the map in the room there is; gives the part that was clicked.
pub(super) fn map_ui(ui: &mut Ui, view: &View<'_>, table: &Table, state: &BreakdownState) -> Option<PartOf> {
    let size = vec2(ui.available_width(), (ui.available_height() - 2.0).max(90.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t("Map of the median budget")));
    let areas = areas(view, &table.slices, ((rect.area() / LEAST_AREA) as usize).clamp(16, 700));
    let sizes: Vec<f64> = areas.iter().map(Area::size).collect();
    // A key would need too many steps through a map of many areas; the table leads to all of them as well.
    let sense = if areas.len() > MOST_FOCUSED { Sense::CLICK } else { Sense::click() };
    let mut clicked = None;
    for (i, (area, tile)) in areas.iter().zip(squarified(&sizes, to_kurbo(rect))).enumerate() {
        let tile = to_egui(tile).shrink(1.0);
        if tile.width() >= 2.0 && tile.height() >= 2.0 {
            let shown = area_ui(ui, view, area, tile, (i, sense));
            clicked = clicked.or(shown);
        }
    }
    let csv = || parts::csv(view, table, state);
    copying::menu(ui, rect, Offer::plot("budget-map", &csv));
    clicked
}

/// The largest parts, and what is left of them together.
fn areas<'a>(view: &View<'_>, slices: &'a [Slice], most: usize) -> Vec<Area<'a>> {
    let (playbook, project) = (&view.session.engine().playbook, view.session.project());
    let mut largest: Vec<&Slice> = slices.iter().filter(|slice| slice.sums.person_weeks > 0.0).collect();
    largest.sort_by(|a, b| b.sums.usd.total_cmp(&a.sums.usd));
    let rest = if largest.len() > most { largest.split_off(most - 1) } else { Vec::new() };
    let area = |slice: &'a Slice| Area {
        slice: Some(slice),
        name: explain::part_of(playbook, project, &slice.of),
        sums: slice.sums,
    };
    let mut areas: Vec<Area<'_>> = largest.into_iter().map(area).collect();
    if !rest.is_empty() {
        let mut sums = Sums::default();
        for slice in &rest {
            sums += slice.sums;
        }
        areas.push(Area { slice: None, name: tr!("{} more", rest.len()), sums });
    }
    areas
}

fn area_ui(ui: &mut Ui, view: &View<'_>, area: &Area<'_>, tile: Rect, (at, sense): (usize, Sense)) -> Option<PartOf> {
    let tokens = Tokens::of(ui);
    let part = area.slice.map(|slice| &slice.of);
    let response = ui.interact(tile, ui.scope_id().with(("area", at)), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Area {}", words(view, area))));
    let pair = pair_of(ui, view, area);
    let outline = Stroke::new(1.0, pair.ink.gamma_multiply(OUTLINE));
    ui.painter().rect(tile, 3, pair.surface, outline, StrokeKind::Inside);
    let within = area.slice.map_or(&[][..], |slice| &slice.within);
    let with_head = tile.height() >= HEAD + 14.0 && tile.width() >= 40.0 && !within.is_empty();
    let mut hovered = None;
    if with_head {
        let figure = view.money().short(area.sums.usd);
        head_ui(ui, tile, &area.name, &figure, pair);
        let inner = Rect::from_min_max(tile.min + vec2(2.0, HEAD), tile.max - vec2(2.0, 2.0));
        let parts = areas(view, within, ((inner.area() / AREA_WITHIN) as usize).clamp(LEAST_WITHIN, 120));
        hovered = within_ui(ui, view, parts, inner, pair, &response);
    } else {
        name_ui(ui, tile.shrink(3.0), &area.name, pair, Face::Medium);
    }
    let touched = response.hovered() || response.has_focus();
    if touched {
        let line = Stroke::new(1.5, if response.has_focus() { tokens.accent.ink } else { pair.ink });
        ui.painter().rect_stroke(tile, 3, line, StrokeKind::Inside);
    }
    let wanted = hovered.as_ref().and_then(|part| part.slice).map(|slice| &slice.of);
    // A component leads to itself wherever it lies in the map.
    let leads = [part, wanted].into_iter().flatten().find(|part| matches!(part, PartOf::Component(_)));
    let leads = leads.or(part).filter(|part| lead_of(view, part).is_some()).cloned();
    let response = response.on_hover_ui_at_pointer(|ui| {
        ui.label(words(view, area));
        if let Some(part) = &hovered {
            ui.label(words(view, part));
        }
    });
    if leads.is_some() && response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() { leads } else { None }
}

fn head_ui(ui: &Ui, tile: Rect, name: &str, figure: &str, pair: Pair) {
    let at = pos2(tile.left() + 5.0, tile.top() + HEAD / 2.0 + 0.5);
    let figure_width = text_size(ui, figure, Face::Regular.at(11.0)).x;
    let room = tile.width() - 10.0;
    let with_figure = room >= figure_width + 54.0;
    let name_room = if with_figure { room - figure_width - 6.0 } else { room };
    one_line(ui, at, name_room, name, Face::SemiBold.at(11.0), pair.ink);
    if with_figure {
        let right = pos2(tile.right() - 5.0, at.y);
        ui.painter().text(right, egui::Align2::RIGHT_CENTER, figure, Face::Regular.at(11.0), pair.ink);
    }
}

/// The parts of an area; gives the one under the pointer.
fn within_ui<'a>(
    ui: &Ui,
    view: &View<'_>,
    parts: Vec<Area<'a>>,
    inner: Rect,
    pair: Pair,
    response: &Response,
) -> Option<Area<'a>> {
    let tokens = Tokens::of(ui);
    let sizes: Vec<f64> = parts.iter().map(Area::size).collect();
    let mut hovered = None;
    for (part, tile) in parts.into_iter().zip(squarified(&sizes, to_kurbo(inner))) {
        let tile = to_egui(tile).shrink(0.75);
        if tile.width() < 1.0 || tile.height() < 1.0 {
            continue;
        }
        // Under work and phases lie components: they keep the colour of their framework.
        let own = part.slice.is_some_and(|slice| matches!(slice.of, PartOf::Component(_) | PartOf::Project));
        let pair = if own { pair_of(ui, view, &part) } else { pair };
        let fill = tokens.panel.lerp_to_gamma(pair.surface, if own { 1.0 } else { 0.45 });
        let outline = Stroke::new(1.0, pair.ink.gamma_multiply(OUTLINE_WITHIN));
        ui.painter().rect(tile, 2, fill, outline, StrokeKind::Inside);
        name_ui(ui, tile.shrink2(vec2(3.0, 1.0)), &part.name, Pair { ink: tokens.text, ..pair }, Face::Regular);
        if response.hover_pos().is_some_and(|pointer| tile.contains(pointer)) {
            ui.painter().rect_stroke(tile, 2, Stroke::new(1.0, pair.ink), StrokeKind::Inside);
            hovered = Some(part);
        }
    }
    hovered
}

/// A name in as many lines as there is room for, from the upper left corner; downwards where an area is narrow and tall; none
/// where next to nothing of it could be read.
fn name_ui(ui: &Ui, rect: Rect, name: &str, pair: Pair, face: Face) {
    let font = face.at(10.5);
    let longest = name.split(' ').map(|word| text_size(ui, word, font.clone()).x).fold(0.0, f32::max);
    let rows = ((rect.height() / 13.0).floor() as usize).clamp(1, 3);
    // A word is never broken: a name that would be is written downwards or cut in one line.
    if longest > rect.width() && rect.height() > rect.width() && rect.height() >= NAME.0 {
        if rect.width() >= NAME.1 {
            downwards(ui, rect, name, &font, pair.ink);
        }
        return;
    }
    if rect.width() < NAME.0.min(longest) || rect.height() < NAME.1 {
        return;
    }
    if longest > rect.width() || rows == 1 {
        one_line(ui, rect.left_top() + vec2(0.0, 6.5), rect.width(), name, font, pair.ink);
        return;
    }
    let mut job = egui::text::LayoutJob::simple(name.to_owned(), font, pair.ink, rect.width());
    job.wrap.max_rows = rows;
    let galley = ui.painter().layout_job(job);
    ui.painter().with_clip_rect(rect.expand(1.0)).galley(rect.min, galley, pair.ink);
}

/// A name in one line from top to bottom.
fn downwards(ui: &Ui, rect: Rect, name: &str, font: &egui::FontId, ink: egui::Color32) {
    let mut job = egui::text::LayoutJob::simple(name.to_owned(), font.clone(), ink, rect.height());
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = ui.painter().layout_job(job);
    let corner = pos2(rect.center().x + galley.size().y / 2.0, rect.top() + 1.0);
    ui.painter().add(egui::epaint::TextShape::new(corner, galley, ink).with_angle(std::f32::consts::FRAC_PI_2));
}

fn pair_of(ui: &Ui, view: &View<'_>, area: &Area<'_>) -> Pair {
    let tokens = Tokens::of(ui);
    area.slice.map_or(Pair { ink: tokens.muted, surface: tokens.sunken }, |slice| colours_of(ui, view, &slice.of))
}

/// `Web application: $43.1K, 14 %, 5.1 weeks, 12.3 person-weeks`.
fn words(view: &View<'_>, area: &Area<'_>) -> String {
    let whole = view.session.assessment().estimate.budget_usd.median;
    let share = if whole > 0.0 { figures::share(area.sums.usd / whole) } else { t("no money").to_owned() };
    format!(
        "{}: {}, {share}, {}, {}",
        area.name,
        view.money().short(area.sums.usd),
        figures::weeks(area.sums.weeks),
        figures::person_weeks(area.sums.person_weeks)
    )
}

fn to_kurbo(rect: Rect) -> kurbo::Rect {
    kurbo::Rect::new(rect.left().into(), rect.top().into(), rect.right().into(), rect.bottom().into())
}

fn to_egui(rect: kurbo::Rect) -> Rect {
    Rect::from_min_max(pos2(rect.x0 as f32, rect.y0 as f32), pos2(rect.x1 as f32, rect.y1 as f32))
}
