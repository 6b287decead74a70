//! The search for a place for words: on their line, or beside it, as near as can be to where they are wanted.

use std::cell::Cell;

use kurbo::{Point, Rect, Size, Vec2};

use super::{Routes, path::length, words::Written};
use crate::geometry::{grid::touches, hit::segment_within};

/// Words keep this far from boxes, notes and the names of frames.
const MARGIN_WORLD: f64 = 2.0;
/// And from lines that they stand beside.
const OFF_LINES_WORLD: f64 = 1.0;
/// How far beside their line words stand that have no room on it.
const BESIDE_WORLD: f64 = 4.0;
/// Words that have to be said stand farther off if nothing nearer is free.
const FARTHER_WORLD: [f64; 5] = [BESIDE_WORLD, 24.0, 48.0, 80.0, 120.0];
/// So much of a line is seen before its words begin.
const SEEN_WORLD: f64 = 12.0;
/// The head of a line, and half of how broad it is.
const HEAD_WORLD: f64 = 9.0;
const HALF_HEAD_WORLD: f64 = 5.0;
/// Words stand no farther than this from where they are wanted, along their line.
pub(super) const REACH_WORLD: f64 = 320.0;
/// So far they move along their line rather than cover another one.
const RATHER_WORLD: f64 = 160.0;
/// No words are higher or wider than this, with what is between them and their line.
const LARGEST_WORLD: Size = Size::new(250.0, 40.0);
/// Words of no line stand farther than this from it, with all of what they cover.
pub(super) const FARTHEST_WORLD: Size = Size::new(370.0, 160.0);
/// Lines nearer than this are one line; words stand so far off what two lines share, since nobody could tell whose they are.
const SAME_WORLD: f64 = 0.5;
const ALIKE_WORLD: f64 = 6.0;
/// About so many rectangles are near.
const USUAL: usize = 128;
/// Slanted lines are taken for boxes around pieces so long: of their own, and of others.
const OWN_BIT_WORLD: f64 = 6.0;
const BIT_WORLD: f64 = 24.0;

/// A piece of a way that the middle of words may take; it begins so far along their line.
#[derive(Clone, Copy)]
struct Track {
    from: Point,
    to: Point,
    walked: f64,
}

/// What is known of the places that the words of one line may take.
pub(super) struct Search {
    /// The pieces of its line that are near enough.
    tracks: Vec<Track>,
    /// How far along their line words are wanted.
    wanted: f64,
    /// A person put them there.
    by_hand: bool,
    /// What encloses its line, where that is a loop.
    loop_world: Option<Rect>,
    /// What words may not cover.
    solid: Vec<Rect>,
    /// Both ends of its line.
    ends: Vec<Rect>,
    /// Other lines, and those of frames.
    lines: Vec<Rect>,
    /// The part of the sheet that words of any size may take.
    pub area: Rect,
    /// How many rectangles were held against ways so far.
    looks: Cell<usize>,
}

/// The pieces of a line from one length along it to another.
fn parts(points: &[Point], (from, to): (f64, f64)) -> Vec<Track> {
    let mut parts = Vec::new();
    let mut walked = 0.0;
    for ends in points.windows(2) {
        let length = (ends[1] - ends[0]).hypot();
        let (begin, end) = ((from - walked).max(0.0), (to - walked).min(length));
        if begin < end {
            let at = |along: f64| ends[0].lerp(ends[1], along / length);
            parts.push(Track { from: at(begin), to: at(end), walked: walked + begin });
        }
        walked += length;
    }
    parts
}

impl Track {
    fn length(&self) -> f64 {
        (self.to - self.from).hypot()
    }

    fn area(&self) -> Rect {
        Rect::from_points(self.from, self.to)
    }

    /// Where it and another one are one line.
    fn shared(&self, other: &Self) -> Option<Rect> {
        let (a, b) = (self.area(), other.area());
        let upright = |area: Rect| area.width() <= SAME_WORLD && area.height() > SAME_WORLD;
        let level = |area: Rect| area.height() <= SAME_WORLD && area.width() > SAME_WORLD;
        let both = a.inflate(SAME_WORLD, SAME_WORLD).intersect(b);
        let long = both.width().max(both.height()) > 4.0 * SAME_WORLD;
        let alike = upright(a) && upright(b) || level(a) && level(b);
        (alike && long && touches(a.inflate(SAME_WORLD, SAME_WORLD), b)).then_some(both)
    }

