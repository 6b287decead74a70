//! At the border of the canvas the sheet comes along: who drags something there wants to go on.

use std::time::Duration;

use egui::{Pos2, Rect, Ui, Vec2, vec2};

use super::{
    super::{CanvasState, convert::to_vector},
    Gesture,
};

/// How wide the border is, in points.
const BAND: f32 = 8.0;
/// Farther than this outside of the canvas the pointer is at something else, and the sheet stands still, in points.
const OUTSIDE: f32 = 40.0;
/// How long the pointer has to be there, in seconds.
const AFTER_SECONDS: f64 = 0.2;
/// How fast the sheet goes where the border begins and at its very edge, in points a second.
const SPEED: (f32, f32) = (160.0, 1100.0);
/// After a frame that took longer the sheet goes no further than in this one, in seconds.
const LONGEST_FRAME_SECONDS: f32 = 0.1;

/// Moves the sheet while something is dragged at the border. Time is the input's own, so that nothing depends on a clock.
pub(super) fn scroll(ui: &Ui, state: &mut CanvasState, pos: Pos2) {
    let still = match &state.gesture {
        Gesture::Idle | Gesture::Pressed(_) | Gesture::Panning(_) | Gesture::Over => true,
        Gesture::Shaping(shaping) => shaping.is_label(),
        _ => false,
    };
    let push = push(state.viewport, pos);
    if still || push == Vec2::ZERO {
        state.at_border_since = None;
        return;
    }
    let (now, frame) = ui.input(|i| (i.time, i.stable_dt.min(LONGEST_FRAME_SECONDS)));
    let since = *state.at_border_since.get_or_insert(now);
    let left = AFTER_SECONDS - (now - since);
    if left > 0.0 {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        return;
    }
    state.before_scroll.get_or_insert(state.camera);
    state.camera.pan(to_vector(-push * frame));
    ui.request_repaint();
}

/// Where the view goes, in points a second: faster towards the edge.
fn push(viewport: Rect, pos: Pos2) -> Vec2 {
    if !viewport.expand(OUTSIDE).contains(pos) {
        return Vec2::ZERO;
    }
    let towards = |depth: f32| match depth {
        depth if depth <= 0.0 => 0.0,
        depth => egui::lerp(SPEED.0..=SPEED.1, (depth / BAND).min(1.0)),
    };
    let inner = viewport.shrink(BAND);
    vec2(
        towards(pos.x - inner.right()) - towards(inner.left() - pos.x),
        towards(pos.y - inner.bottom()) - towards(inner.top() - pos.y),
    )
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn it_goes_faster_towards_the_edge_and_not_at_all_inside() {
        let viewport = Rect::from_min_max(pos2(100.0, 0.0), pos2(500.0, 400.0));
        assert_eq!(push(viewport, pos2(300.0, 200.0)), Vec2::ZERO);
        let (near, nearer, beyond) = (
            push(viewport, pos2(495.0, 200.0)),
            push(viewport, pos2(499.0, 200.0)),
            push(viewport, pos2(530.0, 200.0)),
        );
        assert!(0.0 < near.x && near.x < nearer.x && nearer.x < beyond.x, "{near:?} {nearer:?} {beyond:?}");
        assert_eq!(near.y, 0.0);
        assert_eq!(push(viewport, pos2(560.0, 200.0)), Vec2::ZERO, "at a panel beside the canvas");
        let corner = push(viewport, pos2(101.0, 1.0));
        assert!(corner.x < 0.0 && corner.y < 0.0, "{corner:?}");
    }
}
