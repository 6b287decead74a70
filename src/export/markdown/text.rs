//! The pieces of a Markdown document, and text that stays text in it.

use crate::text::one_line;

/// A document that grows block by block, with a blank line between blocks.
#[derive(Default)]
pub(super) struct Report {
    text: String,
}

impl Report {
    /// The one title.
    pub(super) fn title(&mut self, text: &str) {
        self.line(&format!("# {text}"));
    }

    /// The heading of a section.
    pub(super) fn heading(&mut self, text: &str) {
        self.line(&format!("## {text}"));
    }

    /// A block of its own.
    pub(super) fn line(&mut self, block: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block.trim_end());
        self.text.push('\n');
    }

    /// A bullet a line.
    pub(super) fn list(&mut self, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
        self.line(&items.join("\n"));
    }

    /// A table; the column of a title that starts with `>` stands to the right.
    pub(super) fn table(&mut self, titles: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut table = row(titles.iter().map(|title| title.trim_start_matches('>').to_owned()).collect());
        table += &row(titles.iter().map(|t| if t.starts_with('>') { "---:" } else { "---" }.to_owned()).collect());
        table.extend(rows.map(row));
        self.line(&table);
    }

    /// The finished document.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// Text on one line in which nothing is taken for markup, whatever people call their components.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in one_line(text).split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        word.chars().for_each(|character| push(&mut escaped, character));
    }
    escaped
}

/// An amount in a currency that people have named themselves; its spaces stay, and so does a dollar sign, as nothing follows that it
/// could open.
pub(super) fn amount(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        if character == '$' { escaped.push('$') } else { push(&mut escaped, character) }
    }
    escaped
}

fn push(escaped: &mut String, character: char) {
    match character {
        '<' => escaped.push_str("&lt;"),
        '>' => escaped.push_str("&gt;"),
        '&' => escaped.push_str("&amp;"),
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '!' | '^' => {
            escaped.push('\\');
            escaped.push(character);
        }
        _ => escaped.push(character),
    }
}

/// Free text as a quotation, line by line.
pub(super) fn quote(text: &str) -> String {
    let line = |line: &str| {
        let mut line = escape(line);
        // A number or dash in front would start a list.
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if line.starts_with(['-', '+', '=']) || (digits > 0 && line[digits..].starts_with(['.', ')'])) {
            line.insert(digits, '\\');
        }
        format!("> {line}").trim_end().to_owned()
    };
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        assert_eq!(
            escape("a|b\n<script> *x* [y](z) `q` #1 & \\"),
            "a\\|b &lt;script&gt; \\*x\\* \\[y\\](z) \\`q\\` \\#1 &amp; \\\\"
        );
        assert_eq!(escape("  \t\u{0} "), "");
        assert_eq!(escape("Shop \u{202e}x"), "Shop x");
        let amounts = ["$1,000", "12\u{a0}|", "<img/src=x>5"].map(amount);
        assert_eq!(amounts, ["$1,000", "12\u{a0}\\|", "&lt;img/src=x&gt;5"]);
        assert_eq!(quote("1. one\n- two\n\n> three\n4 five"), "> 1\\. one\n> \\- two\n>\n> &gt; three\n> 4 five");
    }
}
