//! The rate card: a row for each role, with what it costs and how much of the work is its.

use egui::{Align, Align2, Layout, Rect, Role as WidgetRole, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use indexmap::IndexMap;

use super::{super::push_number, amounts, put, rates::cents, remark, usd_within, warn};
use crate::{
    figures::{self, Money},
    lang::{t, tr},
    project::{MAX_ROLES, RATE_USD, Role, RoleId, own_name, unique_slug},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space},
        widgets::{
            Draft, Form, NumberStyle, TextKind, icon_button, link_button, name_field, number_field, one_line, text_size,
        },
    },
};

const ROW: f32 = 28.0;
const SHARE_WIDTH: f32 = 60.0;
/// From this sum on shares are weights, such as 50, 30 and 20: each is shown as its part of their sum.
const WEIGHTS_FROM: f64 = 10.0;
const REMOVE_WIDTH: f32 = 24.0;
const GAP: f32 = 4.0;

/// Where the columns of a row stand.
#[derive(Clone, Copy)]
struct Columns {
    /// Wide enough for the longest rate.
    rate_width: f32,
    /// Wide enough for the longest share.
    share_width: f32,
}

impl Columns {
    fn of(ui: &Ui, money: Money<'_>, roles: &IndexMap<RoleId, Role>) -> Self {
        let width = |role: &Role| {
            let amount = money.exact_of(money.currency().from_usd(role.rate_usd_per_person_week));
            text_size(ui, &amount, Face::Regular.at(13.0)).x
        };
        let share = |role: &Role| {
            let percent = figures::number(percent(role.share / whole(roles)));
            text_size(ui, &format!("{percent} %"), Face::Regular.at(13.0)).x
        };
        let widest = |width: &dyn Fn(&Role) -> f32| roles.values().map(width).fold(0.0, f32::max) + 20.0;
        Self { rate_width: widest(&width).clamp(64.0, 120.0), share_width: widest(&share).clamp(SHARE_WIDTH, 90.0) }
    }

    /// Name, rate, share and the button that removes the role.
    fn places(self, row: Rect) -> [Rect; 4] {
        let mut right = row.right();
        let mut take = |width: f32| {
            let place = Rect::from_min_max(pos2(right - width, row.top()), pos2(right, row.bottom()));
            right -= width + GAP;
            place
        };
        let (remove, share, rate) = (take(REMOVE_WIDTH), take(self.share_width), take(self.rate_width));
        [row.with_max_x(right), rate, share, remove]
    }
}

pub(super) fn card_ui(ui: &mut Ui, view: &View<'_>, focus: bool, actions: &mut Actions) {
    let (assumptions, money) = (&view.session.project().assumptions, view.money());
    let roles = &assumptions.roles;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let columns = Columns::of(ui, money, roles);
        heads_ui(ui, columns);
        for (at, (id, role)) in roles.iter().enumerate() {
            role_ui(ui, view, columns, (id, role), focus && at == 0, actions);
        }
        sum_ui(ui, view, columns, actions);
    });
    buttons_ui(ui, view, actions);
    let blend = money.full(assumptions.mean_rate_usd_per_person_week());
    let read = money.full(view.session.engine().playbook.estimate.reference_rate_usd_per_person_week);
    remark(
        ui,
        &tr!(
            "Blends to {blend} a person-week; the published budgets are read at {read}. Each role does its share of every piece of work",
            blend,
            read
        ),
    );
}

fn heads_ui(ui: &mut Ui, columns: Columns) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let [name, rate, share, _] = columns.places(rect);
    let (font, ink) = (Face::Regular.at(11.0), Tokens::of(ui).faint);
    one_line(ui, name.left_center(), name.width(), t("Role"), font.clone(), ink);
    for (place, words) in [(rate, t("Rate")), (share, t("Share"))] {
        ui.painter().text(place.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, words, font.clone(), ink);
    }
}

