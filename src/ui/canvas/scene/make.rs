//! Cards, links and frames from the project and its assessment.

use std::{cell::OnceCell, collections::HashMap, sync::Arc};

use kurbo::{Point, Rect};

use super::{Advice, Card, Frame, Link};
use crate::{
    assess::{Assessment, Crossing, Gather, grounds},
    explain,
    figures::Money,
    geometry::{grid::Grid, hit::encloses, zones::Grounds},
    playbook::Playbook,
    project::{Boundary, BoundaryId, Component, ComponentId, Connection, ConnectionId, ElementId, Project},
    session::{Background, Session},
    ui::canvas::{
        frames::FoldedBox,
        marks::{Sign, marks},
    },
};

type Signs<'a> = HashMap<&'a ElementId, Sign>;

/// What a scene is made from.
pub(super) struct Subject<'a> {
    pub project: &'a Arc<Project>,
    pub assessment: &'a Arc<Assessment>,
    pub playbook: &'a Playbook,
    pub background: &'a Background,
    pub in_gesture: bool,
    /// Whether the seam is to be seen.
    pub seam: bool,
    /// What folded boundaries come to, once one asks.
    gather: OnceCell<Gather<'a>>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(session: &'a Session, seam: bool) -> Self {
        Self {
            project: session.project(),
            assessment: session.assessment(),
            playbook: &session.engine().playbook,
            background: session.background(),
            in_gesture: session.history().in_gesture(),
            seam,
            gather: OnceCell::new(),
        }
    }

    pub(super) fn grounds(&self) -> Option<Grounds> {
        if self.seam { grounds(self.playbook, self.project, self.assessment) } else { None }
    }

    /// The worst finding about each element.
    pub(super) fn signs(&self) -> Signs<'a> {
        marks(self.assessment)
    }

    pub(super) fn cards(&self, signs: &mut Signs<'_>) -> Vec<Card> {
        let card = |(id, component): (&ComponentId, &Arc<Component>)| {
            let element = ElementId::Component(id.clone());
            Card {
                id: id.clone(),
                component: Arc::clone(component),
                later: component.deferred,
                rect_world: component.rect_world(),
                advice: self.assessment.components.get(id).map(Advice::from),
                sign: signs.remove(&element),
                load: None,
                mark: None,
                element,
            }
        };
        self.project.components.iter().map(card).collect()
    }

    /// The links, each with its route from `routes`.
    pub(super) fn links(&self, routes: Vec<Arc<[Point]>>, signs: &mut Signs<'_>) -> Vec<Link> {
        let crossings: &[Crossing] = if self.seam { &self.assessment.estimate.seam.crossings } else { &[] };
        let crossings: HashMap<&ConnectionId, &Crossing> = crossings.iter().map(|c| (&c.connection, c)).collect();
        let words = |crossing: &&Crossing| explain::crossing(self.playbook, self.project, crossing);
        let link = |((id, connection), points): ((&ConnectionId, &Arc<Connection>), Arc<[Point]>)| {
            let crossing = crossings.get(id);
            let element = ElementId::Connection(id.clone());
            let mut link = Link {
                id: id.clone(),
                connection: Arc::clone(connection),
                points: Arc::from([]),
                area_world: Rect::ZERO,
                middle_world: Point::ORIGIN,
                seam: crossing.is_some(),
                sign: signs.remove(&element),
                crossing: crossing.map(words).unwrap_or_default(),
                tag: crossing.map_or_else(String::new, |crossing| explain::crossing_tag(crossing)),
                later: self.project.waits(connection),
                element,
            };
            link.lay(points);
            link
        };
        self.project.connections.iter().zip(routes).map(link).collect()
    }

    /// A boundary; `known` is what is on its box, if that was worked out already.
    pub(super) fn frame(
        &self,
        (id, boundary): (&BoundaryId, &Arc<Boundary>),
        known: Option<FoldedBox>,
        cards: &[Card],
        index: &Grid,
    ) -> Frame {
        let rect_world = boundary.rect_world();
        if boundary.folded.is_some() {
            let folded = known.unwrap_or_else(|| self.folded(id));
            let framework = folded.framework().cloned();
            return Frame::new(id, boundary, framework, Some(folded));
        }
        let within = index.query(rect_world).into_iter().map(|at| &cards[at]);
        let within = within.filter(|card| encloses(rect_world, card.rect_world));
        let mut frameworks = within.filter_map(|card| self.assessment.verdict.assignment.get(&card.id));
        let first = frameworks.next();
        let framework = first.filter(|first| frameworks.all(|other| other == *first)).cloned();
        Frame::new(id, boundary, framework, None)
    }

    fn folded(&self, id: &BoundaryId) -> FoldedBox {
        let gather = self.gather.get_or_init(|| Gather::new(self.project, self.assessment));
        FoldedBox::new(gather.of(&self.project.contents(id)), Money::of(self.project))
    }
}
