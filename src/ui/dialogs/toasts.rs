//! Messages in the corner: news goes by itself, errors stay until they are read. All of them are kept in the log.

use egui::{Align2, Area, Frame, Id, Order, vec2};

use super::message_log::{MessageLog, Sort};
use crate::{
    lang::t,
    ui::{
        icons,
        theme::{Face, Tokens, icon, radius, text},
    },
};

/// How long news stays, in seconds.
const NEWS_SECONDS: f64 = 5.0;
/// Most messages at a time; older news makes room.
const MOST: usize = 4;

/// What somebody tried to do. An error about it is of the past once it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// To open a project, or to read it again.
    Open,
    /// To save the project.
    Save,
    /// To keep unsaved work aside.
    KeepAside,
    /// To take up a draft, or to put it away.
    Recover,
    /// To compare the project with another one.
    Compare,
    /// To export it.
    Export,
    /// To copy a picture of it.
    Picture,
    /// To paste.
    Paste,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// What happened, in plain words, with the way out if it went wrong.
    pub message: String,
    /// Whether it stays until it is closed.
    pub error: bool,
    /// What could not be done, if it can be tried again.
    pub about: Option<Attempt>,
}

/// The messages on the screen.
pub struct Toasts {
    shown: Vec<(u64, Toast, Option<f64>)>,
    next: u64,
    log: MessageLog,
    /// Says the time of day.
    clock: fn() -> String,
}

impl Toasts {
    /// None so far; the clock says the time of day that messages bear in the log.
    pub fn new(clock: fn() -> String) -> Self {
        Self { shown: Vec::new(), next: 0, log: MessageLog::default(), clock }
    }

    /// What was said in this run.
    pub fn log(&self) -> &MessageLog {
        &self.log
    }

    /// The same, for who reads it.
    pub fn log_mut(&mut self) -> &mut MessageLog {
        &mut self.log
    }

    /// Keeps what a command answered: it was shown elsewhere.
    pub fn note_answer(&mut self, words: &str) {
        self.log.push((self.clock)(), words, Sort::Answer, None);
    }

    /// Says that something was done.
    pub fn news(&mut self, message: impl Into<String>) {
        self.push(Toast { message: message.into(), error: false, about: None });
    }

    /// Says that something could not be done; stays until it is closed.
    pub fn error(&mut self, message: impl Into<String>) {
        self.push(Toast { message: message.into(), error: true, about: None });
    }

    /// Says that an attempt failed; stays until it is closed, or until [`Toasts::done`].
    pub fn failed(&mut self, attempt: Attempt, message: impl Into<String>) {
        self.push(Toast { message: message.into(), error: true, about: Some(attempt) });
    }

    /// What was tried in vain before was done: that it failed is no longer so.
    pub fn done(&mut self, attempt: Attempt) {
        self.shown.retain(|(_, toast, _)| toast.about != Some(attempt));
        self.log.done(attempt);
    }

    /// The messages on the screen, oldest first.
    pub fn messages(&self) -> impl Iterator<Item = &Toast> {
        self.shown.iter().map(|(_, toast, _)| toast)
    }

    fn push(&mut self, toast: Toast) {
        let sort = if toast.error { Sort::Error } else { Sort::News };
        self.log.push((self.clock)(), &toast.message, sort, toast.about);
        // The same error twice is one error, not a pile.
        self.shown.retain(|(_, other, _)| *other != toast);
        self.shown.push((self.next, toast, None));
        self.next += 1;
        while self.shown.len() > MOST {
            let oldest_news = self.shown.iter().position(|(_, toast, _)| !toast.error).unwrap_or(0);
            self.shown.remove(oldest_news);
        }
    }

    /// Shows the messages.
    pub fn ui(&mut self, ctx: &egui::Context) {
        let now = ctx.input(|input| input.time);
        for (_, toast, since) in &mut self.shown {
            let since = *since.get_or_insert(now);
            if !toast.error {
                ctx.request_repaint_after_secs((since + NEWS_SECONDS - now).max(0.0) as f32);
            }
        }
        self.shown.retain(|(_, toast, since)| toast.error || since.is_none_or(|since| now - since < NEWS_SECONDS));
        let mut closed = None;
        let mut bottom = -44.0;
        for (id, toast, _) in self.shown.iter().rev() {
            let area = Area::new(Id::unique(("toast", *id)))
                .order(Order::Foreground)
                .anchor(Align2::CENTER_BOTTOM, vec2(0.0, bottom))
                .show(ctx, |ui| {
                    if toast_ui(ui, toast) {
                        closed = Some((*id, toast.message.clone()));
                    }
                });
            bottom -= area.response.rect.height() + 8.0;
        }
        if let Some((closed, words)) = closed {
            self.shown.retain(|(id, _, _)| *id != closed);
            self.log.look_at(&words);
        }
    }
}

/// One message; returns whether it was closed.
fn toast_ui(ui: &mut egui::Ui, toast: &Toast) -> bool {
    let tokens = Tokens::of(ui);
    let (glyph, ink) =
        if toast.error { (icons::CIRCLE_ALERT, tokens.error.ink) } else { (icons::CIRCLE_CHECK, tokens.accent.ink) };
    Frame::new()
        .fill(tokens.card)
        .stroke(egui::Stroke::new(1.0, if toast.error { tokens.error.ink } else { tokens.line_strong }))
        .corner_radius(radius::CARD)
        .inner_margin(egui::Margin::symmetric(12, 8))
        .shadow(egui::Shadow { offset: [0, 4], blur: 14, spread: 0, color: tokens.shadow })
        .show(ui, |ui| {
            ui.set_max_width(520.0);
            ui.horizontal(|ui| {
                ui.label(icon(glyph, 16.0).color(ink));
                let width = ui.ctx().content_rect().width().min(520.0) - 90.0;
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    ui.add(egui::Label::new(text(&toast.message, Face::Regular, 13.0)).wrap());
                });
                let close = ui.add(egui::Button::new(icon(icons::X, 14.0)).frame_when_inactive(false));
                close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, t("Close message")));
                close.clicked()
            })
            .inner
        })
        .inner
}
