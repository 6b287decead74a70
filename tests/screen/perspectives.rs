//! Perspectives and the seam: what each says of a component, in the model and on the screen.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{borrow::Cow, fs, sync::Arc};

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    app::{Groundplan, Setup},
    assess::{Class, Colouring, Engine, Perspective, colouring, zones},
    explain,
    lang::Language,
    palette::Tone,
    playbook::Scope,
    project::{ComponentId, ComponentKind, Edit, Project, Protocol, TraitValue},
    storage,
};
use proptest::prelude::*;

use crate::common::{builtin, small_playbook};
use small_playbook::{link, resource, service, set};

fn look(engine: &Engine, project: &Project, perspective: &str) -> Colouring {
    let assessment = engine.assess(project);
    let colouring = colouring(&perspective.parse().unwrap(), project, &assessment, &engine.playbook, || {
        Cow::Owned(engine.capacity(project, &assessment))
    });
    // What is shown and what is counted is the same.
    for class in &colouring.classes {
        for id in &class.members {
            assert_eq!(colouring.marks[id].tone, class.tone, "{perspective}: {id}");
        }
    }
    let counted: usize = colouring.classes.iter().map(|class| class.members.len()).sum();
    assert_eq!(counted, colouring.marks.len(), "{perspective}: every component is in one class");
    colouring
}

fn text(colouring: &Colouring, id: &str) -> String {
    colouring.marks.get(id).map(|mark| mark.text.clone()).unwrap_or_default()
}

fn classes(colouring: &Colouring) -> Vec<(&str, usize)> {
    colouring.classes.iter().map(|class| (class.name.as_str(), class.members.len())).collect()
}

fn tone<'a>(colouring: &'a Colouring, class: &str) -> &'a Tone {
    &colouring.classes.iter().find(|known| known.name == class).unwrap().tone
}

/// Three services with 40, 0 and no known tables; a database.
fn three() -> Project {
    let mut project = Project::new("Three");
    service(&mut project, "many", &[("tables", 40.0)], &["admin"]);
    service(&mut project, "none", &[("tables", 0.0)], &[]);
    service(&mut project, "unasked", &[], &[]);
    set(&mut project, "none", "admin", TraitValue::Flag(false));
    resource(&mut project, "db", ComponentKind::RelationalDatabase);
    link(&mut project, "many", "db", Protocol::Database);
    project
}

#[test]
fn unknown_is_neither_no_nor_zero() {
    let (engine, project) = (small_playbook::engine(), three());
    let tables = look(&engine, &project, "trait:tables");
    assert_eq!(
        [text(&tables, "many"), text(&tables, "none"), text(&tables, "unasked")],
        ["40 tables", "0 tables", "Unknown"]
    );
    assert_eq!(tables.ticks, ["0", "10", "20", "30", "40"]);
    assert_eq!(*tone(&tables, "Unknown"), Tone::Unknown);
    assert!(!tables.marks.contains_key("db"), "nobody asks a database for its tables");
    let admin = look(&engine, &project, "trait:admin");
    assert_eq!(classes(&admin), [("Yes", 1), ("No", 1), ("Unknown", 1)]);
    assert_eq!([tone(&admin, "No"), tone(&admin, "Unknown")], [&Tone::Quiet, &Tone::Unknown]);
}

#[test]
fn a_resource_that_carries_a_trait_is_spoken_of() {
    let (engine, mut project) = (small_playbook::engine(), three());
    set(&mut project, "db", "tables", TraitValue::Number(12.0));
    assert_eq!(text(&look(&engine, &project, "trait:tables"), "db"), "12 tables");
    assert!(!look(&engine, &project, "effort").marks.contains_key("db"), "nobody builds a database");
}

#[test]
fn the_steps_of_a_choice_follow_its_order() {
    let (engine, mut project) = (small_playbook::engine(), three());
    for (id, option) in [("many", "frequent"), ("none", "rare")] {
        set(&mut project, id, "changes", TraitValue::Choice(option.to_owned()));
    }
    let changes = look(&engine, &project, "trait:changes");
    assert_eq!(classes(&changes), [("Rare", 1), ("Frequent", 1), ("Unknown", 1)]);
    assert_eq!([tone(&changes, "Rare"), tone(&changes, "Frequent")], [&Tone::Step(0), &Tone::Step(5)]);
    assert!(changes.ticks.is_empty());
}

