//! Small files of the program's own, such as settings: whatever became of them, the program starts, and what can be kept is kept.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use indexmap::IndexMap;

use super::{ron_options, safe_write::write_file};
use crate::ron_text::{Token, Tokens};

/// Settings are a few kilobytes; of what is larger only the beginning is looked at.
const MAX_STATE_BYTES: u64 = 1024 * 1024;

/// The text of a file, as far as it is text; empty if there is none.
pub(super) fn read_state(path: &Path) -> String {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_STATE_BYTES).read_to_end(&mut bytes)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            log::warn!("This file could not be read ({error}): {}", path.display());
        }
        _ => {}
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The strings in a text that are whole.
pub(super) fn whole_strings(text: &str) -> impl Iterator<Item = String> {
    Tokens::from(text, 0).filter_map(|(_, token)| string(token))
}

fn string(token: Token<'_>) -> Option<String> {
    let Token::Quoted { literal, closed: true } = token else { return None };
    ron_options().from_str(literal).ok().filter(|string: &String| !string.contains('\u{fffd}'))
}

/// Puts a damaged file aside as `NAME.damaged`, in the place of an older one of that name, for whoever wants to look into it.
pub(super) fn put_aside(path: &Path) {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".damaged");
    let aside: PathBuf = path.with_file_name(name);
    match fs::rename(path, &aside) {
        Ok(()) => log::warn!("This file was damaged, and is put aside as {}: {}", aside.display(), path.display()),
        Err(error) => log::warn!("This file is damaged and cannot be put aside ({error}): {}", path.display()),
    }
}

/// Mends a file of settings, a map of strings, before anybody reads it: one that is damaged is put aside, and its pairs that are whole are
/// written anew. Nothing happens to one that is sound or not there.
pub fn mend_settings(path: &Path) {
    if !path.exists() {
        return;
    }
    let text = read_state(path);
    let small = fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() < MAX_STATE_BYTES);
    if small && ron_options().from_str::<IndexMap<String, String>>(&text).is_ok() {
        return;
    }
    put_aside(path);
    let pairs = whole_pairs(&text);
    if pairs.is_empty() {
        return;
    }
    let written = ron_options().to_string_pretty(&pairs, ron::ser::PrettyConfig::new().new_line("\n"));
    match written.map_err(|error| error.to_string()) {
        Ok(text) => {
            if let Err(error) = write_file(path, text.as_bytes()) {
                log::warn!("The settings could not be mended: {error}");
            }
        }
        Err(error) => log::warn!("The settings could not be mended: {error}"),
    }
}

/// The pairs of strings in a text that are whole.
fn whole_pairs(text: &str) -> IndexMap<String, String> {
    let mut before = [None, None];
    let mut pairs = IndexMap::new();
    for (_, token) in Tokens::from(text, 0) {
        if let [Some(key), Some(Token::Colon)] = before
            && let (Some(key), Some(value)) = (string(key), string(token))
        {
            pairs.insert(key, value);
        }
        before = [before[1], Some(token)];
    }
    pairs
}
