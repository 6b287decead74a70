//! The command line, on the built binary.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

#[path = "common/cli.rs"]
mod cli;

use cli::{PLAN, err, groundplan, out, plan_in, run, run_with_input};

#[test]
fn assess_tells_people_and_programs_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let text = run(&["assess", &plan]);
    assert_eq!((text.status.code(), err(&text)), (Some(0), ""));
    let json = run(&["assess", &plan, "--json"]);
    let value: Value = serde_json::from_str(out(&json)).unwrap();
    assert_eq!(value["schema"], 2);
    assert_eq!(value["verdict"]["kind"], "django");
    assert_eq!(value["components"][0]["id"], "shop");
    for word in ["Verdict     Django", "Timeline", "Budget      $", "Shop"] {
        assert!(out(&text).contains(word), "{word}: {}", out(&text));
    }
    let median = value["estimate"]["budget_usd"]["p50"].as_f64().unwrap().round() as i64;
    assert!(out(&text).replace(',', "").contains(&format!("median ${median}")), "{}", out(&text));
    assert_eq!(out(&run_with_input(&["assess", "-", "--json"], PLAN)), out(&json));
}

/// The figures of a table of causes: a budget and weeks for each row.
fn rows_of_causes(text: &str) -> Vec<(f64, f64)> {
    let number = |word: &str| word.replace(['$', ',', '+'], "").replace('−', "-").parse::<f64>().ok();
    let row = |line: &str| {
        let mut words = line.split_whitespace().rev();
        let (weeks, budget) = (number(words.next()?)?, number(words.next()?)?);
        Some((budget, weeks))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn causes_sum_as_they_are_written_between_choices_and_between_files() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let other = folder.path().join("other.ron");
    let text = PLAN.replace("\"tables\": 40", "\"tables\": 25, \"roles\": 4").replace(
        "components: {",
        "assumptions: (rate_usd_per_person_week: 5000), components: { \"mail\": (name: \"Mail\", kind: notification),",
    );
    fs::write(&other, text).unwrap();
    let other = other.to_str().unwrap();
    for (arguments, opening) in [
        (vec!["--from", "all-fastapi"], "From all FastAPI to this plan: "),
        (vec![], "From all FastAPI to this plan: "),
        (vec!["--from", other, "--at", "p90"], "From other.ron to this plan: "),
        (vec!["--from", "recommended", "--to", other], "From the plan as recommended to other.ron: "),
    ] {
        let output = run(&[&["causes", &plan], arguments.as_slice()].concat());
        assert_eq!((output.status.code(), err(&output)), (Some(0), ""));
        assert!(out(&output).starts_with(opening), "{}", out(&output));
        let rows = rows_of_causes(out(&output));
        let ([from, causes @ .., to], true) = (rows.as_slice(), rows.len() > 2) else { panic!("{}", out(&output)) };
        let sums = causes.iter().fold(*from, |sum, row| (sum.0 + row.0, sum.1 + row.1));
        assert!(sums.0 == to.0 && (sums.1 - to.1).abs() < 1e-9, "{}", out(&output));
    }
    let same = run(&["causes", &plan, "--from", "plan"]);
    assert!(out(&same).starts_with("Nothing that counts differs"), "{}", out(&same));
    let json = run(&["causes", &plan, "--from", other, "--json"]);
    let value: Value = serde_json::from_str(out(&json)).unwrap();
    assert_eq!((&value["schema"], &value["confidence"], &value["grouped"]), (&1.into(), &"p50".into(), &false.into()));
    let causes = value["causes"].as_array().unwrap();
    let figure = |value: &Value| value["budget_usd"].as_f64().unwrap();
    let sum: f64 = causes.iter().map(figure).sum();
    assert!((figure(&value["from"]) + sum - figure(&value["to"])).abs() < 1e-6);
    let kinds: Vec<&str> = causes.iter().map(|one| one["differences"][0]["kind"].as_str().unwrap()).collect();
    for kind in ["contents", "rate", "removed"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
}

#[test]
fn what_cannot_be_compared_is_said_with_what_could() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    for (asked, words) in [
        ("all-djago", "did you mean \"all-django\"?"),
        ("xyz", "there are plan, recommended, all-django, all-fastapi, and files"),
        ("gone.ron", "gone.ron"),
    ] {
        let output = run(&["causes", &plan, "--from", asked]);
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{asked}");
        assert!(err(&output).contains(words), "{asked}: {}", err(&output));
    }
    assert_eq!(run(&["causes", &plan, "--at", "p75"]).status.code(), Some(2));
}

#[test]
fn a_kept_scenario_is_a_choice_also_where_it_is_called_like_another() {
    let folder = tempfile::tempdir().unwrap();
    let scenarios = "scenarios: {\"plan\": (name: \"Lean\", pins: {\"shop\": \"fastapi\"})}, components: {";
    let plan = plan_in(folder.path(), &PLAN.replace("components: {", scenarios));
    let kept = run(&["causes", &plan, "--from", "saved:plan"]);
    assert!(out(&kept).starts_with("From \"Lean\" to this plan: "), "{} {}", out(&kept), err(&kept));
    let plain = run(&["causes", &plan, "--from", "plan"]);
    assert!(out(&plain).starts_with("Nothing that counts differs"), "{}", out(&plain));
}

#[test]
fn a_baseline_is_kept_in_the_file_and_told_by_the_exports() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let printed = run(&["baseline", &plan, "--name", "Offer of March", "--date", "2026-03-02"]);
    assert_eq!((printed.status.code(), err(&printed)), (Some(0), ""));
    assert_eq!(fs::read_to_string(&plan).unwrap(), PLAN, "without -o nothing is written");
    let kept = run(&["baseline", &plan, "--name", "Offer of March", "--date", "2026-03-02", "-o", &plan]);
    assert_eq!((kept.status.code(), out(&kept), err(&kept)), (Some(0), "", ""));
    assert_eq!(fs::read_to_string(&plan).unwrap(), out(&printed));
    assert_eq!(run(&["check", &plan]).status.code(), Some(0));
    // Kept again it is another one; without a day it has none.
    assert_eq!(run(&["baseline", &plan, "--name", "Offer of March", "-o", &plan]).status.code(), Some(0));
    let json = run(&["assess", &plan, "--json"]);
    let value: Value = serde_json::from_str(out(&json)).unwrap();
    let baselines = value["baselines"].as_array().unwrap();
    let told: Vec<_> = baselines.iter().map(|one| (one["id"].as_str().unwrap(), one["date"].as_str())).collect();
    assert_eq!(told, [("offer-of-march", Some("2026-03-02")), ("offer-of-march-2", None)]);
    let median = baselines[0]["budget_usd"]["p50"].as_f64().unwrap();
    assert!((median - value["estimate"]["budget_usd"]["p50"].as_f64().unwrap()).abs() < 1e-3);
    let parts: f64 = baselines[0]["parts"].as_array().unwrap().iter().map(|part| part["usd"].as_f64().unwrap()).sum();
    assert!((parts - median).abs() < 1e-3);
    let report = run(&["export", &plan, "--to", "md"]);
    assert!(out(&report).contains("## Baselines\n"), "{}", out(&report));
    assert!(out(&report).contains("| Offer of March | 2 Mar 2026 |"), "{}", out(&report));
    for (arguments, words) in [(["--name", " "], "needs a name"), (["--name", "x"], "nothing to keep")] {
        let empty = plan_in(folder.path(), "(format: 1, name: \"Empty\")");
        let refused = run(&["baseline", &empty, arguments[0], arguments[1]]);
        assert_eq!((refused.status.code(), err(&refused).contains(words)), (Some(2), true), "{}", err(&refused));
    }
}

