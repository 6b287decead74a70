//! Rules: what should be looked at in a plan, as data.

use serde::{Deserialize, Serialize};

use super::{
    condition::{Amount, Condition},
    entries::Provenance,
};
use crate::{
    lang::t,
    project::{ComponentKind, FrameworkId, Protocol, TraitId, TraitValue, slug_id},
};

slug_id!(
    /// Names a [`Rule`], or a rule that is built into the program.
    RuleId
);

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The assessment cannot be trusted until it is mended. Cannot be suppressed.
    Error,
    /// Likely a mistake.
    Warning,
    /// Worth a thought.
    Hint,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// How files, exports and the command line write it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// How it is written for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => t("Error"),
            Self::Warning => t("Warning"),
            Self::Hint => t("Hint"),
        }
    }
}

/// Something that should be looked at where `when` holds for a service, with the framework the verdict gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// What and what to do, one line. `{name}` is the service (or the services, with `together`), `{framework}` what it is built on,
    /// `{}` the first value the condition reads, `{0}`, `{1}`... one of `values`.
    pub message: String,
    /// Why it matters, in a sentence of our own.
    pub why: String,
    /// What it is said of.
    #[serde(default)]
    pub of: RuleSubject,
    /// For which service it is said; a strength of a half is enough.
    pub when: Condition,
    /// Only if this holds for some service of the plan.
    #[serde(default)]
    pub given: Option<Condition>,
    /// Not if this holds for some service of the plan.
    #[serde(default)]
    pub unless: Option<Condition>,
    /// Said once for all its services, from this many on; without it once for each.
    #[serde(default)]
    pub together: Option<usize>,
    /// Further figures of the message.
    #[serde(default)]
    pub values: Vec<Amount>,
    /// Ways to mend it, each an undoable step on the service. Not for rules with `together`.
    #[serde(default)]
    pub fixes: Vec<RuleFix>,
    /// What each fix that pins a framework or says that calls go out together is told with; such a fix is offered only where it is enough.
    #[serde(default)]
    pub shows: Option<Measure>,
    /// Paragraphs of the page it stands on.
    pub paragraphs: Vec<u8>,
    /// What kind of knowledge it is.
    pub provenance: Provenance,
}

/// What a fix makes better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// How long an answer takes, in milliseconds, against the latency target.
    AnswerTime,
    /// How many processes the load takes at least, against those the service has.
    Workers,
}

/// What a rule is said of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSubject {
    /// The service itself.
    #[default]
    Service,
    /// A service that at least two services for which `when` holds call and wait for, directly or through at most two others. `{}` is how
    /// many wait for it; there are no other values and no fixes.
    SharedDependency,
}

/// A change of one service that mends what a rule found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleFix {
    /// Sets a trait.
    Set(TraitId, TraitValue),
    /// Sets a number to what is read off the service.
    SetTo(TraitId, Amount),
    /// Makes a trait unknown again; offered where it is set.
    Clear(TraitId),
    /// Pins the service to a framework; offered where it is not.
    Pin(FrameworkId),
    /// Lets the advice decide again; offered where the service is pinned.
    Unpin,
    /// Connects the service to the first component of this kind, or to a new one of this name where there is none.
    Connect {
        /// What it is connected to.
        kind: ComponentKind,
        /// What a new one is called.
        name: String,
        /// How it is reached.
        protocol: Protocol,
    },
}
