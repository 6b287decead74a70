//! The drawing sheet: shows the project under a camera of its own and turns what the pointer does into actions.
//!
//! Text is painted at its final size instead of scaling a layer, so that it is sharp at any zoom and the accessible
//! rectangles are where things are on the screen.

mod card;
mod chips;
mod colour_by;
mod convert;
mod describe;
mod drop;
mod far;
mod find;
mod fit;
mod focus;
mod frames;
mod gesture;
mod glide;
mod guides;
mod label;
mod legend;
mod link_grips;
mod links;
mod load;
mod marks;
mod menu;
mod names;
mod navigate;
mod nodes;
mod overlay;
mod paint;
mod pen;
mod quick_add;
mod reach;
mod scene;
mod state;
mod texts;
mod tint;
mod tip;

pub use drop::{PaletteItem, add_in_view};
pub use focus::Held;
pub(in crate::ui) use menu::{ARRANGE, rows as command_rows};
pub use scene::SceneWork;
pub use state::{CanvasState, Offer};

use egui::{Role, Sense, Ui, WidgetInfo};

use super::{Actions, View, theme::Tokens};
use crate::lang::t;

/// Shows the sheet in all the room there is.
pub fn canvas_ui(ui: &mut Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let before = actions.len();
    let (rect, sheet) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    sheet.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t("Canvas")));
    let camera = state.camera;
    state.prepare(view, rect);
    state.glide_on(ui, view);
    focus::update(ui, view, state, &sheet);
    find::update(ui, view, state, actions);
    let nodes = nodes::add(ui, view, state, &sheet, actions);
    navigate::pan_and_zoom(ui, state, &nodes);
    gesture::update(ui, view, state, &nodes, actions);
    state.texts.get_mut().begin(ui.painter(), state.camera, rect.size());
    state.scene.begin_words();
    paint::sheet(&ui.painter_at(rect), view, state, &nodes, Tokens::of(ui));
    focus::after(ui, state, &nodes);
    let offered = drop::update(ui, view, state, actions)
        .or_else(|| state.gesture.offer(view.session.project()))
        .or_else(|| state.quick_add.as_ref()?.offer(view.session.project()));
    frames::update(ui, view, state, &nodes, actions);
    let offers_anew = offered != state.offer;
    state.offer = offered;
    overlay::mark_selected(ui, view, state);
    overlay::minimap(ui, view, state);
    overlay::routing_note(ui, state);
    overlay::buttons(ui, view, state, actions);
    overlay::tidying(ui, view, state, actions);
    legend::legend_ui(ui, state, actions);
    find::panel(ui, view, state, actions);
    menu::context_menu(ui, view, state, &nodes, actions);
    quick_add::quick_add_ui(ui, view, state, actions);
    label::edit_ui(ui, view, state, actions);
    // What was asked for, lines that are to follow, text in the size it has at rest, nodes where things were before the camera moved, and the price of an offer show in the next frame.
    let unfinished = state.focus.wants() || state.scene.is_behind() || state.is_catching_up();
    if actions.len() > before || unfinished || state.camera != camera || offers_anew {
        ui.request_repaint();
    }
}
