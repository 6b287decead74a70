//! What is on the sheet, ready to be painted: made once for an assessment, and following the drawing while only places change.
//!
//! Cards, links and frames stand at the positions that their elements have in the document, so that the project's own maps lead
//! to them. What a folded boundary stands for has a card as well, which the index does not know: it is neither seen nor hit.

mod changes;
mod find;
mod make;
mod recent;
mod routing;
#[cfg(test)]
pub(super) mod tests;
mod words;

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};

use kurbo::{Point, Rect};

use self::{
    changes::Changes,
    make::Subject,
    recent::{Recent, Step},
    routing::Routing,
};
use super::{frames::Frame, marks::Sign};
use crate::{
    assess::{Assessment, Colouring, ComponentAdvice, Mark, Perspective, box_world, capacity::Capacity, colouring},
    explain::{LoadMark, load_mark},
    geometry::{
        grid::Grid,
        lines::Lines,
        route::{self, Changed, Words},
        zones::Grounds,
    },
    project::{BoundaryId, Component, ComponentId, Connection, ConnectionId, ElementId, FrameworkId, Project},
    session::Session,
};

/// Where more lines than this change at once, where lines hop is found anew for all that are seen.
const MOST_HOPPING: usize = 48;

/// A component.
#[derive(Debug, PartialEq)]
pub(super) struct Card {
    pub id: ComponentId,
    pub element: ElementId,
    pub component: Arc<Component>,
    /// It is put off.
    pub later: bool,
    pub rect_world: Rect,
    /// The advice, for services.
    pub advice: Option<Advice>,
    /// The worst finding about it.
    pub sign: Option<Sign>,
    /// Its load against what is planned for it, where loads are stated and no perspective says it already.
    pub load: Option<LoadMark>,
    /// What the perspective says of it, or that it is put off to later; `None` where it says nothing, and where frameworks are
    /// what is shown.
    pub mark: Option<Mark>,
}

/// What a card says of its framework.
#[derive(Debug, PartialEq)]
pub(super) struct Advice {
    pub framework: FrameworkId,
    /// 0 to 1.
    pub share: f64,
    pub pinned: bool,
}

impl From<&ComponentAdvice> for Advice {
    fn from(advice: &ComponentAdvice) -> Self {
        Self { framework: advice.framework.clone(), share: advice.share, pinned: advice.pinned }
    }
}

/// A connection.
#[derive(Debug, PartialEq)]
pub(super) struct Link {
    pub id: ConnectionId,
    pub element: ElementId,
    pub connection: Arc<Connection>,
    /// Corners of its route, in world units; empty if an end is missing.
    pub points: Arc<[Point]>,
    /// What encloses the route.
    pub area_world: Rect,
    /// Where its label goes.
    pub middle_world: Point,
    /// Whether it crosses from one framework to another, and that is to be seen.
    pub seam: bool,
    /// The worst finding about it.
    pub sign: Option<Sign>,
    /// What crossing means, in words; empty if it does not cross.
    pub crossing: String,
    /// The same in two words.
    pub tag: String,
    /// Whether it waits for a component that is put off to later.
    pub later: bool,
}

/// Where things are, by their positions in the document.
#[derive(Default)]
struct Index {
    cards: Grid,
    links: Lines,
    frames: Grid,
    notes: Grid,
}

/// The positions of what overlaps an area, as of a version of the scene.
struct Seen {
    area_world: Rect,
    version: u64,
    positions: Rc<[usize]>,
}

/// Where links hop over others in a part of the sheet, as far as anybody asked.
#[derive(Default)]
struct Hops {
    area_world: Rect,
    of: Vec<Option<Rc<[Point]>>>,
}

/// What a scene was made from.
struct Made {
    project: Arc<Project>,
    assessment: Arc<Assessment>,
    seam: bool,
    perspective: Perspective,
}

