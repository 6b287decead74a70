//! Calls that go round in a circle: what they add up to, and that it is the same wherever the services stand in the document.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use groundplan::{
    assess::capacity::{ServiceCapacity, Spread, TargetVerdict, WhatIf, simulate},
    explain::capacity as words,
    project::{ComponentId, ComponentKind, Project},
};
use proptest::prelude::*;

use crate::network::{ENGINE, Plan, capacity};

#[test]
fn calls_in_circles_add_up_or_have_no_bound() {
    let circle = |back: f64| {
        Plan::sending(100.0, "a")
            .service("a", "fastapi", &[("latency-target", 500.0)])
            .service("b", "fastapi", &[("cpu-per-request", 3.0)])
            .service("after", "fastapi", &[("latency-target", 500.0)])
            .call("a", "b", 1.0, None)
            .call("b", "a", back, None)
            .call("b", "after", 1.0, None)
    };
    let half = circle(0.5).capacity();
    for id in ["a", "b", "after"] {
        let rate = half.services[id].load.rate_per_s.unwrap();
        assert!((rate - 200.0).abs() < 1e-6 && !half.services[id].load.is_least(), "{id}: {rate}");
    }
    assert!(half.endless.is_empty() && half.circles.len() == 1);
    assert_eq!(half.services["a"].chosen().unwrap().target, TargetVerdict::Met);
    let none = circle(1.0);
    let endless = none.capacity();
    assert_eq!(endless.endless, ["a".into(), "b".into()]);
    for id in ["a", "after"] {
        assert!(endless.services[id].load.is_least(), "{id}");
        assert_eq!(endless.services[id].chosen().unwrap().target, TargetVerdict::Unknown, "{id}");
    }
    let headline = words::headline(&none.0, &endless);
    assert!(headline.starts_with("Calls go round without end between a and b"), "{headline}");
}

/// In a circle that somebody gives a load to, that is what comes, what comes round included.
#[test]
fn a_load_that_is_tagged_bounds_the_circle_it_is_in() {
    let circle = |back: Option<f64>| {
        let plan = Plan(Project::new("Plan"))
            .service("a", "fastapi", &[("requests-peak", 100.0), ("latency-target", 500.0)])
            .service("b", "fastapi", &[("cpu-per-request", 1.0), ("latency-target", 500.0)])
            .call("a", "b", 1.0, None);
        let mut plan = plan.call("b", "a", 1.0, None);
        std::sync::Arc::make_mut(plan.0.connections.get_mut("b-a").unwrap()).calls_per_request = back;
        plan
    };
    for back in [Some(0.5), Some(1.0), Some(3.0), None] {
        let plan = circle(back);
        let capacity = plan.capacity();
        assert_eq!(capacity.endless, [] as [ComponentId; 0], "{back:?}");
        for id in ["a", "b"] {
            let load = &capacity.services[id].load;
            assert_eq!((load.rate_per_s, load.is_least()), (Some(100.0), false), "{id}, {back:?}");
        }
        // How long answers take that wait for each other without end, or nobody knows how often, is not known.
        let target = |id: &str| capacity.services[id].chosen().unwrap().target;
        let expected = if back == Some(0.5) { TargetVerdict::Met } else { TargetVerdict::Unknown };
        assert_eq!([target("a"), target("b")], [expected; 2], "{back:?}");
        let said = words::target_of(&ENGINE.playbook, &plan.0, &capacity.services["b"]).unwrap();
        match back {
            None => assert!(said.ends_with("says how many calls that b makes to a for each request"), "{said}"),
            Some(0.5) => assert!(said.ends_with("met"), "{said}"),
            Some(_) => assert!(said.ends_with("says what ends the calls that b makes to a"), "{said}"),
        }
    }
}

/// Two services on workers that call each other, or one that calls itself.
fn circles_of_workers() -> Vec<(&'static str, Plan)> {
    let two = |pins: [&str; 2], workers: &[(&str, f64)]| {
        Plan::sending(5.0, "a")
            .service("a", pins[0], workers)
            .service("b", pins[1], workers)
            .call("a", "b", 2.0, None)
            .call("b", "a", 0.2, None)
    };
    let itself = |workers: &[(&str, f64)]| {
        Plan::sending(20.0, "a").service("a", "django_drf", workers).call("a", "a", 0.1, None)
    };
    let few = [("workers", 1.0)];
    vec![
        ("two", two(["django_drf"; 2], &[])),
        ("two, few", two(["django_drf"; 2], &few)),
        ("one behind an event loop", two(["fastapi", "django_drf"], &[])),
        ("one behind an event loop, few", two(["fastapi", "django_drf"], &few)),
        ("itself", itself(&[])),
        ("itself, few", itself(&few)),
    ]
}

