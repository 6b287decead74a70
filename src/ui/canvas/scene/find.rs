//! What of a scene is at a place.

use std::rc::Rc;

use kurbo::{Point, Rect};

use super::{Card, Frame, Hops, Index, Link, Scene, Seen};
use crate::{
    geometry::{
        grid::{Grid, touches},
        hit::{contains, distance_to_polyline, distance_to_rect, encloses, segment_touches},
        route,
    },
    project::{ComponentId, ConnectionId, NoteColour, Project, Side},
};

impl Scene {
    /// What was found in an area is kept until another one is asked for or the scene moves: several ask for the same in a frame.
    fn kept(&self, kind: usize, area_world: Rect, find: impl FnOnce() -> Vec<usize>) -> Rc<[usize]> {
        let mut seen = self.seen.borrow_mut();
        let same = |seen: &&Seen| seen.version == self.version && seen.area_world == area_world;
        if let Some(known) = seen[kind].as_ref().filter(same) {
            return Rc::clone(&known.positions);
        }
        let positions: Rc<[usize]> = find().into();
        seen[kind] = Some(Seen { area_world, version: self.version, positions: Rc::clone(&positions) });
        positions
    }

    /// The positions of the cards that overlap a part of the sheet, ascending.
    pub(in crate::ui::canvas) fn card_positions(&self, area_world: Rect) -> Rc<[usize]> {
        self.kept(0, area_world, || self.index.cards.query(area_world))
    }

    /// The cards that overlap a part of the sheet, in document order.
    pub(in crate::ui::canvas) fn cards_in(&self, area_world: Rect) -> impl Iterator<Item = &Card> {
        self.index.cards.query(area_world).into_iter().map(|index| &self.cards[index])
    }

    /// Every card that is not hidden, with its position.
    pub(in crate::ui::canvas) fn seen_cards(&self) -> impl Iterator<Item = (usize, &Card)> {
        self.cards.iter().enumerate().filter(|(index, _)| self.index.cards.rect(*index).is_some())
    }

    /// Whether a card, a boundary or a note overlaps a part of the sheet.
    pub(in crate::ui::canvas) fn anything_in(&self, area_world: Rect) -> bool {
        let Index { cards, frames, notes, .. } = &self.index;
        [cards, frames, notes].into_iter().any(|grid| grid.any(area_world, |_, _| true))
    }

