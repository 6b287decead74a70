//! What changed between two projects, in words and in numbers: as a library, on the command line, in git, in the window.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{fs, path::Path};

use crate::common::{builtin, cli, git, shop, window};
use cli::{err, out, run, run_with_input};
use egui_kittest::kittest::Queryable as _;
use git::{Repository, command};
use groundplan::{
    explain::difference::Told,
    playbook,
    project::{
        Assumptions, Boundary, Component, ComponentKind, Confidence, Connection, Currency, Deadline, Edit, ElementId,
        Project, Protocol, Role, Scenario, StickyNote, TraitValue, Weekday,
        difference::{Change, Changes},
    },
    storage::{from_text, to_text},
};
use jiff::civil::date;
use kurbo::{Rect, Vec2};
use serde_json::Value;

/// A shop with a database and a mailer, a frame, a note.
fn plan() -> Project {
    let mut project = shop::three();
    project.apply(&Edit::SetTrait("shop".into(), "tables".into(), Some(TraitValue::Number(12.0))));
    let link = Connection::new("shop".into(), "db".into(), Protocol::Database);
    project.apply(&Edit::PutConnection("shop-to-db".into(), link));
    project.apply(&Edit::PutBoundary("team".into(), Boundary::new("Team", Rect::new(-20.0, -20.0, 500.0, 120.0))));
    project.apply(&Edit::PutNote("note".into(), StickyNote::new("Ask", Rect::new(0.0, 300.0, 200.0, 400.0))));
    let mut kept = Scenario::of(&project, "Lean");
    kept.means = groundplan::project::Means::default();
    project.apply(&Edit::PutScenario("lean".into(), Some(kept)));
    project
}

fn changed(change: impl FnOnce(&mut Project)) -> Project {
    let mut project = plan();
    change(&mut project);
    assert_eq!(project.validate(), []);
    project
}

fn flag(project: &mut Project, id: &str, name: &str, value: bool) {
    project.apply(&Edit::SetTrait(id.into(), name.into(), Some(TraitValue::Flag(value))));
}

fn link(project: &mut Project, change: impl FnOnce(&mut Connection)) {
    let mut link = (*project.connections["shop-to-db"]).clone();
    change(&mut link);
    project.apply(&Edit::PutConnection("shop-to-db".into(), link));
}

fn scenario(project: &mut Project, change: impl FnOnce(&mut Scenario)) {
    let mut kept = (*project.scenarios["lean"]).clone();
    change(&mut kept);
    project.apply(&Edit::PutScenario("lean".into(), Some(kept)));
}

fn assume(change: fn(&mut Assumptions)) -> impl FnOnce(&mut Project) {
    move |project| change(&mut project.assumptions)
}

fn lines(to: &Project) -> Vec<String> {
    Told::new(&playbook::builtin().unwrap(), &plan(), to).lines()
}

/// A change, and what is said of it.
type Row = (fn(&mut Project), &'static [&'static str]);

