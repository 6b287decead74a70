//! The projects that were open last.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    ron_options,
    safe_write::{SaveError, write_file},
    state::{put_aside, read_state, whole_strings},
    user::state_folder,
};

/// How many are kept.
pub const MAX_RECENT: usize = 12;

/// The list of recent projects in the user's state folder. Of a damaged list what is whole is kept, and it is put aside when the next one is written.
#[derive(Clone, Debug)]
pub struct Recent {
    file: PathBuf,
}

impl Recent {
    /// The list of the person at this machine; `None` if they have no home folder.
    pub fn of_user() -> Option<Self> {
        state_folder().map(|folder| Self::in_folder(&folder))
    }

    /// The list in a folder, which is created on the first write.
    pub fn in_folder(folder: &Path) -> Self {
        Self { file: folder.join("recent.ron") }
    }

    /// The paths, most recent first, whether or not the files are still there. Of a damaged list, those that are whole.
    pub fn list(&self) -> Vec<PathBuf> {
        let text = read_state(&self.file);
        let whole = || whole_strings(&text).map(PathBuf::from).collect();
        let paths: Vec<PathBuf> = ron_options().from_str(&text).unwrap_or_else(|_| whole());
        let mut unique: Vec<PathBuf> = Vec::new();
        for path in paths.into_iter().filter(|path| path.is_absolute()) {
            if unique.len() < MAX_RECENT && !unique.contains(&path) {
                unique.push(path);
            }
        }
        unique
    }

    /// Puts a path in front; a relative one counts from the current folder. A path that is not UTF-8 is left out, since a
    /// text file cannot hold it.
    ///
    /// # Errors
    /// [`SaveError`] if the list cannot be written.
    pub fn add(&self, path: &Path) -> Result<(), SaveError> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if path.to_str().is_none() || !path.is_absolute() {
            return Ok(());
        }
        let mut paths = self.list();
        paths.retain(|other| *other != path);
        paths.insert(0, path);
        paths.truncate(MAX_RECENT);
        self.write(&paths)
    }

    /// Takes a path off the list.
    ///
    /// # Errors
    /// [`SaveError`] if the list cannot be written.
    pub fn remove(&self, path: &Path) -> Result<(), SaveError> {
        let mut paths = self.list();
        paths.retain(|other| other != path);
        self.write(&paths)
    }

    fn write(&self, paths: &[PathBuf]) -> Result<(), SaveError> {
        let mut text = ron_options().to_string_pretty(&paths, ron::ser::PrettyConfig::new().new_line("\n"))?;
        text.push('\n');
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).map_err(|source| SaveError::Other { path: folder.to_owned(), source })?;
        }
        let old = read_state(&self.file);
        if !old.is_empty() && ron_options().from_str::<Vec<PathBuf>>(&old).is_err() {
            put_aside(&self.file);
        }
        write_file(&self.file, text.as_bytes())
    }
}
