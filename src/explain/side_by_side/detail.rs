//! What is said of a row, and of one of its cells, to whoever looks closer.

use super::{Metric, Table, figure};
use crate::{
    assess::{Column, Differs, Distribution},
    explain::{self, capacity as words},
    figures::{self, Durations},
    lang::{t, tr},
    project::{ComponentId, FrameworkId, Timetable},
};

/// Names that are written out before the rest is counted.
const NAMED: usize = 12;

impl Metric {
    /// What the row means.
    pub fn help(self) -> &'static str {
        match self {
            Self::Verdict => t("What it is built on"),
            Self::WeeksP50 | Self::BudgetP50 => t("As likely under as over; the line runs from P10 to P90"),
            Self::WeeksP80 | Self::BudgetP80 => t("Four times out of five it stays under"),
            Self::EndP50 | Self::EndP80 => t("The last day of work, by the project's first day and calendar"),
            Self::BudgetChance => t("How likely it stays under the budget that is to hold"),
            Self::DeadlineChance => t("How likely it is done by the deadline"),
            Self::BothChance => t(
                "Taken as the smaller of the two, because weeks and money rise and fall with the same effort (an assumption)",
            ),
            Self::Effort => t("Median effort with the team's overhead and the contingency"),
            Self::Findings => t("Errors, warnings and hints that nobody has set aside"),
            Self::Glue => t("Python packages beyond a framework's own, and tagged traits to be written by hand"),
            Self::Seam => t("What mixing frameworks costs; it is in the budget already"),
            Self::Evidence => t("Points that speak for other frameworks, and what mixing weighs in the verdict"),
            Self::Machines => {
                t("What planned processes, processors and memory cost a month, where somebody states a load")
            }
            Self::Late => t("Services that cannot answer what comes as planned, or miss their target"),
            Self::Headroom => t("How many times the present load it holds as planned, before the first service breaks"),
            Self::Differs => t("Services on another framework than in the column that is compared with, or put off"),
            Self::Deferred => t("Components that are built later: no weeks and no money"),
            Self::Overruled => t("Services on another framework than the plan pins them to"),
            Self::Team => t("People working on it at the same time"),
            Self::Rate => t("What a person-week costs on average"),
            Self::Communication => t("Share of everybody's time that each further colleague costs"),
            Self::Contingency => t("On top of every figure of weeks and budget, at P10 as at P90"),
        }
    }
}

