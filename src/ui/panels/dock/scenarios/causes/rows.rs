//! The rows of the waterfall: where each bar stands, and what is said of it.

use std::fmt::Write as _;

use super::words;
use crate::{
    assess::Cause,
    explain::causes::{Measure, why},
    figures,
    lang::{t, tr},
    project::ElementId,
    session::Between,
    ui::View,
};

/// Differences of a group that are listed on hover.
const LISTED: usize = 10;

/// A row of the waterfall.
pub(super) struct Row {
    /// What it is.
    pub(super) label: String,
    /// The figure at the right.
    pub(super) figure: String,
    /// Where its bar begins and ends, in the quantity's unit; a total begins at nothing.
    pub(super) from: f64,
    pub(super) to: f64,
    /// Whether it is a total.
    pub(super) total: bool,
    /// What is said of it on hover.
    pub(super) hover: String,
    /// What a click leads to.
    pub(super) element: Option<ElementId>,
}

/// All rows, a total first and one last, and what does not show in this measure.
pub(super) struct Rows {
    /// In their order.
    pub(super) rows: Vec<Row>,
    /// What causes are left out, in a line; empty if none are.
    pub(super) rest: String,
}

pub(super) fn rows(view: &View<'_>, between: &Between, measure: Measure) -> Rows {
    let causes = &between.causes;
    let steps = measure.steps(causes, view.money());
    let mut order: Vec<usize> = (0..causes.causes.len()).filter(|at| !steps.is_nothing[*at]).collect();
    order.sort_by(|a, b| {
        let size = |at: &usize| measure.of(&causes.causes[*at]).abs();
        size(b).total_cmp(&size(a))
    });
    let unit = if measure == Measure::Weeks { t(" weeks") } else { "" };
    let (start, end) = match measure {
        Measure::Budget => (causes.from.usd, causes.to.usd),
        Measure::Weeks => (causes.from.weeks, causes.to.weeks),
    };
    let total = |at: usize, level: f64, figure: &str| Row {
        label: between.names[at].title.clone(),
        figure: format!("{figure}{unit}"),
        from: 0.0,
        to: level,
        total: true,
        hover: format!("{}: {figure}{unit}", between.names[at].title),
        element: None,
    };
    let mut level = start;
    let mut rows = vec![total(0, start, &steps.from)];
    for at in order.iter().copied() {
        let cause = &causes.causes[at];
        let from = level;
        level += measure.of(cause);
        let element = cause.single().and_then(|one| one.element.clone());
        rows.push(Row {
            label: words(view).cause(cause),
            figure: steps.steps[at].clone(),
            from,
            to: level,
            total: false,
            hover: hover(view, cause),
            element: element.filter(|element| view.session.project().contains(element)),
        });
    }
    rows.push(total(1, end, &steps.to));
    let left_out = causes.causes.len() - order.len();
    let what = if measure == Measure::Weeks { t("the weeks") } else { t("the budget") };
    let more = if order.is_empty() { "" } else { t("more ") };
    let rest = match left_out {
        0 => String::new(),
        1 => tr!("1 {more}change does not move {what}", more, what),
        count => tr!("{count} {more}changes do not move {what}", count, more, what),
    };
    Rows { rows, rest }
}

fn hover(view: &View<'_>, cause: &Cause) -> String {
    let words = words(view);
    let change = figures::change(view.money(), cause.effect.weeks, cause.effect.usd);
    let mut text = format!("{}\n{}", words.cause(cause), change.unwrap_or_else(|| t("moves nothing").to_owned()));
    if let Some(one) = cause.single() {
        let why = why(one).map(|why| format!("\n{why}"));
        text.push_str(&why.unwrap_or_default());
        return text;
    }
    for one in cause.differences.iter().take(LISTED) {
        let _ = write!(text, "\n· {}", words.difference(one));
    }
    if cause.differences.len() > LISTED {
        let _ = write!(text, "{}", tr!("\n· {} more", cause.differences.len() - LISTED));
    }
    text
}
