//! Ways to build a plan, side by side: the chances of targets, and that each column is what the plan would be.

#![allow(clippy::unwrap_used)] // in helpers too: a test that cannot go on fails

use std::sync::LazyLock;

use groundplan::{
    assess::{
        Assessment, Chances, Choice, Column, Distribution, Engine, Estimate, FindingCounts, Severity, Targets,
        VerdictKind,
    },
    explain::side_by_side::{Metric, Table},
    playbook::TraitKind,
    project::{
        Assumptions, Component, ComponentId, ComponentKind, Connection, Currency, Deadline, Edit, Means, Project,
        Protocol, Role, Scenario, TraitValue,
    },
};
use jiff::civil::date;
use proptest::{prelude::*, sample::Index};

use crate::common::builtin;

static ENGINE: LazyLock<Engine> = LazyLock::new(builtin::engine);

fn estimate(weeks: f64, budget_usd: f64) -> Estimate {
    let spread = |median| Distribution { median, log_sd: 0.3 };
    Estimate { weeks: spread(weeks), budget_usd: spread(budget_usd), ..Estimate::default() }
}

#[test]
fn a_target_is_kept_as_likely_as_the_range_says() {
    let of = |budget_usd, deadline_weeks| Targets { budget_usd, deadline_weeks }.chance(&estimate(20.0, 100_000.0));
    assert_eq!(of(None, None), Chances::default());
    assert_eq!(of(Some(100_000.0), None), Chances { budget: Some(0.5), ..Chances::default() });
    assert_eq!(of(None, Some(20.0)).deadline, Some(0.5));
    assert_eq!(of(None, Some(0.0)).deadline, Some(0.0), "nothing is done at once");
    let (low, high) = (estimate(20.0, 1.0).weeks.quantile(0.2), estimate(1.0, 100_000.0).budget_usd.quantile(0.9));
    let both = of(Some(high), Some(low));
    let near = |chance: Option<f64>, wanted: f64| assert!((chance.unwrap() - wanted).abs() < 1e-9, "{chance:?}");
    near(both.budget, 0.9);
    near(both.deadline, 0.2);
    near(both.both, 0.2);
    near(both.both_at_least, 0.1);
    near(of(Some(50_000.0), Some(10.0)).both_at_least, 0.0);
}

#[test]
fn targets_are_those_of_the_assumptions() {
    let mut assumptions = Assumptions::default();
    assert!(Targets::of(&assumptions).is_empty());
    assumptions.target_budget_usd = Some(150_000.0);
    assumptions.deadline = Some(Deadline::Date(date(2027, 3, 12)));
    let wanted = Targets { budget_usd: Some(150_000.0), deadline_weeks: None };
    assert_eq!(Targets::of(&assumptions), wanted, "a date without a first day is no deadline");
    assumptions.start = Some(date(2027, 3, 1));
    assert_eq!(Targets::of(&assumptions).deadline_weeks, Some(2.0));
}

/// A case study with pins, something put off, targets, and two scenarios that differ from it in everything that can differ.
fn plan() -> Project {
    let mut project = builtin::preset("monolith-decomposition");
    let services: Vec<ComponentId> = project.services().map(|(id, _)| id.clone()).collect();
    let mut kept = Scenario::of(&project, "Four people");
    project.apply(&Edit::SetPin(services[0].clone(), Some("fastapi".into())));
    project.apply(&Edit::SetPin(services[1].clone(), Some("django".into())));
    project.assumptions.start = Some(date(2027, 3, 1));
    project.assumptions.target_budget_usd = Some(600_000.0);
    project.assumptions.deadline = Some(Deadline::Date(date(2028, 3, 1)));
    kept.means.team_size = Some(4.0);
    kept.deferred.insert(services[2].clone());
    kept.pins.insert(services[3].clone(), "django_drf".into());
    project.apply(&Edit::PutScenario("four".into(), Some(kept)));
    let bare = Scenario { name: "Bare".to_owned(), means: Means::default(), ..Scenario::of(&Project::new(""), "") };
    project.apply(&Edit::PutScenario("plan".into(), Some(bare)));
    assert!(project.validate().is_empty());
    project
}

