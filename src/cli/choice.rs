//! Ways to build a plan by their names on the command line.

use super::{failure::Failure, report::one_line};
use crate::{
    assess::{Choice, Engine},
    project::Project,
    text::nearest,
};

/// The way to build it that people call so.
///
/// # Errors
/// There is none; the nearest name is told, or all of them, and what else may stand there.
pub(super) fn named(engine: &Engine, project: &Project, name: &str, or_else: &str) -> Result<Choice, Failure> {
    engine.choice_named(project, name).ok_or_else(|| {
        let names: Vec<String> = engine.choices(project).iter().map(|choice| engine.choice_slug(choice)).collect();
        let hint = match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("; did you mean \"{near}\"?"),
            None => format!("; there are {}{or_else}", names.join(", ")),
        };
        Failure::Unknown(format!("There is no scenario \"{}\"{hint}", one_line(name)))
    })
}
