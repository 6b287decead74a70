//! What a command moved glides to its place, so that the eye can follow. Only on the screen: the project is there already.

use std::{collections::HashMap, sync::Arc};

use egui::Ui;
use kurbo::{Point, Rect, Vec2};

use super::scene::Link;
use crate::{
    geometry::{camera::Camera, route},
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

    /// The way of a line between elements that are on theirs. What both ends take along is the way it will have; other lines are straight
    /// until their ends are there, since a way around boxes says nothing while those fly.
    pub(super) fn line_world(
        &self,
        link: &Link,
        rect_world: impl Fn(&ComponentId) -> Option<Rect>,
    ) -> Option<Vec<Point>> {
        let [from, to] = self.ends(link);
        if from == Vec2::ZERO && to == Vec2::ZERO {
            return None;
        }
        if from == to {
            return Some(link.points.iter().map(|point| *point + from).collect());
        }
        let ends = rect_world(&link.connection.from).zip(rect_world(&link.connection.to));
        Some(match (ends, link.points.first(), link.points.last()) {
            (Some((a, b)), ..) => route::line_between(a + from, b + to),
            (None, Some(first), Some(last)) => vec![*first + from, *last + to],
            _ => Vec::new(),
        })
    }

    /// Whether a line is straight only until its ends are where they belong.
    pub(super) fn is_makeshift(&self, link: &Link) -> bool {
        let [from, to] = self.ends(link);
        from != to
    }

    fn ends(&self, link: &Link) -> [Vec2; 2] {
        if !self.moves() {
            return [Vec2::ZERO; 2];
        }
        [&link.connection.from, &link.connection.to].map(|id| self.offset_world(&ElementId::Component(id.clone())))
    }

    /// The camera under which what is written on a line is seen.
    pub(super) fn line_camera(&self, camera: &Camera, link: &Link) -> Camera {
        if !self.moves() {
            return *camera;
        }
        let [from, to] = self.ends(link);
        let middle = (from + to) / 2.0;
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

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;
    use crate::{
        assess::Perspective,
        geometry::hit,
        project::{Edit, Project},
        session::Session,
        ui::canvas::scene::{
            Scene,
            tests::{drawn, engine},
        },
    };

    fn rect(project: &Project, id: &ComponentId) -> Option<Rect> {
        project.components.get(id).map(|component| component.rect_world())
    }

    #[test]
    fn a_line_whose_ends_go_different_ways_is_straight_between_them_and_one_whose_ends_go_together_keeps_its_way() {
        let before = drawn(4);
        let ids: Vec<ComponentId> = before.components.keys().take(2).cloned().collect();
        let elements = |ids: &[ComponentId]| ids.iter().cloned().map(ElementId::Component).collect();
        let by = Vec2::new(300.0, 220.0);
        for (moved, straight) in [(&ids[1..], true), (&ids[..], false)] {
            let mut now = before.clone();
            now.apply(&Edit::Move(elements(moved), by));
            let session = Session::new(engine(), now.clone(), None);
            let mut scene = Scene::default();
            scene.refresh(&session, &Perspective::Framework, true);
            let joins = |link: &&Link| link.connection.from == ids[0] && link.connection.to == ids[1];
            let link = scene.links.iter().find(joins).unwrap();
            let glide = Glide::between(&before, &now);
            let line = glide.line_world(link, |id| rect(&now, id)).unwrap();
            assert_eq!(glide.is_makeshift(link), straight);
            let ends = [&link.connection.from, &link.connection.to].map(|id| rect(&before, id).unwrap());
            for (end, at) in ends.iter().zip([line[0], line[line.len() - 1]]) {
                assert!(hit::distance_to_rect(*end, at) < 0.01, "{at:?} is not at {end:?}");
            }
            assert_eq!(line.len(), if straight { 2 } else { link.points.len() });
        }
    }
}
