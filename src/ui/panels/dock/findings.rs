//! What should be looked at.

use egui::{Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    assess::{Finding, Severity},
    session::{Action, CanvasRequest, Request, Select},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius},
        widgets::empty_state,
    },
};

pub(super) fn findings_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let findings = &view.session.assessment().findings;
    if findings.is_empty() {
        let line = if view.session.project().components.is_empty() {
            "Nothing to look at yet: the sheet is empty"
        } else {
            "Nothing to look at: the plan holds together"
        };
        empty_state(ui, icons::CIRCLE_CHECK, line, None);
        return;
    }
    ScrollArea::vertical().id_salt("findings").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for finding in findings {
            if finding_ui(ui, finding) && !finding.elements.is_empty() {
                reveal(finding, actions);
            }
        }
    });
}

fn reveal(finding: &Finding, actions: &mut Actions) {
    match finding.elements.as_slice() {
        [one] => actions.push(Action::Reveal(one.clone())),
        several => {
            actions.push(Action::Select(Select::Only(several.to_vec())));
            actions.push(Action::Request(Request::Canvas(CanvasRequest::FitSelection)));
        }
    }
}

fn finding_ui(ui: &mut Ui, finding: &Finding) -> bool {
    let tokens = Tokens::of(ui);
    let (glyph, ink, word) = match finding.severity {
        Severity::Error => (icons::CIRCLE_X, tokens.error.ink, "Error"),
        Severity::Warning => (icons::TRIANGLE_ALERT, tokens.warning.ink, "Warning"),
        Severity::Hint => (icons::LIGHTBULB, tokens.accent.ink, "Hint"),
    };
    let width = ui.available_width();
    let mut job = egui::text::LayoutJob::default();
    job.append(&finding.message, 0.0, egui::TextFormat::simple(Face::Regular.at(13.0), tokens.text));
    if let Some(paragraph) = finding.paragraph {
        job.append(&format!("  ¶{paragraph}"), 0.0, egui::TextFormat::simple(Face::Regular.at(11.0), tokens.faint));
    }
    job.wrap.max_width = width - 120.0;
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y.max(18.0) + 12.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{word}: {}", finding.message)));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.sunken);
    }
    let line = rect.top() + 15.0;
    let centre = egui::Align2::CENTER_CENTER;
    ui.painter().text(pos2(rect.left() + 16.0, line), centre, glyph, Face::Icons.at(15.0), ink);
    ui.painter().text(pos2(rect.left() + 32.0, line), egui::Align2::LEFT_CENTER, word, Face::Medium.at(12.0), ink);
    ui.painter().galley(pos2(rect.left() + 96.0, rect.top() + 6.0), galley, tokens.text);
    if finding.elements.is_empty() { response.clicked() } else { response.on_hover_text("Show where it is").clicked() }
}
