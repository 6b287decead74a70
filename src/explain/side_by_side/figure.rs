//! How each row writes its figures and what differs between them.

use jiff::civil::Date;

use super::{Metric, Table};
use crate::{
    assess::{Column, FindingCounts, VerdictKind, capacity::Holds},
    explain,
    figures::{self, ComparedAmounts, Unit},
    lang::{t, tr},
    playbook::Assumption,
    project::{Deadline, Timetable},
    text::decimal,
};

/// Days since some day, to compare dates with.
pub(super) fn days(date: Date) -> f64 {
    (date - Date::ZERO).get_days().into()
}

impl Table<'_> {
    /// What a row is called.
    pub(super) fn label(&self, metric: Metric) -> String {
        let words = match metric {
            Metric::Verdict => t("Verdict"),
            Metric::WeeksP50 => t("Time, P50"),
            Metric::WeeksP80 => t("Time, P80"),
            Metric::EndP50 => t("Ends, P50"),
            Metric::EndP80 => t("Ends, P80"),
            Metric::BudgetP50 => t("Budget, P50"),
            Metric::BudgetP80 => t("Budget, P80"),
            Metric::BudgetChance => return self.budget_label(),
            Metric::DeadlineChance => return self.deadline_label(),
            Metric::BothChance => t("Holds both (the smaller)"),
            Metric::Effort => t("Person-weeks, P50"),
            Metric::Findings => t("Open findings"),
            Metric::Glue => t("Glue packages"),
            Metric::Seam => t("Seam, P50"),
            Metric::Evidence => t("Evidence given up"),
            Metric::Machines => t("Machines a month"),
            Metric::Late => t("Late or too busy"),
            Metric::Headroom => t("Holds, times the load"),
            Metric::Differs => t("Services that differ"),
            Metric::Deferred => t("Put off to later"),
            Metric::Overruled => t("Pins overruled"),
            Metric::Team => t("Team"),
            Metric::Rate => t("Rate a week"),
            Metric::Contingency => t("Contingency"),
            Metric::Communication => Assumption::CommunicationShare.label(),
        };
        words.to_owned()
    }

    /// `Stays under $220K`: what is to hold is the project's, whatever the column.
    fn budget_label(&self) -> String {
        match self.columns().iter().find_map(|column| column.targets.budget_usd) {
            Some(usd) => tr!("Stays under {}", self.amount(usd)),
            None => t("Stays under budget").to_owned(),
        }
    }

    /// `Done by 1 Mar 2028`.
    fn deadline_label(&self) -> String {
        match self.project.assumptions.deadline {
            Some(deadline) => {
                tr!("Done {}", deadline_in_words(deadline, self.project.assumptions.timetable().as_ref()))
            }
            None => t("Done in time").to_owned(),
        }
    }

    /// An amount as the table writes amounts that stand alone.
    fn amount(&self, usd: f64) -> String {
        if self.in_full { self.money().full(usd) } else { self.money().short(usd) }
    }

    /// How a row of amounts that are not told in full writes them: all with the digits that make its differences right.
    fn amounts(&self, metric: Metric) -> ComparedAmounts<'_> {
        let of = |column: &Column| super::value(metric, column).unwrap_or_default();
        let base = self.columns().get(self.base).map(of).unwrap_or_default();
        self.money().comparing(base, &self.columns().iter().map(of).collect::<Vec<f64>>())
    }

    /// An amount of a row of amounts.
    fn amount_in(&self, metric: Metric, usd: f64) -> String {
        if self.in_full { self.money().full(usd) } else { self.amounts(metric).amount(usd) }
    }

    /// What a column says in a row.
    pub(super) fn figure(&self, metric: Metric, at: usize) -> String {
        let column = &self.columns()[at];
        let chance = |chance: Option<f64>| chance.map_or_else(|| t("not set").to_owned(), figures::share);
        let day = |date: Option<Date>| date.map_or_else(|| t("no first day").to_owned(), figures::date);
        match metric {
            Metric::Verdict => self.verdict(column),
            Metric::WeeksP50 => weeks(column.weeks.median),
            Metric::WeeksP80 => weeks(column.weeks.quantile(0.8)),
            Metric::EndP50 => day(column.ends.map(|ends| ends.p50)),
            Metric::EndP80 => day(column.ends.map(|ends| ends.p80)),
            Metric::BudgetP50 => self.amount_in(metric, column.budget_usd.median),
            Metric::BudgetP80 => self.amount_in(metric, column.budget_usd.quantile(0.8)),
            Metric::BudgetChance => chance(column.chances.budget),
            Metric::DeadlineChance => chance(column.chances.deadline),
            Metric::BothChance => chance(column.chances.both),
            Metric::Effort => decimal(column.person_weeks, 1),
            Metric::Findings => findings(column.findings),
            Metric::Glue => column.glue.packages.len().to_string(),
            Metric::Seam if column.crossings == 0 && column.seam.usd == 0.0 => t("none").to_owned(),
            Metric::Seam => self.amount_in(metric, column.seam.usd),
            Metric::Evidence => format!("{} dB", decimal(column.cost_db, 1)),
            Metric::Machines => load_or(column, |holds| self.money().full(holds.totals.usd_per_month)),
            Metric::Late => load_or(column, |holds| none_or(holds.late)),
            Metric::Headroom => load_or(column, |holds| {
                let first = holds.bottleneck.as_ref();
                first.map_or_else(|| "–".to_owned(), |first| format!("{} ×", decimal(first.headroom, 1)))
            }),
            Metric::Differs if at == self.base => "–".to_owned(),
            Metric::Differs => match self.differing.get(at).map_or(0, Vec::len) {
                0 => t("none").to_owned(),
                count => tr!("{count} of {}", self.services(column, at), count),
            },
            Metric::Deferred => none_or(column.deferred.len()),
            Metric::Overruled => none_or(column.overruled.len()),
            Metric::Team => figures::people(column.basis.team_size),
            Metric::Rate => self.money().full(column.basis.rate_usd_per_person_week),
            Metric::Contingency => explain::assumption(self.money(), Assumption::Contingency, column.basis.contingency),
            Metric::Communication => {
                let share = column.basis.communication_share;
                explain::assumption(self.money(), Assumption::CommunicationShare, share)
            }
        }
    }

    /// Services in this column or in the base one.
    fn services(&self, column: &Column, at: usize) -> usize {
        let only_in_base = self.differing.get(at).map_or(0, |all| all.iter().filter(|one| one.to.is_none()).count());
        column.assignment.len() + only_in_base
    }

    /// `Mixed: 2 Django, 1 FastAPI`, in short names.
    fn verdict(&self, column: &Column) -> String {
        let word = match &column.verdict {
            VerdictKind::Nothing => return t("nothing to build").to_owned(),
            VerdictKind::Single(framework) => explain::framework(self.playbook, framework),
            VerdictKind::Mixed => t("Mixed"),
        };
        let counts: Vec<String> = column
            .counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| format!("{count} {}", explain::framework(self.playbook, id)))
            .collect();
        if counts.len() > 1 { format!("{word}: {}", counts.join(", ")) } else { word.to_owned() }
    }

    /// What a row compares, as its figure is written: differences are taken between what people read. `None` where there is no figure,
    /// and where rows do not compare.
    pub(super) fn shown(&self, metric: Metric, column: &Column) -> Option<f64> {
        let value = super::value(metric, column)?;
        Some(match metric {
            Metric::WeeksP50 | Metric::WeeksP80 | Metric::Effort | Metric::Evidence | Metric::Headroom => {
                written(value, 1)
            }
            Metric::Team => (value * 100.0).round() / 100.0,
            Metric::BudgetP50 | Metric::BudgetP80 | Metric::Seam if !self.in_full => self.amounts(metric).shown(value),
            Metric::BudgetP50 | Metric::BudgetP80 | Metric::Seam | Metric::Rate | Metric::Machines => {
                written(self.money().currency().from_usd(value), 0)
            }
            // `> 99 %` and `< 1 %` are half a point from there at least.
            Metric::BudgetChance | Metric::DeadlineChance | Metric::BothChance => match figures::share(value) {
                words if words.starts_with('>') => 99.5,
                words if words.starts_with('<') => 0.5,
                _ => written(value * 100.0, 0),
            },
            Metric::Contingency | Metric::Communication => written(value * 100.0, 2),
            _ => value,
        })
    }

    /// The size of a difference, from what is shown of the base column to what is shown of another, and the words for more and for
    /// less.
    pub(super) fn difference(&self, metric: Metric, from: f64, to: f64) -> (String, (&'static str, &'static str)) {
        let size = (to - from).abs();
        match metric {
            // The figure above says what it counts.
            Metric::WeeksP50 | Metric::WeeksP80 if !self.in_full => (decimal(size, 1), (t("longer"), t("shorter"))),
            Metric::WeeksP50 | Metric::WeeksP80 => (weeks(size), (t("longer"), t("shorter"))),
            Metric::EndP50 | Metric::EndP80 => (counted(size, Unit::Day), (t("later"), t("earlier"))),
            Metric::BudgetP50 | Metric::BudgetP80 | Metric::Seam if !self.in_full => {
                (self.amounts(metric).between(from, to), (t("dearer"), t("cheaper")))
            }
            Metric::Headroom => (format!("{} ×", decimal(size, 1)), (t("more"), t("less"))),
            Metric::BudgetP50 | Metric::BudgetP80 | Metric::Seam | Metric::Rate | Metric::Machines => {
                (self.money().whole(size.round() as i128), (t("dearer"), t("cheaper")))
            }
            Metric::BudgetChance | Metric::DeadlineChance | Metric::BothChance => {
                let points = counted(size.floor(), Unit::Point);
                let points = match size {
                    _ if size.fract() == 0.0 => points,
                    _ if size < 1.0 => t("less than 1 point").to_owned(),
                    _ => tr!("over {points}", points),
                };
                (points, (t("higher"), t("lower")))
            }
            Metric::Contingency | Metric::Communication => {
                let points = figures::number(size);
                (
                    format!("{points} {}", if points == "1" { t("point") } else { t("points") }),
                    (t("higher"), t("lower")),
                )
            }
            Metric::Team => (figures::number(size), (t("more"), t("fewer"))),
            Metric::Evidence => (format!("{} dB", decimal(size, 1)), (t("more"), t("less"))),
            Metric::Effort => (decimal(size, 1), (t("more"), t("less"))),
            _ => (decimal(size, 1), (t("more"), t("fewer"))),
        }
    }
}