fn findings_of(assessment: &Assessment) -> FindingCounts {
    let count = |severity| assessment.open_findings().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    FindingCounts { errors, warnings, hints: count(Severity::Hint) }
}

/// What a column says of an assessment made by itself.
fn assert_says(column: &Column, project: &Project, assessment: &Assessment) {
    let estimate = &assessment.estimate;
    assert_eq!(column.verdict, assessment.verdict.kind);
    assert_eq!(column.counts, assessment.verdict.counts);
    assert_eq!(column.assignment, assessment.verdict.assignment);
    assert_eq!((column.weeks, column.budget_usd), (estimate.weeks, estimate.budget_usd));
    assert_eq!(column.person_weeks, estimate.person_weeks);
    assert_eq!(column.chances, Targets::of(&project.assumptions).chance(estimate));
    let timetable = project.assumptions.timetable();
    assert_eq!(column.ends.map(|ends| ends.p80), timetable.map(|table| table.finish_of(estimate.weeks.quantile(0.8))));
    assert_eq!(column.findings, findings_of(assessment));
    assert_eq!((column.crossings, column.seam), (estimate.seam.crossings.len(), estimate.seam.sums()));
    assert_eq!(column.cost_db, assessment.verdict.cost_db);
    assert_eq!(column.basis.team_size, project.assumptions.team_size);
}

#[test]
fn what_a_column_costs_more_or_less_is_right_and_what_the_figures_say() {
    let dollars = |words: &str| {
        let (digits, unit) = match words.strip_prefix('$').unwrap() {
            words if words.ends_with('K') => (words.trim_end_matches('K'), 1e3),
            words if words.ends_with('M') => (words.trim_end_matches('M'), 1e6),
            words => (words, 1.0),
        };
        digits.replace(',', "").parse::<f64>().unwrap() * unit
    };
    let mut told = 0;
    for preset in ["monolith-decomposition", "construction-saas", "delivery-prediction", "platform-rescue"] {
        let project = builtin::preset(preset);
        let comparison = ENGINE.compare(&project, &ENGINE.assess(&project), &ENGINE.choices(&project));
        let columns = &comparison.columns;
        for base in 0..columns.len() {
            let differing: Vec<_> = columns.iter().map(|column| column.differs_from(&columns[base])).collect();
            let (playbook, differing) = (&ENGINE.playbook, differing.as_slice());
            let table = Table { playbook, project: &project, comparison: &comparison, base, differing, in_full: false };
            for row in table.rows() {
                let of: fn(&Column) -> f64 = match row.metric {
                    Metric::BudgetP50 => |column| column.budget_usd.median,
                    Metric::BudgetP80 => |column| column.budget_usd.quantile(0.8),
                    _ => continue,
                };
                for (at, cell) in row.cells.iter().enumerate().filter(|(at, _)| *at != base) {
                    let change = cell.change.as_ref().unwrap();
                    let (size, is) = (change.words.split(' ').next().unwrap(), of(&columns[at]) - of(&columns[base]));
                    let said = if size == "same" { 0.0 } else { dollars(size) };
                    assert!((said - is.abs()).abs() <= (0.05 * is.abs()).max(1.0), "{preset}: {change:?} for {is}");
                    let shown = dollars(&cell.figure) - dollars(&row.cells[base].figure);
                    assert!((shown.abs() - said).abs() < 0.01, "{preset}: {cell:?} against {:?}", row.cells[base]);
                    told += usize::from(said > 0.0);
                }
            }
        }
    }
    assert!(told > 20, "{told}");
}

