//! A session at the mercy of chance, the same on every run, and what has to hold whatever happens.
#![allow(dead_code, reason = "each test uses some of it")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    collections::{BTreeSet, VecDeque},
    fmt::Debug,
    sync::Arc,
};

use groundplan::{
    assess::Engine,
    project::{Edit, ElementId, Project},
    session::{Action, CanvasRequest, Request, Session},
    storage,
};

use super::chance::Chance;

/// Most components: an assessment takes longer with each.
const MOST: usize = 9;
/// Most boundaries, and most notes.
const MOST_FRAMES: usize = 4;
/// What came last, told if something goes wrong.
const TOLD: usize = 30;

/// A session and what led it where it is. If a check fails, that is printed.
pub struct Chaos {
    seed: u64,
    pub chance: Chance,
    pub session: Session,
    clipboard: Option<String>,
    last: VecDeque<Box<dyn Debug>>,
    /// What was done so far; going back and forth at the end does not count.
    pub actions: usize,
}

impl Drop for Chaos {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}, action {}; the last ones:", self.seed, self.actions);
            for told in &self.last {
                let line: String = format!("{told:?}").chars().take(400).collect();
                eprintln!("  {line}");
            }
        }
    }
}

impl Chaos {
    pub fn new(seed: u64, engine: &Arc<Engine>, project: Project) -> Self {
        let session = Session::new(Arc::clone(engine), project, None);
        Self { seed, chance: Chance::new(seed), session, clipboard: None, last: VecDeque::new(), actions: 0 }
    }

    pub fn project(&self) -> &Project {
        self.session.project()
    }

    /// The project as it would be saved.
    pub fn bytes(&self) -> String {
        storage::to_text(self.project()).unwrap()
    }

    /// Keeps in mind what happened, for the case that something goes wrong.
    pub fn tell(&mut self, what: impl Debug + 'static) {
        if self.last.len() == TOLD {
            self.last.pop_front();
        }
        self.last.push_back(Box::new(what));
    }

    /// Does it, and what it asks for of the clipboard and the dialogs; gives what it asks of the canvas.
    pub fn apply(&mut self, action: Action) -> Vec<CanvasRequest> {
        self.actions += 1;
        self.tell(action.clone());
        self.session.apply(action);
        let mut of_canvas = Vec::new();
        for request in self.session.take_requests() {
            match request {
                Request::Canvas(request) => of_canvas.push(request),
                Request::CopyText(text) => self.clipboard = Some(text),
                Request::Paste => {
                    if let Some(text) = &self.clipboard {
                        self.session.paste(text).unwrap();
                    }
                }
                Request::Connect { from_it } => {
                    let others = self.session.connectable(from_it);
                    if let Some(other) = self.chance.of(&others) {
                        self.session.connect(other, from_it);
                    }
                }
                _ => {}
            }
        }
        self.check();
        of_canvas
    }

    fn check(&self) {
        let (project, history) = (self.session.project(), self.session.history());
        assert_eq!(project.validate(), [], "the project is sound");
        for element in self.session.selection() {
            assert!(project.contains(element), "{element:?} is selected and not there");
        }
        let cursor = self.session.cursor();
        assert!(cursor.is_none_or(|at| project.contains(at)), "the cursor is at {cursor:?}");
        if let Some(step) = history.done().last().filter(|_| !history.in_gesture()) {
            assert!(Arc::ptr_eq(step.after(), project), "the last step led here");
        }
    }

    /// Keeps the plan small.
    pub fn trim(&mut self) {
        let project = self.project();
        let mut gone: BTreeSet<ElementId> =
            project.components.keys().skip(MOST).cloned().map(ElementId::Component).collect();
        gone.extend(project.boundaries.keys().skip(MOST_FRAMES).cloned().map(ElementId::Boundary));
        gone.extend(project.sticky_notes.keys().skip(MOST_FRAMES).cloned().map(ElementId::Note));
        gone.extend(project.connections.keys().skip(2 * MOST).cloned().map(ElementId::Connection));
        if !gone.is_empty() {
            self.apply(Action::edit("Trim", vec![Edit::Remove(gone)]));
        }
    }

    /// All the way back and forth again; gives the bytes at the far end and how many steps lie between.
    pub fn back_and_forth(&mut self) -> (String, usize) {
        let actions = self.actions;
        if self.session.history().in_gesture() {
            self.apply(Action::CommitGesture);
        }
        // What was taken back already comes again first: the last bytes are those at the end of it.
        while self.session.history().redo_name().is_some() {
            self.apply(Action::Run("edit.redo"));
        }
        let last = self.bytes();
        let steps = self.session.history().depth();
        for _ in 0..steps {
            self.apply(Action::Run("edit.undo"));
        }
        assert!(self.session.history().undo_name().is_none());
        let first = self.bytes();
        for _ in 0..steps {
            self.apply(Action::Run("edit.redo"));
        }
        assert_eq!(self.bytes(), last, "redo gives the last bytes again");
        self.actions = actions;
        (first, steps)
    }
}
