//! Budgets and deadlines as people type them, and as they stand in a field.

use jiff::civil::Date;

use super::{Money, WEEKS_A_MONTH};
use crate::{
    project::{Currency, Deadline},
    text::decimal,
};

/// An amount as people type it in a currency, in US dollars: `150k`, `$150,000`, `1.2 M`. `None` if it is no amount above 0.
pub fn typed_usd(currency: &Currency, typed: &str) -> Option<f64> {
    let (group, point) = currency.grouping.signs();
    let without = |text: String, sign: &str| if sign.is_empty() { text } else { text.replace(sign, "") };
    let text = typed.trim().replace(['\u{a0}', ' '], "");
    let text = without(without(text, &currency.symbol), &currency.code);
    let text = if thousands(&text, group) { text.replace(group, "") } else { text };
    let text = text.replace(point, ".");
    let text = if thousands(&text, ",") { text.replace(',', "") } else { text.replace(',', ".") };
    let (number, scale) = number_and_unit(&text)?;
    let scale = match scale.to_lowercase().as_str() {
        "" => 1.0,
        "k" => 1e3,
        "m" => 1e6,
        _ => return None,
    };
    Some(currency.to_usd(number * scale)).filter(|usd| (1.0..=1e12).contains(usd))
}

/// Whether a sign stands between thousands: one that is not before three digits can only be meant for decimals.
fn thousands(text: &str, sign: &str) -> bool {
    let digits = |part: &str| part.chars().take_while(char::is_ascii_digit).count();
    !sign.is_empty() && text.split(sign).skip(1).all(|part| digits(part) == 3)
}

/// A deadline as people type it: `5 months`, `22 weeks`, `22`, `1.5 years`, `2027-08-31`. `None` if it is none of those.
pub fn typed_deadline(typed: &str) -> Option<Deadline> {
    let typed = typed.trim();
    if let Ok(date) = typed.parse::<Date>() {
        return Some(Deadline::Date(date));
    }
    let typed = typed.replace(',', ".");
    let (number, unit) = number_and_unit(&typed)?;
    let weeks = match unit.to_lowercase().trim_end_matches('s') {
        "" | "w" | "wk" | "week" => 1.0,
        "m" | "mo" | "month" => WEEKS_A_MONTH,
        "y" | "year" => 12.0 * WEEKS_A_MONTH,
        _ => return None,
    };
    Some(number * weeks).filter(|weeks| (0.1..=100_000.0).contains(weeks)).map(Deadline::Weeks)
}

/// A number and what follows it.
fn number_and_unit(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, text[end..].trim()))
}

/// A budget as it stands in a field: in full, and short where that says the same.
pub fn budget_in_field(money: Money<'_>, usd: f64) -> String {
    let (short, full) = (money.short(usd), money.full(usd));
    let same = |text: &str| typed_usd(money.currency(), text).is_some_and(|read| (read - usd).abs() < 0.5);
    if same(&short) { short } else { full }
}

/// A deadline as it stands in a field: `5 months`, `22 weeks`, `2027-08-31`.
pub fn deadline_in_field(deadline: Deadline) -> String {
    match deadline {
        Deadline::Date(date) => date.to_string(),
        Deadline::Weeks(weeks) => span(weeks),
    }
}

/// So many weeks, in months where those come out even.
pub fn span(weeks: f64) -> String {
    let months = weeks / WEEKS_A_MONTH;
    if months >= 1.0 && ((months * 2.0).round() / 2.0 - months).abs() < 1e-3 {
        super::counted(&decimal(months, 1), "month")
    } else {
        super::counted(&decimal(weeks, 1), "week")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::project::Grouping;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let dollars = Currency::default();
        let typed = ["150k", "$150,000", " 1.2 M ", "150000", "0", "-5", "lots", "", "12 apples"];
        let read = [Some(150e3), Some(150e3), Some(1.2e6), Some(150e3), None, None, None, None, None];
        assert_eq!(typed.map(|typed| typed_usd(&dollars, typed)), read);
        let euro = Currency {
            code: "EUR".to_owned(),
            symbol: "€".to_owned(),
            per_usd: 0.5,
            symbol_behind: true,
            grouping: Grouping::Point,
        };
        let plain = Currency { grouping: Grouping::None, ..Currency::default() };
        assert_eq!(["150,000", "1,5M"].map(|typed| typed_usd(&plain, typed)), [Some(150e3), Some(1.5e6)]);
        let typed = ["12,5K €", "150.000", "1,5M", "150 EUR", "1.5k"];
        let read = [Some(25e3), Some(300e3), Some(3e6), Some(300.0), Some(3e3)];
        assert_eq!(typed.map(|typed| typed_usd(&euro, typed)), read);
    }

    #[test]
    fn what_stands_in_a_field_reads_as_what_it_is() {
        for grouping in Grouping::ALL {
            let currency = Currency { grouping, per_usd: 1.25, symbol: "kr".to_owned(), ..Currency::default() };
            for usd in [150_000.0, 1_234_567.0, 940.0, 99_960.0] {
                let text = budget_in_field(Money::new(&currency), usd);
                let read = typed_usd(&currency, &text).unwrap_or_else(|| panic!("{text:?}"));
                assert!((read - usd).abs() < 0.5, "{text:?}: {read}");
            }
        }
        for deadline in [Deadline::Weeks(5.0 * 52.0 / 12.0), Deadline::Weeks(22.0), Deadline::Date(date(2027, 8, 31))] {
            let text = deadline_in_field(deadline);
            let again = typed_deadline(&text).map(deadline_in_field);
            assert_eq!(again.as_ref(), Some(&text));
        }
    }

    #[test]
    fn deadlines_are_read_as_people_type_them() {
        let month = 52.0 / 12.0;
        let typed = ["5 months", "22", "22 weeks", "1 month", "1,5 years", "3mo", "soon", "", "0", "2027-08-31"];
        let weeks = |weeks| Some(Deadline::Weeks(weeks));
        let read = [
            weeks(5.0 * month),
            weeks(22.0),
            weeks(22.0),
            weeks(month),
            weeks(18.0 * month),
            weeks(3.0 * month),
            None,
            None,
            None,
            Some(Deadline::Date(date(2027, 8, 31))),
        ];
        assert_eq!(typed.map(typed_deadline), read);
        assert_eq!([5.0 * month, 22.0, 6.5 * month].map(span), ["5 months", "22 weeks", "6.5 months"]);
    }
}
