//! Lines of what moves, where there are too many of them to be laid in every frame: each goes along as well as can be had for next to
//! nothing, and is laid once there is time.

use std::sync::Arc;

use kurbo::{Point, Rect, Vec2};

use super::{Routes, free, lay::Step, links::Link, nodes::Moves, shape, side::End};
use crate::{
    geometry::grid::{NumberMap, NumberSet},
    project::LineKind,
};

/// While something moves, so many times the connections that may follow otherwise are laid of those that hang on it. Of more none is, or
/// lines would turn from one way to the other.
const LAID_FOR_ONE: usize = 8;

impl Routes {
    /// Takes those out of `moved` that are only taken along, if there are too many, and gives them ways for the time being; not those
    /// that are drawn anew. What it takes out is behind, from the sides on.
    pub(super) fn take_along(
        &mut self,
        moves: &Moves,
        moved: &mut NumberSet,
        drawn_anew: &NumberSet,
        most: usize,
    ) -> Vec<usize> {
        if moved.len() <= most.saturating_mul(LAID_FOR_ONE) {
            return Vec::new();
        }
        let by: NumberMap<Vec2> =
            moves.boxes.iter().filter_map(|(node, rects)| Some((*node, shift(*rects)?))).collect();
        let mut along: Vec<usize> = moved.iter().copied().filter(|number| !drawn_anew.contains(number)).collect();
        along.sort_unstable();
        along.retain(|number| {
            let Some(points) = self.links.get(*number).and_then(|link| self.makeshift(link, &by)) else { return false };
            if let Some(link) = self.links.get_mut(*number) {
                link.points = points;
            }
            moved.remove(number);
            true
        });
        along
    }

    /// Lays what was taken along from the sides on, once there is time; their boxes give all ends their places at once.
    pub(super) fn lay_later(&mut self, along: &[usize], touched: &mut NumberSet) {
        for number in along {
            self.behind.insert(*number, Step::Sides);
            touched.extend(self.links.get(*number).and_then(|link| link.ends).into_iter().flatten());
        }
    }

    /// The way of a line for the time being; `None` if it is as quickly laid.
    fn makeshift(&self, link: &Link, by: &NumberMap<Vec2>) -> Option<Arc<[Point]>> {
        let course = &link.connection.course;
        let ends = link.ends.filter(|_| !link.looped && !link.points.is_empty())?;
        if course.line != LineKind::Orthogonal || !course.via.is_empty() {
            return None;
        }
        let shifts = ends.map(|end| by.get(&end).copied().unwrap_or_default());
        if shifts[0] == shifts[1] {
            return Some(link.points.iter().map(|point| *point + shifts[0]).collect());
        }
        // From where it was on both boxes, with nothing in its way.
        let rects = ends.map(|end| self.nodes.rects[end]);
        let (first, last) = (link.points.first()?, link.points.last()?);
        let end = |end: usize, at: Point| End { at: at + shifts[end], side: link.sides[end] };
        let points = shape::simple(end(0, *first), end(1, *last));
        Some(points.unwrap_or_else(|| free::straight(rects, [None; 2], &[], 0.0)).into())
    }
}

/// How far a box went; `None` if it came, went or is another one.
fn shift([before, now]: [Option<Rect>; 2]) -> Option<Vec2> {
    let (before, now) = before.zip(now)?;
    (before.size() == now.size()).then(|| now.origin() - before.origin())
}