    /// Where the cards, boundaries and notes are that overlap a part of the sheet.
    pub(in crate::ui::canvas) fn rects_in(&self, area_world: Rect) -> impl Iterator<Item = Rect> {
        let Index { cards, frames, notes, .. } = &self.index;
        let there = move |grid: &'_ Grid| {
            let found = grid.query(area_world).into_iter();
            found.filter_map(|index| grid.rect(index)).collect::<Vec<_>>()
        };
        [cards, frames, notes].into_iter().flat_map(there)
    }

    /// Where the notes are that are seen.
    pub(in crate::ui::canvas) fn seen_notes(&self, project: &Project) -> impl Iterator<Item = (Rect, NoteColour)> {
        let notes = project.sticky_notes.values().enumerate();
        notes.filter_map(|(index, note)| Some((self.index.notes.rect(index)?, note.colour)))
    }

    /// The positions of the links of which a segment may be seen in a part of the sheet, ascending.
    pub(in crate::ui::canvas) fn link_positions(&self, area_world: Rect) -> Rc<[usize]> {
        self.kept(1, area_world, || self.links_passing(area_world))
    }

    fn links_passing(&self, area_world: Rect) -> Vec<usize> {
        let mut found = self.index.links.passing(area_world);
        // A slanted piece is around more than it passes.
        let within = |index: &usize| self.index.links.rect(*index).is_some_and(|area| encloses(area_world, area));
        found.retain(|index| within(index) || self.links[*index].passes(area_world));
        found
    }

    /// The links of which a segment may be seen in a part of the sheet, in document order.
    pub(in crate::ui::canvas) fn links_in(&self, area_world: Rect) -> impl Iterator<Item = &Link> {
        self.links_passing(area_world).into_iter().map(|index| &self.links[index])
    }

    /// The boundaries that overlap a part of the sheet.
    pub(in crate::ui::canvas) fn frames_in(&self, area_world: Rect) -> impl Iterator<Item = &Frame> {
        self.index.frames.query(area_world).into_iter().map(|index| &self.frames[index])
    }

    /// Every boundary that is seen.
    pub(in crate::ui::canvas) fn seen_frames(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter().filter(|frame| self.hidden.is_empty() || !self.hidden.contains_key(&frame.element))
    }

    /// The positions of the sticky notes that overlap a part of the sheet.
    pub(in crate::ui::canvas) fn note_positions(&self, area_world: Rect) -> Vec<usize> {
        self.index.notes.query(area_world)
    }

    /// The topmost component at a point.
    pub(in crate::ui::canvas) fn card_at(&self, point_world: Point) -> Option<&ComponentId> {
        self.index.cards.query(Rect::from_points(point_world, point_world)).last().map(|index| &self.cards[*index].id)
    }

    /// The component at a point, or the nearest one at most `reach_world` away from it, and where it is.
    pub(in crate::ui::canvas) fn card_near(
        &self,
        point_world: Point,
        reach_world: f64,
    ) -> Option<(&ComponentId, Rect)> {
        let near = Rect::from_center_size(point_world, (2.0 * reach_world, 2.0 * reach_world));
        let away = |card: &&Card| distance_to_rect(card.rect_world, point_world);
        let close = self.cards_in(near).filter(|card| away(card) <= reach_world);
        // Of those at the point the last one is the topmost.
        let nearest = close.min_by(|a, b| away(a).total_cmp(&away(b)).then(std::cmp::Ordering::Greater));
        nearest.map(|card| (&card.id, card.rect_world))
    }

    /// The connection nearest to a point, if it is at most `reach_world` away.
    pub(in crate::ui::canvas) fn link_at(&self, point_world: Point, reach_world: f64) -> Option<&ConnectionId> {
        let near = Rect::from_center_size(point_world, (2.0 * reach_world, 2.0 * reach_world));
        let distances = self.links_in(near).map(|link| (distance_to_polyline(&link.points, point_world), &link.id));
        distances.filter(|(away, _)| *away <= reach_world).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
    }

    /// The way that a connection between two boxes would take among what is there; each end may be held at a side. A box without
    /// a size is the pointer.
    pub(in crate::ui::canvas) fn draft_world(&self, rects: [Rect; 2], held: [Option<Side>; 2]) -> Vec<Point> {
        let routes = self.routing.routes();
        routes.map_or_else(|| route::route_held(rects, held), |routes| routes.between(rects, held))
    }

    /// The loop that a connection from a component to itself would be.
    pub(in crate::ui::canvas) fn loop_world(&self, rect: Rect) -> Vec<Point> {
        self.routing.routes().map_or_else(|| route::Routes::default().around(rect), |routes| routes.around(rect))
    }

    /// Where a link hops over others in a part of the sheet; found once for as long as that part is asked for and nothing near the
    /// link changes.
    pub(in crate::ui::canvas) fn hops_world(&self, index: usize, area_world: Rect) -> Rc<[Point]> {
        let mut hops = self.hops.borrow_mut();
        if hops.of.len() != self.links.len() || hops.area_world != area_world {
            *hops = Hops { area_world, of: vec![None; self.links.len()] };
        }
        let found = || self.routing.routes().map_or_else(Vec::new, |routes| routes.jumps_in(index, area_world)).into();
        Rc::clone(hops.of[index].get_or_insert_with(found))
    }

    /// Forgets the hops of a link and of those that it meets, where it ran or where it runs now.
    pub(super) fn forget_hops(&self, index: usize) {
        let mut hops = self.hops.borrow_mut();
        if let Some(own) = hops.of.get_mut(index) {
            *own = None;
        }
        for ends in self.links[index].points.windows(2) {
            let piece = Rect::from_points(ends[0], ends[1]);
            if !touches(piece, hops.area_world) {
                continue;
            }
            for met in self.links_passing(piece.intersect(hops.area_world)) {
                if let Some(hops) = hops.of.get_mut(met) {
                    *hops = None;
                }
            }
        }
    }

    /// The connections that have a route.
    pub(in crate::ui::canvas) fn routes(&self) -> impl Iterator<Item = (&ConnectionId, &[Point])> {
        self.links.iter().filter(|link| !link.points.is_empty()).map(|link| (&link.id, &*link.points))
    }
}

impl Link {
    /// Whether a segment of it comes near a part of the sheet.
    fn passes(&self, area_world: Rect) -> bool {
        let near = |ends: &[Point]| segment_touches(ends[0], ends[1], area_world);
        contains(area_world, self.middle_world) || self.points.windows(2).any(near)
    }
}
