//! Quotes that are missing or too many: where a string must have begun or ended.

use std::ops::Range;

use super::{
    Mender,
    habits::{is_double, is_single},
    lexer::{Literal, Mark, Placed},
    shape::Shape,
    slip::{Quote, Slip, shown},
};

/// Bytes of a line in which a lost quote is looked for.
const MOST_LINE: usize = 8_000;
/// More characters than any field's name with blanks around it.
const MOST_FIELD: usize = 60;

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

impl<'t> Mender<'t> {
    /// Where a string really begins whose first quote may be there twice.
    pub(super) fn past_doubled_mark(&self, start: usize) -> usize {
        let Some(behind) = self.lexer.rest(start).strip_prefix("\"\"") else { return start };
        let is_empty = behind.is_empty()
            || behind.starts_with([',', ')', ']', '}', ':'])
            || behind.starts_with(char::is_whitespace);
        if is_empty { start } else { start + 1 }
    }

    /// The same, and takes out the quote too many.
    pub(super) fn past_doubled(&mut self, start: usize) -> usize {
        let real = self.past_doubled_mark(start);
        if real != start {
            self.take_out(start..real);
            self.tell(start, Slip::too_many(Mark::Quote));
        }
        real
    }

    /// Whether a string is closed on its line, and by its own quote.
    pub(super) fn is_whole_string(&mut self, start: usize) -> bool {
        match self.lexer.literal(start) {
            Literal::Closed(end) => self.past_doubled_mark(start) == start && !self.is_suspicious(start, end),
            Literal::LineEnd(_) => false,
        }
    }

    /// Whether what seems to close a string is rather the first quote of the next one.
    fn is_suspicious(&mut self, start: usize, end: usize) -> bool {
        let content = self.lexer.text.get(start + 1..end - 1).unwrap_or_default();
        let leads_on = content.trim_end().ends_with([',', ':', '(', '[', '{']) && !content.is_empty();
        let behind = self.lexer.peek(end).map(|behind| behind.mark);
        self.lexer.rest(end).starts_with(is_of_word)
            || leads_on && !matches!(behind, None | Some(Mark::Colon | Mark::Comma | Mark::Close(_)))
    }

    /// Whether a quote begins a string, or stands alone.
    pub(super) fn begins_string(&mut self, start: usize) -> bool {
        self.is_whole_string(start) || self.lexer.rest(start + 1).starts_with(is_of_word)
    }

    /// The id in quotes that begins here, and where its key ends.
    pub(super) fn key_in_quotes(&mut self, start: usize) -> (String, usize) {
        let line_end = match self.lexer.literal(start) {
            Literal::Closed(end) if !self.is_suspicious(start, end) => {
                let id = self.lexer.text.get(start + 1..end - 1).unwrap_or_default();
                return (id.to_owned(), end);
            }
            Literal::Closed(end) | Literal::LineEnd(end) => end,
        };
        let content = self.lexer.text.get(start + 1..line_end).unwrap_or_default();
        self.lexer.spend(content.len());
        let is_mark = |(at, _): &(usize, &str)| !content[at + 1..].starts_with(|c: char| c.is_ascii_lowercase());
        let colon = content.match_indices(':').find(is_mark).or_else(|| content.match_indices(':').next());
        let (id_end, behind) = if let Some((colon, _)) = colon {
            (content[..colon].trim_end_matches(|c: char| !is_of_word(c)).len(), colon)
        } else {
            let end = content.find(|c: char| !is_of_word(c)).unwrap_or(content.len());
            (end, end)
        };
        let id = content[..id_end].to_owned();
        let (id_end, behind) = (start + 1 + id_end, start + 1 + behind);
        // A mark that stands for the quote goes; blanks stay.
        let behind = if self.lexer.text[id_end..behind].trim().is_empty() { id_end } else { behind };
        self.edit(id_end..behind, "\"");
        self.tell(id_end, Slip::quote(Quote::Closing, &id));
        (id, behind)
    }

    /// The quote behind an id of which the first one is missing: a colon is behind it.
    pub(super) fn quote_of_key(&mut self, start: usize) -> Option<usize> {
        let rest = self.lexer.rest(start);
        let length = rest.bytes().take(MOST_LINE).position(|byte| b"\"\n,(){}[]".contains(&byte));
        self.lexer.spend(length.unwrap_or_else(|| rest.len().min(MOST_LINE)));
        let length = length?;
        let behind = rest[length..].strip_prefix('"')?;
        let next = behind.trim_start();
        self.lexer.spend(behind.len() - next.len());
        (length > 0 && next.starts_with(':')).then_some(start + length)
    }

