//! The borders of open boundaries among the lanes: what runs along one of them keeps a lane off it.

use std::{collections::HashMap, sync::Arc};

use kurbo::{Point, Rect};

use super::{Routes, lanes::Piece};
use crate::{
    geometry::grid::NumberSet,
    project::{Boundary, BoundaryId, ElementId, Project, Shared},
};

/// Stands for the connection of a piece that is none of a connection.
const NOBODY: usize = usize::MAX;

/// The borders that are seen, each with the numbers of its four pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct Borders {
    known: Option<Shared<BoundaryId, Arc<Boundary>>>,
    pieces: HashMap<BoundaryId, (Rect, [usize; 4])>,
}

impl Routes {
    /// Follows the borders; gives the pieces beside those that came, moved or went.
    pub(super) fn follow_borders(&mut self, project: &Project) -> NumberSet {
        let mut beside = NumberSet::default();
        let known = self.borders.known.replace(project.boundaries.clone());
        if known.is_some_and(|known| known.is(&project.boundaries)) {
            return beside;
        }
        let folds = project.boundaries.values().any(|boundary| boundary.folded.is_some());
        let hidden = if folds { project.hidden() } else { HashMap::new() };
        let open = project.boundaries.iter().filter(|(id, boundary)| {
            boundary.folded.is_none() && (!folds || !hidden.contains_key(&ElementId::Boundary((*id).clone())))
        });
        let mut old = std::mem::take(&mut self.borders.pieces);
        for (id, boundary) in open {
            let rect = boundary.rect_world();
            let stays = old.remove(id).filter(|(was, pieces)| {
                let same = *was == rect;
                if !same {
                    self.remove_border(pieces, &mut beside);
                }
                same
            });
            let pieces = stays.map_or_else(|| self.add_border(rect, &mut beside), |(_, pieces)| pieces);
            self.borders.pieces.insert(id.clone(), (rect, pieces));
        }
        for (_, pieces) in old.into_values() {
            self.remove_border(&pieces, &mut beside);
        }
        beside
    }

    fn add_border(&mut self, rect: Rect, beside: &mut NumberSet) -> [usize; 4] {
        let (a, b) = (rect.origin(), Point::new(rect.x1, rect.y1));
        let (c, d) = (Point::new(rect.x1, rect.y0), Point::new(rect.x0, rect.y1));
        [[a, c], [c, b], [d, b], [a, d]].map(|ends| {
            let piece = Piece::new(NOBODY, 0, &ends, None);
            beside.extend(self.lanes.beside(&piece));
            self.lanes.pieces.add(piece)
        })
    }

    fn remove_border(&mut self, pieces: &[usize; 4], beside: &mut NumberSet) {
        for piece in pieces {
            if let Some(piece) = self.lanes.pieces.remove(*piece) {
                beside.extend(self.lanes.beside(&piece));
            }
        }
    }
}
