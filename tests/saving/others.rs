//! Somebody else's hand on the file.

use super::*;

#[test]
fn the_second_of_two_windows_is_asked_before_it_replaces_what_the_first_saved() {
    for (choice, keeps_theirs, dirty) in [
        ("Cancel", true, true),
        ("Show the difference", true, true),
        ("Overwrite", false, false),
        ("Save as...", true, false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (mut ours, file) = open(folder.path());
        let mut theirs = window_on(&file);
        for _ in 0..3 {
            edit(&mut theirs);
        }
        save(&mut theirs);
        let (saved, changed) = (read(&file), {
            edit(&mut ours);
            bytes(&ours)
        });
        assert_ne!(saved, changed);
        save(&mut ours);
        assert!(shows(&ours, "plan.ron was changed by another program"), "{choice}");
        assert_eq!(read(&file), saved, "nothing is written before it is answered");
        answer(&mut ours, choice);
        if choice == "Show the difference" {
            assert!(shows(&ours, "plan.ron on disk"));
            answer(&mut ours, "Close");
            assert!(shows(&ours, "plan.ron was changed by another program"), "the question is still there");
            answer(&mut ours, "Cancel");
        }
        if choice == "Save as..." {
            type_path(&mut ours, &folder.path().join("mine.ron"));
            assert_eq!(read(&folder.path().join("mine.ron")), changed);
            assert_eq!(session(&ours).path(), Some(&folder.path().join("mine.ron")));
        }
        assert_eq!(read(&file) == saved, keeps_theirs, "{choice}");
        assert_eq!(session(&ours).is_dirty(), dirty, "{choice}");
        assert_eq!(bytes(&ours), changed, "{choice}: what is here stays in any case");
        if !dirty {
            edit(&mut ours);
            save(&mut ours);
            assert!(!session(&ours).is_dirty(), "{choice}: whoever saved here last is not asked");
        }
        if choice == "Overwrite" {
            // Now the other one is the second.
            edit(&mut theirs);
            save(&mut theirs);
            assert!(shows(&theirs, "plan.ron was changed by another program"));
        }
    }
}

#[test]
fn a_change_between_question_and_answer_is_asked_about_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    edit(&mut window);
    fs::write(&file, THEIRS).unwrap();
    save(&mut window);
    let again = THEIRS.replace("Theirs", "Others");
    fs::write(&file, &again).unwrap();
    answer(&mut window, "Overwrite");
    assert_eq!(read(&file), again);
    assert!(
        shows(&window, "plan.ron was changed once more"),
        "the same question again would look as if nothing had happened"
    );
    answer(&mut window, "Overwrite");
    assert_eq!(read(&file), bytes(&window));
}

#[test]
fn a_file_that_is_gone_is_told_and_written_again_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    edit(&mut window);
    fs::remove_file(&file).unwrap();
    save(&mut window);
    assert!(shows(&window, "plan.ron is no longer there") && !file.exists());
    answer(&mut window, "Save it again");
    assert_eq!(read(&file), bytes(&window));
    // It comes back as another one between question and answer.
    fs::remove_file(&file).unwrap();
    edit(&mut window);
    save(&mut window);
    fs::write(&file, THEIRS).unwrap();
    answer(&mut window, "Save it again");
    assert_eq!(read(&file), THEIRS);
    assert!(session(&window).is_dirty());
}

#[test]
fn coming_back_to_the_window_tells_of_a_change_and_reloading_keeps_view_selection_and_the_way_back() {
    for dirty in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (mut window, file) = open(folder.path());
        if dirty {
            window.get_by_label_contains("A, Background worker").click();
            settle(&mut window);
            press(&mut window, Key::Delete);
        }
        // A view that somebody chose; one that nobody touched is fitted into whatever room there is.
        key(&mut window, Modifiers::COMMAND, Key::Minus);
        window.get_by_label_contains("B, Background worker").click();
        settle(&mut window);
        let (mine, steps, place) = (bytes(&window), depth(&window), place_of_b(&window));
        come_back(&mut window);
        assert!(!shows(&window, "another program"), "nothing happened yet");
        fs::write(&file, THEIRS).unwrap();
        settle(&mut window);
        assert!(!shows(&window, "another program"), "nobody looks while nobody comes");
        come_back(&mut window);
        assert!(shows(&window, "plan.ron was changed by another program"));
        assert_eq!(shows(&window, "unsaved changes here as well"), dirty);
        click(&mut window, "Show the difference");
        assert!(shows(&window, "plan.ron on disk"));
        answer(&mut window, "Close");
        assert_eq!(bytes(&window), mine, "it is not taken unasked");
        click(&mut window, "Reload");
        assert_eq!(project(&window).name, "Theirs");
        assert!(!session(&window).is_dirty() && !shows(&window, "another program"));
        assert_eq!(place_of_b(&window), place);
        assert_eq!(depth(&window), steps + 1);
        assert_eq!(session(&window).history().undo_name(), Some("Reload from disk"));
        key(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(bytes(&window), mine, "what was here is one step away");
        assert!(session(&window).is_dirty());
        save(&mut window);
        assert_eq!(read(&file), mine, "what was reloaded is known: no question");
    }
}

/// Where a card stands on the screen: it says where the view is.
fn place_of_b(window: &Window) -> egui::Rect {
    window.get_by_label_contains("B, Background worker").rect()
}

#[test]
fn reloading_keeps_what_is_selected_if_it_is_still_there() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&window), ["a", "b"]);
    fs::write(&file, THEIRS).unwrap();
    come_back(&mut window);
    click(&mut window, "Reload");
    assert_eq!(selected(&window), ["b"]);
}

#[test]
fn a_change_that_was_left_as_it_is_is_not_told_twice_but_asked_about_on_saving() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    fs::write(&file, THEIRS).unwrap();
    come_back(&mut window);
    click(&mut window, "Leave it as it is");
    come_back(&mut window);
    assert!(!shows(&window, "another program"));
    fs::write(&file, THEIRS.replace("Theirs", "Others")).unwrap();
    come_back(&mut window);
    assert!(shows(&window, "another program"), "a further change is news");
    click(&mut window, "Leave it as it is");
    edit(&mut window);
    save(&mut window);
    assert!(shows(&window, "plan.ron was changed by another program"));
    answer(&mut window, "Cancel");
    // Back to what it was: nothing to tell, nothing to ask.
    fs::write(&file, PLAN).unwrap();
    come_back(&mut window);
    save(&mut window);
    assert_eq!(read(&file), bytes(&window));
}

#[test]
fn a_file_that_became_damaged_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let mine = bytes(&window);
    fs::write(&file, &PLAN[..40]).unwrap();
    come_back(&mut window);
    click(&mut window, "Reload");
    assert_eq!(bytes(&window), mine);
    assert!(shows(&window, "The file on disk is damaged") && shows(&window, "ends too early"));
}
