//! Weeks, months, chances and baselines on the command line.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::fs;

use crate::common::cli;
use cli::{err, out, plan_in, run, run_with_input};
use serde_json::Value;

/// A plan whose people work three days a week.
const THREE_DAYS: &str = r#"(
    format: 1,
    name: "Three days",
    // Offered in spring.
    assumptions: (start: "2027-03-01", calendar: (workdays: [mon, tue, wed]), confidence: p80),
    components: {
        "shop": (name: "Shop", kind: web_application, traits: {"tables": 40, "admin-interface": true}),
        "search": (name: "Search", kind: rest_api, traits: {"tables": 4}),
    },
)"#;

fn value(arguments: &[&str]) -> Value {
    serde_json::from_str(out(&run(arguments))).unwrap()
}

#[test]
fn months_are_those_of_the_calendar_however_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), THREE_DAYS);
    let by_months = value(&["reach", &plan, "--months", "2.5", "--json"]);
    let by_day = value(&["reach", &plan, "--by", "2027-05-15", "--json"]);
    assert_eq!(by_months, by_day, "two and a half months from 1 March are over on 15 May");
    let without = plan_in(folder.path(), &THREE_DAYS.replace("start: \"2027-03-01\", ", ""));
    let by_weeks = value(&["reach", &without, "--weeks", "26", "--json"]);
    assert_eq!(value(&["reach", &without, "--months", "6", "--json"]), by_weeks);
    for (day, why) in [("9999-12-31", "too far away"), ("2027-02-30", "28 days"), ("soon", "like 2027-03-01")] {
        let refused = run(&["reach", &plan, "--by", day]);
        assert_eq!((refused.status.code(), err(&refused).contains(why)), (Some(2), true), "{}", err(&refused));
    }
}

#[test]
fn a_deadline_is_said_as_it_was_set() {
    let folder = tempfile::tempdir().unwrap();
    let with = |start: &str, deadline: &str| {
        let text = THREE_DAYS.replace("start: \"2027-03-01\", ", start);
        plan_in(folder.path(), &text.replace("confidence", &format!("{deadline} confidence")))
    };
    let first = "start: \"2027-03-01\", ";
    for (start, deadline, arguments, said) in [
        (first, "deadline: weeks(14),", &[][..], "14 weeks"),
        (first, "deadline: weeks(26.4),", &[], "26.4 weeks"),
        ("", "deadline: weeks(14),", &[], "14 weeks"),
        ("", "deadline: weeks(26),", &[], "6 months"),
        (first, "deadline: date(\"2027-08-31\"),", &[], "by 31 August 2027"),
        (first, "deadline: weeks(14),", &["--months", "5.25"], "5.25 months"),
        (first, "deadline: date(\"2027-08-31\"),", &["--weeks", "13"], "13 weeks"),
        ("", "", &["--weeks", "26"], "26 weeks"),
    ] {
        let plan = with(start, deadline);
        let told = run(&[&["reach", &plan, "--budget", "90k"], arguments].concat());
        let goal = out(&told).lines().next().unwrap_or_default();
        assert!(goal.ends_with(said), "{start}{deadline}{arguments:?}: {goal}{}", err(&told));
        if arguments.is_empty() {
            let told = run(&["assess", &plan]);
            let holds = out(&told).lines().find(|line| line.starts_with("Holds")).unwrap_or_default();
            assert!(holds.split([';', ',']).any(|part| part.ends_with(said)), "{said}: {holds}\n{}", out(&told));
        }
    }
}

#[test]
fn assess_says_how_surely_and_when() {
    let folder = tempfile::tempdir().unwrap();
    let text = THREE_DAYS.replace("confidence", "target_budget_usd: 1e9, deadline: date(\"2027-03-02\"), confidence");
    let plan = plan_in(folder.path(), &text);
    let told = run(&["assess", &plan]);
    let json = value(&["assess", &plan, "--json"]);
    let p80 = json["estimate"]["budget_usd"]["p80"].as_f64().unwrap();
    let line = |start: &str| out(&told).lines().find(|line| line.starts_with(start)).unwrap_or_default();
    let digits = |text: &str| text.rsplit('$').next().unwrap().replace(',', "").parse::<f64>().unwrap();
    assert!((digits(line("P80")) - p80).abs() <= 0.5, "{}", out(&told));
    let end = value(&["schedule", &plan, "--json"])["end"].clone();
    for (key, level) in [("date", "P50"), ("date_p80", "P80")] {
        let day: jiff::civil::Date = end[key].as_str().unwrap().parse().unwrap();
        let said = format!("{} at {level}", day.strftime("%-d %B %Y"));
        assert!(line("Done").contains(&said), "{said}: {}", out(&told));
    }
    assert!(line("Done").contains("first day 1 March 2027"), "{}", out(&told));
    let holds = line("Holds");
    assert!(holds.contains("> 99 % to stay under $1,000,000,000"), "{holds}");
    assert!(holds.contains("< 1 % to be done by 2 March 2027"), "{holds}");
}

