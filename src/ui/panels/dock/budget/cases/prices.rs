//! What became of each work item's price: before, and what the cases multiply it by.

use egui::Ui;

use crate::{
    assess::Multiplier,
    export::csv_table,
    figures,
    lang::{t, tr},
    playbook::{Citation, Playbook, WorkItem},
    project::FrameworkId,
    session::{Action, Request},
    ui::{
        Actions, View,
        panels::dock::table::{self, Clicked, Column, RowView, Sorting, table_ui},
    },
};

/// From this width on there are columns for the prior prices.
const PRICES_FROM: f32 = 640.0;
/// From this width on there are columns for what is left unsure.
const ALL_FROM: f32 = 430.0;

/// What a column shows.
#[derive(Clone, Copy)]
enum Figure<'a> {
    Price(&'a FrameworkId),
    Effort,
    Weeks,
    Spread,
    Unsure,
    Cases,
}

/// The columns there is room for, after the name.
fn figures_shown(playbook: &Playbook, width: f32) -> Vec<Figure<'_>> {
    let roots = playbook.frameworks.values().filter(|framework| framework.extends.is_none());
    let mut shown: Vec<Figure<'_>> = Vec::new();
    if width >= PRICES_FROM {
        shown.extend(roots.map(|framework| Figure::Price(&framework.id)));
    }
    shown.extend([Figure::Effort, Figure::Weeks]);
    if width >= ALL_FROM {
        shown.extend([Figure::Spread, Figure::Unsure]);
    }
    shown.push(Figure::Cases);
    shown
}

/// The name, by which the table can be sorted as well.
const NAME: usize = 0;
/// Where the ids of prices begin, in the order of the playbook's frameworks.
const PRICES: usize = 16;

impl<'a> Figure<'a> {
    /// What names the column whichever others there is room for: what the table is sorted by stays so.
    fn id(self, playbook: &Playbook) -> usize {
        match self {
            Self::Effort => 1,
            Self::Weeks => 2,
            Self::Spread => 3,
            Self::Unsure => 4,
            Self::Cases => 5,
            Self::Price(framework) => PRICES + playbook.frameworks.get_index_of(framework).unwrap_or_default(),
        }
    }

    fn value(self, playbook: &Playbook, multiplier: &Multiplier) -> Option<f64> {
        match self {
            Self::Price(framework) => playbook.person_weeks(item(playbook, multiplier)?, framework),
            Self::Effort => Some(multiplier.effort),
            Self::Weeks => Some(multiplier.weeks),
            Self::Spread => Some(multiplier.effort_spread),
            Self::Unsure => Some(multiplier.effort_left),
            Self::Cases => Some(multiplier.cases.len() as f64),
        }
    }

    fn words(self, playbook: &Playbook, multiplier: &Multiplier) -> String {
        let Some(value) = self.value(playbook, multiplier) else { return "–".to_owned() };
        match self {
            Self::Price(_) | Self::Cases => figures::number(value),
            Self::Effort | Self::Weeks => format!("× {}", crate::text::figure(value, 2)),
            Self::Spread => crate::explain::spread(value),
            Self::Unsure => format!("±{:.0} %", value * 100.0),
        }
    }

    /// The head of the column of a price: `Django, pw`.
    fn title(self, playbook: &Playbook) -> String {
        match self {
            Self::Price(framework) => tr!("{}, pw", crate::explain::framework(playbook, framework)),
            _ => String::new(),
        }
    }

    fn column(self, playbook: &'a Playbook, title_of_price: &'a str) -> Column<'a> {
        let id = self.id(playbook);
        let column = |title, name, hover, width| Column { id, title, name, hover, width };
        match self {
            Self::Price(framework) => {
                let name = crate::explain::framework(playbook, framework);
                let hover = t("Person-weeks for a unit of the work, before the cases are heard");
                column(title_of_price, name, hover, 72.0)
            }
            Self::Effort => column(t("Effort"), "effort", t("What the cases multiply its effort by"), 52.0),
            Self::Weeks => column(t("Weeks"), "weeks", t("What the cases multiply its calendar time by"), 52.0),
            Self::Spread => column(t("Scatter"), "scatter", t("How far outcomes of such work scatter"), 50.0),
            Self::Unsure => column(
                t("Unsure"),
                t("what is unsure"),
                t("What the cases leave unsure of the multiplier of its effort"),
                50.0,
            ),
            Self::Cases => column(t("Cases"), "cases", t("How many of the cases have such work"), 40.0),
        }
    }
}

fn item<'a>(playbook: &'a Playbook, multiplier: &Multiplier) -> Option<&'a WorkItem> {
    playbook.work_items.get(&multiplier.work_item)
}

fn name<'a>(playbook: &'a Playbook, multiplier: &'a Multiplier) -> &'a str {
    item(playbook, multiplier).map_or(multiplier.work_item.as_str(), |item| &item.label)
}

