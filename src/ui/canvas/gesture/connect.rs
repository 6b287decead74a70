//! Drawing a connection from a handle to another component.

use kurbo::Point;

use crate::{
    geometry::hit,
    project::{ComponentId, Connection, ConnectionId, Edit, ElementId, Project, Protocol},
    session::{Action, Select},
    ui::{
        Actions,
        canvas::{paint, scene::Scene},
    },
};

/// How near to a component the pointer has to be for the connection to go there, in points.
const MAGNET: f64 = 15.0;

/// A connection on its way.
pub(in crate::ui::canvas) struct Connecting {
    from: ComponentId,
    at_world: Point,
    /// The component it would go to.
    pub(super) target: Option<ComponentId>,
}

impl Connecting {
    pub(super) fn new(from: ComponentId, at_world: Point) -> Self {
        Self { from, at_world, target: None }
    }

    pub(super) fn update(&mut self, project: &Project, at_world: Point, zoom: f64) {
        self.at_world = at_world;
        let near = hit::component_near(project, at_world, MAGNET / zoom);
        self.target = near.filter(|id| **id != self.from && !exists(project, &self.from, id)).cloned();
    }

    /// The line to be painted, in world units.
    pub(in crate::ui::canvas) fn points_world(&self, scene: &Scene) -> Vec<Point> {
        let index = |id: &ComponentId| scene.cards.iter().position(|card| card.id == *id);
        let Some(from) = index(&self.from) else { return Vec::new() };
        let target = self.target.as_ref().and_then(index);
        paint::draft_route(scene, from, target.ok_or(self.at_world))
    }

    /// The connection that letting go would draw.
    pub(super) fn connection(&self, project: &Project) -> Option<(ConnectionId, Edit)> {
        let to = self.target.as_ref()?;
        let protocol = Protocol::likely_to(project.components.get(to)?.kind);
        let id = project.new_connection_id(&self.from, to);
        let connection = Connection::new(self.from.clone(), to.clone(), protocol);
        Some((id.clone(), Edit::PutConnection(id, connection)))
    }

    pub(super) fn finish(self, project: &Project, actions: &mut Actions) {
        let (Some((id, edit)), Some(to)) = (self.connection(project), &self.target) else { return };
        let name = format!("Connect {} to {}", project.component_name(&self.from), project.component_name(to));
        actions.push(Action::edit(name, vec![edit]));
        actions.push(Action::Select(Select::Only(vec![ElementId::Connection(id)])));
    }
}

/// Whether the two are connected that way already.
fn exists(project: &Project, from: &ComponentId, to: &ComponentId) -> bool {
    project.connections.values().any(|link| link.from == *from && link.to == *to)
}
