//! How long an assessment takes, from a sketch to the largest plan anybody will draw.

#[path = "../tests/common/small_playbook.rs"]
#[allow(dead_code)]
mod small;

use divan::{Bencher, black_box};
use groundplan::project::{ComponentKind, Edit, Project, Protocol, TraitValue};

const COMPONENTS: [usize; 4] = [10, 100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// A plan in which each service calls the next and one further on, and a resource.
fn plan(components: usize) -> Project {
    let mut project = Project::new("Plan");
    let services = components * 4 / 5;
    for i in 0..services {
        let numbers =
            [("tables", (i * 7 % 60) as f64), ("rate", (i * 131 % 9000) as f64), ("endpoints", (i % 40) as f64)];
        let flags: &[&str] = if i % 3 == 0 { &["admin"] } else { &["pure-api"] };
        small::service(&mut project, &format!("service-{i}"), &numbers, flags);
    }
    for i in services..components {
        let kind = if i % 2 == 0 { ComponentKind::ExternalApi } else { ComponentKind::RelationalDatabase };
        small::resource(&mut project, &format!("resource-{i}"), kind);
    }
    for i in 0..services {
        small::link(&mut project, &format!("service-{i}"), &format!("service-{}", (i + 1) % services), Protocol::Http);
        small::link(
            &mut project,
            &format!("service-{i}"),
            &format!("service-{}", (i * 3 + 7) % services),
            Protocol::Queue,
        );
        let resource = services + i % (components - services);
        small::link(&mut project, &format!("service-{i}"), &format!("resource-{resource}"), Protocol::Http);
    }
    project
}

#[divan::bench(args = COMPONENTS)]
fn assess(bencher: Bencher<'_, '_>, components: usize) {
    let (engine, project) = (small::engine(), plan(components));
    bencher.bench(|| engine.assess(black_box(&project)));
}

#[divan::bench(args = COMPONENTS)]
fn assess_again_after_one_trait(bencher: Bencher<'_, '_>, components: usize) {
    let (engine, before) = (small::engine(), plan(components));
    let assessment = engine.assess(&before);
    let mut after = before.clone();
    after.apply(&Edit::SetTrait("service-3".into(), "tables".into(), Some(TraitValue::Number(77.0))));
    bencher.bench(|| engine.assess_again(black_box(&after), &before, &assessment));
}
