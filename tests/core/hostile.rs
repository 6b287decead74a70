//! Names of others break out of nothing: of no format that is exported, and of no terminal.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{fs, sync::LazyLock};

use crate::common::{cli, small_playbook, xml};
use cli::{err, out, run, run_with_input};
use groundplan::{
    assess::{Engine, Perspective, baseline},
    export::{ExportInput, FORMATS, Format, Further, Look},
    project::{Assumptions, Boundary, ComponentKind, Edit, Project, Protocol, Role, Scenario, StickyNote},
    storage::{from_text, to_text},
};
use kurbo::Rect;
use serde_json::Value;
use small_playbook::{link, resource, service};

static ENGINE: LazyLock<Engine> = LazyLock::new(small_playbook::engine);

/// Names that mean something somewhere.
const NAMES: &[&str] = &[
    "=HYPERLINK(\"http://evil\",\"Shop\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "\u{feff}=1+1",
    "\u{200b}=1+1",
    "\u{a0}=1+1",
    "a\",=1+1,\"",
    "a;=1+1",
    "</script><script>alert(1)</script>",
    "</text></svg><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onload=\"alert(1)",
    "]]>",
    "<![CDATA[ x ]]>",
    "<!-- x --> <?xml?>",
    "&lt;b&gt; &amp; &nbsp; &#x3c;",
    "`code` ```\nfence\n```",
    "a|b||c",
    "# Heading\n# Another\n\n- list\n1. list\n> quote",
    "[x](javascript:alert(1)) ![y](z) <http://evil> [z]: http://evil",
    "**bold** _it_ ~~gone~~ $x^2$",
    "\\| \\\\ \\",
    "---",
    "{\"a\": 1} ${x} {{y}} %n",
    "\u{202e}evil\u{202c} \u{2066}x\u{2069}\u{200f}",
    "line\u{2028}line\u{2029}line\u{85}line\u{b}line\u{c}line",
    "nul\u{0}nul",
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}1m\u{90}q\u{9c}\u{8}\u{7f}",
    "\u{ffff}\u{fffe}\u{fdd0}\u{10ffff}",
    "中文 عربى 😀 e\u{301}\u{301}\u{301}",
];

/// A plan in which everything that can be called something is called so.
fn plan(name: &str) -> Project {
    let mut project = Project::new(name);
    name.clone_into(&mut project.notes);
    service(&mut project, "shop", &[("tables", 40.0)], &["admin"]);
    service(&mut project, "live", &[("rate", 5000.0)], &["pure-api"]);
    service(&mut project, "later", &[], &["admin"]);
    resource(&mut project, "db", ComponentKind::RelationalDatabase);
    for id in ["shop", "live", "later", "db"] {
        project.apply(&Edit::Rename(id.into(), name.to_owned()));
        project.apply(&Edit::SetComponentNotes(id.into(), name.to_owned()));
    }
    project.apply(&Edit::SetDeferred("later".into(), true));
    link(&mut project, "shop", "db", Protocol::Database);
    let id = link(&mut project, "shop", "live", Protocol::Queue);
    let mut labelled = (*project.connections[&id]).clone();
    name.clone_into(&mut labelled.label);
    project.apply(&Edit::PutConnection(id, labelled));
    let note = StickyNote::new(name, Rect::from_origin_size((0.0, 400.0), (200.0, 90.0)));
    project.apply(&Edit::PutNote("note".into(), note));
    let frame = Boundary::new(name, Rect::new(-10.0, -10.0, 300.0, 300.0));
    project.apply(&Edit::PutBoundary("frame".into(), frame));
    project.apply(&Edit::Suppress("no-traits:shop".into(), Some(name.to_owned())));
    let mut assumptions = Assumptions::default();
    assumptions.roles.insert("dev".into(), Role::new(name, 4000.0, 1.0));
    project.apply(&Edit::SetAssumptions(assumptions));
    let scenario = Scenario::of(&project, name);
    project.apply(&Edit::PutScenario("kept".into(), Some(scenario)));
    let assessment = ENGINE.assess(&project);
    let mut kept = baseline(&project, &assessment, name, None, Vec::new());
    for id in ["first", "second"] {
        project.apply(&Edit::PutBaseline(id.into(), Some(kept.clone())));
        kept.budget_usd.median += 1000.0;
    }
    project
}

fn written(format: &Format, project: &Project) -> Vec<u8> {
    let assessment = ENGINE.assess(project);
    let perspective = Perspective::Findings;
    let look = Look { perspective: &perspective, ..Look::default() };
    let input = ExportInput {
        look,
        further: Further::ask(&ENGINE),
        ..ExportInput::new(project, &assessment, &ENGINE.playbook)
    };
    (format.write)(&input).unwrap_or_else(|error| panic!("{}: {error}", format.id))
}

