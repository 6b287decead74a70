//! Places of ends on the sides of a box: ends on one side share it evenly, in the order of where they go, so that routes do not
//! cross at once.

use kurbo::Rect;

use super::{
    END_INSET_WORLD,
    side::{self, Side},
};

/// Ends on one side are at most this far apart.
const END_SPACING_WORLD: f64 = 22.0;
/// Nobody stands nearer than this to an end that is held.
pub(super) const LEAST_SPACING_WORLD: f64 = 10.0;
/// Straight lines between the same two boxes are this far apart: words on one leave the next alone.
const ASIDE_WORLD: f64 = 22.0;

/// So many boxes in one row or column share the trunk of their lines.
pub(super) const LEAST_SIBLINGS: usize = 3;
/// Sides that are so nearly in line are in one column.
const SAME_COLUMN_WORLD: f64 = 1.0;

/// Where an end is among those it shares something with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// On its side, in world units.
    pub along: f64,
    /// Which of the places on its side it has, and how many there are: those on one trunk have one together.
    pub rank: u32,
    pub count: u32,
    /// All ends beside it go to the same side of the same other box.
    pub alike: bool,
    /// It is one place with others, whose lines part only on the way.
    pub trunk: bool,
}

/// An end that is to get its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guest {
    pub link: usize,
    pub end: usize,
    /// What it shares: a side of the box; or, where `None`, only the way to the other box.
    pub side: Option<Side>,
    /// The box at its other end, and the side there.
    pub other: (usize, Option<Side>),
    /// Where that box is.
    pub other_rect: Rect,
    /// Where its way leads to, along the side.
    pub toward: f64,
    /// And on which of two ways there it is: where its other end lies off the middle of its box, along the side.
    pub arrives: f64,
    /// Whether ends that go to the same side of the same box stand here in the other order than there.
    pub turned: bool,
    /// Where it is held along its side, if a point lies straight ahead of that.
    pub fixed: Option<f64>,
    /// It leaves its caller, at right angles and by no hand: others may share its first piece.
    pub joins: bool,
    /// Where its connection stands in the document.
    pub order: u32,
}

/// The places of all ends at one box.
pub(super) fn places(rect: Rect, mut guests: Vec<Guest>) -> Vec<(usize, usize, Place)> {
    let group = |guest: &Guest| (guest.side, if guest.side.is_some() { usize::MAX } else { guest.other.0 });
    guests.sort_by(|a, b| {
        let toward = |guest: &Guest| if guest.side.is_some() { guest.toward } else { 0.0 };
        group(a)
            .cmp(&group(b))
            .then(toward(a).total_cmp(&toward(b)))
            .then(a.arrives.total_cmp(&b.arrives))
            .then_with(|| by_corners(a.other_rect, b.other_rect))
            .then(a.other.1.cmp(&b.other.1))
            .then_with(|| if a.turned { b.order.cmp(&a.order) } else { a.order.cmp(&b.order) })
            .then(a.end.cmp(&b.end))
    });
    let mut all = Vec::with_capacity(guests.len());
    for ends in guests.chunk_by(|a, b| group(a) == group(b)) {
        let alike = ends.iter().all(|guest| guest.other == ends[0].other);
        let slots = slots(ends);
        let count = slots.last().map_or(1, |(last, _)| last + 1);
        for (guest, (rank, trunk)) in ends.iter().zip(slots) {
            let along = guest.side.map_or(0.0, |side| {
                let (low, high) = side.range(rect);
                let room = (high - low - 2.0 * END_INSET_WORLD).max(0.0);
                let own = f64::midpoint(low, high) + spread(rank, count, room);
                guest.fixed.unwrap_or_else(|| beside(own, ends, side::range(rect, side)))
            });
            let place = Place { along, rank: rank as u32, count: count as u32, alike, trunk };
            all.push((guest.link, guest.end, place));
        }
    }
    all
}

/// For each of the ends on one side the number of its place there, and whether that is one with others: lines to several boxes that
/// stand in one row or column before it have one trunk.
fn slots(ends: &[Guest]) -> Vec<(usize, bool)> {
    let siblings = |a: &Guest, b: &Guest| match (a.facing(), b.facing()) {
        (Some(one), Some(other)) => (one - other).abs() < SAME_COLUMN_WORLD && a.other.0 != b.other.0,
        _ => false,
    };
    let mut slots = Vec::with_capacity(ends.len());
    let mut next = 0;
    for run in ends.chunk_by(siblings) {
        let trunk = run.len() >= LEAST_SIBLINGS;
        for _ in run {
            slots.push((next, trunk));
            next += usize::from(!trunk);
        }
        next += usize::from(trunk);
    }
    slots
}

