//! What the program finds in a plan: each rule where it should speak and where it should not, each fix, and what is set aside.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test fail it with what they were given")]

use std::{collections::BTreeSet, sync::Arc};

use groundplan::{
    assess::{Engine, Finding, Severity},
    playbook::load,
    project::{
        Component, ComponentKind, Connection, Deadline, Edit, ElementId, MAX_REASON_BYTES, Project, Protocol,
        TraitValue,
    },
    session::{Action, CanvasRequest, DockTab, Request, Session},
    storage::{from_text, to_text},
};
use proptest::prelude::*;

#[path = "common/builtin.rs"]
mod builtin;
#[allow(dead_code)]
#[path = "common/small_playbook.rs"]
mod small;

/// A plan by hand: its components and its connections as they stand in a file.
fn plan(components: &str, connections: &str) -> Project {
    let text = format!("(format: 1, name: \"Plan\", components: {{ {components} }}, connections: {{ {connections} }})");
    from_text(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn find<'a>(findings: &'a [Finding], rule: &str) -> Option<&'a Finding> {
    findings.iter().find(|finding| finding.rule.as_str() == rule)
}

/// One rule: a plan in which it speaks, a piece of what it says, and the same plan after somebody took care.
struct Row {
    rule: &'static str,
    components: &'static str,
    connections: &'static str,
    says: &'static str,
    /// What is replaced in the plan by what, so that the rule has nothing to say.
    cured: (&'static str, &'static str),
}

const fn row(
    rule: &'static str,
    components: &'static str,
    connections: &'static str,
    says: &'static str,
    cured: (&'static str, &'static str),
) -> Row {
    Row { rule, components, connections, says, cured }
}

fn rows() -> Vec<Row> {
    [rows_of_the_playbook(), rows_of_the_drawing(), rows_of_the_wiring(), rows_of_the_whole()]
        .into_iter()
        .flatten()
        .collect()
}

