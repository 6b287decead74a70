//! Files that are none of ours as they stand: packed ones, those of other programs, and those of which a power cut left nothing but zeros. No
//! mending helps them, and something else does.

use crate::lang::{later, t};

/// What such files begin with.
const BEGINS: [(&[u8], &str); 11] = [
    (b"\x1f\x8b", COMPRESSED),
    (b"BZh", COMPRESSED),
    (b"\xfd7zXZ\0", COMPRESSED),
    (b"\x28\xb5\x2f\xfd", COMPRESSED),
    (b"7z\xbc\xaf\x27\x1c", COMPRESSED),
    (b"PK\x03\x04", ARCHIVE),
    (b"%PDF-", PICTURE),
    (b"\x89PNG\r\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"SQLite format 3\0", DATABASE),
];

const COMPRESSED: &str = later(
    "this file is compressed; unpack it (gunzip, unxz, unzstd or 7z, by what its name ends with) and open what comes out of that",
);
const ARCHIVE: &str = later(
    "this is a ZIP archive, or a document that is kept in one (such as .xlsx or .docx); unpack it and open the project that is in it",
);
const PICTURE: &str =
    later("this is a picture or a document for printing, not a project; open the plan that it was made from");
const DATABASE: &str = later("this is a database, not a project; choose another file");
const ZEROS: &str = later(
    "this file holds nothing but zero bytes: it was being written, here or when it was copied, when the power failed or the system stopped, and its contents never reached the disk. Look for the work among the drafts (File, Unsaved work...; `groundplan drafts`), or take a backup",
);

/// What such a file is, and what helps; `None` if bytes are none.
pub(in crate::storage) fn is_no_text(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
        return Some(t(ZEROS));
    }
    BEGINS.iter().find(|(begin, _)| bytes.starts_with(begin)).map(|(_, what)| t(what))
}
