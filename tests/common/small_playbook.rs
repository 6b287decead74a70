//! A playbook small enough to compute by hand: two roots, `plain` (with `plain-plus` on top of it) and `fast`.
#![allow(clippy::panic, clippy::unwrap_used, reason = "clippy takes helpers of tests for production code")]

use groundplan::{
    assess::Engine,
    playbook::{CaseId, Playbook, PlaybookFile, load},
    project::{Component, ComponentId, ComponentKind, Connection, ConnectionId, Edit, Project, Protocol, TraitValue},
};

pub const FRAMEWORKS: &str = r#"[
    (id: "plain", name: "Plain", short_name: "Plain", character: "c", prior_db: 0, colour: "green", home: "h", base_packages: ["base"], paragraphs: [1]),
    (id: "plain-plus", name: "Plain plus", short_name: "Plus", character: "c", extends: "plain", prior_db: -3, colour: "olive", home: "h", base_packages: [], paragraphs: []),
    (id: "fast", name: "Fast", short_name: "Fast", character: "c", prior_db: 0, colour: "teal", home: "h", base_packages: [], paragraphs: [1]),
]"#;

pub const TRAITS: &str = r#"[
    (id: "tables", label: "Tables", chip: "{} tables", unit: "tables", value: number(least: 0, most: 1000, plausible: (5, 20, 60), whole: true), group: "Data", help: "h", paragraphs: [7]),
    (id: "rate", label: "Requests a second", chip: "{}/s", unit: "/s", value: number(least: 0, most: 1000000, plausible: (1, 50, 5000)), group: "Load", help: "h", paragraphs: [8]),
    (id: "admin", label: "Admin", chip: "admin", value: flag, group: "People", help: "h", paragraphs: [5]),
    (id: "pure-api", label: "Pure API", chip: "pure API", value: flag, group: "API", help: "h", contradicts: ["admin"], paragraphs: [8]),
    (id: "endpoints", label: "Endpoints", chip: "{} endpoints", unit: "endpoints", value: number(least: 0, most: 1000, plausible: (3, 20, 100), whole: true), group: "API", help: "h", paragraphs: [9]),
    (id: "changes", label: "Schema changes", chip: "{}", value: choice(["rare", "regular", "frequent"]), group: "Data", help: "h", paragraphs: [10]),
]"#;

pub const CRITERIA: &str = r#"[
    (id: "many-tables", label: "{} linked tables", reason: "r", when: ramp(trait("tables"), [(5, 0), (20, 0.5), (40, 1)]), weights_db: {"plain": 10}, weight_reason: "w", paragraphs: [7], provenance: claim),
    (id: "admin", label: "Staff need an admin", reason: "r", when: has("admin"), weights_db: {"plain": 12, "fast": -2}, weight_reason: "w", paragraphs: [5], provenance: claim),
    (id: "pure-api", label: "Pure API", reason: "r", when: has("pure-api"), weights_db: {"fast": 9}, weight_reason: "w", paragraphs: [8], provenance: claim),
    (id: "api-inside", label: "{} endpoints beside an admin", reason: "r", when: all([at_least(trait("endpoints"), 1), not(has("pure-api"))]), weights_db: {"plain-plus": 6}, weight_reason: "w", paragraphs: [9], provenance: claim),
    (id: "throughput", label: "{}/s at peak", reason: "r", when: ramp(trait("rate"), [(100, 0), (10000, 1)]), weights_db: {"fast": 8}, weight_reason: "w", paragraphs: [8], provenance: claim),
    (id: "calls-out", label: "{} calls a request", reason: "r", when: ramp(calls((direction: out, kinds: [external_api])), [(1, 0), (3, 1)]), weights_db: {"fast": 7}, weight_reason: "w", paragraphs: [4], provenance: claim),
    (id: "frequent", label: "Schema changes: {}", reason: "r", when: is("changes", "frequent"), weights_db: {"plain": 3, "plain-plus": 4}, weight_reason: "w", paragraphs: [10], provenance: claim),
]"#;

pub const WORK_ITEMS: &str = r#"[
    (id: "model", label: "Model", reason: "r", scope: service, when: always, amount: trait("tables"), curve: [(0, 0), (20, 20), (100, 60)], person_weeks: {"plain": 0.3, "fast": 0.5}, phases: {"start": 0.25, "build": 0.75}, cv: 0.35, log_spread: 0.3, paragraphs: [7], provenance: assumption),
    (id: "admin", label: "Admin", reason: "r", scope: service, when: has("admin"), amount: const(1), person_weeks: {"plain": 1.2, "fast": 14}, phases: {"build": 1}, cv: 0.35, log_spread: 0.3, paragraphs: [5], provenance: claim),
    (id: "endpoints", label: "Endpoints", reason: "r", scope: service, when: always, amount: trait("endpoints"), person_weeks: {"plain": 0.4, "plain-plus": 0.25}, any: 0.2, phases: {"build": 1}, cv: 0.3, log_spread: 0.25, paragraphs: [9], provenance: assumption),
    (id: "integration", label: "Integration", reason: "r", scope: link, when: always, amount: const(1), kinds: [external_api], person_weeks: {}, any: 2, phases: {"build": 0.5, "finish": 0.5}, cv: 0.4, log_spread: 0.35, paragraphs: [], provenance: assumption),
    (id: "seam", label: "Contract across the seam", reason: "r", scope: seam, when: always, amount: const(1), person_weeks: {}, any: 0.8, phases: {"build": 1}, cv: 0.4, log_spread: 0.35, paragraphs: [14], provenance: assumption),
    (id: "second", label: "A second framework", reason: "r", scope: extra_framework, when: always, amount: const(1), person_weeks: {}, any: 2.5, phases: {"start": 1}, cv: 0.4, log_spread: 0.35, paragraphs: [14], provenance: assumption),
    (id: "foundations", label: "Foundations", reason: "r", scope: project, when: always, amount: const(1), person_weeks: {}, any: 1.5, phases: {"start": 1}, cv: 0.3, log_spread: 0.25, paragraphs: [], provenance: assumption),
]"#;