#[test]
fn export_writes_a_file_or_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    for (format, start) in [("md", "# Plan\n"), ("csv", "component_id,"), ("json", "{\n")] {
        let target = folder.path().join("out").with_extension(format);
        let written = run(&["export", &plan, "--to", format, "-o", target.to_str().unwrap()]);
        assert_eq!((written.status.code(), out(&written), err(&written)), (Some(0), "", ""));
        let printed = run(&["export", &plan, "--to", format]);
        assert!(out(&printed).starts_with(start), "{}", out(&printed));
        assert_eq!(fs::read_to_string(target).unwrap(), out(&printed));
    }
    let device = run(&["export", &plan, "--to", "md", "-o", "/dev/null"]);
    assert_eq!(device.status.code(), Some(0));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    assert_eq!(run(&["export", &plan, "--to", "docx"]).status.code(), Some(2));
}

#[test]
fn an_export_never_replaces_the_project_it_is_made_from() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), "(format: 1, name: \"Plan\", components: {\"a\": (name: \"A\", kind: worker)})");
    let before = std::fs::read_to_string(&plan).unwrap();
    let output = run(&["export", &plan, "--to", "md", "-o", &plan]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("choose another file"), "{}", err(&output));
    assert_eq!(std::fs::read_to_string(&plan).unwrap(), before);
}

#[test]
fn an_export_that_cannot_be_finished_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let target = folder.path().join("report.md");
    fs::write(&target, "the old report").unwrap();
    let link = folder.path().join("link.md");
    symlink("report.md", &link).unwrap();
    // No file may grow: writing fails with "file too large" as it would on a full disk.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" export \"$1\" --to md -o \"$2\"";
    let failed = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_groundplan"), &plan, link.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(failed.status.code(), Some(2), "{}", err(&failed));
    assert!(
        err(&failed).contains("could not be written") && err(&failed).trim_end().ends_with("link.md"),
        "{}",
        err(&failed)
    );
    assert_eq!(fs::read_to_string(&target).unwrap(), "the old report");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    let nowhere = run(&["export", &plan, "--to", "md", "-o", &format!("{plan}/out.md")]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(err(&nowhere).starts_with("The folder to save in is not there"), "{}", err(&nowhere));
}

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

