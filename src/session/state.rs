//! The session itself: what is open, what is selected, and the assessment that belongs to it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::civil::Date;

use super::{
    action::{Action, CanvasRequest, Request, Select},
    assessed::Assessed,
    background::Background,
    capacity::{Sighted, Simulating},
    causes::Comparing,
    commands,
    history::{Estimated, History, Step, StepId},
    insights::{Insights, Live},
    listener::Listener,
    log::{Log, LogKey},
    price::{Change, Priced},
    read_only::ReadOnly,
    scenarios,
    seek::Seeking,
    tidying::Tidying,
    tour::Tour,
    walk::Walk,
};
use crate::{
    assess::{Assessment, Engine, same_stack},
    project::{Component, ComponentId, ConnectionId, Edit, ElementId, FindingKey, Project},
};

/// An open project and everything around it that is not on the screen.
pub struct Session {
    engine: Arc<Engine>,
    history: History,
    selection: BTreeSet<ElementId>,
    /// Of the one selected connection, the point that is chosen.
    pub(super) waypoint: Option<(ConnectionId, usize)>,
    assessment: Arc<Assessment>,
    /// The project that `assessment` belongs to.
    assessed: Arc<Project>,
    change: Change,
    revision: u64,
    /// Moves whenever the project is assessed: what is worked out from an assessment is kept for it.
    pub(super) assessed_count: u64,
    /// Projects that were assessed, those on offer included.
    pub(super) assessments: Cell<u64>,
    /// The project that the gesture in flight began with, and its assessment.
    pub(super) gesture_from: Option<(Arc<Project>, Arc<Assessment>)>,
    pub(super) priced: RefCell<Option<Priced>>,
    saved: Arc<Project>,
    dirty: bool,
    /// Whether the project as it was opened is in no file that it could be saved to: there is something to lose from the start.
    copy: bool,
    path: Option<PathBuf>,
    /// The file that a copy was made of.
    original: Option<PathBuf>,
    read_only: Option<ReadOnly>,
    requests: Vec<Request>,
    /// Where the keyboard is in the drawing.
    pub(super) walk: Walk,
    /// The finding that was looked at last.
    pub(super) finding: Option<FindingKey>,
    pub(super) insights: Insights,
    pub(super) live: Live,
    pub(super) seeking: Seeking,
    pub(super) tidying: Tidying,
    /// The steps that tidied, for which the canvas kept its view.
    pub(super) tidied: BTreeSet<StepId>,
    pub(super) simulating: Simulating,
    pub(super) sighted: Sighted,
    pub(super) kept_columns: scenarios::Kept,
    /// What is compared with what.
    pub(super) comparing: Comparing,
    /// The log as it was made last.
    pub(super) log: RefCell<Option<(LogKey, Arc<Log>)>>,
    background: Background,
    listener: Listener,
    today: Option<Date>,
    /// Counts the sessions of this process.
    number: u64,
    /// The go in which somebody is typing, and the step that it made.
    typing: Option<(u64, Option<StepId>)>,
    pub(super) tour: Option<Tour>,
    /// How often the plan was written to a file, in whatever form.
    pub(super) written: u64,
}

static SESSIONS: AtomicU64 = AtomicU64::new(0);

impl Session {
    /// A session on `project`, which came from `path` (or from nowhere yet).
    pub fn new(engine: Arc<Engine>, project: Project, path: Option<PathBuf>) -> Self {
        Self::of(Assessed::new(engine, project), path)
    }

