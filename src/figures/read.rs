//! Figures as people type them.

use super::{Money, read_day};
use crate::project::{Currency, DAYS_A_WEEK, Timetable, weeks_of_months};

/// What was typed where a figure or a probability may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typed {
    /// A figure.
    Figure(f64),
    /// A probability from 0 to 1: `80 %`, `P80`.
    Chance(f64),
}

/// Money or a probability: `$220K`, `1.5m`, `220,000`, `80 %`, `P80`. An amount is in the currency, as it is grouped there. `None` for what
/// is neither, and for what could be meant in two ways: `1.500` where thousands are not grouped by points ([`no_money`]).
pub fn read_money(typed: &str, currency: &Currency) -> Option<Typed> {
    if let Some(chance) = chance(typed) {
        return Some(Typed::Chance(chance));
    }
    let text = without_sign(typed, currency);
    let (digits, scale) = scaled(&text)?;
    let number = amount(digits, currency, scale > 1.0)? * scale;
    number.is_finite().then_some(Typed::Figure(number))
}

/// Why something is no amount of money, and what to write.
pub fn no_money(typed: &str, currency: &Currency) -> String {
    let (typed, money) = (typed.trim(), Money::new(currency));
    let text = without_sign(typed, currency);
    match scaled(&text).filter(|(_, scale)| *scale <= 1.0).and_then(|(digits, _)| digits.split_once(['.', ','])) {
        Some((whole, rest)) if is_group(rest) && (1..=3).contains(&whole.len()) && is_digits(whole) => {
            let read = |digits: &str| digits.parse().map(|amount| money.exact_of(amount)).unwrap_or_default();
            let (more, less) = (read(&format!("{whole}{rest}")), read(&format!("{whole}.{rest}")));
            format!("\"{typed}\" can be read in two ways; write {more} or {less}")
        }
        _ => format!("\"{typed}\" is no amount of money; write it like {} or 150k", money.exact_of(150e3)),
    }
}

/// An amount without the code and the sign of its currency, in lower case.
fn without_sign(typed: &str, currency: &Currency) -> String {
    let mut text = typed.to_lowercase();
    for word in [&currency.symbol, &currency.code] {
        if !word.is_empty() {
            text = text.replace(&word.to_lowercase(), "");
        }
    }
    text.trim().to_owned()
}

/// The digits of an amount, and what they are to be multiplied by.
fn scaled(text: &str) -> Option<(&str, f64)> {
    let (at, last) = text.char_indices().last()?;
    let scale = match last {
        'k' => 1e3,
        'm' => 1e6,
        'b' => 1e9,
        _ => return Some((text, 1.0)),
    };
    Some((text.get(..at)?.trim_end(), scale))
}

/// Digits in groups and with decimals. Cents are two digits: with more behind the sign it is a slip, or thousands as they are grouped
/// elsewhere, unless the amount is in thousands or more.
fn amount(digits: &str, currency: &Currency, scaled: bool) -> Option<f64> {
    if digits.contains('e') && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e')) {
        return digits.parse().ok();
    }
    let blank = |c: char| c.is_whitespace() || matches!(c, '\'' | '’');
    let (group, point) = currency.grouping.signs();
    let mut digits = digits.to_owned();
    if digits.contains(blank) {
        // Blanks and apostrophes are never decimal signs.
        digits = Some(digits).filter(|digits| is_grouped(digits, blank))?.replace(blank, "");
    }
    if matches!(group, "," | ".") && is_grouped(&digits, |c| group.starts_with(c)) {
        digits = digits.replace(group, "");
    }
    let (whole, rest) = digits.split_once(['.', ',']).unwrap_or((&digits, ""));
    let is_point = digits[whole.len()..].starts_with(point);
    if !is_digits(whole) || !is_digits(rest) || digits.len() < 1 + usize::from(digits.len() > whole.len()) {
        return None;
    }
    (rest.len() <= 2 || scaled && is_point).then(|| format!("0{whole}.{rest}0").parse().ok())?
}

/// Whether digits stand in groups of three before the decimals, the first of them shorter or as long.
fn is_grouped(digits: &str, sign: impl Fn(char) -> bool) -> bool {
    let mut groups = digits.split(&sign);
    let first = groups.next().unwrap_or_default();
    let mut groups: Vec<&str> = groups.collect();
    if let Some(last) = groups.last_mut() {
        *last = last.split(['.', ',']).next().unwrap_or_default();
    }
    (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0') && groups.into_iter().all(is_group)
}

fn is_group(digits: &str) -> bool {
    digits.len() == 3 && is_digits(digits)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
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
    let number: f64 = text[..end].replace(',', ".").parse().ok()?;
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
        for (typed, number) in [("220.000 €", 220e3), ("1.5K", 1500.0), ("1.234.567,5", 1_234_567.5), ("EUR 12", 12.0)]
        {
            assert_eq!(read_money(typed, &euro()), figure(number), "{typed}");
        }
    }

    #[test]
    fn an_amount_that_can_be_read_in_two_ways_is_refused_with_what_to_write() {
        let of = |code: &str| Currency::known(code).unwrap();
        let plain = Currency { grouping: Grouping::None, ..Currency::default() };
        for (currency, typed) in [
            (of("EUR"), "150,000"),
            (of("CHF"), "150,000"),
            (of("CHF"), "150.000"),
            (of("SEK"), "150,000"),
            (of("JPY"), "150.000"),
            (of("USD"), "150.000"),
            (plain.clone(), "150,000"),
        ] {
            assert_eq!(read_money(typed, &currency), None, "{typed} {}", currency.code);
            let told = no_money(typed, &currency);
            let written = told.split_once("; write ").and_then(|(_, both)| both.split_once(" or ")).unwrap();
            let read = [written.0, written.1].map(|written| read_money(written, &currency));
            assert_eq!(read, [150e3, 150.0].map(|amount| Some(Typed::Figure(amount))), "{told}");
        }
        for (currency, typed) in [
            (of("EUR"), "15.0000"),
            (of("EUR"), "1.234,567"),
            (of("EUR"), "1500.000"),
            (of("USD"), "1,234.567"),
            (of("USD"), "0.150"),
            (of("USD"), "150.000,00"),
            (of("CHF"), "1'50"),
            (of("CHF"), "1,234k"),
            (of("USD"), "15 0"),
            (of("USD"), "inf"),
            (of("USD"), "e"),
            (of("USD"), "."),
            (of("USD"), "k"),
        ] {
            assert_eq!(read_money(typed, &currency), None, "{typed} {}", currency.code);
            assert!(!no_money(typed, &currency).is_empty());
        }
        for (currency, typed, amount) in [
            (of("EUR"), "1,5", 1.5),
            (of("EUR"), "1.500,50", 1500.5),
            (of("CHF"), "CHF 150'000.50", 150_000.5),
            (of("SEK"), "150 000,5 kr", 150_000.5),
            (of("USD"), "1.2345m", 1_234_500.0),
            (of("USD"), "150 000", 150e3),
            (of("USD"), "1.5e5", 150e3),
            (plain, "150000.50", 150_000.5),
        ] {
            let Some(Typed::Figure(read)) = read_money(typed, &currency) else { panic!("{typed} {}", currency.code) };
            assert!((read - amount).abs() < 1e-6, "{typed}: {read}");
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
