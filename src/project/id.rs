//! Readable identifiers: slugs made from the first name of a thing, unique in its project and never changed afterwards.

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(std::sync::Arc<str>);

        // Snapshots share their ids, so that nearly all comparisons end at the pointers. (`Arc` does so by itself, but not for `str`.)
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                std::sync::Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }

        impl $name {
            /// An id with exactly this text; use [`unique_slug`](crate::project::unique_slug) to make one from a name.
            pub fn new(text: &str) -> Self {
                Self(text.into())
            }

            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}
pub(crate) use slug_id;

slug_id!(
    /// Names a [`Component`](super::Component) of a project, for example `order-processing`.
    ComponentId
);
slug_id!(
    /// Names a [`Connection`](super::Connection) of a project, for example `clients-to-gateway`.
    ConnectionId
);
slug_id!(
    /// Names a [`Boundary`](super::Boundary) of a project.
    BoundaryId
);
slug_id!(
    /// Names a [`StickyNote`](super::StickyNote) of a project.
    NoteId
);
slug_id!(
    /// Names a trait of the playbook, for example `tables`.
    TraitId
);
slug_id!(
    /// Names a framework of the playbook, for example the one a component is pinned to.
    FrameworkId
);

slug_id!(
    /// Names a finding of an assessment: its rule and what it is about, for example `no-traits:shop`. Stable from one assessment to the next,
    /// so that a project can keep what was decided about it.
    FindingKey
);

/// Anything on the canvas that can be selected, moved or removed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementId {
    /// A box.
    Component(ComponentId),
    /// A link between two boxes.
    Connection(ConnectionId),
    /// A named frame.
    Boundary(BoundaryId),
    /// A sticky note.
    Note(NoteId),
}

impl ElementId {
    /// The text of the id, whatever it names.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Component(id) => id.as_str(),
            Self::Connection(id) => id.as_str(),
            Self::Boundary(id) => id.as_str(),
            Self::Note(id) => id.as_str(),
        }
    }

    /// The component it is, if it is one.
    pub fn component(&self) -> Option<&ComponentId> {
        if let Self::Component(id) = self { Some(id) } else { None }
    }
}

/// `name` as lower-case words joined by hyphens, at most 40 characters; `fallback` if nothing is left of it.
pub fn slug(name: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { fallback.to_owned() } else { slug.to_owned() }
}

/// The slug of `name`, with a number behind it that `taken` says no to: `-2`, and `-3` where there is one already.
pub fn unique_slug(name: &str, fallback: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = slug(name, fallback);
    if !taken(&base) {
        return base;
    }
    // Twice as far until one is free, then back to the border: two thousand of one name are no two million questions.
    let numbered = |number: usize| format!("{base}-{number}");
    let (mut below, mut free) = (1_usize, 2_usize);
    while taken(&numbered(free)) {
        (below, free) = (free, 2 * free);
    }
    while free - below > 1 {
        let middle = below + (free - below) / 2;
        if taken(&numbered(middle)) { below = middle } else { free = middle }
    }
    numbered(free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_readable_and_unique() {
        assert_eq!(slug("Order processing", "x"), "order-processing");
        assert_eq!(slug("  ¿Qué?  ", "x"), "qu");
        assert_eq!(slug("!!!", "component"), "component");
        assert_eq!(unique_slug("Redis", "x", |s| s == "redis" || s == "redis-2"), "redis-3");
    }

    #[test]
    fn the_next_number_of_many_is_found_in_few_questions() {
        let asked = std::cell::Cell::new(0);
        let taken = |slug: &str| {
            asked.set(asked.get() + 1);
            slug == "redis" || slug.strip_prefix("redis-").is_some_and(|n| (2..=5_000).contains(&n.parse().unwrap()))
        };
        assert_eq!(unique_slug("Redis", "x", taken), "redis-5001");
        assert!(asked.get() < 40, "{} questions", asked.get());
    }
}
