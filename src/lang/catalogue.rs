//! The catalogues, read the first time that their language is spoken.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{LazyLock, Mutex, Once},
};

use super::{Language, Spoken, THREAD, current};

static GERMAN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("../../assets/lang/de.po")));

/// The context (`msgctxt`) of what the playbook says in a catalogue. There `Search` is what people can do, in the program what a button does.
pub const PLAYBOOK: &str = "playbook";

/// Texts of one language by those of the source.
#[derive(Default)]
pub(super) struct Catalogue {
    program: Texts,
    playbook: Texts,
}

/// The texts of one context.
#[derive(Default)]
struct Texts {
    texts: HashMap<&'static str, &'static str>,
    /// By the text for one: the text for one and for any other number.
    counted: HashMap<&'static str, [&'static str; 2]>,
}

/// The catalogue of a language; the source's own has none.
pub(super) fn of(language: Language) -> Option<&'static Catalogue> {
    match language {
        Language::English => None,
        Language::German => Some(&GERMAN),
    }
}

impl Catalogue {
    /// Reads a catalogue; one that cannot be read has nothing, so everything is said in English. It stays as long as the program runs,
    /// which is what lets a translation stand where a text of the source stood.
    fn read(text: &str) -> Self {
        let mut catalogue = Self::default();
        let read = match polib::po_file::parse_from_reader(text.as_bytes()) {
            Ok(read) => read,
            Err(error) => {
                log::error!("a catalogue cannot be read: {error}");
                return catalogue;
            }
        };
        let keep = |text: &str| -> &'static str { text.to_owned().leak() };
        for message in read.messages().filter(|message| message.is_translated() && !message.is_fuzzy()) {
            let Texts { texts, counted } =
                if message.msgctxt() == Some(PLAYBOOK) { &mut catalogue.playbook } else { &mut catalogue.program };
            if message.is_plural() {
                let forms = message.msgstr_plural().ok().map(Vec::as_slice);
                if let Some([one, more]) = forms {
                    counted.insert(keep(message.msgid()), [keep(one), keep(more)]);
                }
            } else if let Ok(said) = message.msgstr() {
                texts.insert(keep(message.msgid()), keep(said));
            }
        }
        catalogue
    }

    pub(super) fn text(&self, text: &str) -> Option<&'static str> {
        self.program.texts.get(text).copied()
    }

    /// A text of the playbook.
    pub(super) fn of_playbook(&self, text: &str) -> Option<&'static str> {
        self.playbook.texts.get(text).copied()
    }

    /// A text of the playbook that depends on a number, by its words for one: those for one and for any other number.
    pub(super) fn counted_of_playbook(&self, one: &str) -> Option<[&'static str; 2]> {
        self.playbook.counted.get(one).copied()
    }
}

/// The catalogue that marks are made by: whatever a language has comes from one.
pub(super) fn any() -> &'static Catalogue {
    &GERMAN
}

/// What the macro asks; a translator of one language each time, so that a language is a matter of the thread.
struct Asked;

impl tr::Translator for Asked {
    fn translate<'a>(&'a self, text: &'a str, _context: Option<&'a str>) -> Cow<'a, str> {
        if matches!(THREAD.get(), Spoken::Marked) {
            return Cow::Owned(format!("⟦{text}⟧"));
        }
        Cow::Borrowed(of(current()).and_then(|catalogue| catalogue.text(text)).unwrap_or(text))
    }

    fn ntranslate<'a>(&'a self, n: u64, one: &'a str, more: &'a str, _context: Option<&'a str>) -> Cow<'a, str> {
        let [one, more] = match of(current()).and_then(|catalogue| catalogue.program.counted.get(one).copied()) {
            Some(forms) => forms,
            None => [one, more],
        };
        let text = if n == 1 { one } else { more };
        if matches!(THREAD.get(), Spoken::Marked) { Cow::Owned(format!("⟦{text}⟧")) } else { Cow::Borrowed(text) }
    }
}

/// Makes the macro ask here; the first call does it, and the others wait for that.
pub fn join() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tr::set_translator!(Asked));
}

/// A text between marks, kept for as long as the program runs.
pub(super) fn mark(text: &str) -> &'static str {
    static MARKED: LazyLock<Mutex<HashMap<String, &'static str>>> = LazyLock::new(Mutex::default);
    let mut marked = MARKED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    marked.entry(text.to_owned()).or_insert_with(|| format!("⟦{text}⟧").leak())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_says_what_is_translated_and_sure() {
        let catalogue = Catalogue::read(
            "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n\
             msgid \"Save\"\nmsgstr \"Speichern\"\n\n\
             msgid \"Open\"\nmsgstr \"\"\n\n\
             #, fuzzy\nmsgid \"Close\"\nmsgstr \"Zu\"\n\n\
             msgid \"{n} leaf\"\nmsgid_plural \"{n} leaves\"\nmsgstr[0] \"{n} Blatt\"\nmsgstr[1] \"{n} Blätter\"\n\n\
             msgctxt \"playbook\"\nmsgid \"Save\"\nmsgstr \"Rettung\"\n\n\
             msgctxt \"playbook\"\nmsgid \"{} leaf\"\nmsgid_plural \"{} leaves\"\nmsgstr[0] \"{} Blatt\"\nmsgstr[1] \"{} Blätter\"\n",
        );
        assert_eq!(["Save", "Open", "Close"].map(|text| catalogue.text(text)), [Some("Speichern"), None, None]);
        assert_eq!(catalogue.program.counted.get("{n} leaf"), Some(&["{n} Blatt", "{n} Blätter"]));
        assert_eq!(catalogue.of_playbook("Save"), Some("Rettung"), "what the playbook says has words of its own");
        assert_eq!(catalogue.counted_of_playbook("{} leaf"), Some(["{} Blatt", "{} Blätter"]));
        assert_eq!(catalogue.counted_of_playbook("{n} leaf"), None);
        assert!(Catalogue::read("msgstr \"no key\"").program.texts.is_empty());
    }
}
