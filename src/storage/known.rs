//! What stood in a file when it was read or written last, and whether something else stands there now.

use std::{
    fs::{self, File, Metadata},
    hash::{DefaultHasher, Hasher as _},
    io::{self, ErrorKind, Read as _},
    path::Path,
    time::{Duration, SystemTime},
};

use super::{
    files::{OpenError, not_read, read_text_from},
    read::MAX_FILE_BYTES,
};
use crate::{lang::t, ron_text::has_comments};

/// The contents of a file, told apart from others without keeping them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    bytes: u64,
    hash: u64,
}

impl Fingerprint {
    /// The fingerprint of these contents.
    pub fn of(contents: &[u8]) -> Self {
        // Only compared within one run of the program, and not meant to hold against somebody who forges files.
        let mut hasher = DefaultHasher::new();
        hasher.write(contents);
        Self { bytes: contents.len() as u64, hash: hasher.finish() }
    }

    /// The fingerprint of what stands at `path`, links followed; `None` if nothing does.
    pub fn of_file(path: &Path) -> io::Result<Option<Self>> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Err(not_a_file()),
            Err(error) if is_gone(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        if metadata.len() > MAX_FILE_BYTES as u64 {
            // No project of ours, whatever stands in it.
            return Ok(Some(Self { bytes: metadata.len(), hash: 0 }));
        }
        let mut contents = Vec::new();
        match File::open(path).and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut contents)) {
            Ok(_) => Ok(Some(Self::of(&contents))),
            Err(error) if is_gone(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn not_a_file() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, t("it is a folder, a pipe or a device"))
}

/// What the system says of a file without anybody reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stat {
    bytes: u64,
    modified: Option<SystemTime>,
    /// Which file it is, and when anything about it changed: a file that was put in the place of another is another one even where
    /// size and time were kept.
    inode: [i64; 4],
}

/// Two changes in one tick of a file system's clock have the same time: a file as young as this is read in any case.
const YOUNG: Duration = Duration::from_secs(2);

impl Stat {
    /// `None` while a further change could have the same times.
    fn settled(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?;
        let age = SystemTime::now().duration_since(modified).ok()?;
        (age > YOUNG).then(|| Self::of(metadata))
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let inode =
            [metadata.dev().cast_signed(), metadata.ino().cast_signed(), metadata.ctime(), metadata.ctime_nsec()];
        Self { bytes: metadata.len(), modified: metadata.modified().ok(), inode }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        Self { bytes: metadata.len(), modified: metadata.modified().ok(), inode: [0; 4] }
    }
}

/// A file as it was read or written last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    stat: Option<Stat>,
    print: Fingerprint,
    /// Whether it has comments, which nothing keeps that writes it anew.
    commented: bool,
}

/// What stands at a path, seen from what was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// What was known.
    Same,
    /// Something else.
    Other(Fingerprint),
    /// Nothing.
    Gone,
}

impl Known {
    /// A file that these contents were just written to. As young as it is, the next look reads it.
    pub(super) fn written(contents: &[u8]) -> Self {
        Self { stat: None, print: Fingerprint::of(contents), commented: false }
    }

    /// Whether it had comments when it was read: nothing keeps them that writes it anew.
    pub fn is_commented(&self) -> bool {
        self.commented
    }

    /// What stood there.
    pub fn print(&self) -> Fingerprint {
        self.print
    }

    /// Looks at what stands at `path` now. It is read only if the system says that something about it changed, and remembered.
    pub fn look(&mut self, path: &Path) -> io::Result<Now> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if is_gone(&error) => return Ok(Now::Gone),
            Err(error) => return Err(error),
        };
        if self.stat == Some(Stat::of(&metadata)) {
            return Ok(Now::Same);
        }
        Ok(match Fingerprint::of_file(path)? {
            None => Now::Gone,
            Some(print) if print == self.print => {
                // As it was before it was read: whatever came in between shows as a further change.
                self.stat = Stat::settled(&metadata);
                Now::Same
            }
            Some(print) => Now::Other(print),
        })
    }
}

/// The text of an ordinary file, and the file as it is now known.
///
/// # Errors
/// [`OpenError`] as for [`super::read_text`], and if the file is a folder, a pipe or a device.
pub fn read_known(path: &Path) -> Result<(String, Known), OpenError> {
    // A pipe would be waited for.
    let metadata = fs::metadata(path).map_err(|error| not_read(path, error))?;
    if !metadata.is_file() {
        return Err(not_read(path, not_a_file()));
    }
    let file = File::open(path).map_err(|error| not_read(path, error))?;
    // Before it is read: see `look`.
    let stat = file.metadata().ok().and_then(|metadata| Stat::settled(&metadata));
    let text = read_text_from(file, path)?;
    let print = Fingerprint::of(text.as_bytes());
    let commented = has_comments(&text);
    Ok((text, Known { stat, print, commented }))
}
