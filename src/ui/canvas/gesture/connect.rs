//! Drawing a connection from a handle to another component.

use kurbo::Point;

use crate::{
    geometry::hit,
    project::{ComponentId, Connection, Edit, ElementId, Project, Protocol},
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

    pub(super) fn finish(self, project: &Project, actions: &mut Actions) {
        let Some(to) = self.target else { return };
        let Some(target) = project.components.get(&to) else { return };
        let name = format!("Connect {} to {}", project.component_name(&self.from), target.name);
        let id = project.new_connection_id(&self.from, &to);
        let connection = Connection::new(self.from, to, Protocol::likely_to(target.kind));
        actions.push(Action::edit(name, vec![Edit::PutConnection(id.clone(), connection)]));
        actions.push(Action::Select(Select::Only(vec![ElementId::Connection(id)])));
    }
}

/// Whether the two are connected that way already.
fn exists(project: &Project, from: &ComponentId, to: &ComponentId) -> bool {
    project.connections.values().any(|link| link.from == *from && link.to == *to)
}
