//! What machines cost and how busy they may be, and what requests cost on a server: the playbook's figures, or the project's own.

use std::ops::RangeInclusive;

use egui::{ComboBox, Ui};

use super::{AssumptionsState, Reset, Row, amounts, put, remark, row_ui, usd_within};
use crate::{
    explain::capacity as words,
    lang::{t, tr},
    playbook::{CapacitySettings, ServerKind, Slots},
    project::{Assumptions, MACHINE_USD, Machines, SERVER_FIGURE, ServerFigures, THREADS, UTILISATION},
    session::Action,
    ui::{
        Actions, View,
        widgets::{Form, labelled, link_button},
    },
};

/// Width of the list of servers.
const SERVERS: f32 = 190.0;
/// A request that costs nothing could be served without end, in milliseconds.
const LEAST_BASE_MS: f64 = 0.01;

pub(super) fn machines_ui(ui: &mut Ui, view: &View<'_>, state: &mut AssumptionsState, actions: &mut Actions) {
    let Some(settings) = &view.session.engine().playbook.capacity else { return };
    room_ui(ui, view, settings, actions);
    prices_ui(ui, view, settings, actions);
    servers_ui(ui, view, state, actions);
}

/// What the button beside a figure does: the project's own is forgotten.
fn forget(own: Option<f64>) -> Reset {
    if own.is_some() { Reset::Forget } else { Reset::Idle }
}

fn room_ui(ui: &mut Ui, view: &View<'_>, settings: &CapacitySettings, actions: &mut Actions) {
    let own = &view.session.project().assumptions.machines;
    let row = Row {
        name: t("Busy at most"),
        hover: t(
            "How busy processors and worker slots may be in what is planned: the room for the minute that is worse than its hour",
        ),
        value: Some(own.utilisation.unwrap_or(settings.utilisation) * 100.0),
        reset: forget(own.utilisation),
        typical: settings.utilisation * 100.0,
        range: UTILISATION.start() * 100.0..=UTILISATION.end() * 100.0,
        form: Form::Plain(" %"),
        decimals: 0,
        focus: false,
        step: t("Set how busy machines may be"),
    };
    row_ui(ui, view, &row, actions, |changed, value| {
        changed.machines.utilisation = value.map(|percent| percent / 100.0);
    });
    let row = Row {
        name: t("Round trip"),
        hover: t("Waiting for one query, or for what is put into a queue or cache, where a connection does not say"),
        value: Some(own.round_trip_ms.unwrap_or(settings.round_trip_ms)),
        reset: forget(own.round_trip_ms),
        typical: settings.round_trip_ms,
        range: SERVER_FIGURE,
        form: Form::Plain(" ms"),
        decimals: 2,
        focus: false,
        step: t("Set the round trip"),
    };
    row_ui(ui, view, &row, actions, |changed, value| changed.machines.round_trip_ms = value);
}

fn prices_ui(ui: &mut Ui, view: &View<'_>, settings: &CapacitySettings, actions: &mut Actions) {
    let (own, money) = (&view.session.project().assumptions.machines, view.money());
    let price = |name: &'static str, own: Option<f64>, usd: f64, step: &'static str| Row {
        name,
        hover: t("A month, without discounts, load balancers or databases"),
        value: Some(money.currency().from_usd(own.unwrap_or(usd))),
        reset: forget(own),
        typical: money.currency().from_usd(usd),
        range: amounts(money.currency(), &MACHINE_USD),
        form: Form::Money(money),
        decimals: 2,
        focus: false,
        step,
    };
    let usd = |changed: &Assumptions, amount: Option<f64>| {
        amount.map(|amount| usd_within(&changed.currency, amount, &MACHINE_USD))
    };
    let cpu = price(
        t("Processor a month"),
        own.usd_per_cpu_month,
        settings.usd_per_cpu_month,
        t("Set the price of a processor"),
    );
    row_ui(ui, view, &cpu, actions, |changed, amount| changed.machines.usd_per_cpu_month = usd(changed, amount));
    let gb =
        price(t("Gigabyte a month"), own.usd_per_gb_month, settings.usd_per_gb_month, t("Set the price of memory"));
    row_ui(ui, view, &gb, actions, |changed, amount| changed.machines.usd_per_gb_month = usd(changed, amount));
}

/// A figure of a server: what it is called, what it means, its unit, what the playbook has, and where the project keeps its own.
struct Figure {
    name: &'static str,
    hover: &'static str,
    unit: &'static str,
    range: RangeInclusive<f64>,
    decimals: usize,
    known: f64,
    own: fn(&mut ServerFigures) -> &mut Option<f64>,
}

