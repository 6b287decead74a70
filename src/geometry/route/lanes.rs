//! Laying one route beside others: which lane its bend takes, and the way around boxes.

use kurbo::{Point, Rect};

use super::{Draft, KEEP_OFF_WORLD, LEAST_GAP_WORLD};
use crate::geometry::grid::Grid;

/// How far a route that goes around keeps away.
const DETOUR_WORLD: f64 = 24.0;
/// Distance of parallel segments.
const LANE_WORLD: f64 = 12.0;
/// What it costs to run over a box.
const OVER_A_BOX: usize = 100;
/// How far a detour goes straight before it bends.
const STUB_WORLD: f64 = 20.0;
/// How many levels are tried for a detour.
const MAX_LEVELS: usize = 48;
/// How many lanes are tried for the bend.
const LANES: usize = 7;

/// What is already on the sheet: boxes to bend around, and segments to keep apart from.
#[derive(Default)]
pub(super) struct Lanes {
    boxes: Grid,
    segments: Grid,
}

impl Lanes {
    /// No route yet among these boxes.
    pub fn among(boxes: &[Rect]) -> Self {
        Self { boxes: Grid::new(boxes.iter().copied()), segments: Grid::default() }
    }

    /// The route of a draft; what it covers is taken for those that follow.
    pub fn lay(&mut self, draft: &Draft) -> Vec<Point> {
        let start = draft.sides[0].at(draft.boxes[0], draft.along[0]);
        let end = draft.sides[1].at(draft.boxes[1], draft.along[1]);
        let upright = draft.sides[0].is_upright();
        if draft.along[0] == draft.along[1] && draft.sides[0] != draft.sides[1] {
            let cost = self.cost(&[start, end], draft, usize::MAX);
            let around = if cost < OVER_A_BOX { None } else { self.detour(draft, [start, end], cost) };
            let points = around.unwrap_or_else(|| vec![start, end]);
            self.take(&points);
            return points;
        }
        let bend = |at: f64| {
            if upright {
                [start, Point::new(at, start.y), Point::new(at, end.y), end]
            } else {
                [start, Point::new(start.x, at), Point::new(end.x, at), end]
            }
        };
        let bent = candidates(draft, start, end)
            .into_iter()
            .enumerate()
            .map(|(rank, at)| (self.cost(&bend(at), draft, usize::MAX) + rank, at))
            .try_fold((usize::MAX, 0.0), |best, (cost, at)| {
                // Nothing later can be better than a lane without fault at its own rank.
                let best = if cost < best.0 { (cost, at) } else { best };
                if best.0 < LANES { Err(best) } else { Ok(best) }
            });
        let (Ok((cost, at)) | Err((cost, at))) = bent;
        let points = if cost < OVER_A_BOX { None } else { self.detour(draft, [start, end], cost) };
        let points = points.unwrap_or_else(|| bend(at).to_vec());
        self.take(&points);
        points
    }

    /// A route with two more bends, around the boxes that a simple one runs over; `None` if it is no better.
    fn detour(&self, draft: &Draft, [start, end]: [Point; 2], cost_to_beat: usize) -> Option<Vec<Point>> {
        // Thought of as if all routes went sideways; upright ones are turned for the purpose.
        let upright = !draft.sides[0].is_upright();
        let turn = |point: Point| if upright { Point::new(point.y, point.x) } else { point };
        let (from, to) = (turn(start), turn(end));
        let forward = (to.x - from.x).signum();
        let (leave, arrive) = (from.x + forward * STUB_WORLD, to.x - forward * STUB_WORLD);
        if draft.sides[0] == draft.sides[1] || (arrive - leave) * forward < 0.0 {
            return None;
        }
        let hull = draft.boxes[0].union(draft.boxes[1]).inflate(STUB_WORLD, STUB_WORLD);
        let mut levels = Vec::new();
        self.boxes.any(hull, |_, rect| {
            let (low, high) = if upright { (rect.x0, rect.x1) } else { (rect.y0, rect.y1) };
            levels.extend([low - 2.0 * LANE_WORLD, low - LANE_WORLD, high + LANE_WORLD, high + 2.0 * LANE_WORLD]);
            levels.len() >= MAX_LEVELS
        });
        let way = |level: &f64| (level - from.y).abs() + (level - to.y).abs();
        levels.sort_by(|a, b| way(a).total_cmp(&way(b)));
        levels.dedup();
        let mut best = (cost_to_beat, None);
        for level in levels {
            let longer = (way(&level) / 20.0) as usize;
            if longer >= best.0 {
                break;
            }
            let corners = [
                from,
                Point::new(leave, from.y),
                Point::new(leave, level),
                Point::new(arrive, level),
                Point::new(arrive, to.y),
                to,
            ]
            .map(turn);
            let cost = self.cost(&corners, draft, best.0 - longer) + longer;
            if cost < best.0 {
                best = (cost, Some(corners));
            }
        }
        best.1.map(|corners| corners.to_vec())
    }

    /// How bad a route is: boxes it runs over, segments it runs along.
    /// Counts no further than `enough`.
    fn cost(&self, points: &[Point], draft: &Draft, enough: usize) -> usize {
        let mut cost = 0;
        for (index, ends) in points.windows(2).enumerate() {
            let segment = Rect::from_points(ends[0], ends[1]);
            self.boxes.any(segment.inflate(KEEP_OFF_WORLD, KEEP_OFF_WORLD), |component, _| {
                cost += if draft.components.contains(&component) { 0 } else { OVER_A_BOX };
                cost >= enough
            });
            // The first and the last segment cannot be moved sideways.
            if index > 0 && index + 2 < points.len() {
                let upright = segment.width() < segment.height();
                let reach = LANE_WORLD - 2.0;
                let near = if upright { segment.inflate(reach, 0.0) } else { segment.inflate(0.0, reach) };
                self.segments.any(near, |_, taken| {
                    cost += if (taken.width() < taken.height()) == upright { 10 } else { 0 };
                    cost >= enough
                });
            }
            if cost >= enough {
                break;
            }
        }
        cost
    }

    pub fn take(&mut self, points: &[Point]) {
        for ends in points.windows(2) {
            self.segments.insert(Rect::from_points(ends[0], ends[1]));
        }
    }
}

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