#[test]
fn each_change_has_its_words() {
    let rows: &[Row] = &[
        (|_| {}, &[]),
        (|p| p.name = "Plan of May".to_owned(), &["Plan", "  ~ Plan: name \"Plan\" → \"Plan of May\""]),
        (|p| p.notes = "First\nsketch".to_owned(), &["Plan", "  ~ Plan: notes \"First sketch\""]),
        (
            |p| {
                p.apply(&Edit::SetTrait("shop".into(), "tables".into(), Some(TraitValue::Number(40.0))));
                flag(p, "shop", "admin-interface", true);
            },
            &["Components", "  ~ Shop: tables 12 → 40, with admin for non-technical staff"],
        ),
        (
            |p| {
                p.apply(&Edit::Rename("shop".into(), "Store".to_owned()));
                p.apply(&Edit::SetKind("shop".into(), ComponentKind::RestApi));
                p.apply(&Edit::SetPin("shop".into(), Some("fastapi".into())));
                p.apply(&Edit::SetDeferred("shop".into(), true));
                p.apply(&Edit::SetComponentNotes("shop".into(), "Why?".to_owned()));
            },
            &[
                "Components",
                "  ~ Store: name \"Shop\" → \"Store\", Web application → REST API, pinned to FastAPI, put off to later, notes \"Why?\"",
            ],
        ),
        (
            |p| p.apply(&Edit::PutComponent("cache".into(), Component::new("Cache", ComponentKind::Redis, None))),
            &["Components", "  + Cache: new (Redis)"],
        ),
        (
            |p| p.apply(&Edit::Remove([ElementId::Component("shop".into())].into())),
            &[
                "Components",
                "  − Shop: gone (Web application, 12 tables)",
                "Connections",
                "  − Shop to Database: gone (Database)",
            ],
        ),
        (
            |p| {
                link(p, |l| {
                    l.protocol = Protocol::Http;
                    l.calls_per_request = Some(3.0);
                    l.latency_ms = Some(20.5);
                    l.label = "orders".to_owned();
                });
            },
            &[
                "Connections",
                "  ~ Shop to Database: Database → HTTP, calls a request unknown → 3, milliseconds a call unknown → 20.5, label \"orders\"",
            ],
        ),
        (
            |p| link(p, |l| l.to = "mailer".into()),
            &["Connections", "  ~ Shop to Mailer: leads to Mailer, not Database"],
        ),
        (
            |p| {
                let mut note = (*p.sticky_notes["note"]).clone();
                note.text = "Ask the bank".to_owned();
                p.apply(&Edit::PutNote("note".into(), note));
                let mut frame = (*p.boundaries["team"]).clone();
                frame.name = "Team A".to_owned();
                p.apply(&Edit::PutBoundary("team".into(), frame));
            },
            &[
                "Boundaries",
                "  ~ Team A: name \"Team\" → \"Team A\"",
                "Sticky notes",
                "  ~ Ask the bank: text \"Ask\" → \"Ask the bank\"",
            ],
        ),
        (
            |p| p.apply(&Edit::Suppress("no-traits:db".into(), Some("Known".to_owned()))),
            &["Findings set aside", "  + no-traits:db: new (\"Known\")"],
        ),
        (
            |p| {
                scenario(p, |s| {
                    s.name = "Lean start".to_owned();
                    s.pins.insert("shop".into(), "django".into());
                    s.deferred.insert("mailer".into());
                    s.means.team_size = Some(4.0);
                });
            },
            &[
                "Scenarios",
                "  ~ Lean start: name \"Lean\" → \"Lean start\", Shop pinned to Django, Mailer put off to later, team size as usual → 4 people",
            ],
        ),
        (|p| p.apply(&Edit::PutScenario("lean".into(), None)), &["Scenarios", "  − Lean: gone"]),
        (
            |p| {
                let all = p.components.keys().cloned().map(ElementId::Component).collect();
                p.apply(&Edit::Move(all, Vec2::new(5.0, 0.0)));
                p.apply(&Edit::SetLocked([ElementId::Boundary("team".into())].into(), true));
            },
            &[
                "On the drawing",
                "  ~ 3 components moved: Shop, Database, Mailer",
                "  ~ 1 boundary locked or let go of: Team",
            ],
        ),
        (|p| p.components.reverse(), &["Entries stand in another order"]),
    ];
    for (change, expected) in rows {
        assert_eq!(lines(&changed(change)), *expected);
    }
}

