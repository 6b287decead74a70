//! The packages of one service.

use egui::{Id, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    assess::StackPackage,
    export::{ExportInput, requirements},
    lang::{t, tr},
    playbook::PackageStatus,
    project::ComponentId,
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        panels::stack_row,
        theme::{Face, Tokens, space, text},
        widgets::{icon_button, link_button, one_line, text_size},
    },
};

/// Packages that are shown before the rest is asked for.
const SHOWN: usize = 6;
const ROW: f32 = 22.0;

pub(super) fn stack_ui(ui: &mut Ui, view: &View<'_>, id: &ComponentId, actions: &mut Actions) {
    let session = view.session;
    let Some(component) = session.component_stack(id) else { return };
    ui.add_space(space::SMALL);
    egui::Sides::new().height(24.0).show(
        ui,
        |ui| ui.label(text(t("Stack"), Face::SemiBold, 11.0).color(Tokens::of(ui).faint)),
        |ui| {
            if icon_button(ui, icons::COPY, t("Copy requirements")).clicked() {
                let input = ExportInput::new(session.project(), session.assessment(), &session.engine().playbook);
                let words = requirements(&input, session.stack(), id).unwrap_or_default();
                actions.push(Action::Request(Request::CopyText(words)));
            }
        },
    );
    let key = Id::unique(("all packages", id.as_str()));
    let all = ui.data(|data| data.get_temp(key)).unwrap_or(false);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = if all { component.packages.len() } else { SHOWN };
        component.packages.iter().take(shown).for_each(|row| row_ui(ui, row));
    });
    if component.packages.len() > SHOWN {
        let label = if all {
            t("Show fewer packages").to_owned()
        } else {
            tr!("Show all {} packages", component.packages.len())
        };
        if link_button(ui, &label).clicked() {
            ui.data_mut(|data| data.insert_temp(key, !all));
        }
    }
}

/// Name and version, purpose behind it, and a sign where there is something to know of it.
fn row_ui(ui: &mut Ui, row: &StackPackage) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let package = &row.package;
    let version = if package.product { t("product") } else { package.version.as_str() };
    let old: Vec<&str> = row.in_place_of.iter().map(|package| package.name.as_str()).collect();
    let remark = match (old.is_empty(), package.status) {
        (false, _) => Some((icons::REFRESH, tokens.muted, tr!("for {}", old.join(", ")))),
        (true, PackageStatus::Active) => None,
        (true, status) => {
            let (glyph, ink) = stack_row::look(tokens, status);
            Some((glyph, ink, status.label().to_owned()))
        }
    };
    let name = format!("{} {version}", package.name);
    let spoken = remark.as_ref().map_or(name.clone(), |(_, _, words)| format!("{name}, {words}"));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let (y, mut right) = (rect.center().y, rect.right());
    if let Some((glyph, ink, words)) = remark {
        let width = text_size(ui, &words, Face::Regular.at(11.5)).x;
        one_line(ui, pos2(right - width, y), width + 2.0, &words, Face::Regular.at(11.5), ink);
        right -= width + 17.0;
        ui.painter().text(pos2(right, y), egui::Align2::LEFT_CENTER, glyph, Face::Icons.at(12.0), ink);
        right -= 8.0;
    }
    let room = right - rect.left();
    let used = one_line(ui, rect.left_center(), room, &package.name, Face::Medium.at(12.5), tokens.text);
    let at = pos2(rect.left() + used + 8.0, y);
    let used = used + 8.0 + one_line(ui, at, room - used - 8.0, version, Face::Regular.at(11.5), tokens.faint);
    if room - used > 40.0 {
        let at = pos2(rect.left() + used + 8.0, y);
        one_line(ui, at, room - used - 8.0, &package.purpose, Face::Regular.at(12.0), tokens.muted);
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(380.0);
        ui.label(stack_row::in_full(row));
    });
}
