//! A folder lies over the built-in playbook; what is wrong in it is told in full, with file, line, column and key.

use std::{fs, path::Path};

use groundplan::{
    playbook::{self, PlaybookFile, PlaybookProblem, load, read_dir},
    project::{Edit, Project, TraitValue},
    storage::{LoadError, from_text, load_engine, write_builtin_playbook},
};
use proptest::prelude::*;

const HOUSE: &str = "(name: \"Ours\", extends: builtin)";

fn layer(files: &[(&str, &str)]) -> Result<playbook::Playbook, Vec<PlaybookProblem>> {
    let file = |(name, text): &(&str, &str)| PlaybookFile { name: (*name).to_owned(), text: (*text).to_owned() };
    let house = [("house.ron", HOUSE)];
    let own = files.iter().filter(|(name, _)| *name != "house.ron");
    let house = files.iter().find(|(name, _)| *name == "house.ron").unwrap_or(&house[0]);
    load(&own.chain([house]).map(file).collect::<Vec<_>>())
}

fn problems(files: &[(&str, &str)]) -> Vec<String> {
    layer(files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// A whole new entry, with one piece of it replaced.
fn framework(from: &str, to: &str) -> String {
    let sound = r#"[(id: "third", name: "Third", short_name: "Third", character: "c", resembles: "fastapi", prior_db: -6,
    colour: "violet", home: "h", base_packages: ["fastapi"], brings: ["endpoints"], paragraphs: [])]"#;
    assert!(sound.contains(from), "{from}");
    sound.replacen(from, to, 1)
}

#[test]
fn a_house_file_alone_is_the_built_in_playbook_with_a_name() {
    let ours = layer(&[]).unwrap();
    let plain = playbook::builtin().unwrap();
    assert_eq!(ours.house.as_ref().unwrap().name, "Ours");
    assert_eq!(playbook::Playbook { house: None, ..ours }, plain);
}

