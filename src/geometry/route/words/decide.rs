//! Who keeps his place, and where those go that yield. An answer is missing where nothing is left to look for it in this frame.

use kurbo::Rect;

use super::{Forms, Known, MOST_NEAR, Routes, Search, Stand, Words, Written, apart, around};
use crate::geometry::{
    grid::touches,
    lines::passes,
    route::{path::along, stand::REACH_WORLD},
};

/// What words are looked for on.
pub(super) struct Ground<'a, W> {
    pub routes: &'a Routes,
    pub written: &'a W,
}

impl<W> Ground<'_, W> {
    /// Whether the words of a connection may come near a part of the sheet, by where they are wanted: cheaper than to look for them.
    fn reaches(&self, index: usize, area_world: Rect) -> bool {
        let Some((_, link)) = self.routes.link(index) else { return false };
        let wanted = along(&link.points, link.connection.course.label_at.unwrap_or(0.5));
        wanted.is_some_and(|at| touches(Rect::from_center_size(at, (2.0 * REACH_WORLD, 2.0 * REACH_WORLD)), area_world))
    }
}

/// Nothing is left of the looks of this frame.
pub(super) struct Spent;

/// Besides what a search looks at it costs so many looks.
const EACH_SEARCH: usize = 500;

impl Words {
    /// Finds the place of words of which it is not known yet.
    pub(super) fn find(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Result<(), Spent> {
        // Those that yield as well come before, each after those before it.
        let mut open = vec![index];
        while let Some(&top) = open.last() {
            let known = self.found(ground, top)?;
            if !known.settled {
                if known.wish.is_none() || self.keeps(ground, top)? {
                    self.settle(top, known.wish);
                } else if let Some(before) = self.unsettled_before(ground, top)? {
                    open.push(before);
                    continue;
                } else {
                    let stand = self.beside_others(ground, top)?;
                    self.settle(top, stand);
                }
            }
            open.pop();
        }
        Ok(())
    }

    /// What is known of a connection, looked for if that is nothing.
    pub(super) fn found(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Result<Known, Spent> {
        if let Some(known) = self.at(index) {
            return Ok(*known);
        }
        if self.left == 0 {
            return Err(Spent);
        }
        let known = Known { asked: self.frame, ..self.wish(ground, index) };
        self.put(index, known);
        Ok(known)
    }

    pub(super) fn put(&mut self, index: usize, known: Known) {
        if index >= self.known.len() {
            self.known.resize(index + 1, None);
        }
        match known.area {
            Some(area) => self.areas.set(index, area),
            None => self.areas.remove(index),
        }
        self.known[index] = Some(known);
    }

    /// What a connection would have without the words of others.
    pub(super) fn wish(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Known {
        let forms = ground.written.forms(index);
        if forms.iter().all(Option::is_none) {
            self.take(1);
            return Known::default();
        }
        let Some(search) = Search::new(ground.routes, ground.written, index, false) else { return Known::default() };
        let wish = first_form(&search, forms, &[]);
        self.take(search.looks() + EACH_SEARCH);
        Known { wish, area: Some(search.area), forms, ..Known::default() }
    }

    /// Whether words stand where they would without others: no earlier ones that do so overlap them.
    pub(super) fn keeps(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Result<bool, Spent> {
        let mut open = vec![index];
        while let Some(&top) = open.last() {
            let known = self.found(ground, top)?;
            let (Some(wish), None) = (known.wish, known.keeps) else {
                open.pop();
                continue;
            };
            let mut undecided = None;
            let mut yields = false;
            let near = ground.written.near(around(wish.rect_world()));
            self.pass(&near);
            for other in near {
                if other >= top || yields {
                    break;
                }
                if self.at(other).is_none() && !ground.reaches(other, around(wish.rect_world())) {
                    continue;
                }
                let rival = self.found(ground, other)?;
                if rival.wish.is_some_and(|rival| wish.covers(rival.rect_world())) {
                    yields = rival.keeps == Some(true);
                    undecided = undecided.or((rival.keeps.is_none()).then_some(other));
                }
            }
            if let Some(other) = undecided.filter(|_| !yields) {
                open.push(other);
                continue;
            }
            if let Some(known) = self.at_mut(top) {
                known.keeps = Some(!yields);
            }
            open.pop();
        }
        Ok(self.at(index).is_some_and(|known| known.keeps == Some(true)))
    }

    /// An earlier connection whose words are still to yield, and may come into the way of these.
    fn unsettled_before(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Result<Option<usize>, Spent> {
        let Some(area) = self.found(ground, index)?.area else { return Ok(None) };
        let near = ground.written.near(around(area));
        self.pass(&near);
        for other in near.into_iter().take_while(|other| *other < index) {
            if self.at(other).is_none() && !ground.reaches(other, around(area)) {
                continue;
            }
            let known = self.found(ground, other)?;
            let meets = known.area.is_some_and(|other| touches(apart(other), area));
            if !known.settled && known.wish.is_some() && meets && !self.keeps(ground, other)? {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    /// A place for words that yield: none if there are too many around.
    pub(super) fn beside_others(
        &mut self,
        ground: &Ground<'_, impl Written>,
        index: usize,
    ) -> Result<Option<Stand>, Spent> {
        let Known { area: Some(area), forms, .. } = self.found(ground, index)? else { return Ok(None) };
        let near = ground.written.near(around(area));
        self.pass(&near);
        let points = ground.routes.points.get(index).map_or(&[][..], |points| points);
        let mut taken = Vec::new();
        for other in near.into_iter().filter(|other| *other != index) {
            if self.at(other).is_none() && !ground.reaches(other, around(area)) {
                continue;
            }
            let Some(wish) = self.found(ground, other)?.wish else { continue };
            let meets = |stand: &Stand| touches(stand.apart(), area) && passes(points, around(stand.apart()));
            let stand = if meets(&wish) && self.keeps(ground, other)? {
                Some(wish)
            } else {
                let yields = |known: &&Known| known.keeps != Some(true) && other < index;
                self.at(other).filter(yields).and_then(|known| known.stand)
            };
            taken.extend(stand.filter(meets).map(|stand| stand.apart()));
            if taken.len() > MOST_NEAR {
                return Ok(None);
            }
        }
        let Some(search) = Search::new(ground.routes, ground.written, index, false) else { return Ok(None) };
        let stand = first_form(&search, forms, &taken);
        self.take(search.looks() + EACH_SEARCH);
        Ok(stand)
    }

    /// Settles the earlier ones that may come into the way of words that yield.
    pub(super) fn settle_before(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Result<(), Spent> {
        while let Some(before) = self.unsettled_before(ground, index)? {
            self.find(ground, before)?;
        }
        Ok(())
    }

    /// Notes the place of words. Later ones that yield and may take what it takes, or what it gave up, look again.
    pub(super) fn settle(&mut self, index: usize, stand: Option<Stand>) {
        let Some(known) = self.at_mut(index) else { return };
        let before = known.stand;
        (known.settled, known.stand, known.astray) = (true, stand, false);
        if before == stand {
            return;
        }
        let from = if known.keeps == Some(true) { 0 } else { index };
        self.edition += 1;
        for place in [before, stand].into_iter().flatten() {
            self.unsettle_around((index, from), place.apart());
        }
    }

    /// Those behind `from` that yield and may take a part of the sheet look again, for one that has to do with it.
    pub(super) fn unsettle_around(&mut self, (index, from): (usize, usize), place: Rect) {
        let near = self.areas.query(place);
        self.pass(&near);
        for other in near.into_iter().filter(|other| *other >= from && *other != index) {
            let Some(known) = self.at(other) else { continue };
            let yields = known.settled && known.wish.is_some() && known.keeps != Some(true);
            if yields {
                self.restless.insert(other);
            }
        }
    }
}

fn first_form(search: &Search, forms: Forms, taken: &[Rect]) -> Option<Stand> {
    forms.into_iter().enumerate().find_map(|(form, size)| {
        let size = size?;
        Some(Stand { middle_world: search.place(size, taken)?, form, size })
    })
}
