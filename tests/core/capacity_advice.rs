//! What capacity says to the advice: targets that are missed as evidence, and findings whose fixes say by how much they help.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::sync::LazyLock;

use groundplan::{
    assess::{ComponentAdvice, Engine, Finding, reasons_for},
    playbook::{self, Playbook, PlaybookFile, builtin_files},
    project::{Edit, Project, TraitValue},
};

use crate::common::{builtin, small_playbook as small};
use small::service;

static ENGINE: LazyLock<Engine> = LazyLock::new(builtin::engine);

/// A service that makes calls of 120 ms and is due within so many milliseconds.
fn calling(calls: f64, target_ms: f64) -> Project {
    let mut project = Project::new("Plan");
    let numbers = [("latency-target", target_ms), ("external-calls", calls), ("external-latency", 120.0)];
    service(&mut project, "api", &numbers, &[]);
    project
}

fn with_flag(mut project: Project, id: &str, flag: bool) -> Project {
    project.apply(&Edit::SetTrait("api".into(), id.into(), Some(TraitValue::Flag(flag))));
    project
}

fn advice(project: &Project) -> ComponentAdvice {
    ENGINE.assess(project).components["api"].clone()
}

fn late(project: &Project, criterion: &str) -> Option<(f64, String)> {
    let reasons = advice(project).reasons;
    let reason = reasons.iter().find(|reason| reason.criterion.as_str() == criterion)?;
    Some((reason.strength, reason.label.clone()))
}

/// 2 x 120 ms in a row is 240 and some computing: the later it is for its target, the more it says, without a cliff.
#[test]
fn an_answer_that_is_late_in_a_row_speaks_for_calls_that_go_out_together() {
    let strength =
        |target_ms: f64| late(&calling(2.0, target_ms), "late-in-a-row").map_or(0.0, |(strength, _)| strength);
    assert_eq!([300.0, 250.0].map(strength), [0.0, 0.0]);
    let rising: Vec<f64> = [240.0, 220.0, 200.0, 150.0].into_iter().map(strength).collect();
    assert!(rising.windows(2).all(|pair| pair[0] < pair[1]) && rising[0] > 0.0 && rising[3] < 1.0, "{rising:?}");
    let (_, label) = late(&calling(2.0, 200.0), "late-in-a-row").unwrap();
    assert_eq!(label, "243 ms an answer where calls wait for each other");
    // Where even calls that go out together are late, or one call alone is, it says less and nothing.
    assert_eq!(strength(20.0), 0.0);
    // Whoever says that calls go out together, or that nobody is to wait, is not late.
    assert_eq!(late(&with_flag(calling(2.0, 200.0), "calls-together", true), "late-in-a-row"), None);
    assert_eq!(late(&calling(1.0, 200.0), "late-in-a-row"), None);
    // Where they are made to wait for each other, they do so on every framework.
    assert_eq!(late(&with_flag(calling(2.0, 200.0), "calls-together", false), "late-in-a-row"), None);
    // It counts for one family, and contributions add up to the score.
    for target_ms in [120.0, 200.0, 300.0] {
        let advice = advice(&calling(3.0, target_ms));
        for score in &advice.scores {
            let sum: f64 =
                reasons_for(&ENGINE.playbook, &advice, &score.framework).iter().map(|reason| reason.decibans).sum();
            assert!((score.prior_db + sum - score.score_db).abs() < 1e-9, "{}", score.framework);
        }
    }
}

#[test]
fn a_target_below_what_any_code_costs_speaks_louder() {
    let mut project = Project::new("Plan");
    service(&mut project, "api", &[("latency-target", 0.5)], &[]);
    let (strength, label) = late(&project, "late-on-any-server").unwrap();
    assert!(strength > 0.0 && label.starts_with("2 ms"), "{strength} {label}");
    assert_eq!(late(&calling(0.0, 5.0), "late-on-any-server"), None);
}