/// What the shares come to; they need not make a whole, but mostly they are meant to.
fn sum_ui(ui: &mut Ui, view: &View<'_>, columns: Columns, actions: &mut Actions) {
    let roles = &view.session.project().assumptions.roles;
    let percent = percent(sum(roles) / whole(roles));
    let complete = (percent - 100.0).abs() < 0.005;
    let written = format!("{} %", figures::number(percent));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let [name, _, share, _] = columns.places(rect);
    let tokens = Tokens::of(ui);
    one_line(ui, name.left_center(), name.width(), t("Sum"), Face::Regular.at(12.5), tokens.muted);
    let (at, ink) = (share.right_center() - vec2(8.0, 0.0), if complete { tokens.text } else { tokens.warning.ink });
    ui.painter().text(at, Align2::RIGHT_CENTER, &written, Face::Medium.at(12.5), ink);
    response.widget_info(|| WidgetInfo::labeled(WidgetRole::Label, true, tr!("Sum of the shares: {written}", written)));
    if !complete {
        warn(ui, &tr!("The shares make {written}, not 100 %: each role counts with its part of that", written));
        if percent > 0.0 && link_button(ui, t("Make it 100 %")).clicked() {
            let edit = put(view, |changed| {
                let sum = sum(&changed.roles);
                changed.roles.values_mut().for_each(|role| role.share = part(role.share, sum));
            });
            actions.push(Action::edit(t("Make the shares 100 %"), vec![edit]));
        }
    }
}

/// What the shares come to; 1 where they are parts of a whole.
fn sum(roles: &IndexMap<RoleId, Role>) -> f64 {
    roles.values().map(|role| role.share).sum()
}

/// What a share is shown as a part of: 1, or the sum where they are weights.
fn whole(roles: &IndexMap<RoleId, Role>) -> f64 {
    let sum = sum(roles);
    if sum >= WEIGHTS_FROM { sum } else { 1.0 }
}

/// A share as a part of `whole`, without what only the binary system adds to it.
fn part(share: f64, whole: f64) -> f64 {
    (share / whole * 1e8).round() / 1e8
}

fn buttons_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let roles = &assumptions.roles;
    let full = roles.len() >= MAX_ROLES;
    ui.horizontal(|ui| {
        if !full && link_button(ui, t("Add a role")).clicked() {
            let id = RoleId::new(&unique_slug(t("Role"), "role", |slug| roles.contains_key(slug)));
            let number = roles.len() + 1;
            let role =
                Role::new(&tr!("Role {number}", number), cents(assumptions.mean_rate_usd_per_person_week()), 0.0);
            let edit = put(view, |changed| drop(changed.roles.insert(id, role)));
            actions.push(Action::edit(t("Add a role"), vec![edit]));
        }
        ui.add_space(space::SMALL);
        // In whatever language it was taken.
        let engine = view.session.engine();
        let [standard, written] = [&engine.playbook, engine.written()].map(|playbook| &playbook.estimate.rate_card);
        if ![standard, written].contains(&roles)
            && !standard.is_empty()
            && link_button(ui, t("Playbook's rate card")).clicked()
        {
            let roles = standard.clone();
            actions.push(Action::edit(
                t("Use the playbook's rate card"),
                vec![put(view, |changed| changed.roles = roles)],
            ));
        }
    });
    if full {
        remark(ui, &tr!("A rate card has at most {MAX_ROLES} roles", MAX_ROLES));
    }
}

fn role_ui(
    ui: &mut Ui,
    view: &View<'_>,
    columns: Columns,
    (id, role): (&RoleId, &Role),
    focus: bool,
    actions: &mut Actions,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let [name, rate, share, remove] = columns.places(rect);
    let column = |ui: &mut Ui, salt: &str, place: Rect, add: &mut dyn FnMut(&mut Ui)| {
        let builder = UiBuilder::new().id_salt((salt, id.as_str())).max_rect(place);
        ui.scope_builder(builder.layout(Layout::right_to_left(Align::Center)), |ui| add(ui));
    };
    column(ui, "name", name.shrink2(vec2(0.0, 1.0)), &mut |ui| name_ui(ui, view, (id, role), actions));
    column(ui, "rate", rate, &mut |ui| rate_ui(ui, view, (id, role), (rate.width(), focus), actions));
    column(ui, "share", share, &mut |ui| share_ui(ui, view, (id, role), share.width(), actions));
    column(ui, "remove", remove, &mut |ui| remove_ui(ui, view, (id, role), actions));
}

