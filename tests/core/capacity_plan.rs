//! Capacity of whole plans: loads along connections, servers, targets, other circumstances.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::common::{builtin, small_playbook as small};
use builtin::preset;
use groundplan::{
    assess::{
        Engine,
        capacity::{
            Answers, Capacity, Fate, LoadSource, MOST_SILENT, Missing, ServerCapacity, ServiceCapacity, TargetVerdict,
            WhatIf,
        },
    },
    explain,
    project::{Component, ComponentKind, ConnectionId, Edit, Project, Protocol, TraitValue},
    session::{Action, Session},
    storage::{read_project, to_text},
};
use small::{link, resource, service, set};

fn capacity(engine: &Engine, project: &Project) -> Capacity {
    engine.capacity(project, &engine.assess(project))
}

fn on<'a>(service: &'a ServiceCapacity, server: &str) -> &'a ServerCapacity {
    service.servers.iter().find(|one| one.server.as_str() == server).unwrap()
}

fn number(project: &mut Project, id: &str, name: &str, value: f64) {
    set(project, id, name, TraitValue::Number(value));
}

/// A link with so many calls for each request, each of so many milliseconds.
fn call(project: &mut Project, from: &str, to: &str, calls: f64, latency_ms: Option<f64>) -> ConnectionId {
    let id = link(project, from, to, Protocol::Http);
    let mut changed = (*project.connections[&id]).clone();
    (changed.calls_per_request, changed.latency_ms) = (Some(calls), latency_ms);
    project.apply(&Edit::PutConnection(id.clone(), changed));
    id
}

#[test]
fn the_prediction_service_comes_out_as_the_page_argues_once_the_models_time_is_known() {
    let engine = builtin::engine();
    let mut project = preset("delivery-prediction");
    let before = capacity(&engine, &project);
    let service = &before.services["prediction-api"];
    assert_eq!((service.load.rate_per_s, &service.load.source), (Some(41.7), &LoadSource::Peak));
    assert_eq!(service.missing, [Missing::Trait("inference-time".into())]);
    let (gathered, in_a_row) = (on(service, "fastapi-async"), on(service, "django-sync"));
    assert!((gathered.demand.wait_s - 0.12).abs() < 1e-9 && (gathered.in_a_row_s - 0.24).abs() < 1e-9);
    assert_eq!((gathered.target, in_a_row.target), (TargetVerdict::Unknown, TargetVerdict::Missed));
    assert_eq!(service.chosen().unwrap().server.as_str(), "fastapi-async");

    for (model_ms, one_process_does) in [(5.0, true), (20.0, false)] {
        number(&mut project, "prediction-api", "inference-time", model_ms);
        let after = capacity(&engine, &project);
        let server = after.services["prediction-api"].chosen().unwrap();
        assert_eq!(server.target, TargetVerdict::Met, "{model_ms} ms");
        assert_eq!(server.single.answers.p95_s().unwrap() <= 0.2, one_process_does, "{model_ms} ms");
        assert_eq!(server.plan.unwrap().deployment.processes, if one_process_does { 1 } else { 2 });
    }
}

#[test]
fn a_hundred_messages_a_second_are_at_most_two_processes_whatever_they_run_on() {
    let engine = builtin::engine();
    let plan = capacity(&engine, &preset("factory-telemetry"));
    let service = &plan.services["telemetry-ingestion"];
    assert_eq!(service.load.rate_per_s, Some(100.0));
    assert_eq!((service.request.inserts, service.request.handovers), (1.0, 1.0));
    for server in &service.servers {
        let plan = server.plan.unwrap();
        assert!(plan.deployment.processes <= 2, "{}: {plan:?}", server.server);
        assert!(plan.utilisation.unwrap() <= 0.7, "{}: {plan:?}", server.server);
    }
    assert_eq!(
        plan.bottleneck.map(|bottleneck| bottleneck.component.to_string()).as_deref(),
        Some("telemetry-ingestion")
    );
    // Devices and their interval say the same where nobody says a rate.
    let mut project = preset("factory-telemetry");
    for name in ["requests-peak", "requests-mean"] {
        project.apply(&Edit::SetTrait("telemetry-ingestion".into(), name.into(), None));
    }
    let load = capacity(&engine, &project).services["telemetry-ingestion"].load.clone();
    assert_eq!(load.source, LoadSource::Devices { devices: 500.0, interval_s: 5.0 });
    assert_eq!(load.rate_per_s, Some(100.0));
}