#[test]
fn one_value_is_one_class_without_a_scale() {
    let (engine, mut project) = (small_playbook::engine(), three());
    for id in ["none", "unasked"] {
        set(&mut project, id, "tables", TraitValue::Number(40.0));
    }
    let tables = look(&engine, &project, "trait:tables");
    assert_eq!((classes(&tables), tables.ticks.len()), (vec![("40 tables", 3)], 0));
    let blank = look(&engine, &Project::new("Blank"), "effort");
    assert_eq!((classes(&blank), blank.ticks.len()), (vec![], 0));
}

#[test]
fn a_huge_range_is_told_in_powers_of_ten_and_zero_is_its_own_class() {
    let (engine, mut project) = (small_playbook::engine(), three());
    for (id, rate) in [("many", 50_000.0), ("none", 0.0), ("unasked", 30.0)] {
        set(&mut project, id, "rate", TraitValue::Number(rate));
    }
    let rate = look(&engine, &project, "trait:rate");
    assert_eq!(rate.ticks, ["0", "10", "100", "1,000", "10K", "100K"]);
    assert_eq!(classes(&rate)[..2], [("0 /s", 1), ("10 to 100 /s", 1)]);
}

#[test]
fn effort_and_cost_are_the_breakdown_by_component() {
    let (engine, project) = (builtin::engine(), builtin::preset("monolith-decomposition"));
    let assessment = engine.assess(&project);
    let effort = look(&engine, &project, "effort");
    let sums = assessment.estimate.by_component();
    for (id, _) in project.services() {
        let person_weeks = sums[&Some(id.clone())].person_weeks;
        let shown: f64 = text(&effort, id.as_str()).strip_suffix(" pw").unwrap().parse().unwrap();
        assert!((shown - person_weeks).abs() <= 0.05, "{id}: {shown} for {person_weeks}");
    }
    assert!(effort.note.contains("more for the whole"), "{}", effort.note);
    let cost = look(&engine, &project, "cost");
    assert!(project.services().all(|(id, _)| text(&cost, id.as_str()).starts_with('$')));
}

#[test]
fn confidence_has_the_same_steps_in_every_project() {
    let engine = builtin::engine();
    for preset in ["construction-saas", "monolith-decomposition", "delivery-prediction"] {
        let confidence = look(&engine, &builtin::preset(preset), "confidence");
        assert_eq!(confidence.ticks, ["0", "50", "75", "90", "95", "100"], "{preset}");
    }
}

#[test]
fn findings_are_told_by_the_worst() {
    let (engine, mut project) = (small_playbook::engine(), three());
    set(&mut project, "many", "pure-api", TraitValue::Flag(true));
    set(&mut project, "none", "tables", TraitValue::Number(-4.0));
    let findings = look(&engine, &project, "findings");
    assert_eq!(text(&findings, "many"), "1 warning");
    assert_eq!(text(&findings, "none"), "1 error");
    assert_eq!(text(&findings, "unasked"), "1 hint");
    assert_eq!(classes(&findings), [("Errors", 1), ("Warnings", 1), ("Hints", 1)]);
}

