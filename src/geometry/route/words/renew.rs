//! What a change spoils is found anew, and of that only what came out otherwise is passed on: a wish doubts those of later connections
//! that it overlaps, and whoever gives up or takes a place has those look again that yield around it. Each list is worked off from
//! the first connection to the last, since nobody's words depend on later ones but by whether those keep their place.

use std::collections::BTreeSet;

use kurbo::Rect;

use super::{
    Known, Words, Written, apart,
    decide::{Ground, Spent},
};
use crate::geometry::grid::NumberSet;

/// The share of a frame's looks that is kept for those that yield.
const KEPT_FOR_YIELDING: usize = 3;

/// So many areas are taken as they are.
const FEW: usize = 64;
/// Of more those within tiles of this size are one.
const TILE_WORLD: f64 = 256.0;
/// What takes more tiles than this is taken as it is; of more areas or tiles than so many all around them is.
const MOST_TILES: i64 = 64;
const MOST_IN_ALL: usize = 400;

/// Parts of the sheet with all of some areas in them, no more than a few however many areas there are: the lines of a hub lie all in
/// the same place.
fn few(areas: Vec<Rect>) -> Vec<Rect> {
    if areas.len() <= FEW {
        return areas;
    }
    if areas.len() > MOST_IN_ALL {
        return areas.into_iter().reduce(|all, area| all.union(area)).into_iter().collect();
    }
    let (mut tiles, mut parts) = (BTreeSet::new(), Vec::new());
    for area in areas {
        let tile = |at: f64| (at / TILE_WORLD).floor() as i64;
        let (columns, rows) = (tile(area.x0)..=tile(area.x1), tile(area.y0)..=tile(area.y1));
        let count =
            |range: &std::ops::RangeInclusive<i64>| range.end().saturating_sub(*range.start()).saturating_add(1);
        if count(&columns).saturating_mul(count(&rows)) > MOST_TILES {
            parts.push(area);
        } else {
            tiles.extend(columns.flat_map(|column| rows.clone().map(move |row| (column, row))));
        }
    }
    parts.extend(tiles.into_iter().map(|(column, row)| {
        Rect::from_origin_size((column as f64 * TILE_WORLD, row as f64 * TILE_WORLD), (TILE_WORLD, TILE_WORLD))
    }));
    if parts.len() > MOST_IN_ALL {
        return parts.into_iter().reduce(|all, part| all.union(part)).into_iter().collect();
    }
    parts
}

/// No head of a line is larger than this.
const HEADS_WORLD: f64 = 16.0;

impl Words {
    /// Something in these parts of the sheet, in world units, is another one.
    pub fn forget_near(&mut self, areas_world: impl IntoIterator<Item = Rect>) {
        if self.known.is_empty() {
            return;
        }
        self.edition += 1;
        let mut spoiled = NumberSet::default();
        for part in few(areas_world.into_iter().collect()) {
            // What is looked at lies within the area of a search, but for the heads of lines that end beside it.
            self.areas.any(part.inflate(HEADS_WORLD, HEADS_WORLD), |index, _| {
                spoiled.insert(index);
                false
            });
        }
        for index in spoiled {
            self.spoil(index);
        }
    }

    /// A connection runs otherwise, or says something else. What is near its old and its new way is to be forgotten besides.
    pub fn forget_one(&mut self, index: usize) {
        if self.known.is_empty() {
            return;
        }
        match self.at_mut(index) {
            Some(known) => known.astray = true,
            // Nobody had to do with it so far, and that may be others now.
            None => self.put(index, Known::default()),
        }
        self.spoil(index);
    }

    /// Anything may be another one, but the connections are the same: what is seen stays where it is until it is found anew.
    pub fn doubt_all(&mut self) {
        let frame = self.frame;
        for known in &mut self.known {
            *known = known.filter(|known| known.asked + 1 >= frame);
        }
        for (index, _) in self.known.iter().enumerate().filter(|(_, known)| known.is_none()) {
            self.areas.remove(index);
        }
        let all = || self.known.iter().enumerate().filter_map(|(index, known)| known.map(|known| (index, known)));
        self.doubted = all().map(|(index, _)| index).collect();
        self.spoiled = [BTreeSet::new(), self.doubted.clone(), BTreeSet::new()];
        self.restless = all().filter(|(_, known)| known.settled).map(|(index, _)| index).collect();
        self.edition += 1;
    }

    fn spoil(&mut self, index: usize) {
        let place = match self.at(index) {
            Some(known) if known.asked + 1 >= self.frame => usize::from(!known.astray),
            _ => 2,
        };
        for spoiled in &mut self.spoiled {
            spoiled.remove(&index);
        }
        self.spoiled[place].insert(index);
        self.edition += 1;
    }

