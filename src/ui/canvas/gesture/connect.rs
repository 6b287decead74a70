//! Drawing a connection from a handle to another component, to the same one, or to a place where none is yet.

use egui::Rect;
use kurbo::Point;

use super::aim::{Target, aim, is_clear_of, refuse};
use crate::{
    geometry::{camera::Camera, route},
    lang::tr,
    project::{BoundaryId, ComponentId, Connection, ConnectionId, Course, Edit, ElementId, Project, Protocol, Side},
    session::{Action, Select},
    ui::{
        Actions,
        canvas::{
            convert::from_rect,
            quick_add::{Origin, QuickAdd},
            scene::Scene,
        },
    },
};

/// A connection on its way.
pub(in crate::ui::canvas) struct Connecting {
    from: ComponentId,
    /// The side of the handle it was drawn from.
    side: Side,
    at_world: Point,
    /// The pointer was clear of the component: back on it, the connection leads from the component to itself.
    left: bool,
    /// The component whose handles are shown.
    pub(super) near: Option<ComponentId>,
    /// Where it would go.
    pub(super) target: Option<Target>,
    /// The folded box it is on.
    on_box: Option<BoundaryId>,
    /// What it would be there; nothing if all there is to say between the two is said.
    protocol: Option<Protocol>,
}

impl Connecting {
    pub(super) fn new(from: ComponentId, side: Side, at_world: Point) -> Self {
        Self { from, side, at_world, left: false, near: None, target: None, on_box: None, protocol: None }
    }

    pub(super) fn update(&mut self, (project, scene): (&Project, &Scene), at_world: Point, camera: &Camera) {
        self.at_world = at_world;
        self.left |= is_clear_of(project, &self.from, camera, at_world);
        let aim = aim(scene, camera, at_world, (&self.from, self.left));
        let component = |target: &Option<Target>| target.as_ref().map(|target| target.component.clone());
        if component(&aim.target) != component(&self.target) {
            let to = aim.target.as_ref().map(|target| &target.component);
            self.protocol = to.and_then(|to| project.free_protocol(&self.from, to));
        }
        (self.near, self.target, self.on_box) = (aim.near, aim.target, aim.on_box);
    }

    /// Whether what is at the pointer cannot take it.
    pub(super) fn is_refused(&self) -> bool {
        self.target.is_some() && self.protocol.is_none() || self.on_box.is_some()
    }

    /// Whether the component it comes from is still there.
    pub(super) fn stands(&self, project: &Project) -> bool {
        project.components.contains_key(&self.from)
    }

    /// The line to be painted, in world units.
    pub(in crate::ui::canvas) fn points_world(&self, project: &Project, scene: &Scene) -> Vec<Point> {
        let rect = |id: &ComponentId| project.components.get(id).map(|component| component.rect_world());
        let Some(from) = rect(&self.from) else { return Vec::new() };
        match self.target.as_ref().and_then(|target| Some((rect(&target.component)?, target.side))) {
            Some((to, None)) if to == from => scene.loop_world(from),
            Some((to, side)) => scene.draft_world([from, to], [Some(self.side), side]),
            None => {
                let pointer = kurbo::Rect::from_points(self.at_world, self.at_world);
                scene.draft_world([from, pointer], [Some(self.side), None])
            }
        }
    }

    /// The connection that letting go would draw.
    pub(super) fn connection(&self, project: &Project) -> Option<(ConnectionId, Edit)> {
        let target = self.target.as_ref()?;
        let (from, to) = (project.components.get(&self.from)?, project.components.get(&target.component)?);
        let course = Course {
            from_side: match target.side {
                Some(_) => Some(self.side),
                None if target.component == self.from => None,
                None => kept_side(self.side, from.rect_world(), to.rect_world()),
            },
            to_side: target.side,
            ..Course::default()
        };
        let id = project.new_connection_id(&self.from, &target.component);
        let link = Connection::new(self.from.clone(), target.component.clone(), self.protocol?);
        Some((id.clone(), Edit::PutConnection(id, Connection { course, ..link })))
    }

    /// Draws it, or asks for the component that it is to lead to.
    pub(super) fn finish(
        self,
        project: &Project,
        camera: &Camera,
        viewport: Rect,
        actions: &mut Actions,
    ) -> Option<QuickAdd> {
        if let (Some((id, edit)), Some(to)) = (self.connection(project), &self.target) {
            let to = project.component_name(&to.component);
            let name = tr!("Connect {} to {to}", project.component_name(&self.from), to);
            actions.push(Action::edit(name, vec![edit]));
            actions.push(Action::Select(Select::Only(vec![ElementId::Connection(id)])));
            return None;
        }
        if let Some(on_box) = self.on_box {
            actions.push(refuse(project, on_box));
            return None;
        }
        let seen = camera.visible_world(from_rect(viewport));
        let nowhere = self.target.is_none() && self.left && seen.contains(self.at_world);
        let there = project.components.contains_key(&self.from);
        let origin = Origin::New { from: self.from, side: self.side };
        (nowhere && there).then(|| QuickAdd::at(self.at_world, Some(origin)))
    }
}

/// The side a connection drawn from a handle is held at: none where it would leave there anyway. What was drawn looks as it was
/// drawn, and goes on choosing its sides by itself when things move, unless somebody asked for another one.
pub(in crate::ui::canvas) fn kept_side(side: Side, from: kurbo::Rect, to: kurbo::Rect) -> Option<Side> {
    (route::sides(from, to).0 != side).then_some(side)
}
