//! Figures as people write them: money, time, evidence, shares. The window and the exports say the same thing the same way.

mod apportion;
mod columns;
mod counted;
mod duration;
mod measure;
mod money;
mod read;
mod steps;
mod typed;
mod when;

pub use apportion::{tenths, tenths_of};
pub use columns::{Columns, Row};
pub use counted::{Unit, counted};
pub use duration::{
    Durations, month_or_week, month_or_week_on, months, months_on, months_or_weeks, weeks, weeks_range,
};
pub use measure::Measure;
pub use money::{ComparedAmounts, Money};
pub use read::{Typed, read_money, read_weeks};
pub use steps::{Steps, ThenAndNow, change_between, in_weeks};
pub use typed::{budget_in_field, deadline_in_field, months_said, span, span_on, typed_deadline, typed_usd};
pub use when::{When, date, full_date, short_date};

pub use crate::text::{number, read_day};
use crate::{
    lang::{t, tr},
    playbook::Playbook,
    project::{TraitId, TraitValue},
    text::{as_spoken, decimal, plain_fixed},
};

fn joined(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}–{high}") }
}

/// Effort: `21.3 person-weeks`.
pub fn person_weeks(person_weeks: f64) -> String {
    counted(&decimal(person_weeks, 1), Unit::PersonWeek)
}

