//! The end of the window by a fault of the program: the draft is written, the person is told where it is, and the window comes again.

use std::{
    backtrace::Backtrace,
    fmt::Write as _,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use crate::storage::{
    SaveError,
    drafts::{Drafts, Fault, let_go, rescue},
};

/// Says to a window that it was started in the place of one that ended by a fault: should it end so too, it is not started once more, since
/// the fault may lie in starting.
const AGAIN: &str = "GROUNDPLAN_STARTED_AGAIN";

/// From now on a fault in this thread, which shows the window, is noted for the next start and told on standard error; and a fault in any
/// thread writes the drafts first.
pub fn watch_for_faults(drafts: Option<Drafts>) {
    let (window, before) = (thread::current().id(), panic::take_hook());
    panic::set_hook(Box::new(move |info| {
        before(info);
        let kept = rescue();
        if thread::current().id() != window {
            // Whoever waits for that thread says what is missing; the window goes on.
            return;
        }
        let report = report(info, &kept);
        let noted = drafts.as_ref().map(|drafts| drafts.note_fault(&report));
        eprintln!("{}", message(&kept, noted.as_ref(), &report));
    }));
}

/// Shows the window by `show`. If that ends by a fault, gives `None`, and a new window offers what was not saved.
pub(super) fn outlive<T>(show: impl FnOnce() -> T, playbook_dir: Option<&Path>) -> Option<T> {
    let shown = panic::catch_unwind(AssertUnwindSafe(show)).ok();
    if shown.is_none() && std::env::var_os(AGAIN).is_none() {
        let_go();
        if let Err(error) = start_again(playbook_dir) {
            log::warn!("the window could not be started again: {error}");
        }
    }
    shown
}

fn start_again(playbook_dir: Option<&Path>) -> std::io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    if let Some(folder) = playbook_dir {
        command.arg("--playbook").arg(folder);
    }
    command.env(AGAIN, "1").stdin(Stdio::null()).spawn().map(drop)
}

/// What helps whoever mends the fault. What it says of the plan is nothing, unless the fault's own words quote it.
fn report(info: &PanicHookInfo<'_>, kept: &[Result<PathBuf, SaveError>]) -> String {
    let place = info.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let mut text = format!("Groundplan {} on {system} {machine} ended by a fault.\n", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(text, "Where: {place}");
    let _ = writeln!(text, "What: {}", info.payload_as_str().unwrap_or("no words"));
    for file in kept.iter().flatten() {
        let _ = writeln!(text, "Draft: {}", file.display());
    }
    let _ = write!(text, "\n{}", Backtrace::force_capture());
    text
}

fn message(kept: &[Result<PathBuf, SaveError>], noted: Option<&Result<Fault, SaveError>>, report: &str) -> String {
    let mut words = "\nGroundplan ended by a fault of its own.\n".to_owned();
    if kept.is_empty() {
        words.push_str("Nothing was unsaved.\n");
    }
    for draft in kept {
        let _ = match draft {
            Ok(file) => writeln!(
                words,
                "What was not saved is kept in {}\nIt is offered at the next start, and opens like any project.",
                file.display()
            ),
            Err(error) => writeln!(words, "What was not saved could not be kept: {error}"),
        };
    }
    match noted {
        Some(Ok(fault)) => {
            let _ = write!(words, "To report the fault, send {} and say what you did last.", fault.file.display());
        }
        Some(Err(_)) | None => {
            let _ = write!(words, "To report the fault, send this and say what you did last:\n{report}");
        }
    }
    words
}