#[test]
fn entries_are_patched_added_and_taken_away_in_their_order() {
    let plain = playbook::builtin().unwrap();
    let ours = layer(&[
        ("criteria.ron", r#"[(id: "accounts", weights_db: {"fastapi": -1}), (id: "forms", remove: true)]"#),
        ("frameworks.ron", r#"[(id: "fastapi", prior_db: 1.5)]"#),
        ("estimate.ron", "(communication_share: 0.1, seam_db: {queue: 1})"),
    ])
    .unwrap();
    let (before, after) = (&plain.criteria["accounts"], &ours.criteria["accounts"]);
    assert_eq!(after.weights_db["fastapi"], -1.0);
    assert_eq!((after.weights_db["django"], &after.reason), (before.weights_db["django"], &before.reason));
    let order: Vec<_> = plain.criteria.keys().filter(|id| id.as_str() != "forms").collect();
    assert_eq!(ours.criteria.keys().collect::<Vec<_>>(), order);
    assert_eq!(ours.frameworks["fastapi"].prior_db, 1.5);
    assert_eq!(ours.estimate.communication_share, 0.1);
    assert_eq!(ours.estimate.seam_db[&groundplan::project::Protocol::Queue], 1.0);
    assert_eq!(ours.estimate.phases, plain.estimate.phases);
}

#[test]
fn every_slip_is_told_with_its_place_and_what_was_meant() {
    let third = |from: &str, to: &str| framework(from, to);
    let table: Vec<(&str, String, &str, &[&str])> = vec![
        (
            "frameworks.ron",
            third("colour:", "color:"),
            "frameworks.ron:2:5: \"third\"",
            &["`color`", "did you mean `colour`?"],
        ),
        (
            "frameworks.ron",
            third("prior_db: -6", "prior_db: \"-6\""),
            "frameworks.ron:1:",
            &["`prior_db` needs a number"],
        ),
        (
            "frameworks.ron",
            third("\"violet\"", "\"purple\""),
            "frameworks.ron:2:13",
            &["> colour", "no colour \"purple\""],
        ),
        (
            "frameworks.ron",
            third("resembles: \"fastapi\"", "resembles: \"fastapy\""),
            "frameworks.ron:1:",
            &["> resembles", "did you mean \"fastapi\"?"],
        ),
        (
            "frameworks.ron",
            third("resembles: \"fastapi\"", "resembles: \"third\""),
            "frameworks.ron:1:",
            &["> resembles", "circle"],
        ),
        (
            "frameworks.ron",
            third("resembles: \"fastapi\", ", ""),
            "frameworks.ron:1:",
            &["\"third\"", "no person-weeks", "`resembles`"],
        ),
        (
            "frameworks.ron",
            third("resembles: \"fastapi\"", "resembles: \"fastapi\", effort_factor: 0"),
            "frameworks.ron:1:",
            &["> effort_factor", "more than 0"],
        ),
        (
            "frameworks.ron",
            third("resembles: \"fastapi\"", "extends: \"django\", effort_factor: 0.9"),
            "frameworks.ron:1:",
            &["> effort_factor", "`resembles`"],
        ),
        (
            "frameworks.ron",
            third("\"endpoints\"", "\"endpionts\""),
            "frameworks.ron:2:",
            &["> brings", "did you mean \"endpoints\"?"],
        ),
        (
            "frameworks.ron",
            third("name: \"Third\", ", ""),
            "frameworks.ron:1:",
            &["`name` is missing", "no built-in \"third\""],
        ),
        (
            "criteria.ron",
            "[(id: \"acounts\", weights_db: {\"fastapi\": 1})]".into(),
            "criteria.ron:1:2",
            &["is missing", "did you mean \"accounts\"?"],
        ),
        (
            "criteria.ron",
            "[(id: \"accounts\",\n when: has(\"usr-accounts\"))]".into(),
            "criteria.ron:2:12",
            &["\"accounts\" > when", "did you mean \"user-accounts\"?"],
        ),
        (
            "criteria.ron",
            "[(id: \"accounts\",\n when: ramp(trait(\"tables\"), [(5, 0), (2, 1)]))]".into(),
            "criteria.ron:2:2",
            &["> when", "must rise"],
        ),
        (
            "criteria.ron",
            "[(id: \"accounts\", when: hass(\"user-accounts\"))]".into(),
            "criteria.ron:1:25",
            &["`hass`", "did you mean `has`?"],
        ),
        (
            "criteria.ron",
            "[(id: \"accounts\", remove: true, reason: \"r\")]".into(),
            "criteria.ron:1:27",
            &["stands alone"],
        ),
        (
            "criteria.ron",
            "[(id: \"acounts\", remove: true)]".into(),
            "criteria.ron:1:7",
            &["to remove", "did you mean \"accounts\"?"],
        ),
        ("criteria.ron", "[(id: \"forms\", prior: 1), (id: \"forms\")]".into(), "criteria.ron:1:32", &["used twice"]),
        ("criteria.ron", "[(id: \"forms\")".into(), "criteria.ron:1:", &["never closed"]),
        ("criteria.ron", "(id: \"forms\")".into(), "criteria.ron:1:", &["square brackets"]),
        ("criteria.ron", "[] []".into(), "criteria.ron:1:", &["after the end"]),
        (
            "work_items.ron",
            "[(id: \"project-set-up\",\n cv: \"low\")]".into(),
            "work_items.ron:2:6",
            &["`cv` needs a number"],
        ),
        ("work_items.ron", "[(id: \"project-set-up\",\n cv: 3)]".into(), "work_items.ron:2:2", &["> cv", "at most 2"]),
        (
            "traits.ron",
            "[(id: \"tables\", value: number(least: 9, most: 1, plausible: (1, 2, 3)))]".into(),
            "traits.ron:1:17",
            &["> value", "plausible"],
        ),
        ("estimate.ron", "(seam_db: {htpp: 1})".into(), "estimate.ron:1:12", &["`htpp`", "did you mean `http`?"]),
        (
            "estimate.ron",
            "(seam_db: {http: -1})".into(),
            "estimate.ron:1:2: seam_db: the price for HTTP is −1; it must be from 0 to 1,000",
            &[],
        ),
        (
            "criteria.ron",
            "[(id: \"accounts\",\n weights_db: {\"fastapi\": -240})]".into(),
            "criteria.ron:2:15: \"accounts\" > weights_db: the weight for \"fastapi\" is −240 dB",
            &["from −100 to 100"],
        ),
        (
            "criteria.ron",
            "[(id: \"accounts\", weights_db: {\"django\": 100.5})]".into(),
            "criteria.ron:1:",
            &["\"django\" is 100.5 dB", "from −100 to 100"],
        ),
        (
            "frameworks.ron",
            third("prior_db: -6", "prior_db: -1e9"),
            "frameworks.ron:1:",
            &["\"third\" > prior_db: it is −1,000,000,000 dB", "from −100 to 100"],
        ),
        ("estimate.ron", "(communication_share: 1.5)".into(), "estimate.ron:1:2: communication_share: it is 1.5", &[]),
        ("estimate.ron", "(communication_share: 1.5)".into(), "estimate.ron:1:2", &["communication_share", "0.999"]),
        (
            "estimate.ron",
            "(new_projects: (team_size: 0))".into(),
            "estimate.ron:1:2",
            &["new_projects", "team_size is 0"],
        ),
        (
            "packages.ron",
            "[(name: \"celery\", replacement: \"dramatic\")]".into(),
            "packages.ron:1:32",
            &["> replacement", "did you mean \"dramatiq\"?"],
        ),
        (
            "packages.ron",
            "[(name: \"Redis\", version: \"8\")]".into(),
            "packages.ron:1:9",
            &["> product", "no version"],
        ),
        (
            "house.ron",
            "(name: \"Ours\", extends: built_in)".into(),
            "house.ron:1:25",
            &["`built_in`", "did you mean `builtin`?"],
        ),
        ("house.ron", "(extends: builtin)".into(), "house.ron:1:1", &["`name` is missing"]),
    ];
    for (file, text, place, parts) in table {
        let found = layer(&[(file, &text)]).err().unwrap_or_default();
        let fits = |problem: &&PlaybookProblem| {
            let line = problem.to_string();
            line.starts_with(place) && parts.iter().all(|part| line.contains(part))
        };
        let problem = found.iter().find(fits).unwrap_or_else(|| panic!("{text}\n{place} {parts:?}\n{found:#?}"));
        if let Some(line) = problem.line() {
            let written = text.lines().nth(line - 1).unwrap();
            let mut excerpt = problem.excerpt.lines();
            let (shown, caret) = (excerpt.next().unwrap(), excerpt.next().unwrap());
            let at = caret.chars().position(|c| c == '^').unwrap();
            let under: String = shown.chars().skip(at).collect();
            let from: String = written.chars().skip(problem.column().unwrap() - 1).collect();
            assert!(from.starts_with(&under) || under.is_empty(), "{}", problem.excerpt);
        }
    }
}

#[test]
fn several_slips_in_one_file_are_told_together_and_no_slip_has_a_shadow() {
    let criteria = r#"[
    (id: "accounts", wieghts_db: {"fastapi": 1}),
    (id: "forms", when: has("frms")),
    (id: "streaming", paragraphs: [99]),
]"#;
    let traits = r#"[(id: "mine", label: 5, chip: "c", value: flag, group: "Team", help: "h", paragraphs: [])]"#;
    let work = r#"[(id: "mine", label: "l", reason: "r", scope: service, when: has("mine"), amount: const(1), person_weeks: {}, any: 1, phases: {"build": 1}, cv: 0.3, log_spread: 0.3, paragraphs: [], provenance: assumption)]"#;
    let found = problems(&[("criteria.ron", criteria), ("traits.ron", traits), ("work_items.ron", work)]);
    assert_eq!(found.len(), 4, "{found:#?}");
    for (start, part) in [
        ("traits.ron:1:", "`label` needs text"),
        ("criteria.ron:2:", "did you mean `weights_db`?"),
        ("criteria.ron:3:", "did you mean \"forms\"?"),
        ("criteria.ron:4:", "no paragraph 99"),
    ] {
        assert!(found.iter().any(|line| line.starts_with(start) && line.contains(part)), "{start} {part}: {found:#?}");
    }
}

#[test]
fn folders_are_read_with_care() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("house.ron", HOUSE.as_bytes());
    assert!(load_engine(Some(folder.path())).is_ok());

    write("critera.ron", b"[]");
    write("traits.ron", b"[(id: \"t\xff\")]");
    write("notes.txt", b"anything");
    let found: Vec<String> = read_dir(folder.path()).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("critera.ron") && found[0].contains("did you mean criteria.ron?"), "{found:#?}");
    assert!(found[1].contains("traits.ron") && found[1].contains("byte 8 is not UTF-8"), "{found:#?}");

    fs::remove_file(folder.path().join("critera.ron")).unwrap();
    fs::remove_file(folder.path().join("traits.ron")).unwrap();
    fs::create_dir(folder.path().join("cases")).unwrap();
    fs::write(folder.path().join("cases/construction-sas.ron"), "(format: 1, name: \"C\")").unwrap();
    let strange = load_engine(Some(folder.path())).unwrap_err().to_string();
    assert!(strange.contains("did you mean \"construction-saas\"?"), "{strange}");

    let nowhere = folder.path().join("nowhere");
    assert!(matches!(load_engine(Some(&nowhere)), Err(LoadError::NoFolder(path)) if path == nowhere));

    // Without a house file the folder has to say everything.
    let alone = tempfile::tempdir().unwrap();
    fs::write(alone.path().join("traits.ron"), "[]").unwrap();
    let Err(LoadError::Playbook { problems, .. }) = load_engine(Some(alone.path())) else { panic!("it is complete?") };
    assert_eq!(problems.iter().filter(|problem| problem.message.contains("house.ron")).count(), 8, "{problems:#?}");
}