impl Guest {
    /// Where the side lies that its line arrives at, if that faces the one it leaves by and others may share its first piece.
    fn facing(&self) -> Option<f64> {
        let (side, other) = self.side.zip(self.other.1).filter(|_| self.joins && self.fixed.is_none())?;
        let rect = self.other_rect;
        (other == side::opposite(side)).then_some(match other {
            Side::Left => rect.x0,
            Side::Right => rect.x1,
            Side::Top => rect.y0,
            Side::Bottom => rect.y1,
        })
    }
}

/// The place of an end, aside of those that are held where it would be.
fn beside(own: f64, ends: &[Guest], (low, high): (f64, f64)) -> f64 {
    let held = ends.iter().filter_map(|guest| guest.fixed).filter(|fixed| (fixed - own).abs() < LEAST_SPACING_WORLD);
    let Some(held) = held.min_by(|a, b| (a - own).abs().total_cmp(&(b - own).abs())) else { return own };
    let way = if own < held || own == held && held > f64::midpoint(low, high) { -1.0 } else { 1.0 };
    (held + way * END_SPACING_WORLD / 2.0).clamp(low, high)
}

/// Whether several ways from one side of a box to one of another nest into each other instead of running side by side, and this is
/// the end at which they are counted from the far end of the side.
pub(super) fn turned(side: Side, other: Side, own: Rect, others: Rect) -> bool {
    match (side, other) {
        (Side::Top, Side::Right) | (Side::Bottom, Side::Left) => true,
        (a, b) if a == b => {
            let at = |rect: Rect| if side.is_upright() { rect.center().y } else { rect.center().x };
            at(own) > at(others)
        }
        _ => false,
    }
}

fn by_corners(a: Rect, b: Rect) -> std::cmp::Ordering {
    let corners = |rect: Rect| [rect.x0, rect.y0, rect.x1, rect.y1];
    let differs = corners(a).into_iter().zip(corners(b)).map(|(a, b)| a.total_cmp(&b));
    differs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
}

/// How far from the middle the `rank`-th of `count` ends is.
fn spread(rank: usize, count: usize, room: f64) -> f64 {
    if count < 2 {
        return 0.0;
    }
    let spacing = END_SPACING_WORLD.min(room / (count - 1) as f64);
    (rank as f64 - (count - 1) as f64 / 2.0) * spacing
}

/// How far a straight line keeps from the line between the centres of its boxes.
pub(super) fn aside(rects: [Rect; 2], place: Place) -> f64 {
    let half = rects.iter().map(|rect| rect.width().min(rect.height()) / 2.0).fold(f64::INFINITY, f64::min);
    let most = f64::from(place.count.saturating_sub(1)) / 2.0;
    // However many there are, all of them leave from their boxes.
    let spacing = if most > 0.0 { ASIDE_WORLD.min((half - END_INSET_WORLD).max(0.0) / most) } else { 0.0 };
    (f64::from(place.rank) - most) * spacing
}

/// Where the two ends of a route lie: at their places, or facing each other, where that disturbs nobody.
pub(super) fn settled(rects: [Rect; 2], sides: [Side; 2], places: [Place; 2]) -> [f64; 2] {
    let given = places.map(|place| place.along);
    let Some((low, high)) = side::facing(rects, sides) else { return given };
    let range = |end: usize| side::range(rects[end], sides[end]);
    let holds = |end: usize, along: f64| range(end).0 <= along && along <= range(end).1;
    // Where what faces each other is too little for all of them, they are told apart at their own places.
    let crowded = |at: Place| !at.trunk && at.count > 1 && (high - low) / f64::from(at.count - 1) < LEAST_SPACING_WORLD;
    let roomier = |end: usize| {
        let (from, to) = range(end);
        !crowded(places[end]) || (to - from) / f64::from(places[end].count - 1) >= LEAST_SPACING_WORLD
    };
    if crowded(places[0]) && roomier(0) && roomier(1) {
        return given;
    }
    if places.iter().all(|place| place.alike) && places[0].count == places[1].count {
        // The same connections have both sides to themselves: all of them go straight across.
        let count = places[0].count as usize;
        let length = |end: usize| range(end).1 - range(end).0;
        let shorter = usize::from(length(1) < length(0));
        let (from, to) = sides[shorter].range(rects[shorter]);
        let breadth = spread(count - 1, count, high - low);
        let middle = f64::midpoint(from, to).clamp(low + breadth, (high - breadth).max(low + breadth));
        let along = middle + spread(places[0].rank as usize, count, high - low);
        return [along, along];
    }
    // A trunk is no end of its own that could go where another one is.
    let alone = |end: usize| places[end].count == 1 && !places[end].trunk;
    match [0, 1].map(alone) {
        [true, _] if holds(0, given[1]) => [given[1], given[1]],
        [_, true] if holds(1, given[0]) => [given[0], given[0]],
        _ => given,
    }
}