#[test]
fn presets_are_listed_and_every_one_can_be_assessed() {
    let list = run(&["presets"]);
    let ids: Vec<&str> = out(&list).lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(ids.len(), 6, "{ids:?}");
    assert!(out(&list).contains("(¶15)"));
    for id in ids {
        let preset = run(&["presets", id]);
        let check = run_with_input(&["check", "-"], out(&preset));
        assert_eq!(check.status.code(), Some(0), "{id}: {}{}", out(&check), err(&check));
    }
    let wrong = run(&["presets", "construction-sas"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("did you mean construction-saas?"), "{}", err(&wrong));
}

#[test]
fn the_stack_is_told_in_words_in_json_and_as_requirements() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let text = run(&["stack", &plan]);
    assert_eq!((text.status.code(), err(&text)), (Some(0), ""));
    for words in
        ["Shop (shop): Django", "psycopg[binary]==", "because: Tables: 40", "by hand: Admin for non-technical staff"]
    {
        assert!(out(&text).contains(words), "{words}: {}", out(&text));
    }
    let alone: Value = serde_json::from_str(out(&run(&["stack", &plan, "--json"]))).unwrap();
    let whole: Value = serde_json::from_str(out(&run(&["assess", &plan, "--json"]))).unwrap();
    assert_eq!(alone, whole["stack"]);
    assert_eq!(alone["system"][0]["name"], "Django");

    // One service goes to standard output; several want a folder or a name.
    let one = run(&["stack", &plan, "--requirements"]);
    let pins: Vec<&str> = out(&one).lines().filter(|line| !line.starts_with('#')).collect();
    assert!(pins.iter().all(|line| line.contains("==")) && pins.len() > 2, "{}", out(&one));
    let preset = run(&["presets", "monolith-decomposition"]);
    let several = run_with_input(&["stack", "-", "--requirements"], out(&preset));
    assert_eq!((several.status.code(), out(&several)), (Some(2), ""));
    assert!(err(&several).contains("--component") && err(&several).contains("-o DIR"), "{}", err(&several));
    let named = run_with_input(&["stack", "-", "--requirements", "--component", "notifications"], out(&preset));
    assert!(out(&named).contains("fastapi=="), "{}", out(&named));
    let wrong = run_with_input(&["stack", "-", "--component", "notification"], out(&preset));
    assert!(err(&wrong).contains("did you mean notifications?"), "{}", err(&wrong));

    let target = folder.path().join("services");
    let arguments = ["stack", "-", "--requirements", "-o", target.to_str().unwrap()];
    let written = run_with_input(&arguments, out(&preset));
    assert_eq!((written.status.code(), err(&written)), (Some(0), ""));
    assert_eq!(out(&written).lines().count(), 6);
    assert_eq!(fs::read_to_string(target.join("notifications/requirements.txt")).unwrap(), out(&named));
    // Ours may be written again; somebody's own file stops it all.
    assert_eq!(run_with_input(&arguments, out(&preset)).status.code(), Some(0));
    let own = target.join("monolith/requirements.txt");
    fs::write(&own, "Django\n").unwrap();
    let refused = run_with_input(&arguments, out(&preset));
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("was not written by Groundplan"), "{}", err(&refused));
    assert_eq!(fs::read_to_string(&own).unwrap(), "Django\n");
    let blank = run_with_input(&["stack", "-"], "(format: 1, name: \"Blank\")");
    assert!(out(&blank).starts_with("No packages"), "{}", out(&blank));
}

#[test]
fn a_layer_is_checked_with_excerpts_and_a_start_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("ours");
    let dir = ours.to_str().unwrap();
    assert_eq!(run(&["playbook", "export", dir]).status.code(), Some(0));
    assert!(out(&run(&["playbook", "check", dir])).starts_with("Sound: 3 frameworks"));
    let again = run(&["playbook", "export", dir]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("is there already"), "{}", err(&again));

    let layer = folder.path().join("layer");
    fs::create_dir(&layer).unwrap();
    fs::write(layer.join("house.ron"), "(name: \"Ours\", extends: builtin)").unwrap();
    fs::write(layer.join("criteria.ron"), "[\n    (id: \"accounts\", when: has(\"frms\")),\n]\n").unwrap();
    let broken = run(&["playbook", "check", layer.to_str().unwrap()]);
    let expected = format!(
        "error: \"accounts\" > when: there is no trait \"frms\"; did you mean \"forms\"?\n  --> {}:2:32\n2 | (id: \"accounts\", when: has(\"frms\")),\n  |                            ^\n\n1 problem: {}\n",
        layer.join("criteria.ron").display(),
        layer.display()
    );
    assert_eq!((broken.status.code(), err(&broken)), (Some(1), expected.as_str()));
    fs::write(layer.join("criteria.ron"), "[(id: \"accounts\", weights_db: {\"fastapi\": -1})]").unwrap();
    let sound = run(&["playbook", "check", layer.to_str().unwrap()]);
    assert!(out(&sound).starts_with("Ours, over the built-in playbook\nSound: 3 frameworks"), "{}", out(&sound));
}

