//! What is on the sheet, ready to be painted: made once for each project and assessment, not once a frame.

use std::{collections::HashMap, sync::Arc};

use kurbo::{Point, Rect};

use super::marks::{Mark, marks};
use crate::{
    assess::{Assessment, ComponentAdvice},
    geometry::{
        layout,
        route::{self, Routes},
    },
    project::{Component, ComponentId, ConnectionId, ElementId, FrameworkId, Project},
    session::Session,
};

type Marks<'a> = HashMap<&'a ElementId, Mark>;

/// A component.
pub(super) struct Card {
    pub id: ComponentId,
    pub element: ElementId,
    pub component: Arc<Component>,
    pub rect_world: Rect,
    /// The advice, for services.
    pub advice: Option<Advice>,
    /// The worst finding about it.
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
    /// Whether it crosses from one framework to another.
    pub seam: bool,
    /// The worst finding about it.
    pub mark: Option<Mark>,
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
    routes: Routes,
    /// The routes were only brought up to date, not laid anew: a gesture is in flight.
    provisional: bool,
    pub cards: Vec<Card>,
    pub links: Vec<Link>,
    pub frames: Vec<Frame>,
    pub bounds_world: Option<Rect>,
}

impl Scene {
    /// Makes the scene anew if the project or its assessment is another one.
    pub(super) fn refresh(&mut self, session: &Session) {
        let (project, assessment) = (session.project(), session.assessment());
        let in_gesture = session.history().in_gesture();
        let known = self.of.as_ref().is_some_and(|(p, a)| Arc::ptr_eq(p, project) && Arc::ptr_eq(a, assessment));
        if known && (in_gesture || !self.provisional) {
            return;
        }
        let routes = if in_gesture { self.routes.follow(project) } else { Routes::new(project) };
        let marks = marks(assessment);
        *self = Self {
            of: Some((Arc::clone(project), Arc::clone(assessment))),
            cards: cards(project, assessment, &marks),
            links: links(project, assessment, &routes, &marks),
            routes,
            provisional: in_gesture,
            frames: frames(project, assessment),
            bounds_world: layout::bounds(project),
        };
    }

    /// The connections that have a route.
    pub(super) fn routes(&self) -> impl Iterator<Item = (&ConnectionId, &[Point])> {
        self.links.iter().filter(|link| !link.points.is_empty()).map(|link| (&link.id, link.points.as_slice()))
    }
}

fn cards(project: &Project, assessment: &Assessment, marks: &Marks<'_>) -> Vec<Card> {
    let card = |(id, component): (&ComponentId, &Arc<Component>)| Card {
        id: id.clone(),
        element: ElementId::Component(id.clone()),
        component: Arc::clone(component),
        rect_world: component.rect_world(),
        advice: assessment.components.get(id).map(Advice::from),
        mark: marks.get(&ElementId::Component(id.clone())).cloned(),
    };
    project.components.iter().map(card).collect()
}

fn links(project: &Project, assessment: &Assessment, routes: &Routes, marks: &Marks<'_>) -> Vec<Link> {
    let seam: std::collections::HashSet<&ConnectionId> = assessment.verdict.seam.iter().collect();
    let link = |(id, points): (&ConnectionId, &Vec<Point>)| {
        let corners = points.iter().map(|point| Rect::from_points(*point, *point));
        Link {
            id: id.clone(),
            element: ElementId::Connection(id.clone()),
            area_world: corners.reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO),
            middle_world: route::halfway(points).unwrap_or(Point::ORIGIN),
            seam: seam.contains(id),
            mark: marks.get(&ElementId::Connection(id.clone())).cloned(),
            points: points.clone(),
        }
    };
    project.connections.keys().zip(&routes.points).map(link).collect()
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
