//! The working calendar: which days count, and from weeks of work to dates and back.

use std::collections::BTreeSet;

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use super::day::days;
use crate::{lang::t, text::YEARS};

/// Days of work in a week of the estimate: the published timelines are read with five.
pub const DAYS_A_WEEK: f64 = 5.0;
/// Most holidays that a calendar holds.
pub const MAX_HOLIDAYS: usize = 2_000;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mon => t("Monday"),
            Self::Tue => t("Tuesday"),
            Self::Wed => t("Wednesday"),
            Self::Thu => t("Thursday"),
            Self::Fri => t("Friday"),
            Self::Sat => t("Saturday"),
            Self::Sun => t("Sunday"),
        }
    }

    fn of(date: Date) -> usize {
        usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())
    }
}

/// On which days people work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    /// The working days of a week; at least one.
    pub workdays: BTreeSet<Weekday>,
    /// Days on which nobody works.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", deserialize_with = "days")]
    pub holidays: BTreeSet<Date>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { workdays: Weekday::ALL[..5].iter().copied().collect(), holidays: BTreeSet::new() }
    }
}

impl Calendar {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether people work on this day.
    pub fn is_workday(&self, date: Date) -> bool {
        self.workdays.contains(&Weekday::ALL[Weekday::of(date)]) && !self.holidays.contains(&date)
    }
}

/// A first day and a calendar, ready to turn weeks of work into dates. Work is counted in days from the first working day on;
/// a week of work is [`DAYS_A_WEEK`] of them, however many a week of the calendar has.
#[derive(Clone, Debug, PartialEq)]
pub struct Timetable {
    /// The first working day.
    first: Date,
    /// Which weekdays are worked on, Monday first.
    works: [bool; 7],
    days_a_week: i64,
    /// For each weekday that the first day can be: workdays from it up to (not including) the day so many days later.
    before: [i64; 8],
    /// Holidays on workdays from the first day on.
    holidays: Vec<Date>,
}

impl Timetable {
    /// The timetable of work that begins on `start`, or on the first working day after it.
    pub fn new(start: Date, calendar: &Calendar) -> Self {
        let mut works = Weekday::ALL.map(|day| calendar.workdays.contains(&day));
        if !works.contains(&true) {
            // A calendar without a working day is refused by validation; nothing here may go on for ever all the same.
            works = [true; 7];
        }
        let free = |date: Date| !works[Weekday::of(date)] || calendar.holidays.contains(&date);
        let mut first = start;
        while free(first) {
            let Ok(next) = first.tomorrow() else { break };
            first = next;
        }
        let mut before = [0; 8];
        for offset in 0..7 {
            let day = (Weekday::of(first) + offset) % 7;
            before[offset + 1] = before[offset] + i64::from(works[day]);
        }
        let counts = |date: &&Date| **date >= first && works[Weekday::of(**date)];
        let holidays = calendar.holidays.iter().filter(counts).copied().collect();
        Self { first, works, days_a_week: before[7], before, holidays }
    }

    /// The first working day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The day in which this moment of work lies: 0 weeks are the first working day, 1 week the sixth one of a five-day week.
    pub fn date_of(&self, weeks: f64) -> Date {
        self.workday((weeks.max(0.0) * DAYS_A_WEEK + 1e-9).floor() as i64)
    }

    /// The day at whose end so many weeks of work are done.
    pub fn finish_of(&self, weeks: f64) -> Date {
        let days = (weeks.max(0.0) * DAYS_A_WEEK - 1e-9).ceil() as i64;
        self.workday((days - 1).max(0))
    }

    /// Weeks of work from the first day through the end of `date`; 0 before the first day.
    pub fn weeks_through(&self, date: Date) -> f64 {
        let through = i64::from(date >= self.first && self.is_workday(date));
        (self.workdays_before(date) + through) as f64 / DAYS_A_WEEK
    }

    /// Weeks of work through the last day that a plan can reach into.
    pub fn most_weeks(&self) -> f64 {
        self.weeks_through(Date::new(*YEARS.end(), 12, 31).unwrap_or(Date::MAX))
    }