fn rows_of_the_playbook() -> Vec<Row> {
    vec![
        row(
            "rebuilt-admin",
            r#""shop": (name: "Shop", kind: back_office, traits: {"admin-interface": true}, pin: Some("fastapi"))"#,
            "",
            "Shop needs an admin, and FastAPI brings none",
            ("fastapi", "django_drf"),
        ),
        row(
            "rebuilt-admin",
            r#""desk": (name: "Desk", kind: back_office, traits: {"tables": 3}, pin: Some("fastapi"))"#,
            "",
            "Desk needs an admin, and FastAPI brings none",
            ("\"tables\": 3", "\"tables\": 3, \"admin-interface\": false"),
        ),
        row(
            "rebuilt-accounts",
            r#""shop": (name: "Shop", kind: rest_api, traits: {"user-accounts": true, "roles": 3}, pin: Some("fastapi"))"#,
            "",
            "with 3 roles on FastAPI",
            ("\"roles\": 3", "\"roles\": 1"),
        ),
        row(
            "only-for-its-orm",
            r#""api": (name: "API", kind: rest_api, traits: {"pure-api": true, "tables": 8}, pin: Some("django"))"#,
            "",
            "nothing but an API with 8 tables",
            ("\"tables\": 8", "\"tables\": 8, \"shares-django-tables\": true"),
        ),
        row(
            "manual-migrations",
            r#""shop": (name: "Shop", kind: rest_api, traits: {"tables": 35, "schema-changes": "frequent"}, pin: Some("fastapi"))"#,
            "",
            "35 tables that change all the time",
            ("frequent", "rare"),
        ),
        row(
            "websocket-without-channels",
            r#""live": (name: "Live", kind: web_application, traits: {"websocket": true}, pin: Some("django"))"#,
            "",
            "plan for Channels",
            ("Some(\"django\")", "Some(\"fastapi\")"),
        ),
        row(
            "websocket-without-channels",
            r#""live": (name: "Live", kind: realtime_gateway, traits: {"live-clients": 20}, pin: Some("django"))"#,
            "",
            "Live keeps connections open on Django",
            ("\"live-clients\": 20", "\"websocket\": false"),
        ),
        row(
            "live-without-websocket",
            r#""live": (name: "Live", kind: realtime_gateway, traits: {"live-clients": 200, "websocket": false})"#,
            "",
            "has 200 live clients",
            (", \"websocket\": false", ""),
        ),
        row(
            "live-without-websocket",
            r#""live": (name: "Live", kind: ingestion, traits: {"live-clients": 200})"#,
            "",
            "has 200 live clients",
            ("\"live-clients\": 200", "\"live-clients\": 200, \"streaming\": true"),
        ),
        row(
            "telemetry-without-store",
            r#""ingest": (name: "Ingest", kind: ingestion, traits: {"time-series-writes": true})"#,
            "",
            "no store for them",
            ("true", "false"),
        ),
        row(
            "calls-in-a-row",
            r#""api": (name: "API", kind: rest_api, traits: {"latency-target": 200, "external-calls": 2, "external-latency": 120}, pin: Some("django"))"#,
            "",
            "240 ms, where 200 ms are due. Together they take 120 ms",
            ("Some(\"django\")", "Some(\"fastapi\")"),
        ),
        row(
            "calls-in-a-row",
            r#""api": (name: "API", kind: rest_api, traits: {"latency-target": 500}, pin: Some("django")), "a": (name: "A", kind: external_api)"#,
            r#""x": (from: "api", to: "a", calls_per_request: 3, latency_ms: 200)"#,
            "600 ms, where 500 ms are due. Together they take 200 ms",
            ("latency_ms: 200", "latency_ms: 150"),
        ),
        row(
            "target-below-one-call",
            r#""api": (name: "API", kind: rest_api, traits: {"latency-target": 100, "external-calls": 1, "external-latency": 120})"#,
            "",
            "due within 100 ms, and a single call it waits for takes 120 ms",
            ("\"external-latency\": 120", "\"external-latency\": 100"),
        ),
        row(
            "computing-in-requests",
            r#""app": (name: "App", kind: client), "api": (name: "API", kind: rest_api, traits: {"cpu-bound": true})"#,
            r#""x": (from: "app", to: "api")"#,
            "API computes while its callers wait",
            ("protocol: http", "protocol: queue"),
        ),
        row(
            "peak-below-mean",
            r#""api": (name: "API", kind: rest_api, traits: {"requests-mean": 50, "requests-peak": 20})"#,
            "",
            "on average (50/s) than at its peak (20/s)",
            ("\"requests-peak\": 20", "\"requests-peak\": 50"),
        ),
        row(
            "single-point",
            r#""a": (name: "A", kind: rest_api, traits: {"latency-target": 200}), "b": (name: "B", kind: rest_api, traits: {"latency-target": 300}),
               "who": (name: "Accounts", kind: domain_service)"#,
            r#""x": (from: "a", to: "who"), "y": (from: "b", to: "who")"#,
            "2 services with a latency target wait for Accounts",
            ("\"y\": (from: \"b\", to: \"who\")", "\"y\": (from: \"b\", to: \"who\", protocol: queue)"),
        ),
        row(
            "tables-without-database",
            r#""shop": (name: "Shop", kind: web_application, traits: {"tables": 12})"#,
            "",
            "Shop has 12 tables and is connected to no database",
            ("12", "9"),
        ),
        row(
            "jobs-without-queue",
            r#""shop": (name: "Shop", kind: web_application, traits: {"background-jobs": 2})"#,
            "",
            "2 kinds of background job",
            ("web_application", "worker"),
        ),
        row(
            "files-without-storage",
            r#""shop": (name: "Shop", kind: web_application, traits: {"file-storage": true})"#,
            "",
            "no storage for them",
            ("true", "false"),
        ),
        row(
            "sign-on-without-provider",
            r#""shop": (name: "Shop", kind: web_application, traits: {"single-sign-on": true})"#,
            "",
            "identity provider is not on the sheet",
            ("true", "false"),
        ),
        row(
            "accounts-twice",
            r#""a": (name: "Shop", kind: web_application, traits: {"user-accounts": true}), "b": (name: "Desk", kind: back_office, traits: {"user-accounts": true})"#,
            "",
            "Shop and Desk each keep accounts",
            ("back_office, traits: {\"user-accounts\": true}", "back_office"),
        ),
        row(
            "admin-without-roles",
            r#""a": (name: "Shop", kind: web_application, traits: {"user-accounts": true}), "b": (name: "Desk", kind: back_office, traits: {"admin-interface": true})"#,
            "",
            "Desk has an admin, and nobody in the plan has a role",
            ("\"user-accounts\": true", "\"user-accounts\": true, \"roles\": 3"),
        ),
        row(
            "roles-without-accounts",
            r#""a": (name: "Shop", kind: web_application, traits: {"roles": 4})"#,
            "",
            "knows 4 roles, and nobody in the plan can log in",
            ("\"roles\": 4", "\"roles\": 4, \"social-login\": true"),
        ),
        row(
            "mixed-without-async",
            r#""shop": (name: "Shop", kind: web_application, traits: {"tables": 40, "team-django": 2}, pin: Some("django")),
               "live": (name: "Live", kind: realtime_gateway, traits: {"websocket": true}, pin: Some("fastapi"))"#,
            r#""x": (from: "live", to: "shop")"#,
            "Live: a mixed system for a team of 2",
            ("\"websocket\": true", "\"websocket\": true, \"team-async\": 1"),
        ),
    ]
}

