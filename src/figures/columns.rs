//! Sums in the columns of a table, rounded so that each column's figures sum to the total under it as they are written.

use super::Money;
use crate::{
    assess::{Sums, round_to_cents},
    text::decimal,
};

/// One row of a table of sums, as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Effort in tenths of a person-week.
    pub person_weeks_tenths: i64,
    /// Share of the calendar in tenths of a week.
    pub weeks_tenths: i64,
    /// Money in whole units of the project's currency.
    pub amount: i64,
    /// Share of the money in tenths of a per cent.
    pub share_per_mille: i64,
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
        let column = |value: &dyn Fn(&Sums) -> f64| round_to_cents(&sums.iter().map(value).collect::<Vec<f64>>());
        let total_usd: f64 = sums.iter().map(|sums| sums.usd).sum();
        let per_mille = |sums: &Sums| if total_usd > 0.0 { sums.usd / total_usd * 10.0 } else { 0.0 };
        let (person_weeks, weeks) = (column(&|sums| sums.person_weeks / 10.0), column(&|sums| sums.weeks / 10.0));
        let amounts = money.whole_parts(&sums.iter().map(|sums| sums.usd).collect::<Vec<f64>>());
        let shares = column(&per_mille);
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
        let plain = |tenths: i64| format!("{:.1}", tenths as f64 / 10.0);
        [
            plain(self.person_weeks_tenths),
            plain(self.weeks_tenths),
            self.amount.to_string(),
            format!("{:.3}", self.share_per_mille as f64 / 1000.0),
        ]
    }
}

/// Figures with one decimal each, and what they sum to as they are written.
pub fn tenths(figures: &[f64]) -> (Vec<String>, String) {
    let parts = round_to_cents(&figures.iter().map(|figure| figure / 10.0).collect::<Vec<f64>>());
    (parts.iter().map(|part| in_tenths(*part)).collect(), in_tenths(parts.iter().sum()))
}

/// Tenths with their decimal, thousands separated: `1,234.0`.
fn in_tenths(tenths: i64) -> String {
    format!("{}.{}", decimal((tenths / 10) as f64, 0), (tenths % 10).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_with_one_decimal_sum_as_they_are_written() {
        let written = tenths(&[0.94, 0.94, 0.94, 0.94, 1000.0]);
        assert_eq!(written.1, "1,003.8");
        assert_eq!(written.0.iter().filter(|figure| *figure == "0.9").count(), 2, "{written:?}");
        assert_eq!(tenths(&[]), (Vec::new(), "0.0".to_owned()));
    }
}
