//! From the files of a playbook to a checked [`Playbook`], or to everything that is wrong with them.

use std::{
    fmt,
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use indexmap::IndexMap;

use super::{
    CapacitySettings, CaseStudy, Claim, Criterion, EstimateSettings, Framework, Package, Playbook, Rule, ServerKind,
    Trait, WorkItem, check::check, read::Reader,
};
use crate::{
    lang::{t, tr},
    text::{io_words, nearest},
};

/// The files that make up a playbook; the last two may be left out.
pub const FILE_NAMES: [&str; 11] = [
    "frameworks.ron",
    "traits.ron",
    "criteria.ron",
    "work_items.ron",
    "estimate.ron",
    "cases.ron",
    "packages.ron",
    "claims.ron",
    "rules.ron",
    "servers.ron",
    "capacity.ron",
];

/// The file that makes a folder a layer over the built-in playbook.
pub const HOUSE_FILE: &str = "house.ron";

/// One file of a playbook.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaybookFile {
    /// Its name without a folder, one of [`FILE_NAMES`] or [`HOUSE_FILE`].
    pub name: String,
    /// Its contents.
    pub text: String,
}

/// Something that is wrong with a playbook, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaybookProblem {
    /// The file; `criteria.ron (built in)` for one that lies under a layer.
    pub file: String,
    /// Line and column, counted from 1, where they are known.
    pub at: Option<(usize, usize)>,
    /// What is wrong and what to do, one line.
    pub message: String,
    /// The line with a caret under the place; empty where it is not known.
    pub excerpt: String,
}

impl PlaybookProblem {
    /// A problem with a file as a whole.
    pub(super) fn of_file(file: &str, message: String) -> Self {
        Self { file: file.to_owned(), at: None, message, excerpt: String::new() }
    }

    /// The line, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.at.map(|(line, _)| line)
    }

    /// The column, counted from 1.
    pub fn column(&self) -> Option<usize> {
        self.at.map(|(_, column)| column)
    }
}

impl fmt::Display for PlaybookProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for PlaybookProblem {}

/// The files that are built in.
pub fn builtin_files() -> Vec<PlaybookFile> {
    const TEXTS: [&str; 11] = [
        include_str!("../../assets/playbook/frameworks.ron"),
        include_str!("../../assets/playbook/traits.ron"),
        include_str!("../../assets/playbook/criteria.ron"),
        include_str!("../../assets/playbook/work_items.ron"),
        include_str!("../../assets/playbook/estimate.ron"),
        include_str!("../../assets/playbook/cases.ron"),
        include_str!("../../assets/playbook/packages.ron"),
        include_str!("../../assets/playbook/claims.ron"),
        include_str!("../../assets/playbook/rules.ron"),
        include_str!("../../assets/playbook/servers.ron"),
        include_str!("../../assets/playbook/capacity.ron"),
    ];
    FILE_NAMES
        .iter()
        .zip(TEXTS)
        .map(|(name, text)| PlaybookFile { name: (*name).to_owned(), text: text.to_owned() })
        .collect()
}

/// The playbook that is built in.
pub fn builtin() -> Result<Playbook, Vec<PlaybookProblem>> {
    load(&builtin_files())
}

