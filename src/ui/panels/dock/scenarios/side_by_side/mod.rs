//! Every way to build the plan in a column: the heads and the names of the rows stay in view, what lies between scrolls.

mod cell;
mod head;
mod place;

use egui::{Rect, ScrollArea, Ui, pos2, vec2};

use super::super::{DockState, parts::remark};
use crate::{
    assess::{Choice, Comparison},
    explain::side_by_side::{Cell, Metric, Row, Table},
    export::shown_table,
    figures,
    lang::{later, t, tr},
    project::ScenarioId,
    session::{Action, ScenarioAction},
    ui::{
        Actions, View,
        copying::{self, Offer},
        icons,
        theme::{Face, Tokens, space},
        widgets::{one_line, text_button, text_size},
    },
};
use place::Place;

/// What the table remembers.
#[derive(Clone, Debug, Default)]
pub struct SideBySideState {
    /// The column that the others are compared with; the plan if there is no such column.
    pub base: Option<Choice>,
    /// The column that was clicked last.
    pub selected: Option<Choice>,
    /// The kept scenario whose name is being written.
    renaming: Option<ScenarioId>,
    /// A column that is to come into view.
    reveal: Option<Choice>,
}

impl SideBySideState {
    /// Brings a kept scenario into view, with the cursor in its name.
    pub fn show(&mut self, id: ScenarioId) {
        self.selected = Some(Choice::Saved(id.clone()));
        self.reveal.clone_from(&self.selected);
        self.renaming = Some(id);
    }
}

/// What the parts of the table are painted from.
struct Contents<'a> {
    view: &'a View<'a>,
    table: Table<'a>,
    rows: &'a [Row],
    place: Place,
}

pub(super) fn side_by_side_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let session = view.session;
    let state = &mut state.side_by_side;
    let made = session.side_by_side(state.base.as_ref().unwrap_or(&Choice::Plan));
    let (comparison, base) = (&made.comparison, made.base);
    let table = Table {
        playbook: &session.engine().playbook,
        project: session.project(),
        comparison,
        base,
        differing: &made.differing,
        in_full: false,
    };
    if let Some(share) = session.kept_on_the_way() {
        remark(ui, tr!("Kept scenarios are being worked out: {}", figures::share(share.into())));
    }
    // The verdict stands in the heads, which never scroll away.
    let first = usize::from(made.rows.first().is_some_and(|row| row.metric == Metric::Verdict));
    let rows = &made.rows[first..];
    let area = ui.available_rect_before_wrap();
    let place = Place::new(ui, area, rows, (comparison.columns.len(), base), table.has_targets());
    let mut contents = Contents { view, table, rows, place };
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    // Heads and names stay at the border: they would be what fades.
    ui.spacing_mut().scroll.fade.strength = 0.0;
    let scroll = ScrollArea::both().id_salt("side-by-side").auto_shrink([false, false]);
    let csv = || {
        let heads = std::iter::once("").chain(comparison.columns.iter().map(|column| column.name.as_str()));
        let row = |row: &Row| {
            std::iter::once(row.label.clone()).chain(row.cells.iter().map(Cell::figure_with_note)).collect()
        };
        shown_table(heads, made.rows.iter().map(row))
    };
    scroll.show_viewport(ui, |ui, viewport| {
        let (sheet, _) = ui.allocate_exact_size(contents.place.sheet(), egui::Sense::hover());
        contents.place.scrolled(sheet, viewport);
        cell::cells_ui(ui, &contents, state);
        names_ui(ui, &contents);
        head::heads_ui(ui, &contents, state, actions);
        corner_ui(ui, &contents, actions);
        if let Some(at) = state.reveal.take().and_then(|choice| position(comparison, &choice)) {
            contents.place.bring_into_view(ui, at);
        }
    });
    // The figure that is meant is read off what was painted.
    copying::menu(ui, area, Offer::table("scenarios", &csv));
}