    /// Weeks of work that lie before the beginning of `date`.
    pub fn weeks_before(&self, date: Date) -> f64 {
        self.workdays_before(date) as f64 / DAYS_A_WEEK
    }

    /// Whether people work on this day.
    pub fn is_workday(&self, date: Date) -> bool {
        self.works[Weekday::of(date)] && self.holidays.binary_search(&date).is_err()
    }

    /// Working days from the first one up to the beginning of `date`.
    fn workdays_before(&self, date: Date) -> i64 {
        let days = days_between(self.first, date);
        if days <= 0 {
            return 0;
        }
        let holidays = counted(self.holidays.partition_point(|holiday| *holiday < date));
        days / 7 * self.days_a_week + self.before[(days % 7).unsigned_abs() as usize] - holidays
    }

    /// The working day with this number, counted from 0.
    fn workday(&self, number: i64) -> Date {
        // Without holidays it would be here; each holiday before that pushes it on by one.
        let (mut skipped, mut date) = (0, self.weekday(number));
        loop {
            let holidays = counted(self.holidays.partition_point(|holiday| *holiday <= date));
            if holidays == skipped {
                return date;
            }
            skipped = holidays;
            date = self.weekday(number + skipped);
        }
    }

    /// The working day with this number if there were no holidays.
    fn weekday(&self, number: i64) -> Date {
        let (weeks, rest) = (number / self.days_a_week, number % self.days_a_week);
        let offset = (0..7).find(|offset| self.before[offset + 1] > rest).unwrap_or(0);
        // Beyond the last date there is, the last one stands for all.
        let days = weeks.saturating_mul(7).saturating_add(counted(offset));
        let span = jiff::Span::new().try_days(days);
        span.ok().and_then(|span| self.first.checked_add(span).ok()).unwrap_or(Date::MAX)
    }
}

/// A count of days; there are never so many that it would not fit.
fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}

/// Every day from `first` through `last`, at most [`MAX_HOLIDAYS`] of them.
pub(super) fn days_from(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |date| *date <= last).take(MAX_HOLIDAYS)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_become_dates_over_weekends_and_holidays() {
        let monday = date(2027, 3, 1);
        let plain = Timetable::new(monday, &Calendar::default());
        assert_eq!(plain.finish_of(1.0), date(2027, 3, 5));
        assert_eq!(plain.date_of(1.0), date(2027, 3, 8));
        assert_eq!(plain.finish_of(0.0), monday);
        assert_eq!(plain.finish_of(52.0), date(2028, 2, 25));
        let calendar = Calendar { holidays: [date(2027, 3, 3), date(2027, 3, 6)].into(), ..Calendar::default() };
        let off = Timetable::new(date(2027, 2, 27), &calendar);
        assert_eq!(off.first(), monday);
        assert_eq!(off.finish_of(1.0), date(2027, 3, 8));
        assert_eq!(off.weeks_through(date(2027, 3, 5)), 0.8);
        assert_eq!(off.weeks_through(date(2027, 2, 1)), 0.0);
        let (end, day_before) = (off.weeks_through(Date::MAX), off.weeks_through(date(9999, 12, 30)));
        assert!(
            (end - day_before - 0.2).abs() < 1e-6 && end < 420_000.0,
            "the end of time is a day like others: {end}"
        );
        let four = Calendar { workdays: Weekday::ALL[..4].iter().copied().collect(), ..Calendar::default() };
        assert_eq!(Timetable::new(monday, &four).finish_of(2.0), date(2027, 3, 16));
    }

    #[test]
    fn every_working_day_is_found_by_its_number_and_counted_again() {
        let holidays: BTreeSet<Date> = days_from(date(2026, 12, 24), date(2027, 1, 3)).collect();
        let calendar = Calendar { holidays, ..Calendar::default() };
        let timetable = Timetable::new(date(2026, 12, 16), &calendar);
        let mut day = timetable.first();
        for number in 0..400 {
            while !calendar.is_workday(day) {
                day = day.tomorrow().unwrap();
            }
            assert_eq!(timetable.workday(number), day, "day {number}");
            assert_eq!(timetable.workdays_before(day), number);
            assert!(timetable.is_workday(day));
            day = day.tomorrow().unwrap();
        }
    }
}
