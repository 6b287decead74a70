//! What a person prefers, whatever the project: changed in the dialog, in force at once, remembered.

use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use groundplan::app::Groundplan;

use crate::common::window;
use window::{Window, key, open, press, project, settle};

const PLAN: &str = r#"(format: 2, name: "Plan", components: {"a": (name: "Alpha", kind: worker, pos: (0, 0))},
    assumptions: (rate_usd_per_person_week: 6100, team_size: 5))"#;

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

fn open_settings(window: &mut Window) {
    key(window, Modifiers::COMMAND, Key::Comma);
    assert!(window.query_by_label("Settings").is_some());
}

/// How the window is drawn: dark, hairlines, size, motion.
fn look(window: &Window) -> (bool, egui::Color32, f32, bool) {
    let (ctx, style) = (&window.ctx, window.ctx.global_style());
    let moves = style.animation_time > 0.0;
    (ctx.theme() == Theme::Dark, style.visuals.window_stroke.color, ctx.zoom_factor(), moves)
}

#[test]
fn look_size_and_motion_change_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    open_settings(&mut window);
    click(&mut window, "Light");
    let (_, hairline, scale, moves) = look(&window);
    assert_eq!((look(&window).0, scale, moves), (false, 1.0, true));
    click(&mut window, "High contrast");
    assert_ne!(look(&window).1, hairline, "hairlines stand out");
    click(&mut window, "High contrast");
    assert_eq!(look(&window).1, hairline);
    click(&mut window, "Dark");
    assert!(look(&window).0);
    click(&mut window, "Less motion");
    assert!(!look(&window).3);
    click(&mut window, "125 %");
    window.run_steps(4);
    assert!((look(&window).2 - 1.25).abs() < 1e-6);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("125 %").is_none(), "Esc closes");
}

#[test]
fn new_plans_start_like_this_one_or_as_the_playbook_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    let team = |window: &Window| project(window).assumptions.team_size;
    open_settings(&mut window);
    click(&mut window, "What this plan has");
    press(&mut window, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!((team(&window), project(&window).assumptions.rate_usd_per_person_week), (5.0, 6100.0));
    assert!(project(&window).components.is_empty(), "nothing else comes with it");
    open_settings(&mut window);
    click(&mut window, "The playbook's");
    press(&mut window, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(team(&window), 2.0);
}

#[test]
fn the_wheel_moves_the_sheet_or_zooms_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    let width = |window: &Window| window.get_by_label_contains("Alpha, ").rect().width();
    let place = |window: &Window| window.get_by_label_contains("Alpha, ").rect().center();
    let turn = |window: &mut Window| {
        let pos = egui::pos2(700.0, 300.0);
        window.event(egui::Event::PointerMoved(pos));
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -60.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        window.run_steps(12);
    };
    let (before, at) = (width(&window), place(&window));
    turn(&mut window);
    assert!((width(&window) - before).abs() < 0.5 && place(&window) != at, "it pans");
    open_settings(&mut window);
    click(&mut window, "Zooms the sheet");
    press(&mut window, Key::Escape);
    turn(&mut window);
    assert!(width(&window) < before * 0.95, "it zooms: {} of {before}", width(&window));
}

/// What was remembered is in force in the first frame.
#[test]
fn preferences_are_remembered() {
    #[derive(Default)]
    struct Kept(std::collections::BTreeMap<String, String>);
    impl eframe::Storage for Kept {
        fn get_string(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }
        fn set_string(&mut self, key: &str, value: String) {
            self.0.insert(key.to_owned(), value);
        }
        fn remove_string(&mut self, key: &str) {
            self.0.remove(key);
        }
        fn flush(&mut self) {}
    }
    let folder = tempfile::tempdir().unwrap();
    let mut first = open(folder.path(), PLAN);
    open_settings(&mut first);
    for label in ["Dark", "High contrast", "150 %", "Less motion"] {
        click(&mut first, label);
        first.run_steps(4);
    }
    let mut kept = Kept::default();
    eframe::App::save(first.state_mut(), &mut kept);
    let (wanted, kept): (_, &Kept) = (look(&first), Box::leak(Box::new(kept)));
    let second = egui_kittest::Harness::builder().with_size([1440.0, 900.0]).with_max_steps(40).build_eframe(|cc| {
        cc.storage = Some(kept);
        Groundplan::new(cc, window::setup(None, None))
    });
    assert_eq!(look(&second), wanted);
}
