//! Values in the place of those that could not be read and that nothing can be without, so that what else is wrong with a component is told in
//! the same go.

use std::ops::Range;

use super::pieces::Fault;
use crate::{
    project::ComponentKind,
    ron_text::{Pieced, Token, Tokens},
    text::nearest,
};

/// A text with a name and a kind for each component that has none which can be read.
pub(super) fn with_stand_ins(text: &str, faults: &[Fault]) -> Pieced<()> {
    let mut changes: Vec<(Range<usize>, String)> = faults.iter().filter_map(|fault| stand_in(text, fault)).collect();
    changes.sort_by_key(|(range, _)| range.start);
    changes.dedup_by_key(|(range, _)| range.start);
    Pieced::changed(text, &changes)
}

fn stand_in(text: &str, fault: &Fault) -> Option<(Range<usize>, String)> {
    let [list, id, ..] = fault.left_out.as_slice() else { return None };
    if list != "components" {
        return None;
    }
    let name = format!("{id:?}");
    let (at, token) = Tokens::from(text, fault.offset).next()?;
    if ["`name` is missing", "`kind` is missing"].iter().any(|lack| fault.message.starts_with(lack)) {
        // The fault is told at the component's id: behind that, a colon and a bracket.
        let (bracket, _) = Tokens::from(text, at).nth(2).filter(|(_, token)| *token == Token::Open(b'('))?;
        let field =
            if fault.message.starts_with("`name`") { format!("name: {name},") } else { "kind: worker,".to_owned() };
        return Some((bracket + 1..bracket + 1, field));
    }
    let (Token::Word(value) | Token::Quoted { literal: value, closed: true }) = token else { return None };
    let is_of = |field: &str| {
        fault.message.starts_with(&format!("`{field}` in ")) || fault.message.contains(&format!(" of `{field}` in "))
    };
    let stand_in = if is_of("kind") {
        let kinds = ComponentKind::ALL.iter().map(|kind| kind.slug());
        nearest(value.trim_matches('"'), kinds).unwrap_or(ComponentKind::Worker.slug()).to_owned()
    } else if is_of("name") {
        name
    } else {
        return None;
    };
    Some((at..at + value.len(), stand_in))
}