#[test]
fn a_column_is_what_the_project_would_be_by_itself() {
    let project = plan();
    let choices = ENGINE.choices(&project);
    assert_eq!(choices.len(), 6, "{choices:?}");
    let comparison = ENGINE.compare(&project, &ENGINE.assess(&project), &choices);
    for (choice, column) in choices.iter().zip(&comparison.columns) {
        let alone = ENGINE.project_under(&project, choice).unwrap();
        assert_eq!((column.choice == *choice, &column.name), (true, &ENGINE.choice_name(&project, choice)));
        assert_says(column, &alone, &ENGINE.assess(&alone));
    }
    let column = |slug: &str| comparison.column(&ENGINE.choice_named(&project, slug).unwrap()).unwrap();
    let (four, bare) = (column("four"), column("saved:plan"));
    assert_eq!((four.deferred.len(), four.targets), (1, column("plan").targets), "what is to hold is the project's");
    assert!(four.weeks.median < column("recommended").weeks.median, "four people are faster than two");
    assert_eq!(bare.assignment, column("recommended").assignment);
    let django = column("all-django");
    assert_eq!(django.overruled, [project.services().next().unwrap().0.clone()]);
    assert!(column("plan").overruled.is_empty());
    for alternative in &ENGINE.assess(&project).alternatives {
        let all = comparison.column(&Choice::All(alternative.framework.clone())).unwrap();
        assert_eq!((all.weeks, all.budget_usd), (alternative.weeks, alternative.budget_usd));
        assert!((all.cost_db - alternative.cost_db).abs() < 1e-9);
    }
}

#[test]
fn differences_are_those_of_the_figures_shown() {
    let project = plan();
    let mut comparison = ENGINE.compare(&project, &ENGINE.assess(&project), &ENGINE.choices(&project));
    comparison.columns.truncate(2);
    let [base, other] = comparison.columns.as_mut_slice() else { panic!() };
    (base.cost_db, other.cost_db) = (1.25, 30.3);
    (base.chances.budget, other.chances.budget) = (Some(0.99), Some(0.996));
    (base.chances.deadline, other.chances.deadline) = (Some(0.998), Some(0.31));
    (base.basis.team_size, other.basis.team_size) = (2.25, 2.0);
    (base.basis.contingency, other.basis.contingency) = (0.125, 0.1);
    (base.basis.communication_share, other.basis.communication_share) = (0.06, 0.3);
    let differing = [Vec::new(), Vec::new()];
    let playbook = &ENGINE.playbook;
    let table =
        Table { playbook, project: &project, comparison: &comparison, base: 0, differing: &differing, in_full: true };
    let rows = table.rows();
    for (metric, figures, change) in [
        (Metric::Evidence, ["1.2 dB", "30.3 dB"], "29.1 dB more"),
        (Metric::BudgetChance, ["99 %", "> 99 %"], "less than 1 point higher"),
        (Metric::DeadlineChance, ["> 99 %", "31 %"], "over 68 points lower"),
        (Metric::Team, ["2.25 people", "2 people"], "0.25 fewer"),
        (Metric::Contingency, ["12.5 %", "10 %"], "2.5 points lower"),
        (Metric::Communication, ["6 %", "30 %"], "24 points higher"),
    ] {
        let row = rows.iter().find(|row| row.metric == metric).unwrap_or_else(|| panic!("{metric:?}"));
        let [base, other] = &row.cells[..] else { panic!() };
        assert_eq!([&base.figure, &other.figure], figures);
        assert_eq!(other.change.as_ref().map(|change| change.words.as_str()), Some(change), "{metric:?}");
    }
}