    /// Boxes that cover it: one, or where it is slanted several along it.
    fn boxes(self, longest: f64) -> impl Iterator<Item = Rect> {
        let by = self.to - self.from;
        let count = if by.x == 0.0 || by.y == 0.0 { 1.0 } else { (by.hypot() / longest).ceil().max(1.0) };
        (0..count as usize).map(move |bit| {
            let at = |bit: f64| self.from.lerp(self.to, bit / count);
            Rect::from_points(at(bit as f64), at(bit as f64 + 1.0))
        })
    }

    /// The same piece to both sides, so far off that words beside it leave it free; first above it, or to its right.
    fn beside(self, size: Size, off: f64) -> [Self; 2] {
        let across = (self.to - self.from).normalize().turn_90();
        let above = across.y < 0.0 || across.y == 0.0 && across.x > 0.0;
        let across = if above { across } else { -across };
        let half = size / 2.0;
        let by = across * (across.x.abs() * half.width + across.y.abs() * half.height + off);
        [by, -by].map(|by: Vec2| Self { from: self.from + by, to: self.to + by, walked: self.walked })
    }
}

fn enclosing(tracks: &[Track]) -> Option<Rect> {
    tracks.iter().map(Track::area).reduce(|a, b| a.union(b))
}

impl Search {
    /// Looks what is near a line that has words, which may have to be said; `None` where there is no line.
    pub fn new(routes: &Routes, written: &impl Written, index: usize, forced: bool) -> Option<Self> {
        let (_, link) = routes.link(index)?;
        let points = &*link.points;
        let length = length(points);
        let put = link.connection.course.label_at;
        let wanted = put.unwrap_or(0.5) * length;
        let tracks = parts(points, (wanted - REACH_WORLD, wanted + REACH_WORLD));
        let reach = if forced || link.is_plain_loop() { FARTHEST_WORLD } else { LARGEST_WORLD };
        let area = enclosing(&tracks)?.inflate(reach.width, reach.height);
        let ends = [(0.0, SEEN_WORLD), (length - SEEN_WORLD - HEAD_WORLD, length)];
        let ends = ends.into_iter().flat_map(|part| parts(points, part)).map(|track| track.area()).collect();
        let loop_world = if link.is_plain_loop() { enclosing(&tracks) } else { None };
        let mut search = Self {
            tracks,
            wanted,
            by_hand: put.is_some(),
            loop_world,
            solid: Vec::with_capacity(USUAL),
            ends,
            lines: Vec::with_capacity(USUAL),
            area,
            looks: Cell::new(0),
        };
        search.look(routes, written, index);
        Some(search)
    }

    /// How many looks it took so far.
    pub fn looks(&self) -> usize {
        self.looks.get()
    }

    fn looked(&self, count: usize) {
        self.looks.set(self.looks.get() + count);
    }

