//! Tidying a drawing: what belongs together is laid out as a block, blocks as boxes of what is around them. What may not move
//! stays where it is, and nothing is laid over it.

use std::collections::{BTreeSet, HashMap, HashSet};

use kurbo::{Point, Rect, Size, Vec2};

use super::{
    STEP_WORLD,
    layers::{self, lay_out},
    room::Taken,
    to_step,
    tree::{Kind, Tree},
};
use crate::{
    geometry::{align, grid::Grid},
    progress::Progress,
    project::{Boundary, ComponentId, Course, Edit, ElementId, Project, StickyNote},
};

/// Room between the frame of a boundary and what is in it.
const FRAME_WORLD: f64 = 24.0;
/// The same below its upper line, where the caption is.
const CAPTION_WORLD: f64 = 36.0;
/// Frames are as large as a multiple of this, so that their middles lie on the grid as well.
const FRAME_STEP_WORLD: f64 = 24.0;

/// The edits that lay everything out.
pub fn tidy(project: &Project) -> Vec<Edit> {
    tidy_part(project, None, &Progress::default()).unwrap_or_default()
}

/// The edits that lay out what is chosen, or everything; callers left of callees. Only what is chosen moves, with what is in
/// chosen boundaries, and nothing that is locked. The members of a boundary stay in it. Points that connections between what
/// moved were led through by hand are dropped, as they led around what stands elsewhere now. `None` if nobody waits for it any more.
pub fn tidy_part(project: &Project, chosen: Option<&BTreeSet<ElementId>>, progress: &Progress) -> Option<Vec<Edit>> {
    let scope = chosen.map(|chosen| align::movable(project, chosen));
    let tree = Tree::new(project, scope.as_ref());
    progress.begin(tree.units.len() as u64 * layers::STEPS);
    let staying: Vec<usize> = (0..tree.units.len()).filter(|unit| tree.units[*unit].stays).collect();
    let grid = Grid::new(staying.iter().map(|unit| tree.units[*unit].rect));
    let links = tree.links(project);
    let blocks = vec![Block::default(); tree.units.len()];
    let mut layout = Layout { blocks, links, staying: (staying, grid), tree };
    layout.lay_out_frames(progress)?;
    layout.place_all(chosen.is_some(), progress)?;
    Some(layout.edits(project))
}

/// What a frame comes to: its size, and where its members are, seen from its upper left corner.
#[derive(Clone, Debug, Default)]
struct Block {
    size: Size,
    places: Vec<Point>,
}

struct Layout {
    tree: Tree,
    /// The blocks of frames that are laid out, by the number of the frame.
    blocks: Vec<Block>,
    /// The links between members of each container, by their numbers.
    links: HashMap<Option<usize>, Vec<(usize, usize)>>,
    /// What stays, by number, and where it is.
    staying: (Vec<usize>, Grid),
}

impl Layout {
    /// The insides of all frames that move, inner ones first.
    fn lay_out_frames(&mut self, progress: &Progress) -> Option<()> {
        for frame in self.tree.frames_inside_out() {
            if self.tree.units[frame].stays {
                continue;
            }
            let members = self.tree.members(Some(frame)).to_vec();
            if members.is_empty() {
                self.blocks[frame].size = self.tree.units[frame].size;
                continue;
            }
            let (places, size) = self.lay_out_members(Some(frame), &members, progress)?;
            let inset = Vec2::new(FRAME_WORLD, CAPTION_WORLD);
            self.blocks[frame] = Block {
                size: Size::new(
                    up(size.width + 2.0 * FRAME_WORLD, FRAME_STEP_WORLD),
                    up(size.height + FRAME_WORLD + CAPTION_WORLD, FRAME_STEP_WORLD),
                ),
                places: places.into_iter().map(|place| place + inset).collect(),
            };
        }
        Some(())
    }

