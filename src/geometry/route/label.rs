//! Where the words of a connection stand.

use std::sync::Arc;

use indexmap::IndexMap;
use kurbo::{Point, Rect, Size};

use super::{Routes, path};
use crate::{
    geometry::{grid::Grid, hit::segment_within},
    project::{Boundary, ElementId, Project, StickyNote},
};

/// Words keep this far from boxes if they can.
const MARGIN_WORLD: f64 = 2.0;
/// Words that touch a box do not cover it.
const HAIR_WORLD: f64 = 1.0e-6;
/// Words that a person put somewhere keep this far from the ends of their line: there it is taken hold of, and has its head.
const OFF_ENDS_WORLD: f64 = 10.0;

/// How far to the left and right of the corner of a frame its name stands, for each of its letters, and how high: about as it is painted.
const CAPTION_LEFT_WORLD: f64 = 12.0;
const CAPTION_LETTER_WORLD: f64 = 7.0;
const CAPTION_MORE_WORLD: f64 = 28.0;
const CAPTION_HALF_WORLD: f64 = 8.0;

/// What is written on the sheet beside the boxes: sticky notes, and the names of open frames. Words keep off it if they can.
#[derive(Clone, Debug, Default)]
pub(super) struct Writing {
    places: Grid,
    /// What it was found from.
    notes: Vec<Arc<StickyNote>>,
    frames: Vec<Arc<Boundary>>,
}

impl Writing {
    /// Follows a drawing; while nothing but components moves, nothing is looked for.
    pub(super) fn follow(&mut self, project: &Project) {
        let (notes, frames) = (&project.sticky_notes, &project.boundaries);
        if is_same(&self.notes, notes) && is_same(&self.frames, frames) {
            return;
        }
        (self.notes, self.frames) = (notes.values().cloned().collect(), frames.values().cloned().collect());
        let hidden = project.hidden();
        let is_seen = |element: ElementId| hidden.is_empty() || !hidden.contains_key(&element);
        let notes = notes.iter().filter(|(id, _)| is_seen(ElementId::Note((*id).clone())));
        let open =
            frames.iter().filter(|(id, frame)| frame.folded.is_none() && is_seen(ElementId::Boundary((*id).clone())));
        self.places =
            Grid::new(notes.map(|(_, note)| note.rect_world()).chain(open.map(|(_, frame)| caption_world(frame))));
    }
}

fn is_same<K, T>(known: &[Arc<T>], now: &IndexMap<K, Arc<T>>) -> bool {
    known.len() == now.len() && known.iter().zip(now.values()).all(|(a, b)| Arc::ptr_eq(a, b))
}

/// About where the name of a frame stands: on its upper line.
fn caption_world(frame: &Boundary) -> Rect {
    let rect = frame.rect_world();
    let length = CAPTION_MORE_WORLD + frame.name.chars().count() as f64 * CAPTION_LETTER_WORLD;
    let left = rect.x0 + CAPTION_LEFT_WORLD;
    Rect::new(left, rect.y0 - CAPTION_HALF_WORLD, (left + length).min(rect.x1.max(left)), rect.y0 + CAPTION_HALF_WORLD)
}

impl Routes {
    /// The middle of the words of a connection, which are so large: on the line, as near as they cover no box to where a person put
    /// them, or to its middle. `None` if there is no line.
    pub fn label_pos_world(&self, index: usize, size_world: Size) -> Option<Point> {
        let points = self.points.get(index)?;
        let put = self.link(index).and_then(|(_, link)| link.connection.course.label_at);
        let (wanted, off_ends) = put.map_or((0.5, 0.0), |put| (put, OFF_ENDS_WORLD));
        let (boxes, writing) = (&self.nodes.boxes, &self.writing.places);
        let find = |taken: &[&Grid], margin: f64, off_ends: f64| {
            Words { size_world, margin, off_ends }.nearest_free(points, wanted, taken)
        };
        let share = find(&[boxes, writing], MARGIN_WORLD, off_ends)
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
