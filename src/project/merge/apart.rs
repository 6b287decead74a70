//! What both versions added under one id and is not one thing: ids are made from names, so two people who each add a note, or each name
//! something alike, come to the same id. That of the version which is not preferred gets another one, with all that leads to it.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::Arc,
};

use indexmap::IndexMap;

use super::{
    super::{
        Baseline, BaselineId, Component, Connection, Project, Scenario,
        difference::Thing,
        id::{BoundaryId, ComponentId, ConnectionId, ElementId, FindingKey, NoteId, unique_slug},
    },
    Clash, Conflict, Version,
};

/// Something of one version that is kept beside something of the other one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBeside {
    /// The id that both gave; what the preferred version has under it keeps it.
    pub id: ElementId,
    /// Under which id what the other version has is kept.
    pub kept_as: ElementId,
    /// That other version.
    pub of: Version,
}

/// What came of it.
pub(super) struct Apart {
    /// The version that is not preferred with other ids; `None` if none is another one.
    pub(super) renamed: Option<Project>,
    pub(super) kept_beside: Vec<KeptBeside>,
    /// What both added and means the same thing, but says something else of it.
    pub(super) alike: Vec<Conflict>,
}

/// Other ids for some of theirs.
struct Renamed<K>(HashMap<K, K>);

impl<K: Clone + Eq + Hash> Renamed<K> {
    fn of(&self, id: &K) -> K {
        self.0.get(id).unwrap_or(id).clone()
    }

    fn map<V>(&self, map: &mut IndexMap<K, V>) {
        if !self.0.is_empty() {
            *map = std::mem::take(map).into_iter().map(|(id, value)| (self.of(&id), value)).collect();
        }
    }
}

/// Gives other ids to what both added under one id, but for what is the same thing.
fn renamed<K: Clone + Eq + Hash + for<'a> From<&'a str> + AsText, V>(
    [base, ours, theirs]: [&IndexMap<K, Arc<V>>; 3],
    is_same: impl Fn(&V, &V) -> bool,
) -> Renamed<K> {
    let mut new: HashMap<K, K> = HashMap::new();
    let mut taken: HashSet<K> = HashSet::new();
    for (id, theirs_own) in theirs {
        let Some(ours_own) = ours.get(id).filter(|_| !base.contains_key(id)) else { continue };
        if Arc::ptr_eq(ours_own, theirs_own) || is_same(ours_own, theirs_own) {
            continue;
        }
        let known = |text: &str| {
            let id = K::from(text);
            base.contains_key(&id) || ours.contains_key(&id) || theirs.contains_key(&id) || taken.contains(&id)
        };
        let other = K::from(&unique_slug(id.as_text(), id.as_text(), known));
        taken.insert(other.clone());
        new.insert(id.clone(), other);
    }
    Renamed(new)
}

