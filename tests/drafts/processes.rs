//! Drafts and other processes: that live, that died, that ended by a fault, and the one without a window.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command},
    sync::Arc,
    time::Duration,
};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use groundplan::storage::{
    drafts::{DraftError, Drafts, Keeper, Origin, Owner},
    to_text,
};

use super::{
    PLAN, child, cli, click,
    common::window::{self, session},
    drafts_in, left, only, open, plan_in, project, sound, unsaved,
};

#[test]
#[ignore = "run in processes of its own by the tests below"]
fn another_process() {
    let (role, folder) = child::role();
    let drafts = drafts_in(&folder);
    let mut lines = std::io::stdin().lines().map_while(Result::ok);
    match role.as_str() {
        "keeps" => {
            let keeper = Keeper::by_hand(drafts);
            keeper.keep(Some(unsaved(&project("Of a child", 2), None)));
            keeper.step(Duration::ZERO);
            keeper.step(Duration::from_secs(1));
            child::tell("kept");
            lines.next();
        }
        "claims" => {
            child::tell("ready");
            let mut taken = Vec::new();
            for id in lines {
                match drafts.claim(&id) {
                    Ok(claimed) => {
                        taken.push(claimed);
                        child::tell("got");
                    }
                    Err(DraftError::Owned | DraftError::NotThere) => child::tell("not"),
                    Err(error) => panic!("{error}"),
                }
            }
        }
        "faults" => ends_by_a_fault(&folder),
        other => panic!("{other}?"),
    }
}

/// A process with something to say; killed if the test gives up.
struct Other {
    process: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Other {
    fn start(role: &str, folder: &Path) -> Self {
        let mut process = child::child("processes::another_process", role, folder).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines }
    }

    fn says(&mut self) -> String {
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            if let Some(told) = child::told(&line) {
                return told.to_owned();
            }
            line.clear();
        }
        panic!("it ended without a word");
    }

    fn hears(&mut self, line: &str) {
        writeln!(self.process.stdin.as_mut().unwrap(), "{line}").unwrap();
    }
}

#[test]
fn drafts_of_processes_that_live_are_left_alone_and_those_of_the_dead_are_offered() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let mut others = [Other::start("keeps", folder.path()), Other::start("keeps", folder.path())];
    for other in &mut others {
        assert_eq!(other.says(), "kept");
    }
    assert_eq!(drafts.list().len(), 2, "each has its own");
    assert!(drafts.orphans().is_empty());
    for draft in drafts.list() {
        assert!(matches!(draft.owner, Owner::Alive(Some(process)) if others.iter().any(|o| o.process.id() == process)));
        assert!(matches!(drafts.claim(&draft.id), Err(DraftError::Owned)));
        assert!(matches!(drafts.discard(&draft.id), Err(DraftError::Owned)));
    }
    let window = open(folder.path(), None);
    assert!(window.query_by_label("There is work that was not saved").is_none());
    // One dies with its lock in its hands.
    let dead = others[0].process.id();
    others[0].process.kill().unwrap();
    others[0].process.wait().unwrap();
    let orphans = drafts.orphans();
    let draft = only(&orphans);
    assert_eq!(sound(draft).components.len(), 2);
    let lock = draft.file.with_extension("lock");
    assert_eq!(fs::read_to_string(lock).unwrap().trim(), dead.to_string(), "the number is there, and says nothing");
    let mut window = open(folder.path(), None);
    click(&mut window, "Restore a copy of Of a child");
    assert_eq!(session(&window).project().components.len(), 2);
    assert!(drafts.orphans().is_empty() && drafts.list().len() == 2);
}

#[test]
fn of_several_processes_that_want_one_draft_at_once_one_gets_it() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let mut others: Vec<Other> = (0..4).map(|_| Other::start("claims", folder.path())).collect();
    for other in &mut others {
        assert_eq!(other.says(), "ready");
    }
    for round in 0..25 {
        let id = left(&drafts, &project(&format!("Round {round}"), 1), None);
        for other in &mut others {
            other.hears(&id);
        }
        let got = others.iter_mut().map(Other::says).filter(|answer| answer == "got").count();
        assert_eq!(got, 1, "round {round}");
    }
    drop(others);
    assert_eq!(drafts.orphans().len(), 25, "who claimed them is dead, and nothing is lost");
}

// A fault of the program.

/// A file that is dropped on the window and makes it fail in the middle of a frame.
#[derive(Debug)]
struct Fatal;

impl egui::DroppedFile for Fatal {
    fn path(&self) -> &Path {
        panic!("a fault on purpose")
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Ok(Vec::new())
    }
}

fn ends_by_a_fault(folder: &Path) {
    let drafts = drafts_in(folder);
    groundplan::app::watch_for_faults(Some(drafts.clone()));
    let mut setup = window::setup(Some(&folder.join("plan.ron")), None);
    // With the thread that writes drafts: it is asked to write the last one now, not when it is due.
    (setup.drafts, setup.threads) = (Some(drafts), true);
    let mut window = window::open_setup(setup);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.key_press(Key::Delete);
    window.run_steps(2);
    assert!(session(&window).is_dirty());
    window.input_mut().dropped_files.push(Arc::new(Fatal));
    window.run_steps(1);
}

