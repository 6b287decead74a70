//! Figures as people type them.

use super::read_day;
use crate::project::{Currency, DAYS_A_WEEK, Timetable, weeks_of_months};

/// What was typed where a figure or a probability may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typed {
    /// A figure.
    Figure(f64),
    /// A probability from 0 to 1: `80 %`, `P80`.
    Chance(f64),
}

/// Money or a probability: `$220K`, `1.5m`, `220,000`, `80 %`, `P80`. An amount is in the currency, as it is grouped there; what cannot
/// be a group of thousands is taken for a decimal point. `None` for what is neither.
pub fn read_money(typed: &str, currency: &Currency) -> Option<Typed> {
    if let Some(chance) = chance(typed) {
        return Some(Typed::Chance(chance));
    }
    let mut text = typed.to_lowercase();
    for word in [&currency.symbol, &currency.code] {
        if !word.is_empty() {
            text = text.replace(&word.to_lowercase(), "");
        }
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let (digits, scale) = match text.char_indices().last()? {
        (at, 'k') => (&text[..at], 1e3),
        (at, 'm') => (&text[..at], 1e6),
        (at, 'b') => (&text[..at], 1e9),
        _ => (text.as_str(), 1.0),
    };
    // Where digits are not grouped, people still type thousands with commas.
    let group = Some(currency.grouping.signs().0).filter(|sign| !sign.is_empty()).unwrap_or(",");
    let number = plain(digits, group).parse::<f64>().ok()? * scale;
    (number.is_finite() && number >= 0.0).then_some(Typed::Figure(number))
}

/// Weeks, months, a date or a probability: `26`, `26 weeks`, `6 months`, `2027-05-14`, `80 %`. Weeks of work; months and a date count
/// from the first day, without which a month is 52/12 weeks and a date is not understood.
pub fn read_weeks(typed: &str, timetable: Option<&Timetable>) -> Option<Typed> {
    if let Some(chance) = chance(typed) {
        return Some(Typed::Chance(chance));
    }
    if let Ok(date) = read_day(typed) {
        return Some(Typed::Figure(timetable?.weeks_through(date)));
    }
    let text = typed.trim().to_lowercase();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(text.len());
    let number: f64 = plain(&text[..end], "").parse().ok()?;
    let weeks = match text[end..].trim() {
        "" | "w" | "week" | "weeks" => number,
        "m" | "mo" | "month" | "months" => weeks_of_months(number, timetable),
        "y" | "year" | "years" => weeks_of_months(number * 12.0, timetable),
        "d" | "day" | "days" => number / DAYS_A_WEEK,
        _ => return None,
    };
    Some(Typed::Figure(weeks))
}

/// `80 %` and `P80`, more than 0 and less than 100.
fn chance(typed: &str) -> Option<f64> {
    let text = typed.trim();
    let percent = text.strip_suffix('%').or_else(|| text.strip_prefix(['p', 'P']))?;
    let percent: f64 = percent.trim().replace(',', ".").parse().ok()?;
    (percent > 0.0 && percent < 100.0).then_some(percent / 100.0)
}

/// Digits with a point for decimals: signs that group are taken out, unless what follows them is no group of three.
fn plain(digits: &str, group: &str) -> String {
    let three = |part: &str| part.chars().take_while(char::is_ascii_digit).count() == 3;
    let groups = !group.is_empty() && digits.split(group).skip(1).all(three);
    let digits = if groups { digits.replace(group, "") } else { digits.to_owned() };
    digits.replace(',', ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Calendar, Grouping};

    fn euro() -> Currency {
        Currency { code: "EUR".to_owned(), symbol: "€".to_owned(), grouping: Grouping::Point, ..Currency::default() }
    }

    #[test]
    fn money_is_read_as_it_is_written_and_as_people_type_it() {
        let figure = |number| Some(Typed::Figure(number));
        for (typed, read) in [
            ("$220K", figure(220e3)),
            ("220,000", figure(220e3)),
            ("1.25 m", figure(1.25e6)),
            ("220,5k", figure(220.5e3)),
            (" usd 99 ", figure(99.0)),
            ("80 %", Some(Typed::Chance(0.8))),
            ("p90", Some(Typed::Chance(0.9))),
            ("0 %", None),
            ("a lot", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(read_money(typed, &Currency::default()), read, "{typed}");
        }
        let plain = Currency { grouping: Grouping::None, ..Currency::default() };
        assert_eq!(read_money("150,000", &plain), figure(150e3));
        assert_eq!(read_money("1,5k", &plain), figure(1500.0));
        for (typed, number) in [("220.000 €", 220e3), ("1.5K", 1500.0), ("1.234.567,5", 1_234_567.5), ("EUR 12", 12.0)]
        {
            assert_eq!(read_money(typed, &euro()), figure(number), "{typed}");
        }
    }

    #[test]
    fn weeks_are_read_in_every_unit() {
        let monday = jiff::civil::date(2027, 3, 1);
        let timetable = Timetable::new(monday, &Calendar::default());
        let read = |typed| read_weeks(typed, Some(&timetable));
        for (typed, weeks) in [
            ("26", 26.0),
            ("5.5 weeks", 5.5),
            ("6 months", 26.4),
            ("1 year", 52.4),
            ("3 d", 0.6),
            ("2027-03-12", 2.0),
            ("2027.3.12", 2.0),
            ("5,5", 5.5),
        ] {
            let Some(Typed::Figure(read)) = read(typed) else { panic!("{typed}") };
            assert!((read - weeks).abs() < 1e-9, "{typed}: {read}");
        }
        assert_eq!([read("75%"), read("soon"), read("")], [Some(Typed::Chance(0.75)), None, None]);
        assert_eq!(read_weeks("2027-03-12", None), None);
        assert_eq!(read_weeks("6 months", None), Some(Typed::Figure(26.0)));
        assert_eq!(read("9999-12-31"), None, "too far away to count weeks to");
    }
}
