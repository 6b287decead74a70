//! A plain question for a path, for machines without a file dialog of their own.

use std::path::{Path, PathBuf};

use egui::{Button, Key, ScrollArea, TextEdit};

use super::modal;
use crate::{
    lang::t,
    ui::theme::{Face, Tokens, text},
};

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum PromptAnswer {
    /// The path to use.
    Path(PathBuf),
    /// The person left.
    Cancel,
}

/// The prompt while it is open.
pub struct PathPrompt {
    title: String,
    verb: &'static str,
    path: String,
    /// The folder of the first guess, and how it reads: names that are no text cannot be typed.
    folder_of_guess: Option<(PathBuf, String)>,
    /// Whether the path is for reading; else an existing file asks before it is replaced.
    reading: bool,
    /// Whether a folder is asked for.
    folder: bool,
    extension: &'static str,
    complaint: Option<String>,
    /// The path that the person was already warned about.
    replace: Option<PathBuf>,
    first_frame: bool,
    /// The folder that was last looked into and what lies there: a folder is read once, not in every frame.
    listed: Option<(PathBuf, Vec<PathBuf>)>,
}

impl PathPrompt {
    /// A prompt with a first guess; `verb` is what its button says.
    pub fn new(title: String, verb: &'static str, guess: &Path, reading: bool, extension: &'static str) -> Self {
        let path = guess.to_string_lossy().into_owned();
        let folder_of_guess = guess
            .parent()
            .filter(|folder| folder.to_str().is_none())
            .map(|folder| (folder.to_owned(), folder.to_string_lossy().into_owned()));
        Self {
            title,
            verb,
            path,
            folder_of_guess,
            reading,
            folder: false,
            extension,
            complaint: None,
            replace: None,
            first_frame: true,
            listed: None,
        }
    }

    /// The same prompt for a folder that is there.
    #[must_use]
    pub fn for_a_folder(self) -> Self {
        Self { folder: true, ..self }
    }

    /// Shows the prompt; `None` while nothing is decided. `neighbours` are files that can be chosen with a click.
    pub fn ui(&mut self, ctx: &egui::Context) -> Option<PromptAnswer> {
        let title = self.title.clone();
        let response = modal(ctx, "path", &title, 560.0, |ui| self.contents_ui(ui));
        let closed = response.should_close();
        response.inner.or(closed.then_some(PromptAnswer::Cancel))
    }

    fn contents_ui(&mut self, ui: &mut egui::Ui) -> Option<PromptAnswer> {
        let tokens = Tokens::of(ui);
        ui.label(
            text(t("This machine has no file dialog, so please type the path"), Face::Regular, 13.0)
                .color(tokens.muted),
        );
        let field = ui.add(TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY).hint_text(t("Path")));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, t("Path")));
        if std::mem::take(&mut self.first_frame) {
            field.request_focus();
            select_all(ui, field.id, &self.path);
        }
        if field.changed() {
            (self.complaint, self.replace) = (None, None);
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut answer = None;
        if self.reading && !self.folder {
            answer = self.neighbours_ui(ui);
        }
        if let Some(complaint) = &self.complaint {
            ui.label(text(complaint, Face::Regular, 13.0).color(tokens.warning.ink));
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let label = if self.replace.is_some() { t("Replace") } else { self.verb };
            let button = Button::new(text(label, Face::Medium, 13.0).color(tokens.on_accent)).fill(tokens.accent.ink);
            // Enter in the path, pressed once more, is no answer to the question.
            let asked = self.replace.is_some();
            if ui.add(button).clicked() || entered && !asked {
                answer = self.accept();
                if answer.is_none() {
                    field.request_focus();
                }
            } else if entered {
                field.request_focus();
            }
            if ui.button(t("Cancel")).clicked() {
                answer = Some(PromptAnswer::Cancel);
            }
        });
        answer
    }

    /// The files beside the typed path, to choose from.
    fn neighbours_ui(&mut self, ui: &mut egui::Ui) -> Option<PromptAnswer> {
        let typed = self.typed();
        let folder = if typed.is_dir() { typed } else { typed.parent()?.to_owned() };
        if self.listed.as_ref().is_none_or(|(listed, _)| *listed != folder) {
            let files = files_in(&folder, self.extension);
            self.listed = Some((folder, files));
        }
        let (_, files) = self.listed.as_ref()?;
        let mut answer = None;
        ScrollArea::vertical().max_height(160.0).auto_shrink([false, true]).show(ui, |ui| {
            for file in files {
                let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if ui.add(Button::new(name).frame_when_inactive(false)).clicked() {
                    answer = Some(PromptAnswer::Path(file.clone()));
                }
            }
        });
        answer
    }

    /// The path as typed; below the folder of the first guess where it reads like that.
    fn typed(&self) -> PathBuf {
        let typed = Path::new(self.path.trim());
        if let (Ok(below), Some(home)) = (typed.strip_prefix("~"), std::env::home_dir()) {
            return home.join(below);
        }
        let below = self
            .folder_of_guess
            .as_ref()
            .and_then(|(folder, reads)| Some(folder.join(typed.strip_prefix(reads).ok()?)));
        below.unwrap_or_else(|| typed.to_owned())
    }

    fn accept(&mut self) -> Option<PromptAnswer> {
        let mut path = self.typed();
        if self.folder {
            if path.is_dir() {
                return Some(PromptAnswer::Path(path));
            }
            self.complaint = Some(t("There is no such folder").to_owned());
            return None;
        }
        if self.path.trim().is_empty() || path.is_dir() {
            self.complaint = Some(t("Type the name of a file, not of a folder").to_owned());
            return None;
        }
        if self.reading {
            if path.is_file() {
                return Some(PromptAnswer::Path(path));
            }
            self.complaint = Some(t("There is no such file").to_owned());
            return None;
        }
        if path.extension().is_none() {
            path.set_extension(self.extension);
        }
        if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            self.complaint = Some(t("There is no such folder; make it first or choose another").to_owned());
            return None;
        }
        if path.exists() && self.replace.as_ref() != Some(&path) {
            self.complaint = Some(
                t("This file is already there, and what it holds would be lost. Replace (Tab leads there) writes over it")
                    .to_owned(),
            );
            self.replace = Some(path);
            return None;
        }
        Some(PromptAnswer::Path(path))
    }
}

/// Marks the whole path, so that typing replaces it.
fn select_all(ui: &egui::Ui, field: egui::Id, path: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let end = egui::text::CCursor::new(path.chars().count());
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(egui::text::CCursor::new(0), end)));
    state.store(ui.ctx(), field);
}

/// At most 200 files of a folder with this extension, by name; none if the folder cannot be read.
fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .take(200)
        .collect();
    files.sort();
    files
}
