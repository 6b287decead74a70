//! A route around boxes. Only those that a route would run over are looked at: the way among them is sought, and if it runs over
//! others, once more among those as well. So what a route depends on is what lies on its way and on the ways that were tried.

use kurbo::{Point, Rect};

use super::{
    BEND_WORLD, CLEARANCE_WORLD,
    search::{self, Terminal, search},
    shape::{self, HAIR_WORLD, crosses, simplified},
    side::{self, End, Side},
};
use crate::geometry::grid::{Grid, touches};

/// How often the way is sought anew.
const MAX_ROUNDS: usize = 6;
/// How many boxes a round adds.
const MOST_MORE: usize = 6;
/// Among how many boxes a way is sought.
const MOST_BOXES: usize = 24;
/// How many bends a way that turns straight back is as bad as.
const BENDS_BACK: f64 = 4.0;
/// Farther than this a route takes the usual sides: what it meets on the way is not about them.
const LONG_WORLD: f64 = 3_000.0;
/// What another side than the usual one costs.
const OTHER_SIDE: f64 = 30.0;
/// The middle of a box is no farther than this from where a line that runs into it is.
const LARGEST_BOX_WORLD: f64 = 300.0;

/// The two boxes of a route, and all boxes there are.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub boxes: &'a Grid,
    /// The numbers of its own boxes among all.
    pub own: [usize; 2],
    pub rects: [Rect; 2],
}

/// A route that was found.
pub(super) struct Way {
    pub points: Vec<Point>,
    pub sides: [Side; 2],
    /// Where boxes were asked for: while none comes, moves or goes there, the route stays.
    pub asked: Vec<Rect>,
    /// Whether it is the simple one between its ends.
    pub simple: bool,
    /// The boxes that were met, if it is not.
    pub met: Vec<Rect>,
}

impl Sheet<'_> {
    /// A route between ends that choose their sides where they are not held.
    pub fn choose(&self, held: [Option<Side>; 2]) -> Way {
        let usual = side::first_choice(self.rects, held);
        let along = side::alone(self.rects, usual);
        let ends = [0, 1].map(|end| End { at: usual[end].at(self.rects[end], along[end]), side: usual[end] });
        let options = [0, 1].map(|end| {
            let free = Side::ALL.into_iter().filter(move |side| *side != usual[end] && held[end].is_none());
            let middle = move |side: Side| End { at: side.middle(self.rects[end]), side };
            [ends[end]].into_iter().chain(free.map(middle)).collect::<Vec<_>>()
        });
        let hull = self.rects[0].union(self.rects[1]);
        if hull.width() + hull.height() > LONG_WORLD {
            return self.route(&ends[..1], &ends[1..], &[]);
        }
        self.route(&options[0], &options[1], &[])
    }

    /// A route between two of these ends; the first of each are the usual ones. Of the boxes in its way some may be known.
    pub fn route(&self, from: &[End], to: &[End], known: &[Rect]) -> Way {
        let terminals = |ends: &[End], end: usize| -> Vec<Terminal> {
            let terminal = |(rank, option): (usize, &End)| Terminal {
                at: option.stub(self.rects[end], self.rects[1 - end]),
                way: Some(option.side),
                cost: if rank == 0 { 0.0 } else { OTHER_SIDE },
            };
            ends.iter().enumerate().map(terminal).collect()
        };
        let (starts, goals) = (terminals(from, 0), terminals(to, 1));
        let mut tried = Tried::default();
        let first = from.first().zip(to.first()).and_then(|(a, b)| Some((shape::simple(*a, *b)?, [a.side, b.side])));
        // Boxes that stand on each other leave no way around themselves.
        let apart = !touches(self.rects[0].inflate(super::LEAST_GAP_WORLD, super::LEAST_GAP_WORLD), self.rects[1]);
        if let Some((points, sides)) = first {
            let through = apart && self.rects.iter().any(|rect| crosses(&points, *rect));
            if self.asks(&points, sides, &mut tried) && !through {
                return Way { simple: true, ..tried.last() };
            }
        }
        for rect in self.rects.iter().chain(known) {
            if !tried.boxes.contains(rect) {
                tried.boxes.push(*rect);
            }
        }
        for _ in 0..MAX_ROUNDS {
            let Some(found) = search(&starts, &goals, &tried.boxes) else { break };
            let (a, b) = (from[found.from], to[found.to]);
            let points = simplified([a.at].into_iter().chain(found.points).chain([b.at]));
            if self.asks(&points, [a.side, b.side], &mut tried) || tried.boxes.len() >= MOST_BOXES {
                break;
            }
        }
        let met = tried.boxes.clone();
        Way { met, ..tried.best() }
    }

    /// A route through points in their order.
    pub fn through(&self, from: End, via: &[Point], to: End) -> Way {
        let near = |point: Option<&Point>| point.map_or(Rect::ZERO, |point| Rect::from_points(*point, *point));
        let start = Terminal { at: from.stub(self.rects[0], near(via.first())), way: Some(from.side), cost: 0.0 };
        let goal = Terminal { at: to.stub(self.rects[1], near(via.last())), way: Some(to.side), cost: 0.0 };
        let free = |at: &Point| Terminal { at: *at, way: None, cost: 0.0 };
        let mut points = vec![from.at];
        let mut asked = Vec::new();
        let mut begin = start;
        let stops: Vec<Terminal> = via.iter().map(free).chain([goal]).collect();
        for (index, end) in stops.iter().enumerate() {
            if begin.at == end.at {
                continue;
            }
            let goals = stops.get(index + 1).map_or_else(|| vec![*end], |next| approaches(end.at, next.at));
            let mut tried = Tried { boxes: self.rects.to_vec(), ..Tried::default() };
            for _ in 0..MAX_ROUNDS {
                let Some(found) = search(&[begin], &goals, &tried.boxes) else { break };
                if self.asks(&found.points, [from.side, to.side], &mut tried) || tried.boxes.len() >= MOST_BOXES {
                    break;
                }
            }
            let leg = tried.best();
            begin = Terminal { way: arrival(&leg.points).or(begin.way), ..*end };
            points.extend(leg.points);
            asked.extend(leg.asked);
        }
        points.push(to.at);
        Way { points: simplified(points), sides: [from.side, to.side], asked, simple: false, met: Vec::new() }
    }

    /// Takes a way among those that were tried. Says whether it is clear of all boxes that are not known yet; they are then.
    fn asks(&self, points: &[Point], sides: [Side; 2], tried: &mut Tried) -> bool {
        let mut met: Vec<(f64, Rect)> = Vec::new();
        let mut pieces: Vec<(f64, Point, Point)> = Vec::new();
        let mut walked = 0.0;
        let reach = CLEARANCE_WORLD - HAIR_WORLD;
        for ends in points.windows(2) {
            let area = Rect::from_points(ends[0], ends[1]).inflate(reach, reach);
            self.boxes.any(area, |index, rect| {
                if !self.own.contains(&index) && !tried.boxes.contains(&rect) {
                    let centre = rect.center();
                    let on = (centre.x - ends[0].x).abs() + (centre.y - ends[0].y).abs();
                    met.push((walked + on, rect));
                }
                false
            });
            pieces.push((walked, ends[0], ends[1]));
            walked += (ends[1] - ends[0]).hypot();
        }
        tried.ways.push((points.to_vec(), sides));
        let corner = |rect: &Rect| [rect.x0, rect.y0, rect.x1, rect.y1];
        let by_corner = |a: &Rect, b: &Rect| corner(a).partial_cmp(&corner(b)).unwrap_or(std::cmp::Ordering::Equal);
        met.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| by_corner(&a.1, &b.1)));
        let before = tried.boxes.len();
        let mut until = f64::INFINITY;
        for (on, rect) in met {
            if tried.boxes.contains(&rect) {
                continue;
            }
            if tried.boxes.len() >= before + MOST_MORE {
                // What lies farther on made no difference.
                until = on + LARGEST_BOX_WORLD;
                break;
            }
            tried.boxes.push(rect);
        }
        for (walked, from, to) in pieces.into_iter().filter(|(walked, ..)| *walked <= until) {
            let length = (to - from).hypot();
            let end = if length > until - walked { from.lerp(to, (until - walked) / length) } else { to };
            tried.asked.push(Rect::from_points(from, end).inflate(reach, reach));
        }
        tried.boxes.len() == before
    }
}

