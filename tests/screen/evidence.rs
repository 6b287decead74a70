//! The advice can be questioned: every reason leads to a claim of the page, and every claim to what it is used for.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use crate::common::{bench, builtin};
use bench::{Window, window};

use std::sync::Arc;

use egui::{Key, Role};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    app::{Groundplan, Setup},
    assess::{capacity::modelled, uses},
    explain::model_row,
    lang::Language,
    playbook::{self, Citation, Claim, PARAGRAPHS, Playbook, Provenance, Subject},
    project::ElementId,
    session::{Action, Request, Select, Session},
    storage,
    ui::panels::{
        dock::{DockState, Show, dock_ui},
        inspector::{InspectorState, inspector_ui},
    },
};

fn book() -> Playbook {
    playbook::builtin().unwrap()
}

/// What is said of speed is computed where it stands: each set-up agrees with its measurement, or says why not.
#[test]
fn claims_of_speed_stand_beside_what_the_model_gives() {
    let book = book();
    let mut disagree = Vec::new();
    let mut rows = 0;
    for claim in &book.claims {
        for modelled in modelled(&book, claim) {
            let row = model_row(&modelled);
            rows += 1;
            assert!(modelled.model.is_some(), "{}: {row:?}", claim.id);
            if !modelled.agrees {
                assert!(!row.why.is_empty(), "{}: {} differs and does not say why", claim.id, row.label);
                disagree.push((claim.id.as_str(), row.model, row.measured));
            }
        }
    }
    for paragraph in [4, 8, 16, 18] {
        let with = book.claims_of(paragraph).filter(|claim| !claim.model.is_empty()).count();
        assert!(with > 0, "nothing of ¶{paragraph} is computed");
    }
    println!("{rows} set-ups, these differ: {disagree:#?}");
    assert!(rows >= 25 && disagree.len() * 2 < rows, "{disagree:#?}");
    // The page's own figures come out of the model: 200 against 600 ms, and no ten thousand on one process.
    let of = |id: &str| modelled(&book, claim(&book, id)).iter().map(model_row).collect::<Vec<_>>();
    assert_eq!(
        [&of("three-calls-together")[0].model, &of("three-calls-together")[1].model],
        ["mean 202 ms", "mean 604 ms"]
    );
    assert!(of("ten-thousand-a-second").iter().all(|row| row.model.starts_with("at most ")));
}

#[test]
fn the_evidence_tab_tells_what_the_model_gives() {
    let session = Session::new(Arc::new(builtin::engine()), builtin::preset("delivery-prediction"), None);
    let mut state = DockState { tab: groundplan::session::DockTab::Evidence, ..DockState::default() };
    state.evidence.show = Show::Modelled;
    let mut window = window(session, state, [1332.0, 1400.0], dock_ui);
    window.run();
    let said = "FastAPI, awaited together: the model gives mean 202 ms, measured 204 ms, agrees";
    assert!(window.query_by_label(said).is_some());
    assert!(window.query_all_by_label_contains("differs. ").count() > 0, "what differs says why");
}

fn claim<'a>(book: &'a Playbook, id: &str) -> &'a Claim {
    book.claims.iter().find(|claim| claim.id == id).unwrap()
}

#[test]
fn every_paragraph_has_a_title_and_a_claim() {
    let book = book();
    for paragraph in 1..=PARAGRAPHS {
        assert!(book.claims_of(paragraph).count() > 0, "¶{paragraph} has no claim");
        let words = book.paragraph_title(paragraph).split_whitespace().count();
        assert!((3..=6).contains(&words), "¶{paragraph}: \"{}\"", book.paragraph_title(paragraph));
        let titles = book.claims_of(paragraph).filter(|claim| !claim.paragraph_title.is_empty()).count();
        assert_eq!(titles, 1, "¶{paragraph} is called {titles} things");
    }
}

