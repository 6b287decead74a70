//! Exports: fixed assessments give fixed bytes, figures add up, and no name breaks out of its format.
//! `UPDATE_GOLDEN=1 cargo test --test core exports::` rewrites `tests/golden`; look at the difference before committing it.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{fs, path::Path};

use crate::common::{builtin, payments, small_playbook, xml};
use groundplan::{
    assess::{
        Alternative, Answer, AnswerCount, Answers, Assessment, Basis, Chances, Change, Choice, Column, Comparison,
        ComponentAdvice, Crossing, Distribution, Ends, Estimate, EstimateLine, Finding, FindingCounts, Fix, Flip,
        FrameworkScore, GlueTaken, Lean, NextBest, Perspective, Question, Reason, SeamPrice, SeamWork, Severity, Sums,
        SystemVerdict, Targets, VerdictKind,
        capacity::{Bottleneck, Holds, Totals},
    },
    export::{ExportInput, FORMATS, Further, Look, format},
    playbook::Playbook,
    project::{Boundary, Component, ComponentKind, Edit, ElementId, Project, Protocol, StickyNote, TraitValue},
};
use kurbo::Rect;
use serde_json::Value;
use small_playbook::{link, playbook, resource, service};

fn reason(criterion: &str, framework: &str, decibans: f64, label: &str, paragraph: u8) -> Reason {
    let (criterion, framework, label) = (criterion.into(), framework.into(), label.to_owned());
    Reason { criterion, framework, strength: 1.0, decibans, label, paragraph }
}

fn score(framework: &str, prior_db: f64, score_db: f64, share: f64) -> FrameworkScore {
    FrameworkScore { framework: framework.into(), prior_db, score_db, share }
}

fn line(component: Option<&str>, work_item: &str, person_weeks: f64, phases: [f64; 3]) -> EstimateLine {
    EstimateLine {
        component: component.map(Into::into),
        framework: None,
        work_item: work_item.into(),
        quantity: 1.0,
        person_weeks,
        usd: person_weeks * 4500.0,
        weeks: person_weeks / 2.0,
        phases: phases.to_vec(),
    }
}

/// Two services on two frameworks, with a link between them.
fn plan(shop_name: &str) -> Project {
    let mut project = Project::new("Plan | 2027");
    project.apply(&Edit::SetNotes("First sketch.\n- two services\n1. one seam".to_owned()));
    service(&mut project, "shop", &[("tables", 40.0)], &["admin"]);
    service(&mut project, "live", &[("rate", 5000.0)], &["pure-api"]);
    resource(&mut project, "db", ComponentKind::RelationalDatabase);
    project.apply(&Edit::Rename("shop".into(), shop_name.to_owned()));
    project.apply(&Edit::SetPin("live".into(), Some("fast".into())));
    link(&mut project, "shop", "live", Protocol::Queue);
    link(&mut project, "shop", "db", Protocol::Database);
    project
}