/// Whether a text moves no cursor and turns no line.
fn is_harmless(text: &str) -> bool {
    text.chars().all(|c| {
        let turns =
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c == '\n' || !(c.is_control() || turns || c == '\u{2028}' || c == '\u{2029}')
    })
}

/// Holds what was written to the rules of its format; `plain` is the same plan with names that mean nothing.
fn hold(format: &Format, name: &str, bytes: &[u8], plain: &[u8]) {
    let about = format!("{} with {:?}", format.id, name.chars().take(60).collect::<String>());
    if format.extension == "png" {
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{about}");
        return;
    }
    let text = str::from_utf8(bytes).unwrap_or_else(|error| panic!("{about}: {error}"));
    let plain = str::from_utf8(plain).unwrap();
    assert!(is_harmless(text), "{about}: it moves the cursor or turns a line");
    match format.extension {
        "csv" => hold_table(&about, text, plain),
        "json" => {
            let json: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{about}: {error}"));
            assert!(json.to_string().contains(&Value::from(name).to_string()), "{about}: the name is in it as it is");
            let shape: Value = serde_json::from_str(plain).unwrap();
            assert_eq!(json.as_object().unwrap().len(), shape.as_object().unwrap().len(), "{about}");
        }
        "svg" => {
            let (names, _) = xml::read(text);
            let known = [
                "svg", "title", "desc", "defs", "g", "rect", "path", "text", "tspan", "circle", "line", "style",
                "pattern", "marker", "polygon", "polyline", "ellipse", "clipPath", "use", "image",
            ];
            for element in names {
                assert!(known.contains(&element.as_str()), "{about}: <{element}>");
            }
        }
        "md" => {
            assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("<http"), "{about}");
            assert_eq!(skeleton(text), skeleton(plain), "{about}:\n{text}");
        }
        other => panic!("{about}: say in this test what holds of names in .{other}"),
    }
}

/// A spreadsheet sees the rows and columns that it sees with harmless names, and no formula.
fn hold_table(about: &str, text: &str, plain: &str) {
    let rows = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let (found, expected) = (rows(text), rows(plain));
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), expected.iter().map(Vec::len).collect::<Vec<_>>());
    assert_eq!(text.lines().count(), plain.lines().count(), "{about}: a row is a line");
    for (cell, plain) in found.iter().flatten().zip(expected.iter().flatten()) {
        if plain.parse::<f64>().is_ok() {
            assert!(cell.parse::<f64>().is_ok(), "{about}: numbers stay numbers, not {cell}");
            continue;
        }
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        // Spreadsheets of many countries begin another cell at a semicolon.
        let mut cells = cell.split(';').map(|cell| cell.trim_start_matches(is_blank));
        let is_formula = cells.any(|begins| begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
        assert!(!is_formula, "{about}: {cell:?} is taken for a formula");
    }
}

/// What a reader of Markdown sees of the lines: what they begin with, and how many cells they have.
fn skeleton(text: &str) -> Vec<(String, usize)> {
    let shape = |line: &str| {
        let bare = line.replace("\\\\", "").replace("\\|", "");
        let begin: String = line.chars().take_while(|c| !c.is_alphanumeric() && *c != '\\' && *c != '&').collect();
        let begin = begin.split_whitespace().next().unwrap_or_default();
        let marks = ["#", "##", "###", "-", "|", ">", "```", "---", "*", "+", "="];
        let begin = marks.iter().find(|mark| begin == **mark).map_or("", |mark| mark);
        (begin.to_owned(), bare.matches('|').count())
    };
    let mut shapes: Vec<(String, usize)> = text.lines().map(shape).collect();
    // What is quoted may have any number of lines.
    shapes.dedup_by(|a, b| a == b && a.0 == ">");
    shapes
}

#[test]
fn no_name_breaks_out_of_any_format() {
    let plain = plan("Shop");
    for format in FORMATS {
        let of_plain = written(format, &plain);
        for name in NAMES {
            hold(format, name, &written(format, &plan(name)), &of_plain);
        }
    }
}

#[test]
fn names_of_a_megabyte_are_written_too() {
    let plain = plan("Shop");
    for begin in ["=A<b>|"] {
        let name = format!("{begin}{}", "x ".repeat(500_000));
        let project = plan(&name);
        for format in FORMATS {
            let bytes = written(format, &project);
            if format.extension == "md" || format.extension == "json" {
                // Looked at as a whole, such a text takes a test longer than it is worth.
                assert!(bytes.len() > name.len(), "{}", format.id);
            } else {
                hold(format, &name, &bytes, &written(format, &plain));
            }
        }
    }
}

