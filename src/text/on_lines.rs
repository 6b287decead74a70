//! Words on connections: what is said in all words and in few, and how much room that takes. The sheet and the exported picture ask
//! the same rules, so that the same is said in both. All lengths are in world units.

use kurbo::Size;

/// The size of the letters.
pub const SIZE: f64 = 10.5;
/// No words are wider than this.
pub const WIDEST: f64 = 220.0;
/// Where there is little room, a label is no wider than this.
pub const FEW: f64 = 34.0;
/// Words that are shorter by less than this are not worth being cut.
const WORTH: f64 = 16.0;
/// What a pill has around its words at the sides, and from where words stand behind the mark of the seam.
const AROUND: f64 = 14.0;
const AROUND_SEAM: f64 = 26.0;
/// Where in a pill the middle of the seam's mark is, from its left end.
pub const MARK_LEFT: f64 = 10.0;
/// Where the words behind that mark begin, from the left end of the pill.
pub const WORDS_LEFT: f64 = 18.0;
/// Where on a line the seam's mark stands alone, as a share of it: behind the part that it may share with others.
pub const CUT_AT: f64 = 0.7;

/// What is said on a connection, in all words and in few: its label, and what crossing costs if it crosses the seam. Empty if it says
/// nothing.
pub fn words(label: &str, crossing: Option<&str>) -> [String; 2] {
    let label = label.trim();
    match crossing {
        Some(tag) if label.is_empty() => [tag, tag].map(str::to_owned),
        Some(tag) => [format!("{label}, {tag}"), tag.to_owned()],
        None => [label, label].map(str::to_owned),
    }
}

/// How wide few words may be.
pub fn few_widest(seam: bool) -> f64 {
    if seam { WIDEST } else { FEW }
}

/// What a pill has around its words, from side to side.
pub fn around(seam: bool) -> f64 {
    if seam { AROUND_SEAM } else { AROUND }
}

/// How large pills of this height are with words so wide: with all of them, and with few if there are any that are worth being cut.
/// Nothing where nothing is said.
pub fn forms([all, few]: [f64; 2], seam: bool, height: f64) -> [Option<Size>; 2] {
    if all <= 0.0 {
        return [None; 2];
    }
    let [all, few] = [all.min(WIDEST), few.min(few_widest(seam))].map(|width| width + around(seam));
    [Some(Size::new(all, height)), (few < all - WORTH).then_some(Size::new(few, height))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_words_are_the_cost_of_crossing_or_the_beginning_of_a_label() {
        assert_eq!(words(" orders ", None), ["orders", "orders"]);
        assert_eq!(words("orders", Some("+2 weeks")), ["orders, +2 weeks", "+2 weeks"]);
        assert_eq!(words(" ", Some("+2 weeks")), ["+2 weeks", "+2 weeks"]);
        assert_eq!(words("", None), ["", ""]);
    }

    #[test]
    fn no_pill_is_wider_than_all_words_may_be_and_none_is_cut_for_little() {
        let widths = |all, few, seam| forms([all, few], seam, 18.0).map(|size| size.map(|size| size.width));
        assert_eq!(widths(0.0, 0.0, false), [None, None]);
        assert_eq!(widths(40.0, 40.0, false), [Some(54.0), None], "6 less are not worth it");
        assert_eq!(widths(90.0, 90.0, false), [Some(104.0), Some(48.0)]);
        assert_eq!(widths(900.0, 60.0, true), [Some(246.0), Some(86.0)]);
    }
}
