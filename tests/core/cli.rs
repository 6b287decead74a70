//! The command line, on the built binary.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Stdio},
};

use crate::common::cli;
use cli::{PLAN, err, groundplan, out, plan_in, run, run_with_input};
use serde_json::Value;

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
    let picture = folder.path().join("out.png");
    let written = run(&["export", &plan, "--to", "png", "--theme", "dark", "-o", picture.to_str().unwrap()]);
    assert_eq!((written.status.code(), out(&written), err(&written)), (Some(0), "", ""));
    assert!(fs::read(picture).unwrap().starts_with(b"\x89PNG"));
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
    // Nor another one.
    let other = folder.path().join("other.ron");
    std::fs::write(&other, &before).unwrap();
    let output = run(&["export", &plan, "--to", "md", "-o", other.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("would replace another project"), "{}", err(&output));
    assert_eq!(std::fs::read_to_string(&other).unwrap(), before);
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
        err(&failed).contains("larger than a file may be") && err(&failed).trim_end().ends_with("link.md"),
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
        err(&wrong).contains("choose framework, confidence, effort, cost, findings, utilisation or trait:ID"),
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

/// The number before or behind some words in a line.
fn number_in(line: &str, before: &str, behind: &str) -> Option<i64> {
    let end = line.find(behind).filter(|_| !behind.is_empty()).unwrap_or(line.len());
    let text = &line[..end];
    let text = if before.is_empty() { text } else { &text[text.rfind(before)? + before.len()..] };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[test]
fn parts_in_words_sum_to_what_stands_above_them() {
    let preset = run(&["presets", "monolith-decomposition"]);
    let why = run_with_input(&["why", "-"], out(&preset));
    let lines: Vec<&str> = out(&why).lines().skip_while(|line| !line.starts_with("Seam: ")).collect();
    let parts: Vec<&str> = lines[1..].iter().take_while(|line| line.starts_with("  ")).copied().collect();
    assert!(parts.len() > 5, "{lines:?}");
    let column = |line: &str| {
        let tenths = |unit: &str| {
            line.split(", ")
                .find_map(|part| number_in(part.rsplit(' ').nth(1)?, "", "").filter(|_| part.contains(unit)))
        };
        [tenths(" dB"), tenths(" person-week"), number_in(line, "$", "")].map(|figure| figure.unwrap_or(0))
    };
    let sums = parts.iter().map(|line| column(line)).fold([0; 3], |all, line| [0, 1, 2].map(|i| all[i] + line[i]));
    assert_eq!(sums, column(lines[0]), "{lines:?}");

    for preset in ["monolith-decomposition", "construction-saas"] {
        let schedule = run_with_input(&["schedule", "-"], out(&run(&["presets", preset])));
        let rows = out(&schedule).lines().skip_while(|line| !line.ends_with("Person-weeks")).skip(1);
        let rows: Vec<&str> = rows.take_while(|line| !line.is_empty()).collect();
        let effort = |line: &str| number_in(line.rsplit(' ').next().unwrap(), "", "").unwrap();
        let mut lanes: Vec<(i64, i64)> = Vec::new();
        for row in rows {
            if row.starts_with("  * ") || row.starts_with("    ") {
                lanes.last_mut().unwrap().1 += effort(row);
            } else {
                lanes.push((effort(row), 0));
            }
        }
        assert!(lanes.len() > 2 && lanes.iter().all(|(lane, phases)| lane == phases), "{preset}: {lanes:?}");
        let json = run_with_input(&["assess", "-", "--json"], out(&run(&["presets", preset])));
        let json: Value = serde_json::from_str(out(&json)).unwrap();
        let all = json["estimate"]["person_weeks"].as_f64().unwrap();
        assert_eq!(lanes.iter().map(|(lane, _)| lane).sum::<i64>(), (all * 10.0).round() as i64);
    }
}

#[test]
fn what_moves_an_estimate_is_told_without_a_window() {
    let preset = run(&["presets", "construction-saas"]);
    let told = run_with_input(&["sensitivity", "-", "--top", "5"], out(&preset));
    assert_eq!((told.status.code(), err(&told)), (Some(0), ""));
    for words in ["Budget, median $212,132", "Weeks, median 21.2 weeks", "Rate per person-week, $4,050", "The rest: "] {
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