#[test]
fn evidence_is_printed_with_figure_measurement_verdict_date_and_uses() {
    let found = run(&["evidence", "240", "weather"]);
    assert_eq!((found.status.code(), err(&found)), (Some(0), ""));
    for words in [
        "¶16  Case: delivery times",
        "Page      120 ms against 240 ms",
        "Measured  154 against 267 ms",
        "How       Two shared vCPUs",
        "Verdict   The wait halves",
        "Kind      Measured, checked 2026-11-22",
        "Reasons   N external calls per request",
        "Work      Calling several at once",
    ] {
        assert!(out(&found).contains(words), "{words}\n{}", out(&found));
    }
    assert!(out(&run(&["evidence"])).lines().all(|line| line.chars().count() <= 100));

    let json: Value = serde_json::from_str(out(&run(&["evidence", "--paragraph", "12", "update", "--json"]))).unwrap();
    let claims = json["claims"].as_array().unwrap();
    assert_eq!(json["schema"], 1);
    assert!(claims.len() >= 3);
    assert!(claims.iter().all(|claim| claim["paragraph"] == 12 && claim["kind"] == "update"));
    assert!(claims.iter().all(|claim| claim["checked"] == "2026-11-22" && claim.get("used_by").is_none()));

    let counted = run_with_input(&["evidence", "--plan", "-", "--paragraph", "7", "--json"], PLAN);
    let counted: Value = serde_json::from_str(out(&counted)).unwrap();
    let uses: Vec<&Value> =
        counted["claims"].as_array().unwrap().iter().flat_map(|c| c["used_by"].as_array().unwrap()).collect();
    assert!(uses.iter().any(|one| one["criterion"] == "complex-data-model" && one["component"] == "shop"), "{uses:?}");
    let said = run_with_input(&["evidence", "--plan", "-", "--paragraph", "7"], PLAN);
    assert!(out(&said).contains("Shop +") && out(&said).contains("not in this plan"), "{}", out(&said));

    let nothing = run(&["evidence", "zeppelin"]);
    assert_eq!((nothing.status.code(), out(&nothing)), (Some(0), ""));
    assert!(err(&nothing).starts_with("No claim says that"));
    assert_eq!(run(&["evidence", "--paragraph", "19"]).status.code(), Some(2));
    assert_eq!(run(&["evidence", "--plan", "/nowhere.ron"]).status.code(), Some(2));
}

#[test]
fn playbooks_are_checked_and_used() {
    assert!(out(&run(&["playbook", "check"])).starts_with("Sound: 3 frameworks"));
    let folder = tempfile::tempdir().unwrap();
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/playbook");
    for file in fs::read_dir(assets).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let dir = folder.path().to_str().unwrap();
    assert_eq!(run(&["playbook", "check", dir]).status.code(), Some(0));

    let frameworks = folder.path().join("frameworks.ron");
    let text = fs::read_to_string(&frameworks).unwrap();
    fs::write(&frameworks, text.replace("name: \"Django\",", "name: \"Our Django\",")).unwrap();
    let own = run_with_input(&["assess", "-", "--playbook", dir], PLAN);
    assert!(out(&own).contains("Verdict     Our Django"), "{}{}", out(&own), err(&own));
    let before = run_with_input(&["--playbook", dir, "assess", "-"], PLAN);
    assert_eq!(out(&before), out(&own));

    fs::create_dir(folder.path().join("cases")).unwrap();
    fs::write(folder.path().join("cases/factory-telemetry.ron"), "(format: 1, name: \"F\", colour: 1)").unwrap();
    let drawing = run(&["playbook", "check", dir]);
    assert_eq!(drawing.status.code(), Some(1));
    assert!(err(&drawing).contains("unknown field `colour`"), "{}", err(&drawing));
    fs::remove_dir_all(folder.path().join("cases")).unwrap();

    fs::write(&frameworks, text.replace("extends: \"django\"", "extends: \"djangoo\"")).unwrap();
    let broken = run(&["playbook", "check", dir]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(err(&broken).contains("frameworks.ron:"), "{}", err(&broken));
    assert_eq!(run(&["--playbook", dir, "presets"]).status.code(), Some(0));
    assert_eq!(run_with_input(&["assess", "-", "--playbook", dir], PLAN).status.code(), Some(2));
    assert_eq!(run(&["playbook", "check", "/nowhere"]).status.code(), Some(2));
}

#[test]
fn help_version_and_completions_go_to_standard_output() {
    let help = run(&["--help"]);
    assert_eq!((help.status.code(), err(&help)), (Some(0), ""));
    for word in [
        "assess",
        "export",
        "stack",
        "check",
        "evidence",
        "presets",
        "playbook",
        "completions",
        "Examples:",
        "Exit codes:",
    ] {
        assert!(out(&help).contains(word), "{word}");
    }
    assert!(out(&run(&["--version"])).starts_with("groundplan "));
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&run(&["completions", shell])).contains("groundplan"), "{shell}");
    }
    let wrong = run(&["assess"]);
    assert_eq!((wrong.status.code(), out(&wrong)), (Some(2), ""));
    assert!(err(&wrong).contains("<FILE>"), "{}", err(&wrong));
    assert_eq!(run(&["plan.ron", "presets"]).status.code(), Some(2));
}

