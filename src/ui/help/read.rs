//! A document in Markdown as blocks of spans: what of the language our documents use.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A run of text that looks the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Stands out.
    pub strong: bool,
    /// What something in the window is called.
    pub emphasis: bool,
    /// As it is typed.
    pub code: bool,
    /// Where it leads, as the document writes it.
    pub link: Option<String>,
}

/// A piece of a document, one below the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of a section: how deep (1 is that of the document), and its words.
    Heading(u8, Vec<Span>),
    /// Running text.
    Paragraph(Vec<Span>),
    /// An entry of a list: how deep (0 is outermost), its mark, its words.
    Item(usize, String, Vec<Span>),
    /// Lines as they are typed, and how deep in lists they stand.
    Code(usize, String),
    /// The head and the rows of a table, each a list of cells.
    Table(Vec<Vec<Vec<Span>>>),
}

impl Block {
    /// Everything that it says, cell by cell.
    pub fn texts(&self) -> Vec<&[Span]> {
        match self {
            Self::Heading(_, spans) | Self::Paragraph(spans) | Self::Item(_, _, spans) => vec![spans],
            Self::Code(..) => Vec::new(),
            Self::Table(rows) => rows.iter().flatten().map(Vec::as_slice).collect(),
        }
    }

    /// The same, to be changed.
    pub fn texts_mut(&mut self) -> Vec<&mut Vec<Span>> {
        match self {
            Self::Heading(_, spans) | Self::Paragraph(spans) | Self::Item(_, _, spans) => vec![spans],
            Self::Code(..) => Vec::new(),
            Self::Table(rows) => rows.iter_mut().flatten().collect(),
        }
    }

    /// The same as plain text.
    pub fn plain(&self) -> String {
        match self {
            Self::Code(_, lines) => lines.clone(),
            _ => self.texts().into_iter().map(plain).collect::<Vec<_>>().join(" "),
        }
    }
}

/// Spans as plain text.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Reads a document.
pub fn read(text: &str) -> Vec<Block> {
    let mut reading = Reading::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reading.event(event);
    }
    reading.blocks
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    /// How what comes next looks.
    look: Span,
    /// The lists that are open, each with the number of its next entry if it has numbers.
    lists: Vec<Option<u64>>,
    /// The mark of the entry that has begun and said nothing yet.
    mark: Option<String>,
    in_code: bool,
    rows: Vec<Vec<Vec<Span>>>,
}

impl Reading {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.push(&words, false),
            Event::Code(words) => self.push(&words, true),
            Event::SoftBreak | Event::HardBreak => self.push(" ", false),
            // Our documents have none of these.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn push(&mut self, words: &str, code: bool) {
        let code = code || self.in_code;
        match self.spans.last_mut() {
            Some(last) if last.code == code && same_look(last, &self.look) => last.text.push_str(words),
            _ => self.spans.push(Span { text: words.to_owned(), code, ..self.look.clone() }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.look.emphasis = true,
            Tag::Strong => self.look.strong = true,
            Tag::Link { dest_url, .. } => self.look.link = Some(dest_url.into_string()),
            Tag::CodeBlock(_) => {
                self.end_of_words();
                self.in_code = true;
            }
            Tag::List(first) => {
                // An entry that has entries of its own.
                self.end_of_words();
                self.lists.push(first);
            }
            Tag::Item => {
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                });
            }
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.look.emphasis = false,
            TagEnd::Strong => self.look.strong = false,
            TagEnd::Link => self.look.link = None,
            TagEnd::Heading(level) => {
                let spans = std::mem::take(&mut self.spans);
                self.blocks.push(Block::Heading(depth_of(level), spans));
            }
            TagEnd::Paragraph | TagEnd::Item => self.end_of_words(),
            TagEnd::CodeBlock => {
                self.in_code = false;
                let lines = plain(&std::mem::take(&mut self.spans)).trim_end().to_owned();
                self.blocks.push(Block::Code(self.lists.len(), lines));
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.spans);
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.blocks.push(Block::Table(std::mem::take(&mut self.rows))),
            _ => {}
        }
    }

    /// A paragraph, or an entry of a list, is over.
    fn end_of_words(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.is_empty() {
            return;
        }
        self.blocks.push(match self.lists.len() {
            0 => Block::Paragraph(spans),
            depth => Block::Item(depth - 1, self.mark.take().unwrap_or_default(), spans),
        });
    }
}

fn same_look(a: &Span, b: &Span) -> bool {
    (a.strong, a.emphasis, &a.link) == (b.strong, b.emphasis, &b.link)
}

fn depth_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_of_block_is_read_with_its_words() {
        let text = "# Title\n\nOne *two* **three** `four` [five](six.md).\n\n1. a\n   - b\n2. c\n\n```\nx = 1\n```\n\n| h | |\n|---|---|\n| `k` | v |\n";
        let blocks = read(text);
        let shapes: Vec<String> = blocks
            .iter()
            .map(|block| match block {
                Block::Heading(depth, spans) => format!("h{depth} {}", plain(spans)),
                Block::Paragraph(spans) => format!("p {}", spans.len()),
                Block::Item(depth, mark, spans) => format!("{depth} {mark} {}", plain(spans)),
                Block::Code(depth, lines) => format!("code {depth} {lines}"),
                Block::Table(rows) => format!("table {}x{}", rows.len(), rows[0].len()),
            })
            .collect();
        assert_eq!(shapes, ["h1 Title", "p 9", "0 1. a", "1 • b", "0 2. c", "code 0 x = 1", "table 2x2"]);
        let Block::Paragraph(spans) = &blocks[1] else { panic!("{blocks:?}") };
        assert!(spans[1].emphasis && spans[3].strong && spans[5].code);
        assert_eq!(spans[7].link.as_deref(), Some("six.md"));
    }
}
