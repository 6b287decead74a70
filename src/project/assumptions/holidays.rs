//! Holidays as people write them: days, and spans of days.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::calendar::{MAX_HOLIDAYS, days_from};
use crate::{lang::tr, text::read_day};

/// The days as text, a line each; days in a row are one line: `2026-12-24 to 2027-01-01`.
pub fn holidays_text(holidays: &BTreeSet<Date>) -> String {
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for date in holidays {
        match spans.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == *date) => *last = *date,
            _ => spans.push((*date, *date)),
        }
    }
    let line = |(first, last): &(Date, Date)| {
        if first == last { first.to_string() } else { tr!("{first} to {last}", first, last) }
    };
    spans.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The days in a text: dates such as `2026-12-25` and spans such as `2026-12-24 to 2027-01-01`, apart by lines, commas or semicolons.
///
/// # Errors
/// What cannot be read, in words.
pub fn parse_holidays(text: &str) -> Result<BTreeSet<Date>, String> {
    let mut holidays = BTreeSet::new();
    for entry in text.split(['\n', ',', ';']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let (first, last) = entry.split_once("to").or_else(|| entry.split_once("..")).unwrap_or((entry, entry));
        let (first, last) = (read_day(first)?, read_day(last)?);
        if last < first {
            return Err(tr!("\"{entry}\" ends before it begins", entry));
        }
        let many = usize::try_from((last - first).get_days()).is_ok_and(|days| days >= MAX_HOLIDAYS);
        if !many {
            holidays.extend(days_from(first, last));
        }
        if many || holidays.len() > MAX_HOLIDAYS {
            return Err(tr!("More than {MAX_HOLIDAYS} holidays; a calendar keeps no more", MAX_HOLIDAYS));
        }
    }
    Ok(holidays)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_read_and_write_as_spans() {
        let text = "2026-12-24 to 2027-01-01\n2027-04-05";
        let holidays = parse_holidays(&text.replace('\n', " , ")).unwrap();
        assert_eq!(holidays.len(), 10);
        assert_eq!(holidays_text(&holidays), text);
        assert_eq!(parse_holidays("").unwrap(), BTreeSet::new());
        assert_eq!(parse_holidays("2026-12-24..2026-12-26").unwrap().len(), 3);
    }

    #[test]
    fn what_is_no_day_is_told() {
        for (text, word) in [("Christmas", "no day"), ("2026-02-30", "28 days"), ("2027-01-02 to 2027-01-01", "ends")] {
            let error = parse_holidays(text).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
        assert!(parse_holidays("1900-01-01 to 2900-01-01").is_err_and(|error| error.contains("keeps no more")));
    }
}
