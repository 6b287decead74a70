//! Entries whose id or whose section is not told: known by the fields that stand in them. And texts without quotes.

use super::{
    Mender,
    gap::{Gap, Item, What},
    grammar::may_be_text,
    inner::goes_on,
    lexer::{Literal, Mark, Placed},
    shape::{PROJECT, Shape},
    slip::Slip,
    values::MOST_OF_GAP,
    words,
};
use crate::project::unique_slug;

/// Marks that are looked at to tell what an entry is.
const MOST_AHEAD: usize = 32;
/// Bytes of a line in which the end of a text without quotes is looked for.
const MOST_LINE: usize = 2_000;

impl<'t> Mender<'t> {
    /// The fields from a place up to the closing bracket, with what they say if it is text; the first of them.
    pub(super) fn lookahead(&mut self, mut at: usize) -> Vec<(&'t str, Option<&'t str>)> {
        let mut fields = Vec::new();
        let mut depth = 0_usize;
        for _ in 0..MOST_AHEAD {
            let Some(mark) = self.lexer.peek(at) else { break };
            at = self.lexer.past(mark);
            let name = match mark.mark {
                Mark::Open(_) => {
                    depth += 1;
                    continue;
                }
                Mark::Close(_) if depth == 0 => break,
                Mark::Close(_) => {
                    depth -= 1;
                    continue;
                }
                Mark::Word(word) if depth == 0 && self.is_key(mark) => word,
                Mark::Quote if depth == 0 => match self.quoted_name(mark) {
                    Some(name) => name,
                    None if self.lexer.peek(at).is_some_and(|behind| behind.mark == Mark::Colon) => break,
                    None => continue,
                },
                _ => continue,
            };
            let text = self.text_behind_colon(at);
            fields.push((name, text));
        }
        fields
    }