fn rows_of_the_drawing() -> Vec<Row> {
    vec![
        row(
            "contradiction",
            r#""api": (name: "API", kind: rest_api, traits: {"pure-api": true, "forms": true})"#,
            "",
            "\"Forms\" and \"Nothing but an API\" contradict each other",
            ("\"forms\": true", "\"forms\": false"),
        ),
        row(
            "no-traits",
            r#""api": (name: "API", kind: rest_api)"#,
            "",
            "API has no traits yet",
            ("rest_api", "external_api"),
        ),
        row(
            "client-on-data-store",
            r#""app": (name: "App", kind: client), "db": (name: "Database", kind: relational_database)"#,
            r#""x": (from: "app", to: "db", protocol: database)"#,
            "App reaches Database directly",
            ("relational_database", "object_storage"),
        ),
        row(
            "client-on-data-store",
            r#""app": (name: "App", kind: client), "api": (name: "API", kind: rest_api), "db": (name: "Database", kind: relational_database)"#,
            r#""x": (from: "app", to: "db", protocol: database), "y": (from: "api", to: "db", protocol: database)"#,
            "App reaches Database directly",
            ("\"x\": (from: \"app\", to: \"db\"", "\"x\": (from: \"app\", to: \"api\""),
        ),
        row(
            "circle-of-calls",
            r#""a": (name: "Orders", kind: domain_service), "b": (name: "Stock", kind: domain_service), "c": (name: "Billing", kind: domain_service)"#,
            r#""ab": (from: "a", to: "b"), "bc": (from: "b", to: "c"), "ca": (from: "c", to: "a")"#,
            "Calls go round in a circle: Orders → Stock → Billing → Orders",
            ("from: \"c\", to: \"a\"", "from: \"c\", to: \"a\", protocol: queue"),
        ),
        row(
            "circle-of-calls",
            r#""a": (name: "Orders", kind: domain_service)"#,
            r#""aa": (from: "a", to: "a")"#,
            "Orders calls itself",
            ("from: \"a\", to: \"a\"", "from: \"a\", to: \"a\", protocol: pubsub"),
        ),
        row(
            "unconnected",
            r#""a": (name: "App", kind: client), "b": (name: "API", kind: rest_api), "c": (name: "Sensors", kind: device_fleet)"#,
            r#""x": (from: "a", to: "b")"#,
            "Nothing is connected to Sensors",
            ("\"x\": (from: \"a\", to: \"b\")", ""),
        ),
        row(
            "unused-store",
            r#""a": (name: "App", kind: client), "b": (name: "API", kind: rest_api), "c": (name: "Database", kind: relational_database)"#,
            r#""x": (from: "a", to: "b")"#,
            "Nobody uses Database",
            ("\"x\": (from: \"a\", to: \"b\")", "\"x\": (from: \"b\", to: \"c\")"),
        ),
        row(
            "same-name",
            r#""a": (name: "Redis", kind: redis), "b": (name: "redis ", kind: redis), "c": (name: "Redis 2", kind: redis)"#,
            "",
            "2 components are called Redis",
            ("\"redis \"", "\"Cache\""),
        ),
    ]
}

