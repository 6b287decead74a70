//! Projects on their way to disk. They are written beside the window, one after the other, so that a slow disk stops nobody from working; what
//! could not be written stays open and unsaved.

use std::{
    collections::VecDeque,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, channel},
    },
};

use super::{
    files::{Purpose, file_name},
    window::Groundplan,
};
use crate::{
    lang::{t, tr},
    project::Project,
    session::{Background, ReadOnly, Request},
    storage::{self, Expected, Known, Protection, SaveError, Written, copy_beside, protection},
    ui::dialogs::{Attempt, Standing, WaitingAnswer, waiting_ui},
};

/// Writes a project to a path in the place of what is expected there. Tests put slow and failing disks in its place.
pub type Writer = Arc<dyn Fn(&Path, &Project, &Expected) -> Result<Written, SaveError> + Send + Sync>;

/// A project that is being written.
struct Job {
    path: PathBuf,
    project: Arc<Project>,
    answer: Receiver<Result<Written, SaveError>>,
    /// When it was begun, in seconds of the window.
    since: f64,
}

impl Job {
    /// How it ended, if it has.
    fn ended(&self) -> Option<Result<Written, SaveError>> {
        match self.answer.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                let source = io::Error::other(t("the program made a mistake while writing"));
                Some(Err(SaveError::Other { path: self.path.clone(), source }))
            }
        }
    }
}

/// A save that is still to come. What it writes is the project as it stands when its turn comes.
enum Wish {
    /// To the project's own file, wherever that is by then.
    Own,
    /// To this path.
    To(PathBuf, Expected),
}

/// What is written, what is to be written next, and what is known of the project's file.
pub(super) struct Saving {
    writer: Writer,
    job: Option<Job>,
    wishes: VecDeque<Wish>,
    /// Projects that are no longer open and still being written, since somebody did not want to wait for them.
    left: Vec<Job>,
    /// The file of the open project as it was read or written last; `None` if there is none, or nobody knows.
    pub(super) known: Option<Known>,
    /// The file that somebody agreed to have written over, as they knew it.
    pub(super) overwriting: Option<PathBuf>,
}

impl Default for Saving {
    fn default() -> Self {
        Self {
            writer: Arc::new(storage::save_project_over),
            job: None,
            wishes: VecDeque::new(),
            left: Vec::new(),
            known: None,
            overwriting: None,
        }
    }
}

impl Saving {
    /// Whether the open project is being written.
    pub(super) fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// The open project makes room for another one, of whose file nothing is known yet.
    pub(super) fn leave(&mut self) {
        self.left.extend(self.job.take());
        self.wishes.clear();
        self.known = None;
    }
}

impl Groundplan {
    /// Projects are written by this function from now on; for tests of disks that are slow or fail.
    pub fn set_writer(&mut self, writer: Writer) {
        self.saving.writer = writer;
    }

    /// Long work is done this way from now on; for tests that decide when it is.
    pub fn set_background(&mut self, background: Background) {
        self.session.set_background(background.clone());
        self.background = background;
    }

    /// Saves to the project's own file, or asks where to.
    pub(super) fn save_own(&mut self, ctx: &egui::Context) {
        let Some(path) = self.session.path().cloned() else { return self.ask_where_to_save(ctx) };
        if let Some(ReadOnly::Protected(_)) = self.session.read_only() {
            self.session.set_read_only(protection(&path).map(ReadOnly::Protected));
        }
        if let Some(why) = self.session.read_only() {
            self.toasts.news(tr!("Read-only: {why}. Choose another name to save what you have", why));
            return self.ask_where_to_save(ctx);
        }
        if self.would_lose_comments() {
            return self.ask_about_comments(path);
        }
        self.session.commit_gesture();
        self.saving.wishes.push_back(Wish::Own);
        self.carry_on_saving(ctx);
    }

    /// Whether the project's file had comments when it was read, and nothing has been saved there since.
    fn would_lose_comments(&self) -> bool {
        self.saving.known.is_some_and(|known| known.is_commented())
    }

