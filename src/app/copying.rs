//! What was chosen from the menus of tables and plots, carried out: on the clipboard, or into a file.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use egui::{ColorImage, Context, Rect};

use super::{
    files::{Data, Form, Purpose},
    window::Groundplan,
};
use crate::{
    export,
    lang::{t, tr},
    ui::{
        copying::{self, Wish},
        dialogs::Attempt,
    },
};

/// Frames until a menu is gone from the window.
const CLOSING: u8 = 3;

/// Frames that a picture may take. Nobody knows how long a frame lasts where there is no picture to be had.
const PATIENCE: u16 = 120;

/// What is on its way.
#[derive(Default)]
pub(super) struct Copying {
    shot: Option<Shot>,
}

/// A picture of a part of the window.
struct Shot {
    place: Rect,
    file: Option<String>,
    /// Frames until it is taken.
    wait: u8,
    /// Frames since it was asked for.
    asked: u16,
    taken: Arc<Mutex<Option<Arc<ColorImage>>>>,
}

impl Groundplan {
    /// Carries out what was chosen in this frame, and goes on with pictures.
    pub(super) fn carry_on_copying(&mut self, ctx: &Context) {
        for wish in copying::take(ctx) {
            match wish {
                Wish::Text { words, said } => {
                    ctx.copy_text(words);
                    self.announcer.answer(said.to_owned(), &self.session);
                }
                Wish::Save { name, csv } => self.ask_where(ctx, Form::Csv, name, csv.into_bytes()),
                Wish::Picture { place, file } => {
                    self.copying.shot = Some(Shot { place, file, wait: CLOSING, asked: 0, taken: Arc::default() });
                }
                Wish::Nothing => {
                    let words = t("There is no table or plot on this page");
                    self.announcer.answer(words.to_owned(), &self.session);
                }
            }
            ctx.request_repaint();
        }
        self.carry_on_shot(ctx);
    }

    /// Opens the menu of the first table or plot of the panel below.
    pub(super) fn show_copies(&mut self, ctx: &Context) {
        (self.settings.dock, self.presenting) = (true, false);
        copying::ask_for_first(ctx);
        ctx.request_repaint();
    }

    fn ask_where(&mut self, ctx: &Context, form: Form, name: String, bytes: Vec<u8>) {
        let data = Data { form, name, bytes };
        let suggested = self.suggested_data(&data);
        self.picker.ask(ctx, Purpose::Data(Arc::new(data)), &suggested);
    }

    /// Where such a file would go: beside the project's, called after both.
    pub(super) fn suggested_data(&self, data: &Data) -> PathBuf {
        let path = self.suggested_path(data.form.extension());
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        path.with_file_name(format!("{stem}-{}.{}", data.name, data.form.extension()))
    }

    /// Writes what was asked about into the file that was chosen.
    pub(super) fn save_data(&mut self, data: &Data, path: &Path) {
        self.write_beside(path, Ok(&data.bytes), t("Saved"));
    }

    /// Takes the picture once the menu is gone, and hands it on once it is there.
    fn carry_on_shot(&mut self, ctx: &Context) {
        let Some(shot) = &mut self.copying.shot else { return };
        if shot.wait > 0 {
            shot.wait -= 1;
            if shot.wait == 0 {
                let (taken, again) = (Arc::clone(&shot.taken), ctx.clone());
                ctx.request_screenshot(move |image| {
                    *taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(image);
                    again.request_repaint();
                });
            }
            ctx.request_repaint();
            return;
        }
        let taken = shot.taken.lock().unwrap_or_else(PoisonError::into_inner).take();
        shot.asked += 1;
        let Some(image) = taken else {
            if shot.asked < PATIENCE {
                // The frames are what is counted.
                return ctx.request_repaint();
            }
            self.copying.shot = None;
            copying::has_posed(ctx);
            let message = t("The window could not be made into a picture here; its data can be copied as CSV");
            return self.toasts.failed(Attempt::Picture, message);
        };
        let (place, file) = (shot.place, shot.file.take());
        self.copying.shot = None;
        copying::has_posed(ctx);
        let all = Rect::from_min_size(egui::Pos2::ZERO, ctx.content_rect().size());
        let picture = image.region(&place.intersect(all), Some(ctx.pixels_per_point()));
        let Some(name) = file else {
            let [width, height] = picture.size;
            ctx.copy_image(picture);
            self.toasts.done(Attempt::Picture);
            self.announcer.answer(tr!("Copied a picture of {width} × {height} pixels", width, height), &self.session);
            return;
        };
        let rgba: Vec<u8> = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
        match export::png(picture.size, rgba) {
            Ok(bytes) => self.ask_where(ctx, Form::Png, name, bytes),
            Err(error) => self.toasts.failed(Attempt::Picture, error.to_string()),
        }
    }
}