#[test]
fn loads_go_along_connections_and_what_is_unknown_stays_so() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    for (id, kind) in
        [("app", ComponentKind::Client), ("web", ComponentKind::Client), ("queue", ComponentKind::MessageQueue)]
    {
        resource(&mut project, id, kind);
    }
    for id in ["gateway", "orders", "mailer", "lonely", "later"] {
        service(&mut project, id, &[], &[]);
    }
    call(&mut project, "app", "gateway", 1.0, None);
    let twice = call(&mut project, "gateway", "orders", 2.0, None);
    link(&mut project, "orders", "queue", Protocol::Queue);
    link(&mut project, "queue", "mailer", Protocol::Queue);
    call(&mut project, "gateway", "later", 1.0, None);
    project.apply(&Edit::SetDeferred("later".into(), true));
    let unknown = capacity(&engine, &project);
    assert!(unknown.services.values().all(|service| service.load.rate_per_s.is_none()));
    assert!(
        unknown
            .services
            .values()
            .all(|service| service.planned().is_some_and(|one| matches!(one.answers, Answers::Alone(_))))
    );
    assert_eq!(unknown.services["gateway"].load.silent_callers, ["app".into()], "whom to ask");
    assert_eq!((unknown.bottleneck, unknown.totals.unknown), (None, 4));

    number(&mut project, "app", "requests-peak", 50.0);
    let known = capacity(&engine, &project);
    let rate = |id: &str| known.services[id].load.rate_per_s;
    assert_eq!(
        [rate("gateway"), rate("orders"), rate("mailer"), rate("lonely")],
        [Some(50.0), Some(100.0), Some(100.0), None]
    );
    assert_eq!(known.rates_per_s[&twice], Some(100.0));
    assert!(!known.services.contains_key("later"), "what is put off is not there");

    // A second caller who says nothing makes it the least there can be; its own trait goes before all callers.
    call(&mut project, "web", "gateway", 1.0, None);
    let least = capacity(&engine, &project);
    assert!(least.services["gateway"].load.is_least() && least.services["mailer"].load.is_least());
    number(&mut project, "gateway", "requests-mean", 80.0);
    let own = capacity(&engine, &project).services["gateway"].load.clone();
    assert_eq!((own.rate_per_s, own.source, own.callers_per_s), (Some(80.0), LoadSource::Mean, Some(50.0)));
}

/// What is known of a load is the least there is where somebody does not say his: then nothing is promised.
#[test]
fn nothing_is_promised_where_more_may_come_than_is_known() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    for (id, kind) in
        [("app", ComponentKind::Client), ("other", ComponentKind::Client), ("shop", ComponentKind::RestApi)]
    {
        let component = Component::new(id, kind, None);
        project.apply(&Edit::PutComponent(id.into(), component));
    }
    number(&mut project, "app", "requests-peak", 10.0);
    number(&mut project, "shop", "latency-target", 200.0);
    call(&mut project, "app", "shop", 1.0, None);
    let known = capacity(&engine, &project);
    let met = known.services["shop"].chosen().unwrap().target;
    call(&mut project, "other", "shop", 1.0, None);
    let least = capacity(&engine, &project);
    let shop = &least.services["shop"];
    assert!(shop.load.is_least() && shop.load.rate_per_s == Some(10.0));
    assert_eq!((met, shop.chosen().unwrap().target), (TargetVerdict::Met, TargetVerdict::Unknown));
    let headline = explain::capacity::headline(&project, &least);
    assert!(headline.contains("at most") && headline.contains("not all is known"), "{headline}");
    assert!(
        explain::capacity::load(&engine.playbook, &project, &shop.load).contains("other does not say what it sends")
    );
}

