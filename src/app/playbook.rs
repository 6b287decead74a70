//! Where the window's knowledge comes from: the command line, the remembered folder, or what is built in.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    files::Purpose,
    window::{Groundplan, preset_cards},
};
use crate::{
    lang::{t, tr},
    session::PlaybookRequest,
    storage::{LoadError, load_engine},
    ui::dialogs::{Fault, Faults},
};

/// Why a playbook is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// It was remembered.
    Start,
    /// Somebody chose it: it is remembered from now on.
    Chosen,
    /// It is read again.
    Reloaded,
}

impl Groundplan {
    /// Takes over what the command line says: its playbook, which the window was given already, goes before the remembered
    /// one. Then opens the file, which may use the playbook's traits.
    pub fn begin(&mut self, playbook_dir: Option<PathBuf>, file: Option<&Path>) {
        match (playbook_dir, self.settings.playbook_dir.clone()) {
            (Some(given), _) => self.playbook_dir = Some(given),
            (None, Some(remembered)) => self.use_playbook(Some(remembered), Occasion::Start),
            (None, None) => {}
        }
        if let Some(file) = file {
            self.open_at_start(file);
        }
    }

    /// The folder that the next start will take the playbook from; `None` for the one that is built in.
    pub fn remembered_playbook(&self) -> Option<&Path> {
        self.settings.playbook_dir.as_deref()
    }

    pub(super) fn playbook_request(&mut self, ctx: &egui::Context, request: PlaybookRequest) {
        match request {
            PlaybookRequest::Choose => self.picker.ask(ctx, Purpose::Playbook, &self.suggested_playbook()),
            PlaybookRequest::Folder(folder) => self.use_playbook(Some(folder), Occasion::Chosen),
            PlaybookRequest::BuiltIn => self.use_playbook(None, Occasion::Chosen),
            // A folder that was refused is the one somebody is mending.
            PlaybookRequest::Reload => match (self.refused_playbook.clone(), self.playbook_dir.clone()) {
                (Some(refused), _) => self.use_playbook(Some(refused), Occasion::Chosen),
                (None, Some(folder)) => self.use_playbook(Some(folder), Occasion::Reloaded),
                (None, None) => {
                    self.toasts.news(t("The built-in playbook is in use: there is no folder to read again"));
                }
            },
        }
    }

    /// What makes no sense while the built-in playbook is in use, and why. A folder that was refused can be read again.
    pub(super) fn unavailable(&self) -> Vec<(&'static str, &'static str)> {
        if self.playbook_dir.is_some() || self.refused_playbook.is_some() {
            return Vec::new();
        }
        let mut unavailable =
            vec![("playbook.reload", t("The built-in playbook is in use: there is no folder to read"))];
        if self.settings.playbook_dir.is_none() {
            unavailable.push(("playbook.built-in", t("The built-in playbook is in use already")));
        }
        unavailable
    }

    /// Where the question for a folder starts.
    pub(super) fn suggested_playbook(&self) -> PathBuf {
        let known = self.playbook_dir.clone().or_else(|| self.settings.playbook_dir.clone());
        known.or_else(std::env::home_dir).unwrap_or_default()
    }

    /// Assesses with the playbook in a folder from now on, or with the built-in one. One that has faults is told, and
    /// everything stays as it was. The open project, its history and what is unsaved are kept in any case.
    pub(super) fn use_playbook(&mut self, folder: Option<PathBuf>, occasion: Occasion) {
        match load_engine(folder.as_deref()) {
            Ok(engine) => {
                self.engine = Arc::new(engine.speaking());
                self.session.set_engine(Arc::clone(&self.engine));
                self.presets = preset_cards(&self.engine);
                self.screen.palette.presets = self.presets.as_slice().into();
                self.playbook_dir = folder;
                self.refused_playbook = None;
                if occasion == Occasion::Chosen {
                    self.settings.playbook_dir.clone_from(&self.playbook_dir);
                }
                if occasion != Occasion::Start {
                    let name = self.playbook_name().unwrap_or_else(|| t("the built-in playbook").to_owned());
                    self.toasts.news(tr!("Assessed with {name}", name));
                }
            }
            Err(error) => {
                self.dialogs.faults = Some(faults(&error, folder.as_deref()));
                self.refused_playbook = folder;
            }
        }
    }

    /// What the playbook in use is called, if it is not the one that is built in.
    pub(super) fn playbook_name(&self) -> Option<String> {
        let folder = self.playbook_dir.as_ref()?;
        let house = self.engine.playbook.house.as_ref().map(|house| house.name.clone());
        let folder_name = || folder.file_name().map(|name| name.to_string_lossy().into_owned());
        house.or_else(folder_name).or_else(|| Some(folder.display().to_string()))
    }
}

fn faults(error: &LoadError, folder: Option<&Path>) -> Faults {
    let faults = match error {
        LoadError::Playbook { problems, .. } => problems
            .iter()
            .map(|problem| Fault {
                message: problem.message.clone(),
                place: match problem.at {
                    Some((line, column)) => tr!("{}, line {line}, column {column}", problem.file, line, column),
                    None => problem.file.clone(),
                },
                excerpt: problem.excerpt.clone(),
            })
            .collect(),
        other => vec![Fault { message: other.to_string(), place: String::new(), excerpt: String::new() }],
    };
    Faults { folder: folder.map(|folder| folder.display().to_string()).unwrap_or_default(), faults }
}
