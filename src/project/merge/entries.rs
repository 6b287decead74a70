//! Entries that are merged one by one, and the parts of an entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::Hash,
    sync::Arc,
};

use indexmap::IndexMap;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    super::{
        difference::Thing,
        id::FindingKey,
        leaves::{Leaves, Path, leaves, thing_of},
        order::woven,
    },
    Clash, Merge, Version,
};
use crate::lang::t;

/// Parts that are there together or not at all: the role of a rate card.
const TOGETHER: &str = "roles";

/// What is there of something in base, ours and theirs.
type Three<'a, T> = [&'a T; 3];

impl Merge<'_> {
    /// The entries of a map of shared things.
    pub(super) fn shared<K, V>(
        &mut self,
        maps: Three<'_, IndexMap<K, Arc<V>>>,
        thing: impl Fn(&K) -> Thing,
        in_order: fn(&V, &V) -> bool,
    ) -> IndexMap<K, Arc<V>>
    where
        K: Clone + Eq + Hash,
        V: PartialEq + Serialize + DeserializeOwned,
    {
        let whole = |parts: &Leaves| thing_of(parts).map(Arc::new);
        self.entries(maps, thing, |a, b| in_order(a, b), |entry| leaves(&**entry), whole)
    }

    /// Why findings are set aside.
    pub(super) fn reasons(&mut self, maps: Three<'_, IndexMap<FindingKey, String>>) -> IndexMap<FindingKey, String> {
        let parts = |reason: &String| Leaves::from([(vec!["reason".to_owned()], Value::String(reason.clone()))]);
        let whole = |parts: &Leaves| parts.values().next().and_then(Value::as_str).map(str::to_owned);
        self.entries(maps, |key| Thing::Finding(key.clone()), |_, _| true, parts, whole)
    }

    fn entries<K: Clone + Eq + Hash, V: Clone + PartialEq>(
        &mut self,
        maps: Three<'_, IndexMap<K, V>>,
        thing: impl Fn(&K) -> Thing,
        in_order: impl Fn(&V, &V) -> bool,
        parts: impl Fn(&V) -> Leaves,
        whole: impl Fn(&Leaves) -> Option<V>,
    ) -> IndexMap<K, V> {
        let mut merged = IndexMap::new();
        for key in order(maps) {
            let versions = maps.map(|map| map.get(key));
            let entry = match as_it_stands(versions, &in_order) {
                Taken::Whole(entry) => entry.cloned(),
                Taken::InParts => self.entry(thing(key), versions, &parts, &whole),
            };
            merged.extend(entry.map(|entry| (key.clone(), entry)));
        }
        merged
    }

    /// An entry that both changed.
    fn entry<V: Clone>(
        &mut self,
        thing: Thing,
        [base, ours, theirs]: [Option<&V>; 3],
        parts: &impl Fn(&V) -> Leaves,
        whole: &impl Fn(&Leaves) -> Option<V>,
    ) -> Option<V> {
        let preferred = match self.prefer {
            Version::Ours => ours,
            Version::Theirs => theirs,
        };
        let by = match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let of = [base.map(parts).unwrap_or_default(), parts(ours), parts(theirs)];
                let merged = whole(&self.parts(&thing, &of));
                return merged.or_else(|| {
                    self.unsound(thing, t("its parts make no whole together").to_owned());
                    preferred.cloned()
                });
            }
            (None, _) => Version::Ours,
            (_, None) => Version::Theirs,
        };
        self.conflict(thing, Clash::Removed { by });
        preferred.cloned()
    }

    /// The parts of a thing of which base, ours and theirs are these.
    pub(super) fn parts(&mut self, thing: &Thing, versions: &[Leaves; 3]) -> Leaves {
        let settled = self.settle_together(thing, versions);
        let [base, ours, theirs] = versions;
        let mut merged = Leaves::new();
        for path in order([base, ours, theirs]) {
            let [base, ours, theirs] = [base, ours, theirs].map(|leaves| leaves.get(path));
            let preferred = match self.prefer {
                Version::Ours => ours,
                Version::Theirs => theirs,
            };
            // Half of what is there together is not taken.
            let is_settled = path.get(..2).is_some_and(|begin| settled.contains(begin));
            let value = if is_settled {
                preferred
            } else if ours == theirs || base == theirs {
                ours
            } else if base == ours {
                theirs
            } else {
                let [base, ours, theirs] = [base, ours, theirs].map(Option::<&Value>::cloned);
                self.conflict(thing.clone(), Clash::Field { path: path.clone(), base, ours, theirs });
                preferred
            };
            merged.extend(value.map(|value| (path.clone(), value.clone())));
        }
        merged
    }

    /// What is there together and was removed by one while the other one changed it: a conflict each.
    fn settle_together(&mut self, thing: &Thing, versions: &[Leaves; 3]) -> BTreeSet<Path> {
        let of = versions.each_ref().map(together);
        let begins: BTreeSet<&Path> = of.iter().flat_map(BTreeMap::keys).collect();
        let mut settled = BTreeSet::new();
        for begin in begins {
            let [base, ours, theirs] = of.each_ref().map(|groups| groups.get(begin));
            let is_removed = base.is_some() && ours.is_none() != theirs.is_none();
            if is_removed && base != ours && base != theirs {
                let [base, ours, theirs] = [base, ours, theirs].map(|group| group.cloned().map(Value::Object));
                self.conflict(thing.clone(), Clash::Field { path: begin.clone(), base, ours, theirs });
                settled.insert(begin.clone());
            }
        }
        settled
    }
}

