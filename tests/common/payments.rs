//! A small plan with a boundary.

use groundplan::project::{Boundary, Component, ComponentKind, Connection, Edit, Project, Protocol, StickyNote};
use kurbo::{Point, Rect};

/// Two services and a database in "Payments", a note with them, a client outside; links within and across the border.
pub fn payments() -> Project {
    let mut project = Project::new("Plan");
    for (id, name, kind, x, y) in [
        ("ledger", "Ledger", ComponentKind::RestApi, 0.0, 0.0),
        ("payout", "Payout", ComponentKind::Worker, 240.0, 0.0),
        ("books", "Books", ComponentKind::RelationalDatabase, 0.0, 140.0),
        ("shop", "Shop", ComponentKind::WebApplication, 700.0, 0.0),
    ] {
        let component = Component::new(name, kind, Some(Point::new(x, y)));
        project.apply(&Edit::PutComponent(id.into(), component));
    }
    for (from, to) in [("ledger", "books"), ("ledger", "payout"), ("shop", "ledger")] {
        let id = format!("{from}-to-{to}");
        let link = Connection::new(from.into(), to.into(), Protocol::Http);
        project.apply(&Edit::PutConnection(id.as_str().into(), link));
    }
    let note = StickyNote::new("Audited", Rect::new(240.0, 120.0, 432.0, 190.0));
    project.apply(&Edit::PutNote("note".into(), note));
    let frame = Boundary::new("Payments", Rect::new(-36.0, -36.0, 480.0, 220.0));
    project.apply(&Edit::PutBoundary("payments".into(), frame));
    project
}
