//! Parts as whole numbers that sum to a whole number, and whole numbers of tenths as text.

use crate::{lang, text::decimal};

/// Each part as a whole number, so that they sum to `total`, which is their sum but for rounding: those nearest to the next number
/// are moved there.
pub(super) fn apportioned(parts: &[f64], total: i128) -> Vec<i128> {
    let rounded = || parts.iter().map(|part| part.round() as i128);
    let count = (parts.len() as i128).max(1);
    // Beyond 2^53 the sum of the parts and their rounded total may lie far apart: each takes its share of that.
    let each = (total - rounded().sum::<i128>()) / count;
    let mut whole: Vec<i128> = rounded().map(|part| part + each).collect();
    let missing = total - whole.iter().sum::<i128>();
    let step = missing.signum();
    // How much a part gains by the step: those that were rounded the other way most come first.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let gain = |i: &usize| (parts[*i] - parts[*i].round()) * step as f64;
    order.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    for i in order.iter().cycle().take(usize::try_from(missing.abs()).unwrap_or(0)) {
        whole[*i] += step;
    }
    whole
}

/// Each part in whole units, of which one of what the parts are in has `units`; they sum to their rounded sum.
pub(super) fn in_units(parts: &[f64], units: f64) -> Vec<i128> {
    let parts: Vec<f64> = parts.iter().map(|part| part * units).collect();
    apportioned(&parts, parts.iter().sum::<f64>().round() as i128)
}

/// Figures with one decimal each, and what they sum to as they are written: weeks, person-weeks, decibans.
pub fn tenths(figures: &[f64]) -> (Vec<String>, String) {
    let parts = in_units(figures, 10.0);
    (parts.iter().map(|part| in_tenths(*part)).collect(), in_tenths(parts.iter().sum()))
}

/// Figures with one decimal each that sum to a whole as that is written by [`tenths`], which is their sum but for rounding.
pub fn tenths_of(figures: &[f64], whole: &str) -> Vec<String> {
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let size: i128 = digits.parse().unwrap_or(0);
    let total = if whole.starts_with('−') { -size } else { size };
    let parts: Vec<f64> = figures.iter().map(|part| part * 10.0).collect();
    apportioned(&parts, total).into_iter().map(in_tenths).collect()
}

/// Tenths with their decimal: `1,234.0`, `−0.3`.
pub(super) fn in_tenths(tenths: i128) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let size = tenths.unsigned_abs();
    let point = lang::current().number_signs().point;
    format!("{sign}{}{point}{}", decimal((size / 10) as f64, 0), size % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_sum_to_what_is_written_under_them() {
        for parts in
            [vec![0.88, 0.96, 0.86, 0.84], vec![1.0, 5.8, 0.66, 1.56], vec![-0.35, 0.3, 0.04], vec![0.05; 7], vec![]]
        {
            let total: f64 = parts.iter().sum();
            let whole = in_units(&parts, 10.0);
            assert_eq!(whole.iter().sum::<i128>(), (total * 10.0).round() as i128, "{parts:?}");
            assert!(whole.iter().zip(&parts).all(|(whole, part)| (*whole as f64 - part * 10.0).abs() <= 1.0));
        }
        assert_eq!([12_340, -3, 0].map(in_tenths), ["1,234.0", "−0.3", "0.0"]);
        let written = tenths(&[0.94, 0.94, 0.94, 0.94, 1000.0]);
        assert_eq!(written.1, "1,003.8");
        assert_eq!(written.0.iter().filter(|figure| *figure == "0.9").count(), 2, "{written:?}");
        assert_eq!(tenths_of(&[0.52, 0.53, 0.54], "1.7"), ["0.5", "0.6", "0.6"]);
        assert_eq!(tenths_of(&[999.96, 0.44], "1,000.4"), ["1,000.0", "0.4"]);
        assert_eq!(tenths(&[]), (Vec::new(), "0.0".to_owned()));
    }
}
