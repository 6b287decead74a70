//! Points, camera, hit-testing, snapping, routing and layout, in world units. Knows no toolkit.

pub mod layout;
