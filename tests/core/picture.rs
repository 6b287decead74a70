//! Drawings in pixels: the same on every machine, in both themes, and no larger than other programs take.
//! `UPDATE_GOLDEN=1 cargo test --test core picture::` rewrites `tests/golden/plan.png`; look at it before committing it.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{fs, path::Path};

use groundplan::{
    assess::Engine,
    export::{ExportInput, Look, MOST_PIXELS_A_SIDE, format, picture},
    project::{Component, ComponentKind, Connection, Edit, Project, Protocol},
    storage,
};
use kurbo::Point;
use resvg::tiny_skia::Pixmap;

fn engine() -> Engine {
    storage::load_engine(None).unwrap()
}

fn preset(id: &str) -> Project {
    storage::presets().iter().find(|preset| preset.id == id).unwrap().project().unwrap()
}

fn png(engine: &Engine, project: &Project, dark: bool) -> Vec<u8> {
    let assessment = engine.assess(project);
    let look = Look { dark, ..Look::default() };
    let input = ExportInput { look, ..ExportInput::new(project, &assessment, &engine.playbook) };
    (format("png").unwrap().write)(&input).unwrap()
}

#[test]
fn a_plan_is_drawn_as_it_was_before() {
    let (engine, mut project) = (engine(), Project::new("Plan"));
    project.apply(&Edit::PutComponent(
        "shop".into(),
        Component::new("Shop", ComponentKind::Redis, Some((0.0, 0.0).into())),
    ));
    let bytes = png(&engine, &project, false);
    assert_eq!(bytes, png(&engine, &project, false), "the same bytes each time");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/plan.png");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &bytes).unwrap();
    }
    let (made, golden) = (Pixmap::decode_png(&bytes).unwrap(), Pixmap::load_png(&path).unwrap());
    assert_eq!((made.width(), made.height()), (golden.width(), golden.height()));
    // Processors round the blending of edges differently by a step or two; nothing else may move.
    let far = |(a, b): (&u8, &u8)| a.abs_diff(*b) > 8;
    let different = made.data().iter().zip(golden.data()).filter(|pair| far(*pair)).count();
    assert!(different * 1_000 < made.data().len(), "{different} of {} differ", made.data().len());
}

#[test]
fn text_is_written_in_our_own_faces_and_the_theme_is_the_asked_one() {
    let (engine, project) = (engine(), preset("factory-telemetry"));
    let corner = |bytes: &[u8]| Pixmap::decode_png(bytes).unwrap().pixel(0, 0).unwrap();
    let (light, dark) = (corner(&png(&engine, &project, false)), corner(&png(&engine, &project, true)));
    assert!(light.red() > 200 && dark.red() < 80, "{light:?} {dark:?}");
    // The title is the only thing in the strip over the drawing; without a face nothing would be there.
    let drawn = Pixmap::decode_png(&png(&engine, &project, false)).unwrap();
    let strip = drawn.data()[..drawn.data().len() / 12].chunks_exact(4);
    assert!(strip.filter(|pixel| pixel[0] < 100).count() > 200, "no title");
}

/// The words of a line may stand beside the outermost line of all.
#[test]
fn nothing_that_is_written_on_lines_is_cut_at_the_edge() {
    let engine = engine();
    let label = "each order that was paid for";
    // A loop and a short line without room for its words, which stand beside them.
    for (to, at) in [("a", None), ("b", Some(Point::new(0.0, 130.0)))] {
        let mut project = Project::new("Plan");
        let component = |at| Component::new("Plan", ComponentKind::RestApi, Some(at));
        project.apply(&Edit::PutComponent("a".into(), component(Point::ORIGIN)));
        if let Some(at) = at {
            project.apply(&Edit::PutComponent(to.into(), component(at)));
        }
        let link = Connection { label: label.to_owned(), ..Connection::new("a".into(), to.into(), Protocol::Http) };
        project.apply(&Edit::PutConnection("link".into(), link));
        let assessment = engine.assess(&project);
        let input = ExportInput::new(&project, &assessment, &engine.playbook);
        let svg = String::from_utf8((format("svg").unwrap().write)(&input).unwrap()).unwrap();
        let view: Vec<f64> = quoted(&svg, "viewBox").split(' ').map(|number| number.parse().unwrap()).collect();
        assert!(svg.contains(label), "{svg}");
        for rect in svg.split("<rect ").skip(1) {
            let [x, y, width, height] =
                ["x", "y", "width", "height"].map(|key| quoted(rect, key).parse::<f64>().unwrap());
            let [left, top, wide, high] = view[..] else { panic!("{view:?}") };
            let within = left <= x && top <= y && x + width <= left + wide && y + height <= top + high;
            assert!(within, "{rect} is not in {view:?}");
        }
        // Alone, without title and legend.
        let made = picture(&input, Some(&project)).unwrap();
        assert!(f64::from(made.width) / 2.0 > 220.0 + 32.0, "{} points are not enough for the words", made.width);
    }
}

/// The value of an attribute, where it stands first.
fn quoted<'t>(text: &'t str, attribute: &str) -> &'t str {
    let from = text.find(&format!("{attribute}=\"")).unwrap() + attribute.len() + 2;
    text[from..].split('"').next().unwrap()
}

#[test]
fn a_drawing_as_wide_as_a_street_is_made_smaller() {
    let (engine, mut project) = (engine(), Project::new("Plan"));
    for (id, x) in [("a", 0.0), ("b", 60_000.0)] {
        project.apply(&Edit::PutComponent(id.into(), Component::new(id, ComponentKind::Redis, Some((x, 0.0).into()))));
    }
    let assessment = engine.assess(&project);
    let input = ExportInput::new(&project, &assessment, &engine.playbook);
    let made = picture(&input, None).unwrap();
    assert!(made.reduced && made.width <= MOST_PIXELS_A_SIDE && made.width > MOST_PIXELS_A_SIDE - 10, "{made:?}");
    assert_eq!(made.rgba.len(), 4 * made.width as usize * made.height as usize);
    let mut part = project.clone();
    part.components.shift_remove("b");
    let made = picture(&input, Some(&part)).unwrap();
    assert_eq!((made.width, made.height, made.reduced), (2 * (160 + 32), 2 * (40 + 32), false));
}
