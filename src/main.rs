//! Arguments in, window or command line out.

use std::{io, process::ExitCode};

use groundplan::cli::{self, Outcome, Streams, WindowRequest};

/// Keeps the pages of one frame for the next: a pan over a large plan otherwise spends half its time on page faults.
#[cfg(feature = "gui")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // To the millisecond: `RUST_LOG=groundplan=debug` tells where the time to the first frame goes.
    env_logger::builder().format_timestamp_millis().init();
    log::debug!("started");
    let mut streams = Streams { input: &mut io::stdin(), output: &mut io::stdout(), messages: &mut io::stderr() };
    match cli::run(std::env::args_os(), &mut streams) {
        Outcome::Exit(code) => ExitCode::from(code),
        Outcome::Window(request) => open_window(request),
    }
}

/// The one place where the command line ends and the window begins.
#[cfg(feature = "gui")]
fn open_window(request: WindowRequest) -> ExitCode {
    let options = groundplan::app::RunOptions { file: request.file, playbook_dir: request.playbook_dir };
    match groundplan::app::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(cli::FAILED)
        }
    }
}

/// Without the window there is only the command line.
#[cfg(not(feature = "gui"))]
fn open_window(_request: WindowRequest) -> ExitCode {
    eprintln!("This build has no window. Without one: groundplan assess FILE; see groundplan --help");
    ExitCode::from(cli::FAILED)
}