/// Everything that is painted, in the order of the document.
#[derive(Default)]
pub(super) struct Scene {
    made: Option<Made>,
    routing: Routing,
    /// It was brought up to date while a gesture was in flight.
    in_gesture: bool,
    index: Index,
    /// What was in view when it was asked for last, cards and links.
    seen: RefCell<[Option<Seen>; 2]>,
    hops: RefCell<Hops>,
    /// Where words stand, as far as they were asked for.
    words: RefCell<Words>,
    /// What folded boundaries stand for, each with the box that is seen in its place.
    pub hidden: HashMap<ElementId, BoundaryId>,
    /// Moves whenever anything of it does: what is made from it is kept for it.
    pub version: u64,
    /// What the last versions changed.
    recent: Recent,
    /// How many times it was made anew, and how many cards and links were touched otherwise: what a drag costs.
    pub work: SceneWork,
    pub cards: Vec<Card>,
    pub links: Vec<Link>,
    pub frames: Vec<Frame>,
    /// Only while there is more than one framework.
    pub grounds: Option<Grounds>,
    pub colouring: Colouring,
    /// What the loads on the cards are of.
    capacity: Option<Arc<Capacity>>,
    pub bounds_world: Option<Rect>,
}

/// What keeping a scene up to date has taken so far, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SceneWork {
    /// Times that everything was made anew.
    pub made: usize,
    /// Cards that followed a change.
    pub cards: usize,
    /// Connections that followed a change.
    pub links: usize,
    /// Bundles of what is seen from far away that were made.
    pub bundles: usize,
    /// Glyphs of texts that were laid out.
    pub glyphs: usize,
    /// Looks that were taken to find places for words.
    pub looks: usize,
}

impl Scene {
    /// Brings the scene up to date if the project, its assessment or what is to be seen of it is another one.
    pub(super) fn refresh(&mut self, session: &Session, perspective: &Perspective, seam: bool) {
        let subject = Subject::of(session, seam);
        let settles = !subject.in_gesture && self.in_gesture;
        let anew = match self.changes(&subject) {
            Some(changes)
                if changes.are_none() && !settles && !self.routing.has_come() && !self.routing.is_behind() =>
            {
                false
            }
            Some(changes) => {
                self.follow(&subject, &changes);
                self.in_gesture = subject.in_gesture;
                false
            }
            None => {
                self.make(&subject);
                self.in_gesture = subject.in_gesture;
                true
            }
        };
        let Some(made) = &mut self.made else { return };
        made.project = Arc::clone(subject.project);
        let same = !anew && made.perspective == *perspective;
        if !same {
            made.perspective = perspective.clone();
            self.colour(session, &subject, perspective);
        }
        self.load(session, same);
    }

    fn colour(&mut self, session: &Session, subject: &Subject<'_>, perspective: &Perspective) {
        self.version += 1;
        self.recent.forget(self.version);
        self.colouring = colouring(perspective, subject.project, subject.assessment, subject.playbook, || {
            Cow::Borrowed(session.capacity())
        });
        let by_framework = self.colouring.perspective == Perspective::Framework;
        for card in &mut self.cards {
            let shown = !by_framework || card.component.deferred;
            card.mark = self.colouring.marks.get(&card.id).filter(|_| shown).cloned();
        }
    }

    /// Puts the loads that are known by now on the cards; nothing happens while they are the `same`.
    fn load(&mut self, session: &Session, same: bool) {
        // Where how busy services are is what is shown, it is not said twice.
        let told = self.colouring.perspective == Perspective::Utilisation;
        let capacity = session.capacity_in_sight().filter(|_| !told);
        let known = match (&capacity, &self.capacity) {
            (Some(now), Some(before)) => Arc::ptr_eq(now, before),
            (None, None) => true,
            _ => false,
        };
        if known && (same || capacity.is_none()) {
            return;
        }
        // Only near cards show it, and those are painted anew in every frame: what is kept of far ones stands.
        for card in self.cards.iter_mut().filter(|card| card.advice.is_some()) {
            card.load = capacity.as_ref().and_then(|capacity| load_mark(capacity, &card.id));
        }
        self.capacity = capacity;
    }

    /// A connection by its id. The links are in the order of the project's connections.
    pub(super) fn link(&self, project: &Project, id: &ConnectionId) -> Option<&Link> {
        let at = project.connections.get_index_of(id)?;
        let at_its_place = self.links.get(at).filter(|link| link.id == *id);
        at_its_place.or_else(|| self.links.iter().find(|link| link.id == *id))
    }

    /// The route of a connection; none if it lies wholly in one folded box.
    fn way(&self, index: usize, link: &Connection) -> Arc<[Point]> {
        if Project::is_within_a_box(&self.hidden, link) { Arc::from([]) } else { self.routing.points(index) }
    }

