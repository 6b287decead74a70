//! The borders of open boundaries among the lanes: what runs along one of them keeps a lane off it. The first and the last piece of a line
//! have their place on the side of a box and stay there otherwise; off a border they go along that side, as far as it goes.

use std::{collections::HashMap, sync::Arc};

use kurbo::{Point, Rect};

use super::{
    Routes,
    lanes::{LANE_WORLD, Piece},
    lay::{LEAST_END_WORLD, MOST_ASIDE_WORLD, Step},
    links::Link,
    place::{LEAST_SIBLINGS, LEAST_SPACING_WORLD, Place},
    side::{self, Side},
};
use crate::{
    geometry::{grid::NumberSet, hit::distance_to_polyline},
    project::{Boundary, BoundaryId, ElementId, Project, Shared},
};

/// Stands for the connection of a piece that is none of a connection.
pub(super) const NOBODY: usize = usize::MAX;

/// A line nearer than this to a border is taken for a part of it.
const ALONG_WORLD: f64 = 6.0;
/// And one that is beside it for no longer than this is not.
const LEAST_SHARED_WORLD: f64 = 4.0;
/// A trunk keeps off borders along so much of its way from its box.
const BEFORE_WORLD: f64 = 60.0;

/// The borders that are seen, each with the numbers of its four pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct Borders {
    known: Option<Shared<BoundaryId, Arc<Boundary>>>,
    pieces: HashMap<BoundaryId, (Rect, [usize; 4])>,
    /// Boxes of many lines near borders that came or went: their trunks may have other places.
    near: NumberSet,
}

impl Borders {
    /// The boxes at which trunks are to be looked at anew, once.
    pub(super) fn take_near(&mut self) -> NumberSet {
        std::mem::take(&mut self.near)
    }
}

impl Routes {
    /// Follows the borders; gives the pieces beside those that came, moved or went.
    pub(super) fn follow_borders(&mut self, project: &Project) -> NumberSet {
        let mut beside = NumberSet::default();
        let known = self.borders.known.replace(project.boundaries.clone());
        if known.is_some_and(|known| known.is(&project.boundaries)) {
            return beside;
        }
        let folds = project.boundaries.values().any(|boundary| boundary.folded.is_some());
        let hidden = if folds { project.hidden() } else { HashMap::new() };
        let open = project.boundaries.iter().filter(|(id, boundary)| {
            boundary.folded.is_none() && (!folds || !hidden.contains_key(&ElementId::Boundary((*id).clone())))
        });
        let mut old = std::mem::take(&mut self.borders.pieces);
        for (id, boundary) in open {
            let rect = boundary.rect_world();
            let stays = old.remove(id).filter(|(was, pieces)| {
                let same = *was == rect;
                if !same {
                    self.remove_border(pieces, &mut beside);
                }
                same
            });
            let pieces = stays.map_or_else(|| self.add_border(rect, &mut beside), |(_, pieces)| pieces);
            self.borders.pieces.insert(id.clone(), (rect, pieces));
        }
        for (_, pieces) in old.into_values() {
            self.remove_border(&pieces, &mut beside);
        }
        beside
    }

    fn add_border(&mut self, rect: Rect, beside: &mut NumberSet) -> [usize; 4] {
        let (a, b) = (rect.origin(), Point::new(rect.x1, rect.y1));
        let (c, d) = (Point::new(rect.x1, rect.y0), Point::new(rect.x0, rect.y1));
        [[a, c], [c, b], [d, b], [a, d]].map(|ends| {
            let piece = Piece::new(NOBODY, 0, &ends, None);
            self.look_beside(&piece, beside);
            self.lanes.pieces.add(piece)
        })
    }

    fn remove_border(&mut self, pieces: &[usize; 4], beside: &mut NumberSet) {
        for piece in pieces {
            if let Some(piece) = self.lanes.pieces.remove(*piece) {
                self.look_beside(&piece, beside);
            }
        }
    }

    /// A border came or went: what is beside it looks for its lane, and lines along it whether their ends have to go aside.
    fn look_beside(&mut self, border: &Piece, beside: &mut NumberSet) {
        beside.extend(self.lanes.beside(border));
        let (behind, across) = (&mut self.behind, (border.at - ALONG_WORLD, border.at + ALONG_WORLD));
        self.lanes.pieces.each(border.upright, across, border.span, |_, piece| {
            if piece.link != NOBODY {
                behind.entry(piece.link).or_insert(Step::Room);
            }
        });
        let (from, to) = border.span;
        let ends = [(border.at, from), (border.at, to)].map(|(x, y)| if border.upright { (x, y) } else { (y, x) });
        let area = Rect::from_points(ends[0], ends[1]).inflate(BEFORE_WORLD, BEFORE_WORLD);
        let (near, ends) = (&mut self.borders.near, &self.nodes.ends);
        self.nodes.boxes.any(area, |node, _| {
            if ends.get(node).is_some_and(|ends| ends.len() >= LEAST_SIBLINGS) {
                near.insert(node);
            }
            false
        });
    }

