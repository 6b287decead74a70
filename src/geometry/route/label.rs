//! Where the words of a connection stand.

use kurbo::{Point, Rect, Size};

use super::{Routes, path};
use crate::geometry::{grid::Grid, hit::segment_within};

/// Words keep this far from boxes if they can.
const MARGIN_WORLD: f64 = 2.0;
/// Words that touch a box do not cover it.
const HAIR_WORLD: f64 = 1.0e-6;

impl Routes {
    /// The middle of the words of a connection, which are so large: where a person put them; otherwise on the line, as near to its
    /// middle as they cover no box. `None` if there is no line.
    pub fn label_pos_world(&self, index: usize, size_world: Size) -> Option<Point> {
        let points = self.points.get(index)?;
        let at = self.link(index).and_then(|(_, link)| link.connection.course.label_at);
        let share = at.unwrap_or_else(|| free_share(points, size_world, &self.nodes.boxes));
        path::along(points, share)
    }
}

/// The share of a line that is nearest to its middle and at which a label covers none of these boxes; the middle if there is no such.
pub fn free_share(points: &[Point], size_world: Size, boxes: &Grid) -> f64 {
    [MARGIN_WORLD, -HAIR_WORLD].into_iter().find_map(|margin| free_at(points, size_world, boxes, margin)).unwrap_or(0.5)
}

fn free_at(points: &[Point], size_world: Size, boxes: &Grid, margin: f64) -> Option<f64> {
    let (half_width, half_height) = (size_world.width / 2.0 + margin, size_world.height / 2.0 + margin);
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut walked = 0.0;
    for ends in points.windows(2) {
        let length = (ends[1] - ends[0]).hypot();
        boxes.any(Rect::from_points(ends[0], ends[1]).inflate(half_width, half_height), |_, rect| {
            // The label covers the box while its middle is in the box with a rim of half its size.
            let within = segment_within(ends[0], ends[1], rect.inflate(half_width, half_height));
            taken.extend(within.map(|(enters, leaves)| (walked + enters * length, walked + leaves * length)));
            false
        });
        walked += length;
    }
    if walked <= 0.0 {
        return None;
    }
    taken.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let middle = walked / 2.0;
    let (mut best, mut end) = (None::<f64>, 0.0);
    let mut offer = |from: f64, to: f64| {
        let at = middle.clamp(from, to);
        if best.is_none_or(|best| (at - middle).abs() < (best - middle).abs()) {
            best = Some(at);
        }
    };
    for (from, to) in taken {
        if from > end {
            offer(end, from);
        }
        end = to.max(end);
    }
    if end < walked {
        offer(end, walked);
    }
    best.map(|at| at / walked)
}
