//! Going through a drawing without a pointer: the order in which it is read, and what lies which way.

use std::collections::HashMap;

use kurbo::{Point, Rect};

use crate::project::{BoundaryId, ComponentId, ConnectionId, ElementId, Project, Side};

/// What lies at most this far below the first of a row is in that row, in world units: half a card.
const ROW_WORLD: f64 = 40.0;
/// How much more it counts to lie aside than to lie ahead.
const ASIDE: f64 = 2.0;

/// Everything drawn that has a place, in the order in which one reads: by rows from the top, and from left to right in a row. An open
/// boundary stands where its caption is, and so before what is in it; what a folded one stands for is left out.
#[derive(Debug, Default)]
pub struct Order {
    stops: Vec<ElementId>,
    at: HashMap<ElementId, usize>,
}

impl Order {
    /// The order of this project.
    pub fn new(project: &Project) -> Self {
        let mut stops: Vec<(Point, ElementId)> =
            drawn(project).map(|(element, rect)| (anchor(project, &element, rect), element)).collect();
        stops.sort_by(|a, b| by(a.0.y, b.0.y).then(by(a.0.x, b.0.x)));
        let mut from = 0;
        while from < stops.len() {
            let lowest = stops[from].0.y + ROW_WORLD;
            let row = stops[from..].iter().take_while(|(at, _)| at.y < lowest).count();
            // What stands in one place stays in the order of the document.
            stops[from..from + row].sort_by(|a, b| by(a.0.x, b.0.x));
            from += row;
        }
        let stops: Vec<ElementId> = stops.into_iter().map(|(_, element)| element).collect();
        let at = stops.iter().cloned().enumerate().map(|(index, element)| (element, index)).collect();
        Self { stops, at }
    }

    /// The elements in their order.
    pub fn stops(&self) -> &[ElementId] {
        &self.stops
    }

    /// The place of an element in the order, counted from 0; `None` for what has none: connections, and what is not drawn.
    pub fn position(&self, element: &ElementId) -> Option<usize> {
        self.at.get(element).copied()
    }

    /// The one after or before an element; from nowhere, the first or the last. `None` at the end.
    pub fn step(&self, from: Option<&ElementId>, forward: bool) -> Option<&ElementId> {
        match (from.and_then(|from| self.position(from)), forward) {
            (Some(at), true) => self.stops.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|at| self.stops.get(at)),
            (None, true) => self.stops.first(),
            (None, false) => self.stops.last(),
        }
    }
}

fn by(a: f64, b: f64) -> std::cmp::Ordering {
    a.total_cmp(&b)
}

/// Where an element stands in the order: an open boundary where its caption is, anything else at its middle.
fn anchor(project: &Project, element: &ElementId, rect: Rect) -> Point {
    match element {
        ElementId::Boundary(id) if open(project, id) => rect.origin(),
        _ => rect.center(),
    }
}

/// Every element that is drawn and has a place, with what it covers in world units.
pub fn drawn(project: &Project) -> impl Iterator<Item = (ElementId, Rect)> {
    let hidden = project.hidden();
    let boundaries = project.boundaries.iter().map(|(id, b)| (ElementId::Boundary(id.clone()), b.rect_world()));
    let components = project.components.iter().map(|(id, c)| (ElementId::Component(id.clone()), c.rect_world()));
    let notes = project.sticky_notes.iter().map(|(id, n)| (ElementId::Note(id.clone()), n.rect_world()));
    boundaries.chain(components).chain(notes).filter(move |(element, _)| !hidden.contains_key(element))
}

/// The same without open boundaries: what covers the sheet where it is drawn.
pub(super) fn solid(project: &Project) -> impl Iterator<Item = (ElementId, Rect)> {
    drawn(project).filter(|(element, _)| !matches!(element, ElementId::Boundary(id) if open(project, id)))
}

/// What an element covers in world units; `None` for connections and for what is not there.
pub fn rect_world(project: &Project, element: &ElementId) -> Option<Rect> {
    match element {
        ElementId::Component(id) => project.components.get(id).map(|component| component.rect_world()),
        ElementId::Boundary(id) => project.boundaries.get(id).map(|boundary| boundary.rect_world()),
        ElementId::Note(id) => project.sticky_notes.get(id).map(|note| note.rect_world()),
        ElementId::Connection(_) => None,
    }
}

