//! The plan under other circumstances, beside the present ones.

use egui::{ComboBox, Ui};

use super::{
    super::{
        TWO_COLUMNS_FROM,
        parts::{Listed, TALL, lead, listed_row, remark},
        table::{Clicked, Column, RowView, Table, in_full, table_ui},
        two_columns,
    },
    CapacityState, Key, Question, Sorted, column, fates, order,
    state::{State, p95},
    time_key,
};
use crate::{
    assess::capacity::{Capacity, ServiceCapacity, WhatIf},
    explain::capacity as words,
    lang::{t, tr},
    project::{ComponentId, Project},
    ui::{
        Actions, View,
        theme::{Face, Tokens, space, text},
        widgets::{labelled, one_line, segmented},
    },
};

const PEAK: f64 = 3.0;
const SLOW_S: f64 = 1.0;
/// Width of the questions in a row, of the word behind them, and of what they are about.
const CHOICE: f32 = 330.0;
const WORD: f32 = 40.0;
const ABOUT: f32 = 180.0;
/// Room for what a screen reader says of that, where it is written.
const SAID: f32 = 190.0;
/// The least of it that can be read; else it stands below the questions.
const LEAST_ABOUT: f32 = 110.0;
/// From this width on, the state has more room for a reason, which is so wide.
const ROOM_FOR_WHY: f32 = 500.0;
const WHY: f32 = 28.0;
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
struct Asked<'a> {
    question: Question,
    /// What more processes are asked for.
    service: Option<&'a ComponentId>,
    /// What is slow or gone.
    called: Option<&'a ComponentId>,
    /// All that is called.
    callees: Vec<&'a ComponentId>,
    /// All that could have more processes.
    services: Vec<&'a ComponentId>,
}

/// What a question is about: a word before its name, what a screen reader calls it, and what can be chosen.
struct About<'a> {
    word: &'static str,
    said: &'static str,
    chosen: Option<&'a ComponentId>,
    all: &'a [&'a ComponentId],
}

impl<'a> Asked<'a> {
    fn new(view: &View<'a>, state: &CapacityState) -> Self {
        let (project, capacity) = (view.session.project(), view.session.capacity());
        let service = state.looked_at(view, capacity);
        let callees = callees(project);
        let known = |id: &ComponentId| callees.iter().copied().find(|known| *known == id);
        let waited = service.and_then(|id| capacity.services.get(id)).and_then(|service| {
            let mut calls = service.calls.iter().filter_map(|call| call.connection.as_ref());
            calls.find_map(|link| project.connections.get(link).map(|link| &link.to))
        });
        let first = service.and_then(|id| {
            let links = project.connections.values().filter(|link| link.from == *id);
            links.map(|link| &link.to).find(|to| known(to).is_some())
        });
        // A service that is selected is looked at: what it calls is asked about.
        let selected = view.session.selected_component().filter(|(_, component)| !component.kind.is_service());
        let selected = selected.map(|(id, _)| id);
        let chosen = [state.called.as_ref(), selected, waited, first, callees.first().copied()];
        let called = chosen.into_iter().flatten().find_map(known);
        let services = capacity.services.keys().collect();
        Self { question: state.question, service, called, callees, services }
    }

    /// What the question is about; nothing where it is about all of the plan, or where there is nothing to choose from.
    fn about(&self) -> Option<About<'_>> {
        let called = |word, said| About { word, said, chosen: self.called, all: &self.callees };
        let about = match self.question {
            Question::Peak => return None,
            Question::Slow => called(t("to"), t("What takes 1 s")),
            Question::Dead => called(t("what:"), t("What dies")),
            Question::Process => About {
                word: t("for"),
                said: t("What has one more process"),
                chosen: self.service,
                all: &self.services,
            },
        };
        Some(about).filter(|about| !about.all.is_empty())
    }

    /// The question in words, `None` if there is nobody to ask it of.
    fn words(&self, project: &Project, question: Question) -> Option<String> {
        let name = |id: Option<&ComponentId>| id.map(|id| project.component_name(id));
        Some(match question {
            Question::Peak => t("Three times as much comes").to_owned(),
            Question::Slow => {
                let called = name(self.called)?;
                tr!("A call to {called} takes 1 s", called)
            }
            Question::Dead => {
                let called = name(self.called)?;
                tr!("{called} dies", called)
            }
            Question::Process => {
                let service = name(self.service)?;
                tr!("{service} has one more process", service)
            }
        })
    }

    /// The circumstances; `None` where something is gone instead.
    fn what_if(&self, project: &Project) -> Option<WhatIf> {
        let what_if = WhatIf::default();
        Some(match self.question {
            Question::Peak => WhatIf { load_factor: PEAK, ..what_if },
            Question::Slow => what_if.with_slow(project, self.called?, SLOW_S),
            Question::Process => WhatIf { more_processes: vec![(self.service?.clone(), 1)], ..what_if },
            Question::Dead => return None,
        })
    }
}

