//! What one component costs, and what the work is.

use egui::Ui;

use crate::{
    figures,
    project::ComponentId,
    ui::{
        View,
        widgets::{caption, hairline, row_label},
    },
};

pub(super) fn effort_ui(ui: &mut Ui, view: &View<'_>, id: &ComponentId) {
    let session = view.session;
    let (estimate, playbook) = (&session.assessment().estimate, &session.engine().playbook);
    let mut lines: Vec<_> = estimate.breakdown.iter().filter(|line| line.component.as_ref() == Some(id)).collect();
    lines.retain(|line| line.person_weeks > 0.0);
    lines.sort_by(|a, b| b.person_weeks.total_cmp(&a.person_weeks));
    caption(ui, "This component");
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let person_weeks: f64 = lines.iter().map(|line| line.person_weeks).sum();
        let usd: f64 = lines.iter().map(|line| line.usd).sum();
        let weeks: f64 = lines.iter().map(|line| line.weeks).sum();
        row_label(ui, "Effort", &figures::person_weeks(person_weeks));
        let total = figures::usd_short(estimate.budget_usd.median);
        row_label(ui, "Budget, P50", &format!("{} of {total}", figures::usd_short(usd)));
        let total = figures::weeks(estimate.weeks.median);
        row_label(
            ui,
            "Share of the calendar",
            &format!("{} of {total}", figures::number((weeks * 10.0).round() / 10.0)),
        )
        .on_hover_text("Median weeks; the weeks of all components and of the project sum to the total");
        hairline(ui);
        for line in lines {
            let item = playbook.work_items.get(&line.work_item);
            let label = item.map_or(line.work_item.as_str(), |item| &item.label);
            let label = if line.quantity == 1.0 {
                label.to_owned()
            } else {
                format!("{label} × {}", figures::number((line.quantity * 10.0).round() / 10.0))
            };
            let response = row_label(ui, &label, &figures::person_weeks(line.person_weeks));
            if let Some(item) = item {
                response.on_hover_text(format!("{}\n{}", item.reason, figures::usd(line.usd)));
            }
        }
    });
}