/// Keeps apart what both added. `theirs` are the version that is not preferred, by the name of `of`.
pub(super) fn apart(base: &Project, ours: &Project, theirs: &Project, of: Version) -> Apart {
    let components = renamed([&base.components, &ours.components, &theirs.components], |a, b| {
        (&a.name, a.kind) == (&b.name, b.kind)
    });
    let connections = renamed([&base.connections, &ours.connections, &theirs.connections], |a, b| {
        (&a.from, &a.to) == (&components.of(&b.from), &components.of(&b.to))
    });
    let boundaries = renamed([&base.boundaries, &ours.boundaries, &theirs.boundaries], |a, b| a.name == b.name);
    let notes = renamed([&base.sticky_notes, &ours.sticky_notes, &theirs.sticky_notes], |a, b| a.text == b.text);
    let mut kept_beside = Vec::new();
    tell(&theirs.components, &components, ElementId::Component, of, &mut kept_beside);
    tell(&theirs.connections, &connections, ElementId::Connection, of, &mut kept_beside);
    tell(&theirs.boundaries, &boundaries, ElementId::Boundary, of, &mut kept_beside);
    tell(&theirs.sticky_notes, &notes, ElementId::Note, of, &mut kept_beside);
    let alike = alike(base, ours, theirs, &kept_beside);
    let renamed = (!kept_beside.is_empty()).then(|| {
        let mut project = theirs.clone();
        components.map(&mut project.components);
        for link in project.connections.values_mut() {
            let (from, to) = (components.of(&link.from), components.of(&link.to));
            if (&from, &to) != (&link.from, &link.to) {
                *link = Arc::new(Connection { from, to, ..(**link).clone() });
            }
        }
        connections.map(&mut project.connections);
        boundaries.map(&mut project.boundaries);
        notes.map(&mut project.sticky_notes);
        for boundary in project.boundaries.values_mut().filter(|boundary| boundary.folded.is_some()) {
            let mut frame = (**boundary).clone();
            if let Some(folded) = &mut frame.folded {
                folded.components = folded.components.iter().map(|id| components.of(id)).collect();
                folded.boundaries = folded.boundaries.iter().map(|id| boundaries.of(id)).collect();
                folded.sticky_notes = folded.sticky_notes.iter().map(|id| notes.of(id)).collect();
            }
            *boundary = Arc::new(frame);
        }
        for scenario in project.scenarios.values_mut() {
            *scenario = Arc::new(with_other_ids(scenario, &components));
        }
        // One that was kept before names what stood under that id then.
        let is_new = |(id, kept): &(&BaselineId, &mut Arc<Baseline>)| base.baselines.get(*id) != Some(&**kept);
        for (_, baseline) in project.baselines.iter_mut().filter(is_new) {
            let is_renamed = |id: &Option<ComponentId>| id.as_ref().is_some_and(|id| components.0.contains_key(id));
            if baseline.parts.iter().any(|part| is_renamed(&part.component)) {
                for part in &mut Arc::make_mut(baseline).parts {
                    part.component = part.component.as_ref().map(|id| components.of(id));
                }
            }
        }
        let others: HashMap<&ElementId, &ElementId> = kept_beside.iter().map(|one| (&one.id, &one.kept_as)).collect();
        let with_others = |key: FindingKey| key.with_other_ids(|element| others.get(element).copied().cloned());
        let keys = std::mem::take(&mut project.suppressed).into_iter();
        project.suppressed = keys.map(|(key, reason)| (with_others(key), reason)).collect();
        project
    });
    Apart { renamed, kept_beside, alike }
}

/// Notes what gets another id, in the order of the document.
fn tell<K: Clone + Eq + Hash, V>(
    map: &IndexMap<K, V>,
    renamed: &Renamed<K>,
    element: impl Fn(K) -> ElementId,
    of: Version,
    kept_beside: &mut Vec<KeptBeside>,
) {
    let new = map.keys().filter_map(|id| Some((id.clone(), renamed.0.get(id)?.clone())));
    kept_beside.extend(new.map(|(old, new)| KeptBeside { id: element(old), kept_as: element(new), of }));
}

/// What both added as the same thing, and says something else of it: it is put together field by field, which a person looks at.
fn alike(base: &Project, ours: &Project, theirs: &Project, kept_beside: &[KeptBeside]) -> Vec<Conflict> {
    // Of two documents that were made by themselves everything is.
    if base.components.is_empty() {
        return Vec::new();
    }
    let added = theirs.components.iter().filter(|(id, _)| !base.components.contains_key(*id));
    let both = added.filter_map(|(id, component)| Some((id, ours.components.get(id)?, component)));
    let says_else = |a: &Component, b: &Component| {
        let drawn_alike = Component { pos_world: a.pos_world, locked: a.locked, ..b.clone() };
        *a != drawn_alike
    };
    let beside: HashSet<&ElementId> = kept_beside.iter().map(|one| &one.id).collect();
    both.filter(|(_, a, b)| says_else(a, b))
        .map(|(id, ..)| ElementId::Component(id.clone()))
        .filter(|element| !beside.contains(element))
        .map(|element| Conflict { thing: Thing::Element(element), clash: Clash::BothAdded })
        .collect()
}

