//! Unsaved work: kept aside in every frame, and offered again at the next start.

use std::{
    path::Path,
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, channel},
    },
    time::Duration,
};

use super::{
    damaged::{Compared, DamagedDraft, Readable},
    difference::Titled,
    reading::{Landing, Told, read_placed},
    window::Groundplan,
};
use crate::{
    geometry::layout,
    lang::{t, tr},
    project::Project,
    session::{Assessed, Background, Listener, Request, Session},
    storage::{
        OpenError, Repaired, copy_beside,
        drafts::{Content, Draft, DraftError, Drafts, Fault, Keeper, MAX_DISCARDED, Origin, Place, Unsaved},
        same_file,
    },
    ui::{
        dialogs::{Attempt, Recovery, RecoveryAnswer, RecoveryRow, RecoveryState},
        typing,
    },
};

/// The draft of this window, and the drafts of those that are gone.
pub(super) struct Drafting {
    folder: Option<Drafts>,
    keeper: Option<Keeper>,
    /// Whether the window says when it is time, and no thread.
    by_hand: bool,
    /// What the file held when `origin` was looked at.
    base: Option<Arc<Project>>,
    /// The file that the open project belongs to.
    origin: Option<Arc<Origin>>,
    /// The same with what it holds, while somebody reads it: it may be large, or far away.
    reading: Option<Receiver<Origin>>,
    fault: Option<Fault>,
    /// The drafts of those that are gone, while somebody reads them.
    looking: Option<Looking>,
}

/// Drafts that are being read.
struct Looking {
    found: Receiver<Vec<RecoveryRow>>,
    /// Whether a person asked for them, and is told if there are none.
    asked: bool,
}

impl Drafting {
    /// Drafts in this folder, written by a thread or in the frames of the window; none without a folder.
    pub(super) fn new(folder: Option<Drafts>, threads: bool, ctx: &egui::Context) -> Self {
        let keeper = folder.clone().map(|drafts| {
            let ctx = ctx.clone();
            if threads { Keeper::on_a_thread(drafts, move || ctx.request_repaint()) } else { Keeper::by_hand(drafts) }
        });
        let (base, origin, reading) = (None, None, None);
        Self { folder, keeper, by_hand: !threads, base, origin, reading, fault: None, looking: None }
    }

    /// Where drafts are, if anywhere.
    pub(super) fn folder(&self) -> Option<Drafts> {
        self.folder.clone()
    }

    /// What hears of each edit at once.
    pub(super) fn listener(&self) -> Listener {
        self.keeper.as_ref().map_or_else(Listener::default, |keeper| Listener::new(keeper.listener()))
    }

    /// What is open is not wanted any more, and the window closes.
    pub(super) fn let_go(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.keep(None);
        }
    }

    /// What is open is given up: its draft can still be had back.
    pub(super) fn give_up(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.give_up();
        }
    }

    /// How many discarded drafts are kept, if what is given up now will be among them.
    pub(super) fn keeps_discarded(&self) -> Option<usize> {
        self.keeper.as_ref().filter(|keeper| keeper.is_well()).map(|_| MAX_DISCARDED)
    }

    /// The file that restored work came from, if it holds something else by now than when the work began.
    pub(super) fn changed_origin(&self, path: &Path) -> bool {
        let Some(origin) = self.origin.as_ref().filter(|origin| same_file(&origin.path, path)) else { return false };
        origin.content.is_some() && Origin::now(&origin.path).content != origin.content
    }

    /// Looks at the file of the open project whenever that was opened or saved.
    fn follow(&mut self, session: &Session, background: &Background) {
        if !self.base.as_ref().is_some_and(|base| Arc::ptr_eq(base, session.opened())) {
            self.base = Some(Arc::clone(session.opened()));
            if let Some(keeper) = &self.keeper {
                keeper.expect(session.opened());
            }
            self.origin = session.path().map(|path| Arc::new(Origin::of(path)));
            self.reading = session.path().map(|path| read_origin(path, background));
        }
        match self.reading.as_ref().map(Receiver::try_recv) {
            Some(Ok(origin)) => (self.origin, self.reading) = (Some(Arc::new(origin)), None),
            Some(Err(TryRecvError::Disconnected)) => self.reading = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
    }

    /// A draft is gone on with: it belongs to the file that it came from.
    fn go_on_with(&mut self, project: &Arc<Project>, origin: Option<Origin>) {
        self.base = Some(Arc::clone(project));
        (self.origin, self.reading) = (origin.map(Arc::new), None);
    }
}

