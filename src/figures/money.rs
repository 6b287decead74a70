//! Money as a project writes it. Amounts are kept in US dollars; here they become what is shown, in whole units or cents, so that
//! parts sum to the total shown.

use crate::{
    project::{Currency, Project},
    text::decimal,
};

/// Writes amounts in US dollars in a project's currency.
#[derive(Clone, Copy, Debug)]
pub struct Money<'a> {
    currency: &'a Currency,
}

impl<'a> Money<'a> {
    /// Money as a project writes it.
    pub fn of(project: &'a Project) -> Self {
        Self::new(&project.assumptions.currency)
    }

    /// Money in a currency.
    pub fn new(currency: &'a Currency) -> Self {
        Self { currency }
    }

    /// The currency.
    pub fn currency(self) -> &'a Currency {
        self.currency
    }

    /// Its code: `USD`.
    pub fn code(self) -> &'a str {
        &self.currency.code
    }

    /// What it is called under an axis: `US dollars`, else its code.
    pub fn unit(self) -> &'a str {
        if self.currency.is_usd() { "US dollars" } else { &self.currency.code }
    }

    /// In full, without cents: `$243,100`.
    pub fn full(self, usd: f64) -> String {
        self.written(&decimal(self.currency.from_usd(usd), 0))
    }

    /// In three figures: `$243K`, `$11.4K`, `$1.25M`, `$940`.
    pub fn short(self, usd: f64) -> String {
        self.short_of(self.currency.from_usd(usd))
    }

    /// An amount that is in the currency already, in three figures.
    pub fn short_of(self, amount: f64) -> String {
        let (scale, unit, decimals) = in_short(amount);
        let text = decimal(amount.abs() / scale, decimals);
        let sign = if amount < 0.0 && text != "0" { "−" } else { "" };
        self.written(&format!("{sign}{text}{unit}"))
    }

    /// An amount that is in the currency already, to the cent where it has cents: `$4,500`, `$12.50`.
    pub fn exact_of(self, amount: f64) -> String {
        let mut text = decimal(amount, 2);
        // Cents have two digits or none.
        if text.rsplit_once('.').is_some_and(|(_, cents)| cents.len() == 1) {
            text.push('0');
        }
        self.written(&text)
    }

    /// What [`Self::short`] says, as a number of the currency.
    pub fn shown_short(self, usd: f64) -> f64 {
        let amount = self.currency.from_usd(usd);
        let (scale, _, decimals) = in_short(amount);
        let digits = [1.0, 10.0, 100.0][decimals.min(2)];
        (amount / scale * digits).round() / digits * scale
    }

    /// The size of what lies between two amounts as [`Self::shown_short`] has them, with all its digits: `$147.1K` between `$95.9K` and
    /// `$243K`.
    pub fn between_short(self, from: f64, to: f64) -> String {
        let size = (to - from).abs();
        let (scale, unit, _) = in_short(size);
        // A unit more has three digits more.
        let decimals = (scale.log10().round() as usize).min(9);
        self.written(&format!("{}{unit}", decimal(size / scale, decimals)))
    }

    /// A change in three figures with its sign: `+$11.4K`, `−$3K`, `$0`.
    pub fn signed(self, usd: f64) -> String {
        let text = self.short(usd);
        if usd > 0.0 && text != self.short(0.0) { format!("+{text}") } else { text }
    }

    /// A change in full with its sign: `+$11,400`.
    pub fn signed_full(self, usd: f64) -> String {
        let text = self.full(usd);
        if usd > 0.0 && text != self.full(0.0) { format!("+{text}") } else { text }
    }

    /// A range: `$300K–$600K`.
    pub fn range(self, low_usd: f64, high_usd: f64) -> String {
        super::joined(&self.short(low_usd), &self.short(high_usd))
    }

    /// Each part in whole units of the currency, so that they sum to the total in whole units.
    pub fn whole_parts(self, parts_usd: &[f64]) -> Vec<i64> {
        super::apportion::in_units(parts_usd, self.currency.per_usd)
    }

    /// An amount of whole units that is in the currency already: `$43,120`.
    pub fn whole(self, units: i64) -> String {
        self.written(&decimal(units as f64, 0))
    }

    /// A number of the currency with its sign and groups; `text` is grouped by commas, with a real minus.
    fn written(self, text: &str) -> String {
        let (group, point) = self.currency.grouping.signs();
        let (sign, digits) = text.strip_prefix('−').map_or(("", text), |digits| ("−", digits));
        let mut amount = String::with_capacity(digits.len() + 8);
        for character in digits.chars() {
            match character {
                ',' => amount.push_str(group),
                '.' => amount.push_str(point),
                other => amount.push(other),
            }
        }
        let symbol = &self.currency.symbol;
        // Words stand apart from their number: `kr 500`, but `$500`.
        let gap = if symbol.chars().any(char::is_alphabetic) { "\u{a0}" } else { "" };
        if self.currency.symbol_behind {
            format!("{sign}{amount}\u{a0}{symbol}")
        } else {
            format!("{sign}{symbol}{gap}{amount}")
        }
    }
}

