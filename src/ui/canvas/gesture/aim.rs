//! Where an end of a connection would go if it were let go here: the component at the pointer or near it, and its handle.

use kurbo::{Point, Rect, Vec2};

use crate::{
    geometry::{camera::Camera, hit, route::Side},
    lang::tr,
    project::{BoundaryId, ComponentId, ElementId, Project},
    session::{Action, Request},
    ui::canvas::scene::Scene,
};

/// How near to a component or a handle the pointer has to be for an end to go there, in points.
const MAGNET: f64 = 15.0;
/// How far a handle stands off its card, in points.
pub(in crate::ui::canvas) const HANDLE_DISTANCE: f64 = 12.0;
/// A card narrower than this has no handles, in points: they would lie on each other.
pub(in crate::ui::canvas) const HANDLES_FROM: f64 = 24.0;

/// Where an end is held.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::canvas) struct Target {
    pub component: ComponentId,
    /// The side of the handle it is at; it floats where it is at the body.
    pub side: Option<Side>,
}

/// What is near the pointer while an end is looking for its place.
#[derive(Default)]
pub(super) struct Aim {
    /// The component whose handles are shown.
    pub near: Option<ComponentId>,
    /// Where the end would go.
    pub target: Option<Target>,
    /// The folded boundary it would go to instead. Its box stands for several, and none of them is meant.
    pub on_box: Option<BoundaryId>,
}

/// Aims at what is near a place. The `own` component has no magnet, so that one gets away from it, and is none to aim at until
/// `own.1` says that it was left before.
pub(super) fn aim(scene: &Scene, camera: &Camera, at_world: Point, own: (&ComponentId, bool)) -> Aim {
    let aim = at_card(scene, camera, at_world, own);
    let at_place = scene.frames_in(Rect::from_points(at_world, at_world)).find(|frame| frame.folded.is_some());
    let on_box = at_place.filter(|_| aim.target.is_none()).map(|frame| frame.id.clone());
    Aim { on_box, ..aim }
}

fn at_card(scene: &Scene, camera: &Camera, at_world: Point, own: (&ComponentId, bool)) -> Aim {
    let reach = MAGNET / camera.zoom;
    let Some((near, rect)) = scene.card_near(at_world, reach + HANDLE_DISTANCE / camera.zoom) else {
        return Aim::default();
    };
    let is_own = near == own.0;
    if is_own && !own.1 {
        return Aim::default();
    }
    let side = handle_near(rect, camera, at_world);
    let at = hit::distance_to_rect(rect, at_world) <= if is_own { 0.0 } else { reach };
    let target = (side.is_some() || at).then(|| Target { component: near.clone(), side });
    Aim { near: Some(near.clone()), target, on_box: None }
}

/// Whether a place is clear of a component: far enough for its magnet.
pub(super) fn is_clear_of(project: &Project, id: &ComponentId, camera: &Camera, at_world: Point) -> bool {
    let rect = project.components.get(id).map(|component| component.rect_world());
    rect.is_none_or(|rect| hit::distance_to_rect(rect, at_world) > MAGNET / camera.zoom)
}

fn handle_near(rect: Rect, camera: &Camera, at_world: Point) -> Option<Side> {
    if rect.width() * camera.zoom < HANDLES_FROM {
        return None;
    }
    let distance = |side: Side| (handle_world(rect, side, camera.zoom) - at_world).hypot() * camera.zoom;
    let near = Side::ALL.into_iter().map(|side| (distance(side), side));
    near.filter(|(distance, _)| *distance <= MAGNET).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, side)| side)
}

/// Where the handle of a side is.
pub(in crate::ui::canvas) fn handle_world(rect: Rect, side: Side, zoom: f64) -> Point {
    let off = HANDLE_DISTANCE / zoom;
    side.middle(rect)
        + match side {
            Side::Left => Vec2::new(-off, 0.0),
            Side::Right => Vec2::new(off, 0.0),
            Side::Top => Vec2::new(0.0, -off),
            Side::Bottom => Vec2::new(0.0, off),
        }
}

/// Says why nothing came of an end that was let go on a folded box.
pub(super) fn refuse(project: &Project, on_box: BoundaryId) -> Action {
    let name = project.name_of(&ElementId::Boundary(on_box));
    Action::Request(Request::Say(tr!("Unfold {name} first, to connect with something in it", name)))
}
