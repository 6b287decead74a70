//! The rows: a name at the left, bars in time; a click on either leads to the component, a chevron or an arrow key opens it.

use egui::{
    CursorIcon, EventFilter, Id, Key, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{
    Chart, ROW, arrows,
    bars::Bars,
    hover,
    state::{Row, ScheduleState},
};
use crate::{
    assess::Lane,
    explain::{self, schedule as words},
    lang::{t, tr},
    project::ElementId,
    session::Action,
    ui::{
        Actions, icons,
        theme::{Face, radius},
        widgets::{one_line, text_size},
    },
};

/// Room for the chevron.
const CHEVRON: f32 = 18.0;
/// How far the names of phases stand in.
const INDENT: f32 = 26.0;

/// Paints the rows that are in view.
pub(super) fn rows_ui(
    ui: &mut Ui,
    chart: &Chart<'_>,
    (place, ground): (Rect, &Response),
    rows: &[Row],
    state: &mut ScheduleState,
    actions: &mut Actions,
) {
    follow_selection(chart, place, rows, state);
    let mut area = ScrollArea::vertical().id_salt("rows").auto_shrink([false, false]).max_height(place.height());
    if let Some(offset) = state.scroll_to.take() {
        area = area.vertical_scroll_offset(offset.clamp(0.0, (rows.len() as f32 * ROW - place.height()).max(0.0)));
    }
    let mut child = ui.new_child(egui::UiBuilder::new().id_salt("rows").max_rect(place));
    child.shrink_clip_rect(place);
    let output = area.show_viewport(&mut child, |ui, viewport| {
        ui.set_height(rows.len() as f32 * ROW);
        let top = ui.max_rect().top();
        let first = (viewport.top() / ROW).floor().max(0.0) as usize;
        let last = ((viewport.bottom() / ROW).ceil() as usize).min(rows.len());
        arrows::chain_ui(ui, chart, rows, top);
        let mut pointed = in_time_ui(chart, (place, ground), rows, top, (state, actions));
        for (at, row) in rows.iter().enumerate().take(last).skip(first.min(last)) {
            let rect = Rect::from_min_size(pos2(chart.names.min, top + at as f32 * ROW), vec2(row_width(chart), ROW));
            if row_ui(ui, chart, rect, *row, state, actions) {
                pointed = Some(row.lane);
            }
        }
        arrows::arrows_ui(ui, chart, rows, top, pointed);
    });
    state.offset = output.state.clamped_offset().y;
}

fn row_width(chart: &Chart<'_>) -> f32 {
    chart.time.max - chart.names.min
}

/// What is done to rows where they lie in time: bars tell of themselves and lead to their component. Gives the lane that is
/// pointed at.
fn in_time_ui(
    chart: &Chart<'_>,
    (place, ground): (Rect, &Response),
    rows: &[Row],
    top: f32,
    (state, actions): (&mut ScheduleState, &mut Actions),
) -> Option<usize> {
    let at = ground.hover_pos().filter(|at| place.contains(*at) && at.y >= top)?;
    let row = rows.get(((at.y - top) / ROW) as usize)?;
    let lane = &chart.made.lanes[row.lane];
    let on_bar = match row.task {
        Some(task) => hover::is_at(&chart.made.tasks[task], chart.scale.weeks_at(at.x)),
        None => hover::task_at(chart, lane, chart.scale.weeks_at(at.x)).is_some(),
    };
    let mut response = ground.clone();
    if on_bar && lane.component.is_some() {
        response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response.clicked() {
            reveal(lane, state, actions);
        }
    }
    response.on_hover_ui_at_pointer(|ui| hover::tip_ui(ui, chart, lane, row.task));
    Some(row.lane)
}

/// Selects the component of a lane and brings it into view on the sheet.
fn reveal(lane: &Lane, state: &mut ScheduleState, actions: &mut Actions) {
    let Some(component) = &lane.component else { return };
    let element = ElementId::Component(component.clone());
    // Its row is in view already.
    state.selected = Some(element.clone());
    actions.push(Action::Reveal(element));
}

/// A component that was selected elsewhere is brought into view.
fn follow_selection(chart: &Chart<'_>, place: Rect, rows: &[Row], state: &mut ScheduleState) {
    let session = chart.view.session;
    let selected = session.selected_component().map(|(id, _)| ElementId::Component(id.clone()));
    if selected == state.selected {
        return;
    }
    state.selected = selected;
    let Some((id, _)) = session.selected_component() else { return };
    let of_it = |row: &Row| row.task.is_none() && chart.made.lanes[row.lane].component.as_ref() == Some(id);
    if let Some(at) = rows.iter().position(of_it) {
        state.show_row(at as f32 * ROW, place.height());
    }
}

/// One row; says whether the pointer is on it.
fn row_ui(
    ui: &mut Ui,
    chart: &Chart<'_>,
    rect: Rect,
    row: Row,
    state: &mut ScheduleState,
    actions: &mut Actions,
) -> bool {
    let lane = &chart.made.lanes[row.lane];
    let id = ui.scope_id().with(("row", &lane.component, row.task.map(|task| chart.made.tasks[task].phase)));
    let response = ui.interact(rect.with_max_x(chart.names.max), id, Sense::click());
    let open = state.is_open(lane.component.as_ref());
    let name = match row.task {
        Some(task) => hover::task_name(chart, &chart.made.tasks[task]),
        None => hover::lane_name(chart, lane),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    ground(ui, chart, rect, row, response.hovered());
    names_ui(ui, chart, rect, row, response.hovered());
    let bars = Bars::new(ui, chart, rect.center().y);
    match row.task {
        Some(task) => bars.task(lane, &chart.made.tasks[task]),
        None => bars.lane(lane, open),
    }
    if response.has_focus() {
        let line = Stroke::new(1.5, chart.tokens.accent.ink);
        let names = rect.with_max_x(chart.names.max).shrink(0.5);
        ui.painter().rect_stroke(names, radius::CONTROL - 2, line, StrokeKind::Inside);
        keys(ui, id, lane, state);
    }
    if row.task.is_none() {
        chevron_ui(ui, chart, rect, (lane, open), state);
    }
    if response.clicked() {
        reveal(lane, state, actions);
    }
    let pointed = response.contains_pointer();
    response.on_hover_ui_at_pointer(|ui| hover::tip_ui(ui, chart, lane, row.task));
    pointed
}

/// The arrow keys open and close the row that has the focus.
fn keys(ui: &Ui, id: Id, lane: &Lane, state: &mut ScheduleState) {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    if ui.input(|input| input.key_pressed(Key::ArrowRight)) {
        state.set_open(lane.component.as_ref(), true);
    } else if ui.input(|input| input.key_pressed(Key::ArrowLeft)) {
        state.set_open(lane.component.as_ref(), false);
    }
}

/// What lies under a row: that it is selected, or pointed at.
fn ground(ui: &Ui, chart: &Chart<'_>, rect: Rect, row: Row, hovered: bool) {
    let lane = &chart.made.lanes[row.lane];
    let element = lane.component.clone().map(ElementId::Component);
    let selected =
        row.task.is_none() && element.is_some_and(|element| chart.view.session.selection().contains(&element));
    let names = rect.with_max_x(chart.names.max);
    if selected {
        ui.painter().rect_filled(names, radius::CONTROL - 2, chart.tokens.accent.surface);
    } else if hovered {
        ui.painter().rect_filled(names, radius::CONTROL - 2, chart.tokens.sunken);
    }
}

fn names_ui(ui: &Ui, chart: &Chart<'_>, rect: Rect, row: Row, hovered: bool) {
    let lane = &chart.made.lanes[row.lane];
    let tokens = chart.tokens;
    let (words, indent, face, ink) = match row.task {
        Some(task) => {
            let phase = words::phase(&chart.view.session.engine().playbook, chart.made.tasks[task].phase);
            (phase.to_owned(), INDENT, Face::Regular, tokens.muted)
        }
        None if lane.component.is_some() => {
            (words::lane(chart.view.session.project(), lane), CHEVRON, Face::Medium, tokens.text)
        }
        None => {
            let room = chart.names.span() - CHEVRON - 8.0;
            let fits = text_size(ui, t(explain::OWN_WORK), Face::Medium.at(12.0)).x <= room;
            let words = if fits { t(explain::OWN_WORK) } else { t("Whole project") };
            (words.to_owned(), CHEVRON, Face::Medium, tokens.text)
        }
    };
    let ink = if hovered && lane.component.is_some() { tokens.accent.ink } else { ink };
    let room = chart.names.span() - indent - 8.0;
    one_line(ui, pos2(rect.left() + indent, rect.center().y), room, &words, face.at(12.0), ink);
}

fn chevron_ui(ui: &Ui, chart: &Chart<'_>, rect: Rect, (lane, open): (&Lane, bool), state: &mut ScheduleState) {
    let place = rect.with_max_x(rect.left() + CHEVRON - 2.0);
    let response = ui.interact(place, ui.scope_id().with(("chevron", &lane.component)), Sense::click());
    let name = words::lane(chart.view.session.project(), lane);
    let does = if open { t("Hide") } else { t("Show") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("{does} the phases of {name}", does, name)));
    let ink = if response.hovered() || response.has_focus() { chart.tokens.accent.ink } else { chart.tokens.muted };
    let glyph = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    ui.painter().text(place.center(), egui::Align2::CENTER_CENTER, glyph, Face::Icons.at(12.0), ink);
    if response.has_focus() {
        let line = Stroke::new(1.5, chart.tokens.accent.ink);
        ui.painter().rect_stroke(place.shrink2(vec2(0.0, 2.0)), 3, line, StrokeKind::Inside);
    }
    if response.clicked() {
        state.set_open(lane.component.as_ref(), !open);
    }
}
