//! How a goal can be reached, in words.

use jiff::civil::Date;

use crate::{
    assess::{Extent, Goal, Least, NoTeam, Outlook, Proposal, Reached, TeamChange},
    figures::{self, Money, Unit, full_date, months_said, people},
    lang::{t, tr},
    project::{Assumptions, ComponentId, Deadline, Project, Timetable, months_of},
    text::decimal,
};

/// Names that are listed before the rest is only counted.
const NAMES: usize = 4;

/// `Reporting, Notifications and Search`, or `Reporting, Notifications, Search, Mail and 7 more`.
pub fn names(project: &Project, ids: &[ComponentId]) -> String {
    names_up_to(project, ids, NAMES)
}

/// The same with more names before the rest is only counted.
pub fn names_up_to(project: &Project, ids: &[ComponentId], most: usize) -> String {
    let name = |id: &ComponentId| project.component_name(id);
    match ids {
        [] => t("nothing").to_owned(),
        [one] => name(one),
        [first @ .., last] if ids.len() <= most => {
            tr!("{0} and {1}", first.iter().map(name).collect::<Vec<_>>().join(", "), name(last))
        }
        _ => {
            let first: Vec<String> = ids.iter().take(most).map(name).collect();
            tr!("{0} and {1} more", first.join(", "), ids.len() - most)
        }
    }
}

/// How an answer speaks of time: as the person did.
enum Time {
    Weeks,
    /// On the calendar, if there is one; and how many there are.
    Months(Option<Timetable>, f64),
    /// Days of this timetable; the last one is given.
    Days(Timetable, Date),
}

/// An answer in words: in the plan's currency, and with time in one unit throughout.
pub struct Words<'a> {
    project: &'a Project,
    goal: &'a Goal,
    money: Money<'a>,
    time: Time,
}

impl<'a> Words<'a> {
    /// Words on a goal. `by` is the last day, where the time was given so.
    pub fn new(project: &'a Project, goal: &'a Goal, by: Option<Date>) -> Self {
        let timetable = project.assumptions.timetable();
        let time = match (timetable, by) {
            (Some(timetable), Some(by)) => Time::Days(timetable, by),
            (None, _) => match goal.targets.deadline_weeks.and_then(months_said) {
                Some(months) => Time::Months(None, months),
                None => Time::Weeks,
            },
            (Some(_), None) => Time::Weeks,
        };
        Self { project, goal, money: Money::of(project), time }
    }

    /// The same, where the time was given in so many months.
    #[must_use]
    pub fn in_months(mut self, months: f64) -> Self {
        self.time = Time::Months(self.project.assumptions.timetable(), months);
        self
    }

    /// The same, where the time was given in weeks.
    #[must_use]
    pub fn in_weeks(mut self) -> Self {
        self.time = Time::Weeks;
        self
    }

    /// The last day of a deadline that is given by date.
    pub fn last_day(assumptions: &Assumptions) -> Option<Date> {
        match assumptions.deadline {
            Some(Deadline::Date(date)) => Some(date),
            Some(Deadline::Weeks(_)) | None => None,
        }
    }

    /// `4.8 months`, `20.8 weeks`, `12 September 2026`.
    fn weeks(&self, weeks: f64) -> String {
        match &self.time {
            Time::Weeks => counted(weeks, Unit::Week),
            Time::Months(timetable, _) => counted(months_of(weeks, timetable.as_ref()), Unit::Month),
            Time::Days(timetable, _) => full_date(timetable.finish_of(weeks)),
        }
    }

    /// A deadline that is no date, as it was typed: `5 months`.
    fn target(&self, weeks: f64) -> String {
        match &self.time {
            Time::Months(_, months) => figures::counted(&figures::number(*months), Unit::Month),
            Time::Weeks | Time::Days(..) => self.weeks(weeks),
        }
    }

    /// What is to hold and how surely: `80 % sure of $150K and 5 months`.
    pub fn goal(&self) -> String {
        tr!("{0} % sure of {1}", in_per_cent(self.goal.sure), self.targets())
    }

