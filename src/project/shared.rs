//! A map that snapshots of a document share until one of them changes it.

use std::{
    hash::Hash,
    ops::{Deref, DerefMut},
    sync::Arc,
};

use indexmap::{IndexMap, map};

/// An ordered map. A copy is the same allocation until one of the two is changed, so a snapshot before an edit costs what the edit
/// touches; reading it is reading the map.
#[derive(Debug)]
pub struct Shared<K, V>(Arc<IndexMap<K, V>>);

impl<K, V> Shared<K, V> {
    /// Whether two are the same allocation: then they have the same contents, and nobody has to look.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Shared<K, V> {
    /// Keeps what suits; where that is all, the map stays shared.
    pub fn keep(&mut self, suits: impl Fn(&K, &V) -> bool) {
        if !self.0.iter().all(|(key, value)| suits(key, value)) {
            Arc::make_mut(&mut self.0).retain(|key, value| suits(key, value));
        }
    }
}

impl<K, V> Clone for Shared<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        Self(Arc::new(IndexMap::default()))
    }
}

impl<K, V> From<IndexMap<K, V>> for Shared<K, V> {
    fn from(map: IndexMap<K, V>) -> Self {
        Self(Arc::new(map))
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
        &self.0
    }
}

/// Whoever only may change something asks first whether there is anything to change: this copies what others share.
impl<K: Clone, V: Clone> DerefMut for Shared<K, V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Arc::make_mut(&mut self.0)
    }
}

impl<'a, K, V> IntoIterator for &'a Shared<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = map::Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
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
        self.is(other) || self.0 == other.0
    }
}

impl<K: Clone, V: Clone> IntoIterator for Shared<K, V> {
    type Item = (K, V);
    type IntoIter = map::IntoIter<K, V>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}