/// What is done to assumptions, and what is said of it.
type AssumptionsRow = (fn(&mut Assumptions), &'static str);

#[test]
fn each_assumption_has_its_words() {
    let rows: [AssumptionsRow; 12] = [
        (|a| a.rate_usd_per_person_week = 5000.0, "rate per person-week $4,500 a person-week → $5,000 a person-week"),
        (|a| a.team_size = 4.0, "team size 2 people → 4 people"),
        (|a| a.contingency = 0.1, "contingency 0 % → 10 %"),
        (|a| a.communication_share = Some(0.1), "time lost to agreement as usual → 10 %"),
        (|a| a.confidence = Confidence::P80, "figures shown at P50 → P80"),
        (|a| drop(a.roles.insert("dev".into(), Role::new("Developer", 4000.0, 1.0))), "role Developer new"),
        (|a| a.start = Some(date(2027, 3, 1)), "first day none → 1 Mar 2027"),
        (|a| a.deadline = Some(Deadline::Weeks(26.0)), "deadline none → 6 months"),
        (|a| a.target_budget_usd = Some(150_000.0), "budget to hold none → $150,000"),
        (|a| a.currency = Currency::known("EUR").unwrap(), "currency USD → EUR"),
        (|a| a.calendar.workdays.retain(|day| *day != Weekday::Fri), "fri free"),
        (|a| a.calendar.holidays.extend([date(2027, 12, 24)]), "2027-12-24 a holiday"),
    ];
    for (change, expected) in rows {
        let found = lines(&changed(assume(change)));
        assert_eq!(found, ["Assumptions".to_owned(), format!("  ~ Assumptions: {expected}")]);
    }
}

#[test]
fn a_difference_turned_around_says_the_opposite_and_nothing_differs_from_itself() {
    let other = builtin::preset("construction-saas");
    for (a, b) in [(&plan(), &other), (&other, &plan())] {
        let (there, back) = (Changes::between(a, b), Changes::between(b, a));
        let count = |changes: &Changes, change| changes.list.iter().filter(|one| one.change == change).count();
        assert_eq!(count(&there, Change::Added), count(&back, Change::Removed));
        assert_eq!(count(&there, Change::Changed), count(&back, Change::Changed));
        assert!(count(&there, Change::Added) > 0);
        assert!(Changes::between(a, a).is_empty());
        let read_again = from_text(&to_text(a).unwrap()).unwrap();
        assert!(Changes::between(a, &read_again).is_empty(), "coordinates are compared as files have them");
    }
}

/// A plan in a folder, and its path.
fn file(folder: &Path, name: &str, project: &Project) -> String {
    let path = folder.join(name);
    fs::write(&path, to_text(project).unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn grown() -> Project {
    changed(|p| {
        p.apply(&Edit::SetTrait("shop".into(), "tables".into(), Some(TraitValue::Number(40.0))));
        flag(p, "shop", "admin-interface", true);
        p.assumptions.rate_usd_per_person_week = 5000.0;
        p.apply(&Edit::Place("db".into(), (300.0, 90.0).into()));
    })
}

#[test]
fn the_command_says_what_changed_and_what_it_comes_to() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (file(folder.path(), "a.ron", &plan()), file(folder.path(), "b.ron", &grown()));
    let output = run(&["diff", &a, &b]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = out(&output);
    for words in [
        "a.ron → ",
        "2 changed; on the drawing 1 component moved",
        "  ~ Shop: tables 12 → 40, with admin for non-technical staff",
        "rate per person-week $4,500 a person-week → $5,000 a person-week",
        "Budget $",
        "Timeline ",
        ": Rate $4,500 → $5,000 a person-week",
        ": Shop: tables 12 → 40, with admin for non-technical staff",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    // What the causes come to sums to the difference, to the dollar.
    let dollars = |words: &str| -> i64 {
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<i64>().unwrap() * if words.contains('−') { -1 } else { 1 }
    };
    let budget = text.lines().find(|line| line.starts_with("Budget ")).unwrap();
    let change = budget.split_once('(').unwrap().1.split_once(", P50").unwrap().0;
    let causes = text.lines().filter(|line| line.starts_with("  +$") || line.starts_with("  −$"));
    let amount = |line: &str| dollars(line.split(": ").next().unwrap().split(", ").next().unwrap());
    let sum: i64 = causes.map(amount).sum();
    assert_eq!(sum, dollars(change), "{text}");
}

#[test]
fn exit_codes_and_json_are_for_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (file(folder.path(), "a.ron", &plan()), file(folder.path(), "b.ron", &grown()));
    let moved = changed(|p| p.apply(&Edit::Place("db".into(), (300.0, 90.0).into())));
    let moved = file(folder.path(), "moved.ron", &moved);
    for (from, to, expected) in [(&a, &a, 0), (&a, &b, 1), (&a, &moved, 1)] {
        assert_eq!(run(&["diff", from, to]).status.code(), Some(0));
        assert_eq!(run(&["diff", "--exit-code", from, to]).status.code(), Some(expected));
    }
    let json: Value = serde_json::from_str(out(&run(&["diff", &a, &b, "--json"]))).unwrap();
    assert_eq!((&json["schema"], &json["same"], &json["drawing_only"]), (&1.into(), &false.into(), &false.into()));
    let shop = json["changes"].as_array().unwrap().iter().find(|one| one["id"] == "shop").unwrap();
    assert_eq!((&shop["kind"], &shop["change"]), (&"component".into(), &"changed".into()));
    assert_eq!(
        shop["fields"][0],
        serde_json::json!({"path": ["traits", "tables"], "from": 12, "to": 40, "drawing": false})
    );
    let numbers = &json["numbers"];
    let difference = numbers["to"]["budget_usd"].as_f64().unwrap() - numbers["from"]["budget_usd"].as_f64().unwrap();
    let causes = numbers["causes"].as_array().unwrap();
    let sum: f64 = causes.iter().map(|cause| cause["budget_usd"].as_f64().unwrap()).sum();
    assert!((sum - difference).abs() < 1e-6 && difference > 0.0, "{sum} {difference}");
    let json: Value = serde_json::from_str(out(&run(&["diff", &a, &moved, "--json"]))).unwrap();
    assert_eq!((&json["drawing_only"], &json["numbers"]), (&true.into(), &Value::Null));
    let json: Value = serde_json::from_str(out(&run(&["diff", &a, &a, "--json"]))).unwrap();
    assert_eq!((&json["same"], &json["changes"]), (&true.into(), &serde_json::json!([])));
}

#[test]
fn a_file_that_is_not_there_is_no_project_and_a_name_that_is_wrong_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let a = file(folder.path(), "a.ron", &plan());
    let new = run(&["diff", "/dev/null", &a]);
    assert_eq!(new.status.code(), Some(0), "{}", err(&new));
    assert!(out(&new).contains("nothing → ") && out(&new).contains("  + Shop: new (Web application, 12 tables)"));
    let gone = run(&["diff", &a, "/dev/null"]);
    assert!(out(&gone).contains("  − Shop: gone"), "{}", out(&gone));
    let input = run_with_input(&["diff", "-", &a], &to_text(&grown()).unwrap());
    assert!(out(&input).contains("tables 40 → 12"), "{}", out(&input));
    for arguments in
        [vec!["diff", &a], vec!["diff", &a, "nowhere.ron"], vec!["diff", "-", "-"], vec!["diff", &a, &a, &a]]
    {
        let output = run(&arguments);
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{arguments:?}");
        assert!(!err(&output).is_empty());
    }
}

#[test]
fn texts_that_differ_far_behind_their_beginning_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let text = |end: &str| format!("{} and {end}", "the same words again".repeat(20));
    let with = |end: &str| {
        changed(|p| {
            p.notes = text(end);
            p.apply(&Edit::SetComponentNotes("db".into(), text(end)));
        })
    };
    let (a, b) =
        (file(folder.path(), "a.ron", &with("forty tables")), file(folder.path(), "b.ron", &with("fifty tables")));
    let words = run(&["diff", &a, &b]);
    assert!(out(&words).contains("forty tables") && out(&words).contains("fifty tables"), "{}", out(&words));
    let [a, b] = [a, b].map(|file| out(&run(&["diff", "--textconv", &file])).to_owned());
    let differing = a.lines().zip(b.lines()).filter(|(a, b)| a != b).count();
    assert_eq!(differing, 2, "{a}\n{b}");
    assert!(b.contains("fifty tables"));
}

#[test]
fn a_merge_that_cannot_be_written_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let plan = file(folder.path(), "a.ron", &plan());
    let nowhere = folder.path().join("gone/out.ron");
    for (to, why) in [(nowhere.as_path(), "folder"), (folder.path(), "This is a folder")] {
        let output = run(&["merge", &plan, &plan, &plan, "-o", to.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(why) && err(&output).contains("Nothing was written"), "{}", err(&output));
    }
}

#[test]
fn no_name_moves_the_cursor_of_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = "\u{1b}[2J\u{1b}]0;x\u{7}Shop\r\n\u{202e}evil\u{9b}1m";
    let named = changed(|p| {
        p.name = hostile.to_owned();
        p.apply(&Edit::Rename("shop".into(), hostile.to_owned()));
        p.apply(&Edit::SetComponentNotes("db".into(), hostile.to_owned()));
        link(p, |l| l.label = hostile.to_owned());
    });
    let (a, b) = (file(folder.path(), "a.ron", &plan()), file(folder.path(), "b.ron", &named));
    for arguments in
        [vec!["diff", &a, &b], vec!["diff", &b, &a], vec!["diff", "--textconv", &b], vec!["merge", &a, &b, &b]]
    {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let is_harmless = |text: &str| text.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}'));
        // A merged project is a file, in which such characters are escaped or kept as they are.
        assert!(arguments[0] == "merge" || is_harmless(out(&output)), "{:?}", out(&output));
        assert!(is_harmless(err(&output)));
    }
}

