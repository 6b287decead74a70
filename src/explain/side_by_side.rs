//! Ways to build a plan side by side, in words: the rows of the table in the window, in reports and on the command line.

mod detail;
mod figure;

use std::cmp::Ordering;

use crate::{
    assess::{Column, Comparison, Differs},
    figures::Money,
    lang::t,
    playbook::Playbook,
    project::Project,
};

/// What a row tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Metric {
    /// One framework, or which ones.
    Verdict,
    /// Weeks of work, as likely under as over.
    WeeksP50,
    /// Weeks of work, four times out of five under.
    WeeksP80,
    /// Money, as likely under as over.
    BudgetP50,
    /// Money, four times out of five under.
    BudgetP80,
    /// The last day of the P50.
    EndP50,
    /// The last day of the P80.
    EndP80,
    /// How likely it stays under the budget that is to hold.
    BudgetChance,
    /// How likely it is done by the deadline.
    DeadlineChance,
    /// How likely both hold.
    BothChance,
    /// Median effort.
    Effort,
    /// Open findings.
    Findings,
    /// What is left to assemble.
    Glue,
    /// What mixing frameworks costs.
    Seam,
    /// What speaks against it.
    Evidence,
    /// What its machines cost.
    Machines,
    /// Services that cannot answer what comes, or too late.
    Late,
    /// How many times the present load it holds.
    Headroom,
    /// Services on another framework than in the base column.
    Differs,
    /// What is put off.
    Deferred,
    /// Services on another framework than the plan pins them to.
    Overruled,
    /// People.
    Team,
    /// Money for a person-week.
    Rate,
    /// What is added.
    Contingency,
    /// What each further colleague costs.
    Communication,
}

/// What is better of two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Better {
    Less,
    More,
    Neither,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it tells.
    pub metric: Metric,
    /// The same in a few words.
    pub label: String,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// What one column says in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The figure.
    pub figure: String,
    /// What belongs to it, where there is room: `3 crossings`. Mostly empty.
    pub note: String,
    /// Against the base column; `None` in that column, and where there is nothing to compare.
    pub change: Option<Change>,
    /// Whether no column has a better figure, and some have a worse one.
    pub best: bool,
}

/// A difference from the base column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whether the figure is smaller, the same or larger.
    pub way: Ordering,
    /// Whether that is better; `None` if it is the same, or neither.
    pub better: Option<bool>,
    /// Its size and a word, which says the way: `3.2 weeks longer`, `same`.
    pub words: String,
}

impl Cell {
    /// The figure with what belongs to it: `$25,678, 4 crossings`, `8 + 3 by hand`.
    pub fn figure_with_note(&self) -> String {
        match self.note.as_str() {
            "" => self.figure.clone(),
            more if more.starts_with('+') => format!("{} {more}", self.figure),
            note => format!("{}, {note}", self.figure),
        }
    }
}

impl Change {
    /// The way as an arrow; `None` if there is no difference.
    pub fn arrow(&self) -> Option<&'static str> {
        match self.way {
            Ordering::Less => Some("▼"),
            Ordering::Equal => None,
            Ordering::Greater => Some("▲"),
        }
    }
}

/// Everything the rows are written from.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// Names of frameworks and traits.
    pub playbook: &'a Playbook,
    /// The plan.
    pub project: &'a Project,
    /// What is compared.
    pub comparison: &'a Comparison,
    /// The position of the column that the others are compared with.
    pub base: usize,
    /// For each column the services that stand elsewhere in the base column.
    pub differing: &'a [Vec<Differs>],
    /// Whether amounts are written in full, or in as few figures as tell them apart.
    pub in_full: bool,
}

impl Metric {
    /// Every metric in the order of the rows.
    pub const ALL: [Self; 25] = [
        Self::Verdict,
        Self::WeeksP50,
        Self::WeeksP80,
        Self::BudgetP50,
        Self::BudgetP80,
        Self::EndP50,
        Self::EndP80,
        Self::BudgetChance,
        Self::DeadlineChance,
        Self::BothChance,
        Self::Effort,
        Self::Findings,
        Self::Glue,
        Self::Seam,
        Self::Evidence,
        Self::Machines,
        Self::Late,
        Self::Headroom,
        Self::Differs,
        Self::Deferred,
        Self::Overruled,
        Self::Team,
        Self::Rate,
        Self::Contingency,
        Self::Communication,
    ];

    fn better(self) -> Better {
        match self {
            Self::BudgetChance | Self::DeadlineChance | Self::BothChance | Self::Headroom => Better::More,
            Self::Verdict
            | Self::Differs
            | Self::Deferred
            | Self::Overruled
            | Self::Team
            | Self::Rate
            | Self::Contingency
            | Self::Communication => Better::Neither,
            _ => Better::Less,
        }
    }
}

impl<'a> Table<'a> {
    /// The rows that say something of these columns.
    pub fn rows(&self) -> Vec<Row> {
        Metric::ALL.into_iter().filter(|metric| self.says_something(*metric)).map(|metric| self.row(metric)).collect()
    }

    /// The figure of one cell; empty where there is no such column.
    pub fn figure_of(&self, metric: Metric, at: usize) -> String {
        if at < self.columns().len() { self.figure(metric, at) } else { String::new() }
    }

    /// Whether anything is to hold in any column.
    pub fn has_targets(&self) -> bool {
        self.columns().iter().any(|column| !column.targets.is_empty())
    }