/// What an amount is divided by to be told in three figures, what stands behind it then, and its decimals.
fn in_short(amount: f64) -> (f64, &'static str, usize) {
    let size = amount.abs();
    let (scale, unit) = match size {
        _ if size < 999.5 => (1.0, ""),
        _ if size < 999_500.0 => (1e3, "K"),
        _ if size < 999_500_000.0 => (1e6, "M"),
        _ => (1e9, "B"),
    };
    let scaled = size / scale;
    let decimals = match scaled {
        _ if unit.is_empty() || scaled >= 99.95 => 0,
        _ if scaled >= 9.995 => 1,
        _ => 2,
    };
    (scale, unit, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Grouping;

    #[test]
    fn what_lies_between_amounts_in_short_is_what_their_digits_say() {
        let currency = Currency::default();
        let money = Money::new(&currency);
        for (from, to, between) in [
            (144_541.0, 144_582.0, "$0"),
            (144_400.0, 144_600.0, "$1K"),
            (95_930.0, 243_000.0, "$147.1K"),
            (11_400.0, 1_254_000.0, "$1.2386M"),
            (940.4, 0.0, "$940"),
        ] {
            assert_eq!(money.between_short(money.shown_short(from), money.shown_short(to)), between);
        }
    }

    #[test]
    fn money_reads_in_three_figures_and_in_full() {
        let currency = Currency::default();
        let money = Money::new(&currency);
        let amounts = [0.0, 940.4, 999.6, 11_400.0, 95_930.0, 243_000.0, 999_600.0, 1_254_000.0, -11_400.0, -0.2];
        let short = ["$0", "$940", "$1K", "$11.4K", "$95.9K", "$243K", "$1M", "$1.25M", "−$11.4K", "$0"];
        assert_eq!(amounts.map(|usd| money.short(usd)), short);
        assert_eq!([money.full(243_100.4), money.full(-1_500.0)], ["$243,100", "−$1,500"]);
        assert_eq!(money.range(300_000.0, 600_000.0), "$300K–$600K");
        assert_eq!([11_400.0, -0.2, -3000.0].map(|usd| money.signed(usd)), ["+$11.4K", "$0", "−$3K"]);
    }

    #[test]
    fn money_is_written_as_the_project_says() {
        let euro = Currency {
            code: "EUR".to_owned(),
            symbol: "€".to_owned(),
            per_usd: 0.5,
            symbol_behind: true,
            grouping: Grouping::Point,
        };
        let money = Money::new(&euro);
        assert_eq!([money.full(-2_469_135.0), money.short(25_000.0)], ["−1.234.568\u{a0}€", "12,5K\u{a0}€"]);
        let exact = [230_000.5, 4_500.0, 0.25].map(|amount| money.exact_of(amount));
        assert_eq!(exact, ["230.000,50\u{a0}€", "4.500\u{a0}€", "0,25\u{a0}€"]);
        let krona = Currency { symbol: "kr".to_owned(), grouping: Grouping::Space, ..Currency::default() };
        assert_eq!(Money::new(&krona).full(1_500.0), "kr\u{a0}1\u{a0}500");
    }

    #[test]
    fn parts_sum_to_the_total_shown() {
        let franc =
            Currency { per_usd: 0.887, grouping: Grouping::None, symbol: "F".to_owned(), ..Currency::default() };
        for currency in [Currency::default(), franc] {
            let money = Money::new(&currency);
            let parts = [1.0 / 3.0, 2.0 / 3.0, 100.4, 99.6, 0.7, 12_345.678];
            let sum: i64 = money.whole_parts(&parts).into_iter().sum();
            assert_eq!(money.whole(sum), money.full(parts.iter().sum()));
        }
    }
}