#[test]
fn taking_a_kept_one_leaves_targets_calendar_and_currency_as_they_are() {
    let mut project = plan();
    project.assumptions.roles.insert("lead".into(), Role::new("Lead", 6_000.0, 1.0));
    project.assumptions.communication_share = Some(0.05);
    let mut kept = Scenario::of(&project, "Cheap");
    kept.means = Means {
        rate_usd_per_person_week: Some(3_000.0),
        contingency: Some(0.2),
        roles: Some([].into()),
        communication_share: Some(0.1),
        ..Means::default()
    };
    project.apply(&Edit::PutScenario("cheap".into(), Some(kept.clone())));
    // All that is the project's changes after it was kept.
    let own = Assumptions {
        target_budget_usd: Some(250_000.0),
        deadline: Some(Deadline::Weeks(30.0)),
        start: Some(date(2028, 1, 3)),
        currency: Currency { code: "EUR".to_owned(), per_usd: 0.9, ..Currency::default() },
        confidence: groundplan::project::Confidence::P90,
        ..project.assumptions.clone()
    };
    project.apply(&Edit::SetAssumptions(own.clone()));
    let mut taken = project.clone();
    for edit in ENGINE.edits_to(&project, &ENGINE.assess(&project), &Choice::Saved("cheap".into())).unwrap() {
        taken.apply(&edit);
    }
    let wanted = Means { team_size: Some(own.team_size), ..kept.means };
    assert_eq!(Means::of(&taken.assumptions), wanted, "what it says nothing of stays");
    assert_eq!(taken.assumptions.with(&Means::of(&own)), own, "nothing else was touched");
    let columns = ENGINE.compare(&project, &ENGINE.assess(&project), &ENGINE.choices(&project)).columns;
    assert!(columns.iter().all(|column| column.targets == Targets::of(&own)));
}

#[test]
fn what_differs_is_named_with_what_is_put_off() {
    let project = plan();
    let comparison = ENGINE.compare(&project, &ENGINE.assess(&project), &ENGINE.choices(&project));
    let column = |slug: &str| comparison.column(&ENGINE.choice_named(&project, slug).unwrap()).unwrap();
    let (here, four) = (column("plan"), column("four"));
    assert!(here.differs_from(here).is_empty());
    let (there, back) = (four.differs_from(here), here.differs_from(four));
    assert_eq!(there.len(), back.len());
    for differs in &there {
        let mirrored = back.iter().find(|other| other.component == differs.component).unwrap();
        assert_eq!((&mirrored.from, &mirrored.to), (&differs.to, &differs.from));
    }
    assert!(there.iter().any(|differs| differs.to.is_none() && four.deferred.contains(&differs.component)));
    let api = column("all-fastapi").differs_from(column("all-django"));
    assert_eq!(api.len(), project.services().count());
}

#[test]
fn ways_to_build_it_are_found_by_their_names() {
    let project = plan();
    for choice in ENGINE.choices(&project) {
        assert_eq!(ENGINE.choice_named(&project, &ENGINE.choice_slug(&choice)), Some(choice));
    }
    assert_eq!(ENGINE.choice_named(&project, "plan"), Some(Choice::Plan));
    assert_eq!(ENGINE.choice_named(&project, "saved:plan"), Some(Choice::Saved("plan".into())));
    for unknown in ["saved:recommended", "all-django_drf", "fuor", ""] {
        assert_eq!(ENGINE.choice_named(&project, unknown), None, "{unknown}");
    }
    assert!(ENGINE.project_under(&project, &Choice::All("django_drf".into())).is_none(), "it is Django's family");
}

#[test]
fn glue_is_counted_on_what_each_service_is_built_on() {
    let project = plan();
    let comparison = ENGINE.compare(&project, &ENGINE.assess(&project), &ENGINE.choices(&project));
    for (choice, column) in ENGINE.choices(&project).iter().zip(&comparison.columns) {
        let alone = ENGINE.project_under(&project, choice).unwrap();
        let stack = ENGINE.stack(&alone, &ENGINE.assess(&alone));
        let one_family = match &column.verdict {
            VerdictKind::Single(framework) => Some(ENGINE.playbook.root(framework)),
            _ => None,
        };
        match stack.glue.iter().find(|glue| Some(&glue.framework) == one_family) {
            Some(glue) if matches!(choice, Choice::All(_)) => {
                assert_eq!((&column.glue.packages, &column.glue.by_hand), (&glue.packages, &glue.by_hand));
            }
            _ => assert!(column.glue.count() > 0, "{choice:?}"),
        }
    }
}

