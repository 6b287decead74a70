//! What to ask next, how a verdict follows a number, and how much hangs on any one weight.

use std::{collections::BTreeSet, sync::LazyLock};

use groundplan::{
    assess::{AnswerCount, Engine, Knob, VerdictKind},
    playbook::TraitKind,
    project::{Edit, Project, Protocol, TraitId, TraitValue},
};

use crate::common::{builtin, small_playbook as small};

static BUILTIN: LazyLock<Engine> = LazyLock::new(builtin::engine);
static SMALL: LazyLock<Engine> = LazyLock::new(small::engine);
const CASES: [&str; 5] =
    ["construction-saas", "delivery-prediction", "monolith-decomposition", "factory-telemetry", "platform-rescue"];

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(1.0)
}

#[test]
fn every_answer_does_what_the_question_says() {
    for case in CASES {
        let project = builtin::preset(case);
        let questions = BUILTIN.questions(&project);
        assert!(!questions.is_empty(), "{case}");
        assert!(questions.is_sorted_by(|a, b| a.weight >= b.weight), "{case}");
        for question in questions.iter().step_by(7) {
            assert!(!project.components[&question.component].traits.contains_key(&question.trait_id));
            for answer in &question.answers {
                let mut answered = project.clone();
                let (component, trait_id) = (question.component.clone(), question.trait_id.clone());
                answered.apply(&Edit::SetTrait(component, trait_id, Some(answer.value.clone())));
                let now = BUILTIN.assess(&answered);
                let on = &now.verdict.assignment[&question.component];
                assert_eq!(on, &answer.framework, "{case}: {question:?}");
                assert!(near(now.estimate.budget_usd.median, answer.budget_usd), "{case}: {question:?}");
            }
        }
    }
}

#[test]
fn answers_that_work_is_counted_from_are_counted() {
    for case in CASES {
        let mut project = builtin::preset(case);
        let count = BUILTIN.assess(&project).answers;
        let costs = BUILTIN.questions(&project).into_iter().filter(|question| question.budget_swing_usd > 0.0);
        let open: Vec<_> = costs.map(|question| (question.component, question.trait_id)).collect();
        // What one service answers for the whole plan is asked of each of them, and counts once.
        let once = |trait_id: &TraitId| BUILTIN.playbook.traits[trait_id].once;
        let asked: BTreeSet<_> = open.iter().map(|(id, asked)| (asked, (!once(asked)).then_some(id))).collect();
        assert!(!open.is_empty() && asked.len() <= count.open && count.given > 0, "{case}: {count:?}");
        let (component, trait_id) = open[0].clone();
        let known = &BUILTIN.playbook.traits[&trait_id];
        project.apply(&Edit::SetTrait(component, trait_id, Some(any_answer(&known.value))));
        let then = BUILTIN.assess(&project).answers;
        assert_eq!(then.given, count.given + 1, "{case}");
        assert_eq!(then.open, count.open - 1, "{case}: an answer closes its question, and no other");
    }
    assert_eq!(BUILTIN.assess(&Project::new("Empty")).answers, AnswerCount::default());
}

/// An answer; which one does not matter.
fn any_answer(kind: &TraitKind) -> TraitValue {
    match kind {
        TraitKind::Flag => TraitValue::Flag(false),
        TraitKind::Number { least, .. } => TraitValue::Number(*least),
        TraitKind::Choice(options) => TraitValue::Choice(options[0].clone()),
    }
}

#[test]
fn a_question_that_turns_the_verdict_comes_before_one_that_does_not() {
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[("tables", 6.0)], &[]);
    let questions = SMALL.questions(&project);
    // `pure-api` turns it to `fast`; `admin` only makes it surer, and dearer.
    assert!(questions[0].turns);
    let of = |id: &str| questions.iter().find(|question| question.trait_id.as_str() == id).unwrap();
    assert!(of("pure-api").turns && !of("admin").turns);
    assert!(of("admin").budget_swing_usd > 0.0 && of("admin").moves_db > 0.0);
    // Both answers are told apart from no answer: `no` does not count as an unanswered question.
    small::set(&mut project, "api", "pure-api", TraitValue::Flag(false));
    assert!(SMALL.questions(&project).iter().all(|question| question.trait_id.as_str() != "pure-api"));
}