#[test]
fn whatever_rests_on_the_page_is_reached_from_a_claim_of_each_of_its_paragraphs() {
    let book = book();
    let stands = |provenance| matches!(provenance, Provenance::Claim | Provenance::Measured);
    let mut seen = 0;
    for criterion in book.criteria.values().filter(|one| stands(one.provenance)) {
        for paragraph in &criterion.paragraphs {
            let citation = Citation::criterion(*paragraph, &criterion.id);
            let found = book.claims_behind(&citation);
            assert!(found.iter().any(|c| c.carries(&citation.subject)), "{}: nothing in ¶{paragraph}", criterion.id);
            seen += 1;
        }
    }
    for item in book.work_items.values().filter(|one| stands(one.provenance)) {
        let subject = Subject::WorkItem(item.id.clone());
        let carried = |paragraph: &u8| book.claims_of(*paragraph).any(|claim| claim.carries(&subject));
        assert!(item.paragraphs.iter().any(carried), "{} stands on no claim", item.id);
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
    let of_page = book.packages.iter().filter(|package| package.on_page);
    for package in of_page {
        let subject = Subject::Package(package.name.clone());
        assert!(book.claims.iter().any(|claim| claim.carries(&subject)), "{} is in no claim", package.name);
    }
}

#[test]
fn each_of_the_pages_performance_claims_stands_beside_its_measurement_and_verdict() {
    let book = book();
    // Claim, the page's figure, what was measured, the verdict.
    let table = [
        ("two-to-five-times", 4, "2-5x", "1.0x at 10 clients, 2.9x at 50, 4.0x at 200", "Conditional"),
        ("two-to-five-times", 4, "2-5x", "Database read 1.1x, insert 1.5x", "no more than worker slots"),
        ("three-calls-together", 4, "200 ms against 600", "203.5 against 607.9", "not the framework"),
        (
            "three-calls-together",
            4,
            "200 ms",
            "thread pool 205, Django async 206; FastAPI that awaits in a row 613",
            "code",
        ),
        ("two-calls-together", 16, "120 ms against 240", "154 against 267", "The wait halves"),
        ("ten-thousand-a-second", 8, "10,000+", "5,000 for an empty endpoint", "Not on one process"),
        ("ten-thousand-a-second", 8, "10,000+", "3,000 with checking; at most 1,160 with one call; 590", "Not"),
        ("hundred-messages", 18, "100 messages/s", "p99 15 ms at 0.24", "five times over"),
        ("several-django-workers", 18, "several workers", "p99 24.5 ms at 0.24", "WebSocket was not measured"),
        ("several-django-workers", 18, "several workers", "saturates near 390", "Not for HTTP"),
        ("under-200-ms", 16, "200 ms", "p99 151 ms with 5 ms of model time, p95 293 ms with 20", "processor time"),
        (
            "async-django-loses",
            4,
            "",
            "17x slower than FastAPI, ORM reads 2.5x slower",
            "not for calls that go out together",
        ),
    ];
    for (id, paragraph, figure, measured, verdict) in table {
        let claim = claim(&book, id);
        assert_eq!((claim.paragraph, claim.provenance), (paragraph, Provenance::Measured), "{id}");
        assert!(claim.page_figure.contains(figure), "{id}: {}", claim.page_figure);
        assert!(claim.measured.contains(measured), "{id}: {}", claim.measured);
        assert!(claim.verdict.contains(verdict), "{id}: {}", claim.verdict);
    }
}

#[test]
fn measurements_say_how_and_when_and_updates_say_what_holds_today() {
    let book = book();
    for claim in &book.claims {
        if claim.provenance == Provenance::Measured {
            for word in ["vCPU", "Python", "Django 5.2", "FastAPI 0.165", "PostgreSQL"] {
                assert!(claim.how.contains(word), "{}: {}", claim.id, claim.how);
            }
        }
    }
    // What the page has been overtaken in, and the words that must be there.
    for (id, words) in [
        ("async-views-since", &["3.1", "2020", "4.1", "Transactions are still synchronous"][..]),
        ("wrappers-everywhere", &["4.1", "transactions"]),
        ("registration-not-included", &["neither registration nor e-mail"]),
        ("python-jose-left", &["PyJWT", "2024"]),
        ("passlib-left", &["pwdlib", "2025", "2020"]),
        ("databases-package", &["March 2024"]),
        ("fastapi-users-package", &["maintenance"]),
    ] {
        let claim = claim(&book, id);
        assert_eq!(claim.provenance, Provenance::Update, "{id}");
        assert!(claim.checked.len() == 10, "{id}: {}", claim.checked);
        assert!(words.iter().all(|word| claim.verdict.contains(word)), "{id}: {}", claim.verdict);
    }
}

#[test]
fn search_takes_words_paragraphs_and_kinds() {
    let book = book();
    let paragraphs = |words: &str| {
        let mut found: Vec<u8> = book.find_claims(words).iter().map(|claim| claim.paragraph).collect();
        found.dedup();
        found
    };
    assert_eq!(paragraphs("¶1"), [1], "¶1 is not ¶14");
    assert_eq!(book.find_claims("").len(), book.claims.len());
    assert!(book.find_claims("measured").iter().any(|claim| claim.provenance == Provenance::Measured));
    assert!(book.find_claims("update ¶12").iter().all(|c| c.paragraph == 12 && c.provenance == Provenance::Update));
    assert!(!book.find_claims("update ¶12").is_empty());
    assert!(book.find_claims("WEATHER 240").iter().any(|claim| claim.id == "two-calls-together"));
    assert!(book.find_claims("passlib").iter().any(|claim| claim.id == "passlib-left"), "by a package");
    assert!(book.find_claims("admin interface").iter().any(|claim| claim.id == "admin-saves"), "by what stands on it");
    assert!(book.find_claims("zeppelin").is_empty());
}

#[test]
fn uses_are_what_the_assessment_made_of_each_criterion_and_work_item() {
    let engine = builtin::engine();
    let assessment = engine.assess(&builtin::preset("construction-saas"));
    let uses = uses(&assessment);
    let mut counted = 0;
    for criterion in engine.playbook.criteria.keys() {
        let services = uses.of_criterion(criterion);
        assert!(services.is_sorted_by(|a, b| a.decibans.abs() >= b.decibans.abs()));
        for service in services {
            let reasons = &assessment.components[&service.component].reasons;
            assert!(reasons.iter().any(|reason| reason.criterion == *criterion
                && reason.framework == service.framework
                && reason.decibans == service.decibans));
            counted += 1;
        }
    }
    assert_eq!(counted, assessment.components.values().map(|advice| advice.reasons.len()).sum::<usize>());
    let usd: f64 = engine.playbook.work_items.keys().filter_map(|id| uses.of_work_item(id)).map(|work| work.usd).sum();
    assert!((usd - assessment.estimate.budget_usd.median).abs() < 1e-6 * usd, "{usd}");
    assert!(uses.stand_on(claim(&engine.playbook, "admin-saves")));
    assert!(!uses.stand_on(claim(&engine.playbook, "sales-line")));
    assert!(!uses.stand_on(claim(&engine.playbook, "hundred-messages")));
}

fn session(preset: &str) -> Session {
    Session::new(Arc::new(builtin::engine()), builtin::preset(preset), None)
}

/// The dock with the evidence of a citation.
fn evidence(preset: &str, citation: Citation, size: [f32; 2]) -> Window<DockState> {
    let mut state = DockState::default();
    state.show_evidence(citation);
    window(session(preset), state, size, dock_ui)
}

fn has<S>(window: &Window<S>, label: &str) -> bool {
    window.query_all_by_label_contains(label).next().is_some()
}

#[test]
fn a_mark_in_the_waterfall_asks_for_its_claim_by_mouse_and_by_key() {
    let mut session = session("construction-saas");
    session.apply(Action::Select(Select::Only(vec![ElementId::Component("back-office".into())])));
    let reason = session.assessment().components["back-office"].reasons[0].clone();
    let mut window = window(session, InspectorState::default(), [340.0, 1400.0], inspector_ui);
    let asked = Request::Evidence(Citation::criterion(reason.paragraph, &reason.criterion));
    let name = format!("Paragraph {}", reason.paragraph);
    let mark = |window: &Window<InspectorState>| window.query_all_by_label(&name).next().unwrap().rect();
    let first = mark(&window).center();
    window.hover_at(first);
    window.query_all_by_label(&name).next().unwrap().click();
    window.run();
    assert_eq!(window.state().requests, std::slice::from_ref(&asked));
    window.query_all_by_label(&name).next().unwrap().focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().requests, [asked.clone(), asked.clone()]);
    // Anywhere on the line does the same.
    let line = window.get_by_label_contains(&format!("{}: ", reason.label)).rect();
    window.hover_at(line.right_center() - egui::vec2(60.0, 0.0));
    window.drag_at(line.right_center() - egui::vec2(60.0, 0.0));
    window.drop_at(line.right_center() - egui::vec2(60.0, 0.0));
    window.run();
    assert_eq!(window.state().requests.last(), Some(&asked));
    assert_eq!(window.state().requests.len(), 3);
}

