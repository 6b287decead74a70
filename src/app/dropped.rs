//! Files that are dropped on the window.

use std::path::PathBuf;

use egui::{Align2, Area, Id, LayerId, Order, Stroke, StrokeKind, vec2};

use super::{files::file_name, reading::Told, window::Groundplan};
use crate::{
    lang::{t, tr},
    project::Project,
    session::{Action, PasteAt, Request},
    storage::OpenError,
    ui::{
        Actions,
        dialogs::{Attempt, DroppedAnswer, dropped_ui},
        theme::{Face, Tokens, radius, text},
    },
};

/// A project file that was dropped on the sheet, until it is said what is to become of it.
pub(super) struct Dropped {
    path: PathBuf,
    project: Project,
    at: PasteAt,
}

impl Groundplan {
    /// Takes what was dropped in this frame: a project is opened, or put into the plan that is open. Whatever cannot be taken is said,
    /// and the plan stays as it is.
    pub(super) fn take_dropped(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let paths: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let path = match paths.as_slice() {
            [] => return,
            [one] => one,
            several => {
                return self
                    .toasts
                    .failed(Attempt::Open, tr!("{} files were dropped; drop one project at a time", several.len()));
            }
        };
        if self.dialogs.asks() {
            return self.toasts.failed(Attempt::Open, t("Answer the open question first, then drop the file again"));
        }
        if path.is_dir() {
            return self.toasts.failed(Attempt::Open, tr!("This is a folder; drop a project file: {}", path.display()));
        }
        // What was being read is not what is wanted now.
        self.dialogs.reading = None;
        let project = self.session.project();
        let empty = project.components.is_empty() && project.boundaries.is_empty() && project.sticky_notes.is_empty();
        if self.welcome || empty {
            actions.push(Action::Request(Request::OpenPath(path.clone())));
            return;
        }
        let (at, told) = (self.drop_place(ctx), Told::new(tr!("Reading {}...", file_name(path)), Attempt::Open));
        self.read_beside(told, path, move |window, path, read| window.take(path, at, read));
    }

    /// Asks what is to become of a dropped file that was read.
    fn take(&mut self, path: PathBuf, at: PasteAt, read: Result<Project, OpenError>) {
        match read {
            Ok(project) => {
                self.toasts.done(Attempt::Open);
                self.dialogs.dropped = Some(Dropped { path, project, at });
            }
            // The plan that is open must not make room for what can be read of a file without being asked about.
            Err(OpenError::Read { source, .. }) if source.newer.is_none() => {
                let what = source.problems.first().map(|problem| format!(" ({problem})")).unwrap_or_default();
                let way = t("open it from the File menu to see all that is wrong, and to have what can be read");
                self.toasts.failed(Attempt::Open, tr!("{} is damaged{what}; {way}", file_name(&path), what, way));
            }
            Err(error) => self.toasts.failed(Attempt::Open, error.to_string()),
        }
    }

    /// Where the pointer is on the sheet; its middle, where the desktop does not say.
    fn drop_place(&self, ctx: &egui::Context) -> PasteAt {
        let canvas = &self.screen.canvas;
        let pointer = ctx.input(|input| input.pointer.hover_pos()).filter(|pos| canvas.viewport().contains(*pos));
        PasteAt::Centre(canvas.world_at(pointer.unwrap_or(canvas.viewport().center())))
    }

    /// Asks what is to become of a dropped file.
    pub(super) fn dropped_dialog(&mut self, ctx: &egui::Context) {
        let Some(dropped) = &self.dialogs.dropped else { return };
        let project = &dropped.project;
        let elements = project.components.len() + project.boundaries.len() + project.sticky_notes.len();
        let Some(answer) = dropped_ui(ctx, &file_name(&dropped.path), elements) else { return };
        let Some(dropped) = self.dialogs.dropped.take() else { return };
        match answer {
            DroppedAnswer::Open => self.carry_out(ctx, Request::OpenPath(dropped.path)),
            DroppedAnswer::Insert => self.session.paste_part(t("Insert"), &dropped.project, dropped.at),
            DroppedAnswer::Cancel => {}
        }
    }

    /// Says what letting go would do while files hang over the window.
    pub(super) fn hovering_ui(ctx: &egui::Context) {
        let files = ctx.input(|input| input.raw.hovered_files.clone());
        let words = match files.as_slice() {
            [] => return,
            [file] => match file.path.as_deref() {
                Some(path) if path.is_dir() => tr!("{} is a folder; a project file is needed", file_name(path)),
                Some(path) => tr!("Drop to take {}", file_name(path)),
                None => t("Drop to take the file").to_owned(),
            },
            several => tr!("{} files; drop one project at a time", several.len()),
        };
        let tokens = Tokens::of_visuals(&ctx.global_style().visuals);
        let all = ctx.content_rect();
        let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("hovering files")));
        painter.rect_filled(all, 0.0, tokens.app.gamma_multiply(0.6));
        painter.rect_stroke(all.shrink(8.0), radius::CARD, Stroke::new(2.0, tokens.accent.ink), StrokeKind::Inside);
        Area::new(Id::unique("hovering words"))
            .order(Order::Tooltip)
            .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
            .show(ctx, |ui| ui.label(text(&words, Face::SemiBold, 18.0).color(tokens.text)));
    }
}