#[test]
fn a_fault_of_the_program_writes_the_draft_says_where_it_is_and_is_told_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let file = plan_in(folder.path());
    let output = child::child("processes::another_process", "faults", folder.path()).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let orphans = drafts.orphans();
    let draft = only(&orphans);
    assert_eq!((sound(draft).components.len(), &*sound(draft).name), (0, "Shop plan"));
    for words in ["ended by a fault of its own", draft.file.to_str().unwrap(), "fault.txt"] {
        assert!(said.contains(words), "{said}");
    }
    let report = fs::read_to_string(drafts.folder().join("fault.txt")).unwrap();
    for words in
        [env!("CARGO_PKG_VERSION"), "tests/drafts/processes.rs:", "a fault on purpose", draft.file.to_str().unwrap()]
    {
        assert!(report.contains(words), "{report}");
    }
    assert!(!report.contains("Database"), "nothing of the plan");

    let mut window = open(folder.path(), None);
    assert!(window.query_by_label_contains("ended by a fault of its own").is_some());
    assert!(window.query_by_label_contains("a fault on purpose").is_some());
    click(&mut window, "Copy the report");
    click(&mut window, "Restore a copy of Shop plan");
    assert!(session(&window).is_dirty() && session(&window).project().components.is_empty());
    assert_eq!(fs::read_to_string(&file).unwrap(), PLAN);
    drop(window);
    // It is told once, and kept to be sent.
    let window = open(folder.path(), None);
    assert!(window.query_by_label_contains("a fault on purpose").is_none());
    assert_eq!(fs::read_to_string(drafts.folder().join("fault.txt")).unwrap(), report);
}

#[test]
fn a_fault_with_nothing_to_lose_is_told_too() {
    let folder = tempfile::tempdir().unwrap();
    drafts_in(folder.path()).note_fault("Groundplan ended by a fault.\nWhere: src/x.rs:1:2").unwrap();
    let mut window = open(folder.path(), None);
    assert!(window.query_by_label("Groundplan ended by a fault").is_some());
    click(&mut window, "Close");
    assert!(window.query_by_label("Groundplan ended by a fault").is_none());
}

// On the command line.

fn groundplan(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cli::groundplan(arguments);
    command.env("HOME", folder).env("XDG_STATE_HOME", folder.join("state"));
    command
}

#[test]
fn the_command_line_lists_restores_and_discards() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(&folder.path().join("state/groundplan/drafts"));
    let run = |arguments: &[&str]| groundplan(folder.path(), arguments).output().unwrap();
    let nothing = run(&["drafts"]);
    assert_eq!((nothing.status.code(), cli::out(&nothing)), (Some(0), ""));
    assert!(cli::err(&nothing).contains("There is no unsaved work"));
    assert!(!folder.path().join("state").exists(), "looking writes nothing");

    let file = plan_in(folder.path());
    let (plan, other) = (project("Shop plan", 3), project("Other", 1));
    let first = left(&drafts, &plan, Some(Origin::now(&file)));
    let second = left(&drafts, &other, None);
    let list = run(&["drafts"]);
    for words in [&first, &second, "Shop plan, 3 components", "plan.ron, which is as it was", "Never saved"] {
        assert!(cli::out(&list).contains(words), "{}", cli::out(&list));
    }
    // Nothing that is there is replaced, and then the draft stays too.
    let refused = run(&["drafts", "restore", &first, "-o", file.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(cli::err(&refused).contains("is there already"), "{}", cli::err(&refused));
    assert_eq!((fs::read_to_string(&file).unwrap().as_str(), drafts.list().len()), (PLAN, 2));
    let out = folder.path().join("recovered.ron");
    assert_eq!(run(&["drafts", "restore", &first, "-o", out.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&out).unwrap(), to_text(&plan).unwrap());
    assert_eq!(drafts.list().len(), 1);

    assert_eq!(run(&["drafts", "discard", &second]).status.code(), Some(0));
    assert!(drafts.list().is_empty());
    assert!(cli::out(&run(&["drafts"])).contains("Discarded:"));
    let back = run(&["drafts", "restore", &second, "-o", "-"]);
    assert_eq!(cli::out(&back), to_text(&other).unwrap());
    for arguments in [["drafts", "discard", "deadbeef"], ["drafts", "discard", "../../plan"]] {
        let unknown = run(&arguments);
        assert_eq!(unknown.status.code(), Some(2));
        assert!(cli::err(&unknown).contains("no such draft"), "{}", cli::err(&unknown));
    }
}

#[test]
fn the_command_line_leaves_the_draft_of_an_open_window_alone() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(&folder.path().join("state/groundplan/drafts"));
    let keeper = Keeper::by_hand(drafts.clone());
    keeper.keep(Some(unsaved(&project("Open", 1), None)));
    keeper.step(Duration::ZERO);
    keeper.step(Duration::from_secs(1));
    let id = only(&drafts.list()).id.clone();
    let run = |arguments: &[&str]| groundplan(folder.path(), arguments).output().unwrap();
    assert!(cli::out(&run(&["drafts"])).contains("It belongs to a window that is open"));
    let out = folder.path().join("out.ron");
    for arguments in [&["drafts", "discard", &id][..], &["drafts", "restore", &id, "-o", out.to_str().unwrap()]] {
        let refused = run(arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(cli::err(&refused).contains("a window that is open"), "{}", cli::err(&refused));
    }
    assert!(!out.exists() && drafts.list().len() == 1);
}