#[test]
fn what_is_written_as_a_start_is_the_built_in_playbook_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("ours");
    write_builtin_playbook(&target).unwrap();
    assert_eq!(load(&read_dir(&target).unwrap()).unwrap(), playbook::builtin().unwrap());
    let kept = target.join("traits.ron");
    fs::write(&kept, "mine").unwrap();
    let refused = write_builtin_playbook(&target).unwrap_err().to_string();
    assert!(refused.contains("is there already"), "{refused}");
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
}

#[test]
fn the_worked_example_is_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = read_dir(&root.join("docs/house-playbook")).unwrap();
    let playbook = load(&files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let page = fs::read_to_string(root.join("docs/playbook.md")).unwrap();
    for file in &files {
        assert!(page.contains(&file.name), "docs/playbook.md does not speak of {}", file.name);
    }
    assert_eq!(playbook.house.map(|house| house.name), Some("Lighthouse".to_owned()));
    let rule = files.iter().find(|file| file.name == "rules.ron").unwrap();
    assert!(page.contains(rule.text.trim()), "docs/playbook.md shows another rule");
}

#[test]
fn the_rule_of_the_example_speaks_and_is_mended() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let engine = load_engine(Some(&root.join("docs/house-playbook"))).unwrap();
    let mut project = from_text(&fs::read_to_string(root.join("docs/house-example.ron")).unwrap()).unwrap();
    let said = |project: &Project| {
        let mut findings = engine.assess(project).findings;
        findings.retain(|finding| finding.rule.as_str() == "litestar-on-few-shoulders");
        findings
    };
    assert_eq!(said(&project), [], "three of its team know it");
    project.apply(&Edit::SetPin("arrivals".into(), Some("litestar".into())));
    project.apply(&Edit::SetTrait("arrivals".into(), "team-litestar".into(), Some(TraitValue::Number(1.0))));
    let findings = said(&project);
    let team = project.assumptions.team_size;
    assert_eq!(findings[0].message, format!("Arrivals API is on Litestar, and 1 of a team of {team} know it"));
    for fix in &findings[0].fixes {
        let mut mended = project.clone();
        fix.edits.iter().for_each(|edit| {
            mended.apply(edit);
        });
        assert_eq!(said(&mended), [], "{}", fix.label);
    }
    assert_eq!(findings[0].fixes.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A layer with a piece cut out, doubled or replaced is taken or refused in words, never more than that.
    #[test]
    fn any_layer_is_taken_or_refused_with_places_inside_it(
        which in 0_usize..5, from in 0.0..1.0_f64, length in 0_usize..40, put in "[a-z\"(){}\\[\\]:,0-9é/ \n]{0,12}"
    ) {
        let names = ["frameworks.ron", "criteria.ron", "packages.ron", "estimate.ron", "traits.ron"];
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/house-playbook");
        let mut files = read_dir(&folder).unwrap();
        let file = files.iter_mut().find(|file| file.name == names[which]).unwrap();
        let characters: Vec<char> = file.text.chars().collect();
        let start = (from * characters.len() as f64) as usize;
        let end = (start + length).min(characters.len());
        file.text = characters[..start].iter().copied().chain(put.chars()).chain(characters[end..].iter().copied()).collect();
        let text = file.text.clone();
        for problem in load(&files).err().unwrap_or_default() {
            prop_assert!(!problem.message.is_empty());
            if let (Some((line, _)), true) = (problem.at, problem.file == names[which]) {
                prop_assert!(line <= text.split('\n').count(), "{problem}\n{text}");
            }
        }
    }
}
