//! What one component costs, and what the work is.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    explain, figures,
    lang::{t, tr},
    playbook::{Citation, Playbook, WorkItem},
    project::ComponentId,
    session::{Action, Request},
    ui::{
        Actions, View,
        theme::{Face, Tokens, space},
        widgets::{caption, hairline, one_line, paragraph_link_at, paragraph_size, row_label},
    },
};

pub(super) fn effort_ui(ui: &mut Ui, view: &View<'_>, id: &ComponentId, actions: &mut Actions) {
    let session = view.session;
    let (estimate, playbook) = (&session.assessment().estimate, &session.engine().playbook);
    let mut lines: Vec<_> = estimate.breakdown.iter().filter(|line| line.component.as_ref() == Some(id)).collect();
    lines.retain(|line| line.person_weeks > 0.0);
    lines.sort_by(|a, b| b.person_weeks.total_cmp(&a.person_weeks));
    caption(ui, t("This component"));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let person_weeks: f64 = lines.iter().map(|line| line.person_weeks).sum();
        let usd: f64 = lines.iter().map(|line| line.usd).sum();
        let weeks: f64 = lines.iter().map(|line| line.weeks).sum();
        row_label(ui, t("Effort"), &figures::person_weeks(person_weeks)).on_hover_text(t(explain::EFFORT_AND_WEEKS));
        let total = view.money().short(estimate.budget_usd.median);
        row_label(ui, t("Budget, P50"), &tr!("{} of {total}", view.money().short(usd), total));
        let total = figures::weeks(estimate.weeks.median);
        row_label(
            ui,
            t("Share of the calendar"),
            &tr!("{} of {total}", figures::number((weeks * 10.0).round() / 10.0), total),
        )
        .on_hover_text(t("Median weeks; the weeks of all components and of the project sum to the total"));
        hairline(ui);
        for line in lines {
            let item = playbook.work_items.get(&line.work_item);
            let label = item.map_or(line.work_item.as_str(), |item| &item.label);
            let label = if line.quantity == 1.0 {
                label.to_owned()
            } else {
                format!("{label} × {}", figures::number((line.quantity * 10.0).round() / 10.0))
            };
            let figure = figures::person_weeks(line.person_weeks);
            let Some(item) = item else {
                row_label(ui, &label, &figure);
                continue;
            };
            let hover = format!("{}\n{}", item.reason, view.money().full(line.usd));
            if let Some(citation) = item_ui(ui, playbook, item, (&label, &figure), &hover) {
                actions.push(Action::Request(Request::Evidence(citation)));
            }
        }
    });
}

/// A row of a work item: its label with its paragraph, and its figure; gives the citation once its mark is clicked.
fn item_ui(
    ui: &mut Ui,
    playbook: &Playbook,
    item: &WorkItem,
    (label, figure): (&str, &str),
    hover: &str,
) -> Option<Citation> {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{label}: {figure}")));
    let (right, font) = (rect.right_center(), Face::Medium.at(13.0));
    let shown = ui.painter().text(right, Align2::RIGHT_CENTER, figure, font, tokens.text);
    let citation = Citation::work_item(item);
    let mark = citation.as_ref().map_or(vec2(0.0, 0.0), |citation| paragraph_size(ui, citation.paragraph));
    let room = rect.width() - shown.width() - mark.x - 5.0 - space::SMALL;
    let width = one_line(ui, rect.left_center(), room, label, Face::Regular.at(13.0), tokens.muted);
    response.on_hover_text(hover);
    let citation = citation?;
    let at = pos2(rect.left() + width + 5.0, rect.center().y - mark.y / 2.0);
    paragraph_link_at(ui, at, playbook, &citation).then_some(citation)
}
