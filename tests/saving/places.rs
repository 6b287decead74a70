//! Difficult places.

use groundplan::storage::{Recent, open_project, to_text};

use super::*;

#[test]
fn whatever_the_place_a_failed_save_stays_open_and_says_what_to_do() {
    type Break = fn(&Path);
    let places: [(&str, Break, &str); 3] = [
        (
            "the folder is gone",
            |file| fs::remove_dir_all(file.parent().unwrap()).unwrap(),
            "create it, or choose another",
        ),
        (
            "a folder is in the way",
            |file| {
                fs::remove_file(file).unwrap();
                fs::create_dir(file).unwrap();
            },
            "choose another name",
        ),
        (
            "a link that leads in a circle",
            |file| {
                fs::remove_file(file).unwrap();
                std::os::unix::fs::symlink(file, file).unwrap();
            },
            "choose another name",
        ),
    ];
    for (place, spoil, told) in places {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        let (mut window, file) = open(&inner);
        edit(&mut window);
        let mine = bytes(&window);
        spoil(&file);
        save(&mut window);
        assert!(says(&window, told), "{place}: {:?}", window.state().messages());
        assert!(session(&window).is_dirty() && bytes(&window) == mine, "{place}");
        let safe = folder.path().join("safe.ron");
        key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        type_path(&mut window, &safe);
        assert_eq!(read(&safe), mine, "{place}");
    }
}

#[test]
fn a_write_protected_file_is_read_only_and_its_changes_go_elsewhere() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    fs::write(&file, PLAN).unwrap();
    let protect = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    protect(0o444);
    let mut window = window_on(&file);
    assert!(shows(&window, "Read-only: the file is write-protected"));
    assert!(says(&window, "Read-only: the file is write-protected"));
    edit(&mut window);
    save(&mut window);
    // The prompt suggests another name; Enter takes it.
    press(&mut window, Key::Enter);
    let copy = folder.path().join("plan-copy.ron");
    assert_eq!((read(&file).as_str(), read(&copy)), (PLAN, bytes(&window)));
    assert_eq!(session(&window).path(), Some(&copy));
    assert_eq!(session(&window).read_only(), None, "the copy can be written to");
    assert!(window.query_by_label("Read-only: the file is write-protected").is_none());

    // Protected while it is open, and freed again.
    protect(0o644);
    let mut window = window_on(&file);
    edit(&mut window);
    protect(0o444);
    save(&mut window);
    assert!(says(&window, "write-protected; take the protection off") && session(&window).is_dirty());
    assert!(shows(&window, "Read-only"));
    protect(0o644);
    save(&mut window);
    assert_eq!(read(&file), bytes(&window));
}

#[test]
fn save_as_and_exports_ask_before_they_replace_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    let shift = Modifiers::COMMAND | Modifiers::SHIFT;
    for (modifiers, pressed, name) in [(shift, Key::S, "other.ron"), (Modifiers::COMMAND, Key::E, "other.md")] {
        let other = folder.path().join(name);
        fs::write(&other, THEIRS).unwrap();
        key(&mut window, modifiers, pressed);
        type_path(&mut window, &other);
        assert_eq!(read(&other), THEIRS, "{name}");
        assert!(shows(&window, "already there"));
        press(&mut window, Key::Enter);
        assert_eq!(read(&other), THEIRS, "{name}: Enter in the path is no answer to that");
        click(&mut window, "Replace");
        assert_ne!(read(&other), THEIRS, "{name}");
    }
    assert_eq!(session(&window).path(), Some(&folder.path().join("other.ron")));
}

#[test]
fn a_name_that_is_no_text_is_saved_to_and_its_folder_is_found_again() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"k\xfcche"));
    fs::create_dir(&odd).unwrap();
    let file = odd.join(std::ffi::OsStr::from_bytes(b"pl\xe4n.ron"));
    fs::write(&file, PLAN).unwrap();
    let mut window = open_file(None, Some(Recent::in_folder(&folder.path().join("state"))));
    // Such a name is shown with signs that no face has.
    window.ctx.set_missing_glyph_policy(egui::MissingGlyphPolicy::Tofu);
    drop_files(&mut window, &[&file]);
    edit(&mut window);
    save(&mut window);
    assert_eq!(open_project(&file, &|_| Vec::new()).unwrap(), *project(&window));
    // Beside it, by the prompt, which cannot show such a folder as it is.
    edit(&mut window);
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    press(&mut window, Key::Enter);
    let beside: Vec<PathBuf> = fs::read_dir(&odd).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
    assert!(beside.iter().any(|path| fs::read_to_string(path).unwrap() == to_text(project(&window)).unwrap()));
}
