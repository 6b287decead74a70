//! Grounds behind boxes that belong together: padded rectangles whose union is one soft shape where boxes are neighbours.

use kurbo::Rect;

use super::grid::Grid;

/// How far a ground reaches beyond its boxes, in world units.
const PADDING_WORLD: f64 = 18.0;
/// Boxes of a group no further apart than this, along both axes, share a ground.
const NEAR_WORLD: f64 = 130.0;

/// The rectangles whose union is the ground of each of `groups` groups. A box without a group neither has a ground nor is in
/// the way of one; a box of another group is.
pub fn zones(boxes: &[(Rect, Option<usize>)], groups: usize) -> Vec<Vec<Rect>> {
    let grid = Grid::new(boxes.iter().map(|(rect, _)| *rect));
    let mut zones = vec![Vec::new(); groups];
    for (index, (rect, group)) in boxes.iter().enumerate() {
        let Some(group) = group.filter(|group| *group < groups) else { continue };
        zones[group].push(rect.inflate(PADDING_WORLD, PADDING_WORLD));
        for near in grid.query(rect.inflate(NEAR_WORLD, NEAR_WORLD)) {
            if near > index && boxes[near].1 == Some(group) {
                let both = rect.union(boxes[near].0).inflate(PADDING_WORLD, PADDING_WORLD);
                let blocked = grid.any(both, |other, _| boxes[other].1.is_some_and(|other| other != group));
                if !blocked {
                    zones[group].push(both);
                }
            }
        }
    }
    zones.into_iter().map(outermost).collect()
}

/// The rectangles that do not lie within another one.
fn outermost(mut rects: Vec<Rect>) -> Vec<Rect> {
    rects.sort_by(|a, b| b.area().total_cmp(&a.area()));
    let mut kept = Grid::default();
    rects.retain(|rect| {
        let within = kept.any(*rect, |_, larger| {
            larger.x0 <= rect.x0 && larger.y0 <= rect.y0 && larger.x1 >= rect.x1 && larger.y1 >= rect.y1
        });
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
            assert!(!zones[1 - group].iter().any(|zone| super::super::grid::touches(*zone, *rect)));
        }
    }
}