/// What is there together, by the keys that lead to it.
fn together(leaves: &Leaves) -> BTreeMap<Path, Map<String, Value>> {
    let mut groups: BTreeMap<Path, Map<String, Value>> = BTreeMap::new();
    for (path, value) in leaves {
        if let [first, id, key] = path.as_slice()
            && first == TOGETHER
        {
            groups.entry(vec![first.clone(), id.clone()]).or_default().insert(key.clone(), value.clone());
        }
    }
    groups
}

/// How an entry comes into the merged document.
pub(super) enum Taken<'a, V> {
    /// As it stands in one version, or not at all: only one changed it, or both in the same way.
    Whole(Option<&'a V>),
    /// Both changed something: part by part.
    InParts,
}

/// Whether an entry is taken as it stands. What stands in another order (`in_order` says whether it does) and is the same otherwise is changed, too.
pub(super) fn as_it_stands<'a, V: PartialEq>(
    [base, ours, theirs]: [Option<&'a V>; 3],
    in_order: &impl Fn(&V, &V) -> bool,
) -> Taken<'a, V> {
    let same_order = |version: Option<&V>| match (base, version) {
        (Some(base), Some(version)) => in_order(base, version),
        _ => true,
    };
    if ours == theirs {
        return Taken::Whole(if base.is_some() && same_order(ours) { theirs } else { ours });
    }
    // Whoever takes something out does not mind in which order it stood.
    if base == theirs && (ours.is_none() || same_order(theirs)) {
        return Taken::Whole(ours);
    }
    if base == ours && (theirs.is_none() || same_order(ours)) { Taken::Whole(theirs) } else { Taken::InParts }
}

/// The keys of all that ours and theirs have: in the order of ours, unless only theirs has another one than base.
fn order<K: Eq + Hash, V>([base, ours, theirs]: Three<'_, IndexMap<K, V>>) -> Vec<&K> {
    let keeps_order = |version: &IndexMap<K, V>| base.keys().filter_map(|key| version.get_index_of(key)).is_sorted();
    let only_theirs = ours.keys().eq(base.keys()) || (keeps_order(ours) && !keeps_order(theirs));
    if only_theirs { woven(theirs.keys(), ours.keys()) } else { woven(ours.keys(), theirs.keys()) }
}
