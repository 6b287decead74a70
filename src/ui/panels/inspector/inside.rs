//! What is in a boundary: how much, what it comes to, and each of it as a way there.

use std::sync::Arc;

use egui::{Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    assess::{Assessment, Gather, Gathered},
    explain, figures,
    lang::{t, tr},
    project::{BoundaryId, ElementId, Project},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius, text},
        widgets::{caption, framework_badge, one_line, row_label},
    },
};

/// Rows that are shown before the rest is only counted.
const ROWS: usize = 60;

/// What was gathered last, for as long as nothing it was gathered from is another one.
#[derive(Clone, Debug, Default)]
pub(super) struct Inside {
    of: Option<(Arc<Project>, Arc<Assessment>, BoundaryId)>,
    gathered: Gathered,
    elements: Vec<ElementId>,
}

impl Inside {
    fn refresh(&mut self, view: &View<'_>, id: &BoundaryId) {
        let (project, assessment) = (view.session.project(), view.session.assessment());
        let same = |(p, a, of): &(Arc<Project>, Arc<Assessment>, BoundaryId)| {
            Arc::ptr_eq(p, project) && Arc::ptr_eq(a, assessment) && of == id
        };
        if self.of.as_ref().is_some_and(same) {
            return;
        }
        let contents = project.contents(id);
        self.gathered = Gather::new(project, assessment).of(&contents);
        self.elements = contents.into_iter().collect();
        self.of = Some((Arc::clone(project), Arc::clone(assessment), id.clone()));
    }
}

pub(super) fn inside_ui(ui: &mut Ui, view: &View<'_>, id: &BoundaryId, inside: &mut Inside, actions: &mut Actions) {
    inside.refresh(view, id);
    let (gathered, tokens) = (&inside.gathered, Tokens::of(ui));
    caption(ui, t("In it"));
    ui.label(text(explain::gathered_contents(gathered), Face::Regular, 13.0));
    if gathered.components > 0 {
        sums_ui(ui, view, gathered);
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for element in inside.elements.iter().take(ROWS) {
            row_ui(ui, view, element, actions);
        }
    });
    if inside.elements.len() > ROWS {
        let rest = tr!("and {} more", inside.elements.len() - ROWS);
        ui.label(text(rest, Face::Regular, 12.0).color(tokens.muted));
    }
}

fn sums_ui(ui: &mut Ui, view: &View<'_>, gathered: &Gathered) {
    let (estimate, playbook) = (&view.session.assessment().estimate, &view.session.engine().playbook);
    if !gathered.frameworks.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for (framework, count) in &gathered.frameworks {
                framework_badge(ui, playbook, framework);
                let services = figures::counted(&count.to_string(), figures::Unit::Service);
                ui.label(text(services, Face::Regular, 12.0).color(Tokens::of(ui).muted));
            }
        });
    }
    let hover = t("The sum of what the estimate says of the components in it; the plan's own work is in none of them");
    row_label(ui, t("Effort"), &figures::person_weeks(gathered.sums.person_weeks)).on_hover_text(hover);
    let total = view.money().short(estimate.budget_usd.median);
    let budget = tr!("{} of {total}", view.money().short(gathered.sums.usd), total);
    row_label(ui, t("Budget, P50"), &budget).on_hover_text(hover);
    if gathered.deferred > 0 {
        let later = figures::counted(&gathered.deferred.to_string(), figures::Unit::Component);
        row_label(ui, t("Put off, in no sum"), &later);
    }
    if gathered.findings > 0 {
        row_label(ui, t("Findings"), &gathered.findings.to_string());
    }
}

/// An element by its name: a way to it.
fn row_ui(ui: &mut Ui, view: &View<'_>, element: &ElementId, actions: &mut Actions) {
    let project = view.session.project();
    let name = project.name_of(element);
    let name = name.lines().next().unwrap_or_default();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, tr!("In it: {name}", name)));
    if response.clicked() {
        actions.push(Action::Reveal(element.clone()));
    }
    if !ui.is_rect_visible(rect) {
        return;
    }
    let tokens = Tokens::of(ui);
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), radius::CONTROL, tokens.sunken);
    }
    let glyph = match element {
        ElementId::Component(id) => project.components.get(id).map_or(icons::BOX, |c| icons::of_kind(c.kind)),
        ElementId::Boundary(_) => icons::SQUARE_DASHED,
        ElementId::Note(_) => icons::STICKY_NOTE,
        ElementId::Connection(_) => icons::LINK,
    };
    let at = pos2(rect.left() + 7.0, rect.center().y);
    ui.painter().text(at, egui::Align2::CENTER_CENTER, glyph, Face::Icons.at(13.0), tokens.muted);
    let later = element.component().is_some_and(|id| project.is_deferred(id));
    let ink = if later { tokens.muted } else { tokens.text };
    one_line(ui, at + vec2(15.0, 0.0), rect.width() - 26.0, name, Face::Regular.at(13.0), ink);
    response.on_hover_text(t("Select it"));
}
