//! What repair promises of a damaged file: everything that is gone is listed, and how much of it is kept.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::fmt::Write as _;

use crate::common::{any_project, cli};
use cli::PLAN;
use groundplan::{
    project::{
        Problem, Project,
        difference::{Change, Changes, Thing},
    },
    storage::{Repaired, presets, read_project, read_what_can_be, to_text},
};
use proptest::prelude::*;

pub(crate) fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

/// One of every field there is, as it is written.
pub(crate) fn dense() -> Project {
    read_project(include_str!("../corpus/projects/all-keys.ron"), &no_check).unwrap()
}

/// The marks that a file is made of.
const MARKS: [u8; 9] = *b"(){}[],:\"";

/// Where the marks of a text stand that are no part of a string.
fn marks(text: &str) -> Vec<usize> {
    let (mut found, mut in_string, mut escaped) = (Vec::new(), false, false);
    for (at, byte) in text.bytes().enumerate() {
        let quote = byte == b'"' && !escaped;
        if quote || !in_string && MARKS.contains(&byte) {
            found.push(at);
        }
        escaped = in_string && byte == b'\\' && !escaped;
        in_string ^= quote;
    }
    found
}

/// What is done to one mark.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Slip {
    Missing,
    Doubled,
    Instead(u8),
}

fn slipped(text: &str, at: usize, slip: Slip) -> String {
    let mut bytes = text.as_bytes().to_vec();
    match slip {
        Slip::Missing => drop(bytes.remove(at)),
        Slip::Doubled => bytes.insert(at, bytes[at]),
        Slip::Instead(mark) => bytes[at] = mark,
    }
    String::from_utf8(bytes).unwrap()
}

/// The keys that lead to a thing in a file.
pub(crate) fn path_of(thing: &Thing) -> Vec<String> {
    use groundplan::project::ElementId;
    let (list, id) = match thing {
        Thing::Plan => return Vec::new(),
        Thing::Assumptions => return vec!["assumptions".to_owned()],
        Thing::Element(id) => {
            let list = match id {
                ElementId::Component(_) => "components",
                ElementId::Connection(_) => "connections",
                ElementId::Boundary(_) => "boundaries",
                ElementId::Note(_) => "sticky_notes",
            };
            (list, id.as_str())
        }
        Thing::Finding(key) => return vec!["suppressed".to_owned(), key.as_str().to_owned()],
        Thing::Scenario(id) => ("scenarios", id.as_str()),
        Thing::Baseline(id) => ("baselines", id.as_str()),
    };
    vec![list.to_owned(), id.to_owned()]
}

/// What a repaired project lacks of the whole one, by its keys: things wholly gone, and fields gone or otherwise.
pub(crate) fn gone(whole: &Project, repaired: &Project) -> Vec<Vec<String>> {
    let mut gone = Vec::new();
    for changed in Changes::between(whole, repaired).list {
        let path = path_of(&changed.thing);
        match changed.change {
            Change::Added => {}
            Change::Removed => gone.push(path),
            Change::Changed => {
                let lost = changed.fields.iter().filter(|field| field.from.is_some());
                gone.extend(lost.map(|field| [path.as_slice(), &field.path].concat()));
            }
        }
    }
    gone
}

