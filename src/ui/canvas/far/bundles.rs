//! Rectangles that last: kept from frame to frame in bundles, of which only those are made anew in which something is another one.
//! Where the view moves without zooming they move with it.

use std::{rc::Rc, sync::Arc};

use egui::{Color32, Mesh, Pos2, Vec2, epaint, epaint::Vertex, vec2};
use kurbo::Rect;

use super::quads::{Quads, joined};
use crate::{geometry::camera::Camera, ui::theme::Tokens};

/// So many things are in a bundle: few enough that one that changes costs little.
const IN_BUNDLE: usize = 64;

/// What all bundles are made for; where it is another one, all of them are made anew.
#[derive(Clone, PartialEq)]
pub(super) struct Subject {
    pub area_world: Rect,
    pub zoom: f64,
    pub pixels_per_point: f32,
    /// Which colours: where the theme's are.
    pub tokens: *const Tokens,
}

/// What changed since the bundles were looked at last.
pub(super) struct Changes<'a> {
    /// Moves with each change.
    pub version: u64,
    /// The positions of what changed; `None` if that may be anything.
    pub since: &'a dyn Fn(u64) -> Option<Vec<usize>>,
}

/// The things of a layer, in their order.
#[derive(Default)]
pub(super) struct Bundles {
    made: Option<Made>,
    all: Vec<Bundle>,
    /// All of them as they were painted last, and how far they were moved for that; `None` if other bundles are there since.
    mesh: Arc<Mesh>,
    shift: Option<Vec2>,
    /// How many bundles were made, in all: what it costs.
    pub work: usize,
}

struct Made {
    subject: Subject,
    camera: Camera,
    version: u64,
    apart: Vec<usize>,
}

struct Bundle {
    positions: Vec<usize>,
    vertices: Vec<Vertex>,
    /// It is to be made anew.
    stale: bool,
    /// It was made anew since it was painted.
    fresh: bool,
    /// Where in the mesh it is, and how many vertices have room there. What was made anew once has some more.
    start: usize,
    room: usize,
}

/// The room of vertices that are not there: they make triangles without any area.
const NOTHING: Vertex = Vertex { pos: Pos2::ZERO, uv: epaint::WHITE_UV, color: Color32::TRANSPARENT };

impl Bundle {
    fn new(positions: Vec<usize>) -> Self {
        Self { positions, vertices: Vec::new(), stale: true, fresh: true, start: 0, room: 0 }
    }
}

impl Bundles {
    /// Brings the bundles up to date. `apart` are positions that are painted otherwise, ascending; `all` says which there are, and
    /// `fill` writes one as the camera it is given shows it.
    pub(super) fn refresh(
        &mut self,
        (subject, camera): (Subject, &Camera),
        changes: &Changes<'_>,
        apart: Vec<usize>,
        all: impl FnOnce(Rect) -> Rc<[usize]>,
        mut fill: impl FnMut(&mut Quads, &Camera, usize),
    ) {
        let known = self.made.as_ref().filter(|made| made.subject == subject);
        let changed = known.and_then(|made| {
            let mut changed = (changes.since)(made.version)?;
            changed.extend(differing(&made.apart, &apart));
            Some((changed, made.camera))
        });
        let pixels_per_point = subject.pixels_per_point;
        let camera = if let Some((changed, camera)) = changed {
            for position in changed {
                self.touch(position);
            }
            camera
        } else {
            self.hold(&all(subject.area_world));
            *camera
        };
        for bundle in self.all.iter_mut().filter(|bundle| bundle.stale) {
            bundle.vertices.clear();
            let mut quads = Quads::new(std::mem::take(&mut bundle.vertices), pixels_per_point);
            for position in bundle.positions.iter().filter(|position| apart.binary_search(position).is_err()) {
                fill(&mut quads, &camera, *position);
            }
            (bundle.vertices, bundle.stale, bundle.fresh) = (quads.vertices, false, true);
            self.work += 1;
        }
        self.made = Some(Made { subject, camera, version: changes.version, apart });
    }

