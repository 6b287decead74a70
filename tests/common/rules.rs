//! Every rule of the findings, with a plan in which it speaks and what silences it.

/// One rule: a plan in which it speaks, a piece of what it says, and the same plan after somebody took care.
pub struct Row {
    pub rule: &'static str,
    pub components: &'static str,
    pub connections: &'static str,
    pub says: &'static str,
    /// What is replaced in the plan by what, so that the rule has nothing to say.
    pub cured: (&'static str, &'static str),
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

pub fn rows() -> Vec<Row> {
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
            "240 ms, where 200 ms are due; together 120 ms",
            ("Some(\"django\")", "Some(\"fastapi\")"),
        ),
        row(
            "calls-in-a-row",
            r#""api": (name: "API", kind: rest_api, traits: {"latency-target": 500}, pin: Some("django")), "a": (name: "A", kind: external_api)"#,
            r#""x": (from: "api", to: "a", calls_per_request: 3, latency_ms: 200)"#,
            "600 ms, where 500 ms are due; together 200 ms",
            ("latency_ms: 200", "latency_ms: 150"),
        ),
        row(
            "target-out-of-reach",
            r#""a": (name: "Predict", kind: ml_inference, pin: Some("fastapi"), traits: {"pure-api": true, "latency-target": 50, "inference-time": 80})"#,
            "",
            "takes 81 ms",
            ("\"inference-time\": 80", "\"inference-time\": 8"),
        ),
        row(
            "too-few-workers",
            r#""api": (name: "API", kind: rest_api, pin: Some("django"), traits: {"requests-peak": 400, "cpu-per-request": 5, "workers": 1})"#,
            "",
            "runs on Django with 1 of the 3 workers that its load takes at least",
            ("\"workers\": 1", "\"workers\": 6"),
        ),
        row(
            "target-missed",
            r#""c": (name: "App", kind: client, traits: {"requests-peak": 60}), "front": (name: "Front", kind: rest_api, pin: Some("fastapi"), traits: {"latency-target": 60}), "back": (name: "Back", kind: domain_service, pin: Some("fastapi"), traits: {"cpu-per-request": 10, "workers": 1})"#,
            r#""x": (from: "c", to: "front"), "y": (from: "front", to: "back")"#,
            "as what it waits for takes that long, and 60 ms are due",
            ("\"workers\": 1", "\"workers\": 3"),
        ),
        row(
            "load-below-callers",
            r#""c": (name: "App", kind: client, traits: {"requests-peak": 60}), "front": (name: "Front", kind: rest_api, traits: {"requests-peak": 20})"#,
            r#""x": (from: "c", to: "front")"#,
            "tagged with 20 requests a second, and its callers send 60",
            ("\"requests-peak\": 20", "\"requests-peak\": 60"),
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
            "shares-tables-of-later",
            r#""shop": (name: "Shop", kind: web_application, deferred: true), "job": (name: "Job", kind: worker, traits: {"shares-django-tables": true}), "db": (name: "Database", kind: relational_database)"#,
            r#""x": (from: "shop", to: "db", protocol: database), "y": (from: "job", to: "db", protocol: database)"#,
            "Job works on the tables of Shop, which is put off to later",
            ("\"shares-django-tables\": true", "\"shares-django-tables\": false"),
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