/// What is called by somebody, in the order of the document.
fn callees(project: &Project) -> Vec<&ComponentId> {
    let called: std::collections::HashSet<&ComponentId> =
        project.connections.values().filter(|link| !project.waits(link)).map(|link| &link.to).collect();
    project.components.keys().filter(|id| called.contains(id)).collect()
}

pub(super) fn what_if_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, actions: &mut Actions) {
    let asked = Asked::new(view, state);
    if ui.available_width() < TWO_COLUMNS_FROM {
        // In a row, so that the answer is in sight.
        row_of_questions(ui, view, state, &asked, actions);
        answer_ui(ui, view, state, &asked, actions);
        return;
    }
    let mut subject = (state, actions);
    two_columns(
        ui,
        QUESTIONS,
        &mut subject,
        |ui, (state, actions)| questions_ui(ui, view, state, &asked, actions),
        |ui, (state, actions), _| answer_ui(ui, view, state, &asked, actions),
    );
}

fn answer_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, asked: &Asked<'_>, actions: &mut Actions) {
    match (asked.called, asked.what_if(view.session.project())) {
        (_, Some(what_if)) => beside_ui(ui, view, state, &what_if, actions),
        (Some(gone), None) => fates::fates_ui(ui, view, state, gone, actions),
        (None, None) => remark(ui, t("Nothing calls anything yet: there is nothing that could be missed")),
    }
}

/// The questions where there is little room, and beside them what the chosen one is about.
fn row_of_questions(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, asked: &Asked<'_>, actions: &mut Actions) {
    let choices = [
        (Question::Peak, t("3 × load")),
        (Question::Slow, t("Call takes 1 s")),
        (Question::Dead, t("Dies")),
        (Question::Process, t("+1 process")),
    ];
    let width = ui.available_width();
    let beside = width >= CHOICE + WORD + LEAST_ABOUT;
    ui.horizontal(|ui| {
        if let Some(question) = segmented(ui, "what-if", CHOICE.min(width), asked.question, &choices) {
            state.question = question;
        }
        if beside && let Some(about) = asked.about() {
            ui.label(text(about.word, Face::Regular, 12.5));
            let room = (ui.available_width() - space::TINY).min(ABOUT);
            about_ui(ui, view, state, (asked.question, &about, room), actions);
        }
    });
    if !beside && let Some(about) = asked.about() {
        ui.horizontal(|ui| {
            ui.label(text(about.word, Face::Regular, 12.5));
            let room = ui.available_width().min(ABOUT);
            about_ui(ui, view, state, (asked.question, &about, room), actions);
        });
    }
}

fn questions_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, asked: &Asked<'_>, actions: &mut Actions) {
    let project = view.session.project();
    ui.spacing_mut().item_spacing.y = 1.0;
    for question in [Question::Peak, Question::Slow, Question::Dead, Question::Process] {
        let Some(words) = asked.words(project, question) else { continue };
        let selected = asked.question == question;
        let (rect, response) =
            listed_row(ui, Listed { height: 26.0, leads: true, selected }, || tr!("What if: {words}", words));
        let tokens = Tokens::of(ui);
        let (face, ink) = if selected { (Face::Medium, tokens.accent.ink) } else { (Face::Regular, tokens.text) };
        let width = rect.width() - 16.0;
        one_line(ui, rect.left_center() + egui::vec2(8.0, 0.0), width, &words, face.at(12.5), ink);
        if response.on_hover_text(&words).clicked() {
            state.question = question;
        }
    }
    if let Some(about) = asked.about() {
        ui.add_space(space::TINY);
        let width = (ui.available_width() - SAID).clamp(80.0, 240.0);
        labelled(ui, about.said, "", width, |ui| {
            about_ui(ui, view, state, (asked.question, &about, width), actions);
        });
    }
    ui.add_space(space::TINY);
    remark(ui, t("With the workers that are planned for the present load"));
}

/// What a question is about, to be chosen.
fn about_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut CapacityState,
    (question, about, width): (Question, &About<'_>, f32),
    actions: &mut Actions,
) {
    let project = view.session.project();
    let shown = about.chosen.map_or_else(String::new, |id| project.component_name(id));
    let combo = ComboBox::from_id_salt("about").selected_text(shown.as_str()).width(width).truncate().height(300.0);
    let combo = combo.show_ui(ui, |ui| {
        ui.set_min_width(width);
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        // Names are asked only for those that are seen: a plan may call thousands.
        let height = ui.spacing().interact_size.y;
        let list = egui::ScrollArea::vertical().max_height(280.0);
        list.show_rows(ui, height, about.all.len(), |ui, range| {
            for id in about.all[range].iter().copied() {
                if ui.selectable_label(about.chosen == Some(id), project.component_name(id)).clicked() {
                    match question {
                        Question::Process => state.look_at(id, actions),
                        _ => state.called = Some(id.clone()),
                    }
                    ui.close();
                }
            }
        });
    });
    combo.response.accessible_name(about.said).on_hover_text(shown);
}