/// Where workers wait for each other there are enough of them, or the plan is said to lock up, as it does when it is played.
#[test]
fn workers_that_wait_for_each_other_are_enough_or_lock_up() {
    for (name, plan) in circles_of_workers() {
        let capacity = plan.capacity();
        let seen = simulate(&capacity, 2_000.0, 5, Spread::Even);
        let limited = |service: &&ServiceCapacity| service.planned().unwrap().deployment.slots().is_some();
        assert!(capacity.services.values().any(|service| limited(&service)), "{name}: nobody could lock up");
        if name.ends_with("few") {
            let locked = capacity.services.values().filter(|service| service.locks_up());
            assert!(locked.clone().count() > 0 && locked.clone().all(|service| limited(&service)), "{name}");
            let headline = words::headline(&plan.0, &capacity);
            assert!(headline.contains("lock up"), "{name}: {headline}");
            assert!(capacity.services.values().all(ServiceCapacity::fails), "{name}: nobody is answered");
            let sent = 2_000.0 * 5.0 * 0.9;
            assert!((seen.services.get("a").map_or(0, |seen| seen.requests) as f64) < sent * 0.5, "{name}: {seen:?}");
            continue;
        }
        for (id, service) in &capacity.services {
            let mean_s = service.planned().unwrap().answers.mean_s().unwrap();
            let seen =
                seen.services.get(id).unwrap_or_else(|| panic!("{name}: nobody is answered by {id}, {service:?}"));
            let seen = seen.mean_s;
            assert!(seen.holds(mean_s, 0.2), "{name}, {id}: {mean_s} and {seen:?}");
        }
        assert!(capacity.bottleneck.unwrap().headroom > 1.0, "{name}");
    }
}

/// What comes back hardly ever changes hardly anything, however many workers are held by others.
#[test]
fn calls_that_hardly_ever_come_back_take_no_more_workers() {
    let back = |share: f64, workers: &[(&str, f64)]| {
        let plan = Plan::sending(1000.0, "a")
            .service("a", "django_drf", workers)
            .service("b", "fastapi", &[])
            .call("a", "b", 1.0, None)
            .call("b", "a", share, None);
        let capacity = plan.capacity();
        let service = capacity.services["a"].clone();
        (service.planned().unwrap().deployment.processes, service.locks_up(), capacity.bottleneck.unwrap().headroom)
    };
    let (processes, _, headroom) = back(0.0, &[]);
    let (rarely, locks_up, still) = back(1e-6, &[]);
    assert!(
        rarely <= processes + 1 && !locks_up && still > headroom * 0.9,
        "{rarely} and {processes}, {still} and {headroom}"
    );
    assert!(!back(1e-6, &[("workers", 10.0)]).1);
    // Nine in ten that come back make lines of a hundred and more, and one call at a time makes no more than a line of them.
    let deep = Plan::sending(1.0, "a")
        .service("a", "django_drf", &[])
        .service("b", "fastapi", &[])
        .call("a", "b", 1.0, None)
        .call("b", "a", 0.9, None);
    let workers = deep.capacity().services["a"].planned().unwrap().deployment.processes;
    assert!((150..250).contains(&workers), "{workers}");
}

/// Half the load is held by what holds the whole one.
#[test]
fn what_is_enough_for_a_circle_is_enough_for_less() {
    let mut plan = Plan::sending(10.0, "a").service("b", "django_drf", &[("cpu-per-request", 30.0)]);
    plan.put("a", ComponentKind::RestApi, None, &[("latency-target", 120.0)]);
    let plan = plan.call("a", "b", 1.0, None).call("b", "a", 0.2, None);
    let assessment = ENGINE.assess(&plan.0);
    let now = ENGINE.capacity(&plan.0, &assessment);
    for load_factor in [0.1, 0.5, 0.999, 1.0] {
        let what_if = WhatIf { load_factor, ..WhatIf::default() };
        let then = ENGINE.capacity_if(&plan.0, &assessment, &what_if, &now);
        assert!(
            then.services.values().all(|service| service.planned().unwrap().answers.mean_s().is_some()),
            "{load_factor}"
        );
    }
}

/// Without a target as well, and what mends it is offered.
#[test]
fn a_lock_up_is_a_finding() {
    let few = circles_of_workers().into_iter().filter(|(name, _)| name.ends_with("few"));
    for (name, plan) in few {
        let findings = ENGINE.assess(&plan.0).findings;
        let found = findings
            .iter()
            .find(|finding| finding.message.contains("waiting for each other"))
            .unwrap_or_else(|| panic!("{name}: {findings:#?}"));
        let fix = &found.fixes[0];
        let mut mended = plan.0.clone();
        fix.edits.iter().for_each(|edit| mended.apply(edit));
        let again = ENGINE.assess(&mended).findings;
        assert!(again.iter().all(|again| again.message != found.message), "{name}: {}", fix.label);
    }
}

