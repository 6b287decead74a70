//! Routes of connections. The route of a connection depends on the drawing alone, not on how it came about, and on nothing but what is
//! near: its boxes, the ends beside its own, the boxes on its way, and the routes that run along it. So routes can follow a
//! drawing change by change, and are always those that would be laid anew.
//!
//! Ends float: each picks the side that faces the other box unless a person holds it at one, and ends on one side share it
//! evenly (`side`, `place`). The way between them is a simple one, or one around boxes (`shape`, `dodge`, `search`). What
//! then runs along each other is moved apart (`lanes`).

mod along;
mod areas;
mod borders;
mod dodge;
mod free;
mod jumps;
mod label;
mod lanes;
mod lay;
mod links;
mod nodes;
mod path;
mod place;
mod search;
mod shape;
mod side;
mod stand;
mod strips;
mod words;

use std::{collections::BTreeMap, sync::Arc};

use kurbo::{Point, Rect};

use self::{areas::Areas, borders::Borders, dodge::Sheet, lanes::Lanes, links::Links, nodes::Nodes};
use super::grid::Grid;
use crate::{
    progress::Progress,
    project::{ComponentId, ElementId, Project},
};

pub use path::{along, bounds, drawn, drawn_at, halfway, length, passing, rounded, share_at, shortened};
pub use side::{Side, sides};
pub use words::{Forms, Stand, Words, Written, around as worded_around};

/// Radius of a route's corners in world units.
pub const CORNER_RADIUS_WORLD: f64 = 10.0;
/// A gap narrower than this has no room for an arrow head: the route goes around.
const LEAST_GAP_WORLD: f64 = 16.0;
/// Ends keep this far from the corners of their box.
const END_INSET_WORLD: f64 = 8.0;
/// How far a route keeps off other boxes where there is room, in world units.
pub const CLEARANCE_WORLD: f64 = 12.0;
/// The way that is as bad as a bend.
const BEND_WORLD: f64 = 90.0;

/// The routes of a project.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// The routes in the order of the project's connections: corners unrounded, curves in short pieces, from the caller's border to the
    /// callee's. Empty where an end is not there, or where both are in the same folded boundary.
    pub points: Vec<Arc<[Point]>>,
    /// They are only straight lines for the time being.
    provisional: bool,
    nodes: Nodes,
    writing: label::Writing,
    links: Links,
    /// Connections that boxes have come to or gone from, and that were put off: each with the first step that is due.
    behind: BTreeMap<usize, lay::Step>,
    /// From which number on it is their turn.
    turn: usize,
    /// Where boxes matter to which connection.
    areas: Areas<(usize, lay::Step)>,
    lanes: Lanes,
    borders: Borders,
}

/// Which routes are others than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Those of the connections at these places in the document, ascending; all others are the same allocation.
    These(Vec<usize>),
    /// Connections came or went, so that the places are others as well.
    All,
}

/// Why routes do not follow.
enum Stop {
    Cancelled,
    Reordered,
}

impl Routes {
    /// All routes anew.
    pub fn new(project: &Project) -> Self {
        Self::new_counted(project, &Progress::default()).unwrap_or_default()
    }

    /// The same, counted; `None` once it is cancelled.
    pub fn new_counted(project: &Project, progress: &Progress) -> Option<Self> {
        let mut routes = Self::default();
        routes.follow(project, usize::MAX, progress).is_ok().then_some(routes)
    }

    /// Straight lines from box to box for the time being: cheap, whatever the size. The next drawing they are brought to has all
    /// its routes laid.
    pub fn straight(project: &Project) -> Self {
        let folds = project.boundaries.values().any(|boundary| boundary.folded.is_some());
        let hidden = if folds { project.hidden() } else { std::collections::HashMap::new() };
        let rect = |id: &ComponentId| {
            let fold = if folds { hidden.get(&ElementId::Component(id.clone())) } else { None };
            match fold {
                Some(fold) => Some(project.boundaries.get(fold)?.rect_world()),
                None => Some(project.components.get(id)?.rect_world()),
            }
        };
        let line = |link: &Arc<crate::project::Connection>| -> Arc<[Point]> {
            match rect(&link.from).zip(rect(&link.to)) {
                Some((from, to)) if from != to => {
                    free::straight([from, to], [None, None], &link.course.via, 0.0).into()
                }
                _ => Arc::from([]),
            }
        };
        Self { points: project.connections.values().map(line).collect(), provisional: true, ..Self::default() }
    }