/// An assessment of [`plan`] that no engine made: the golden files must not move with the weights.
fn assessment() -> Assessment {
    let shop = ComponentAdvice {
        framework: "plain-plus".into(),
        best: "plain-plus".into(),
        pinned: false,
        share: 0.93,
        rival: Some("fast".into()),
        margin_db: 22.0,
        scores: vec![
            score("plain", 0.0, 22.0, 0.06),
            score("plain-plus", -3.0, 25.0, 0.93),
            score("fast", 0.0, -2.0, 0.01),
        ],
        reasons: vec![
            reason("admin", "plain", 12.0, "Staff need an admin", 5),
            reason("many-tables", "plain", 10.0, "40 linked tables", 7),
            reason("admin", "fast", -2.0, "Staff need an admin", 5),
        ],
    };
    let live = ComponentAdvice {
        framework: "fast".into(),
        best: "fast".into(),
        pinned: true,
        share: 0.999,
        rival: Some("plain".into()),
        margin_db: 13.0,
        scores: vec![
            score("plain", 0.0, 0.0, 0.0007),
            score("plain-plus", -3.0, -3.0, 0.0003),
            score("fast", 0.0, 13.0, 0.999),
        ],
        reasons: vec![
            reason("pure-api", "fast", 9.0, "Pure API", 8),
            reason("throughput", "fast", 4.0, "5,000/s at peak", 8),
        ],
    };
    let breakdown = vec![
        line(Some("shop"), "model", 20.0 / 3.0, [0.25, 0.75, 0.0]),
        line(Some("shop"), "admin", 1.2, [0.0, 1.0, 0.0]),
        line(Some("live"), "endpoints", 10.0 / 3.0, [0.0, 1.0, 0.0]),
        line(Some("shop"), "seam", 0.77, [0.0, 1.0, 0.0]),
        line(None, "foundations", 1.5, [1.0, 0.0, 0.0]),
    ];
    let person_weeks: f64 = breakdown.iter().map(|line| line.person_weeks).sum();
    let alternative = |framework: &str, factor: f64, cost_db: f64| Alternative {
        framework: framework.into(),
        weeks: Distribution { median: person_weeks / 2.0 * factor, log_sd: 0.3 },
        budget_usd: Distribution { median: person_weeks * 4500.0 * factor, log_sd: 0.35 },
        cost_db,
    };
    Assessment {
        answers: AnswerCount { given: 7, open: 3 },
        components: [("shop".into(), shop), ("live".into(), live)].into_iter().collect(),
        verdict: SystemVerdict {
            kind: VerdictKind::Mixed,
            assignment: [("shop".into(), "plain-plus".into()), ("live".into(), "fast".into())].into_iter().collect(),
            counts: vec![("plain".into(), 0), ("plain-plus".into(), 1), ("fast".into(), 1)],
            seam: vec!["shop-to-live".into()],
            margin_db: 8.25,
            cost_db: 4.5,
            next: Some(NextBest {
                kind: VerdictKind::Single("plain-plus".into()),
                moves: vec![("live".into(), "plain-plus".into())],
                cost_db: 12.75,
            }),
        },
        estimate: Estimate {
            person_weeks,
            weeks: Distribution { median: person_weeks / 2.0, log_sd: 0.25 },
            budget_usd: Distribution { median: person_weeks * 4500.0, log_sd: 0.25 },
            breakdown,
            seam: SeamPrice {
                crossings: vec![Crossing {
                    connection: "shop-to-live".into(),
                    from: "plain-plus".into(),
                    to: "fast".into(),
                    cost_db: 0.5,
                    work: vec![SeamWork {
                        work_item: "seam".into(),
                        sums: Sums { person_weeks: 0.77, usd: 0.77 * 4500.0, weeks: 0.385 },
                    }],
                }],
                mixing: Vec::new(),
                mixing_db: 4.0,
            },
            leans: vec![Lean { case: "big".into(), weight: 0.625 }, Lean { case: "small".into(), weight: -0.08 }],
            extrapolation: 0.56,
        },
        alternatives: vec![alternative("plain", 1.1, 12.75), alternative("fast", 1.75, 31.0)],
        findings: vec![
            Finding {
                key: "contradiction:live:admin+pure-api".into(),
                rule: "contradiction".into(),
                severity: Severity::Warning,
                message: "Live: \"Pure API\" and \"Admin\" contradict each other; drop one".to_owned(),
                why: "Only one of them can be true.".to_owned(),
                elements: vec![ElementId::Component("live".into())],
                paragraphs: vec![8, 9],
                fixes: vec![Fix { label: "Drop \"Admin\"".to_owned(), edits: Vec::new() }],
                suppressed: None,
            },
            Finding {
                key: "no-traits:shop".into(),
                rule: "no-traits".into(),
                severity: Severity::Hint,
                message: "Shop has no traits yet".to_owned(),
                why: String::new(),
                elements: vec![ElementId::Component("shop".into())],
                paragraphs: Vec::new(),
                fixes: Vec::new(),
                suppressed: Some("Asked, waiting | for an answer".to_owned()),
            },
        ],
    }
}

fn drawn(project: &Project, assessment: &Assessment, playbook: &Playbook, look: Look<'_>) -> String {
    let input = ExportInput { look, ..ExportInput::new(project, assessment, playbook) };
    String::from_utf8((format("svg").unwrap().write)(&input).unwrap()).unwrap()
}