    /// Asks before the first save to a file with comments, which are lost by it.
    fn ask_about_comments(&mut self, path: PathBuf) {
        let (standing, expected) = (Standing::Commented, self.expected());
        self.dialogs.standing = Some(super::on_disk::Question { purpose: Purpose::Save, path, standing, expected });
    }

    /// Asks for a path to save to.
    pub(super) fn ask_where_to_save(&mut self, ctx: &egui::Context) {
        self.picker.ask(ctx, Purpose::Save, &self.suggested_file());
    }

    /// Where a save that needs a new name would go: beside the project's file if that cannot be written to, in the home folder if its
    /// folder cannot either.
    pub(super) fn suggested_file(&self) -> PathBuf {
        let usual = self.suggested_path("ron");
        let copy = copy_beside(&usual);
        let Some(why) = self.session.read_only() else {
            return if self.would_lose_comments() { copy } else { usual };
        };
        let is_elsewhere = matches!(why, ReadOnly::Protected(Protection::Folder | Protection::Disk));
        let home = is_elsewhere.then(std::env::home_dir).flatten();
        match (home, copy.file_name()) {
            (Some(home), Some(name)) => home.join(name),
            _ => copy,
        }
    }

    /// Saves to a path that somebody chose; what stands there may be replaced, since that was asked.
    pub(super) fn save_as(&mut self, ctx: &egui::Context, path: PathBuf) {
        let own = self.is_own(&path);
        // Whoever restored a draft may know nothing of what was written to its file since.
        if self.session.path().is_none() && self.drafting.changed_origin(&path) {
            return self.ask_what_of(Purpose::Save, &path, Standing::Changed);
        }
        if own && self.would_lose_comments() {
            return self.ask_about_comments(path);
        }
        let expected = match () {
            // Whoever agreed to replace their own file thought of what they know of it.
            () if own && self.saving.known.is_some() => self.expected(),
            () if path.exists() => Expected::Anything,
            () => Expected::Nothing,
        };
        self.save_to(ctx, path, expected);
    }

    /// Saves to a path in the place of what is expected there, now or after what is being written.
    pub(super) fn save_to(&mut self, ctx: &egui::Context, path: PathBuf, expected: Expected) {
        if matches!(self.session.read_only(), Some(ReadOnly::Newer(_))) && self.is_own(&path) {
            let message =
                t("Saving here would lose what this version does not understand of the file; choose another name");
            self.dialogs.after_save = None;
            return self.toasts.failed(Attempt::Save, format!("{message}: {}", path.display()));
        }
        self.session.commit_gesture();
        self.saving.wishes.push_back(Wish::To(path, expected));
        self.carry_on_saving(ctx);
    }

    /// Whether a path leads to the project's own file.
    fn is_own(&self, path: &Path) -> bool {
        self.session.path().is_some_and(|own| own == path || storage::same_file(own, path))
    }

    /// What the project's own file should hold. If nobody knows, it is asked about.
    fn expected(&self) -> Expected {
        self.saving.known.map_or(Expected::Nothing, |known| Expected::This(known.print()))
    }

    /// Takes what was written, begins with what is to be written next, and goes on with what waited for it.
    pub(super) fn carry_on_saving(&mut self, ctx: &egui::Context) {
        self.hear_of_left();
        let mut ended = false;
        loop {
            if let Some(job) = self.saving.job.take() {
                match job.ended() {
                    None => {
                        self.saving.job = Some(job);
                        return;
                    }
                    Some(Ok(written)) => self.written(job, &written),
                    Some(Err(error)) => self.not_written(error),
                }
                ended = true;
            }
            let Some(wish) = self.saving.wishes.pop_front() else { break };
            self.begin_to_write(ctx, wish);
        }
        // What was changed while the file was written is asked about again.
        if ended
            && self.dialogs.standing.is_none()
            && let Some(next) = self.dialogs.after_save.take()
        {
            self.carry_out(ctx, next);
        }
    }

