//! Two documents that come from one, put together: by id and by field. What only one of them changed is taken from it; what both
//! changed, each to something else, is a conflict and stays as in the one that is preferred.

mod apart;
mod entries;
mod sound;

use serde_json::Value;

use super::{
    Assumptions, Project, Scenario,
    difference::{Thing, leaves_of_plan},
    id::ElementId,
    leaves::{leaves_of_assumptions, thing_of},
};
use crate::lang::t;
pub use apart::KeptBeside;
use entries::{Taken, as_it_stands};

/// One of the two documents that are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// The one that the merge goes into.
    Ours,
    /// The other one.
    Theirs,
}

impl Version {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }

    /// `ours`, `theirs`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Theirs => "theirs",
        }
    }
}

/// Why two documents do not go together.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "few, short-lived, and mostly the large one")]
pub enum Clash {
    /// Both changed the same part, each to something else. `None` where it is not there.
    Field {
        /// The keys that lead to it from the thing.
        path: Vec<String>,
        /// What it was.
        base: Option<Value>,
        /// What it is in ours.
        ours: Option<Value>,
        /// What it is in theirs.
        theirs: Option<Value>,
    },
    /// One removed what the other one changed.
    Removed {
        /// Who removed it.
        by: Version,
    },
    /// One removed what the other one needs.
    Needed {
        /// Who removed it.
        removed_by: Version,
        /// What cannot be without it.
        by: Thing,
    },
    /// Both added it as the same thing and say something else of it; what each says is put together.
    BothAdded,
    /// Each is sound, and both together are not.
    Unsound {
        /// What would be wrong.
        message: String,
    },
}

/// Something in which two documents do not go together, to be decided by a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What it is about.
    pub thing: Thing,
    /// Why.
    pub clash: Clash,
}

/// Two documents put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The document; where there is a conflict, as in the version that is preferred.
    pub project: Project,
    /// What a person has to decide: what both added first, then in the order of the document.
    pub conflicts: Vec<Conflict>,
    /// What both added under one id without meaning the same thing: both are there.
    pub kept_beside: Vec<KeptBeside>,
}

/// What the work is done with.
struct Merge<'a> {
    base: &'a Project,
    ours: &'a Project,
    theirs: &'a Project,
    prefer: Version,
    conflicts: Vec<Conflict>,
}

/// Puts together two sound documents that come from `base`. What comes out is sound as well.
pub fn merge(base: &Project, ours: &Project, theirs: &Project, prefer: Version) -> Merged {
    let apart = match prefer {
        Version::Ours => apart::apart(base, ours, theirs, Version::Theirs),
        Version::Theirs => apart::apart(base, theirs, ours, Version::Ours),
    };
    let (ours, theirs) = match (&apart.renamed, prefer) {
        (None, _) => (ours, theirs),
        (Some(renamed), Version::Ours) => (ours, renamed),
        (Some(renamed), Version::Theirs) => (renamed, theirs),
    };
    let mut merge = Merge { base, ours, theirs, prefer, conflicts: apart.alike };
    let mut project = merge.put_together();
    merge.make_sound(&mut project);
    Merged { project, conflicts: merge.conflicts, kept_beside: apart.kept_beside }
}

impl<'a> Merge<'a> {
    fn put_together(&mut self) -> Project {
        let all = [self.base, self.ours, self.theirs];
        let element = Thing::Element;
        let mut project = self.plan();
        project.components = self
            .shared(
                all.map(|one| &*one.components),
                |id| element(ElementId::Component(id.clone())),
                |a, b| a.traits.keys().eq(b.traits.keys()),
            )
            .into();
        project.connections = self
            .shared(all.map(|one| &*one.connections), |id| element(ElementId::Connection(id.clone())), |_, _| true)
            .into();
        project.boundaries = self
            .shared(all.map(|one| &*one.boundaries), |id| element(ElementId::Boundary(id.clone())), |_, _| true)
            .into();
        project.sticky_notes = self
            .shared(all.map(|one| &*one.sticky_notes), |id| element(ElementId::Note(id.clone())), |_, _| true)
            .into();
        project.suppressed = self.reasons(all.map(|one| &one.suppressed));
        project.scenarios = self.shared(
            all.map(|one| &one.scenarios),
            |id| Thing::Scenario(id.clone()),
            |a, b| {
                let roles = |scenario: &Scenario| {
                    scenario.means.roles.iter().flatten().map(|(id, _)| id.clone()).collect::<Vec<_>>()
                };
                a.pins.keys().eq(b.pins.keys()) && roles(a) == roles(b)
            },
        );
        project.baselines = self.shared(all.map(|one| &one.baselines), |id| Thing::Baseline(id.clone()), |_, _| true);
        project
    }

    /// Name, notes and assumptions.
    fn plan(&mut self) -> Project {
        let mut project = Project::default();
        let versions = [self.base, self.ours, self.theirs];
        let plan = self.parts(&Thing::Plan, &versions.map(leaves_of_plan));
        let text = |key: &str| {
            let found = plan.iter().find(|(path, _)| path.iter().map(String::as_str).eq([key]));
            found.and_then(|(_, value)| value.as_str()).unwrap_or_default().to_owned()
        };
        (project.name, project.notes) = (text("name"), text("notes"));
        let [base, ours, theirs] = versions.map(|version| &version.assumptions);
        let in_order = |a: &Assumptions, b: &Assumptions| a.roles.keys().eq(b.roles.keys());
        project.assumptions = if let Taken::Whole(Some(whole)) = as_it_stands([base, ours, theirs].map(Some), &in_order)
        {
            whole.clone()
        } else {
            let parts = self.parts(&Thing::Assumptions, &[base, ours, theirs].map(leaves_of_assumptions));
            let preferred = self.preferred().assumptions.clone();
            thing_of(&parts).unwrap_or_else(|| {
                self.unsound(Thing::Assumptions, t("they make no whole together").to_owned());
                preferred
            })
        };
        project
    }

    /// The document that is preferred.
    fn preferred(&self) -> &'a Project {
        match self.prefer {
            Version::Ours => self.ours,
            Version::Theirs => self.theirs,
        }
    }

    fn conflict(&mut self, thing: Thing, clash: Clash) {
        let conflict = Conflict { thing, clash };
        if !self.conflicts.contains(&conflict) {
            self.conflicts.push(conflict);
        }
    }

    fn unsound(&mut self, thing: Thing, message: String) {
        self.conflict(thing, Clash::Unsound { message });
    }
}