/// Answers about [`plan`] that no engine gave.
fn answers() -> Answers {
    let change =
        |id: &str, from: Option<TraitValue>, to: TraitValue, size: f64| Change { trait_id: id.into(), from, to, size };
    let tables = change("tables", Some(TraitValue::Number(40.0)), TraitValue::Number(9.0), 0.56);
    let admin = change("admin", Some(TraitValue::Flag(true)), TraitValue::Flag(false), 1.0);
    let flip = |changes: Vec<Change>, to: &str, verdict: VerdictKind| Flip {
        component: "shop".into(),
        changes,
        from: "plain-plus".into(),
        to: to.into(),
        verdict,
        others: vec![("live".into(), "plain".into())],
    };
    let single = flip(vec![admin.clone()], "plain", VerdictKind::Mixed);
    let both = flip(vec![tables, admin], "fast", VerdictKind::Single("fast".into()));
    Answers {
        system: vec![both.clone()],
        flips: [("shop".into(), vec![single, both])].into_iter().collect(),
        ask_next: vec![Question {
            component: "live".into(),
            trait_id: "changes".into(),
            answers: vec![Answer {
                value: TraitValue::Choice("rare".into()),
                framework: "plain".into(),
                budget_usd: 61_000.0,
            }],
            turns: true,
            moves_db: 4.5,
            budget_swing_usd: 1_250.0,
            weight: 1.0,
        }],
    }
}

/// What a way to build [`plan`] takes of machines.
fn holds(processes: u64, usd_per_month: f64, late: usize, headroom: f64) -> Holds {
    let totals = Totals { services: 2, unknown: 0, processes, cpus: processes, memory_mb: 220.0, usd_per_month };
    Holds { totals, late, bottleneck: Some(Bottleneck { component: "live".into(), headroom, at_most: false }) }
}

/// Ways to build [`plan`] that no engine compared; one was given a name that no table and no spreadsheet may take for more.
fn comparison() -> Comparison {
    let plan = Column {
        choice: Choice::Plan,
        slug: "plan".to_owned(),
        name: "This plan".to_owned(),
        verdict: VerdictKind::Mixed,
        counts: vec![("plain".into(), 0), ("plain-plus".into(), 1), ("fast".into(), 1)],
        assignment: [("shop".into(), "plain-plus".into()), ("live".into(), "fast".into())].into_iter().collect(),
        weeks: Distribution { median: 6.735, log_sd: 0.25 },
        budget_usd: Distribution { median: 60_615.0, log_sd: 0.25 },
        person_weeks: 13.47,
        ends: None,
        targets: Targets { budget_usd: Some(75_000.0), deadline_weeks: Some(8.0) },
        chances: Chances { budget: Some(0.8), deadline: Some(0.75), both: Some(0.75), both_at_least: Some(0.55) },
        glue: GlueTaken { packages: vec!["base".to_owned()], by_hand: Vec::new() },
        findings: FindingCounts { errors: 0, warnings: 1, hints: 0 },
        crossings: 1,
        seam: Sums { person_weeks: 0.77, usd: 3465.0, weeks: 0.385 },
        cost_db: 4.5,
        deferred: Vec::new(),
        overruled: Vec::new(),
        capacity: Some(holds(2, 60.0, 0, 1.4)),
        basis: Basis { team_size: 2.0, rate_usd_per_person_week: 4500.0, contingency: 0.0, communication_share: 0.06 },
    };
    let all = Column {
        choice: Choice::All("plain".into()),
        slug: "all-plain".to_owned(),
        name: "All Plain".to_owned(),
        verdict: VerdictKind::Single("plain".into()),
        counts: vec![("plain".into(), 1), ("plain-plus".into(), 1), ("fast".into(), 0)],
        assignment: [("shop".into(), "plain-plus".into()), ("live".into(), "plain".into())].into_iter().collect(),
        weeks: Distribution { median: 7.4, log_sd: 0.3 },
        budget_usd: Distribution { median: 60_615.2, log_sd: 0.35 },
        glue: GlueTaken { packages: Vec::new(), by_hand: vec!["rate".into()] },
        findings: FindingCounts { errors: 0, warnings: 0, hints: 2 },
        crossings: 0,
        seam: Sums::default(),
        cost_db: 12.75,
        overruled: vec!["live".into()],
        capacity: Some(holds(5, 150.0, 1, 1.6)),
        ..plan.clone()
    };
    let day = |day| jiff::civil::date(2027, 3, day);
    let kept = Column {
        choice: Choice::Saved("later".into()),
        slug: "later".to_owned(),
        name: "=Later | _four_".to_owned(),
        assignment: [("shop".into(), "plain-plus".into())].into_iter().collect(),
        ends: Some(Ends { p50: day(5), p80: day(19) }),
        chances: Chances { budget: Some(0.9), deadline: Some(0.2), both: Some(0.2), both_at_least: Some(0.1) },
        deferred: vec!["live".into()],
        capacity: None,
        basis: Basis { team_size: 4.0, ..plan.basis },
        ..plan.clone()
    };
    Comparison { columns: vec![plan, all, kept] }
}

