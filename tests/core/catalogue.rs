//! The texts of the program and of its playbook stand in one catalogue, read off the source, and German has every one of them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test fail it where the source cannot be read")]

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use groundplan::{
    lang::PLAYBOOK,
    playbook::{PlaybookText, builtin},
};
use polib::{catalog::Catalog, message::Message, metadata::CatalogMetadata, po_file};

/// Where the catalogues are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lang")
}

/// A text: for one and, if it depends on a number, for several; with the context if it is the playbook's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    context: Option<&'static str>,
    one: String,
    several: Option<String>,
}

/// Texts with the files they stand in.
type Texts = BTreeMap<Text, Vec<String>>;

/// Every text of the program and of what it knows.
fn texts() -> Texts {
    let mut texts = texts_of_the_source();
    for PlaybookText { file, text, several } in builtin().unwrap().texts() {
        let files = texts.entry(Text { context: Some(PLAYBOOK), one: text, several }).or_default();
        let file = format!("assets/playbook/{file}");
        if !files.contains(&file) {
            files.push(file);
        }
    }
    texts
}

/// Every text that the source marks: `t("…")`, `later("…")`, `tr!("…", …)`, and those of the tables that mark theirs by their macro.
fn texts_of_the_source() -> Texts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut texts) = (vec![root.join("src")], Texts::new());
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                None if path.is_dir() && !path.ends_with("tests") && !path.ends_with("src/lang") => folders.push(path),
                Some(end) if end == "rs" => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    for path in files {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let source = fs::read_to_string(&path).unwrap();
        let tokens = tokens(source.split("#[cfg(test)]\nmod tests {").next().unwrap());
        for (text, several) in marked(&tokens).into_iter().chain(in_tables(&tokens)) {
            let places = texts.entry(Text { context: None, one: text, several }).or_default();
            if places.last() != Some(&name) {
                places.push(name.clone());
            }
        }
    }
    texts
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// Words, strings and signs of a source text; comments, characters and raw strings are left out.
fn tokens(source: &str) -> Vec<Token> {
    let (mut tokens, mut rest) = (Vec::new(), source);
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' => {
                let (text, end) = quoted(rest);
                tokens.push(Token::Text(text));
                end
            }
            'r' if rest.starts_with("r#\"") => rest.find("\"#").map_or(rest.len(), |at| at + 2),
            '\'' => after_quote(rest),
            _ if first.is_alphanumeric() || first == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..end].to_owned()));
                end
            }
            _ => {
                if !first.is_whitespace() {
                    tokens.push(Token::Sign(first));
                }
                first.len_utf8()
            }
        };
        rest = &rest[end..];
    }
    tokens
}

/// What stands between quotes at the start of this, and where it ends.
fn quoted(source: &str) -> (String, usize) {
    let (mut text, mut characters) = (String::new(), source.char_indices().skip(1));
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (text, at + 1),
            '\\' => match characters.next().unwrap().1 {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                '0' => text.push('\0'),
                'u' => {
                    let code: String = characters.by_ref().map(|(_, c)| c).skip(1).take_while(|c| *c != '}').collect();
                    text.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
                }
                '\n' => {
                    let after = &source[at + 2..];
                    let blanks = after.len() - after.trim_start().len();
                    for _ in 0..after[..blanks].chars().count() {
                        characters.next();
                    }
                }
                same => text.push(same),
            },
            other => text.push(other),
        }
    }
    panic!("a string without an end: {}", &source[..source.len().min(60)]);
}

/// The end of a character or of the name of a lifetime.
fn after_quote(source: &str) -> usize {
    let mut rest = source.char_indices().skip(1);
    match rest.next() {
        Some((at, '\\')) => source[at + 2..].find('\'').map_or(source.len(), |end| at + 2 + end + 1),
        Some(_) => match rest.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => source.len(),
    }
}

fn marked(tokens: &[Token]) -> Vec<(String, Option<String>)> {
    let word = |at: Option<usize>, words: &[&str]| matches!(at.and_then(|at| tokens.get(at)), Some(Token::Word(word)) if words.contains(&word.as_str()));
    let sign = |at: Option<usize>, sign: char| at.and_then(|at| tokens.get(at)) == Some(&Token::Sign(sign));
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Text(text) = token else { continue };
        let before = |by: usize| at.checked_sub(by);
        let opened = sign(before(1), '(');
        let called = opened && word(before(2), &["t", "later"]) && !sign(before(3), '.');
        let put_in = opened && sign(before(2), '!') && word(before(3), &["tr"]);
        let several = match (sign(Some(at + 1), '|'), tokens.get(at + 2)) {
            (true, Some(Token::Text(several))) if put_in => Some(several.clone()),
            _ => None,
        };
        if called || put_in {
            found.push((text.clone(), several));
        }
    }
    found
}

/// The macros whose rows are texts, with which of a row's strings those are.
const TABLES: [(&str, &[usize]); 2] = [("table", &[1, 2]), ("kinds", &[1, 2])];

