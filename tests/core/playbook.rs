//! A playbook with a mistake in it is refused, with the place and what to do.

use groundplan::playbook::load;

use crate::common::small_playbook as small;

/// The problems of the small playbook with one piece of one file replaced.
fn problems(file: &str, from: &str, to: &str) -> Vec<String> {
    let old = small::files(&[]).into_iter().find(|one| one.name == file).map(|one| one.text).unwrap_or_default();
    assert!(old.contains(from), "{from} is not in {file}");
    let files = small::files(&[(file, old.replacen(from, to, 1))]);
    load(&files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[track_caller]
fn refused(file: &str, from: &str, to: &str, expected: &str) {
    let problems = problems(file, from, to);
    assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected}\nis not among\n{problems:#?}");
    assert!(problems.iter().all(|problem| problem.contains(".ron:")), "{problems:#?}");
}

#[test]
fn a_sound_playbook_is_read_in_full() {
    let playbook = small::playbook();
    assert_eq!(playbook.frameworks.len(), 3);
    assert_eq!(playbook.work_items.len(), 7);
    assert_eq!(playbook.root(&"plain-plus".into()).as_str(), "plain");
}

#[test]
fn a_slip_of_the_pen_is_named_with_file_line_and_column() {
    let slips = problems("criteria.ron", "has(\"admin\")", "has(\"admni\")");
    assert_eq!(slips, ["criteria.ron:3:72: \"admin\" > when: there is no trait \"admni\"; did you mean \"admin\"?"]);
    let broken = problems("traits.ron", "group: \"Load\"", "gruop: \"Load\"");
    assert!(broken[0].starts_with("traits.ron:3:") && broken[0].contains("gruop"), "{broken:?}");
}

#[test]
fn every_mistake_is_reported_at_once() {
    let text =
        small::CRITERIA.replace("has(\"admin\")", "has(\"nothing-like-it\")").replace("\"fast\": 9", "\"fats\": 9");
    let found = load(&small::files(&[("criteria.ron", text), ("packages.ron", "[]".to_owned())])).unwrap_err();
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn the_roles_of_phases_are_given_once_and_follow_each_other() {
    let phase = |label: &str, role: &str| (format!("label: \"{label}\""), format!("label: \"{label}\", role: {role}"));
    let two = |first: (&str, &str), second: (&str, &str)| {
        let ((from, to), (from_too, to_too)) = (phase(first.0, first.1), phase(second.0, second.1));
        let text = small::ESTIMATE.replace(&from, &to).replace(&from_too, &to_too);
        load(&small::files(&[("estimate.ron", text)])).err().unwrap_or_default()
    };
    let said = |problems: Vec<groundplan::playbook::PlaybookProblem>, words: &str| {
        assert!(problems.iter().any(|problem| problem.to_string().contains(words)), "{words}\n{problems:#?}");
    };
    assert!(two(("Build", "build"), ("Finish", "integration")).is_empty());
    said(two(("Build", "build"), ("Finish", "build")), "more than one phase has the role build");
    said(
        two(("Build", "integration"), ("Finish", "build")),
        "with the role build must come before that with integration",
    );
    refused("estimate.ron", "label: \"Build\"", "label: \"Build\", role: bilder", "bilder");
}

#[test]
fn a_missing_file_is_a_problem() {
    let mut files = small::files(&[]);
    files.retain(|file| file.name != "claims.ron");
    assert_eq!(
        load(&files).unwrap_err()[0].to_string(),
        "claims.ron: this file is missing; a playbook needs it, unless a house.ron makes it a layer over the built-in one"
    );
}

#[test]
fn names_that_lead_nowhere_are_refused() {
    refused(
        "frameworks.ron",
        "extends: \"plain\"",
        "extends: \"plan\"",
        "no framework \"plan\"; did you mean \"plain\"?",
    );
    refused("frameworks.ron", "prior_db: 0", "extends: \"plain-plus\", prior_db: 0", "circle");
    refused("frameworks.ron", "[\"base\"]", "[\"bass\"]", "no package \"bass\"");
    refused("frameworks.ron", "\"teal\"", "\"tael\"", "no colour \"tael\"");
    refused("cases.ron", "\"site\": \"plain-plus\"", "\"site\": \"plane\"", "no framework \"plane\"");
    refused("claims.ron", "\"throughput\"", "\"thruput\"", "no criterion \"thruput\"");
    refused(
        "claims.ron",
        "criteria: [\"throughput\"]",
        "work_items: [\"admni\"]",
        "no work item \"admni\"; did you mean \"admin\"?",
    );
    refused("claims.ron", "criteria: [\"throughput\"]", "packages: [\"bass\"]", "no package \"bass\"");
    refused("packages.ron", "[\"plain\"]", "[\"plains\"]", "no framework \"plains\"");
    refused("traits.ron", "[\"admin\"]", "[\"admins\"]", "no trait \"admins\"");
    refused(
        "traits.ron",
        "choice([\"rare\", \"regular\", \"frequent\"])",
        "choice([\"rare\", \"regular\", \"frequent\"]), shares_tables: true",
        "only a flag can say",
    );
    refused("work_items.ron", "\"finish\": 0.5", "\"finsh\": 0.5", "no phase \"finsh\"; did you mean \"finish\"?");
    refused("criteria.ron", "\"frequent\"), weights", "\"frequently\"), weights", "did you mean \"frequent\"?");
}

#[test]
fn the_second_of_two_equal_ids_is_pointed_at() {
    let twice = problems("traits.ron", "id: \"endpoints\"", "id: \"admin\"");
    assert!(twice.iter().any(|p| p.starts_with("traits.ron:6:10:") && p.contains("used twice")), "{twice:#?}");
}

#[test]
fn traits_and_conditions_must_fit_each_other() {
    refused("traits.ron", "unit: \"/s\"", "unit: \"\"", "a number needs a unit");
    refused("traits.ron", "(5, 20, 60)", "(5, 70, 60)", "plausible");
    refused("traits.ron", "most: 1000000", "most: 4000", "plausible");
    refused("criteria.ron", "has(\"admin\")", "has(\"tables\")", "need a flag");
    refused("criteria.ron", "trait(\"rate\")", "trait(\"changes\")", "is a choice and has no amount");
    refused("criteria.ron", "has(\"admin\")", "is(\"admin\", \"yes\")", "needs a choice");
    refused("criteria.ron", "(20, 0.5)", "(50, 0.5)", "must rise");
    refused("criteria.ron", "(20, 0.5)", "(20, 1.5)", "from 0 to 1");
}

#[test]
fn a_weight_needs_its_reasons_and_paragraphs() {
    refused("criteria.ron", "weight_reason: \"w\"", "weight_reason: \"\"", "needs a weight_reason");
    refused("criteria.ron", "reason: \"r\"", "reason: \" \"", "needs a reason");
    refused("criteria.ron", "paragraphs: [7]", "paragraphs: []", "at least one paragraph");
    refused("criteria.ron", "paragraphs: [7]", "paragraphs: [19]", "no paragraph 19");
}

#[test]
fn work_is_priced_for_all_and_more_never_costs_less() {
    let file = "work_items.ron";
    refused(file, "\"build\": 0.75", "\"build\": 0.7", "sum to 0.95");
    refused(file, "cv: 0.35", "cv: 0", "cv is 0");
    refused(file, "log_spread: 0.3", "log_spread: 2.5", "log_spread is 2.5");
    refused(file, "\"plain\": 1.2, ", "", "no person-weeks for \"plain-plus\"");
    refused(file, "\"fast\": 14", "\"fast\": -14", "cannot be below 0");
    refused(file, "(20, 20)", "(20, 70)", "must rise");
    refused(file, "when: has(\"admin\")", "when: lacks(\"admin\")", "cannot use `not` or `lacks`");
    refused(file, "when: has(\"admin\")", "when: any([not(has(\"admin\"))])", "cannot use `not` or `lacks`");
    refused(file, "when: has(\"admin\")", "when: ramp(trait(\"tables\"), [(0, 1), (9, 0)])", "must not fall");
    refused(file, "scope: project, when: always", "scope: project, when: has(\"admin\")", "see no component");
    refused(file, "scope: link", "scope: service", "choose links");
}

#[test]
fn a_claim_says_how_it_is_known() {
    let measured = "provenance: measured, measured: \"5 ms\", verdict: \"v\", checked: \"2026-11-22\"";
    refused("claims.ron", "provenance: claim", measured, "needs `how`");
    refused("claims.ron", "provenance: claim", "provenance: measured, how: \"h\"", "needs `measured`");
    refused("claims.ron", "provenance: claim", "provenance: update, verdict: \"v\"", "needs `checked`");
    refused("claims.ron", "paragraph: 4", "paragraph: 40", "no paragraph 40");
}

#[test]
fn constants_are_complete_and_sane() {
    refused("estimate.ron", "database: 3, ", "", "no price for the protocol Database");
    refused("estimate.ron", "http: 1", "htpp: 1", "htpp");
    refused("estimate.ron", "communication_share: 0.06", "communication_share: 1.5", "communication_share");
    refused("estimate.ron", "id: \"build\"", "id: \"start\"", "phases");
    refused("cases.ron", "(90000, 180000)", "(180000, 90000)", "low < high");
}

#[test]
fn rules_that_cannot_be_said_are_refused() {
    let refuse = |from: &str, to: &str, expected: &str| refused("rules.ron", from, to, expected);
    refuse("{framework}", "{framwork}", "nothing can be put for {framwork}");
    refuse("{0} tables", "{1} tables", "nothing can be put for {1}");
    refuse("{0} tables", "{0 tables", "a `{` of its message is not closed");
    refuse("on_framework([\"fast\"])", "on_framework([\"fats\"])", "no framework \"fats\"; did you mean \"fast\"?");
    refuse("on_framework([\"fast\"])", "on_framework([])", "needs at least one framework");
    refuse("pin(\"plain\")", "pin(\"plane\")", "no framework \"plane\"");
    refuse("clear(\"admin\")", "clear(\"admins\")", "no trait \"admins\"");
    refuse("clear(\"admin\")", "set(\"admin\", 3)", "\"admin\" cannot be 3");
    refuse("clear(\"admin\")", "set(\"tables\", 5000)", "\"tables\" cannot be 5000");
    refuse("clear(\"admin\")", "set_to(\"admin\", trait(\"tables\"))", "`set_to` needs a number");
    refuse("paragraphs: [5]", "together: 2, paragraphs: [5]", "`together` speaks of several");
    refuse("paragraphs: [5]", "of: shared_dependency, paragraphs: [5]", "speaks of another service");
    refuse("paragraphs: [5]", "paragraphs: [50]", "no paragraph 50");
    refuse("why: \"w\"", "why: \"\"", "a rule needs a why");
    refuse("severity: warning", "severity: grave", "grave");
}

#[test]
fn evidence_and_prices_do_not_know_the_verdict() {
    for condition in ["on_framework([\"fast\"])", "mixed", "all([not(exceeds(trait(\"tables\"), const(3)))])"] {
        refused("criteria.ron", "has(\"admin\")", condition, "are for rules alone");
        refused("work_items.ron", "has(\"admin\")", condition, "are for rules alone");
        refused("packages.ron", "when: always", &format!("when: {condition}"), "are for rules alone");
    }
    for file in ["criteria.ron", "work_items.ron"] {
        refused(
            file,
            "has(\"admin\")",
            "at_least(max([const(1), answer_time]), 3)",
            "`answer_time` is for rules alone",
        );
    }
    refused("work_items.ron", "amount: trait(\"tables\")", "amount: answer_time", "`answer_time` is for rules alone");
}
