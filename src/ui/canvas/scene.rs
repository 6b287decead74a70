//! What is on the sheet, ready to be painted: made once for each project and assessment, not once a frame.

use std::{collections::HashMap, sync::Arc};

use kurbo::{Point, Rect};

use super::marks::{Sign, marks};
use crate::{
    assess::{Assessment, Colouring, ComponentAdvice, Crossing, Mark, Perspective, Zone, colouring, zones},
    explain,
    geometry::{
        layout,
        route::{self, Routes},
    },
    playbook::Playbook,
    project::{Component, ComponentId, Connection, ConnectionId, ElementId, FrameworkId, Project},
    session::Session,
};

type Signs<'a> = HashMap<&'a ElementId, Sign>;

/// A component.
pub(super) struct Card {
    pub id: ComponentId,
    pub element: ElementId,
    pub component: Arc<Component>,
    pub rect_world: Rect,
    /// The advice, for services.
    pub advice: Option<Advice>,
    /// The worst finding about it.
    pub sign: Option<Sign>,
    /// What the perspective says of it, or that it is put off to later; `None` where it says nothing, and where frameworks are
    /// what is shown.
    pub mark: Option<Mark>,
}

/// What a card says of its framework.
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
pub(super) struct Link {
    pub id: ConnectionId,
    pub element: ElementId,
    /// Corners of its route, in world units; empty if an end is missing.
    pub points: Vec<Point>,
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

/// A boundary.
pub(super) struct Frame {
    pub element: ElementId,
    pub name: String,
    pub rect_world: Rect,
    /// The framework that all services within share.
    pub framework: Option<FrameworkId>,
}

/// Everything that is painted, in the order of the document.
#[derive(Default)]
pub(super) struct Scene {
    of: Option<(Arc<Project>, Arc<Assessment>)>,
    /// The perspective that was asked for, and whether the seam was.
    shown: (Perspective, bool),
    routes: Routes,
    /// It was made while a gesture was in flight.
    in_gesture: bool,
    pub cards: Vec<Card>,
    pub links: Vec<Link>,
    pub frames: Vec<Frame>,
    /// Only while there is more than one framework.
    pub zones: Vec<Zone>,
    pub colouring: Colouring,
    pub bounds_world: Option<Rect>,
}

impl Scene {
    /// Makes the scene anew if the project, its assessment or what is to be seen of it is another one.
    pub(super) fn refresh(&mut self, session: &Session, perspective: &Perspective, seam: bool) {
        let (project, assessment) = (session.project(), session.assessment());
        let playbook = &session.engine().playbook;
        let in_gesture = session.history().in_gesture();
        let known = self.of.as_ref().is_some_and(|(p, a)| Arc::ptr_eq(p, project) && Arc::ptr_eq(a, assessment))
            && self.shown.1 == seam;
        if !known || !in_gesture && self.in_gesture {
            let routes = std::mem::take(&mut self.routes).brought_to(project, in_gesture);
            let crossings: &[Crossing] = if seam { &assessment.estimate.seam.crossings } else { &[] };
            let signs = marks(assessment);
            *self = Self {
                of: Some((Arc::clone(project), Arc::clone(assessment))),
                shown: (Perspective::default(), seam),
                cards: cards(project, assessment, &signs),
                links: links(project, playbook, crossings, &routes, &signs),
                routes,
                in_gesture,
                frames: frames(project, assessment),
                zones: if seam { zones(playbook, project, assessment) } else { Vec::new() },
                colouring: Colouring::default(),
                bounds_world: layout::bounds(project),
            };
        } else if self.shown.0 == *perspective {
            return;
        }
        self.colouring = colouring(perspective, project, assessment, playbook);
        self.shown.0 = perspective.clone();
        let by_framework = self.colouring.perspective == Perspective::Framework;
        for card in &mut self.cards {
            let shown = !by_framework || card.component.deferred;
            card.mark = self.colouring.marks.get(&card.id).filter(|_| shown).cloned();
        }
    }

    /// A connection by its id. The links are in the order of the project's connections.
    pub(super) fn link(&self, project: &Project, id: &ConnectionId) -> Option<&Link> {
        let at = project.connections.get_index_of(id)?;
        let at_its_place = self.links.get(at).filter(|link| link.id == *id);
        at_its_place.or_else(|| self.links.iter().find(|link| link.id == *id))
    }

    /// The connections that have a route.
    pub(super) fn routes(&self) -> impl Iterator<Item = (&ConnectionId, &[Point])> {
        self.links.iter().filter(|link| !link.points.is_empty()).map(|link| (&link.id, link.points.as_slice()))
    }
}

fn cards(project: &Project, assessment: &Assessment, signs: &Signs<'_>) -> Vec<Card> {
    let card = |(id, component): (&ComponentId, &Arc<Component>)| Card {
        id: id.clone(),
        element: ElementId::Component(id.clone()),
        component: Arc::clone(component),
        rect_world: component.rect_world(),
        advice: assessment.components.get(id).map(Advice::from),
        sign: signs.get(&ElementId::Component(id.clone())).cloned(),
        mark: None,
    };
    project.components.iter().map(card).collect()
}

fn links(
    project: &Project,
    playbook: &Playbook,
    crossings: &[Crossing],
    routes: &Routes,
    signs: &Signs<'_>,
) -> Vec<Link> {
    let crossings: HashMap<&ConnectionId, &Crossing> = crossings.iter().map(|c| (&c.connection, c)).collect();
    let link = |((id, connection), points): ((&ConnectionId, &Arc<Connection>), &Vec<Point>)| {
        let corners = points.iter().map(|point| Rect::from_points(*point, *point));
        let crossing = crossings.get(id);
        Link {
            id: id.clone(),
            element: ElementId::Connection(id.clone()),
            area_world: corners.reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO),
            middle_world: match connection.course.label_at {
                Some(share) => route::along(points, share),
                None => route::halfway(points),
            }
            .unwrap_or(Point::ORIGIN),
            seam: crossing.is_some(),
            sign: signs.get(&ElementId::Connection(id.clone())).cloned(),
            crossing: crossing.map_or_else(String::new, |crossing| explain::crossing(playbook, project, crossing)),
            tag: crossing.map_or_else(String::new, |crossing| explain::crossing_tag(crossing)),
            later: project.waits(connection),
            points: points.clone(),
        }
    };
    project.connections.iter().zip(&routes.points).map(link).collect()
}

fn frames(project: &Project, assessment: &Assessment) -> Vec<Frame> {
    let frame = |(id, boundary): (&crate::project::BoundaryId, &Arc<crate::project::Boundary>)| {
        let rect_world = boundary.rect_world();
        let mut frameworks =
            layout::members(project, rect_world).filter_map(|id| assessment.verdict.assignment.get(id));
        let first = frameworks.next();
        Frame {
            element: ElementId::Boundary(id.clone()),
            name: boundary.name.clone(),
            rect_world,
            framework: first.filter(|first| frameworks.all(|other| other == *first)).cloned(),
        }
    };
    project.boundaries.iter().map(frame).collect()
}
