//! The connections of a drawing, what is known of the route of each, and what changed of them since they were looked at last.

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::{
    nodes::{Nodes, same_id},
    place::Place,
    side::Side,
};
use crate::project::{Connection, ConnectionId, LineKind, Project, Shared};

/// A connection and its route. It keeps its number while it is there.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub id: ConnectionId,
    pub connection: Arc<Connection>,
    /// Where it stands in the document.
    pub order: u32,
    /// The boxes it joins; `None` if one is not there, or if both are one box in which it is hidden.
    pub ends: Option<[usize; 2]>,
    /// Whether it is one from a component to itself that is seen.
    pub looped: bool,
    pub sides: [Side; 2],
    /// Boxes that were met when the sides were chosen.
    pub met: Vec<Rect>,
    pub places: [Place; 2],
    /// Where on its side each end lies.
    pub along: [f64; 2],
    /// Its way as it was found, and as the lanes know it.
    pub way: Vec<Point>,
    pub base: Vec<Point>,
    /// How far each piece of it may move sideways.
    pub rooms: Vec<Option<(f64, f64)>>,
    /// The numbers of the areas in which boxes matter to each step of it.
    pub areas: [Vec<usize>; 3],
    /// The numbers of its pieces among the lanes.
    pub pieces: Vec<usize>,
    pub points: Arc<[Point]>,
}

impl Link {
    fn new(id: &ConnectionId, connection: &Arc<Connection>) -> Self {
        Self {
            id: id.clone(),
            connection: Arc::clone(connection),
            order: 0,
            ends: None,
            looped: false,
            sides: [Side::Right, Side::Left],
            met: Vec::new(),
            places: [Place::default(); 2],
            along: [0.0; 2],
            way: Vec::new(),
            base: Vec::new(),
            rooms: Vec::new(),
            areas: [const { Vec::new() }; 3],
            pieces: Vec::new(),
            points: Arc::from([]),
        }
    }

    /// The sides it is held at.
    pub fn held(&self) -> [Option<Side>; 2] {
        [self.connection.course.from_side, self.connection.course.to_side]
    }

    /// Whether it goes out at a corner of its box and comes back at once.
    pub fn is_plain_loop(&self) -> bool {
        self.looped && self.connection.course.via.is_empty()
    }

    /// Whether all of its pieces run along the axes.
    pub fn runs_along_axes(&self) -> bool {
        match self.connection.course.line {
            LineKind::Orthogonal => true,
            LineKind::Straight => self.is_plain_loop(),
            LineKind::Curved => false,
        }
    }

    /// Whether its ends need no places on the sides of their boxes.
    pub fn is_straight(&self) -> bool {
        self.connection.course.line == LineKind::Straight && !self.is_plain_loop()
    }
}

/// All connections.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    all: Vec<Option<Link>>,
    /// The numbers in the order of the document.
    pub order: Vec<usize>,
    free: Vec<usize>,
    /// The connections as they were followed last.
    known: Option<Shared<ConnectionId, Arc<Connection>>>,
}

/// What is different.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// Connections that are new, drawn in another way, or hang on other boxes.
    pub changed: Vec<usize>,
    /// Connections that went, as they were.
    pub gone: Vec<Link>,
    /// Boxes that lost an end.
    pub left: Vec<usize>,
    /// The document has them in other places.
    pub recounted: bool,
}

impl Links {
    pub fn get(&self, number: usize) -> Option<&Link> {
        self.all.get(number)?.as_ref()
    }

    pub fn get_mut(&mut self, number: usize) -> Option<&mut Link> {
        self.all.get_mut(number)?.as_mut()
    }

    /// Where each stands in the document, by number.
    pub fn orders(&self) -> Vec<u32> {
        self.all.iter().map(|link| link.as_ref().map_or(u32::MAX, |link| link.order)).collect()
    }

