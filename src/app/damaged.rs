//! Project files that cannot be read as they are: what is wrong with them is told, and what can be read is opened as a copy.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{difference::Titled, files::file_name, window::Groundplan};
use crate::{
    figures::{Unit, counted},
    geometry::layout,
    lang::{t, tr},
    project::Project,
    session::{ReadOnly, Session},
    storage::{self, LocatedProblem, OpenError, Repaired, copy_beside, format_in_words},
    ui::{
        Actions,
        dialogs::{Attempt, DamagedAnswer, DamagedFile, Fault, News},
    },
};

/// A file that could not be read, while the dialog about it is open.
pub(super) struct Damaged {
    path: PathBuf,
    dialog: DamagedFile,
    /// What is to be compared with it.
    compared: Option<Compared>,
}

/// What a file that turned out to be damaged was to be compared with, and how.
pub(super) enum Compared {
    /// The open project whose file it is: what changed.
    Own,
    /// The open project: what changed.
    Changes,
    /// The open project: what it comes to, in the dock.
    Figures,
    /// A draft: what changed.
    Draft(Titled),
}

/// Most faults that are listed: nobody reads more, and each is a widget.
const SHOWN: usize = 200;

impl Damaged {
    pub(super) fn new(path: &Path, news: News, problems: &[LocatedProblem]) -> Self {
        let place = |problem: &LocatedProblem| tr!("Line {0}, column {1}", problem.line, problem.column);
        let fault = |problem: &LocatedProblem| Fault {
            message: problem.message.clone(),
            place: place(problem),
            excerpt: problem.excerpt(),
        };
        let dialog = DamagedFile {
            path: path.display().to_string(),
            news,
            faults: problems.iter().take(SHOWN).map(fault).collect(),
            further: problems.len().saturating_sub(SHOWN),
        };
        Self { path: path.to_owned(), dialog, compared: None }
    }

    /// What is wrong inside of a file; `None` if it is not what is inside of it that kept it from being read.
    fn by(path: &Path, news: News, error: &OpenError) -> Option<Self> {
        match error {
            OpenError::Read { source, .. } => Some(Self::new(path, news, &source.problems)),
            OpenError::NotText { byte, .. } => {
                let mut damaged = Self::new(path, news, &[]);
                let message = tr!("This is not all text: byte {} is not UTF-8", crate::text::count(*byte));
                damaged.dialog.faults.push(Fault { message, place: String::new(), excerpt: String::new() });
                Some(damaged)
            }
            _ => None,
        }
    }
}

impl Groundplan {
    /// Says why a project file was not opened. What is wrong inside of it is listed, with the offer to open what can be read.
    pub(super) fn cannot_open(&mut self, path: &Path, error: &OpenError) {
        let newer = if let OpenError::Read { source, .. } = error { source.newer } else { None };
        let news = newer.map_or(News::Unreadable, |format| News::Newer(format_in_words(format)));
        match Damaged::by(path, news, error) {
            Some(damaged) => self.dialogs.damaged = Some(damaged),
            None => self.toasts.failed(Attempt::Open, error.to_string()),
        }
    }

    /// Says why a file cannot be compared with; if it is damaged, with the offer to compare with what can be read.
    pub(super) fn cannot_compare(&mut self, path: &Path, error: &OpenError, compared: Compared) {
        let news = match compared {
            Compared::Own => News::OnDisk,
            Compared::Changes | Compared::Figures => News::Other,
            Compared::Draft(_) => News::OfDraft,
        };
        // A file of a newer format is whole: nobody may be told to save over it.
        let newer = matches!(error, OpenError::Read { source, .. } if source.newer.is_some());
        match Damaged::by(path, news, error).filter(|_| !newer) {
            Some(damaged) => self.dialogs.damaged = Some(Damaged { compared: Some(compared), ..damaged }),
            None => self.toasts.failed(Attempt::Compare, error.to_string()),
        }
    }

    /// Shows what is wrong with a file, and carries out the answer.
    pub(super) fn damaged_dialog(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let Some(answer) = self.dialogs.damaged.as_ref().and_then(|damaged| damaged.dialog.ui(ctx, actions)) else {
            return;
        };
        let Some(damaged) = self.dialogs.damaged.take() else { return };
        match (answer, damaged.compared) {
            (DamagedAnswer::OpenCopy, _) => self.open_copy(&damaged.path),
            (DamagedAnswer::Compare, Some(compared)) => self.compare_with_part(&damaged.path, compared),
            (DamagedAnswer::Compare | DamagedAnswer::Close, _) => {}
        }
    }

    /// What can be read of a file; says so if that is nothing.
    fn read_part(&mut self, path: &Path, attempt: Attempt) -> Option<Repaired> {
        let engine = Arc::clone(&self.engine);
        match storage::open_what_can_be(path, &|project| engine.check(project)) {
            Ok(mut repaired) => {
                layout::place_missing(&mut repaired.project);
                Some(repaired)
            }
            Err(error) => {
                let message = t("Nothing can be read of this file; if there is another copy of it, open that");
                log::warn!("{error}");
                self.toasts.failed(attempt, format!("{message}: {}", path.display()));
                None
            }
        }
    }

    /// Opens what can be read of a file as a copy that is in no file yet, and lists what is missing. The file is not touched.
    fn open_copy(&mut self, path: &Path) {
        let Some(Repaired { project, notes, newer }) = self.read_part(path, Attempt::Open) else { return };
        self.toasts.done(Attempt::Open);
        match newer {
            // Nothing is wrong with the file: it is only never written over.
            Some(format) => {
                let mut session = Session::new(Arc::clone(&self.engine), project, Some(path.to_owned()));
                session.set_read_only(Some(ReadOnly::Newer(format)));
                self.show(session);
                self.dialogs.damaged = Some(Damaged::new(path, News::Opened, &notes));
            }
            None => self.show_part(path, project, Some(copy_beside(path)), &notes),
        }
    }

    /// Opens what could be read of a file as a copy that is in no file yet, and would go there; lists what is missing.
    pub(super) fn show_part(&mut self, path: &Path, project: Project, copy: Option<PathBuf>, notes: &[LocatedProblem]) {
        self.show(Session::on_a_copy(Arc::clone(&self.engine), project, copy));
        self.dialogs.damaged = Some(Damaged::new(path, News::Opened, notes));
    }

    /// Compares with what can be read of a damaged file.
    fn compare_with_part(&mut self, path: &Path, compared: Compared) {
        let Some(Repaired { project, notes, .. }) = self.read_part(path, Attempt::Compare) else { return };
        let (name, project) = (file_name(path), Arc::new(project));
        let here = || Titled::new(t("This plan"), Arc::clone(self.session.project()));
        match compared {
            Compared::Own => {
                let there = Titled::new(tr!("{name} on disk, as far as it can be read", name), project);
                self.show_difference(there, here());
            }
            Compared::Changes => {
                let there = Titled::new(tr!("{}, as far as it can be read", path.display()), project);
                self.show_difference(there, here());
            }
            Compared::Figures => {
                self.compare_figures(path, project);
                let faults = counted(&notes.len().to_string(), Unit::Fault);
                self.toasts.news(tr!("Compared with what can be read of {name}; it has {faults}", name, faults));
            }
            Compared::Draft(draft) => {
                let there = Titled::new(t("The file on disk, as far as it can be read"), project);
                self.show_difference(there, draft);
            }
        }
    }
}
