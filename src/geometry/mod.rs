//! Points, camera, hit-testing, snapping, routing and layout, in world units. Knows no toolkit.

pub mod align;
pub mod axis;
pub mod camera;
pub mod grid;
pub mod hit;
pub mod layout;
pub mod lines;
pub mod resize;
pub mod room;
pub mod route;
pub mod snap;
pub mod treemap;
pub mod walk;
pub mod zones;