fn position(comparison: &Comparison, choice: &Choice) -> Option<usize> {
    comparison.columns.iter().position(|column| column.choice == *choice)
}

/// The names of the rows at the left, on the ground of the panel, so that cells pass under them.
fn names_ui(ui: &mut Ui, contents: &Contents<'_>) {
    let (place, tokens) = (&contents.place, Tokens::of(ui));
    let strip = place.names();
    ui.painter().rect_filled(strip, 0.0, tokens.panel);
    let clipped = ui.painter().with_clip_rect(strip);
    for (at, row) in contents.rows.iter().enumerate() {
        let rect = place.name(at);
        if !rect.intersects(strip) {
            continue;
        }
        let seen = rect.intersect(strip);
        let response = ui.interact(seen, ui.scope_id().with(("row", row.label.as_str())), egui::Sense::hover());
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
            ui.set_clip_rect(strip.intersect(ui.clip_rect()));
            let at = pos2(rect.left() + 2.0, rect.top() + place::FIRST_LINE);
            one_line(ui, at, rect.width() - space::SMALL, &row.label, Face::Regular.at(12.0), tokens.muted);
        });
        clipped.hline(strip.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
        response.on_hover_text(row.metric.help());
    }
    if let Some(rect) = place.advice() {
        advice_ui(ui, rect, strip);
    }
    clipped.vline(strip.right(), strip.y_range(), egui::Stroke::new(1.0, tokens.line));
}

/// The last row while nothing is to hold: how to say what is.
fn advice_ui(ui: &mut Ui, rect: Rect, names: Rect) {
    let tokens = Tokens::of(ui);
    let body = names.with_max_x(rect.right());
    let painter = ui.painter().with_clip_rect(body.intersect(ui.clip_rect()));
    let words = t(
        "Chances stand here once there is a budget or a deadline to hold: select nothing, and the inspector takes both",
    );
    let width = rect.width().min(620.0) - space::SMALL;
    let galley = painter.layout(words.to_owned(), Face::Regular.at(12.0), tokens.muted, width);
    let at = pos2(rect.left() + 2.0, rect.center().y - galley.size().y / 2.0);
    painter.rect_filled(rect, 0.0, tokens.panel);
    painter.galley(at, galley, tokens.muted);
    let response = ui.interact(rect.intersect(body), ui.scope_id().with("advice"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}

/// Keeps the plan as a scenario.
const KEEP: &str = later("Keep choices");

/// What stands over the names of the rows: the way to keep the plan as it is.
fn corner_ui(ui: &mut Ui, contents: &Contents<'_>, actions: &mut Actions) {
    let (rect, tokens) = (contents.place.corner(), Tokens::of(ui));
    ui.painter().rect_filled(rect, 0.0, tokens.panel);
    ui.scope_builder(egui::UiBuilder::new().id_salt("corner").max_rect(rect.shrink2(vec2(0.0, 6.0))), |ui| {
        let allowed = contents.view.session.can_keep();
        ui.add_enabled_ui(allowed.is_ok(), |ui| {
            // The button's icon and what is around its words.
            let room = rect.width() - 46.0;
            let fits = text_size(ui, t(KEEP), Face::Regular.at(13.0)).x <= room;
            let button = text_button(ui, icons::PLUS, if fits { t(KEEP) } else { t("Keep") }).accessible_name(t(KEEP));
            let hover = t("Remember pins, what is put off, team and rates as a scenario of its own; the drawing is shared by all of them");
            let button = button.on_hover_text(hover).on_disabled_hover_text(allowed.err().unwrap_or_default());
            if button.clicked() {
                actions.push(Action::Scenario(ScenarioAction::Keep(Choice::Plan)));
            }
        });
    });
    let line = egui::Stroke::new(1.0, tokens.line_strong);
    ui.painter().hline(contents.place.area().x_range(), rect.bottom(), line);
}
