//! Who is late in a network of services, why, and what is offered against it.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use groundplan::{
    assess::{
        Finding,
        capacity::{Capacity, ServiceCapacity, TargetVerdict},
    },
    explain::capacity as words,
    project::{ComponentId, Edit, Project, TraitValue},
};
use proptest::prelude::*;

use crate::network::{ENGINE, Plan, any_plan, capacity, front_and_back};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn every_target_that_is_missed_is_a_finding_and_its_fixes_mend_it(project in any_plan()) {
        fixes_mend(&project);
    }
}

const LATE: [&str; 5] =
    ["calls-in-a-row", "target-out-of-reach", "target-below-one-call", "too-few-workers", "target-missed"];

fn about<'f>(findings: &'f [Finding], id: &str) -> Vec<&'f Finding> {
    let element = groundplan::project::ElementId::Component(id.into());
    findings
        .iter()
        .filter(|finding| LATE.contains(&finding.rule.as_str()) && finding.elements.first() == Some(&element))
        .collect()
}

fn is_late(service: &ServiceCapacity) -> bool {
    service.load.rate_per_s.is_some() && service.target_s.is_some() && service.fails()
}

fn with(project: &Project, edits: &[Edit]) -> Project {
    let mut changed = project.clone();
    for edit in edits {
        changed.apply(edit);
    }
    changed
}

/// Every finding of who is late offers only what brings it in time, and of each sort of change one that does, if any does.
#[track_caller]
fn fixes_mend(project: &Project) {
    let assessment = ENGINE.assess(project);
    let capacity = ENGINE.capacity(project, &assessment);
    for (id, _) in capacity.services.iter().filter(|(_, service)| is_late(service)) {
        let found = about(&assessment.findings, id.as_str());
        assert!(!found.is_empty(), "{id} is late and nothing says so: {:?}", capacity.services[id]);
        for finding in found {
            assert_eq!(finding.fixes.is_empty(), finding.why.contains("No single change"), "{finding:?}");
            for fix in &finding.fixes {
                let mended = with(project, &fix.edits);
                let after = ENGINE.assess(&mended);
                let then = ENGINE.capacity(&mended, &after);
                assert!(!is_late(&then.services[id]), "{id}: {} does not: {:?}", fix.label, finding.message);
                let again = about(&after.findings, id.as_str());
                assert!(again.iter().all(|again| again.rule != finding.rule), "{}: {again:?}", fix.label);
            }
            // What a rule offers is enough, if something of it is.
            if finding.fixes.is_empty() || finding.rule.as_str() == "target-missed" {
                for (sort, edits) in changes(project, &capacity, id) {
                    let then = self::capacity(&with(project, &edits));
                    let offered = finding.fixes.iter().flat_map(|fix| &fix.edits).any(|edit| sort.is_that_of(id, edit));
                    assert!(is_late(&then.services[id]) || offered, "{id}: {edits:?} is left out: {finding:?}");
                }
            }
        }
    }
}

/// Sorts of changes, one of each of which is offered if it helps.
#[derive(Debug)]
enum Sort {
    Workers,
    Together,
    Pin(groundplan::project::FrameworkId),
}

impl Sort {
    fn is_that_of(&self, id: &ComponentId, edit: &Edit) -> bool {
        match (self, edit) {
            (Self::Workers, Edit::SetTrait(_, name, _)) => name.as_str() == "workers",
            (Self::Together, Edit::SetTrait(of, name, _)) => of == id && name.as_str() == "calls-together",
            (Self::Pin(framework), Edit::SetPin(of, Some(to))) => of == id && to == framework,
            _ => false,
        }
    }
}

