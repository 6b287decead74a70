//! A hundred thousand random commands and gestures, the same on every run: whatever is done in whatever order, the drawing stays
//! sound, undo leads back to the first bytes and redo to the last.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

use groundplan::{
    assess::{Choice, Engine},
    geometry::route::Side,
    project::{
        Boundary, Component, ComponentId, ComponentKind, Connection, Course, Edit, ElementId, LineKind, Project,
        Protocol, StickyNote, TraitValue,
    },
    session::{
        Action, BaselineAction, Request, ScenarioAction, Select, Session,
        commands::{self, TABLE},
    },
    storage,
};
use kurbo::{Point, Rect, Vec2};

#[path = "common/chance.rs"]
mod chance;
#[path = "common/small_playbook.rs"]
#[allow(dead_code)]
mod small_playbook;

use chance::Chance;

/// Most components: an assessment takes longer with each.
const MOST: usize = 9;
/// Steps that are told if something goes wrong.
const TOLD: usize = 30;

/// A session at the mercy of chance. If a check fails, what led there is printed.
struct Chaos {
    seed: u64,
    chance: Chance,
    session: Session,
    clipboard: Option<String>,
    last: VecDeque<String>,
    actions: usize,
}

impl Drop for Chaos {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}, action {}; the last ones:", self.seed, self.actions);
            for action in &self.last {
                eprintln!("  {action}");
            }
        }
    }
}

impl Chaos {
    fn new(seed: u64, engine: &Arc<Engine>, project: Project) -> Self {
        let session = Session::new(Arc::clone(engine), project, None);
        Self { seed, chance: Chance::new(seed), session, clipboard: None, last: VecDeque::new(), actions: 0 }
    }

    fn project(&self) -> &Project {
        self.session.project()
    }

    fn bytes(&self) -> String {
        storage::to_text(self.project()).unwrap()
    }

    fn apply(&mut self, action: Action) {
        self.actions += 1;
        if self.last.len() == TOLD {
            self.last.pop_front();
        }
        let mut told = format!("{action:?}");
        told.truncate(told.floor_char_boundary(400));
        self.last.push_back(told);
        self.session.apply(action);
        for request in self.session.take_requests() {
            match request {
                Request::CopyText(text) => self.clipboard = Some(text),
                Request::Paste => {
                    if let Some(text) = self.clipboard.clone() {
                        self.session.paste(&text).unwrap();
                    }
                }
                Request::Connect { from_it } => {
                    let others = self.session.connectable(from_it);
                    if let Some(other) = self.chance.of(&others).cloned() {
                        self.session.connect(&other, from_it);
                    }
                }
                _ => {}
            }
        }
        self.check();
    }

    fn check(&self) {
        let project = self.project();
        assert_eq!(project.validate(), [], "the project is sound");
        for element in self.session.selection() {
            assert!(project.contains(element), "{element:?} is selected and not there");
        }
        assert!(
            self.session.cursor().is_none_or(|at| project.contains(at)),
            "the cursor is at {:?}",
            self.session.cursor()
        );
        if let Some(step) = self.session.history().done().last().filter(|_| !self.session.history().in_gesture()) {
            assert!(Arc::ptr_eq(step.after(), self.session.project()), "the last step led here");
        }
    }

    fn any(&mut self) -> Option<ElementId> {
        let project = Arc::clone(self.session.project());
        let components = project.components.keys().cloned().map(ElementId::Component);
        let links = project.connections.keys().cloned().map(ElementId::Connection);
        let boundaries = project.boundaries.keys().cloned().map(ElementId::Boundary);
        let notes = project.sticky_notes.keys().cloned().map(ElementId::Note);
        let all: Vec<ElementId> = components.chain(links).chain(boundaries).chain(notes).collect();
        self.chance.of(&all).cloned()
    }

    fn some(&mut self) -> BTreeSet<ElementId> {
        let count = 1 + self.chance.below(3);
        (0..count).filter_map(|_| self.any()).collect()
    }

    fn component(&mut self) -> Option<ComponentId> {
        let ids: Vec<ComponentId> = self.project().components.keys().cloned().collect();
        self.chance.of(&ids).cloned()
    }

    fn point(&mut self) -> Point {
        Point::new(self.chance.between(-600.0, 900.0).round(), self.chance.between(-400.0, 600.0).round())
    }

