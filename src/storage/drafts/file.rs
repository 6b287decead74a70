//! What a draft's file says. It is a project like any other, under comments that tell where it came from: whoever finds one can open it.

use std::{
    ffi::OsString,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use super::Mark;

const TITLE: &str = "// A draft of Groundplan: work that was not saved. It opens like any project.";
const FROM: &str = "// from: ";
const AS: &str = "// as: ";

/// The file that unsaved work belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where it is.
    pub path: PathBuf,
    /// What it held when it was read or written last; `None` if that is not known.
    pub content: Option<Mark>,
}

impl Origin {
    /// A file of which it is not known what it holds.
    pub fn of(path: &Path) -> Self {
        Self { path: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()), content: None }
    }

    /// A file as it is now.
    pub fn now(path: &Path) -> Self {
        let origin = Self::of(path);
        Self { content: Mark::of_file(&origin.path), ..origin }
    }
}

/// The whole file of a draft.
pub(super) fn written(origin: Option<&Origin>, text: &str) -> String {
    let mut file = String::with_capacity(text.len() + 256);
    let _ = writeln!(file, "{TITLE}");
    if let Some(origin) = origin {
        let _ = writeln!(file, "{FROM}{}", coded(&origin.path));
        if let Some(content) = origin.content {
            let _ = writeln!(file, "{AS}{content}");
        }
    }
    file.push_str(text);
    file
}

/// Where a draft came from, and how many bytes of its file say so. What cannot be made out is taken for the project's text.
pub(super) fn head(file: &[u8]) -> (Option<Origin>, usize) {
    let (mut path, mut content, mut length) = (None, None, 0);
    for line in file.split_inclusive(|byte| *byte == b'\n') {
        let Ok(words) = str::from_utf8(line) else { break };
        if let Some(from) = words.strip_prefix(FROM) {
            path = decoded(from.trim_end());
        } else if let Some(known) = words.strip_prefix(AS) {
            content = known.trim_end().parse().ok();
        } else if words.trim_end() != TITLE {
            break;
        }
        length += line.len();
    }
    (path.map(|path| Origin { path, content }), length)
}

/// A path on one line of text, whatever is in it: bytes that are not printable ASCII are written as in a web address.
fn coded(path: &Path) -> String {
    let mut line = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        if (b' '..=b'~').contains(byte) && *byte != b'%' {
            line.push(char::from(*byte));
        } else {
            let _ = write!(line, "%{byte:02X}");
        }
    }
    line
}

fn decoded(line: &str) -> Option<PathBuf> {
    let mut bytes = Vec::new();
    let mut rest = line.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    os_string(bytes).map(PathBuf::from).filter(|path| path.is_absolute())
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not every run of bytes is a name")]
fn os_string(bytes: Vec<u8>) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt as _;
    Some(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> Option<OsString> {
    String::from_utf8(bytes).ok().map(OsString::from)
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn any_path_comes_back_and_the_text_is_untouched() {
        let paths: [&[u8]; 5] = [
            b"/plan.ron",
            b"/a b/100%.ron",
            b"/caf\xe9/\xff\xfe.ron",
            "/pläne/\u{202e}x.ron".as_bytes(),
            b"/a\n// as: 1-2\n.ron",
        ];
        for bytes in paths {
            let path = Path::new(std::ffi::OsStr::from_bytes(bytes));
            for content in [None, Some(Mark::of(bytes))] {
                let origin = Origin { path: path.to_owned(), content };
                let text = "// from: /elsewhere\n(format: 1)\n";
                let file = written(Some(&origin), &format!("({text}"));
                let (read, length) = head(file.as_bytes());
                assert_eq!((read, &file[length..]), (Some(origin), &*format!("({text}")));
            }
        }
    }

    #[test]
    fn a_head_that_is_not_one_is_text() {
        for file in ["", "(format: 1)", "// my own comment\n(format: 1)", "// from: relative.ron\n", "// from: /a%4"] {
            assert_eq!(head(file.as_bytes()).0, None, "{file}");
        }
        assert_eq!(head(b"\xff\xff").1, 0);
    }
}
