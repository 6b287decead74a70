//! Pictures for the clipboard: made beside the window, put on the clipboard when they are ready.

use std::sync::Arc;

use super::window::Groundplan;
use crate::{
    export::{self, ExportInput, Further, Look, Picture},
    lang::{t, tr},
    progress::Progress,
    session::{Asked, Slot, pictured_part},
    ui::{dialogs::Attempt, theme},
};

/// A picture on its way.
#[derive(Default)]
pub(super) struct Pictures {
    slot: Slot<u64, Result<Picture, String>>,
    /// Which one it is; each is asked for once.
    number: u64,
    waiting: bool,
    /// Whether the person was told that it takes a while.
    told: bool,
}

impl Groundplan {
    /// Begins a picture of the selection, or of everything.
    pub(super) fn copy_picture(&mut self, ctx: &egui::Context) {
        let (project, assessment) = (Arc::clone(self.session.project()), Arc::clone(self.session.assessment()));
        let engine = Arc::clone(&self.engine);
        let (perspective, seam) = (self.settings.perspective.clone(), self.settings.seam);
        let dark = ctx.theme() == egui::Theme::Dark;
        let selection = self.session.selection();
        let part = (!selection.is_empty()).then(|| pictured_part(&project, selection));
        self.pictures.number += 1;
        (self.pictures.waiting, self.pictures.told) = (true, false);
        let background = self.session.background().clone();
        self.pictures.slot.ask(&background, self.pictures.number, || {
            move |_: &Progress| {
                let look = Look { perspective: &perspective, dark, seam };
                let further = Further { engine: Some(&engine), ..Further::default() };
                let input = ExportInput { look, further, ..ExportInput::new(&project, &assessment, &engine.playbook) };
                Some(export::picture(&input, part.as_ref()).map_err(|error| error.to_string()))
            }
        });
    }

    /// Puts a picture on the clipboard once it is there.
    pub(super) fn take_picture(&mut self, ctx: &egui::Context) {
        if !self.pictures.waiting {
            return;
        }
        match self.pictures.slot.peek() {
            Some(Asked::Working(_)) => {
                if !std::mem::replace(&mut self.pictures.told, true) {
                    self.toasts.news(t("Making the picture..."));
                }
                return;
            }
            Some(Asked::Ready(made)) => match made.as_ref() {
                Ok(picture) => self.put_on_clipboard(ctx, picture),
                Err(message) => self.toasts.failed(Attempt::Picture, message.clone()),
            },
            Some(Asked::Cancelled | Asked::Failed) | None => {
                self.toasts.failed(Attempt::Picture, t("The picture could not be made; the log says more"));
            }
        }
        self.pictures.waiting = false;
        // It may be large, and the clipboard has it now.
        self.pictures.slot.forget();
    }

    fn put_on_clipboard(&mut self, ctx: &egui::Context, picture: &Picture) {
        let size = [picture.width as usize, picture.height as usize];
        ctx.copy_image(theme::image(size, &picture.rgba));
        self.toasts.done(Attempt::Picture);
        let (width, height) = (picture.width, picture.height);
        let reduced = if picture.reduced { t(", made smaller, as larger ones are not taken everywhere") } else { "" };
        self.toasts.news(tr!("Copied a picture of {width} × {height} pixels{reduced}", width, height, reduced));
    }
}
