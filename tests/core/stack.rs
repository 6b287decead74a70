//! The stack follows from framework and traits, names what the page names, and says what holds of it today.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use groundplan::{
    assess::{Engine, Stack, StackPackage},
    export::{self, ExportInput},
    playbook::{PackageStatus, TraitKind},
    project::{Component, ComponentId, ComponentKind, Edit, ElementId, Project, TraitValue},
    session::{Action, Session},
    storage::{self, load_engine},
};

use crate::common::{builtin, page};

fn everything() -> Project {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/everything.ron");
    storage::from_text(&fs::read_to_string(path).unwrap()).unwrap()
}

fn stack_of(engine: &Engine, project: &Project) -> Stack {
    engine.stack(project, &engine.assess(project))
}

fn names(rows: &[StackPackage]) -> Vec<&str> {
    rows.iter().map(|row| row.package.name.as_str()).collect()
}

#[test]
fn every_package_the_page_names_comes_up_under_its_traits() {
    let engine = builtin::engine();
    let project = everything();
    let stack = stack_of(&engine, &project);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for row in &stack.system {
        seen.insert(&row.entry.package.name);
        seen.extend(row.entry.in_place_of.iter().chain(&row.entry.alternatives).map(|p| p.name.as_str()));
    }
    for name in page::NAMED_ON_THE_PAGE {
        assert!(seen.contains(name), "{name} comes up nowhere: {seen:?}");
    }
    for package in &engine.playbook.packages {
        assert!(seen.contains(package.name.as_str()), "{} is listed and never called for", package.name);
    }
}

/// A service on one framework with one trait, as far as a stack sees it.
fn lone(framework: &str, tagged: Option<(&str, TraitValue)>) -> Project {
    let mut project = Project::new("Lone");
    let mut service = Component::new("Service", ComponentKind::RestApi, None);
    service.pin = Some(framework.into());
    service.traits.extend(tagged.map(|(id, value)| (id.into(), value)));
    project.apply(&Edit::PutComponent("service".into(), service));
    project
}

#[test]
fn each_of_them_needs_no_more_than_its_framework_and_one_trait() {
    let engine = builtin::engine();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for framework in engine.playbook.frameworks.keys() {
        let mut note = |project: &Project, why: String| {
            for row in &stack_of(&engine, project).components["service"].packages {
                let all = row.in_place_of.iter().chain(&row.alternatives).chain([&row.package]);
                all.for_each(|package| {
                    found.entry(package.name.clone()).or_insert_with(|| why.clone());
                });
            }
        };
        note(&lone(framework.as_str(), None), format!("every service on {framework}"));
        for (id, known) in &engine.playbook.traits {
            let value = match &known.value {
                TraitKind::Flag => TraitValue::Flag(true),
                TraitKind::Number { plausible: (_, typical, _), .. } => TraitValue::Number(*typical),
                TraitKind::Choice(_) => continue,
            };
            note(&lone(framework.as_str(), Some((id.as_str(), value))), format!("{id} on {framework}"));
        }
    }
    for name in page::NAMED_ON_THE_PAGE {
        let why = found.get(name).unwrap_or_else(|| panic!("no single trait calls for {name}"));
        println!("{name}: {why}");
    }
}

#[test]
fn a_trait_calls_for_its_package_and_says_so() {
    let engine = builtin::engine();
    let mut project = everything();
    let on = |project: &Project, id: &str, name: &str| {
        let stack = stack_of(&engine, project);
        let rows = &stack.components[&ComponentId::new(id)].packages;
        rows.iter().find(|row| row.package.name == name).map(|row| row.because.clone())
    };
    for (id, name, trait_id, because) in [
        ("pages", "channels", "websocket", "WebSocket"),
        ("pages", "django-guardian", "object-permissions", "Rights on single records"),
        ("staff", "django-import-export", "import-export", "Import and export of data"),
        ("api", "pwdlib", "user-accounts", "User accounts"),
        ("api", "sqlalchemy", "tables", "Tables: 10"),
        ("api", "TimescaleDB", "time-series-writes", "Time-series writes"),
    ] {
        let causes = on(&project, id, name);
        assert!(causes.as_ref().is_some_and(|causes| causes.iter().any(|c| c == because)), "{name}: {causes:?}");
        let before = project.clone();
        project.apply(&Edit::SetTrait(id.into(), trait_id.into(), None));
        assert_eq!(on(&project, id, name), None, "{name} stays without {trait_id}");
        project = before;
    }
}