#[test]
fn circles_are_cut_open_and_told() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    for id in ["a", "b", "c"] {
        service(&mut project, id, &[], &[]);
    }
    number(&mut project, "a", "requests-peak", 10.0);
    call(&mut project, "a", "b", 1.0, None);
    call(&mut project, "b", "c", 3.0, None);
    let back = call(&mut project, "c", "a", 1.0, None);
    let itself = call(&mut project, "b", "b", 5.0, None);
    let plan = capacity(&engine, &project);
    assert_eq!(plan.circles, [back, itself]);
    assert_eq!(plan.services["c"].load.rate_per_s, Some(30.0));
    assert!(plan.services.values().all(|service| service.planned().unwrap().answers.mean_s().is_some()));
}

#[test]
fn of_a_circle_that_does_not_say_how_often_nothing_is_claimed() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    resource(&mut project, "app", ComponentKind::Client);
    for id in ["a", "b", "after"] {
        service(&mut project, id, &[], &[]);
    }
    number(&mut project, "app", "requests-peak", 10.0);
    call(&mut project, "app", "a", 1.0, None);
    call(&mut project, "a", "b", 1.0, None);
    call(&mut project, "b", "after", 1.0, None);
    let back = link(&mut project, "b", "a", Protocol::Http);
    let plan = capacity(&engine, &project);
    assert!(plan.endless.is_empty() && plan.circles.contains(&back) && plan.rates_per_s[&back].is_none());
    for id in ["a", "b", "after"] {
        let load = &plan.services[id].load;
        assert_eq!((load.rate_per_s, load.is_least()), (Some(10.0), true), "{id}");
    }
    let headline = explain::capacity::headline(&project, &plan);
    assert!(headline.starts_with("Holds at most "), "{headline}");
    let told = explain::capacity::circles(&project, &plan).unwrap();
    assert!(told.ends_with("what it brings back is not counted until its calls per request are said"), "{told}");
}

#[test]
fn a_caller_waits_for_those_it_calls() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    resource(&mut project, "app", ComponentKind::Client);
    resource(&mut project, "maps", ComponentKind::ExternalApi);
    resource(&mut project, "db", ComponentKind::RelationalDatabase);
    for id in ["front", "quick", "slow"] {
        service(&mut project, id, &[("requests-peak", 5.0)], &[]);
        project.apply(&Edit::SetPin(id.into(), Some("django".into())));
    }
    call(&mut project, "app", "front", 1.0, None);
    call(&mut project, "front", "quick", 1.0, None);
    call(&mut project, "front", "slow", 2.0, None);
    link(&mut project, "quick", "db", Protocol::Database);
    let maps = call(&mut project, "slow", "maps", 1.0, None);
    let before = capacity(&engine, &project);
    assert_eq!(before.services["slow"].missing, [Missing::Latency(maps.clone())]);
    assert_eq!(before.services["front"].missing, [Missing::Callee("slow".into())]);
    assert!(!before.paths[0].complete);

    let mut changed = (*project.connections[&maps]).clone();
    changed.latency_ms = Some(300.0);
    project.apply(&Edit::PutConnection(maps, changed));
    let plan = capacity(&engine, &project);
    let alone = |id: &str, server: &str| on(&plan.services[id], server).demand.wait_s;
    let slow_s = plan.services["slow"].planned().unwrap().answers.mean_s().unwrap();
    let quick_s = plan.services["quick"].planned().unwrap().answers.mean_s().unwrap();
    assert!(slow_s > 0.3 && quick_s < 0.01);
    assert!((alone("front", "django-sync") - (2.0 * slow_s + quick_s)).abs() < 1e-9, "in a row");
    assert!((alone("front", "fastapi-async") - slow_s).abs() < 1e-9, "all at once");
    let path = &plan.paths[0];
    let stops: Vec<String> = path.steps.iter().map(|step| step.component.to_string()).collect();
    assert_eq!(
        (stops.join(" "), path.caller.as_ref().map(ToString::to_string)),
        ("front slow maps".to_owned(), Some("app".to_owned()))
    );
    let sum: f64 = path.steps.iter().map(|step| step.own_s).sum();
    assert!((sum - path.mean_s.unwrap()).abs() < 1e-9, "the stops add up to the whole");
    assert!(path.complete && path.p95_s > path.mean_s && path.p99_s > path.p95_s);
}