/// What a message lists as left out, or as changed: its keys.
pub(crate) fn listed(message: &str) -> Vec<Vec<String>> {
    let keys = |path: &str| path.split(" > ").map(str::to_owned).collect::<Vec<_>>();
    let mut listed = Vec::new();
    if let Some((_, path)) = message.rsplit_once("(left out: ") {
        listed.push(keys(path.trim_end_matches(')')));
    }
    // What a quote was supplied for may end or begin elsewhere than it did.
    if let Some((_, rest)) = message.split_once(" quote of a value")
        && let Some((path, _)) = rest.split_once(" in ").and_then(|(_, rest)| rest.split_once(';'))
    {
        listed.push(keys(path));
    }
    // What leads to a thing by another id.
    if let Some((_, rest)) = message.split_once(" leads nowhere; it is read as ")
        && let Some((_, path)) = rest.split_once(" in ")
    {
        listed.push(keys(path));
    }
    // So may what one was taken out of.
    if let Some((_, rest)) = message.split_once("a `\"` too many in ")
        && let Some((path, _)) = rest.split_once(';')
    {
        listed.push(keys(path));
    }
    if let Some((_, rest)) = message.split_once(" quote of `")
        && let Some((key, rest)) = rest.split_once('`')
    {
        let outer = rest.split_once(" in ").and_then(|(_, rest)| rest.split_once(';')).map(|(path, _)| keys(path));
        listed.push([outer.unwrap_or_default(), vec![key.to_owned()]].concat());
    }
    listed
}

pub(crate) fn covers(listed: &[String], gone: &[String]) -> bool {
    let shared = listed.iter().zip(gone).take_while(|(a, b)| a == b).count();
    shared > 0 && (shared == listed.len() || shared == gone.len())
}

/// How much a slip costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cost {
    Nothing,
    Field,
    Thing,
    More,
    All,
}

/// What a slip costs, and what of that is nowhere listed.
fn cost(whole: &Project, text: &str) -> (Cost, Vec<Vec<String>>, Vec<String>) {
    let Ok(Repaired { project, notes, .. }) = read_what_can_be(text.as_bytes(), &no_check) else {
        return (Cost::All, Vec::new(), Vec::new());
    };
    assert_eq!(project.validate(), []);
    let messages: Vec<String> = notes.iter().map(ToString::to_string).collect();
    let listed: Vec<Vec<String>> = messages.iter().flat_map(|message| listed(message)).collect();
    let gone = gone(whole, &project);
    let unlisted = gone.iter().filter(|gone| !listed.iter().any(|listed| covers(listed, gone)));
    let unlisted = unlisted.cloned().collect();
    let mut things: Vec<&[String]> = gone.iter().map(|path| &path[..path.len().min(2)]).collect();
    things.dedup();
    let is_whole = |path: &[String]| path.len() <= 2 && path.len() != 1 && path[0] != "assumptions";
    let cost = match (gone.as_slice(), things.as_slice()) {
        ([], _) => Cost::Nothing,
        (gone, [_]) if !gone.iter().any(|path| is_whole(path)) => {
            let mut fields: Vec<&[String]> = gone.iter().map(|path| &path[..path.len().min(3)]).collect();
            fields.dedup();
            if fields.len() == 1 { Cost::Field } else { Cost::Thing }
        }
        (_, [_]) => Cost::Thing,
        _ => Cost::More,
    };
    (cost, unlisted, messages)
}

/// Tries slips on marks of a text; what each costs, and what is wrong.
struct Trial {
    name: String,
    text: String,
    whole: Project,
    counts: [usize; 5],
    wrong: String,
}

impl Trial {
    fn new(name: &str, text: &str) -> Self {
        let whole = read_project(text, &no_check).unwrap();
        Self { name: name.to_owned(), text: text.to_owned(), whole, counts: [0; 5], wrong: String::new() }
    }

    fn slip(&mut self, at: usize, slip: Slip, most: Cost) {
        let text = slipped(&self.text, at, slip);
        let (cost, unlisted, messages) = cost(&self.whole, &text);
        self.counts[cost as usize] += 1;
        let shows = std::env::var("SHOW").is_ok_and(|shown| shown == format!("{cost:?}"));
        if !unlisted.is_empty() || cost > most || shows {
            let line = 1 + self.text[..at].matches('\n').count();
            let around = self.text.lines().nth(line - 1).unwrap_or_default().trim();
            let mark = char::from(self.text.as_bytes()[at]);
            let column = at - self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let _ = writeln!(
                self.wrong,
                "{}:{line}:{column} {slip:?} {mark} in {around}: {cost:?}, unlisted {unlisted:?}\n    {}",
                self.name,
                messages.join("\n    ")
            );
        }
    }

