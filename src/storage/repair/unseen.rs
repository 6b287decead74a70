//! The last look: entries that stand in a text and are neither in what was read of it nor in what is said to be missing. It goes by the text
//! alone, so that it also sees what a lost quote or an open comment hid from whoever read it.

use std::{collections::HashSet, ops::Range};

use crate::{
    lang::tr,
    project::Project,
    ron_text::Note,
    storage::{
        format::to_text,
        mend::{FIRST_PROJECT, SECOND_PROJECT, ids},
        pieces::{Fault, is_list},
    },
};

/// So many are told one by one.
const MOST_TOLD: usize = 200;

/// What is to be said of the entries of a text that are nowhere else; of what stands in ranges that are `told` as a whole, nothing is.
pub(super) fn unseen(text: &str, project: &Project, faults: &[Fault], told: &[Range<usize>]) -> Vec<Note> {
    let is_told = |offset: &usize| told.iter().any(|range| range.contains(offset));
    let written = to_text(project).unwrap_or_default();
    let read: HashSet<&str> = ids(&written).map(|(_, id)| id).collect();
    // What stands in another project before or behind this one is told as one.
    let project = |what| faults.iter().find(|fault| fault.left_out == [what]).map(|fault| fault.offset);
    let range = project(FIRST_PROJECT).unwrap_or_default()..project(SECOND_PROJECT).unwrap_or(text.len());
    let missing: Vec<(usize, &str)> =
        ids(text).filter(|(offset, id)| range.contains(offset) && !read.contains(id) && !is_told(offset)).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let apart = |c: char| c.is_whitespace() || "`(),:>\"„“".contains(c);
    let words = faults.iter().flat_map(|fault| fault.message.split(apart));
    let keys = faults.iter().flat_map(|fault| fault.left_out.iter().chain(&fault.about).map(String::as_str));
    // Of a line that is left out, all of its words.
    let lines =
        faults.iter().filter_map(|fault| if let [line] = fault.left_out.as_slice() { Some(line) } else { None });
    let told: HashSet<&str> = words.chain(keys).chain(lines.flat_map(|line| line.split(apart))).collect();
    // A section that is left out as a whole is told as a whole.
    let left_out: HashSet<&str> = faults
        .iter()
        .filter_map(|fault| if let [section] = fault.left_out.as_slice() { Some(section.as_str()) } else { None })
        .collect();
    let heads: Vec<(usize, &str)> =
        sections(text).filter(|(_, name)| is_list(name) || left_out.contains(name)).collect();
    let whole = |offset: usize| {
        let last = heads.partition_point(|(head, _)| *head < offset).checked_sub(1);
        last.is_some_and(|last| left_out.contains(heads[last].1))
    };
    let mut seen = HashSet::new();
    let mut found =
        missing.into_iter().filter(|(offset, id)| seen.insert(*id) && !told.contains(id) && !whole(*offset));
    let mut unseen: Vec<Note> = found
        .by_ref()
        .take(MOST_TOLD)
        .map(|(offset, id)| Note { offset, message: tr!("nothing of `{id}` could be read (left out: {id})", id) })
        .collect();
    let more = found.count();
    if more > 0 {
        let message = tr!("and nothing of {more} more could be read", more);
        unseen.push(Note { offset: text.len(), message });
    }
    unseen
}

/// What looks like the head of a section or of something in an entry, a word with a colon and a curly bracket; each with its place.
fn sections(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('{').filter_map(|(bracket, _)| {
        let before = text[..bracket].trim_end().strip_suffix(':')?.trim_end();
        let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        (!name.is_empty()).then_some((bracket, name))
    })
}