    /// The closing quote of a text whose first one is missing.
    pub(super) fn quote_of_text(&mut self, start: usize) -> Option<usize> {
        let bytes = self.lexer.rest(start).as_bytes();
        let mut at = 0;
        while at < MOST_LINE {
            match bytes.get(at) {
                Some(b'"' | b'\n') | None => break,
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
            }
        }
        self.lexer.spend(at);
        if bytes.get(at) != Some(&b'"') {
            return None;
        }
        let quote = start + at;
        (at > 0 && at < MOST_LINE && self.lexer.is_end_of_value(quote + 1)).then_some(quote)
    }

    /// Where a text begins that looks like a comment, since its first quote is missing; and its last one.
    pub(super) fn text_like_comment(&mut self) -> Option<(usize, usize)> {
        let rest = self.lexer.rest(self.lexer.at);
        let blanks = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.lexer.spend(blanks);
        let at = self.lexer.at + blanks;
        let quote = rest[blanks..].starts_with('/').then(|| self.quote_of_text(at)).flatten()?;
        Some((at, quote))
    }

    /// Text in quotes, of which one may be missing.
    pub(super) fn text(&mut self, shape: &'static Shape, key: &str) {
        // Without its first quote it may begin like a comment.
        if let Some((at, quote)) = self.text_like_comment() {
            self.edit(at..at, "\"");
            self.tell(at, Slip::quote(Quote::Opening, key));
            return self.took_string(quote + 1);
        }
        let Some(first) = self.lexer.next() else { return };
        match first.mark {
            Mark::Quote => self.string(first.start, key),
            Mark::Word(word) => {
                let plain =
                    matches!(shape, Shape::Trait) && (word == "true" || word == "false" || word.parse::<f64>().is_ok());
                match self.quote_of_text(first.start).filter(|_| !plain) {
                    Some(quote) => {
                        self.open_text(first.start, quote, key);
                        self.took_string(quote + 1);
                    }
                    None if matches!(shape, Shape::Text) && self.bare_text(first, word, key) => {}
                    None => {
                        self.took_word(first, word);
                        self.grouped(first, word, key);
                    }
                }
            }
            mark => {
                let behind = self.lexer.peek(first.end);
                let has_quote =
                    behind.is_some_and(|behind| behind.mark == Mark::Quote && self.is_whole_string(behind.start));
                let is_plain =
                    matches!(shape, Shape::Trait) && behind.is_some_and(|behind| matches!(behind.mark, Mark::Word(_)));
                match self.quote_of_text(first.end) {
                    _ if has_quote => self.without(first, shape, key),
                    Some(quote) => {
                        self.edit(first.start..first.end, "\"");
                        self.tell(first.start, Slip::InsteadOfQuote { found: shown(mark), key: key.to_owned() });
                        self.took_string(quote + 1);
                    }
                    None if is_plain => self.without(first, shape, key),
                    None => self.anything(key),
                }
            }
        }
    }

    /// Supplies the first quote of a text, in the place of another sort of quote if one stands there.
    fn open_text(&mut self, start: usize, quote: usize, key: &str) {
        let first = self.lexer.rest(start).chars().next().filter(|c| is_single(*c) || is_double(*c));
        if let Some(end) = first.map(|first| start + first.len_utf8()).filter(|end| *end < quote) {
            let mark = Mark::Word(self.lexer.text.get(start..end).unwrap_or_default());
            self.edit(start..end, "\"");
            self.tell(start, Slip::InsteadOfQuote { found: shown(mark), key: key.to_owned() });
        } else {
            self.edit(start..start, "\"");
            self.tell(start, Slip::quote(Quote::Opening, key));
        }
    }

    /// A text before which stands a mark too many.
    fn without(&mut self, mark: Placed<'t>, shape: &'static Shape, key: &str) {
        self.take_out(mark.start..mark.end);
        self.tell(mark.start, Slip::too_many(mark.mark));
        self.lexer.at = mark.end;
        self.text(shape, key);
    }

    pub(super) fn took_string(&mut self, end: usize) {
        self.lexer.at = end;
        self.last_end = end;
        self.may_be_cut = false;
    }