/// What is said of the machines of a column; that nobody states a load where that is so.
fn load_or(column: &Column, say: impl Fn(&Holds) -> String) -> String {
    column.capacity.as_ref().map_or_else(|| t("no load stated").to_owned(), say)
}

/// A number as its digits say it.
fn written(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// What belongs to a figure.
pub(super) fn note(metric: Metric, column: &Column, in_full: bool) -> String {
    match metric {
        Metric::Glue if !column.glue.by_hand.is_empty() => tr!("+ {} by hand", column.glue.by_hand.len()),
        // The table in the window has one figure in its cells, and says the other to whoever looks closer.
        Metric::BothChance if in_full => {
            let (both, least) =
                (column.chances.both.map(figures::share), column.chances.both_at_least.map(figures::share));
            least
                .filter(|least| both.as_ref() != Some(least))
                .map_or_else(String::new, |least| tr!("at least {least}", least))
        }
        Metric::Machines => column
            .capacity
            .as_ref()
            .map_or_else(String::new, |holds| explain::capacity::processes(holds.totals.processes)),
        Metric::Seam => match column.crossings {
            0 => String::new(),
            1 => t("1 crossing").to_owned(),
            count => tr!("{count} crossings", count),
        },
        _ => String::new(),
    }
}

/// `by 1 Mar 2028`, `in 40 weeks`, `in 6 months`: as it was set.
pub(super) fn deadline_in_words(deadline: Deadline, timetable: Option<&Timetable>) -> String {
    match deadline {
        Deadline::Date(date) => tr!("by {}", figures::date(date)),
        Deadline::Weeks(weeks) => tr!("in {}", figures::span_on(weeks, timetable)),
    }
}

fn none_or(count: usize) -> String {
    if count == 0 { t("none").to_owned() } else { count.to_string() }
}

fn counted(number: f64, unit: Unit) -> String {
    figures::counted(&decimal(number, 1), unit)
}

/// Weeks with a decimal, so that small differences show: `34.2 weeks`.
fn weeks(weeks: f64) -> String {
    counted(weeks, Unit::Week)
}

/// `1 error, 2 warnings`; what there is none of is left out.
fn findings(counts: FindingCounts) -> String {
    let named = named(counts).into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = named.map(|(count, unit)| counted(count as f64, unit)).collect();
    if words.is_empty() { t("none").to_owned() } else { words.join(", ") }
}

fn named(counts: FindingCounts) -> [(usize, Unit); 3] {
    [(counts.errors, Unit::Error), (counts.warnings, Unit::Warning), (counts.hints, Unit::Hint)]
}

/// How many more or fewer there are, the worst first: `1 warning, 1 hint more`, `1 warning fewer, 2 hints more`.
pub(super) fn findings_difference(base: FindingCounts, other: FindingCounts) -> String {
    let pairs = named(base).into_iter().zip(named(other)).filter(|((before, _), (after, _))| before != after);
    let parts: Vec<(String, &str)> = pairs
        .map(|((before, unit), (after, _))| {
            let words = counted(after.abs_diff(before) as f64, unit);
            (words, if after > before { t("more") } else { t("fewer") })
        })
        .collect();
    let mut words = String::new();
    for (at, (part, way)) in parts.iter().enumerate() {
        let next = parts.get(at + 1);
        words += part;
        // The word for the way once, behind all that go it.
        if next.is_none_or(|(_, next)| next != way) {
            words.push(' ');
            words += way;
        }
        words += if next.is_some() { ", " } else { "" };
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_severity_that_differs_is_said() {
        let counts = |[errors, warnings, hints]: [usize; 3]| FindingCounts { errors, warnings, hints };
        for (base, other, words) in [
            ([0, 0, 0], [0, 1, 1], "1 warning, 1 hint more"),
            ([0, 1, 0], [0, 0, 2], "1 warning fewer, 2 hints more"),
            ([1, 0, 3], [0, 1, 1], "1 error fewer, 1 warning more, 2 hints fewer"),
            ([0, 2, 1], [0, 2, 2], "1 hint more"),
        ] {
            assert_eq!(findings_difference(counts(base), counts(other)), words);
        }
    }
}
