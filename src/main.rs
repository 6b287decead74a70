//! Arguments in, window or command line out.

use std::{io, process::ExitCode};

use groundplan::cli::{self, Outcome, Streams, WindowRequest};

fn main() -> ExitCode {
    env_logger::init();
    let mut streams = Streams { input: &mut io::stdin(), output: &mut io::stdout(), messages: &mut io::stderr() };
    match cli::run(std::env::args_os(), &mut streams) {
        Outcome::Exit(code) => ExitCode::from(code),
        Outcome::Window(request) => open_window(&request),
    }
}

/// The one place where the command line ends and the window begins.
fn open_window(_request: &WindowRequest) -> ExitCode {
    eprintln!("This build has no window. Without one: groundplan assess FILE; see groundplan --help");
    ExitCode::from(cli::FAILED)
}