#[test]
fn without_a_display_the_window_says_so_and_names_the_alternatives() {
    for arguments in [&[][..], &["plan.ron"], &["--playbook", "x"]] {
        let window = run(arguments);
        assert_eq!((window.status.code(), out(&window)), (Some(2), ""));
        assert!(err(&window).contains("no display") && err(&window).contains("groundplan assess"), "{}", err(&window));
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure_and_a_full_disk_is() {
    let mut child = groundplan(&["presets", "monolith-decomposition"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut child = groundplan(&["completions", "zsh"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));

    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let failed = groundplan(&["presets"]).stdout(full).output().unwrap();
    assert_eq!(failed.status.code(), Some(2));
    assert!(err(&failed).contains("could not be written to standard output"), "{}", err(&failed));
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

#[test]
fn a_drawing_is_coloured_as_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let drawing = run(&["export", &plan, "--to", "svg", "--colour-by", "trait:tables", "--theme", "dark"]);
    assert!(drawing.status.success(), "{}", err(&drawing));
    assert!(out(&drawing).contains("<title>Legend: Tables</title>") && out(&drawing).contains(">40 tables</text>"));
    let unknown = run(&["export", &plan, "--to", "svg", "--colour-by", "trait:table"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean \"tables\"?"), "{}", err(&unknown));
    let wrong = run(&["export", &plan, "--to", "svg", "--colour-by", "price"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err(&wrong).contains("choose framework, confidence, effort, cost, findings or trait:ID"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn a_sceptic_is_answered_without_a_window() {
    let preset = run(&["presets", "monolith-decomposition"]);
    let why = run_with_input(&["why", "-"], out(&preset));
    assert_eq!((why.status.code(), err(&why)), (Some(0), ""));
    for words in [
        "Why not all Django: ",
        "Inventory sync gives up ",
        "Seam: 16.0 dB, ",
        "Crosses from FastAPI to Django: HTTP, 1.5 dB, ",
        "What would turn the whole",
        "Ask next",
        "for Django +34.0 dB: Staff need an admin interface +12.0 (¶5), ",
        "  A second framework: One log-in across two frameworks, ",
        "nothing turns it",
    ] {
        assert!(out(&why).contains(words), "{words}: {}", out(&why));
    }
    let close = "(format: 1, name: \"Close\", components: {\"api\": (name: \"API\", kind: rest_api, traits: {\"tables\": 14, \"io-bound\": true})})";
    let one = run_with_input(&["why", "-", "--component", "api"], close);
    assert!(out(&one).contains("would turn it\n") && out(&one).contains("Tables 14 → "), "{}", out(&one));
    let wrong = run_with_input(&["why", "-", "--component", "apo"], close);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("did you mean api?"), "{}", err(&wrong));

    let robust = run_with_input(&["robust", "-"], out(&preset));
    assert!(out(&robust).contains("None of them changes a framework or the verdict."), "{}", out(&robust));
    let delicate: Value =
        serde_json::from_str(out(&run_with_input(&["robust", "-", "--json", "--share", "60"], close))).unwrap();
    assert_eq!((&delicate["schema"], &delicate["share"]), (&1.into(), &0.6.into()));
    assert!(!delicate["turned"].as_array().unwrap().is_empty(), "{delicate}");
    assert_eq!(run_with_input(&["robust", "-", "--share", "0"], close).status.code(), Some(2));
}

#[test]
fn reach_says_what_would_have_to_wait_to_people_and_programs() {
    let preset = run(&["presets", "monolith-decomposition"]);
    let asked = ["reach", "-", "--budget", "450k", "--months", "11"];
    let text = run_with_input(&asked, out(&preset));
    assert_eq!((text.status.code(), err(&text)), (Some(0), ""));
    for words in [
        "Goal        80 % sure of $450K and 11 months",
        "Now         Not yet: ",
        "Leave out, whichever suits best",
        "Monolith of today",
        "Team        No team reaches $450K: at best ",
    ] {
        assert!(out(&text).contains(words), "{words}: {}", out(&text));
    }
    let value: Value =
        serde_json::from_str(out(&run_with_input(&[&asked[..], &["--json"]].concat(), out(&preset)))).unwrap();
    assert_eq!((&value["schema"], &value["holds"], &value["complete"]), (&1.into(), &false.into(), &true.into()));
    assert_eq!(value["proposals"][0]["leaves_out"], serde_json::json!(["monolith"]));
    assert_eq!(value["no_team"]["because"], "budget");
    let fewest = value["proposals"].as_array().unwrap().iter().map(|one| one["leaves_out"].as_array().unwrap().len());
    assert!(fewest.is_sorted());
    for one in value["proposals"].as_array().unwrap() {
        assert!(one["outlook"]["chance"].as_f64().unwrap() >= 0.8);
        assert!(one["outlook"]["budget_usd"]["at_goal"].as_f64().unwrap() <= 450_000.0);
    }
    let kept = run_with_input(&[&asked[..], &["--keep", "monolith", "--json"]].concat(), out(&preset));
    let kept: Value = serde_json::from_str(out(&kept)).unwrap();
    assert_eq!(kept["goal"]["keep"], serde_json::json!(["monolith"]));
    let left_out = kept["proposals"].as_array().unwrap().iter().flat_map(|one| one["leaves_out"].as_array().unwrap());
    assert!(left_out.clone().count() > 0 && left_out.clone().all(|id| id != "monolith"));
    let surer = run_with_input(&["reach", "-", "--months", "14.01", "--sure", "90"], out(&preset));
    assert!(out(&surer).contains("It holds: 90 % sure"), "{}", out(&surer));
}

#[test]
fn reach_takes_its_targets_from_the_project_and_says_what_it_lacks() {
    let with =
        |assumptions: &str| PLAN.replacen("components:", &format!("assumptions: ({assumptions}), components:"), 1);
    let plan = with("target_budget_usd: 1000, deadline: weeks(3)");
    let text = run_with_input(&["reach", "-"], &plan);
    assert!(out(&text).contains("sure of $1K and 3 weeks"), "{}{}", out(&text), err(&text));
    assert!(out(&text).contains("There is nothing that may go"), "{}", out(&text));
    let dated = with("start: \"2027-03-01\"");
    let by = run_with_input(&["reach", "-", "--by", "2027-03-12"], &dated);
    assert!(out(&by).contains("sure of being done by 12 March 2027"), "{}{}", out(&by), err(&by));
    let folder = tempfile::tempdir().unwrap();
    let file = plan_in(folder.path(), PLAN);
    for (arguments, says) in [
        (&[][..], "There is nothing to reach"),
        (&["--by", "2027-03-12"], "says nothing without a first day"),
        (&["--budget", "lots"], "\"lots\" is no budget"),
        (&["--budget", "1k", "--keep", "shp"], "did you mean shop?"),
        (&["--weeks", "0"], "more than 0"),
        (&["--weeks", "3", "--months", "2"], "cannot be used with"),
        (&["--budget", "1k", "--sure", "100"], "from 1 to 99"),
    ] {
        let refused = run(&[&["reach", &file], arguments].concat());
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(err(&refused).contains(says), "{says}: {}", err(&refused));
    }
}

#[test]
fn what_is_put_off_is_told_and_counted_nowhere() {
    let later = PLAN.replace("kind: relational_database", "kind: relational_database, deferred: true");
    let text = run_with_input(&["assess", "-"], &later);
    assert!(out(&text).contains("\nPut off to later, and in no figure\n  Database\n"), "{}", out(&text));
    assert!(!out(&run_with_input(&["assess", "-"], PLAN)).contains("Put off"));
    let json: Value = serde_json::from_str(out(&run_with_input(&["assess", "-", "--json"], &later))).unwrap();
    assert_eq!(json["deferred"], serde_json::json!(["db"]));
    let all = later.replace("kind: web_application", "kind: web_application, deferred: true");
    let none = run_with_input(&["assess", "-"], &all);
    assert!(out(&none).contains("No verdict") && out(&none).contains("  Shop, Database\n"), "{}", out(&none));
}

#[test]
fn the_schedule_is_told_in_words_in_json_and_as_a_table_and_has_dates_once_there_is_a_first_day() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let text = run(&["schedule", &plan]);
    assert_eq!((text.status.code(), err(&text)), (Some(0), ""));
    for words in ["Ends after", "a team of 2 throughout", "* Shop", "Milestones", "Everything done"] {
        assert!(out(&text).contains(words), "{words}: {}", out(&text));
    }
    let alone: Value = serde_json::from_str(out(&run(&["schedule", &plan, "--json"]))).unwrap();
    let whole: Value = serde_json::from_str(out(&run(&["assess", &plan, "--json"]))).unwrap();
    assert_eq!((&alone["schema"], &alone["project"]), (&Value::from(1), &Value::from("Plan")));
    assert_eq!(alone["components"], whole["schedule"]["components"]);
    assert_eq!(alone["milestones"], whole["schedule"]["milestones"]);
    let weeks = |value: &Value| value.as_f64().unwrap();
    let (end, median) = (weeks(&alone["end"]["weeks"]), weeks(&whole["estimate"]["weeks"]["p50"]));
    assert!((end - median).abs() < 1e-9 * median, "{end} is not {median}");
    assert!((weeks(&alone["end"]["weeks_p80"]) - weeks(&whole["estimate"]["weeks"]["p80"])).abs() < 1e-6);
    assert_eq!(alone["end"]["date"], Value::Null);

    let dated = PLAN.replace("name: \"Plan\",", "name: \"Plan\",\n    assumptions: (start: \"2027-03-01\"),");
    let plan = plan_in(folder.path(), &dated);
    assert!(out(&run(&["schedule", &plan])).contains("2027-03-01"), "{}", out(&run(&["schedule", &plan])));
    let json: Value = serde_json::from_str(out(&run(&["schedule", &plan, "--json"]))).unwrap();
    assert_eq!(json["first_day"], "2027-03-01");
    assert_eq!(json["components"][0]["begin"]["date"], "2027-03-01");
    let table = run(&["export", &plan, "--to", "schedule-csv"]);
    let rows = out(&table).lines().count() - 1;
    let phases = json["components"].as_array().unwrap().iter().map(|one| one["phases"].as_array().unwrap().len());
    assert_eq!(rows, phases.sum::<usize>());
    assert!(out(&table).starts_with("component_id,") && out(&table).contains(",2027-03-01,"), "{}", out(&table));

    let empty = run_with_input(&["schedule", "-"], "(format: 1, name: \"P\")");
    assert_eq!((empty.status.code(), out(&empty)), (Some(0), "Nothing to do: there is no service yet\n"));
    assert!(out(&run(&["--help"])).contains("groundplan schedule plan.ron"));
}

/// A plan that keeps scenarios, one of them under an id that a built-in one has.
const KEEPING: &str = r#"(
    format: 1,
    name: "Plan",
    assumptions: (target_budget_usd: 60000, deadline: weeks(20)),
    components: {
        "shop": (name: "Shop", kind: web_application, traits: {"tables": 40, "admin-interface": true}, pin: "django"),
        "live": (name: "Live", kind: realtime_gateway, traits: {"concurrent-connections": 5000, "pure-api": true}),
    },
    connections: {"shop-to-live": (from: "shop", to: "live", protocol: http)},
    scenarios: {
        "later": (name: "Live later", pins: {"shop": "django"}, deferred: ["live"]),
        "plan": (name: "\u{1b}[31mFour", means: (team_size: 4)),
    },
)"#;

#[test]
fn compare_tells_people_and_programs_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), KEEPING);
    let text = run(&["compare", &plan]);
    assert_eq!((text.status.code(), err(&text)), (Some(0), ""));
    let json: Value = serde_json::from_str(out(&run(&["compare", &plan, "--json"]))).unwrap();
    assert_eq!((&json["schema"], &json["base"]), (&Value::from(1), &Value::from("plan")));
    let scenarios = json["scenarios"].as_array().unwrap();
    let ids: Vec<&str> = scenarios.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["plan", "recommended", "all-django", "all-fastapi", "later", "saved:plan"]);
    for one in scenarios {
        let median = one["budget_usd"]["p50"].as_f64().unwrap().round() as i64;
        assert!(out(&text).replace(',', "").contains(&format!("${median}")), "{median}: {}", out(&text));
        let (budget, both) = (one["chances"]["budget"].as_f64(), one["chances"]["both"].as_f64());
        assert!(both.is_some() && both <= budget, "{one}");
        assert_eq!(one["targets"], scenarios[0]["targets"], "what is to hold is the project's");
    }
    assert_eq!(
        (&scenarios[0]["targets"]["budget_usd"], scenarios[5]["team_size"].as_f64()),
        (&Value::from(60_000.0), Some(4.0))
    );
    assert_eq!(scenarios[4]["deferred"], serde_json::json!(["live"]));
    assert_eq!(scenarios[4]["against_base"]["services"][0]["to"], Value::Null);
    assert!(scenarios[4]["against_base"]["budget_usd"].as_f64().unwrap() < 0.0);
    for words in ["Stays under $60,000", "Done in 20 weeks", "Live later", "cheaper", "Differences from This plan"] {
        assert!(out(&text).contains(words), "{words}: {}", out(&text));
    }
    assert!(!out(&text).contains('\u{1b}'), "a name must not move the cursor of a terminal");
    assert_eq!(out(&run_with_input(&["compare", "-"], KEEPING)), out(&text));
}

#[test]
fn compare_takes_a_choice_and_another_base() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), KEEPING);
    let ids = |arguments: &[&str]| {
        let output = run(&[&["compare", &plan, "--json"], arguments].concat());
        let json: Value = serde_json::from_str(out(&output)).unwrap();
        let ids: Vec<String> =
            json["scenarios"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        (json["base"].as_str().unwrap().to_owned(), ids.join(" "))
    };
    let is = |base: &str, list: &str| (base.to_owned(), list.to_owned());
    assert_eq!(ids(&["--scenarios", "all-django,saved:plan,all-django"]), is("all-django", "all-django saved:plan"));
    assert_eq!(ids(&["--scenarios", "later, plan"]), is("plan", "later plan"));
    assert_eq!(ids(&["--scenarios", "later", "--base", "recommended"]), is("recommended", "recommended later"));
    assert_eq!(ids(&["--base", "saved:later"]).0, "later");
    for (name, hint) in [("laetr", "did you mean \"later\"?"), ("x", "there are plan, recommended, all-django")] {
        for option in ["--scenarios", "--base"] {
            let output = run(&["compare", &plan, option, name]);
            assert_eq!(output.status.code(), Some(2));
            assert!(err(&output).contains(hint), "{}", err(&output));
        }
    }
    let output = run(&["compare", &plan, "--scenarios", "saved:recommended"]);
    assert!(err(&output).contains("There is no scenario \"saved:recommended\""), "{}", err(&output));
}