fn figures(kind: &ServerKind) -> Vec<Figure> {
    let figure = |name, hover, known, own: fn(&mut ServerFigures) -> &mut Option<f64>| Figure {
        name,
        hover,
        unit: " ms",
        range: SERVER_FIGURE,
        decimals: 2,
        known,
        own,
    };
    let call = kind.clients.first().map_or(0.0, |client| client.cpu.typical);
    let threads = match kind.slots {
        Slots::Threads(most) | Slots::Pool(most) => Some(Figure {
            unit: "",
            range: THREADS,
            decimals: 0,
            ..figure(t("Threads of a process"), t("At most; of a pool always so many"), f64::from(most), |own| {
                &mut own.threads
            })
        }),
        Slots::One | Slots::Unlimited => None,
    };
    let mut figures = vec![
        Figure {
            range: LEAST_BASE_MS..=*SERVER_FIGURE.end(),
            ..figure(t("Empty request"), t("Processor time of a request that does nothing"), kind.base.typical, |own| {
                &mut own.base_ms
            })
        },
        figure(t("Checking a payload"), t("What checking twelve fields adds"), kind.validation.typical, |own| {
            &mut own.validation_ms
        }),
        figure(
            t("Request that reads"),
            t("Processor time of a whole request with one query"),
            kind.read.typical,
            |own| &mut own.read_ms,
        ),
        figure(
            t("Request that inserts"),
            t("Processor time of a whole request that checks and inserts a record"),
            kind.insert.typical,
            |own| &mut own.insert_ms,
        ),
        figure(t("Call to a service"), t("Processor time that a call to another service adds"), call, |own| {
            &mut own.call_ms
        }),
        Figure {
            unit: " MB",
            ..figure(t("Memory of a process"), t("Resident memory"), kind.rss_per_process.typical, |own| {
                &mut own.mb_per_process
            })
        },
    ];
    figures.extend(threads);
    figures
}

/// The figures of one server, which is chosen from a list.
fn servers_ui(ui: &mut Ui, view: &View<'_>, state: &mut AssumptionsState, actions: &mut Actions) {
    let playbook = &view.session.engine().playbook;
    let Some(first) = playbook.servers.keys().next() else { return };
    let shown = state.server.clone().filter(|id| playbook.servers.contains_key(id)).unwrap_or_else(|| first.clone());
    let Some(kind) = playbook.servers.get(&shown) else { return };
    labelled(ui, t("Server"), t("What requests cost on it, by your own measurement"), SERVERS, |ui| {
        let combo = ComboBox::from_id_salt("server").selected_text(words::server(playbook, &shown)).width(SERVERS);
        let combo = combo.truncate().show_ui(ui, |ui| {
            for (id, kind) in &playbook.servers {
                if ui.selectable_label(*id == shown, &kind.label).clicked() {
                    state.server = Some(id.clone());
                    ui.close();
                }
            }
        });
        combo.response.accessible_name(t("Server whose figures are shown"));
    });
    let mut own = view.session.project().assumptions.machines.servers.get(shown.as_str()).cloned().unwrap_or_default();
    for figure in figures(kind) {
        let said = *(figure.own)(&mut own);
        let row = Row {
            name: figure.name,
            hover: figure.hover,
            value: Some(said.unwrap_or(figure.known)),
            reset: forget(said),
            typical: figure.known,
            range: figure.range,
            form: Form::Plain(figure.unit),
            decimals: figure.decimals,
            focus: false,
            step: t("Set a figure of a server"),
        };
        row_ui(ui, view, &row, actions, |changed, value| set(changed, shown.as_str(), figure.own, value));
    }
    let changed = !view.session.project().assumptions.machines.is_default();
    if changed && link_button(ui, t("Use the playbook's figures")).clicked() {
        let edit = put(view, |changed| changed.machines = Machines::default());
        actions.push(Action::edit(t("Use the playbook's machines"), vec![edit]));
    }
    let source = kind.source.trim_end_matches('.');
    let is_own = own.all().iter().any(|(_, value)| value.is_some());
    remark(
        ui,
        &if is_own {
            tr!("The project's own where it has some. The playbook's: {source}", source)
        } else {
            tr!("{source}. Nothing was measured on a machine of yours", source)
        },
    );
}

/// Sets or forgets a figure; a server without one of its own is not kept.
fn set(changed: &mut Assumptions, server: &str, own: fn(&mut ServerFigures) -> &mut Option<f64>, value: Option<f64>) {
    let servers = &mut changed.machines.servers;
    *own(servers.entry(server.to_owned()).or_default()) = value;
    servers.retain(|_, figures| figures.all().iter().any(|(_, value)| value.is_some()));
}
