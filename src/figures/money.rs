//! Money as a project writes it. Amounts are kept in US dollars; here they become what is shown, in whole units or cents, so that
//! parts sum to the total shown.

use crate::{
    lang::t,
    project::{Currency, Project},
    text::{plain_decimal, plain_fixed},
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
        if self.currency.is_usd() { t("US dollars") } else { &self.currency.code }
    }

    /// In full, without cents: `$243,100`.
    pub fn full(self, usd: f64) -> String {
        self.written(&plain_decimal(self.currency.from_usd(usd), 0))
    }

    /// In three figures: `$243K`, `$11.4K`, `$1.25M`, `$940`.
    pub fn short(self, usd: f64) -> String {
        self.short_of(self.currency.from_usd(usd))
    }

    /// An amount that is in the currency already, in three figures.
    pub fn short_of(self, amount: f64) -> String {
        self.to_figures(amount, SHORT)
    }

    /// An amount that is in the currency already, in so many figures.
    fn to_figures(self, amount: f64, figures: usize) -> String {
        let (scale, unit, decimals) = in_short(amount, figures);
        // What has more figures than usual shows all of them, so that those beside it have as many.
        let write = if figures > SHORT { plain_fixed } else { plain_decimal };
        let text = write(amount.abs() / scale, decimals);
        let sign = if amount < 0.0 && text != "0" { "−" } else { "" };
        self.written(&format!("{sign}{text}{unit}"))
    }

    /// How amounts that are compared with one of them are written, so that what lies between them as it is written is what lies
    /// between them: in three figures, in more, or in full.
    pub fn comparing(self, base_usd: f64, others_usd: &[f64]) -> ComparedAmounts<'a> {
        let base = self.currency.from_usd(base_usd);
        let tells = |figures: &usize| {
            others_usd.iter().all(|usd| {
                let amount = self.currency.from_usd(*usd);
                let (shown, is) = (in_figures(amount, *figures) - in_figures(base, *figures), amount - base);
                // Less than a unit is nothing in full either.
                (shown - is).abs() <= NEARLY * is.abs() || (is.abs() < 0.5 && shown.abs() < 0.5)
            })
        };
        let most_usd = others_usd.iter().copied().fold(base_usd, f64::max);
        // With more, an amount in full is as short and reads better.
        let most = if in_short(self.currency.from_usd(most_usd), SHORT).0 > 1e3 { 5 } else { 4 };
        ComparedAmounts { money: self, figures: (SHORT..=most).find(tells) }
    }

    /// An amount that is in the currency already, to the cent where it has cents: `$4,500`, `$12.50`.
    pub fn exact_of(self, amount: f64) -> String {
        let mut text = plain_decimal(amount, 2);
        // Cents have two digits or none.
        if text.rsplit_once('.').is_some_and(|(_, cents)| cents.len() == 1) {
            text.push('0');
        }
        self.written(&text)
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
    pub fn whole_parts(self, parts_usd: &[f64]) -> Vec<i128> {
        super::apportion::in_units(parts_usd, self.currency.per_usd)
    }

    /// An amount of whole units that is in the currency already: `$43,120`.
    pub fn whole(self, units: i128) -> String {
        self.written(&plain_decimal(units as f64, 0))
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

/// Figures of an amount where nothing asks for more.
const SHORT: usize = 3;
/// The share of a difference by which what is written may miss it.
const NEARLY: f64 = 0.05;

/// Writes amounts that are compared with one of them, and what lies between.
#[derive(Clone, Copy, Debug)]
pub struct ComparedAmounts<'a> {
    money: Money<'a>,
    /// How many figures; `None` for amounts in full.
    figures: Option<usize>,
}

impl ComparedAmounts<'_> {
    /// One of the amounts: `$243K`, `$243.1K`, `$243,100`.
    pub fn amount(self, usd: f64) -> String {
        match self.figures {
            Some(figures) => self.money.to_figures(self.money.currency.from_usd(usd), figures),
            None => self.money.full(usd),
        }
    }

    /// What [`Self::amount`] says, as a number of the currency.
    pub fn shown(self, usd: f64) -> f64 {
        let amount = self.money.currency.from_usd(usd);
        self.figures.map_or_else(|| amount.round(), |figures| in_figures(amount, figures))
    }

    /// The size of what lies between two amounts as [`Self::shown`] has them, with all its digits: `$147.1K` between `$95.9K` and
    /// `$243K`.
    pub fn between(self, from: f64, to: f64) -> String {
        let size = (to - from).abs();
        if self.figures.is_none() {
            return self.money.whole(size.round() as i128);
        }
        // All digits are written, so that nothing is rounded up into the next unit.
        let (scale, unit, _) = in_short(size, 12);
        // A unit more has three digits more.
        let decimals = (scale.log10().round() as usize).min(9);
        self.money.written(&format!("{}{unit}", plain_decimal(size / scale, decimals)))
    }
}