/// What a criterion takes for granted of a kind, the stack and the findings take for granted too, until the trait is denied.
#[test]
fn a_kind_that_implies_a_trait_implies_its_packages_and_its_findings() {
    let engine = builtin::engine();
    for (kind, implied, criterion, pin, package, rule) in [
        (ComponentKind::RealtimeGateway, "websocket", "websocket", "django", "channels", "websocket-without-channels"),
        (
            ComponentKind::RealtimeGateway,
            "websocket",
            "websocket",
            "django_drf",
            "daphne",
            "websocket-without-channels",
        ),
        (
            ComponentKind::RealtimeGateway,
            "websocket",
            "websocket",
            "django",
            "channels-redis",
            "websocket-without-channels",
        ),
        (ComponentKind::BackOffice, "admin-interface", "admin-for-staff", "fastapi", "", "rebuilt-admin"),
        (ComponentKind::BackOffice, "admin-interface", "admin-for-staff", "django", "django-debug-toolbar", ""),
        (ComponentKind::WebApplication, "server-pages", "server-rendered-pages", "django", "django-debug-toolbar", ""),
    ] {
        for said in [None, Some(true), Some(false)] {
            let mut project = lone(pin, None);
            let mut service = (*project.components["service"]).clone();
            service.kind = kind;
            service.traits.extend(said.map(|said| (implied.into(), TraitValue::Flag(said))));
            project.apply(&Edit::PutComponent("service".into(), service));
            let assessment = engine.assess(&project);
            let stack = engine.stack(&project, &assessment);
            let holds = said != Some(false);
            let evidence =
                assessment.components["service"].reasons.iter().any(|one| one.criterion.as_str() == criterion);
            assert_eq!(evidence, holds, "{criterion} on {kind:?} with {said:?}");
            if !package.is_empty() {
                let has = names(&stack.components["service"].packages).contains(&package);
                assert_eq!(has, holds, "{package} on {kind:?} with {said:?}");
            }
            if !rule.is_empty() {
                let found = assessment.findings.iter().any(|finding| finding.rule.as_str() == rule);
                assert_eq!(found, holds, "{rule} on {kind:?} with {said:?}");
            }
        }
    }
}

#[test]
fn what_is_no_longer_kept_is_named_beside_what_is_taken() {
    let engine = builtin::engine();
    let project = everything();
    let assessment = engine.assess(&project);
    let stack = engine.stack(&project, &assessment);
    let api = &stack.components[&ComponentId::new("api")].packages;
    for (taken, old) in [("pwdlib", "passlib"), ("PyJWT", "python-jose"), ("sqlalchemy", "databases")] {
        let row = api.iter().find(|row| row.package.name == taken).unwrap();
        let replaced = row.in_place_of.iter().find(|package| package.name == old).unwrap();
        assert!(replaced.status != PackageStatus::Active && !replaced.checked.is_empty() && !replaced.note.is_empty());
        assert!(!names(api).contains(&old), "{old} is installed");
    }
    let input = ExportInput::new(&project, &assessment, &engine.playbook);
    let text = export::requirements(&input, &stack, &"api".into()).unwrap();
    assert!(text.starts_with(export::REQUIREMENTS_MARK), "{text}");
    assert!(text.contains("pwdlib[argon2]==") && !text.lines().any(|line| line.starts_with("passlib")), "{text}");
    assert!(text.contains("Redis") && !text.lines().any(|line| line.starts_with("Redis")), "a product is no package");
}

#[test]
fn every_package_is_pinned_and_every_product_is_not() {
    for package in &builtin::engine().playbook.packages {
        assert_eq!(package.product, package.version.is_empty(), "{}", package.name);
        assert_eq!(package.checked.len(), "2026-11-22".len(), "{}", package.name);
    }
}