    /// A chance that is to reach what the goal asks for; with a digit more where it only reads as if it did.
    pub fn chance(&self, chance: f64) -> String {
        let per_cent = (chance * 1000.0).floor() / 10.0;
        match figures::share(chance) {
            words if chance < self.goal.sure && words == figures::share(self.goal.sure) => {
                format!("{} %", crate::text::figure(per_cent, 1))
            }
            words => words,
        }
    }

    /// What is to hold: `$150K and 5 months`, `$150K by 30 September 2026`.
    fn targets(&self) -> String {
        let budget = self.goal.targets.budget_usd.map(|usd| self.money.short(usd));
        let weeks = self.goal.targets.deadline_weeks.map(|weeks| match &self.time {
            Time::Days(_, by) if budget.is_some() => tr!("by {}", full_date(*by)),
            Time::Days(_, by) => tr!("being done by {}", full_date(*by)),
            Time::Weeks | Time::Months(..) => self.target(weeks),
        });
        let between = if matches!(self.time, Time::Days(..)) { " " } else { t(" and ") };
        let parts: Vec<String> = budget.into_iter().chain(weeks).collect();
        if parts.is_empty() { t("nothing yet").to_owned() } else { parts.join(between) }
    }

    /// An amount beside the budget of the goal: what is too much does not read like what is to hold.
    fn usd(&self, usd: f64) -> String {
        let short = self.money.short(usd);
        let alike = |target: f64| usd > target && short == self.money.short(target);
        if self.goal.targets.budget_usd.is_some_and(alike) { self.money.full(usd) } else { short }
    }

    /// What a plan comes to at the goal's probability, in what the goal asks for: `P80 is $148K and 4.8 months`.
    fn outlook(&self, outlook: &Outlook) -> String {
        let budget = self.goal.targets.budget_usd.map(|_| self.usd(outlook.budget_usd.quantile(self.goal.sure)));
        let weeks = self.goal.targets.deadline_weeks.map(|_| self.weeks(outlook.weeks.quantile(self.goal.sure)));
        let parts: Vec<String> = budget.into_iter().chain(weeks).collect();
        tr!("{0} is {1}", level(self.goal), parts.join(t(" and ")))
    }

    /// Whether the goal holds as things are, in a sentence.
    pub fn now(&self, reached: &Reached) -> String {
        let holds = if reached.holds { t("It holds") } else { t("Not yet") };
        tr!("{holds}: {0} sure, {1}", self.chance(reached.now.chance()), self.outlook(&reached.now), holds)
    }

    /// What waits where the goal holds: `Mobile API and Search wait for later already`, `Nothing has to wait for it`.
    pub fn waits(&self) -> String {
        let later: Vec<ComponentId> = self.project.deferred().map(|(id, _)| id.clone()).collect();
        match later.len() {
            0 => t("Nothing has to wait for it").to_owned(),
            1 => tr!("It holds because {} waits", names(self.project, &later)),
            _ => tr!("It holds because these wait: {}", names(self.project, &later)),
        }
    }

    /// What becomes of the plan under a proposal: `83 % sure, P80 is $148K and 4.8 months; leaves out $28.1K`.
    pub fn effect(&self, proposal: &Proposal) -> String {
        let turns = match proposal.moves.len() {
            0 => String::new(),
            1 => t("; 1 service would turn to another framework").to_owned(),
            count => tr!("; {count} services would turn to another framework", count),
        };
        tr!(
            "{0}, {1}; leaves out {2}{turns}",
            sure(&proposal.outlook),
            self.outlook(&proposal.outlook),
            self.money.short(proposal.takes_away_usd),
            turns
        )
    }

    /// What of a proposal waits for no reason of its own: `Mobile API and Back office wait along: they work on the tables of Web
    /// application`.
    pub fn along(&self, proposal: &Proposal) -> Option<String> {
        if proposal.along.is_empty() {
            return None;
        }
        let (wait, work) =
            if proposal.along.len() == 1 { (t("waits"), t("it works")) } else { (t("wait"), t("they work")) };
        let owners = &proposal.tables_of;
        let of = if owners.is_empty() { t("each other").to_owned() } else { names(self.project, owners) };
        Some(tr!("{} {wait} along: {work} on the tables of {of}", names(self.project, &proposal.along), wait, work, of))
    }

