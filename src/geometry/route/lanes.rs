//! Lanes: pieces of routes that run along each other are moved apart, in an order in which they cross no more than they must.
//!
//! Pieces that are near each other hang together, and so do those that hang together with the same ones. Where a piece comes to lie
//! depends on nothing but those it hangs together with, so a change moves its own neighbourhood alone. Where very many hang
//! together, it depends on those beside it only: they are then still told apart, if not by a full lane.

use std::collections::VecDeque;

use kurbo::Point;

use super::{borders::NOBODY, side::Side, strips::Strips};
use crate::geometry::grid::{NumberMap, NumberSet};

/// Distance of parallel pieces.
pub(super) const LANE_WORLD: f64 = 12.0;
/// Pieces nearer than this hang together: once they are moved apart they may come into each other's way.
const REACH_WORLD: f64 = 24.0;
/// Pieces one after the other on a line keep this far apart.
const END_TO_END_WORLD: f64 = 6.0;
/// Pieces nearer than this are in one place: which goes first is a matter of where they come from.
const SAME_WORLD: f64 = 6.0;
/// More than this many do not get their lanes together.
const MOST_TOGETHER: usize = 128;
/// To see so many pieces takes as long as a look: where a hub has its lines there are hundreds of them.
const SEEN_IN_A_LOOK: usize = 12;

/// A piece of a route.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// The number of its connection, and its own in the route.
    pub link: usize,
    pub number: usize,
    pub upright: bool,
    /// Where it is across its direction, and from where to where along it.
    pub at: f64,
    pub span: (f64, f64),
    /// The box and the side at which its line has one place with others: those are no strangers to it.
    pub trunk: Option<(usize, Side)>,
    /// How far it may move; `None` if it may not.
    pub room: Option<(f64, f64)>,
    /// Pieces in one place are ordered by this.
    class: (i8, bool, f64),
    /// It hangs together with too many.
    crowded: bool,
    /// Where it came to lie.
    pub lane: f64,
}

impl Piece {
    pub fn new(link: usize, number: usize, points: &[Point], room: Option<(f64, f64)>) -> Self {
        let (a, b) = (points[number], points[number + 1]);
        let upright = a.x == b.x;
        let turned = |point: Point| if upright { (point.x, point.y) } else { (point.y, point.x) };
        let ((at, from), (_, to)) = (turned(a), turned(b));
        let side = |index: Option<usize>| {
            let other = index.and_then(|index| points.get(index)).map_or(at, |point| turned(*point).0);
            if other < at { -1 } else { i8::from(other > at) }
        };
        let (before, after) = (side(number.checked_sub(1)), side(Some(number + 2)));
        let (low, high) = if from <= to { (before, after) } else { (after, before) };
        let span = (from.min(to), from.max(to));
        let (middle, length) = (f64::midpoint(span.0, span.1), span.1 - span.0);
        let class = match low + high {
            // Comes back to where it came from: the shorter one within the longer.
            turn if turn < -1 => (turn, false, length),
            turn if turn > 1 => (turn, false, -length),
            // Goes over to the other side: like stairs.
            turn => (turn, low > high, if low > high { middle } else { -middle }),
        };
        Self { link, number, upright, at, span, trunk: None, room, class, crowded: false, lane: at }
    }

    /// The same on a trunk, if its line has one.
    pub fn on_trunk(self, trunk: Option<(usize, Side)>) -> Self {
        Self { trunk, ..self }
    }

    /// Whether one of them has to make room for the other.
    fn meets(&self, other: &Self) -> bool {
        self.upright == other.upright
            && self.link != other.link
            && (self.trunk.is_none() || self.trunk != other.trunk)
            && (self.room.is_some() || other.room.is_some())
            && (self.at - other.at).abs() < REACH_WORLD
            && self.span.0 < other.span.1 + END_TO_END_WORLD
            && other.span.0 < self.span.1 + END_TO_END_WORLD
    }
}

/// All pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes {
    pub pieces: Strips,
    /// Where the connections stand in the document, by their numbers.
    pub orders: Vec<u32>,
    /// Pieces beside which something changed, and that have not looked around since.
    pub waiting: NumberSet,
}

impl Lanes {
    /// The pieces that one meets.
    fn met(&self, piece: &Piece) -> Vec<usize> {
        self.met_counted(piece).0
    }

    /// The same, and how many pieces were seen meanwhile.
    fn met_counted(&self, piece: &Piece) -> (Vec<usize>, usize) {
        let (mut met, mut seen) = (Vec::new(), 0);
        let at = (piece.at - REACH_WORLD, piece.at + REACH_WORLD);
        let span = (piece.span.0 - END_TO_END_WORLD, piece.span.1 + END_TO_END_WORLD);
        self.pieces.each(piece.upright, at, span, |number, other| {
            seen += 1;
            if piece.meets(other) {
                met.push(number);
            }
        });
        met.sort_unstable();
        met.dedup();
        (met, seen)
    }