impl Table<'_> {
    /// What lies behind a figure, line by line; nothing where the figure says all.
    pub fn detail(&self, metric: Metric, at: usize) -> Vec<String> {
        let Some(column) = self.columns().get(at) else { return Vec::new() };
        match metric {
            Metric::WeeksP50 | Metric::WeeksP80 => {
                let timetable = self.project.assumptions.timetable();
                weeks(&column.weeks, timetable.as_ref())
            }
            Metric::BudgetP50 | Metric::BudgetP80 => {
                let (p10, p90) = (column.budget_usd.quantile(0.1), column.budget_usd.quantile(0.9));
                vec![tr!("P10 to P90: {0} to {1}", self.money().full(p10), self.money().full(p90))]
            }
            Metric::BudgetChance => {
                let budget = column.targets.budget_usd;
                budget.map(|usd| tr!("To stay under {}", self.money().full(usd))).into_iter().collect()
            }
            Metric::DeadlineChance => self.deadline(column).into_iter().collect(),
            Metric::BothChance => column.chances.both_at_least.map_or_else(Vec::new, |least| {
                vec![tr!("However weeks and money hang together: at least {}", figures::share(least))]
            }),
            Metric::Glue => self.glue(column),
            Metric::Seam => self.seam(column),
            Metric::Machines | Metric::Late | Metric::Headroom => self.machines(column),
            Metric::Differs => self.differs(self.differing.get(at).map_or(&[], Vec::as_slice)),
            Metric::Deferred => self.named(&column.deferred),
            Metric::Overruled => self.named(&column.overruled),
            Metric::Verdict
            | Metric::Findings
            | Metric::EndP50
            | Metric::EndP80
            | Metric::Effort
            | Metric::Evidence
            | Metric::Team
            | Metric::Rate
            | Metric::Contingency
            | Metric::Communication => Vec::new(),
        }
    }

    fn deadline(&self, column: &Column) -> Option<String> {
        let (deadline, weeks) = self.project.assumptions.deadline.zip(column.targets.deadline_weeks)?;
        let words = figure::deadline_in_words(deadline, self.project.assumptions.timetable().as_ref());
        Some(tr!("To be done {words}: {} of work", figures::weeks(weeks), words))
    }

    fn glue(&self, column: &Column) -> Vec<String> {
        let by_hand = column.glue.by_hand.iter().map(|id| explain::trait_label(self.playbook, id));
        let by_hand: Vec<&str> = by_hand.collect();
        let mut lines = Vec::new();
        if !column.glue.packages.is_empty() {
            lines.push(tr!("Packages: {}", column.glue.packages.join(", ")));
        }
        if !by_hand.is_empty() {
            lines.push(tr!("By hand: {}", by_hand.join("; ")));
        }
        lines
    }

    fn machines(&self, column: &Column) -> Vec<String> {
        let Some(holds) = &column.capacity else { return Vec::new() };
        let totals = &holds.totals;
        let cpus = figures::counted(&figures::amount(totals.cpus as f64), figures::Unit::Processor);
        let (processes, memory) = (words::processes(totals.processes), words::memory(totals.memory_mb));
        let mut lines = vec![tr!("{processes} on {cpus}, {memory}", processes, cpus, memory)];
        if totals.unknown > 0 {
            let unknown = figures::counted(&totals.unknown.to_string(), figures::Unit::Service);
            lines.push(tr!("{unknown} of unknown load not in it", unknown));
        }
        lines.extend(holds.bottleneck.as_ref().map(|first| words::breaks(self.project, first)));
        lines
    }

    fn seam(&self, column: &Column) -> Vec<String> {
        if column.crossings == 0 && column.seam.usd == 0.0 {
            return vec![t("Nothing crosses from one framework to another").to_owned()];
        }
        let crossings = match column.crossings {
            1 => t("1 connection crosses").to_owned(),
            count => tr!("{count} connections cross", count),
        };
        let (effort, money) = (figures::person_weeks(column.seam.person_weeks), self.money().full(column.seam.usd));
        vec![format!("{crossings}: {effort}, {money}")]
    }

    /// `Orders: Django → FastAPI`, a service a line.
    fn differs(&self, differing: &[Differs]) -> Vec<String> {
        let framework = |id: &Option<FrameworkId>| match id {
            Some(id) => explain::framework(self.playbook, id).to_owned(),
            None => t("put off").to_owned(),
        };
        let line = |differs: &Differs| {
            let name = self.project.component_name(&differs.component);
            format!("{name}: {} → {}", framework(&differs.from), framework(&differs.to))
        };
        with_rest(differing.iter().map(line))
    }

    fn named(&self, ids: &[ComponentId]) -> Vec<String> {
        with_rest(ids.iter().map(|id| self.project.component_name(id)))
    }
}

/// The first lines, and how many more there are.
fn with_rest(mut lines: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let mut shown: Vec<String> = lines.by_ref().take(NAMED).collect();
    match lines.len() {
        0 => {}
        more => shown.push(tr!("and {more} more", more)),
    }
    shown
}

fn weeks(weeks: &Distribution, timetable: Option<&Timetable>) -> Vec<String> {
    let quantiles = weeks.quantiles();
    let durations = Durations::from(quantiles.p10, timetable);
    let (in_weeks, told) =
        (figures::weeks_range(quantiles.p10, quantiles.p90), durations.range(quantiles.p10, quantiles.p90));
    let both = if in_weeks == told { told } else { format!("{in_weeks}, {told}") };
    vec![
        tr!("P10 to P90: {both}", both),
        format!("P50: {}; P80: {}", durations.one(quantiles.p50), durations.one(quantiles.p80)),
    ]
}
