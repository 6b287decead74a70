//! Orthogonal routes of connections. The ends float: each picks the side that faces the other box, and ends on one side
//! share it evenly. The same project always gives the same routes.

mod path;

use std::collections::HashMap;

use kurbo::{Point, Rect};

use super::grid::Grid;
use crate::project::Project;

pub use path::{halfway, rounded, shortened};

/// Radius of a route's corners in world units.
pub const CORNER_RADIUS_WORLD: f64 = 10.0;
/// A gap at least this wide is crossed from left to right even if the other direction has more room.
const EASY_GAP_WORLD: f64 = 40.0;
/// A gap narrower than this has no room for an arrow head: the route goes around.
const LEAST_GAP_WORLD: f64 = 16.0;
/// Ends on one side are at most this far apart.
const END_SPACING_WORLD: f64 = 22.0;
/// Ends keep this far from the corners of their box.
const END_INSET_WORLD: f64 = 12.0;
/// How far a route that goes around keeps away.
const DETOUR_WORLD: f64 = 24.0;
/// Distance of parallel segments.
const LANE_WORLD: f64 = 12.0;

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Where x is least.
    Left,
    /// Where x is greatest.
    Right,
    /// Where y is least.
    Top,
    /// Where y is greatest.
    Bottom,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// `left`, `right`, `top`, `bottom`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }

    /// The middle of this side of a box.
    pub fn middle(self, rect: Rect) -> Point {
        self.at(rect, if self.is_upright() { rect.center().y } else { rect.center().x })
    }

    /// Whether the side runs up and down.
    fn is_upright(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// The range of the side along its direction.
    fn range(self, rect: Rect) -> (f64, f64) {
        if self.is_upright() { (rect.y0, rect.y1) } else { (rect.x0, rect.x1) }
    }

    /// The point of the side at a place along its direction.
    fn at(self, rect: Rect, along: f64) -> Point {
        match self {
            Self::Left => Point::new(rect.x0, along),
            Self::Right => Point::new(rect.x1, along),
            Self::Top => Point::new(along, rect.y0),
            Self::Bottom => Point::new(along, rect.y1),
        }
    }
}

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
    let boxes: Vec<Rect> = project.components.values().map(|component| component.rect_world()).collect();
    let mut drafts: Vec<Option<Draft>> = project
        .connections
        .values()
        .map(|link| {
            let from = project.components.get_index_of(&link.from)?;
            let to = project.components.get_index_of(&link.to)?;
            Some(draft(&boxes, [from, to]))
        })
        .collect();
    spread(&mut drafts);
    let mut lanes = Lanes { boxes: Grid::new(boxes), ..Lanes::default() };
    drafts
        .iter_mut()
        .map(|draft| {
            draft.as_mut().map_or_else(Vec::new, |draft| {
                straighten(draft);
                lanes.lay(draft)
            })
        })
        .collect()
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

/// What is already on the sheet: boxes to bend around, and segments to keep apart from.
#[derive(Default)]
struct Lanes {
    boxes: Grid,
    segments: Grid,
}

impl Lanes {
    /// The route of a draft; what it covers is taken for those that follow.
    fn lay(&mut self, draft: &Draft) -> Vec<Point> {
        let start = draft.sides[0].at(draft.boxes[0], draft.along[0]);
        let end = draft.sides[1].at(draft.boxes[1], draft.along[1]);
        let upright = draft.sides[0].is_upright();
        if draft.along[0] == draft.along[1] && draft.sides[0] != draft.sides[1] {
            self.take(&[start, end]);
            return vec![start, end];
        }
        let bend = |at: f64| {
            if upright {
                [start, Point::new(at, start.y), Point::new(at, end.y), end]
            } else {
                [start, Point::new(start.x, at), Point::new(end.x, at), end]
            }
        };
        let points = candidates(draft, start, end)
            .into_iter()
            .enumerate()
            .map(|(rank, at)| (self.cost(&bend(at), draft) + rank, at))
            .try_fold((usize::MAX, 0.0), |best, (cost, at)| {
                // Nothing later can be better than a lane without fault at its own rank.
                let best = if cost < best.0 { (cost, at) } else { best };
                if best.0 < LANES { Err(best.1) } else { Ok(best) }
            })
            .map_or_else(|at| bend(at), |(_, at)| bend(at));
        self.take(&points);
        points.to_vec()
    }

    /// How bad a route is: boxes it runs over, segments it runs along.
    fn cost(&self, points: &[Point], draft: &Draft) -> usize {
        let mut cost = 0;
        for (index, ends) in points.windows(2).enumerate() {
            let segment = Rect::from_points(ends[0], ends[1]);
            self.boxes.any(segment.inflate(4.0, 4.0), |component, _| {
                cost += if draft.components.contains(&component) { 0 } else { 100 };
                false
            });
            // Only the segment in the middle can be moved sideways.
            if index == 1 {
                let upright = segment.width() < segment.height();
                let reach = LANE_WORLD - 2.0;
                let near = if upright { segment.inflate(reach, 0.0) } else { segment.inflate(0.0, reach) };
                self.segments.any(near, |_, taken| {
                    cost += if (taken.width() < taken.height()) == upright { 10 } else { 0 };
                    false
                });
            }
        }
        cost
    }

    fn take(&mut self, points: &[Point]) {
        for ends in points.windows(2) {
            self.segments.insert(Rect::from_points(ends[0], ends[1]));
        }
    }
}

/// How many lanes are tried for the bend.
const LANES: usize = 7;

/// Where the middle segment may lie, the middle of the gap first.
fn candidates(draft: &Draft, start: Point, end: Point) -> Vec<f64> {
    let (from, to) = if draft.sides[0].is_upright() { (start.x, end.x) } else { (start.y, end.y) };
    if draft.sides[0] == draft.sides[1] {
        return (0..LANES).map(|lane| from.max(to) + DETOUR_WORLD + LANE_WORLD * lane as f64).collect();
    }
    let middle = f64::midpoint(from, to);
    let room = ((to - from).abs() / 2.0 - LEAST_GAP_WORLD).max(0.0);
    let steps = [0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0].map(|step| step * LANE_WORLD);
    steps.into_iter().filter(|step| step.abs() <= room).map(|step| middle + step).collect()
}
