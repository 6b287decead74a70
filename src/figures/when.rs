//! Moments of a plan as people say them: dates if it has a first day, else weeks of work. Prose has days in full, tables a shorter form, and
//! only fields and files the one that sorts (`2027-06-18`).

use jiff::civil::Date;

use crate::{
    lang::{later, tr},
    project::Timetable,
    text::day_as,
};

/// A day in prose: `18 June 2027`.
pub fn full_date(date: Date) -> String {
    day_as(date, later("%-d %B %Y"))
}

/// A day in a table: `18 Jun 2027`.
pub fn date(date: Date) -> String {
    day_as(date, later("%-d %b %Y"))
}

/// A day where there is little room: `18 Jun 27`.
pub fn short_date(date: Date) -> String {
    day_as(date, later("%-d %b %y"))
}

/// A day without its year: `18 June`.
fn date_in_year(date: Date) -> String {
    day_as(date, later("%-d %B"))
}

/// A day after another one, without its year if that is the same: `23 July`.
fn date_beside(day: Date, said: Date) -> String {
    if day.year() == said.year() { date_in_year(day) } else { full_date(day) }
}

/// From one day to another: `1 March to 18 June 2027`, `3 to 5 March 2027`.
fn date_range(from: Date, to: Date) -> String {
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    match () {
        () if from == to => full_date(from),
        () if same_month => tr!("{0} to {1}", from.day(), full_date(to)),
        () => tr!("{0} to {1}", date_beside(from, to), full_date(to)),
    }
}

/// Turns weeks of work into what is said of them.
#[derive(Clone, Copy, Debug)]
pub struct When<'a> {
    timetable: Option<&'a Timetable>,
}

impl<'a> When<'a> {
    /// Dates of this timetable, or weeks if there is none.
    pub fn new(timetable: Option<&'a Timetable>) -> Self {
        Self { timetable }
    }

    /// The timetable, if there are dates.
    pub fn timetable(self) -> Option<&'a Timetable> {
        self.timetable
    }

    /// When something begins after `weeks` of work: `1 March 2027`, or `week 3`.
    pub fn begins(self, weeks: f64) -> String {
        match self.timetable {
            Some(timetable) => full_date(timetable.date_of(weeks)),
            None => tr!("week {}", begun(weeks)),
        }
    }

    /// When something is done after `weeks` of work: `18 June 2027`, or `week 21`.
    pub fn ends(self, weeks: f64) -> String {
        match self.timetable {
            Some(timetable) => full_date(timetable.finish_of(weeks)),
            None => tr!("week {}", done(weeks)),
        }
    }

    /// When something is done, said after the end `said_weeks`: without its year if that is the same.
    pub fn ends_beside(self, weeks: f64, said_weeks: f64) -> String {
        match self.timetable {
            Some(timetable) => date_beside(timetable.finish_of(weeks), timetable.finish_of(said_weeks)),
            None => self.ends(weeks),
        }
    }

    /// From a beginning to an end: `1 March to 18 June 2027`, or `week 3 to week 21`.
    pub fn span(self, from_weeks: f64, to_weeks: f64) -> String {
        match self.timetable {
            Some(timetable) => {
                let to = timetable.finish_of(to_weeks);
                date_range(timetable.date_of(from_weeks).min(to), to)
            }
            None => match (begun(from_weeks), done(to_weeks)) {
                (from, to) if from >= to => tr!("week {to}", to),
                (from, to) => tr!("week {from} to week {to}", from, to),
            },
        }
    }
}

/// The number of the week in which something begins; the first is 1.
fn begun(weeks: f64) -> i64 {
    (weeks + 1e-6).floor() as i64 + 1
}

/// The number of the week in which something is done; the first is 1.
fn done(weeks: f64) -> i64 {
    ((weeks - 1e-6).ceil() as i64).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Calendar;

    #[test]
    fn a_plan_counts_weeks_until_it_has_a_first_day() {
        let weeks = When::new(None);
        assert_eq!([weeks.begins(2.0), weeks.ends(3.0)], ["week 3", "week 3"]);
        assert_eq!(weeks.span(2.4, 20.6), "week 3 to week 21");
        assert_eq!([weeks.span(0.0, 0.3), weeks.span(2.0, 2.0)], ["week 1", "week 2"]);
        let timetable = Timetable::new(jiff::civil::date(2027, 3, 1), &Calendar::default());
        let dates = When::new(Some(&timetable));
        assert_eq!([dates.begins(1.0), dates.ends(1.0)], ["8 March 2027", "5 March 2027"]);
        assert_eq!(dates.span(0.0, 15.8), "1 March to 17 June 2027");
        assert_eq!([dates.ends_beside(2.0, 1.0), weeks.ends_beside(2.0, 1.0)], ["12 March", "week 2"]);
        assert_eq!(dates.span(0.4, 0.9), "3 to 5 March 2027");
        assert_eq!(dates.span(0.0, 0.1), "1 March 2027");
        assert_eq!(dates.span(0.0, 52.0), "1 March 2027 to 25 February 2028");
    }
}
