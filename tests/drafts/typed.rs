//! What is typed is in a draft within a second of its key, whatever takes it and when.

use egui::Event;

use super::*;

fn now_s(window: &Window) -> f64 {
    window.ctx.input(|input| input.time)
}

/// The draft as it stands.
fn draft_text(folder: &Path) -> String {
    let drafts = drafts_in(folder).list();
    drafts.first().map_or_else(String::new, |draft| fs::read_to_string(&draft.file).unwrap())
}

fn letter(window: &mut Window, letter: &str) {
    window.event(Event::Text(letter.to_owned()));
}

#[test]
fn a_draft_is_due_from_the_last_key_on_and_not_from_when_the_text_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), Some(&plan_in(folder.path())));
    press(&mut window, Key::N);
    letter(&mut window, "Ask");
    let typed_s = now_s(&window);
    while !draft_text(folder.path()).contains("Ask") {
        window.step();
        // Frames are a quarter of a second long here: one has the letters, the next one is the pause. Counted from the taking it would
        // be one more.
        assert!(now_s(&window) <= typed_s + 0.6, "the pause and no wait after it");
    }
}

#[test]
fn who_types_without_a_pause_is_never_a_second_ahead_of_the_draft() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), Some(&plan_in(folder.path())));
    press(&mut window, Key::N);
    let (mut keys_s, mut most_s) = (Vec::new(), 0.0_f64);
    for frame in 0..240 {
        if frame % 6 == 0 {
            letter(&mut window, "Q");
            keys_s.push(now_s(&window));
        }
        window.step();
        let kept = draft_text(folder.path()).matches('Q').count();
        if let Some(oldest_s) = keys_s.get(kept) {
            most_s = most_s.max(now_s(&window) - oldest_s);
        }
    }
    assert!(keys_s.len() == 40 && most_s <= 0.6, "{most_s}");
}

#[test]
fn what_was_typed_a_while_ago_is_written_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = Keeper::by_hand(drafts_in(folder.path()));
    let ms = Duration::from_millis;
    keeper.keep_typed(Some(unsaved(&project("Typed", 1), None)), (ms(500), ms(10)));
    keeper.step(ms(10_000));
    assert_eq!(sound(only(&drafts_in(folder.path()).list())).name, "Typed");
}

#[test]
fn a_draft_after_many_edits_has_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = Keeper::by_hand(drafts_in(folder.path()));
    let mut plan = (*project("Plan", 5)).clone();
    keeper.expect(&Arc::new(plan.clone()));
    keeper.step(Duration::ZERO);
    assert!(drafts_in(folder.path()).list().is_empty(), "what is only opened is not written");
    let component = |name: &str| Component::new(name, ComponentKind::Worker, None);
    let edits = [
        Edit::Rename("worker-3".into(), "Third".to_owned()),
        Edit::PutComponent("last".into(), component("Last")),
        Edit::Remove([groundplan::project::ElementId::Component("worker-1".into())].into()),
        Edit::Rename("last".into(), "Lasting".to_owned()),
    ];
    for (at, edit) in edits.iter().enumerate() {
        plan.apply(edit);
        let now = Arc::new(plan.clone());
        keeper.keep(Some(unsaved(&now, None)));
        keeper.step(Duration::from_secs(60 * at as u64 + 60));
        keeper.step(Duration::from_secs(60 * at as u64 + 90));
        assert_eq!(*sound(only(&drafts_in(folder.path()).list())), plan);
    }
}
