//! What the program itself says has its room in a small window, in each language: heads, labels and buttons are never cut. Names that come
//! with a plan may be.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::Path,
    sync::Arc,
};

use egui::Shape;
use groundplan::{
    lang::{self, Language},
    project::{ElementId, Project},
    session::{Action, DockTab, Select, Session},
    ui::panels::{
        dock::{BudgetTopic, CapacityFigures, CapacityTopic, DockState, ScenarioTopic, TimelineTopic, Topic, dock_ui},
        inspector::{InspectorState, inspector_ui},
    },
};
use polib::po_file;

use crate::common::{bench, builtin};
use bench::{Window, window};

/// The dock and the inspector as they are in a window of 1280 by 720 points, with the margin around them that a test has; the inspector as
/// high as it likes, since it scrolls.
const DOCK: [f32; 2] = [740.0, 232.0];
const INSPECTOR: [f32; 2] = [344.0, 4_000.0];

/// The texts of the program as they stand, in all languages: those with nothing put in, and without what the playbook knows, whose names are of
/// any length as those of a plan are.
fn own_words() -> HashSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lang/de.po");
    let german = po_file::parse_from_reader(fs::read(file).unwrap().as_slice()).unwrap();
    let singular = german.messages().filter(|message| !message.is_plural() && message.msgctxt().is_none());
    let both = singular.flat_map(|message| [message.msgid().to_owned(), message.msgstr().unwrap().to_owned()]);
    both.filter(|text| !text.contains('{')).collect()
}

/// All texts that are painted, with whether they are cut.
fn painted<S>(window: &Window<S>) -> Vec<(String, bool)> {
    fn add(shape: &Shape, found: &mut Vec<(String, bool)>) {
        match shape {
            Shape::Text(text) => found.push((text.galley.job.text.clone(), text.galley.elided)),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    window.output().shapes.iter().for_each(|clipped| add(&clipped.shape, &mut found));
    found
}

/// Every question of the dock.
fn questions() -> Vec<(String, DockState)> {
    let of = |tab: DockTab| DockState { tab, ..DockState::default() };
    let mut all: Vec<(String, DockState)> = Vec::new();
    let mut add = |name: String, state: DockState| all.push((name, state));
    for topic in Topic::ALL {
        add(format!("{topic:?}"), DockState { topic, ..of(DockTab::Recommendation) });
    }
    for timeline in TimelineTopic::ALL {
        add(format!("timeline, {timeline:?}"), DockState { timeline, ..of(DockTab::Timeline) });
    }
    for budget in BudgetTopic::ALL {
        add(format!("budget, {budget:?}"), DockState { budget, ..of(DockTab::Budget) });
    }
    for scenario in ScenarioTopic::ALL {
        add(format!("scenarios, {scenario:?}"), DockState { scenario, ..of(DockTab::Scenarios) });
    }
    for topic in CapacityTopic::ALL {
        let all = [CapacityFigures::Target, CapacityFigures::Times, CapacityFigures::Machines];
        // Only of services there are figures to choose.
        let few = if topic == CapacityTopic::Services { &all[..] } else { &all[..1] };
        for &figures in few {
            let mut state = of(DockTab::Capacity);
            (state.capacity.topic, state.capacity.figures) = (topic, figures);
            add(format!("capacity, {topic:?}, {figures:?}"), state);
        }
    }
    for tab in [DockTab::Findings, DockTab::Stack, DockTab::Evidence] {
        add(format!("{tab:?}"), of(tab));
    }
    all
}

fn first<T>(mut all: impl Iterator<Item = T>) -> T {
    all.next().unwrap()
}

/// What the inspector is about: nothing, one of each kind, several.
fn selections(project: &Project) -> Vec<Vec<ElementId>> {
    let service = project.components.iter().find(|(_, component)| component.kind.is_service());
    let service = ElementId::Component(service.unwrap().0.clone());
    let store = project.components.iter().find(|(_, component)| !component.kind.is_service());
    let store = ElementId::Component(store.unwrap().0.clone());
    let link = ElementId::Connection(first(project.connections.keys()).clone());
    let mut all = vec![vec![], vec![service.clone()], vec![store.clone()], vec![link], vec![service, store]];
    all.extend(project.boundaries.keys().next().map(|id| vec![ElementId::Boundary(id.clone())]));
    all.extend(project.sticky_notes.keys().next().map(|id| vec![ElementId::Note(id.clone())]));
    all
}

#[test]
fn names_of_services_are_whole_where_what_stands_beside_them_has_room() {
    let session = Session::new(Arc::new(builtin::engine()), builtin::preset("platform-rescue"), None);
    let state = DockState { tab: DockTab::Capacity, ..DockState::default() };
    let mut dock = window(session, state, DOCK, dock_ui);
    dock.run_steps(6);
    let texts: Vec<String> = painted(&dock).into_iter().map(|(text, _)| text).collect();
    assert!(texts.iter().any(|text| text == "Core application"), "{texts:?}");
    let cut: Vec<&String> = texts.iter().filter(|text| text.contains('…')).collect();
    assert!(cut.is_empty(), "{cut:?}");
}

#[test]
fn no_word_of_the_program_is_cut_in_a_small_window() {
    let (own, engine) = (own_words(), Arc::new(builtin::engine()));
    let mut wrong = BTreeSet::new();
    for language in Language::ALL {
        lang::with(language, || {
            for preset in ["factory-telemetry", "monolith-decomposition"] {
                let session = || Session::new(Arc::clone(&engine), builtin::preset(preset), None);
                for (name, state) in questions() {
                    let mut dock = window(session(), state, DOCK, dock_ui);
                    dock.run_steps(6);
                    let texts = painted(&dock).into_iter().filter(|(text, cut)| *cut && own.contains(text));
                    wrong.extend(texts.map(|(text, _)| format!("{language:?}, {preset}, {name}: {text}")));
                }
                for chosen in selections(&builtin::preset(preset)) {
                    let name = format!("{chosen:?}");
                    let mut session = session();
                    session.apply(Action::Select(Select::Only(chosen)));
                    let mut inspector = window(session, InspectorState::default(), INSPECTOR, inspector_ui);
                    inspector.run_steps(6);
                    let texts = painted(&inspector).into_iter().filter(|(text, cut)| *cut && own.contains(text));
                    wrong.extend(texts.map(|(text, _)| format!("{language:?}, {preset}, {name}: {text}")));
                }
            }
        });
    }
    assert!(wrong.is_empty(), "{} texts are cut: {wrong:#?}", wrong.len());
}