#[test]
fn a_perspective_is_written_and_read_and_falls_back_where_the_playbook_does_not_know_its_trait() {
    let (engine, project) = (small_playbook::engine(), three());
    for word in ["framework", "confidence", "effort", "cost", "findings", "trait:tables"] {
        let perspective: Perspective = word.parse().unwrap();
        assert_eq!(perspective.to_string(), word);
        assert_eq!(look(&engine, &project, word).perspective, perspective);
    }
    assert_eq!(look(&engine, &project, "trait:gone").perspective, Perspective::Framework);
    assert!("colour".parse::<Perspective>().unwrap_err().to_string().contains("trait:tables"));
    assert!("trait:".parse::<Perspective>().is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn more_is_never_a_lower_step(values in prop::collection::vec(prop::option::of(0.0..5000.0_f64), 1..12)) {
        let engine = small_playbook::engine();
        let mut project = Project::new("Many");
        for (index, value) in values.iter().enumerate() {
            service(&mut project, &format!("s{index}"), &[], &[]);
            if let Some(value) = value {
                set(&mut project, &format!("s{index}"), "rate", TraitValue::Number(*value));
            }
        }
        let rate = look(&engine, &project, "trait:rate");
        let step = |index: usize| match rate.marks[format!("s{index}").as_str()].tone {
            Tone::Step(step) => Some(step),
            _ => None,
        };
        for (i, a) in values.iter().enumerate() {
            prop_assert_eq!(step(i).is_some(), a.is_some());
            for (j, b) in values.iter().enumerate() {
                if let (Some(a), Some(b)) = (a, b) {
                    prop_assert!(a > b || step(i) <= step(j));
                }
            }
        }
    }
}

#[test]
fn the_crossings_share_what_the_estimate_says_of_the_seam() {
    let (engine, project) = (builtin::engine(), builtin::preset("monolith-decomposition"));
    let assessment = engine.assess(&project);
    let crossings = &assessment.estimate.seam.crossings;
    assert_eq!(crossings.len(), assessment.verdict.seam.len());
    let lines =
        assessment.estimate.breakdown.iter().filter(|line| {
            line.component.is_some() && engine.playbook.work_items[&line.work_item].scope == Scope::Seam
        });
    let usd: f64 = lines.map(|line| line.usd).sum();
    assert!(usd > 0.0 && (crossings.iter().map(|crossing| crossing.sums().usd).sum::<f64>() - usd).abs() < 1e-6 * usd);
    let words = explain::crossing(&engine.playbook, &project, &crossings[0]);
    assert!(words.starts_with("Crosses from FastAPI to Django: HTTP, "), "{words}");
    assert!(words.contains(" dB, ") && words.contains(" person-week") && words.contains(", $"), "{words}");
}

#[test]
fn only_a_mixed_system_has_grounds_and_every_service_stands_on_its_own() {
    let engine = builtin::engine();
    for (preset, mixed) in [("construction-saas", false), ("monolith-decomposition", true)] {
        let project = builtin::preset(preset);
        let assessment = engine.assess(&project);
        let zones = zones(&engine.playbook, &project, &assessment);
        assert_eq!(zones.is_empty(), !mixed, "{preset}");
        for (id, framework) in assessment.verdict.assignment.iter().filter(|_| mixed) {
            let rect = project.components[id].rect_world();
            let under: Vec<_> = zones
                .iter()
                .filter(|zone| zone.rects_world.iter().any(|ground| ground.intersect(rect).area() > 0.0))
                .map(|zone| &zone.framework)
                .collect();
            assert_eq!(under, [engine.playbook.root(framework)], "{id}");
        }
    }
}

// On the screen.

type Window = Harness<'static, Groundplan>;

fn open() -> Window {
    let setup = Setup {
        engine: Arc::new(storage::load_engine(None).unwrap()),
        file: None,
        recent: None,
        drafts: None,
        native_dialogs: false,
        today: Some(jiff::civil::date(2027, 3, 1)),
        threads: false,
        language: Language::English,
    };
    let mut window =
        Harness::builder().with_size([1440.0, 900.0]).with_max_steps(40).build_eframe(|cc| Groundplan::new(cc, setup));
    window.run_steps(8);
    click(&mut window, "Monolith decomposition");
    window
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(8);
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(8);
}

fn selected(window: &Window) -> Vec<String> {
    window.state().session().selection().iter().map(|element| element.as_str().to_owned()).collect()
}

/// The classes of the legend that have components, by the label of their place, with the ids.
fn legend(window: &Window, perspective: &str) -> Vec<(String, Vec<String>)> {
    let session = window.state().session();
    let perspective = perspective.parse().unwrap();
    let colouring =
        colouring(&perspective, session.project(), session.assessment(), &session.engine().playbook, || {
            Cow::Borrowed(session.capacity())
        });
    let place = |class: &Class| {
        let mut ids: Vec<String> = class.members.iter().map(|id| id.as_str().to_owned()).collect();
        ids.sort();
        let components = if ids.len() == 1 { "component" } else { "components" };
        (format!("{}, {} {components}", class.name, ids.len()), ids)
    };
    colouring.classes.iter().filter(|class| !class.members.is_empty()).map(place).collect()
}

#[test]
fn a_command_colours_the_canvas_and_a_class_of_the_legend_selects() {
    let mut window = open();
    assert!(window.query_by_label_contains("Legend: ").is_none(), "frameworks are named on the cards");
    key(&mut window, Modifiers::COMMAND, Key::Num3);
    window.get_by_label("Legend: Effort, person-weeks");
    assert!(window.query_all_by_label_contains(" pw").count() >= 6, "the value is on every service's card");
    for (label, ids) in legend(&window, "effort") {
        click(&mut window, &label);
        assert_eq!(selected(&window), ids, "{label}");
    }
    click(&mut window, "Close the legend, colour by framework");
    assert!(window.query_by_label_contains("Legend: ").is_none());
    window.get_by_label("Colour by: framework");
}

#[test]
fn a_fitted_drawing_and_its_legend_lie_beside_each_other() {
    let mut window = open();
    window.set_size(egui::vec2(1280.0, 720.0));
    window.run_steps(8);
    key(&mut window, Modifiers::SHIFT, Key::Num1);
    for perspective in [Key::Num3, Key::Num4, Key::Num5] {
        key(&mut window, Modifiers::COMMAND, perspective);
        window.run_steps(4);
        let legend = window.get_by_label_contains("Legend: ").rect();
        let names =
            window.state().session().project().components.values().map(|c| format!("{}, {}", c.name, c.kind.label()));
        for name in names {
            let card = window.get_by_label_contains(&name).rect();
            assert!(!legend.intersects(card), "{name} at {card} lies under {legend}");
        }
    }
}

#[test]
fn the_control_offers_every_perspective_and_finds_traits() {
    let mut window = open();
    for name in ["Confidence", "Cost", "Findings", "Effort"] {
        let button = window.get_by_label_contains("Colour by: ");
        button.click();
        window.run_steps(8);
        click(&mut window, &format!("Colour by {name}"));
        window.get_by_label(&format!("Colour by: {}", name.to_lowercase()));
        window.get_by_label_contains("Legend: ");
    }
    key(&mut window, Modifiers::COMMAND, Key::Num6);
    let search = window.get_by_label("Find a trait to colour by");
    assert!(search.is_focused(), "the command is for typing at once");
    search.type_text("admin for");
    window.run_steps(4);
    key(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label("Legend: Admin for non-technical staff");
    let (label, ids) = legend(&window, "trait:admin-interface").remove(0);
    assert!(label.starts_with("Yes, "), "{label}");
    window.get_by_label(&label).focus();
    window.run_steps(2);
    key(&mut window, Modifiers::NONE, Key::Space);
    assert_eq!(selected(&window), ids, "the keyboard selects as well");
}

#[test]
fn the_seam_is_named_where_it_is_crossed_until_it_is_hidden() {
    let mut window = open();
    let crossing = "Crosses from FastAPI to Django: HTTP, ";
    let crossings = window.state().session().assessment().verdict.seam.len();
    assert_eq!(window.query_all_by_label_contains(crossing).count(), crossings);
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("seam");
    window.run_steps(8);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.query_all_by_label_contains(crossing).count(), 0);
}

#[test]
fn the_window_exports_the_drawing_as_it_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open();
    key(&mut window, Modifiers::COMMAND, Key::Num4);
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("export drawing");
    window.run_steps(8);
    key(&mut window, Modifiers::NONE, Key::Enter);
    let path = folder.path().join("drawing.svg");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_label("Path").type_text(path.to_str().unwrap());
    window.run_steps(8);
    key(&mut window, Modifiers::NONE, Key::Enter);
    let drawing = fs::read_to_string(&path).unwrap();
    assert!(drawing.contains("<title>Legend: Cost, US dollars</title>"));
}