    /// How large a unit will be.
    fn size(&self, unit: usize) -> Size {
        match self.tree.units[unit].kind {
            Kind::Frame if !self.tree.units[unit].stays => self.blocks[unit].size,
            _ => self.tree.units[unit].size,
        }
    }

    fn lay_out_members(
        &self,
        container: Option<usize>,
        members: &[usize],
        progress: &Progress,
    ) -> Option<(Vec<Point>, Size)> {
        let numbers: HashMap<usize, usize> = members.iter().enumerate().map(|(at, unit)| (*unit, at)).collect();
        let links = self.links.get(&container).map_or(&[][..], Vec::as_slice);
        let links: Vec<(usize, usize)> =
            links.iter().filter_map(|(from, to)| Some((*numbers.get(from)?, *numbers.get(to)?))).collect();
        let sizes: Vec<Size> = members.iter().map(|unit| self.size(*unit)).collect();
        lay_out(&sizes, &links, progress)
    }

    /// Puts blocks on the sheet, and into frames that stay.
    fn place_all(&mut self, part: bool, progress: &Progress) -> Option<()> {
        let staying = self.tree.frames_inside_out().into_iter().filter(|frame| self.tree.units[*frame].stays);
        let containers: Vec<Option<usize>> = staying.map(Some).chain([None]).collect();
        for container in containers {
            self.place_in(container, part, progress)?;
        }
        self.clear_notes();
        Some(())
    }

    fn place_in(&mut self, container: Option<usize>, part: bool, progress: &Progress) -> Option<()> {
        let units = &self.tree.units;
        let moves = |unit: &&usize| !units[**unit].stays && units[**unit].kind != Kind::Note;
        let members: Vec<usize> = self.tree.members(container).iter().filter(moves).copied().collect();
        let old = members.iter().map(|unit| units[*unit].rect).reduce(|a, b| a.union(b));
        let Some(old) = old else { return Some(()) };
        if let ([one], true) = (members.as_slice(), part)
            && self.size(*one) == units[*one].size
            && !units[*one].unplaced
        {
            self.put(&members, &[Point::ORIGIN], old.origin());
            return progress.step(layers::STEPS);
        }
        let taken = Taken::new(self.in_the_way(container));
        let (places, size) = if let [one] = members.as_slice() {
            progress.step(layers::STEPS)?;
            (vec![Point::ORIGIN], self.size(*one))
        } else {
            self.lay_out_members(container, &members, progress)?
        };
        let placed = members.iter().all(|unit| !units[*unit].unplaced);
        let wanted =
            if part && placed && members.len() > 1 { old.center() - size.to_vec2() / 2.0 } else { old.origin() };
        let corner = match container {
            None => taken.nearest_free(wanted, size),
            Some(frame) => {
                let frame = units[frame].rect;
                let room = Rect::new(
                    frame.x0 + STEP_WORLD,
                    frame.y0 + FRAME_WORLD,
                    frame.x1 - STEP_WORLD,
                    frame.y1 - STEP_WORLD,
                );
                // What does not fit into a frame that stays is left as it is.
                let Some(corner) = taken.nearest_free_in(wanted, size, room) else { return Some(()) };
                corner
            }
        };
        self.put(&members, &places, corner);
        Some(())
    }

    /// What stays and may not be covered by what is put somewhere: what stands beside it, and in a frame also whatever else lies there.
    fn in_the_way(&self, container: Option<usize>) -> Vec<Rect> {
        let units = &self.tree.units;
        let Some(frame) = container else {
            let members = self.tree.members(None).iter();
            return members.filter(|unit| units[**unit].stays).map(|unit| units[*unit].rect).collect();
        };
        let around = |unit: usize| units[unit].kind == Kind::Frame && units[unit].rect.contains_rect(units[frame].rect);
        let touching = self.staying.1.query(units[frame].rect).into_iter().map(|at| self.staying.0[at]);
        touching.filter(|unit| !around(*unit)).map(|unit| units[unit].rect).collect()
    }

