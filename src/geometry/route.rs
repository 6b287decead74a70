//! Orthogonal routes of connections. The ends float: each picks the side that faces the other box, and ends on one side
//! share it evenly. The same project always gives the same routes.

mod lanes;
mod path;

use std::collections::HashMap;

use kurbo::{Point, Rect};

use lanes::Lanes;

use super::grid::Grid;
pub use crate::project::Side;
use crate::project::{Connection, Project};

pub use path::{along, halfway, rounded, shortened};

/// Radius of a route's corners in world units.
pub const CORNER_RADIUS_WORLD: f64 = 10.0;
/// A gap at least this wide is crossed from left to right even if the other direction has more room.
const EASY_GAP_WORLD: f64 = 40.0;
/// A gap narrower than this has no room for an arrow head: the route goes around.
const LEAST_GAP_WORLD: f64 = 16.0;
/// Ends on one side are at most this far apart.
const END_SPACING_WORLD: f64 = 22.0;
/// Ends keep this far from the corners of their box.
const END_INSET_WORLD: f64 = 8.0;

/// How far a route keeps off other boxes, in world units.
const KEEP_OFF_WORLD: f64 = 4.0;

/// The sides a route from one box to another leaves and arrives at.
pub fn sides(from: Rect, to: Rect) -> (Side, Side) {
    let gap_x = (to.x0 - from.x1).max(from.x0 - to.x1);
    let gap_y = (to.y0 - from.y1).max(from.y0 - to.y1);
    let sideways = if to.x0 >= from.x1 { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) };
    let upright = if to.y0 >= from.y1 { (Side::Bottom, Side::Top) } else { (Side::Top, Side::Bottom) };
    if gap_x >= EASY_GAP_WORLD {
        sideways
    } else if gap_y >= LEAST_GAP_WORLD {
        upright
    } else if gap_x >= LEAST_GAP_WORLD {
        sideways
    } else if gap_x > gap_y {
        (Side::Bottom, Side::Bottom)
    } else {
        (Side::Right, Side::Right)
    }
}

/// One connection on its way to a route.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    boxes: [Rect; 2],
    components: [usize; 2],
    sides: [Side; 2],
    /// Where on its side each end lies.
    along: [f64; 2],
    /// How many ends share each end's side.
    shared: [usize; 2],
}

/// The routes of all connections in the project's order, corners unrounded; from the caller's border to the callee's. A
/// connection with an end that is not there has an empty one.
pub fn route_all(project: &Project) -> Vec<Vec<Point>> {
    Routes::new(project).points
}

/// The routes of a project, and what they were made from.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    boxes: Vec<Rect>,
    drafts: Vec<Option<Draft>>,
    /// Some of them only followed what moved: laid anew, they might take other lanes.
    provisional: bool,
    /// The routes in the order of the project's connections.
    pub points: Vec<Vec<Point>>,
}

impl Routes {
    /// All routes anew.
    pub fn new(project: &Project) -> Self {
        Self::default().laid(project)
    }

    /// The routes of the same drawing a moment later. Where no box and no end of a connection is another one they stay, so that an
    /// edit of what a plan says lays nothing. While things are `moving`, routes that nothing touches stay as they are, so that a
    /// drag costs what it moves: they may then take other lanes than [`Routes::new`] would choose, and do so once it is over.
    #[must_use]
    pub fn brought_to(self, project: &Project, moving: bool) -> Self {
        match (self.fit(project), moving) {
            (true, true) => self,
            (true, false) if !self.provisional => self,
            (_, false) => Self::new(project),
            (false, true) => Self { provisional: true, ..self.laid(project) },
        }
    }

    /// Whether boxes and ends are those of a project.
    fn fit(&self, project: &Project) -> bool {
        let same_boxes = self.boxes.len() == project.components.len()
            && project.components.values().zip(&self.boxes).all(|(component, known)| component.rect_world() == *known);
        same_boxes
            && self.drafts.len() == project.connections.len()
            && project
                .connections
                .values()
                .zip(&self.drafts)
                .all(|(link, draft)| ends(project, link) == draft.as_ref().map(|draft| draft.components))
    }