fn written(id: &str, project: &Project, assessment: &Assessment, playbook: &Playbook) -> String {
    let (answers, comparison) = (answers(), comparison());
    let further = Further { engine: None, answers: Some(&answers), comparison: Some(&comparison) };
    let input = ExportInput { further, ..ExportInput::new(project, assessment, playbook) };
    String::from_utf8((format(id).unwrap().write)(&input).unwrap()).unwrap()
}

/// Compares with a golden file, or renews it when asked to.
fn assert_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap();
    assert!(text == golden, "it differs from {}:\n{text}", path.display());
}

fn rows_of(csv_text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(csv_text.as_bytes()).records().map(Result::unwrap).collect()
}

#[test]
fn every_format_writes_what_it_wrote_before() {
    let (project, playbook) = (plan("Shop"), playbook());
    // Pictures are compared in `tests/core/picture.rs`.
    for format in FORMATS.iter().filter(|format| format.id != "png") {
        assert!(format.suffix().ends_with(format.extension), "{}", format.id);
        assert_golden(&format!("plan.{}", format.suffix()), &written(format.id, &project, &assessment(), &playbook));
    }
}

/// A case study as it is drawn, with the built-in knowledge: moves with it.
#[test]
fn a_preset_is_drawn_as_it_was_before() {
    let (engine, project) = (builtin::engine(), builtin::preset("monolith-decomposition"));
    let assessment = engine.assess(&project);
    let look = Look { perspective: &Perspective::Effort, dark: true, seam: true };
    assert_golden("monolith-effort-dark.svg", &drawn(&project, &assessment, &engine.playbook, look));
}

/// A folded boundary is drawn as its box, in place of what it stands for.
#[test]
fn a_folded_boundary_is_drawn_as_it_was_before() {
    let (engine, mut project) = (builtin::engine(), payments::payments());
    project.apply(&Edit::Remove([ElementId::Connection("shop-to-ledger".into())].into()));
    let folded = project.fold(&"payments".into()).unwrap();
    project.apply(&Edit::PutBoundary("payments".into(), folded));
    let assessment = engine.assess(&project);
    let look = Look { perspective: &Perspective::Framework, dark: false, seam: true };
    assert_golden("folded.svg", &drawn(&project, &assessment, &engine.playbook, look));
}

#[test]
fn the_cents_of_the_table_sum_to_the_budget_and_formulas_stay_text() {
    let (project, playbook, assessment) = (plan("=1+1\" , x"), playbook(), assessment());
    let rows = rows_of(&written("csv", &project, &assessment, &playbook));
    let cents: i64 = rows.iter().map(|row| row[7].replace('.', "").parse::<i64>().unwrap()).sum();
    assert_eq!(cents, (assessment.estimate.budget_usd.median * 100.0).round() as i64);
    assert!(rows.iter().all(|row| row[7].parse::<f64>().unwrap() > 0.0), "money stays a number");
    let shop: Vec<&str> = rows.iter().filter(|row| &row[0] == "shop").map(|row| row.get(1).unwrap()).collect();
    assert_eq!(shop, ["'=1+1\" , x"; 4]);
    assert_eq!(
        rows.iter().map(|row| row[3].to_owned()).collect::<Vec<_>>(),
        ["Start", "Build", "Build", "Build", "Build", "Start"]
    );
    for (name, cell) in [("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=x", "' =x"), ("\rx", " x")] {
        let text = written("csv", &plan(name), &assessment, &playbook);
        assert_eq!(&rows_of(&text)[0][1], cell);
    }
}

