//! What is seen of a drawing as a tree: which frame each thing is in, and what of it may move.

use std::collections::{BTreeSet, HashMap};

use kurbo::{Point, Rect, Size};

use crate::{
    geometry::{align, grid::Grid},
    project::{ComponentId, ElementId, FOLDED_SIZE, Project, card_size},
};

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A component, or a folded boundary.
    Box,
    /// An open boundary.
    Frame,
    /// A sticky note.
    Note,
}

/// Something that is seen.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) element: ElementId,
    pub(super) kind: Kind,
    /// Where it is.
    pub(super) rect: Rect,
    /// How large it is. Not read off the rectangle, whose far corner is a rounded sum.
    pub(super) size: Size,
    /// Whether it has no place yet.
    pub(super) unplaced: bool,
    /// The frame it is in.
    pub(super) parent: Option<usize>,
    /// Whether it may not move: it is locked or was not chosen, or it is a frame around something that stays,
    /// or a note in such a frame.
    pub(super) stays: bool,
    /// Where it goes.
    pub(super) placed: Option<Rect>,
}

impl Unit {
    /// Where it is after all.
    pub(super) fn now(&self) -> Rect {
        self.placed.unwrap_or(self.rect)
    }
}

/// Units by number, and who is in whom.
pub(super) struct Tree {
    pub(super) units: Vec<Unit>,
    members: HashMap<Option<usize>, Vec<usize>>,
    /// The unit that is seen in a component's place.
    seen: HashMap<ComponentId, usize>,
}

impl Tree {
    /// The tree of a project; only what is in `scope` may move, if there is one, and nothing that is locked.
    pub(super) fn new(project: &Project, scope: Option<&BTreeSet<ElementId>>) -> Self {
        let hidden = project.hidden();
        let mut units = units(project);
        units.retain(|unit| !hidden.contains_key(&unit.element));
        for unit in &mut units {
            let chosen = scope.is_none_or(|scope| scope.contains(&unit.element));
            // What has no place yet needs one, whatever is said of it.
            unit.stays = !unit.unplaced && (!chosen || align::is_locked(project, &unit.element));
        }
        find_parents(&mut units);
        let mut tree = Self { seen: seen(&units, &hidden), members: HashMap::new(), units };
        for number in 0..tree.units.len() {
            tree.members.entry(tree.units[number].parent).or_default().push(number);
        }
        // A frame cannot leave without what is in it.
        for frame in tree.frames_inside_out() {
            let held = tree.members(Some(frame)).iter().any(|member| tree.units[*member].stays);
            tree.units[frame].stays |= held;
        }
        // Nor does a note in such a frame, and what is laid out there goes around it.
        for number in 0..tree.units.len() {
            let unit = &tree.units[number];
            let held = unit.kind == Kind::Note && unit.parent.is_some_and(|frame| tree.units[frame].stays);
            tree.units[number].stays |= held;
        }
        tree
    }

    /// What is in a frame, or on the sheet itself.
    pub(super) fn members(&self, container: Option<usize>) -> &[usize] {
        self.members.get(&container).map_or(&[], Vec::as_slice)
    }

    /// The numbers of all frames; one that is in another comes before that.
    pub(super) fn frames_inside_out(&self) -> Vec<usize> {
        let mut frames: Vec<usize> =
            (0..self.units.len()).filter(|number| self.units[*number].kind == Kind::Frame).collect();
        frames.sort_by(|a, b| order(&self.units, *a, *b));
        frames
    }

    /// The unit that is seen in a component's place.
    pub(super) fn unit_of(&self, id: &ComponentId) -> Option<usize> {
        self.seen.get(id).copied()
    }

    /// The connections, each as a link between the two members of the innermost container that holds both ends.
    pub(super) fn links(&self, project: &Project) -> HashMap<Option<usize>, Vec<(usize, usize)>> {
        let mut depths: Vec<Option<usize>> = vec![None; self.units.len()];
        for number in 0..self.units.len() {
            self.note_depth(number, &mut depths);
        }
        let depth = |number: usize| depths[number].unwrap_or_default();
        let mut links: HashMap<Option<usize>, Vec<(usize, usize)>> = HashMap::new();
        for link in project.connections.values() {
            let (Some(mut from), Some(mut to)) = (self.unit_of(&link.from), self.unit_of(&link.to)) else { continue };
            while from != to && self.units[from].parent != self.units[to].parent {
                let up = if depth(from) >= depth(to) { &mut from } else { &mut to };
                let Some(parent) = self.units[*up].parent else { break };
                *up = parent;
            }
            let parent = self.units[from].parent;
            if from != to && parent == self.units[to].parent {
                links.entry(parent).or_default().push((from, to));
            }
        }
        links
    }