    /// What the string says that stands behind a colon.
    fn text_behind_colon(&mut self, at: usize) -> Option<&'t str> {
        let colon = self.lexer.peek(at)?;
        let value = self.lexer.peek(colon.end).filter(|value| value.mark == Mark::Quote)?;
        match self.lexer.literal(value.start) {
            Literal::Closed(end) => self.lexer.text.get(value.end..end - 1),
            Literal::LineEnd(_) => None,
        }
    }

    /// The sections in which entries like this one stand, by its fields; none if it says nothing.
    pub(super) fn sections_of(&mut self, item: &Item) -> Vec<&'static str> {
        let (What::Entry(id), Some(value)) = (&item.what, item.value) else { return Vec::new() };
        if value.mark == Mark::Quote && id.contains(':') && !self.root_has("suppressed") {
            return vec!["suppressed"];
        }
        if !matches!(value.mark, Mark::Open(b'(' | b'{')) {
            return Vec::new();
        }
        let fields = self.lookahead(value.end);
        let Shape::Fields(sections) = &PROJECT else { return Vec::new() };
        let mut best = (0, Vec::new());
        for (section, shape) in *sections {
            let Shape::Map(inner @ Shape::Fields(_)) = shape else { continue };
            let known = fields.iter().filter(|(field, _)| inner.field(field).is_some()).count();
            let score = known.saturating_sub(2 * (fields.len() - known));
            if score > best.0 {
                best = (score, Vec::new());
            }
            if score == best.0 && score > 0 {
                best.1.push(*section);
            }
        }
        best.1
    }

    /// Whether a field that stands where ids are expected is the first of an entry of which the id is lost: there is none open before it, or it
    /// and others are in that one already.
    pub(super) fn begins_entry(
        &mut self,
        place: usize,
        inner: &'static Shape,
        name: &str,
        item: &Item,
        gap: &Gap,
    ) -> bool {
        if !is_field_of(inner, name, item) {
            return false;
        }
        let Some(entry) = self.frames.get(place + 1) else { return true };
        if !std::ptr::eq(entry.shape, inner) {
            return false;
        }
        let inside = self.frames.len() - (place + 2);
        let is_closed = gap.closers.len() > inside;
        if !is_closed && !entry.has_field(name) {
            return false;
        }
        let start = entry.start;
        let fields = self.lookahead(item.start);
        if fields.iter().any(|(field, _)| inner.field(field).is_none()) {
            return false;
        }
        let entry = &self.frames[place + 1];
        let again = fields.iter().filter(|(field, _)| entry.has_field(field)).count();
        if is_closed { again > 0 } else { again > 1 && !self.stands_there_twice(start, item.start) }
    }

    /// Whether the line that begins at a place stands somewhere from `start` to it as well: then lines were doubled.
    fn stands_there_twice(&mut self, start: usize, at: usize) -> bool {
        let line = self.lexer.rest(at).lines().next().unwrap_or_default().trim_end();
        let before = self.lexer.text.get(start..at).unwrap_or_default();
        self.lexer.spend(before.len() + line.len());
        before.contains(line)
    }

    /// Begins an entry with an id that is made up from what it says.
    pub(super) fn begin_entry(&mut self, inner: &'static Shape, item: &Item<'t>) {
        let fields = self.lookahead(item.start);
        let says = |name: &str| fields.iter().find(|(field, _)| *field == name).and_then(|(_, text)| *text);
        let name = match (says("name").or_else(|| says("text")), says("from"), says("to")) {
            (Some(name), ..) => name.to_owned(),
            (None, Some(from), Some(to)) => format!("{from}-to-{to}"),
            _ => String::new(),
        };
        let text = self.lexer.text;
        let ids = self.ids.get_or_insert_with(|| ids(text).map(|(_, id)| id.to_owned()).collect());
        let id = unique_slug(&name, "lost-id", |id| ids.contains(id));
        ids.insert(id.clone());
        self.edit(item.start..item.start, &format!("\"{id}\": ("));
        self.tell(item.start, Slip::NoId { kept_as: id.clone() });
        if let Some(map) = self.frames.last_mut() {
            map.add(&id, None);
        }
        self.open(inner, b'(', &id, item.start);
    }

    /// Opens the section that an entry belongs into, which was closed before it or of which the beginning is lost; whether there is one.
    pub(super) fn goes_on(&mut self, entry: &Item<'t>) -> bool {
        if self.frames.len() != 1 {
            return false;
        }
        let sections = self.sections_of(entry);
        let last = self.last_section.as_str();
        let section = match sections.iter().find(|section| **section == last) {
            Some(section) => (*section).to_owned(),
            None => match sections.iter().find(|section| !self.root_has(section)).or(sections.first()) {
                Some(section) => (*section).to_owned(),
                None => last.to_owned(),
            },
        };
        let Some((_, shape)) = PROJECT.field(&section) else { return false };
        if sections.is_empty() && !entry.value.is_some_and(|value| self.begins(shape.inner(), value)) {
            return false;
        }
        let was_there = self.root_has(&section);
        self.edit_before(entry.start, &format!("{section}: {{"));
        if was_there {
            self.tell(entry.start, Slip::ClosedEarly { section: section.clone() });
        } else {
            self.tell(entry.start, Slip::NoHead { of: section.clone() });
        }
        if let Some(root) = self.frames.first_mut() {
            root.add(&section, None);
        }
        self.open(shape, b'{', &section, entry.start);
        true
    }

    /// Supplies the head of the map that an entry is of; whether one is lost.
    pub(super) fn begin_map(&mut self, entry: &Item<'t>) -> bool {
        let Some(place) = self.frames.len().checked_sub(1) else { return false };
        if place == 0 {
            return self.begin_rate_card(entry);
        }
        let Some((name, shape)) = self.lost_map(place, entry) else { return false };
        self.supply_head(entry, &format!("{name}: {{"), &[(name, b'{', shape)]);
        true
    }

    /// The same of the rate card, which stands within the assumptions.
    fn begin_rate_card(&mut self, entry: &Item<'t>) -> bool {
        let Some((_, assumptions)) = PROJECT.field("assumptions").filter(|_| !self.root_has("assumptions")) else {
            return false;
        };
        let Some((_, roles)) = assumptions.field("roles") else { return false };
        if !entry.value.is_some_and(|value| self.is_wholly(roles.inner(), value)) {
            return false;
        }
        let frames = [("assumptions", b'(', assumptions), ("roles", b'{', roles)];
        self.supply_head(entry, "assumptions: (roles: {", &frames);
        true
    }

    /// Puts heads before an entry and opens what they begin.
    fn supply_head(&mut self, entry: &Item<'t>, words: &str, frames: &[(&str, u8, &'static Shape)]) {
        self.edit_before(entry.start, words);
        let name = frames.last().map_or("", |(name, ..)| name);
        self.tell(entry.start, Slip::NoHead { of: name.to_owned() });
        for (name, bracket, shape) in frames {
            if let Some(frame) = self.frames.last_mut() {
                frame.add(name, None);
            }
            self.open(shape, *bracket, name, entry.start);
        }
    }

    /// Puts words before an item, and before the quote that may have been supplied for its key.
    fn edit_before(&mut self, start: usize, words: &str) {
        let is_quote = |(range, words): &(std::ops::Range<usize>, String)| range.start == start && words == "\"";
        let back = self.edits.iter().rev().take(MOST_OF_GAP).position(is_quote);
        let place = back.map_or(self.edits.len(), |back| self.edits.len() - 1 - back);
        self.edits.insert(place, (start..start, words.to_owned()));
    }

    fn root_has(&self, section: &str) -> bool {
        self.frames.first().is_some_and(|root| root.has_field(section))
    }

    /// Takes out the quotes around the name of a field.
    pub(super) fn bare_key(&mut self, item: &Item<'t>) {
        let key = self.lexer.text.get(item.start..item.key_end).unwrap_or_default();
        if let Some(name) = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
            self.take_out(item.start..item.start + 1);
            self.take_out(item.key_end - 1..item.key_end);
            self.tell_habit(item.start, words::QUOTED_FIELD, Slip::QuotedField { name: name.to_owned() });
        }
    }

    /// Takes a value that is no text out of its quotes; whether it is one.
    pub(super) fn bare_value(&mut self, start: usize, key: &str) -> bool {
        let Literal::Closed(end) = self.lexer.literal(start) else { return false };
        let value = self.lexer.text.get(start + 1..end - 1).unwrap_or_default();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
        if value.is_empty() || !value.chars().all(is_plain) {
            return false;
        }
        self.take_out(start..start + 1);
        self.take_out(end - 1..end);
        self.tell_habit(start, words::QUOTED_VALUE, Slip::QuotedValue { key: key.to_owned() });
        self.took_string(end);
        true
    }

    /// Puts quotes around a text that has none, up to a comma, a bracket or the end of its line; whether there is one.
    pub(super) fn bare_text(&mut self, first: Placed<'t>, word: &str, key: &str) -> bool {
        let behind = self.lexer.peek(first.end);
        let called = behind.is_some_and(|behind| matches!(behind.mark, Mark::Open(_)) && behind.start == first.end);
        if called || !may_be_text(word) {
            return false;
        }
        let rest = self.lexer.rest(first.start);
        let end = end_of_bare_text(rest).unwrap_or(rest.len().min(first.end - first.start));
        self.lexer.spend(end);
        let text = rest[..end].trim_end();
        if text.is_empty() || text.contains(": ") {
            return false;
        }
        let end = first.start + text.len();
        self.edit(first.start..first.start, "\"");
        let escapes: Vec<usize> = text.match_indices('\\').map(|(at, _)| first.start + at).collect();
        for at in escapes {
            self.edit(at..at, "\\");
        }
        self.edit(end..end, "\"");
        self.tell_habit(first.start, words::BARE_TEXT, Slip::BareText { key: key.to_owned() });
        self.took_string(end);
        true
    }
}