#[test]
fn calls_that_are_drawn_and_tagged_are_counted_once() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    resource(&mut project, "weather", ComponentKind::ExternalApi);
    service(
        &mut project,
        "api",
        &[("requests-peak", 5.0), ("external-calls", 3.0), ("databases-per-request", 2.0)],
        &[],
    );
    call(&mut project, "api", "weather", 1.0, Some(50.0));
    let open = capacity(&engine, &project);
    assert_eq!(
        open.services["api"].missing,
        [Missing::Trait("external-latency".into())],
        "of the two that are not drawn"
    );
    number(&mut project, "api", "external-latency", 20.0);
    let known = capacity(&engine, &project);
    let request = &known.services["api"].request;
    assert_eq!((request.call_count(), request.reads), (3.0, 2.0));
    assert!((request.calls_in_a_row_s() - 0.09).abs() < 1e-12 && (request.calls_at_once_s() - 0.05).abs() < 1e-12);
}

#[test]
fn other_circumstances_meet_the_workers_that_were_planned() {
    let engine = builtin::engine();
    let mut project = preset("delivery-prediction");
    number(&mut project, "prediction-api", "inference-time", 5.0);
    let assessment = engine.assess(&project);
    let now = engine.capacity(&project, &assessment);
    let same = engine.capacity_if(&project, &assessment, &WhatIf::default(), &now);
    assert_eq!(same, now);

    let peak = WhatIf { load_factor: 10.0, ..WhatIf::default() };
    let overrun = engine.capacity_if(&project, &assessment, &peak, &now);
    let planned = |plan: &Capacity| *plan.services["prediction-api"].planned().unwrap();
    assert_eq!(planned(&overrun).deployment, planned(&now).deployment);
    assert_eq!(planned(&overrun).answers, Answers::Unbounded);
    assert!(overrun.bottleneck.unwrap().headroom < 1.0 && now.bottleneck.as_ref().unwrap().headroom > 1.0);
    assert_eq!(overrun.paths[0].p95_s, None);

    let more = WhatIf { load_factor: 10.0, more_processes: vec![("prediction-api".into(), 4)], ..WhatIf::default() };
    let saved = engine.capacity_if(&project, &assessment, &more, &now);
    assert!(saved.services["prediction-api"].planned().unwrap().answers.mean_s().is_some());

    let slow = WhatIf::default().with_slow(&project, &"weather-api".into(), 1.0);
    let late = engine.capacity_if(&project, &assessment, &slow, &now);
    assert_eq!(late.services["prediction-api"].chosen().unwrap().target, TargetVerdict::Missed);
    assert!(planned(&late).answers.mean_s().unwrap() > 1.0);
}

#[test]
fn who_waits_for_what_is_gone_fails_and_who_hands_over_survives() {
    let engine = builtin::engine();
    let project = preset("monolith-decomposition");
    let fallout = engine.fallout(&project, &"order-processing".into());
    let fate = |id: &str| fallout.fates.iter().find(|(other, _)| other.as_str() == id).unwrap().1;
    assert_eq!([fate("inventory-sync"), fate("api-gateway"), fate("clients")], [Fate::Fails; 3]);
    assert_eq!([fate("notifications"), fate("monolith"), fate("user-management")], [Fate::Survives; 3]);
    assert!(fallout.against_isolation.contains(&"inventory-sync".into()));
    let queue = engine.fallout(&project, &"redis-queue".into());
    let fails: Vec<&str> =
        queue.fates.iter().filter(|(_, fate)| *fate == Fate::Fails).map(|(id, _)| id.as_str()).collect();
    let hands_over: Vec<&str> = project
        .connections
        .values()
        .filter(|link| link.to.as_str() == "redis-queue")
        .map(|link| link.from.as_str())
        .collect();
    assert!(
        !hands_over.is_empty() && hands_over.iter().all(|id| fails.contains(id)),
        "nobody takes what is handed over: {fails:?}"
    );
    let reader = engine.fallout(&project, &"notifications".into());
    assert_eq!(reader.count(Fate::Fails), 0, "whoever hands over does not wait for who takes it");
    assert_eq!(engine.fallout(&project, &"nobody".into()).fates, []);
    // Where most requests need it not, only a part fails, also further up.
    let mut project = Project::new("Plan");
    for id in ["a", "b", "c"] {
        service(&mut project, id, &[], &[]);
    }
    call(&mut project, "a", "b", 1.0, None);
    call(&mut project, "b", "c", 0.2, None);
    let fallout = engine.fallout(&project, &"c".into());
    assert_eq!(fallout.fates, [("a".into(), Fate::FailsInPart), ("b".into(), Fate::FailsInPart)]);
}