#[test]
fn scenarios_are_a_row_each_and_their_names_stay_text() {
    let rows = rows_of(&written("scenarios-csv", &plan("Shop"), &assessment(), &playbook()));
    let header =
        csv::Reader::from_reader(written("scenarios-csv", &plan("Shop"), &assessment(), &playbook()).as_bytes())
            .headers()
            .unwrap()
            .clone();
    let cell = |row: usize, name: &str| rows[row][header.iter().position(|title| title == name).unwrap()].to_owned();
    assert_eq!((rows.len(), cell(0, "scenario_id"), cell(2, "scenario_id")), (3, "plan".into(), "later".into()));
    assert_eq!(cell(2, "scenario"), "'=Later | _four_");
    assert_eq!(
        [cell(0, "usd_p50"), cell(1, "difference_usd_p50"), cell(2, "chance_both")],
        ["60615.00", "0.20", "0.2000"]
    );
    assert_eq!([cell(0, "ends_p50"), cell(2, "ends_p50")], ["", "2027-03-05"]);
    assert_eq!([cell(1, "services_that_differ"), cell(2, "deferred"), cell(1, "pins_overruled")], ["1", "1", "1"]);
}

#[test]
fn many_scenarios_stand_below_each_other_in_the_report() {
    let (project, playbook, assessment, mut comparison) = (plan("Shop"), playbook(), assessment(), comparison());
    let report = |comparison: &Comparison| {
        let further = Further { comparison: Some(comparison), ..Further::default() };
        let input = ExportInput { further, ..ExportInput::new(&project, &assessment, &playbook) };
        String::from_utf8((format("md").unwrap().write)(&input).unwrap()).unwrap()
    };
    let few = report(&comparison);
    assert!(few.contains(r"|  | This plan | All Plain | =Later \| \_four\_ |"), "{few}");
    assert!(few.contains("| Budget, P50 | $60,615 | $60,615 (same) |"), "what reads the same is no difference: {few}");
    let one = comparison.columns[2].clone();
    comparison.columns.extend((0..5).map(|number| Column { name: format!("Number {number}"), ..one.clone() }));
    let many = report(&comparison);
    assert!(many.contains("| Scenario | Verdict |") && many.contains("| Number 4 |"), "{many}");
    assert!(!report(&Comparison::default()).contains("Other ways"), "nothing is known, so nothing is said");
}

#[test]
fn what_goes_further_is_worked_out_where_it_is_written() {
    let engine = small_playbook::engine();
    let project = plan("Shop");
    let assessment = engine.assess(&project);
    let input =
        ExportInput { further: Further::ask(&engine), ..ExportInput::new(&project, &assessment, &engine.playbook) };
    let json: Value = serde_json::from_slice(&(format("json").unwrap().write)(&input).unwrap()).unwrap();
    let ids: Vec<&str> = json["scenarios"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["plan", "recommended", "all-plain", "all-fast"]);
    assert_eq!(json["scenarios"][0]["weeks"], json["estimate"]["weeks"]);
    assert_eq!(json["scenarios"][2]["budget_usd"], json["alternatives"][0]["budget_usd"]);
    assert!(json["scenarios"][0]["against_base"].is_null());
    let rows = rows_of(&String::from_utf8((format("scenarios-csv").unwrap().write)(&input).unwrap()).unwrap());
    assert_eq!(rows.len(), 4);
}

#[test]
fn the_dollars_of_the_report_sum_to_its_total() {
    let text = written("md", &plan("Shop"), &assessment(), &playbook());
    let sections: Vec<&str> = text.split("\n## ").filter(|section| section.starts_with("Breakdown by")).collect();
    assert_eq!(sections.len(), 3, "by component, work item and phase; by role only with a rate card");
    for section in sections {
        let dollars: Vec<i64> = section
            .lines()
            .filter_map(|line| line.split('|').find_map(|cell| cell.trim().strip_prefix('$')))
            .map(|figure| figure.replace(',', "").parse().unwrap())
            .collect();
        let (total, parts) = dollars.split_last().unwrap();
        assert_eq!(parts.iter().sum::<i64>(), *total, "{section}");
        assert_eq!(*total, assessment().estimate.budget_usd.median.round() as i64);
    }
}

