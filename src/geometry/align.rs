//! Lining elements up, spreading them evenly, giving them one size. What is locked stays, and the others go by it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use kurbo::{Rect, Size, Vec2};

use super::{axis::Axis, walk::rect_world};
use crate::project::{Boundary, BoundaryId, Edit, ElementId, Project, StickyNote};

/// What is lined up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left or upper edges.
    Low,
    /// Centres.
    Centre,
    /// Right or lower edges.
    High,
}

/// What is made the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSize {
    /// Widths.
    Width,
    /// Heights.
    Height,
    /// Both.
    Both,
}

/// Something that is moved as a whole: a component, a note, a boundary with all that is in it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The selected element.
    pub element: ElementId,
    /// Where it is.
    pub rect_world: Rect,
    /// Whether it stays.
    pub locked: bool,
}

/// The elements with all that moves along with them: what boundaries hold, without what is locked. A boundary that is locked
/// takes nothing along, and connections have no place of their own.
pub fn movable(project: &Project, elements: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
    let free: BTreeSet<ElementId> = elements.iter().filter(|element| !is_locked(project, element)).cloned().collect();
    let hidden = project.hidden();
    let mut all = project.moving_with(&free);
    // What a folded boundary stands for goes with it in any case, or it would stand elsewhere once it is unfolded.
    all.retain(|element| hidden.contains_key(element) || !is_locked(project, element));
    all.retain(|element| !matches!(element, ElementId::Connection(_)));
    all
}

/// Whether an element is held where it is.
pub fn is_locked(project: &Project, element: &ElementId) -> bool {
    match element {
        ElementId::Component(id) => project.components.get(id).is_some_and(|component| component.locked),
        ElementId::Boundary(id) => project.boundaries.get(id).is_some_and(|boundary| boundary.locked),
        ElementId::Note(id) => project.sticky_notes.get(id).is_some_and(|note| note.locked),
        ElementId::Connection(_) => false,
    }
}

/// The selected elements as pieces: what is in a selected boundary goes with that, and what is not drawn is none.
pub fn pieces(project: &Project, chosen: &BTreeSet<ElementId>) -> Vec<Piece> {
    let hidden = project.hidden();
    let mut inside: BTreeSet<ElementId> = BTreeSet::new();
    for element in chosen {
        if let ElementId::Boundary(id) = element
            && !inside.contains(element)
        {
            inside.extend(project.contents(id));
        }
    }
    let alone = chosen.iter().filter(|element| !inside.contains(element) && !hidden.contains_key(element));
    alone
        .filter_map(|element| {
            let rect_world = rect_world(project, element)?;
            Some(Piece { element: element.clone(), rect_world, locked: is_locked(project, element) })
        })
        .collect()
}

/// Lines the pieces up along an axis, in world units: by what encloses those that are locked, or by what encloses all.
pub fn align(project: &Project, pieces: &[Piece], axis: Axis, align: Align) -> Vec<Edit> {
    let locked = pieces.iter().filter(|piece| piece.locked).map(|piece| piece.rect_world);
    let all = || pieces.iter().map(|piece| piece.rect_world);
    let Some(frame) = locked.reduce(|a, b| a.union(b)).or_else(|| all().reduce(|a, b| a.union(b))) else {
        return Vec::new();
    };
    let place = |rect: Rect| {
        let (low, high) = axis.range(rect);
        match align {
            Align::Low => low,
            Align::Centre => f64::midpoint(low, high),
            Align::High => high,
        }
    };
    let wanted = place(frame);
    let moves = pieces.iter().map(|piece| (piece, axis.vector(round(wanted - place(piece.rect_world)))));
    moved(project, moves)
}

