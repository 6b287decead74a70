//! The list itself: a field to search in, the kinds in their groups or the found ones best first, and the keys.

use egui::{
    Align, Align2, Frame, Margin, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, text::LayoutJob, vec2,
};

use super::{QuickAdd, SIZE};
use crate::{
    find,
    lang::{t, tr},
    playbook::Playbook,
    project::{ComponentKind, KindGroup},
    ui::{
        icons,
        theme::{Face, Tokens, radius, space, text},
        widgets::{one_line, paint_icon_tile},
    },
};

/// Height of a row, in points.
const ROW: f32 = 34.0;
/// Room at both sides, in points.
const PAD: f32 = 8.0;

/// Shows the list, with what it is asked for above it; gives the kind that was clicked.
pub(super) fn list_ui(
    ui: &mut Ui,
    playbook: &Playbook,
    open: &mut QuickAdd,
    wish: Option<&str>,
    step: isize,
) -> Option<ComponentKind> {
    let tokens = Tokens::of(ui);
    let frame = Frame::popup(ui.style()).fill(tokens.panel).corner_radius(radius::PILL).inner_margin(Margin::ZERO);
    let shown = frame.show(ui, |ui| {
        ui.set_width(SIZE.x);
        ui.spacing_mut().item_spacing.y = 0.0;
        let head = wish.map_or(0.0, |wish| caption_of(ui, wish));
        field(ui, playbook, open);
        line(ui);
        let last = open.found.len().saturating_sub(1);
        open.chosen = open.chosen.saturating_add_signed(step).min(last);
        let chosen = rows(ui, open, head, step != 0);
        line(ui);
        keys(ui);
        chosen
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, t("Add a component")));
    shown.inner
}

/// What the list is asked for, in two rows at most; gives its height.
fn caption_of(ui: &mut Ui, wish: &str) -> f32 {
    let tokens = Tokens::of(ui);
    let mut job = LayoutJob::simple(wish.to_owned(), Face::Medium.at(12.0), tokens.muted, SIZE.x - 28.0);
    (job.wrap.max_rows, job.wrap.break_anywhere) = (2, false);
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(SIZE.x, galley.size().y + 10.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, wish));
    ui.painter().galley(rect.min + vec2(14.0, 10.0), galley, tokens.muted);
    rect.height()
}

fn field(ui: &mut Ui, playbook: &Playbook, open: &mut QuickAdd) {
    let tokens = Tokens::of(ui);
    Frame::new().inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let (sign, _) = ui.allocate_exact_size(vec2(16.0, 22.0), Sense::hover());
            let font = Face::Icons.at(14.0);
            ui.painter().text(sign.center(), Align2::CENTER_CENTER, icons::SEARCH, font, tokens.muted);
            let edit = TextEdit::singleline(&mut open.search)
                .hint_text(text(t("Find a component..."), Face::Regular, 14.0).color(tokens.faint))
                .font(Face::Regular.at(14.0))
                .frame(Frame::NONE)
                .desired_width(f32::INFINITY);
            let field = ui.add(edit).accessible_name(t("Find a component to add"));
            if field.changed() {
                open.found = find::kinds(playbook, &open.search);
                open.chosen = 0;
            }
            field.request_focus();
            // An area is laid out before it is shown, and nothing can have the cursor in that pass.
            if !open.begun {
                open.begun = field.has_focus();
                ui.request_repaint();
            }
        });
    });
}

fn line(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, Tokens::of(ui).line);
}

fn rows(ui: &mut Ui, open: &mut QuickAdd, head: f32, walked: bool) -> Option<ComponentKind> {
    let mut clicked = None;
    ScrollArea::vertical().max_height(SIZE.y - 84.0 - head).auto_shrink([false, true]).show(ui, |ui| {
        ui.add_space(space::TINY);
        if open.found.is_empty() {
            Frame::new().inner_margin(Margin::symmetric(14, 12)).show(ui, |ui| {
                let words = tr!("Nothing is called \"{}\"", open.search.trim());
                ui.label(text(words, Face::Regular, 13.0).color(Tokens::of(ui).muted));
            });
        }
        let mut group = None;
        for (index, kind) in open.found.iter().enumerate() {
            if open.search.trim().is_empty() && group.replace(kind.group()) != Some(kind.group()) {
                caption(ui, kind.group());
            }
            let response = row(ui, *kind, index == open.chosen);
            // The pointer chooses when it moves: a list that scrolls under it by the arrows keeps its choice.
            if response.hovered() && ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO) {
                open.chosen = index;
            }
            if walked && index == open.chosen {
                response.scroll_to_me(Some(Align::Center));
            }
            if response.clicked() {
                clicked = Some(*kind);
            }
        }
        ui.add_space(space::TINY);
    });
    clicked
}

fn caption(ui: &mut Ui, group: KindGroup) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let at = pos2(rect.left() + 14.0, rect.bottom() - 10.0);
    let (font, ink) = (Face::Medium.at(11.0), Tokens::of(ui).faint);
    ui.painter().text(at, Align2::LEFT_CENTER, group.label(), font, ink);
}

fn row(ui: &mut Ui, kind: ComponentKind, chosen: bool) -> egui::Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, tr!("Add {}", kind.label())));
    if chosen {
        let marked = rect.shrink2(vec2(PAD - 2.0, 0.0));
        ui.painter().rect_filled(marked, radius::CONTROL, tokens.accent.surface);
    }
    let tile = Rect::from_center_size(pos2(rect.left() + 28.0, rect.center().y), vec2(22.0, 22.0));
    paint_icon_tile(ui, tile, icons::of_kind(kind));
    let at = pos2(rect.left() + 48.0, rect.center().y);
    let ink = if chosen { tokens.accent.ink } else { tokens.text };
    one_line(ui, at, rect.right() - at.x - 40.0, kind.label(), Face::Medium.at(13.0), ink);
    if chosen {
        let end = pos2(rect.right() - 18.0, rect.center().y);
        let (centre, font) = (Align2::CENTER_CENTER, Face::Icons.at(13.0));
        ui.painter().text(end, centre, icons::PLUS, font, tokens.accent.ink);
    }
    response.on_hover_text(kind.help())
}

fn keys(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let at = pos2(rect.left() + 14.0, rect.center().y);
    let words = t("Arrows choose  ·  Enter adds  ·  Esc closes");
    ui.painter().text(at, Align2::LEFT_CENTER, words, Face::Regular.at(11.0), tokens.faint);
}