#[test]
fn utilisation_shows_who_is_busy_who_does_not_hold_and_what_is_unknown() {
    let engine = Arc::new(builtin::engine());
    let mut project = builtin::preset("platform-rescue");
    let seen = look(&engine, &project, "utilisation");
    let mark = |seen: &Colouring, id: &str| seen.marks.get(&ComponentId::new(id)).map(|mark| mark.text.clone());
    assert_eq!(mark(&seen, "realtime-data-api").as_deref(), Some("38 % busy"));
    assert_eq!(mark(&seen, "core-application").as_deref(), Some("65 % busy, breaks first"));
    assert_eq!(mark(&seen, "admin").as_deref(), Some("Unknown"));
    assert_eq!(mark(&seen, "users"), None, "clients answer nobody");
    assert_eq!(seen.note, "Breaks first: Core application");
    assert_eq!(seen.ticks, ["0", "25", "50", "70", "85", "100"]);
    let target = Some(TraitValue::Number(0.1));
    project.apply(&Edit::SetTrait("realtime-data-api".into(), "latency-target".into(), target));
    let late = look(&engine, &project, "utilisation");
    let text = mark(&late, "realtime-data-api").unwrap();
    assert!(text.contains("too late"), "{text}");
    let class = late.classes.iter().find(|class| class.name == "Does not hold").unwrap();
    assert_eq!((&class.tone, class.members.len()), (&Tone::Error, 1));
}