#[test]
fn baselines_are_compared_by_name_and_with_the_plan_as_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), THREE_DAYS);
    let none = run(&["baselines", &plan]);
    assert_eq!((none.status.code(), err(&none).contains("keeps no baseline")), (Some(2), true));
    let before = fs::read_to_string(&plan).unwrap();
    let offer = |out: &str| run(&["baseline", &plan, "--name", "Offer", "--date", "2027/2/1", "-o", out]);
    let refused = offer(&plan);
    assert_eq!(
        (refused.status.code(), err(&refused).contains("--drop-comments")),
        (Some(2), true),
        "{}",
        err(&refused)
    );
    assert_eq!(fs::read_to_string(&plan).unwrap(), before, "no comment is lost without being asked");
    let beside = folder.path().join("beside.ron");
    let kept = offer(beside.to_str().unwrap());
    assert!(kept.status.success() && err(&kept).contains("comments are not kept"), "{}", err(&kept));
    fs::rename(&beside, &plan).unwrap();
    let text = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, text.replace("\"tables\": 40", "\"tables\": 60")).unwrap();
    let again = run(&["baseline", &plan, "--name", "Second", "-o", &plan]);
    assert_eq!((again.status.code(), err(&again)), (Some(0), ""), "there is no comment any more");
    let json = value(&["baselines", &plan, "--from", "Offer", "--json"]);
    let median = |end: &Value| end["budget_usd"]["p50"].as_f64().unwrap();
    assert!(median(&json["to"]) > median(&json["from"]));
    for end in ["from", "to"] {
        let parts = json["parts"].as_array().unwrap();
        let sum: f64 = parts.iter().filter_map(|part| part[end]["usd"].as_f64()).sum();
        assert!((sum - median(&json[end])).abs() < 0.01, "{json}");
    }
    let shop = &json["parts"][0];
    assert_eq!((&shop["component"], &shop["change"]), (&"shop".into(), &"changed".into()));
    let text = run(&["baselines", &plan, "--from", "offer", "--to", "Second"]);
    assert!(out(&text).contains("From \"Offer\" to \"Second\"\n"), "{}", out(&text));
    assert!(out(&run(&["baselines", &plan])).contains("From \"Second\" to now\n"), "the last one, if none is named");
    let wrong = run(&["baselines", &plan, "--to", "Ofer"]);
    assert!(err(&wrong).contains("did you mean \"Offer\"?"), "{}", err(&wrong));
    let report = run(&["export", &plan, "--to", "md"]);
    assert!(out(&report).contains("From \"Second\" to the plan as it stands"), "{}", out(&report));
}

/// As a file may be written anew in its own place.
fn without_comments(plan: &str) -> String {
    plan.replace("    // Offered in spring.\n", "")
}

#[test]
fn a_fresh_baseline_is_what_the_plan_is() {
    let folder = tempfile::tempdir().unwrap();
    let large = THREE_DAYS.replace("\"tables\": 40", "\"tables\": 4973").replace("p80", "p80, team_size: 37");
    let plan = plan_in(folder.path(), &without_comments(&large));
    assert_eq!(run(&["baseline", &plan, "--name", "Offer", "-o", &plan]).status.code(), Some(0));
    let json = value(&["baselines", &plan, "--json"]);
    for figure in ["weeks", "budget_usd"] {
        assert_eq!(json["from"][figure], json["to"][figure], "{json}");
    }
}

#[test]
fn a_baseline_is_neither_called_now_nor_taken_for_another_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), &without_comments(THREE_DAYS));
    let now = run(&["baseline", &plan, "--name", "Now", "-o", &plan]);
    assert_eq!(
        (now.status.code(), err(&now).contains("call the baseline otherwise")),
        (Some(2), true),
        "{}",
        err(&now)
    );
    for _ in 0..2 {
        assert_eq!(run(&["baseline", &plan, "--name", "Offer", "-o", &plan]).status.code(), Some(0));
    }
    let which = run(&["baselines", &plan, "--from", "Offer"]);
    assert_eq!(which.status.code(), Some(2));
    assert!(
        err(&which).contains("2 baselines are called \"Offer\"; name one by its id: offer, offer-2"),
        "{}",
        err(&which)
    );
    let from = value(&["baselines", &plan, "--from", "offer-2", "--to", "offer", "--json"]);
    assert_eq!((&from["from"]["id"], &from["to"]["id"]), (&"offer-2".into(), &"offer".into()));
}