/// What stands for an element on the sheet: itself, or the folded boundary it is in.
pub fn shown(project: &Project, element: &ElementId) -> ElementId {
    let hidden = project.hidden();
    hidden.get(element).map_or_else(|| element.clone(), |boundary| ElementId::Boundary(boundary.clone()))
}

/// The connections of a component, or those that lead into a folded boundary or out of it, in the order of the document. Each with what
/// is seen at its two ends.
pub fn connections_of(project: &Project, element: &ElementId) -> Vec<(ConnectionId, ElementId, ElementId)> {
    let hidden = project.hidden();
    let end = |id: &ComponentId| end(&hidden, id);
    let all = project.connections.iter().map(|(id, link)| (id, end(&link.from), end(&link.to)));
    let of_it = all.filter(|(_, from, to)| {
        let within = from == to && matches!(from, ElementId::Boundary(_));
        (from == element || to == element) && !within
    });
    of_it.map(|(id, from, to)| (id.clone(), from, to)).collect()
}

fn end(hidden: &HashMap<ElementId, BoundaryId>, id: &ComponentId) -> ElementId {
    let element = ElementId::Component(id.clone());
    hidden.get(&element).map_or(element, |boundary| ElementId::Boundary(boundary.clone()))
}

/// Where one gets to that way: from a component (or a folded boundary) to the best of those connected with it, from what has no
/// connection with another to the best of all, and along a connection to the end that lies that way. `None` if there is nothing that way.
pub fn neighbour(project: &Project, from: &ElementId, towards: Side) -> Option<ElementId> {
    if let ElementId::Connection(id) = from {
        return end_towards(project, id, towards);
    }
    let here = rect_world(project, from)?.center();
    let links = connections_of(project, from).into_iter();
    let others = links.map(|(_, a, b)| if a == *from { b } else { a }).filter(|other| other != from);
    let connected: Vec<(ElementId, Rect)> =
        others.filter_map(|other| rect_world(project, &other).map(|rect| (other, rect))).collect();
    // One that is connected with nothing but itself leads anywhere.
    if connected.is_empty() {
        return best(solid(project), from, here, towards);
    }
    best(connected.into_iter(), from, here, towards)
}

fn open(project: &Project, id: &BoundaryId) -> bool {
    project.boundaries.get(id).is_some_and(|boundary| boundary.folded.is_none())
}

/// The end of a connection that lies further that way; the callee if neither does.
fn end_towards(project: &Project, id: &ConnectionId, towards: Side) -> Option<ElementId> {
    let hidden = project.hidden();
    let link = project.connections.get(id)?;
    let (from, to) = (end(&hidden, &link.from), end(&hidden, &link.to));
    let along = rect_world(project, &to)?.center() - rect_world(project, &from)?.center();
    Some(if along.dot(towards.outward()) < 0.0 { from } else { to })
}

/// Of these the one that lies best that way: ahead counts more than aside, and what lies more ahead than aside comes before all else.
fn best(
    candidates: impl Iterator<Item = (ElementId, Rect)>,
    from: &ElementId,
    here: Point,
    towards: Side,
) -> Option<ElementId> {
    let direction = towards.outward();
    let rated = candidates.filter(|(element, _)| element != from).filter_map(|(element, rect)| {
        let way = rect.center() - here;
        let ahead = way.dot(direction);
        let aside = way.cross(direction).abs();
        (ahead > 0.0).then_some(((aside > ahead, ahead + ASIDE * aside), element))
    });
    let better = |a: &(bool, f64), b: &(bool, f64)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
    rated.min_by(|a, b| better(&a.0, &b.0)).map(|(_, element)| element)
}

/// What is drawn nearest to a place.
pub fn nearest(project: &Project, point_world: Point) -> Option<ElementId> {
    let distance = |rect: Rect| (rect.center() - point_world).hypot2();
    solid(project).min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(element, _)| element)
}
