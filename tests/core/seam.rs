//! The system verdict is the cheapest of all assignments: held against trying every one of them.

#![expect(clippy::panic, reason = "the helpers of a test fail it with what is wrong")]

use std::sync::LazyLock;

use groundplan::{
    assess::{Assessment, Engine, SeamPrice},
    playbook::{Scope, load},
    project::{Component, ComponentKind, FrameworkId, Project, Protocol, TraitValue},
};
use proptest::prelude::*;

use crate::common::small_playbook as small;

static TWO: LazyLock<Engine> = LazyLock::new(small::engine);
static THREE: LazyLock<Engine> = LazyLock::new(three_roots);

/// The small playbook with a third family that sits between the other two.
fn three_roots() -> Engine {
    let framework = r#"(id: "third", name: "Third", short_name: "Third", character: "c", prior_db: 1, colour: "violet", home: "h", base_packages: [], paragraphs: []),
]"#;
    let criterion = r#"(id: "third-likes", label: "l", reason: "r", when: is("changes", "regular"), weights_db: {"third": 11, "fast": 2}, weight_reason: "w", paragraphs: [10], provenance: assumption),
]"#;
    let end = |text: &str, new: &str| format!("{}{new}", text.trim_end().trim_end_matches(']'));
    let with_price =
        small::WORK_ITEMS.replace(r#"{"plain": 0.3, "fast": 0.5}"#, r#"{"plain": 0.3, "fast": 0.5, "third": 0.4}"#);
    let with_price = with_price.replace(r#""fast": 14}"#, r#""fast": 14, "third": 9}"#);
    let files = small::files(&[
        ("frameworks.ron", end(small::FRAMEWORKS, framework)),
        ("criteria.ron", end(small::CRITERIA, criterion)),
        ("work_items.ron", with_price),
    ]);
    let playbook = load(&files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    Engine::new(playbook, small::drawings()).unwrap_or_else(|error| panic!("{error}"))
}

/// A service: tables, requests a second, admin, schema changes, and what it is pinned to.
type Service = (u16, u32, bool, u8, Option<u8>);
/// A connection: its ends and its protocol.
type Link = (u8, u8, u8);

fn drawing(services: &[Service], links: &[Link], engine: &Engine) -> Project {
    let mut project = Project::new("p");
    let frameworks: Vec<FrameworkId> = engine.playbook.frameworks.keys().cloned().collect();
    for (at, (tables, rate, admin, changes, pin)) in services.iter().enumerate() {
        let mut component = Component::new(&format!("s{at}"), ComponentKind::DomainService, None);
        component.traits.insert("tables".into(), TraitValue::Number(f64::from(*tables)));
        component.traits.insert("rate".into(), TraitValue::Number(f64::from(*rate)));
        component.traits.insert("admin".into(), TraitValue::Flag(*admin));
        let option = ["rare", "regular", "frequent"][usize::from(*changes) % 3];
        component.traits.insert("changes".into(), TraitValue::Choice(option.into()));
        component.pin = pin.map(|pin| frameworks[usize::from(pin) % frameworks.len()].clone());
        project.apply(&groundplan::project::Edit::PutComponent(format!("s{at}").as_str().into(), component));
    }
    for (from, to, protocol) in links {
        let id = |at: &u8| format!("s{}", usize::from(*at) % services.len());
        small::link(&mut project, &id(from), &id(to), Protocol::ALL[usize::from(*protocol) % Protocol::ALL.len()]);
    }
    project
}

fn service() -> impl Strategy<Value = Service> {
    (0..60_u16, 0..12_000_u32, prop::bool::weighted(0.3), 0..3_u8, prop::option::weighted(0.1, 0..4_u8))
}

fn system(most: usize) -> impl Strategy<Value = (Vec<Service>, Vec<Link>)> {
    (prop::collection::vec(service(), 1..=most), prop::collection::vec((0..12_u8, 0..12_u8, 0..6_u8), 0..20))
}

/// What every assignment of families costs: `(families used as bits, cost)`.
fn every_assignment(engine: &Engine, project: &Project, assessment: &Assessment) -> Vec<(u32, f64)> {
    let playbook = &engine.playbook;
    let roots: Vec<&FrameworkId> = playbook.frameworks.keys().filter(|id| playbook.root(id) == *id).collect();
    // What each service gives up on each family; infinite where its pin is another.
    let given_up: Vec<Vec<f64>> = assessment
        .components
        .iter()
        .map(|(id, advice)| {
            let best = advice.scores.iter().map(|score| score.score_db).fold(f64::NEG_INFINITY, f64::max);
            let pin = project.components[id].pin.as_ref();
            let on = |root: &&FrameworkId| {
                let family = advice.scores.iter().filter(|score| playbook.root(&score.framework) == *root);
                let allowed = family.filter(|score| pin.is_none_or(|pin| *pin == score.framework));
                best - allowed.map(|score| score.score_db).fold(f64::NEG_INFINITY, f64::max)
            };
            roots.iter().map(on).collect()
        })
        .collect();
    let links: Vec<(usize, usize, f64)> = project
        .connections
        .values()
        .filter_map(|link| {
            let at = |id| assessment.components.get_index_of(id);
            Some((at(&link.from)?, at(&link.to)?, playbook.estimate.seam_db[&link.protocol]))
        })
        .collect();
    (0..roots.len().pow(given_up.len() as u32))
        .map(|number| {
            let labels: Vec<usize> =
                (0..given_up.len()).map(|at| number / roots.len().pow(at as u32) % roots.len()).collect();
            let used = labels.iter().fold(0_u32, |used, label| used | 1 << label);
            let nodes: f64 = given_up.iter().zip(&labels).map(|(costs, label)| costs[*label]).sum();
            let seam: f64 = links.iter().filter(|(a, b, _)| labels[*a] != labels[*b]).map(|(.., db)| db).sum();
            (used, nodes + seam + playbook.estimate.second_framework_db * f64::from(used.count_ones() - 1))
        })
        .collect()
}

fn least(costs: impl Iterator<Item = f64>) -> f64 {
    costs.fold(f64::INFINITY, f64::min)
}

/// The families of an assessment as bits.
fn families(engine: &Engine, assessment: &Assessment) -> u32 {
    let playbook = &engine.playbook;
    let roots: Vec<&FrameworkId> = playbook.frameworks.keys().filter(|id| playbook.root(id) == *id).collect();
    let bit = |id| roots.iter().position(|root| *root == playbook.root(id)).map_or(0, |at| 1 << at);
    assessment.verdict.assignment.values().fold(0, |used, id| used | bit(id))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(160) })]

    #[test]
    fn with_two_families_verdict_and_margin_are_those_of_trying_everything((services, links) in system(12)) {
        let project = drawing(&services, &links, &TWO);
        let assessment = TWO.assess(&project);
        let all = every_assignment(&TWO, &project, &assessment);
        let cheapest = least(all.iter().map(|(_, cost)| *cost));
        prop_assert!((assessment.verdict.cost_db - cheapest).abs() < 1e-4, "{} {cheapest}", assessment.verdict.cost_db);
        let used = families(&TWO, &assessment);
        let other = least(all.iter().filter(|(families, _)| *families != used).map(|(_, cost)| *cost));
        let margin = if other.is_finite() { other - cheapest } else { 0.0 };
        prop_assert!((assessment.verdict.margin_db - margin).abs() < 1e-4, "{} {margin}", assessment.verdict.margin_db);
    }

    #[test]
    fn with_three_families_the_verdict_is_never_far_from_trying_everything((services, links) in system(7)) {
        let project = drawing(&services, &links, &THREE);
        let assessment = THREE.assess(&project);
        let all = every_assignment(&THREE, &project, &assessment);
        let cheapest = least(all.iter().map(|(_, cost)| *cost));
        let cost = assessment.verdict.cost_db;
        prop_assert!(cost >= cheapest - 1e-4, "{cost} is less than possible: {cheapest}");
        // Any one family and any two of them are weighed exactly; only a mix of all three may miss the very best.
        let few = least(all.iter().filter(|(families, _)| families.count_ones() < 3).map(|(_, cost)| *cost));
        prop_assert!(cost <= few + 1e-4, "{cost} although {few} is possible with two families");
        prop_assert!(cost <= 2.0 * cheapest + 1e-4, "{cost} and {cheapest} is possible");
    }
}

