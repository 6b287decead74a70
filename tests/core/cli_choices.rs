//! Ways to build a plan, what leads from one to another, and what would have to wait, on the command line.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::fs;

use crate::common::cli;
use cli::{PLAN, err, out, plan_in, run, run_with_input};
use serde_json::Value;

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
        (vec!["--to", "all-fastapi"], "From this plan to all FastAPI: "),
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
fn what_is_not_reached_does_not_read_as_if_it_were() {
    let preset = run(&["presets", "construction-saas"]);
    let chance = |budget: &str| {
        let json = run_with_input(&["reach", "-", "--budget", budget, "--json"], out(&preset));
        serde_json::from_str::<Value>(out(&json)).unwrap()["now"]["chance"].as_f64().unwrap() * 100.0
    };
    let budgets = (200..260).map(|thousands| format!("{thousands}k"));
    let rounded_up = |budget: &String| (0.5..0.9).contains(&chance(budget).fract());
    let budget = budgets.into_iter().find(rounded_up).unwrap();
    let (per_cent, sure) = (chance(&budget), chance(&budget).ceil().to_string());
    let told = run_with_input(&["reach", "-", "--budget", &budget, "--sure", &sure], out(&preset));
    let now = format!("{:.1} % sure", (per_cent * 10.0).floor() / 10.0);
    assert!(out(&told).contains(&format!("Goal        {sure} % sure of ")), "{}", out(&told));
    assert!(out(&told).contains(&format!("Not yet: {now}")), "{now}: {}", out(&told));
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
        (&["--budget", "lots"], "\"lots\" is no amount of money: write it like 150000 or 150k"),
        (&["--budget", "150.000"], "write 150000 if it is thousands"),
        (&["--budget", "80 %"], "\"80 %\" is no budget"),
        (&["--budget", "1k", "--keep", "db"], "Nobody works on Database"),
        (&["--budget", "1k", "--keep", "shp"], "did you mean shop?"),
        (&["--weeks", "0"], "more than 0"),
        (&["--weeks", "3", "--months", "2"], "cannot be used with"),
        (&["--budget", "1k", "--sure", "100"], "from 1 to 99"),
        (&["--budget", "1k", "--sure", "0"], "from 1 to 99"),
    ] {
        let refused = run(&[&["reach", &file], arguments].concat());
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(err(&refused).contains(says), "{says}: {}", err(&refused));
    }
}

#[test]
fn whatever_a_proposal_leaves_out_can_be_kept() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/presets/construction-saas.ron");
    let left_out = |arguments: &[&str]| {
        let told = run(&[&["reach", file, "--budget", "263k", "--json"], arguments].concat());
        assert!(told.status.success(), "{}", err(&told));
        let json: serde_json::Value = serde_json::from_str(out(&told)).unwrap();
        let proposals = json["proposals"].as_array().unwrap().clone();
        proposals.into_iter().flat_map(|one| one["leaves_out"].as_array().unwrap().clone()).collect::<Vec<_>>()
    };
    let first = left_out(&[])[0].as_str().unwrap().to_owned();
    assert_eq!(first, "quickbooks", "the work of connecting it is that of who calls it");
    assert!(left_out(&["--keep", &first]).iter().all(|id| *id != first.as_str()));
}

#[test]
fn a_deadline_without_a_first_day_does_not_hinder_the_budget() {
    let dated = "assumptions: (deadline: date(\"2027-09-01\")), components:";
    let plan = PLAN.replacen("components:", dated, 1);
    let told = run_with_input(&["reach", "-", "--budget", "20k"], &plan);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    assert!(
        out(&told).contains("sure of $20K\n") && err(&told).contains("the deadline does not count"),
        "{}",
        out(&told)
    );
    let nothing = run_with_input(&["reach", "-"], &plan);
    assert!(err(&nothing).contains("says nothing without a first day"), "{}", err(&nothing));
    let report = run_with_input(&["export", "-", "--to", "md"], &plan);
    assert!(out(&report).contains("To be done by 1 September 2027, which counts once there is a first day"));
}

#[test]
fn what_waits_cannot_be_kept() {
    let later = PLAN.replace("\"shop\": (", "\"later\": (name: \"Later\", kind: worker, deferred: true), \"shop\": (");
    let refused = run_with_input(&["reach", "-", "--budget", "1k", "--keep", "later"], &later);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("Later (\"later\") is put off: it waits already"), "{}", err(&refused));
}

#[test]
fn a_scenario_with_one_rate_has_that_rate_also_beside_a_rate_card() {
    let plan = PLAN.replacen(
        "components:",
        "assumptions: (roles: {\"dev\": (name: \"Developer\", rate_usd_per_person_week: 6000, share: 1)}), \
         scenarios: {\"cheap\": (name: \"Cheap\", means: (rate_usd_per_person_week: 2000))}, components:",
        1,
    );
    let json: Value = serde_json::from_str(out(&run_with_input(&["compare", "-", "--json"], &plan))).unwrap();
    let columns = json["scenarios"].as_array().unwrap();
    let of = |id: &str| columns.iter().find(|column| column["id"] == id).unwrap_or_else(|| panic!("{id}: {json}"));
    let usd = |id: &str| of(id)["budget_usd"]["p50"].as_f64().unwrap();
    assert!((usd("plan") / usd("cheap") - 3.0).abs() < 1e-9, "{} {}", usd("plan"), usd("cheap"));
    assert_eq!(of("cheap")["rate_usd_per_person_week"].as_f64(), Some(2000.0));
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
