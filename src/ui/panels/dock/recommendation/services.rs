//! The advice on each service.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{copy_as, head, right};
use crate::{
    assess::ComponentAdvice,
    figures,
    lang::{t, tr},
    project::{ComponentId, ElementId},
    session::Action,
    ui::{
        Actions, View, icons,
        panels::{dock::reasons::reasons_ui, phrases, shares},
        theme::{Face, Tokens, icon, space, text},
        widgets::{framework_badge, text_size},
    },
};

/// Services whose names decide how wide the columns are.
const MEASURED: usize = 100;
/// Between two columns.
const GAP: f32 = 8.0;
const SHARE: f32 = 46.0;
const MARGIN: f32 = 48.0;
/// Room below which there is no column for the reasons; the inspector names them.
const LEAST_REASONS: f32 = 110.0;
/// What a name is shortened to before anything is cut.
const LEAST_NAME: f32 = 60.0;

/// How wide the columns are that depend on the services and on the room there is.
struct Widths {
    name: f32,
    badge: f32,
    /// `None` where there is no room for them.
    reasons: Option<f32>,
}

impl Widths {
    fn new(ui: &Ui, view: &View<'_>, components: &[(&ComponentId, &ComponentAdvice)]) -> Self {
        let (project, playbook) = (view.session.project(), &view.session.engine().playbook);
        let measured = || components.iter().take(MEASURED);
        let width = |words: &str, face: Face, size: f32| text_size(ui, words, face.at(size)).x.ceil();
        let names = measured().map(|(id, _)| width(&project.component_name(id), Face::Medium, 12.5));
        let badges =
            measured().map(|(_, advice)| width(phrases::short_name(playbook, &advice.framework), Face::SemiBold, 11.0));
        let names = names.fold(0.0, f32::max) + 4.0;
        // Around the word the pill, and behind it a sign where a service is pinned or overruled.
        let signs = components.iter().any(|(_, advice)| advice.pinned || advice.best != advice.framework);
        let badge = badges.fold(34.0, f32::max) + if signs { 36.0 } else { 20.0 };
        let scroll_bar = ui.spacing().scroll.allocated_width();
        let room = ui.available_width() - badge - SHARE - MARGIN - 3.0 * GAP - scroll_bar - 2.0;
        let share = ui.available_width() * 0.34;
        let name = names.clamp(LEAST_NAME, share.max(LEAST_NAME));
        let reasons = room - name - GAP;
        if reasons >= LEAST_REASONS {
            return Self { name, badge, reasons: Some(reasons) };
        }
        Self { name: names.clamp(LEAST_NAME, room.max(LEAST_NAME)), badge, reasons: None }
    }
}

pub(super) fn services_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let place = ui.available_rect_before_wrap();
    let components: Vec<(&ComponentId, &ComponentAdvice)> = view.session.assessment().components.iter().collect();
    ui.spacing_mut().item_spacing.x = GAP;
    let widths = Widths::new(ui, view, &components);
    let mut table = TableBuilder::new(ui)
        .id_salt(("services", widths.reasons.is_some()))
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(72.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(widths.name).clip(true))
        .column(Column::exact(widths.badge))
        .column(Column::exact(SHARE))
        .column(Column::exact(MARGIN));
    if let Some(reasons) = widths.reasons {
        table = table.column(Column::exact(reasons).clip(true));
    }
    table
        .header(20.0, |mut header| {
            for (title, hover) in [(t("Service"), ""), (t("Framework"), t("What it is built on in this plan"))] {
                header.col(|ui| head(ui, title, hover));
            }
            let share = t("Its share among all frameworks, its own variants among them, by the evidence");
            let margin = t("Over the strongest framework of another family, in decibans");
            header.col(|ui| right(ui, |ui| head(ui, t("Share"), share)));
            header.col(|ui| right(ui, |ui| head(ui, t("Margin"), margin)));
            if widths.reasons.is_some() {
                header.col(|ui| {
                    ui.add_space(space::SMALL);
                    head(ui, t("Strongest reasons"), "");
                });
            }
        })
        .body(|body| {
            body.rows(26.0, components.len(), |mut row| {
                let (id, advice) = components[row.index()];
                service_ui(&mut row, view, id, advice, widths.reasons.is_some(), actions);
            });
        });
    let rows = || components.iter().map(|(id, advice)| copied_row(view, id, advice)).collect();
    copy_as(
        ui,
        place,
        "services",
        &[t("Service"), t("Framework"), t("Share"), t("Margin, dB"), t("Strongest reasons")],
        &rows,
    );
}

/// What the table says of a service, all of it.
fn copied_row(view: &View<'_>, id: &ComponentId, advice: &ComponentAdvice) -> Vec<String> {
    let playbook = &view.session.engine().playbook;
    let reasons = crate::assess::reasons_for(playbook, advice, &advice.framework);
    let reasons: Vec<String> =
        reasons.iter().map(|reason| format!("{} {}", reason.label, figures::decibans(reason.decibans))).collect();
    vec![
        view.session.project().component_name(id),
        phrases::short_name(playbook, &advice.framework).to_owned(),
        figures::share(advice.share),
        figures::decibans(advice.margin_db),
        reasons.join(", "),
    ]
}

fn service_ui(
    row: &mut TableRow<'_, '_>,
    view: &View<'_>,
    id: &ComponentId,
    advice: &ComponentAdvice,
    with_reasons: bool,
    actions: &mut Actions,
) {
    let session = view.session;
    let playbook = &session.engine().playbook;
    let element = ElementId::Component(id.clone());
    let name = session.project().component_name(id);
    row.set_selected(session.selection().contains(&element));
    row.col(|ui| drop(ui.add(egui::Label::new(text(&name, Face::Medium, 12.5)).truncate())));
    row.col(|ui| {
        framework_badge(ui, playbook, &advice.framework);
        sign_ui(ui, view, advice);
    });
    row.col(|ui| {
        right(ui, |ui| {
            let share = ui.label(text(figures::share(advice.share), Face::Regular, 12.5));
            share.on_hover_ui(|ui| drop(ui.label(shares::in_words(playbook, advice))));
        });
    });
    row.col(|ui| {
        right(ui, |ui| {
            let margin = ui.label(text(figures::decibans(advice.margin_db), Face::Regular, 12.5));
            margin.on_hover_ui(|ui| drop(ui.label(shares::in_words(playbook, advice))));
        });
    });
    if with_reasons {
        row.col(|ui| {
            let reasons = crate::assess::reasons_for(playbook, advice, &advice.framework);
            ui.add_space(space::SMALL);
            reasons_ui(ui, playbook, &reasons, actions);
        });
    }
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Show {name}", name)));
    if response.clicked() {
        actions.push(Action::Reveal(element));
    }
}

/// Behind the framework: that it is pinned, or that the whole system overrules what the service leans to.
fn sign_ui(ui: &mut Ui, view: &View<'_>, advice: &ComponentAdvice) {
    let tokens = Tokens::of(ui);
    let playbook = &view.session.engine().playbook;
    let (glyph, ink, words) = if advice.pinned {
        let ink = if advice.best == advice.framework { tokens.muted } else { tokens.warning.ink };
        (icons::PIN, ink, t("Pinned").to_owned())
    } else if let Some(words) = shares::leaning(playbook, advice) {
        (icons::INFO, tokens.accent.ink, words)
    } else {
        return;
    };
    ui.add_space(-4.0);
    let sign = ui.label(icon(glyph, 12.0).color(ink));
    sign.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    sign.on_hover_text(words);
}