#[test]
fn no_name_reaches_the_terminal_as_more_than_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut preset = from_text(cli::PLAN).unwrap();
    let hostile = "\u{1b}[2J\u{1b}]0;title\u{7}Shop\r\n\u{9b}1m\u{202e}evil";
    preset.name = hostile.to_owned();
    for id in ["shop", "db"] {
        preset.apply(&Edit::Rename(id.into(), hostile.to_owned()));
        preset.apply(&Edit::SetComponentNotes(id.into(), hostile.to_owned()));
    }
    let mut scenario = Scenario::of(&preset, hostile);
    scenario.means.team_size = Some(4.0);
    preset.apply(&Edit::PutScenario("kept".into(), Some(scenario)));
    preset.apply(&Edit::PutNote("note".into(), StickyNote::new(hostile, Rect::new(0.0, 0.0, 100.0, 100.0))));
    preset.apply(&Edit::PutBoundary("frame".into(), Boundary::new(hostile, Rect::new(0.0, 0.0, 100.0, 100.0))));
    preset.assumptions.roles.insert("dev".into(), Role::new(hostile, 4000.0, 1.0));
    let plan = cli::plan_in(folder.path(), &to_text(&preset).unwrap());
    let kept = folder.path().join("kept.ron");
    let kept = kept.to_str().unwrap();
    let output = run(&["baseline", &plan, "--name", hostile, "-o", kept]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let commands: &[&[&str]] = &[
        &["assess", "FILE"],
        &["assess", "FILE", "--json"],
        &["check", "FILE", "--deny", "hint"],
        &["check", "FILE", "--json"],
        &["check", "FILE", "--sarif"],
        &["compare", "FILE"],
        &["compare", "FILE", "--json"],
        &["why", "FILE"],
        &["robust", "FILE"],
        &["find", "FILE", "evil"],
        &["find", "FILE", "evil", "--json"],
        &["schedule", "FILE"],
        &["schedule", "FILE", "--json"],
        &["sensitivity", "FILE"],
        &["cases", "FILE"],
        &["causes", "FILE", "--from", "kept"],
        &["causes", "FILE", "--from", "kept", "--json"],
        &["baselines", "FILE"],
        &["baselines", "FILE", "--json"],
        &["reach", "FILE", "--budget", "20k", "--weeks", "3"],
        &["reach", "FILE", "--budget", "20k", "--weeks", "3", "--json"],
        &["stack", "FILE"],
        &["stack", "FILE", "--json"],
        &["stack", "FILE", "--component", "shop", "--requirements"],
        &["evidence", "--paragraph", "7", "--plan", "FILE"],
        &["evidence", "--paragraph", "7", "--plan", "FILE", "--json"],
        &["diff", "/dev/null", "FILE"],
        &["diff", "/dev/null", "FILE", "--json"],
        &["export", "FILE", "--to", "md"],
        &["export", "FILE", "--to", "csv"],
        // What is wrong with the arguments and with the file is told with its text.
        &["assess", "\u{1b}[2J\u{202e}.ron"],
        &["compare", "FILE", "--scenarios", "\u{1b}[2J"],
        &["why", "FILE", "--component", "\u{9b}1m"],
        &["export", "FILE", "--to", "\u{1b}[2J"],
    ];
    for arguments in commands {
        let arguments: Vec<&str> = arguments.iter().map(|one| if *one == "FILE" { kept } else { *one }).collect();
        let output = run(&arguments);
        assert!(output.status.code().is_some_and(|code| code < 3), "{arguments:?}");
        assert!(!out(&output).is_empty() || !err(&output).is_empty(), "{arguments:?} says nothing");
        assert!(is_harmless(out(&output)), "{arguments:?}: {:?}", out(&output));
        assert!(is_harmless(err(&output)), "{arguments:?}: {:?}", err(&output));
    }
    for broken in [
        "(format: 1, name: \"x\u{1b}[2J\", nmae: \"\u{9b}1m\u{202e}\")",
        "(format: 1, name: \"x\", \u{1b}[2J",
        "\u{1b}[2J",
    ] {
        let output = run_with_input(&["assess", "-"], broken);
        assert_eq!(output.status.code(), Some(2));
        assert!(is_harmless(err(&output)), "{:?}", err(&output));
    }
    assert!(fs::exists(kept).unwrap());
}
