//! Months of a plan: counted on the calendar once it has a first day, else months of 52/12 weeks.

use jiff::{ToSpan as _, civil::Date};

use super::{Assumptions, Timetable};

/// Weeks in a month where no calendar says more (12 months are 52 weeks).
pub const WEEKS_A_MONTH: f64 = 52.0 / 12.0;
/// Days in such a month, beyond the end of the calendar.
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

impl Timetable {
    /// Weeks of work in so many months from the first day on: five months from 1 March are the working days before 1 August.
    pub fn weeks_of_months(&self, months: f64) -> f64 {
        let months = months.max(0.0);
        let end = self.month(months.floor()).zip(self.month(months.floor() + 1.0)).and_then(|(begin, next)| {
            let days = f64::from((next - begin).get_days()) * months.fract();
            begin.checked_add((days.round() as i64).days()).ok()
        });
        self.weeks_before(end.unwrap_or(Date::MAX))
    }

    /// Months from the first day through the day at whose end so many weeks of work are done.
    pub fn months_of(&self, weeks: f64) -> f64 {
        let (first, last) = (self.first(), self.finish_of(weeks));
        let Ok(end) = last.tomorrow() else { return f64::from((last - first).get_days()) / DAYS_A_MONTH };
        let guess = f64::from(end.year() - first.year()) * 12.0 + f64::from(end.month()) - f64::from(first.month());
        let fits = |months: &f64| self.month(*months).is_some_and(|begin| begin <= end);
        let whole = if fits(&guess) { guess } else { guess - 1.0 };
        let Some((begin, next)) = self.month(whole).zip(self.month(whole + 1.0)) else { return whole };
        whole + f64::from((end - begin).get_days()) / f64::from((next - begin).get_days())
    }

    /// The day so many whole months after the first one; `None` beyond the calendar.
    fn month(&self, months: f64) -> Option<Date> {
        let span = jiff::Span::new().try_months(months as i64).ok()?;
        self.first().checked_add(span).ok()
    }
}

impl Assumptions {
    /// Weeks of work in so many months.
    pub fn weeks_of_months(&self, months: f64) -> f64 {
        weeks_of_months(months, self.timetable().as_ref())
    }

    /// Months in so many weeks of work.
    pub fn months_of(&self, weeks: f64) -> f64 {
        months_of(weeks, self.timetable().as_ref())
    }
}

/// Weeks of work in so many months, on a calendar if there is one.
pub fn weeks_of_months(months: f64, timetable: Option<&Timetable>) -> f64 {
    timetable.map_or(months * WEEKS_A_MONTH, |timetable| timetable.weeks_of_months(months))
}

/// Months in so many weeks of work, on a calendar if there is one.
pub fn months_of(weeks: f64, timetable: Option<&Timetable>) -> f64 {
    timetable.map_or(weeks / WEEKS_A_MONTH, |timetable| timetable.months_of(weeks))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::project::{Calendar, Weekday};

    #[test]
    fn months_are_counted_on_the_calendar_however_short_a_working_week_is() {
        let monday = date(2027, 3, 1);
        let short = Calendar { workdays: Weekday::ALL[..3].iter().copied().collect(), ..Calendar::default() };
        for calendar in [Calendar::default(), short] {
            let timetable = Timetable::new(monday, &calendar);
            for (months, last) in [
                (1.0, date(2027, 3, 31)),
                (2.5, date(2027, 5, 15)),
                (5.0, date(2027, 7, 31)),
                (12.0, date(2028, 2, 29)),
            ] {
                let weeks = timetable.weeks_of_months(months);
                assert!((weeks - timetable.weeks_through(last)).abs() < 1e-9, "{months} months: {weeks} weeks");
                let shown = timetable.months_of(weeks);
                // The last working day may lie a few days before the end of the month.
                assert!(shown <= months + 0.02 && shown > months - 0.2, "{months}: {shown}");
            }
            let shown: Vec<f64> = (0..400).map(|days| timetable.months_of(f64::from(days) / 5.0)).collect();
            assert!(shown.is_sorted(), "{shown:?}");
        }
        assert_eq!(weeks_of_months(6.0, None), 26.0);
        assert_eq!(months_of(26.0, None), 6.0);
    }

    #[test]
    fn the_end_of_the_calendar_is_no_end_of_the_program() {
        let timetable = Timetable::new(date(2999, 12, 31), &Calendar::default());
        for far in [1e5, 1e9, 1e300] {
            assert!(timetable.weeks_of_months(far).is_finite());
            assert!(timetable.months_of(far) > 20_000.0);
        }
    }
}