    /// The pieces that can move and that one meets, whether it is there or not.
    pub fn beside(&self, piece: &Piece) -> Vec<usize> {
        let movable = |number: &usize| self.pieces.get(*number).is_some_and(|piece| piece.room.is_some());
        self.met(piece).into_iter().filter(movable).collect()
    }

    /// Gives lanes to these pieces, and to those that hang together with them. Once about `most` pieces have looked around, the rest
    /// waits. Says which came to lie elsewhere.
    pub fn assign(&mut self, seeds: Vec<usize>, most: usize) -> Vec<usize> {
        let mut round = Round::default();
        let mut seeds = seeds.into_iter();
        let mut begun = Vec::new();
        for seed in seeds.by_ref() {
            begun.push(seed);
            let movable = self.pieces.get(seed).is_some_and(|piece| piece.room.is_some());
            if movable && !round.small.contains(&seed) && !round.crowded.contains(&seed) {
                self.gather(seed, &mut round);
            }
            if round.looks >= most {
                break;
            }
        }
        self.waiting.extend(seeds);
        // Pieces that are crowded since now need another place, and the direct neighbours of what changed.
        let anew: NumberSet = round.turned.iter().copied().chain(begun).collect();
        let mut moved = round.moved;
        for number in anew.into_iter().filter(|number| round.crowded.contains(number)) {
            let Some(piece) = self.pieces.get(number) else { continue };
            let Some(room) = piece.room else { continue };
            let lane = self.lane_among(number, piece).clamp(room.0, room.1);
            self.settle(number, lane, true, &mut moved);
        }
        moved
    }

    /// Finds what hangs together with a piece and gives all of it its lanes, if it is not too much.
    fn gather(&mut self, seed: usize, round: &mut Round) {
        let mut found: NumberMap<Vec<usize>> = NumberMap::default();
        let mut open = VecDeque::from([seed]);
        let mut together = NumberSet::from_iter([seed]);
        let mut crowded = false;
        while let Some(number) = open.pop_front() {
            let Some(piece) = self.pieces.get(number) else { continue };
            let (met, seen) = self.met_counted(piece);
            round.looks += 1 + seen / SEEN_IN_A_LOOK;
            for other in &met {
                let movable = self.pieces.get(*other).is_some_and(|piece| piece.room.is_some());
                if together.insert(*other) && movable {
                    open.push_back(*other);
                }
                crowded |= round.crowded.contains(other);
            }
            found.insert(number, met);
            crowded |= together.len() > MOST_TOGETHER;
            if crowded {
                self.crowd(together, round);
                return;
            }
        }
        round.small.extend(found.keys().copied());
        for (number, lane) in self.together(&found) {
            self.settle(number, lane, false, &mut round.moved);
        }
    }

    /// Marks everything that hangs together with these as crowded, as far as it is not yet.
    fn crowd(&mut self, these: NumberSet, round: &mut Round) {
        let mut open: Vec<usize> = these.into_iter().collect();
        while let Some(number) = open.pop() {
            let Some(piece) = self.pieces.get(number) else { continue };
            if piece.room.is_none() || !round.crowded.insert(number) {
                continue;
            }
            if !piece.crowded {
                round.turned.push(number);
                let (met, seen) = self.met_counted(piece);
                round.looks += 1 + seen / SEEN_IN_A_LOOK;
                open.extend(met);
                if let Some(piece) = self.pieces.get_mut(number) {
                    piece.crowded = true;
                }
            }
        }
    }

    fn settle(&mut self, number: usize, lane: f64, crowded: bool, moved: &mut Vec<usize>) {
        if let Some(piece) = self.pieces.get_mut(number) {
            piece.crowded = crowded;
            if piece.lane != lane {
                piece.lane = lane;
                moved.push(number);
            }
        }
    }

    /// The order of pieces across: by place, and within a place so that they do not cross more than they must.
    fn ordered(&self, numbers: impl IntoIterator<Item = usize>) -> Vec<(usize, &Piece)> {
        let mut all: Vec<(usize, &Piece)> =
            numbers.into_iter().filter_map(|number| Some((number, self.pieces.get(number)?))).collect();
        let order = |piece: &Piece| (self.orders.get(piece.link).copied(), piece.number);
        let tie = |a: &Piece, b: &Piece| order(a).cmp(&order(b));
        all.sort_by(|(_, a), (_, b)| a.at.total_cmp(&b.at).then_with(|| tie(a, b)));
        let mut start = 0;
        for index in 1..=all.len() {
            if index == all.len() || all[index].1.at - all[index - 1].1.at >= SAME_WORLD {
                all[start..index].sort_by(|(_, a), (_, b)| {
                    let turn = |piece: &Piece| (piece.class.0, piece.class.1);
                    turn(a)
                        .cmp(&turn(b))
                        .then(a.class.2.total_cmp(&b.class.2))
                        .then(a.at.total_cmp(&b.at))
                        .then_with(|| tie(a, b))
                });
                beside_borders(&mut all[start..index]);
                start = index;
            }
        }
        all
    }