#[test]
fn no_name_breaks_out_of_the_report() {
    let name = "a|b\n\n# <script>alert(1)</script> [x](http://y) *z*";
    let text = written("md", &plan(name), &assessment(), &playbook());
    assert!(!text.contains("<script>") && !text.contains("\n# <") && !text.contains("[x]("), "{text}");
    assert!(text.contains(r"a\|b \# &lt;script&gt;alert(1)&lt;/script&gt; \[x\](http://y) \*z\*"), "{text}");
    let columns = |line: &str| line.replace(r"\|", "").matches('|').count();
    let table: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("| Component | Framework")).collect();
    assert!(table.iter().take_while(|line| !line.is_empty()).all(|line| columns(line) == 6), "{text}");
}

#[test]
fn json_carries_the_documented_fields_and_figures() {
    let text = written("json", &plan("Shop"), &assessment(), &playbook());
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], 2);
    assert_eq!(json["verdict"]["kind"], "mixed");
    assert_eq!(json["verdict"]["assignment"]["shop"], "plain-plus");
    assert_eq!(json["verdict"]["seam"]["connections"][0]["id"], "shop-to-live");
    assert_eq!(json["components"][0]["flip"]["changes"][0]["trait"], "admin");
    assert_eq!(json["ask_next"][0]["component"], "live");
    assert_eq!(json["components"][0]["reasons"][1]["label"], "40 linked tables");
    assert_eq!(json["estimate"]["leans"][0]["case"], "big");
    assert_eq!(json["findings"][0]["severity"], "warning");
    let sum: f64 = json["estimate"]["breakdown"].as_array().unwrap().iter().map(|l| l["usd"].as_f64().unwrap()).sum();
    let p50 = json["estimate"]["budget_usd"]["p50"].as_f64().unwrap();
    assert!((sum - p50).abs() < 1e-6 * p50);
    assert!(json["estimate"]["weeks"]["p10"].as_f64() < json["estimate"]["weeks"]["p80"].as_f64());

    let mut one = assessment();
    one.verdict.kind = VerdictKind::Single("plain-plus".into());
    let text = written("json", &plan("Shop"), &one, &playbook());
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["verdict"]["kind"], "plain-plus");
}

#[test]
fn what_is_put_off_is_named_in_words_and_for_programs_and_breaks_out_of_nothing() {
    let (mut project, playbook) = (plan("Shop"), playbook());
    project.apply(&Edit::Rename("db".into(), "*DB* | <b>\n# x".to_owned()));
    for id in ["db", "shop"] {
        project.apply(&Edit::SetDeferred(id.into(), true));
    }
    let report = written("md", &project, &assessment(), &playbook);
    let (_, section) = report.split_once("\n## Put off to later\n").unwrap();
    let list: Vec<&str> = section.lines().filter(|line| line.starts_with("- ")).take(2).collect();
    assert_eq!(list, ["- Shop, domain service", r"- \*DB\* \| &lt;b&gt; \# x, relational database"]);
    let json: Value = serde_json::from_str(&written("json", &project, &assessment(), &playbook)).unwrap();
    assert_eq!(json["deferred"], serde_json::json!(["shop", "db"]));
    for dark in [false, true] {
        let drawing = drawn(&project, &assessment(), &playbook, Look { dark, ..Look::default() });
        let (_, words) = xml::read(&drawing);
        assert_eq!(words.matches("Later").count(), 3, "two cards and the class of the legend: {words}");
    }
}

#[test]
fn a_sheet_without_services_can_be_exported() {
    let engine = small_playbook::engine();
    let mut empty = Project::new("");
    for project in [Project::new("Empty"), {
        empty.apply(&Edit::PutComponent("db".into(), Component::new("DB", ComponentKind::Redis, None)));
        empty
    }] {
        let assessment = engine.assess(&project);
        let json: Value = serde_json::from_str(&written("json", &project, &assessment, &engine.playbook)).unwrap();
        assert_eq!(json["verdict"]["kind"], "none");
        assert_eq!(json["estimate"]["budget_usd"]["p90"], 0.0);
        assert!(rows_of(&written("csv", &project, &assessment, &engine.playbook)).is_empty());
        assert!(written("md", &project, &assessment, &engine.playbook).contains("there is no service yet"));
        xml::read(&written("svg", &project, &assessment, &engine.playbook));
    }
}

