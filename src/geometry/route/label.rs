//! Where the words of a connection stand.

use kurbo::{Point, Rect, Size};

use super::{Routes, path};
use crate::{
    geometry::{grid::Grid, hit::segment_within},
    project::{ElementId, Project},
};

/// Words keep this far from boxes if they can.
const MARGIN_WORLD: f64 = 2.0;
/// Words that touch a box do not cover it.
const HAIR_WORLD: f64 = 1.0e-6;
/// Words that a person put somewhere keep this far from the ends of their line: there it is taken hold of, and has its head.
const OFF_ENDS_WORLD: f64 = 10.0;

/// The sticky notes that are seen; words keep off them as well.
pub(super) fn notes(project: &Project) -> Grid {
    if project.sticky_notes.is_empty() {
        return Grid::default();
    }
    let hidden = project.hidden();
    let seen = project.sticky_notes.iter().filter(|(id, _)| !hidden.contains_key(&ElementId::Note((*id).clone())));
    Grid::new(seen.map(|(_, note)| note.rect_world()))
}

impl Routes {
    /// The middle of the words of a connection, which are so large: on the line, as near as they cover no box to where a person put
    /// them, or to its middle. `None` if there is no line.
    pub fn label_pos_world(&self, index: usize, size_world: Size) -> Option<Point> {
        let points = self.points.get(index)?;
        let put = self.link(index).and_then(|(_, link)| link.connection.course.label_at);
        let (wanted, off_ends) = put.map_or((0.5, 0.0), |put| (put, OFF_ENDS_WORLD));
        let (boxes, notes) = (&self.nodes.boxes, &self.notes);
        let find = |taken: &[&Grid], margin: f64, off_ends: f64| {
            Words { size_world, margin, off_ends }.nearest_free(points, wanted, taken)
        };
        let share = find(&[boxes, notes], MARGIN_WORLD, off_ends)
            .or_else(|| find(&[boxes], MARGIN_WORLD, off_ends))
            .or_else(|| find(&[boxes], MARGIN_WORLD, 0.0))
            .or_else(|| find(&[boxes], -HAIR_WORLD, 0.0));
        path::along(points, share.unwrap_or(wanted))
    }
}

/// Words that look for a place.
struct Words {
    size_world: Size,
    /// How far they keep from boxes.
    margin: f64,
    /// How far they keep from the ends of their line.
    off_ends: f64,
}

impl Words {
    /// The share of a line that is nearest to the one that is wanted and at which they cover nothing of what is there.
    fn nearest_free(&self, points: &[Point], wanted: f64, taken: &[&Grid]) -> Option<f64> {
        let half = self.size_world / 2.0;
        let (half_width, half_height) = (half.width + self.margin, half.height + self.margin);
        let mut covered: Vec<(f64, f64)> = Vec::new();
        let mut walked = 0.0;
        for ends in points.windows(2) {
            let length = (ends[1] - ends[0]).hypot();
            let mut cover = |rect: Rect| {
                // The words cover it while their middle is in it with a rim of half their size.
                let within = segment_within(ends[0], ends[1], rect);
                covered.extend(within.map(|(enters, leaves)| (walked + enters * length, walked + leaves * length)));
            };
            for grid in taken {
                grid.any(Rect::from_points(ends[0], ends[1]).inflate(half_width, half_height), |_, rect| {
                    cover(rect.inflate(half_width, half_height));
                    false
                });
            }
            if self.off_ends > 0.0 {
                for end in points.first().into_iter().chain(points.last()) {
                    let rim = (half.width + self.off_ends, half.height + self.off_ends);
                    cover(Rect::from_points(*end, *end).inflate(rim.0, rim.1));
                }
            }
            walked += length;
        }
        if walked <= 0.0 {
            return None;
        }
        covered.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let wanted = wanted * walked;
        let (mut best, mut end) = (None::<f64>, 0.0);
        let mut offer = |from: f64, to: f64| {
            let at = wanted.clamp(from, to);
            if best.is_none_or(|best| (at - wanted).abs() < (best - wanted).abs()) {
                best = Some(at);
            }
        };
        for (from, to) in covered {
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
}
