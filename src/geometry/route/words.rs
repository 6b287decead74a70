//! Where the words of connections stand: on their line or beside it, over no box, no head and no other words, and never so that
//! nothing is left of the line.
//!
//! A place depends on what is near alone. First each has the place it would have without other words. Where two of those overlap, the
//! connection that comes first in the document keeps its own; the other looks for one that those leave free. So what is placed
//! is the same whatever part of the sheet is looked at, and what is far away changes nothing.

use std::collections::HashMap;

use kurbo::{Point, Rect, Size};

use super::{
    Routes,
    stand::{FARTHEST_WORLD, Search},
};
use crate::geometry::grid::{Grid, touches};

/// Words keep this far from each other.
const APART_WORLD: f64 = 1.5;
/// Among more words than this nobody looks for a place.
const MOST_NEAR: usize = 96;

/// How large the words of a connection are: all of them, and in few. Nothing where it says nothing, or has no shorter words.
pub type Forms = [Option<Size>; 2];

/// What is written on lines, as it is known to whoever paints it.
pub trait Written {
    /// The words of a connection, by its place in the document.
    fn forms(&self, index: usize) -> Forms;
    /// The connections whose routes may pass a part of the sheet, ascending.
    fn near(&self, area_world: Rect) -> Vec<usize>;
    /// A mark that stands on the line of a connection.
    fn mark(&self, index: usize) -> Option<Rect>;
}

/// Words that have their place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// Their middle.
    pub middle_world: Point,
    /// Which of the forms has room there.
    pub form: usize,
    size: Size,
}

impl Stand {
    /// What the words cover.
    pub fn rect_world(&self) -> Rect {
        Rect::from_center_size(self.middle_world, self.size)
    }

    fn covers(&self, other: Rect) -> bool {
        touches(self.rect_world().inflate(APART_WORLD, APART_WORLD), other)
    }
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
}

/// The places of words, as far as anybody asked.
#[derive(Clone, Debug)]
pub struct Words {
    known: HashMap<usize, Known>,
    /// So many connections may still be looked at before [`Words::begin`] is called again.
    left: usize,
    /// Somebody asked for words that were not looked for, since nothing was left.
    pending: bool,
    /// Who yields to whom is to be found out anew: it is little, once the wishes are known.
    stale: bool,
}

impl Default for Words {
    fn default() -> Self {
        Self { known: HashMap::new(), left: usize::MAX, pending: false, stale: false }
    }
}

impl Words {
    /// Begins a frame in which about `most` connections that nothing is known of are looked at.
    pub fn begin(&mut self, most: usize) {
        (self.left, self.pending) = (most, false);
    }

    /// Whether words were asked for that are only found in a frame to come.
    pub fn is_pending(&self) -> bool {
        self.pending
    }

    /// Forgets everything.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// Forgets what hangs on a part of the sheet in which something changed.
    pub fn forget_near(&mut self, written: &impl Written, area_world: Rect) {
        if self.known.is_empty() {
            return;
        }
        for index in written.near(around(area_world)) {
            self.known.remove(&index);
        }
        self.stale = true;
    }

    /// Forgets what is known of one connection.
    pub fn forget_one(&mut self, index: usize) {
        self.known.remove(&index);
        self.stale = true;
    }

    /// Where the words of a connection stand; `None` if it says nothing, or if there is no room.
    pub fn of(&mut self, routes: &Routes, written: &impl Written, index: usize) -> Option<Stand> {
        if std::mem::take(&mut self.stale) {
            for known in self.known.values_mut() {
                (known.keeps, known.settled, known.stand) = (None, false, None);
            }
        }
        if self.left == 0 && !self.known.contains_key(&index) {
            self.pending = true;
            return None;
        }
        // Those that yield as well come before, each after those before it.
        let mut open = vec![index];
        while let Some(&top) = open.last() {
            let known = self.known(routes, written, top);
            if !known.settled {
                if known.wish.is_none() || self.keeps(routes, written, top) {
                    self.settle(top, known.wish);
                } else if let Some(before) = self.unsettled_before(routes, written, top) {
                    open.push(before);
                    continue;
                } else {
                    let stand = self.beside_others(routes, written, top);
                    self.settle(top, stand);
                }
            }
            open.pop();
        }
        self.known(routes, written, index).stand
    }

    /// A place for more words of a connection than it has otherwise: those of one that the person is at. They cover no others, and if
    /// there is no room for them they stand over what is there.
    pub fn of_attended(
        &mut self,
        routes: &Routes,
        written: &impl Written,
        (index, size): (usize, Size),
    ) -> Option<Stand> {
        let search = Search::new(routes, written, index, true)?;
        let near = written.near(around(search.area));
        let others = near.into_iter().filter(|other| *other != index).take(MOST_NEAR);
        let taken: Vec<Rect> =
            others.filter_map(|other| self.of(routes, written, other)).map(|stand| apart(&stand)).collect();
        let middle_world = search.forced(size, &taken)?;
        Some(Stand { middle_world, form: 0, size })
    }