fn in_tables(tokens: &[Token]) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for (name, texts) in TABLES {
        let Some(begin) = tokens.windows(3).position(|three| {
            three[0] == Token::Word(name.to_owned()) && three[1] == Token::Sign('!') && three[2] == Token::Sign('{')
        }) else {
            continue;
        };
        let mut row = Vec::new();
        let mut depth = 0;
        for token in &tokens[begin + 2..] {
            match token {
                Token::Sign('{' | '(' | '[') => depth += 1,
                Token::Sign('}' | ')' | ']') => depth -= 1,
                Token::Text(text) if depth == 1 => row.push(text.clone()),
                _ => {}
            }
            if depth == 0 || (depth == 1 && *token == Token::Sign(';')) {
                found.extend(texts.iter().filter_map(|at| row.get(*at)).map(|text| (text.clone(), None)));
                row.clear();
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

/// A catalogue of all texts, each said as `said` has it.
fn catalogue(language: &str, said: impl Fn(&Text) -> Option<Vec<String>>) -> Vec<u8> {
    let head = "Project-Id-Version: Groundplan\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\
                Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n";
    let metadata = CatalogMetadata::parse(&format!("{head}Language: {language}\n")).unwrap();
    let mut catalog = Catalog::new(metadata);
    for (one, files) in texts() {
        let said = said(&one).unwrap_or_default();
        let Text { context, one: text, several } = one;
        let mut message = if several.is_some() { Message::build_plural() } else { Message::build_singular() };
        message.with_source(files.join(" "));
        message.with_msgid(text);
        if let Some(context) = context {
            message.with_msgctxt(context.to_owned());
        }
        if let Some(several) = several {
            message.with_msgid_plural(several);
            message.with_msgstr_plural(if said.is_empty() { vec![String::new(); 2] } else { said });
        } else {
            message.with_msgstr(said.into_iter().next().unwrap_or_default());
        }
        catalog.append_or_update(message.done());
    }
    let mut writer = std::io::BufWriter::new(Vec::new());
    po_file::write(&catalog, &mut writer).unwrap();
    writer.into_inner().unwrap()
}

fn german() -> Catalog {
    po_file::parse_from_reader(fs::read(folder().join("de.po")).unwrap().as_slice()).unwrap()
}

/// The places of a text where something is put in, in order of their names.
fn holes(text: &str) -> Vec<String> {
    let mut holes: Vec<String> =
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(hole, _)| hole.to_owned()).collect();
    holes.sort();
    holes
}

#[test]
fn the_catalogue_has_every_text_of_the_source_and_german_says_each() {
    let german = german();
    let said = |Text { context, one: text, several }: &Text| {
        let message = german.find_message(*context, text, several.as_deref())?;
        message.is_translated().then(|| match message.msgstr_plural() {
            Ok(several) => several.clone(),
            Err(_) => vec![message.msgstr().unwrap().to_owned()],
        })
    };
    let files = [("groundplan.pot", catalogue("", |_| None)), ("de.po", catalogue("de", said))];
    for (name, written) in files {
        let path = folder().join(name);
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &written).unwrap();
        }
        let is = fs::read(&path).unwrap_or_default();
        assert!(is == written, "{name} is not what the source says; UPDATE_GOLDEN=1 writes it anew");
    }
    let texts = texts();
    let missing: Vec<&str> = texts.keys().filter(|text| said(text).is_none()).map(|text| text.one.as_str()).collect();
    assert!(
        missing.is_empty(),
        "German lacks {} texts, the first of them {:#?}",
        missing.len(),
        &missing[..missing.len().min(30)]
    );
}

#[test]
fn a_translation_puts_in_what_the_text_does_and_keeps_the_blanks_around_it() {
    let mut wrong = Vec::new();
    let blanks = |text: &str| (text.starts_with(' '), text.ends_with(' '), text.matches('\n').count());
    for message in german().messages().filter(|message| message.is_translated()) {
        let text = message.msgid();
        let said = message.msgstr_plural().cloned().unwrap_or_else(|_| vec![message.msgstr().unwrap().to_owned()]);
        for said in said {
            // Of one thing the number may go without saying.
            let same = holes(text) == holes(&said)
                || message.is_plural() && holes(&said).iter().all(|hole| holes(text).contains(hole));
            if !same || blanks(text) != blanks(&said) {
                wrong.push(format!("{text:?}: {said:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn texts_are_read_off_the_source_as_the_compiler_reads_them() {
    let source = r#"
        // t("no")
        let a = (t("one \"two\" \u{b7}"), tr!("{n} a" | "{n} b" % n), x.t("no"), later("long \
            line"), 'x', '\'', format!("no"));
        fn f<'a>(b: &'a str) {}
        table! { File 0 Nothing "id" "Text" "Help" [ctrl("N")] always, |s| s.request("no"); }
    "#;
    let tokens = tokens(source);
    let mut found = marked(&tokens);
    found.extend(in_tables(&tokens));
    let found: Vec<(&str, Option<&str>)> =
        found.iter().map(|(one, several)| (one.as_str(), several.as_deref())).collect();
    let expected =
        [("one \"two\" ·", None), ("{n} a", Some("{n} b")), ("long line", None), ("Text", None), ("Help", None)];
    assert_eq!(found, expected);
}
