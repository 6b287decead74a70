//! Where knowledge is used: criteria with the services they count for, work with its price, packages, findings.

use egui::{Align, Layout, Ui, vec2};

use crate::{
    assess::{ServiceUse, WorkUse},
    figures,
    lang::{t, tr},
    playbook::{Criterion, Package, PackageStatus, WorkItem},
    project::ElementId,
    session::{Action, CanvasRequest, Request, Select},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, text},
        widgets::{Chip, caption, chip, framework_look, link_button},
    },
};

/// Most services that a criterion names before the rest is counted.
const SERVICES_SHOWN: usize = 6;

/// The label of a criterion without a plan to fill its value in.
pub(super) fn criterion_words(criterion: &Criterion) -> String {
    criterion.label.replace("{}", "N")
}

/// What stands on a claim: what counts in this plan first, then what does not.
pub(super) fn used_ui(
    ui: &mut Ui,
    view: &View<'_>,
    criteria: &[&Criterion],
    items: &[&WorkItem],
    actions: &mut Actions,
) {
    let uses = view.session.uses();
    let mut idle: Vec<String> = Vec::new();
    for criterion in criteria {
        match uses.of_criterion(&criterion.id) {
            [] => idle.push(criterion_words(criterion)),
            services => criterion_ui(ui, view, criterion, services, actions),
        }
    }
    for item in items {
        match uses.of_work_item(&item.id) {
            None => idle.push(item.label.clone()),
            Some(work) => work_ui(ui, view, item, work, actions),
        }
    }
    if !idle.is_empty() {
        let words = tr!("Not in this plan: {}", idle.join(", "));
        ui.add(egui::Label::new(text(words, Face::Regular, 11.5).color(Tokens::of(ui).faint)).wrap());
    }
}

/// A line that wraps: a sign, what it is, and what comes behind it.
fn line_ui(ui: &mut Ui, glyph: char, words: &str, hover: &str, behind: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 20.0), layout, |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        ui.spacing_mut().interact_size.y = 20.0;
        ui.label(icon(glyph, 12.0).color(tokens.faint));
        let label = ui.label(text(words, Face::Regular, 12.0).color(tokens.muted));
        if !hover.is_empty() {
            label.on_hover_text(hover);
        }
        behind(ui);
    });
}

fn criterion_ui(ui: &mut Ui, view: &View<'_>, criterion: &Criterion, services: &[ServiceUse], actions: &mut Actions) {
    let session = view.session;
    let playbook = &session.engine().playbook;
    let hover = format!("{}\n{}", criterion.reason, criterion.weight_reason);
    line_ui(ui, icons::SCALE, &criterion_words(criterion), &hover, |ui| {
        for service in services.iter().take(SERVICES_SHOWN) {
            let (framework, pair) = framework_look(ui, playbook, &service.framework);
            let name = session.project().component_name(&service.component);
            let db = figures::decibans(service.decibans);
            let figure = format!("{framework} {db} dB");
            let said = tr!("Show {name}, {figure}", name, figure);
            let response = chip(ui, &Chip { words: &name, figure: &figure, pair, name: &said });
            let hover =
                tr!("{name}: {} speaks {db} dB for {framework}", criterion_words(criterion), name, db, framework);
            if response.on_hover_text(hover).clicked() {
                actions.push(Action::Reveal(ElementId::Component(service.component.clone())));
            }
        }
        let rest = services.len().saturating_sub(SERVICES_SHOWN);
        if rest > 0 && link_button(ui, &tr!("and {rest} more", rest)).clicked() {
            let all = services.iter().map(|service| ElementId::Component(service.component.clone()));
            show_all(all.collect(), actions);
        }
    });
}

fn work_ui(ui: &mut Ui, view: &View<'_>, item: &WorkItem, work: &WorkUse, actions: &mut Actions) {
    line_ui(ui, icons::WALLET, &item.label, &item.reason, |ui| {
        let pair = Tokens::of(ui).framework("");
        let (usd, effort) = (view.money().short(work.usd), figures::person_weeks(work.person_weeks));
        let places = match work.components.len() {
            0 => t("the project").to_owned(),
            1 => t("1 component").to_owned(),
            many => tr!("{many} components", many),
        };
        if work.components.is_empty() {
            ui.label(
                text(tr!("{usd}, {effort} on the project", usd, effort), Face::Regular, 12.0)
                    .color(Tokens::of(ui).muted),
            );
            return;
        }
        let said = tr!("Show {places} with {}, {usd}", item.label, places, usd);
        let response = chip(ui, &Chip { words: &places, figure: &usd, pair, name: &said });
        if response.on_hover_text(tr!("{effort}, {usd} of the median budget", effort, usd)).clicked() {
            show_all(work.components.iter().map(|id| ElementId::Component(id.clone())).collect(), actions);
        }
    });
}

/// Selects elements and brings them into view.
fn show_all(elements: Vec<ElementId>, actions: &mut Actions) {
    if let [one] = elements.as_slice() {
        actions.push(Action::Reveal(one.clone()));
    } else {
        actions.push(Action::Select(Select::Only(elements)));
        actions.push(Action::Request(Request::Canvas(CanvasRequest::FitSelection)));
    }
}

/// The packages a claim is about, with what is to be known of those that are no longer kept.
pub(super) fn packages_ui(ui: &mut Ui, packages: &[&Package]) {
    if packages.is_empty() {
        return;
    }
    let said = |package: &&Package| {
        let status = match package.status {
            PackageStatus::Active => return package.name.clone(),
            PackageStatus::Maintenance => t("fixes only"),
            PackageStatus::Unmaintained => t("no longer kept"),
        };
        match &package.replacement {
            Some(other) => tr!("{} ({status}; take {other})", package.name, status, other),
            None => format!("{} ({status})", package.name),
        }
    };
    let words = packages.iter().map(said).collect::<Vec<_>>().join(", ");
    let hover: Vec<String> = packages
        .iter()
        .map(|package| tr!("{0}: {1}. Checked {2}. {3}", package.name, package.purpose, package.checked, package.note))
        .collect();
    line_ui(ui, icons::PACKAGE, &words, &hover.join("\n"), |_| {});
}

/// What else cites a paragraph: what none of its claims names, and the findings that refer to it.
pub(super) fn foot_ui(ui: &mut Ui, view: &View<'_>, paragraph: u8, actions: &mut Actions) {
    let session = view.session;
    let others = session.engine().playbook.uncarried(paragraph);
    let findings = session.uses().findings_of(paragraph);
    if others.criteria.is_empty() && others.work_items.is_empty() && others.packages.is_empty() && findings.is_empty() {
        return;
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        caption(ui, t("Also refers to this paragraph"));
        used_ui(ui, view, &others.criteria, &others.work_items, actions);
        packages_ui(ui, &others.packages);
        for finding in findings.iter().filter_map(|at| session.assessment().findings.get(*at)) {
            line_ui(ui, icons::TRIANGLE_ALERT, &finding.message, "", |ui| {
                if !finding.elements.is_empty() && link_button(ui, t("Show where it is")).clicked() {
                    show_all(finding.elements.clone(), actions);
                }
            });
        }
    });
}