#[test]
fn the_first_day_is_the_first_one_that_is_worked_on() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), &THREE_DAYS.replace("2027-03-01", "2027-02-28"));
    let report = run(&["export", &plan, "--to", "md"]);
    let says = "First day: 1 March 2027, as nobody works on 28 February 2027";
    assert!(out(&report).contains(says), "{}", out(&report));
    assert!(out(&run(&["assess", &plan])).contains("first day 1 March 2027"));
}

#[test]
fn every_plan_within_its_bounds_can_be_exported() {
    let folder = tempfile::tempdir().unwrap();
    let text = THREE_DAYS
        .replace("confidence", "team_size: 1000, rate_usd_per_person_week: 1000000, contingency: 10, currency: (code: \"IDR\", per_usd: 1000000000), confidence")
        .replace("\"tables\": 40", "\"tables\": 5000, \"screens\": 1000, \"legacy-lines\": 1000000");
    let plan = plan_in(folder.path(), &text);
    for format in ["csv", "schedule-csv", "scenarios-csv", "md", "json", "svg"] {
        let written = run(&["export", &plan, "--to", format]);
        assert_eq!((written.status.code(), err(&written)), (Some(0), ""), "{format}");
    }
    let csv = run(&["export", &plan, "--to", "csv"]);
    let mut rows = csv::Reader::from_reader(out(&csv).as_bytes());
    let column = rows.headers().unwrap().iter().position(|head| head == "idr").unwrap();
    let sum: f64 = rows.records().map(|row| row.unwrap()[column].parse::<f64>().unwrap()).sum();
    let usd = value(&["assess", &plan, "--json"])["estimate"]["budget_usd"]["p50"].as_f64().unwrap();
    assert!(sum > 1e17 && (sum / (usd * 1e9) - 1.0).abs() < 1e-9, "{sum} {usd}");
}

#[test]
fn standard_input_is_a_plan_to_compare_with() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), THREE_DAYS);
    let other = THREE_DAYS.replace("\"tables\": 40", "\"tables\": 60");
    let told = run_with_input(&["causes", &plan, "--from", "-"], &other);
    assert!(out(&told).starts_with("From standard input to this plan: −$"), "{} {}", out(&told), err(&told));
    let twice = run_with_input(&["causes", "-", "--from", "-"], &other);
    assert_eq!((twice.status.code(), err(&twice).contains("holds one project")), (Some(2), true));
}

#[test]
fn names_neither_turn_a_line_nor_stand_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let text = THREE_DAYS
        .replace("name: \"Shop\"", "name: \"Shop\\u{202e}\\u{1b}[2J\"")
        .replace("confidence", "currency: (code: \"WEEKS\", symbol: \"|\", per_usd: 2), confidence")
        .replace("components:", "scenarios: {\"lean\": (name: \"This plan\")}, components:");
    let plan = plan_in(folder.path(), &text);
    for arguments in [&["assess", &plan][..], &["export", &plan, "--to", "md"], &["export", &plan, "--to", "csv"]] {
        let told = run(arguments);
        assert_eq!((told.status.code(), err(&told)), (Some(0), ""), "{arguments:?}");
        assert!(!out(&told).contains(['\u{202e}', '\u{1b}']), "{}", out(&told));
    }
    let report = run(&["export", &plan, "--to", "md"]);
    assert!(out(&report).contains("This plan (plan)") && out(&report).contains("This plan (lean)"), "{}", out(&report));
    let bare = |line: &str| line.replace("\\|", "").matches('|').count();
    let tables: Vec<&str> = out(&report).lines().filter(|line| line.starts_with('|')).collect();
    for pair in tables.windows(2).filter(|pair| pair[1].starts_with("| ---")) {
        assert_eq!(bare(pair[0]), bare(pair[1]), "{}", pair[0]);
    }
    assert!(out(&report).contains("Team: 2 people") && out(&report).contains("First day: 1 March 2027"));
    let csv = run(&["export", &plan, "--to", "csv"]);
    assert!(out(&csv).lines().next().unwrap().ends_with(",usd,amount_weeks"), "{}", out(&csv));
    let csv = run(&["export", &plan, "--to", "scenarios-csv"]);
    assert!(out(&csv).lines().next().unwrap().contains(",weeks_p50,"), "{}", out(&csv));
    assert!(out(&csv).lines().next().unwrap().ends_with(",amount_weeks_difference_p50"), "{}", out(&csv));
}
