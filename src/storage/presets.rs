//! The projects that come with the program: the case studies of the page and a blank sheet.

use super::{problem::ReadError, read::read_project};
use crate::{playbook::Playbook, project::Project};

/// A project that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its id; that of the case it draws, if it draws one.
    pub id: &'static str,
    /// Its file.
    pub text: &'static str,
}

impl Preset {
    /// The project.
    ///
    /// # Errors
    /// None for the presets that are built in: a test reads them all.
    pub fn project(&self) -> Result<Project, ReadError> {
        read_project(self.text, &|_| Vec::new())
    }

    /// What people call it: the name of the case it draws, else that of the project, else its id.
    pub fn name(&self, playbook: &Playbook) -> String {
        let case = playbook.cases.get(self.id).map(|case| case.name.clone());
        case.or_else(|| self.project().ok().map(|project| project.name)).unwrap_or_else(|| self.id.to_owned())
    }

    /// The paragraph of the page it draws; `None` for a sheet that draws none.
    pub fn paragraph(&self, playbook: &Playbook) -> Option<u8> {
        playbook.cases.get(self.id).map(|case| case.paragraph)
    }
}

/// Every preset, in the order they are offered.
pub fn presets() -> &'static [Preset] {
    const PRESETS: &[Preset] = &[
        Preset { id: "construction-saas", text: include_str!("../../presets/construction-saas.ron") },
        Preset { id: "delivery-prediction", text: include_str!("../../presets/delivery-prediction.ron") },
        Preset { id: "monolith-decomposition", text: include_str!("../../presets/monolith-decomposition.ron") },
        Preset { id: "factory-telemetry", text: include_str!("../../presets/factory-telemetry.ron") },
        Preset { id: "platform-rescue", text: include_str!("../../presets/platform-rescue.ron") },
        Preset { id: "blank", text: include_str!("../../presets/blank.ron") },
    ];
    PRESETS
}

/// The preset with this id.
pub fn preset(id: &str) -> Option<&'static Preset> {
    presets().iter().find(|preset| preset.id == id)
}