    /// The same on a project that is assessed already.
    pub fn of(assessed: Assessed, path: Option<PathBuf>) -> Self {
        let (engine, project, assessment) = assessed.into_parts();
        let mut history = History::new(project);
        history.note(estimated(&assessment));
        let project = Arc::clone(history.project());
        Self {
            engine,
            history,
            selection: BTreeSet::new(),
            waypoint: None,
            assessment,
            assessed: Arc::clone(&project),
            change: Change::default(),
            revision: 0,
            assessed_count: 0,
            assessments: Cell::new(1),
            gesture_from: None,
            priced: RefCell::default(),
            saved: project,
            dirty: false,
            copy: false,
            path,
            original: None,
            read_only: None,
            requests: Vec::new(),
            walk: Walk::default(),
            finding: None,
            insights: Insights::default(),
            live: Live::default(),
            seeking: Seeking::default(),
            tidying: Tidying::default(),
            tidied: BTreeSet::new(),
            simulating: Simulating::default(),
            sighted: Sighted::default(),
            kept_columns: scenarios::Kept::default(),
            comparing: Comparing::default(),
            log: RefCell::default(),
            background: Background::default(),
            listener: Listener::default(),
            today: None,
            number: SESSIONS.fetch_add(1, Ordering::Relaxed),
            typing: None,
            tour: None,
            written: 0,
        }
    }

    /// A session on what was recovered: in no file yet, and so to be saved. The file it belongs to is left as it is.
    pub fn on_a_copy(engine: Arc<Engine>, project: Project, original: Option<PathBuf>) -> Self {
        Self::of_copy(Assessed::new(engine, project), original)
    }

    /// The same on what is assessed already.
    pub fn of_copy(assessed: Assessed, original: Option<PathBuf>) -> Self {
        Self { dirty: true, copy: true, original, ..Self::of(assessed, None) }
    }

    /// Tells this session from all others of the process: fields of two plans are never taken for the same one.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The day it is, for whoever knows; what is kept with a date is kept with this one.
    pub fn set_today(&mut self, today: Option<Date>) {
        self.today = today;
    }

    /// The day it is, if anybody said.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// Long work is done this way from now on.
    pub fn set_background(&mut self, background: Background) {
        self.background = background;
    }

    /// Who does long work.
    pub fn background(&self) -> &Background {
        &self.background
    }

    /// Whoever this is hears of each state of the plan from now on.
    pub fn set_listener(&mut self, listener: Listener) {
        self.listener = listener;
    }

    /// The knowledge and its calibration.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The project as it stands.
    pub fn project(&self) -> &Arc<Project> {
        self.history.project()
    }

    /// The assessment of the project as it stands.
    pub fn assessment(&self) -> &Arc<Assessment> {
        &self.assessment
    }

    /// The project that the assessment belongs to: the present one, but for the moment in which that changes.
    pub(super) fn assessed(&self) -> &Arc<Project> {
        &self.assessed
    }

    /// What the last edit changed in weeks and dollars.
    pub fn change(&self) -> Change {
        self.change
    }

    /// Undo and redo, by name.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Moves whenever the project does: what caches are keyed by.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The selected elements.
    pub fn selection(&self) -> &BTreeSet<ElementId> {
        &self.selection
    }

    /// The selected component, if exactly one element is selected and it is one.
    pub fn selected_component(&self) -> Option<(&ComponentId, &Arc<Component>)> {
        match (self.selection.len(), self.selection.first()) {
            (1, Some(ElementId::Component(id))) => self.project().components.get_key_value(id),
            _ => None,
        }
    }

    /// Whether there is something to lose.
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// The file the project came from or was saved to.
    pub fn path(&self) -> Option<&PathBuf> {
        self.path.as_ref()
    }

    /// The file that a copy was made of, as a first guess where to save it.
    pub fn original(&self) -> Option<&PathBuf> {
        self.original.as_ref()
    }

    /// Notes that `project` now stands in the file at `path`, which could be written.
    pub fn saved(&mut self, path: PathBuf, project: Arc<Project>) {
        self.path = Some(path);
        self.read_only = None;
        self.saved = project;
        self.copy = false;
        self.note_written();
        self.update_dirty();
    }

    /// Why the project is not written back to its file, if it is not.
    pub fn read_only(&self) -> Option<ReadOnly> {
        self.read_only
    }

