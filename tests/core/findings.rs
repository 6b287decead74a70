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

use crate::common::{builtin, rules, small_playbook as small};
use rules::{Row, rows};

/// A plan by hand: its components and its connections as they stand in a file.
fn plan(components: &str, connections: &str) -> Project {
    let text = format!("(format: 1, name: \"Plan\", components: {{ {components} }}, connections: {{ {connections} }})");
    from_text(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn find<'a>(findings: &'a [Finding], rule: &str) -> Option<&'a Finding> {
    findings.iter().find(|finding| finding.rule.as_str() == rule)
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
