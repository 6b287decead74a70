//! A connection, and the connections of a component.

use egui::{ComboBox, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Focus, InspectorState, advice::remark, findings::findings_of_ui, line, push_number};
use crate::{
    explain,
    lang::{lower, t, tr},
    project::{ComponentId, Connection, ConnectionId, Edit, ElementId, Protocol},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius, space, text},
        widgets::{
            Draft, Form, NumberStyle, TextKind, caption, draft_field, icon_button, icon_tile, labelled, number_field,
            one_line, text_button,
        },
    },
};

pub(super) fn connection_ui(
    ui: &mut Ui,
    view: &View<'_>,
    id: &ConnectionId,
    state: &InspectorState,
    actions: &mut Actions,
) {
    let project = view.session.project();
    let Some(link) = project.connections.get(id) else { return };
    let name = project.name_of(&ElementId::Connection(id.clone()));
    let tokens = Tokens::of(ui);
    head_ui(ui, id, &name);
    let crossings = &view.session.assessment().estimate.seam.crossings;
    if let Some(crossing) = crossings.iter().find(|crossing| crossing.connection == *id) {
        let words = explain::crossing(&view.session.engine().playbook, project, crossing);
        remark(ui, icons::SPLIT, &tr!("Part of the seam. {words}", words), tokens.warning);
    }
    if project.waits(link) {
        remark(ui, icons::CLOCK, t("It waits for what is put off to later, and counts for nothing now"), tokens.accent);
    }
    findings_of_ui(ui, view, &ElementId::Connection(id.clone()), actions);
    ends_ui(ui, view, link, actions);
    caption(ui, t("Calls"));
    let put = |change: &dyn Fn(&mut Connection)| {
        let mut link = (**link).clone();
        change(&mut link);
        Edit::PutConnection(id.clone(), link)
    };
    protocol_ui(ui, link, state.focus == Some(Focus::Traits), |protocol| {
        actions.push(Action::edit(tr!("Set protocol of {name}", name), vec![put(&|link| link.protocol = protocol)]));
    });
    figures_ui(ui, link, &name, &put, actions);
    if let Some(label) = label_ui(ui, link, state.focus == Some(Focus::Name)) {
        actions.push(Action::edit(tr!("Label {name}", name), vec![put(&|link| link.label.clone_from(&label))]));
    }
    line::line_ui(ui, view, (id, link), &name, actions);
    ui.add_space(space::MEDIUM);
    if text_button(ui, icons::TRASH, t("Delete connection")).clicked() {
        actions.push(Action::Run("edit.delete"));
    }
}

/// A change of a connection.
type Put<'a> = dyn Fn(&dyn Fn(&mut Connection)) -> Edit + 'a;

/// How often it is called, and how long that takes.
fn figures_ui(ui: &mut Ui, link: &Connection, name: &str, put: &Put<'_>, actions: &mut Actions) {
    let style = NumberStyle {
        absent: t("unknown"),
        name: t("Calls per request"),
        typical: 1.0,
        range: 0.0..=1e6,
        form: Form::Plain(""),
        decimals: 2,
        focus: false,
    };
    let help = t("Calls for each request the caller serves; 1 where nothing is said");
    optional_ui(ui, &style, help, link.calls_per_request, name, &|n| put(&|link| link.calls_per_request = n), actions);
    let style = NumberStyle {
        absent: t("unknown"),
        name: t("Latency per call"),
        typical: 50.0,
        range: 0.0..=1e9,
        form: Form::Plain(" ms"),
        decimals: 2,
        focus: false,
    };
    let help = t(
        "Time one call takes until the answer is there. Between two services of this plan it stands in place of what is computed, however busy the one that answers is",
    );
    optional_ui(ui, &style, help, link.latency_ms, name, &|n| put(&|link| link.latency_ms = n), actions);
}

/// The words on the line; gives them once they are others.
fn label_ui(ui: &mut Ui, link: &Connection, focus: bool) -> Option<String> {
    caption(ui, t("Label"));
    let draft = Draft {
        name: t("Label"),
        text: &link.label,
        hint: t("A word or two"),
        kind: TextKind::Words,
        may_be_empty: true,
    };
    draft_field(ui, &draft, focus)
}