#[test]
fn what_moves_an_estimate_is_told_without_a_window() {
    let preset = run(&["presets", "construction-saas"]);
    let told = run_with_input(&["sensitivity", "-", "--top", "5"], out(&preset));
    assert_eq!((told.status.code(), err(&told)), (Some(0), ""));
    for words in ["Budget, median $212,132", "Weeks, median 21 weeks", "Rate per person-week, $4,050", "The rest: "] {
        assert!(out(&told).contains(words), "{words}: {}", out(&told));
    }
    assert!(out(&told).lines().all(|line| line.chars().count() <= 100), "{}", out(&told));
    let told: Value =
        serde_json::from_str(out(&run_with_input(&["sensitivity", "-", "--json", "--top", "4"], out(&preset))))
            .unwrap();
    assert_eq!((&told["schema"], &told["project"]), (&1.into(), &"Construction SaaS".into()));
    for measure in ["weeks", "budget_usd"] {
        let bars = told[measure]["bars"].as_array().unwrap();
        let swings: Vec<f64> = bars.iter().map(|bar| bar["swing"].as_f64().unwrap()).collect();
        assert!(swings.len() == 4 && swings.is_sorted_by(|a, b| a >= b), "{swings:?}");
        assert!(told[measure]["rest"]["items"].as_u64().unwrap() > 5);
    }
    let empty = run_with_input(&["sensitivity", "-"], "(format: 1, name: \"Empty\")");
    assert!(out(&empty).starts_with("Nothing moves it"), "{}", out(&empty));
}

