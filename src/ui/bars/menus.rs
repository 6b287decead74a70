//! The menus, made from the command table, with the pointer or by keys: F10 opens the first one, Alt with a letter of its caption
//! each of them, arrows go through rows and menus.

use egui::{
    Color32, Context, Id, Key, Modifiers, Popup, Stroke, Style, TextFormat, Ui, WidgetText,
    containers::menu::menu_style, text::LayoutJob, vec2,
};

use super::{TopBar, command_entry};
use crate::{
    session::{
        Session,
        commands::{Command, Menu, TABLE},
    },
    ui::{
        Actions,
        theme::{Tokens, size},
    },
};

/// Left and right inside the caption of a menu.
const MENU_PADDING: f32 = 8.0;
/// Between two captions.
const MENU_GAP: f32 = 2.0;

/// What the keyboard asked of the menus.
#[derive(Clone, Copy, Default)]
struct Asked {
    /// The menu that is to open, by its number.
    open: Option<usize>,
    /// The first row of the open menu is to have the keyboard.
    focus: bool,
}

fn asked_id() -> Id {
    Id::unique("menus by key")
}

fn ask(ctx: &Context, asked: Asked) {
    ctx.data_mut(|data| data.insert_temp(asked_id(), asked));
    ctx.request_repaint();
}

/// Opens the first menu with the keyboard in it.
pub fn open_menus(ctx: &Context) {
    ask(ctx, Asked { open: Some(0), focus: true });
}

/// The menus, each made from the table.
pub(super) fn menus_ui(ui: &mut Ui, session: &Session, bar: &TopBar<'_>, actions: &mut Actions) {
    let style = |style: &mut Style| {
        menu_style(style);
        style.spacing.button_padding = vec2(MENU_PADDING, 5.0);
        style.spacing.item_spacing.x = MENU_GAP;
    };
    // The toolkit's menu bar takes all the width it is given, and there is more to come beside it.
    let font = egui::TextStyle::Button.resolve(ui.style());
    let width_of = |menu: &Menu| {
        let galley = ui.painter().layout_no_wrap(menu.label().to_owned(), font.clone(), Tokens::of(ui).text);
        galley.size().x + 2.0 * MENU_PADDING + MENU_GAP
    };
    let width = Menu::ALL.iter().map(width_of).sum();
    let mut asked: Asked = ui.data_mut(|data| data.remove_temp(asked_id())).unwrap_or_default();
    if let Some(number) = by_letter(ui) {
        asked = Asked { open: Some(number), focus: true };
        ui.request_repaint();
    }
    ui.allocate_ui(vec2(width, ui.available_height()), |ui| {
        egui::MenuBar::new().style(style).ui(ui, |ui| {
            for (number, menu) in Menu::ALL.into_iter().enumerate() {
                // The menu that is left is still open in the frame in which another one opens.
                let (mut none, opening) = (false, asked.open.is_some());
                let focus = if opening { &mut none } else { &mut asked.focus };
                let caption = ui.menu_button(caption(ui, menu), |ui| {
                    step_aside(ui, number);
                    // On a low window the last entries would be out of reach.
                    let room = ui.ctx().content_rect().height() - size::TOP_BAR - 20.0;
                    egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                        let entries: Vec<&Command> = TABLE.iter().filter(|command| command.menu == menu).collect();
                        menu_ui(ui, session, bar, (&entries, focus), actions);
                    });
                });
                let popup = Popup::default_response_id(&caption.response);
                if asked.open == Some(number) {
                    Popup::open_id(ui.ctx(), popup);
                    asked.open = None;
                } else if caption.response.clicked() && caption.response.has_focus() {
                    // Opened by Enter on its caption.
                    asked.focus = true;
                }
            }
        })
    });
    // While a menu is measured, before it is seen, no row of it can have the keyboard.
    let waits = Popup::is_any_open(ui.ctx()) && asked.focus;
    if waits && ui.data(|data| data.get_temp::<Asked>(asked_id())).is_none() {
        ask(ui.ctx(), asked);
    }
}

/// The menu whose letter was pressed with Alt: not where Alt makes letters of its own, nor behind a dialog.
fn by_letter(ui: &Ui) -> Option<usize> {
    if ui.ctx().os() == egui::os::OperatingSystem::Mac || ui.memory(|memory| memory.top_modal_layer().is_some()) {
        return None;
    }
    let pressed = |menu: &Menu| {
        Key::from_name(menu.letter().encode_utf8(&mut [0; 4]))
            .is_some_and(|key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)))
    };
    Menu::ALL.iter().position(pressed)
}

/// The caption of a menu; while Alt is held, with its letter underlined.
fn caption(ui: &Ui, menu: Menu) -> WidgetText {
    let label = menu.label();
    let at = label.char_indices().find(|(_, letter)| letter.eq_ignore_ascii_case(&menu.letter()));
    let Some((at, letter)) = at.filter(|_| ui.input(|input| input.modifiers.alt)) else { return label.into() };
    let font = egui::TextStyle::Button.resolve(ui.style());
    let plain = TextFormat::simple(font, Color32::PLACEHOLDER);
    let marked = TextFormat { underline: Stroke::new(1.0, Tokens::of(ui).text), ..plain.clone() };
    let mut job = LayoutJob::default();
    let after = at + letter.len_utf8();
    for (part, format) in [(&label[..at], &plain), (&label[at..after], &marked), (&label[after..], &plain)] {
        if !part.is_empty() {
            job.append(part, 0.0, format.clone());
        }
    }
    job.into()
}

/// From an open menu to the one beside it.
fn step_aside(ui: &Ui, number: usize) {
    let count = Menu::ALL.len();
    let key = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = match (key(Key::ArrowRight), key(Key::ArrowLeft)) {
        (true, _) => (number + 1) % count,
        (_, true) => (number + count - 1) % count,
        _ => return,
    };
    // Rows have nothing beside them: what the toolkit made of the key by itself is forgotten.
    ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    ask(ui.ctx(), Asked { open: Some(to), focus: true });
}

fn menu_ui(
    ui: &mut Ui,
    session: &Session,
    bar: &TopBar<'_>,
    (entries, focus): (&[&'static Command], &mut bool),
    actions: &mut Actions,
) {
    ui.set_min_width(260.0);
    let mut group = entries.first().map_or(0, |command| command.group);
    for command in entries {
        if command.group != group {
            ui.separator();
            group = command.group;
        }
        let row = command_entry(ui, session, bar, command, actions);
        if *focus && !ui.is_sizing_pass() {
            *focus = false;
            row.request_focus();
        }
    }
    if ui.is_sizing_pass() {
        // The bar that a long menu scrolls by would take its room from the widest row, which then wraps.
        ui.set_min_width(ui.min_rect().width() + ui.spacing().scroll.allocated_width());
    }
}