    /// Puts units and all that is in them where they belong.
    fn put(&mut self, members: &[usize], places: &[Point], corner: Point) {
        let mut open: Vec<(usize, Point)> =
            members.iter().copied().zip(places.iter().map(|place| corner + place.to_vec2())).collect();
        while let Some((unit, at)) = open.pop() {
            let size = self.size(unit);
            self.tree.units[unit].placed = Some(Rect::from_origin_size(at, size));
            let inner = self.tree.members(Some(unit)).iter().copied();
            open.extend(inner.zip(self.blocks[unit].places.iter().map(|place| at + place.to_vec2())));
        }
    }

    /// Moves notes that stand by themselves and are covered now to where there is room.
    fn clear_notes(&mut self) {
        let units = &self.tree.units;
        let alone: Vec<usize> = self.tree.members(None).to_vec();
        let loose = |unit: &usize| units[*unit].kind == Kind::Note && !units[*unit].stays;
        let others = alone.iter().filter(|unit| !loose(unit));
        let mut taken = Taken::new(others.map(|unit| units[*unit].now()));
        let mut moved: Vec<(usize, Rect)> = Vec::new();
        for note in alone.iter().copied().filter(loose) {
            let (rect, size) = (units[note].rect, units[note].size);
            let at = if taken.lies_under(rect) { taken.nearest_free(rect.origin(), size) } else { rect.origin() };
            let rect = Rect::from_origin_size(at, size);
            taken.add(rect);
            moved.push((note, rect));
        }
        for (note, rect) in moved {
            self.tree.units[note].placed = Some(rect);
        }
    }

    fn edits(&self, project: &Project) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut moved: HashSet<ComponentId> = HashSet::new();
        for (number, unit) in self.tree.units.iter().enumerate() {
            let Some(placed) = unit.placed.filter(|placed| *placed != unit.rect || unit.unplaced) else { continue };
            let edit = match &unit.element {
                ElementId::Component(id) => {
                    moved.insert(id.clone());
                    Some(Edit::Place(id.clone(), placed.origin()))
                }
                ElementId::Boundary(id) if unit.kind == Kind::Frame => project.boundaries.get(id).map(|boundary| {
                    let boundary = Boundary {
                        pos_world: placed.origin(),
                        size_world: self.size(number),
                        ..Boundary::clone(boundary)
                    };
                    Edit::PutBoundary(id.clone(), boundary)
                }),
                ElementId::Boundary(id) => {
                    let mut all = project.contents(id);
                    moved.extend(all.iter().filter_map(ElementId::component).cloned());
                    all.insert(unit.element.clone());
                    Some(Edit::Move(all, placed.origin() - unit.rect.origin()))
                }
                ElementId::Note(id) => project.sticky_notes.get(id).map(|note| {
                    Edit::PutNote(id.clone(), StickyNote { pos_world: placed.origin(), ..StickyNote::clone(note) })
                }),
                ElementId::Connection(_) => None,
            };
            edits.extend(edit);
        }
        edits.extend(self.let_go(project, &moved));
        edits
    }

    /// Takes the hand-made points from connections between what moved, but for those within one folded box.
    fn let_go(&self, project: &Project, moved: &HashSet<ComponentId>) -> Vec<Edit> {
        let led = project.connections.iter().filter(|(_, link)| !link.course.via.is_empty());
        led.filter(|(_, link)| moved.contains(&link.from) && moved.contains(&link.to))
            .filter(|(_, link)| self.tree.unit_of(&link.from) != self.tree.unit_of(&link.to))
            .map(|(id, link)| Edit::SetCourse(id.clone(), Course { via: Vec::new(), ..link.course.clone() }))
            .collect()
    }
}

fn up(length_world: f64, step_world: f64) -> f64 {
    (to_step(length_world) / step_world).ceil() * step_world
}