    fn begin_to_write(&mut self, ctx: &egui::Context, wish: Wish) {
        let (path, expected) = match (wish, self.session.path()) {
            (Wish::To(path, expected), _) => (path, expected),
            (Wish::Own, Some(path)) => (path.clone(), self.expected()),
            (Wish::Own, None) => return,
        };
        // What is under somebody's hand at this moment may yet be taken back.
        let project = Arc::clone(self.session.history().gesture_base().unwrap_or(self.session.project()));
        let (sender, answer) = channel();
        let write = {
            let (writer, path, project) = (Arc::clone(&self.saving.writer), path.clone(), Arc::clone(&project));
            move || {
                // If the window is gone by now, nobody waits for the answer.
                let _ = sender.send(writer(&path, &project, &expected));
            }
        };
        self.saving.job = Some(Job { path, project, answer, since: ctx.input(|input| input.time) });
        if let Err(error) = self.background.hand(Box::new(write)) {
            log::error!("No thread could be started to save: {error}");
        }
    }

    fn written(&mut self, job: Job, written: &Written) {
        self.toasts.done(Attempt::Save);
        self.saving.overwriting = None;
        let links = if written.had_other_names { t("; its other names (hard links) keep the old version") } else { "" };
        self.toasts.news(tr!("Saved {}{links}", job.path.display(), links));
        self.recent.add(&job.path);
        self.saving.known = Some(written.known);
        self.watch.forget();
        self.session.saved(job.path, job.project);
    }

    fn not_written(&mut self, error: SaveError) {
        // The same save again would come to the same end.
        self.saving.wishes.retain(|wish| matches!(wish, Wish::To(..)));
        if let SaveError::Changed { path, found } = error {
            let own = self.is_own(&path);
            let again = self.saving.overwriting.take().is_some_and(|asked| asked == path);
            let standing = match found {
                None => Standing::Gone,
                Some(_) if own && again => Standing::ChangedAgain,
                Some(_) if own => Standing::Changed,
                Some(_) => Standing::Taken,
            };
            let expected = found.map_or(Expected::Nothing, Expected::This);
            self.dialogs.standing = Some(super::on_disk::Question { purpose: Purpose::Save, path, standing, expected });
            return;
        }
        self.dialogs.after_save = None;
        let refused = match &error {
            SaveError::WriteProtected(path) | SaveError::NotAllowed(path) | SaveError::ReadOnlyDisk(path) => Some(path),
            _ => None,
        };
        if let (Some(path), Some(own)) = (refused, self.session.path())
            && path == own
        {
            self.session.set_read_only(protection(path).map(ReadOnly::Protected));
        }
        self.toasts.failed(Attempt::Save, error.to_string());
    }

    /// Tells how projects fared that nobody waited for.
    fn hear_of_left(&mut self) {
        let toasts = &mut self.toasts;
        self.saving.left.retain(|job| match job.ended() {
            None => true,
            Some(Ok(_)) => false,
            Some(Err(error)) => {
                toasts.error(error.to_string());
                false
            }
        });
    }

    /// Says what is waited for if it takes longer than a blink, and lets nobody be kept by a disk that does not answer.
    pub(super) fn waiting_dialog(&mut self, ctx: &egui::Context) {
        const BLINK: f64 = 0.3;
        self.dialogs.waiting = false;
        let (Some(job), Some(next)) = (&self.saving.job, &self.dialogs.after_save) else { return };
        let waited = ctx.input(|input| input.time) - job.since;
        if waited < BLINK {
            return ctx.request_repaint_after_secs((BLINK - waited) as f32);
        }
        let quits = *next == Request::Quit;
        self.dialogs.waiting = true;
        match waiting_ui(ctx, &file_name(&job.path), quits) {
            Some(WaitingAnswer::Stay) => self.dialogs.after_save = None,
            Some(WaitingAnswer::Leave) => {
                if let Some(next) = self.dialogs.after_save.take() {
                    self.leave_to_the_disk();
                    self.go_on(ctx, next);
                }
            }
            None => {}
        }
    }

    /// Whether work is safe, in the status bar.
    pub(super) fn saved_text(&self) -> String {
        let words = match (self.saving.is_busy(), self.session.is_dirty(), self.session.path()) {
            (true, ..) => t("Saving..."),
            (_, true, _) => t("Unsaved changes"),
            (_, false, Some(_)) => t("Saved"),
            (_, false, None) => t("No changes"),
        };
        words.to_owned()
    }
}