/// A repository with two versions of the plan.
fn repository(settings: &[(&str, &str)]) -> Repository {
    let repository = Repository::new(settings);
    repository.write("plan.ron", &to_text(&plan()).unwrap());
    repository.commit("Plan");
    repository.write("plan.ron", &to_text(&grown()).unwrap());
    repository
}

#[test]
fn git_shows_its_diffs_in_our_words() {
    let external = command("diff --git --");
    let repository = repository(&[("diff.groundplan.command", &external)]);
    let shown = repository.git(&["diff"]);
    assert!(out(&shown).contains("a/plan.ron → b/plan.ron"), "{}", out(&shown));
    assert!(out(&shown).contains("  ~ Shop: tables 12 → 40, with admin for non-technical staff"), "{}", out(&shown));
    assert!(out(&shown).contains("Budget $"), "{}", out(&shown));
    repository.git(&["add", "-A"]);
    repository.git(&["mv", "plan.ron", "moved.ron"]);
    let renamed = repository.git(&["diff", "-M", "HEAD"]);
    assert!(out(&renamed).contains("a/plan.ron → b/moved.ron"), "{}", out(&renamed));
    repository.git(&["reset", "-q", "--hard"]);
    repository.write("new.ron", &to_text(&plan()).unwrap());
    repository.git(&["rm", "-q", "plan.ron"]);
    repository.git(&["add", "-A"]);
    let both = repository.git(&["diff", "--no-renames", "--cached"]);
    assert!(out(&both).contains("  + Shop: new") && out(&both).contains("  − Shop: gone"), "{}", out(&both));
    // One version that cannot be read does not keep the others from being shown.
    repository.write("new.ron", "(format: 1,");
    repository.write("other.ron", &to_text(&grown()).unwrap());
    repository.git(&["add", "-A"]);
    let shown = repository.git(&["diff", "--no-renames", "--cached"]);
    assert!(out(&shown).contains("b/new.ron: this version cannot be read"), "{}", out(&shown));
    assert!(out(&shown).contains("b/other.ron"), "{}", out(&shown));
}

