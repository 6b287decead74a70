//! Where the words of connections stand: on their line or beside it, over no box, no head and no other words, and never so that
//! nothing is left of the line.
//!
//! A place depends on what is near alone. First each has the place it would have without other words. Where two of those overlap, the
//! connection that comes first in the document keeps its own; the other looks for one that those leave free. So what is placed
//! is the same whatever part of the sheet is looked at, and what is far away changes nothing.
//!
//! What was found is kept. A change spoils what is near it; of that only what came out otherwise is passed on (`renew`), and until
//! it is found anew words stay where they were. All of it is done within a budget of looks.

mod decide;
mod renew;

use std::collections::{BTreeSet, HashMap};

use kurbo::{Point, Rect, Size};

use self::decide::Ground;
use super::{
    Routes,
    stand::{FARTHEST_WORLD, Search},
};
use crate::geometry::{
    grid::{Grid, touches},
    lines::Lines,
};

/// Words keep this far from each other.
const APART_WORLD: f64 = 1.5;
/// What a line can be taken hold of by is about so large at 100 %.
const GRIP_WORLD: f64 = 20.0;
/// Among more words than this nobody looks for a place.
const MOST_NEAR: usize = 96;

/// How large the words of a connection are in world units: all of them, and in few. Nothing where it says nothing, or has no shorter words.
pub type Forms = [Option<Size>; 2];

/// What is written on lines, as it is known to whoever paints it.
pub trait Written {
    /// The words of a connection, by its place in the document.
    fn forms(&self, index: usize) -> Forms;
    /// The connections whose routes pass a part of the sheet, in world units, ascending.
    fn near(&self, area_world: Rect) -> Vec<usize>;
    /// A mark that stands on the line of a connection, in world units.
    fn mark(&self, index: usize) -> Option<Rect>;
}

/// Words that have their place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// Their middle, in world units.
    pub middle_world: Point,
    /// Which of the forms has room there.
    pub form: usize,
    size: Size,
}

impl Stand {
    /// What the words cover, in world units.
    pub fn rect_world(&self) -> Rect {
        Rect::from_center_size(self.middle_world, self.size)
    }

    fn covers(&self, other: Rect) -> bool {
        touches(self.apart(), other)
    }

    /// What other words keep off.
    fn apart(&self) -> Rect {
        apart(self.rect_world())
    }
}

fn apart(rect_world: Rect) -> Rect {
    rect_world.inflate(APART_WORLD, APART_WORLD)
}

/// What was found out about the words of a connection.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// Their place without other words, and what they may take otherwise.
    wish: Option<Stand>,
    area: Option<Rect>,
    forms: Forms,
    /// Whether they stand there.
    keeps: Option<bool>,
    /// Whether their place among others is known, and that.
    settled: bool,
    stand: Option<Stand>,
    /// Their line runs otherwise since: that place is not to be shown.
    astray: bool,
    /// The frame in which somebody asked for them last.
    asked: u64,
}

/// The places of words, as far as anybody asked.
#[derive(Clone, Debug)]
pub struct Words {
    /// By the places of the connections in the document.
    known: Vec<Option<Known>>,
    /// The parts of the sheet that those may take, by the same places.
    areas: Grid,
    /// Near their lines something is another one: first those that are missed where their line runs otherwise, then others that are
    /// seen, then all others.
    spoiled: [BTreeSet<usize>; 3],
    /// Where among those it goes on, so that all have their turn while something moves in every frame.
    turns: [usize; 3],
    /// Whether they keep their place is to be decided anew.
    doubted: BTreeSet<usize>,
    /// They yield, and what they yield to is another one.
    restless: BTreeSet<usize>,
    /// So much may still be looked at before [`Words::begin`] is called again.
    left: usize,
    /// What was looked at so far.
    looked: usize,
    /// Somebody asked for words that were not looked for, since nothing was left.
    pending: bool,
    frame: u64,
    /// Moves when any place does.
    edition: u64,
    /// The places of words that have to be said, as of an edition.
    attended: (u64, HashMap<usize, (Size, Option<Stand>)>),
}

impl Default for Words {
    fn default() -> Self {
        Self {
            known: Vec::new(),
            areas: Grid::default(),
            spoiled: [const { BTreeSet::new() }; 3],
            turns: [0; 3],
            doubted: BTreeSet::new(),
            restless: BTreeSet::new(),
            left: usize::MAX,
            looked: 0,
            pending: false,
            frame: 0,
            edition: 0,
            attended: (0, HashMap::new()),
        }
    }
}

impl Words {
    /// Begins a frame in which at most about so many looks are taken: a look is one rectangle held against one way.
    pub fn begin(&mut self, most_looks: usize) {
        (self.left, self.pending) = (most_looks, false);
        self.frame += 1;
    }

