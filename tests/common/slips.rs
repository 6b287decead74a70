//! A small plan, what people do to it, and what repair is expected to make of that.

#![allow(dead_code)] // not every test file asks for everything

use groundplan::{
    project::{
        Problem, Project,
        difference::{Change, Changes, Thing},
    },
    storage::{Repaired, read_project, read_what_can_be},
};

pub const WHOLE: &str = r#"(
    format: 2,
    name: "Plan",
    notes: "About it.",
    components: {
        "web": (
            name: "Web",
            kind: client,
            pos: (0, 0),
        ),
        "shop": (
            name: "Shop",
            kind: web_application,
            pos: (200, 0),
            traits: {
                "tables": 40,
                "admin-interface": true,
            },
            notes: "It's ours",
        ),
        "db": (
            name: "Database",
            kind: relational_database,
            pos: (400, 0),
        ),
    },
    connections: {
        "web-to-shop": (
            from: "web",
            to: "shop",
            protocol: websocket,
            calls_per_request: 2,
            latency_ms: 20,
        ),
        "shop-to-db": (
            from: "shop",
            to: "db",
            protocol: database,
            calls_per_request: 1500,
        ),
    },
    boundaries: {
        "all": (
            name: "All",
            pos: (-50, -50),
            size: (700, 300),
        ),
    },
    sticky_notes: {
        "ask": (
            text: "Ask them",
            pos: (0, 400),
            size: (100, 50),
        ),
    },
)
"#;

pub fn no_check(_: &Project) -> Vec<Problem> {
    Vec::new()
}

pub fn whole() -> Project {
    read_project(WHOLE, &no_check).unwrap()
}

/// The plan with other words in some places.
pub fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(WHOLE.to_owned(), |text, (sound, damaged)| {
        assert!(text.contains(sound), "{sound}");
        text.replacen(sound, damaged, 1)
    })
}

/// The plan with something done to each of its lines.
pub fn each(change: impl Fn(usize, &str) -> String) -> String {
    WHOLE.lines().enumerate().map(|(i, line)| change(i + 1, line) + "\n").collect()
}

pub fn until(words: &str) -> String {
    WHOLE[..WHOLE.find(words).unwrap()].to_owned()
}

/// What could be had of a text, sound, and what is said of that.
pub fn repaired(text: &str) -> (Project, Vec<String>) {
    let Repaired { project, notes, .. } = read_what_can_be(text.as_bytes(), &no_check).unwrap();
    assert_eq!(project.validate(), [], "what is given is sound");
    (project, notes.iter().map(ToString::to_string).collect())
}

/// Where a project is not the whole one: the keys of things that came or went, and of fields that are otherwise.
pub fn otherwise(project: &Project) -> Vec<String> {
    use groundplan::project::ElementId;
    let mut found = Vec::new();
    for changed in Changes::between(&whole(), project).list {
        let path = match &changed.thing {
            Thing::Element(id) => {
                let list = match id {
                    ElementId::Component(_) => "components",
                    ElementId::Connection(_) => "connections",
                    ElementId::Boundary(_) => "boundaries",
                    ElementId::Note(_) => "sticky_notes",
                };
                format!("{list} > {}", id.as_str())
            }
            other => format!("{other:?}"),
        };
        match changed.change {
            Change::Added => found.push(format!("+{path}")),
            Change::Removed => found.push(format!("-{path}")),
            Change::Changed => {
                found.extend(changed.fields.iter().map(|field| format!("{path} > {}", field.path.join(" > "))));
            }
        }
    }
    found
}

/// What was done, what is otherwise in the copy for it, and words of what is said.
pub type Slip<'a> = (String, &'a [&'a str], &'a [&'a str]);

pub fn hold(slips: Vec<Slip<'_>>) {
    let mut wrong = Vec::new();
    for (text, expected, words) in slips {
        let Ok(Repaired { project, notes, .. }) = read_what_can_be(text.as_bytes(), &no_check) else {
            wrong.push(format!("nothing could be read of\n{text}"));
            continue;
        };
        assert_eq!(project.validate(), []);
        let told: Vec<String> = notes.iter().map(ToString::to_string).collect();
        let found = otherwise(&project);
        let unsaid: Vec<&&str> = words.iter().filter(|words| !told.iter().any(|told| told.contains(**words))).collect();
        if found != expected || !unsaid.is_empty() || notes.len() > words.len().max(1) {
            let line = text.lines().zip(WHOLE.lines()).find(|(a, b)| a != b).map_or("", |(line, _)| line);
            wrong.push(format!("{line}\n  otherwise: {found:?}\n  unsaid: {unsaid:?}\n  told: {told:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

pub const NONE: &[&str] = &[];
