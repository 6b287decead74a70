//! This test binary once more, as a process of its own that can be killed: one of its tests is run alone and does what its role says.
#![allow(dead_code, reason = "each test uses some of them")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    env,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const ROLE: &str = "GROUNDPLAN_TEST_ROLE";
const FOLDER: &str = "GROUNDPLAN_TEST_FOLDER";

/// The test called `test` alone, in a process with this role and this folder. What it tells comes from its standard output.
pub fn child(test: &str, role: &str, folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(ROLE, role).env(FOLDER, folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// What this process is to do, and where. Only for tests that [`child`] starts.
pub fn role() -> (String, PathBuf) {
    (env::var(ROLE).unwrap(), PathBuf::from(env::var_os(FOLDER).unwrap()))
}

/// Tells the process that started this one something, in one line that is there whole or not at all, whatever the harness wrote before.
pub fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever listens may be gone; then so is this process in a moment.
    let _ = out.write_all(format!("\n> {line}\n").as_bytes()).and_then(|()| out.flush());
}

/// What was told in a line of the output, if it was told by [`tell`] and is whole.
pub fn told(line: &str) -> Option<&str> {
    line.strip_suffix('\n')?.strip_prefix("> ")
}
