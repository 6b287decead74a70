//! The catalogues, read the first time that their language is spoken.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{LazyLock, Mutex, Once},
};

use super::{Language, Spoken, THREAD, current};

static GERMAN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("../../assets/lang/de.po")));

/// Texts of one language by those of the source.
pub(super) struct Catalogue {
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
        let mut catalogue = Self { texts: HashMap::new(), counted: HashMap::new() };
        let read = match polib::po_file::parse_from_reader(text.as_bytes()) {
            Ok(read) => read,
            Err(error) => {
                log::error!("a catalogue cannot be read: {error}");
                return catalogue;
            }
        };
        let keep = |text: &str| -> &'static str { text.to_owned().leak() };
        for message in read.messages().filter(|message| message.is_translated() && !message.is_fuzzy()) {
            if message.is_plural() {
                let forms = message.msgstr_plural().ok().map(Vec::as_slice);
                if let Some([one, more]) = forms {
                    catalogue.counted.insert(keep(message.msgid()), [keep(one), keep(more)]);
                }
            } else if let Ok(said) = message.msgstr() {
                catalogue.texts.insert(keep(message.msgid()), keep(said));
            }
        }
        catalogue
    }

    pub(super) fn text(&self, text: &str) -> Option<&'static str> {
        self.texts.get(text).copied()
    }
}

/// What the macro asks; a translator of one language each time, so that a language is a matter of the thread.
struct Texts;

impl tr::Translator for Texts {
    fn translate<'a>(&'a self, text: &'a str, _context: Option<&'a str>) -> Cow<'a, str> {
        if matches!(THREAD.get(), Spoken::Marked) {
            return Cow::Owned(format!("⟦{text}⟧"));
        }
        Cow::Borrowed(of(current()).and_then(|catalogue| catalogue.text(text)).unwrap_or(text))
    }

    fn ntranslate<'a>(&'a self, n: u64, one: &'a str, more: &'a str, _context: Option<&'a str>) -> Cow<'a, str> {
        let [one, more] = match of(current()).and_then(|catalogue| catalogue.counted.get(one).copied()) {
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
    ONCE.call_once(|| tr::set_translator!(Texts));
}

/// A text between marks, kept for as long as the program runs.
pub(super) fn mark(text: &'static str) -> &'static str {
    static MARKED: LazyLock<Mutex<HashMap<&'static str, &'static str>>> = LazyLock::new(Mutex::default);
    let mut marked = MARKED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    marked.entry(text).or_insert_with(|| format!("⟦{text}⟧").leak())
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
             msgid \"{n} leaf\"\nmsgid_plural \"{n} leaves\"\nmsgstr[0] \"{n} Blatt\"\nmsgstr[1] \"{n} Blätter\"\n",
        );
        assert_eq!(["Save", "Open", "Close"].map(|text| catalogue.text(text)), [Some("Speichern"), None, None]);
        assert_eq!(catalogue.counted.get("{n} leaf"), Some(&["{n} Blatt", "{n} Blätter"]));
        assert!(Catalogue::read("msgstr \"no key\"").texts.is_empty());
    }
}
