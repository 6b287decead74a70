//! The currency that money is shown in.

use serde::{Deserialize, Serialize};

use super::number;

/// Longest code or sign of a currency in bytes.
pub const MAX_SIGN_BYTES: usize = 12;

/// How money is written. All money of a project is kept in US dollars; this says what is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Given")]
pub struct Currency {
    /// Its code: `USD`, `EUR`.
    pub code: String,
    /// Its sign: `$`, `€`.
    pub symbol: String,
    /// Units of it for one US dollar.
    #[serde(serialize_with = "number")]
    pub per_usd: f64,
    /// Whether the sign stands behind the amount.
    pub symbol_behind: bool,
    /// How digits are grouped.
    pub grouping: Grouping,
}

/// How the digits of an amount are grouped, and with it the sign before decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// `1,234.5`
    #[default]
    Comma,
    /// `1.234,5`
    Point,
    /// `1 234,5`
    Space,
    /// `1'234.5`
    Apostrophe,
    /// `1234.5`
    None,
}

impl Grouping {
    /// Every way.
    pub const ALL: [Self; 5] = [Self::Comma, Self::Point, Self::Space, Self::Apostrophe, Self::None];

    /// The way shown by example.
    pub fn example(self) -> &'static str {
        match self {
            Self::Comma => "1,234.50",
            Self::Point => "1.234,50",
            Self::Space => "1\u{a0}234,50",
            Self::Apostrophe => "1'234.50",
            Self::None => "1234.50",
        }
    }

    /// The signs between thousands and before decimals.
    pub fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Comma => (",", "."),
            Self::Point => (".", ","),
            Self::Space => ("\u{a0}", ","),
            Self::Apostrophe => ("'", "."),
            Self::None => ("", "."),
        }
    }
}

/// A currency as a file gives it: without a sign it is written as its code mostly is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Currency")]
struct Given {
    code: String,
    symbol: Option<String>,
    per_usd: f64,
    symbol_behind: Option<bool>,
    grouping: Option<Grouping>,
}

impl Default for Given {
    fn default() -> Self {
        let Currency { code, per_usd, .. } = Currency::default();
        Self { code, symbol: None, per_usd, symbol_behind: None, grouping: None }
    }
}

impl From<Given> for Currency {
    fn from(given: Given) -> Self {
        let Given { code, per_usd, .. } = given;
        let base = match given.symbol {
            Some(symbol) => Self { symbol, ..Self::default() },
            None => Self::known(&code).unwrap_or_else(|| Self { symbol: code.clone(), ..Self::default() }),
        };
        Self {
            code,
            per_usd,
            symbol_behind: given.symbol_behind.unwrap_or(base.symbol_behind),
            grouping: given.grouping.unwrap_or(base.grouping),
            ..base
        }
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self {
            code: "USD".to_owned(),
            symbol: "$".to_owned(),
            per_usd: 1.0,
            symbol_behind: false,
            grouping: Grouping::Comma,
        }
    }
}

fn written(code: &str, symbol: &str, symbol_behind: bool, grouping: Grouping) -> Currency {
    Currency { code: code.to_owned(), symbol: symbol.to_owned(), per_usd: 1.0, symbol_behind, grouping }
}

impl Currency {
    /// Currencies with the way they are mostly written. What a dollar buys is not known here: `per_usd` is 1 for all of them.
    pub const KNOWN: [fn() -> Self; 12] = [
        Self::default,
        || written("EUR", "€", true, Grouping::Point),
        || written("GBP", "£", false, Grouping::Comma),
        || written("CHF", "CHF", false, Grouping::Apostrophe),
        || written("SEK", "kr", true, Grouping::Space),
        || written("NOK", "kr", true, Grouping::Space),
        || written("DKK", "kr", true, Grouping::Point),
        || written("PLN", "zł", true, Grouping::Space),
        || written("CZK", "Kč", true, Grouping::Space),
        || written("CAD", "C$", false, Grouping::Comma),
        || written("AUD", "A$", false, Grouping::Comma),
        || written("JPY", "¥", false, Grouping::Comma),
    ];

    /// The currency of this code, if it is one of those known.
    pub fn known(code: &str) -> Option<Self> {
        Self::KNOWN.iter().map(|known| known()).find(|known| known.code == code)
    }

    /// Whether this can be the code or the sign of a currency.
    pub fn is_sign(text: &str) -> bool {
        !text.trim().is_empty() && text.len() <= MAX_SIGN_BYTES && !text.chars().any(char::is_control)
    }

    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether amounts are shown as they are kept.
    pub fn is_usd(&self) -> bool {
        self.code == "USD" && self.per_usd == 1.0
    }

    /// An amount in US dollars in this currency.
    pub fn from_usd(&self, usd: f64) -> f64 {
        usd * self.per_usd
    }

    /// An amount in this currency in US dollars.
    pub fn to_usd(&self, amount: f64) -> f64 {
        if self.per_usd > 0.0 { amount / self.per_usd } else { amount }
    }
}