#[test]
fn from_the_waterfall_of_the_whole_window_to_the_claim_behind_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup {
        engine: Arc::new(storage::load_engine(None).unwrap()),
        file: None,
        recent: Some(storage::Recent::in_folder(&folder.path().join("state"))),
        drafts: None,
        native_dialogs: false,
        today: Some(jiff::civil::date(2027, 3, 1)),
        threads: false,
        language: Language::English,
    };
    let mut window =
        Harness::builder().with_size([1440.0, 900.0]).with_max_steps(40).build_eframe(|cc| Groundplan::new(cc, setup));
    window.run_steps(8);
    window.get_by_label("Construction SaaS").click();
    window.run_steps(8);
    window.get_by_label_contains("Back office, Back office, Django").click();
    window.run_steps(8);
    let reason = window.state().session().assessment().components["back-office"].reasons[0].clone();
    let in_inspector = |rect: egui::Rect| rect.left() > 1000.0;
    let name = format!("Paragraph {}", reason.paragraph);
    window.query_all_by_label(&name).find(|mark| in_inspector(mark.rect())).unwrap().click();
    window.run_steps(8);
    assert!(window.query_by_label(&format!("Behind the reason: {}", reason.label)).is_some());
    let text = window.state().session().engine().playbook.claims_of(reason.paragraph).next().unwrap().claim.clone();
    assert!(window.query_by_role_and_label(Role::Group, &text).is_some());
}