fn rows_of_the_wiring() -> Vec<Row> {
    vec![
        row(
            "shares-tables-of-later",
            r#""shop": (name: "Shop", kind: web_application, deferred: true), "api": (name: "API", kind: rest_api), "desk": (name: "Desk", kind: back_office)"#,
            r#""x": (from: "api", to: "shop", protocol: shared_tables), "y": (from: "desk", to: "api", protocol: shared_tables)"#,
            "API works on the tables of Shop, which is put off to later",
            ("deferred: true", "deferred: false"),
        ),
        row(
            "calls-what-is-later",
            r#""a": (name: "Orders", kind: domain_service), "b": (name: "Stock", kind: domain_service, deferred: true), "c": (name: "Mail", kind: worker)"#,
            r#""x": (from: "a", to: "b"), "y": (from: "c", to: "b", protocol: queue)"#,
            "Orders and Mail call Stock, which is put off to later",
            ("deferred: true", "deferred: false"),
        ),
        row(
            "connection-twice",
            r#""a": (name: "Orders", kind: domain_service), "b": (name: "Stock", kind: domain_service)"#,
            r#""x": (from: "a", to: "b"), "y": (from: "a", to: "b", label: "again")"#,
            "Orders to Stock by HTTP is drawn twice",
            ("label: \"again\"", "protocol: queue"),
        ),
        row(
            "connection-twice",
            r#""a": (name: "Orders", kind: domain_service), "b": (name: "Stock", kind: domain_service)"#,
            r#""x": (from: "a", to: "b", protocol: queue), "y": (from: "a", to: "b", protocol: queue), "z": (from: "a", to: "b", protocol: queue)"#,
            "is drawn 3 times",
            (
                "\"y\": (from: \"a\", to: \"b\", protocol: queue), \"z\": (from: \"a\", to: \"b\", protocol: queue)",
                "\"y\": (from: \"b\", to: \"a\", protocol: queue)",
            ),
        ),
        row(
            "queue-without-writer",
            r#""w": (name: "Mailer", kind: worker), "q": (name: "Mail queue", kind: message_queue), "api": (name: "API", kind: rest_api)"#,
            r#""x": (from: "q", to: "w", protocol: queue)"#,
            "Nothing writes to Mail queue, and Mailer waits at its end",
            ("protocol: queue)", "protocol: queue), \"y\": (from: \"api\", to: \"q\", protocol: queue)"),
        ),
        row(
            "queue-without-reader",
            r#""api": (name: "API", kind: rest_api), "q": (name: "Queue", kind: message_queue), "w": (name: "Mailer", kind: worker)"#,
            r#""x": (from: "api", to: "q", protocol: queue)"#,
            "API writes to Queue, and nothing reads from it",
            // Drawn from the worker to the queue, it may well mean that the worker fetches.
            ("protocol: queue)", "protocol: queue), \"y\": (from: \"w\", to: \"q\", protocol: queue)"),
        ),
        row(
            "queue-without-reader",
            r#""api": (name: "API", kind: rest_api, traits: {"endpoints": 3}), "q": (name: "Queue", kind: message_queue)"#,
            r#""x": (from: "api", to: "q", protocol: queue)"#,
            "API writes to Queue, and nothing reads from it",
            ("\"endpoints\"", "\"background-jobs\""),
        ),
        row(
            "store-calls-service",
            r#""db": (name: "Database", kind: relational_database), "api": (name: "API", kind: rest_api)"#,
            r#""x": (from: "db", to: "api", protocol: database)"#,
            "Database calls API",
            ("protocol: database", "protocol: pubsub"),
        ),
        row(
            "store-calls-service",
            r#""db": (name: "Files", kind: object_storage), "api": (name: "API", kind: rest_api)"#,
            r#""x": (from: "db", to: "api", protocol: database), "y": (from: "api", to: "db", protocol: database)"#,
            "the arrow should start at API",
            ("from: \"db\", to: \"api\", protocol: database", "from: \"db\", to: \"api\", protocol: http"),
        ),
    ]
}

fn rows_of_the_whole() -> Vec<Row> {
    vec![
        row(
            "shared-tables-across-seam",
            r#""a": (name: "Shop", kind: web_application, pin: Some("django")), "b": (name: "Live", kind: rest_api, pin: Some("fastapi"))"#,
            r#""x": (from: "b", to: "a", protocol: shared_tables)"#,
            "Live and Shop share tables across two frameworks",
            ("Some(\"fastapi\")", "Some(\"django_drf\")"),
        ),
        row(
            "database-across-seam",
            r#""a": (name: "Shop", kind: web_application, pin: Some("django")), "b": (name: "Live", kind: rest_api, pin: Some("fastapi")),
               "db": (name: "Database", kind: relational_database)"#,
            r#""x": (from: "a", to: "db", protocol: database), "y": (from: "b", to: "db", protocol: database)"#,
            "Shop and Live use Database from two frameworks",
            ("Some(\"fastapi\")", "Some(\"django\")"),
        ),
        row(
            "mixed-without-contract",
            r#""a": (name: "Shop", kind: web_application, pin: Some("django")), "b": (name: "Live", kind: rest_api, pin: Some("fastapi")),
               "p": (name: "People", kind: client), "q": (name: "Machines", kind: device_fleet)"#,
            r#""x": (from: "p", to: "a"), "y": (from: "q", to: "b")"#,
            "do Shop and Live work together?",
            ("from: \"q\", to: \"b\"", "from: \"p\", to: \"b\""),
        ),
        row(
            "outside-the-cases",
            r#""a0": (name: "A0", kind: domain_service, traits: {"search": true}), "a1": (name: "A1", kind: domain_service, traits: {"search": true}), "a2": (name: "A2", kind: domain_service, traits: {"search": true}), "a3": (name: "A3", kind: domain_service, traits: {"search": true}), "a4": (name: "A4", kind: domain_service, traits: {"search": true}), "a5": (name: "A5", kind: domain_service, traits: {"search": true}), "a6": (name: "A6", kind: domain_service, traits: {"search": true}), "a7": (name: "A7", kind: domain_service, traits: {"search": true}), "a8": (name: "A8", kind: domain_service, traits: {"search": true}), "a9": (name: "A9", kind: domain_service, traits: {"search": true})"#,
            "",
            "comes from work that none of the case studies has",
            ("true", "false"),
        ),
        row(
            "long-plan",
            r#""a": (name: "Everything", kind: web_application, traits: {"tables": 900, "screens": 500})"#,
            "",
            "At even odds this takes ",
            ("\"tables\": 900, \"screens\": 500", "\"tables\": 9"),
        ),
    ]
}