    /// Holds these, all stale.
    fn hold(&mut self, positions: &[usize]) {
        let count = positions.len().div_ceil(IN_BUNDLE);
        self.all.truncate(count);
        self.all.resize_with(count, || Bundle::new(Vec::new()));
        for (bundle, positions) in self.all.iter_mut().zip(positions.chunks(IN_BUNDLE)) {
            bundle.positions.clear();
            bundle.positions.extend_from_slice(positions);
            (bundle.stale, bundle.room) = (true, 0);
        }
        self.shift = None;
    }

    /// Makes the bundle of a position stale, and one that is not there a part of it.
    fn touch(&mut self, position: usize) {
        let after = self.all.partition_point(|bundle| bundle.positions.first().is_some_and(|first| *first <= position));
        let Some(bundle) = self.all.get_mut(after.saturating_sub(1)) else {
            self.all.push(Bundle::new(vec![position]));
            self.shift = None;
            return;
        };
        bundle.stale = true;
        if let Err(at) = bundle.positions.binary_search(&position) {
            bundle.positions.insert(at, position);
        }
    }

    /// All of them where a camera of the same zoom shows them, and what `attended` writes above them.
    pub(super) fn mesh(&mut self, camera: &Camera, attended: impl FnOnce(&mut Quads)) -> Arc<Mesh> {
        let Some(made) = &self.made else { return Arc::default() };
        let moved = camera.translation - made.camera.translation;
        // By whole pixels, or every rectangle would have other edges.
        let scale = f64::from(made.subject.pixels_per_point);
        let pixel = |points: f64| ((points * scale).round() / scale) as f32;
        let shift = vec2(pixel(moved.x), pixel(moved.y));
        let pixels_per_point = made.subject.pixels_per_point;
        let mut mesh = Arc::try_unwrap(std::mem::take(&mut self.mesh)).unwrap_or_else(|shown| (*shown).clone());
        let in_place = self.shift == Some(shift) && self.all.iter().all(|bundle| bundle.vertices.len() <= bundle.room);
        if in_place {
            for bundle in self.all.iter_mut().filter(|bundle| bundle.fresh) {
                bundle.fresh = false;
                let (there, rest) =
                    mesh.vertices[bundle.start..bundle.start + bundle.room].split_at_mut(bundle.vertices.len());
                there.iter_mut().zip(&bundle.vertices).for_each(|(to, vertex)| *to = at(vertex, shift));
                rest.fill(NOTHING);
            }
        } else {
            self.write(&mut mesh.vertices, shift);
        }
        mesh.vertices.truncate(self.all.last().map_or(0, |last| last.start + last.room));
        let mut quads = Quads::new(std::mem::take(&mut mesh.vertices), pixels_per_point);
        attended(&mut quads);
        mesh.vertices = quads.vertices;
        joined(&mut mesh);
        self.mesh = Arc::new(mesh);
        Arc::clone(&self.mesh)
    }

    /// Writes all of them, one after the other.
    fn write(&mut self, vertices: &mut Vec<Vertex>, shift: Vec2) {
        vertices.clear();
        for bundle in &mut self.all {
            bundle.start = vertices.len();
            let count = bundle.vertices.len();
            if count > bundle.room {
                // What changes while everything else stays is likely to change again.
                let spare = if self.shift.is_some() { (count / 4).next_multiple_of(4) } else { 0 };
                bundle.room = count + spare;
            }
            vertices.extend(bundle.vertices.iter().map(|vertex| at(vertex, shift)));
            vertices.resize(bundle.start + bundle.room, NOTHING);
            bundle.fresh = false;
        }
        self.shift = Some(shift);
    }
}

fn at(vertex: &Vertex, shift: Vec2) -> Vertex {
    Vertex { pos: vertex.pos + shift, ..*vertex }
}

/// What is in only one of two ascending lists.
fn differing(a: &[usize], b: &[usize]) -> Vec<usize> {
    let only = |a: &[usize], b: &[usize]| -> Vec<usize> {
        a.iter().copied().filter(|position| b.binary_search(position).is_err()).collect()
    };
    if a == b { Vec::new() } else { [only(a, b), only(b, a)].concat() }
}
