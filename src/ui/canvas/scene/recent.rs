//! What of a scene became another one lately, so that whoever keeps something made from it renews only that.

use std::{collections::VecDeque, rc::Rc};

use kurbo::Rect;

use super::Scene;

/// So many steps are remembered: whoever looks in every frame needs one or two.
const MOST_STEPS: usize = 16;

/// Around everything.
const EVERYTHING: Rect = Rect::new(-1.0e15, -1.0e15, 1.0e15, 1.0e15);
/// The share of a drawing from which on all of it is kept.
const MOST_SEEN: f64 = 0.4;

/// The last steps of a scene, each from one version to the next.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// The version before the first of them; what came before it is forgotten.
    since: u64,
    steps: VecDeque<Step>,
}

/// The positions of what is another one after a step.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub cards: Vec<usize>,
    pub links: Vec<usize>,
}

impl Recent {
    /// Anything may be another one at this version.
    pub(super) fn forget(&mut self, version: u64) {
        self.steps.clear();
        self.since = version;
    }

    /// A step from the version before.
    pub(super) fn remember(&mut self, step: Step) {
        self.steps.push_back(step);
        if self.steps.len() > MOST_STEPS {
            self.steps.pop_front();
            self.since += 1;
        }
    }

    /// The steps after a version; `None` if they are not known.
    fn after(&self, version: u64) -> Option<impl Iterator<Item = &Step>> {
        let known = version.checked_sub(self.since)?;
        Some(self.steps.iter().skip(usize::try_from(known).ok()?))
    }
}

impl Scene {
    /// The positions of the cards that are others than at a version; `None` if that is not known. One may come more than once.
    pub(in crate::ui::canvas) fn cards_since(&self, version: u64) -> Option<Vec<usize>> {
        let cards = self.recent.after(version)?.flat_map(|step| step.cards.iter().copied());
        Some(cards.filter(|index| self.index.cards.rect(*index).is_some()).collect())
    }

    /// The same of the links.
    pub(in crate::ui::canvas) fn links_since(&self, version: u64) -> Option<Vec<usize>> {
        Some(self.recent.after(version)?.flat_map(|step| step.links.iter().copied()).collect())
    }

    /// The positions of the cards that overlap an area, for who keeps them himself.
    pub(in crate::ui::canvas) fn cards_within(&self, area_world: Rect) -> Rc<[usize]> {
        self.index.cards.query(area_world).into()
    }

    /// The same of the links.
    pub(in crate::ui::canvas) fn links_within(&self, area_world: Rect) -> Rc<[usize]> {
        self.index.links.around(area_world).into()
    }

    /// A part of the sheet around another that stays the same while the view moves a little: whole tiles no smaller than
    /// `least_world`, or everything there is.
    pub(in crate::ui::canvas) fn tiles_around(&self, area_world: Rect, least_world: f64) -> Rect {
        let tile_world = 2.0_f64.powi(least_world.max(1.0).log2().ceil() as i32);
        let low = |at: f64| (at / tile_world).floor() * tile_world;
        let high = |at: f64| (at / tile_world).ceil() * tile_world;
        let tiles = Rect::new(low(area_world.x0), low(area_world.y0), high(area_world.x1), high(area_world.y1));
        // Where most of it is seen, all of it costs little more, and lasts however the view moves.
        let most = |bounds: Rect| tiles.intersect(bounds).area() >= MOST_SEEN * bounds.area();
        if self.bounds_world.is_some_and(most) { EVERYTHING } else { tiles }
    }
}
