//! The routes of what is on the sheet: at once where that is quick, else from the background, with straight lines meanwhile.

use std::sync::Arc;

use kurbo::Point;

use crate::{
    geometry::route::{Changed, Routes},
    progress::Progress,
    project::Project,
    session::{Asked, Background, Slot},
};

/// So many connections are routed within a frame; more are routed in the background.
const MOST_AT_ONCE: usize = 2_000;

/// Of the connections that something passes while it is moved, so many follow in a frame; the others in those after it.
const MOST_PASSED: usize = 4;
/// The same once nothing is moved any more: the frames until all have come are not those of a hand that moves.
const MOST_AFTER: usize = 12;

/// A project as a question: what is asked is this snapshot and no other.
#[derive(Debug)]
struct Snapshot(Arc<Project>);

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The routes, and the work on them.
#[derive(Default)]
pub(super) struct Routing {
    routes: Routes,
    work: Slot<Snapshot, Routes>,
    /// The project that is being routed, while lines are straight.
    waits_for: Option<Arc<Project>>,
}

impl Routing {
    /// Whether routes are being worked out; lines are straight meanwhile.
    pub(super) fn is_working(&self) -> bool {
        self.waits_for.is_some()
    }

    /// Whether routes that were worked on are there now.
    pub(super) fn has_come(&self) -> bool {
        self.waits_for.is_some() && !matches!(self.work.peek(), Some(Asked::Working(_)))
    }

    /// Routes a drawing of which nothing is known, or straight lines if that takes longer than a frame.
    pub(super) fn begin(&mut self, project: &Arc<Project>, background: &Background) {
        self.waits_for = None;
        self.work.forget();
        if project.connections.len() <= MOST_AT_ONCE || matches!(background, Background::Inline) {
            self.routes = Routes::new(project);
            return;
        }
        self.routes = Routes::straight(project);
        self.waits_for = Some(Arc::clone(project));
        self.ask(background);
    }

    fn ask(&self, background: &Background) {
        let Some(project) = &self.waits_for else { return };
        let subject = Arc::clone(project);
        self.work.ask(background, Snapshot(Arc::clone(project)), || {
            move |progress: &Progress| Routes::new_counted(&subject, progress)
        });
    }

    /// Whether connections that something passed are still to follow.
    pub(super) fn is_behind(&self) -> bool {
        self.routes.is_behind()
    }

    /// Follows the drawing to what it is now, as far as a frame lasts; says which connections run another way.
    pub(super) fn follow(&mut self, project: &Arc<Project>, in_gesture: bool) -> Changed {
        if self.waits_for.is_some() {
            let came = match self.work.peek() {
                Some(Asked::Working(_)) => {
                    self.routes = Routes::straight(project);
                    return Changed::All;
                }
                Some(Asked::Ready(routes)) => Some(routes),
                _ => None,
            };
            self.work.forget();
            self.waits_for = None;
            // Where the work came to nothing, the window waits for the routes rather than never having any.
            self.routes = came.map_or_else(Routes::default, Arc::unwrap_or_clone);
            self.routes.bring_to(project);
            return Changed::All;
        }
        self.routes.bring_some_to(project, if in_gesture { MOST_PASSED } else { MOST_AFTER })
    }

    /// The routes, while they are there.
    pub(super) fn routes(&self) -> Option<&Routes> {
        self.waits_for.is_none().then_some(&self.routes)
    }

    /// The way of a connection by its place in the document; empty if an end is missing.
    pub(super) fn points(&self, index: usize) -> Arc<[Point]> {
        self.routes.points.get(index).cloned().unwrap_or_else(|| Arc::from([]))
    }
}