    /// The lanes of pieces that hang together: each as near to its place as the others let it.
    fn together(&self, found: &NumberMap<Vec<usize>>) -> Vec<(usize, f64)> {
        let numbers: NumberSet = found.iter().flat_map(|(number, met)| met.iter().chain([number])).copied().collect();
        let order = self.ordered(numbers);
        let rank: NumberMap<usize> = order.iter().enumerate().map(|(rank, (number, _))| (*number, rank)).collect();
        let mut met: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
        for (number, others) in found {
            for (a, b) in others.iter().filter_map(|other| Some((*rank.get(number)?, *rank.get(other)?))) {
                met[a].push(b);
                met[b].push(a);
            }
        }
        let pieces: Vec<&Piece> = order.iter().map(|(_, piece)| *piece).collect();
        let high = pushed(&pieces, &met, 1.0);
        let low = pushed(&pieces, &met, -1.0);
        let lanes = high.iter().zip(&low).map(|(high, low)| f64::midpoint(*high, *low));
        order
            .iter()
            .zip(lanes)
            .filter(|((_, piece), _)| piece.room.is_some())
            .map(|((n, _), lane)| (*n, lane))
            .collect()
    }

    /// The lane of a piece by those beside it alone.
    fn lane_among(&self, number: usize, piece: &Piece) -> f64 {
        let near = self
            .met(piece)
            .into_iter()
            .filter(|other| self.pieces.get(*other).is_some_and(|other| (other.at - piece.at).abs() < LANE_WORLD));
        let order = self.ordered(near.chain([number]));
        let before = order.iter().position(|(other, _)| *other == number).unwrap_or(0) as f64;
        let after = order.len() as f64 - 1.0 - before;
        piece.at + (before - after) * LANE_WORLD / 2.0
    }
}

/// Puts pieces of one place to that side of the borders among them on which they have room; those that have it on both, or on none, stay.
fn beside_borders(pieces: &mut [(usize, &Piece)]) {
    let borders = || pieces.iter().filter(|(_, piece)| piece.link == NOBODY).map(|(_, piece)| piece.at);
    let (low, high) = (borders().fold(f64::INFINITY, f64::min), borders().fold(f64::NEG_INFINITY, f64::max));
    let Some(first) = pieces.iter().position(|(_, piece)| piece.link == NOBODY) else { return };
    // 0 before the borders, 1 a border, 2 behind them.
    let side = |(rank, (_, piece)): (usize, &(usize, &Piece))| {
        let own = if rank < first { 0 } else { 2 };
        match piece.room {
            _ if piece.link == NOBODY => 1,
            Some((least, most)) => match (least <= low - LANE_WORLD, most >= high + LANE_WORLD) {
                (true, false) => 0,
                (false, true) => 2,
                _ => own,
            },
            None => own,
        }
    };
    let mut sided: Vec<(u8, (usize, &Piece))> =
        pieces.iter().enumerate().map(|(rank, piece)| (side((rank, piece)), *piece)).collect();
    sided.sort_by_key(|(side, _)| *side);
    for (place, (_, piece)) in pieces.iter_mut().zip(sided) {
        *place = piece;
    }
}

/// Pushes pieces apart upwards (`way` 1) or downwards (-1), each only as far as it must; where the room ends they are pushed back. The
/// mean of both ways keeps the distances, and is the same from either side.
fn pushed(pieces: &[&Piece], met: &[Vec<usize>], way: f64) -> Vec<f64> {
    let room = |piece: &Piece| piece.room.map(|(low, high)| if way > 0.0 { (low, high) } else { (-high, -low) });
    let mut lanes: Vec<f64> = pieces.iter().map(|piece| piece.at * way).collect();
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    if way < 0.0 {
        order.reverse();
    }
    let earlier = |a: usize, b: usize| if way > 0.0 { a < b } else { a > b };
    for &index in &order {
        let Some((low, high)) = room(pieces[index]) else { continue };
        let others = met[index].iter().filter(|other| earlier(**other, index));
        let pushed = others.map(|other| lanes[*other] + LANE_WORLD).fold(lanes[index], f64::max);
        lanes[index] = pushed.clamp(low, high);
    }
    for &index in order.iter().rev() {
        let Some((low, _)) = room(pieces[index]) else { continue };
        let others = met[index].iter().filter(|other| earlier(index, **other));
        let pushed = others.map(|other| lanes[*other] - LANE_WORLD).fold(lanes[index], f64::min);
        lanes[index] = pushed.max(low);
    }
    lanes.iter().map(|lane| lane * way).collect()
}

/// What came out of one pass so far.
#[derive(Default)]
struct Round {
    small: NumberSet,
    crowded: NumberSet,
    /// Those that were not crowded before.
    turned: Vec<usize>,
    moved: Vec<usize>,
    /// How many pieces have looked around.
    looks: usize,
}
