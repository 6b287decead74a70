//! What a person-week costs: one blended rate, or a rate card of roles.

use egui::{Sense, Ui, UiBuilder, vec2};

use super::{super::push_number, Row, affixes, put, remark, row_ui};
use crate::{
    playbook::Assumption,
    project::{Assumptions, Role, RoleId, unique_slug},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::space,
        widgets::{Draft, NumberStyle, TextKind, draft_field, icon_button, link_button, number_field, segmented},
    },
};

const RATE_WIDTH: f32 = 74.0;
const SHARE_WIDTH: f32 = 56.0;

pub(super) fn rates_ui(ui: &mut Ui, view: &View<'_>, wanted: Option<Assumption>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let by_role = !assumptions.roles.is_empty();
    let width = ui.available_width();
    match segmented(ui, "rates", width, by_role, &[(false, "One rate"), (true, "Rate card")]) {
        Some(true) => {
            let roles = card_of(view);
            actions.push(Action::edit("Use a rate card", vec![put(view, |changed| changed.roles = roles)]));
        }
        Some(false) => {
            // What the roles came to stays, so that the switch by itself changes no figure.
            let rate = cents(assumptions.mean_rate_usd_per_person_week());
            let edit = put(view, |changed| {
                changed.roles.clear();
                changed.rate_usd_per_person_week = rate;
            });
            actions.push(Action::edit("Use one rate", vec![edit]));
        }
        None => {}
    }
    let focus = wanted == Some(Assumption::Rate);
    if by_role { card_ui(ui, view, focus, actions) } else { one_rate_ui(ui, view, focus, actions) }
}

fn cents(usd: f64) -> f64 {
    (usd * 100.0).round() / 100.0
}

fn one_rate_ui(ui: &mut Ui, view: &View<'_>, focus: bool, actions: &mut Actions) {
    let (assumptions, money) = (&view.session.project().assumptions, view.money());
    let settings = &view.session.engine().playbook.estimate;
    let default = Assumptions::default().rate_usd_per_person_week;
    let row = Row {
        name: Assumption::Rate.label(),
        hover: &settings.reason,
        value: Some(money.currency().from_usd(assumptions.rate_usd_per_person_week)),
        default: Some(money.currency().from_usd(default)),
        typical: money.currency().from_usd(default),
        range: 1.0..=1e6 * money.currency().per_usd,
        affixes: affixes(money),
        decimals: 0,
        focus,
        step: "Set the rate",
    };
    row_ui(ui, view, &row, actions, |changed, amount| {
        if let Some(amount) = amount {
            changed.rate_usd_per_person_week = changed.currency.to_usd(amount);
        }
    });
    let read = money.full(settings.reference_rate_usd_per_person_week);
    remark(ui, &format!("The published budgets are read at {read}"));
}

/// The playbook's rate card, its rates scaled so that it blends to the project's one rate.
fn card_of(view: &View<'_>) -> indexmap::IndexMap<RoleId, Role> {
    let mut roles = view.session.engine().playbook.estimate.rate_card.clone();
    if roles.is_empty() {
        roles.insert(RoleId::new("engineer"), Role::new("Engineer", 1.0, 1.0));
    }
    let blend = Assumptions { roles: roles.clone(), ..Assumptions::default() }.mean_rate_usd_per_person_week();
    let factor = view.session.project().assumptions.rate_usd_per_person_week / blend;
    if (factor - 1.0).abs() > 1e-9 {
        roles
            .values_mut()
            .for_each(|role| role.rate_usd_per_person_week = cents(role.rate_usd_per_person_week * factor));
    }
    roles
}

fn card_ui(ui: &mut Ui, view: &View<'_>, focus: bool, actions: &mut Actions) {
    let (assumptions, money) = (&view.session.project().assumptions, view.money());
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (at, (id, role)) in assumptions.roles.iter().enumerate() {
            role_ui(ui, view, (id, role), focus && at == 0, actions);
        }
    });
    ui.horizontal(|ui| {
        if link_button(ui, "Add a role").clicked() {
            let id = RoleId::new(&unique_slug("Role", "role", |slug| assumptions.roles.contains_key(slug)));
            let number = assumptions.roles.len() + 1;
            let role = Role::new(&format!("Role {number}"), cents(assumptions.mean_rate_usd_per_person_week()), 0.0);
            let edit = put(view, |changed| drop(changed.roles.insert(id, role)));
            actions.push(Action::edit("Add a role", vec![edit]));
        }
        ui.add_space(space::SMALL);
        let standard = &view.session.engine().playbook.estimate.rate_card;
        if assumptions.roles != *standard && !standard.is_empty() && link_button(ui, "Playbook's rate card").clicked() {
            let roles = standard.clone();
            actions
                .push(Action::edit("Use the playbook's rate card", vec![put(view, |changed| changed.roles = roles)]));
        }
    });
    let blend = money.full(assumptions.mean_rate_usd_per_person_week());
    let read = money.full(view.session.engine().playbook.estimate.reference_rate_usd_per_person_week);
    remark(
        ui,
        &format!(
            "Blends to {blend} a person-week; the published budgets are read at {read}. Each role does its share of every piece of work"
        ),
    );
}

