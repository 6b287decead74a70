//! The project's file under other programs' hands: noticed when the window is come back to, and told with what can be done.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, channel},
    },
};

use egui::{Event, Frame, Margin, Panel, Ui};

use super::{
    damaged::Compared,
    difference::Titled,
    files::{Purpose, file_name},
    reading::{FileRead, Told},
    window::Groundplan,
};
use crate::{
    lang::{t, tr},
    session::{ReadOnly, Request},
    storage::{self, Expected, Fingerprint, Known, Now, OpenError, Protection, copy_beside, protection},
    ui::{
        dialogs::{Attempt, Standing, StandingAnswer, standing_ui},
        notice::{Notice, NoticeAnswer, notice_ui},
        theme::Tokens,
    },
};

/// What stands where something is to be written, until it is said what is to become of it.
pub(super) struct Question {
    pub(super) purpose: Purpose,
    pub(super) path: PathBuf,
    pub(super) standing: Standing,
    /// What was seen there: only this is replaced.
    pub(super) expected: Expected,
}

/// What was seen at a path.
struct Seen {
    known: Known,
    now: io::Result<Now>,
    protection: Option<Protection>,
}

/// Looks at the project's file now and then.
#[derive(Default)]
pub(super) struct Watch {
    /// Somebody is looking; a network may take its time.
    looking: Option<(PathBuf, Known, Receiver<Seen>)>,
    /// What is told, and what was seen.
    notice: Option<(Notice, Option<Fingerprint>)>,
    /// What was told already and left as it is.
    dismissed: Option<(Notice, Option<Fingerprint>)>,
}

impl Watch {
    /// Whatever was told about the file is no longer so.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

impl Groundplan {
    /// Looks at the project's file when the window gets the keyboard. Nobody looks while nobody works here, and the file is read only if
    /// the system says that something about it changed.
    pub(super) fn watch_file(&mut self, ctx: &egui::Context) {
        if ctx.input(|input| input.events.contains(&Event::WindowFocused(true))) {
            self.look_at_file();
        }
        let Some((path, before, answer)) = &self.watch.looking else { return };
        let seen = match answer.try_recv() {
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => None,
            // Saved, reloaded or closed meanwhile: what was seen is of the past.
            Ok(seen) => Some(seen).filter(|_| {
                self.saving.known == Some(*before) && self.session.path() == Some(path) && !self.saving.is_busy()
            }),
        };
        self.watch.looking = None;
        if let Some(seen) = seen {
            self.seen(&seen);
        }
    }

    fn look_at_file(&mut self) {
        let (Some(path), Some(known)) = (self.session.path().cloned(), self.saving.known) else { return };
        if self.watch.looking.is_some() || self.saving.is_busy() {
            return;
        }
        let (sender, answer) = channel();
        self.watch.looking = Some((path.clone(), known, answer));
        let look = move || {
            let mut known = known;
            let now = known.look(&path);
            // Nobody may be waiting any more.
            let _ = sender.send(Seen { known, now, protection: protection(&path) });
        };
        if let Err(error) = self.background.hand(Box::new(look)) {
            log::warn!("No thread could be started to look at the file: {error}");
        }
    }

    fn seen(&mut self, seen: &Seen) {
        let notice = match &seen.now {
            Ok(Now::Same) => None,
            Ok(Now::Other(print)) => Some((Notice::Changed, Some(*print))),
            Ok(Now::Gone) => Some((Notice::Gone, None)),
            // Saving will tell.
            Err(error) => return log::warn!("the project's file could not be looked at: {error}"),
        };
        if notice.is_none() {
            self.saving.known = Some(seen.known);
            self.watch.dismissed = None;
        }
        if !matches!(self.session.read_only(), Some(ReadOnly::Newer(_))) {
            self.session.set_read_only(seen.protection.map(ReadOnly::Protected));
        }
        self.watch.notice = notice.filter(|notice| self.watch.dismissed != Some(*notice));
    }

    /// The line that tells of the file, if there is something to tell.
    pub(super) fn notice_ui(&mut self, ui: &mut Ui) {
        let (Some((notice, _)), Some(path)) = (self.watch.notice, self.session.path().cloned()) else { return };
        let (tokens, name, dirty) = (Tokens::of(ui), file_name(&path), self.session.is_dirty());
        let frame = Frame::new().fill(tokens.warning.surface).inner_margin(Margin::symmetric(12, 0));
        let shown =
            Panel::top("file notice").exact_size(36.0).frame(frame).show(ui, |ui| notice_ui(ui, &name, notice, dirty));
        let Some(answer) = shown.inner else { return };
        let ctx = ui.ctx().clone();
        match answer {
            NoticeAnswer::Reload => self.reload(),
            NoticeAnswer::Difference => self.show_what_differs(&path),
            NoticeAnswer::Save => self.carry_out(&ctx, Request::Save),
            NoticeAnswer::SaveAs => self.carry_out(&ctx, Request::SaveAs),
            NoticeAnswer::Dismiss => self.watch.dismissed = self.watch.notice.take(),
        }
    }

