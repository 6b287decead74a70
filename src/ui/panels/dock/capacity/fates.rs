//! Who fails and who goes on when something is gone.

use egui::Ui;

use super::{
    super::{
        parts::{lead, remark},
        table::{Clicked, RowView, Table, table_ui},
    },
    CapacityState, Key, Sorted, column, order,
};
use crate::{
    assess::capacity::{Fallout, Fate},
    lang::{t, tr},
    project::{ComponentId, ElementId},
    session::Action,
    ui::{Actions, View, theme::Tokens},
};

const NAME: usize = 0;
const FATE: usize = 1;

/// `Without Weather API, 3 fail, 1 fails in part and 2 go on`.
fn sentence(gone: &str, fallout: &Fallout) -> String {
    let told = |fate: Fate, several: &str| match fallout.count(fate) {
        0 => None,
        1 => Some(format!("1 {}", fate_word(fate))),
        count => Some(format!("{count} {several}")),
    };
    let parts =
        [told(Fate::Fails, t("fail")), told(Fate::FailsInPart, t("fail in part")), told(Fate::Survives, t("go on"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.as_slice() {
        [] => tr!("Without {gone}, nothing else fails", gone),
        [first @ .., last] if !first.is_empty() => tr!("Without {gone}, {} and {last}", first.join(", "), gone, last),
        _ => tr!("Without {gone}, {}", parts.concat(), gone),
    }
}

fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Fails => t("fails"),
        Fate::FailsInPart => t("fails in part"),
        Fate::Survives => t("goes on"),
    }
}

/// Who fails, and who goes on.
pub(super) fn fates_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut CapacityState,
    gone: &ComponentId,
    actions: &mut Actions,
) {
    let project = view.session.project();
    let fallout = view.session.fallout_of(gone);
    lead(ui, sentence(&project.component_name(gone), &fallout));
    remark(ui, t("No retries, caches or second copies are assumed: the drawing has none"));
    let columns = [
        column(NAME, t("Component"), t("component"), 0.0, ""),
        column(FATE, t("What becomes of it"), t("what becomes of it"), 240.0_f32.min(ui.available_width() * 0.55), ""),
    ];
    let sorting = state.sorting(Sorted::Fates);
    let by_fate = |at: usize| (fallout.fates[at].1, fallout.against_isolation.contains(&fallout.fates[at].0));
    let mut places: Vec<usize> = (0..fallout.fates.len()).collect();
    places.sort_by_key(|at| std::cmp::Reverse(fallout.fates[*at].1));
    let order = order(places.len(), *sorting, |row, column| match column {
        FATE => Key::Figure(f64::from(fallout.fates[places[row]].1 as u8)),
        _ => Key::Words(project.component_name(&fallout.fates[places[row]].0)),
    });
    let row = |ui: &Ui, at: usize| {
        let tokens = Tokens::of(ui);
        let ((fate, against), id) = (by_fate(places[order[at]]), &fallout.fates[places[order[at]]].0);
        let name = project.component_name(id);
        let suffix = if against { t(", tagged not to") } else { "" };
        let words = format!("{}{suffix}", fate_word(fate));
        let ink = match fate {
            Fate::Fails => Some(tokens.error.ink),
            Fate::FailsInPart => Some(tokens.warning.ink),
            Fate::Survives => None,
        };
        let said = format!("{name}: {words}");
        RowView {
            cells: vec![name, words],
            said,
            inks: vec![None, ink],
            keeps_ends: true,
            leads: true,
            ..RowView::default()
        }
    };
    let table = Table {
        salt: "fates",
        playbook: &view.session.engine().playbook,
        columns: &columns,
        rows: places.len(),
        row: &row,
        total: None,
        csv: None,
    };
    if let Some(Clicked::Row(at)) = table_ui(ui, &table, sorting) {
        let id = fallout.fates[places[order[at]]].0.clone();
        actions.push(Action::Reveal(ElementId::Component(id)));
    }
}