#[test]
fn every_rule_speaks_where_it_should_and_falls_silent_once_it_is_cured() {
    let engine = builtin::engine();
    for Row { rule, components, connections, says, cured } in rows() {
        let findings = engine.assess(&plan(components, connections)).findings;
        let finding = find(&findings, rule).unwrap_or_else(|| panic!("{rule} says nothing: {findings:#?}"));
        assert!(finding.message.contains(says), "{rule}: {}", finding.message);
        assert!(finding.key.as_str().starts_with(rule), "{rule}: {}", finding.key);
        assert!(!finding.why.is_empty(), "{rule} does not say why");
        assert!(finding.severity != Severity::Error, "{rule}");
        let (from, to) = cured;
        let cure = |text: &str| text.replace(from, to);
        // A protocol that is not written is http.
        let written = connections.replace("to: \"api\")", "to: \"api\", protocol: http)");
        let (after, after_links) = (cure(components), cure(&written));
        assert!(after != components || after_links != connections, "{rule}: {from} is not in the plan");
        let left = engine.assess(&plan(&after, &after_links)).findings;
        assert!(find(&left, rule).is_none(), "{rule} still speaks: {left:#?}");
    }
}

#[test]
fn a_deadline_by_date_asks_for_a_first_day_before_it() {
    let engine = builtin::engine();
    let mut project = plan(r#""a": (name: "Shop", kind: web_application)"#, "");
    let day = |month, day| jiff::civil::date(2027, month, day);
    let mut rules = |start, deadline| {
        project.assumptions.start = start;
        project.assumptions.deadline = deadline;
        let findings = engine.assess(&project).findings;
        let about = |finding: &&Finding| finding.rule.as_str().starts_with("deadline-");
        findings.iter().filter(about).map(|one| (one.rule.to_string(), one.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(rules(None, None), []);
    assert_eq!(rules(None, Some(Deadline::Weeks(3.0))), []);
    assert_eq!(rules(Some(day(3, 1)), Some(Deadline::Date(day(3, 1)))), []);
    let without = "The work is to be done by 31 March 2027, and nobody has said on which day it begins";
    let found = rules(None, Some(Deadline::Date(day(3, 31))));
    assert_eq!(found, [("deadline-without-first-day".to_owned(), without.to_owned())]);
    let before = "The deadline, 28 February 2027, is before the first day of work, 1 March 2027";
    let found = rules(Some(day(3, 1)), Some(Deadline::Date(day(2, 28))));
    assert_eq!(found, [("deadline-before-first-day".to_owned(), before.to_owned())]);
}

#[test]
fn every_rule_of_the_playbook_is_tried() {
    let engine = builtin::engine();
    let tried: BTreeSet<&str> = rows().iter().map(|row| row.rule).collect();
    let missing: Vec<_> = engine.playbook.rules.keys().filter(|id| !tried.contains(id.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Applies each fix of each finding by itself: the finding must go, and one step back must bring back the same bytes.
fn mend(engine: &Arc<Engine>, project: &Project) -> usize {
    let before = to_text(project).unwrap();
    let mut tried = 0;
    for finding in engine.assess(project).findings {
        for fix in &finding.fixes {
            let mut session = Session::new(Arc::clone(engine), project.clone(), None);
            session.apply(Action::Mend(fix.clone()));
            assert_eq!(session.history().depth(), 1, "{}: {} does nothing", finding.key, fix.label);
            assert_eq!(session.project().validate(), [], "{}: {}", finding.key, fix.label);
            let left = &session.assessment().findings;
            assert!(
                left.iter().all(|one| one.key != finding.key),
                "\"{}\" does not mend {}:\n{before}\n{}",
                fix.label,
                finding.key,
                to_text(session.project()).unwrap()
            );
            session.undo();
            assert_eq!(to_text(session.project()).unwrap(), before);
            tried += 1;
        }
    }
    tried
}

#[test]
fn every_fix_mends_what_it_is_offered_for() {
    let engine = Arc::new(builtin::engine());
    let mut labels = BTreeSet::new();
    for Row { components, connections, .. } in rows() {
        let project = plan(components, connections);
        mend(&engine, &project);
        labels.extend(
            engine.assess(&project).findings.into_iter().flat_map(|finding| finding.fixes).map(|fix| fix.label),
        );
    }
    for label in [
        "Pin to FastAPI",
        "Add \"Database\"",
        "Make Billing to Orders a queue",
        "Give Live its own",
        "Number them",
        "Remove the second",
        "Lead it to Mailer",
        "Add \"Background worker\"",
        "Turn it round",
        "Take Shop in again",
        "Put API and Desk off too",
        "Put Orders and Mail off too",
    ] {
        assert!(labels.contains(label), "{label} is not among {labels:#?}");
    }
    let offered = |rule: &str, project: &Project| {
        find(&engine.assess(project).findings, rule)
            .unwrap()
            .fixes
            .iter()
            .map(|fix| fix.label.clone())
            .collect::<Vec<_>>()
    };
    let store = r#""shop": (name: "Shop", kind: web_application, traits: {"tables": 12}), "db": (name: "Main", kind: relational_database)"#;
    assert_eq!(offered("tables-without-database", &plan(store, "")), ["Connect it to Main"]);
}

#[test]
fn a_new_component_is_put_where_nothing_stands() {
    let engine = Arc::new(builtin::engine());
    let components = r#""shop": (name: "Shop", kind: web_application, pos: (0, 0), traits: {"file-storage": true}),
        "db": (name: "Main", kind: relational_database, pos: (268, 0))"#;
    let mut session = Session::new(Arc::clone(&engine), plan(components, ""), None);
    let fix = find(&session.assessment().findings, "files-without-storage").unwrap().fixes[0].clone();
    session.apply(Action::Mend(fix));
    let project = session.project();
    assert!(project.components.len() == 3 && project.components.values().all(|one| one.pos_world.is_some()));
    let rects: Vec<_> = project.components.values().map(|component| component.rect_world()).collect();
    for (at, one) in rects.iter().enumerate() {
        for other in &rects[at + 1..] {
            let both = one.intersect(*other);
            assert!(both.width() <= 0.0 || both.height() <= 0.0, "{one:?} {other:?}");
        }
    }
}

#[test]
fn the_cases_of_the_page_come_out_without_findings() {
    let engine = builtin::engine();
    for preset in groundplan::storage::presets() {
        let findings = engine.assess(&preset.project().unwrap()).findings;
        assert!(findings.is_empty(), "{}: {findings:#?}", preset.id);
    }
}

#[test]
fn a_package_that_is_no_longer_kept_is_spoken_of_only_where_nothing_takes_its_place() {
    let sound = small::PACKAGES.trim_end().trim_end_matches(']');
    let of = |rest: &str, traits: &[&str], pin: &str| {
        let left = format!(
            r#"(name: "left", purpose: "p", frameworks: ["fast"], when: has("admin"), status: unmaintained, note: "Given up in 2020.", checked: "2026-11-22", {rest})"#
        );
        let packages = format!("{sound}{left}]");
        let playbook = load(&small::files(&[("packages.ron", packages)])).unwrap_or_else(|found| panic!("{found:#?}"));
        let engine = Engine::new(playbook, small::drawings()).unwrap();
        let mut project = Project::new("Plan");
        small::service(&mut project, "desk", &[("tables", 3.0)], traits);
        small::pin(&mut project, "desk", pin);
        find(&engine.assess(&project).findings, "unmaintained-package").cloned()
    };
    let on_page = "on_page: true, paragraphs: [5]";
    let finding = of(on_page, &["admin"], "fast").unwrap();
    assert_eq!(finding.key.as_str(), "unmaintained-package:left");
    assert!(
        finding.message.starts_with("left, one of the page's packages for desk, is no longer kept"),
        "{}",
        finding.message
    );
    for (rest, traits, pin) in [
        ("on_page: true, paragraphs: [5], replacement: \"base\"", &["admin"][..], "fast"),
        ("on_page: true, paragraphs: [5], alternative_to: \"base\"", &["admin"][..], "fast"),
        ("on_page: false, paragraphs: []", &["admin"][..], "fast"),
        (on_page, &[], "fast"),
        (on_page, &["admin"][..], "plain"),
    ] {
        assert_eq!(of(rest, traits, pin), None, "{rest} {traits:?} {pin}");
    }
}

#[test]
fn a_sketch_that_has_just_begun_is_left_alone() {
    let engine = builtin::engine();
    for (components, connections) in [
        ("", ""),
        (r#""a": (name: "Shop", kind: web_application, traits: {"server-pages": true, "tables": 5})"#, ""),
        (
            r#""a": (name: "Shop", kind: web_application, traits: {"forms": true}), "db": (name: "Database", kind: relational_database),
               "c": (name: "People", kind: client), "q": (name: "Queue", kind: message_queue)"#,
            "",
        ),
        (
            r#""a": (name: "API", kind: rest_api, traits: {"pure-api": true, "endpoints": 3, "latency-target": 200}), "c": (name: "App", kind: client)"#,
            r#""x": (from: "c", to: "a")"#,
        ),
    ] {
        let findings = engine.assess(&plan(components, connections)).findings;
        assert!(findings.is_empty(), "{components}: {findings:#?}");
    }
}

#[test]
fn what_is_set_aside_keeps_its_reason_and_goes_with_the_file() {
    let engine = Arc::new(builtin::engine());
    let mut session = Session::new(Arc::clone(&engine), plan(r#""a": (name: "A", kind: rest_api)"#, ""), None);
    let before = to_text(session.project()).unwrap();
    let key = session.assessment().findings[0].key.clone();
    assert_eq!(key.as_str(), "no-traits:a");
    session.apply(Action::edit("Suppress", vec![Edit::Suppress(key.clone(), Some("Asked on Monday".to_owned()))]));
    assert_eq!(session.assessment().open_findings().count(), 0);
    assert_eq!(session.assessment().findings[0].suppressed.as_deref(), Some("Asked on Monday"));
    assert!(session.is_dirty(), "it is a change of the project");
    let text = to_text(session.project()).unwrap();
    assert!(text.contains("suppressed: {\n        \"no-traits:a\": \"Asked on Monday\",\n    },"), "{text}");
    let read = from_text(&text).unwrap();
    assert_eq!(read, **session.project());
    assert_eq!(engine.assess(&read).open_findings().count(), 0);
    session.apply(Action::edit("Show again", vec![Edit::Suppress(key, None)]));
    assert_eq!(to_text(session.project()).unwrap(), before, "nothing of it is left in the file");
    session.undo();
    assert_eq!(session.assessment().suppressed_findings().count(), 1);
}

#[test]
fn errors_cannot_be_set_aside_and_senseless_suppressions_are_refused() {
    let engine = builtin::engine();
    let mut project = plan(r#""a": (name: "A", kind: rest_api, traits: {"tabels": 3})"#, "");
    let key = engine.assess(&project).findings[0].key.clone();
    project.apply(&Edit::Suppress(key, Some("no".to_owned())));
    assert_eq!(engine.assess(&project).open_findings().next().unwrap().severity, Severity::Error);
    for (key, reason) in
        [("no-traits:a", " "), ("", "x"), ("a b", "x"), ("no-traits:b", &"x".repeat(MAX_REASON_BYTES + 1))]
    {
        let mut project = Project::new("Plan");
        project.apply(&Edit::Suppress(key.into(), Some(reason.to_owned())));
        assert_eq!(project.validate().len(), 1, "{key:?}");
    }
}

#[test]
fn a_house_adds_a_rule_by_data_alone() {
    let engine = small::engine();
    let mut project = Project::new("Plan");
    small::service(&mut project, "desk", &[("tables", 12.0)], &["admin"]);
    assert!(find(&engine.assess(&project).findings, "admin-by-hand").is_none());
    small::pin(&mut project, "desk", "fast");
    let findings = engine.assess(&project).findings;
    let finding = find(&findings, "admin-by-hand").unwrap();
    assert_eq!(finding.message, "desk: an admin by hand on Fast, 12 tables");
    assert_eq!(
        finding.fixes.iter().map(|fix| fix.label.as_str()).collect::<Vec<_>>(),
        ["Pin to Plain", "Drop \"Admin\""]
    );
    small::pin(&mut project, "desk", "plain-plus");
    assert!(
        find(&engine.assess(&project).findings, "admin-by-hand").is_none(),
        "what extends a framework counts as it"
    );
}

#[test]
fn names_with_brackets_stay_names() {
    let engine = builtin::engine();
    let project = plan(r#""a": (name: "{framework} {0}", kind: rest_api, traits: {"roles": 4})"#, "");
    let findings = engine.assess(&project).findings;
    assert!(find(&findings, "roles-without-accounts").unwrap().message.starts_with("{framework} {0} knows 4 roles"));
}

#[test]
fn going_through_the_findings_shows_one_after_the_other() {
    let engine = Arc::new(builtin::engine());
    let components = r#""app": (name: "App", kind: client), "a": (name: "A", kind: rest_api),
        "db": (name: "DB", kind: relational_database)"#;
    let project = plan(components, r#""x": (from: "app", to: "db", protocol: database)"#);
    let mut session = Session::new(engine, project, None);
    let keys: Vec<_> = session.assessment().open_findings().map(|finding| finding.key.clone()).collect();
    assert!(keys.len() > 1 && keys[0].as_str().starts_with("client-on-data-store"));
    session.apply(Action::Run("view.next-finding"));
    assert_eq!(session.current_finding().unwrap().key, keys[0]);
    assert!(session.selection().contains(&ElementId::Connection("x".into())));
    let requests = session.take_requests();
    assert!(requests.contains(&Request::Dock(DockTab::Findings)), "{requests:?}");
    assert!(requests.contains(&Request::Canvas(CanvasRequest::CentreSelection)), "{requests:?}");
    for _ in 1..keys.len() {
        session.apply(Action::Run("view.next-finding"));
    }
    assert_eq!(session.current_finding().unwrap().key, *keys.last().unwrap());
    session.apply(Action::Run("view.next-finding"));
    assert_eq!(session.current_finding().unwrap().key, keys[0], "round in a circle");
    session.apply(Action::Run("view.previous-finding"));
    assert_eq!(session.current_finding().unwrap().key, *keys.last().unwrap());
}

#[test]
fn a_chain_as_long_as_a_plan_can_be_is_followed() {
    let engine = builtin::engine();
    let mut project = Project::new("Long");
    let id = |i: usize| groundplan::project::ComponentId::new(&format!("s{i}"));
    for i in 0..20_000 {
        project.apply(&Edit::PutComponent(id(i), Component::new(&format!("S{i}"), ComponentKind::DomainService, None)));
    }
    for i in 0..20_000 {
        let link = Connection::new(id(i), id((i + 1) % 20_000), Protocol::Http);
        project.apply(&Edit::PutConnection(format!("l{i}").as_str().into(), link));
    }
    let findings = engine.assess(&project).findings;
    let circle = find(&findings, "circle-of-calls").unwrap();
    assert!(circle.key.as_str().len() < 100 && circle.message.len() < 400, "{} {}", circle.key, circle.message);
}

const KINDS: [ComponentKind; 12] = [
    ComponentKind::WebApplication,
    ComponentKind::RestApi,
    ComponentKind::BackOffice,
    ComponentKind::Worker,
    ComponentKind::RealtimeGateway,
    ComponentKind::MlInference,
    ComponentKind::DomainService,
    ComponentKind::RelationalDatabase,
    ComponentKind::Redis,
    ComponentKind::MessageQueue,
    ComponentKind::ExternalApi,
    ComponentKind::Client,
];

prop_compose! {
    /// A plan of a few components with traits, pins and connections, sensible or not.
    fn any_plan(engine: Arc<Engine>)(
        kinds in prop::collection::vec(0..KINDS.len(), 1..7),
        tags in prop::collection::vec((0..7_usize, 0..200_usize, 0.0..1.0_f64), 0..24),
        pins in prop::collection::vec((0..7_usize, 0..3_usize), 0..4),
        links in prop::collection::vec((0..7_usize, 0..7_usize, 0..6_usize), 0..12),
        placed in any::<bool>(),
    ) -> Project {
        use groundplan::{playbook::TraitKind, project::{ComponentId, ConnectionId}};
        let mut project = Project::new("Any");
        let id = |at: usize| ComponentId::new(&format!("c{}", at % kinds.len()));
        for (at, kind) in kinds.iter().enumerate() {
            let pos = placed.then(|| kurbo::Point::new(at as f64 * 220.0, 0.0));
            let name = format!("C{}", at % 5);
            project.apply(&Edit::PutComponent(id(at), Component::new(&name, KINDS[*kind], pos)));
        }
        for (at, which, share) in tags {
            let (trait_id, known) = engine.playbook.traits.get_index(which % engine.playbook.traits.len()).unwrap();
            let value = match &known.value {
                TraitKind::Flag => TraitValue::Flag(share > 0.2),
                TraitKind::Number { plausible: (low, _, high), .. } => {
                    TraitValue::Number((low + (high - low) * share).round().max(1.0))
                }
                TraitKind::Choice(options) => TraitValue::Choice(options[which % options.len()].clone()),
            };
            project.apply(&Edit::SetTrait(id(at), trait_id.clone(), Some(value)));
        }
        for (at, which) in pins {
            let pin = engine.playbook.frameworks.get_index(which).map(|(id, _)| id.clone());
            project.apply(&Edit::SetPin(id(at), pin));
        }
        for (number, (from, to, protocol)) in links.into_iter().enumerate() {
            let link = Connection::new(id(from), id(to), Protocol::ALL[protocol]);
            project.apply(&Edit::PutConnection(ConnectionId::new(&format!("l{number}")), link));
        }
        project
    }
}

#[test]
fn whatever_the_plan_every_fix_mends_and_is_one_step() {
    let engine = Arc::new(builtin::engine());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(150));
    let tried = std::cell::Cell::new(0);
    runner
        .run(&any_plan(Arc::clone(&engine)), |project| {
            tried.set(tried.get() + mend(&engine, &project));
            let findings = engine.assess(&project).findings;
            let keys: BTreeSet<_> = findings.iter().map(|finding| &finding.key).collect();
            prop_assert_eq!(keys.len(), findings.len(), "every finding has a key of its own");
            prop_assert!(findings.is_sorted_by_key(|finding| finding.severity));
            prop_assert!(findings.iter().flat_map(|finding| &finding.elements).all(|one| project.contains(one)));
            Ok(())
        })
        .unwrap();
    assert!(tried.get() > 100, "{}", tried.get());
}
