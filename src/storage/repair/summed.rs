//! Faults as a person can go through them: one line for what happened to one entry, and a bounded number of lines for a file of which nearly
//! nothing is as it should be.

use std::collections::HashMap;

use super::super::pieces::{Fault, IN_AN_ENTRY};
use crate::{lang::tr, text::count};

/// So many marks of one entry are told one by one.
const MOST_OF_ENTRY: usize = 3;
/// So many marks of a file are.
const MOST_MARKS: usize = 200;
/// So many losses are.
const MOST_LOSSES: usize = 1_000;

/// The faults, in the order of their places, with one for each entry that is left out and few for one that is not.
pub(super) fn summed(mut faults: Vec<Fault>, end: usize) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.offset);
    let mut summed: Vec<Fault> = Vec::new();
    // For each entry that is left out and each in which marks were mended: where its first fault is, and how many follow.
    let mut entries: HashMap<(bool, Vec<String>), (usize, usize)> = HashMap::new();
    let (mut marks, mut losses) = (0, 0);
    for fault in faults {
        let is_loss = !fault.left_out.is_empty();
        let entry = if is_loss { &fault.left_out } else { &fault.about };
        if entry.len() == IN_AN_ENTRY {
            let (_, more) =
                entries.entry((is_loss, entry.clone())).and_modify(|(_, more)| *more += 1).or_insert((summed.len(), 0));
            if *more >= if is_loss { 1 } else { MOST_OF_ENTRY } {
                continue;
            }
        }
        let (told, most) = if is_loss { (&mut losses, MOST_LOSSES) } else { (&mut marks, MOST_MARKS) };
        *told += 1;
        if *told <= most {
            summed.push(fault);
        }
    }
    for ((is_loss, entry), (first, more)) in entries {
        let hidden = if is_loss { more } else { more.saturating_sub(MOST_OF_ENTRY - 1) };
        let fault = summed.get_mut(first).filter(|fault| [&fault.left_out, &fault.about].contains(&&entry));
        if let Some(fault) = fault.filter(|_| hidden > 0) {
            let message = &fault.message;
            fault.message = match hidden {
                1 => tr!("{message}; 1 more thing is wrong in it", message),
                _ => tr!("{message}; {more} more things are wrong in it", message, more = count(hidden)),
            };
        }
    }
    let more = |all: usize, most: usize| all.checked_sub(most).filter(|more| *more > 0).map(count);
    let marks = more(marks, MOST_MARKS)
        .map(|more| tr!("and {more} more marks and signs are changed that are not told one by one", more));
    let losses = more(losses, MOST_LOSSES)
        .map(|more| tr!("and {more} more entries and values are left out that are not told one by one", more));
    let told = marks.into_iter().chain(losses);
    summed.extend(told.map(|message| Fault { offset: end, message, ..Fault::default() }));
    summed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(offset: usize, about: &[&str], left_out: &[&str]) -> Fault {
        let own = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        Fault {
            offset,
            message: format!("at {offset}"),
            about: own(about),
            left_out: own(left_out),
            ..Fault::default()
        }
    }

    #[test]
    fn what_happened_to_one_entry_is_one_line() {
        let (a, b) = (["components", "a"], ["components", "b"]);
        let faults = vec![
            fault(4, &[], &a),
            fault(1, &[], &a),
            fault(2, &[], &a),
            fault(3, &[], &b),
            fault(5, &[], &["components", "b", "pos"]),
            fault(6, &b, &[]),
            fault(7, &b, &[]),
            fault(8, &b, &[]),
            fault(9, &b, &[]),
            fault(10, &[], &[]),
        ];
        let told: Vec<String> = summed(faults, 11).into_iter().map(|fault| fault.message).collect();
        assert_eq!(
            told,
            [
                "at 1; 2 more things are wrong in it",
                "at 3",
                "at 5",
                "at 6; 1 more thing is wrong in it",
                "at 7",
                "at 8",
                "at 10"
            ]
        );
        let many = (0..5_000).map(|i| fault(i, &[], &[])).collect();
        let told = summed(many, 5_000);
        assert_eq!(
            (told.len(), told[200].message.as_str()),
            (201, "and 4,800 more marks and signs are changed that are not told one by one")
        );
    }
}
