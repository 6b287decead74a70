//! Unsaved work, kept aside while it is being done: a file for each window in the person's state folder, and a lock beside it that falls open
//! when its owner dies.

mod draft;
mod file;
mod keeper;
mod mark;
mod pace;
mod place;
mod rescue;
mod words;

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{
    Repaired, SaveError, leftovers::sweep, read_known, read_what_can_be, safe_write::in_words, user::state_folder,
};
use crate::{
    lang::{t, tr},
    progress::Progress,
    text::io_words,
};
use draft::{draft, listed, read};

pub use draft::{Content, Draft, OriginNow};
pub use file::Origin;
pub use keeper::{Keeper, Unsaved};
pub use mark::Mark;
pub use place::{Owner, Place};
pub use rescue::{Fault, let_go, rescue};

/// How many discarded drafts are kept, for whoever thinks better of it.
pub const MAX_DISCARDED: usize = 10;

/// Why something could not be done with a draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// There is no such draft.
    #[error(
        "{}",
        t(
            "There is no such draft; it may have been restored or discarded meanwhile, and `groundplan drafts` lists those there are"
        )
    )]
    NotThere,
    /// Another process has it.
    #[error("{}", t("This draft belongs to a window that is open; save or discard it there"))]
    Owned,
    /// Its file could not be read.
    #[error("{}", tr!("The draft could not be read ({0}): {1}", io_words(.source), .path.display()))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Something could not be written.
    #[error(transparent)]
    Write(#[from] SaveError),
}

