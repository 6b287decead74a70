//! A way from one total to another as it is written: the first figure and every step on the way come to the last one exactly.

use super::{
    Money, Unit,
    apportion::{apportioned, in_tenths, in_units},
};

/// The figures of such a way, in whole units of what is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// Where it begins.
    pub from: String,
    /// What each step adds, with its sign.
    pub steps: Vec<String>,
    /// Where it ends.
    pub to: String,
    /// What it adds altogether, with its sign.
    pub change: String,
    /// Whether a step is too small to be shown.
    pub is_nothing: Vec<bool>,
}

impl Steps {
    /// In whole units of the currency: `$243,100`, `+$11,400`.
    pub fn of_money(money: Money<'_>, from_usd: f64, steps_usd: &[f64], to_usd: f64) -> Self {
        let per_usd = money.currency().per_usd;
        Self::new(from_usd, steps_usd, to_usd, per_usd, |units| money.full(units as f64 / per_usd))
    }

    /// In tenths of a week, without the word: `26.4`, `+1.0`.
    pub fn of_weeks(from: f64, steps: &[f64], to: f64) -> Self {
        Self::new(from, steps, to, 10.0, in_tenths)
    }

    fn new(from: f64, steps: &[f64], to: f64, units: f64, write: impl Fn(i128) -> String) -> Self {
        let whole = |value: f64| (value * units).round() as i128;
        let (from, to) = (whole(from), whole(to));
        let parts: Vec<f64> = steps.iter().map(|step| step * units).collect();
        let steps = apportioned(&parts, to - from);
        let signed = |step: i128| if step > 0 { format!("+{}", write(step)) } else { write(step) };
        Self {
            from: write(from),
            to: write(to),
            change: signed(to - from),
            is_nothing: steps.iter().map(|step| *step == 0).collect(),
            steps: steps.into_iter().map(signed).collect(),
        }
    }
}

/// A change of weeks and money between two ends, as those are written in tenths and in full: `+1.2 weeks, −$1,735`; `None` if neither
/// would show.
pub fn change_between(money: Money<'_>, from: (f64, f64), to: (f64, f64)) -> Option<String> {
    let weeks = Steps::of_weeks(from.0, &[], to.0);
    let amount = Steps::of_money(money, from.1, &[], to.1);
    let weeks = (weeks.from != weeks.to).then(|| in_weeks(&weeks.change));
    let parts: Vec<String> = weeks.into_iter().chain((amount.from != amount.to).then_some(amount.change)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Tenths of a week with their unit: `+1.2 weeks`, `−1.0 week`.
pub fn in_weeks(tenths: &str) -> String {
    let is_one = in_tenths(10) == tenths.trim_start_matches(['+', '−']);
    Unit::Week.counted(tenths, if is_one { 1 } else { 2 })
}

/// Parts then and now, with the change of each: every column sums to the figure under it as it is written, and so does every row.
#[derive(Clone, Debug, PartialEq)]
pub struct ThenAndNow {
    /// Then, now and the change, part by part.
    pub rows: Vec<[String; 3]>,
    /// The same of all parts together.
    pub total: [String; 3],
}

impl ThenAndNow {
    /// In whole units of the currency.
    pub fn of_money(money: Money<'_>, then_usd: &[f64], now_usd: &[f64]) -> Self {
        let per_usd = money.currency().per_usd;
        Self::new(then_usd, now_usd, per_usd, |units| money.full(units as f64 / per_usd))
    }

    /// In tenths of a week, without the word.
    pub fn of_weeks(then: &[f64], now: &[f64]) -> Self {
        Self::new(then, now, 10.0, in_tenths)
    }

    fn new(then: &[f64], now: &[f64], units: f64, write: impl Fn(i128) -> String) -> Self {
        let (then, now) = (in_units(then, units), in_units(now, units));
        let row = |then: i128, now: i128| {
            let change = now - then;
            [write(then), write(now), if change > 0 { format!("+{}", write(change)) } else { write(change) }]
        };
        Self {
            rows: then.iter().zip(&now).map(|(then, now)| row(*then, *now)).collect(),
            total: row(then.iter().sum(), now.iter().sum()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Currency;

    #[test]
    fn steps_sum_to_what_is_written_at_the_end() {
        for (from, steps) in [
            (100.4, vec![0.3, 0.3, 0.3, 0.3, -0.9]),
            (0.0, vec![1.0 / 3.0; 3]),
            (10.5, vec![-10.5]),
            (7.0, vec![]),
            (1e6, vec![0.5; 9]),
        ] {
            let to = from + steps.iter().sum::<f64>();
            let (from, to) = (f64::round(from) as i128, f64::round(to) as i128);
            let whole = apportioned(&steps, to - from);
            assert_eq!(from + whole.iter().sum::<i128>(), to, "{steps:?}");
            assert!(whole.iter().zip(&steps).all(|(whole, step)| (*whole as f64 - step).abs() <= 1.5));
        }
    }

    #[test]
    fn a_change_is_that_of_what_is_written() {
        let currency = Currency::default();
        let change = |from, to| change_between(Money::new(&currency), from, to);
        assert_eq!(change((25.66, 116_826.4), (25.54, 115_091.6)).as_deref(), Some("−0.2 weeks, −$1,734"));
        assert_eq!(change((25.7, 100.0), (26.7, 100.4)).as_deref(), Some("+1.0 week"));
        assert_eq!(change((25.71, 100.1), (25.74, 100.4)), None);
    }

    #[test]
    fn then_and_now_sum_down_and_across() {
        let number = |text: &str| text.replace(['$', ',', '+'], "").replace('−', "-").parse::<f64>().unwrap();
        let (then, now) = ([100.4, 0.4, 0.4, 0.0], [100.4, 0.0, 7.5, 33.3]);
        let currency = Currency::default();
        for table in [ThenAndNow::of_money(Money::new(&currency), &then, &now), ThenAndNow::of_weeks(&then, &now)] {
            for column in 0..3 {
                let sum: f64 = table.rows.iter().map(|row| number(&row[column])).sum();
                assert!((sum - number(&table.total[column])).abs() < 1e-9, "{table:?}");
            }
            for row in table.rows.iter().chain([&table.total]) {
                assert!((number(&row[1]) - number(&row[0]) - number(&row[2])).abs() < 1e-9, "{row:?}");
            }
        }
    }

    #[test]
    fn signs_and_units_are_those_of_the_plan() {
        let currency = Currency { per_usd: 0.5, symbol: "€".to_owned(), ..Currency::default() };
        let steps = Steps::of_money(Money::new(&currency), 200_000.0, &[24_690.0, -90_000.0, 0.2], 134_690.2);
        assert_eq!((steps.from.as_str(), steps.to.as_str()), ("€100,000", "€67,345"));
        assert_eq!(steps.steps, ["+€12,345", "−€45,000", "€0"]);
        assert_eq!((steps.change.as_str(), steps.is_nothing), ("−€32,655", vec![false, false, true]));
        let weeks = Steps::of_weeks(26.04, &[1.0, -0.33], 26.71);
        assert_eq!((weeks.from.as_str(), weeks.to.as_str(), weeks.change.as_str()), ("26.0", "26.7", "+0.7"));
        assert_eq!(weeks.steps, ["+1.0", "−0.3"]);
    }
}