/// Of nearly endless circles less is said, not something wrong.
#[test]
fn times_that_do_not_come_to_rest_are_the_least_they_can_be() {
    let circle = |back: f64| {
        let plan = Plan::sending(1.0, "a")
            .service("a", "fastapi", &[("latency-target", 1e6)])
            .service("b", "fastapi", &[])
            .call("a", "b", 1.0, None)
            .call("b", "a", back, None);
        let target = plan.capacity().services["a"].chosen().unwrap().target;
        let said = words::target_of(&ENGINE.playbook, &plan.0, &plan.capacity().services["b"]);
        (target, said)
    };
    assert_eq!(circle(0.9).0, TargetVerdict::Met);
    let (target, said) = circle(0.999);
    assert_eq!((target, said), (TargetVerdict::Unknown, None));
}

/// One in every ten links does not say how many calls it makes, and any circle may be closed.
fn any_network() -> impl Strategy<Value = (Project, Project)> {
    let service = (0_usize..3, 0_u32..8, prop::option::of(50_u32..400), prop::option::weighted(0.2, 5_u32..60));
    let calls = prop::option::weighted(0.7, prop::sample::select(vec![0.1, 0.3, 0.5, 1.0, 1.0, 2.0]));
    let call = (0_usize..6, 0_usize..5, calls);
    let keys = (prop::collection::vec(any::<u32>(), 6), prop::collection::vec(any::<u32>(), 12));
    (prop::collection::vec(service, 5), prop::collection::vec(call, 2..10), 1_u32..40, keys).prop_map(
        |(services, calls, rate, (component_keys, link_keys))| {
            let mut plan = Plan::sending(f64::from(rate), "s0");
            for (at, (pin, cpu_ms, target_ms, own)) in services.into_iter().enumerate() {
                let mut numbers = vec![("cpu-per-request", f64::from(cpu_ms))];
                numbers.extend(target_ms.map(|ms| ("latency-target", f64::from(ms))));
                numbers.extend(own.map(|own| ("requests-peak", f64::from(own))));
                plan = plan.service(&format!("s{at}"), ["fastapi", "django", "django_drf"][pin], &numbers);
            }
            for (from, to, count) in calls {
                let from = if from == 5 { "client".to_owned() } else { format!("s{from}") };
                let id = format!("{from}-s{to}");
                plan = plan.call(&from, &format!("s{to}"), 1.0, None);
                let link = plan.0.connections.get_mut(id.as_str()).unwrap();
                std::sync::Arc::make_mut(link).calls_per_request = count;
            }
            let mut shuffled = Project::new("Plan");
            let by = |keys: &[u32], count: usize| {
                let mut order: Vec<usize> = (0..count).collect();
                order.sort_by_key(|at| keys.get(*at));
                order
            };
            for at in by(&component_keys, plan.0.components.len()) {
                let (id, component) = plan.0.components.get_index(at).unwrap();
                shuffled.components.insert(id.clone(), component.clone());
            }
            for at in by(&link_keys, plan.0.connections.len()) {
                let (id, link) = plan.0.connections.get_index(at).unwrap();
                shuffled.connections.insert(id.clone(), link.clone());
            }
            (plan.0, shuffled)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(120) })]

    #[test]
    fn where_things_stand_in_the_document_changes_no_verdict((project, shuffled) in any_network()) {
        let (one, other) = (capacity(&project), capacity(&shuffled));
        let sorted = |ids: &[ComponentId]| {
            let mut ids = ids.to_vec();
            ids.sort();
            ids
        };
        prop_assert_eq!(sorted(&one.endless), sorted(&other.endless));
        for (id, service) in &one.services {
            let (then, what) = (&other.services[id], format!("{id}: {service:#?}"));
            prop_assert_eq!(service.load.rate_per_s.is_some(), then.load.rate_per_s.is_some(), "{}", what);
            if let Some((one, other)) = service.load.rate_per_s.zip(then.load.rate_per_s) {
                prop_assert!((one - other).abs() <= 1e-9 * one, "{id}: {one} and {other}");
            }
            prop_assert_eq!(service.load.is_least(), then.load.is_least(), "{}", what);
            let told = |service: &ServiceCapacity| {
                let chosen = service.chosen().unwrap();
                (chosen.server.clone(), chosen.target, service.fails(), chosen.planned().deployment)
            };
            prop_assert_eq!(told(service), told(then), "{}", what);
        }
    }

    /// A circle in which somebody does not say how often is never said to go round without end.
    #[test]
    fn who_does_not_say_how_often_closes_no_circle_without_end((mut project, _) in any_network()) {
        for link in project.connections.values_mut() {
            std::sync::Arc::make_mut(link).calls_per_request = None;
        }
        prop_assert_eq!(capacity(&project).endless, Vec::new());
    }
}