    /// The string that begins at a quote.
    pub(super) fn string(&mut self, start: usize, key: &str) {
        let start = self.past_doubled(start);
        let end = match self.lexer.literal(start) {
            Literal::Closed(end) if self.is_suspicious(start, end) => match self.cut_before_next(start, end) {
                Some(cut) => self.close_at(cut, key),
                None => end,
            },
            Literal::Closed(end) => end,
            Literal::LineEnd(line) => {
                let far = if self.lexer.goes_on_after(line) { None } else { self.lexer.far_end(line) };
                if let Some(end) = far {
                    end
                } else {
                    let end = self.next_field(start, line).unwrap_or(line);
                    let cut = self.without_marks(start, end);
                    if cut.is_empty() && self.lexer.rest(cut.end).trim().is_empty() {
                        // The text ends in it, and that is told.
                        self.edit(cut.clone(), "\"");
                        self.took_string(cut.end);
                        self.cut.in_string = true;
                        return;
                    }
                    self.close_at(cut, key)
                }
            }
        };
        self.took_string(end);
    }

    fn close_at(&mut self, cut: Range<usize>, key: &str) -> usize {
        self.tell(cut.start, Slip::quote(Quote::Closing, key));
        self.edit(cut.clone(), "\"");
        cut.end
    }

    /// Where the text ends that a line begins: before the comma, and before closing brackets of what was opened on this line.
    fn without_marks(&mut self, start: usize, line: usize) -> Range<usize> {
        let mut closers = self.opened_on_line(start);
        let content = self.lexer.text.get(start + 1..line).unwrap_or_default();
        let in_list = matches!(self.top(), Shape::List(_));
        let mut length = content.len();
        for (at, c) in content.char_indices().rev() {
            match c {
                ' ' | '\t' | '\r' | ',' => {}
                // An id in a list ends in none.
                ':' if in_list => {}
                ')' | ']' | '}' if closers > 0 => closers -= 1,
                _ => break,
            }
            length = at;
        }
        self.lexer.spend(content.len());
        // A bracket without its like stands for the quote.
        let kept = &content[..length];
        let is_alone = |other: char, bracket: char| kept.matches(other).count() < kept.matches(bracket).count();
        let alone = match kept.chars().next_back() {
            Some(quote) if is_single(quote) || is_double(quote) => Some(quote),
            Some(bracket @ ('(' | '[' | '{')) => Some(bracket),
            Some(')') if is_alone('(', ')') => Some(')'),
            Some(']') if is_alone('[', ']') => Some(']'),
            Some('}') if is_alone('{', '}') => Some('}'),
            _ => None,
        };
        let end = start + 1 + length;
        alone.map_or(end..end, |mark| end - mark.len_utf8()..end)
    }

    /// How many of the open brackets were opened on the line of a place.
    fn opened_on_line(&mut self, start: usize) -> usize {
        let mut count = 0;
        let mut end = start;
        for frame in self.frames.iter().rev() {
            let between = self.lexer.text.get(frame.start.min(end)..end).unwrap_or_default();
            self.lexer.spend(between.len());
            if between.contains('\n') {
                break;
            }
            (count, end) = (count + 1, frame.start.min(end));
        }
        count
    }

    /// The comma behind which the next field begins, where several stand on a line.
    fn next_field(&mut self, start: usize, line: usize) -> Option<usize> {
        if self.opened_on_line(start) == 0 {
            return None;
        }
        let content = self.lexer.text.get(start + 1..line)?;
        self.lexer.spend(content.len());
        let shape = self.top();
        let begins_field = |rest: &str| {
            let (word, _) = rest.split_once(':')?;
            shape.field(word.trim())
        };
        let comma = content.match_indices(',').find(|(at, _)| {
            let rest = &content[at + 1..];
            let short = rest.char_indices().nth(MOST_FIELD).map_or(rest, |(end, _)| &rest[..end]);
            begins_field(short).is_some()
        });
        comma.map(|(at, _)| start + 1 + at)
    }

    /// Where a text ends that runs on to the first quote of the next string on its line: before the comma behind which a field, or that string, begins.
    fn cut_before_next(&mut self, start: usize, end: usize) -> Option<Range<usize>> {
        let content = self.lexer.text.get(start + 1..end.checked_sub(1)?)?;
        self.lexer.spend(content.len());
        let begins_field = |rest: &str| {
            let rest = rest.trim_start();
            let behind = rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_');
            rest.is_empty() || behind.len() < rest.len() && behind.starts_with(':')
        };
        let comma = content.match_indices(',').find(|(at, _)| begins_field(&content[at + 1..]))?.0;
        Some(self.without_marks(start, start + 1 + comma))
    }
}