    fn look(&mut self, routes: &Routes, written: &impl Written, index: usize) {
        for grid in [&routes.nodes.boxes, &routes.writing.places] {
            grid.any(self.area, |_, rect| {
                self.solid.push(rect.inflate(MARGIN_WORLD, MARGIN_WORLD));
                false
            });
        }
        routes.writing.frames_open.any(self.area, |_, rect| {
            let corners =
                [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1), (rect.x0, rect.y0)];
            let borders = corners.windows(2).map(|ends| Rect::from_points(ends[0], ends[1]));
            self.lines.extend(borders.filter(|border| touches(*border, self.area)));
            false
        });
        for other in written.near(self.area) {
            self.solid.extend(written.mark(other).map(|mark| mark.inflate(OFF_LINES_WORLD, OFF_LINES_WORLD)));
            let Some(points) = routes.points.get(other).filter(|_| other != index) else { continue };
            if let [.., before, tip] = &**points {
                let back = *before - *tip;
                let head = *tip + back.normalize() * HEAD_WORLD.min(back.hypot());
                self.solid.push(Rect::from_points(*tip, head).inflate(HALF_HEAD_WORLD, HALF_HEAD_WORLD));
            }
            self.looked(points.len());
            for ends in points.windows(2) {
                let piece = Track { from: ends[0], to: ends[1], walked: 0.0 };
                if touches(piece.area(), self.area) {
                    self.looked(self.tracks.len());
                    let shared = self.tracks.iter().filter_map(|track| track.shared(&piece));
                    self.solid.extend(shared.map(|shared| shared.inflate(ALIKE_WORLD, ALIKE_WORLD)));
                    let near = piece.boxes(BIT_WORLD).filter(|bit| touches(*bit, self.area));
                    self.lines.extend(near.map(|bit| bit.inflate(OFF_LINES_WORLD, OFF_LINES_WORLD)));
                }
            }
        }
    }

    /// The place for the middle of words of a size that cover nothing, nor any of what else is `taken`.
    pub fn place(&self, size: Size, taken: &[Rect]) -> Option<Point> {
        let on_line = |others: &[Rect], most: f64| {
            let blocked: [&[Rect]; 4] = [&self.solid, &self.ends, taken, others];
            self.nearest(self.tracks.iter().copied(), size, &blocked, most)
        };
        if self.loop_world.is_some() {
            let outside = FARTHER_WORLD.iter().find_map(|off| self.beside(size, *off, taken, &self.lines));
            return outside.or_else(|| on_line(&[], f64::INFINITY));
        }
        // Who put them there himself knows what they cover.
        let clear = if self.by_hand { None } else { on_line(&self.lines, RATHER_WORLD) };
        clear.or_else(|| on_line(&[], f64::INFINITY)).or_else(|| self.beside(size, BESIDE_WORLD, taken, &self.lines))
    }

    /// A place for words that have to be said: if there is none for them, farther off, and in the end over what is there, but never
    /// over their own line.
    pub fn forced(&self, size: Size, taken: &[Rect]) -> Option<Point> {
        let farther = || FARTHER_WORLD.iter().find_map(|off| self.beside(size, *off, taken, &[]));
        let own = self.own();
        let over = || self.nearest(self.all_beside(size, BESIDE_WORLD), size, &[&own[..]], f64::INFINITY);
        self.place(size, taken).or_else(farther).or_else(over)
    }

    fn beside(&self, size: Size, off: f64, taken: &[Rect], lines: &[Rect]) -> Option<Point> {
        let own = self.own();
        let blocked: [&[Rect]; 4] = [&self.solid, &own, taken, lines];
        self.nearest(self.all_beside(size, off), size, &blocked, f64::INFINITY)
    }

    fn all_beside(&self, size: Size, off: f64) -> impl Iterator<Item = Track> {
        self.tracks.iter().flat_map(move |track| track.beside(size, off))
    }

    /// Its own line, and what a loop is around.
    fn own(&self) -> Vec<Rect> {
        let bits = self.tracks.iter().flat_map(|track| track.boxes(OWN_BIT_WORLD));
        bits.chain(self.loop_world).chain(self.ends.iter().copied()).collect()
    }

    /// The place on some tracks that is nearest to where words are wanted, no farther off than `most`, and at which they cover
    /// nothing that is `blocked`; of equal ones the first.
    fn nearest(
        &self,
        tracks: impl Iterator<Item = Track>,
        size: Size,
        blocked: &[&[Rect]],
        most: f64,
    ) -> Option<Point> {
        let mut best: Option<(f64, Point)> = None;
        for track in tracks {
            let Some(along) = self.free(&track, size / 2.0, blocked) else { continue };
            let off = (track.walked + along - self.wanted).abs();
            if off <= most && best.is_none_or(|(least, _)| off < least) {
                best = Some((off, track.from.lerp(track.to, along / track.length())));
            }
        }
        best.map(|(_, place)| place)
    }

    /// How far along a track the nearest free place is.
    fn free(&self, track: &Track, half: Size, blocked: &[&[Rect]]) -> Option<f64> {
        let length = track.length();
        let around = track.area().inflate(half.width, half.height);
        self.looked(blocked.iter().map(|rects| rects.len()).sum());
        let mut covered: Vec<(f64, f64)> = Vec::with_capacity(USUAL / 4);
        for rect in blocked.iter().flat_map(|rects| rects.iter()).filter(|rect| touches(around, **rect)) {
            // Words cover it while their middle is in it with a rim of half their size.
            let within = segment_within(track.from, track.to, rect.inflate(half.width, half.height));
            covered.extend(within.map(|(enters, leaves)| (enters * length, leaves * length)));
        }
        covered.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let wanted = self.wanted - track.walked;
        let (mut best, mut end) = (None::<f64>, 0.0);
        for (from, to) in covered.into_iter().chain([(length, length)]) {
            if from > end {
                let at = wanted.clamp(end, from);
                if best.is_none_or(|best| (at - wanted).abs() < (best - wanted).abs()) {
                    best = Some(at);
                }
            }
            end = to.max(end);
        }
        best
    }
}
