//! Unsaved work: kept aside in every frame, and offered again at the next start.

use std::{sync::Arc, time::Duration};

use super::{difference::Titled, window::Groundplan};
use crate::{
    geometry::layout,
    project::Project,
    session::{Request, Session},
    storage::{
        self,
        drafts::{Content, Draft, DraftError, Drafts, Fault, Keeper, Origin, Unsaved},
    },
    ui::dialogs::{Recovery, RecoveryAnswer, RecoveryRow, RecoveryState},
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
    fault: Option<Fault>,
}

impl Drafting {
    /// Drafts in this folder, written by a thread or in the frames of the window; none without a folder.
    pub(super) fn new(folder: Option<Drafts>, threads: bool, ctx: &egui::Context) -> Self {
        let keeper = folder.clone().map(|drafts| {
            let ctx = ctx.clone();
            if threads { Keeper::on_a_thread(drafts, move || ctx.request_repaint()) } else { Keeper::by_hand(drafts) }
        });
        Self { folder, keeper, by_hand: !threads, base: None, origin: None, fault: None }
    }

    /// What is open is not wanted any more, and the window closes.
    pub(super) fn let_go(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.keep(None);
        }
    }

    /// Looks at the file of the open project whenever that was opened or saved.
    fn follow(&mut self, session: &Session) {
        if !self.base.as_ref().is_some_and(|base| Arc::ptr_eq(base, session.opened())) {
            self.base = Some(Arc::clone(session.opened()));
            self.origin = session.path().map(|path| Arc::new(Origin::now(path)));
        }
    }
}

impl Groundplan {
    /// Keeps aside what is not saved.
    pub(super) fn keep_draft(&mut self, ctx: &egui::Context) {
        self.drafting.follow(&self.session);
        let Some(keeper) = &self.drafting.keeper else { return };
        let to_lose = self.session.is_dirty() && !self.dialogs.may_close();
        keeper.keep(
            to_lose
                .then(|| Unsaved { project: Arc::clone(self.session.project()), origin: self.drafting.origin.clone() }),
        );
        if self.drafting.by_hand {
            keeper.step(Duration::try_from_secs_f64(ctx.input(|input| input.time)).unwrap_or_default());
        }
        if let Some(why) = keeper.complaint() {
            self.toasts.error(format!("Unsaved changes cannot be kept aside at the moment, so please save: {why}"));
        }
    }

    /// Offers what was not saved when the program ended the last time, if there is any.
    pub(super) fn offer_drafts(&mut self) {
        let Some(drafts) = &self.drafting.folder else { return };
        self.drafting.fault = self.drafting.fault.take().or_else(|| drafts.take_fault());
        let rows: Vec<RecoveryRow> = drafts.orphans().iter().map(row).collect();
        let fault = self.drafting.fault.as_ref().map(|fault| fault.text.clone());
        self.dialogs.recovery =
            (!rows.is_empty() || fault.is_some()).then(|| Recovery { fault, rows, ..Recovery::default() });
    }

    /// The same because somebody asked: if there is nothing, that is said.
    pub(super) fn show_drafts(&mut self) {
        self.offer_drafts();
        if self.dialogs.recovery.is_none() {
            self.toasts.news("There is no unsaved work of an earlier time");
        }
    }

    /// Shows what can be taken up again, and carries out what the person decides.
    pub(super) fn recovery_dialog(&mut self, ctx: &egui::Context) {
        let Some(answer) = self.dialogs.recovery.as_mut().and_then(|recovery| recovery.ui(ctx)) else { return };
        match answer {
            RecoveryAnswer::Later => {
                (self.dialogs.recovery, self.drafting.fault) = (None, None);
            }
            RecoveryAnswer::CopyFault => {
                let report = self.drafting.fault.as_ref().map(|fault| fault.text.clone());
                ctx.copy_text(report.unwrap_or_default());
                self.toasts.news("The report is on the clipboard");
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
                    let found = drafts.list().into_iter().find(|draft| draft.id == id);
                    found.map(|draft| state(&draft)).ok_or(DraftError::NotThere)
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
                if let Some(row) = recovery.rows.iter_mut().find(|row| row.id == id) {
                    row.state = state;
                }
            }
            Err(error) => {
                if matches!(error, DraftError::NotThere | DraftError::Owned) {
                    recovery.rows.retain(|row| row.id != id);
                }
                self.toasts.error(error.to_string());
            }
        }
    }

    /// Goes on with a draft: in no file yet, and the file it belongs to stays as it is. Of two windows that want it at once, one gets it.
    pub(super) fn restore_draft(&mut self, id: &str) {
        let Some(drafts) = &self.drafting.folder else { return };
        let (place, draft) = match drafts.claim(id) {
            Ok(claimed) => claimed,
            Err(error) => return self.toasts.error(error.to_string()),
        };
        let title = draft.title();
        let mut project = match draft.content {
            Content::Sound(project) => (*project).clone(),
            Content::Damaged(why) => return self.toasts.error(format!("The draft {title} cannot be opened: {why}")),
        };
        layout::place_missing(&mut project);
        let original = draft.origin.as_ref().map(|origin| origin.path.clone());
        self.show(Session::on_a_copy(Arc::clone(&self.engine), project, original));
        let project = Arc::clone(self.session.project());
        self.drafting.base = Some(Arc::clone(&project));
        self.drafting.origin = draft.origin.map(Arc::new);
        if let Some(keeper) = &self.drafting.keeper {
            keeper.adopt(place, Unsaved { project, origin: self.drafting.origin.clone() });
        }
        self.toasts.news(self.restored_words(&title));
    }

    fn restored_words(&self, title: &str) -> String {
        let left = self.drafting.folder.as_ref().map_or(0, |drafts| drafts.orphans().len());
        let more = match left {
            0 => String::new(),
            1 => "; one more draft waits under File, Unsaved work".to_owned(),
            several => format!("; {several} more drafts wait under File, Unsaved work"),
        };
        format!("Restored {title} as a copy, which is in no file until you save it{more}")
    }

    /// Shows what leads from the file that a draft belongs to, as it is now, to the draft.
    fn compare_draft(&mut self, id: &str) {
        let list = self.drafting.folder.as_ref().map(Drafts::list).unwrap_or_default();
        let Some(draft) = list.into_iter().find(|draft| draft.id == id) else {
            return self.toasts.error(DraftError::NotThere.to_string());
        };
        let title = format!("The draft of {}", draft.moment());
        let (Content::Sound(project), Some(origin)) = (draft.content, draft.origin) else { return };
        match storage::open_project(&origin.path, &|_| Vec::new()) {
            Ok(mut saved) => {
                layout::place_missing(&mut saved);
                let saved = Titled::new("The file on disk", Arc::new(saved));
                self.show_difference(saved, Titled::new(title, project));
            }
            Err(error) => self.toasts.error(error.to_string()),
        }
    }
}

fn row(draft: &Draft) -> RecoveryRow {
    RecoveryRow {
        id: draft.id.clone(),
        title: draft.title(),
        detail: format!("{}, {}", draft.moment(), draft.extent()),
        belonging: draft.belonging(),
        comparable: draft.origin.as_ref().is_some_and(|origin| origin.path.is_file()),
        state: state(draft),
    }
}

fn state(draft: &Draft) -> RecoveryState {
    match &draft.content {
        Content::Sound(_) => RecoveryState::Sound,
        Content::Damaged(why) => RecoveryState::Damaged(why.clone()),
    }
}