#[test]
fn the_cases_are_in_the_open_with_and_without_a_plan() {
    let alone = run(&["cases"]);
    assert_eq!((alone.status.code(), err(&alone)), (Some(0), ""));
    for words in ["Construction SaaS (¶15)", "$150,000–$300,000", "predicted by the others", "Data model and rules"]
    {
        assert!(out(&alone).contains(words), "{words}: {}", out(&alone));
    }
    assert!(!out(&alone).contains("leans on"));
    let preset = run(&["presets", "platform-rescue"]);
    let planned = run_with_input(&["cases", "-"], out(&preset));
    assert!(out(&planned).contains("Platform rescue leans on") && out(&planned).contains("the cases: "));
    let json: Value = serde_json::from_str(out(&run_with_input(&["cases", "-", "--json"], out(&preset)))).unwrap();
    assert_eq!(json["cases"].as_array().unwrap().len(), 4);
    for case in json["cases"].as_array().unwrap() {
        let (published, met) = (&case["published"]["budget_usd"], &case["calibrated"]["budget_usd"]);
        for (end, point) in [("low", "p10"), ("high", "p90")] {
            let (published, met) = (published[end].as_f64().unwrap(), met[point].as_f64().unwrap());
            assert!((published - met).abs() < 1e-6 * published, "{case}");
        }
    }
    assert_eq!(json["plan"]["leans"].as_array().unwrap().len(), 4);
    let none: Value = serde_json::from_str(out(&run(&["cases", "--json"]))).unwrap();
    assert!(none["plan"].is_null() && none["multipliers"].as_array().unwrap().len() > 40);
}

