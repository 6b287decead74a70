//! The language of what people read. Texts stand in the source in English, which is complete by that; a catalogue in the manner of gettext
//! (`assets/lang/*.po`) has them in another language, and what it lacks is said in English.
//!
//! `t("Save")` is a text as it stands, `tr!("Move {name}", name)` one with something put in, `tr!("{n} card" | "{n} cards" % count)` one that
//! depends on a number, and `later("Save")` one of a table that is translated where it is shown, by `t` again. `tests/core/catalogue.rs` reads them
//! off the source, so nothing has to be entered anywhere. What the built-in playbook says is in the catalogues too, in a context of its own.

mod catalogue;

use std::cell::Cell;

use serde::{Deserialize, Serialize};

pub use catalogue::{PLAYBOOK, join};

/// A text with something put in, `tr!("More: {title}", title)`, or one that depends on a number, `tr!("{n} card" | "{n} cards" % count)`.
///
/// Joins first: the crate keeps its translators behind a lock that a text within a text takes twice, which must not meet with one
/// who waits to write.
macro_rules! tr {
    // A pair and no block, so that an arm of a match stays an expression.
    ($($text:tt)*) => {
        ($crate::lang::join(), ::tr::tr!($($text)*)).1
    };
}
pub(crate) use tr;

/// A language that the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// What the source is written in.
    #[default]
    English,
    /// `assets/lang/de.po`.
    German,
}

/// What groups of three digits and the decimals of a number are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberSigns {
    /// Between groups of three digits.
    pub group: &'static str,
    /// Before the decimals.
    pub point: &'static str,
}

/// Who speaks on a thread.
#[derive(Clone, Copy)]
enum Spoken {
    This(Language),
    /// English with each text between marks, which shows in a test what does not come from a catalogue.
    Marked,
}

