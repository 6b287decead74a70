//! A project file that cannot be read as it is: what is wrong with it, and the offer to open what can be read.

use std::time::Duration;

use egui::{Context, Ui};

use super::{
    Fault, default_button,
    faults::{faults_ui, in_words},
    modal,
};
use crate::{
    lang::{t, tr},
    session::{Action, Request},
    ui::{
        Actions,
        theme::{Face, Tokens, text},
        widgets::progress_ui,
    },
};

/// What is told of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedFile {
    /// The file.
    pub path: String,
    /// What is told.
    pub news: News,
    /// What is wrong, in the order of the text.
    pub faults: Vec<Fault>,
    /// How many more there are.
    pub further: usize,
}

/// What is told of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// It cannot be read.
    Unreadable,
    /// It cannot be read, and nothing of it can.
    Nothing,
    /// It is a draft, of which some can be read.
    Draft,
    /// It is in a newer format, which is called so.
    Newer(String),
    /// What could be read of it is open, as a copy.
    Opened,
    /// It is the file of the project that is open, which was to be compared with it or read anew.
    OnDisk,
    /// The project that is open was to be compared with it.
    Other,
    /// It is the file of a draft that was to be compared with it.
    OfDraft,
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DamagedAnswer {
    /// Open what can be read as a copy.
    OpenCopy,
    /// Compare with what can be read.
    Compare,
    /// Stop working out what can be read.
    Stop,
    /// Nothing.
    Close,
}

impl DamagedFile {
    /// Shows the dialog; returns the answer. While it is worked out what can be read, `share` is how much of that is done, and the only answer is
    /// to stop it.
    pub fn ui(&self, ctx: &Context, actions: &mut Actions, share: Option<f32>) -> Option<DamagedAnswer> {
        let (title, words) = self.words();
        let response = modal(ctx, "damaged file", title, 640.0, |ui| {
            ui.label(text(&self.path, Face::Regular, 12.5).color(Tokens::of(ui).muted));
            ui.label(text(&words, Face::Regular, 13.0));
            ui.add_space(8.0);
            faults_ui(ui, &self.faults);
            if self.further > 0 {
                ui.label(text(tr!("and {} more", self.further), Face::Medium, 13.0));
            }
            ui.add_space(12.0);
            let row = |ui: &mut Ui| match share {
                Some(share) => reading_ui(ui, share),
                None => self.buttons(ui, actions),
            };
            ui.horizontal(row).inner
        });
        let closed = if share.is_some() { DamagedAnswer::Stop } else { DamagedAnswer::Close };
        response.inner.or(response.should_close().then_some(closed))
    }

    fn words(&self) -> (&'static str, String) {
        match &self.news {
            News::Unreadable => (
                t("This file cannot be read as it is"),
                t("What can be read of it can be opened as a copy. The file stays as it is").to_owned(),
            ),
            News::Nothing => (
                t("This file cannot be read"),
                t("Nothing in it is a project. The file stays as it is").to_owned(),
            ),
            News::Draft => (
                t("This draft is damaged"),
                t("What can be read of it is opened as a copy, and its text is kept aside").to_owned(),
            ),
            News::Newer(format) => (
                t("This file is from a newer version"),
                tr!("It is in {format}. What this version understands of it can be opened as a copy; the file stays as it is", format),
            ),
            News::Opened if self.faults.is_empty() => {
                (t("Opened as a copy"), t("Nothing had to be left out. The file stays as it is").to_owned())
            }
            News::Opened => (
                t("Opened as a copy, with some of it missing"),
                t("This is what is missing or was changed. The file stays as it is").to_owned(),
            ),
            News::OnDisk => (
                t("The file on disk is damaged"),
                t("What you have here is whole: saving puts it in the place of the damaged file. What can be read of that can be compared with it before")
                    .to_owned(),
            ),
            News::Other => (
                t("The file to compare with is damaged"),
                t("The plan that is open is whole and stays as it is. What can be read of the other file can be compared with it; that file stays as it is, too")
                    .to_owned(),
            ),
            News::OfDraft => (
                t("The file of this draft is damaged"),
                t("The draft is whole: restore it, and save it where you want. What can be read of the file can be compared with it before")
                    .to_owned(),
            ),
        }
    }

    fn buttons(&self, ui: &mut Ui, actions: &mut Actions) -> Option<DamagedAnswer> {
        let mut answer = None;
        let (first, meaning) = match self.news {
            News::Opened => (t("Go on"), DamagedAnswer::Close),
            News::Nothing => (t("Close"), DamagedAnswer::Close),
            News::Unreadable | News::Newer(_) | News::Draft => {
                (t("Open what can be read as a copy"), DamagedAnswer::OpenCopy)
            }
            News::OnDisk | News::Other | News::OfDraft => (t("Compare with what can be read"), DamagedAnswer::Compare),
        };
        if default_button(ui, first).clicked() {
            answer = Some(meaning);
        }
        if meaning != DamagedAnswer::Close && ui.button(t("Close")).clicked() {
            answer = Some(DamagedAnswer::Close);
        }
        if !self.faults.is_empty() && ui.button(t("Copy")).on_hover_text(t("Copy all of it as text")).clicked() {
            actions.push(Action::Request(Request::CopyText(format!("{}\n{}", self.path, in_words(&self.faults)))));
        }
        answer
    }
}

/// What is shown while it is worked out what can be read.
fn reading_ui(ui: &mut Ui, share: f32) -> Option<DamagedAnswer> {
    ui.label(text(t("Looking for what can be read"), Face::Regular, 13.0));
    progress_ui(ui, share);
    let stop = ui.button(t("Cancel")).on_hover_text(t("Leave the file as it is, and open nothing of it"));
    // The answer itself wakes the window; this is for the bar to move on meanwhile.
    ui.request_repaint_after(Duration::from_millis(100));
    stop.clicked().then_some(DamagedAnswer::Stop)
}