    /// Follows the connections of a project. `None` if they stand in another order than before.
    pub fn follow(&mut self, project: &Project, nodes: &mut Nodes, rewired: bool) -> Option<Turns> {
        let mut turns = Turns::default();
        let known = self.known.replace(project.connections.clone());
        let places = known.and_then(|known| known.differing(&project.connections));
        if !rewired && places.as_ref().is_some_and(Vec::is_empty) {
            return Some(turns);
        }
        let same = |number: &usize, id: &ConnectionId| {
            self.get(*number).is_some_and(|link| same_id(link.id.as_str(), id.as_str()))
        };
        let known = places.is_some()
            || self.order.len() == project.connections.len()
                && self.order.iter().zip(project.connections.keys()).all(|(number, id)| same(number, id));
        if !known {
            self.recount(project, nodes, &mut turns)?;
        }
        let places = places.filter(|_| !rewired).unwrap_or_else(|| (0..project.connections.len()).collect());
        for (index, connection) in places.into_iter().map(|index| (index, &project.connections[index])) {
            let number = self.order[index];
            let Some(link) = self.all[number].as_mut() else { continue };
            let fresh = link.order == u32::MAX;
            link.order = index as u32;
            let mut changed = fresh;
            if !Arc::ptr_eq(&link.connection, connection) {
                let old = std::mem::replace(&mut link.connection, Arc::clone(connection));
                changed |= old.course != connection.course || old.from != connection.from || old.to != connection.to;
            }
            if changed || rewired {
                changed |= rewire(link, number, project, nodes, &mut turns);
            }
            if changed {
                turns.changed.push(number);
            }
        }
        Some(turns)
    }

    fn recount(&mut self, project: &Project, nodes: &mut Nodes, turns: &mut Turns) -> Option<()> {
        turns.recounted = true;
        let mut numbers = vec![None; project.connections.len()];
        let mut last = None;
        let mut freed = Vec::new();
        for number in std::mem::take(&mut self.order) {
            let Some(link) = self.get(number) else { continue };
            let Some(index) = project.connections.get_index_of(&link.id) else {
                if let Some(link) = self.all[number].take() {
                    unhook(&link, number, nodes, turns);
                    turns.gone.push(link);
                }
                freed.push(number);
                continue;
            };
            if last.is_some_and(|last| index < last) {
                return None;
            }
            last = Some(index);
            numbers[index] = Some(number);
        }
        for ((id, connection), number) in project.connections.iter().zip(numbers) {
            let number = number.unwrap_or_else(|| {
                let link = Some(Link { order: u32::MAX, ..Link::new(id, connection) });
                if let Some(number) = self.free.pop() {
                    self.all[number] = link;
                    number
                } else {
                    self.all.push(link);
                    self.all.len() - 1
                }
            });
            self.order.push(number);
        }
        self.free.append(&mut freed);
        Some(())
    }
}

/// Hangs a connection on the boxes that its ends are seen as. Says whether they are others.
fn rewire(link: &mut Link, number: usize, project: &Project, nodes: &mut Nodes, turns: &mut Turns) -> bool {
    let ends = nodes.seen_as(project, &link.connection.from).zip(nodes.seen_as(project, &link.connection.to));
    let looped = link.connection.from == link.connection.to && nodes.is_seen(project, &link.connection.from);
    let ends = ends.map(|(from, to)| [from, to]).filter(|[from, to]| looped || from != to);
    if ends == link.ends && looped == link.looped {
        return false;
    }
    unhook(link, number, nodes, turns);
    (link.ends, link.looped) = (ends, looped);
    for (end, node) in ends.into_iter().flatten().enumerate() {
        nodes.ends[node].push((number, end));
    }
    true
}

fn unhook(link: &Link, number: usize, nodes: &mut Nodes, turns: &mut Turns) {
    for node in link.ends.into_iter().flatten() {
        nodes.ends[node].retain(|(other, _)| *other != number);
        turns.left.push(node);
    }
}
