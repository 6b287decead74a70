//! The plan under other circumstances, beside the present ones.

use egui::{ComboBox, Ui};

use super::{
    super::{
        TWO_COLUMNS_FROM,
        parts::{Listed, lead, listed_row, remark},
        table::{Clicked, Column, RowView, Table, table_ui},
        two_columns,
    },
    CapacityState, Key, Question, Sorted, column, fates, order,
    state::{State, p95},
    time_key,
};
use crate::{
    assess::capacity::{Capacity, ServiceCapacity, WhatIf},
    explain::capacity as words,
    project::{ComponentId, Project},
    ui::{
        Actions, View,
        theme::{Face, Tokens, space},
        widgets::{labelled, one_line, segmented},
    },
};

const PEAK: f64 = 3.0;
const SLOW_S: f64 = 1.0;
/// Below this width the table keeps the room of what the first question says as well.
const SLIM: f32 = 400.0;
/// Width of the questions in a row, and of what they are about.
const CHOICE: f32 = 330.0;
const CALLED: f32 = 180.0;
/// The share of the width that the questions take.
const QUESTIONS: f32 = 0.34;

const NAME: usize = 0;
const BUSY_NOW: usize = 1;
const BUSY_THEN: usize = 2;
const P95_NOW: usize = 3;
const P95_THEN: usize = 4;
const STATE_NOW: usize = 5;
const STATE_THEN: usize = 6;

/// What can be asked of the plan as it stands.
struct Asked {
    question: Question,
    /// What more processes are asked for.
    service: Option<ComponentId>,
    /// What is slow or gone.
    called: Option<ComponentId>,
    /// All that is called.
    callees: Vec<ComponentId>,
}

impl Asked {
    fn new(view: &View<'_>, state: &CapacityState) -> Self {
        let (project, capacity) = (view.session.project(), view.session.capacity());
        let service = state.looked_at(view, capacity).cloned();
        let callees = callees(project);
        let known = |id: &ComponentId| callees.contains(id);
        let waited = service.as_ref().and_then(|id| capacity.services.get(id)).and_then(|service| {
            let mut calls = service.calls.iter().filter_map(|call| call.connection.as_ref());
            calls.find_map(|link| project.connections.get(link).map(|link| link.to.clone()))
        });
        let first = service.as_ref().and_then(|id| {
            let links = project.connections.values().filter(|link| link.from == *id);
            links.map(|link| &link.to).find(|to| known(to)).cloned()
        });
        // A service that is selected is looked at: what it calls is asked about.
        let selected = view.session.selected_component().filter(|(_, component)| !component.kind.is_service());
        let selected = selected.map(|(id, _)| id.clone());
        let chosen = [state.called.clone(), selected, waited, first, callees.first().cloned()];
        let called = chosen.into_iter().flatten().find(known);
        Self { question: state.question, service, called, callees }
    }

    /// The question in words, `None` if there is nobody to ask it of.
    fn words(&self, project: &Project, question: Question) -> Option<String> {
        let name = |id: &Option<ComponentId>| id.as_ref().map(|id| project.component_name(id));
        Some(match question {
            Question::Peak => "Three times as much comes".to_owned(),
            Question::Slow => format!("A call to {} takes 1 s", name(&self.called)?),
            Question::Dead => format!("{} dies", name(&self.called)?),
            Question::Process => format!("{} has one more process", name(&self.service)?),
        })
    }

    /// The circumstances; `None` where something is gone instead.
    fn what_if(&self, project: &Project) -> Option<WhatIf> {
        let what_if = WhatIf::default();
        Some(match self.question {
            Question::Peak => WhatIf { load_factor: PEAK, ..what_if },
            Question::Slow => what_if.with_slow(project, self.called.as_ref()?, SLOW_S),
            Question::Process => WhatIf { more_processes: vec![(self.service.clone()?, 1)], ..what_if },
            Question::Dead => return None,
        })
    }
}

/// What is called by somebody, in the order of the document.
fn callees(project: &Project) -> Vec<ComponentId> {
    let called: std::collections::HashSet<&ComponentId> =
        project.connections.values().filter(|link| !project.waits(link)).map(|link| &link.to).collect();
    project.components.keys().filter(|id| called.contains(id)).cloned().collect()
}