fn role_ui(ui: &mut Ui, view: &View<'_>, (id, role): (&RoleId, &Role), focus: bool, actions: &mut Actions) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let builder = UiBuilder::new().id_salt(("role", id.as_str())).max_rect(rect);
    ui.scope_builder(builder.layout(egui::Layout::right_to_left(egui::Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        remove_ui(ui, view, id, role, actions);
        share_ui(ui, view, id, role, actions);
        rate_ui(ui, view, (id, role), focus, actions);
        let room = ui.available_width();
        ui.allocate_ui(vec2(room, 26.0), |ui| {
            let (name, hint) = (format!("Name of role {}", role.name), "Role");
            let draft = Draft { name: &name, text: &role.name, hint, kind: TextKind::Line, may_be_empty: false };
            if let Some(name) = draft_field(ui, &draft, false) {
                let edit = put(view, |changed| {
                    if let Some(role) = changed.roles.get_mut(id) {
                        role.name = name;
                    }
                });
                actions.push(Action::edit("Rename a role", vec![edit]));
            }
        });
    });
}

fn remove_ui(ui: &mut Ui, view: &View<'_>, id: &RoleId, role: &Role, actions: &mut Actions) {
    let roles = &view.session.project().assumptions.roles;
    let rest: f64 = roles.iter().filter(|(other, _)| *other != id).map(|(_, role)| role.share).sum();
    let enabled = rest > 0.0;
    ui.add_enabled_ui(enabled, |ui| {
        if icon_button(ui, icons::X, &format!("Remove {}", role.name)).clicked() {
            let edit = put(view, |changed| drop(changed.roles.shift_remove(id)));
            actions.push(Action::edit(format!("Remove {}", role.name), vec![edit]));
        }
    });
}

/// The share as a part of the whole: what one role takes, the others give in proportion.
fn share_ui(ui: &mut Ui, view: &View<'_>, id: &RoleId, role: &Role, actions: &mut Actions) {
    let roles = &view.session.project().assumptions.roles;
    let whole: f64 = roles.values().map(|role| role.share).sum();
    let rest = whole - role.share;
    let name = format!("Share of {}", role.name);
    let style = NumberStyle {
        absent: "unknown",
        name: &name,
        typical: 10.0,
        range: 0.0..=if rest > 0.0 { 99.0 } else { 100.0 },
        prefix: "",
        suffix: " %",
        decimals: 1,
        focus: false,
    };
    let step = format!("Set the share of {}", role.name);
    let number = number_field(ui, &style, Some(role.share / whole * 100.0), SHARE_WIDTH);
    let set = |percent: f64| {
        put(view, |changed| {
            if let Some(role) = changed.roles.get_mut(id).filter(|_| rest > 0.0) {
                let part = (percent / 100.0).min(0.999);
                role.share = (part / (1.0 - part) * rest * 1e4).round() / 1e4;
            }
        })
    };
    push_number(number, &step, set, actions);
}

fn rate_ui(ui: &mut Ui, view: &View<'_>, (id, role): (&RoleId, &Role), focus: bool, actions: &mut Actions) {
    let money = view.money();
    let (prefix, suffix) = affixes(money);
    let name = format!("Rate of {}", role.name);
    let amount = money.currency().from_usd(role.rate_usd_per_person_week);
    let style = NumberStyle {
        absent: "unknown",
        name: &name,
        typical: amount,
        range: 1.0..=1e6 * money.currency().per_usd,
        prefix: &prefix,
        suffix: &suffix,
        decimals: 0,
        focus,
    };
    let step = format!("Set the rate of {}", role.name);
    let number = number_field(ui, &style, Some(amount), RATE_WIDTH);
    let set = |amount: f64| {
        put(view, |changed| {
            let usd = changed.currency.to_usd(amount);
            if let Some(role) = changed.roles.get_mut(id) {
                role.rate_usd_per_person_week = usd;
            }
        })
    };
    push_number(number, &step, set, actions);
}
