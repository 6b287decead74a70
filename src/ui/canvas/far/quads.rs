//! Rectangles on whole pixels, as vertices of a mesh in which every four make two triangles in the same order.

use egui::{Color32, Mesh, Pos2, Rect, epaint, epaint::Vertex, pos2, vec2};

/// Rectangles being written.
pub(super) struct Quads {
    pub vertices: Vec<Vertex>,
    pixels_per_point: f32,
}

impl Quads {
    pub(super) fn new(vertices: Vec<Vertex>, pixels_per_point: f32) -> Self {
        Self { vertices, pixels_per_point }
    }

    fn pixel(&self, points: f32) -> f32 {
        (points * self.pixels_per_point).floor() / self.pixels_per_point
    }

    /// A width of so many points in whole pixels, at least one.
    fn width(&self, points: f32) -> f32 {
        (points * self.pixels_per_point).round().max(1.0) / self.pixels_per_point
    }

    pub(super) fn rect(&mut self, rect: Rect, colour: Color32) {
        let min = pos2(self.pixel(rect.left()), self.pixel(rect.top()));
        let size = vec2(self.width(rect.width()), self.width(rect.height()));
        let rect = Rect::from_min_size(min, size);
        self.corners([rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()], colour);
    }

    /// A line along an axis sharp on whole pixels, any other one as it comes.
    pub(super) fn line(&mut self, from: Pos2, to: Pos2, width: f32, colour: Color32) {
        let along = to - from;
        if along.x.abs() < 0.01 || along.y.abs() < 0.01 {
            let line = Rect::from_two_pos(from, to);
            let width = self.width(width);
            self.rect(Rect::from_min_max(line.min, line.max + vec2(width, width)), colour);
            return;
        }
        let side = along.normalized().rot90() * width / 2.0;
        self.corners([from + side, to + side, from - side, to - side], colour);
    }

    fn corners(&mut self, corners: [Pos2; 4], color: Color32) {
        self.vertices.extend(corners.map(|pos| Vertex { pos, uv: epaint::WHITE_UV, color }));
    }
}

/// Makes the triangles of a mesh those of its rectangles.
pub(super) fn joined(mesh: &mut Mesh) {
    let (rects, known) = (mesh.vertices.len() / 4, mesh.indices.len() / 6);
    if rects <= known {
        mesh.indices.truncate(rects * 6);
        return;
    }
    let corners = [0, 1, 2, 2, 1, 3];
    mesh.indices.extend((known..rects).flat_map(|rect| corners.map(|corner| rect as u32 * 4 + corner)));
}