/// What it costs to come to a point from each direction for a way that goes on to another one: who comes the wrong way would have to
/// run past it and back.
fn approaches(at: Point, next: Point) -> Vec<Terminal> {
    let there = next - at;
    let bends = |way: Side| {
        let straight_back = there.dot(way.outward()) < 0.0 && there.cross(way.outward()) == 0.0;
        if straight_back { BENDS_BACK } else { search::bends_to(way, there) }
    };
    let from = |way: Side| Terminal { at, way: Some(side::opposite(way)), cost: bends(way) * BEND_WORLD };
    Side::ALL.into_iter().map(from).collect()
}

/// The direction in which a line ends.
fn arrival(points: &[Point]) -> Option<Side> {
    let [.., before, last] = points else { return None };
    let by = *last - *before;
    Side::ALL.into_iter().find(|side| side.outward().dot(by) > 0.0)
}

/// The ways that were tried, and the boxes they met.
#[derive(Default)]
struct Tried {
    boxes: Vec<Rect>,
    ways: Vec<(Vec<Point>, [Side; 2])>,
    asked: Vec<Rect>,
}

impl Tried {
    fn last(mut self) -> Way {
        let (points, sides) = self.ways.pop().unwrap_or((Vec::new(), [Side::Right, Side::Left]));
        Way { points, sides, asked: self.asked, simple: false, met: Vec::new() }
    }

    /// The cheapest of them under all boxes that were met; of equal ones the latest.
    fn best(mut self) -> Way {
        let cost = |points: &[Point]| {
            let over = points.windows(2).map(|ends| search::penalty(ends[0], ends[1], &self.boxes));
            shape::cost(points) + over.sum::<f64>()
        };
        let costs: Vec<f64> = self.ways.iter().map(|(points, _)| cost(points)).collect();
        let best = costs.iter().enumerate().rev().min_by(|a, b| a.1.total_cmp(b.1)).map(|(index, _)| index);
        if let Some(best) = best {
            self.ways.truncate(best + 1);
        }
        self.last()
    }
}
