//! `groundplan capacity` on the built binary.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{env, fs, path::Path};

use crate::common::cli;
use cli::{err, out, plan_in, run, run_with_input};
use serde_json::Value;

/// Two services of ours, one of which calls somebody else.
const PLAN: &str = r#"(
    format: 2,
    name: "Deliveries",
    components: {
        "app": (name: "App", kind: client, traits: {"requests-peak": 40}),
        "api": (name: "Delivery API", kind: rest_api, traits: {"pure-api": true, "latency-target": 200, "concurrent-connections": 100}),
        "stock": (name: "Stock", kind: domain_service, pin: "django", traits: {"cpu-per-request": 2}),
        "db": (name: "Database", kind: relational_database),
        "maps": (name: "Maps", kind: external_api),
        "sorter": (name: "Sorter", kind: worker),
    },
    connections: {
        "app-to-api": (from: "app", to: "api", protocol: http, calls_per_request: 1),
        "api-to-stock": (from: "api", to: "stock", protocol: http, calls_per_request: 1),
        "api-to-maps": (from: "api", to: "maps", protocol: http, calls_per_request: 1, latency_ms: 120),
        "stock-to-db": (from: "stock", to: "db", protocol: database, calls_per_request: 2),
    },
)"#;

/// Compares with a golden file, or writes it if `UPDATE_GOLDEN` is set.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{}: UPDATE_GOLDEN=1 renews it", path.display());
}

#[test]
fn the_report_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path(), PLAN);
    let text = run(&["capacity", &plan, "--peak", "3", "--gone", "stock"]);
    assert_eq!((text.status.code(), err(&text)), (Some(0), ""));
    golden("capacity.txt", out(&text));
    let json = run(&["capacity", &plan, "--peak", "3", "--gone", "stock", "--json"]);
    assert_eq!((json.status.code(), err(&json)), (Some(0), ""));
    golden("capacity.json", out(&json));
    assert_eq!(out(&run_with_input(&["capacity", "-", "--peak", "3", "--gone", "stock", "--json"], PLAN)), out(&json));
}

#[test]
fn text_and_json_say_the_same_of_loads_targets_and_the_unknown() {
    let value: Value = serde_json::from_str(out(&run_with_input(&["capacity", "-", "--json"], PLAN))).unwrap();
    assert_eq!(value["schema"], 1);
    let service = |id: &str| {
        let services = value["services"].as_array().unwrap();
        services.iter().find(|service| service["component"] == id).unwrap().clone()
    };
    assert_eq!(
        (&service("stock")["load"]["per_s"], &service("stock")["load"]["source"]),
        (&40.0.into(), &"callers".into())
    );
    assert_eq!(
        (&service("sorter")["load"]["per_s"], &service("sorter")["servers"][0]["plan"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(service("sorter")["servers"][0]["single"]["state"], "unknown");
    assert_eq!(value["totals"]["unknown"], 1);
    assert_eq!(value["connections"][0], serde_json::json!({"connection": "app-to-api", "per_s": 40.0}));
    let text = run_with_input(&["capacity", "-"], PLAN);
    for words in ["40/s from its callers", "Load unknown; tag \"Requests, peak\" on it", "p95 within 200 ms: met"] {
        assert!(out(&text).contains(words), "{words}: {}", out(&text));
    }
}

#[test]
fn a_simulation_is_the_same_for_the_same_seed() {
    let simulate = |seed: &str| {
        let output = run_with_input(&["capacity", "-", "--simulate", "30", "--seed", seed, "--json"], PLAN);
        serde_json::from_str::<Value>(out(&output)).unwrap()["simulated"].clone()
    };
    let (one, again, other) = (simulate("7"), simulate("7"), simulate("8"));
    assert_eq!(one, again);
    assert_ne!(one, other);
    let mean_ms = one["services"][0]["even"]["mean_ms"]["value"].as_f64().unwrap();
    assert!((120.0..130.0).contains(&mean_ms), "{one}");
    let text = run_with_input(&["capacity", "-", "--simulate", "30"], PLAN);
    assert!(out(&text).contains("Simulated for 30 s with seed 1"), "{}", out(&text));
}

#[test]
fn what_is_not_there_is_refused_with_the_nearest_name() {
    for (arguments, why) in [
        (["--gone", "stok"], "did you mean \"stock\"?"),
        (["--component", "db"], "no service of ours"),
        (["--slow", "maps"], "such as weather-api=1000"),
        (["--slow", "mapps=3"], "did you mean \"maps\"?"),
        (["--more", "stock=none"], "such as shop=2"),
        (["--peak", "0"], "more than 0"),
        (["--seed", "3"], "--simulate"),
    ] {
        let refused = run_with_input(&[&["capacity", "-"], arguments.as_slice()].concat(), PLAN);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(err(&refused).contains(why), "{why}: {}", err(&refused));
    }
    let empty = run_with_input(&["capacity", "-"], "(format: 2, name: \"Empty\")");
    assert_eq!(empty.status.code(), Some(0));
    assert!(out(&empty).contains("there is no service yet"));
}