    fn laid(&self, project: &Project) -> Self {
        let boxes: Vec<Rect> = project.components.values().map(|component| component.rect_world()).collect();
        let drafts = drafts(project, &boxes);
        let known = self.boxes.len() == boxes.len() && self.drafts.len() == drafts.len();
        let changed: Vec<Rect> = if known {
            let pairs = self.boxes.iter().zip(&boxes).filter(|(old, new)| old != new);
            pairs.flat_map(|(old, new)| [*old, *new]).collect()
        } else {
            Vec::new()
        };
        let changed = Grid::new(changed);
        let stays = |index: usize, draft: &Draft| {
            known
                && self.drafts[index].as_ref() == Some(draft)
                && !self.points[index].windows(2).any(|ends| {
                    changed
                        .any(Rect::from_points(ends[0], ends[1]).inflate(KEEP_OFF_WORLD, KEEP_OFF_WORLD), |_, _| true)
                })
        };
        let mut lanes = Lanes::among(&boxes);
        let kept: Vec<bool> =
            drafts.iter().enumerate().map(|(index, draft)| draft.as_ref().is_some_and(|d| stays(index, d))).collect();
        for (index, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
            lanes.take(&self.points[index]);
        }
        let mut lay = |(index, draft): (usize, &Option<Draft>)| match draft {
            Some(_) if kept[index] => self.points[index].clone(),
            Some(draft) => lanes.lay(draft),
            None => Vec::new(),
        };
        let points = drafts.iter().enumerate().map(&mut lay).collect();
        Self { boxes, drafts, provisional: false, points }
    }
}

/// The positions of the two components of a connection; `None` if one is not there.
fn ends(project: &Project, link: &Connection) -> Option<[usize; 2]> {
    Some([project.components.get_index_of(&link.from)?, project.components.get_index_of(&link.to)?])
}

/// Where each connection leaves and arrives.
fn drafts(project: &Project, boxes: &[Rect]) -> Vec<Option<Draft>> {
    let ends = project.connections.values().map(|link| ends(project, link));
    let mut drafts: Vec<Option<Draft>> = ends.map(|ends| Some(draft(boxes, ends?))).collect();
    spread(&mut drafts);
    drafts.iter_mut().flatten().for_each(straighten);
    drafts
}

/// The route between two boxes with nothing around them.
pub fn route_between(from: Rect, to: Rect) -> Vec<Point> {
    let mut draft = draft(&[from, to], [0, 1]);
    straighten(&mut draft);
    Lanes::default().lay(&draft)
}

fn draft(boxes: &[Rect], components: [usize; 2]) -> Draft {
    let ends = components.map(|index| boxes[index]);
    let (leave, arrive) = sides(ends[0], ends[1]);
    let middle = |side: Side, rect| {
        let (low, high) = side.range(rect);
        f64::midpoint(low, high)
    };
    let along = [middle(leave, ends[0]), middle(arrive, ends[1])];
    Draft { boxes: ends, components, sides: [leave, arrive], along, shared: [1, 1] }
}

/// Gives every end its place on its side: in the order of where the other ends are, so that routes do not cross at once.
fn spread(drafts: &mut [Option<Draft>]) {
    let mut groups: HashMap<(usize, Side), Vec<(usize, usize)>> = HashMap::new();
    for (link, draft) in drafts.iter().enumerate() {
        let Some(draft) = draft else { continue };
        for end in 0..2 {
            groups.entry((draft.components[end], draft.sides[end])).or_default().push((link, end));
        }
    }
    for ((_, side), mut ends) in groups {
        if ends.len() < 2 {
            continue;
        }
        let other = |&(link, end): &(usize, usize)| {
            drafts[link].as_ref().map_or(0.0, |draft| {
                let centre = draft.boxes[1 - end].center();
                if side.is_upright() { centre.y } else { centre.x }
            })
        };
        ends.sort_by(|a, b| other(a).total_cmp(&other(b)).then(a.cmp(b)));
        let count = ends.len();
        for (position, (link, end)) in ends.into_iter().enumerate() {
            let Some(draft) = drafts[link].as_mut() else { continue };
            let (low, high) = side.range(draft.boxes[end]);
            let spacing = END_SPACING_WORLD.min((high - low - 2.0 * END_INSET_WORLD).max(0.0) / (count - 1) as f64);
            let steps = position as f64 - (count - 1) as f64 / 2.0;
            draft.along[end] = f64::midpoint(low, high) + steps * spacing;
            draft.shared[end] = count;
        }
    }
}

/// Makes a route straight where an end that has its side to itself can be moved to face the other.
fn straighten(draft: &mut Draft) {
    if draft.sides[0] == draft.sides[1] {
        return;
    }
    let range = |end: usize| {
        let (low, high) = draft.sides[end].range(draft.boxes[end]);
        let inset = END_INSET_WORLD.min((high - low) / 2.0);
        (low + inset, high - inset)
    };
    let (a, b) = (range(0), range(1));
    let (low, high) = (a.0.max(b.0), a.1.min(b.1));
    if low > high {
        return;
    }
    match draft.shared {
        [1, 1] => {
            let shorter = usize::from(b.1 - b.0 < a.1 - a.0);
            let place = draft.along[shorter].clamp(low, high);
            draft.along = [place, place];
        }
        [1, _] if a.0 <= draft.along[1] && draft.along[1] <= a.1 => draft.along[0] = draft.along[1],
        [_, 1] if b.0 <= draft.along[0] && draft.along[0] <= b.1 => draft.along[1] = draft.along[0],
        _ => {}
    }
}
