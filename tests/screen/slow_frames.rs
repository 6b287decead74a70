//! What comes together in one slow frame counts where and as it was done.

use egui::{Event, Key, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use groundplan::project::ComponentKind;

use crate::common::{
    canvas::{self as sheet, App},
    window::{self, project, settle},
};

fn button(pos: egui::Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
}

#[test]
fn what_is_dragged_from_the_palette_is_what_was_pressed() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = r#"(format: 1, name: "P", components: {"shop": (name: "Shop", kind: web_application, pos: (0, 0))})"#;
    let mut window = window::open(folder.path(), text);
    let row = |name: &str| window.get_all_by_label(name).next().expect("it is listed").rect().center();
    let (pressed, passed) = (row("REST API"), row("Back office"));
    let to = pos2(720.0, 620.0);
    window.event(Event::PointerMoved(pressed));
    settle(&mut window);
    // Press, the way over the next row, and half of the way to the sheet, all before the next frame.
    window.input_mut().events.extend([
        button(pressed, true, Modifiers::NONE),
        Event::PointerMoved(passed),
        Event::PointerMoved(pos2(500.0, 600.0)),
    ]);
    window.run_steps(1);
    window.input_mut().events.extend([Event::PointerMoved(to), button(to, false, Modifiers::NONE)]);
    settle(&mut window);
    let kinds: Vec<ComponentKind> = project(&window).components.values().map(|component| component.kind).collect();
    assert_eq!(kinds, [ComponentKind::WebApplication, ComponentKind::RestApi]);
}

#[test]
fn shift_that_is_let_go_just_after_the_button_still_counts() {
    let mut harness = sheet::open(sheet::three());
    let place = |harness: &egui_kittest::Harness<'_, App>| {
        let project = harness.state().session.project();
        project.components.get("shop").map(|shop| shop.rect_world().origin()).expect("it is there")
    };
    let before = place(&harness);
    let from = sheet::screen(&harness, 60.0, 60.0);
    let to = from + vec2(17.0, 150.0);
    sheet::hover(&mut harness, from);
    harness.event(Event::ModifiersChanged(Modifiers::SHIFT));
    harness.run();
    harness.event(button(from, true, Modifiers::SHIFT));
    harness.run();
    harness.hover_at(from.lerp(to, 0.5));
    harness.run();
    harness.input_mut().events.extend([
        Event::PointerMoved(to),
        button(to, false, Modifiers::SHIFT),
        Event::ModifiersChanged(Modifiers::NONE),
    ]);
    harness.run();
    let after = place(&harness);
    assert!(after.y > before.y + 20.0, "{after:?}");
    assert_eq!(after.x, before.x, "only along one axis");
    assert!(!harness.ctx.input(|input| input.modifiers.shift || input.key_down(Key::Space)), "and then it is let go");
}
