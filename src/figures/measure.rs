//! Money or weeks: what is looked at where there is room for one of them.

use super::{Money, signed_weeks, weeks};
use crate::text::decimal;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// US dollars, written in the project's currency.
    #[default]
    Budget,
    /// Weeks of work.
    Weeks,
}

impl Measure {
    /// A figure: `$212K`, `21.2 weeks`.
    pub fn write(self, money: Money<'_>, value: f64) -> String {
        match self {
            Self::Budget => money.short(value),
            Self::Weeks => weeks(value),
        }
    }

    /// A change with its sign: `+$12K`, `−1.2 weeks`.
    pub fn signed(self, money: Money<'_>, change: f64) -> String {
        match self {
            Self::Budget => money.signed(change),
            Self::Weeks => signed_weeks(change),
        }
    }

    /// The same where the unit stands over the column: `+$12K`, `−1.2`.
    pub fn plain_signed(self, money: Money<'_>, change: f64) -> String {
        match self {
            Self::Budget => money.signed(change),
            Self::Weeks => {
                let weeks = decimal(change, 1);
                if change > 0.0 && weeks != "0" { format!("+{weeks}") } else { weeks }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Currency;

    #[test]
    fn figures_and_changes_are_in_the_unit_of_the_measure() {
        let currency = Currency::default();
        let money = Money::new(&currency);
        let written = |measure: Measure| [measure.write(money, 21.2), measure.signed(money, 3.0)];
        assert_eq!(written(Measure::Budget), ["$21", "+$3"]);
        assert_eq!(written(Measure::Weeks), ["21.2 weeks", "+3 weeks"]);
        let plain = [1.24, -0.3, 0.04, 0.0].map(|change| Measure::Weeks.plain_signed(money, change));
        assert_eq!(plain, ["+1.2", "−0.3", "0", "0"]);
        assert_eq!(Measure::Budget.plain_signed(money, -400.0), "−$400");
    }
}
