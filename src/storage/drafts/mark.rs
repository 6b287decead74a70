//! What tells one content of a file from another, short enough to be noted down.

use std::{
    fmt,
    fs::{self, File},
    io::Read as _,
    path::Path,
    str::FromStr,
};

use crate::storage::MAX_FILE_BYTES;

/// Length and hash of a content, to be noted down: the same on every machine and in every version. Tells contents apart by chance alone,
/// not against somebody who forges them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    bytes: u64,
    hash: u64,
}

impl Mark {
    /// Of a content.
    pub fn of(content: &[u8]) -> Self {
        // FNV-1a, since the library's own hash may be another one in the next version of the compiler.
        let hash = content
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        Self { bytes: content.len() as u64, hash }
    }

    /// Of what a file holds now; `None` if it cannot be read or is larger than any project.
    pub fn of_file(path: &Path) -> Option<Self> {
        if !fs::metadata(path).ok()?.is_file() {
            return None; // a pipe would wait for ever
        }
        let mut content = Vec::new();
        File::open(path).ok()?.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut content).ok()?;
        (content.len() <= MAX_FILE_BYTES).then(|| Self::of(&content))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:016x}", self.bytes, self.hash)
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (bytes, hash) = text.split_once('-').ok_or(())?;
        let hash = u64::from_str_radix(hash, 16).map_err(|_| ())?;
        Ok(Self { bytes: bytes.parse().map_err(|_| ())?, hash })
    }
}
