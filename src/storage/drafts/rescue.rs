//! The end of the program by a fault: every draft is written, and a note tells what happened.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak},
    time::Duration,
};

use super::{Drafts, keeper::Shared, place::make_private};
use crate::storage::{SaveError, safe_write::in_words, write_file};

/// The keepers of this process.
static KEEPERS: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());

/// A note is a page, not a book.
const MOST_BYTES: usize = 64 * 1024;

pub(super) fn note(keeper: &Arc<Shared>) {
    let mut keepers = KEEPERS.lock().unwrap_or_else(PoisonError::into_inner);
    keepers.retain(|keeper| keeper.strong_count() > 0);
    keepers.push(Arc::downgrade(keeper));
}

pub(super) fn forget(keeper: &Arc<Shared>) {
    KEEPERS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .retain(|other| !Weak::ptr_eq(other, &Arc::downgrade(keeper)));
}

/// A lock, if it comes free soon: the thread at fault may hold it, and then it never does.
pub(super) fn patiently<T>(lock: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    const TRIES: usize = 100;
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    None
}

/// Writes the drafts of this process now and says where they are. For a panic hook: it waits a second at most for what others hold.
pub fn rescue() -> Vec<Result<PathBuf, SaveError>> {
    keepers().iter().filter_map(|keeper| keeper.rescue()).collect()
}

/// Lets go of the drafts of this process, which stay, so that another one can take them up while this one ends.
pub fn let_go() {
    for keeper in keepers() {
        keeper.let_go();
    }
}

fn keepers() -> Vec<Arc<Shared>> {
    patiently(&KEEPERS).map_or_else(Vec::new, |keepers| keepers.iter().filter_map(Weak::upgrade).collect())
}

/// What is known of the fault that ended the program, as a text for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The report.
    pub text: String,
    /// Where it is kept.
    pub file: PathBuf,
}

impl Drafts {
    /// Keeps the report of a fault for the next start.
    ///
    /// # Errors
    /// [`SaveError`] if it cannot be written.
    pub fn note_fault(&self, text: &str) -> Result<Fault, SaveError> {
        let file = self.folder.join("fault.txt");
        make_private(&self.folder).map_err(|error| in_words(&self.folder, error))?;
        write_file(&file, text.as_bytes())?;
        write_file(&self.untold(), b"")?;
        Ok(Fault { text: text.to_owned(), file })
    }

    /// The report of the fault that ended the program before, once. It stays in the folder, to be sent.
    pub fn take_fault(&self) -> Option<Fault> {
        // Whoever takes the mark away tells it: of two windows that start at once, one.
        fs::remove_file(self.untold()).ok()?;
        let file = self.folder.join("fault.txt");
        Some(Fault { text: page(&file), file })
    }

    /// A mark that the last fault was not told yet.
    fn untold(&self) -> PathBuf {
        self.folder.join("fault.untold")
    }
}

fn page(file: &Path) -> String {
    let mut bytes = fs::read(file).unwrap_or_default();
    bytes.truncate(MOST_BYTES);
    String::from_utf8_lossy(&bytes).into_owned()
}