    /// Whether words were asked for that are only found in a frame to come.
    pub fn is_pending(&self) -> bool {
        self.pending
    }

    /// How many looks were taken in all: what it costs.
    pub fn looked(&self) -> usize {
        self.looked
    }

    /// Forgets everything: connections came or went.
    pub fn forget(&mut self) {
        *self = Self {
            left: self.left,
            looked: self.looked,
            pending: self.pending,
            frame: self.frame,
            edition: self.edition + 1,
            ..Self::default()
        };
    }

    /// Where the words of a connection stand; `None` if it says nothing, or if there is no room. While there is no time to look, they
    /// are where they were last.
    pub fn of(&mut self, routes: &Routes, written: &impl Written, index: usize) -> Option<Stand> {
        let ground = Ground { routes, written };
        self.renew(&ground);
        if self.is_at_rest() && self.find(&ground, index).is_err() {
            self.pending = true;
        }
        self.ask(index);
        let known = self.at(index)?;
        if known.astray { None } else { known.stand }
    }

    /// A place for more words of a connection than it has otherwise: those of one that the person is at, which are so large, in world
    /// units. They cover no others, and if there is no room for them they stand over what is there.
    pub fn of_attended(
        &mut self,
        routes: &Routes,
        written: &impl Written,
        (index, size): (usize, Size),
    ) -> Option<Stand> {
        self.renew(&Ground { routes, written });
        if let (true, Some((known, stand))) = (self.attended.0 == self.edition, self.attended.1.get(&index))
            && *known == size
        {
            return *stand;
        }
        let search = Search::new(routes, written, index, true)?;
        let near = written.near(around(search.area));
        let waits = std::mem::take(&mut self.pending);
        let mut taken = Vec::new();
        for other in near.into_iter().filter(|other| *other != index) {
            let stand = self.of(routes, written, other).filter(|stand| touches(search.area, stand.rect_world()));
            taken.extend(stand.map(|stand| stand.apart()));
            if taken.len() >= MOST_NEAR {
                break;
            }
        }
        // Who is at a line takes hold of it by the points that it is led through.
        let via = routes.link(index).map(|(_, link)| link.connection.course.via.as_slice()).unwrap_or_default();
        taken.extend(via.iter().map(|at| Rect::from_center_size(*at, (GRIP_WORLD, GRIP_WORLD))));
        let middle_world = search.forced(size, &taken);
        self.take(search.looks());
        let stand = middle_world.map(|middle_world| Stand { middle_world, form: 0, size });
        if !self.pending {
            if self.attended.0 != self.edition {
                self.attended = (self.edition, HashMap::new());
            }
            self.attended.1.insert(index, (size, stand));
        }
        self.pending |= waits;
        stand
    }

    fn at(&self, index: usize) -> Option<&Known> {
        self.known.get(index)?.as_ref()
    }

    fn at_mut(&mut self, index: usize) -> Option<&mut Known> {
        self.known.get_mut(index)?.as_mut()
    }

    /// Goes over some connections, which takes much less than to look at each.
    fn pass(&mut self, near: &[usize]) {
        self.take(near.len() / 8);
    }

    /// Takes so many looks of what is left.
    fn take(&mut self, looks: usize) {
        self.left = self.left.saturating_sub(looks);
        self.looked += looks;
    }
}

/// Where the lines are whose words may come into a part of the sheet, both in world units.
pub fn around(area_world: Rect) -> Rect {
    area_world.inflate(FARTHEST_WORLD.width, FARTHEST_WORLD.height)
}

/// All words of a drawing that nobody edits.
struct Whole<F> {
    forms: F,
    lines: Lines,
}

impl<F: Fn(usize) -> Forms> Written for Whole<F> {
    fn forms(&self, index: usize) -> Forms {
        (self.forms)(index)
    }

    fn near(&self, area_world: Rect) -> Vec<usize> {
        self.lines.passing(area_world)
    }

    fn mark(&self, _: usize) -> Option<Rect> {
        None
    }
}

impl Routes {
    /// Where the words of all connections stand, in their order in the document, `None` for those that have no room; `forms` says how
    /// large they are, by the same order.
    pub fn words(&self, forms: impl Fn(usize) -> Forms) -> Vec<Option<Stand>> {
        let mut lines = Lines::default();
        self.points.iter().enumerate().for_each(|(index, points)| lines.set(index, points));
        let (whole, mut words) = (Whole { forms, lines }, Words::default());
        (0..self.points.len()).map(|index| words.of(self, &whole, index)).collect()
    }
}
