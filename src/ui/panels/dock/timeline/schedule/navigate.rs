//! Moving in time and in the rows: wheel, drag, pinch, double click.

use egui::{CursorIcon, Rect, Response, Sense, Ui};

use super::{Chart, state::ScheduleState};

/// What can be moved.
pub(super) struct Free {
    pub(super) whole_weeks: f64,
    /// Whether the wheel scrolls rows.
    pub(super) rows_overflow: bool,
}

/// What lies under everything in time: it takes drags and double clicks that nothing above it takes. Keys do not come here, as
/// buttons do the same.
pub(super) fn ground_ui(ui: &Ui, _chart: &Chart<'_>, place: Rect) -> Response {
    ui.interact(place, ui.scope_id().with("ground"), Sense::CLICK | Sense::DRAG)
}

/// Takes what was done to the chart in this frame.
pub(super) fn navigate(
    ui: &Ui,
    chart: &Chart<'_>,
    ground: &Response,
    place: Rect,
    free: &Free,
    state: &mut ScheduleState,
) {
    let whole = free.whole_weeks;
    if ground.double_clicked() {
        state.fit();
    }
    if ground.dragged() {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        let delta = ground.drag_delta();
        state.pan(-f64::from(delta.x) / chart.scale.points_a_week(), whole);
        if free.rows_overflow && delta.y != 0.0 {
            state.scroll_to = Some(state.offset - delta.y);
        }
    }
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
    if !place.contains(pointer) || !ui.rect_contains_pointer(place) {
        return;
    }
    let (zoom, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
    if zoom != 1.0 {
        state.zoom(f64::from(zoom), chart.scale.weeks_at(pointer.x), whole);
        return;
    }
    // Where there is nothing to scroll, the wheel goes through time as well.
    let points = scroll.x + if free.rows_overflow { 0.0 } else { scroll.y };
    if points != 0.0 {
        state.pan(-f64::from(points) / chart.scale.points_a_week(), whole);
    }
}
