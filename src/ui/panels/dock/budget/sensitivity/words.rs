//! What the bars of a sensitivity are called, and what is said of them.

use crate::{
    assess::{Mover, Tornado, TornadoBar, TornadoRest},
    explain,
    export::csv_table,
    figures::{self, Measure},
    lang::{later, t, tr},
    ui::View,
};

/// How several bars at once are to be read.
pub(super) const HOW_ENDS_COMBINE: &str = later(
    "Outcomes of all work rise and fall together, so swings of outcomes add up. What the \
     cases leave unsure of prices does not: errors offset each other, and for a plan like one of the cases completely. All work \
     together at its P90 is therefore the P90 of the estimate, less than the sum of the bars.",
);

/// What a bar is called.
pub(super) fn name(view: &View<'_>, bar: &TornadoBar) -> String {
    explain::mover(&view.session.engine().playbook, &bar.mover)
}

/// What is said of a bar: what it is at its ends, what that makes of the whole, and why.
pub(super) fn hover(view: &View<'_>, measure: Measure, tornado: &Tornado, bar: &TornadoBar) -> String {
    let name = name(view, bar);
    let figure = |value: f64| measure.write(view.money(), value);
    let totals = tr!("the whole {0} to {1}", figure(bar.low.total), figure(bar.high.total));
    match &bar.mover {
        Mover::WorkItem { outcome_log_sd, price_log_sd, .. } => {
            let [low, value, high] = [bar.low.value, bar.value, bar.high.value].map(figure);
            let share = figures::share(bar.value / tornado.median);
            tr!(
                "{name}: {value} of the median, {share}\n{low} at P10, {high} at P90; {totals}\nOutcomes of such work scatter by \
                 {0}, and the cases leave its price unsure by {1}",
                explain::spread(*outcome_log_sd),
                explain::spread(*price_log_sd),
                name,
                value,
                share,
                low,
                high,
                totals
            )
        }
        Mover::Assumption { assumption, reason } => {
            let [low, value, high] =
                [bar.low.value, bar.value, bar.high.value].map(|v| explain::assumption(view.money(), *assumption, v));
            tr!("{name}: {value}\nFrom {low} to {high}; {totals}\n{reason}", name, value, low, high, totals, reason)
        }
    }
}

/// What the rest is called.
pub(super) fn rest_name(rest: &TornadoRest) -> String {
    explain::rest(rest)
}

/// The bars for a spreadsheet.
pub(super) fn csv(view: &View<'_>, measure: Measure, tornado: &Tornado) -> String {
    let (unit, factor) = match measure {
        Measure::Budget => (view.money().code().to_lowercase(), view.money().currency().from_usd(1.0)),
        Measure::Weeks => (t("weeks").to_owned(), 1.0),
    };
    let [low, median, high] = [tr!("{unit}_at_low", unit), tr!("{unit}_median", unit), tr!("{unit}_at_high", unit)];
    let header = [t("what"), t("kind"), &low, &median, &high];
    let amount = |value: f64| format!("{:.2}", value * factor);
    let row = |name: String, kind: &str, low: f64, high: f64| {
        vec![name, kind.to_owned(), amount(low), amount(tornado.median), amount(high)]
    };
    let bars = tornado.bars.iter().map(|bar| {
        let kind = if matches!(bar.mover, Mover::WorkItem { .. }) { t("work item") } else { t("assumption") };
        row(name(view, bar), kind, bar.low.total, bar.high.total)
    });
    let rest = tornado.rest.iter().map(|rest| row(rest_name(rest), t("rest"), rest.low, rest.high));
    csv_table(&header, bars.chain(rest))
}