    /// What another team does: `Team of 3: 82 % sure, P80 is $182K and 4.1 months`.
    pub fn team(&self, change: &TeamChange) -> String {
        let size = figures::number(change.team_size);
        tr!("Team of {size}: {0}, {1}", sure(&change.outlook), self.outlook(&change.outlook), size)
    }

    /// Why no team does it, in a sentence.
    pub fn no_team(&self, why: NoTeam) -> String {
        let level = level(self.goal);
        match why {
            NoTeam::Budget { team_size, least_usd } => {
                let target = self.goal.targets.budget_usd.map_or_else(String::new, |usd| self.money.short(usd));
                let least = self.usd(least_usd);
                tr!(
                    "No team reaches {target}: at best {least} at {level}, with {}",
                    people(team_size),
                    target,
                    least,
                    level
                )
            }
            NoTeam::Weeks { team_size, least_weeks } => {
                let (best, people) = (self.weeks(least_weeks), people(team_size));
                match &self.time {
                    Time::Days(_, by) => {
                        tr!(
                            "No team is done by {}: at best on {best} at {level}, with {people}",
                            full_date(*by),
                            best,
                            level,
                            people
                        )
                    }
                    Time::Weeks | Time::Months(..) => {
                        let target =
                            self.goal.targets.deadline_weeks.map_or_else(String::new, |weeks| self.target(weeks));
                        tr!(
                            "No team is done in {target}: at best {best} at {level}, with {people}",
                            target,
                            best,
                            level,
                            people
                        )
                    }
                }
            }
            NoTeam::Between { deadline_takes, budget_allows } => tr!(
                "No team keeps both: the time takes at least {0}, the money allows at most {1}",
                people(deadline_takes),
                people(budget_allows)
            ),
        }
    }

    /// Why nothing is proposed, in a sentence.
    pub fn none(&self, reached: &Reached) -> String {
        match &reached.least {
            Some(Least { stays, outlook }) if stays.is_empty() => {
                tr!("No set is enough: without all that may go, {}", self.outlook(outlook))
            }
            Some(Least { stays, outlook }) => {
                tr!("No set is enough: with only {0} left, {1}", names(self.project, stays), self.outlook(outlook))
            }
            None => t("There is nothing that may go").to_owned(),
        }
    }
}

/// `4.8 months`, `1 week`.
fn counted(amount: f64, unit: Unit) -> String {
    figures::counted(&decimal(amount, 1), unit)
}

/// `P80`.
fn level(goal: &Goal) -> String {
    format!("P{}", in_per_cent(goal.sure))
}

/// What was asked for, as it was: `80`, `78.5`.
fn in_per_cent(sure: f64) -> String {
    figures::number((sure * 1000.0).round() / 10.0)
}

/// How likely everything holds: `83 % sure`.
fn sure(outlook: &Outlook) -> String {
    tr!("{} sure", figures::share(outlook.chance()))
}

/// What a proposal does: `Put off Reporting and Search`, `Team of 1, and put off Reporting`.
pub fn proposal(project: &Project, proposal: &Proposal) -> String {
    proposal_up_to(project, proposal, NAMES)
}

/// The same with more names before the rest is only counted.
pub fn proposal_up_to(project: &Project, proposal: &Proposal, most: usize) -> String {
    let names = names_up_to(project, &proposal.leaves_out, most);
    match proposal.team_size {
        Some(size) => tr!("Team of {}, and put off {names}", figures::number(size), names),
        None => tr!("Put off {names}", names),
    }
}

/// How far the search went, in a sentence.
pub fn thoroughness(reached: &Reached) -> String {
    let tried = figures::number(reached.tried as f64);
    let Extent { complete, assessed_all, built_up } = reached.extent;
    match (built_up, complete, assessed_all) {
        (true, ..) => tr!(
            "There are too many sets this large: {tried} were tried, and this one is built up from what costs most; another one may be smaller, or take away less",
            tried
        ),
        (false, true, true) => t("Every set up to this size was tried, with its own verdict").to_owned(),
        (false, true, false) => {
            tr!("{tried} sets were tried; smaller ones are ruled out on the frameworks of the present verdict", tried)
        }
        (false, false, _) => {
            tr!("{tried} sets were tried, not all: one that takes away a little less may exist", tried)
        }
    }
}
