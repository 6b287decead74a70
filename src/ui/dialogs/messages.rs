//! The messages of this run in a dialog, newest first, to be read again and copied.

use egui::{Key, Label, Role, ScrollArea, Ui, WidgetInfo, style::ScrollAnimation, vec2};

use super::{
    default_button,
    message_log::{Message, MessageLog, Sort},
    modal,
};
use crate::{
    lang::{t, tr},
    session::{Action, Request},
    ui::{
        Actions, icons,
        theme::{Face, Tokens, icon, space, text},
        widgets::{hairline, icon_button, segmented},
    },
};

/// A step of the arrows, in points.
const STEP: f32 = 60.0;
/// Width of the time of day, and of what stands at the right of a message.
const TIME: f32 = 62.0;
const END: f32 = 34.0;
const WIDTH: f32 = 680.0;
/// About how high a message is.
const ROW: f32 = 38.0;

/// The dialog while it is open.
#[derive(Clone, Copy, Debug, Default)]
pub struct MessagesDialog {
    only_errors: bool,
}

impl MessagesDialog {
    /// Shows the dialog; returns whether it is to be closed.
    pub fn ui(&mut self, ctx: &egui::Context, log: &MessageLog, actions: &mut Actions) -> bool {
        let response = modal(ctx, "messages", t("Messages"), WIDTH, |ui| {
            let shown: Vec<&Message> =
                log.messages().filter(|message| !self.only_errors || message.sort == Sort::Error).collect();
            self.head_ui(ui);
            // By all there are: it does not jump when only errors are shown.
            let wanted = (log.messages().count() as f32 * ROW).clamp(180.0, 460.0);
            let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, wanted);
            list_ui(ui, &shown, height, actions);
            ui.add_space(space::MEDIUM);
            ui.horizontal(|ui| {
                let closed = default_button(ui, t("Close")).clicked();
                let copy = egui::Button::new(t("Copy all"));
                if ui.add_enabled(!shown.is_empty(), copy).on_hover_text(t("Copy what is listed as text")).clicked() {
                    let lines: String = shown.iter().map(|message| message.in_words() + "\n").collect();
                    actions.push(Action::Request(Request::CopyText(lines)));
                }
                closed
            })
            .inner
        });
        response.should_close() || response.inner
    }

    /// What it is, and which of it.
    fn head_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let choices = [(false, t("Everything")), (true, t("Errors"))];
            self.only_errors = segmented(ui, "which", 180.0, self.only_errors, &choices).unwrap_or(self.only_errors);
            ui.add_space(space::SMALL);
            let words = t("What was said in this run of the program. It is kept nowhere else.");
            let words = text(words, Face::Regular, 12.5).color(Tokens::of(ui).muted);
            ui.add(Label::new(words).truncate());
        });
        ui.add_space(space::SMALL);
    }
}

fn list_ui(ui: &mut Ui, shown: &[&Message], height: f32, actions: &mut Actions) {
    hairline(ui);
    let area = ScrollArea::vertical().id_salt("list").max_height(height).min_scrolled_height(height);
    area.auto_shrink([false, false]).show(ui, |ui| {
        ui.set_min_height(height);
        ui.spacing_mut().item_spacing.y = 0.0;
        scroll_by_keys(ui, height);
        if shown.is_empty() {
            ui.add_space(space::LARGE);
            ui.vertical_centered(|ui| {
                ui.label(text(t("Nothing was said so far"), Face::Regular, 13.0).color(Tokens::of(ui).muted))
            });
        }
        for (number, message) in shown.iter().enumerate() {
            ui.push_id(number, |ui| message_ui(ui, message, actions));
        }
    });
    hairline(ui);
}

/// The list follows the keys: nothing else in the dialog needs them.
fn scroll_by_keys(ui: &Ui, height: f32) {
    let pressed = |key| ui.input(|input| input.num_presses(key)) as f32;
    let page = height - STEP;
    let steps = [
        (Key::ArrowUp, STEP),
        (Key::ArrowDown, -STEP),
        (Key::PageUp, page),
        (Key::PageDown, -page),
        (Key::Home, 1.0e5),
        (Key::End, -1.0e5),
    ];
    let moved: f32 = steps.into_iter().map(|(key, step)| pressed(key) * step).sum();
    if moved != 0.0 {
        ui.scroll_with_delta_animation(vec2(0.0, moved), ScrollAnimation::none());
    }
}

fn message_ui(ui: &mut Ui, message: &Message, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let (glyph, ink) = match message.sort {
        Sort::Error => (icons::CIRCLE_ALERT, tokens.error.ink),
        Sort::News => (icons::CIRCLE_CHECK, tokens.accent.ink),
        Sort::Answer => (icons::INFO, tokens.muted),
    };
    let face = if message.unseen { Face::Medium } else { Face::Regular };
    let fill = if message.unseen { tokens.error.surface } else { egui::Color32::TRANSPARENT };
    let frame = egui::Frame::new().fill(fill).inner_margin(egui::Margin::symmetric(4, 5)).corner_radius(4);
    frame.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let time = text(&message.time, Face::Regular, 12.0).color(tokens.muted);
            ui.add_sized(vec2(TIME, 18.0), Label::new(time));
            let mark = ui.label(icon(glyph, 14.0).color(ink));
            let new = if message.unseen { t(", not looked at before") } else { "" };
            mark.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}{new}", message.sort.label())));
            let room = ui.available_width() - END;
            ui.vertical(|ui| {
                ui.set_width(room);
                let words = text(&message.words, face, 13.0).color(tokens.text);
                ui.add(Label::new(words).wrap().selectable(true));
                if let Some(besides) = besides(message) {
                    ui.label(text(besides, Face::Regular, 12.0).color(tokens.muted));
                }
            });
            if icon_button(ui, icons::COPY, t("Copy this message")).clicked() {
                actions.push(Action::Request(Request::CopyText(message.in_words())));
            }
        });
    });
    hairline(ui);
}

/// What is to be said of a message besides its words.
fn besides(message: &Message) -> Option<String> {
    let times = (message.times > 1).then(|| tr!("{} times, the last time then", message.times));
    match (times, message.done_since) {
        (Some(times), true) => Some(tr!("{times}; done since", times)),
        (None, true) => Some(t("Done since").to_owned()),
        (times, false) => times,
    }
}
