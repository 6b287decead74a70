//! The house rules of ARCHITECTURE.md that no compiler checks, read off the source text.

#![expect(clippy::expect_used, reason = "the helpers of a test fail it where the source cannot be read")]

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

const MAX_FILE_LINES: usize = 600;
const MAX_FUNCTION_LINES: usize = 60;

/// The room that all others may know: the language that people are spoken to in.
const EVERYBODYS: &str = "lang";

/// Every room, and the rooms it may know: the arrows of ARCHITECTURE.md. What helps everybody comes first.
const ARROWS: [(&str, &[&str]); 22] = [
    (EVERYBODYS, &[]),
    ("progress", &[]),
    ("palette", &[]),
    ("text", &[]),
    ("ron_dialect", &[]),
    ("ron_text", &["ron_dialect", "text"]),
    ("icons", &["project"]),
    ("project", &["text"]),
    ("playbook", &["project", "ron_dialect", "ron_text", "text"]),
    ("geometry", &["progress", "project"]),
    ("figures", &["assess", "playbook", "project", "text"]),
    ("assess", &["explain", "figures", "geometry", "palette", "playbook", "progress", "project", "text"]),
    ("explain", &["assess", "figures", "geometry", "playbook", "project", "text"]),
    ("find", &["assess", "explain", "playbook", "project", "text"]),
    ("storage", &["assess", "geometry", "playbook", "progress", "project", "ron_dialect", "ron_text", "text"]),
    ("export", &["assess", "explain", "figures", "geometry", "icons", "palette", "playbook", "project", "text"]),
    (
        "session",
        &[
            "assess",
            "explain",
            "export",
            "figures",
            "geometry",
            "playbook",
            "progress",
            "project",
            "ron_dialect",
            "ron_text",
            "storage",
            "text",
        ],
    ),
    (
        "cli",
        &[
            "assess", "explain", "export", "figures", "find", "geometry", "playbook", "progress", "project",
            "ron_text", "storage", "text",
        ],
    ),
    (
        "ui",
        &[
            "assess", "explain", "export", "figures", "find", "geometry", "icons", "palette", "playbook", "progress",
            "project", "session", "text",
        ],
    ),
    (
        "app",
        &[
            "assess", "cli", "explain", "export", "figures", "geometry", "icons", "palette", "playbook", "progress",
            "project", "session", "storage", "text", "ui",
        ],
    ),
    ("lib", &[]),
    ("main", &["app", "cli"]),
];

/// The rooms that know the toolkit.
const WINDOW: [&str; 4] = ["ui", "app", "lib", "main"];

/// A file in three readings, line for line the same.
struct Source {
    path: PathBuf,
    /// As it stands.
    raw: String,
    /// Without comments and tests (`#[cfg(test)]` items, and files called tests.rs or in a folder called tests).
    text: String,
    /// Without comments, tests and what stands between quotes.
    code: String,
}

impl Source {
    fn new(path: PathBuf, raw: String) -> Self {
        let Blanked { mut text, mut code } = blank(&raw);
        let all_test = path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        let mut tests = test_items(&code);
        if all_test {
            tests.push(0..raw.len());
        }
        for range in tests {
            hide(&mut text, range.clone());
            hide(&mut code, range);
        }
        let string = |bytes: Vec<u8>| String::from_utf8(bytes).expect("blanked whole characters only");
        Self { path, raw, text: string(text), code: string(code) }
    }

    /// The folder or file of `src/` it belongs to.
    fn room(&self) -> String {
        let part = self.path.components().nth(1).map(|part| part.as_os_str().to_string_lossy().into_owned());
        part.unwrap_or_default().trim_end_matches(".rs").to_owned()
    }

    fn is_under(&self, folder: &str) -> bool {
        self.path.starts_with(Path::new("src").join(folder))
    }

    /// `path:line: what` for every line of `reading` of which `wrong` says what is wrong.
    fn complaints(&self, reading: &str, wrong: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let lines = reading.lines().enumerate();
        lines
            .filter_map(|(i, line)| wrong(line).map(|what| format!("{}:{}: {what}", self.path.display(), i + 1)))
            .collect()
    }
}

struct Blanked {
    text: Vec<u8>,
    code: Vec<u8>,
}

