//! A place for one draft, which one process owns at a time. The owner holds a lock that the system opens when the process ends, however it
//! ends; so a draft whose lock is open belongs to nobody, and no process number that was used again can say otherwise.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    hash::{BuildHasher as _, RandomState},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    DraftError,
    file::{Origin, written},
};
use crate::storage::{
    SaveError,
    leftovers::is_at,
    safe_write::{in_words, write_file},
};

/// A draft's file and the lock beside it, held until this is dropped.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    id: String,
    lock: File,
}

/// Who has the lock of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody: whoever had it is gone.
    Nobody,
    /// A process that lives, with its number if it noted one.
    Alive(Option<u32>),
}

pub(super) fn draft_file(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.ron"))
}

pub(super) fn lock_file(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.lock"))
}

impl Place {
    /// A new place in a folder, which is made if it is not there; what is in it is nobody else's business.
    pub(super) fn new(folder: &Path) -> Result<Self, SaveError> {
        make_private(folder).map_err(|error| in_words(folder, error))?;
        loop {
            let id = format!("{:08x}", RandomState::new().hash_one(std::process::id()) as u32);
            if draft_file(folder, &id).exists() || super::discarded_file(folder, &id).exists() {
                continue;
            }
            let path = lock_file(folder, &id);
            let lock = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(in_words(&path, error)),
            };
            // Somebody who tidies the folder may have been quicker than the lock: then the next name.
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => continue,
                Ok(()) if !is_at(&lock, &path) => continue,
                // A file system without locks: the number in the file has to do.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            let place = Self { folder: folder.to_owned(), id, lock };
            place.sign();
            return Ok(place);
        }
    }

    /// The place of a draft whose owner is gone. Of several who want it at once, one gets it.
    pub(super) fn claim(folder: &Path, id: &str) -> Result<Self, DraftError> {
        // Somebody may be looking just now whether the owner lives; that takes no time.
        const TRIES: usize = 10;
        for _ in 0..TRIES {
            match Self::try_claim(folder, id) {
                Err(DraftError::Owned) => std::thread::sleep(Duration::from_millis(10)),
                done => return done,
            }
        }
        Err(DraftError::Owned)
    }

    fn try_claim(folder: &Path, id: &str) -> Result<Self, DraftError> {
        let path = lock_file(folder, id);
        if !draft_file(folder, id).exists() {
            return Err(DraftError::NotThere);
        }
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = file.map_err(|error| DraftError::from(in_words(&path, error)))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(DraftError::Owned),
            Err(TryLockError::Error(_)) if noted_owner_lives(&path) => return Err(DraftError::Owned),
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let place = Self { folder: folder.to_owned(), id: id.to_owned(), lock };
        if !is_at(&place.lock, &path) {
            return Err(DraftError::Owned); // taken away meanwhile, with or without the draft: look again
        }
        if !place.file().exists() {
            return Err(DraftError::NotThere);
        }
        place.sign();
        Ok(place)
    }

    /// What names the draft.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where it is.
    pub fn file(&self) -> PathBuf {
        draft_file(&self.folder, &self.id)
    }

    /// Whether the lock is still where others look for it.
    pub(super) fn is_ours(&self) -> bool {
        is_at(&self.lock, &lock_file(&self.folder, &self.id))
    }

    /// Writes the draft in place of the one before.
    pub(super) fn write(&self, origin: Option<&Origin>, text: &str) -> Result<(), SaveError> {
        write_file(&self.file(), written(origin, text).as_bytes())
    }

    /// Takes the draft away: what it held is saved, or not wanted.
    pub(super) fn remove(self) {
        if let Err(error) = fs::remove_file(self.file())
            && error.kind() != ErrorKind::NotFound
        {
            log::warn!("a draft could not be removed ({error}): {}", self.file().display());
        }
    }

    /// Says in the lock file whose it is: for people, and where there are no locks.
    fn sign(&self) {
        let signature = format!("{}\n", std::process::id());
        let signed = self.lock.set_len(0).and_then(|()| (&self.lock).write_all(signature.as_bytes()));
        if let Err(error) = signed {
            log::info!("the lock of a draft could not be signed: {error}");
        }
    }
}

impl Drop for Place {
    /// Without a draft there is nothing to lock. The lock's file goes before the lock opens, so that nobody can have taken it by then.
    fn drop(&mut self) {
        if self.is_ours() && !self.file().exists() {
            let _ = fs::remove_file(lock_file(&self.folder, &self.id));
        }
    }
}

/// Who owns the draft with this lock file. Nothing is written.
pub(super) fn owner(folder: &Path, id: &str) -> Owner {
    let path = lock_file(folder, id);
    let Ok(lock) = OpenOptions::new().write(true).open(&path) else { return Owner::Nobody };
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Owner::Alive(noted_owner(&path)),
        Err(TryLockError::Error(_)) if noted_owner_lives(&path) => Owner::Alive(noted_owner(&path)),
        Ok(()) | Err(TryLockError::Error(_)) => Owner::Nobody,
    }
}

/// Takes a lock away that has no draft, if nobody holds it: its owner died before there was one.
pub(super) fn remove_stale_lock(folder: &Path, id: &str) {
    let path = lock_file(folder, id);
    let Ok(lock) = OpenOptions::new().write(true).open(&path) else { return };
    if lock.try_lock().is_ok() && is_at(&lock, &path) && !draft_file(folder, id).exists() {
        let _ = fs::remove_file(&path);
    }
}

fn noted_owner(lock: &Path) -> Option<u32> {
    fs::read_to_string(lock).ok()?.trim().parse().ok()
}

fn noted_owner_lives(lock: &Path) -> bool {
    noted_owner(lock).is_some_and(|process| Path::new("/proc").join(process.to_string()).exists())
}

/// Makes a folder that only the person can look into: a draft of a private file must not be less private.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