pub(super) fn what_if_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, actions: &mut Actions) {
    let asked = Asked::new(view, state);
    if ui.available_width() < TWO_COLUMNS_FROM {
        // In a row, so that the answer is in sight.
        row_of_questions(ui, view, state, &asked);
        answer_ui(ui, view, state, &asked, actions);
        return;
    }
    let mut subject = (state, actions);
    two_columns(
        ui,
        QUESTIONS,
        &mut subject,
        |ui, (state, _)| questions_ui(ui, view, state, &asked),
        |ui, (state, actions), _| answer_ui(ui, view, state, &asked, actions),
    );
}

fn answer_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, asked: &Asked, actions: &mut Actions) {
    match (&asked.called, asked.what_if(view.session.project())) {
        (_, Some(what_if)) => beside_ui(ui, view, state, &what_if, actions),
        (Some(gone), None) => fates::fates_ui(ui, view, state, gone, actions),
        (None, None) => remark(ui, "Nothing calls anything yet: there is nothing that could be missed"),
    }
}

/// The questions where there is little room.
fn row_of_questions(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, asked: &Asked) {
    let choices = [
        (Question::Peak, "3 × load"),
        (Question::Slow, "Call takes 1 s"),
        (Question::Dead, "Dies"),
        (Question::Process, "+1 process"),
    ];
    let project = view.session.project();
    let width = ui.available_width();
    let beside = width >= CHOICE + CALLED;
    ui.horizontal(|ui| {
        if let Some(question) = segmented(ui, "what-if", CHOICE.min(width), asked.question, &choices) {
            state.question = question;
        }
        if beside && !asked.callees.is_empty() {
            called_ui(ui, project, state, asked, (width - CHOICE - space::SMALL).min(CALLED));
        }
    });
    if !beside && !asked.callees.is_empty() {
        called_ui(ui, project, state, asked, width.min(CALLED));
    }
}

fn questions_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, asked: &Asked) {
    let project = view.session.project();
    ui.spacing_mut().item_spacing.y = 1.0;
    for question in [Question::Peak, Question::Slow, Question::Dead, Question::Process] {
        let Some(words) = asked.words(project, question) else { continue };
        let selected = asked.question == question;
        let (rect, response) =
            listed_row(ui, Listed { height: 26.0, leads: true, selected }, || format!("What if: {words}"));
        let tokens = Tokens::of(ui);
        let (face, ink) = if selected { (Face::Medium, tokens.accent.ink) } else { (Face::Regular, tokens.text) };
        let width = rect.width() - 16.0;
        one_line(ui, rect.left_center() + egui::vec2(8.0, 0.0), width, &words, face.at(12.5), ink);
        if response.on_hover_text(&words).clicked() {
            state.question = question;
        }
    }
    if !asked.callees.is_empty() {
        ui.add_space(space::TINY);
        let width = (ui.available_width() - 90.0).clamp(80.0, 220.0);
        labelled(ui, "Called", "What takes a second, or dies", width, |ui| called_ui(ui, project, state, asked, width));
    }
    ui.add_space(space::TINY);
    remark(ui, "With the workers that are planned for the present load");
}

fn called_ui(ui: &mut Ui, project: &Project, state: &mut CapacityState, asked: &Asked, width: f32) {
    let shown = asked.called.as_ref().map_or_else(String::new, |id| project.component_name(id));
    let combo = ComboBox::from_id_salt("called").selected_text(shown.as_str()).width(width).truncate().height(300.0);
    let combo = combo.show_ui(ui, |ui| {
        ui.set_min_width(width);
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        // Names are asked only for those that are seen: a plan may call thousands.
        let height = ui.spacing().interact_size.y;
        let list = egui::ScrollArea::vertical().max_height(280.0);
        list.show_rows(ui, height, asked.callees.len(), |ui, range| {
            for id in &asked.callees[range] {
                if ui.selectable_label(asked.called.as_ref() == Some(id), project.component_name(id)).clicked() {
                    state.called = Some(id.clone());
                    ui.close();
                }
            }
        });
    });
    combo.response.accessible_name("What is slow or gone");
}

fn columns(width: f32) -> Vec<Column<'static>> {
    let all = [
        (0.0, column(NAME, "Service", "service", 0.0, "")),
        (510.0, column(BUSY_NOW, "Busy now", "how busy now", 62.0, "")),
        (0.0, column(BUSY_THEN, "then", "how busy then", 52.0, "How busy under the other circumstances")),
        (440.0, column(P95_NOW, "p95 now", "p95 now", 76.0, "")),
        (320.0, column(P95_THEN, "then", "p95 then", 76.0, "p95 under the other circumstances")),
        (620.0, column(STATE_NOW, "State now", "state now", 82.0, "")),
        (0.0, column(STATE_THEN, "then", "state then", 82.0, "State under the other circumstances")),
    ];
    all.into_iter().filter(|(from, _)| width >= *from).map(|(_, column)| column).collect()
}