fn columns(width: f32) -> Vec<Column<'static>> {
    let all = [
        (0.0, column(NAME, t("Service"), t("service"), 0.0, "")),
        (440.0, column(BUSY_NOW, t("Busy\nnow"), t("how busy now"), 46.0, "")),
        (
            0.0,
            column(BUSY_THEN, t("Busy\nthen"), t("how busy then"), 58.0, t("How busy under the other circumstances")),
        ),
        (400.0, column(P95_NOW, t("p95\nnow"), t("p95 now"), 66.0, "")),
        (320.0, column(P95_THEN, t("p95\nthen"), t("p95 then"), 82.0, t("p95 under the other circumstances"))),
        (640.0, column(STATE_NOW, t("State\nnow"), t("state now"), 82.0, "")),
        (0.0, column(STATE_THEN, t("State\nthen"), t("state then"), 82.0, t("State under the other circumstances"))),
    ];
    let wide = if width >= ROOM_FOR_WHY { WHY } else { 0.0 };
    let more = |column: Column<'static>| match column.id {
        STATE_THEN => Column { width: column.width + wide, ..column },
        _ => column,
    };
    all.into_iter().filter(|(from, _)| width >= *from).map(|(_, column)| more(column)).collect()
}

/// Every service now and then.
fn beside_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, what_if: &WhatIf, actions: &mut Actions) {
    let (project, now) = (view.session.project(), view.session.capacity());
    let then = view.session.capacity_if(what_if);
    let before = tr!("Now: {}", words::headline(project, now));
    // Where there is little room, rows are worth more than what is said elsewhere as well.
    let low = ui.available_height() < TALL;
    lead(ui, words::headline(project, &then)).on_hover_text(&before);
    if !low {
        remark(ui, before);
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
    let csv = |ui: &Ui| {
        let all = self::columns(f32::INFINITY);
        in_full(&all, order.iter().map(|at| row_of(ui, view, (now, &then), services[*at].0, &all).cells))
    };
    let table = Table {
        salt: "what-if",
        playbook: &view.session.engine().playbook,
        columns: &columns,
        rows: services.len(),
        row: &row,
        total: None,
        csv: Some(&csv),
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
    /// The state in a word; without a bound, why that is.
    state_words: String,
    /// The same for whoever cannot see the rest.
    said: String,
    state: State,
    /// To be compared: without a bound it is infinite.
    share: f64,
    p95_s: f64,
}

impl Told {
    fn of(view: &View<'_>, capacity: &Capacity, id: &ComponentId) -> Option<Self> {
        let service = capacity.services.get(id)?;
        let planned = service.planned();
        let (share, state) = (planned.and_then(|planned| planned.utilisation), State::of(service));
        let busy = words::utilisation(share);
        let p95 = planned.map_or_else(|| "–".to_owned(), |planned| p95(planned, service.is_complete()));
        let why = words::why_unbounded(view.session.project(), service);
        let more = why.as_ref().map_or_else(String::new, |[_, full]| format!(": {full}"));
        Some(Self {
            said: tr!("{busy} busy, p95 {p95}, {}{more}", state.word(), busy, p95, more),
            state_words: why.map_or_else(|| state.word().to_owned(), |[short, _]| short),
            busy,
            p95,
            state,
            share: share.unwrap_or(0.0),
            p95_s: planned.map_or(0.0, |planned| planned.answers.p95_s().unwrap_or(f64::INFINITY)),
        })
    }
}

/// A figure that changes, with a sign that says in which direction and the colour of what that means: more is worse.
fn changed(tokens: &Tokens, figure: &str, before: &str, (then, now): (f64, f64)) -> (String, Option<egui::Color32>) {
    match then.total_cmp(&now) {
        _ if figure == before => (figure.to_owned(), None),
        std::cmp::Ordering::Greater => (format!("▲ {figure}"), Some(tokens.warning.ink)),
        std::cmp::Ordering::Less => (format!("▼ {figure}"), Some(tokens.accent.ink)),
        std::cmp::Ordering::Equal => (figure.to_owned(), None),
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
    let (Some(now), Some(then)) = (Told::of(view, now, id), Told::of(view, then, id)) else {
        return RowView::default();
    };
    let name = view.session.project().component_name(id);
    let busy = changed(tokens, &then.busy, &now.busy, (then.share, now.share));
    let p95 = changed(tokens, &then.p95, &now.p95, (then.p95_s, now.p95_s));
    let state = (then.state_words.clone(), then.state.ink(tokens));
    let quiet = |words: &str| (words.to_owned(), Some(tokens.muted));
    let cell = |column: &Column<'_>| match column.id {
        BUSY_NOW => quiet(&now.busy),
        BUSY_THEN => busy.clone(),
        P95_NOW => quiet(&now.p95),
        P95_THEN => p95.clone(),
        STATE_NOW => quiet(now.state.word()),
        STATE_THEN => state.clone(),
        _ => (name.clone(), None),
    };
    let (cells, inks) = columns.iter().map(cell).unzip();
    let said = tr!("{name}: now {0}; then {1}", now.said, then.said, name);
    RowView { cells, hover: said.clone(), said, inks, keeps_ends: true, leads: true, ..RowView::default() }
}
