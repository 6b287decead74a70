//! Which part of the sheet is seen, and how large.

use kurbo::{Point, Rect, Size, Vec2};

/// Maps world units to screen points: `screen = world * zoom + translation`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Screen points per world unit.
    pub zoom: f64,
    /// Where the world's origin lies on the screen, in points.
    pub translation: Vec2,
}

impl Default for Camera {
    fn default() -> Self {
        Self { zoom: 1.0, translation: Vec2::ZERO }
    }
}

impl Camera {
    /// As far away as it goes, in points of the screen per world unit.
    pub const ZOOM_MIN: f64 = 0.05;
    /// As close as it goes, in the same.
    pub const ZOOM_MAX: f64 = 8.0;

    /// Where a point of the world is on the screen.
    pub fn screen_from_world(&self, point_world: Point) -> Point {
        (point_world.to_vec2() * self.zoom + self.translation).to_point()
    }

    /// Which point of the world is at this place of the screen.
    pub fn world_from_screen(&self, point_screen: Point) -> Point {
        ((point_screen.to_vec2() - self.translation) / self.zoom).to_point()
    }

    /// Where a rectangle of the world is on the screen.
    pub fn rect_screen(&self, rect_world: Rect) -> Rect {
        Rect::from_points(
            self.screen_from_world(rect_world.origin()),
            self.screen_from_world(Point::new(rect_world.x1, rect_world.y1)),
        )
    }

    /// The part of the world that is seen through a rectangle of the screen.
    pub fn visible_world(&self, viewport_screen: Rect) -> Rect {
        Rect::from_points(
            self.world_from_screen(viewport_screen.origin()),
            self.world_from_screen(Point::new(viewport_screen.x1, viewport_screen.y1)),
        )
    }

    /// Moves what is seen by a vector of the screen, in points.
    pub fn pan(&mut self, delta_screen: Vec2) {
        self.translation += delta_screen;
    }

    /// Zooms by a factor; what is at `anchor_screen` stays there.
    pub fn zoom_at(&mut self, anchor_screen: Point, factor: f64) {
        let anchor_world = self.world_from_screen(anchor_screen);
        self.zoom = (self.zoom * factor).clamp(Self::ZOOM_MIN, Self::ZOOM_MAX);
        self.translation = anchor_screen.to_vec2() - anchor_world.to_vec2() * self.zoom;
    }

    /// The camera that shows all of `rect_world` in the middle of the viewport, at most `zoom_limit` large, with
    /// `padding_screen` points free around it where the limits of the zoom allow.
    #[must_use]
    pub fn fit(rect_world: Rect, viewport_screen: Rect, padding_screen: f64, zoom_limit: f64) -> Self {
        let zoom = Self::zoom_to_fit(rect_world, viewport_screen, padding_screen);
        let mut camera =
            Self { zoom: zoom.min(zoom_limit).clamp(Self::ZOOM_MIN, Self::ZOOM_MAX), translation: Vec2::ZERO };
        camera.centre_on(rect_world.center(), viewport_screen);
        camera
    }

    /// The same for an overview: from however far away it has to be.
    pub fn overview(rect_world: Rect, viewport_screen: Rect, padding_screen: f64) -> Self {
        let zoom = Self::zoom_to_fit(rect_world, viewport_screen, padding_screen);
        let mut camera = Self { zoom, translation: Vec2::ZERO };
        camera.centre_on(rect_world.center(), viewport_screen);
        camera
    }

    fn zoom_to_fit(rect_world: Rect, viewport_screen: Rect, padding_screen: f64) -> f64 {
        let room = Size::new(
            (viewport_screen.width() - 2.0 * padding_screen).max(1.0),
            (viewport_screen.height() - 2.0 * padding_screen).max(1.0),
        );
        (room.width / rect_world.width().max(1.0)).min(room.height / rect_world.height().max(1.0))
    }

    /// Brings a point of the world into the middle of the viewport.
    pub fn centre_on(&mut self, point_world: Point, viewport_screen: Rect) {
        self.translation = viewport_screen.center().to_vec2() - point_world.to_vec2() * self.zoom;
    }
}
