//! The order of entries that come from two documents.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// The keys of two lists in one: those of `first` as they stand there, and each that only `second` has behind what stands before it in
/// that one.
pub(super) fn woven<'a, K: Eq + Hash>(
    first: impl Iterator<Item = &'a K>,
    second: impl Iterator<Item = &'a K>,
) -> Vec<&'a K> {
    let first: Vec<&K> = first.collect();
    let known: HashSet<&K> = first.iter().copied().collect();
    let mut behind: HashMap<Option<&K>, Vec<&K>> = HashMap::new();
    let mut last = None;
    for key in second {
        if known.contains(key) {
            last = Some(key);
        } else {
            behind.entry(last).or_default().push(key);
        }
    }
    let mut all = behind.remove(&None).unwrap_or_default();
    for key in first {
        all.push(key);
        all.extend(behind.remove(&Some(key)).unwrap_or_default());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::woven;

    #[test]
    fn what_is_new_stands_behind_what_it_stood_behind() {
        let of = |first: &str, second: &str| -> String {
            let (first, second): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
            woven(first.iter(), second.iter()).into_iter().collect()
        };
        assert_eq!(of("abc", "abc"), "abc");
        assert_eq!(of("abc", "xayzcw"), "xayzbcw");
        assert_eq!(of("cba", "axbyc"), "cbyax", "the order of the first one rules");
        assert_eq!(of("", "xy"), "xy");
        assert_eq!(of("ab", ""), "ab");
    }
}