/// Evidence with its sign, without its unit: `+6.8`, `−3.6`, `0.0`.
pub fn decibans(decibans: f64) -> String {
    let size = plain_fixed(decibans.abs(), 1);
    let is_nothing = size == "0.0";
    let size = as_spoken(size);
    match decibans {
        _ if is_nothing => size,
        _ if decibans < 0.0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

/// What a margin in decibans means in odds, in words.
pub fn odds(margin_db: f64) -> String {
    match margin_db {
        db if db >= 30.0 => t("far beyond doubt").to_owned(),
        db if db > 0.05 => tr!("about {} to 1", decimal(10_f64.powf(db / 10.0), 0)),
        db if db < -0.05 => t("against the evidence").to_owned(),
        _ => t("as good as the next").to_owned(),
    }
}

/// A share or a probability from 0 to 1 as per cent; never `100 %` or `0 %` unless it is.
pub fn share(share: f64) -> String {
    let per_cent = share * 100.0;
    match per_cent {
        // Half a per cent would be written as none.
        _ if per_cent > 0.0 && per_cent <= 0.5 => "< 1 %".to_owned(),
        // Parts that are a whole sum to 1 but for rounding; no probability comes so near to it.
        _ if per_cent >= 99.5 && share < 1.0 - 1e-13 => "> 99 %".to_owned(),
        _ => format!("{} %", decimal(per_cent, 0)),
    }
}

/// What a US dollar is in another currency, in four significant figures: `0.92`, `151.3`, `0.006623`.
pub fn rate(per_usd: f64) -> String {
    let digits = if per_usd > 0.0 { per_usd.log10().floor() as i32 + 1 } else { 0 };
    decimal(per_usd, usize::try_from(4 - digits).unwrap_or(0))
}

/// So many people: `2 people`, `1 person`, `0.5 people`.
pub fn people(count: f64) -> String {
    let count = number((count * 100.0).round() / 100.0);
    if count == "1" { t("1 person").to_owned() } else { tr!("{count} people", count) }
}

/// A change of weeks with its sign, `+1.2 weeks`, `−1 week`, `0 weeks`.
pub fn signed_weeks(change_weeks: f64) -> String {
    let weeks = decimal(change_weeks, 1);
    let unit = if matches!(weeks.as_str(), "1" | "−1") { t("week") } else { t("weeks") };
    if change_weeks > 0.0 && weeks != "0" { format!("+{weeks} {unit}") } else { format!("{weeks} {unit}") }
}

/// A change of weeks and money in words, `+1.2 weeks, +$11.4K`; `None` if neither would show.
pub fn change(money: Money<'_>, change_weeks: f64, change_usd: f64) -> Option<String> {
    let (weeks, amount) = (signed_weeks(change_weeks), money.signed(change_usd));
    let parts: Vec<String> = [(weeks, signed_weeks(0.0)), (amount, money.signed(0.0))]
        .into_iter()
        .filter(|(text, none)| text != none)
        .map(|(text, _)| text)
        .collect();
    if parts.is_empty() { None } else { Some(parts.join(", ")) }
}

/// What something would change, in weeks at even odds and in money at P50 and P80: `+1.2 weeks, +$11.4K P50, +$15K P80`; `No change` if
/// nothing would show.
pub fn price(money: Money<'_>, change_weeks: f64, p50_usd: f64, p80_usd: f64) -> String {
    let none = money.signed(0.0);
    let amounts = [(money.signed(p50_usd), "P50"), (money.signed(p80_usd), "P80")];
    let weeks = Some(signed_weeks(change_weeks)).filter(|weeks| *weeks != signed_weeks(0.0));
    let mut parts: Vec<String> = weeks.into_iter().collect();
    if amounts.iter().any(|(amount, _)| *amount != none) {
        parts.extend(amounts.into_iter().map(|(amount, level)| format!("{amount} {level}")));
    }
    if parts.is_empty() { t("No change").to_owned() } else { parts.join(", ") }
}

/// A number as short as it can be told: `40`, `2,500`, `300K`, `1.5M`.
pub fn amount(number: f64) -> String {
    let short = |value: f64, unit: &str| format!("{}{unit}", decimal(value, 1));
    let number = if number.abs() >= 1e3 { number.round() } else { number };
    match number.abs() {
        size if size >= 1e6 => short(number / 1e6, "M"),
        size if size >= 1e4 => short(number / 1e3, "K"),
        _ => decimal(number, 2),
    }
}

/// A trait in as few words as the playbook has for it: `40 tables`.
pub fn trait_chip(playbook: &Playbook, id: &TraitId, value: &TraitValue) -> String {
    let Some(known) = playbook.traits.get(id) else { return id.to_string() };
    let chip = known.chip_for(*value == TraitValue::Number(1.0));
    let value = match value {
        TraitValue::Number(number) => amount(*number),
        other => other.to_string(),
    };
    chip.replace("{}", &value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_kind_is_said_of_one() {
        let playbook = crate::playbook::builtin().unwrap();
        let chip = |id: &str, number: f64| trait_chip(&playbook, &id.into(), &TraitValue::Number(number));
        assert_eq!([chip("workers", 1.0), chip("workers", 2.0)], ["1 worker", "2 workers"]);
        assert_eq!([chip("tables", 1.0), chip("external-latency", 1.0)], ["1 table", "1 ms each"]);
    }

    #[test]
    fn evidence_has_a_real_minus_and_shares_do_not_claim_certainty() {
        assert_eq!([6.84, -3.6, 0.04, -0.01].map(decibans), ["+6.8", "−3.6", "0.0", "0.0"]);
        assert_eq!([0.94, 0.9999, 1.0, 0.005, 0.0].map(share), ["94 %", "> 99 %", "100 %", "< 1 %", "0 %"]);
        let nearly = [1.0 - 1e-12, 1e-300, 1.0 - 1e-15].map(share);
        assert_eq!(nearly, ["> 99 %", "< 1 %", "100 %"], "the last is a sum of parts that is off by rounding");
        assert_eq!([0.92, 151.33, 0.006_623_4, 15_000.0].map(rate), ["0.92", "151.3", "0.006623", "15,000"]);
        assert_eq!([1.0, 2.0, 0.5].map(people), ["1 person", "2 people", "0.5 people"]);
    }

    #[test]
    fn a_change_says_only_what_changed() {
        let currency = crate::project::Currency::default();
        let money = Money::new(&currency);
        assert_eq!(change(money, 1.2, 11_400.0).as_deref(), Some("+1.2 weeks, +$11.4K"));
        assert_eq!(change(money, -1.0, 0.0).as_deref(), Some("−1 week"));
        assert_eq!(change(money, 0.01, -0.3), None);
    }

    #[test]
    fn a_price_names_both_levels_or_says_that_there_is_none() {
        let currency = crate::project::Currency::default();
        let money = Money::new(&currency);
        assert_eq!(price(money, 1.2, 11_400.0, 15_000.0), "+1.2 weeks, +$11.4K P50, +$15K P80");
        assert_eq!(price(money, -0.01, -11_400.0, 0.2), "−$11.4K P50, $0 P80");
        assert_eq!(price(money, 0.04, 0.2, -0.3), "No change");
    }

    #[test]
    fn numbers_are_told_shortly() {
        let told = [40.0, 0.25, 2500.0, 150_000.0, 1_500_000.0, 2005.0, 2999.9].map(amount);
        assert_eq!(told, ["40", "0.25", "2,500", "150K", "1.5M", "2,005", "3,000"]);
    }
}