#[test]
fn no_name_breaks_out_of_the_drawing() {
    let (playbook, assessment) = (playbook(), assessment());
    let plain = xml::read(&written("svg", &plan("Shop"), &assessment, &playbook)).0;
    let hostile = "</text><script>alert('1')</script>&nbsp;\u{0}\u{1b}\u{ffff}\" onload=\"x <!-- ]]> 中文 😀";
    let mut project = plan(hostile);
    project.name = hostile.to_owned();
    let note_rect = Rect::from_origin_size((0.0, 400.0), (200.0, 90.0));
    let note = StickyNote::new(&format!("{hostile}\n{hostile}"), note_rect);
    project.apply(&Edit::PutNote("note".into(), note));
    let frame = Boundary::new(hostile, Rect::new(0.0, 0.0, 300.0, 300.0));
    project.apply(&Edit::PutBoundary("frame".into(), frame));
    let mut link = (*project.connections["shop-to-db"]).clone();
    link.label = hostile.to_owned();
    project.apply(&Edit::PutConnection("shop-to-db".into(), link));
    for word in ["framework", "confidence", "effort", "cost", "findings", "trait:tables", "trait:changes"] {
        let perspective: Perspective = word.parse().unwrap();
        let look = Look { perspective: &perspective, dark: true, seam: true };
        let (names, words) = xml::read(&drawn(&project, &assessment, &playbook, look));
        assert!(!names.iter().any(|name| name == "script"), "{word}");
        assert!(names.len() > plain.len() / 2 && words.contains("alert(&apos;1&apos;)"), "{word}");
    }
}

#[test]
fn the_drawing_says_what_the_canvas_shows() {
    let (playbook, assessment, project) = (playbook(), assessment(), plan("Shop"));
    let text = written("svg", &project, &assessment, &playbook);
    let (_, words) = xml::read(&text);
    for shown in ["Plan | 2027", "Shop", "Plus 93 %", "Legend: Framework", "Crosses from Plus to Fast: Queue"] {
        assert!(words.contains(shown), "{shown} is not in\n{words}");
    }
    let look = Look { seam: false, ..Look::default() };
    assert!(!drawn(&project, &assessment, &playbook, look).contains("Crosses from"));
    let cost = Look { perspective: &Perspective::Cost, ..Look::default() };
    let (light, dark) = (
        drawn(&project, &assessment, &playbook, cost),
        drawn(&project, &assessment, &playbook, Look { dark: true, ..cost }),
    );
    assert!(light.contains(&groundplan::palette::LIGHT.canvas.to_string()));
    assert!(dark.contains(&groundplan::palette::DARK.canvas.to_string()));
    for text in [light, dark] {
        assert!(text.contains(">$38.9K</text>"), "{text}");
    }
}

#[test]
fn a_long_name_is_whole_in_the_picture() {
    let mut project = Project::new("Long names");
    let names = [
        ("shop", "Customer notification and preference management service (legacy)", ComponentKind::RestApi),
        ("desk", "Order fulfilment orchestration and carrier dispatch service", ComponentKind::DomainService),
        ("db", "PostgreSQL primary for orders, customers and reporting", ComponentKind::RelationalDatabase),
    ];
    for (place, (id, name, kind)) in names.into_iter().enumerate() {
        let at = kurbo::Point::new(place as f64 * 240.0, 0.0);
        project.apply(&Edit::PutComponent(id.into(), Component::new(name, kind, Some(at))));
    }
    let svg = drawn(&project, &Assessment::default(), &playbook(), Look::default());
    for (_, name, _) in names {
        let group = svg.split("<g>").find(|group| group.starts_with(&format!("<title>{name}"))).unwrap();
        let texts = group.split("</text>").filter_map(|text| text.split_once("<text ")?.1.split_once('>'));
        let written: Vec<&str> = texts.map(|(_, text)| text).collect();
        assert!(written.join(" ").starts_with(name), "{written:?}");
    }
}