#[test]
fn a_contradictory_answer_is_not_asked_for() {
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[], &["pure-api"]);
    let questions = SMALL.questions(&project);
    let admin = questions.iter().find(|question| question.trait_id.as_str() == "admin");
    assert!(admin.is_none_or(|admin| admin.answers.iter().all(|answer| answer.value != TraitValue::Flag(true))));
}

#[test]
fn shares_along_a_number_are_those_of_the_assessment() {
    let project = builtin::preset("construction-saas");
    let id = "web-application".into();
    let response = BUILTIN.response(&project, &id, &"tables".into()).unwrap();
    assert_eq!(response.now, Some(40.0));
    for (x, shares) in response.points.iter().filter(|(x, _)| *x > 0.0 && x.fract() == 0.0) {
        let mut moved = project.clone();
        moved.apply(&Edit::SetTrait(id.clone(), "tables".into(), Some(TraitValue::Number(*x))));
        let now = BUILTIN.assess(&moved);
        for (framework, share) in now.components[&id].scores.iter().zip(shares) {
            assert!(near(framework.share, *share), "{x}");
        }
        assert_eq!(response.framework_at(*x), Some(&now.verdict.assignment[&id]), "{x}");
    }
    assert!(response.points.is_sorted_by(|a, b| a.0 < b.0));
}

#[test]
fn the_turn_on_a_response_is_the_value_of_the_flip() {
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[("tables", 12.0)], &["pure-api"]);
    let id = "api".into();
    let response = SMALL.response(&project, &id, &"tables".into()).unwrap();
    // 10 dB over tables against 9: straight from 5 dB at 20 tables to 10 dB at 40.
    assert_eq!(response.turns().map(|x| (x * 1e6).round() / 1e6).collect::<Vec<_>>(), [36.0]);
    assert_eq!(response.framework_at(35.0).unwrap().as_str(), "fast");
    assert_eq!(response.framework_at(37.0).unwrap().as_str(), "plain");
    assert_eq!(SMALL.response(&project, &id, &"admin".into()), None);
    let quantities = SMALL.turning(&project, &id).quantities;
    assert!(quantities.iter().map(TraitId::as_str).eq(["tables", "rate", "endpoints"]), "{quantities:?}");
}

#[test]
fn no_case_hangs_on_a_quarter_of_any_one_number() {
    for case in CASES {
        let project = builtin::preset(case);
        let assessment = BUILTIN.assess(&project);
        let report = BUILTIN.robustness(&project, &assessment, 0.25);
        assert!(report.trials >= 20, "{case}: {}", report.trials);
        assert_eq!(report.turned, [], "{case}");
        assert_eq!(report.weakest.len(), assessment.components.len(), "{case}");
        for weakest in &report.weakest {
            let margin_db = weakest.margin_db;
            assert!(
                margin_db >= 6.0 && assessment.components[&weakest.component].margin_db >= 6.0,
                "{case}: {weakest:?}"
            );
            println!("{case}: {}: {margin_db:.1} dB, turns at {:.2}", weakest.component, weakest.share_to_turn);
        }
    }
}

#[test]
fn a_verdict_that_hangs_on_a_weight_is_told() {
    // 9 dB for the pure API against 8.5 dB for 34 tables: 6 % of either weight decide.
    let mut project = Project::new("p");
    small::service(&mut project, "api", &[("tables", 34.0)], &["pure-api"]);
    let assessment = SMALL.assess(&project);
    assert_eq!(assessment.verdict.kind, VerdictKind::Single("fast".into()));
    let report = SMALL.robustness(&project, &assessment, 0.25);
    let turned: Vec<_> = report.turned.iter().map(|turned| (turned.knob.clone(), turned.factor)).collect();
    assert_eq!(turned, [(Knob::Criterion("many-tables".into()), 1.25), (Knob::Criterion("pure-api".into()), 0.75)]);
    assert_eq!(report.turned[0].components, [("api".into(), "fast".into(), "plain".into())]);
    assert_eq!(report.turned[0].verdict, Some(VerdictKind::Single("plain".into())));
    assert!(near(report.weakest[0].share_to_turn, 0.5 / 9.0), "{:?}", report.weakest);
    // A price of the seam decides where nothing else does.
    small::service(&mut project, "shop", &[("tables", 40.0)], &["admin"]);
    small::link(&mut project, "shop", "api", Protocol::SharedTables);
    let assessment = SMALL.assess(&project);
    assert_eq!(SMALL.robustness(&project, &assessment, 0.0).turned, []);
}