    /// Makes these the routes of another drawing, which costs little if it is nearly the same. They are those of [`Routes::new`].
    pub fn bring_to(&mut self, project: &Project) -> Changed {
        self.bring_some_to(project, usize::MAX)
    }

    /// The same while something moves in every frame: connections of what moves follow at once, of those that it passes only
    /// `most`; the others are behind and follow with the next calls. Once none is behind, they are those of [`Routes::new`].
    pub fn bring_some_to(&mut self, project: &Project, most: usize) -> Changed {
        if !self.provisional
            && let Ok(changed) = self.follow(project, most, &Progress::default())
        {
            return changed;
        }
        *self = Self::new(project);
        Changed::All
    }

    /// Whether some routes are those of an earlier drawing.
    pub fn is_behind(&self) -> bool {
        !self.behind.is_empty() || !self.lanes.waiting.is_empty()
    }

    /// As [`Routes::bring_to`], for those who do not ask what changed.
    #[must_use]
    pub fn brought_to(mut self, project: &Project) -> Self {
        self.bring_to(project);
        self
    }

    fn follow(&mut self, project: &Project, most: usize, progress: &Progress) -> Result<Changed, Stop> {
        self.writing.follow(project);
        let moves = self.nodes.follow(project).ok_or(Stop::Reordered)?;
        let turns = self.links.follow(project, &mut self.nodes, moves.rewired).ok_or(Stop::Reordered)?;
        let seeds = self.follow_borders(project);
        let recounted = turns.recounted;
        if recounted {
            self.lanes.orders = self.links.orders();
        }
        let changed = self.lay(&moves, turns, seeds, most, progress).ok_or(Stop::Cancelled)?;
        let points =
            |number: usize| self.links.get(number).map_or_else(|| Arc::from([]), |link| Arc::clone(&link.points));
        if recounted {
            self.points = self.links.order.iter().map(|number| points(*number)).collect();
            return Ok(Changed::All);
        }
        let mut places: Vec<usize> = Vec::with_capacity(changed.len());
        for number in changed {
            if let Some(place) = self.links.get(number).map(|link| link.order as usize) {
                self.points[place] = points(number);
                places.push(place);
            }
        }
        places.sort_unstable();
        Ok(Changed::These(places))
    }

    /// A connection by its place in the document, with its number.
    fn link(&self, index: usize) -> Option<(usize, &links::Link)> {
        let number = *self.links.order.get(index)?;
        Some((number, self.links.get(number)?))
    }

    /// The loop that a connection from a box to itself would be, at the corner where it meets the fewest others.
    pub fn around(&self, rect: Rect) -> Vec<Point> {
        let covers = |points: &[Point]| {
            let area = bounds(points).unwrap_or(rect);
            self.nodes.boxes.query(area).into_iter().filter(|other| self.nodes.boxes.rect(*other) != Some(rect)).count()
        };
        let loops = free::CORNERS.map(|sides| free::looped(rect, sides, 0.0));
        loops.into_iter().min_by_key(|points| covers(points)).unwrap_or_default()
    }

    /// The route that a connection between two boxes (a point is one without a size) would have among those that are there, at the
    /// sides where it is held. All in world units; a box that is not among those that are there is in nobody's way.
    pub fn between(&self, rects: [Rect; 2], held: [Option<Side>; 2]) -> Vec<Point> {
        let number = |rect: Rect| {
            let mut found = usize::MAX;
            self.nodes.boxes.any(rect, |number, other| {
                found = if other == rect { number } else { found };
                other == rect
            });
            found
        };
        Sheet { boxes: &self.nodes.boxes, own: rects.map(number), rects }.choose(held).points
    }
}

/// The straight line between two boxes, from border to border, in world units.
pub fn line_between(from: Rect, to: Rect) -> Vec<Point> {
    free::straight([from, to], [None; 2], &[], 0.0)
}

/// The range along a side that ends may take, in world units.
pub fn end_range(rect: Rect, side: Side) -> (f64, f64) {
    side::range(rect, side)
}

/// The route between two boxes (a point is one without a size) with nothing around them, in world units; each end may be held at a
/// side.
pub fn route_held(rects: [Rect; 2], held: [Option<Side>; 2]) -> Vec<Point> {
    let nothing = Grid::default();
    Sheet { boxes: &nothing, own: [usize::MAX; 2], rects }.choose(held).points
}
