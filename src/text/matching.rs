//! How well typed words fit a text, for everything that searches while somebody types.

/// How well words fit, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// They are the text.
    Exact,
    /// The text begins with them.
    Begins,
    /// Each is a word of the text.
    Words,
    /// Each begins a word of the text.
    Starts,
    /// Each is somewhere in the text.
    Inside,
    /// They are near to it: letters left out or mistyped.
    Near,
}

/// Most words that are looked for at a time; further ones are not asked for.
pub const MOST_WORDS: usize = 8;
/// Letters of a query that are looked at.
const MOST_LETTERS: usize = 200;

/// What somebody typed, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// All of it, with single spaces.
    pub whole: String,
    /// Word by word.
    pub words: Vec<String>,
}

impl Wanted {
    /// The words of a query.
    pub fn new(query: &str) -> Self {
        let cut: String = query.chars().take(MOST_LETTERS).collect();
        let folded = folded(&cut);
        let words: Vec<String> =
            folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(str::to_owned).collect();
        Self { whole: words.join(" "), words }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How the whole fits a folded text as a phrase: it is the text, or begins it.
    pub fn phrase(&self, text: &str) -> Option<Fit> {
        let rest = text.strip_prefix(self.whole.as_str())?;
        Some(if rest.is_empty() { Fit::Exact } else { Fit::Begins })
    }

    /// How all words together fit a folded text, letters left out or mistyped included.
    pub fn fit(&self, text: &str) -> Option<Fit> {
        if self.is_empty() {
            return None;
        }
        let as_words =
            || self.words.iter().map(|word| word_fit(word, text)).try_fold(Fit::Words, |all, one| Some(all.max(one?)));
        let near = || self.words.iter().all(|word| is_near(word, text)).then_some(Fit::Near);
        self.phrase(text).or_else(as_words).or_else(near)
    }
}

/// A text as it is compared: in lower case, with single spaces.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// The words of a folded text, at everything that is no letter and no digit.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// How a single word fits a folded text; mistyped ones do not. Digits are looked for at the beginnings of words only: 40 is not
/// meant where 1400 stands.
pub fn word_fit(word: &str, text: &str) -> Option<Fit> {
    if !text.contains(word) {
        return None;
    }
    let mut best = None;
    for (at, _) in text.match_indices(word) {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let begins = before.is_none_or(|character| !character.is_alphanumeric());
        let ends = after.is_none_or(|character| !character.is_alphanumeric());
        if begins && ends {
            return Some(Fit::Words);
        }
        if begins {
            best = Some(Fit::Starts);
        }
    }
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    best.or((!digits).then_some(Fit::Inside))
}

/// Whether a word was probably meant: one slip of the hand in a word of the text (two in a long one), or its letters in their order
/// with few others between them.
pub fn is_near(word: &str, text: &str) -> bool {
    let length = word.chars().count();
    if length < 3 {
        return false;
    }
    let slips = if length >= 8 { 2 } else { 1 };
    let mistyped =
        |token: &str| token.chars().count().abs_diff(length) <= slips && strsim::osa_distance(word, token) <= slips;
    tokens(text).any(mistyped)
        || tokens(text).any(|token| skipped(word, token).is_some_and(|skipped| skipped <= length))
        || initials(word, text)
}

/// Whether the word's letters are the beginnings of words of the text, in order: `op` for `order processing`, `ordproc` as well.
fn initials(word: &str, text: &str) -> bool {
    let mut left = word;
    for token in tokens(text) {
        let common = token.chars().zip(left.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        left = &left[common..];
        if left.is_empty() {
            return true;
        }
    }
    false
}

/// How many letters of `text` are skipped when the letters of `query` are found in it in order; `None` if they are not there.
pub fn skipped(query: &str, text: &str) -> Option<usize> {
    let mut skipped = 0;
    let mut letters = text.chars();
    for wanted in query.chars().filter(|c| !c.is_whitespace()) {
        skipped += letters.by_ref().position(|letter| letter == wanted)?;
    }
    Some(skipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(query: &str, text: &str) -> Option<Fit> {
        Wanted::new(query).fit(&folded(text))
    }

    #[test]
    fn what_fits_better_is_said_to() {
        assert_eq!(fit("orders", "Orders"), Some(Fit::Exact));
        assert_eq!(fit("ord", "Orders"), Some(Fit::Begins));
        assert_eq!(fit("archive orders", "Orders archive"), Some(Fit::Words));
        assert_eq!(fit("arch", "Orders archive"), Some(Fit::Starts));
        assert_eq!(fit("rch", "Orders archive"), Some(Fit::Inside));
        assert_eq!(fit("odrers", "Orders"), Some(Fit::Near));
        assert_eq!(fit("ordproc", "Order processing"), Some(Fit::Near));
        assert_eq!(fit("billing", "Orders"), None);
        assert_eq!(fit("  ", "Orders"), None);
        let order = [Fit::Exact, Fit::Begins, Fit::Words, Fit::Starts, Fit::Inside, Fit::Near];
        assert!(order.is_sorted());
    }

    #[test]
    fn digits_are_meant_from_their_first_on() {
        assert_eq!(fit("40", "Tables 40"), Some(Fit::Words));
        assert_eq!(fit("40", "Tables 400"), Some(Fit::Starts));
        assert_eq!(fit("40", "Tables 1400"), None);
    }

    #[test]
    fn letters_of_any_script_are_no_reason_to_stop() {
        assert_eq!(fit("zażółć", "Zażółć gęślą"), Some(Fit::Begins));
        assert_eq!(fit("gęś", "Zażółć gęślą"), Some(Fit::Starts));
        assert!(!initials("żż", "ż"));
    }
}
