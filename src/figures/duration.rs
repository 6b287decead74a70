//! Durations as people say them: weeks up to a quarter, then months, then years, all to a tenth. The unit is decided once for what stands
//! together.

use super::{Unit as Counted, counted, joined};
use crate::{
    project::{Timetable, months_of},
    text::decimal,
};

/// From here on, people count in months.
const MONTHS_FROM_WEEKS: f64 = 13.0;
/// From here on, people count in years.
const YEARS_FROM_WEEKS: f64 = 4.0 * 52.0;
/// A tenth everywhere, or what stands beside a change in tenths does not agree with it. What is whole reads so: `8–14 months`.
const DECIMALS: usize = 1;

/// Writes the durations of one distribution or one list in the same unit.
#[derive(Clone, Copy, Debug)]
pub struct Durations<'a> {
    timetable: Option<&'a Timetable>,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Weeks,
    Months,
    Years,
}

impl<'a> Durations<'a> {
    /// In the unit people would use where `least_weeks` is the shortest of them; months are those of the calendar, if there is one.
    pub fn from(least_weeks: f64, timetable: Option<&'a Timetable>) -> Self {
        Self { timetable, unit: unit(least_weeks) }
    }

    /// In weeks.
    pub fn weeks() -> Self {
        Self { timetable: None, unit: Unit::Weeks }
    }

    /// One of them: `12.6 months`.
    pub fn one(self, weeks: f64) -> String {
        self.unit.counted(&self.number(weeks))
    }

    /// A range of them: `8–14 months`.
    pub fn range(self, low_weeks: f64, high_weeks: f64) -> String {
        self.unit.counted(&joined(&self.number(low_weeks), &self.number(high_weeks)))
    }

    fn number(self, weeks: f64) -> String {
        decimal(in_unit(weeks, self.unit, self.timetable), DECIMALS)
    }
}

impl Unit {
    fn counted(self, amount: &str) -> String {
        let name = match self {
            Self::Weeks => Counted::Week,
            Self::Months => Counted::Month,
            Self::Years => Counted::Year,
        };
        counted(amount, name)
    }
}

fn unit(weeks: f64) -> Unit {
    match weeks {
        _ if weeks < MONTHS_FROM_WEEKS => Unit::Weeks,
        _ if weeks < YEARS_FROM_WEEKS => Unit::Months,
        _ => Unit::Years,
    }
}

fn in_unit(weeks: f64, unit: Unit, timetable: Option<&Timetable>) -> f64 {
    match unit {
        Unit::Weeks => weeks,
        Unit::Months => months_of(weeks, timetable),
        Unit::Years => months_of(weeks, timetable) / 12.0,
    }
}

/// Weeks of work: `12.6 weeks`.
pub fn weeks(weeks: f64) -> String {
    Durations::weeks().one(weeks)
}

/// Weeks of work as months, or years from four on: `12.6 months`.
pub fn months(weeks: f64) -> String {
    months_on(weeks, None)
}

/// The same on a calendar, if there is one.
pub fn months_on(weeks: f64, timetable: Option<&Timetable>) -> String {
    let unit = if weeks < YEARS_FROM_WEEKS { Unit::Months } else { Unit::Years };
    Durations { timetable, unit }.one(weeks)
}

/// A range of weeks of work: `34.7–60.7 weeks`.
pub fn weeks_range(low_weeks: f64, high_weeks: f64) -> String {
    Durations::weeks().range(low_weeks, high_weeks)
}

/// A range of weeks of work in the unit people would use: `8–14 months` from a quarter on, else `4–6 weeks`.
pub fn months_or_weeks(low_weeks: f64, high_weeks: f64) -> String {
    Durations::from(low_weeks, None).range(low_weeks, high_weeks)
}

/// One duration in the unit people would use: `12.6 months` from a quarter on, else `5.2 weeks`.
pub fn month_or_week(duration_weeks: f64) -> String {
    month_or_week_on(duration_weeks, None)
}

/// The same on a calendar, if there is one.
pub fn month_or_week_on(duration_weeks: f64, timetable: Option<&Timetable>) -> String {
    Durations::from(duration_weeks, timetable).one(duration_weeks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Calendar, WEEKS_A_MONTH as MONTH, Weekday};

    #[test]
    fn time_is_in_months_from_a_quarter_on_and_in_years_from_four_on() {
        assert_eq!(months_or_weeks(8.0 * MONTH, 14.0 * MONTH), "8–14 months");
        assert_eq!(months_or_weeks(4.0 * MONTH, 6.0 * MONTH), "4–6 months");
        assert_eq!(weeks_range(8.0 * MONTH, 14.0 * MONTH), "34.7–60.7 weeks");
        assert_eq!(months_or_weeks(4.0, 6.0), "4–6 weeks");
        assert_eq!(months_or_weeks(1.0, 1.0), "1 week");
        assert_eq!([month_or_week(12.6 * MONTH), months(201.6 * MONTH)], ["12.6 months", "16.8 years"]);
        assert_eq!(
            [6.34, 15.4, 873.52, 1_076.6].map(weeks),
            ["6.3 weeks", "15.4 weeks", "873.5 weeks", "1,076.6 weeks"]
        );
    }

    #[test]
    fn what_stands_together_has_one_unit() {
        let together = Durations::from(9.6, None);
        assert_eq!([together.range(9.6, 15.2), together.one(13.9)], ["9.6–15.2 weeks", "13.9 weeks"]);
        let long = Durations::from(12.3 * MONTH, None);
        assert_eq!([long.range(12.3 * MONTH, 20.0 * MONTH), long.one(15.6 * MONTH)], ["12.3–20 months", "15.6 months"]);
        let years = Durations::from(300.0, None);
        assert_eq!([years.range(300.0, 620.0), years.one(520.0)], ["5.8–11.9 years", "10 years"]);
    }

    #[test]
    fn months_are_those_of_the_calendar_once_there_is_a_first_day() {
        let short = Calendar { workdays: Weekday::ALL[..3].iter().copied().collect(), ..Calendar::default() };
        let timetable = Timetable::new(jiff::civil::date(2027, 3, 1), &short);
        assert_eq!(months_on(15.6, Some(&timetable)), "5.8 months", "26 weeks of three days, to a Wednesday");
        assert_eq!(months(15.6), "3.6 months");
    }
}