/// Reads the files of a playbook from a folder. A file that is there and cannot be read, and one whose name nobody would
/// look for, are problems.
///
/// # Errors
/// Every [`PlaybookProblem`] at once.
pub fn read_dir(folder: &Path) -> Result<Vec<PlaybookFile>, Vec<PlaybookProblem>> {
    let mut files = Vec::new();
    let mut problems = strangers(folder);
    for name in FILE_NAMES.into_iter().chain([HOUSE_FILE]) {
        let path = folder.join(name);
        let read = read_bounded(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => None,
            _ => Some(tr!("cannot be read: {0} ({1})", io_words(&error), path.display())),
        });
        let text = read.and_then(|bytes| {
            if bytes.len() > MAX_FILE_BYTES {
                return Err(Some(t("is larger than the 8 MB that are read").to_owned()));
            }
            String::from_utf8(bytes).map_err(|error| {
                let byte = error.utf8_error().valid_up_to();
                Some(tr!("is not a text file: byte {byte} is not UTF-8; save it as UTF-8", byte))
            })
        });
        match text {
            Ok(text) => files.push(PlaybookFile {
                name: name.to_owned(),
                text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
            }),
            Err(message) => problems.extend(message.map(|message| PlaybookProblem::of_file(name, message))),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// Largest file of a playbook that is read, in bytes.
const MAX_FILE_BYTES: usize = 8 * 1024 * 1024;

/// The bytes of a file, one more at most than are read.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Files that look like part of the playbook and are not: a slip in their names would go unnoticed.
fn strangers(folder: &Path) -> Vec<PlaybookProblem> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let known = || FILE_NAMES.into_iter().chain([HOUSE_FILE]);
    let ron = |name: &String| Path::new(name).extension().is_some_and(|extension| extension == "ron");
    let mut strange: Vec<String> = names.filter(|name| ron(name) && known().all(|other| other != name)).collect();
    strange.sort();
    let say = |name: &String| {
        let hint = nearest(name, known()).map(|near| tr!("; did you mean {near}?", near)).unwrap_or_default();
        PlaybookProblem::of_file(name, tr!("this is no file of a playbook{hint}", hint))
    };
    strange.iter().map(say).collect()
}

/// Reads and checks a playbook. With a [`HOUSE_FILE`] among them the files are a layer over the built-in ones, else they are
/// all there is.
///
/// # Errors
/// Every [`PlaybookProblem`] at once.
pub fn load(files: &[PlaybookFile]) -> Result<Playbook, Vec<PlaybookProblem>> {
    let below = if files.iter().any(|file| file.name == HOUSE_FILE) { builtin_files() } else { Vec::new() };
    let mut reader = Reader::new(files, &below);
    let house = reader.house();
    let frameworks = reader.list::<Framework, _>("frameworks.ron", |entry| entry.id.clone());
    let traits = reader.list::<Trait, _>("traits.ron", |entry| entry.id.clone());
    let criteria = reader.list::<Criterion, _>("criteria.ron", |entry| entry.id.clone());
    let work_items = reader.list::<WorkItem, _>("work_items.ron", |entry| entry.id.clone());
    let estimate = reader.structure::<EstimateSettings>("estimate.ron");
    let cases = reader.list::<CaseStudy, _>("cases.ron", |entry| entry.id.clone());
    let packages = reader.list::<Package, _>("packages.ron", |entry| entry.name.clone());
    let claims = reader.list::<Claim, _>("claims.ron", |entry| entry.id.clone());
    let rules = reader.list::<Rule, _>("rules.ron", |entry| entry.id.clone());
    // Whoever has a playbook without these has one that says nothing of capacity.
    let servers = if reader.has("servers.ron") {
        reader.list::<ServerKind, _>("servers.ron", |entry| entry.id.clone())
    } else {
        Some(IndexMap::new())
    };
    let capacity = if reader.has("capacity.ron") {
        reader.structure::<CapacitySettings>("capacity.ron").map(Some)
    } else {
        Some(None)
    };
    let parsed = (|| {
        Some(Playbook {
            house,
            frameworks: frameworks?,
            traits: traits?,
            criteria: criteria?,
            work_items: work_items?,
            estimate: estimate?,
            cases: cases?,
            packages: packages?.into_values().collect(),
            claims: claims?.into_values().collect(),
            rules: rules?,
            servers: servers?,
            capacity: capacity?,
        })
    })();
    let mut problems = std::mem::take(&mut reader.problems);
    if let Some(playbook) = parsed {
        problems.extend(check(&playbook, &reader));
        if problems.is_empty() {
            return Ok(playbook);
        }
    }
    Err(problems)
}
