//! Laying routes: which sides, which places there, which way, which lane. Each step goes on from what the one before changed, so
//! that a change costs what it touches; from nothing, everything is new.

use std::sync::Arc;

use kurbo::{Point, Rect, Vec2};

use super::{
    CLEARANCE_WORLD, Routes,
    dodge::{Sheet, Way},
    free,
    lanes::Piece,
    links::{Link, Turns},
    nodes::Moves,
    path::bounds,
    place::{self, Guest},
    shape::{HAIR_WORLD, crosses},
    side::{self, End, Side},
};
use crate::{
    geometry::{
        grid::{NumberMap, NumberSet, touches},
        hit::distance_to_polyline,
    },
    progress::Progress,
    project::LineKind,
};

/// How far a piece may move from where the route wants it.
pub(super) const MOST_ASIDE_WORLD: f64 = 60.0;
/// A piece that moves leaves this much of the first and the last one: room for the arrow head.
pub(super) const LEAST_END_WORLD: f64 = 14.0;
/// While something moves, so many pieces look around for their lanes for each connection that may follow.
const LANES_FOR_ONE: usize = 32;
/// Areas of one route are put together if the whole is no larger than this.
const ONE_AREA_WORLD: f64 = 250.0;

/// What of a route boxes matter to; each step goes on from those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// The sides of its ends.
    Sides,
    /// The way between them.
    Way,
    /// How far its pieces may move aside.
    Room,
}

impl Routes {
    /// Lays what changed, and of what it only passes at most so many connections; `seeds` are pieces that look for their lanes in any
    /// case. Says which have other routes; `None` if it was cancelled.
    pub(super) fn lay(
        &mut self,
        moves: &Moves,
        turns: Turns,
        mut seeds: NumberSet,
        most: usize,
        progress: &Progress,
    ) -> Option<Vec<usize>> {
        let mut moved: NumberSet = turns.changed.into_iter().collect();
        let drawn_anew = moved.clone();
        self.pass(moves, &mut moved);
        let mut touched: NumberSet = turns.left.into_iter().chain(self.borders.take_near()).collect();
        let taken_along = self.take_along(moves, &mut moved, &drawn_anew, most);
        for link in turns.gone {
            self.forget(&link.areas.concat(), &link.pieces, &mut seeds);
        }
        let near = self.due(&moved, most);
        self.lay_later(&taken_along, &mut touched);
        let since = |last: Step| near.iter().filter(move |(_, step)| **step <= last).map(|(number, _)| *number);
        progress.begin(3 * (moved.len() + near.len()) as u64);

        let mut ways = NumberMap::default();
        for number in moved.iter().copied().chain(since(Step::Sides)) {
            progress.step(1)?;
            let other_sides = self.choose(number, &mut ways);
            if other_sides || moved.contains(&number) {
                let ends = self.links.get(number).and_then(|link| link.ends);
                touched.extend(ends.into_iter().flatten());
            }
        }
        let mut placed = NumberSet::default();
        for node in touched {
            self.place(node, &mut placed);
        }
        let mut ways_anew: NumberSet = moved.iter().copied().chain(since(Step::Way)).collect();
        let mut anew: NumberSet = since(Step::Room).collect();
        placed.retain(|number| taken_along.binary_search(number).is_err());
        self.put_off_ways(placed, &mut ways_anew, most);
        anew.extend(&ways_anew);
        progress.begin(3 * anew.len() as u64);
        progress.step(anew.len() as u64)?;
        for &number in &anew {
            progress.step(1)?;
            if ways_anew.contains(&number) {
                self.find_way(number, ways.remove(&number));
            }
            self.make_room(number, &mut seeds);
        }
        self.beside_fresh(&anew, &mut seeds);
        let shifted = self.assign_lanes(seeds, &moved, most);
        anew.extend(shifted.iter().filter_map(|piece| self.lanes.pieces.get(*piece)).map(|piece| piece.link));
        let mut changed = taken_along.clone();
        for number in anew.into_iter().filter(|number| taken_along.binary_search(number).is_err()) {
            progress.step(1)?;
            if self.finish(number) {
                changed.push(number);
            }
        }
        Some(changed)
    }

    /// Takes the connections of boxes that came, moved or went among those that are to be laid; those that they pass are behind.
    fn pass(&mut self, moves: &Moves, moved: &mut NumberSet) {
        for (node, rects) in &moves.boxes {
            moved.extend(self.nodes.ends[*node].iter().map(|(link, _)| *link));
            for rect in rects.iter().flatten() {
                let behind = &mut self.behind;
                self.areas.each(*rect, |_, (link, step)| {
                    let first = behind.entry(*link).or_insert(*step);
                    *first = *step.min(first);
                });
            }
        }
    }