    /// Somebody asks for words in this frame.
    pub(super) fn ask(&mut self, index: usize) {
        let frame = self.frame;
        if let Some(known) = self.at_mut(index) {
            known.asked = frame;
            let place = usize::from(!known.astray);
            if self.spoiled[2].remove(&index) {
                self.spoiled[place].insert(index);
            }
        }
    }

    /// Whether nothing is to be found anew.
    pub(super) fn is_at_rest(&self) -> bool {
        self.spoiled.iter().all(BTreeSet::is_empty) && self.doubted.is_empty() && self.restless.is_empty()
    }

    /// Finds anew what was spoiled, as far as the frame lasts.
    pub(super) fn renew(&mut self, ground: &Ground<'_, impl Written>) {
        if self.is_at_rest() {
            return;
        }
        let kept = self.left / KEPT_FOR_YIELDING;
        while self.left > kept
            && let Some(index) = self.next_spoiled()
        {
            self.wish_again(ground, index);
        }
        while self.left > 0
            && let Some(index) = self.doubted.pop_first()
        {
            if self.decide_again(ground, index).is_err() {
                self.doubted.insert(index);
                break;
            }
        }
        while self.left > 0
            && self.doubted.is_empty()
            && let Some(index) = self.restless.pop_first()
        {
            if self.settle_again(ground, index).is_err() {
                self.restless.insert(index);
                break;
            }
        }
        self.pending |= !self.is_at_rest();
    }

    /// The spoiled one whose turn it is.
    fn next_spoiled(&mut self) -> Option<usize> {
        let mut places = self.spoiled.iter_mut().zip(&mut self.turns);
        let (of, turn) = places.find(|(spoiled, _)| !spoiled.is_empty())?;
        let index = of.range(*turn..).next().or_else(|| of.first()).copied()?;
        of.remove(&index);
        *turn = index + 1;
        Some(index)
    }

    fn wish_again(&mut self, ground: &Ground<'_, impl Written>, index: usize) {
        let Some(before) = self.at(index).copied() else { return };
        let now = self.wish(ground, index);
        let (wish, area, forms) = (now.wish, now.area, now.forms);
        let mut known = Known { wish, area, forms, ..before };
        if before.wish == wish {
            // What is around may be another one for who yields; who keeps his place stands there.
            if before.keeps == Some(true) {
                known.astray = false;
            } else if before.settled {
                self.restless.insert(index);
            }
            self.put(index, known);
            return;
        }
        known.keeps = None;
        self.put(index, known);
        self.doubted.insert(index);
        for place in [before.wish, wish].into_iter().flatten() {
            self.doubt_rivals(index, place.rect_world());
        }
        if let Some(place) = before.wish.filter(|_| before.keeps == Some(true)) {
            self.unsettle_around((index, 0), place.apart());
        }
    }

    /// Later connections whose words would overlap a place decide again.
    fn doubt_rivals(&mut self, index: usize, place: Rect) {
        let near = self.areas.query(apart(apart(place)));
        self.pass(&near);
        for other in near.into_iter().filter(|other| *other > index) {
            let rival = self.at(other).filter(|rival| rival.keeps.is_some()).and_then(|rival| rival.wish);
            if rival.is_some_and(|rival| rival.covers(place)) {
                self.doubted.insert(other);
            }
        }
    }

    fn decide_again(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Result<(), Spent> {
        let Some(before) = self.at(index).copied() else { return Ok(()) };
        let Some(wish) = before.wish else {
            self.settle(index, None);
            return Ok(());
        };
        if let Some(known) = self.at_mut(index) {
            known.keeps = None;
        }
        let decided = self.keeps(ground, index);
        if let (Err(Spent), Some(known)) = (&decided, self.at_mut(index)) {
            known.keeps = before.keeps;
        }
        let keeps = decided?;
        if before.keeps != Some(keeps) {
            self.doubt_rivals(index, wish.rect_world());
            self.unsettle_around((index, 0), wish.apart());
        }
        if keeps {
            self.settle(index, Some(wish));
        } else if before.settled && before.keeps != Some(false) {
            self.restless.insert(index);
        }
        Ok(())
    }

    fn settle_again(&mut self, ground: &Ground<'_, impl Written>, index: usize) -> Result<(), Spent> {
        let Some(known) = self.at(index).copied() else { return Ok(()) };
        if known.wish.is_none() {
            self.settle(index, None);
            return Ok(());
        }
        if self.keeps(ground, index)? {
            self.settle(index, known.wish);
            return Ok(());
        }
        self.settle_before(ground, index)?;
        let stand = self.beside_others(ground, index)?;
        self.settle(index, stand);
        Ok(())
    }
}
