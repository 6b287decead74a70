//! Project files that cannot be read as they are: what is wrong with them is told, and what can be read is opened as a copy.

use std::{
    fmt::Display,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{difference::Titled, files::file_name, window::Groundplan};
use crate::{
    assess::Engine,
    figures::{Unit, counted},
    geometry::layout,
    lang::{t, tr},
    progress::Progress,
    session::{Asked, Assessed, ReadOnly, Session, Slot},
    storage::{
        self, LocatedProblem, OpenError, ReadError, Repaired, copy_beside,
        drafts::{Draft, Place},
        format_in_words,
    },
    ui::{
        Actions,
        dialogs::{Attempt, DamagedAnswer, DamagedFile, Fault, News},
    },
};

/// A file that could not be read, while the dialog about it is open.
pub(super) struct Damaged {
    path: PathBuf,
    dialog: DamagedFile,
    /// What becomes of what can be read of it.
    wanted: Wanted,
    /// What can be read, while that is worked out: of a large file it takes seconds.
    reading: Option<Slot<(), Result<Readable, Nothing>>>,
}

/// Nothing can be read of a file; the log says why.
#[derive(Clone, Copy, Debug)]
struct Nothing;

/// What can be read of a file.
#[derive(Clone)]
pub(super) struct Readable {
    pub(super) part: Repaired,
    /// The same as it is opened, where that is wanted.
    assessed: Option<Assessed>,
}

impl Readable {
    /// Ready to be opened.
    pub(super) fn assessed(&self, engine: &Arc<Engine>) -> Assessed {
        let anew = || Assessed::new(Arc::clone(engine), self.part.project.clone());
        self.assessed.clone().map_or_else(anew, |assessed| assessed.by(engine))
    }
}

/// What becomes of what can be read of a file.
enum Wanted {
    /// It is opened as a copy.
    Copy,
    /// Something is compared with it.
    Compared(Compared),
    /// The file is a draft, which is gone on with.
    Draft(Box<DamagedDraft>),
}

/// A damaged draft that somebody goes on with. It is claimed meanwhile.
pub(super) struct DamagedDraft {
    pub(super) place: Place,
    pub(super) draft: Draft,
    /// Why it cannot be opened as it is.
    pub(super) why: String,
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
        Self { path: path.to_owned(), dialog, wanted: Wanted::Copy, reading: None }
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

    /// How much is done of working out what can be read, while that goes on.
    fn share(&self) -> Option<f32> {
        match self.reading.as_ref().and_then(Slot::peek) {
            Some(Asked::Working(share)) => Some(share),
            _ => None,
        }
    }
}

/// Gives what can be read of something, with a place for everything in it; `None` if nobody waits for it any more.
type Work = Box<dyn FnOnce(&Progress) -> Option<Result<Readable, Nothing>> + Send>;

impl Groundplan {
    /// Says why a project file was not opened. What is wrong inside of it is listed, with the offer to open what can be read.
    pub(super) fn cannot_open(&mut self, path: &Path, error: &OpenError) {
        let news = match error {
            OpenError::Read { source: ReadError { newer: Some(format), .. }, .. } => {
                News::Newer(format_in_words(*format))
            }
            OpenError::Read { source, .. } if !source.repairable => News::Nothing,
            _ => News::Unreadable,
        };
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
            Some(damaged) => {
                self.dialogs.damaged = Some(Damaged { wanted: Wanted::Compared(compared), ..damaged });
            }
            None => self.toasts.failed(Attempt::Compare, error.to_string()),
        }
    }

    /// Shows what is wrong with a file, and carries out the answer.
    pub(super) fn damaged_dialog(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let Some(damaged) = &mut self.dialogs.damaged else { return };
        match (damaged.dialog.ui(ctx, actions, damaged.share()), &damaged.wanted) {
            (Some(DamagedAnswer::OpenCopy | DamagedAnswer::Compare), _) => self.begin_to_read(),
            (Some(DamagedAnswer::Stop), Wanted::Copy | Wanted::Compared(_)) => damaged.reading = None,
            // It was asked for among other drafts, and is there again.
            (Some(DamagedAnswer::Stop), Wanted::Draft(_)) => {
                self.dialogs.damaged = None;
                self.show_drafts();
            }
            (Some(DamagedAnswer::Close), _) => self.dialogs.damaged = None,
            (None, _) => {}
        }
        // After the dialog: a key that was meant to stop the work closes nothing that comes of it.
        self.hear_of_reading();
    }

    /// Goes on with a damaged draft as far as it can be read.
    pub(super) fn read_draft(&mut self, draft: DamagedDraft) {
        let fault = Fault { message: draft.why.clone(), place: String::new(), excerpt: String::new() };
        let mut damaged = Damaged::new(&draft.draft.file, News::Draft, &[]);
        damaged.dialog.faults.push(fault);
        self.dialogs.damaged = Some(Damaged { wanted: Wanted::Draft(Box::new(draft)), ..damaged });
        self.begin_to_read();
        self.hear_of_reading();
    }

    /// Has it worked out what can be read of the file that the dialog is about.
    fn begin_to_read(&mut self) {
        let engine = || Some(Arc::clone(&self.engine));
        let work = match &self.dialogs.damaged {
            None => return,
            Some(Damaged { wanted: Wanted::Draft(draft), .. }) => {
                let (drafts, id) = (self.drafting.folder(), draft.draft.id.clone());
                work(engine(), move |progress| {
                    let text = drafts.and_then(|drafts| drafts.text(&id).ok()).unwrap_or_default();
                    storage::read_what_can_be_while(&text, &|_| Vec::new(), progress)
                })
            }
            Some(Damaged { path, wanted, .. }) => {
                let opens = if matches!(wanted, Wanted::Copy) { engine() } else { None };
                let (path, engine) = (path.clone(), Arc::clone(&self.engine));
                work(opens, move |progress| {
                    storage::open_what_can_be(&path, &|project| engine.check(project), progress)
                })
            }
        };
        if let Some(damaged) = &mut self.dialogs.damaged {
            let reading = Slot::default();
            reading.ask(&self.background, (), || work);
            damaged.reading = Some(reading);
        }
    }

    /// Goes on with what can be read once that is worked out; says so if that is nothing.
    fn hear_of_reading(&mut self) {
        let asked = self.dialogs.damaged.as_ref().and_then(|damaged| damaged.reading.as_ref()?.peek());
        let part = match asked {
            None | Some(Asked::Working(_)) => return,
            Some(Asked::Ready(part)) => Result::clone(&part).ok(),
            // Whoever stops it lets go of it: what ends by itself is a fault of the program, and the log says more.
            Some(Asked::Cancelled | Asked::Failed) => None,
        };
        let Some(Damaged { path, wanted, .. }) = self.dialogs.damaged.take() else { return };
        let nothing = || {
            let message = t("Nothing can be read of this file; if there is another copy of it, open that");
            format!("{message}: {}", path.display())
        };
        match (wanted, part) {
            (Wanted::Copy, Some(part)) => self.open_copy(&path, part),
            (Wanted::Copy, None) => self.toasts.failed(Attempt::Open, nothing()),
            (Wanted::Compared(compared), Some(part)) => self.compare_with_part(&path, compared, part.part),
            (Wanted::Compared(_), None) => self.toasts.failed(Attempt::Compare, nothing()),
            (Wanted::Draft(draft), part) => self.restore_part(*draft, part),
        }
    }

    /// Opens what can be read of a file as a copy that is in no file yet, and lists what is missing. The file is not touched.
    fn open_copy(&mut self, path: &Path, readable: Readable) {
        self.toasts.done(Attempt::Open);
        let (assessed, Repaired { notes, newer, .. }) = (readable.assessed(&self.engine), readable.part);
        match newer {
            // Nothing is wrong with the file: it is only never written over.
            Some(format) => {
                let mut session = Session::of(assessed, Some(path.to_owned()));
                session.set_read_only(Some(ReadOnly::Newer(format)));
                self.show(session);
                self.dialogs.damaged = Some(Damaged::new(path, News::Opened, &notes));
            }
            None => self.show_part(path, assessed, Some(copy_beside(path)), &notes),
        }
    }

    /// Opens what could be read of a file as a copy that is in no file yet, and would go there; lists what is missing.
    pub(super) fn show_part(
        &mut self,
        path: &Path,
        assessed: Assessed,
        copy: Option<PathBuf>,
        notes: &[LocatedProblem],
    ) {
        self.show(Session::of_copy(assessed, copy));
        self.dialogs.damaged = Some(Damaged::new(path, News::Opened, notes));
    }

    /// Compares with what can be read of a damaged file.
    fn compare_with_part(&mut self, path: &Path, compared: Compared, part: Repaired) {
        let Repaired { project, notes, .. } = part;
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

/// Work that gives what can be read of something, with a place for everything in it; assessed by an engine, if it is to be opened.
fn work<E: Display>(
    engine: Option<Arc<Engine>>,
    read: impl FnOnce(&Progress) -> Result<Option<Repaired>, E> + Send + 'static,
) -> Work {
    Box::new(move |progress| match read(progress) {
        Ok(part) => {
            let mut part = part?;
            layout::place_missing(&mut part.project);
            progress.step(0)?;
            let assessed = engine.map(|engine| Assessed::new(engine, part.project.clone()));
            Some(Ok(Readable { part, assessed }))
        }
        Err(error) => {
            log::warn!("{error}");
            Some(Err(Nothing))
        }
    })
}
