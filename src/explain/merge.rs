//! In what two versions of a document do not go together, in words.

use super::difference::{field_in_words, id_of, name_of};
use crate::{
    lang::tr,
    playbook::Playbook,
    project::{
        Project,
        difference::{Field, Thing},
        merge::{Clash, Conflict, KeptBeside, Version},
    },
    text::one_line,
};

/// What the words are made with.
#[derive(Clone, Copy)]
pub struct Versions<'a> {
    /// The knowledge: names of traits and frameworks.
    pub playbook: &'a Playbook,
    /// What both come from.
    pub base: &'a Project,
    /// The document that the merge goes into.
    pub ours: &'a Project,
    /// The other one.
    pub theirs: &'a Project,
}

impl Versions<'_> {
    fn of(&self, version: Version) -> &Project {
        match version {
            Version::Ours => self.ours,
            Version::Theirs => self.theirs,
        }
    }

    /// What people call a thing, with its id where it has one: `Shop [shop]`.
    pub fn name(&self, thing: &Thing) -> String {
        let name = name_of(thing, &[self.ours, self.theirs, self.base]);
        match id_of(thing) {
            "" => name,
            id if id == name => name,
            id => format!("{name} [{}]", one_line(id)),
        }
    }

    /// What is kept beside something else in a line: `Cache [cache]: both added something under this id; Mailer of theirs is kept beside it as
    /// [cache-2]`.
    pub fn kept_beside(&self, one: &KeptBeside) -> String {
        let (element, other) = (Thing::Element(one.id.clone()), one.of.other());
        let of = |version: Version| one_line(&name_of(&element, &[self.of(version)]));
        tr!(
            "{0} [{1}]: both added something under this id; {2} of {3} is kept beside it as [{4}]",
            of(other),
            one_line(one.id.as_str()),
            of(one.of),
            one.of.label(),
            one_line(one.kept_as.as_str())
        )
    }

    /// A conflict in a line: `Shop [shop]: tables 12 → 40 in ours, tables 12 → 50 in theirs`.
    pub fn conflict(&self, conflict: &Conflict) -> String {
        let name = self.name(&conflict.thing);
        match &conflict.clash {
            Clash::Field { path, base, ours, theirs } => {
                let said = |version: Version, to: &Option<serde_json::Value>| {
                    let field = Field { path: path.clone(), from: base.clone(), to: to.clone() };
                    let words = field_in_words(self.playbook, (self.base, self.of(version)), &conflict.thing, &field);
                    tr!("{words} in {}", version.label(), words)
                };
                format!("{name}: {}, {}", said(Version::Ours, ours), said(Version::Theirs, theirs))
            }
            Clash::Removed { by } => {
                tr!("{name}: removed in {0}, changed in {1}", by.label(), by.other().label(), name)
            }
            Clash::Needed { removed_by, by } => {
                let needs = self.name(by);
                tr!(
                    "{name}: removed in {0}, but {needs} of {1} needs it",
                    removed_by.label(),
                    removed_by.other().label(),
                    name,
                    needs
                )
            }
            Clash::BothAdded => tr!("{name}: added in both; what each says of it is put together", name),
            Clash::Unsound { message } => format!("{name}: {}", one_line(message)),
        }
    }
}
