//! Reading files and drafts beside the window, at one place for all who want one: small ones are there at once, of others it is told how far they
//! are, and they can be left. Nothing happens to what is open before all is read, so whoever leaves loses nothing.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel},
    },
    time::Duration,
};

use egui::{Context, Event, Key};

use super::window::Groundplan;
use crate::{
    geometry::layout,
    lang::t,
    progress::Progress,
    project::{Problem, Project},
    session::{Assessed, Background},
    storage::{self, Known, OpenError, Protection, protection},
    ui::dialogs::{Attempt, reading_ui},
};

/// What becomes of what was read, in the window.
pub(super) type Landing = Box<dyn FnOnce(&mut Groundplan) + Send>;

/// So long a frame waits for what is read: most plans are there by then, and nobody sees anything in between.
const GRACE: Duration = Duration::from_millis(60);

/// So long nothing is told of what is read, in seconds: less is over before anybody has read it.
const BLINK_S: f64 = 0.3;

/// Something that is being read. Whoever lets go of it cancels that.
pub(super) struct Reading {
    told: Told,
    progress: Progress,
    answer: Receiver<Option<Landing>>,
    /// Since when it is seen that it is read, in seconds of the window.
    since_s: Option<f64>,
    /// Keys that were pressed before that was told: they were meant for what is read.
    keys: Vec<Event>,
    /// Whether the window began with it: then there is nothing else to be seen meanwhile.
    at_start: bool,
}

/// What is told of what is read.
pub(super) struct Told {
    /// What is done: `Opening plan.ron...`.
    pub(super) title: String,
    /// What it is that failed if it fails.
    pub(super) attempt: Attempt,
    /// What is gone back to if somebody cancels it.
    pub(super) back: Option<fn(&mut Groundplan)>,
}

