//! Days as people type them.

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// The years that a plan can reach into. A day outside of them is a slip of the hand.
pub const YEARS: RangeInclusive<i16> = 1900..=2999;

/// A day: `2027-03-01`, `2027-3-1`, `2027/03/01`, `2027.3.1`; the year comes first, as nobody can tell 1.3. from 3.1. otherwise.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_day(typed: &str) -> Result<Date, String> {
    let form = || {
        let typed = typed.trim();
        if typed.is_empty() {
            "Write a day like 2027-03-01: year, month, day".to_owned()
        } else {
            format!("\"{typed}\" is no day; write it like 2027-03-01: year, month, day")
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
        return Err(format!("The year {year} is too far away"));
    }
    let first = Date::new(year, month, 1).map_err(|_| format!("There is no month {month}"))?;
    let days = first.days_in_month();
    Date::new(year, month, day).map_err(|_| format!("{} has {days} days", first.strftime("%B %Y")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

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
