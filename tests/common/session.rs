//! A session without a screen, with the knowledge that comes with the program: helpers of its tests.
#![allow(dead_code, reason = "each test uses some of them")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::{Arc, LazyLock};

use groundplan::{
    assess::Engine,
    project::{ElementId, Project},
    session::{Action, Request, Select, Session},
    storage,
};

/// Loaded once for all tests of a file.
pub fn engine() -> Arc<Engine> {
    static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(storage::load_engine(None).unwrap()));
    Arc::clone(&ENGINE)
}

pub fn session_of(project: Project) -> Session {
    Session::new(engine(), project, None)
}

/// A project that comes with the program.
pub fn preset(id: &str) -> Project {
    storage::presets().iter().find(|preset| preset.id == id).unwrap().project().unwrap()
}

pub fn component(id: &str) -> ElementId {
    ElementId::Component(id.into())
}

pub fn connection(id: &str) -> ElementId {
    ElementId::Connection(id.into())
}

pub fn boundary(id: &str) -> ElementId {
    ElementId::Boundary(id.into())
}

pub fn note(id: &str) -> ElementId {
    ElementId::Note(id.into())
}

pub fn select(session: &mut Session, elements: &[ElementId]) {
    session.apply(Action::Select(Select::Only(elements.to_vec())));
}

pub fn run(session: &mut Session, command: &'static str) {
    session.apply(Action::Run(command));
}

/// Folds a boundary, or unfolds it.
pub fn fold(session: &mut Session, id: &str) {
    select(session, &[boundary(id)]);
    run(session, "edit.fold");
}

/// What a command puts on the clipboard.
pub fn copied(session: &mut Session, command: &'static str) -> String {
    run(session, command);
    let text = session.take_requests().into_iter().find_map(|request| match request {
        Request::CopyText(text) => Some(text),
        _ => None,
    });
    text.unwrap()
}

/// The project as it would be saved.
pub fn bytes(session: &Session) -> String {
    storage::to_text(session.project()).unwrap()
}

/// What undo would take back.
pub fn last_step(session: &Session) -> String {
    session.history().undo_name().unwrap_or_default().to_owned()
}