/// An amount rounded as it is told in so many figures.
fn in_figures(amount: f64, figures: usize) -> f64 {
    let (scale, _, decimals) = in_short(amount, figures);
    let digits = 10.0_f64.powf(decimals as f64);
    (amount / scale * digits).round() / digits * scale
}

/// What an amount is divided by to be told in so many figures, three or more, what stands behind it then, and its decimals.
fn in_short(amount: f64, figures: usize) -> (f64, &'static str, usize) {
    let size = amount.abs();
    let more = figures.saturating_sub(SHORT);
    // What would be rounded up to a figure more before the point has a decimal less, or is told in the next unit.
    let below = |power: f64| power * (1.0 - 0.5 * 10.0_f64.powf(-(figures as f64)));
    let (scale, unit, most) = match size {
        _ if size < 999.5 => return (1.0, "", 0),
        _ if size < below(1e6) => (1e3, "K", 3),
        _ if size < below(1e9) => (1e6, "M", 6),
        _ => (1e9, "B", 9),
    };
    let scaled = size / scale;
    let decimals = match scaled {
        _ if scaled >= below(100.0) => 0,
        _ if scaled >= below(10.0) => 1,
        _ => 2,
    };
    (scale, unit, (decimals + more).min(most))
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
            (50_300.0, 1_050_000.0, "$999.7K"),
        ] {
            let short = ComparedAmounts { money, figures: Some(SHORT) };
            assert_eq!(short.between(short.shown(from), short.shown(to)), between);
        }
    }

    #[test]
    fn amounts_that_are_compared_have_the_digits_that_tell_them_apart() {
        let currency = Currency::default();
        let money = Money::new(&currency);
        let said = |base: f64, other: f64| {
            let row = money.comparing(base, &[other]);
            [row.amount(base), row.amount(other), row.between(row.shown(base), row.shown(other))]
        };
        for (base, other, words) in [
            (243_000.0, 95_930.0, ["$243K", "$95.9K", "$147.1K"]),
            (11_071_881.0, 11_143_762.0, ["$11.07M", "$11.14M", "$70K"]),
            (8_380_012.0, 8_375_809.0, ["$8.380M", "$8.376M", "$4K"]),
            (144_541.0, 144_582.0, ["$144,541", "$144,582", "$41"]),
            (999_960.0, 1_012_000.0, ["$1.000M", "$1.012M", "$12K"]),
            (500.0, 500.3, ["$500", "$500", "$0"]),
        ] {
            assert_eq!(said(base, other), words, "{base} {other}");
        }
        // One that needs the digits gives them to the row.
        let row = money.comparing(144_541.0, &[95_930.0, 144_582.0]);
        assert_eq!([95_930.0, 144_541.0].map(|usd| row.amount(usd)), ["$95,930", "$144,541"]);
    }

    #[test]
    fn what_is_written_between_amounts_is_right_to_a_twentieth() {
        let currency = Currency { per_usd: 0.887, ..Currency::default() };
        let money = Money::new(&currency);
        for exponent in 0..24 {
            let base = 1.7_f64.powi(exponent) * 999.4;
            for other in (-40..40).map(|step| base * (1.0 + f64::from(step).powi(3) * 1e-6)) {
                let (row, is) = (money.comparing(base, &[other]), (other - base) * 0.887);
                let shown = row.shown(other) - row.shown(base);
                assert!((shown - is).abs() <= (0.05 * is.abs()).max(1.0), "{base} {other}: {shown} for {is}");
            }
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
            let sum: i128 = money.whole_parts(&parts).into_iter().sum();
            assert_eq!(money.whole(sum), money.full(parts.iter().sum()));
        }
    }
}
