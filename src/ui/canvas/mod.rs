//! The drawing sheet: shows the project under a camera of its own and turns what the pointer does into actions.
//!
//! Text is painted at its final size instead of scaling a layer, so that it is sharp at any zoom and the accessible
//! rectangles are where things are on the screen.

mod card;
mod chips;
mod colour_by;
mod convert;
mod drop;
mod far;
mod frames;
mod gesture;
mod legend;
mod links;
mod marks;
mod menu;
mod navigate;
mod nodes;
mod overlay;
mod paint;
mod pen;
mod reach;
mod scene;
mod state;
mod tint;
mod tip;

pub use drop::{PaletteItem, add_in_view};
pub use scene::SceneWork;
pub use state::{CanvasState, Offer};

use egui::{Role, Sense, Ui, WidgetInfo};

use super::{Actions, View, theme::Tokens};

/// Shows the sheet in all the room there is.
pub fn canvas_ui(ui: &mut Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let before = actions.len();
    let (rect, sheet) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    sheet.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Canvas"));
    state.prepare(view, rect);
    let camera = state.camera;
    let nodes = nodes::add(ui, view, state, &sheet, actions);
    state.focused.clone_from(&nodes.focused);
    navigate::pan_and_zoom(ui, state, &nodes);
    gesture::update(ui, view, state, &nodes, actions);
    paint::sheet(&ui.painter_at(rect), view, state, &nodes, Tokens::of(ui));
    let offered = drop::update(ui, view, state, actions).or_else(|| state.gesture.offer(view.session.project()));
    let offers_anew = offered != state.offer;
    state.offer = offered;
    overlay::minimap(ui, view, state);
    overlay::routing_note(ui, state);
    overlay::buttons(ui, view, state, actions);
    legend::legend_ui(ui, state, actions);
    menu::context_menu(ui, view, state, &nodes, actions);
    // What was asked for, nodes where things were before the camera moved, and the price of an offer show in the next frame.
    if actions.len() > before || state.camera != camera || offers_anew {
        ui.request_repaint();
    }
}
