//! A row of a menu.

use egui::{Button, IntoAtoms, Response, RichText, Role, Ui, WidgetInfo};

use crate::ui::theme::Tokens;

/// A row with its keys at the right. One that cannot be chosen now is a stop of the arrows all the same, and says why: to the pointer, and
/// to the keyboard that is on it.
pub fn menu_row<'a>(
    ui: &mut Ui,
    label: &str,
    words: impl IntoAtoms<'a>,
    keys: String,
    state: Result<&'static str, &'static str>,
) -> Response {
    let tokens = Tokens::of(ui);
    let keys = RichText::new(keys).color(tokens.muted).size(12.0);
    let button = Button::new(words).right_text(keys).frame_when_inactive(false);
    let why = match state {
        Ok(help) => return ui.add(button).on_hover_text(help),
        Err(why) => why,
    };
    let greyed = ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for look in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            look.fg_stroke.color = tokens.faint;
        }
        ui.add(button)
    });
    let response = greyed.inner;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, false, label));
    if response.has_focus() {
        response.show_tooltip_text(why);
    }
    response.on_hover_text(why)
}
