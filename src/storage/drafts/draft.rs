//! A draft as it lies in its folder, read without trust.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use super::{Mark, Origin, Owner, file::head, files, known};
use crate::{
    lang::{t, tr},
    progress::Progress,
    project::Project,
    storage::{MAX_FILE_BYTES, read_project_while},
    text::io_words,
};

/// More than the head of a draft can be.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// A draft as it was found.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What names it.
    pub id: String,
    /// Its file, which opens like any project.
    pub file: PathBuf,
    /// The file that the work belongs to; `None` if it never had one.
    pub origin: Option<Origin>,
    /// When it was written.
    pub written: Option<SystemTime>,
    /// What is in it.
    pub content: Content,
    /// Whose it is.
    pub owner: Owner,
}

/// What is in a draft.
#[derive(Clone, Debug)]
pub enum Content {
    /// A project that can be gone on with.
    Sound(Arc<Project>),
    /// Something that cannot be read; why, in words.
    Damaged(String),
}

/// What became of the file that a draft belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginNow {
    /// There never was one.
    NeverSaved,
    /// It is as it was when the work began.
    AsItWas,
    /// It holds something else by now.
    Changed,
    /// It is not there any more.
    Gone,
}

impl Draft {
    /// What became of the file it belongs to.
    pub fn origin_now(&self) -> OriginNow {
        let Some(origin) = &self.origin else { return OriginNow::NeverSaved };
        match fs::metadata(&origin.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => OriginNow::Gone,
            _ if origin.content.is_some() && origin.content == Mark::of_file(&origin.path) => OriginNow::AsItWas,
            _ => OriginNow::Changed,
        }
    }
}

/// The drafts in a folder, the newest first.
pub(super) fn listed(folder: &Path, owner: impl Fn(&str) -> Owner) -> Vec<Draft> {
    let is_draft = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "ron");
    let mut drafts: Vec<Draft> = files(folder)
        .into_iter()
        .filter(is_draft)
        .filter_map(|path| {
            let owner = owner(known(path.file_stem()?.to_str()?).ok()?);
            draft(path, owner, &Progress::default())
        })
        .collect();
    drafts.sort_by(|a, b| b.written.cmp(&a.written).then_with(|| a.id.cmp(&b.id)));
    drafts
}

/// The draft in a file; `None` if the file went away meanwhile.
pub(super) fn draft(file: PathBuf, owner: Owner, progress: &Progress) -> Option<Draft> {
    let id = file.file_stem()?.to_str()?.to_owned();
    let written = fs::metadata(&file).and_then(|metadata| metadata.modified()).ok();
    let (origin, content) = match read(&file) {
        Ok(parts) => (parts.origin, content(&parts.text, progress)),
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => (None, Content::Damaged(tr!("it cannot be read: {}", io_words(&error)))),
    };
    Some(Draft { id, file, origin, written, content, owner })
}

fn content(text: &[u8], progress: &Progress) -> Content {
    let Ok(words) = str::from_utf8(text) else { return Content::Damaged(t("it is not text").to_owned()) };
    // What the playbook has to say is of no concern: work that was begun with other knowledge is work all the same.
    match read_project_while(words, &|_| Vec::new(), progress) {
        Some(Ok(project)) => Content::Sound(Arc::new(project)),
        Some(Err(error)) => Content::Damaged(error.to_string()),
        None => Content::Damaged("cancelled".to_owned()),
    }
}

/// What a draft's file holds.
pub(super) struct Parts {
    pub(super) origin: Option<Origin>,
    pub(super) text: Vec<u8>,
}

/// The two parts of a draft's file, of which no more is read than a draft can be long.
pub(super) fn read(file: &Path) -> io::Result<Parts> {
    let mut bytes = Vec::new();
    File::open(file)?.take((MAX_FILE_BYTES + MAX_HEAD_BYTES) as u64).read_to_end(&mut bytes)?;
    let (origin, length) = head(&bytes);
    Ok(Parts { origin, text: bytes.split_off(length) })
}