    fn finish(self) -> String {
        println!("{}: nothing, field, thing, more, all lost: {:?}", self.name, self.counts);
        self.wrong
    }
}

/// The plans that are tried, and of how many of their marks one is: of every eighth, or of all with `GROUNDPLAN_SLIPS=all`.
fn plans() -> Vec<(String, String, usize)> {
    let all = std::env::var_os("GROUNDPLAN_SLIPS").is_some();
    let of = |marks: usize| if all { marks } else { 8 * marks };
    let written = |project: &Project| to_text(project).unwrap();
    let mut plans = vec![
        ("dense".to_owned(), written(&dense()), of(1)),
        ("by hand".to_owned(), PLAN.to_owned(), of(1)),
        ("dense by hand".to_owned(), include_str!("../corpus/projects/all-keys.ron").to_owned(), of(1)),
    ];
    plans.extend(presets().iter().map(|preset| (preset.id.to_owned(), written(&preset.project().unwrap()), of(7))));
    plans
}

#[test]
fn of_a_mark_that_is_missing_everything_that_is_lost_is_listed() {
    let mut wrong = String::new();
    for (name, text, step) in plans() {
        let mut trial = Trial::new(&name, &text);
        for at in marks(&text).into_iter().step_by(step) {
            let most = match text.as_bytes()[at] {
                b',' | b':' => Cost::Nothing,
                _ => Cost::Field,
            };
            trial.slip(at, Slip::Missing, most);
        }
        wrong += &trial.finish();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn of_a_mark_that_is_there_twice_nothing_is_lost() {
    let mut wrong = String::new();
    for (name, text, step) in plans() {
        let mut trial = Trial::new(&name, &text);
        for at in marks(&text).into_iter().skip(1).step_by(step) {
            trial.slip(at, Slip::Doubled, Cost::Nothing);
        }
        wrong += &trial.finish();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn of_a_mark_that_is_another_one_everything_that_is_lost_is_listed() {
    let mut wrong = String::new();
    for (name, text, step) in plans() {
        let mut trial = Trial::new(&name, &text);
        // Of each mark all others one after the other, so that each place gets some.
        for (i, at) in marks(&text).into_iter().enumerate().skip(2).step_by(step) {
            for mark in MARKS.into_iter().filter(|mark| *mark != text.as_bytes()[at]).skip(i % 3).step_by(3) {
                trial.slip(at, Slip::Instead(mark), Cost::Thing);
            }
        }
        wrong += &trial.finish();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A text in whose strings no marks stand, nor what looks like a comment: what a lost quote makes of those is anybody's guess.
fn without_marks(text: &str) -> String {
    let (mut plain, mut in_string, mut escaped) = (String::new(), false, false);
    for c in text.chars() {
        let quote = c == '"' && !escaped;
        let is_mark = in_string && !quote && "(){}[],:\"\\/*'".contains(c);
        plain.push(if is_mark { 'x' } else { c });
        escaped = in_string && c == '\\' && !escaped;
        in_string ^= quote;
    }
    plain
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![Just(Slip::Missing), Just(Slip::Doubled), prop::sample::select(MARKS.to_vec()).prop_map(Slip::Instead)]
}

proptest! {
    #[test]
    fn of_any_plan_everything_that_a_slip_costs_is_listed(
        project in any_project::project(), at in any::<prop::sample::Index>(), slip in slip(),
    ) {
        let text = without_marks(&to_text(&project).unwrap());
        let at = *at.get(&marks(&text));
        let slipped = slipped(&text, at, slip);
        let whole = read_project(&text, &no_check).unwrap();
        let (_, unlisted, messages) = cost(&whole, &slipped);
        prop_assert!(unlisted.is_empty(), "{unlisted:?}\n{messages:#?}\n{}", &text[at.saturating_sub(100)..].chars().take(200).collect::<String>());
    }
}
