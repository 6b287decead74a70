//! Perspectives: what the drawing is coloured by, the class of each component in it, and the legend that explains them.

mod classes;
mod scale;
mod utilisation;

use std::{borrow::Cow, collections::HashMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{capacity::Capacity, types::Assessment};
use crate::{
    lang::t,
    palette::Tone,
    playbook::Playbook,
    project::{ComponentId, Project, TraitId},
};

/// What the drawing is coloured by. Written as `cost`, `trait:tables`; what cannot be read is the framework.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Perspective {
    /// The framework of the verdict.
    #[default]
    Framework,
    /// The share of that framework in the evidence.
    Confidence,
    /// Median effort in person-weeks.
    Effort,
    /// Median cost in US dollars.
    Cost,
    /// What should be looked at.
    Findings,
    /// How busy a service is as planned, and whether it holds.
    Utilisation,
    /// The value of a trait.
    Trait(TraitId),
}

/// A word that is no perspective.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is nothing to colour by; choose framework, confidence, effort, cost, findings, utilisation or trait:ID, for example trait:tables"
)]
pub struct UnknownPerspective(String);

impl Perspective {
    /// Every perspective but the traits, in the order of the menus.
    pub const FIXED: [Self; 6] =
        [Self::Framework, Self::Confidence, Self::Effort, Self::Cost, Self::Findings, Self::Utilisation];

    /// What people call it: `Cost`, or the label of the trait.
    pub fn name<'a>(&'a self, playbook: &'a Playbook) -> &'a str {
        match self {
            Self::Framework => t("Framework"),
            Self::Confidence => t("Confidence"),
            Self::Effort => t("Effort"),
            Self::Cost => t("Cost"),
            Self::Findings => t("Findings"),
            Self::Utilisation => t("Utilisation"),
            Self::Trait(id) => playbook.traits.get(id).map_or(id.as_str(), |known| &known.label),
        }
    }

    /// The same, unless it is a trait that the playbook does not know: then the framework.
    #[must_use]
    pub fn known_to(&self, playbook: &Playbook) -> Self {
        match self {
            Self::Trait(id) if !playbook.traits.contains_key(id) => Self::Framework,
            other => other.clone(),
        }
    }
}

impl fmt::Display for Perspective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Framework => f.write_str("framework"),
            Self::Confidence => f.write_str("confidence"),
            Self::Effort => f.write_str("effort"),
            Self::Cost => f.write_str("cost"),
            Self::Findings => f.write_str("findings"),
            Self::Utilisation => f.write_str("utilisation"),
            Self::Trait(id) => write!(f, "trait:{id}"),
        }
    }
}

impl FromStr for Perspective {
    type Err = UnknownPerspective;

    fn from_str(text: &str) -> Result<Self, UnknownPerspective> {
        if let Some(id) = text.strip_prefix("trait:").filter(|id| !id.is_empty()) {
            return Ok(Self::Trait(id.into()));
        }
        let fixed = Self::FIXED.into_iter().find(|fixed| fixed.to_string() == text);
        fixed.ok_or_else(|| UnknownPerspective(text.to_owned()))
    }
}

impl From<String> for Perspective {
    fn from(text: String) -> Self {
        text.parse().unwrap_or_default()
    }
}

impl From<Perspective> for String {
    fn from(perspective: Perspective) -> Self {
        perspective.to_string()
    }
}

/// What a perspective says of one component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The value in a few words: `12.4 pw`, `83 %`, `40 tables`, `Unknown`, `No`.
    pub text: String,
    /// What it is coloured as.
    pub tone: Tone,
}

/// Components that look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// What they have in common: `5 to 10 person-weeks`, `Unknown`.
    pub name: String,
    /// What they are coloured as.
    pub tone: Tone,
    /// They, in document order.
    pub members: Vec<ComponentId>,
}

/// A project seen from one perspective.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colouring {
    /// The perspective.
    pub perspective: Perspective,
    /// What is shown, with its unit: `Effort, person-weeks`.
    pub title: String,
    /// What has to be said of the figures, in a line; empty if nothing has.
    pub note: String,
    /// The components that the perspective speaks of.
    pub marks: HashMap<ComponentId, Mark>,
    /// The legend: every class that is there. Those of a scale come first, from little to much.
    pub classes: Vec<Class>,
    /// For a scale, where its steps begin, and where the last one ends: one more than the steps. Else empty.
    pub ticks: Vec<String>,
}

impl Colouring {
    /// The classes that are the steps of a scale; none if there is no scale.
    pub fn steps(&self) -> &[Class] {
        &self.classes[..self.ticks.len().saturating_sub(1).min(self.classes.len())]
    }

    /// The other classes.
    pub fn others(&self) -> &[Class] {
        &self.classes[self.steps().len()..]
    }
}

/// A project seen from a perspective (one that the playbook does not know shows the frameworks). `capacity` is asked for what it holds
/// only by the perspective that shows that.
pub fn colouring<'c>(
    perspective: &Perspective,
    project: &Project,
    assessment: &Assessment,
    playbook: &Playbook,
    capacity: impl FnOnce() -> Cow<'c, Capacity>,
) -> Colouring {
    let perspective = perspective.known_to(playbook);
    let subject = classes::Subject { project, assessment, playbook };
    match &perspective {
        Perspective::Framework => subject.by_framework(),
        Perspective::Confidence => subject.by_confidence(),
        Perspective::Effort => subject.by_effort(),
        Perspective::Cost => subject.by_cost(),
        Perspective::Findings => subject.by_findings(),
        Perspective::Utilisation => subject.by_utilisation(&capacity()),
        Perspective::Trait(id) => subject.by_trait(id),
    }
    .with_later(project)
    .of(perspective)
}