#[test]
fn exports_break_the_estimate_down_and_say_what_moves_it() {
    let plan = "(format: 1, name: \"Plan\", components: {\"api\": (name: \"API\", kind: rest_api, traits: {\"tables\": 14})}, \
                assumptions: (roles: {\"dev\": (name: \"Developer\", rate_usd_per_person_week: 4000, share: 3), \
                \"lead\": (name: \"Lead\", rate_usd_per_person_week: 6000, share: 1)}, \
                currency: (code: \"EUR\", symbol: \"€\", per_usd: 0.9)))";
    let report = run_with_input(&["export", "-", "--to", "md"], plan);
    assert_eq!((report.status.code(), err(&report)), (Some(0), ""));
    for words in ["## Breakdown by phase", "## Breakdown by role", "| Lead | ", "## What moves it", "| Team size | "] {
        assert!(out(&report).contains(words), "{words}: {}", out(&report));
    }
    let json: Value = serde_json::from_str(out(&run_with_input(&["assess", "-", "--json"], plan))).unwrap();
    let sum =
        |list: &Value, key: &str| list.as_array().unwrap().iter().map(|one| one[key].as_f64().unwrap()).sum::<f64>();
    let estimate = &json["estimate"];
    for list in ["by_phase", "by_role"] {
        let usd = sum(&estimate[list], "usd");
        assert!((usd - estimate["budget_usd"]["p50"].as_f64().unwrap()).abs() < 1e-6, "{list}: {usd}");
    }
    assert_eq!(estimate["by_role"][1]["role"], "lead");
    assert!(!json["sensitivity"]["budget_usd"]["bars"].as_array().unwrap().is_empty());
    let table = run_with_input(&["export", "-", "--to", "csv"], plan);
    assert!(out(&table).lines().next().unwrap().ends_with(",weeks,usd,eur"), "{}", out(&table));
    for row in out(&table).lines().skip(1) {
        let cells: Vec<f64> = row.rsplit(',').take(2).map(|cell| cell.parse().unwrap()).collect();
        assert!((cells[0] - cells[1] * 0.9).abs() < 0.02, "{row}");
    }
    let dollars = run_with_input(&["export", "-", "--to", "csv"], &plan.replace("EUR", "USD").replace("0.9", "1"));
    assert!(out(&dollars).lines().next().unwrap().ends_with(",weeks,usd"), "{}", out(&dollars));
}