/// What a project measured on machines of its own is evidence at once, also where an assessment goes on from the one before.
#[test]
fn machines_of_a_project_move_its_evidence() {
    let mut project = Project::new("Plan");
    service(&mut project, "api", &[("latency-target", 2.0)], &[]);
    let before = ENGINE.assess(&project);
    let mut slower = project.clone();
    let figures = groundplan::project::ServerFigures { base_ms: Some(30.0), ..Default::default() };
    for server in ["django-sync", "django-threads", "django-async", "drf-sync"] {
        slower.assumptions.machines.servers.insert(server.to_owned(), figures.clone());
    }
    assert!(late(&project, "late-on-any-server").is_none() && late(&slower, "late-on-any-server").is_some());
    assert_eq!(ENGINE.assess_again(&slower, &project, &before), ENGINE.assess(&slower));
}

/// The change that turns a verdict is found on the same straight pieces: to apply it turns it.
#[test]
fn what_would_turn_it_counts_what_is_late() {
    let mut project = calling(2.0, 200.0);
    // Close enough that a few decibans turn it.
    let mut of_capacity = 0;
    for tables in 0..60 {
        project.apply(&Edit::SetTrait("api".into(), "tables".into(), Some(TraitValue::Number(f64::from(tables)))));
        for flip in ENGINE.turning(&project, &"api".into()).single {
            let of = ["latency-target", "calls-together", "external-latency", "external-calls"];
            of_capacity += usize::from(flip.changes.iter().any(|change| of.contains(&change.trait_id.as_str())));
            let mut turned = project.clone();
            for change in &flip.changes {
                turned.apply(&Edit::SetTrait("api".into(), change.trait_id.clone(), Some(change.to.clone())));
            }
            assert_eq!(ENGINE.assess(&turned).components["api"].framework, flip.to, "{tables}: {:?}", flip.changes);
        }
    }
    assert!(of_capacity > 0, "nothing of it is turned by what is late");
}

fn finding(project: &Project, rule: &str) -> Option<Finding> {
    ENGINE.assess(project).findings.into_iter().find(|finding| finding.rule.as_str() == rule)
}

fn pinned(mut project: Project, framework: &str) -> Project {
    project.apply(&Edit::SetPin("api".into(), Some(framework.into())));
    project
}

#[test]
fn fixes_of_a_late_service_say_by_how_much_they_help() {
    let labels = |project: &Project, rule: &str| {
        let fixes = finding(project, rule).map(|finding| finding.fixes).unwrap_or_default();
        fixes.into_iter().map(|fix| fix.label).collect::<Vec<_>>()
    };
    let row = pinned(calling(2.0, 200.0), "django");
    assert_eq!(
        labels(&row, "calls-in-a-row"),
        ["Tag \"Calls go out together\": 123 ms instead of 244", "Pin to FastAPI: 122 ms instead of 244"]
    );
    // It is the code and not the framework: the same is said of FastAPI that awaits one call after the other.
    let awaits = pinned(with_flag(calling(2.0, 200.0), "calls-together", false), "fastapi");
    assert_eq!(labels(&awaits, "calls-in-a-row"), ["Tag \"Calls go out together\": 122 ms instead of 242"]);
    // What stays too late is not offered as a way out.
    assert_eq!(labels(&pinned(calling(2.0, 121.5), "django"), "calls-in-a-row"), [] as [&str; 0]);
    for project in [row, awaits] {
        for fix in finding(&project, "calls-in-a-row").unwrap().fixes {
            let mut mended = project.clone();
            fix.edits.iter().for_each(|edit| mended.apply(edit));
            assert_eq!(finding(&mended, "calls-in-a-row"), None, "{}", fix.label);
            assert_eq!(finding(&mended, "target-out-of-reach"), None, "{}", fix.label);
        }
    }
}

/// Two calls of 120 ms that wait for each other hold a worker for a quarter of a second: 40 a second take ten of them.
fn settled(workers: f64, framework: &str) -> Project {
    let mut project = pinned(calling(2.0, 400.0), framework);
    for (id, value) in [("requests-peak", 40.0), ("workers", workers)] {
        project.apply(&Edit::SetTrait("api".into(), id.into(), Some(TraitValue::Number(value))));
    }
    project
}

