//! Servers are data: checked with their places, laid over by a house, taken over by frameworks that are like others.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use groundplan::playbook::{PlaybookFile, builtin, builtin_files, load};

use crate::common::small_playbook as small;

/// The problems of the built-in playbook with one piece of one of its files replaced.
#[track_caller]
fn refused(file: &str, from: &str, to: &str, expected: &str) {
    let mut files = builtin_files();
    let one = files.iter_mut().find(|one| one.name == file).unwrap();
    assert!(one.text.contains(from), "{from} is not in {file}");
    one.text = one.text.replacen(from, to, 1);
    let problems: Vec<String> = load(&files).err().unwrap_or_default().iter().map(ToString::to_string).collect();
    let placed = |problem: &String| problem.contains(expected) && problem.starts_with(&format!("{file}:"));
    assert!(problems.iter().any(placed), "{expected}\nis not among\n{problems:#?}");
}

#[test]
fn a_figure_without_unit_source_or_framework_is_refused_where_it_stands() {
    let refuse = |from: &str, to: &str, expected: &str| refused("servers.ron", from, to, expected);
    refuse("high: 0.6, unit: ms", "high: 0.6", "unit");
    refuse(
        "high: 0.6, unit: ms",
        "high: 0.6, unit: mb",
        "\"django-sync\" > base: its unit is MB; this figure is in ms",
    );
    refuse("high: 0.6, unit: ms", "high: 0.5, unit: ms", "low, typical and high must rise");
    refuse("low: 0.56", "low: -0.56", "from 0 to");
    refuse("frameworks: [\"django\"]", "frameworks: [\"djngo\"]", "no framework \"djngo\"; did you mean \"django\"?");
    refuse("frameworks: [\"django\"]", "frameworks: []", "at least one framework");
    refuse("slots: threads(16)", "slots: threads(1)", "\"django-threads\" > slots");
    refuse("slots: one", "slots: two", "two");
    refuse("efficiency: 0.7", "efficiency: 0", "\"django-async\" > efficiency");
    refuse("checked: \"2026-11-22\"", "checked: \"\"", "what was measured says when");
    let source = builtin().unwrap().servers.values().next().unwrap().source.clone();
    refuse(&source, " ", "a figure needs a source");
    refuse("        read: ", "        raed: ", "raed");
}

#[test]
fn assumptions_of_capacity_are_sane_and_read_traits_that_are_there() {
    let refuse = |from: &str, to: &str, expected: &str| refused("capacity.ron", from, to, expected);
    refuse("utilisation: 0.7", "utilisation: 1", "utilisation: it is 1; it must be from 0.05 to 0.95");
    refuse("usd_per_cpu_month: 30", "usd_per_cpu_month: -30", "usd_per_cpu_month");
    refuse("peak: \"requests-peak\"", "peak: \"request-peak\"", "did you mean \"requests-peak\"?");
    refuse("peak: \"requests-peak\"", "peak: \"io-bound\"", "\"io-bound\" must be a number");
    refuse("peak: \"requests-peak\"", "peak: \"latency-target\"", "is in ms; it is read as /s");
    refuse("writes: \"time-series-writes\"", "writes: \"tables\"", "\"tables\" must be a flag");
}

fn layer(files: &[(&str, &str)]) -> Vec<PlaybookFile> {
    let house = [("house.ron", "(name: \"Ours\", extends: builtin)")];
    let file = |(name, text): &(&str, &str)| PlaybookFile { name: (*name).to_owned(), text: (*text).to_owned() };
    house.iter().chain(files).map(file).collect()
}

#[test]
fn a_house_lays_its_own_figures_over_these() {
    let below = builtin().unwrap();
    let playbook = load(&layer(&[
        ("capacity.ron", "(usd_per_cpu_month: 55)"),
        ("servers.ron", "[(id: \"fastapi-async\", base: (typical: 0.3, low: 0.25, high: 0.4, unit: ms), source: \"Ours\"), (id: \"fastapi-def\", remove: true)]"),
    ]))
    .unwrap_or_else(|problems| panic!("{problems:#?}"));
    let (ours, theirs) = (playbook.capacity.unwrap(), below.capacity.unwrap());
    assert_eq!((ours.usd_per_cpu_month, ours.traits), (55.0, theirs.traits));
    let (ours, theirs) = (&playbook.servers["fastapi-async"], &below.servers["fastapi-async"]);
    assert_eq!((ours.base.typical, &ours.read, ours.source.as_str()), (0.3, &theirs.read, "Ours"));
    assert_eq!(playbook.servers.len(), below.servers.len() - 1);
}

#[test]
fn frameworks_that_are_like_others_run_on_their_servers() {
    let playbook = builtin().unwrap();
    let kinds = |id: &str| playbook.servers_of(&id.into()).iter().map(|kind| kind.id.to_string()).collect::<Vec<_>>();
    assert_eq!(kinds("django"), ["django-sync", "django-threads", "django-async"]);
    assert_eq!(kinds("django_drf"), ["drf-sync"], "its own go before those of what it extends");
    let like = r#"[(id: "third", name: "Third", short_name: "Third", character: "c", resembles: "fastapi", prior_db: 0, colour: "violet", home: "h", base_packages: [], paragraphs: [])]"#;
    let house = load(&layer(&[("frameworks.ron", like)])).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let third = "third".into();
    assert_eq!(house.servers_of(&third).len(), 2);
    // A playbook from before there were servers is one without.
    let small = small::playbook();
    assert!(small.servers.is_empty() && small.capacity.is_none() && small.servers_of(&"plain".into()).is_empty());
}