#[test]
fn a_service_that_waits_for_one_that_is_overrun_is_held_up() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    for id in ["front", "back"] {
        service(&mut project, id, &[("requests-peak", 100.0)], &[]);
    }
    call(&mut project, "front", "back", 1.0, None);
    let assessment = engine.assess(&project);
    let now = engine.capacity(&project, &assessment);
    number(&mut project, "back", "requests-peak", 1e6);
    let overrun = engine.capacity_if(&project, &assessment, &WhatIf::default(), &now);
    assert_eq!(overrun.services["front"].held_up_by, Some("back".into()));
    assert_eq!(overrun.services["front"].planned().unwrap().answers, Answers::Unbounded);
}

#[test]
fn long_chains_and_large_plans_are_no_trouble() {
    let engine = builtin::engine();
    let mut project = Project::new("Chain");
    service(&mut project, "s0", &[("requests-peak", 1.0)], &[]);
    for i in 1..2_000 {
        service(&mut project, &format!("s{i}"), &[], &[]);
        call(&mut project, &format!("s{}", i - 1), &format!("s{i}"), 1.0, None);
    }
    let mut assessment = engine.assess(&Project::new("Nothing"));
    assessment.components.clear();
    let plan = engine.capacity(&project, &assessment);
    assert_eq!(plan.services["s1999"].load.rate_per_s, Some(1.0));
    assert_eq!(engine.fallout(&project, &"s1999".into()).count(Fate::Fails), 1_999);
}

#[test]
fn a_playbook_without_servers_says_nothing_of_capacity() {
    let engine = small::engine();
    let mut project = Project::new("Plan");
    service(&mut project, "a", &[("tables", 3.0)], &[]);
    assert_eq!(engine.capacity(&project, &engine.assess(&project)), Capacity::default());
}

#[test]
fn a_session_keeps_the_answer_until_the_plan_changes() {
    let engine = std::sync::Arc::new(builtin::engine());
    let project = preset("factory-telemetry");
    let mut session = Session::new(std::sync::Arc::clone(&engine), project.clone(), None);
    assert_eq!(session.capacity(), &capacity(&engine, &project));
    let peak = WhatIf { load_factor: 3.0, ..WhatIf::default() };
    let under_peak = session.capacity_if(&peak);
    assert!(
        std::sync::Arc::ptr_eq(&under_peak, &session.capacity_if(&peak)),
        "asked again, it is not worked out again"
    );
    assert_eq!(under_peak.services["telemetry-ingestion"].load.rate_per_s, Some(300.0));
    let edit = Edit::SetTrait("telemetry-ingestion".into(), "requests-peak".into(), Some(TraitValue::Number(200.0)));
    session.apply(Action::edit("Set the peak", vec![edit]));
    assert_eq!(session.capacity().services["telemetry-ingestion"].load.rate_per_s, Some(200.0));
    assert_eq!(session.capacity_if(&peak).services["telemetry-ingestion"].load.rate_per_s, Some(600.0));
    assert_eq!(session.fallout(&"timescaledb".into()).count(Fate::Fails), 3);
}

#[test]
fn a_target_that_no_number_of_workers_meets_is_a_finding_with_a_way_out() {
    let engine = builtin::engine();
    let mut project = Project::new("Plan");
    service(&mut project, "front", &[("latency-target", 100.0)], &[]);
    service(&mut project, "slow", &[("cpu-per-request", 120.0)], &[]);
    call(&mut project, "front", "slow", 1.0, None);
    let found = |project: &Project| {
        let findings = engine.assess(project).findings;
        findings.into_iter().find(|finding| finding.rule.as_str() == "target-out-of-reach")
    };
    let finding = found(&project).unwrap();
    assert!(finding.message.contains("100 ms are due"), "{}", finding.message);
    for fix in &finding.fixes {
        let mut mended = project.clone();
        fix.edits.iter().for_each(|edit| mended.apply(edit));
        assert_eq!(found(&mended), None, "{}", fix.label);
    }
    assert_eq!(finding.fixes.len(), 1);
}

