//! The paragraphs of the page at the left: number, title, how many claims, and what was found out about them.

use egui::{
    EventFilter, Key, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::EvidenceState;
use crate::{
    lang::{t, tr},
    playbook::{Claim, PARAGRAPHS, Provenance},
    ui::{
        View, icons,
        theme::{Face, Tokens, radius},
        widgets::{one_line, paragraph_mark},
    },
};

const ROW: f32 = 24.0;
/// Width of the list where there is room for numbers alone.
pub(super) const NUMBERS: f32 = 60.0;
/// From this width on, rows carry the signs of what was measured and updated.
const WITH_SIGNS_FROM: f32 = 190.0;

/// What a row says.
struct Row<'a> {
    paragraph: u8,
    title: &'a str,
    claims: usize,
    measured: usize,
    updates: usize,
    in_plan: bool,
}

fn rows<'a>(view: &View<'a>, found: &[&Claim]) -> Vec<Row<'a>> {
    let (playbook, uses) = (&view.session.engine().playbook, view.session.uses());
    let row = |paragraph: u8| {
        let claims: Vec<&&Claim> = found.iter().filter(|claim| claim.paragraph == paragraph).collect();
        let of = |kind| claims.iter().filter(|claim| claim.provenance == kind).count();
        Row {
            paragraph,
            title: playbook.paragraph_title(paragraph),
            claims: claims.len(),
            measured: of(Provenance::Measured),
            updates: of(Provenance::Update),
            in_plan: claims.iter().any(|claim| uses.stand_on(claim)),
        }
    };
    (1..=PARAGRAPHS).map(row).filter(|row| row.claims > 0).collect()
}

fn row_id(paragraph: u8) -> egui::Id {
    egui::Id::unique(("evidence paragraph", paragraph))
}

/// Moves the keyboard into the list, to a paragraph.
pub(super) fn focus(ui: &Ui, paragraph: u8) {
    ui.memory_mut(|memory| memory.request_focus(row_id(paragraph)));
}

/// The list; a click or an arrow key chooses.
pub(super) fn list_ui(ui: &mut Ui, view: &View<'_>, found: &[&Claim], state: &mut EvidenceState) {
    let rows = rows(view, found);
    let step = arrow_step(ui, &rows);
    let here = rows.iter().position(|row| row.paragraph == state.paragraph);
    let moved = step.and_then(|step| {
        let to = here.map_or(Some(0), |here| here.checked_add_signed(step))?;
        rows.get(to).map(|row| row.paragraph)
    });
    if let Some(paragraph) = moved {
        state.choose(paragraph);
        focus(ui, paragraph);
    }
    ScrollArea::vertical().id_salt("list").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for row in &rows {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - 6.0, ROW), Sense::hover());
            let response = ui.interact(rect, row_id(row.paragraph), Sense::click());
            let selected = row.paragraph == state.paragraph;
            if selected && (moved.is_some() || state.rewind) {
                ui.scroll_to_rect(rect, None);
            }
            row_ui(ui, rect, &response, row, selected);
            if response.clicked() {
                state.choose(row.paragraph);
                response.request_focus();
            }
        }
    });
}

/// Arrow keys while a row has the focus: up or down by one, or to an end.
fn arrow_step(ui: &Ui, rows: &[Row<'_>]) -> Option<isize> {
    let focused = ui.memory(egui::Memory::focused)?;
    rows.iter().find(|row| row_id(row.paragraph) == focused)?;
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowDown) {
            Some(1)
        } else if pressed(Key::ArrowUp) {
            Some(-1)
        } else {
            None
        }
    })
}

fn row_ui(ui: &Ui, rect: Rect, response: &egui::Response, row: &Row<'_>, selected: bool) {
    let tokens = Tokens::of(ui);
    let spoken = format!("{}: {}, {}", paragraph_mark(row.paragraph), row.title, said_of(row));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &spoken));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let (fill, ink) = if selected {
        (tokens.accent.surface, tokens.accent.ink)
    } else if response.hovered() {
        (tokens.sunken, tokens.text)
    } else {
        (tokens.panel, tokens.text)
    };
    ui.painter().rect_filled(rect, radius::CONTROL, fill);
    if response.has_focus() {
        let line = Stroke::new(1.5, tokens.accent.ink);
        ui.painter().rect_stroke(rect, radius::CONTROL, line, StrokeKind::Inside);
    }
    let y = rect.center().y;
    let quiet = if selected { tokens.accent.ink } else { tokens.faint };
    if row.in_plan {
        ui.painter().circle_filled(pos2(rect.left() + 7.0, y), 2.5, tokens.accent.ink);
    }
    one_line(ui, pos2(rect.left() + 14.0, y), 26.0, &paragraph_mark(row.paragraph), Face::Medium.at(11.5), quiet);
    let hover = format!("{}\n{}", row.title, said_of(row));
    let _ = response.clone().on_hover_text(hover);
    if rect.width() <= NUMBERS {
        return;
    }
    let align = egui::Align2::RIGHT_CENTER;
    ui.painter().text(pos2(rect.right() - 8.0, y), align, row.claims, Face::Regular.at(11.5), quiet);
    let mut right = rect.right() - 22.0;
    for (glyph, there) in [(icons::HISTORY, row.updates > 0), (icons::GAUGE, row.measured > 0)] {
        if there && rect.width() > WITH_SIGNS_FROM {
            ui.painter().text(pos2(right, y), align, glyph, Face::Icons.at(12.0), quiet);
            right -= 15.0;
        }
    }
    let left = rect.left() + 42.0;
    let face = if selected { Face::Medium } else { Face::Regular };
    one_line(ui, pos2(left, y), right - 4.0 - left, row.title, face.at(12.5), ink);
}

/// The figures and marks of a row in words.
fn said_of(row: &Row<'_>) -> String {
    let mut parts = vec![if row.claims == 1 { t("1 claim").to_owned() } else { tr!("{} claims", row.claims) }];
    if row.measured > 0 {
        parts.push(tr!("{} measured", row.measured));
    }
    if row.updates > 0 {
        parts.push(tr!("{} updated", row.updates));
    }
    if row.in_plan {
        parts.push(t("used in this plan").to_owned());
    }
    parts.join(", ")
}