#[test]
fn requirements_hold_one_pin_a_line_and_the_framework_itself() {
    let engine = builtin::engine();
    for name in ["construction-saas", "delivery-prediction", "monolith-decomposition", "factory-telemetry", "blank"] {
        let project = builtin::preset(name);
        let assessment = engine.assess(&project);
        let stack = engine.stack(&project, &assessment);
        assert_eq!(stack.components.len(), assessment.components.len(), "{name}");
        let input = ExportInput::new(&project, &assessment, &engine.playbook);
        for (id, component) in &stack.components {
            let text = export::requirements(&input, &stack, id).unwrap();
            let pins: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(
                pins.iter().all(|line| line.split('#').next().unwrap_or_default().contains("==")),
                "{name}: {text}"
            );
            let distinct: BTreeSet<&str> = pins.iter().filter_map(|line| line.split(['=', '[']).next()).collect();
            assert_eq!(distinct.len(), pins.len(), "{name}: {id}: {text}");
            for base in &engine.playbook.frameworks[&component.framework].base_packages {
                assert!(distinct.contains(base.as_str()), "{name}: {id} lacks {base}");
            }
        }
        for (id, component) in &stack.components {
            let alone = groundplan::assess::component_stack(&engine.playbook, &project, &assessment, id);
            assert_eq!(alone.as_ref(), Some(component), "{name}: {id}");
        }
        for row in &stack.system {
            let needing =
                stack.components.iter().filter(|(_, c)| names(&c.packages).contains(&row.entry.package.name.as_str()));
            assert_eq!(needing.map(|(id, _)| id).collect::<Vec<_>>(), row.components.iter().collect::<Vec<_>>());
        }
    }
}

#[test]
fn glue_counts_what_a_framework_leaves_to_assemble() {
    let engine = builtin::engine();
    let stack = stack_of(&engine, &builtin::preset("construction-saas"));
    let glue = |framework: &str| stack.glue.iter().find(|glue| glue.framework.as_str() == framework).unwrap();
    let (one_box, engine_of_parts) = (glue("django"), glue("fastapi"));
    assert_eq!(stack.glue.len(), 2, "one for each root");
    // The page's point on this very case: everything would have to be put together from parts.
    assert!(engine_of_parts.by_hand.len() > one_box.by_hand.len(), "{:?}", stack.glue);
    for trait_id in ["admin-interface", "roles"] {
        assert!(engine_of_parts.by_hand.iter().any(|id| id.as_str() == trait_id), "{:?}", engine_of_parts.by_hand);
    }
    assert!(one_box.packages.iter().any(|name| name == "djangorestframework"), "{:?}", one_box.packages);
    for glue in &stack.glue {
        let base = &engine.playbook.frameworks[&glue.framework].base_packages;
        assert!(glue.packages.iter().all(|name| !base.contains(name)));
        assert!(glue.packages.iter().all(|name| !engine.playbook.package(name).unwrap().product));
    }

    // One trait more, one package more, on the framework that has a package for it; by hand on the other.
    let mut project = builtin::preset("delivery-prediction");
    let glue_of = |project: &Project| stack_of(&engine, project).components[0].glue.clone();
    let before = glue_of(&project);
    let id = stack_of(&engine, &project).components.keys().next().unwrap().clone();
    project.apply(&Edit::SetTrait(id, "object-permissions".into(), Some(TraitValue::Flag(true))));
    let after = glue_of(&project);
    assert_eq!(after[0].packages.len(), before[0].packages.len() + 1);
    assert_eq!(after[1].by_hand.len(), before[1].by_hand.len() + 1);
}