    /// Moves trunks off borders that they would leave their box along, as far as their side goes and no other end is there.
    pub(super) fn trunks_off_borders(&self, node: usize, places: &mut [(usize, usize, Place)]) {
        let rect = self.nodes.rects[node];
        let side_of = |number: usize, end: usize| self.links.get(number).map(|link| link.sides[end]);
        let ends: Vec<(Option<Side>, f64)> =
            places.iter().map(|(number, end, place)| (side_of(*number, *end), place.along)).collect();
        for ((.., place), (side, along)) in places.iter_mut().zip(&ends).filter(|((.., place), _)| place.trunk) {
            let Some(side) = *side else { continue };
            let (at, out) = (side.at(rect, *along), side.outward() * BEFORE_WORLD);
            let stub = Piece::new(NOBODY, 0, &[at, at + out], None);
            let Some(border) = self.border_along(&stub) else { continue };
            let (low, high) = side::range(rect, side);
            let free = |level: &f64| {
                let other = |(of, at): &(Option<Side>, f64)| *of == Some(side) && at != along;
                let taken =
                    ends.iter().filter(|end| other(end)).any(|(_, at)| (at - level).abs() < LEAST_SPACING_WORLD);
                (low..=high).contains(level) && !taken
            };
            let offers = [border - LANE_WORLD, border + LANE_WORLD].into_iter().filter(free);
            let nearest = offers.min_by(|a, b| (a - along).abs().total_cmp(&(b - along).abs()));
            place.along = nearest.unwrap_or(*along);
        }
    }

    /// How far the first or the last piece of a route may move along the sides of its boxes: only where it runs along a border, and where
    /// neither a hand nor a trunk holds it.
    pub(super) fn room_off_border(&self, link: &Link, base: &[Point], number: usize) -> Option<(f64, f64)> {
        let last = base.len().checked_sub(2)?;
        let (near, ends) = (&base[number.saturating_sub(1)..(number + 3).min(base.len())], link.ends?);
        let held = link.connection.course.via.iter().any(|via| distance_to_polyline(near, *via) < 0.5);
        if held || number == 0 && link.places[0].trunk {
            return None;
        }
        let piece = Piece::new(NOBODY, number, base, None);
        self.border_along(&piece)?;
        let (mut low, mut high) = (piece.at - MOST_ASIDE_WORLD, piece.at + MOST_ASIDE_WORLD);
        for end in [(0, 0), (1, last)].into_iter().filter(|(_, at)| *at == number).map(|(end, _)| end) {
            let side = link.sides[end];
            if side.is_upright() == piece.upright {
                return None;
            }
            let (from, to) = side::range(self.nodes.rects[ends[end]], side);
            (low, high) = (low.max(from), high.min(to));
        }
        // The piece beside it keeps its direction; where what is at its other end may move as well, each gets half of the way.
        let beside = [number.checked_sub(1).map(|at| (at, at)), (number < last).then_some((number + 1, number + 2))];
        for (beside, far) in beside.into_iter().flatten() {
            let by = if piece.upright { base[far].x } else { base[far].y } - piece.at;
            let outer = beside == 0 || beside == last;
            let most = if outer { by.abs() - LEAST_END_WORLD } else { by.abs() / 2.0 - 4.0 }.max(0.0);
            if by < 0.0 { low = low.max(piece.at - most) } else { high = high.min(piece.at + most) }
        }
        let (a, b) = (base[number], base[number + 1]);
        (low <= piece.at && piece.at <= high).then(|| self.room_among_boxes([a, b], piece.upright, (low, high)))
    }

    /// Where the nearest border is that a piece runs along.
    fn border_along(&self, piece: &Piece) -> Option<f64> {
        let mut nearest: Option<f64> = None;
        let near = (piece.at - ALONG_WORLD, piece.at + ALONG_WORLD);
        self.lanes.pieces.each(piece.upright, near, piece.span, |_, other| {
            let shared = piece.span.1.min(other.span.1) - piece.span.0.max(other.span.0);
            let off = |at: f64| ((at - piece.at).abs(), at);
            if other.link == NOBODY && shared > LEAST_SHARED_WORLD && nearest.is_none_or(|at| off(other.at) < off(at)) {
                nearest = Some(other.at);
            }
        });
        nearest
    }
}
