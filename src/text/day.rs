//! Days as people type them.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::lang::{later, t, tr};

/// The years that a plan can reach into. A day outside of them is a slip of the hand.
pub const YEARS: RangeInclusive<i16> = 1900..=2999;

const MONTHS: [&str; 12] = [
    later("January"),
    later("February"),
    later("March"),
    later("April"),
    later("May"),
    later("June"),
    later("July"),
    later("August"),
    later("September"),
    later("October"),
    later("November"),
    later("December"),
];
const MONTHS_IN_SHORT: [&str; 12] = [
    later("Jan"),
    later("Feb"),
    later("Mar"),
    later("Apr"),
    later("May"),
    later("Jun"),
    later("Jul"),
    later("Aug"),
    later("Sep"),
    later("Oct"),
    later("Nov"),
    later("Dec"),
];
const WEEKDAYS: [&str; 7] = [
    later("Monday"),
    later("Tuesday"),
    later("Wednesday"),
    later("Thursday"),
    later("Friday"),
    later("Saturday"),
    later("Sunday"),
];
const WEEKDAYS_IN_SHORT: [&str; 7] =
    [later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"), later("Sun")];

/// A day in a form of `strftime`, which a language may have another one for, with the names that the language has for months (`%B`, `%b`)
/// and weekdays (`%A`, `%a`).
pub fn day_as(day: Date, form: &'static str) -> String {
    let one_of = |names: &[&'static str], at: i8| {
        usize::try_from(at).ok().and_then(|at| names.get(at)).map_or("", |name| t(name))
    };
    let (month, weekday) = (day.month() - 1, day.weekday().to_monday_zero_offset());
    let names = [
        ("%B", one_of(&MONTHS, month)),
        ("%b", one_of(&MONTHS_IN_SHORT, month)),
        ("%A", one_of(&WEEKDAYS, weekday)),
        ("%a", one_of(&WEEKDAYS_IN_SHORT, weekday)),
    ];
    let form = names.into_iter().fold(t(form).to_owned(), |form, (sign, name)| form.replace(sign, name));
    day.strftime(&form).to_string()
}

/// A day: `2027-03-01`, `2027-3-1`, `2027/03/01`, `2027.3.1`; the year comes first, as nobody can tell 1.3. from 3.1. otherwise.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_day(typed: &str) -> Result<Date, String> {
    let form = || {
        let typed = typed.trim();
        if typed.is_empty() {
            t("Write a day like 2027-03-01: year, month, day").to_owned()
        } else {
            tr!("\"{typed}\" is no day; write it like 2027-03-01: year, month, day", typed)
        }
    };
    let parts: Vec<&str> = typed.trim().split(['-', '/', '.']).map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else { return Err(form()) };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(|part| digits(part)) {
        return Err(form());
    }
    let year: i16 = year.parse().map_err(|_| form())?;
    let (month, day): (i8, i8) = month.parse().ok().zip(day.parse().ok()).ok_or_else(form)?;
    if !YEARS.contains(&year) {
        return Err(tr!("The year {year} is too far away", year));
    }
    let first = Date::new(year, month, 1).map_err(|_| tr!("There is no month {month}", month))?;
    let days = first.days_in_month();
    Date::new(year, month, day).map_err(|_| tr!("{} has {days} days", day_as(first, later("%B %Y")), days))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::lang;

    #[test]
    fn days_are_written_as_the_language_has_them() {
        let day = || day_as(date(2027, 3, 1), "%A, %-d %B %Y");
        assert_eq!(day(), "Monday, 1 March 2027");
        assert_eq!(lang::with(lang::Language::German, day), "Montag, 1. März 2027");
    }

    #[test]
    fn days_are_read_as_people_type_them_and_refused_with_a_reason() {
        for typed in ["2027-03-01", " 2027-3-1 ", "2027/03/01", "2027.3.1"] {
            assert_eq!(read_day(typed), Ok(date(2027, 3, 1)), "{typed}");
        }
        for (typed, why) in [
            ("2027-02-30", "February 2027 has 28 days"),
            ("2027-13-01", "There is no month 13"),
            ("0027-01-01", "too far away"),
            ("9999-12-31", "too far away"),
            ("01.03.2027", "like 2027-03-01"),
            ("2027-03", "like 2027-03-01"),
            ("2027-03-01T12", "like 2027-03-01"),
            ("+027-03-01", "like 2027-03-01"),
            ("tomorrow", "\"tomorrow\" is no day"),
            ("2027-03-999", "like 2027-03-01"),
            ("", "like 2027-03-01"),
        ] {
            assert!(read_day(typed).unwrap_err().contains(why), "{typed}: {:?}", read_day(typed));
        }
    }
}