/// Every service now and then.
fn beside_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, what_if: &WhatIf, actions: &mut Actions) {
    let (project, now) = (view.session.project(), view.session.capacity());
    let then = view.session.capacity_if(what_if);
    lead(ui, words::bottleneck(project, &then));
    if ui.available_width() >= SLIM {
        remark(ui, format!("Now: {}", words::bottleneck(project, now)));
    }
    let columns = columns(ui.available_width());
    let services: Vec<(&ComponentId, &ServiceCapacity, Option<&ServiceCapacity>)> =
        now.services.iter().map(|(id, service)| (id, service, then.services.get(id))).collect();
    let sorting = state.sorting(Sorted::WhatIf);
    let order = order(services.len(), *sorting, |row, column| {
        let (id, now, then) = services[row];
        let busy = |of: &ServiceCapacity| of.planned().and_then(|planned| planned.utilisation);
        let p95 = |of: &ServiceCapacity| time_key(of.planned().and_then(|planned| planned.answers.p95_s()));
        match column {
            BUSY_NOW => Key::Figure(busy(now).unwrap_or(f64::NEG_INFINITY)),
            BUSY_THEN => Key::Figure(then.and_then(busy).unwrap_or(f64::NEG_INFINITY)),
            P95_NOW => p95(now),
            P95_THEN => then.map_or(Key::Figure(f64::INFINITY), p95),
            STATE_NOW => Key::Figure(-f64::from(State::of(now) as u8)),
            STATE_THEN => Key::Figure(then.map_or(0.0, |then| -f64::from(State::of(then) as u8))),
            _ => Key::Words(project.component_name(id)),
        }
    });
    let row = |ui: &Ui, at: usize| row_of(ui, view, (now, &then), services[order[at]].0, &columns);
    let table = Table {
        salt: "what-if",
        playbook: &view.session.engine().playbook,
        columns: &columns,
        rows: services.len(),
        row: &row,
        total: None,
        csv: None,
    };
    if let Some(Clicked::Row(at)) = table_ui(ui, &table, sorting) {
        let id = services[order[at]].0.clone();
        state.look_at(&id, actions);
    }
}

/// What stands in the cells of a service.
struct Told {
    busy: String,
    p95: String,
    state: State,
}

impl Told {
    fn of(capacity: &Capacity, id: &ComponentId) -> Option<Self> {
        let service = capacity.services.get(id)?;
        let planned = service.planned();
        Some(Self {
            busy: words::utilisation(planned.and_then(|planned| planned.utilisation)),
            p95: planned.map_or_else(|| "–".to_owned(), |planned| p95(planned, service.missing.is_empty())),
            state: State::of(service),
        })
    }
}

fn row_of(
    ui: &Ui,
    view: &View<'_>,
    (now, then): (&Capacity, &Capacity),
    id: &ComponentId,
    columns: &[Column<'_>],
) -> RowView {
    let tokens = Tokens::of(ui);
    let (Some(now), Some(then)) = (Told::of(now, id), Told::of(then, id)) else { return RowView::default() };
    let name = view.session.project().component_name(id);
    let cell = |column: &Column<'_>| match column.id {
        BUSY_NOW => now.busy.clone(),
        BUSY_THEN => then.busy.clone(),
        P95_NOW => now.p95.clone(),
        P95_THEN => then.p95.clone(),
        STATE_NOW => now.state.word().to_owned(),
        STATE_THEN => then.state.word().to_owned(),
        _ => name.clone(),
    };
    let worse = then.state < now.state;
    // What changes stands out; what gets worse in its colour.
    let changed = |changes: bool| changes.then_some(if worse { tokens.error.ink } else { tokens.accent.ink });
    let ink = |column: &Column<'_>| match column.id {
        BUSY_NOW | P95_NOW | STATE_NOW => Some(tokens.muted),
        BUSY_THEN => changed(now.busy != then.busy),
        P95_THEN => changed(now.p95 != then.p95),
        STATE_THEN => then.state.ink(tokens),
        _ => None,
    };
    let said = format!(
        "{name}: now {} busy, p95 {}, {}; then {} busy, p95 {}, {}",
        now.busy,
        now.p95,
        now.state.word(),
        then.busy,
        then.p95,
        then.state.word()
    );
    RowView {
        cells: columns.iter().map(cell).collect(),
        hover: said.clone(),
        said,
        inks: columns.iter().map(ink).collect(),
        leads: true,
        ..RowView::default()
    }
}
