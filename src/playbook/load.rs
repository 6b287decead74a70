//! From the files of a playbook to a checked [`Playbook`], or to everything that is wrong with them.

use std::{fmt, hash::Hash, path::Path};

use indexmap::IndexMap;
use serde::de::DeserializeOwned;

use super::{
    CaseStudy, Claim, Criterion, EstimateSettings, Framework, Package, Playbook, Rule, Trait, WorkItem, check::check,
};
use crate::ron_dialect::ron_options;

/// The files that make up a playbook.
pub const FILE_NAMES: [&str; 9] = [
    "frameworks.ron",
    "traits.ron",
    "criteria.ron",
    "work_items.ron",
    "estimate.ron",
    "cases.ron",
    "packages.ron",
    "claims.ron",
    "rules.ron",
];

/// One file of a playbook.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaybookFile {
    /// Its name without a folder, one of [`FILE_NAMES`].
    pub name: String,
    /// Its contents.
    pub text: String,
}

/// Something that is wrong with a playbook, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaybookProblem {
    /// The file.
    pub file: String,
    /// Line and column, counted from 1, where they are known.
    pub at: Option<(usize, usize)>,
    /// What is wrong and what to do, one line.
    pub message: String,
}

impl PlaybookProblem {
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
    const TEXTS: [&str; 9] = [
        include_str!("../../assets/playbook/frameworks.ron"),
        include_str!("../../assets/playbook/traits.ron"),
        include_str!("../../assets/playbook/criteria.ron"),
        include_str!("../../assets/playbook/work_items.ron"),
        include_str!("../../assets/playbook/estimate.ron"),
        include_str!("../../assets/playbook/cases.ron"),
        include_str!("../../assets/playbook/packages.ron"),
        include_str!("../../assets/playbook/claims.ron"),
        include_str!("../../assets/playbook/rules.ron"),
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

/// Reads the files of a playbook from a folder; a file that is missing or unreadable is a problem.
pub fn read_dir(folder: &Path) -> Result<Vec<PlaybookFile>, Vec<PlaybookProblem>> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for name in FILE_NAMES {
        match std::fs::read_to_string(folder.join(name)) {
            Ok(text) => files.push(PlaybookFile { name: name.to_owned(), text }),
            Err(error) => problems.push(PlaybookProblem {
                file: name.to_owned(),
                at: None,
                message: format!("cannot be read: {error} ({})", folder.join(name).display()),
            }),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// Reads and checks a playbook; reports everything that is wrong at once.
pub fn load(files: &[PlaybookFile]) -> Result<Playbook, Vec<PlaybookProblem>> {
    let mut reader = Reader { files, problems: Vec::new() };
    let frameworks = reader.list::<Framework, _>("frameworks.ron", |entry| entry.id.clone());
    let traits = reader.list::<Trait, _>("traits.ron", |entry| entry.id.clone());
    let criteria = reader.list::<Criterion, _>("criteria.ron", |entry| entry.id.clone());
    let work_items = reader.list::<WorkItem, _>("work_items.ron", |entry| entry.id.clone());
    let estimate = reader.parse::<EstimateSettings>("estimate.ron");
    let cases = reader.list::<CaseStudy, _>("cases.ron", |entry| entry.id.clone());
    let packages = reader.parse::<Vec<Package>>("packages.ron");
    let claims = reader.list::<Claim, _>("claims.ron", |entry| entry.id.clone());
    let rules = reader.list::<Rule, _>("rules.ron", |entry| entry.id.clone());
    let parsed = (|| {
        Some(Playbook {
            frameworks: frameworks?,
            traits: traits?,
            criteria: criteria?,
            work_items: work_items?,
            estimate: estimate?,
            cases: cases?,
            packages: packages?,
            claims: claims?.into_values().collect(),
            rules: rules?,
        })
    })();
    let mut problems = reader.problems;
    if let Some(playbook) = parsed {
        problems.extend(check(&playbook, files));
        if problems.is_empty() {
            return Ok(playbook);
        }
    }
    Err(problems)
}

struct Reader<'a> {
    files: &'a [PlaybookFile],
    problems: Vec<PlaybookProblem>,
}

impl Reader<'_> {
    fn problem(&mut self, file: &str, at: Option<(usize, usize)>, message: String) {
        self.problems.push(PlaybookProblem { file: file.to_owned(), at, message });
    }

    fn parse<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let Some(file) = self.files.iter().find(|file| file.name == name) else {
            self.problem(name, None, "is missing; a playbook needs this file".to_owned());
            return None;
        };
        match ron_options().from_str(&file.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let start = error.span.start;
                self.problem(name, Some((start.line, start.col)), error.code.to_string());
                None
            }
        }
    }

    fn list<T: DeserializeOwned, K: Hash + Eq + fmt::Display>(
        &mut self,
        name: &str,
        id: impl Fn(&T) -> K,
    ) -> Option<IndexMap<K, T>> {
        let entries: Vec<T> = self.parse(name)?;
        let mut map = IndexMap::new();
        let mut again: IndexMap<String, usize> = IndexMap::new();
        for entry in entries {
            let key = id(&entry);
            if map.contains_key(&key) {
                let nth = again.entry(key.to_string()).or_insert(0);
                *nth += 1;
                let file = self.files.iter().find(|file| file.name == name);
                let at = file.and_then(|file| locate(&file.text, "id", &key.to_string(), *nth));
                self.problem(name, at, format!("the id \"{key}\" is used twice; every id must be its own"));
            } else {
                map.insert(key, entry);
            }
        }
        Some(map)
    }
}

/// Line and column (from 1) of the value in the `nth` (from 0) `key: "value"` of a text.
pub(super) fn locate(text: &str, key: &str, value: &str, nth: usize) -> Option<(usize, usize)> {
    let quoted = format!("\"{value}\"");
    let (offset, _) = text
        .match_indices(&quoted)
        .filter(|(offset, _)| {
            text[..*offset]
                .trim_end()
                .strip_suffix(':')
                .and_then(|before| before.trim_end().strip_suffix(key))
                .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
        .nth(nth)?;
    let line = text[..offset].matches('\n').count() + 1;
    let column = text[text[..offset].rfind('\n').map_or(0, |newline| newline + 1)..offset].chars().count() + 1;
    Some((line, column))
}
