//! Texts that somebody else wrote, put out of order in every way that is likely: nothing panics, nothing hangs, and what is read is sound.
//!
//! Seeds are whole files and those of `tests/corpus`, where inputs that once did harm are kept; each is tried as it is before anything is
//! changed. `GROUNDPLAN_FUZZ` is how many times as many cases are tried as usual, and `GROUNDPLAN_FUZZ_SEED` begins elsewhere (see
//! CONTRIBUTING.md).

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use crate::common::{chance, session};
use chance::Chance;
use groundplan::{
    playbook::{FILE_NAMES, builtin_files, load},
    project::{Problem, Project},
    storage::{preset, read_leniently, read_project, read_what_can_be, to_text},
};

/// A number that the environment says.
fn told(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder of the tests.
fn files(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join("tests").join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()).collect()
}

/// Pieces of text as a person sees them: words, numbers, strings, signs, blanks.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            c if c.is_alphanumeric() || "_-.+".contains(c) => {
                rest.find(|c: char| !(c.is_alphanumeric() || "_-.+".contains(c))).unwrap_or(rest.len())
            }
            c if c.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        tokens.push(&rest[..length]);
        rest = &rest[length..];
    }
    tokens
}

/// What stands in the place of something else sooner or later.
const ODD: [&str; 44] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "'",
    "\\",
    "//",
    "/*",
    "*/",
    "r#\"",
    "\"#",
    "\u{feff}",
    "\u{0}",
    "\r",
    "\u{202e}",
    "-",
    "-0.0",
    "NaN",
    "inf",
    "-inf",
    "1e999",
    "9999999999999999999999",
    "0x",
    "1_000",
    "1e-999",
    "true",
    "None",
    "Some(",
    "()",
    "\"\"",
    "\"\\u{110000}\"",
    "\"\\x\"",
    "format: 3",
    "#![enable(implicit_some)]",
    "components: {",
    "connections: {",
    "\"a\": (",
    "é",
    "r#type",
];

/// The text with some of its pieces swapped, lost, doubled, blown up or replaced, and sometimes cut.
fn changed(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut pieces: Vec<String> = tokens(text).into_iter().map(str::to_owned).collect();
    let others = tokens(other);
    for _ in 0..=chance.below(4) {
        let length = pieces.len();
        if length == 0 {
            break;
        }
        let (at, to) = (chance.below(length), chance.below(length));
        match chance.below(12) {
            0 => pieces.swap(at, to),
            1 => drop(pieces.remove(at)),
            2 => pieces.insert(at, ODD[chance.below(ODD.len())].to_owned()),
            3 => ODD[chance.below(ODD.len())].clone_into(&mut pieces[at]),
            4 => {
                let end = (at + chance.below(40)).min(length);
                let part: Vec<String> = pieces[at..end].to_vec();
                pieces.splice(to..to, part);
            }
            5 => drop(pieces.drain(at..(at + chance.below(60)).min(length))),
            6 => pieces.truncate(at),
            7 => pieces[at] = pieces[at].repeat(1 + chance.below(300)),
            8 => {
                let number = (0..length).map(|i| (at + i) % length).find(|i| pieces[*i].parse::<f64>().is_ok());
                if let Some(number) = number {
                    let extremes = ["-1", "0", "1e300", "-1e300", "0.1", "1e7", "18446744073709551616", "NaN"];
                    extremes[chance.below(8)].clone_into(&mut pieces[number]);
                }
            }
            9 => {
                let word = others[chance.below(others.len())];
                word.clone_into(&mut pieces[at]);
            }
            10 => {
                let mut bytes = std::mem::take(&mut pieces[at]).into_bytes();
                let byte = chance.below(bytes.len());
                bytes[byte] = chance.below(256) as u8;
                pieces[at] = String::from_utf8_lossy(&bytes).into_owned();
            }
            _ => {
                let open = ["(", "[", "{"][chance.below(3)];
                pieces[at] = open.repeat(1 + chance.below(2_000));
            }
        }
    }
    pieces.concat()
}