    /// Whether a connection lies wholly in one folded box.
    pub(super) fn is_within_a_box(&self, project: &Project, id: &ConnectionId) -> bool {
        project.connections.get(id).is_some_and(|link| Project::is_within_a_box(&self.hidden, link))
    }

    /// Whether a folded boundary stands for something of these.
    pub(super) fn stands_for(&self, boundary: &BoundaryId, elements: &BTreeSet<ElementId>) -> bool {
        !self.hidden.is_empty() && elements.iter().any(|element| self.hidden.get(element) == Some(boundary))
    }

    /// Whether connections are straight lines because their routes are still being worked out.
    pub(super) fn is_routing(&self) -> bool {
        self.routing.is_working()
    }

    /// Whether connections that something passed follow only in the frames to come.
    pub(super) fn is_behind(&self) -> bool {
        self.routing.is_behind()
    }

    /// What is another one since the scene was made; `None` if it has to be made anew.
    fn changes(&self, subject: &Subject<'_>) -> Option<Changes> {
        let made = self.made.as_ref()?;
        if !Arc::ptr_eq(&made.assessment, subject.assessment) || made.seam != subject.seam {
            return None;
        }
        let changes = Changes::between(&made.project, subject.project)?;
        // What is folded is hidden, and hidden things may be anywhere.
        (changes.boundaries.as_ref().is_some_and(Vec::is_empty) || subject.project.hidden() == self.hidden)
            .then_some(changes)
    }

    fn make(&mut self, subject: &Subject<'_>) {
        let project = subject.project;
        if self.made.is_some() {
            self.routing.follow(project, false);
        } else {
            self.routing.begin(project, subject.background);
        }
        self.hidden = project.hidden();
        let routes = (0..).zip(project.connections.values());
        let routes = routes.map(|(index, link)| self.way(index, link)).collect();
        self.hops.borrow_mut().of.clear();
        if self.links.iter().map(|link| &link.id).eq(project.connections.keys()) {
            self.words.borrow_mut().doubt_all();
        } else {
            self.words.borrow_mut().forget();
        }
        let mut signs = subject.signs();
        (self.cards, self.links) = (subject.cards(&mut signs), subject.links(routes, &mut signs));
        let seen = self.cards.iter().enumerate().filter(|(_, card)| !self.hidden.contains_key(&card.element));
        let mut cards = Grid::default();
        seen.for_each(|(index, card)| cards.set(index, card.rect_world));
        let mut links = Lines::default();
        self.links.iter().enumerate().for_each(|(index, link)| links.set(index, &link.points));
        self.index = Index { cards, links, ..Index::default() };
        self.make_frames(subject);
        self.make_notes(project);
        self.grounds = subject.grounds();
        self.made = Some(Made {
            project: Arc::clone(project),
            assessment: Arc::clone(subject.assessment),
            seam: subject.seam,
            perspective: Perspective::default(),
        });
        self.find_bounds();
        self.work.made += 1;
        self.version += 1;
        self.recent.forget(self.version);
    }

    fn follow(&mut self, subject: &Subject<'_>, changes: &Changes) {
        let project = subject.project;
        let mut touched = Vec::new();
        let mut moved = Vec::new();
        for index in &changes.components {
            let Some((_, component)) = project.components.get_index(*index) else { continue };
            let card = &mut self.cards[*index];
            card.component = Arc::clone(component);
            card.later = component.deferred;
            let (from, to) = (card.rect_world, component.rect_world());
            if from == to {
                continue;
            }
            card.rect_world = to;
            touched.extend([from, to]);
            moved.push((*index, to));
            if !self.hidden.contains_key(&card.element) {
                self.index.cards.set(*index, to);
            }
        }
        if let Some(grounds) = &mut self.grounds {
            grounds.follow(moved.iter().copied());
        }
        let mut spoiled = touched.clone();
        let links = self.follow_links(subject, changes, &mut spoiled);
        let before = self.obstacles(changes);
        self.follow_frames(subject, changes.boundaries.as_deref(), &touched);
        match &changes.notes {
            Some(notes) if notes.is_empty() => {}
            _ => self.make_notes(project),
        }
        spoiled.extend(words::differing(&before, &self.obstacles(changes)));
        self.forget_words(spoiled);
        self.find_bounds();
        self.work.cards += changes.components.len();
        self.version += 1;
        match links {
            Some(links) => self.recent.remember(Step { cards: changes.components.clone(), links }),
            None => self.recent.forget(self.version),
        }
    }