#[test]
fn the_price_of_the_seam_is_the_work_that_only_the_seam_causes() {
    let project = mixed();
    let assessment = TWO.assess(&project);
    let (seam, estimate) = (&assessment.estimate.seam, &assessment.estimate);
    let crossing: Vec<_> = seam.crossings.iter().map(|crossing| crossing.connection.clone()).collect();
    assert_eq!(crossing, assessment.verdict.seam);
    assert_eq!(crossing.len(), 2);
    let of_scope = |scope: Scope| -> f64 {
        let lines = estimate.breakdown.iter();
        lines.filter(|line| TWO.playbook.work_items[&line.work_item].scope == scope).map(|line| line.usd).sum()
    };
    let links: f64 = seam.crossings.iter().map(|crossing| crossing.sums().usd).sum();
    assert!((links - of_scope(Scope::Seam)).abs() < 1e-6 && links > 0.0, "{links}");
    let all = seam.sums();
    assert!((all.usd - of_scope(Scope::Seam) - of_scope(Scope::ExtraFramework)).abs() < 1e-6, "{all:?}");
    assert!(all.person_weeks > 0.0 && all.weeks > 0.0);
    assert!((seam.cost_db() - (4.0 + 1.0 + 0.5)).abs() < 1e-9, "second framework, HTTP, queue");
    // On one framework there is nothing to pay.
    let together: Vec<_> = project.services().map(|(id, _)| (id.clone(), FrameworkId::new("plain"))).collect();
    assert_eq!(TWO.estimate_for(&project, &together.into_iter().collect()).seam, SeamPrice::default());
}

/// Two services that differ and two connections between them.
fn mixed() -> Project {
    let mut project = Project::new("p");
    small::service(&mut project, "shop", &[("tables", 40.0)], &["admin"]);
    small::service(&mut project, "stream", &[("rate", 10_000.0)], &["pure-api"]);
    small::link(&mut project, "shop", "stream", Protocol::Http);
    small::link(&mut project, "stream", "shop", Protocol::Queue);
    project
}