#[test]
fn a_session_keeps_its_stack_in_step_with_the_project() {
    let engine = Arc::new(builtin::engine());
    let mut session = Session::new(Arc::clone(&engine), builtin::preset("construction-saas"), None);
    let id = session.assessment().components.keys().next().unwrap().clone();
    let element = ElementId::Component(id.clone());
    let edits = [
        vec![Edit::Move([element].into(), kurbo::Vec2::new(24.0, 0.0))],
        vec![Edit::Rename(id.clone(), "Another name".to_owned())],
        vec![Edit::SetTrait(id.clone(), "websocket".into(), Some(TraitValue::Flag(true)))],
        vec![Edit::SetPin(id.clone(), Some("fastapi".into()))],
        vec![Edit::SetKind(id.clone(), ComponentKind::Worker)],
    ];
    for edits in edits {
        let _ = (session.stack(), session.component_stack(&id));
        session.apply(Action::edit("Step", edits));
        let fresh = engine.stack(session.project(), session.assessment());
        assert_eq!(*session.stack(), fresh);
        assert_eq!(session.component_stack(&id).as_deref(), fresh.components.get(&id));
    }
    session.undo();
    assert_eq!(*session.stack(), engine.stack(session.project(), session.assessment()));
}

#[test]
fn a_house_playbook_adds_a_third_framework_and_takes_nothing_from_the_rest() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (house, plain) = (load_engine(Some(&root.join("docs/house-playbook"))).unwrap(), load_engine(None).unwrap());
    assert_eq!(house.playbook.house.as_ref().map(|house| house.name.as_str()), Some("Lighthouse"));
    assert_eq!(house.playbook.frameworks.len(), plain.playbook.frameworks.len() + 1);
    assert!(!house.playbook.criteria.contains_key("replaces-spreadsheets"), "it is taken away");
    let weights = &house.playbook.criteria["simple-data-io-bound"].weights_db;
    assert_eq!(
        weights.keys().map(groundplan::project::FrameworkId::as_str).collect::<Vec<_>>(),
        ["fastapi", "litestar"]
    );
    assert_eq!(house.playbook.estimate.seam_db.len(), plain.playbook.estimate.seam_db.len());
    assert_eq!(house.playbook.estimate.new_projects.rate_usd_per_person_week, 5200.0);

    // The third framework wins a service, and the other one keeps its own: a mixed system.
    let text = fs::read_to_string(root.join("docs/house-example.ron")).unwrap();
    let example = storage::read_project(&text, &|project| house.check(project)).unwrap();
    let assessment = house.assess(&example);
    assert_eq!(assessment.components["arrivals"].framework.as_str(), "litestar");
    assert_eq!(assessment.components["berths"].framework.as_str(), "django");
    assert_eq!(assessment.verdict.seam.len(), 1);
    let stack = house.stack(&example, &assessment);
    let arrivals = names(&stack.components["arrivals"].packages);
    assert!(arrivals.contains(&"litestar") && arrivals.contains(&"advanced-alchemy"), "{arrivals:?}");
    assert!(!arrivals.contains(&"fastapi"), "what it resembles is not installed: {arrivals:?}");
    assert_eq!(stack.glue.len(), 3);

    // Prices come from what it resembles, times its factor.
    let item = house.playbook.work_items.values().find(|item| item.person_weeks.contains_key("fastapi")).unwrap();
    let (own, like) = ("litestar".into(), "fastapi".into());
    let ratio = house.playbook.person_weeks(item, &own).unwrap() / house.playbook.person_weeks(item, &like).unwrap();
    assert!((ratio - 0.95).abs() < 1e-12, "{ratio}");

    // Everything else holds: the case studies keep their frameworks, and their figures to the cent.
    for (id, case) in &house.playbook.cases {
        let drawing = builtin::preset(id.as_str());
        let (ours, theirs) = (house.assess(&drawing), plain.assess(&drawing));
        for (component, framework) in &case.frameworks {
            assert_eq!(ours.components[component].framework, *framework, "{id}: {component}");
        }
        let Some(published) = &case.published else { continue };
        let found = ours.estimate.budget_usd.quantiles();
        let (low, high) = published.budget_usd;
        assert!((found.p10 / low - 1.0).abs() < 1e-6 && (found.p90 / high - 1.0).abs() < 1e-6, "{id}: {found:?}");
        assert!((ours.estimate.weeks.median / theirs.estimate.weeks.median - 1.0).abs() < 1e-6, "{id}");
    }
}
