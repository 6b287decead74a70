//! Showing what leads from one project to another.

use std::{path::Path, sync::Arc};

use super::{damaged::Compared, files::file_name, reading::Told, window::Groundplan};
use crate::{
    explain::difference::numbers,
    lang::{t, tr},
    project::Project,
    session::{Asked, End, Weighing},
    ui::{
        Actions,
        dialogs::{Attempt, DifferenceDialog},
    },
};

/// A project, and what it is called beside another one: `The file on disk`, `The draft of 10:42`.
pub(super) struct Titled {
    pub(super) title: String,
    pub(super) project: Arc<Project>,
}

impl Titled {
    /// A project under this title.
    pub(super) fn new(title: impl Into<String>, project: Arc<Project>) -> Self {
        Self { title: title.into(), project }
    }
}

/// The dialog, and what its changes come to while that is worked out.
pub(super) struct ShownDifference {
    dialog: DifferenceDialog,
    weighing: Weighing,
    /// Whether it says already what the changes come to.
    weighed: bool,
}

impl Groundplan {
    /// Shows what leads from one project to another, over whatever dialog is open. What it comes to in weeks and money follows when it
    /// is worked out.
    pub(super) fn show_difference(&mut self, from: Titled, to: Titled) {
        let dialog =
            DifferenceDialog::new(&self.engine.playbook, (&from.title, &from.project), (&to.title, &to.project));
        self.toasts.done(Attempt::Compare);
        let weighing = Weighing::new(from.project, to.project);
        self.dialogs.difference = Some(ShownDifference { dialog, weighing, weighed: false });
    }

    /// What changed since the plan was opened or saved last.
    pub(super) fn show_difference_from_saved(&mut self) {
        let title = self.session.end_name(&End::Opened).map(|name| name.title).unwrap_or_default();
        let saved = Titled::new(title, Arc::clone(self.session.opened()));
        let now = Titled::new(t("Now"), Arc::clone(self.session.project()));
        self.show_difference(saved, now);
    }

    /// What changed from another file to this plan.
    pub(super) fn show_difference_from_file(&mut self, path: &Path) {
        let told = Told::new(tr!("Reading {}...", file_name(path)), Attempt::Compare);
        self.read_beside(told, path, |window, path, read| match read {
            Ok(project) => {
                let other = Titled::new(path.display().to_string(), Arc::new(project));
                let now = Titled::new(t("This plan"), Arc::clone(window.session.project()));
                window.show_difference(other, now);
            }
            Err(error) => window.cannot_compare(&path, &error, Compared::Changes),
        });
    }

    /// Shows the open difference; closes it when that is asked for.
    pub(super) fn difference_dialog(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let Some(shown) = &mut self.dialogs.difference else { return };
        if !shown.weighed {
            let [_, to] = shown.weighing.projects();
            let (figures, weighed) = match shown.weighing.ask(&self.session) {
                Asked::Ready(impact) => {
                    let confidence = to.assumptions.confidence;
                    (numbers(&self.engine.playbook, to, &impact, confidence), true)
                }
                Asked::Working(_) => (vec![t("Working out weeks and budget...").to_owned()], false),
                Asked::Cancelled | Asked::Failed => (Vec::new(), true),
            };
            shown.weighed = weighed;
            shown.dialog.set_figures(figures);
        }
        if shown.dialog.ui(ctx, actions) {
            self.dialogs.difference = None;
        }
    }
}
