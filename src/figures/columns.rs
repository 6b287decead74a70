//! Sums in the columns of a table, rounded so that each column's figures sum to the total under it as they are written.

use super::{
    Money,
    apportion::{in_tenths, in_units},
};
use crate::assess::Sums;

/// One row of a table of sums, as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Effort in tenths of a person-week.
    pub person_weeks_tenths: i128,
    /// Share of the calendar in tenths of a week.
    pub weeks_tenths: i128,
    /// Money in whole units of the project's currency.
    pub amount: i128,
    /// Share of the money in tenths of a per cent.
    pub share_per_mille: i128,
}

/// The rows of a table of sums and the row under them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// A row for each of the sums, in their order.
    pub rows: Vec<Row>,
    /// What the rows sum to, column by column.
    pub total: Row,
}

impl Columns {
    /// The columns of a table of medians.
    pub fn new(money: Money<'_>, sums: &[Sums]) -> Self {
        let column =
            |units: f64, value: &dyn Fn(&Sums) -> f64| in_units(&sums.iter().map(value).collect::<Vec<f64>>(), units);
        let total_usd: f64 = sums.iter().map(|sums| sums.usd).sum();
        let share = |sums: &Sums| if total_usd > 0.0 { sums.usd / total_usd } else { 0.0 };
        let (person_weeks, weeks) = (column(10.0, &|sums| sums.person_weeks), column(10.0, &|sums| sums.weeks));
        let amounts = money.whole_parts(&sums.iter().map(|sums| sums.usd).collect::<Vec<f64>>());
        let shares = column(1000.0, &share);
        let row = |i: usize| Row {
            person_weeks_tenths: person_weeks[i],
            weeks_tenths: weeks[i],
            amount: amounts[i],
            share_per_mille: shares[i],
        };
        let rows: Vec<Row> = (0..sums.len()).map(row).collect();
        let total = rows.iter().fold(Row::default(), |all, row| Row {
            person_weeks_tenths: all.person_weeks_tenths + row.person_weeks_tenths,
            weeks_tenths: all.weeks_tenths + row.weeks_tenths,
            amount: all.amount + row.amount,
            share_per_mille: all.share_per_mille + row.share_per_mille,
        });
        Self { rows, total }
    }
}

impl Row {
    /// Person-weeks: `12.3`.
    pub fn person_weeks(&self) -> String {
        in_tenths(self.person_weeks_tenths)
    }

    /// Weeks: `5.0`.
    pub fn weeks(&self) -> String {
        in_tenths(self.weeks_tenths)
    }

    /// Money in full: `$43,120`.
    pub fn amount(&self, money: Money<'_>) -> String {
        money.whole(self.amount)
    }

    /// The share: `14.2 %`.
    pub fn share(&self) -> String {
        format!("{} %", in_tenths(self.share_per_mille))
    }

    /// The figures as a spreadsheet reads them: person-weeks, weeks, money, share from 0 to 1.
    pub fn plain(&self) -> [String; 4] {
        let plain = |tenths: i128| format!("{:.1}", tenths as f64 / 10.0);
        [
            plain(self.person_weeks_tenths),
            plain(self.weeks_tenths),
            self.amount.to_string(),
            format!("{:.3}", self.share_per_mille as f64 / 1000.0),
        ]
    }
}
