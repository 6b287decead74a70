//! The built binary, and a small plan to ask it about.

#![allow(dead_code)] // not every test file asks for everything

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

/// A small plan.
pub const PLAN: &str = r#"(
    format: 1,
    name: "Plan",
    components: {
        "shop": (name: "Shop", kind: web_application, traits: {"tables": 40, "admin-interface": true}),
        "db": (name: "Database", kind: relational_database),
    },
    connections: {"shop-to-db": (from: "shop", to: "db", protocol: database)},
)"#;

/// The built binary with arguments, without a display.
pub fn groundplan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_groundplan"));
    command.args(arguments).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("RUST_LOG");
    command
}

/// What it does with them.
pub fn run(arguments: &[&str]) -> Output {
    groundplan(arguments).stdin(Stdio::null()).output().unwrap()
}

/// What it does with them and this on standard input.
pub fn run_with_input(arguments: &[&str], input: &str) -> Output {
    let mut child =
        groundplan(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses its arguments is gone before it reads anything.
    if let Err(error) = child.stdin.take().unwrap().write_all(input.as_bytes()) {
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
    }
    child.wait_with_output().unwrap()
}

/// What it wrote for the person or the program that asked.
pub fn out(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

/// What it said to people.
pub fn err(output: &Output) -> &str {
    str::from_utf8(&output.stderr).unwrap()
}

/// A project file in a folder.
pub fn plan_in(folder: &Path, text: &str) -> String {
    let path = folder.join("plan.ron");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}
