//! Figures as people type them.

use super::read_day;
use crate::{
    lang::{self, tr},
    project::{Currency, DAYS_A_WEEK, Timetable, weeks_of_months},
};

/// What was typed where a figure or a probability may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typed {
    /// A figure.
    Figure(f64),
    /// A probability from 0 to 1: `80 %`, `P80`.
    Chance(f64),
}

/// Money or a probability: `$220K`, `1.5m`, `220,000`, `80 %`, `P80`. An amount is in the currency, as it is grouped there.
///
/// # Errors
/// Says what to write for what is neither, and for what could be thousands as well as decimals: `150,000` where points group.
pub fn read_money(typed: &str, currency: &Currency) -> Result<Typed, String> {
    if let Some(chance) = chance(typed) {
        return Ok(Typed::Chance(chance));
    }
    let no_money = || tr!("\"{}\" is no amount of money: write it like 150000 or 150k", typed.trim());
    let mut text = typed.to_lowercase();
    for word in [&currency.symbol, &currency.code] {
        if !word.is_empty() {
            text = text.replace(&word.to_lowercase(), "");
        }
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let (digits, scale) = match text.char_indices().last() {
        Some((at, 'k')) => (&text[..at], Some(1e3)),
        Some((at, 'm')) => (&text[..at], Some(1e6)),
        Some((at, 'b')) => (&text[..at], Some(1e9)),
        _ => (text.as_str(), None),
    };
    let number = match amount(digits, currency.grouping.signs(), scale.is_some()) {
        Amount::Number(number) => number * scale.unwrap_or(1.0),
        Amount::Ambiguous => {
            let plain = digits.replace(['.', ','], "");
            return Err(tr!(
                "\"{}\" could be thousands or decimals: write {plain} if it is thousands, else two decimals at most",
                typed.trim(),
                plain
            ));
        }
        Amount::None => return Err(no_money()),
    };
    if number.is_finite() && number >= 0.0 { Ok(Typed::Figure(number)) } else { Err(no_money()) }
}

/// What digits with points and commas come to.
enum Amount {
    Number(f64),
    /// Thousands to some, decimals to others: they differ by a thousand, so neither is taken.
    Ambiguous,
    None,
}

/// The amount of digits in a currency with these signs between thousands and before decimals. Money has two decimals at most, unless it
/// is told in thousands or more: then its own sign for decimals may have any behind it.
fn amount(digits: &str, (group, point): (&str, &str), told_short: bool) -> Amount {
    let number = |digits: &str| digits.parse().map_or(Amount::None, Amount::Number);
    let is_sign = |c: char| matches!(c, '.' | ',');
    let Some(last) = digits.rfind(is_sign) else { return number(digits) };
    let (whole, decimals, sign) = (&digits[..last], &digits[last + 1..], &digits[last..=last]);
    if !digits.chars().all(|c| c.is_ascii_digit() || is_sign(c)) {
        return Amount::None;
    }
    let in_threes = |digits: &str, sign: &str| {
        let mut parts = digits.split(sign);
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        parts.next().is_some_and(|first| (1..=3).contains(&first.len()) && digits(first) && first != "0")
            && parts.all(|part| part.len() == 3 && digits(part))
    };
    let other = if sign == "." { "," } else { "." };
    match whole.find(is_sign) {
        // `1.234.567` can be nothing but thousands, whatever the currency.
        Some(_) if whole.contains(sign) => {
            if in_threes(digits, sign) {
                number(&digits.replace(sign, ""))
            } else {
                Amount::None
            }
        }
        // `1,234.50`: the last sign is the one before decimals.
        Some(_) if !in_threes(whole, other) => Amount::None,
        Some(_) if decimals.len() < 3 || told_short => number(&format!("{}.{decimals}", whole.replace(other, ""))),
        None if decimals.len() < 3 || (told_short && (sign == point || decimals.len() > 3)) => {
            number(&format!("{whole}.{decimals}"))
        }
        None if sign == group && in_threes(digits, group) => number(&format!("{whole}{decimals}")),
        _ => Amount::Ambiguous,
    }
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
    let signs = lang::current().number_signs();
    // Thousands as they are written here; a comma before one or two digits is still a decimal one.
    let Amount::Number(number) = amount(&text[..end], (signs.group, signs.point), true) else { return None };
    let weeks = match text[end..].trim() {
        "" | "w" | "week" | "weeks" | "woche" | "wochen" => number,
        "m" | "mo" | "month" | "months" | "monat" | "monate" => weeks_of_months(number, timetable),
        "y" | "year" | "years" | "j" | "jahr" | "jahre" => weeks_of_months(number * 12.0, timetable),
        "d" | "day" | "days" | "t" | "tag" | "tage" => number / DAYS_A_WEEK,
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
            ("1,234.50", figure(1234.5)),
            ("1.234.567,5", figure(1_234_567.5)),
            ("1.2345m", figure(1_234_500.0)),
            ("1,234k", figure(1_234e3)),
            ("1.5", figure(1.5)),
            ("0 %", None),
            ("a lot", None),
            ("-5", None),
            ("-1,000", None),
            ("lots,123", None),
            ("1,23,456", None),
            ("", None),
        ] {
            assert_eq!(read_money(typed, &Currency::default()).ok(), read, "{typed}");
        }
        let plain = Currency { grouping: Grouping::None, ..Currency::default() };
        assert_eq!(read_money("1,5k", &plain).ok(), figure(1500.0));
        for (typed, number) in [
            ("220.000 €", 220e3),
            ("1.5K", 1500.0),
            ("1.234.567,5", 1_234_567.5),
            ("1,234,567", 1_234_567.0),
            ("1,234.5", 1234.5),
            ("1,234K", 1234.0),
            ("1.5", 1.5),
            ("EUR 12", 12.0),
        ] {
            assert_eq!(read_money(typed, &euro()).ok(), figure(number), "{typed}");
        }
    }

    #[test]
    fn what_could_be_thousands_or_decimals_is_refused_with_what_to_write() {
        let grouped = |grouping| Currency { grouping, ..Currency::default() };
        for (grouping, typed) in [
            (Grouping::Comma, "150.000"),
            (Grouping::Comma, "15.0000"),
            (Grouping::Comma, "0,150"),
            (Grouping::Comma, "1,234.567"),
            (Grouping::Comma, "1500,000"),
            (Grouping::Point, "150,000"),
            (Grouping::Point, "15.0000"),
            (Grouping::Point, "1,234"),
            (Grouping::Point, "1.234,567"),
            (Grouping::Space, "150,000"),
            (Grouping::Space, "150.000"),
            (Grouping::Apostrophe, "150,000"),
            (Grouping::Apostrophe, "150.000"),
            (Grouping::None, "150,000"),
            (Grouping::None, "150.000"),
        ] {
            let refused = read_money(typed, &grouped(grouping)).unwrap_err();
            let digits = typed.replace(['.', ','], "");
            assert!(refused.contains(&format!("write {digits} if it is thousands")), "{grouping:?} {typed}: {refused}");
        }
        let short = read_money("1.234k", &euro());
        assert_eq!(short, Ok(Typed::Figure(1_234e3)), "its own groups");
        assert!(read_money("1.234k", &grouped(Grouping::Space)).is_err(), "neither its groups nor its decimals");
        assert!(read_money("lots", &euro()).unwrap_err().contains("write it like 150000 or 150k"));
    }

    #[test]
    fn weeks_are_read_in_every_unit() {
        let monday = jiff::civil::date(2027, 3, 1);
        let timetable = Timetable::new(monday, &Calendar::default());
        let read = |typed| read_weeks(typed, Some(&timetable));
        for (typed, weeks) in [
            ("26", 26.0),
            ("5.5 weeks", 5.5),
            ("1,000 weeks", 1000.0),
            ("1,076.6 weeks", 1076.6),
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