/// What it is, by its ends and its id.
fn head_ui(ui: &mut Ui, id: &ConnectionId, name: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        icon_tile(ui, icons::LINK, 30.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(egui::Label::new(text(name, Face::SemiBold, 15.0)).wrap());
            ui.add(
                egui::Label::new(text(tr!("Connection · {id}", id), Face::Regular, 12.0).color(tokens.muted))
                    .truncate(),
            );
        });
    });
}

fn ends_ui(ui: &mut Ui, view: &View<'_>, link: &Connection, actions: &mut Actions) {
    caption(ui, t("Ends"));
    end_ui(ui, view, t("From"), &link.from, actions);
    end_ui(ui, view, t("To"), &link.to, actions);
}

fn end_ui(ui: &mut Ui, view: &View<'_>, label: &str, id: &ComponentId, actions: &mut Actions) {
    let name = view.session.project().component_name(id);
    let width = ui.available_width() - 60.0;
    labelled(ui, label, "", width, |ui| {
        let button = egui::Button::new(text(&name, Face::Medium, 13.0)).truncate();
        if ui.add(button).on_hover_text(t("Select it")).clicked() {
            actions.push(Action::Reveal(ElementId::Component(id.clone())));
        }
    });
}

fn protocol_ui(ui: &mut Ui, link: &Connection, focus: bool, mut choose: impl FnMut(Protocol)) {
    labelled(ui, t("Protocol"), t("How the caller reaches the callee"), 128.0, |ui| {
        let combo = ComboBox::from_id_salt("protocol").selected_text(link.protocol.label()).width(128.0);
        let combo = combo.show_ui(ui, |ui| {
            for protocol in Protocol::ALL {
                if ui.selectable_label(protocol == link.protocol, protocol.label()).clicked()
                    && protocol != link.protocol
                {
                    choose(protocol);
                }
            }
        });
        let field = combo.response.accessible_name(t("Protocol"));
        if focus {
            field.request_focus();
        }
    });
}

/// A number of the link that may be unknown.
fn optional_ui(
    ui: &mut Ui,
    style: &NumberStyle<'_>,
    help: &str,
    value: Option<f64>,
    link_name: &str,
    edit: &dyn Fn(Option<f64>) -> Edit,
    actions: &mut Actions,
) {
    let what = lower(style.name);
    labelled(ui, style.name, help, 128.0, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let number = number_field(ui, style, value, 96.0);
        push_number(number, &tr!("Set {what} of {link_name}", what, link_name), |number| edit(Some(number)), actions);
        if value.is_some() && icon_button(ui, icons::X, &tr!("Clear {what}", what)).clicked() {
            actions.push(Action::edit(tr!("Clear {what} of {link_name}", what, link_name), vec![edit(None)]));
        }
    });
}

/// The connections of a component, each a way to its other end.
pub(super) fn links_of_ui(ui: &mut Ui, view: &View<'_>, id: &ComponentId, actions: &mut Actions) {
    let project = view.session.project();
    let of_component = project.connections.iter().filter(|(_, link)| link.from == *id || link.to == *id);
    let links: Vec<_> = of_component.collect();
    if links.is_empty() {
        return;
    }
    caption(ui, t("Connections"));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (link_id, link) in links {
            let outgoing = link.from == *id;
            let other = project.component_name(if outgoing { &link.to } else { &link.from });
            let seam = view.session.assessment().verdict.seam.contains(link_id);
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
            let name = if outgoing { tr!("To {other}", other) } else { tr!("From {other}", other) };
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
            let tokens = Tokens::of(ui);
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), radius::CONTROL, tokens.sunken);
            }
            let glyph = if outgoing { icons::ARROW_RIGHT } else { icons::ARROW_LEFT };
            let y = rect.center().y;
            let colour = if seam { tokens.warning.ink } else { tokens.faint };
            let at = pos2(rect.left() + 7.0, y);
            ui.painter().text(at, egui::Align2::CENTER_CENTER, glyph, Face::Icons.at(13.0), colour);
            let font = Face::Regular.at(13.0);
            one_line(ui, pos2(rect.left() + 22.0, y), rect.width() - 120.0, &other, font, tokens.text);
            let right = egui::Align2::RIGHT_CENTER;
            ui.painter().text(rect.right_center(), right, link.protocol.label(), Face::Regular.at(12.0), tokens.muted);
            if response.on_hover_text(t("Select the connection")).clicked() {
                actions.push(Action::Reveal(ElementId::Connection(link_id.clone())));
            }
        }
    });
}