    /// Says whether the project may be written back to its file. Until it is saved elsewhere, or this is called again.
    pub fn set_read_only(&mut self, why: Option<ReadOnly>) {
        self.read_only = why;
    }

    /// Replaces the project by what now stands in its file, as one step: what was here is what undo brings back. What is selected
    /// stays so where it still exists.
    pub fn reload(&mut self, assessed: Assessed) {
        let (_, project, assessment) = assessed.by(&self.engine).into_parts();
        self.history.replace(crate::lang::t("Reload from disk"), project);
        // Before it is asked whether the two differ.
        self.saved = Arc::clone(self.history.project());
        self.refresh_with(Some(assessment));
        self.update_dirty();
    }

    /// Treats the project as never saved: a copy of a preset with changes to keep.
    pub fn forget_path(&mut self) {
        self.path = None;
    }

    /// What commands asked of the screen since the last call.
    pub fn take_requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.requests)
    }

    /// What was asked of it since then.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// Says that somebody is typing, and in which go: what changes one thing in one go is one step, however often it is taken.
    pub fn set_typing(&mut self, run: Option<u64>) {
        if self.typing.map(|(known, _)| known) != run {
            self.typing = run.map(|run| (run, None));
        }
    }

    /// Makes one step of what was typed in one go.
    fn fuse_typed(&mut self) {
        let Some((run, before)) = self.typing else { return };
        let Some(last) = self.history.done().last().map(Step::id) else { return };
        if before == Some(last) {
            return;
        }
        let fused = before.is_some_and(|before| self.history.fuse_last_with(before));
        self.typing = Some((run, if fused { before } else { Some(last) }));
    }

    /// Asks something of the screen.
    pub fn request(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Assesses the project with other knowledge from now on; history, selection and unsaved work stay.
    pub fn set_engine(&mut self, engine: Arc<Engine>) {
        self.say_anew(engine);
        self.history.forget_estimates();
        self.history.note(estimated(&self.assessment));
    }

    /// Goes on with the same knowledge in other words. What steps came to stays known.
    pub fn say_anew(&mut self, engine: Arc<Engine>) {
        self.engine = engine;
        self.assessment = Arc::new(self.engine.assess(self.history.project()));
        self.assessments.set(self.assessments.get() + 1);
        self.gesture_from = None;
        self.assessed = Arc::clone(self.history.project());
        self.live = Live::default();
        self.change = Change::default();
        self.revision += 1;
        self.assessed_count += 1;
        self.insights = Insights::of(self.assessed_count);
        self.comparing.forget();
        self.seeking.forget();
        self.sighted.forget();
        self.kept_columns.forget();
        *self.log.borrow_mut() = None;
        *self.priced.borrow_mut() = None;
    }

    /// The project as it was opened, or as it was saved last.
    pub fn opened(&self) -> &Arc<Project> {
        &self.saved
    }

    /// Carries out one action. The only way a project changes.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Edit { name, edits } => self.edit_typed(&name, &edits),
            Action::Gesture { name, edits } => {
                self.history.gesture(&name, &edits);
            }
            Action::CommitGesture => {
                self.history.commit_gesture();
            }
            Action::CancelGesture => {
                self.history.cancel_gesture();
                self.refresh();
                // Nothing was edited after all.
                self.change = Change::default();
            }
            Action::TakeBackTyped => {
                if let Some((run, Some(step))) = self.typing
                    && self.history.take_back(step)
                {
                    self.typing = Some((run, None));
                    self.refresh();
                    self.change = Change::default();
                }
            }
            Action::Select(change) => self.select(change),
            Action::Reveal(element) => {
                self.select(Select::Only(vec![element.clone()]));
                self.request(Request::Canvas(CanvasRequest::Centre(element)));
            }
            Action::Mend(fix) => self.mend(&fix),
            Action::ShowFinding(key) => self.show_finding(&key),
            Action::Scenario(action) => self.with_scenario(action),
            Action::Baseline(action) => self.with_baseline(action),
            Action::Tour(way) => self.move_tour(way),
            Action::Run(id) => commands::run(id, self),
            Action::Request(request) => self.request(request),
        }
        self.refresh();
    }

    /// Applies edits as one step; for commands.
    pub fn edit(&mut self, name: &str, edits: &[Edit]) {
        self.history.edit(name, edits);
        self.refresh();
    }

    /// The same for what somebody may be typing: all that is typed in one go is one step.
    pub(super) fn edit_typed(&mut self, name: &str, edits: &[Edit]) {
        if self.history.edit(name, edits) {
            self.fuse_typed();
        }
        self.refresh();
    }

    /// Ends the gesture in flight: what it did is a step now.
    pub fn commit_gesture(&mut self) {
        self.history.commit_gesture();
        self.refresh();
    }

    /// One step back.
    pub fn undo(&mut self) {
        self.history.undo();
        self.refresh();
    }

    /// One step forward.
    pub fn redo(&mut self) {
        self.history.redo();
        self.refresh();
    }

    /// Changes the selection.
    pub fn select(&mut self, change: Select) {
        self.waypoint = None;
        self.walk.follow(&change, self.history.project());
        match change {
            Select::Only(elements) => self.selection = elements.into_iter().collect(),
            Select::Add(elements) => self.selection.extend(elements),
            Select::Toggle(element) => {
                if !self.selection.remove(&element) {
                    self.selection.insert(element);
                }
            }
            Select::Waypoint(connection, index) => {
                self.select(Select::Only(vec![ElementId::Connection(connection.clone())]));
                self.waypoint = Some((connection, index));
            }
            Select::Nothing => self.selection.clear(),
        }
    }

    /// Brings everything that hangs on the project up to date, once for each new project.
    fn refresh(&mut self) {
        self.refresh_with(None);
    }

    /// The same where the assessment of the project is `known`.
    fn refresh_with(&mut self, known: Option<Arc<Assessment>>) {
        let project = Arc::clone(self.history.project());
        if Arc::ptr_eq(&project, &self.assessed) {
            self.selection.retain(|element| project.contains(element));
            self.renew_insights();
            return;
        }
        self.listener.hear(&project);
        self.keep_cursor(&project);
        let before = Arc::clone(&self.assessment);
        if self.history.gesture_base().is_some_and(|base| Arc::ptr_eq(base, &self.assessed)) {
            self.gesture_from = Some((Arc::clone(&self.assessed), Arc::clone(&before)));
        }
        if !Engine::says_the_same(&project, &self.assessed) {
            let again = || Arc::new(self.engine.assess_again(&project, &self.assessed, &self.assessment));
            self.assessment = known.unwrap_or_else(again);
            self.assessments.set(self.assessments.get() + 1);
            self.assessed_count += 1;
            let same_stack = same_stack((&self.assessed, &before), (&project, &self.assessment));
            self.live = std::mem::take(&mut self.live).after(same_stack);
        }
        self.assessed = project;
        self.history.note(estimated(&self.assessment));
        self.revision += 1;
        self.change = match self.history.gesture_base().cloned() {
            Some(base) => self.change_of_gesture(&base),
            None => self.change_from(&before),
        };
        let project = Arc::clone(self.history.project());
        self.selection.retain(|element| project.contains(element));
        self.renew_insights();
        self.update_dirty();
    }

    fn update_dirty(&mut self) {
        self.dirty = self.copy || !self.project().same_as(&self.saved) && **self.project() != *self.saved;
    }
}

/// What an assessment says of weeks and money.
fn estimated(assessment: &Assessment) -> Estimated {
    let estimate = &assessment.estimate;
    Estimated { weeks: estimate.weeks, budget_usd: estimate.budget_usd }
}
