//! Where the words of links stand, found once for as long as nothing near them changes.

use std::collections::HashSet;

use kurbo::{Point, Rect, Size};

use super::{Changes, Frame, Link, Scene};
use crate::geometry::route::{self, Forms, Stand, Written};

/// How large the words of a link are, by whoever can measure them.
type Measure<'a> = &'a dyn Fn(&Link) -> Forms;

/// The sheet as the words see it.
struct Sheet<'a> {
    scene: &'a Scene,
    measure: Measure<'a>,
}

impl Written for Sheet<'_> {
    fn forms(&self, index: usize) -> Forms {
        self.scene.links.get(index).map_or([None; 2], self.measure)
    }

    fn near(&self, area_world: Rect) -> Vec<usize> {
        self.scene.index.links.passing(area_world)
    }

    fn mark(&self, index: usize) -> Option<Rect> {
        self.scene.links.get(index)?.mark_world()
    }
}

/// So many looks are taken in a frame to find places for words; a view with more of them has the others in the frames after it.
const MOST_LOOKS: usize = 60_000;
/// The same while something is moved, when lines are laid in every frame as well.
const MOST_LOOKS_MOVING: usize = 20_000;

/// What words keep off besides cards and lines: where it is, and what it says if that tells how large it is.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Obstacle {
    corners: [u64; 4],
    said: Option<String>,
}

impl Obstacle {
    fn new(rect: Rect, said: Option<&str>) -> Self {
        let corners = [rect.x0, rect.y0, rect.x1, rect.y1].map(f64::to_bits);
        Self { corners, said: said.map(str::to_owned) }
    }

    /// The parts of the sheet in which it is in the way of words: of an open frame its line, with the name on it.
    fn parts(&self) -> Vec<Rect> {
        let [x0, y0, x1, y1] = self.corners.map(f64::from_bits);
        if self.said.is_none() {
            return vec![Rect::new(x0, y0, x1, y1)];
        }
        [[x0, y0, x1, y0], [x1, y0, x1, y1], [x0, y1, x1, y1], [x0, y0, x0, y1]]
            .map(|[x0, y0, x1, y1]| Rect::new(x0, y0, x1, y1))
            .into()
    }
}

/// What encloses each piece that only one of two ways of a line has.
pub(super) fn rerouted(before: &[Point], now: &[Point]) -> Vec<Rect> {
    let only = |a: &[Point], b: &[Point]| -> Vec<Rect> {
        let pieces = a.windows(2).filter(|ends| !b.windows(2).any(|other| other == *ends));
        pieces.map(|ends| Rect::from_points(ends[0], ends[1])).collect()
    };
    [only(before, now), only(now, before)].concat()
}

/// The parts of the sheet in which one of two sets of obstacles has what the other has not.
pub(super) fn differing(before: &HashSet<Obstacle>, now: &HashSet<Obstacle>) -> Vec<Rect> {
    before.symmetric_difference(now).flat_map(Obstacle::parts).collect()
}

impl Scene {
    /// Begins a frame.
    pub(in crate::ui::canvas) fn begin_words(&self) {
        self.words.borrow_mut().begin(if self.in_gesture { MOST_LOOKS_MOVING } else { MOST_LOOKS });
    }

    /// Whether some words that are to be seen are still to be looked for.
    pub(in crate::ui::canvas) fn words_are_pending(&self) -> bool {
        self.words.borrow().is_pending()
    }

    /// Where the words of a link stand; `None` if it says nothing, or if there is no room for them.
    pub(in crate::ui::canvas) fn words_stand(&self, index: usize, measure: Measure<'_>) -> Option<Stand> {
        let routes = self.routing.routes()?;
        self.words.borrow_mut().of(routes, &Sheet { scene: self, measure }, index)
    }

    /// The links whose words may be at a point, ascending: words stand beside their lines.
    pub(in crate::ui::canvas) fn links_worded_at(&self, point_world: Point) -> Vec<usize> {
        Sheet { scene: self, measure: &|_| [None; 2] }
            .near(route::worded_around(Rect::from_points(point_world, point_world)))
    }

    /// How many looks were taken for words so far.
    pub(in crate::ui::canvas) fn words_looked(&self) -> usize {
        self.words.borrow().looked()
    }

    /// Where the middle of the words of a link is that the person is at, which are so large.
    pub(in crate::ui::canvas) fn attended_words_world(
        &self,
        (index, size_world): (usize, Size),
        measure: Measure<'_>,
    ) -> Point {
        let sheet = Sheet { scene: self, measure };
        let stand = self
            .routing
            .routes()
            .and_then(|routes| self.words.borrow_mut().of_attended(routes, &sheet, (index, size_world)));
        stand.map_or(self.links[index].middle_world, |stand| stand.middle_world)
    }

    /// Forgets the places of words around parts of the sheet.
    pub(super) fn forget_words(&self, areas_world: Vec<Rect>) {
        self.words.borrow_mut().forget_near(areas_world);
    }

    /// The frames and notes that are seen, of which some change: all of a kind if some come or go, else those that become others.
    pub(super) fn obstacles(&self, changes: &Changes) -> HashSet<Obstacle> {
        let frame = |index: usize| {
            let frame: &Frame = self.frames.get(index)?;
            let rect = self.index.frames.rect(index)?;
            Some(Obstacle::new(rect, frame.folded.is_none().then_some(&frame.name)))
        };
        let note = |index: usize| Some(Obstacle::new(self.index.notes.rect(index)?, None));
        let those =
            |changed: &Option<Vec<usize>>, count: usize| changed.clone().unwrap_or_else(|| (0..count).collect());
        let frames = those(&changes.boundaries, self.frames.len()).into_iter().filter_map(frame);
        let notes = those(&changes.notes, self.index.notes.numbers()).into_iter().filter_map(note);
        frames.chain(notes).collect()
    }
}
