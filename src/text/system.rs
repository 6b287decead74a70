//! What the operating system says of a file, in words.

use crate::lang::t;
use std::io::{self, ErrorKind};

/// Why something could not be done, in words and without the system's numbers: `it is a folder`.
pub fn io_words(error: &io::Error) -> String {
    // What we say ourselves is said already; a library wraps the system's words.
    if let Some(own) = error.get_ref().map(ToString::to_string).filter(|own| !own.contains(" (os error")) {
        return own;
    }
    match in_words(error.kind()).or_else(|| by_number(error.raw_os_error()?)) {
        Some(words) => words.to_owned(),
        None => without_number(&error.to_string()),
    }
}

fn in_words(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => t("it is not there"),
        ErrorKind::PermissionDenied => t("you have no permission"),
        ErrorKind::AlreadyExists => t("something of this name is there already"),
        ErrorKind::IsADirectory => t("it is a folder"),
        ErrorKind::NotADirectory => t("a part of its path is a file and no folder"),
        ErrorKind::DirectoryNotEmpty => t("the folder is not empty"),
        ErrorKind::ReadOnlyFilesystem => t("nothing can be written to this disk"),
        ErrorKind::StorageFull => t("the disk is full"),
        ErrorKind::QuotaExceeded => t("your share of the disk is used up"),
        ErrorKind::FileTooLarge => t("it is larger than a file may be here"),
        ErrorKind::InvalidFilename => t("its name is too long or has characters that are not allowed here"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => t("another program is using it"),
        ErrorKind::BrokenPipe => t("whoever was to read it is gone"),
        ErrorKind::UnexpectedEof => t("it ends too early"),
        ErrorKind::InvalidData => t("it is not UTF-8 text"),
        ErrorKind::OutOfMemory => t("there is not enough memory"),
        ErrorKind::TimedOut => t("there was no answer in time"),
        ErrorKind::Interrupted => t("it was interrupted"),
        ErrorKind::Unsupported => t("that cannot be done here"),
        ErrorKind::StaleNetworkFileHandle => t("it is on a disk in the network that was changed meanwhile"),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            t("the network does not answer")
        }
        _ => return None,
    })
}

/// What the library has no kind for yet; the numbers are those of Linux.
fn by_number(number: i32) -> Option<&'static str> {
    match number {
        5 if cfg!(unix) => Some(t("the disk or the network does not do as it should")),
        23 | 24 if cfg!(unix) => Some(t("too many files are open")),
        40 if cfg!(target_os = "linux") => Some(t("symbolic links go round in a circle")),
        _ => None,
    }
}

/// The system's own words as a part of a sentence.
fn without_number(words: &str) -> String {
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_system_is_shown() {
        for number in 1..140 {
            let words = io_words(&io::Error::from_raw_os_error(number));
            assert!(!words.is_empty() && !words.contains("os error"), "{number}: {words}");
        }
        assert_eq!(io_words(&io::Error::from_raw_os_error(13)), "you have no permission");
        assert_eq!(io_words(&io::Error::other("it is a pipe")), "it is a pipe");
        assert_eq!(without_number("Value too large (os error 75)"), "value too large");
    }
}
