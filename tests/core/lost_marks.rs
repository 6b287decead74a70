//! One bracket, quote, comma or colon that is missing from a plan, or is there twice: whatever the size of the plan, check says what is wrong where
//! that is, and not what only follows from it.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::fmt::Write as _;

use groundplan::{
    project::{Problem, Project},
    storage::{LocatedProblem, read_project},
};

fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

/// A plan of so many components in the form in which plans are written, each with some of all marks.
fn plan(components: usize) -> String {
    let mut text = String::from("(\n    format: 2,\n    name: \"Plan\",\n    components: {\n");
    for i in 0..components {
        let _ = write!(
            text,
            "        \"c{i}\": (\n            name: \"Component {i}\",\n            kind: worker,\n            pos: ({i}, 0),\n            traits: {{\n                \"tables\": {i},\n                \"jobs\": true,\n            }},\n        ),\n"
        );
    }
    text += "    },\n    connections: {\n";
    for i in 0..components {
        let to = (i + 1) % components;
        let _ = write!(
            text,
            "        \"l{i}\": (\n            from: \"c{i}\",\n            to: \"c{to}\",\n            course: (\n                via: [\n                    (1, 2),\n                ],\n            ),\n        ),\n"
        );
    }
    text + "    },\n    sticky_notes: {\n        \"ask\": (\n            text: \"Ask\",\n            pos: (0, 400),\n            size: (100, 50),\n        ),\n    },\n)\n"
}

/// What is told of a text.
fn told(text: &str) -> Vec<LocatedProblem> {
    read_project(text, &no_check).unwrap_err().problems
}

#[test]
fn a_bracket_that_is_missing_from_a_large_plan_is_told_where_it_is_missing() {
    for components in [60, 150, 400] {
        let text = plan(components);
        for (whole, damaged, words) in [
            ("\"c5\": (", "\"c5\": ", "the opening `(` of `c5` is missing in components; put it there"),
            (
                "traits: {\n                \"tables\": 5,",
                "traits: \n                \"tables\": 5,",
                "the opening `{` of `traits` is missing in components > c5; put it there",
            ),
            ("connections: {", "connections: ", "the opening `{` of `connections` is missing; put it there"),
            ("components: {", "components: ", "the opening `{` of `components` is missing; put it there"),
        ] {
            let line = 1 + text[..text.find(whole).unwrap()].matches('\n').count();
            let told = told(&text.replacen(whole, damaged, 1));
            let [problem] = told.as_slice() else { panic!("{components}, {whole}: {told:#?}") };
            assert!(
                problem.line.abs_diff(line) <= 1 && problem.message.contains(words),
                "{components}, {whole}: {problem}"
            );
        }
    }
}

/// Takes each so many of the marks out, or puts it there twice, and gives what is not told near it, or with more than it is.
fn unclear(text: &str, every: usize, twice: bool) -> Vec<String> {
    let mut unclear = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, c)| "()[]{},:\"".contains(*c)).step_by(every) {
        let (line, mut damaged) = (1 + text[..at].matches('\n').count(), text.to_owned());
        if twice {
            damaged.insert(at, mark);
        } else {
            damaged.remove(at);
        }
        let Err(error) = read_project(&damaged, &no_check) else { continue };
        let is_near = error.problems.iter().any(|problem| problem.line.abs_diff(line) <= 1);
        if !is_near || error.problems.len() > 2 {
            unclear.push(format!("{line}: {mark} {:?}: {error}", text.lines().nth(line - 1).unwrap().trim()));
        }
    }
    unclear
}

#[test]
fn whichever_mark_is_missing_or_there_twice_is_told_near_it() {
    for (components, every) in [(3, 1), (150, 211)] {
        for twice in [false, true] {
            let unclear = unclear(&plan(components), every, twice);
            assert!(unclear.is_empty(), "{components}, {twice}: {}\n{}", unclear.len(), unclear.join("\n\n"));
        }
    }
}