/// Every change of these sorts that somebody may think of, for a service that is late.
fn changes(project: &Project, capacity: &Capacity, id: &ComponentId) -> Vec<(Sort, Vec<Edit>)> {
    let mut behind = vec![id.clone()];
    let mut next = 0;
    while let Some(service) = behind.get(next).map(|id| &capacity.services[id]) {
        let callees: Vec<ComponentId> = service.calls.iter().filter_map(|call| call.callee.clone()).collect();
        for callee in callees {
            if !behind.contains(&callee) {
                behind.push(callee);
            }
        }
        next += 1;
    }
    let set = |of: &ComponentId, name: &str, value| vec![Edit::SetTrait(of.clone(), name.into(), Some(value))];
    let mut changes = vec![(Sort::Together, set(id, "calls-together", TraitValue::Flag(true)))];
    for of in &behind {
        let has = capacity.services[of].planned().unwrap().deployment.processes;
        for count in [has + 1, has * 2, has * 4, has * 8] {
            changes.push((Sort::Workers, set(of, "workers", TraitValue::Number(count as f64))));
        }
    }
    let own = project.components[id].pin.clone();
    for framework in ENGINE.playbook.frameworks.keys().filter(|framework| Some(*framework) != own.as_ref()) {
        changes.push((Sort::Pin(framework.clone()), vec![Edit::SetPin(id.clone(), Some(framework.clone()))]));
    }
    changes
}

/// A plan may have more of what is late than is tried while somebody types. What was not tried is not said to be in vain.
#[test]
fn what_stays_late_and_what_was_not_tried_are_told_apart() {
    let mut plan = Plan(Project::new("Plan"));
    plan = plan.service("hopeless", "fastapi", &[("requests-peak", 10.0), ("latency-target", 50.0)]).outside("far");
    plan = plan.call("hopeless", "far", 1.0, Some(1e7));
    for at in 0..120 {
        let (front, back) = (format!("front{at}"), format!("back{at}"));
        plan = plan
            .service(&front, "fastapi", &[("requests-peak", 60.0), ("latency-target", 60.0)])
            .service(&back, "fastapi", &[("cpu-per-request", 10.0), ("workers", 1.0)])
            .call(&front, &back, 1.0, None);
    }
    let findings = ENGINE.assess(&plan.0).findings;
    let why = |id: &str| {
        let [finding] = about(&findings, id)[..] else { panic!("{id}: {findings:?}") };
        (finding.why.as_str(), finding.fixes.len())
    };
    let (first, last) = (why("front0"), why("front119"));
    assert!(first.1 > 0 && !first.0.contains("No single change") && !first.0.contains("not tried"), "{first:?}");
    assert!(last.1 == 0 && last.0.contains("was not tried") && !last.0.contains("No single change"), "{last:?}");
    let hopeless = why("hopeless");
    assert!(!hopeless.0.contains("not tried"), "{hopeless:?}");
    let told = (0..120).map(|at| why(&format!("front{at}")));
    assert!(told.clone().all(|(why, fixes)| fixes > 0 || why.contains("tried")), "{:?}", told.collect::<Vec<_>>());
}

#[test]
fn who_is_to_blame_for_what_is_late_is_said_as_it_is() {
    let plan = |target_ms: f64, cpu_ms: f64| {
        Plan::sending(1.0, "front")
            .service("front", "fastapi", &[("latency-target", target_ms), ("cpu-per-request", cpu_ms)])
            .service("back", "fastapi", &[("cpu-per-request", 60.0)])
            .call("front", "back", 1.0, None)
    };
    let told = |plan: Plan| {
        let capacity = plan.capacity();
        words::target_of(&ENGINE.playbook, &plan.0, &capacity.services["front"]).unwrap()
    };
    let (own, both, other) = (told(plan(50.0, 70.0)), told(plan(129.0, 70.0)), told(plan(50.0, 1.0)));
    assert!(own.contains("as computing alone takes 70"), "{own}");
    assert!(both.contains("what it waits for and computes") || both.contains("one request alone takes"), "{both}");
    assert!(other.contains("one request alone takes 6"), "{other}");
    let findings = ENGINE.assess(&plan(135.0, 70.0).0).findings;
    let said = about(&findings, "front").iter().map(|finding| finding.message.clone()).collect::<Vec<_>>();
    assert!(said.iter().any(|said| said.contains("as what it waits for and its own computing take")), "{said:?}");
}

