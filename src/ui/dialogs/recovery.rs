//! What was not saved when the program ended the last time: taken up again, looked at, or put away.

use egui::{Frame, Label, Margin, Response, Role, ScrollArea, Stroke, Ui, WidgetInfo};

use super::modal;
use crate::{
    lang::{t, tr},
    ui::{
        icons,
        theme::{Face, Tokens, icon, radius, text},
        widgets::primary_button,
    },
};

/// One draft that can be taken up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryRow {
    /// What names it.
    pub id: String,
    /// What its project is called.
    pub title: String,
    /// When it was written, and how much is in it.
    pub detail: String,
    /// Which file it belongs to, and what became of that.
    pub belonging: String,
    /// Whether there is a file to compare it with.
    pub comparable: bool,
    /// What can be done with it.
    pub state: RecoveryState,
}

/// What can be done with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryState {
    /// It can be gone on with.
    Sound,
    /// It cannot be read as it is.
    Damaged {
        /// Why.
        why: String,
        /// Whether some of it can.
        readable: bool,
    },
    /// It was discarded a moment ago.
    Discarded,
    /// Its text was put out of the way; where.
    SetAside(String),
}

/// What the person decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryAnswer {
    /// Go on with this draft.
    Restore(String),
    /// Show what differs between this draft and its file.
    Compare(String),
    /// Put it among the discarded ones.
    Discard(String),
    /// Bring it back from there.
    PutBack(String),
    /// Put its text out of the way.
    SetAside(String),
    /// Put the report of the fault on the clipboard.
    CopyFault,
    /// Nothing now.
    Later,
}

/// The dialog while it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// The report of the fault that ended the program.
    pub fault: Option<String>,
    /// The drafts, the newest first.
    pub rows: Vec<RecoveryRow>,
    /// Whether the keyboard was led to the first button.
    pub led: bool,
}

impl Recovery {
    /// Shows the dialog; `None` while nothing is decided.
    pub fn ui(&mut self, ctx: &egui::Context) -> Option<RecoveryAnswer> {
        let lead = !std::mem::replace(&mut self.led, true);
        let title =
            if self.rows.is_empty() { t("Groundplan ended by a fault") } else { t("There is work that was not saved") };
        let response = modal(ctx, "recovery", title, 620.0, |ui| {
            let mut answer = self.fault_ui(ui);
            let height = (ctx.content_rect().height() - 360.0).max(160.0);
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                for (place, row) in self.rows.iter().enumerate() {
                    answer = row_ui(ui, row, lead && place == 0).or(answer.take());
                    ui.add_space(8.0);
                }
            });
            let is_left = self.rows.iter().any(|row| row.state != RecoveryState::Discarded);
            if is_left {
                let words = t("Whatever you leave here is offered again at the next start");
                ui.label(text(words, Face::Regular, 12.5).color(Tokens::of(ui).muted));
            }
            ui.add_space(8.0);
            let close = if is_left { t("Later") } else { t("Close") };
            let later = ui.button(close).clicked().then_some(RecoveryAnswer::Later);
            answer.or(later)
        });
        let closed = response.should_close();
        response.inner.or(closed.then_some(RecoveryAnswer::Later))
    }

    /// What happened, where, and what to do with that.
    fn fault_ui(&self, ui: &mut Ui) -> Option<RecoveryAnswer> {
        let fault = self.fault.as_ref()?;
        let tokens = Tokens::of(ui);
        let words = t(
            "The program ended by a fault of its own, which should not happen. To report it, copy the text below and say what you did last.",
        );
        ui.label(text(words, Face::Regular, 13.0));
        ui.add_space(4.0);
        let response =
            Frame::new().fill(tokens.app).corner_radius(radius::CARD).inner_margin(Margin::same(8)).show(ui, |ui| {
                ScrollArea::vertical().id_salt("fault").max_height(110.0).auto_shrink([false, true]).show(ui, |ui| {
                    ui.add(Label::new(egui::RichText::new(fault).monospace().size(12.0)).wrap());
                });
            });
        response.response.widget_info(|| WidgetInfo::labeled(Role::Group, true, t("Report of the fault")));
        ui.add_space(4.0);
        let copy = ui.button(t("Copy the report")).clicked();
        ui.add_space(12.0);
        copy.then_some(RecoveryAnswer::CopyFault)
    }
}

fn row_ui(ui: &mut Ui, row: &RecoveryRow, lead: bool) -> Option<RecoveryAnswer> {
    let tokens = Tokens::of(ui);
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(radius::CARD)
        .inner_margin(Margin::symmetric(12, 10));
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(text(&row.title, Face::SemiBold, 14.0)).truncate());
            ui.label(text(&row.detail, Face::Regular, 12.5).color(tokens.muted));
            ui.add(Label::new(text(&row.belonging, Face::Regular, 12.5).color(tokens.muted)).wrap());
            if let RecoveryState::Damaged { why, .. } = &row.state {
                ui.horizontal_top(|ui| {
                    ui.label(icon(icons::CIRCLE_ALERT, 14.0).color(tokens.warning.ink));
                    let words = tr!("This draft is damaged and cannot be opened as it is: {why}", why);
                    ui.add(Label::new(text(&words, Face::Regular, 12.5)).wrap());
                });
            }
            ui.add_space(6.0);
            ui.horizontal(|ui| buttons_ui(ui, row, lead)).inner
        })
        .inner
}

fn buttons_ui(ui: &mut Ui, row: &RecoveryRow, lead: bool) -> Option<RecoveryAnswer> {
    let id = || row.id.clone();
    // Several drafts have the same buttons: who hears them has to hear of which.
    let named = |response: Response, name: &str| {
        let name = name.replace("{}", &row.title);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if response.gained_focus() {
            // Nobody presses what cannot be seen.
            response.scroll_to_me_animation(None, egui::style::ScrollAnimation::none());
        }
        response
    };
    let mut answer = None;
    match &row.state {
        RecoveryState::Sound => {
            let restore = named(primary_button(ui, t("Restore as a copy")), t("Restore a copy of {}"));
            if lead {
                restore.request_focus();
            }
            if restore.clicked() {
                answer = Some(RecoveryAnswer::Restore(id()));
            }
            if row.comparable && named(ui.button(t("Compare...")), t("Compare {} with its file")).clicked() {
                answer = Some(RecoveryAnswer::Compare(id()));
            }
        }
        RecoveryState::Damaged { readable, .. } => {
            if *readable {
                let restore =
                    named(primary_button(ui, t("Restore what can be read")), t("Restore what can be read of {}"));
                if lead {
                    restore.request_focus();
                }
                if restore.on_hover_text(t("Its text is kept aside as it is")).clicked() {
                    answer = Some(RecoveryAnswer::Restore(id()));
                }
            }
            let aside = named(ui.button(t("Keep its text aside")), t("Keep aside the text of {}"));
            if aside.on_hover_text(t("Into a folder where nothing takes it away")).clicked() {
                answer = Some(RecoveryAnswer::SetAside(id()));
            }
        }
        RecoveryState::Discarded => {
            ui.label(t("Discarded"));
            if named(ui.button(t("Put back")), t("Put back {}")).clicked() {
                answer = Some(RecoveryAnswer::PutBack(id()));
            }
        }
        RecoveryState::SetAside(file) => {
            ui.add(Label::new(tr!("Its text is in {file}", file)).wrap());
        }
    }
    if matches!(row.state, RecoveryState::Sound | RecoveryState::Damaged { .. })
        && named(ui.button(t("Discard")), t("Discard {}")).clicked()
    {
        answer = Some(RecoveryAnswer::Discard(id()));
    }
    answer
}
