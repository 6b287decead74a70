//! Marks like ¶7: small links to the claims that a reason stands on.

use egui::{Color32, CursorIcon, FontId, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};

use super::caption::text_size;
use crate::{
    lang::{t, tr},
    playbook::{Citation, Playbook, Subject},
    ui::theme::{Face, Tokens, space, text},
};

/// Most claims that the hover of a mark writes out.
const CLAIMS_SHOWN: usize = 3;

/// The mark of a paragraph as it is written.
pub fn paragraph_mark(paragraph: u8) -> String {
    format!("¶{paragraph}")
}

/// The font of a mark.
pub fn paragraph_font() -> FontId {
    Face::Medium.at(11.0)
}

/// The room a mark takes, in points.
pub fn paragraph_size(ui: &Ui, paragraph: u8) -> Vec2 {
    text_size(ui, &paragraph_mark(paragraph), paragraph_font())
}

/// A mark at the cursor; `true` once it is clicked, by mouse or by key. Who shows it then asks for
/// `Request::Evidence(citation)`. Its hover tells the claims, its accessible name is `Paragraph 7`.
pub fn paragraph_link(ui: &mut Ui, playbook: &Playbook, citation: &Citation) -> bool {
    let size = paragraph_size(ui, citation.paragraph);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    link_ui(ui, rect.min, response, playbook, citation)
}

/// The same at a place of painted text: its left upper corner.
pub fn paragraph_link_at(ui: &mut Ui, at: Pos2, playbook: &Playbook, citation: &Citation) -> bool {
    let rect = Rect::from_min_size(at, paragraph_size(ui, citation.paragraph)).expand2(vec2(2.0, 1.0));
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(rect, id, Sense::click());
    link_ui(ui, at, response, playbook, citation)
}

fn link_ui(ui: &Ui, at: Pos2, response: Response, playbook: &Playbook, citation: &Citation) -> bool {
    let tokens = Tokens::of(ui);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, tr!("Paragraph {}", citation.paragraph)));
    let touched = response.hovered() || response.has_focus();
    let ink = if touched { tokens.accent.ink } else { tokens.faint };
    let galley = ui.painter().layout_no_wrap(paragraph_mark(citation.paragraph), paragraph_font(), ink);
    let rect = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    if touched {
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, ink));
    }
    if response.has_focus() {
        let line = Stroke::new(1.5, tokens.accent.ink);
        ui.painter().rect_stroke(rect.expand2(vec2(2.0, 1.0)), 3, line, egui::StrokeKind::Outside);
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_ui(|ui| claims_tip_ui(ui, playbook, citation)).clicked()
}

/// What a hover says of a citation: the paragraph, its claims, and that a click leads on.
fn claims_tip_ui(ui: &mut Ui, playbook: &Playbook, citation: &Citation) {
    let tokens = Tokens::of(ui);
    ui.set_max_width(320.0);
    let title = playbook.paragraph_title(citation.paragraph);
    let mark = paragraph_mark(citation.paragraph);
    let title = if title.is_empty() { mark } else { format!("{mark}  {title}") };
    ui.label(text(title, Face::SemiBold, 12.0));
    let claims = playbook.claims_behind(citation);
    for claim in claims.iter().take(CLAIMS_SHOWN) {
        ui.label(text(&claim.claim, Face::Regular, 12.5));
    }
    let rest = claims.len().saturating_sub(CLAIMS_SHOWN);
    if rest > 0 {
        ui.label(text(tr!("and {rest} more", rest), Face::Regular, 12.0).color(tokens.muted));
    }
    ui.add_space(space::TINY / 2.0);
    let leads = match &citation.subject {
        Subject::Paragraph => t("Click for what was measured, what changed, and where it is used"),
        _ => t("Click for the claims behind it, what was measured, and what changed"),
    };
    ui.label(text(leads, Face::Regular, 11.0).color(tokens.faint));
}