pub const ESTIMATE: &str = r#"(
    reference_rate_usd_per_person_week: 4500, reference_team_size: 2, communication_share: 0.06,
    phases: [(id: "start", label: "Start"), (id: "build", label: "Build"), (id: "finish", label: "Finish")],
    second_framework_db: 4, seam_db: {http: 1, websocket: 1, queue: 0.5, pubsub: 0.5, database: 3, shared_tables: 8}, reason: "r",
)"#;

pub const CASES: &str = r#"[
    (id: "big", name: "Big", summary: "s", paragraph: 15, frameworks: {"site": "plain-plus"}, published: (timeline: (3, 5), unit: months, budget_usd: (90000, 180000))),
    (id: "small", name: "Small", summary: "s", paragraph: 16, frameworks: {"api": "fast"}, published: (timeline: (4, 6), unit: weeks, budget_usd: (25000, 50000))),
    (id: "talk", name: "Talk", summary: "s", paragraph: 14, frameworks: {}),
]"#;

pub const PACKAGES: &str = r#"[
    (name: "base", purpose: "p", frameworks: ["plain"], when: always, status: active, checked: "2026-11-22", on_page: true, paragraphs: [1]),
]"#;

pub const CLAIMS: &str = r#"[
    (id: "faster", paragraph: 4, claim: "c", provenance: claim, criteria: ["throughput"]),
]"#;

pub const RULES: &str = r#"[
    (id: "admin-by-hand", severity: warning, message: "{name}: an admin by hand on {framework}, {0} tables", why: "w", when: all([has("admin"), on_framework(["fast"])]), values: [trait("tables")], fixes: [pin("plain"), clear("admin")], paragraphs: [5], provenance: claim),
]"#;

/// The files of the small playbook, with one of them replaced by the caller's text.
pub fn files(replaced: &[(&str, String)]) -> Vec<PlaybookFile> {
    let files = [
        ("frameworks.ron", FRAMEWORKS),
        ("traits.ron", TRAITS),
        ("criteria.ron", CRITERIA),
        ("work_items.ron", WORK_ITEMS),
        ("estimate.ron", ESTIMATE),
        ("cases.ron", CASES),
        ("packages.ron", PACKAGES),
        ("claims.ron", CLAIMS),
        ("rules.ron", RULES),
    ];
    let text = |name: &str, text: &str| {
        replaced.iter().find(|(other, _)| *other == name).map_or_else(|| text.to_owned(), |(_, new)| new.clone())
    };
    files.into_iter().map(|(name, old)| PlaybookFile { name: name.to_owned(), text: text(name, old) }).collect()
}

pub fn playbook() -> Playbook {
    load(&files(&[])).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The drawings of the two cases that calibrate.
pub fn drawings() -> Vec<(CaseId, Project)> {
    let mut big = Project::new("Big");
    service(&mut big, "site", &[("tables", 40.0), ("endpoints", 60.0)], &["admin"]);
    resource(&mut big, "books", ComponentKind::ExternalApi);
    link(&mut big, "site", "books", Protocol::Http);
    let mut small = Project::new("Small");
    service(&mut small, "api", &[("tables", 2.0), ("endpoints", 3.0), ("rate", 42.0)], &["pure-api"]);
    for api in ["weather", "traffic"] {
        resource(&mut small, api, ComponentKind::ExternalApi);
        link(&mut small, "api", api, Protocol::Http);
    }
    vec![("big".into(), big), ("small".into(), small)]
}

pub fn engine() -> Engine {
    Engine::new(playbook(), drawings()).unwrap()
}

pub fn service(project: &mut Project, id: &str, numbers: &[(&str, f64)], flags: &[&str]) {
    let mut component = Component::new(id, ComponentKind::DomainService, None);
    for (name, value) in numbers {
        component.traits.insert((*name).into(), TraitValue::Number(*value));
    }
    for name in flags {
        component.traits.insert((*name).into(), TraitValue::Flag(true));
    }
    project.apply(&Edit::PutComponent(ComponentId::new(id), component));
}

pub fn resource(project: &mut Project, id: &str, kind: ComponentKind) {
    project.apply(&Edit::PutComponent(ComponentId::new(id), Component::new(id, kind, None)));
}

pub fn link(project: &mut Project, from: &str, to: &str, protocol: Protocol) -> ConnectionId {
    let (from, to) = (ComponentId::new(from), ComponentId::new(to));
    let id = project.new_connection_id(&from, &to);
    project.apply(&Edit::PutConnection(id.clone(), Connection::new(from, to, protocol)));
    id
}

pub fn set(project: &mut Project, id: &str, name: &str, value: TraitValue) {
    project.apply(&Edit::SetTrait(id.into(), name.into(), Some(value)));
}

pub fn pin(project: &mut Project, id: &str, framework: &str) {
    project.apply(&Edit::SetPin(id.into(), Some(framework.into())));
}