/// Shows every work item, sorted.
pub(super) fn prices_ui(ui: &mut Ui, view: &View<'_>, sorting: &mut Sorting, actions: &mut Actions) {
    let playbook = &view.session.engine().playbook;
    let multipliers = &view.session.cases().multipliers;
    let figures = figures_shown(playbook, ui.available_width());
    let name_column = Column { id: NAME, title: t("Work item"), name: "name", hover: "", width: 0.0 };
    let titles: Vec<String> = figures.iter().map(|figure| figure.title(playbook)).collect();
    let more = figures.iter().zip(&titles).map(|(figure, title)| figure.column(playbook, title));
    let columns: Vec<Column<'_>> = std::iter::once(name_column).chain(more).collect();
    let order = order(playbook, multipliers, *sorting);
    let row = |_: &Ui, at: usize| row_view(view, &multipliers[order[at]], &figures);
    let now = *sorting;
    let csv = |_: &Ui| csv(view, now);
    let table = table::Table {
        salt: "prices",
        playbook,
        columns: &columns,
        rows: order.len(),
        row: &row,
        total: None,
        csv: Some(&csv),
    };
    let citation = match table_ui(ui, &table, sorting) {
        Some(Clicked::Citation(citation)) => Some(citation),
        Some(Clicked::Row(at)) => item(playbook, &multipliers[order[at]]).and_then(Citation::work_item),
        None => None,
    };
    actions.extend(citation.map(|citation| Action::Request(Request::Evidence(citation))));
}

/// The items in the order they are shown in.
///
/// A column that there is no room for still sorts.
fn order(playbook: &Playbook, multipliers: &[Multiplier], sorting: Sorting) -> Vec<usize> {
    let mut order: Vec<usize> = (0..multipliers.len()).collect();
    let all = figures_shown(playbook, f32::INFINITY);
    match all.into_iter().find(|figure| figure.id(playbook) == sorting.column) {
        None => order.sort_by_cached_key(|i| name(playbook, &multipliers[*i]).to_lowercase()),
        Some(figure) => {
            let value = |i: usize| figure.value(playbook, &multipliers[i]).unwrap_or(f64::NEG_INFINITY);
            order.sort_by(|a, b| value(*a).total_cmp(&value(*b)));
        }
    }
    if sorting.descending {
        order.reverse();
    }
    order
}

fn row_view(view: &View<'_>, multiplier: &Multiplier, figures: &[Figure<'_>]) -> RowView {
    let playbook = &view.session.engine().playbook;
    let known = item(playbook, multiplier);
    let citation = known.and_then(Citation::work_item);
    let name = name(playbook, multiplier).to_owned();
    let cases: Vec<&str> = multiplier
        .cases
        .iter()
        .map(|id| playbook.cases.get(id).map_or(id.as_str(), |case| case.name.as_str()))
        .collect();
    let of_cases = match cases.as_slice() {
        [] => t("No case has such work, so its price is our own").to_owned(),
        some => tr!("In {}", some.join(", ")),
    };
    let unsure = tr!(
        "Unsure by ±{0} % before the cases, by ±{1} % after them",
        format_args!("{:.0}", multiplier.effort_before * 100.0),
        format_args!("{:.0}", multiplier.effort_left * 100.0)
    );
    let reason = known.map_or("", |item| item.reason.as_str());
    let hover = format!("{name}\n{reason}\n{of_cases}\n{unsure}");
    let cells: Vec<String> =
        std::iter::once(name).chain(figures.iter().map(|figure| figure.words(playbook, multiplier))).collect();
    RowView { said: cells.join(", "), cells, hover, leads: citation.is_some(), citation, ..RowView::default() }
}

/// The prices for a spreadsheet, in the order they are shown in.
pub(super) fn csv(view: &View<'_>, sorting: Sorting) -> String {
    let playbook = &view.session.engine().playbook;
    let multipliers = &view.session.cases().multipliers;
    let figures = figures_shown(playbook, f32::INFINITY);
    let header: Vec<&str> = std::iter::once("work_item")
        .chain(figures.iter().map(|figure| match figure {
            Figure::Price(framework) => framework.as_str(),
            Figure::Effort => "effort_multiplier",
            Figure::Weeks => "weeks_multiplier",
            Figure::Spread => "effort_log_spread",
            Figure::Unsure => "effort_multiplier_sd",
            Figure::Cases => "cases",
        }))
        .collect();
    let row = |i: usize| {
        let value = |figure: &Figure<'_>| {
            figure.value(playbook, &multipliers[i]).map_or_else(String::new, |value| format!("{value:.3}"))
        };
        std::iter::once(name(playbook, &multipliers[i]).to_owned()).chain(figures.iter().map(value)).collect()
    };
    csv_table(&header, order(playbook, multipliers, sorting).into_iter().map(row))
}
