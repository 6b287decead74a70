//! What the playbook says is said in the language of the window; what it means, and what anything is known by, is the same in all of them.

#![expect(clippy::unwrap_used, reason = "the helpers of a test fail it")]

use std::path::PathBuf;

use groundplan::{
    assess::{Assessment, Engine},
    figures::trait_chip,
    lang::{self, Language},
    playbook::{HOUSE_FILE, Package, Playbook, PlaybookFile, builtin, load},
    project::{Project, TraitValue},
    storage::{LoadError, OpenError, Protection, SaveError, to_text},
};

use crate::common::builtin as own;

fn in_german<T>(work: impl FnOnce() -> T) -> T {
    lang::with(Language::German, work)
}

fn presets() -> Vec<Project> {
    let presets = groundplan::storage::presets();
    presets.iter().map(|preset| preset.project().unwrap()).collect()
}

/// An assessment without its words.
fn meant(assessment: &Assessment) -> impl PartialEq + std::fmt::Debug {
    let advice = assessment.components.iter().map(|(id, advice)| {
        let reasons = advice.reasons.iter().map(|reason| (reason.criterion.clone(), reason.decibans));
        (id.clone(), advice.framework.clone(), advice.scores.clone(), reasons.collect::<Vec<_>>())
    });
    let findings = assessment
        .findings
        .iter()
        .map(|finding| (finding.key.clone(), finding.rule.clone(), finding.elements.clone(), finding.fixes.len()));
    (
        advice.collect::<Vec<_>>(),
        assessment.verdict.clone(),
        assessment.estimate.clone(),
        findings.collect::<Vec<_>>(),
        assessment.answers,
    )
}

#[test]
fn an_assessment_means_the_same_in_every_language() {
    let engine = own::engine();
    let german = in_german(|| engine.speaking());
    let mut words = 0;
    for project in presets() {
        let english = engine.assess(&project);
        let spoken = in_german(|| german.assess(&project));
        assert_eq!(meant(&english), meant(&spoken), "{}", project.name);
        let labels = |assessment: &Assessment| -> Vec<String> {
            assessment
                .components
                .values()
                .flat_map(|advice| &advice.reasons)
                .map(|reason| reason.label.clone())
                .collect()
        };
        words += labels(&english).iter().zip(labels(&spoken)).filter(|(english, spoken)| *english != spoken).count();
        assert_eq!(to_text(&project), in_german(|| to_text(&project)), "a file is in no language");
    }
    assert!(words > 50, "{words} reasons have German words");
}

#[test]
fn a_playbook_is_kept_as_it_is_written_and_spoken_anew_as_often_as_wanted() {
    let engine: Engine = own::engine();
    let german = in_german(|| engine.speaking());
    assert_ne!(german.playbook, engine.playbook);
    assert_eq!(german.written(), &engine.playbook);
    assert_eq!(german.speaking().playbook, engine.playbook, "English is what is written");
    assert_eq!(in_german(|| german.speaking()).playbook, german.playbook);
    let ids = |playbook: &Playbook| -> Vec<String> {
        let traits = playbook.traits.iter().map(|(id, one)| format!("{id} {:?}", one.value));
        let packages = playbook.packages.iter().map(Package::requirement);
        traits.chain(playbook.criteria.keys().map(ToString::to_string)).chain(packages).collect()
    };
    assert_eq!(ids(&german.playbook), ids(&engine.playbook));
}

#[test]
fn what_a_layer_of_ones_own_says_stays_as_it_is() {
    let file = |name: &str, text: &str| PlaybookFile { name: name.to_owned(), text: text.to_owned() };
    let traits = r#"[
        (id: "ours", label: "Unsere Gründe", chip: "{} things", unit: "things", value: number(least: 0, most: 9, plausible: (1, 2, 3)), group: "Data", help: "What we say.", paragraphs: []),
        (id: "tables", help: "Ask Ada."),
    ]"#;
    let layer = [file(HOUSE_FILE, "(name: \"Search\", extends: builtin)"), file("traits.ron", traits)];
    let playbook = in_german(|| load(&layer).unwrap().spoken());
    let [ours, tables] = ["ours", "tables"].map(|id| &playbook.traits[id]);
    assert_eq!([ours.label.as_str(), &ours.chip, &ours.help], ["Unsere Gründe", "{} things", "What we say."]);
    assert_eq!([tables.label.as_str(), &tables.help], ["Tabellen", "Ask Ada."], "and beside it what is built in");
    assert_eq!(playbook.house.as_ref().unwrap().name, "Search");
    let one = in_german(|| trait_chip(&playbook, &"ours".into(), &TraitValue::Number(1.0)));
    assert_eq!(one, "1 thing");
}

#[test]
fn one_of_a_kind_and_an_option_have_german_words() {
    let playbook = in_german(|| builtin().unwrap().spoken());
    let chip = |id: &str, value: TraitValue| in_german(|| trait_chip(&playbook, &id.into(), &value));
    let number = TraitValue::Number;
    assert_eq!([chip("tables", number(1.0)), chip("tables", number(12.0))], ["1 Tabelle", "12 Tabellen"]);
    assert_eq!([chip("workers", number(1.0)), chip("notifications", number(2.0))], ["1 Worker", "2 Kanäle"]);
    assert_eq!(chip("schema-changes", TraitValue::Choice("frequent".to_owned())), "Änderungen häufig");
    let [yes, option] = [TraitValue::Flag(true), TraitValue::Choice("low".to_owned())];
    assert_eq!(in_german(|| [yes.to_string(), option.to_string()]), ["ja", "gering"]);
    assert_eq!(ron::to_string(&option).unwrap(), in_german(|| ron::to_string(&option).unwrap()));
    assert_eq!([yes.to_string(), option.to_string()], ["yes", "low"]);
}

#[test]
fn what_goes_wrong_with_files_is_told_in_the_language_that_is_spoken() {
    let path = PathBuf::from("plan.ron");
    let told = || {
        [
            OpenError::NotThere(path.clone()).to_string(),
            SaveError::DiskFull(path.clone()).to_string(),
            LoadError::NoFolder(path.clone()).to_string(),
            Protection::File.to_string(),
        ]
    };
    let german = [
        "Eine solche Datei gibt es nicht; prüfen Sie den Namen: plan.ron",
        "Der Datenträger ist voll; schaffen Sie Platz oder wählen Sie einen anderen. Nichts wurde geändert: plan.ron",
        "Einen solchen Ordner gibt es nicht: plan.ron",
        "die Datei ist schreibgeschützt",
    ];
    assert_eq!(in_german(told), german);
    assert_eq!(told()[0], "There is no such file; check the name: plan.ron", "the command line speaks English");
}