/// Where a text without quotes ends: at the end of its line, at a comma or a bracket behind which something else comes, or at a comment. What is
/// within brackets of its own belongs to it, and so do the slashes of an address.
fn end_of_bare_text(rest: &str) -> Option<usize> {
    // No more than that is looked at, however long the line is.
    let most = (0..=MOST_LINE.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end))?;
    let line = &rest[..rest[..most].find(['\n', '\r']).unwrap_or(most)];
    let last_closing = line.rfind([')', ']', '}']).unwrap_or_default();
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let ends = match c {
            '/' => before.is_whitespace() && line[at + 1..].starts_with(['/', '*']),
            '(' | '[' | '{' if at < last_closing => {
                depth += 1;
                false
            }
            ')' | ']' | '}' if depth > 0 => {
                depth -= 1;
                false
            }
            '"' | '(' | '[' | '{' | ')' | ']' | '}' => true,
            ',' => depth == 0 && goes_on(&line[at..], true),
            _ => false,
        };
        if ends {
            return Some(at);
        }
        before = c;
    }
    (line.len() < most || most == rest.len()).then_some(line.len())
}

/// Whether a name is that of a field of such brackets, and no id without quotes.
pub(super) fn is_field_of(inner: &'static Shape, name: &str, item: &Item) -> bool {
    let is_open = item.value.is_some_and(|value| matches!(value.mark, Mark::Open(_)));
    inner.field(name).is_some_and(|(_, field)| is_open == field.bracket().is_some())
}

/// No id is longer than this, in bytes.
const LONGEST_ID: usize = 200;

/// What looks like the id of an entry: a quoted word, a colon and a round bracket; each with its place.
pub(in crate::storage) fn ids(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('(').filter_map(move |(bracket, _)| {
        let before = text[..bracket].trim_end().strip_suffix(':')?.trim_end().strip_suffix('"')?;
        let least = before.len().saturating_sub(LONGEST_ID);
        let begin = before.bytes().rposition(|byte| byte == b'"').filter(|at| *at >= least)?;
        let id = &before[begin + 1..];
        (!id.is_empty() && !id.contains('\n') && !is_comment(text, begin)).then_some((begin, id))
    })
}

/// Whether a place is behind the `//` that begins its line.
fn is_comment(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[at.saturating_sub(LONGEST_ID)..at];
    before.rsplit(|byte| *byte == b'\n').next().is_some_and(|line| line.trim_ascii_start().starts_with(b"//"))
}