    fn columns(&self) -> &'a [Column] {
        &self.comparison.columns
    }

    fn money(&self) -> Money<'a> {
        Money::of(self.project)
    }

    fn says_something(&self, metric: Metric) -> bool {
        let any = |says: fn(&Column) -> bool| self.columns().iter().any(says);
        let not_all = |of: fn(&Column) -> f64| self.columns().windows(2).any(|pair| of(&pair[0]) != of(&pair[1]));
        match metric {
            Metric::EndP50 | Metric::EndP80 => any(|column| column.ends.is_some()),
            Metric::BudgetChance => any(|column| column.chances.budget.is_some()),
            Metric::DeadlineChance => any(|column| column.chances.deadline.is_some()),
            Metric::BothChance => any(|column| column.chances.both.is_some()),
            Metric::Machines | Metric::Late => any(|column| column.capacity.is_some()),
            Metric::Headroom => any(|column| headroom(column).is_some()),
            Metric::Differs => self.columns().len() > 1,
            Metric::Deferred => any(|column| !column.deferred.is_empty()),
            Metric::Overruled => any(|column| !column.overruled.is_empty()),
            Metric::Team => not_all(|column| column.basis.team_size),
            Metric::Rate => not_all(|column| column.basis.rate_usd_per_person_week),
            Metric::Contingency => not_all(|column| column.basis.contingency),
            Metric::Communication => not_all(|column| column.basis.communication_share),
            _ => true,
        }
    }

    fn row(&self, metric: Metric) -> Row {
        let columns = self.columns();
        let figures: Vec<String> = (0..columns.len()).map(|at| self.figure(metric, at)).collect();
        let best = self.best(metric).map(|at| figures[at].clone());
        // Figures that read the same are as good as each other, whatever lies behind the last digit.
        let mut valued = figures.iter().enumerate().filter(|(at, _)| value(metric, &columns[*at]).is_some());
        let all_alike = valued.all(|(_, figure)| Some(figure) == best.as_ref());
        let cell = |(at, figure): (usize, String)| Cell {
            note: figure::note(metric, &columns[at], self.in_full),
            change: (at != self.base).then(|| self.change(metric, &columns[at])).flatten(),
            best: !all_alike && Some(&figure) == best.as_ref(),
            figure,
        };
        Row { metric, label: self.label(metric), cells: figures.into_iter().enumerate().map(cell).collect() }
    }

    /// The column with the best value, if there is more than one with a value.
    fn best(&self, metric: Metric) -> Option<usize> {
        let values = self.columns().iter().enumerate().filter_map(|(at, column)| Some((at, value(metric, column)?)));
        let values: Vec<(usize, f64)> = values.collect();
        let best = match metric.better() {
            _ if values.len() < 2 => None,
            Better::Less => values.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)),
            Better::More => values.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)),
            Better::Neither => None,
        };
        best.map(|(at, _)| at)
    }

    /// How a column differs from the base one.
    fn change(&self, metric: Metric, column: &Column) -> Option<Change> {
        let base = self.columns().get(self.base)?;
        let (from, to) = (self.shown(metric, base)?, self.shown(metric, column)?);
        let (amount, words) = self.difference(metric, from, to);
        // What does not show in the digits is no difference.
        let way = if (to - from).abs() < 1e-9 { Ordering::Equal } else { to.total_cmp(&from) };
        Some(Change {
            way,
            better: match (way, metric.better()) {
                (Ordering::Equal, _) | (_, Better::Neither) => None,
                (way, Better::Less) => Some(way == Ordering::Less),
                (way, Better::More) => Some(way == Ordering::Greater),
            },
            words: match way {
                Ordering::Equal => t("same").to_owned(),
                _ if metric == Metric::Findings => figure::findings_difference(base.findings, column.findings),
                Ordering::Greater => format!("{amount} {}", words.0),
                Ordering::Less => format!("{amount} {}", words.1),
            },
        })
    }
}

/// What a row compares, as a number; `None` where a column has none.
fn value(metric: Metric, column: &Column) -> Option<f64> {
    Some(match metric {
        Metric::WeeksP50 => column.weeks.median,
        Metric::WeeksP80 => column.weeks.quantile(0.8),
        Metric::EndP50 => figure::days(column.ends?.p50),
        Metric::EndP80 => figure::days(column.ends?.p80),
        Metric::BudgetP50 => column.budget_usd.median,
        Metric::BudgetP80 => column.budget_usd.quantile(0.8),
        Metric::BudgetChance => column.chances.budget?,
        Metric::DeadlineChance => column.chances.deadline?,
        Metric::BothChance => column.chances.both?,
        Metric::Effort => column.person_weeks,
        // One error is worse than any number of warnings, and so on.
        Metric::Findings => {
            let findings = column.findings;
            findings.errors as f64 * 1e12 + findings.warnings as f64 * 1e6 + findings.hints as f64
        }
        Metric::Glue => column.glue.count() as f64,
        Metric::Seam => column.seam.usd,
        Metric::Evidence => column.cost_db,
        Metric::Machines => column.capacity.as_ref()?.totals.usd_per_month,
        Metric::Late => column.capacity.as_ref()?.late as f64,
        Metric::Headroom => headroom(column)?,
        Metric::Team => column.basis.team_size,
        Metric::Rate => column.basis.rate_usd_per_person_week,
        Metric::Contingency => column.basis.contingency,
        Metric::Communication => column.basis.communication_share,
        Metric::Verdict | Metric::Differs | Metric::Deferred | Metric::Overruled => return None,
    })
}

/// How many times the present load a column holds, where any is known.
fn headroom(column: &Column) -> Option<f64> {
    Some(column.capacity.as_ref()?.bottleneck.as_ref()?.headroom)
}