    /// Takes what stands in the project's file now. What was here is one step of undo away, so nobody is asked; view and selection stay.
    pub(super) fn reload(&mut self) {
        let Some(path) = self.session.path().cloned() else { return };
        let told = Told::new(tr!("Reading {} again...", file_name(&path)), Attempt::Open);
        let plan = self.session.number();
        self.read_to_open(told, &path, move |window, path, read| {
            // Another one may have come in its place, or been saved elsewhere.
            if window.session.number() == plan && window.session.path() == Some(&path) {
                window.reloaded(&path, read);
            }
        });
    }

    fn reloaded(&mut self, path: &Path, read: Result<FileRead, OpenError>) {
        match read {
            Ok(FileRead { assessed, known, .. }) => {
                self.toasts.done(Attempt::Open);
                self.session.reload(assessed);
                self.saving.known = Some(known);
                self.watch.forget();
                self.toasts.news(tr!("Read again from {}; undo brings back what was here", file_name(path)));
            }
            Err(error @ (OpenError::Read { .. } | OpenError::NotText { .. })) => {
                self.cannot_compare(path, &error, Compared::Own);
            }
            Err(error) => self.toasts.failed(Attempt::Open, error.to_string()),
        }
    }

    /// Shows what differs between a file of the project as it stands and what is here.
    fn show_what_differs(&mut self, path: &Path) {
        let told = Told::new(tr!("Reading {}...", file_name(path)), Attempt::Compare);
        self.read_beside(told, path, |window, path, read| match read {
            Ok(project) => {
                let there = Titled::new(tr!("{} on disk", file_name(&path)), Arc::new(project));
                let here = Titled::new(t("This plan"), Arc::clone(window.session.project()));
                window.show_difference(there, here);
            }
            Err(error) => window.cannot_compare(&path, &error, Compared::Own),
        });
    }

    /// Asks what is to become of a file that is in the way, or is another one than was expected.
    pub(super) fn standing_dialog(&mut self, ctx: &egui::Context) {
        let Some(question) = &self.dialogs.standing else { return };
        let Some(answer) = standing_ui(ctx, &file_name(&question.path), question.standing) else { return };
        let Some(question) = self.dialogs.standing.take() else { return };
        match answer {
            StandingAnswer::Write => match question.purpose {
                Purpose::Save => {
                    let seen = question.standing != Standing::Commented;
                    self.saving.overwriting = seen.then(|| question.path.clone());
                    self.save_to(ctx, question.path, question.expected);
                }
                purpose => self.path_chosen(ctx, &purpose, question.path),
            },
            StandingAnswer::Elsewhere => {
                let own = question.standing == Standing::Commented;
                let near = if own { copy_beside(&question.path) } else { question.path };
                self.picker.ask(ctx, question.purpose, &near);
            }
            StandingAnswer::Difference => {
                // It stands before the question, which is still to be answered.
                let path = question.path.clone();
                self.dialogs.standing = Some(question);
                self.show_what_differs(&path);
            }
            StandingAnswer::Cancel => self.dialogs.after_save = None,
        }
    }

    /// A path that somebody chose before its ending was put to it: what stands there by its whole name was not asked about.
    pub(super) fn is_in_the_way(&mut self, purpose: &Purpose, path: &Path) -> bool {
        let taken = path.exists();
        if taken {
            self.ask_what_of(purpose.clone(), path, Standing::Taken);
        }
        taken
    }

    /// Asks what is to become of a file as it is now.
    pub(super) fn ask_what_of(&mut self, purpose: Purpose, path: &Path, standing: Standing) {
        let found = storage::Fingerprint::of_file(path).ok().flatten();
        let expected = found.map_or(Expected::Anything, Expected::This);
        self.dialogs.standing = Some(Question { purpose, path: path.to_owned(), standing, expected });
    }

    /// Says whether the project may be written back to the file it was just read from.
    pub(super) fn note_protection(&mut self, protection: Option<Protection>) {
        if self.session.read_only().is_none() {
            self.session.set_read_only(protection.map(ReadOnly::Protected));
        }
        if let Some(why) = self.session.read_only() {
            self.toasts.news(tr!("Read-only: {why}. What you change can be saved under another name", why));
        }
    }
}