fn read_origin(path: &Path, background: &Background) -> Receiver<Origin> {
    let (sender, origin) = channel();
    let path = path.to_owned();
    let read = move || {
        // Another project may be open by now.
        let _ = sender.send(Origin::now(&path));
    };
    if let Err(error) = background.hand(Box::new(read)) {
        log::warn!("no thread could be started to read the file of the project: {error}");
    }
    origin
}

impl Groundplan {
    /// Keeps aside what is not saved.
    pub(super) fn keep_draft(&mut self, ctx: &egui::Context) {
        self.drafting.follow(&self.session, &self.background);
        let Some(keeper) = &self.drafting.keeper else { return };
        let to_lose = self.session.is_dirty() && !self.dialogs.may_close();
        let unsaved = to_lose
            .then(|| Unsaved { project: Arc::clone(self.session.project()), origin: self.drafting.origin.clone() });
        keeper.keep_typed(unsaved, typing::waited(ctx));
        keeper.belongs_to(self.drafting.origin.as_ref());
        if self.drafting.by_hand {
            keeper.step(Duration::try_from_secs_f64(ctx.input(|input| input.time)).unwrap_or_default());
        }
        if !to_lose || keeper.is_well() {
            self.toasts.done(Attempt::KeepAside);
        }
        if let Some(why) = keeper.complaint() {
            self.toasts.failed(
                Attempt::KeepAside,
                tr!("Unsaved changes cannot be kept aside at the moment, so please save: {why}", why),
            );
        }
    }

    /// Offers what was not saved when the program ended the last time, if there is any: as soon as it is read, which nobody waits for.
    pub(super) fn offer_drafts(&mut self) {
        self.look_for_drafts(false);
    }

    /// The same because somebody asked: if there is nothing, that is said.
    pub(super) fn show_drafts(&mut self) {
        self.look_for_drafts(true);
    }

    fn look_for_drafts(&mut self, asked: bool) {
        let (sender, found) = channel();
        self.drafting.looking = Some(Looking { found, asked });
        if let Some(drafts) = self.drafting.folder.clone() {
            self.drafting.fault = self.drafting.fault.take().or_else(|| drafts.take_fault());
            let look = move || {
                let mut rows: Vec<RecoveryRow> = drafts.orphans().iter().map(|draft| row(&drafts, draft)).collect();
                // Nobody looks for their work among what cannot be read.
                rows.sort_by_key(|row| matches!(row.state, RecoveryState::Damaged { readable: false, .. }));
                if asked {
                    // Whoever asks may be after what they discarded.
                    let discarded =
                        |draft: &Draft| RecoveryRow { state: RecoveryState::Discarded, ..row(&drafts, draft) };
                    rows.extend(drafts.discarded().iter().map(discarded));
                }
                // The window may be gone by now.
                let _ = sender.send(rows);
            };
            if let Err(error) = self.background.hand(Box::new(look)) {
                log::error!("No thread could be started to look for drafts: {error}");
            }
        } else {
            // Without a place for drafts there are none.
            let _ = sender.send(Vec::new());
        }
        self.hear_of_drafts();
    }

    /// Shows the drafts that were looked for once they are read.
    fn hear_of_drafts(&mut self) {
        let Some(looking) = &self.drafting.looking else { return };
        let rows = match looking.found.try_recv() {
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => {
                self.drafting.looking = None;
                let message = t("Unsaved work of an earlier time could not be looked for; the log says why");
                return self.toasts.failed(Attempt::Recover, message);
            }
            Ok(rows) => rows,
        };
        let asked = self.drafting.looking.take().is_some_and(|looking| looking.asked);
        let fault = self.drafting.fault.as_ref().map(|fault| fault.text.clone());
        self.dialogs.recovery =
            (!rows.is_empty() || fault.is_some()).then(|| Recovery { fault, rows, ..Recovery::default() });
        if asked && self.dialogs.recovery.is_none() {
            self.toasts.news(t("There is no unsaved work of an earlier time"));
        }
    }