    /// Takes `most` of the connections that are behind, without those that are laid in any case. It goes on where it left off, so that all
    /// have their turn while something passes some of them in every frame.
    fn due(&mut self, moved: &NumberSet, most: usize) -> NumberMap<Step> {
        for number in moved {
            self.behind.remove(number);
        }
        let mut due = NumberMap::default();
        while due.len() < most {
            let next = self.behind.range(self.turn..).next().or_else(|| self.behind.first_key_value());
            let Some((number, step)) = next.map(|(number, step)| (*number, *step)) else { break };
            self.behind.remove(&number);
            self.turn = number + 1;
            if self.links.get(number).is_some() {
                due.insert(number, step);
            }
        }
        due
    }

    /// Of the connections whose ends have other places now, leaves those that are laid anyway and the first `most` others. Those whose
    /// ends are at a box that moved are laid anyway.
    fn put_off_ways(&mut self, placed: NumberSet, ways_anew: &mut NumberSet, most: usize) {
        let mut others: Vec<usize> = placed.into_iter().filter(|number| !ways_anew.contains(number)).collect();
        if others.len() > most {
            others.sort_unstable();
            for number in others.split_off(most) {
                let first = self.behind.entry(number).or_insert(Step::Way);
                *first = Step::Way.min(*first);
            }
        }
        ways_anew.extend(others);
    }

    /// Gives lanes to these pieces, first to those of what moved, and to those that wait for theirs; while something moves in every
    /// frame only as far as `most` allows.
    fn assign_lanes(&mut self, seeds: NumberSet, moved: &NumberSet, most: usize) -> Vec<usize> {
        let mut order: Vec<usize> = seeds.into_iter().chain(std::mem::take(&mut self.lanes.waiting)).collect();
        let of_moved = |piece: &usize| self.lanes.pieces.get(*piece).is_some_and(|piece| moved.contains(&piece.link));
        order.sort_by_key(|piece| (!of_moved(piece), *piece));
        order.dedup();
        self.lanes.assign(order, most.saturating_mul(LANES_FOR_ONE))
    }

    /// New pieces make room for themselves only once all of them are there.
    fn beside_fresh(&self, anew: &NumberSet, seeds: &mut NumberSet) {
        let fresh = anew.iter().filter_map(|number| self.links.get(*number)).flat_map(|link| &link.pieces);
        let fresh: Vec<usize> = fresh.copied().filter(|piece| seeds.contains(piece)).collect();
        for piece in fresh.into_iter().filter_map(|piece| self.lanes.pieces.get(piece)) {
            seeds.extend(self.lanes.beside(piece));
        }
    }

