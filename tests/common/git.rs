//! Real git in a folder of its own, without anybody's settings.

#![allow(dead_code)] // not every test file asks for everything

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

/// A repository in a temporary folder.
pub struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// An empty one that knows projects by their extension and has these settings.
    pub fn new(settings: &[(&str, &str)]) -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        repository.git(&["init", "-q", "-b", "main"]);
        for (key, value) in settings {
            repository.git(&["config", key, value]);
        }
        repository.write(".gitattributes", "*.ron diff=groundplan merge=groundplan\n");
        repository
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Commits everything there is.
    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// What git does with these arguments; it has to succeed.
    pub fn git(&self, arguments: &[&str]) -> Output {
        let output = self.try_git(arguments);
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        output
    }

    /// What git does with these arguments, whether it succeeds or not.
    pub fn try_git(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            // A test may be run from within a hook of some other repository.
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .env("HOME", self.path())
            .env("XDG_CONFIG_HOME", self.path().join(".none"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CEILING_DIRECTORIES", self.path().parent().unwrap())
            .env("GIT_PAGER", "cat")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("RUST_LOG");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Test").env(format!("GIT_{who}_EMAIL"), "test@example.org");
            command.env(format!("GIT_{who}_DATE"), "2027-03-01T12:00:00Z");
        }
        command.output().unwrap()
    }
}

/// A command of ours as git's settings have it, with the built binary.
pub fn command(arguments: &str) -> String {
    format!("'{}' {arguments}", env!("CARGO_BIN_EXE_groundplan"))
}