    /// Shows what can be taken up again, and carries out what the person decides.
    pub(super) fn recovery_dialog(&mut self, ctx: &egui::Context) {
        self.hear_of_drafts();
        let Some(answer) = self.dialogs.recovery.as_mut().and_then(|recovery| recovery.ui(ctx)) else { return };
        match answer {
            RecoveryAnswer::Later => {
                (self.dialogs.recovery, self.drafting.fault) = (None, None);
            }
            RecoveryAnswer::CopyFault => {
                let report = self.drafting.fault.as_ref().map(|fault| fault.text.clone());
                ctx.copy_text(report.unwrap_or_default());
                self.toasts.news(t("The report is on the clipboard"));
            }
            RecoveryAnswer::Restore(id) => {
                (self.dialogs.recovery, self.drafting.fault) = (None, None);
                self.carry_out(ctx, Request::RestoreDraft(id));
            }
            RecoveryAnswer::Compare(id) => self.compare_draft(&id),
            RecoveryAnswer::Discard(id) => {
                let done = |drafts: &Drafts| drafts.discard(&id).map(|()| RecoveryState::Discarded);
                self.change_row(&id, done);
            }
            RecoveryAnswer::PutBack(id) => {
                let done = |drafts: &Drafts| {
                    drafts.put_back(&id)?;
                    drafts.get(&id).map(|draft| state(drafts, &draft)).ok_or(DraftError::NotThere)
                };
                self.change_row(&id, done);
            }
            RecoveryAnswer::SetAside(id) => {
                let done = |drafts: &Drafts| {
                    drafts.set_aside(&id).map(|file| RecoveryState::SetAside(file.display().to_string()))
                };
                self.change_row(&id, done);
            }
        }
    }

    /// Does something with a draft and shows in its row what came of it; what cannot be done is said, and the row is gone if the draft is.
    fn change_row(&mut self, id: &str, change: impl Fn(&Drafts) -> Result<RecoveryState, DraftError>) {
        let (Some(drafts), Some(recovery)) = (&self.drafting.folder, &mut self.dialogs.recovery) else { return };
        match change(drafts) {
            Ok(state) => {
                self.toasts.done(Attempt::Recover);
                if let Some(row) = recovery.rows.iter_mut().find(|row| row.id == id) {
                    row.state = state;
                }
            }
            Err(error) => {
                if matches!(error, DraftError::NotThere | DraftError::Owned) {
                    recovery.rows.retain(|row| row.id != id);
                }
                self.toasts.failed(Attempt::Recover, error.to_string());
            }
        }
    }

    /// Goes on with a draft: in no file yet, and the file it belongs to stays as it is. Of two windows that want it at once, one gets it.
    pub(super) fn restore_draft(&mut self, id: &str) {
        let Some(drafts) = self.drafting.folder() else { return };
        let (id, engine) = (id.to_owned(), Arc::clone(&self.engine));
        // It was asked for among other drafts, and is there again.
        let back: Option<fn(&mut Self)> = Some(Self::show_drafts);
        let told = Told { back, ..Told::new(t("Restoring unsaved work...").to_owned(), Attempt::Recover) };
        self.read(told, move |progress| {
            let claimed = drafts.claim_while(&id, progress);
            progress.step(0)?;
            let assessed = claimed.as_ref().ok().and_then(|(_, draft)| {
                let Content::Sound(project) = &draft.content else { return None };
                let mut project = (**project).clone();
                layout::place_missing(&mut project);
                Some(Assessed::new(engine, project))
            });
            Some(Box::new(move |window: &mut Self| window.restored(claimed, assessed)) as Landing)
        });
    }

    /// Puts a draft on the screen that was read.
    fn restored(&mut self, claimed: Result<(Place, Draft), DraftError>, assessed: Option<Assessed>) {
        let (place, draft) = match claimed {
            Ok(claimed) => claimed,
            Err(error) => return self.toasts.failed(Attempt::Recover, error.to_string()),
        };
        if self.would_lose_more() {
            self.dialogs.unsaved = Some(Request::RestoreDraft(draft.id));
            return;
        }
        let title = draft.title();
        let assessed = match (&draft.content, assessed) {
            (Content::Sound(_), Some(assessed)) => assessed.by(&self.engine),
            (Content::Sound(project), None) => Assessed::new(Arc::clone(&self.engine), (**project).clone()),
            (Content::Damaged(why), _) => {
                let why = why.clone();
                return self.read_draft(DamagedDraft { place, draft, why });
            }
        };
        let original = draft.origin.as_ref().map(|origin| origin.path.clone());
        self.show(Session::of_copy(assessed, original));
        self.toasts.done(Attempt::Recover);
        let project = Arc::clone(self.session.project());
        self.drafting.go_on_with(&project, draft.origin);
        if let Some(keeper) = &self.drafting.keeper {
            keeper.adopt(place, Unsaved { project, origin: self.drafting.origin.clone() });
        }
        self.toasts.news(self.restored_words(&title));
    }

