//! `groundplan check`, for people, programs and code hosts.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{fs, path::Path, process::Output};

use crate::common::cli;
use cli::{PLAN, err, groundplan, out, plan_in, run, run_with_input};
use serde_json::Value;

#[test]
fn check_shows_every_problem_in_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let sound = run(&["check", &plan_in(folder.path(), PLAN)]);
    assert_eq!((sound.status.code(), err(&sound)), (Some(0), "0 errors, 0 warnings, 0 hints\n"));

    let wrong = PLAN.replace("\"tables\"", "\"tabels\"").replace("to: \"db\"", "to: \"dbs\"");
    let path = plan_in(folder.path(), &wrong);
    let found = run(&["check", &path]);
    assert_eq!((found.status.code(), out(&found)), (Some(1), ""));
    assert!(
        err(&found).contains(&format!("did you mean \"tables\"?\n  --> {path}:5:64\n5 | \"shop\"")),
        "{}",
        err(&found)
    );
    assert!(err(&found).contains(&format!("did you mean \"db\"?\n  --> {path}:8:48\n")), "{}", err(&found));
    assert!(err(&found).contains("\n2 problems"), "{}", err(&found));
    let line = err(&found).lines().position(|line| line.starts_with("5 | ")).unwrap();
    let lines: Vec<&str> = err(&found).lines().collect();
    assert!(lines[line][lines[line + 1].find('^').unwrap()..].starts_with("\"tabels\""), "{}", err(&found));

    for bad in ["(format: 1, name: \"P\", colour: 5)", "", "(format: 9, name: \"P\")", "garbage"] {
        assert_eq!(run(&["check", &plan_in(folder.path(), bad)]).status.code(), Some(2), "{bad}");
    }
    assert_eq!(run(&["check", "/nowhere.ron"]).status.code(), Some(2));
    assert_eq!(run(&["assess", &plan_in(folder.path(), &wrong)]).status.code(), Some(2));
    let hint =
        run_with_input(&["check", "-"], "(format: 1, name: \"P\", components: {\"a\": (name: \"A\", kind: worker)})");
    assert_eq!((hint.status.code(), err(&hint)), (Some(0), "0 errors, 0 warnings, 1 hint\n"));
    assert!(out(&hint).starts_with("hint: A has no traits yet"), "{}", out(&hint));
}

/// A plan with a warning, a hint, and a hint that was set aside.
const ODD: &str = r#"(
    format: 1,
    name: "Odd ü",
    components: {
        "app": (name: "App", kind: client),
        "shop": (name: "Shop", kind: web_application),
        "live": (name: "Live", kind: rest_api),
        "db": (name: "Database", kind: relational_database),
    },
    connections: {
        "app-to-db": (from: "app", to: "db", protocol: database),
        "app-to-shop": (from: "app", to: "shop"),
        "app-to-live": (from: "app", to: "live"),
    },
    suppressed: {"no-traits:live": "Asked on Monday"},
)
"#;

#[test]
fn check_fails_from_the_severity_that_is_denied() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), ODD);
    let code = |arguments: &[&str]| run(&[&["check", &plan], arguments].concat()).status.code();
    assert_eq!(
        [&[][..], &["--deny", "error"], &["--deny", "warning"], &["--deny", "hint"]].map(code),
        [Some(0), Some(0), Some(1), Some(1)]
    );
    assert_eq!(code(&["--deny", "everything"]), Some(2));
    assert_eq!(code(&["--json", "--sarif"]), Some(2));
    let text = run(&["check", &plan]);
    assert!(out(&text).starts_with("warning: App reaches Database directly"), "{}", out(&text));
    assert!(!out(&text).contains("Live"), "what was set aside is not in the result: {}", out(&text));
    assert!(err(&text).starts_with("suppressed: hint: Live has no traits yet"), "{}", err(&text));
    assert!(err(&text).ends_with("(Asked on Monday)\n0 errors, 1 warning, 1 hint; 1 suppressed\n"), "{}", err(&text));

    let only_set_aside = ODD.replace("\"app-to-db\": (from: \"app\"", "\"app-to-db\": (from: \"shop\"");
    let only_set_aside =
        only_set_aside.replace("{\"no-traits:live\"", "{\"no-traits:shop\": \"Later\", \"no-traits:live\"");
    let clean = run(&["check", &plan_in(folder.path(), &only_set_aside), "--deny", "hint"]);
    assert_eq!(clean.status.code(), Some(0), "a suppressed finding fails nothing: {}{}", out(&clean), err(&clean));
    let reason = ODD.replace("Asked on Monday", " ");
    let no_reason = run(&["check", &plan_in(folder.path(), &reason)]);
    assert_eq!(no_reason.status.code(), Some(1));
    assert!(err(&no_reason).contains("has no reason; say why it is to stay"), "{}", err(&no_reason));
}

/// Compares with a golden file, or writes it if `UPDATE_GOLDEN` is set. The version of the program is no part of it.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let text = text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert!(text == fs::read_to_string(&path).unwrap(), "{name} differs:\n{text}");
}