#[test]
fn workers_that_are_settled_stay_and_what_they_lack_is_said() {
    let one = settled(1.0, "django");
    let capacity = ENGINE.capacity(&one, &ENGINE.assess(&one));
    let service = &capacity.services["api"];
    for server in &service.servers {
        assert_eq!(server.plan.unwrap().deployment.processes, 1, "{}", server.server);
        assert!(server.needs.unwrap().processes >= 1);
    }
    assert_eq!(service.workers, Some(1));
    // Sixteen threads hold what comes, so the first that holds is taken and nothing is lacking.
    assert!(!service.fails() && finding(&one, "too-few-workers").is_none());

    let mut more = settled(1.0, "django");
    more.apply(&Edit::SetTrait("api".into(), "requests-peak".into(), Some(TraitValue::Number(400.0))));
    let found = finding(&more, "too-few-workers").unwrap();
    assert!(found.message.contains("runs on Django with 1 of the 3 workers"), "{}", found.message);
    let capacity = ENGINE.capacity(&more, &ENGINE.assess(&more));
    assert!(capacity.services["api"].fails() && capacity.bottleneck.unwrap().headroom < 1.0);
    for fix in &found.fixes {
        let mut mended = more.clone();
        fix.edits.iter().for_each(|edit| mended.apply(edit));
        assert_eq!(finding(&mended, "too-few-workers"), None, "{}", fix.label);
        assert!(!ENGINE.capacity(&mended, &ENGINE.assess(&mended)).services["api"].fails(), "{}", fix.label);
    }
    let labels: Vec<&str> = found.fixes.iter().map(|fix| fix.label.as_str()).collect();
    assert!(labels[0].starts_with("Set \"Workers it has\" to "), "{labels:?}");
    assert!(labels.iter().any(|label| label.starts_with("Pin to FastAPI: at least 1 instead of ")), "{labels:?}");
}

#[test]
fn a_load_that_its_workers_cannot_carry_is_evidence_by_how_many_are_lacking() {
    let strength = |workers: f64| {
        let mut project = settled(workers, "django");
        project.apply(&Edit::SetPin("api".into(), None));
        project.apply(&Edit::SetTrait("api".into(), "requests-peak".into(), Some(TraitValue::Number(300.0))));
        late(&project, "too-few-workers").map_or(0.0, |(strength, _)| strength)
    };
    // 300/s hold 72.7 slots on sixteen threads a process: 4.5 of these.
    assert_eq!([6.0, 5.0].map(strength), [0.0, 0.0]);
    assert!(strength(4.0) > 0.2 && strength(4.0) < 0.4 && strength(3.0) > strength(4.0) && strength(2.0) == 1.0);
}

/// The built-in playbook with one file in another wording.
fn reworded(file: &str, from: &str, to: &str) -> Result<Playbook, Vec<playbook::PlaybookProblem>> {
    let files: Vec<PlaybookFile> = builtin_files()
        .into_iter()
        .map(|one| {
            let text = if one.name == file { one.text.replacen(from, to, 1) } else { one.text };
            PlaybookFile { name: one.name, text }
        })
        .collect();
    playbook::load(&files)
}

#[test]
fn slips_in_what_is_asked_of_servers_are_told() {
    for (file, from, to, says) in [
        ("criteria.ron", "on: [\"fastapi-async\"]", "on: [\"fastapi-asinc\"]", "did you mean \"fastapi-async\"?"),
        ("criteria.ron", "on: [\"fastapi-async\"]", "on: []", "at least one server"),
        ("criteria.ron", "[(0, 0), (100, 1)]", "[(0, 0)]", "at least two points"),
        ("capacity.ron", "target: \"latency-target\",", "", "names the trait with the target"),
        (
            "work_items.ron",
            "when: always",
            "when: misses_target(on: [\"django-sync\"], late_ms: [(0, 0), (1, 1)])",
            "for criteria and rules",
        ),
        ("claims.ron", "of: (server: \"fastapi-async\"", "of: (server: \"fastapi-asink\"", "did you mean"),
        ("claims.ron", "figure: per_s, measured: 1)", "figure: busy, measured: 1)", "how busy it is a `rate`"),
    ] {
        let problems = reworded(file, from, to).unwrap_err();
        assert!(problems.iter().any(|problem| problem.to_string().contains(says)), "{says}: {problems:?}");
    }
}
