//! What only another process can stand for: a disk that is full, a person who may not write. The window is opened in a child of the test.

use std::{
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    process::{Command, Stdio},
    time::Duration,
};

use egui_kittest::kittest::NodeT as _;
use groundplan::storage::drafts::{Drafts, Keeper, Unsaved};

use super::*;

/// The folder that a child works in, in its environment.
const PLACE: &str = "GROUNDPLAN_TEST_PLACE";
const NOBODY: u32 = 65_534;

fn place() -> PathBuf {
    std::env::var_os(PLACE).expect("run by another test").into()
}

/// Runs an ignored test of this file by `command`, which takes it as its last arguments.
fn run(mut command: Command, test: &str, place: &Path) {
    let output = command
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(PLACE, place)
        .env("HOME", place.join("home"))
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert!(output.status.success() && told.contains("1 passed"), "{}\n{told}", output.status);
}

/// A shell that prepares itself by `script` and becomes what it is given.
fn shell(before: &[&str], script: &str) -> Command {
    let script = format!("{script}; exec \"$0\" \"$@\"");
    let words = [before, &["bash", "-c", &script]].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

/// A shell with a small disk of its own at the child's place; `None` where that is not to be had.
fn on_own_disk(place: &Path) -> Option<Command> {
    let mount = format!("mount -t tmpfs -o size=256k none \"${PLACE}\" || exit 1");
    let disks: [&[&str]; 2] = [&["unshare", "--mount"], &["unshare", "--mount", "--map-root-user"]];
    let disk = disks.into_iter().find(|disk| {
        let mut probe = shell(disk, &mount);
        let probe = probe.arg("true").env(PLACE, place).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success())
    });
    disk.map(|disk| shell(disk, &mount))
}

/// A small disk of one's own if that is to be had, else a bound on the size of files: what is too much fails in the same place.
#[test]
fn a_full_disk_loses_nothing_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    let (mut command, test) = match on_own_disk(folder.path()) {
        Some(disk) => (disk, "children::on_a_full_disk"),
        None => (shell(&[], "trap '' XFSZ; ulimit -f 8"), "children::with_a_bound_on_files"),
    };
    println!("{test}");
    command.arg(program);
    run(command, test, folder.path());
}

#[test]
#[ignore = "run by a_full_disk_loses_nothing_and_is_told"]
fn on_a_full_disk() {
    let (mut window, file) = open(&place());
    edit(&mut window);
    let mine = bytes(&window);
    let filler = place().join("filler");
    let mut rest = fs::File::create(&filler).unwrap();
    assert!((0..10_000).any(|_| std::io::Write::write_all(&mut rest, &[1; 1024]).is_err()), "the disk is full");
    save(&mut window);
    assert!(says(&window, "The disk is full; make room"), "{:?}", window.state().messages());
    assert!(session(&window).is_dirty() && bytes(&window) == mine && read(&file) == PLAN);
    assert_eq!(fs::read_dir(place()).unwrap().count(), 2, "nothing is left beside it");
    drop(rest);
    fs::remove_file(filler).unwrap();
    save(&mut window);
    assert_eq!(read(&file), mine);
    assert!(!session(&window).is_dirty());
}

#[test]
#[ignore = "run by a_full_disk_loses_nothing_and_is_told"]
fn with_a_bound_on_files() {
    let (mut window, file) = open(&place());
    while bytes(&window).len() <= 8 * 1024 {
        edit(&mut window);
    }
    let mine = bytes(&window);
    save(&mut window);
    assert!(says(&window, "larger than a file may be here"), "{:?}", window.state().messages());
    assert!(session(&window).is_dirty() && bytes(&window) == mine && read(&file) == PLAN);
    assert_eq!(fs::read_dir(place()).unwrap().count(), 1, "nothing is left beside it");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    save(&mut window);
    assert_eq!(read(&file), bytes(&window));
}

/// Permissions mean nothing to root, so root lets somebody else try.
#[test]
fn who_may_not_write_is_told_and_saves_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let at = |name: &str| folder.path().join(name);
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for (name, mode) in [("folder", 0o555), ("file", 0o777), ("own", 0o777), ("home", 0o777)] {
        fs::create_dir(at(name)).unwrap();
        fs::write(at(name).join("plan.ron"), PLAN).unwrap();
        set(
            &at(name).join("plan.ron"),
            if name == "file" && is_root {
                0o644
            } else if name == "file" {
                0o444
            } else {
                0o666
            },
        );
        set(&at(name), mode);
    }
    set(folder.path(), 0o755);
    // Somebody else may not reach the folder that this was built in.
    let program = at("program");
    let built = std::env::current_exe().unwrap();
    fs::hard_link(&built, &program).or_else(|_| fs::copy(&built, &program).map(drop)).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder.path());
    if is_root {
        command.uid(NOBODY).gid(NOBODY);
    }
    run(command, "children::without_permission", folder.path());
    for name in ["folder", "file"] {
        assert_eq!(read(&at(name).join("plan.ron")), PLAN);
    }
    set(&at("folder"), 0o755);
}