/// Spreads the pieces along an axis so that the gaps between them are equal. The outermost stay, and so does what is locked:
/// the gaps are equal between each two that stay.
pub fn distribute(project: &Project, pieces: &[Piece], axis: Axis) -> Vec<Edit> {
    let mut row: Vec<&Piece> = pieces.iter().collect();
    let centre = |piece: &&Piece| {
        let (low, high) = axis.range(piece.rect_world);
        low + high
    };
    row.sort_by(|a, b| centre(a).total_cmp(&centre(b)));
    let last = row.len().saturating_sub(1);
    let stays: Vec<usize> = (0..row.len()).filter(|at| *at == 0 || *at == last || row[*at].locked).collect();
    let mut moves: Vec<(&Piece, Vec2)> = Vec::new();
    for ends in stays.windows(2) {
        let between = &row[ends[0] + 1..ends[1]];
        let from = axis.range(row[ends[0]].rect_world).1;
        let to = axis.range(row[ends[1]].rect_world).0;
        let filled: f64 = between.iter().map(|piece| axis.length(piece.rect_world)).sum();
        let gap = (to - from - filled) / (between.len() + 1) as f64;
        let mut at = from + gap;
        for piece in between {
            moves.push((piece, axis.vector(round(at - axis.range(piece.rect_world).0))));
            at += axis.length(piece.rect_world) + gap;
        }
    }
    moved(project, moves.into_iter())
}

/// A file keeps two decimals of a place.
fn round(length_world: f64) -> f64 {
    (length_world * 100.0).round() / 100.0
}

/// The edits that move pieces with all that goes along. Those that go the same way go in one edit, so that connections
/// between them keep the points they are led through.
fn moved<'a>(project: &Project, moves: impl Iterator<Item = (&'a Piece, Vec2)>) -> Vec<Edit> {
    let mut ways: BTreeMap<(i64, i64), (Vec2, BTreeSet<ElementId>)> = BTreeMap::new();
    for (piece, delta) in moves.filter(|(piece, delta)| !piece.locked && *delta != Vec2::ZERO) {
        let key = ((delta.x * 100.0).round() as i64, (delta.y * 100.0).round() as i64);
        let (_, elements) = ways.entry(key).or_insert_with(|| (delta, BTreeSet::new()));
        elements.extend(movable(project, &BTreeSet::from([piece.element.clone()])));
    }
    ways.into_values().map(|(delta, elements)| Edit::Move(elements, delta)).collect()
}

/// The selected elements that have a size of their own: open frames and notes, with whether they are locked.
pub fn sized(project: &Project, chosen: &BTreeSet<ElementId>) -> HashMap<ElementId, (Size, bool)> {
    let hidden = project.hidden();
    let size = |element: &ElementId| match element {
        ElementId::Boundary(id) => {
            let boundary = project.boundaries.get(id).filter(|boundary| boundary.folded.is_none())?;
            Some((boundary.size_world, boundary.locked))
        }
        ElementId::Note(id) => project.sticky_notes.get(id).map(|note| (note.size_world, note.locked)),
        ElementId::Component(_) | ElementId::Connection(_) => None,
    };
    let seen = chosen.iter().filter(|element| !hidden.contains_key(element));
    seen.filter_map(|element| Some((element.clone(), size(element)?))).collect()
}

/// Makes frames and notes as large as the largest of them, or as the largest of those that are locked. Upper left corners stay.
pub fn same_size(project: &Project, chosen: &BTreeSet<ElementId>, same: SameSize) -> Vec<Edit> {
    let sized = sized(project, chosen);
    let largest = |only_locked: bool| {
        let sizes = sized.values().filter(|(_, locked)| *locked || !only_locked).map(|(size, _)| *size);
        sizes.reduce(|a, b| Size::new(a.width.max(b.width), a.height.max(b.height)))
    };
    let Some(wanted) = largest(true).or_else(|| largest(false)) else { return Vec::new() };
    let new = |size: Size| match same {
        SameSize::Width => Size::new(wanted.width, size.height),
        SameSize::Height => Size::new(size.width, wanted.height),
        SameSize::Both => wanted,
    };
    let resized = |element: &ElementId| {
        let (size, locked) = sized.get(element)?;
        let size_world = new(*size);
        (!locked && size_world != *size).then_some(())?;
        match element {
            ElementId::Boundary(id) => put_frame(project, id, size_world),
            ElementId::Note(id) => {
                let note = project.sticky_notes.get(id)?;
                Some(Edit::PutNote(id.clone(), StickyNote { size_world, ..StickyNote::clone(note) }))
            }
            ElementId::Component(_) | ElementId::Connection(_) => None,
        }
    };
    chosen.iter().filter_map(resized).collect()
}

fn put_frame(project: &Project, id: &BoundaryId, size_world: Size) -> Option<Edit> {
    let boundary: &Arc<Boundary> = project.boundaries.get(id)?;
    Some(Edit::PutBoundary(id.clone(), Boundary { size_world, ..Boundary::clone(boundary) }))
}