#[test]
fn check_writes_the_same_for_programs_as_before() {
    let folder = tempfile::tempdir().unwrap();
    plan_in(folder.path(), ODD);
    for (flag, name) in [("--json", "check.json"), ("--sarif", "check.sarif")] {
        let written = groundplan(&["check", "plan.ron", flag]).current_dir(folder.path()).output().unwrap();
        assert_eq!((written.status.code(), err(&written)), (Some(0), ""));
        golden(name, out(&written));
    }
}

#[test]
fn the_json_of_a_check_says_where_and_how_to_mend() {
    let json = |arguments: &[&str], input: &str| -> Value {
        serde_json::from_str(out(&run_with_input(arguments, input))).unwrap()
    };
    let report = json(&["check", "-", "--json", "--deny", "warning"], ODD);
    assert_eq!((&report["schema"], &report["file"], &report["passed"]), (&1.into(), &Value::Null, &false.into()));
    assert_eq!(report["counts"], serde_json::json!({"error": 0, "warning": 1, "hint": 1, "suppressed": 1}));
    let first = &report["findings"][0];
    assert_eq!((&first["line"], &first["column"]), (&11.into(), &9.into()), "{first}");
    assert_eq!(first["elements"][1]["line"], 5);
    assert_eq!(first["fixes"], serde_json::json!(["Add \"REST API\" between them"]));
    assert_eq!(report["findings"][2]["suppressed"], "Asked on Monday");

    let unsound = json(&["check", "-", "--json"], &ODD.replace("to: \"db\"", "to: \"dbs\""));
    assert_eq!((&unsound["passed"], &unsound["counts"]["error"]), (&false.into(), &1.into()));
    assert_eq!((&unsound["findings"][0]["line"], &unsound["findings"][0]["severity"]), (&11.into(), &"error".into()));
}

/// What SARIF 2.1.0 asks of every log, by hand: required properties, closed sets of values, indices that point somewhere.
fn assert_sarif(log: &Value) {
    let text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    for run in log["runs"].as_array().unwrap() {
        let driver = &run["tool"]["driver"];
        assert!(text(&driver["name"]));
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
        let rules = driver["rules"].as_array().unwrap();
        for rule in rules {
            assert!(text(&rule["id"]) && text(&rule["shortDescription"]["text"]), "{rule}");
            assert!(
                ["none", "note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
            );
        }
        for result in run["results"].as_array().unwrap() {
            assert!(text(&result["message"]["text"]), "{result}");
            assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(result["partialFingerprints"].as_object().unwrap().values().all(text));
            for suppression in result["suppressions"].as_array().unwrap() {
                assert!(["inSource", "external"].contains(&suppression["kind"].as_str().unwrap()));
                assert!(text(&suppression["justification"]));
            }
            let related = result["relatedLocations"].as_array().into_iter().flatten();
            for location in result["locations"].as_array().unwrap().iter().chain(related) {
                if let Some(place) = location.get("physicalLocation") {
                    assert!(text(&place["artifactLocation"]["uri"]), "{place}");
                    assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
                    assert!(place["region"]["startColumn"].as_u64().unwrap() > 0);
                }
                for logical in location["logicalLocations"].as_array().into_iter().flatten() {
                    assert!(text(&logical["fullyQualifiedName"]), "{logical}");
                }
            }
        }
    }
}

#[test]
fn sarif_is_what_its_specification_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), ODD);
    let sarif = |output: &Output| -> Value {
        let log: Value = serde_json::from_str(out(output)).unwrap();
        assert_sarif(&log);
        log["runs"][0]["results"].clone()
    };
    let found = sarif(&run(&["check", &plan, "--sarif"]));
    assert_eq!(found.as_array().unwrap().len(), 3);
    let place = &found[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], format!("file://{plan}"));
    assert_eq!(place["region"], serde_json::json!({"startLine": 11, "startColumn": 9}));
    assert_eq!((&found[0]["level"], &found[1]["level"]), (&"warning".into(), &"note".into()));
    assert_eq!(found[2]["suppressions"][0]["justification"], "Asked on Monday");
    assert_eq!(found[0]["suppressions"], serde_json::json!([]), "not suppressed, and known not to be");

    let piped = sarif(&run_with_input(&["check", "-", "--sarif"], ODD));
    assert!(piped[0]["locations"][0].get("physicalLocation").is_none(), "standard input has no address");
    assert_eq!(piped[0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "connection/app-to-db");
    assert_eq!(piped[0]["partialFingerprints"], found[0]["partialFingerprints"]);

    let unsound = run(&["check", &plan_in(folder.path(), &ODD.replace("kind: client", "kind: cleint")), "--sarif"]);
    assert_eq!(unsound.status.code(), Some(2));
    let found = sarif(&unsound);
    assert_eq!((&found[0]["ruleId"], &found[0]["level"]), (&"unreadable-project".into(), &"error".into()));
    assert_eq!(found[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 5);
}
