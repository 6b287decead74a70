//! Taking an end of a connection to another component, or to another side of the same one.

use std::sync::Arc;

use egui::Rect;
use kurbo::Point;

use super::aim::{Target, aim, refuse};
use crate::{
    geometry::camera::Camera,
    lang::tr,
    project::{BoundaryId, ComponentId, Connection, ConnectionId, Edit, ElementId, Project},
    session::Action,
    ui::{
        Actions, View,
        canvas::{
            convert::from_rect,
            quick_add::{Origin, QuickAdd},
            scene::Scene,
        },
    },
};

/// One of the two ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::canvas) enum End {
    /// At the caller.
    From,
    /// At the callee.
    To,
}

/// An end at the pointer.
pub(in crate::ui::canvas) struct Attaching {
    pub(in crate::ui::canvas) id: ConnectionId,
    end: End,
    /// The project before the gesture.
    base: Arc<Project>,
    link: Arc<Connection>,
    name: String,
    at_world: Point,
    /// The component whose handles are shown.
    pub(super) near: Option<ComponentId>,
    /// Where the end would go.
    pub(super) target: Option<Target>,
    /// The folded box it is on.
    on_box: Option<BoundaryId>,
    refused: bool,
    shown: Option<Target>,
}

impl Attaching {
    pub(super) fn begin(view: &View<'_>, id: &ConnectionId, end: End, at_world: Point) -> Option<Self> {
        let base = Arc::clone(view.session.project());
        let link = Arc::clone(base.connections.get(id)?);
        let name = tr!("Attach {}", base.name_of(&ElementId::Connection(id.clone())));
        let (near, target, on_box, refused, shown) = (None, None, None, false, None);
        Some(Self { id: id.clone(), end, base, link, name, at_world, near, target, on_box, refused, shown })
    }

    pub(super) fn update(&mut self, scene: &Scene, camera: &Camera, at_world: Point, actions: &mut Actions) {
        self.at_world = at_world;
        let opposite = if self.end == End::From { &self.link.to } else { &self.link.from };
        let aim = aim(scene, camera, at_world, (opposite, true));
        (self.near, self.target, self.on_box) = (aim.near, aim.target, aim.on_box);
        if self.target != self.shown {
            self.shown.clone_from(&self.target);
            let link = self.target.as_ref().map(|target| self.attached(target));
            self.refused = link.as_ref().is_some_and(|link| self.is_said(link));
            let edit = link.filter(|_| !self.refused).map(|link| Edit::PutConnection(self.id.clone(), link));
            actions.push(Action::Gesture { name: self.name.clone(), edits: edit.into_iter().collect() });
        }
    }

    fn attached(&self, target: &Target) -> Connection {
        let mut link = (*self.link).clone();
        match self.end {
            End::From => (link.from, link.course.from_side) = (target.component.clone(), target.side),
            End::To => (link.to, link.course.to_side) = (target.component.clone(), target.side),
        }
        link
    }

    /// Whether another connection says the same already.
    fn is_said(&self, link: &Connection) -> bool {
        let same = |other: &Connection| {
            (&other.from, &other.to, other.protocol, &other.label) == (&link.from, &link.to, link.protocol, &link.label)
        };
        !same(&self.link) && self.base.connections.iter().any(|(id, other)| *id != self.id && same(other))
    }

    /// Whether what is at the pointer cannot take it.
    pub(super) fn is_refused(&self) -> bool {
        self.refused || self.on_box.is_some()
    }

    /// Whether the drawing itself does not show where it goes.
    pub(super) fn is_loose(&self) -> bool {
        self.target.is_none() || self.refused
    }

    /// The line from the other end to the pointer, in world units; nothing while the drawing itself shows where it goes.
    pub(in crate::ui::canvas) fn points_world(&self, scene: &Scene) -> Vec<Point> {
        if !self.is_loose() {
            return Vec::new();
        }
        let pointer = kurbo::Rect::from_points(self.at_world, self.at_world);
        let rect = |id: &ComponentId| self.base.components.get(id).map(|component| component.rect_world());
        let course = &self.link.course;
        match self.end {
            End::From => rect(&self.link.to).map(|to| scene.draft_world([pointer, to], [None, course.to_side])),
            End::To => rect(&self.link.from).map(|from| scene.draft_world([from, pointer], [course.from_side, None])),
        }
        .unwrap_or_default()
    }

    /// Lets go. On the empty sheet it asks for the component that is to be there; where nothing can hold it, the end goes back.
    pub(super) fn finish(self, camera: &Camera, viewport: Rect, actions: &mut Actions) -> Option<QuickAdd> {
        let attached = !self.is_loose();
        actions.push(if attached { Action::CommitGesture } else { Action::CancelGesture });
        let seen = camera.visible_world(from_rect(viewport));
        if let Some(on_box) = self.on_box {
            actions.push(refuse(&self.base, on_box));
        } else if self.target.is_none() && seen.contains(self.at_world) {
            return Some(QuickAdd::at(self.at_world, Some(Origin::Moved { id: self.id, end: self.end })));
        }
        None
    }
}
