//! Where the words of links stand, found once for as long as nothing near them changes.

use kurbo::{Point, Rect, Size};

use super::{Link, Scene};
use crate::geometry::route::{Forms, Stand, Written};

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
        self.scene.index.links.query(area_world)
    }

    fn mark(&self, index: usize) -> Option<Rect> {
        self.scene.links.get(index)?.mark_world()
    }
}

/// Of so many connections words are looked for in a frame; a view with more of them has the others in the frames after it.
const MOST_IN_A_FRAME: usize = 200;

impl Scene {
    /// Begins a frame.
    pub(in crate::ui::canvas) fn begin_words(&self) {
        self.words.borrow_mut().begin(MOST_IN_A_FRAME);
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

    /// Forgets the places of words around a part of the sheet.
    pub(super) fn forget_words(&self, area_world: Rect) {
        self.words.borrow_mut().forget_near(&Sheet { scene: self, measure: &|_| [None; 2] }, area_world);
    }

    /// Forgets the places of words around the way of a link.
    pub(super) fn forget_words_along(&self, index: usize) {
        self.words.borrow_mut().forget_one(index);
        for ends in self.links[index].points.windows(2) {
            self.forget_words(Rect::from_points(ends[0], ends[1]));
        }
    }
}