/// A drawing with pins and things put off, and scenarios kept on the way.
fn drawing() -> impl Strategy<Value = Project> {
    let service =
        (any::<Index>(), prop::collection::vec((any::<Index>(), 0.0..1.0), 0..5), any::<[bool; 2]>(), any::<Index>());
    let links = prop::collection::vec((any::<Index>(), any::<Index>(), any::<Index>()), 0..8);
    let kept = prop::collection::vec((any::<Index>(), any::<Index>(), any::<bool>(), 1.0..9.0), 0..3);
    (prop::collection::vec(service, 1..6), links, kept).prop_map(|(services, links, kept)| {
        let playbook = &ENGINE.playbook;
        let frameworks: Vec<_> = playbook.frameworks.keys().collect();
        let traits: Vec<_> = playbook.traits.values().collect();
        let mut project = Project::new("Drawn");
        for (kind, answers, [pinned, deferred], pin) in services {
            let id = project.new_component_id("part");
            let mut component = Component::new("part", *kind.get(ComponentKind::ALL), None);
            for (which, share) in answers {
                let known = which.get(&traits);
                let value = match &known.value {
                    TraitKind::Flag => TraitValue::Flag(share > 0.3),
                    TraitKind::Number { least, plausible: (_, _, high), .. } => {
                        TraitValue::Number(f64::round(least + (high - least) * share))
                    }
                    TraitKind::Choice(options) => TraitValue::Choice(options[0].clone()),
                };
                component.traits.insert(known.id.clone(), value);
            }
            component.pin = pinned.then(|| (*pin.get(&frameworks)).clone());
            component.deferred = deferred && pin.index(8) > 3;
            project.apply(&Edit::PutComponent(id, component));
        }
        let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
        for (from, to, protocol) in links {
            let (from, to) = (from.get(&ids).clone(), to.get(&ids).clone());
            let id = project.new_connection_id(&from, &to);
            project.apply(&Edit::PutConnection(id, Connection::new(from, to, *protocol.get(&Protocol::ALL))));
        }
        for (pin, deferred, own, team_size) in kept {
            let mut scenario = Scenario::of(&project, "Kept");
            scenario.pins.insert(pin.get(&ids).clone(), (*pin.get(&frameworks)).clone());
            scenario.deferred.insert(deferred.get(&ids).clone());
            scenario.means =
                if own { Means { team_size: Some(team_size), ..Means::default() } } else { Means::default() };
            let id = project.new_scenario_id("Kept");
            project.apply(&Edit::PutScenario(id, Some(scenario)));
        }
        project
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn taking_any_choice_makes_the_figures_of_the_plan_those_of_its_column(project in drawing()) {
        let assessment = ENGINE.assess(&project);
        let choices = ENGINE.choices(&project);
        let comparison = ENGINE.compare(&project, &assessment, &choices);
        prop_assert_eq!(comparison.columns.len(), choices.len());
        for column in &comparison.columns {
            let mut taken = project.clone();
            for edit in ENGINE.edits_to(&project, &assessment, &column.choice).unwrap() {
                taken.apply(&edit);
            }
            prop_assert!(taken.validate().is_empty());
            prop_assert_eq!(&taken.scenarios, &project.scenarios);
            let now = ENGINE.assess(&taken);
            assert_says(column, &taken, &now);
            let plan = &ENGINE.compare(&taken, &now, &[Choice::Plan]).columns[0];
            prop_assert_eq!(&plan.glue, &column.glue);
            prop_assert!(ENGINE.edits_to(&taken, &now, &column.choice).unwrap().is_empty(), "it is taken already");
        }
    }
}
