//! Entries of a project's lists, counted while they are read for whoever waits. The typed reader has no place for a counter, so it stands beside
//! it, on the thread that reads.

use std::{cell::RefCell, fmt, hash::Hash, marker::PhantomData};

use indexmap::IndexMap;
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor},
};

use crate::progress::Progress;

thread_local! {
    static WATCHED: RefCell<Option<Watched>> = const { RefCell::new(None) };
}

/// What is read on this thread while somebody waits for it.
struct Watched {
    progress: Progress,
    /// Entries that there are, and that were read.
    entries: (u64, u64),
    /// Steps that all of them are, and that were told.
    steps: (u64, u64),
}

impl Watched {
    /// One more entry is read; `None` if nobody waits for the rest.
    fn one_more(&mut self) -> Option<()> {
        self.entries.1 += 1;
        let done = self.steps.0 * self.entries.1.min(self.entries.0) / self.entries.0.max(1);
        let new = done - self.steps.1;
        self.steps.1 = done;
        self.progress.step(new)
    }
}

/// Reads something whose lists have so many entries together, which are so many steps. Once that is cancelled, reading fails.
pub(super) fn watching<T>(progress: &Progress, entries: usize, steps: u64, read: impl FnOnce() -> T) -> T {
    /// Whatever becomes of the reading.
    struct Ends;
    impl Drop for Ends {
        fn drop(&mut self) {
            WATCHED.set(None);
        }
    }
    let _ends = Ends;
    WATCHED.set(Some(Watched { progress: progress.clone(), entries: (entries as u64, 0), steps: (steps, 0) }));
    read()
}

/// Reads a list of a project.
pub(super) fn entries<'de, D, K, V>(deserializer: D) -> Result<IndexMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Eq + Hash,
    V: Deserialize<'de>,
{
    deserializer.deserialize_map(Entries(PhantomData))
}

struct Entries<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + Eq + Hash, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
    type Value = IndexMap<K, V>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = IndexMap::with_capacity(map.size_hint().unwrap_or(0));
        while let Some((key, value)) = map.next_entry()? {
            entries.insert(key, value);
            let goes_on = WATCHED.with_borrow_mut(|watched| watched.as_mut().is_none_or(|it| it.one_more().is_some()));
            if !goes_on {
                return Err(A::Error::custom("cancelled"));
            }
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::storage::read_project_while;

    fn text(components: usize) -> String {
        let mut text = "(format: 2, name: \"Plan\", components: {".to_owned();
        for one in 0..components {
            write!(text, "\"c{one}\": (name: \"C\", kind: worker), ").unwrap();
        }
        text + "})"
    }

    #[test]
    fn reading_tells_how_far_it_is_and_ends_when_it_is_cancelled() {
        let (progress, text) = (Progress::default(), text(200));
        let shares = RefCell::new(Vec::new());
        let check = |_: &_| {
            shares.borrow_mut().push(progress.share());
            Vec::new()
        };
        let read = read_project_while(&text, &check, &progress);
        assert_eq!(read.unwrap().unwrap().components.len(), 200);
        assert!(shares.borrow().iter().all(|share| *share > 0.5) && progress.share() < 1.0);
        progress.cancel();
        assert!(read_project_while(&text, &|_| Vec::new(), &progress).is_none());
        // Nobody is told what is wrong with a text that is no longer wanted.
        assert!(read_project_while(&text.replace("worker", "no such thing"), &|_| Vec::new(), &progress).is_none());
        assert!(WATCHED.with_borrow(Option::is_none));
    }
}
