//! How a connection is drawn: its kind of line, the sides it is held at, and the way back to what is found by itself.

use egui::{ComboBox, Ui};

use crate::{
    lang::{lower, t, tr},
    project::{Connection, ConnectionId, Course, Edit, LineKind, Side},
    session::{Action, commands},
    ui::{
        Actions, View, icons,
        widgets::{caption, labelled, segmented, text_button},
    },
};

/// Width of the fields at the right, in points.
const FIELD: f32 = 128.0;

pub(super) fn line_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (id, link): (&ConnectionId, &Connection),
    name: &str,
    actions: &mut Actions,
) {
    caption(ui, t("Line"));
    let mut set = |step: String, course: Course| {
        actions.push(Action::edit(step, vec![Edit::SetCourse(id.clone(), course)]));
    };
    let course = &link.course;
    let kinds = LineKind::ALL.map(|kind| (kind, kind.label()));
    let width = ui.available_width();
    if let Some(line) = segmented(ui, "line", width, course.line, &kinds) {
        set(tr!("Draw {name} {}", lower(line.label()), name), Course { line, ..course.clone() });
    }
    if let Some(from_side) = side_ui(ui, t("Leaves at"), course.from_side) {
        set(tr!("Set where {name} leaves", name), Course { from_side, ..course.clone() });
    }
    if let Some(to_side) = side_ui(ui, t("Arrives at"), course.to_side) {
        set(tr!("Set where {name} arrives", name), Course { to_side, ..course.clone() });
    }
    if let Some(reset) = commands::find("line.reset") {
        let why = (reset.enabled)(view.session).err();
        let button = ui.add_enabled_ui(why.is_none(), |ui| text_button(ui, icons::RESET, reset.text)).inner;
        let button = match why {
            None => button.on_hover_text(reset.help),
            Some(why) => button.on_disabled_hover_text(why),
        };
        if button.clicked() {
            actions.push(Action::Run(reset.id));
        }
    }
}

/// The side an end is held at; gives another one once it is chosen.
#[expect(clippy::option_option, reason = "a choice, if there was one, of a side or of none")]
fn side_ui(ui: &mut Ui, name: &str, side: Option<Side>) -> Option<Option<Side>> {
    let words = |side: Option<Side>| match side {
        None => t("Auto"),
        Some(Side::Left) => t("Left side"),
        Some(Side::Right) => t("Right side"),
        Some(Side::Top) => t("Top side"),
        Some(Side::Bottom) => t("Bottom side"),
    };
    let mut chosen = None;
    labelled(ui, name, t("The side it is held at; it chooses one by itself where nothing is said"), FIELD, |ui| {
        let combo = ComboBox::from_id_salt(name).selected_text(words(side)).width(FIELD).show_ui(ui, |ui| {
            for other in std::iter::once(None).chain(Side::ALL.map(Some)) {
                if ui.selectable_label(other == side, words(other)).clicked() && other != side {
                    chosen = Some(other);
                }
            }
        });
        combo.response.accessible_name(name);
    });
    chosen
}
