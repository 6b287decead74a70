//! Grounds behind boxes that belong together: padded rectangles whose union is one soft shape where boxes are neighbours.

use kurbo::Rect;

use super::{
    grid::{Grid, touches},
    hit::encloses,
};

/// How far a ground reaches beyond its boxes, in world units.
const PADDING_WORLD: f64 = 18.0;
/// Boxes of a group no further apart than this, along both axes, share a ground.
const NEAR_WORLD: f64 = 130.0;

/// The grounds of a drawing, kept box by box so that they can follow what moves. A box without a group neither has a ground nor is
/// in the way of one; a box of another group is.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    boxes: Grid,
    groups: Vec<Option<usize>>,
    /// What each box adds to the ground of its group.
    parts: Vec<Vec<Rect>>,
    /// What encloses the parts of each box.
    covered: Grid,
    /// The longest side that any box had.
    longest_world: f64,
}

impl Grounds {
    /// The grounds of these boxes, in world units, with their groups.
    pub fn new(boxes: impl IntoIterator<Item = (Rect, Option<usize>)>) -> Self {
        let (rects, groups): (Vec<Rect>, Vec<Option<usize>>) = boxes.into_iter().unzip();
        let longest_world = rects.iter().map(|rect| rect.width().max(rect.height())).fold(0.0, f64::max);
        let (boxes, parts) = (Grid::new(rects), vec![Vec::new(); groups.len()]);
        let mut grounds = Self { boxes, groups, parts, covered: Grid::default(), longest_world };
        (0..grounds.groups.len()).for_each(|index| grounds.lay(index));
        grounds
    }

    /// Moves some boxes to other places; only the grounds around where they were and are change.
    pub fn follow(&mut self, moved: impl IntoIterator<Item = (usize, Rect)>) {
        let mut touched = Vec::new();
        for (index, rect) in moved {
            self.longest_world = self.longest_world.max(rect.width()).max(rect.height());
            touched.extend(self.boxes.rect(index));
            touched.push(rect);
            self.boxes.set(index, rect);
        }
        let reach = NEAR_WORLD + PADDING_WORLD + self.longest_world;
        let mut near: Vec<usize> =
            touched.iter().flat_map(|rect| self.boxes.query(rect.inflate(reach, reach))).collect();
        near.sort_unstable();
        near.dedup();
        for index in near {
            self.lay(index);
        }
    }

    /// The parts of grounds that overlap `area`, in world units, each with its group.
    pub fn within(&self, area: Rect) -> impl Iterator<Item = (usize, Rect)> {
        self.covered.query(area).into_iter().flat_map(move |index| {
            let group = self.groups[index];
            let parts = self.parts[index].iter().filter(move |part| touches(**part, area));
            parts.filter_map(move |part| Some((group?, *part)))
        })
    }

    /// The rectangles whose union is the ground of each of `groups` groups.
    pub fn zones(&self, groups: usize) -> Vec<Vec<Rect>> {
        let mut zones = vec![Vec::new(); groups];
        for (group, parts) in self.groups.iter().zip(&self.parts) {
            if let Some(zone) = group.and_then(|group| zones.get_mut(group)) {
                zone.extend(parts.iter().copied());
            }
        }
        zones.into_iter().map(outermost).collect()
    }

    /// What one box adds: the grounds it shares with neighbours that come after it, or one of its own if it shares none at all.
    fn lay(&mut self, index: usize) {
        let parts = self.parts_of(index);
        match parts.iter().copied().reduce(|a, b| a.union(b)) {
            Some(all) => self.covered.set(index, all),
            None => self.covered.remove(index),
        }
        self.parts[index] = parts;
    }