#[test]
fn who_is_late_because_of_others_is_told_what_mends_it() {
    let plan = front_and_back();
    fixes_mend(&plan.0);
    let findings = ENGINE.assess(&plan.0).findings;
    let [finding] = about(&findings, "front")[..] else { panic!("{findings:?}") };
    assert_eq!(finding.rule.as_str(), "target-missed");
    assert!(finding.message.contains("as what it waits for takes that long, and 60 ms are due"), "{}", finding.message);
    assert!(finding.fixes[0].label.starts_with("back: Set \"Workers it has\" to 2 processes: "), "{:?}", finding.fixes);
    assert!(finding.fixes[0].label.ends_with("a month more"), "{:?}", finding.fixes);
}

/// Where the plan makes its calls at once anyhow, nobody is asked to; a target that is set to what a call takes is one that is met.
#[test]
fn fixes_are_for_what_is_planned() {
    let two_calls = |target_ms: f64, first_ms: f64| {
        Plan::sending(50.0, "a")
            .service("a", "django", &[("latency-target", target_ms)])
            .outside("x")
            .outside("y")
            .call("a", "x", 1.0, Some(first_ms))
            .call("a", "y", 1.0, Some(200.0))
    };
    let met = two_calls(300.0, 200.0);
    assert_eq!(met.capacity().services["a"].chosen().unwrap().target, TargetVerdict::Met);
    assert_eq!(about(&ENGINE.assess(&met.0).findings, "a"), [] as [&Finding; 0]);
    for plan in [two_calls(100.0, 200.0), two_calls(203.0, 200.0), two_calls(450.0, 449.0)] {
        fixes_mend(&plan.0);
    }
}

/// A target speaks of 95 of 100 requests: a call that one request in five makes is whole for them, and one in fifty is none.
#[test]
fn calls_that_only_some_requests_make_count_as_in_the_target() {
    let late = |calls: f64, target_ms: f64| {
        let plan = Plan::sending(5.0, "a").service("a", "django", &[("latency-target", target_ms)]);
        let plan = plan.outside("x").outside("y").call("a", "x", calls, Some(200.0)).call("a", "y", calls, Some(200.0));
        let findings = ENGINE.assess(&plan.0).findings;
        let found: Vec<String> = about(&findings, "a").iter().map(|finding| finding.message.clone()).collect();
        let capacity = plan.capacity();
        let planned = capacity.services["a"].planned().unwrap().answers.p95_s().unwrap();
        (found, planned)
    };
    // One in five makes either call, 4 in 100 make both; together that is 200 ms for 95 of 100.
    let (found, p95_s) = late(0.2, 100.0);
    assert!(!found.is_empty() && (0.2..0.21).contains(&p95_s), "{found:?} {p95_s}");
    assert!(found.iter().all(|message| !message.contains("together 0 ms")), "{found:?}");
    assert_eq!(late(0.2, 300.0).0, [] as [String; 0]);
    // On average 8 ms, and nobody but four in a hundred waits at all.
    assert_eq!(late(0.02, 5.0).0, [] as [String; 0]);
}

/// Too few workers are a finding without a target as well, and its fixes say what they cost.
#[test]
fn too_few_workers_tell_what_more_of_them_cost() {
    let plan = Plan::sending(200.0, "a").service("a", "django", &[("workers", 1.0), ("cpu-per-request", 20.0)]);
    let findings = ENGINE.assess(&plan.0).findings;
    let [finding] = about(&findings, "a")[..] else { panic!("{findings:?}") };
    let before = plan.capacity().totals.usd_per_month;
    let fix = &finding.fixes[0];
    let after = capacity(&with(&plan.0, &fix.edits)).totals.usd_per_month;
    let told = format!("${:.0} a month more", after - before);
    assert!(fix.label.ends_with(&told), "{} and {told}", fix.label);
}