impl Told {
    /// So that nothing is gone back to.
    pub(super) fn new(title: String, attempt: Attempt) -> Self {
        Self { title, attempt, back: None }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// How a reading stands.
enum Heard {
    Nothing,
    Landed(Landing),
    /// The work ended without an answer, which is a fault of the program.
    Lost,
}

impl Reading {
    fn heard(&self, wait: Option<Duration>) -> Heard {
        let answer = match wait {
            None => self.answer.try_recv(),
            Some(wait) => self.answer.recv_timeout(wait).map_err(|error| match error {
                RecvTimeoutError::Timeout => TryRecvError::Empty,
                RecvTimeoutError::Disconnected => TryRecvError::Disconnected,
            }),
        };
        match answer {
            Ok(Some(landing)) => Heard::Landed(landing),
            Err(TryRecvError::Empty) => Heard::Nothing,
            Ok(None) | Err(TryRecvError::Disconnected) => Heard::Lost,
        }
    }
}

/// A project of a file, ready to be opened.
pub(super) struct FileRead {
    pub(super) assessed: Assessed,
    /// What stood in the file.
    pub(super) known: Known,
    /// Why the file may not be written to, if so.
    pub(super) protection: Option<Protection>,
}

/// The project in a file, with a place for everything in it, and what stood in the file; `None` if it was cancelled. Pipes and devices, which might
/// never end, are refused.
pub(super) fn read_placed(
    path: &Path,
    check: &dyn Fn(&Project) -> Vec<Problem>,
    progress: &Progress,
) -> Option<Result<(Project, Known), OpenError>> {
    let (text, known) = match storage::read_known(path) {
        Ok(read) => read,
        Err(error) => return Some(Err(error)),
    };
    let read = storage::read_project_while(&text, check, progress)?;
    let placed = |mut project| {
        layout::place_missing(&mut project);
        (project, known)
    };
    Some(read.map(placed).map_err(|source| OpenError::Read { path: path.to_owned(), source }))
}

impl Groundplan {
    /// Has something read, and what becomes of it done in the window when it is. What was being read before is not wanted any more.
    pub(super) fn read(&mut self, told: Told, work: impl FnOnce(&Progress) -> Option<Landing> + Send + 'static) {
        let progress = Progress::default();
        let (sender, answer) = channel();
        let run = {
            let progress = progress.clone();
            move || {
                // Who cancelled it does not wait for an answer.
                let _ = sender.send(work(&progress));
            }
        };
        let attempt = told.attempt;
        // What asked for it gives way at once, and not for nothing to be seen.
        let since_s = self.dialogs.asks().then_some(f64::NEG_INFINITY);
        self.dialogs.reading = Some(Reading { told, progress, answer, since_s, keys: Vec::new(), at_start: false });
        if let Err(error) = self.background.hand(Box::new(run)) {
            log::error!("No thread could be started to read: {error}");
            self.dialogs.reading = None;
            return self.toasts.failed(attempt, t("This cannot be read at the moment; the log says why"));
        }
        let wait = matches!(self.background, Background::Threads(_)).then_some(GRACE);
        self.hear_of_file(wait);
    }

    /// Opens the project file that the window was started with.
    pub(super) fn open_at_start(&mut self, path: &Path) {
        self.open_path(path);
        if let Some(reading) = &mut self.dialogs.reading {
            reading.at_start = true;
        }
    }

    /// Whether the window waits for what it was started with.
    pub(super) fn waits_for_first(&self) -> bool {
        self.dialogs.reading.as_ref().is_some_and(|reading| reading.at_start)
    }

    /// Has a project file read to be opened.
    pub(super) fn read_to_open(
        &mut self,
        told: Told,
        path: &Path,
        land: impl FnOnce(&mut Self, PathBuf, Result<FileRead, OpenError>) + Send + 'static,
    ) {
        let (path, engine) = (path.to_owned(), Arc::clone(&self.engine));
        self.read(told, move |progress| {
            let read = read_placed(&path, &|project| engine.check(project), progress)?;
            let read = read.map(|(project, known)| {
                let protection = protection(&path);
                FileRead { assessed: Assessed::new(engine, project), known, protection }
            });
            progress.step(0)?;
            Some(Box::new(move |window: &mut Self| land(window, path, read)) as Landing)
        });
    }

    /// Has a project file read to be looked at beside the plan that is open.
    pub(super) fn read_beside(
        &mut self,
        told: Told,
        path: &Path,
        land: impl FnOnce(&mut Self, PathBuf, Result<Project, OpenError>) + Send + 'static,
    ) {
        let (path, engine) = (path.to_owned(), Arc::clone(&self.engine));
        self.read(told, move |progress| {
            let read = read_placed(&path, &|project| engine.check(project), progress)?.map(|(project, _)| project);
            Some(Box::new(move |window: &mut Self| land(window, path, read)) as Landing)
        });
    }

    /// Goes on with what was read, if it is.
    pub(super) fn hear_of_file(&mut self, wait: Option<Duration>) {
        let heard = match &self.dialogs.reading {
            Some(reading) => reading.heard(wait),
            None => return,
        };
        if matches!(heard, Heard::Nothing) {
            return;
        }
        let Some(mut reading) = self.dialogs.reading.take() else { return };
        match heard {
            Heard::Landed(land) => land(self),
            Heard::Nothing | Heard::Lost => {
                self.toasts.failed(reading.told.attempt, t("This cannot be read at the moment; the log says why"));
            }
        }
        // They were not meant for a question that nobody knew of.
        if !self.dialogs.any_open() {
            self.keys_meanwhile.append(&mut reading.keys);
        }
    }

    /// At the beginning of a frame: keys that are pressed while it is not told yet that something is read wait for it.
    pub(super) fn keep_keys_for_file(&mut self, ctx: &Context) {
        if !self.keys_meanwhile.is_empty() {
            let keys = std::mem::take(&mut self.keys_meanwhile);
            ctx.input_mut(|input| drop(input.events.splice(0..0, keys)));
        }
        let Some(reading) = self.dialogs.reading.as_mut().filter(|reading| !is_told(reading.since_s, ctx)) else {
            return;
        };
        let waits = |event: &Event| match event {
            Event::Key { key, .. } => *key != Key::Escape,
            Event::Text(_) | Event::Paste(_) | Event::Copy | Event::Cut | Event::Ime(_) => true,
            _ => false,
        };
        ctx.input_mut(|input| reading.keys.extend(input.events.extract_if(.., |event| waits(event))));
    }

    /// Says what is read if it takes longer than a blink, and cancels it if that is wanted.
    pub(super) fn reading_dialog(&mut self, ctx: &Context) {
        let Some(reading) = &mut self.dialogs.reading else { return };
        let now_s = ctx.input(|input| input.time);
        let since_s = *reading.since_s.get_or_insert(now_s);
        let share = reading.progress.share();
        // A little less, as the two are rounded differently.
        let shown = is_told(Some(since_s), ctx).then_some((share, share >= storage::READ_SHARE - 0.001));
        if shown.is_none() {
            ctx.request_repaint_after_secs((since_s + BLINK_S - now_s) as f32);
        }
        if reading_ui(ctx, &reading.told.title, shown) {
            let back = reading.told.back;
            self.dialogs.reading = None;
            if let Some(back) = back {
                back(self);
            }
        }
    }
}

/// Whether it is told by now that something is read.
fn is_told(since_s: Option<f64>, ctx: &Context) -> bool {
    since_s.is_some_and(|since_s| ctx.input(|input| input.time) - since_s >= BLINK_S)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.ron");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [&pipe, Path::new("/dev/zero"), folder.path()] {
            let refused = read_placed(path, &|_| Vec::new(), &Progress::default()).unwrap().unwrap_err();
            assert!(refused.to_string().contains("it is a folder, a pipe or a device"), "{refused}");
        }
    }
}