    /// A change as a view would make it; `None` where there is nothing to change.
    fn edit(&mut self) -> Option<Edit> {
        let names = ["Shop", "Mailer", "Lager", "数据", "A very long name that a card cannot show in full", "x"];
        Some(match self.chance.below(17) {
            0 | 1 => {
                let name = *self.chance.of(&names)?;
                let kind = *self.chance.of(ComponentKind::ALL)?;
                let at = self.point();
                Edit::PutComponent(self.project().new_component_id(name), Component::new(name, kind, Some(at)))
            }
            2 | 3 => {
                let (from, to) = (self.component()?, self.component()?);
                let id = self.project().new_connection_id(&from, &to);
                let protocol = *self.chance.of(&Protocol::ALL)?;
                Edit::PutConnection(id, Connection::new(from, to, protocol))
            }
            4 => Edit::Rename(self.component()?, (*self.chance.of(&names)?).to_owned()),
            5 => Edit::SetKind(self.component()?, *self.chance.of(ComponentKind::ALL)?),
            6 => {
                let value = TraitValue::Number(self.chance.between(0.0, 100.0).round());
                let value = self.chance.one_in(3).then_some(value);
                Edit::SetTrait(self.component()?, "tables".into(), value)
            }
            7 => Edit::SetTrait(self.component()?, "admin".into(), Some(TraitValue::Flag(self.chance.one_in(2)))),
            8 => {
                let pin = self.chance.one_in(2).then(|| "plain".into());
                Edit::SetPin(self.component()?, pin)
            }
            9 => Edit::SetDeferred(self.component()?, self.chance.one_in(2)),
            10 => Edit::SetLocked(self.some(), self.chance.one_in(2)),
            11 => self.course()?,
            12 => {
                let (a, b) = (self.point(), self.point());
                let rect = Rect::from_points(a, b).inflate(30.0, 30.0);
                let name = *self.chance.of(&names)?;
                Edit::PutBoundary(self.project().new_boundary_id(name), Boundary::new(name, rect))
            }
            13 => {
                let ids: Vec<_> = self.project().boundaries.keys().cloned().collect();
                let id = self.chance.of(&ids)?.clone();
                let folded = self.project().boundaries[&id].folded.is_some();
                let boundary = if folded {
                    Boundary { folded: None, ..(*self.project().boundaries[&id]).clone() }
                } else {
                    self.project().fold(&id)?
                };
                Edit::PutBoundary(id, boundary)
            }
            14 => {
                let note = StickyNote::new("Note", Rect::from_origin_size(self.point(), (192.0, 96.0)));
                Edit::PutNote(self.project().new_note_id(), note)
            }
            15 => Edit::Remove(self.some()),
            _ => Edit::Place(self.component()?, self.point()),
        })
    }

    fn course(&mut self) -> Option<Edit> {
        let ids: Vec<_> = self.project().connections.keys().cloned().collect();
        let id = self.chance.of(&ids)?.clone();
        let side = |chance: &mut Chance| chance.one_in(2).then(|| chance.of(&Side::ALL).copied()).flatten();
        let via = (0..self.chance.below(4)).map(|_| self.point()).collect();
        let chance = &mut self.chance;
        let course = Course {
            line: *chance.of(&LineKind::ALL)?,
            from_side: side(chance),
            to_side: side(chance),
            via,
            label_at: chance.one_in(3).then(|| (chance.between(0.0, 1.0) * 100.0).round() / 100.0),
        };
        Some(Edit::SetCourse(id, course))
    }

    /// A drag from its first frame to its last, with what else may come in between.
    fn gesture(&mut self) {
        let before = (self.bytes(), self.session.history().depth());
        let elements = self.some();
        // Seen from before the gesture, as all edits of one are.
        let other = self.edit();
        for _ in 0..=self.chance.below(5) {
            let delta = Vec2::new(self.chance.between(-90.0, 90.0).round(), self.chance.between(-90.0, 90.0).round());
            let edits = match self.chance.below(4) {
                0 => other.clone().into_iter().collect(),
                _ => vec![Edit::Move(elements.clone(), delta)],
            };
            self.apply(Action::Gesture { name: "Drag".to_owned(), edits });
            if self.chance.one_in(6) {
                self.select();
            }
        }
        match self.chance.below(5) {
            0 | 1 => {
                self.apply(Action::CancelGesture);
                assert_eq!(self.bytes(), before.0, "a cancelled gesture never was");
                assert_eq!(self.session.history().depth(), before.1);
            }
            2 => {
                self.apply(Action::Run("edit.undo"));
                assert_eq!(self.bytes(), before.0, "undo in a gesture takes the gesture back");
            }
            _ => self.apply(Action::CommitGesture),
        }
        assert!(!self.session.history().in_gesture(), "no gesture is left open");
    }

    fn select(&mut self) {
        let some: Vec<ElementId> = self.some().into_iter().collect();
        let change = match (self.chance.below(4), some.first()) {
            (0, Some(first)) => Select::Toggle(first.clone()),
            (1, _) => Select::Add(some),
            (2, _) => Select::Nothing,
            _ => Select::Only(some),
        };
        self.apply(Action::Select(change));
    }

    fn command(&mut self) {
        let command = self.chance.of(&TABLE).unwrap();
        self.apply(Action::Run(command.id));
    }

    fn scenario(&mut self) {
        let ids: Vec<_> = self.project().scenarios.keys().cloned().collect();
        let action = match (self.chance.of(&ids).cloned(), self.chance.below(4)) {
            (Some(id), 0) => ScenarioAction::Delete(id),
            (Some(id), 1) => ScenarioAction::Take(Choice::Saved(id)),
            (Some(id), _) => ScenarioAction::Rename(id, "Other".to_owned()),
            (None, _) => ScenarioAction::Keep(Choice::Plan),
        };
        self.apply(Action::Scenario(action));
        let ids: Vec<_> = self.project().baselines.keys().cloned().collect();
        if let Some(id) = self.chance.of(&ids).cloned() {
            self.apply(Action::Baseline(BaselineAction::Delete(id)));
        }
    }

