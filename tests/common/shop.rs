//! Three components in a row, for plans that differ in what is done to them.

use groundplan::project::{Component, ComponentKind, Edit, Project};

/// A shop with a database and a mailer, nothing between them.
pub fn three() -> Project {
    let mut project = Project::new("Plan");
    for (id, name, kind, x) in [
        ("shop", "Shop", ComponentKind::WebApplication, 0.0),
        ("db", "Database", ComponentKind::RelationalDatabase, 300.0),
        ("mailer", "Mailer", ComponentKind::Worker, 600.0),
    ] {
        project.apply(&Edit::PutComponent(id.into(), Component::new(name, kind, Some((x, 0.0).into()))));
    }
    project
}