#[test]
fn the_claim_that_was_cited_is_marked_and_no_other() {
    let window = evidence("construction-saas", Citation::criterion(5, &"admin-for-staff".into()), [1000.0, 700.0]);
    assert_eq!(window.query_all_by_label_contains("Behind the reason").count(), 1);
    assert!(window.query_by_label("Behind the reason: Staff need an admin interface").is_some());
    assert!(has(&window, "2-4 months") && has(&window, "Not measured"));
}

#[test]
fn a_chip_leads_to_the_service_that_stands_on_the_claim() {
    let mut window = evidence("construction-saas", Citation::criterion(5, &"admin-for-staff".into()), [1000.0, 700.0]);
    let label = "Show Back office, Django +12.0 dB";
    window.query_all_by_label(label).next().unwrap().click();
    window.run();
    let chosen: Vec<_> = window.state().session.selection().iter().cloned().collect();
    assert_eq!(chosen, [ElementId::Component("back-office".into())]);
    assert!(matches!(window.state().requests.as_slice(), [Request::Canvas(_)]));
}

#[test]
fn searching_shows_claims_of_all_paragraphs_and_kinds_narrow_them() {
    let mut window = evidence("construction-saas", Citation::paragraph(1), [1000.0, 700.0]);
    window.get_by_label("Find a claim").click();
    window.run();
    window.get_by_label("Find a claim").type_text("pwdlib");
    window.run();
    assert!(has(&window, "passlib's last release"));
    assert!(!has(&window, "platform, FastAPI an engine"));
    window.get_by_label("Find a claim").type_text(" zeppelin");
    window.run();
    assert!(has(&window, "No claim says"));
    window.get_by_label("Clear the search").click();
    window.run();
    window.get_by_role_and_label(Role::Tab, "Measured").click();
    window.run();
    assert_eq!(window.state().state.evidence.show, Show::Kind(Provenance::Measured));
    assert!(!has(&window, "¶13: "), "no measurement in a sales line");
    assert!(has(&window, "¶18: ") && has(&window, "Holds, five times over"));
    window.get_by_role_and_label(Role::Tab, "In this plan").click();
    window.run();
    assert!(has(&window, "¶7: ") && !has(&window, "¶13: "));
}