    fn parts_of(&self, index: usize) -> Vec<Rect> {
        let (Some(group), Some(rect)) = (self.groups[index], self.boxes.rect(index)) else { return Vec::new() };
        let (mut parts, mut shares) = (Vec::new(), false);
        for near in self.boxes.query(rect.inflate(NEAR_WORLD, NEAR_WORLD)) {
            if near == index || self.groups[near] != Some(group) {
                continue;
            }
            let Some(other) = self.boxes.rect(near) else { continue };
            let both = rect.union(other).inflate(PADDING_WORLD, PADDING_WORLD);
            let stranger = |other: usize| self.groups[other].is_some_and(|other| other != group);
            if !self.boxes.any(both, |other, _| stranger(other)) {
                shares = true;
                parts.extend((near > index).then_some(both));
            }
        }
        if !shares {
            parts.push(rect.inflate(PADDING_WORLD, PADDING_WORLD));
        }
        outermost(parts)
    }
}

/// The rectangles whose union is the ground of each of `groups` groups.
pub fn zones(boxes: &[(Rect, Option<usize>)], groups: usize) -> Vec<Vec<Rect>> {
    Grounds::new(boxes.iter().copied()).zones(groups)
}

/// The rectangles that do not lie within another one.
fn outermost(mut rects: Vec<Rect>) -> Vec<Rect> {
    if rects.len() < 2 {
        return rects;
    }
    rects.sort_by(|a, b| b.area().total_cmp(&a.area()));
    let mut kept = Grid::default();
    rects.retain(|rect| {
        let within = kept.any(*rect, |_, larger| encloses(larger, *rect));
        if !within {
            kept.insert(*rect);
        }
        !within
    });
    rects
}

#[cfg(test)]
mod tests {
    use kurbo::Size;

    use super::*;

    fn card(x: f64, y: f64) -> Rect {
        Rect::from_origin_size((x, y), Size::new(196.0, 80.0))
    }

    #[test]
    fn neighbours_share_a_ground_and_strangers_part_it() {
        let pair = [(card(0.0, 0.0), Some(0)), (card(0.0, 160.0), Some(0))];
        assert_eq!(zones(&pair, 1), [[Rect::new(-18.0, -18.0, 214.0, 258.0)]]);
        let far = [(card(0.0, 0.0), Some(0)), (card(0.0, 900.0), Some(0))];
        assert_eq!(zones(&far, 1)[0].len(), 2);
        let parted = [(card(0.0, 0.0), Some(0)), (card(0.0, 90.0), Some(1)), (card(0.0, 180.0), Some(0))];
        assert_eq!(zones(&parted, 2).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        let store_between = [(card(0.0, 0.0), Some(0)), (card(0.0, 90.0), None), (card(0.0, 180.0), Some(0))];
        assert_eq!(zones(&store_between, 1)[0].len(), 1);
    }

    #[test]
    fn every_box_of_a_group_stands_on_its_ground_and_on_no_other() {
        let boxes: Vec<(Rect, Option<usize>)> = (0..400_usize)
            .map(|i| (card((i % 20) as f64 * 280.0, (i / 20) as f64 * 150.0), [Some(0), Some(1), None][i * i % 7 % 3]))
            .collect();
        let zones = zones(&boxes, 2);
        for (rect, group) in &boxes {
            let Some(group) = group else { continue };
            let inside = |zone: &Rect| zone.union(*rect) == *zone;
            assert!(zones[*group].iter().any(inside));
            assert!(!zones[1 - group].iter().any(|zone| touches(*zone, *rect)));
        }
    }

    #[test]
    fn grounds_that_followed_are_the_grounds_of_where_things_are() {
        let mut boxes: Vec<(Rect, Option<usize>)> = (0..100_usize)
            .map(|i| (card((i % 10) as f64 * 250.0, (i / 10) as f64 * 130.0), [Some(0), Some(1), None][i * i % 7 % 3]))
            .collect();
        let mut grounds = Grounds::new(boxes.iter().copied());
        for step in 0..200_usize {
            let (index, to) = (step * 37 % 100, card((step * 53 % 90) as f64 * 30.0, (step * 29 % 70) as f64 * 20.0));
            boxes[index].0 = to;
            grounds.follow([(index, to)]);
            assert_eq!(grounds.zones(2), zones(&boxes, 2), "after {step} moves");
        }
    }
}