fn name_ui(ui: &mut Ui, view: &View<'_>, (id, role): (&RoleId, &Role), actions: &mut Actions) {
    // There is little room, and most of it is for the name.
    ui.spacing_mut().button_padding.x = 6.0;
    let (name, hint) = (tr!("Name of role {}", role.name), t("Role"));
    let draft = Draft { name: &name, text: &role.name, hint, kind: TextKind::Words, may_be_empty: false };
    let given = |wanted: &str| role_name(&view.session.project().assumptions.roles, id, wanted);
    // The field is the same one whatever the role is called meanwhile.
    if let Some(name) = name_field(ui, "name of a role", &draft, false, &given) {
        let name = given(&name);
        actions.push(Action::edit(t("Rename a role"), vec![put_role(view, id, |role| role.name = name)]));
    }
}

/// What a role is called if somebody wants to call it so: with a number behind it where another one is called so already.
fn role_name(roles: &IndexMap<RoleId, Role>, of: &RoleId, wanted: &str) -> String {
    let others = || roles.iter().filter(|(id, _)| *id != of).map(|(_, role)| role.name.as_str());
    own_name(wanted.trim(), |name| !others().any(|other| other == name))
}

fn put_role(view: &View<'_>, id: &RoleId, change: impl FnOnce(&mut Role)) -> crate::project::Edit {
    put(view, |changed| {
        if let Some(role) = changed.roles.get_mut(id) {
            change(role);
        }
    })
}

/// The shares of all roles but one.
fn rest(view: &View<'_>, id: &RoleId) -> f64 {
    let roles = &view.session.project().assumptions.roles;
    roles.iter().filter(|(other, _)| *other != id).map(|(_, role)| role.share).sum()
}

fn remove_ui(ui: &mut Ui, view: &View<'_>, (id, role): (&RoleId, &Role), actions: &mut Actions) {
    ui.add_enabled_ui(rest(view, id) > 0.0, |ui| {
        if icon_button(ui, icons::X, &tr!("Remove {}", role.name)).clicked() {
            let edit = put(view, |changed| drop(changed.roles.shift_remove(id)));
            actions.push(Action::edit(tr!("Remove {}", role.name), vec![edit]));
        }
    });
}

/// A share in per cent, without what only the binary system adds to it.
fn percent(share: f64) -> f64 {
    (share * 1e8).round() / 1e6
}

/// The share as it was typed; others stay what they are. Somebody has to do some of the work.
fn share_ui(ui: &mut Ui, view: &View<'_>, (id, role): (&RoleId, &Role), width: f32, actions: &mut Actions) {
    let roles = &view.session.project().assumptions.roles;
    let whole = whole(roles);
    let name = tr!("Share of {}", role.name);
    let least = if rest(view, id) > 0.0 { 0.0 } else { 0.1 };
    // A file may count in other parts than hundredths, such as 2 and 3.
    let most = percent(sum(roles) / whole).max(100.0);
    let style = NumberStyle {
        absent: t("unknown"),
        name: &name,
        typical: 10.0,
        range: least..=most,
        form: Form::Plain(" %"),
        decimals: 1,
        focus: false,
    };
    let step = tr!("Set the share of {}", role.name);
    let number = number_field(ui, &style, Some(percent(role.share / whole)), width);
    let set = |percent: f64| {
        put(view, |changed| {
            // Weights become the parts they are shown as, or this one would count otherwise than it reads.
            if whole > 1.0 {
                changed.roles.values_mut().for_each(|role| role.share = part(role.share, whole));
            }
            if let Some(role) = changed.roles.get_mut(id) {
                role.share = percent / 100.0;
            }
        })
    };
    push_number(number, &step, set, actions);
}

fn rate_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (id, role): (&RoleId, &Role),
    (width, focus): (f32, bool),
    actions: &mut Actions,
) {
    let money = view.money();
    let name = tr!("Rate of {}", role.name);
    let amount = money.currency().from_usd(role.rate_usd_per_person_week);
    let style = NumberStyle {
        absent: t("unknown"),
        name: &name,
        typical: amount,
        range: amounts(money.currency(), &RATE_USD),
        form: Form::Money(money),
        decimals: 0,
        focus,
    };
    let step = tr!("Set the rate of {}", role.name);
    let number = number_field(ui, &style, Some(amount), width);
    let usd = |amount: f64| usd_within(money.currency(), amount, &RATE_USD);
    push_number(
        number,
        &step,
        |amount| put_role(view, id, |role| role.rate_usd_per_person_week = usd(amount)),
        actions,
    );
}