    fn known(&mut self, routes: &Routes, written: &impl Written, index: usize) -> Known {
        *self.known.entry(index).or_insert_with(|| {
            self.left = self.left.saturating_sub(1);
            wish(routes, written, index)
        })
    }

    fn settle(&mut self, index: usize, stand: Option<Stand>) {
        if let Some(known) = self.known.get_mut(&index) {
            (known.settled, known.stand) = (true, stand);
        }
    }

    /// Whether words stand where they would without others: no earlier ones that do so overlap them.
    fn keeps(&mut self, routes: &Routes, written: &impl Written, index: usize) -> bool {
        let mut open = vec![index];
        while let Some(&top) = open.last() {
            let known = self.known(routes, written, top);
            let (Some(wish), None) = (known.wish, known.keeps) else {
                open.pop();
                continue;
            };
            let mut undecided = None;
            let mut yields = false;
            for other in written.near(around(wish.rect_world())) {
                if other >= top || yields {
                    break;
                }
                let rival = self.known(routes, written, other);
                if rival.wish.is_some_and(|rival| wish.covers(rival.rect_world())) {
                    yields = rival.keeps == Some(true);
                    undecided = undecided.or((rival.keeps.is_none()).then_some(other));
                }
            }
            if let Some(other) = undecided.filter(|_| !yields) {
                open.push(other);
                continue;
            }
            if let Some(known) = self.known.get_mut(&top) {
                known.keeps = Some(!yields);
            }
            open.pop();
        }
        self.known.get(&index).is_some_and(|known| known.keeps == Some(true))
    }

    /// An earlier connection whose words are still to yield, and may come into the way of these.
    fn unsettled_before(&mut self, routes: &Routes, written: &impl Written, index: usize) -> Option<usize> {
        let area = self.known(routes, written, index).area?;
        written.near(around(area)).into_iter().take_while(|other| *other < index).find(|other| {
            let known = self.known(routes, written, *other);
            !known.settled && known.wish.is_some() && !self.keeps(routes, written, *other)
        })
    }

    /// A place for words that yield: none if there are too many around.
    fn beside_others(&mut self, routes: &Routes, written: &impl Written, index: usize) -> Option<Stand> {
        let Known { area, forms, .. } = self.known(routes, written, index);
        let near = written.near(around(area?));
        let mut taken = Vec::new();
        for other in near.into_iter().filter(|other| *other != index) {
            let keeps = self.keeps(routes, written, other);
            let known = self.known(routes, written, other);
            let stand = if keeps { known.wish } else { known.stand.filter(|_| other < index) };
            taken.extend(stand.map(|stand| apart(&stand)));
            if taken.len() > MOST_NEAR {
                return None;
            }
        }
        first_form(&Search::new(routes, written, index, false)?, forms, &taken)
    }
}

/// Where the lines are whose words may come into a part of the sheet.
fn around(area_world: Rect) -> Rect {
    area_world.inflate(FARTHEST_WORLD.width, FARTHEST_WORLD.height)
}

fn apart(stand: &Stand) -> Rect {
    stand.rect_world().inflate(APART_WORLD, APART_WORLD)
}

/// What a connection would have without the words of others.
fn wish(routes: &Routes, written: &impl Written, index: usize) -> Known {
    let forms = written.forms(index);
    if forms.iter().all(Option::is_none) {
        return Known::default();
    }
    let Some(search) = Search::new(routes, written, index, false) else { return Known::default() };
    Known { wish: first_form(&search, forms, &[]), area: Some(search.area), forms, ..Known::default() }
}

fn first_form(search: &Search, forms: Forms, taken: &[Rect]) -> Option<Stand> {
    forms.into_iter().enumerate().find_map(|(form, size)| {
        let size = size?;
        Some(Stand { middle_world: search.place(size, taken)?, form, size })
    })
}

/// All words of a drawing that nobody edits.
struct Whole<'a, F> {
    forms: F,
    lines: Grid,
    routes: &'a Routes,
}

impl<F: Fn(usize) -> Forms> Written for Whole<'_, F> {
    fn forms(&self, index: usize) -> Forms {
        (self.forms)(index)
    }

    fn near(&self, area_world: Rect) -> Vec<usize> {
        let mut near = self.lines.query(area_world);
        near.retain(|index| !self.routes.points[*index].is_empty());
        near
    }

    fn mark(&self, _: usize) -> Option<Rect> {
        None
    }
}

impl Routes {
    /// Where the words of all connections stand, in their order in the document, `None` for those that have no room; `forms` says how
    /// large they are, by the same order.
    pub fn words(&self, forms: impl Fn(usize) -> Forms) -> Vec<Option<Stand>> {
        let area = |points: &std::sync::Arc<[Point]>| {
            let corners = points.iter().map(|point| Rect::from_points(*point, *point));
            corners.reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO)
        };
        let whole = Whole { forms, lines: Grid::new(self.points.iter().map(area)), routes: self };
        let mut words = Words::default();
        (0..self.points.len()).map(|index| words.of(self, &whole, index)).collect()
    }
}
