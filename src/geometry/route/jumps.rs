//! Where lines cross: the one that runs sideways hops over the one that runs up and down.

use kurbo::{Point, Rect};

use super::{Routes, lay::MOST_ASIDE_WORLD};
use crate::geometry::grid::touches;

const EVERYWHERE: Rect = Rect::new(f64::NEG_INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::INFINITY);

/// No hop is nearer to a corner or an end of either line than this: it needs its own breadth and some line beside it.
const FROM_CORNERS_WORLD: f64 = 13.0;
/// Hops nearer than this are one.
const SAME_WORLD: f64 = 1.0;

impl Routes {
    /// The points at which the route of a connection hops over others.
    pub fn jumps(&self, index: usize) -> Vec<Point> {
        self.jumps_in(index, EVERYWHERE)
    }

    /// The same on a part of the sheet, and maybe a little around it: of a line that goes far, only what can be seen is asked for.
    pub fn jumps_in(&self, index: usize, area_world: Rect) -> Vec<Point> {
        let Some((number, link)) = self.link(index) else { return Vec::new() };
        let mut hops: Vec<Point> = Vec::new();
        for (piece, ends) in link.points.windows(2).enumerate() {
            if ends[0].y != ends[1].y || link.pieces.get(piece).is_none() {
                continue;
            }
            let line = Rect::from_points(ends[0], ends[1]).inflate(-FROM_CORNERS_WORLD, 0.0);
            if ends[0].x.max(ends[1].x) - ends[0].x.min(ends[1].x) <= 2.0 * FROM_CORNERS_WORLD {
                continue;
            }
            if !touches(line, area_world) {
                continue;
            }
            // Pieces are known by where they were before they got their lanes.
            let near = line.intersect(area_world).inflate(MOST_ASIDE_WORLD, MOST_ASIDE_WORLD);
            self.lanes.pieces.each(true, (near.x0, near.x1), (near.y0, near.y1), |_, other| {
                let Some(crossing) = self.links.get(other.link).filter(|_| other.link != number) else {
                    return;
                };
                let Some([a, b]) = crossing.points.get(other.number..other.number + 2) else { return };
                let clear =
                    a.y.min(b.y) + FROM_CORNERS_WORLD <= line.y0 && line.y0 <= a.y.max(b.y) - FROM_CORNERS_WORLD;
                if clear && line.x0 <= a.x && a.x <= line.x1 {
                    hops.push(Point::new(a.x, line.y0));
                }
            });
        }
        hops.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
        hops.dedup_by(|a, b| a.y == b.y && a.x - b.x < SAME_WORLD);
        hops
    }
}