    /// Goes on with what can be read of a damaged draft, in no file yet. Its text is kept aside as it is.
    pub(super) fn restore_part(&mut self, damaged: DamagedDraft, part: Option<Readable>) {
        let DamagedDraft { place, draft, why } = damaged;
        let Some(drafts) = self.drafting.folder.clone() else { return };
        let title = draft.title();
        let Some((assessed, Repaired { notes, .. })) = part.map(|part| (part.assessed(&self.engine), part.part)) else {
            let message =
                tr!("Nothing can be read of the draft {title} ({why}); its text can be kept aside", title, why);
            return self.toasts.failed(Attempt::Recover, message);
        };
        // Whoever puts it aside claims it for that moment.
        drop(place);
        let file = match drafts.set_aside(&draft.id) {
            Ok(file) => file,
            Err(error) => return self.toasts.failed(Attempt::Recover, error.to_string()),
        };
        let copy = draft.origin.as_ref().map(|origin| copy_beside(&origin.path));
        self.toasts.done(Attempt::Recover);
        self.show_part(&file, assessed, copy, &notes);
        let project = Arc::clone(self.session.project());
        self.drafting.go_on_with(&project, draft.origin);
    }

    fn restored_words(&self, title: &str) -> String {
        let left = self.drafting.folder.as_ref().map_or(0, Drafts::waiting);
        let more = match left {
            0 => String::new(),
            1 => t("; one more draft waits under File, Unsaved work").to_owned(),
            several => tr!("; {several} more drafts wait under File, Unsaved work", several),
        };
        tr!("Restored {title} as a copy, which is in no file until you save it{more}", title, more)
    }

    /// Shows what leads from the file that a draft belongs to, as it is now, to the draft.
    fn compare_draft(&mut self, id: &str) {
        let (drafts, id) = (self.drafting.folder(), id.to_owned());
        let told = Told::new(t("Reading the draft and its file...").to_owned(), Attempt::Compare);
        self.read(told, move |progress| {
            let draft = drafts.and_then(|drafts| drafts.get_while(&id, progress));
            progress.step(0)?;
            let saved = match draft.as_ref().and_then(|draft| draft.origin.as_ref()) {
                Some(origin) => Some(read_placed(&origin.path, &|_| Vec::new(), progress)?.map(|(saved, _)| saved)),
                None => None,
            };
            Some(Box::new(move |window: &mut Self| window.compare_read_draft(draft, saved)) as Landing)
        });
    }

    fn compare_read_draft(&mut self, draft: Option<Draft>, saved: Option<Result<Project, OpenError>>) {
        let Some(draft) = draft else {
            return self.toasts.failed(Attempt::Compare, DraftError::NotThere.to_string());
        };
        let title = tr!("The draft of {}", draft.moment());
        let (Content::Sound(project), Some(origin), Some(saved)) = (draft.content, draft.origin, saved) else { return };
        let draft = Titled::new(title, project);
        match saved {
            Ok(saved) => self.show_difference(Titled::new(t("The file on disk"), Arc::new(saved)), draft),
            Err(error) => self.cannot_compare(&origin.path, &error, Compared::Draft(draft)),
        }
    }
}

fn row(drafts: &Drafts, draft: &Draft) -> RecoveryRow {
    RecoveryRow {
        id: draft.id.clone(),
        title: draft.title(),
        detail: format!("{}, {}", draft.moment(), draft.extent()),
        belonging: draft.belonging(),
        comparable: draft.origin.as_ref().is_some_and(|origin| origin.path.is_file()),
        state: state(drafts, draft),
    }
}

fn state(drafts: &Drafts, draft: &Draft) -> RecoveryState {
    match &draft.content {
        Content::Sound(_) => RecoveryState::Sound,
        Content::Damaged(why) => {
            RecoveryState::Damaged { why: why.clone(), readable: drafts.readable_part(&draft.id).is_some() }
        }
    }
}