    fn sheet(&self, ends: [usize; 2]) -> Sheet<'_> {
        Sheet { boxes: &self.nodes.boxes, own: ends, rects: ends.map(|end| self.nodes.rects[end]) }
    }

    /// Chooses the sides of a route. Says whether they are others.
    fn choose(&mut self, number: usize, ways: &mut NumberMap<Way>) -> bool {
        let Some(link) = self.links.get(number) else { return false };
        let Some(ends) = link.ends else {
            self.ask(number, Step::Sides, Vec::new());
            return false;
        };
        let (held, rects) = (link.held(), ends.map(|end| self.nodes.rects[end]));
        let via = &link.connection.course.via;
        let sides = if link.is_plain_loop() {
            self.corner(ends[0], link)
        } else if let ([first, ..], [.., last]) = (via.as_slice(), via.as_slice()) {
            let point = |at: &Point| Rect::from_points(*at, *at);
            let leave = held[0].unwrap_or_else(|| side::sides(rects[0], point(first)).0);
            [leave, held[1].unwrap_or_else(|| side::sides(rects[1], point(last)).0)]
        } else if link.connection.course.line == LineKind::Orthogonal {
            let way = self.sheet(ends).choose(held);
            let sides = way.sides;
            ways.insert(number, way);
            sides
        } else {
            side::first_choice(rects, held)
        };
        let corner = if link.is_plain_loop() { vec![free::loop_area(rects[0])] } else { Vec::new() };
        let found = ways.get_mut(&number).map(|way| (std::mem::take(&mut way.asked), std::mem::take(&mut way.met)));
        let (asked, met) = found.unwrap_or((corner, Vec::new()));
        self.ask(number, Step::Sides, asked);
        let Some(link) = self.links.get_mut(number) else { return false };
        link.met = met;
        std::mem::replace(&mut link.sides, sides) != sides
    }

    /// Keeps the areas in which boxes matter to a step of a connection, instead of those it had.
    fn ask(&mut self, number: usize, step: Step, areas: Vec<Rect>) {
        let areas = put_together(areas).into_iter().map(|area| self.areas.add(area, (number, step))).collect();
        let Some(link) = self.links.get_mut(number) else { return };
        for area in std::mem::replace(&mut link.areas[step as usize], areas) {
            self.areas.remove(area);
        }
    }

    /// The corner at which a loop has the most room.
    fn corner(&self, node: usize, link: &Link) -> [Side; 2] {
        let rect = self.nodes.rects[node];
        let corners = match link.held() {
            [Some(leave), Some(arrive)] => return [leave, arrive],
            [leave, None] => free::CORNERS.map(|[a, b]| if leave == Some(b) { [b, a] } else { [a, b] }),
            [_, Some(arrive)] => free::CORNERS.map(|[a, b]| if arrive == b { [a, b] } else { [b, a] }),
        };
        let fits =
            |corner: &&[Side; 2]| link.held().iter().zip(*corner).all(|(held, side)| held.is_none_or(|h| h == *side));
        let covers = |corner: &[Side; 2]| {
            let points = free::looped(rect, *corner, 0.0);
            self.nodes.boxes.query(bounds(&points).unwrap_or(rect)).into_iter().filter(|other| *other != node).count()
        };
        corners.iter().filter(fits).min_by_key(|corner| covers(corner)).copied().unwrap_or(corners[0])
    }

    /// Gives all ends at a box their places, and takes the connections of those that have others now.
    fn place(&mut self, node: usize, anew: &mut NumberSet) {
        let guests: Vec<Guest> =
            self.nodes.ends[node].iter().filter_map(|(link, end)| self.guest(*link, *end)).collect();
        let mut places = place::places(self.nodes.rects[node], guests);
        self.trunks_off_borders(node, &mut places);
        for (number, end, place) in places {
            let Some(link) = self.links.get_mut(number) else { continue };
            if std::mem::replace(&mut link.places[end], place) != place {
                anew.insert(number);
            }
        }
    }

    fn guest(&self, number: usize, end: usize) -> Option<Guest> {
        let link = self.links.get(number)?;
        let ends = link.ends?;
        let shares = !link.is_straight() && !link.is_plain_loop();
        let side = link.sides[end];
        let via = &link.connection.course.via;
        let toward = if end == 0 { via.first() } else { via.last() }.copied();
        let (own, other) = (self.nodes.rects[ends[end]], self.nodes.rects[ends[1 - end]]);
        let arrives =
            if toward.is_none() && shares { link.sides[1 - end].middle(other) - other.center() } else { Vec2::ZERO };
        // A point straight ahead holds its end there: who moves the last piece of a line sideways moves its end along the side.
        let fixed = toward.filter(|_| shares).and_then(|point| {
            let (level, (low, high)) = (if side.is_upright() { point.y } else { point.x }, side::range(own, side));
            (low..=high).contains(&level).then_some(level)
        });
        let toward = toward.unwrap_or_else(|| other.center());
        Some(Guest {
            fixed,
            joins: end == 0 && via.is_empty() && link.connection.course.line == LineKind::Orthogonal && !link.looped,
            link: number,
            end,
            side: shares.then_some(side),
            other: (ends[1 - end], shares.then_some(link.sides[1 - end])),
            other_rect: other,
            toward: if side.is_upright() { toward.y } else { toward.x },
            arrives: if side.is_upright() { arrives.y } else { arrives.x },
            turned: shares && place::turned(side, link.sides[1 - end], own, other),
            order: link.order,
        })
    }

    /// Finds the way of a connection, without its lanes.
    fn find_way(&mut self, number: usize, chosen: Option<Way>) {
        let Some(link) = self.links.get(number) else { return };
        let (way, asked, along) = match link.ends {
            Some(ends) => self.way(link, ends, chosen),
            None => (Vec::new(), Vec::new(), [0.0; 2]),
        };
        self.ask(number, Step::Way, asked);
        if let Some(link) = self.links.get_mut(number) {
            (link.way, link.along) = (way, along);
        }
    }

    /// Looks how much room the pieces of a route have, and hands them to the lanes.
    fn make_room(&mut self, number: usize, seeds: &mut NumberSet) {
        let Some(link) = self.links.get(number) else { return };
        let rooms = self.rooms(link, &link.way);
        let lanes = link.runs_along_axes();
        let holds = || link.rooms.iter().zip(&rooms).all(|(a, b)| a.is_some() == b.is_some());
        let trunk = link.ends.filter(|_| link.places[0].trunk).map(|ends| (ends[0], link.sides[0]));
        let as_before = |piece: &usize| self.lanes.pieces.get(*piece).is_some_and(|piece| piece.trunk == trunk);
        let same = link.base == link.way
            && link.pieces.is_empty() != lanes
            && holds()
            && link.pieces.first().is_none_or(as_before);
        let reach = MOST_ASIDE_WORLD + CLEARANCE_WORLD;
        let movable = link.way.windows(2).zip(&rooms).filter(|(_, room)| room.is_some());
        let asked = movable.map(|(ends, _)| Rect::from_points(ends[0], ends[1]).inflate(reach, reach)).collect();
        if !same || link.areas[Step::Room as usize].is_empty() {
            self.ask(number, Step::Room, asked);
        }
        let Some(link) = self.links.get_mut(number) else { return };
        let old_rooms = std::mem::replace(&mut link.rooms, rooms.clone());
        if same {
            // The pieces stay; some have more or less room.
            for ((piece, room), _) in
                link.pieces.iter().zip(&rooms).zip(&old_rooms).filter(|((_, room), old)| room != old)
            {
                if let Some(piece) = self.lanes.pieces.get_mut(*piece) {
                    piece.room = *room;
                }
                seeds.insert(*piece);
            }
            return;
        }
        link.base.clone_from(&link.way);
        let base = link.base.clone();
        let pieces = std::mem::take(&mut link.pieces);
        self.forget(&[], &pieces, seeds);
        if !lanes {
            return;
        }
        let mut pieces = Vec::new();
        for (index, room) in rooms.into_iter().enumerate() {
            let piece = Piece::new(number, index, &base, room).on_trunk(trunk);
            pieces.push(self.lanes.pieces.add(piece));
        }
        seeds.extend(&pieces);
        if let Some(link) = self.links.get_mut(number) {
            link.pieces = pieces;
        }
    }

    /// Takes areas and pieces away; what was beside the pieces is to find its lane anew.
    fn forget(&mut self, areas: &[usize], pieces: &[usize], seeds: &mut NumberSet) {
        for area in areas {
            self.areas.remove(*area);
        }
        for piece in pieces {
            if let Some(piece) = self.lanes.pieces.remove(*piece) {
                seeds.extend(self.lanes.beside(&piece));
            }
        }
    }

    /// The way of a connection, the areas that it depends on, and where on their sides its ends lie.
    fn way(&self, link: &Link, ends: [usize; 2], chosen: Option<Way>) -> (Vec<Point>, Vec<Rect>, [f64; 2]) {
        let rects = ends.map(|end| self.nodes.rects[end]);
        let (sides, course) = (link.sides, &link.connection.course);
        let rank = free::loop_rank(link.places[0].rank);
        let none = [0.0; 2];
        if link.is_plain_loop() && sides[0] != side::opposite(sides[1]) {
            let line = free::looped(rects[0], sides, rank);
            let line = if course.line == LineKind::Curved { free::round(&line, sides) } else { line };
            return (line, Vec::new(), none);
        }
        if course.line == LineKind::Straight {
            let aside = place::aside(rects, link.places[0]);
            return (free::straight(rects, link.held(), &course.via, aside), Vec::new(), none);
        }
        let mut along =
            if link.is_plain_loop() { side::alone(rects, sides) } else { place::settled(rects, sides, link.places) };
        if !course.via.is_empty() {
            along = link.places.map(|place| place.along);
        }
        let end = |end: usize| End { at: sides[end].at(rects[end], along[end]), side: sides[end] };
        if course.line == LineKind::Curved {
            return (free::curved(end(0), &course.via, end(1)), Vec::new(), along);
        }
        if !course.via.is_empty() {
            let way = self.sheet(ends).through(end(0), &course.via, end(1));
            return (way.points, way.asked, along);
        }
        // What was found from many sides may be another way than between these two alone, so only a simple one is taken as it is.
        let fits =
            |way: &Way| way.simple && way.points.first() == Some(&end(0).at) && way.points.last() == Some(&end(1).at);
        let way = chosen.filter(fits).unwrap_or_else(|| self.sheet(ends).route(&[end(0)], &[end(1)], &link.met));
        (way.points, way.asked, along)
    }

    /// How far the pieces of a route may move sideways: none that a hand holds, none into a box, and the first and the last only off a
    /// border that they would run along.
    fn rooms(&self, link: &Link, base: &[Point]) -> Vec<Option<(f64, f64)>> {
        let count = base.len().saturating_sub(1);
        let free = link.connection.course.line == LineKind::Orthogonal && !link.is_plain_loop();
        let room = |index: usize| {
            if !free {
                return None;
            }
            if index == 0 || index + 1 >= count {
                return self.room_off_border(link, base, index);
            }
            let [before, a, b, after] = [base[index - 1], base[index], base[index + 1], base[index + 2]];
            let upright = a.x == b.x;
            let turns = |p: Point, q: Point| if upright { p.y == q.y } else { p.x == q.x };
            // Nor one beside: its neighbour would no longer reach the point.
            let held = link
                .connection
                .course
                .via
                .iter()
                .any(|via| distance_to_polyline(&base[index - 1..index + 3], *via) < 0.5);
            if held || !turns(before, a) || !turns(b, after) {
                return None;
            }
            let level = |point: Point| if upright { point.x } else { point.y };
            let (mut low, mut high) = (level(a) - MOST_ASIDE_WORLD, level(a) + MOST_ASIDE_WORLD);
            for (far, outer) in [(before, index == 1), (after, index + 2 == count)] {
                let by = level(far) - level(a);
                // What is at the other end may move as well, so each gets half of the way.
                let most = if outer { (by.abs() - LEAST_END_WORLD).max(0.0) } else { (by.abs() / 2.0 - 4.0).max(0.0) };
                if by < 0.0 { low = low.max(level(a) - most) } else { high = high.min(level(a) + most) }
            }
            Some(self.room_among_boxes([a, b], upright, (low, high)))
        };
        (0..count).map(room).collect()
    }

    pub(super) fn room_among_boxes(
        &self,
        [a, b]: [Point; 2],
        upright: bool,
        (mut low, mut high): (f64, f64),
    ) -> (f64, f64) {
        let at = if upright { a.x } else { a.y };
        let piece = Rect::from_points(a, b).inflate(CLEARANCE_WORLD - 0.5, CLEARANCE_WORLD - 0.5);
        let swept = if upright {
            Rect::new(low, piece.y0, high, piece.y1).inflate(CLEARANCE_WORLD, 0.0)
        } else {
            Rect::new(piece.x0, low, piece.x1, high).inflate(0.0, CLEARANCE_WORLD)
        };
        self.nodes.boxes.any(swept, |_, rect| {
            let (from, to) = if upright { (rect.x0, rect.x1) } else { (rect.y0, rect.y1) };
            if to <= at {
                low = low.max((to + CLEARANCE_WORLD).min(at));
            } else if from >= at {
                high = high.min((from - CLEARANCE_WORLD).max(at));
            }
            false
        });
        (low, high)
    }

    /// Makes the route from its base and its lanes. Says whether it is another one.
    fn finish(&mut self, number: usize) -> bool {
        let Some(link) = self.links.get(number) else { return false };
        let mut points = link.base.clone();
        for (index, piece) in link.pieces.iter().enumerate() {
            let Some(piece) = self.lanes.pieces.get(*piece) else { continue };
            for point in points.iter_mut().skip(index).take(2).filter(|_| piece.room.is_some()) {
                if piece.upright { point.x = piece.lane } else { point.y = piece.lane }
            }
        }
        if points != link.base && self.runs_over_more(&points, &link.base) {
            points.clone_from(&link.base);
        }
        if *link.points == *points {
            return false;
        }
        if let Some(link) = self.links.get_mut(number) {
            link.points = Arc::from(points);
        }
        true
    }

    /// Whether a line runs over a box that another one leaves alone.
    fn runs_over_more(&self, points: &[Point], base: &[Point]) -> bool {
        points.windows(2).any(|ends| {
            let line = Rect::from_points(ends[0], ends[1]);
            self.nodes.boxes.any(line, |_, rect| touches(line, rect.inset(-HAIR_WORLD)) && !crosses(base, rect))
        })
    }
}

/// Areas that are small together are one: fewer to keep.
fn put_together(mut areas: Vec<Rect>) -> Vec<Rect> {
    if let Some(whole) = areas.iter().copied().reduce(|a, b| a.union(b))
        && whole.width() <= ONE_AREA_WORLD
        && whole.height() <= ONE_AREA_WORLD
    {
        return vec![whole];
    }
    let mut kept: Vec<Rect> = Vec::with_capacity(areas.len());
    areas.sort_by(|a, b| b.area().total_cmp(&a.area()));
    for area in areas {
        if !kept.iter().any(|other| crate::geometry::hit::encloses(*other, area)) {
            kept.push(area);
        }
    }
    kept
}
