//! A map that snapshots of a document share until one of them changes it.

use std::{
    hash::Hash,
    ops::{Deref, DerefMut},
    sync::{Arc, Weak},
};

use indexmap::{Equivalent, IndexMap, map};

/// An ordered map. A copy is the same allocation until one of the two is changed, so a snapshot before an edit costs what the edit
/// touches; reading it is reading the map. It remembers which values became others since it was copied, so that who compares
/// snapshots of one document looks at those alone.
#[derive(Debug)]
pub struct Shared<K, V> {
    map: Arc<IndexMap<K, V>>,
    since: Option<Since<K, V>>,
}

/// The map that one was copied from, and where it may have other values; its keys are the same. That map is named by its allocation:
/// while somebody names it so nothing else lies there, and who changes its contents takes them elsewhere first.
#[derive(Debug)]
struct Since<K, V> {
    base: Weak<IndexMap<K, V>>,
    changed: Vec<usize>,
}

impl<K, V> Shared<K, V> {
    fn new(map: IndexMap<K, V>) -> Self {
        Self { map: Arc::new(map), since: None }
    }

    /// Whether two are the same allocation: then they have the same contents, and nobody has to look.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.map, &other.map)
    }

    /// The positions at which two with the same keys may have different values, in no order and maybe more than once. `None` where
    /// that is not known, and somebody has to look everywhere.
    pub fn differing(&self, other: &Self) -> Option<Vec<usize>> {
        if self.is(other) {
            return Some(Vec::new());
        }
        let changed = |of: &Option<Since<K, V>>, from: &Self| {
            let since = of.as_ref()?;
            std::ptr::eq(since.base.as_ptr(), Arc::as_ptr(&from.map)).then(|| since.changed.clone())
        };
        changed(&self.since, other).or_else(|| changed(&other.since, self)).or_else(|| {
            let (a, b) = (self.since.as_ref()?, other.since.as_ref()?);
            Weak::ptr_eq(&a.base, &b.base).then(|| [a.changed.as_slice(), &b.changed].concat())
        })
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Shared<K, V> {
    /// Keeps what suits; where that is all, the map stays shared.
    pub fn keep(&mut self, suits: impl Fn(&K, &V) -> bool) {
        if !self.map.iter().all(|(key, value)| suits(key, value)) {
            self.retain(|key, value| suits(key, value));
        }
    }

    /// A value that becomes another one.
    pub fn get_mut<Q: ?Sized + Hash + Equivalent<K>>(&mut self, key: &Q) -> Option<&mut V> {
        let index = self.map.get_index_of(key)?;
        match &mut self.since {
            // Nobody else has it, so what is known of it goes on.
            Some(since) if Arc::strong_count(&self.map) == 1 => since.changed.push(index),
            None if Arc::strong_count(&self.map) == 1 => {}
            since => *since = Some(Since { base: Arc::downgrade(&self.map), changed: vec![index] }),
        }
        // Who changes nearly everything over and over has no use for a list of it.
        if self.since.as_ref().is_some_and(|since| since.changed.len() > 2 * self.map.len()) {
            self.since = None;
        }
        Arc::make_mut(&mut self.map).get_index_mut(index).map(|(_, value)| value)
    }
}

impl<K, V> Clone for Since<K, V> {
    fn clone(&self) -> Self {
        Self { base: Weak::clone(&self.base), changed: self.changed.clone() }
    }
}

impl<K, V> Clone for Shared<K, V> {
    fn clone(&self) -> Self {
        Self { map: Arc::clone(&self.map), since: self.since.clone() }
    }
}

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        Self::new(IndexMap::default())
    }
}

impl<K, V> From<IndexMap<K, V>> for Shared<K, V> {
    fn from(map: IndexMap<K, V>) -> Self {
        Self::new(map)
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for Shared<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::from(entries.into_iter().collect::<IndexMap<K, V>>())
    }
}

impl<K, V> Deref for Shared<K, V> {
    type Target = IndexMap<K, V>;

    fn deref(&self) -> &Self::Target {
        &self.map
    }
}

/// Whoever only may change something asks first whether there is anything to change: this copies what others share.
impl<K: Clone, V: Clone> DerefMut for Shared<K, V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.since = None;
        Arc::make_mut(&mut self.map)
    }
}

impl<'a, K, V> IntoIterator for &'a Shared<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = map::Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.map.iter()
    }
}

impl<'a, K: Clone, V: Clone> IntoIterator for &'a mut Shared<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = map::IterMut<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<K: Hash + Eq, V: PartialEq> PartialEq for Shared<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.is(other) || self.map == other.map
    }
}

impl<K: Clone, V: Clone> IntoIterator for Shared<K, V> {
    type Item = (K, V);
    type IntoIter = map::IntoIter<K, V>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.map).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_differs_is_among_what_is_said_to(
            steps in proptest::collection::vec((0_usize..6, 0_usize..6, 0_usize..12, 0_u8..4), 1..80),
        ) {
            let map: IndexMap<usize, u8> = (0..8).map(|key| (key, 0)).collect();
            let mut all: Vec<Shared<usize, u8>> = vec![Shared::from(map); 6];
            for (one, other, key, value) in steps {
                match value {
                    0 => all[one] = all[other].clone(),
                    1 if key > 9 => drop(all[one].insert(key, value)),
                    1 => drop(all[one].swap_remove(&key)),
                    _ => all[one].get_mut(&key).into_iter().for_each(|old| *old = value),
                }
                for (a, b) in all.iter().zip(all.iter().skip(1)).chain([(&all[one], &all[other])]) {
                    let Some(said) = a.differing(b) else { continue };
                    prop_assert!(a.keys().eq(b.keys()));
                    for (index, (x, y)) in a.values().zip(b.values()).enumerate() {
                        prop_assert!(x == y || said.contains(&index));
                    }
                }
            }
        }
    }

    #[test]
    fn snapshots_of_one_document_know_what_differs() {
        let first: Shared<usize, u8> = (0..4).map(|key| (key, 0)).collect();
        let with = |from: &Shared<usize, u8>, key: usize| {
            let mut copy = from.clone();
            copy.get_mut(&key).into_iter().for_each(|value| *value += 1);
            copy
        };
        let (one, other) = (with(&first, 1), with(&first, 2));
        assert_eq!(first.differing(&one), Some(vec![1]));
        assert_eq!(one.differing(&first), Some(vec![1]));
        assert_eq!(one.differing(&other), Some(vec![1, 2]));
        assert_eq!(first.differing(&first.clone()), Some(vec![]));
        assert_eq!(first.differing(&with(&one, 3)), None, "nobody remembers more than one copy");
        let mut more = one.clone();
        more.insert(9, 1);
        assert_eq!(one.differing(&more), None, "it has other keys");
    }
}