    fn mend(&mut self) {
        let fixes: Vec<_> =
            self.session.assessment().findings.iter().flat_map(|finding| finding.fixes.iter().cloned()).collect();
        if let Some(fix) = self.chance.of(&fixes).cloned() {
            self.apply(Action::Mend(fix));
        }
    }

    /// Keeps the plan small.
    fn trim(&mut self) {
        let project = self.project();
        let mut gone: BTreeSet<ElementId> =
            project.components.keys().skip(MOST).cloned().map(ElementId::Component).collect();
        gone.extend(project.boundaries.keys().skip(4).cloned().map(ElementId::Boundary));
        gone.extend(project.sticky_notes.keys().skip(4).cloned().map(ElementId::Note));
        gone.extend(project.connections.keys().skip(2 * MOST).cloned().map(ElementId::Connection));
        if !gone.is_empty() {
            self.apply(Action::edit("Trim", vec![Edit::Remove(gone)]));
        }
    }

    /// Something happens.
    fn happen(&mut self) {
        match self.chance.below(100) {
            0..=19 => self.select(),
            20..=49 => self.command(),
            50..=67 => self.gesture(),
            68..=95 => {
                if let Some(edit) = self.edit() {
                    self.apply(Action::edit("Edit", vec![edit]));
                }
            }
            96 => self.scenario(),
            97 => self.mend(),
            _ => self.apply(Action::CommitGesture),
        }
        self.trim();
    }

    /// All the way back and forth again; gives the first bytes and how many steps lie between.
    fn back_and_forth(&mut self) -> (String, usize) {
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
        (first, steps)
    }
}

fn small() -> Project {
    let mut project = Project::new("Chaos");
    for (index, kind) in [ComponentKind::WebApplication, ComponentKind::RestApi, ComponentKind::RelationalDatabase]
        .into_iter()
        .enumerate()
    {
        let at = Point::new(index as f64 * 280.0, 0.0);
        let id = ComponentId::new(&format!("c{index}"));
        project.apply(&Edit::PutComponent(id, Component::new(kind.label(), kind, Some(at))));
    }
    let link = Connection::new("c0".into(), "c1".into(), Protocol::Http);
    project.apply(&Edit::PutConnection("link".into(), link));
    project
}

/// Runs that are short enough to go back to the very beginning, over and over.
#[test]
fn whatever_is_done_undo_gives_the_first_bytes_again() {
    let engine = Arc::new(small_playbook::engine());
    let (mut actions, mut steps) = (0, 0);
    for seed in 1.. {
        let mut chaos = Chaos::new(seed, &engine, small());
        let first = chaos.bytes();
        for _ in 0..260 {
            chaos.happen();
        }
        let (back, walked) = chaos.back_and_forth();
        assert!(walked < 500, "{walked} steps: the first ones are forgotten");
        assert_eq!(back, first, "seed {seed}: undo leads back to the first bytes");
        actions += chaos.actions;
        steps += walked;
        if actions >= 85_000 {
            break;
        }
    }
    assert!(steps > 12_000, "{steps} steps: most of what happened changed nothing");
}

/// One long run: more steps than are kept.
#[test]
fn a_long_run_goes_back_to_the_oldest_step_that_is_kept() {
    let engine = Arc::new(small_playbook::engine());
    let mut chaos = Chaos::new(7_001, &engine, small());
    while chaos.actions < 9_000 {
        chaos.happen();
    }
    let oldest = storage::to_text(chaos.session.history().done()[0].before()).unwrap();
    let (back, steps) = chaos.back_and_forth();
    assert_eq!((back, steps), (oldest, 500));
}

/// The same with the knowledge that comes with the program, its findings and their mends.
#[test]
fn the_built_in_knowledge_stands_it_too() {
    let engine = Arc::new(storage::load_engine(None).unwrap());
    let mut chaos = Chaos::new(9_001, &engine, small());
    let first = chaos.bytes();
    for _ in 0..150 {
        chaos.happen();
        if chaos.chance.one_in(6) {
            chaos.mend();
        }
    }
    assert_eq!(chaos.back_and_forth().0, first);
}

#[test]
fn a_click_that_ends_on_what_a_key_deleted_meanwhile_leads_nowhere() {
    let mut session = Session::new(Arc::new(small_playbook::engine()), small(), None);
    let gone = ElementId::Component("c1".into());
    session.apply(Action::Select(Select::Only(vec![gone.clone()])));
    session.apply(Action::Run("edit.delete"));
    session.apply(Action::Select(Select::Only(vec![gone])));
    assert!(session.selection().is_empty());
    assert!(session.cursor().is_some_and(|at| session.project().contains(at)), "{:?}", session.cursor());
}

#[test]
fn every_command_of_the_table_can_be_run_at_any_time() {
    let engine = Arc::new(small_playbook::engine());
    let mut chaos = Chaos::new(1, &engine, small());
    for command in TABLE.iter() {
        chaos.apply(Action::Run(command.id));
        assert!(commands::find(command.id).is_some());
    }
}