    /// Says which links are others, `None` if that is most of them, and adds where they ran and run otherwise.
    fn follow_links(
        &mut self,
        subject: &Subject<'_>,
        changes: &Changes,
        spoiled: &mut Vec<Rect>,
    ) -> Option<Vec<usize>> {
        let project = subject.project;
        for index in &changes.connections {
            if let Some((_, connection)) = project.connections.get_index(*index) {
                self.links[*index].connection = Arc::clone(connection);
            }
        }
        let mut lines: Vec<usize> = match self.routing.follow(project, subject.in_gesture) {
            Changed::These(lines) => lines,
            Changed::All => {
                self.words.borrow_mut().forget();
                (0..self.links.len()).collect()
            }
        };
        lines.extend(&changes.connections);
        let few = lines.len() < self.links.len();
        // Each line asks all that it passes: of a hub all would ask each other.
        let hops_last = few && lines.len() <= MOST_HOPPING;
        if !hops_last {
            self.hops.borrow_mut().of.clear();
        }
        for index in &lines {
            let points = self.way(*index, &self.links[*index].connection);
            if hops_last {
                self.forget_hops(*index);
            }
            self.words.borrow_mut().forget_one(*index);
            let link = &mut self.links[*index];
            spoiled.extend(words::rerouted(&link.points, &points));
            let mark = link.mark_world();
            link.lay(points);
            // It stands where the whole of the line has its place for it, be that on a piece that is as it was.
            if mark != link.mark_world() {
                spoiled.extend(mark.into_iter().chain(link.mark_world()));
            }
            self.index.links.set(*index, &link.points);
            if hops_last {
                self.forget_hops(*index);
            }
        }
        self.work.links += lines.len();
        few.then_some(lines)
    }

    /// `changed` boundaries are other ones, all if that is `None`; components moved from or to the `touched` places.
    fn follow_frames(&mut self, subject: &Subject<'_>, changed: Option<&[usize]>, touched: &[Rect]) {
        let Some(changed) = changed else {
            self.make_frames(subject);
            // They have a box for each boundary.
            self.grounds = subject.grounds();
            return;
        };
        let mut around: Vec<usize> = touched.iter().flat_map(|rect| self.index.frames.query(*rect)).collect();
        around.extend(changed);
        around.sort_unstable();
        around.dedup();
        for index in around {
            let Some(entry) = subject.project.boundaries.get_index(index) else { continue };
            // What is on a box hangs on the assessment and on what is hidden, and both are as they were.
            let known = self.frames[index].folded.take();
            self.frames[index] = subject.frame(entry, known, &self.cards, &self.index.cards);
            if self.hidden.contains_key(&self.frames[index].element) {
                continue;
            }
            self.index.frames.set(index, self.frames[index].rect_world);
            if let Some(grounds) = &mut self.grounds {
                grounds.follow([(self.cards.len() + index, box_world(entry.1))]);
            }
        }
    }

    fn make_frames(&mut self, subject: &Subject<'_>) {
        let entries = subject.project.boundaries.iter();
        self.frames = entries.map(|entry| subject.frame(entry, None, &self.cards, &self.index.cards)).collect();
        self.index.frames = Grid::default();
        let seen = self.frames.iter().enumerate().filter(|(_, frame)| !self.hidden.contains_key(&frame.element));
        seen.for_each(|(index, frame)| self.index.frames.set(index, frame.rect_world));
    }

    fn make_notes(&mut self, project: &Project) {
        self.index.notes = Grid::default();
        for (index, (id, note)) in project.sticky_notes.iter().enumerate() {
            if !self.hidden.contains_key(&ElementId::Note(id.clone())) {
                self.index.notes.set(index, note.rect_world());
            }
        }
    }

    fn find_bounds(&mut self) {
        let Index { cards, frames, notes, .. } = &self.index;
        self.bounds_world =
            [cards, frames, notes].into_iter().filter_map(Grid::bounds).reduce(|all, bounds| all.union(bounds));
    }
}

impl Link {
    /// Gives it another way.
    fn lay(&mut self, points: Arc<[Point]>) {
        self.area_world = route::bounds(&points).unwrap_or(Rect::ZERO);
        self.middle_world = match self.connection.course.label_at {
            Some(share) => route::along(&points, share),
            None => route::halfway(&points),
        }
        .unwrap_or(Point::ORIGIN);
        self.points = points;
    }
}