    /// How many frames a unit is in; what is known already is not counted again.
    fn note_depth(&self, number: usize, depths: &mut [Option<usize>]) {
        let mut chain = vec![number];
        while let Some(parent) = chain.last().and_then(|last| self.units[*last].parent) {
            if depths[parent].is_some() {
                break;
            }
            chain.push(parent);
        }
        for unit in chain.into_iter().rev() {
            let parent = self.units[unit].parent.and_then(|parent| depths[parent]);
            depths[unit] = Some(parent.map_or(0, |depth| depth + 1));
        }
    }
}

fn units(project: &Project) -> Vec<Unit> {
    let unit = |element: ElementId, kind: Kind, at: Point, size: Size| Unit {
        element,
        kind,
        rect: Rect::from_origin_size(at, size),
        size,
        unplaced: false,
        parent: None,
        stays: false,
        placed: None,
    };
    let components = project.components.iter().map(|(id, component)| {
        let at = component.pos_world.unwrap_or(Point::ORIGIN);
        let known = unit(ElementId::Component(id.clone()), Kind::Box, at, card_size(component.kind));
        Unit { unplaced: component.pos_world.is_none(), ..known }
    });
    let boundaries = project.boundaries.iter().map(|(id, boundary)| {
        let (kind, size) =
            if boundary.folded.is_some() { (Kind::Box, FOLDED_SIZE) } else { (Kind::Frame, boundary.size_world) };
        unit(ElementId::Boundary(id.clone()), kind, boundary.pos_world, size)
    });
    let notes = project.sticky_notes.iter();
    let notes = notes.map(|(id, note)| unit(ElementId::Note(id.clone()), Kind::Note, note.pos_world, note.size_world));
    components.chain(boundaries).chain(notes).collect()
}

/// Smaller frames come first; of two that are the same, the one that was drawn later is taken to be in the other.
fn order(units: &[Unit], a: usize, b: usize) -> std::cmp::Ordering {
    units[a].rect.area().total_cmp(&units[b].rect.area()).then(b.cmp(&a))
}

/// Each unit is in the smallest frame that encloses it.
fn find_parents(units: &mut [Unit]) {
    let frames: Vec<usize> = (0..units.len()).filter(|number| units[*number].kind == Kind::Frame).collect();
    if frames.is_empty() {
        return;
    }
    let grid = Grid::new(frames.iter().map(|frame| units[*frame].rect));
    let parents: Vec<Option<usize>> = (0..units.len())
        .map(|number| {
            let unit = &units[number];
            if unit.unplaced {
                return None;
            }
            // Whatever encloses the unit encloses its corner.
            let corner = Rect::from_points(unit.rect.origin(), unit.rect.origin());
            let mut best: Option<usize> = None;
            grid.any(corner, |at, rect| {
                let frame = frames[at];
                let encloses = frame != number && rect.contains_rect(unit.rect);
                let outer = unit.kind != Kind::Frame || order(units, number, frame).is_lt();
                if encloses && outer && best.is_none_or(|best| order(units, frame, best).is_lt()) {
                    best = Some(frame);
                }
                false
            });
            best
        })
        .collect();
    for (unit, parent) in units.iter_mut().zip(parents) {
        unit.parent = parent;
    }
}

/// What is seen in the place of each component: itself, or the box it is folded into.
fn seen(units: &[Unit], hidden: &HashMap<ElementId, crate::project::BoundaryId>) -> HashMap<ComponentId, usize> {
    let numbers: HashMap<&ElementId, usize> = units.iter().enumerate().map(|(n, unit)| (&unit.element, n)).collect();
    let mut seen = HashMap::new();
    for (element, number) in &numbers {
        if let ElementId::Component(id) = element {
            seen.insert(id.clone(), *number);
        }
    }
    for (element, folded) in hidden {
        if let (ElementId::Component(id), Some(number)) = (element, numbers.get(&ElementId::Boundary(folded.clone()))) {
            seen.insert(id.clone(), *number);
        }
    }
    seen
}
