//! Closing quotes that are missing: without them everything after would be read inside out.

use crate::ron_text::{Pieced, Token, Tokens};

/// The text with a closing quote at the end of each line where one must be missing: the string goes on over lines, and the next one looks like
/// a field, an entry or a closing bracket.
pub(super) fn mended(text: &str) -> Pieced<()> {
    let mut changes = Vec::new();
    let mut at = 0;
    while let Some(quote) = Tokens::from(text, at).find_map(|(offset, token)| missing_quote(text, offset, token)) {
        changes.push((quote..quote, "\"".to_owned()));
        at = quote;
    }
    Pieced::changed(text, &changes)
}

/// Where the closing quote of a string should be, if it must be missing.
fn missing_quote(text: &str, offset: usize, token: Token<'_>) -> Option<usize> {
    let Token::Quoted { literal, .. } = token else { return None };
    let (line, rest) = literal.strip_prefix('"')?.split_once('\n')?;
    let next = rest.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let closes = next.starts_with([')', '}', ']']);
    let name = next.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let field = name.starts_with(':') && name.len() < next.len();
    // The quote before the next entry's id looks like the closing one.
    let behind = text.get(offset + literal.len()..).unwrap_or_default();
    let entry = next == "\"" && behind.starts_with(|c: char| c.is_ascii_alphanumeric());
    (closes || field || entry).then(|| offset + 1 + line.trim_end_matches([' ', '\t', '\r', ',', ')', '}', ']']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_whose_quote_is_lost_ends_with_its_line() {
        for (text, mended_text) in [
            (
                "(\n  name: \"Shop,\n  kind: worker,\n  pin: \"x\",\n)",
                "(\n  name: \"Shop\",\n  kind: worker,\n  pin: \"x\",\n)",
            ),
            ("{\n  \"a: (name: \"A\"),\n  \"b\": ()}", "{\n  \"a: (name: \"A\"\"),\n  \"b\": ()}"),
            ("(name: \"A,\n)", "(name: \"A\",\n)"),
            ("(traits: {\n  \"x\": \"many,\n  \"y\": 1,\n})", "(traits: {\n  \"x\": \"many\",\n  \"y\": 1,\n})"),
            ("(notes: \"first\n\nthen (second)\", name: \"N\")", "(notes: \"first\n\nthen (second)\", name: \"N\")"),
            ("(notes: r\"a\nb: c\")", "(notes: r\"a\nb: c\")"),
            ("(notes: \"a\n\", name: \"N\")", "(notes: \"a\n\", name: \"N\")"),
            ("{\n  \"x: 1,\n  \"y\": 2,\n}", "{\n  \"x: 1\",\n  \"y\": 2,\n}"),
        ] {
            let mended = mended(text);
            assert_eq!(mended.text, mended_text);
            assert_eq!(mended.before(mended.text.len() - 1), text.len() - 1);
        }
    }
}