#[test]
fn a_project_has_figures_of_its_own_and_is_told_of_slips() {
    let engine = builtin::engine();
    let text = |machines: &str| {
        format!(
            r#"(format: 2, name: "Plan", assumptions: (machines: {machines}), components: {{"a": (name: "A", kind: rest_api, pin: "django", traits: {{"requests-peak": 100}})}})"#
        )
    };
    let read = |machines: &str| read_project(&text(machines), &|project| engine.check(project));
    let own = read(r#"(usd_per_cpu_month: 55, servers: {"django-sync": (base_ms: 5, mb_per_process: 200)})"#).unwrap();
    let (usual, changed) = (capacity(&engine, &read("()").unwrap()), capacity(&engine, &own));
    let of = |plan: &Capacity| on(&plan.services["a"], "django-sync").clone();
    assert!((of(&usual).demand.cpu_s - 0.001_08).abs() < 1e-9 && (of(&changed).demand.cpu_s - 0.005_5).abs() < 1e-9);
    assert_eq!((of(&usual).single.memory_mb, of(&changed).single.memory_mb), (86.0, 224.0));
    assert!(of(&changed).single.usd_per_month > 55.0 && of(&usual).single.usd_per_month < 31.0);
    assert_eq!(on(&changed.services["a"], "drf-sync").demand, on(&usual.services["a"], "drf-sync").demand);
    // Threads are as many as the project says.
    let threads = read(r#"(servers: {"django-threads": (threads: 3), "fastapi-def": (threads: 7)})"#).unwrap();
    let threads = capacity(&engine, &threads);
    let slots = |server: &str| on(&threads.services["a"], server).single.deployment.slots_per_process;
    assert_eq!([slots("django-threads"), slots("fastapi-def"), slots("django-sync")], [Some(3), Some(7), Some(1)]);
    // Written and read again it is the same, and what is usual is not written.
    let written = to_text(&own).unwrap();
    assert_eq!(read_project(&written, &|project| engine.check(project)).unwrap().assumptions, own.assumptions);
    assert!(!to_text(&read("()").unwrap()).unwrap().contains("machines"));
    for (machines, why) in [
        (r#"(servers: {"django-snyc": (base_ms: 5)})"#, "did you mean \"django-sync\"?"),
        (r#"(servers: {"django-sync": (base_ms: 0)})"#, "base_ms is 0"),
        (r#"(servers: {"django-sync": ()})"#, "no figure of its own"),
        (r#"(servers: {"django-threads": (threads: 1.5)})"#, "must be a whole number"),
        (r#"(servers: {"django-threads": (threads: 0)})"#, "threads is 0"),
        (r#"(servers: {"django-sync": (threads: 4)})"#, "has no threads to be counted"),
        (r"(utilisation: 1)", "utilisation is 1"),
        (r"(usd_per_cpu_month: -1)", "usd_per_cpu_month is -1"),
    ] {
        let problems = read(machines).unwrap_err().problems;
        assert!(problems.iter().any(|problem| problem.message.contains(why)), "{why}: {problems:?}");
    }
}

/// In a chain of services that say nothing the silent ones add up; naming all of them on each would take a square of the chain.
#[test]
fn of_very_many_silent_callers_a_hundred_are_named() {
    let mut project = Project::new("Plan");
    let count = 300;
    service(&mut project, "loud", &[("requests-peak", 5.0)], &[]);
    for at in 0..count {
        service(&mut project, &format!("s{at}"), &[], &[]);
        service(&mut project, &format!("quiet{at}"), &[], &[]);
    }
    call(&mut project, "loud", "s0", 1.0, None);
    for at in 0..count {
        call(&mut project, &format!("quiet{at}"), &format!("s{at}"), 1.0, None);
        if at > 0 {
            call(&mut project, &format!("s{}", at - 1), &format!("s{at}"), 1.0, None);
        }
    }
    let engine = builtin::engine();
    let capacity = capacity(&engine, &project);
    let load = &capacity.services[&*format!("s{}", count - 1)].load;
    assert!(load.is_least() && load.rate_per_s == Some(5.0));
    assert_eq!(load.silent_callers.len(), MOST_SILENT);
    let words = groundplan::explain::capacity::load(&engine.playbook, &project, load);
    assert!(words.contains("and many more"), "{words}");
}