#[test]
#[ignore = "run by who_may_not_write_is_told_and_saves_elsewhere"]
fn without_permission() {
    let own = place().join("own/inner");
    for (name, what, copy) in [("folder", "folder", "home"), ("file", "file", "file")] {
        let file = place().join(name).join("plan.ron");
        let mut window = window_on(&file);
        assert!(shows(&window, &format!("Read-only: the {what} is write-protected")), "{name}");
        edit(&mut window);
        save(&mut window);
        press(&mut window, Key::Enter);
        assert_eq!(read(&place().join(copy).join("plan-copy.ron")), bytes(&window), "{name}");
        assert!(!session(&window).is_dirty() && read(&file) == PLAN, "{name}");
    }
    // Protected while it is open, and freed again.
    fs::create_dir(&own).unwrap();
    let (mut window, file) = open(&own);
    edit(&mut window);
    fs::set_permissions(&own, fs::Permissions::from_mode(0o555)).unwrap();
    save(&mut window);
    assert!(says(&window, "You may not write in this folder; choose another"), "{:?}", window.state().messages());
    assert!(session(&window).is_dirty() && read(&file) == PLAN);
    fs::set_permissions(&own, fs::Permissions::from_mode(0o755)).unwrap();
    save(&mut window);
    assert_eq!(read(&file), bytes(&window));
}

/// On a disk that is mounted so that nobody may write to it, root as little as anybody else.
#[test]
fn a_read_only_disk_is_called_so_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut command) = on_own_disk(folder.path()) else {
        return println!("no disk of one's own is to be had here");
    };
    command.arg(std::env::current_exe().unwrap());
    run(command, "children::on_a_read_only_disk", folder.path());
}

fn remount(how: &str) {
    let mounted = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(place()).status().unwrap();
    assert!(mounted.success());
}

#[test]
#[ignore = "run by a_read_only_disk_is_called_so_and_loses_nothing"]
fn on_a_read_only_disk() {
    const WHY: &str = "othing can be written to this disk";
    // It becomes so while a plan is open, and while a draft is to be kept.
    let (mut window, file) = open(&place());
    let keeper = Keeper::by_hand(Drafts::in_folder(&place().join("state")));
    edit(&mut window);
    let mine = bytes(&window);
    remount("ro");
    save(&mut window);
    let told = window.state().messages().join(" ");
    assert!(told.contains(&format!("N{WHY}, it is read-only; choose a place on another one")), "{told}");
    assert!(told.contains(file.to_str().unwrap()) && !told.contains("may not write"), "{told}");
    assert!(session(&window).is_dirty() && bytes(&window) == mine && read(&file) == PLAN);
    assert!(shows(&window, &format!("Read-only: n{WHY}")));
    keeper.keep(Some(Unsaved { project: session(&window).project().clone(), origin: None }));
    keeper.step(Duration::ZERO);
    keeper.step(Duration::from_secs(1));
    let draft = keeper.complaint().unwrap();
    assert!(draft.starts_with(&format!("n{WHY}: ")) && !draft.contains("choose"), "{draft}");
    window.state_mut().keep_settings_in(&place().join("data/groundplan"));
    assert!(says(&window, &format!("Settings are not kept for the next start, since n{WHY}")));
    // A plan that is opened there is told of at once, and goes where something can be written.
    let mut other = window_on(&file);
    assert!(shows(&other, &format!("Read-only: n{WHY}")));
    edit(&mut other);
    save(&mut other);
    let guess = other.get_by_label("Path").accesskit_node().value().unwrap_or_default();
    assert_eq!(Path::new(&guess), std::env::home_dir().unwrap().join("plan-copy.ron"));
    let refused = groundplan::storage::write_file(&place().join("new.ron"), b"x").unwrap_err();
    assert!(matches!(refused, groundplan::storage::SaveError::ReadOnlyDisk(_)), "{refused}");
    remount("rw");
    save(&mut window);
    assert_eq!(read(&file), mine);
}
