//! The end of the window by a fault of the program: the draft is written, the person is told where it is, and the window comes again.

use std::{
    backtrace::Backtrace,
    fmt::Write as _,
    io::{self, Write as _},
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::{RunError, display};
use crate::{
    lang::{t, tr},
    storage::{
        SaveError,
        drafts::{Drafts, Fault, let_go, rescue},
    },
};

/// Whether there was a window. Without a display from the beginning there is none that could go.
static IS_OPEN: AtomicBool = AtomicBool::new(false);

/// From now on the window can lose its display.
pub(super) fn window_is_open() {
    IS_OPEN.store(true, Ordering::Relaxed);
}

fn has_lost_display() -> bool {
    IS_OPEN.load(Ordering::Relaxed) && display::is_gone()
}

/// Says to a window that it was started in the place of one that ended by a fault: should it end so too, it is not started once more, since
/// the fault may lie in starting.
const AGAIN: &str = "GROUNDPLAN_STARTED_AGAIN";

/// From now on a fault in this thread, which shows the window, is noted for the next start and told on standard error; and a fault in any
/// thread writes the drafts first. A display that goes away takes the window with it, which is told as what it is.
pub fn watch_for_faults(drafts: Option<Drafts>) {
    let (window, before) = (thread::current().id(), panic::take_hook());
    panic::set_hook(Box::new(move |info| {
        let is_window = thread::current().id() == window;
        if is_window && has_lost_display() {
            tell_of_display(&told_of(&rescue()));
            return;
        }
        before(info);
        let kept = rescue();
        if !is_window {
            // Whoever waits for that thread says what is missing; the window goes on.
            return;
        }
        let report = report(info, &kept);
        let noted = drafts.as_ref().map(|drafts| drafts.note_fault(&report));
        eprintln!("{}", message(&kept, noted.as_ref(), &report));
    }));
}

/// Shows the window by `show`. If that ends by a fault, a new window offers what was not saved; not if the display is gone.
pub(super) fn outlive<T, E>(
    show: impl FnOnce() -> Result<T, E>,
    playbook_dir: Option<&Path>,
) -> Result<Result<T, E>, RunError> {
    match panic::catch_unwind(AssertUnwindSafe(show)) {
        Ok(Err(_)) if has_lost_display() => {
            // The toolkit came back by itself: what the window kept was written when it ended.
            tell_of_display(t("What was not saved is offered at the next start.\n"));
            Err(RunError::DisplayGone)
        }
        Ok(shown) => Ok(shown),
        Err(_) if has_lost_display() => Err(RunError::DisplayGone),
        Err(_) => {
            if std::env::var_os(AGAIN).is_none() {
                let_go();
                if let Err(error) = start_again(playbook_dir) {
                    log::warn!("the window could not be started again: {error}");
                }
            }
            Err(RunError::Fault)
        }
    }
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
    let place = info.location().map_or_else(|| t("unknown").to_owned(), ToString::to_string);
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let mut text =
        tr!("Groundplan {} on {system} {machine} ended by a fault.\n", env!("CARGO_PKG_VERSION"), system, machine);
    let _ = writeln!(text, "{}", tr!("Where: {place}", place));
    let _ = writeln!(text, "{}", tr!("What: {}", info.payload_as_str().unwrap_or_else(|| t("no words"))));
    for file in kept.iter().flatten() {
        let _ = writeln!(text, "{}", tr!("Draft: {}", file.display()));
    }
    let _ = write!(text, "\n{}", Backtrace::force_capture());
    text
}

/// Tells that the display is gone. The terminal may be as well, and then nobody is told.
fn tell_of_display(more: &str) {
    let words = t(
        "The display that the window was on went away, and the window with it: the session ended, or the connection broke.",
    );
    let _ = write!(io::stderr(), "\n{words}\n{more}");
}

/// What became of what was not saved.
fn told_of(kept: &[Result<PathBuf, SaveError>]) -> String {
    let mut words = String::new();
    if kept.is_empty() {
        words.push_str(t("Nothing was unsaved.\n"));
    }
    for draft in kept {
        let _ = match draft {
            Ok(file) => writeln!(
                words,
                "{}",
                tr!(
                    "What was not saved is kept in {}\nIt is offered at the next start, and opens like any project.",
                    file.display()
                )
            ),
            Err(error) => writeln!(words, "{}", tr!("What was not saved could not be kept: {error}", error)),
        };
    }
    words
}

fn message(kept: &[Result<PathBuf, SaveError>], noted: Option<&Result<Fault, SaveError>>, report: &str) -> String {
    let mut words = t("\nGroundplan ended by a fault of its own.\n").to_owned() + &told_of(kept);
    match noted {
        Some(Ok(fault)) => {
            let _ = write!(
                words,
                "{}",
                tr!("To report the fault, send {} and say what you did last.", fault.file.display())
            );
        }
        Some(Err(_)) | None => {
            let _ =
                write!(words, "{}", tr!("To report the fault, send this and say what you did last:\n{report}", report));
        }
    }
    words
}