/// The folder of the drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// The drafts of the person at this machine; `None` if they have no home folder.
    pub fn of_user() -> Option<Self> {
        state_folder().map(|folder| Self::in_folder(&folder.join("drafts")))
    }

    /// The drafts in a folder, which is made for the first one.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every draft, the newest first, those of living owners too. Nothing is written.
    pub fn list(&self) -> Vec<Draft> {
        listed(&self.folder, |id| place::owner(&self.folder, id))
    }

    /// One draft; `None` if it is not there.
    pub fn get(&self, id: &str) -> Option<Draft> {
        self.get_while(id, &Progress::default())
    }

    /// The same while somebody waits for it. What comes of it once it is cancelled is not to be used.
    pub fn get_while(&self, id: &str, progress: &Progress) -> Option<Draft> {
        draft(place::draft_file(&self.folder, known(id).ok()?), place::owner(&self.folder, id), progress)
    }

    /// How many drafts there are whose owners are gone, without a look into them.
    pub fn waiting(&self) -> usize {
        let is_draft = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "ron");
        let ids = files(&self.folder).into_iter().filter(is_draft);
        let ids = ids.filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()));
        ids.filter(|id| known(id).is_ok() && place::owner(&self.folder, id) == Owner::Nobody).count()
    }

    /// What can be read of a draft that is damaged; `None` if that is nothing.
    pub fn readable_part(&self, id: &str) -> Option<Repaired> {
        read_what_can_be(&self.text(id).ok()?, &|_| Vec::new()).ok()
    }

    /// Whether nothing can be read of a draft. Such ones stand below all others: nobody looks for their work among them.
    pub fn is_unreadable(&self, draft: &Draft) -> bool {
        matches!(draft.content, Content::Damaged(_)) && self.readable_part(&draft.id).is_none()
    }

    /// The drafts that were discarded, the newest first.
    pub fn discarded(&self) -> Vec<Draft> {
        listed(&discarded(&self.folder), |_| Owner::Nobody)
    }

    /// The drafts whose owners are gone, the newest first. What holds nothing but what its file holds as well is taken away (the program died
    /// between a save and the end of the draft), and so is what dead processes left half-written.
    pub fn orphans(&self) -> Vec<Draft> {
        self.tidy();
        let mut orphans = self.list();
        orphans.retain(|draft| draft.owner == Owner::Nobody && !self.is_saved(draft));
        orphans
    }

    fn is_saved(&self, draft: &Draft) -> bool {
        let Some(origin) = &draft.origin else { return false };
        let text = || Some(read(&draft.file).ok()?.text);
        let is_saved = read_known(&origin.path)
            .is_ok_and(|(saved, _)| text().is_some_and(|text| text.as_slice() == saved.as_bytes()));
        if is_saved && let Ok(place) = Place::claim(&self.folder, &draft.id) {
            place.remove();
        }
        is_saved
    }

    /// Takes away what dead processes left that is no draft.
    fn tidy(&self) {
        sweep(&self.folder);
        for path in files(&self.folder) {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let is_lock = path.extension().is_some_and(|extension| extension == "lock");
            if is_lock && !place::draft_file(&self.folder, name).exists() {
                place::remove_stale_lock(&self.folder, name);
            }
        }
    }

    /// The draft, for whoever takes it over. Of several processes that want it at once, one gets it.
    ///
    /// # Errors
    /// [`DraftError`] if it is gone or somebody has it.
    pub fn claim(&self, id: &str) -> Result<(Place, Draft), DraftError> {
        self.claim_while(id, &Progress::default())
    }

    /// The same while somebody waits for it. What comes of it once it is cancelled is not to be used.
    ///
    /// # Errors
    /// As [`Drafts::claim`].
    pub fn claim_while(&self, id: &str, progress: &Progress) -> Result<(Place, Draft), DraftError> {
        let place = Place::claim(&self.folder, known(id)?)?;
        let draft = draft(place.file(), Owner::Nobody, progress).ok_or(DraftError::NotThere)?;
        Ok((place, draft))
    }

    /// What a draft holds, byte for byte and without its head; one that was discarded too.
    ///
    /// # Errors
    /// [`DraftError`] if it is gone or cannot be read.
    pub fn text(&self, id: &str) -> Result<Vec<u8>, DraftError> {
        let file = place::draft_file(&self.folder, known(id)?);
        let file = if file.exists() { file } else { discarded_file(&self.folder, id) };
        match read(&file) {
            Ok(parts) => Ok(parts.text),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(DraftError::NotThere),
            Err(source) => Err(DraftError::Unreadable { path: file, source }),
        }
    }

    /// Puts a draft among the discarded ones, of which the last [`MAX_DISCARDED`] are kept.
    ///
    /// # Errors
    /// [`DraftError`] if it is gone or somebody has it; then it stays.
    pub fn discard(&self, id: &str) -> Result<(), DraftError> {
        let place = Place::claim(&self.folder, known(id)?)?;
        self.retire(place)
    }

    /// The same for a draft that is claimed.
    ///
    /// # Errors
    /// [`DraftError`] if it cannot be moved; then it stays.
    pub fn retire(&self, place: Place) -> Result<(), DraftError> {
        let to = discarded_file(&self.folder, place.id());
        move_file(&place.file(), &to)?;
        drop(place);
        // The newest last, so that what was discarded just now is never the one that makes room.
        let mut kept: Vec<(SystemTime, PathBuf)> = files(&discarded(&self.folder))
            .into_iter()
            .filter(|file| *file != to)
            .map(|file| (modified(&file), file))
            .collect();
        kept.sort();
        for (_, file) in kept.iter().take((kept.len() + 1).saturating_sub(MAX_DISCARDED)) {
            let _ = fs::remove_file(file);
        }
        Ok(())
    }

    /// Brings a discarded draft back.
    ///
    /// # Errors
    /// [`DraftError`] if it is not there.
    pub fn put_back(&self, id: &str) -> Result<(), DraftError> {
        move_file(&discarded_file(&self.folder, known(id)?), &place::draft_file(&self.folder, id))
    }

    /// Puts a damaged draft out of the way, where nothing takes it away, and says where that is.
    ///
    /// # Errors
    /// [`DraftError`] if it is gone or somebody has it; then it stays.
    pub fn set_aside(&self, id: &str) -> Result<PathBuf, DraftError> {
        let place = Place::claim(&self.folder, known(id)?)?;
        let to = self.folder.join("set-aside").join(format!("{id}.ron"));
        move_file(&place.file(), &to)?;
        drop(place);
        Ok(to)
    }
}

fn discarded(folder: &Path) -> PathBuf {
    folder.join("discarded")
}

fn discarded_file(folder: &Path, id: &str) -> PathBuf {
    discarded(folder).join(format!("{id}.ron"))
}

/// An id that can be a name of a draft and leads nowhere else.
fn known(id: &str) -> Result<&str, DraftError> {
    let sound = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if sound { Ok(id) } else { Err(DraftError::NotThere) }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect()
}

fn modified(file: &Path) -> SystemTime {
    fs::metadata(file).and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn move_file(from: &Path, to: &Path) -> Result<(), DraftError> {
    if !from.exists() {
        return Err(DraftError::NotThere);
    }
    if let Some(folder) = to.parent() {
        place::make_private(folder).map_err(|error| in_words(folder, error))?;
    }
    fs::rename(from, to).map_err(|error| in_words(to, error))?;
    Ok(())
}
