//! A hundred thousand random commands and gestures, the same on every run: whatever is done in whatever order, the drawing stays sound, undo leads
//! back to the first bytes and redo to the last. Others come by the pointer (`chaos_canvas`) and by keys (`chaos_window`). `GROUNDPLAN_CHAOS=8` does
//! eight times as many.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::BTreeSet, sync::Arc};

use groundplan::{
    assess::Choice,
    geometry::route::Side,
    project::{
        Boundary, Component, ComponentId, ComponentKind, Connection, Course, Edit, ElementId, LineKind, Project,
        Protocol, StickyNote, TraitValue,
    },
    session::{Action, BaselineAction, ScenarioAction, Select, Session, commands::TABLE},
    storage,
};
use kurbo::{Point, Rect, Vec2};

use crate::common::{chance, chaos, small_playbook};
use chance::Chance;
use chaos::Chaos;

impl Chaos {
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
            _ => drop(self.apply(Action::CommitGesture)),
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
            _ => drop(self.apply(Action::CommitGesture)),
        }
        self.trim();
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

/// How many times as much is done as usual.
fn longer() -> usize {
    std::env::var("GROUNDPLAN_CHAOS").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// Runs that are short enough to go back to the very beginning, over and over, until so much was done.
fn short_runs(first_seed: u64, wanted: usize) {
    let engine = Arc::new(small_playbook::engine());
    let wanted = wanted * longer();
    let (mut actions, mut steps) = (0, 0);
    for seed in first_seed.. {
        let mut chaos = Chaos::new(seed, &engine, small());
        let first = chaos.bytes();
        for _ in 0..330 {
            chaos.happen();
        }
        let (back, walked) = chaos.back_and_forth();
        assert!(walked < 500, "{walked} steps: the first ones are forgotten");
        assert_eq!(back, first, "seed {seed}: undo leads back to the first bytes");
        actions += chaos.actions;
        steps += walked;
        if actions >= wanted {
            break;
        }
    }
    assert!(steps > wanted / 7, "{steps} steps: most of what happened changed nothing");
}

// Two halves, so that two cores can do them.
#[test]
fn whatever_is_done_undo_gives_the_first_bytes_again() {
    short_runs(1, 46_500);
}

#[test]
fn whatever_else_is_done_undo_gives_the_first_bytes_again() {
    short_runs(500_001, 46_500);
}

/// One long run: more steps than are kept. With both halves it makes a hundred thousand.
#[test]
fn a_long_run_goes_back_to_the_oldest_step_that_is_kept() {
    let engine = Arc::new(small_playbook::engine());
    let mut chaos = Chaos::new(7_001, &engine, small());
    while chaos.actions < 7_000 {
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
    let everything = |chaos: &Chaos| {
        let project = chaos.project();
        let components = project.components.keys().cloned().map(ElementId::Component);
        components.chain(project.connections.keys().cloned().map(ElementId::Connection)).collect::<Vec<_>>()
    };
    for chosen in 0..4 {
        for command in TABLE.iter() {
            let mut chaos = Chaos::new(1, &engine, small());
            let first = chaos.bytes();
            let elements = everything(&chaos);
            let selected = [&elements[..0], &elements[..1], &elements[3..], &elements[..]][chosen];
            chaos.apply(Action::Select(Select::Only(selected.to_vec())));
            if (command.enabled)(&chaos.session).is_err() {
                chaos.apply(Action::Run(command.id));
                assert_eq!((chaos.bytes(), chaos.session.history().depth()), (first, 0), "{}", command.id);
                continue;
            }
            chaos.apply(Action::Run(command.id));
            let depth = chaos.session.history().depth();
            assert!(depth <= 1, "{} is {depth} steps", command.id);
            assert_eq!(chaos.back_and_forth().0, first, "{}", command.id);
        }
    }
}
