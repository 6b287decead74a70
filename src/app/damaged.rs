//! Project files that cannot be read as they are: what is wrong with them is told, and what can be read is opened as a copy.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::window::Groundplan;
use crate::{
    geometry::layout,
    session::{ReadOnly, Session},
    storage::{self, LocatedProblem, OpenError},
    ui::{
        Actions,
        dialogs::{DamagedAnswer, DamagedFile, Fault, News},
    },
};

/// A file that could not be read, while the dialog about it is open.
pub(super) struct Damaged {
    path: PathBuf,
    dialog: DamagedFile,
}

/// Most faults that are listed: nobody reads more, and each is a widget.
const SHOWN: usize = 200;

impl Damaged {
    fn new(path: &Path, news: News, problems: &[LocatedProblem]) -> Self {
        let place = |problem: &LocatedProblem| format!("Line {}, column {}", problem.line, problem.column);
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
        Self { path: path.to_owned(), dialog }
    }
}

impl Groundplan {
    /// Says why a project file was not opened. What is wrong inside of it is listed, with the offer to open what can be read.
    pub(super) fn cannot_open(&mut self, path: &Path, error: &OpenError) {
        let damaged = match error {
            OpenError::Read { source, .. } => {
                Damaged::new(path, source.newer.map_or(News::Unreadable, News::Newer), &source.problems)
            }
            OpenError::NotText { byte, .. } => {
                let mut damaged = Damaged::new(path, News::Unreadable, &[]);
                let message = format!("This is not all text: byte {byte} is not UTF-8");
                damaged.dialog.faults.push(Fault { message, place: String::new(), excerpt: String::new() });
                damaged
            }
            _ => return self.toasts.error(error.to_string()),
        };
        self.dialogs.damaged = Some(damaged);
    }

    /// Shows what is wrong with a file, and carries out the answer.
    pub(super) fn damaged_dialog(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let Some(answer) = self.dialogs.damaged.as_ref().and_then(|damaged| damaged.dialog.ui(ctx, actions)) else {
            return;
        };
        let Some(damaged) = self.dialogs.damaged.take() else { return };
        if answer == DamagedAnswer::OpenCopy {
            self.open_copy(&damaged.path);
        }
    }

    /// Opens what can be read of a file as a copy that is in no file yet, and lists what is missing. The file is not touched.
    fn open_copy(&mut self, path: &Path) {
        let engine = Arc::clone(&self.engine);
        match storage::open_what_can_be(path, &|project| engine.check(project)) {
            Ok(mut repaired) => {
                layout::place_missing(&mut repaired.project);
                self.show(match repaired.newer {
                    // Nothing is wrong with the file: it is only never written over.
                    Some(format) => {
                        let mut session = Session::new(engine, repaired.project, Some(path.to_owned()));
                        session.set_read_only(Some(ReadOnly::Newer(format)));
                        session
                    }
                    None => Session::on_a_copy(engine, repaired.project, Some(beside(path))),
                });
                self.dialogs.damaged = Some(Damaged::new(path, News::Opened, &repaired.notes));
            }
            Err(error) => {
                let message = "Nothing can be read of this file; if there is another copy of it, open that";
                log::warn!("{error}");
                self.toasts.error(format!("{message}: {}", path.display()));
            }
        }
    }
}

/// Where a copy of a file would go that is not to be written over: what was not read of it is nowhere else.
fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{stem}-copy.ron"))
}
