//! What the capacity model gives for the set-ups of a claim, beside what was measured.

use egui::{Role, Ui, WidgetInfo};

use crate::{
    explain::{self, ModelRow},
    lang::{t, tr},
    ui::{
        icons,
        theme::{Face, Tokens, icon, text},
    },
};

/// Between the pieces of a row.
const GAP: f32 = 6.0;

/// A row for each set-up; nothing where there is none.
pub(super) fn model_ui(ui: &mut Ui, rows: &[ModelRow]) {
    if rows.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.label(text(t("What our model gives"), Face::SemiBold, 11.0).color(tokens.faint))
        .on_hover_text(explain::agreement());
    for row in rows {
        row_ui(ui, tokens, row);
    }
    ui.add_space(2.0);
}

fn row_ui(ui: &mut Ui, tokens: &Tokens, row: &ModelRow) {
    // A sign and a word: the colour is not alone in telling.
    let (glyph, ink) =
        if row.agrees { (icons::CHECK, tokens.accent.ink) } else { (icons::TRIANGLE_ALERT, tokens.warning.ink) };
    let line = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.label(icon(glyph, 12.0).color(ink));
        ui.label(text(format!("{}:", row.label), Face::Regular, 12.5).color(tokens.text));
        ui.label(text(&row.model, Face::SemiBold, 12.5).color(tokens.text));
        ui.label(text(tr!("measured {};", row.measured), Face::Regular, 12.5).color(tokens.muted));
        ui.label(text(row.word, Face::Medium, 12.5).color(ink));
    });
    let why = if row.why.is_empty() { String::new() } else { format!(". {}", row.why) };
    let said =
        tr!("{0}: the model gives {1}, measured {2}, {3}{why}", row.label, row.model, row.measured, row.word, why);
    line.response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &said));
    if !row.why.is_empty() {
        ui.add(egui::Label::new(text(&row.why, Face::Regular, 11.0).color(tokens.faint)).wrap());
    }
}