fn with_other_ids(scenario: &Scenario, components: &Renamed<ComponentId>) -> Scenario {
    let mut scenario = scenario.clone();
    components.map(&mut scenario.pins);
    scenario.deferred = scenario.deferred.iter().map(|id| components.of(id)).collect();
    scenario
}

/// An id as text, whatever it names.
trait AsText {
    fn as_text(&self) -> &str;
}

macro_rules! as_text {
    ($($id:ty),*) => { $(impl AsText for $id {
        fn as_text(&self) -> &str {
            self.as_str()
        }
    })* };
}
as_text!(ComponentId, ConnectionId, BoundaryId, NoteId);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{ComponentKind, Edit, Protocol, StickyNote, TraitValue, merge::merge};

    fn with(base: &Project, edits: Vec<Edit>) -> Project {
        let mut project = base.clone();
        for edit in edits {
            project.apply(&edit);
        }
        project
    }

    fn put(id: &str, name: &str, kind: ComponentKind) -> Edit {
        Edit::PutComponent(id.into(), Component::new(name, kind, Some((0.0, 0.0).into())))
    }

    fn base() -> Project {
        with(&Project::new("Plan"), vec![put("shop", "Shop", ComponentKind::WebApplication)])
    }

    #[test]
    fn what_both_added_under_one_id_is_kept_twice_with_what_leads_to_it() {
        let link = |to: &str| Connection::new("shop".into(), to.into(), Protocol::Http);
        let note = |text: &str| StickyNote::new(text, kurbo::Rect::new(0.0, 0.0, 100.0, 100.0));
        let ours = with(
            &base(),
            vec![
                put("cache", "Cache", ComponentKind::Redis),
                Edit::PutConnection("link".into(), link("cache")),
                Edit::PutNote("note".into(), note("ours")),
            ],
        );
        let theirs = with(
            &base(),
            vec![
                put("cache", "Page cache", ComponentKind::Worker),
                Edit::PutConnection("link".into(), link("cache")),
                Edit::PutNote("note".into(), note("theirs")),
                Edit::Suppress("no-traits:cache".into(), Some("known".to_owned())),
            ],
        );
        let merged = merge(&base(), &ours, &theirs, Version::Ours);
        assert_eq!(merged.conflicts, []);
        let project = &merged.project;
        assert_eq!((&*project.components["cache"].name, &*project.components["cache-2"].name), ("Cache", "Page cache"));
        let ends = |id: &str| project.connections[id].to.to_string();
        assert_eq!((ends("link"), ends("link-2")), ("cache".to_owned(), "cache-2".to_owned()));
        let mut texts: Vec<&str> = project.sticky_notes.values().map(|note| &*note.text).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["ours", "theirs"]);
        assert!(project.suppressed.contains_key("no-traits:cache-2") && project.suppressed.len() == 1);
        assert_eq!(merged.kept_beside.len(), 3);
        assert_eq!(project.validate(), []);
    }

    #[test]
    fn what_both_added_alike_is_one_thing_and_told_where_they_say_something_else_of_it() {
        let traits = |id: &str, value: f64| {
            let mut project = with(&base(), vec![put("mail", "Mail", ComponentKind::Worker)]);
            project.apply(&Edit::SetTrait("mail".into(), id.into(), Some(TraitValue::Number(value))));
            project
        };
        let alike = merge(&base(), &traits("tables", 3.0), &traits("tables", 3.0), Version::Ours);
        assert_eq!((alike.conflicts.len(), alike.project.components.len()), (0, 2));
        let merged = merge(&base(), &traits("tables", 3.0), &traits("endpoints", 4.0), Version::Ours);
        assert_eq!(merged.conflicts.iter().map(|one| &one.clash).collect::<Vec<_>>(), [&Clash::BothAdded]);
        assert_eq!(merged.project.components["mail"].traits.len(), 2);
        assert_eq!(merged.kept_beside, []);
    }
}