/// Tries all seeds as they are, and then changed ones; whatever does harm is written to a file, and fails the test.
fn fuzz(name: &str, seeds: &[String], cases: usize, mut harmless: impl FnMut(&str)) {
    let kept = root().join("target").join("fuzz");
    let long = told("GROUNDPLAN_FUZZ");
    let mut try_one = |text: &str, what: &str| {
        if long.is_some() {
            // Whatever hangs or takes the process with it is there to be looked at.
            let _ = fs::create_dir_all(&kept);
            let _ = fs::write(kept.join(format!("{name}-last.ron")), text);
        }
        if catch_unwind(AssertUnwindSafe(|| harmless(text))).is_err() {
            fs::create_dir_all(&kept).unwrap();
            let path = kept.join(format!("{name}-failed.ron"));
            fs::write(&path, text).unwrap();
            panic!("{what} does harm; put it into tests/corpus once it is mended: {}", path.display());
        }
    };
    for (i, seed) in seeds.iter().enumerate() {
        try_one(seed, &format!("{name}: seed {i}"));
    }
    let first = told("GROUNDPLAN_FUZZ_SEED").unwrap_or(1);
    let cases = cases * long.unwrap_or(1);
    for case in first..first + cases {
        let mut chance = Chance::new(case as u64);
        let (seed, other) = (chance.of(seeds).unwrap(), chance.of(seeds).unwrap());
        try_one(&changed(seed, other, &mut chance), &format!("{name}: case {case}"));
    }
    println!("{name}: {cases} cases");
}

fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

/// Everything a plan can hold, in as few lines as it takes.
fn small_plan() -> String {
    fs::read_to_string(root().join("tests/corpus/projects/all-keys.ron")).unwrap()
}

#[test]
fn project_files() {
    let engine = session::engine();
    let mut seeds = files("corpus/projects");
    seeds.extend(files("samples/format-1").into_iter().filter(|text| text.len() < 4_000));
    let check = |project: &Project| engine.check(project);
    fuzz("project", &seeds, 600, |text| {
        let read = read_project(text, &check);
        if let Err(error) = &read {
            assert!(!error.problems.is_empty());
            let lines = 1 + text.matches('\n').count();
            assert!(error.problems.iter().all(|problem| (1..=lines).contains(&problem.line)), "{error}");
        }
        let Ok(part) = read_what_can_be(text.as_bytes(), &check) else {
            return assert!(read.is_err());
        };
        assert_eq!([part.project.validate(), engine.check(&part.project)].concat(), [], "what is given is sound");
        match read {
            Ok(project) => assert_eq!((&project, part.notes.len()), (&part.project, 0)),
            Err(_) => assert!(!part.notes.is_empty() || part.newer.is_some()),
        }
        let written = to_text(&part.project).unwrap();
        let again = read_project(&written, &check).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(to_text(&again).unwrap(), written);
    });
}

#[test]
fn playbooks() {
    let builtin = builtin_files();
    let mut seeds: Vec<String> = files("corpus/playbooks");
    seeds.extend(builtin.iter().map(|file| file.text.clone()));
    let mut chance = Chance::new(7);
    fuzz("playbook", &seeds, 150, |text| {
        // In the place of any file: that of its own name mostly.
        let own = builtin.iter().position(|file| text.get(..200).is_some_and(|start| file.text.starts_with(start)));
        let at = own.unwrap_or_else(|| chance.below(FILE_NAMES.len()));
        let mut files = builtin.clone();
        text.clone_into(&mut files[at].text);
        if let Err(problems) = load(&files) {
            assert!(!problems.is_empty());
        }
    });
}

#[test]
fn what_is_pasted() {
    let mut seeds = files("corpus/clipboard");
    seeds.push(small_plan());
    let mut session = session::session_of(preset("blank").unwrap().project().unwrap());
    session.paste(&small_plan()).unwrap();
    let before = to_text(session.project()).unwrap();
    fuzz("clipboard", &seeds, 400, |text| {
        if session.paste(text).is_ok() {
            let problems = [session.project().validate(), session.engine().check(session.project())].concat();
            assert_eq!(problems, [], "the plan is sound");
            session.apply(groundplan::session::Action::Run("edit.undo"));
        }
        assert_eq!(to_text(session.project()).unwrap(), before, "and one step back it is what it was");
    });
}

#[test]
fn values_that_are_read_leniently() {
    type Values = std::collections::BTreeMap<String, (f64, Option<bool>, Vec<String>)>;
    let seeds =
        [r#"{"a": (1.5, true, ["x", "y"]), "b": (-2, None, []), "c": (1e9, Some(false), ["\u{41}"])}"#.to_owned()];
    fuzz("lenient", &seeds, 1_000, |text| {
        if let (Ok(whole), lenient) = (ron::from_str::<Values>(text), read_leniently::<Values>(text)) {
            assert_eq!(format!("{:?}", Some(whole)), format!("{lenient:?}"));
        }
    });
    assert!(read_project(&small_plan(), &no_check).is_ok());
}