/// Replaces all but line ends by spaces.
fn hide(bytes: &mut [u8], range: Range<usize>) {
    bytes[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Takes comments out of both readings and the insides of strings and characters out of `code`.
fn blank(raw: &str) -> Blanked {
    let bytes = raw.as_bytes();
    let (mut text, mut code) = (bytes.to_vec(), bytes.to_vec());
    let mut at = 0;
    while at < bytes.len() {
        let end = if bytes[at..].starts_with(b"//") {
            let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n);
            hide(&mut text, at..end);
            hide(&mut code, at..end);
            end
        } else if bytes[at..].starts_with(b"/*") {
            let end = end_of_block_comment(bytes, at);
            hide(&mut text, at..end);
            hide(&mut code, at..end);
            end
        } else if let Some(end) = end_of_quoted(bytes, at) {
            hide(&mut code, at..end);
            end
        } else {
            at + 1
        };
        at = end;
    }
    Blanked { text, code }
}

fn end_of_block_comment(bytes: &[u8], start: usize) -> usize {
    let (mut depth, mut at) = (0, start);
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// The end of the string or character that starts at `at`, if one does; lifetimes are none.
fn end_of_quoted(bytes: &[u8], at: usize) -> Option<usize> {
    let after_word = at > 0 && is_word(bytes[at - 1]);
    match bytes[at] {
        b'r' if !after_word || bytes[at - 1] == b'b' => end_of_raw_string(bytes, at),
        b'"' => end_of_escaped(bytes, at, b'"'),
        b'\'' if bytes.get(at + 1) == Some(&b'\\') => end_of_escaped(bytes, at, b'\''),
        b'\'' => {
            let character = std::str::from_utf8(&bytes[at + 1..]).ok()?.chars().next()?;
            let close = at + 1 + character.len_utf8();
            (bytes.get(close) == Some(&b'\'')).then_some(close + 1)
        }
        _ => None,
    }
}

fn end_of_escaped(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

fn end_of_raw_string(bytes: &[u8], start: usize) -> Option<usize> {
    let hashes = bytes[start + 1..].iter().take_while(|b| **b == b'#').count();
    if bytes.get(start + 1 + hashes) != Some(&b'"') {
        return None;
    }
    let close = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
    let body = start + 2 + hashes;
    let length = bytes[body..].windows(close.len()).position(|window| window == close)?;
    Some(body + length + close.len())
}

/// Where the items under `#[cfg(test)]` are, attribute included.
fn test_items(code: &[u8]) -> Vec<Range<usize>> {
    let needle = b"#[cfg(test)]";
    let starts = (0..code.len()).filter(|at| code[*at..].starts_with(needle));
    starts.map(|start| start..end_of_item(code, start + needle.len())).collect()
}

/// The end of the item whose head starts at `from`: its closing brace, or the semicolon if it has no body.
fn end_of_item(code: &[u8], from: usize) -> usize {
    let (mut braces, mut others) = (0_usize, 0_usize);
    for (at, byte) in code.iter().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => others += 1,
            b')' | b']' => others = others.saturating_sub(1),
            b'{' => braces += 1,
            b'}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return at + 1;
                }
            }
            b';' if braces == 0 && others == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Name, first line and number of lines of every function with a body.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let bytes = code.as_bytes();
    let line_of = |at: usize| code[..at].matches('\n').count() + 1;
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if at > 0 && is_word(bytes[at - 1]) {
            continue;
        }
        let name: String =
            code[at + 3..].trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name.is_empty() {
            continue;
        }
        let end = end_of_item(bytes, at);
        let (first, last) = (line_of(at), line_of(end.saturating_sub(1)));
        found.push((name, first, last - first + 1));
    }
    found
}

fn sources() -> Vec<Source> {
    sources_in(&["src"])
}

fn sources_in(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("source is readable") {
            let path = entry.expect("source is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let raw = fs::read_to_string(&path).expect("source is text");
                found.push(Source::new(path.strip_prefix(root).expect("under the root").to_owned(), raw));
            }
        }
    }
    assert!(!found.is_empty(), "no source was seen");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn assert_none(complaints: &[String], rule: &str) {
    assert!(complaints.is_empty(), "{rule}:\n{}", complaints.join("\n"));
}

#[test]
fn no_file_is_longer_than_600_lines() {
    let long = |source: &Source| {
        let lines = source.raw.lines().count();
        (lines > MAX_FILE_LINES).then(|| format!("{}: {lines} lines", source.path.display()))
    };
    let all = sources_in(&["src", "tests", "benches"]);
    assert_none(&all.iter().filter_map(long).collect::<Vec<_>>(), "a module is one idea; make a folder of it");
}

#[test]
fn no_function_is_longer_than_60_lines() {
    let mut long = Vec::new();
    let mut seen = 0;
    for source in sources() {
        for (name, line, lines) in functions(&source.code) {
            seen += 1;
            if lines > MAX_FUNCTION_LINES {
                long.push(format!("{}:{line}: {name} has {lines} lines", source.path.display()));
            }
        }
    }
    assert!(seen > 0, "no function was seen");
    assert_none(&long, "a function fits on a screen");
}

/// A file that its program does not name is compiled by nobody, and its tests cannot fail.
#[test]
fn every_file_of_tests_is_part_of_its_program() {
    let found = sources_in(&["tests/core", "tests/screen", "tests/saving"]);
    let named = |file: &Source| {
        let (Some(folder), Some(name)) = (file.path.parent(), file.path.file_stem()) else { return true };
        let program = found.iter().find(|other| other.path == folder.join("main.rs"));
        let line = format!("mod {};", name.to_string_lossy());
        program.is_none_or(|program| name == "main" || program.raw.lines().any(|found| found.trim() == line))
    };
    let missing: Vec<String> =
        found.iter().filter(|file| !named(file)).map(|file| file.path.display().to_string()).collect();
    assert_none(&missing, "`mod` in the main.rs beside it");
}

