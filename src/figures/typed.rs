//! Budgets and deadlines in a field: as people type them, and as they stand there.

use super::{Money, Typed, Unit, counted, read_day, read_money, read_weeks};
use crate::{
    lang::tr,
    project::{BUDGET_USD, Currency, DEADLINE_WEEKS, Deadline, Timetable, months_of, weeks_of_months},
    text::decimal,
};

/// A budget as people type it in a currency, in US dollars: `150k`, `$150,000`, `1.2m`.
///
/// # Errors
/// Says what to write for what is no budget above 0.
pub fn typed_usd(currency: &Currency, typed: &str) -> Result<f64, String> {
    match read_money(typed, currency)? {
        Typed::Figure(amount) if BUDGET_USD.contains(&currency.to_usd(amount)) => Ok(currency.to_usd(amount)),
        _ => Err(tr!("\"{}\" is no budget: write it like 150000 or 150k", typed.trim())),
    }
}

/// A deadline as people type it: `5 months`, `22 weeks`, `22`, `2027-08-31`. Months count from the first day, if there is
/// one. `None` if it is none of those.
pub fn typed_deadline(typed: &str, timetable: Option<&Timetable>) -> Option<Deadline> {
    if let Ok(date) = read_day(typed) {
        return Some(Deadline::Date(date));
    }
    let Typed::Figure(weeks) = read_weeks(typed, timetable)? else { return None };
    Some(weeks).filter(|weeks| DEADLINE_WEEKS.contains(weeks)).map(Deadline::Weeks)
}

/// A budget as it stands in a field: in full, and short where that says the same.
pub fn budget_in_field(money: Money<'_>, usd: f64) -> String {
    let (short, full) = (money.short(usd), money.full(usd));
    let same = |text: &str| typed_usd(money.currency(), text).is_ok_and(|read| (read - usd).abs() < 0.5);
    if same(&short) { short } else { full }
}

/// A deadline as it stands in a field: `5 months`, `22 weeks`, `2027-08-31`.
pub fn deadline_in_field(deadline: Deadline, timetable: Option<&Timetable>) -> String {
    match deadline {
        Deadline::Date(date) => date.to_string(),
        Deadline::Weeks(weeks) => span_on(weeks, timetable),
    }
}

/// So many weeks without a first day: in months where people said months, else in weeks.
pub fn span(weeks: f64) -> String {
    span_on(weeks, None)
}

/// So many weeks as they were set. Without a first day a month is 52/12 weeks, so that what comes out at months was said in them; on a
/// calendar weeks come out at months by chance, and are weeks.
pub fn span_on(weeks: f64, timetable: Option<&Timetable>) -> String {
    match months_said(weeks).filter(|_| timetable.is_none()) {
        Some(months) => counted(&decimal(months, 1), Unit::Month),
        None => counted(&decimal(weeks, 1), Unit::Week),
    }
}

/// The months that so many weeks are, where they were said in months: whole ones, and halves that are no whole weeks.
pub fn months_said(weeks: f64) -> Option<f64> {
    let halves = (months_of(weeks, None) * 2.0).round() / 2.0;
    let is_even = halves >= 1.0 && (weeks_of_months(halves, None) - weeks).abs() < 1e-3;
    (is_even && (halves.fract() == 0.0 || weeks.fract() != 0.0)).then_some(halves)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::project::{Calendar, Grouping, WEEKS_A_MONTH, Weekday};

    #[test]
    fn what_is_no_budget_or_no_deadline_is_refused() {
        let dollars = Currency::default();
        let typed = ["150k", "$150,000", "0", "-5", "lots", "", "80 %"];
        let read = [Some(150e3), Some(150e3), None, None, None, None, None];
        assert_eq!(typed.map(|typed| typed_usd(&dollars, typed).ok()), read);
        let half = Currency { per_usd: 0.5, ..Currency::default() };
        assert_eq!(typed_usd(&half, "150k"), Ok(300e3));
        let typed = ["22", "5 months", "2027-08-31", "soon", "", "0", "P80", "2027/8/31", "9999-12-31", "2027-02-30"];
        let weeks = |weeks| Some(Deadline::Weeks(weeks));
        let day = Some(Deadline::Date(date(2027, 8, 31)));
        let read = [weeks(22.0), weeks(5.0 * WEEKS_A_MONTH), day, None, None, None, None, day, None, None];
        assert_eq!(typed.map(|typed| typed_deadline(typed, None)), read);
        assert_eq!(
            [5.0, 22.0 / WEEKS_A_MONTH, 6.5].map(|months| span(months * WEEKS_A_MONTH)),
            ["5 months", "22 weeks", "6.5 months"]
        );
        assert_eq!([26.0, 14.0, 13.0 * 1.5].map(span), ["6 months", "14 weeks", "4.5 months"]);
    }

    #[test]
    fn what_stands_in_a_field_reads_as_what_it_is() {
        for grouping in Grouping::ALL {
            let currency = Currency { grouping, per_usd: 1.25, symbol: "kr".to_owned(), ..Currency::default() };
            for usd in [150_000.0, 1_234_567.0, 940.0, 99_960.0] {
                let text = budget_in_field(Money::new(&currency), usd);
                let read = typed_usd(&currency, &text).unwrap_or_else(|why| panic!("{text:?}: {why}"));
                assert!((read - usd).abs() < 0.5, "{text:?}: {read}");
            }
        }
        for deadline in [Deadline::Weeks(5.0 * 52.0 / 12.0), Deadline::Weeks(22.0), Deadline::Date(date(2027, 8, 31))] {
            let text = deadline_in_field(deadline, None);
            let again = typed_deadline(&text, None).map(|deadline| deadline_in_field(deadline, None));
            assert_eq!(again.as_ref(), Some(&text));
        }
        let short = Calendar { workdays: Weekday::ALL[..3].iter().copied().collect(), ..Calendar::default() };
        for calendar in [Calendar::default(), short] {
            let timetable = Timetable::new(date(2027, 3, 1), &calendar);
            for weeks in ["13 weeks", "14 weeks", "14.2 weeks", "26 weeks"] {
                let deadline = typed_deadline(weeks, Some(&timetable)).unwrap();
                assert_eq!(deadline_in_field(deadline, Some(&timetable)), weeks, "weeks are weeks");
            }
            for months in ["1 month", "2.5 months", "5 months", "18 months"] {
                let Some(Deadline::Weeks(weeks)) = typed_deadline(months, Some(&timetable)) else { panic!("{months}") };
                let text = deadline_in_field(Deadline::Weeks(weeks), Some(&timetable));
                let again = typed_deadline(&text, Some(&timetable));
                assert!(
                    matches!(again, Some(Deadline::Weeks(read)) if (read - weeks).abs() < 0.05),
                    "{months}: {text}"
                );
            }
        }
    }
}