thread_local! {
    /// A language is a matter of the thread: what the window says and what is written for another program at the same time do not meet.
    static THREAD: Cell<Spoken> = const { Cell::new(Spoken::This(Language::English)) };
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Its code: `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The one that the desktop speaks, if we do, by the variables that say so (`de_AT.UTF-8`), those that go before others first.
    pub fn of_desktop(variables: impl IntoIterator<Item = String>) -> Self {
        let said = variables.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
        let code = said.split(['_', '.', '@', '-']).next().unwrap_or_default().to_lowercase();
        Self::ALL.into_iter().find(|language| language.code() == code).unwrap_or_default()
    }

    /// Whether nouns are written in small letters within a sentence.
    pub fn has_small_nouns(self) -> bool {
        match self {
            Self::English => true,
            Self::German => false,
        }
    }

    /// What stands on a key that is called `name` in English. Not from the catalogue: there `Delete` is what a command does.
    pub fn key(self, name: &str) -> &str {
        let keys: &[(&str, &str)] = match self {
            Self::English => &[],
            Self::German => &[
                ("Ctrl", "Strg"),
                ("Shift", "Umschalt"),
                ("Delete", "Entf"),
                ("Backspace", "Rücktaste"),
                ("Escape", "Esc"),
                ("Space", "Leertaste"),
                ("Home", "Pos1"),
                ("End", "Ende"),
                ("PageUp", "Bild auf"),
                ("PageDown", "Bild ab"),
                ("Up", "Auf"),
                ("Down", "Ab"),
                ("Left", "Links"),
                ("Right", "Rechts"),
                ("Menu", "Menü"),
            ],
        };
        keys.iter().find(|(english, _)| *english == name).map_or(name, |(_, own)| own)
    }

    /// How it writes numbers.
    pub fn number_signs(self) -> NumberSigns {
        match self {
            Self::English => NumberSigns { group: ",", point: "." },
            Self::German => NumberSigns { group: ".", point: "," },
        }
    }
}

/// How many voices there are: the languages, and the one with marks.
pub const VOICES: usize = Language::ALL.len() + 1;

/// The number of the voice that speaks here, below [`VOICES`]: what is made of texts once is made once for each of them.
pub fn voice() -> usize {
    match THREAD.get() {
        Spoken::Marked => Language::ALL.len(),
        Spoken::This(_) => Language::ALL.iter().position(|one| *one == current()).unwrap_or(0),
    }
}

/// The language that is spoken on this thread.
pub fn current() -> Language {
    match THREAD.get() {
        Spoken::This(language) => language,
        Spoken::Marked => Language::English,
    }
}

/// Speaks another language on this thread from now on. What was written before stays as it was, and a thread that is begun later has to be
/// told by [`with`].
pub fn speak(language: Language) {
    catalogue::join();
    // Marks are for a test of the whole window, which sets its language when it opens.
    if !matches!(THREAD.get(), Spoken::Marked) {
        THREAD.set(Spoken::This(language));
    }
}

/// Does `work` in a language of its own: what is written down for others is written in one language, whatever the window speaks.
pub fn with<T>(language: Language, work: impl FnOnce() -> T) -> T {
    spoken(Spoken::This(language), work)
}

/// Does `work` with each text between `⟦` and `⟧`: what has none does not come from a catalogue.
pub fn marked<T>(work: impl FnOnce() -> T) -> T {
    spoken(Spoken::Marked, work)
}

fn spoken<T>(spoken: Spoken, work: impl FnOnce() -> T) -> T {
    /// Puts back what was spoken before, also where the work ends in a panic.
    struct Back(Spoken);
    impl Drop for Back {
        fn drop(&mut self) {
            THREAD.set(self.0);
        }
    }
    catalogue::join();
    let _back = Back(THREAD.replace(spoken));
    work()
}

/// A text in the language that is spoken.
pub fn t(text: &'static str) -> &'static str {
    match THREAD.get() {
        Spoken::Marked => catalogue::mark(text),
        Spoken::This(_) => catalogue::of(current()).and_then(|catalogue| catalogue.text(text)).unwrap_or(text),
    }
}

/// A text of the built-in playbook in the language that is spoken. What the catalogue does not know stays as it is: a name, or the text of a
/// layer of one's own.
pub fn of_playbook(text: &str) -> &str {
    match THREAD.get() {
        Spoken::Marked if catalogue::any().of_playbook(text).is_some() => catalogue::mark(text),
        Spoken::Marked => text,
        Spoken::This(_) => catalogue::of(current()).and_then(|catalogue| catalogue.of_playbook(text)).unwrap_or(text),
    }
}

/// A text of a document, which has a language of its own: it is no matter of the catalogues, so it comes between marks as their texts do.
pub fn of_document(text: String) -> String {
    match THREAD.get() {
        Spoken::Marked => format!("⟦{text}⟧"),
        Spoken::This(_) => text,
    }
}

/// A text of the built-in playbook that depends on a number, by its words for one: those for one and for any other number; `None` where the
/// catalogue has none.
pub fn counted_of_playbook(one: &str, several: &str) -> Option<[&'static str; 2]> {
    match THREAD.get() {
        Spoken::Marked => catalogue::any().counted_of_playbook(one).map(|_| [one, several].map(catalogue::mark)),
        Spoken::This(_) => catalogue::of(current())?.counted_of_playbook(one),
    }
}

/// What is called so at the beginning, within a sentence: `web application`, but `Webanwendung`.
pub fn lower(name: &str) -> String {
    if current().has_small_nouns() { name.to_lowercase() } else { name.to_owned() }
}

/// A text of a table, which is translated where it is shown.
pub const fn later(text: &'static str) -> &'static str {
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_can_speak_another_language_and_goes_back_to_the_program_s() {
        assert_eq!((current(), t("Save")), (Language::English, "Save"));
        with(Language::German, || {
            assert_eq!((t("Save"), t("no such text")), ("Speichern", "no such text"));
            assert_eq!(with(Language::English, || t("Save")), "Save");
            assert_eq!(t("Save"), "Speichern");
        });
        assert_eq!(marked(|| t("Save")), "⟦Save⟧");
        assert_eq!(t("Save"), "Save");
    }

    #[test]
    fn the_desktop_says_which_language_it_speaks() {
        let of = |values: &[&str]| Language::of_desktop(values.iter().map(ToString::to_string));
        assert_eq!(of(&["", "de_AT.UTF-8", "en_GB"]), Language::German);
        assert_eq!(of(&["C", "de_DE"]), Language::English, "what goes before others");
        assert_eq!([of(&["de"]), of(&["fr_FR"]), of(&[])], [Language::German, Language::English, Language::English]);
    }

    #[test]
    fn what_is_put_in_stands_where_the_language_has_it() {
        let title = "Billing";
        let say = || tr!("More: {title}", title);
        assert_eq!(
            [say(), with(Language::German, say), marked(say)],
            ["More: Billing", "Mehr: Billing", "⟦More: Billing⟧"]
        );
        let count = |n: usize| tr!("{n} leaf" | "{n} leaves" % n);
        assert_eq!([count(1), count(2), marked(|| count(2))], ["1 leaf", "2 leaves", "⟦2 leaves⟧"]);
    }
}
