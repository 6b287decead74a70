//! Will it hold: every service under its load, the ways of requests, what if, and a simulation that doubts it.

mod columns;
mod fates;
mod load;
mod paths;
mod servers;
mod services;
mod simulation;
mod state;
mod what_if;

use egui::Ui;

use super::{
    order::UNSORTED,
    rail::rail_ui,
    table::{self, Sorting},
};
pub use columns::Figures;

use crate::{
    assess::capacity::Capacity,
    lang::t,
    project::{ComponentId, ElementId},
    session::{Action, Request},
    ui::{Actions, View, icons, widgets::empty_state},
};

/// The questions the tab answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CapacityTopic {
    /// Each service, and one of them on every server.
    #[default]
    Services,
    /// How answers slow down as more comes.
    Load,
    /// How long requests from outside take.
    Paths,
    /// The same under other circumstances.
    WhatIf,
    /// What the formulas are worth.
    Simulation,
}

impl CapacityTopic {
    /// Every question in its order.
    pub const ALL: [Self; 5] = [Self::Services, Self::Load, Self::Paths, Self::WhatIf, Self::Simulation];
}

/// Circumstances that can be asked for by one click.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Question {
    /// Three times as much comes.
    #[default]
    Peak,
    /// Something that is called takes a second.
    Slow,
    /// Something is gone.
    Dead,
    /// A service has one more process.
    Process,
}

/// What the tab remembers.
#[derive(Clone, Debug)]
pub struct CapacityState {
    /// The question.
    pub topic: CapacityTopic,
    /// The circumstances that are asked about.
    pub question: Question,
    /// The figures of servers that are shown where there is no room for all.
    pub figures: Figures,
    /// The service that is looked at while none is selected.
    service: Option<ComponentId>,
    /// What is slow or gone, once somebody chose it.
    called: Option<ComponentId>,
    /// What the tables are sorted by.
    sorted: [Sorting; 6],
}

/// The tables, each with a sorting of its own.
#[derive(Clone, Copy)]
enum Sorted {
    Services,
    Servers,
    Paths,
    WhatIf,
    Fates,
    Simulation,
}

impl Default for CapacityState {
    fn default() -> Self {
        Self {
            topic: CapacityTopic::default(),
            question: Question::default(),
            figures: Figures::default(),
            service: None,
            called: None,
            sorted: [UNSORTED; 6],
        }
    }
}

impl CapacityState {
    pub(super) fn forget_project(&mut self) {
        (self.service, self.called) = (None, None);
    }

    /// The service that is looked at: the selected one, else the one that was clicked last, else the one that breaks first.
    fn looked_at<'c>(&self, view: &View<'_>, capacity: &'c Capacity) -> Option<&'c ComponentId> {
        let known = |id: &ComponentId| capacity.services.get_key_value(id).map(|(id, _)| id);
        let selected = view.session.selected_component().and_then(|(id, _)| known(id));
        selected
            .or_else(|| known(self.service.as_ref()?))
            .or_else(|| known(&capacity.bottleneck.as_ref()?.component))
            .or_else(|| capacity.services.keys().next())
    }

    /// Looks at a service, here and on the sheet.
    fn look_at(&mut self, id: &ComponentId, actions: &mut Actions) {
        self.service = Some(id.clone());
        actions.push(Action::Reveal(ElementId::Component(id.clone())));
    }

    fn sorting(&mut self, table: Sorted) -> &mut Sorting {
        &mut self.sorted[table as usize]
    }
}

/// How busy a plan is sized to be at most.
fn room(view: &View<'_>) -> f64 {
    let settings = view.session.engine().capacity_settings(view.session.project());
    settings.map_or(1.0, |settings| settings.utilisation)
}

/// What a row is sorted by.
enum Key {
    Words(String),
    Figure(f64),
}

/// Rows in the order they are sorted by; those of the same key as they are.
fn order(rows: usize, sorting: Sorting, key: impl Fn(usize, usize) -> Key) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    if sorting == UNSORTED {
        return order;
    }
    let folded = |key: Key| if let Key::Words(words) = key { Key::Words(words.to_lowercase()) } else { key };
    let keys: Vec<Key> = order.iter().map(|row| folded(key(*row, sorting.column))).collect();
    order.sort_by(|a, b| match (&keys[*a], &keys[*b]) {
        (Key::Words(a), Key::Words(b)) => a.cmp(b),
        (Key::Figure(a), Key::Figure(b)) => a.total_cmp(b),
        (Key::Words(_), Key::Figure(_)) => std::cmp::Ordering::Less,
        (Key::Figure(_), Key::Words(_)) => std::cmp::Ordering::Greater,
    });
    if sorting.descending {
        order.reverse();
    }
    order
}

/// A time to sort by: without a bound it is the longest.
fn time_key(time_s: Option<f64>) -> Key {
    Key::Figure(time_s.unwrap_or(f64::INFINITY))
}

/// A column whose name for a screen reader is its title.
fn column(
    id: usize,
    title: &'static str,
    name: &'static str,
    width: f32,
    hover: &'static str,
) -> table::Column<'static> {
    table::Column { id, title, name, hover, width }
}

pub(super) fn capacity_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, actions: &mut Actions) {
    if view.session.engine().playbook.capacity.is_none() {
        empty_state(ui, icons::GAUGE, t("This playbook says nothing of servers and what requests cost on them"), None);
        return;
    }
    if view.session.capacity().services.is_empty() {
        let line = t("Drag a service from the palette and tag what comes to it, and it is said here whether it holds");
        if empty_state(ui, icons::GAUGE, line, Some((icons::BOOK_OPEN, t("Open a case study")))) {
            actions.push(Action::Request(Request::Welcome));
        }
        return;
    }
    let topics = [
        (CapacityTopic::Services, t("Services")),
        (CapacityTopic::Load, t("Under load")),
        (CapacityTopic::Paths, t("Request paths")),
        (CapacityTopic::WhatIf, t("What if")),
        (CapacityTopic::Simulation, t("Simulation")),
    ];
    let mut topic = state.topic;
    rail_ui(ui, &mut topic, &topics, |ui, topic| match topic {
        CapacityTopic::Services => services::services_ui(ui, view, state, actions),
        CapacityTopic::Load => load::load_ui(ui, view, state, actions),
        CapacityTopic::Paths => paths::paths_ui(ui, view, state, actions),
        CapacityTopic::WhatIf => what_if::what_if_ui(ui, view, state, actions),
        CapacityTopic::Simulation => simulation::simulation_ui(ui, view, state, actions),
    });
    state.topic = topic;
}