#[test]
fn nothing_below_the_window_names_the_toolkit() {
    let named = |line: &str| ["egui", "eframe"].iter().find(|name| line.contains(**name)).map(|n| format!("names {n}"));
    let core = sources().into_iter().filter(|source| !WINDOW.contains(&source.room().as_str()));
    assert_none(&core.flat_map(|s| s.complaints(&s.code, named)).collect::<Vec<_>>(), "arrows run one way");
}

/// The rooms that a file names: what follows `crate::`, also in braces.
fn named_rooms(code: &str) -> Vec<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if at > 0 && (is_word(code.as_bytes()[at - 1]) || code[..at].ends_with('$')) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if !rest.starts_with('{') {
            rooms.push(word(rest));
            continue;
        }
        let (mut depth, mut begins) = (0_usize, false);
        for (i, byte) in rest.bytes().enumerate() {
            match byte {
                b'{' => (depth, begins) = (depth + 1, true),
                b'}' if depth == 1 => break,
                b'}' => depth -= 1,
                b',' => begins = true,
                _ if byte.is_ascii_whitespace() => {}
                _ => {
                    if begins && depth == 1 {
                        rooms.push(word(&rest[i..]));
                    }
                    begins = false;
                }
            }
        }
    }
    rooms
}

#[test]
fn arrows_run_one_way() {
    let mut complaints = Vec::new();
    for source in sources() {
        let room = source.room();
        let Some((_, known)) = ARROWS.iter().find(|(name, _)| *name == room) else {
            complaints.push(format!("{}: the table of arrows has no room {room}", source.path.display()));
            continue;
        };
        for named in named_rooms(&source.code) {
            let is_room = ARROWS.iter().any(|(name, _)| *name == named);
            if is_room && named != EVERYBODYS && named != room && !known.contains(&named.as_str()) {
                complaints.push(format!("{}: {room} knows {named}", source.path.display()));
            }
        }
    }
    assert_none(&complaints, "each room knows only what the table of arrows says");
    let named = named_rooms("use crate::{a::{b, c}, d, e::f}; crate::g::h(); $crate::i");
    assert_eq!(named, ["a", "d", "e", "g"]);
}

#[test]
fn frameworks_are_data() {
    let named = |line: &str| {
        let line = line.to_lowercase();
        ["django", "fastapi"].iter().find(|name| line.contains(**name)).map(|name| format!("names {name}"))
    };
    let found: Vec<_> = sources().iter().flat_map(|s| s.complaints(&s.text, named)).collect();
    assert_none(&found, "a framework must be addable in assets/playbook alone");
}

#[test]
fn colours_are_tokens() {
    let makers =
        ["from_rgb", "from_rgba", "from_gray", "from_hex", "from_black_alpha", "from_white_alpha", "hex_color!"];
    let raw = |line: &str| {
        let maker = makers.iter().find(|maker| line.contains(**maker)).map(|maker| format!("calls {maker}"));
        let is_hex = |start: usize| {
            let digits = line[start + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
            matches!(digits, 3 | 6 | 8) && line[start + 2 + digits..].starts_with('"')
        };
        maker.or_else(|| line.match_indices("\"#").any(|(at, _)| is_hex(at)).then(|| "writes a colour".to_owned()))
    };
    let elsewhere = sources().into_iter().filter(|source| !source.is_under("ui/theme"));
    assert_none(
        &elsewhere.flat_map(|s| s.complaints(&s.text, raw)).collect::<Vec<_>>(),
        "colours live in src/palette.rs; the toolkit's are made of them in src/ui/theme",
    );
    // The theme has no number of its own either: what the window shows, an exported drawing can show.
    let number = |line: &str| line.contains("0x").then(|| "writes a colour".to_owned());
    let theme = sources().into_iter().filter(|source| source.is_under("ui/theme"));
    assert_none(
        &theme.flat_map(|s| s.complaints(&s.code, number)).collect::<Vec<_>>(),
        "colours live in src/palette.rs",
    );
}

/// The reader above, held to the hard cases of the language; every rule stands on it.
#[test]
fn the_reader_tells_code_from_text() {
    let raw = r##"
fn first<'a>(x: &'a str) -> char { let _ = "}} fn not() {"; '{' } // } egui
/* { /* nested */ } */
fn second() -> [u8; 2] {
    let _ = r#"a "quoted" } brace"#;
    let _ = ('\'', '"', b'"', "\"}");
    [1, 2]
}
trait T { fn declared(&self) -> [u8; 3]; }
#[cfg(test)]
mod tests { fn hidden() { let _ = "django"; } }
const NAME: &str = "django";
"##;
    let source = Source::new(PathBuf::from("src/x.rs"), raw.to_owned());
    let found: Vec<_> = functions(&source.code).into_iter().map(|(name, _, lines)| (name, lines)).collect();
    let expected = [("first", 1), ("second", 5), ("declared", 1)].map(|(name, lines)| (name.to_owned(), lines));
    assert_eq!(found, expected);
    assert_eq!(source.text.matches("django").count(), 1, "only the string outside the tests");
    assert!(!source.code.contains("django") && !source.code.contains("egui"));
    assert_eq!(source.code.lines().count(), raw.lines().count());
}