#[test]
fn what_one_service_answers_for_the_whole_is_not_asked_of_the_others() {
    let mut project = builtin::preset("monolith-decomposition");
    let asked = |project: &Project| {
        let questions = BUILTIN.questions(project);
        questions.iter().filter(|question| question.trait_id.as_str() == "legacy-lines").count()
    };
    assert_eq!(asked(&project), 0);
    project.apply(&Edit::SetTrait("monolith".into(), "legacy-lines".into(), None));
    assert!(asked(&project) > 1);
}

#[test]
fn all_answers_at_once_are_the_answers_one_by_one() {
    for case in CASES {
        let project = builtin::preset(case);
        let answers = BUILTIN.answers(&project);
        assert_eq!(answers.ask_next, BUILTIN.questions(&project));
        assert_eq!(answers.system, BUILTIN.system_flips(&project));
        for (id, flips) in &answers.flips {
            let single = BUILTIN.turning(&project, id).single;
            assert!(flips.starts_with(&single), "{case}: {id}");
            let pair = BUILTIN.turning(&project, id).pair;
            assert!(
                flips[single.len()..].iter().eq(pair.iter().filter(|_| flips.len() > single.len())),
                "{case}: {id}"
            );
        }
        assert_eq!(answers.flips.len(), project.services().count());
    }
}

#[test]
fn an_answer_that_leads_to_another_framework_of_the_family_is_priced_on_it() {
    let mut project = Project::new("p");
    let mut api = groundplan::project::Component::new("API", groundplan::project::ComponentKind::RestApi, None);
    for (id, value) in [
        ("endpoints", TraitValue::Number(60.0)),
        ("pagination-filtering", TraitValue::Flag(true)),
        ("public-api-docs", TraitValue::Flag(true)),
    ] {
        api.traits.insert(id.into(), value);
    }
    project.apply(&Edit::PutComponent("api".into(), api));
    let mut checked = 0;
    for question in BUILTIN.questions(&project) {
        for answer in &question.answers {
            let mut answered = project.clone();
            answered.apply(&Edit::SetTrait("api".into(), question.trait_id.clone(), Some(answer.value.clone())));
            let now = BUILTIN.assess(&answered);
            assert_eq!(now.verdict.assignment["api"], answer.framework, "{question:?}");
            assert!(near(now.estimate.budget_usd.median, answer.budget_usd), "{question:?}");
            checked += usize::from(answer.framework.as_str() == "django_drf");
        }
    }
    assert!(checked > 0, "some answer leads to the REST framework");
}

#[test]
fn what_hangs_on_a_weight_counts_the_seam_as_well() {
    // By itself `shop` is far ahead; in the plan the second framework and the crossing eat most of it.
    let mut project = Project::new("p");
    small::service(&mut project, "shop", &[("tables", 24.0)], &[]);
    small::service(&mut project, "live", &[("rate", 10_000.0)], &["pure-api"]);
    small::link(&mut project, "shop", "live", Protocol::Http);
    let assessment = SMALL.assess(&project);
    assert_eq!(assessment.verdict.kind, VerdictKind::Mixed);
    let report = SMALL.robustness(&project, &assessment, 0.25);
    let shop = report.weakest.iter().find(|one| one.component.as_str() == "shop").unwrap();
    // 6 dB from its tables, less 4 for a second framework and 1 for the crossing.
    assert!(near(shop.margin_db, 1.0) && near(shop.share_to_turn, 1.0 / 6.0), "{shop:?}");
    assert!(report.turned.iter().any(|turned| turned.components.iter().any(|(id, ..)| id.as_str() == "shop")));
}

#[test]
fn where_nothing_is_the_usual_answer_none_is_among_those_that_are_tried() {
    for id in [
        "legacy-lines",
        "external-calls",
        "business-integrations",
        "background-jobs",
        "reports",
        "notifications",
        "live-clients",
        "devices",
        "team-django",
        "team-async",
    ] {
        let known = &BUILTIN.playbook.traits[id];
        assert!(
            groundplan::explain::plausible(known).starts_with("0, "),
            "{id}: {}",
            groundplan::explain::plausible(known)
        );
    }
}
