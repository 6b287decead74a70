//! Several connections at once: what they have in common, and setting it on all.

use egui::{ComboBox, Ui};

use super::{MIXED, push_numbers};
use crate::{
    lang::{later, lower, t, tr},
    project::{Connection, ConnectionId, Edit, LineKind, Project, Protocol},
    session::Action,
    ui::{
        Actions, View, icons,
        widgets::{Form, NumberStyle, caption, icon_button, labelled, number_field},
    },
};

const WIDTH: f32 = 128.0;

/// The connections, and how a step on them is called.
struct Links<'a> {
    project: &'a Project,
    ids: &'a [ConnectionId],
}

/// A number that a connection may have.
struct Figure {
    name: &'static str,
    help: &'static str,
    typical: f64,
    most: f64,
    suffix: &'static str,
    of: fn(&Connection) -> Option<f64>,
    set: fn(&mut Connection, Option<f64>),
}

const FIGURES: [Figure; 2] = [
    Figure {
        name: later("Calls per request"),
        help: later("Calls for each request the caller serves; 1 where nothing is said"),
        typical: 1.0,
        most: 1e6,
        suffix: "",
        of: |link| link.calls_per_request,
        set: |link, number| link.calls_per_request = number,
    },
    Figure {
        name: later("Latency per call"),
        help: later("Time one call takes until the answer is there"),
        typical: 50.0,
        most: 1e9,
        suffix: " ms",
        of: |link| link.latency_ms,
        set: |link, number| link.latency_ms = number,
    },
];

pub(super) fn links_ui(ui: &mut Ui, view: &View<'_>, ids: &[ConnectionId], actions: &mut Actions) {
    if ids.is_empty() {
        return;
    }
    let links = Links { project: view.session.project(), ids };
    caption(ui, t("Connections"));
    let protocols = Protocol::ALL.map(|protocol| (protocol, protocol.label()));
    let help = t("How the caller reaches the callee");
    if let Some(protocol) = choice_ui(ui, (t("Protocol"), help), links.common(|link| link.protocol), &protocols) {
        actions.push(Action::edit(links.step(t("Set protocol of")), links.put(&|link| link.protocol = protocol)));
    }
    let lines = LineKind::ALL.map(|line| (line, line.label()));
    let help = t("How the lines are drawn");
    if let Some(line) = choice_ui(ui, (t("Line"), help), links.common(|link| link.course.line), &lines) {
        actions.push(Action::edit(links.step(t("Set line of")), links.put(&|link| link.course.line = line)));
    }
    for figure in &FIGURES {
        figure_ui(ui, &links, figure, actions);
    }
}

impl Links<'_> {
    fn all(&self) -> impl Iterator<Item = (&ConnectionId, &Connection)> {
        self.ids.iter().filter_map(|id| Some((id, &**self.project.connections.get(id)?)))
    }

    /// What all of them have, if it is the same.
    fn common<T: PartialEq>(&self, of: impl Fn(&Connection) -> T) -> Option<T> {
        let mut all = self.all().map(|(_, link)| of(link));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }

    fn step(&self, what: &str) -> String {
        tr!("{what} {} connections", self.ids.len(), what)
    }

    /// The edits that change each of them.
    fn put(&self, change: &dyn Fn(&mut Connection)) -> Vec<Edit> {
        let changed = |(id, link): (&ConnectionId, &Connection)| {
            let mut link = link.clone();
            change(&mut link);
            Edit::PutConnection(id.clone(), link)
        };
        self.all().map(changed).collect()
    }
}

fn figure_ui(ui: &mut Ui, links: &Links<'_>, figure: &Figure, actions: &mut Actions) {
    let common = links.common(figure.of);
    let some = common != Some(None);
    let style = NumberStyle {
        absent: if common.is_none() { t(MIXED) } else { t("unknown") },
        name: t(figure.name),
        typical: figure.typical,
        range: 0.0..=figure.most,
        form: Form::Plain(figure.suffix),
        decimals: 2,
        focus: false,
    };
    let what = lower(t(figure.name));
    let put = |number: Option<f64>| links.put(&|link| (figure.set)(link, number));
    labelled(ui, t(figure.name), t(figure.help), WIDTH, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let number = number_field(ui, &style, common.flatten(), 96.0);
        push_numbers(number, &links.step(&tr!("Set {what} of", what)), |number| put(Some(number)), actions);
        if some && icon_button(ui, icons::X, &tr!("Clear {what}", what)).clicked() {
            actions.push(Action::edit(links.step(&tr!("Clear {what} of", what)), put(None)));
        }
    });
}

/// A choice that may be mixed; gives what was chosen.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    (name, help): (&str, &str),
    current: Option<T>,
    choices: &[(T, &str)],
) -> Option<T> {
    let label = choices.iter().find(|(choice, _)| Some(*choice) == current).map_or(t(MIXED), |(_, label)| *label);
    let mut chosen = None;
    labelled(ui, name, help, WIDTH, |ui| {
        let combo = ComboBox::from_id_salt(name).selected_text(label).width(WIDTH).show_ui(ui, |ui| {
            for (choice, label) in choices {
                let here = current == Some(*choice);
                if ui.selectable_label(here, *label).clicked() && !here {
                    chosen = Some(*choice);
                }
            }
        });
        combo.response.accessible_name(name);
    });
    chosen
}
