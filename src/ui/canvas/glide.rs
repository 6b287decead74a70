//! What a command moved glides to its place, so that the eye can follow. Only on the screen: the project is there already.

use std::{collections::HashMap, sync::Arc};

use egui::Ui;
use kurbo::{Point, Vec2};

use super::scene::Link;
use crate::{
    geometry::camera::Camera,
    project::{ComponentId, ElementId, Project},
};

/// How long it takes.
const SECONDS: f64 = 0.18;
/// Where more moves than this, nobody could follow.
const MOST: usize = 500;

/// Elements on their way.
#[derive(Default)]
pub(super) struct Glide {
    /// From where each is to where it was, in world units.
    offsets_world: HashMap<ElementId, Vec2>,
    /// When it began, by the clock of the frames.
    begun: Option<f64>,
    /// How much of the way is left, 1 to 0.
    left: f64,
}

impl Glide {
    /// The way from where things were to where they are; none if nothing moved, or too much did.
    pub(super) fn between(before: &Project, now: &Project) -> Self {
        let mut offsets_world = HashMap::new();
        let mut note = |element: ElementId, offset: Vec2| {
            if offset != Vec2::ZERO {
                offsets_world.insert(element, offset);
            }
        };
        for (id, component) in &now.components {
            if let Some(old) = before.components.get(id).filter(|old| !Arc::ptr_eq(old, component)) {
                let offset = old.rect_world().origin() - component.rect_world().origin();
                note(ElementId::Component(id.clone()), offset);
            }
        }
        for (id, boundary) in &now.boundaries {
            if let Some(old) = before.boundaries.get(id) {
                note(ElementId::Boundary(id.clone()), old.pos_world - boundary.pos_world);
            }
        }
        for (id, sticky) in &now.sticky_notes {
            if let Some(old) = before.sticky_notes.get(id) {
                note(ElementId::Note(id.clone()), old.pos_world - sticky.pos_world);
            }
        }
        if offsets_world.len() > MOST { Self::default() } else { Self { offsets_world, begun: None, left: 1.0 } }
    }

    /// Whether anything is on its way.
    pub(super) fn moves(&self) -> bool {
        !self.offsets_world.is_empty()
    }

    /// Goes on by one frame, and asks for the next while there is a way left.
    pub(super) fn step(&mut self, ui: &Ui) {
        if !self.moves() {
            return;
        }
        let now = ui.input(|i| i.time);
        let share = ((now - *self.begun.get_or_insert(now)) / SECONDS).clamp(0.0, 1.0);
        self.left = (1.0 - share).powi(3);
        if share >= 1.0 {
            *self = Self::default();
        } else {
            ui.request_repaint();
        }
    }

    /// How far an element is still from its place, in world units.
    fn offset_world(&self, element: &ElementId) -> Vec2 {
        self.offsets_world.get(element).map_or(Vec2::ZERO, |offset| *offset * self.left)
    }

    /// The way of a line between elements that are on theirs: its ends stay at them, what is between goes along.
    pub(super) fn line_world(&self, link: &Link) -> Option<Vec<Point>> {
        let end = |id: &ComponentId| self.offset_world(&ElementId::Component(id.clone()));
        let ends = [end(&link.connection.from), end(&link.connection.to)];
        if !self.moves() || ends == [Vec2::ZERO; 2] {
            return None;
        }
        let whole: f64 = link.points.windows(2).map(|ends| (ends[1] - ends[0]).hypot()).sum();
        let mut walked = 0.0;
        let mut before = link.points.first().copied();
        let moved = link.points.iter().map(|point| {
            walked += before.replace(*point).map_or(0.0, |before| (*point - before).hypot());
            *point + ends[0].lerp(ends[1], if whole > 0.0 { walked / whole } else { 0.0 })
        });
        Some(moved.collect())
    }

    /// The camera under which what is written on a line is seen.
    pub(super) fn line_camera(&self, camera: &Camera, link: &Link) -> Camera {
        let end = |id: &ComponentId| self.offset_world(&ElementId::Component(id.clone()));
        if !self.moves() {
            return *camera;
        }
        let middle = (end(&link.connection.from) + end(&link.connection.to)) / 2.0;
        Camera { translation: camera.translation + middle * camera.zoom, ..*camera }
    }

    /// The camera under which an element is seen where it is on its way.
    pub(super) fn camera(&self, camera: &Camera, element: &ElementId) -> Camera {
        match self.offsets_world.get(element) {
            Some(offset) => Camera { translation: camera.translation + *offset * self.left * camera.zoom, ..*camera },
            None => *camera,
        }
    }
}