#[test]
fn a_paragraph_chosen_among_results_comes_to_the_top() {
    let mut window = evidence("construction-saas", Citation::paragraph(1), [1000.0, 500.0]);
    window.state_mut().state.evidence.search = "django".to_owned();
    window.run();
    let top = window.get_by_label("Find a claim").rect().bottom();
    for paragraph in [6, 16, 4] {
        window.get_by_label_contains(&format!("¶{paragraph}: ")).click();
        window.run();
        let heading = window.get_by_label(&format!("¶{paragraph}")).rect();
        assert!((top..top + 40.0).contains(&heading.top()), "¶{paragraph} at {heading:?}, list from {top}");
    }
}

#[test]
fn arrow_keys_go_through_the_paragraphs() {
    let mut window = evidence("construction-saas", Citation::paragraph(1), [1000.0, 250.0]);
    window.get_by_label("Find a claim").click();
    window.run();
    for expected in [1, 2, 3] {
        window.key_press(Key::ArrowDown);
        window.run();
        assert_eq!(window.state().state.evidence.paragraph, expected);
    }
    window.key_press(Key::ArrowUp);
    window.run();
    assert_eq!(window.state().state.evidence.paragraph, 2);
    assert!(has(&window, "Django was made for a small newsroom"));
    for _ in 0..30 {
        window.key_press(Key::ArrowDown);
        window.run();
    }
    assert_eq!(window.state().state.evidence.paragraph, PARAGRAPHS);
    window.get_by_label_contains("¶18: ").click();
    window.run();
    assert_eq!(window.state().session.history().depth(), 0, "reading is not editing");
}

#[test]
fn work_in_the_breakdowns_leads_to_its_claims() {
    for tab in [groundplan::session::DockTab::Budget, groundplan::session::DockTab::Timeline] {
        let mut state = DockState { tab, ..DockState::default() };
        state.budget_by = groundplan::ui::panels::dock::Cut::WorkItem;
        state.weeks_by = groundplan::ui::panels::dock::Cut::WorkItem;
        state.timeline = groundplan::ui::panels::dock::TimelineTopic::Range;
        let mut window = window(session("construction-saas"), state, [1100.0, 900.0], dock_ui);
        window.query_all_by_label("Paragraph 5").next().unwrap().click();
        window.run();
        let [Request::Evidence(citation)] = window.state().requests.as_slice() else {
            panic!("{:?}", window.state().requests)
        };
        assert!(matches!(&citation.subject, Subject::WorkItem(_)) && citation.paragraph == 5, "{citation:?}");
    }
}

#[test]
fn a_reason_in_the_recommendation_leads_to_its_claim_and_its_row_to_the_service() {
    let mut window = window(session("construction-saas"), DockState::default(), [1400.0, 300.0], dock_ui);
    window.query_all_by_label("Paragraph 5").next().unwrap().click();
    window.run();
    assert!(matches!(window.state().requests.as_slice(), [Request::Evidence(citation)] if citation.paragraph == 5));
    assert!(window.state().session.selection().is_empty(), "the row was not meant");
}

#[test]
fn the_panel_holds_together_in_every_size_theme_and_paragraph() {
    for (dark, size) in [(true, [468.0, 250.0]), (false, [724.0, 250.0]), (true, [900.0, 500.0])] {
        let mut window = evidence("monolith-decomposition", Citation::paragraph(1), size);
        window.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        for paragraph in 1..=PARAGRAPHS {
            window.state_mut().state.evidence.paragraph = paragraph;
            window.run();
            assert!(has(&window, &format!("¶{paragraph}")));
        }
        for show in [Show::InPlan, Show::Kind(Provenance::Update), Show::All] {
            window.state_mut().state.evidence.show = show;
            window.run();
            let cards = window.query_all_by_role(Role::Group).map(|card| card.rect().right()).fold(0.0, f32::max);
            assert!(cards <= size[0] && cards > 0.0, "{cards} at {size:?}");
        }
    }
}