#[test]
fn git_compares_projects_in_words_line_by_line() {
    let textconv = command("diff --textconv");
    let repository = repository(&[("diff.groundplan.textconv", &textconv)]);
    let shown = repository.git(&["diff"]);
    assert!(out(&shown).contains("-    12 tables\n+    40 tables\n"), "{}", out(&shown));
    assert!(!out(&shown).contains("300"), "where things stand is no word of it: {}", out(&shown));
    // A version that cannot be read is compared as it stands.
    repository.write("plan.ron", "(format: 1, name: \"broken\"\n");
    let shown = repository.git(&["diff"]);
    assert!(out(&shown).contains("+(format: 1, name: \"broken\""), "{}", out(&shown));
}

#[test]
fn git_opens_us_as_its_difftool() {
    let tool = command("diff");
    let repository = repository(&[]);
    let shown = repository.git(&["difftool", "--no-prompt", "--extcmd", &tool]);
    assert!(out(&shown).contains("  ~ Shop: tables 12 → 40, with admin for non-technical staff"), "{}", out(&shown));
}

/// Runs a command by its name, as people find it.
fn run_command(window: &mut window::Window, words: &str) {
    window::key(window, egui::Modifiers::COMMAND, egui::Key::K);
    window.get_by_label("Find a command").type_text(words);
    window::settle(window);
    window::press(window, egui::Key::Enter);
}

#[test]
fn the_window_says_what_was_changed_since_saving() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window::open(folder.path(), &to_text(&plan()).unwrap());
    run_command(&mut window, "changes since saving");
    assert!(window.query_by_label("What changed").is_none(), "there is nothing to say yet");
    window::press(&mut window, egui::Key::Escape);
    run_command(&mut window, "select all");
    window::press(&mut window, egui::Key::Delete);
    assert!(window::session(&window).is_dirty());
    run_command(&mut window, "changes since saving");
    for words in ["What changed", "From: As saved last", "To: Now", "6 gone", "Web application", "12 tables"] {
        assert!(window.query_all_by_label(words).next().is_some(), "{words} is not shown");
    }
    assert!(window.query_all_by_label_contains("Budget $").next().is_some(), "what it comes to is shown");
    window.get_by_label("Components (3), unfolded").click();
    window::settle(&mut window);
    assert!(window.query_by_label("12 tables").is_none());
    window.get_by_label("Components (3), folded").click();
    window::settle(&mut window);
    assert!(window.query_by_label("12 tables").is_some());
    window::press(&mut window, egui::Key::Escape);
    assert!(window.query_by_label("What changed").is_none());
}

#[test]
fn the_window_says_what_changed_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window::open(folder.path(), &to_text(&plan()).unwrap());
    let other = file(folder.path(), "other.ron", &grown());
    run_command(&mut window, "difference from a file");
    window::key(&mut window, egui::Modifiers::COMMAND, egui::Key::A);
    window.get_by_label("Path").type_text(&other);
    window::settle(&mut window);
    window::press(&mut window, egui::Key::Enter);
    assert!(window.query_by_label("tables 40 → 12").is_some(), "{:?}", window.state().messages());
}
