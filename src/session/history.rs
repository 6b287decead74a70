//! Undo at one door: every change of the project goes through [`History::edit`] or a gesture, and is one named step.

use std::sync::Arc;

use crate::{
    assess::{Distribution, Totals},
    project::{
        Edit, Project,
        difference::{Change, Changes},
    },
};

/// Steps kept; older ones are forgotten.
const MAX_STEPS: usize = 500;

/// Names a step for as long as it is kept. No two steps of a session share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(u64);

/// What a state of the project was estimated at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// Weeks of work.
    pub weeks: Distribution,
    /// US dollars.
    pub budget_usd: Distribution,
}

impl Estimated {
    /// What is not exceeded with this probability.
    fn at(&self, probability: f64) -> Totals {
        Totals { weeks: self.weeks.quantile(probability), usd: self.budget_usd.quantile(probability) }
    }
}

/// A named state to go back to.
#[derive(Clone, Debug)]
pub struct Step {
    id: StepId,
    name: String,
    /// The project before the step.
    before: Arc<Project>,
    /// The project after the step.
    after: Arc<Project>,
    /// What those were estimated at, as far as anybody looked.
    estimated: [Option<Estimated>; 2],
}

impl Step {
    /// What names it.
    pub fn id(&self) -> StepId {
        self.id
    }

    /// What it is called: `Move 3 components`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The project before it.
    pub fn before(&self) -> &Arc<Project> {
        &self.before
    }

    /// The project after it.
    pub fn after(&self) -> &Arc<Project> {
        &self.after
    }

    /// What it did to weeks and budget at a probability; `None` where one of its ends was not assessed with what is known now.
    pub fn effect(&self, probability: f64) -> Option<Totals> {
        let [before, after] = self.estimated;
        let (before, after) = (before?.at(probability), after?.at(probability));
        Some(Totals { weeks: after.weeks - before.weeks, usd: after.usd - before.usd })
    }

    /// Whether it left the whole range as it was: a move, a name, a note. Unknown is not the same.
    pub fn left_the_estimate(&self) -> bool {
        let same = |a: Distribution, b: Distribution| near(a.median, b.median) && near(a.log_sd, b.log_sd);
        matches!(self.estimated, [Some(before), Some(after)]
            if same(before.weeks, after.weeks) && same(before.budget_usd, after.budget_usd))
    }
}

/// Whether two figures differ by no more than the order in which they were added up.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// A change that is still under the person's hand.
#[derive(Clone, Debug)]
struct Gesture {
    name: String,
    base: Arc<Project>,
    /// What it has come to so far is estimated at.
    estimated: Option<Estimated>,
}

/// The project as it stands, and the way back.
#[derive(Clone, Debug)]
pub struct History {
    project: Arc<Project>,
    done: Vec<Step>,
    undone: Vec<Step>,
    gesture: Option<Gesture>,
    /// What the project is estimated at, without the gesture in flight.
    estimated: Option<Estimated>,
    /// Steps there ever were.
    count: u64,
}

impl History {
    /// A history that begins with this project.
    pub fn new(project: Project) -> Self {
        Self {
            project: Arc::new(project),
            done: Vec::new(),
            undone: Vec::new(),
            gesture: None,
            estimated: None,
            count: 0,
        }
    }

    /// The steps that can be undone, oldest first.
    pub fn done(&self) -> &[Step] {
        &self.done
    }

    /// The steps that can be brought again, the one that comes next last.
    pub fn undone(&self) -> &[Step] {
        &self.undone
    }

    /// A step that is kept, done or undone.
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.done.iter().chain(&self.undone).find(|step| step.id == id)
    }

    /// Notes what the project as it stands, gesture included, is estimated at.
    pub fn note(&mut self, estimated: Estimated) {
        if let Some(gesture) = &mut self.gesture {
            gesture.estimated = Some(estimated);
            return;
        }
        self.estimated = Some(estimated);
        if let Some(step) = self.done.last_mut() {
            step.estimated[1] = Some(estimated);
        }
        if let Some(step) = self.undone.last_mut() {
            step.estimated[0] = Some(estimated);
        }
    }

    /// Forgets every estimate: they were made with other knowledge.
    pub fn forget_estimates(&mut self) {
        self.estimated = None;
        self.gesture.iter_mut().for_each(|gesture| gesture.estimated = None);
        self.done.iter_mut().chain(&mut self.undone).for_each(|step| step.estimated = [None, None]);
    }

    /// The project as it stands, gesture included.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// The project before the gesture in flight: what its effect on the figures is measured from.
    pub fn gesture_base(&self) -> Option<&Arc<Project>> {
        self.gesture.as_ref().map(|gesture| &gesture.base)
    }

    /// Applies edits as one step. Edits that change nothing leave no step; says whether something changed.
    pub fn edit(&mut self, name: &str, edits: &[Edit]) -> bool {
        self.commit_gesture();
        let before = Arc::clone(&self.project);
        self.project = Arc::new(applied(&before, edits));
        self.push(name, before, None)
    }

    /// Puts another project in the place of this one, as one step; says whether it was another one.
    pub fn replace(&mut self, name: &str, project: Project) -> bool {
        self.commit_gesture();
        let before = std::mem::replace(&mut self.project, Arc::new(project));
        self.push(name, before, None)
    }

    /// Replaces what the gesture did so far; begins one if there is none. Says whether something changed.
    pub fn gesture(&mut self, name: &str, edits: &[Edit]) -> bool {
        if self.gesture.as_ref().is_none_or(|gesture| gesture.name != name) {
            self.commit_gesture();
            let (name, base) = (name.to_owned(), Arc::clone(&self.project));
            self.gesture = Some(Gesture { name, base, estimated: self.estimated });
        }
        let Some(gesture) = &mut self.gesture else { return false };
        let next = applied(&gesture.base, edits);
        let changed = !next.same_as(&self.project);
        if changed {
            self.project = Arc::new(next);
            gesture.estimated = None;
        }
        changed
    }

    /// Makes one step of the gesture in flight, if it did anything.
    pub fn commit_gesture(&mut self) -> bool {
        match self.gesture.take() {
            Some(gesture) => self.push(&gesture.name, gesture.base, gesture.estimated),
            None => false,
        }
    }

    /// Takes the gesture in flight back without a trace.
    pub fn cancel_gesture(&mut self) -> bool {
        match self.gesture.take() {
            Some(gesture) => {
                let changed = !gesture.base.same_as(&self.project);
                self.project = gesture.base;
                changed
            }
            None => false,
        }
    }

    /// Whether a gesture is in flight.
    pub fn in_gesture(&self) -> bool {
        self.gesture.is_some()
    }

    fn push(&mut self, name: &str, before: Arc<Project>, estimated: Option<Estimated>) -> bool {
        // Equal by value, not only by allocation: typing the same name again is not a change either.
        if before.same_as(&self.project) || *before == *self.project {
            self.project = before;
            return false;
        }
        debug_assert!(
            self.project.validate().len() <= before.validate().len() || !before.validate().is_empty(),
            "the step {name:?} broke the project: {:?}",
            self.project.validate()
        );
        self.undone.clear();
        self.count += 1;
        self.done.push(Step {
            id: StepId(self.count),
            name: name.to_owned(),
            before,
            after: Arc::clone(&self.project),
            estimated: [self.estimated, estimated],
        });
        self.estimated = estimated;
        if self.done.len() > MAX_STEPS {
            self.done.remove(0);
        }
        true
    }

    /// Makes one step of the last two if the first of them is `with` and both have one name or changed the same one thing of the plan; of a
    /// thing that is as it was again nothing is left to undo, and what it was in between can be had again. Says whether it did.
    pub fn fuse_last_with(&mut self, with: StepId) -> bool {
        let [.., first, last] = self.done.as_slice() else { return false };
        if first.id != with || first.name != last.name && !changes_same(first, last) {
            return false;
        }
        let Some(last) = self.done.pop() else { return false };
        let Some(first) = self.done.last() else { return false };
        if *first.before == *last.after
            && let Some(step) = self.done.pop()
        {
            self.project = Arc::clone(&step.before);
            self.estimated = step.estimated[0];
            self.undone.push(step);
            return true;
        }
        let Some(first) = self.done.last_mut() else { return false };
        first.after = last.after;
        first.estimated[1] = last.estimated[1];
        true
    }

    /// Takes the last step back if it is this one, so that it can be had again; says whether it was.
    pub fn take_back(&mut self, id: StepId) -> bool {
        self.done.last().is_some_and(|step| step.id == id) && self.undo()
    }

    /// The name of the step that undo would take back.
    pub fn undo_name(&self) -> Option<&str> {
        self.done.last().map(|step| step.name.as_str())
    }

    /// The name of the step that redo would bring again.
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|step| step.name.as_str())
    }

    /// How many steps can be undone.
    pub fn depth(&self) -> usize {
        self.done.len()
    }

    /// Goes one step back; a gesture in flight is taken back instead.
    pub fn undo(&mut self) -> bool {
        if self.gesture.is_some() {
            return self.cancel_gesture();
        }
        let Some(step) = self.done.pop() else { return false };
        self.project = Arc::clone(&step.before);
        self.estimated = step.estimated[0];
        self.undone.push(step);
        true
    }

    /// Goes one step forward again.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.undone.pop() else { return false };
        self.project = Arc::clone(&step.after);
        self.estimated = step.estimated[1];
        self.done.push(step);
        true
    }
}

/// Whether two steps changed one and the same thing each, be it drawn otherwise for it.
fn changes_same(first: &Step, last: &Step) -> bool {
    let one = |step: &Step| {
        let changes = Changes::between(&step.before, &step.after);
        let [changed] = changes.list.as_slice() else { return None };
        let fields: Vec<Vec<String>> = changed.meant().map(|field| field.path.clone()).collect();
        (changed.change == Change::Changed && fields.len() == 1).then(|| (changed.thing.clone(), fields))
    };
    one(first).is_some_and(|first| one(last) == Some(first))
}

fn applied(base: &Project, edits: &[Edit]) -> Project {
    let mut project = base.clone();
    for edit in edits {
        project.apply(edit);
    }
    project
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{project::ComponentKind, storage::to_text};

    fn add(history: &History, name: &str) -> Edit {
        let component = crate::project::Component::new(name, ComponentKind::Worker, Some((0.0, 0.0).into()));
        Edit::PutComponent(history.project().new_component_id(name), component)
    }

    #[test]
    fn undo_gives_back_the_same_bytes_and_redo_the_later_ones() {
        let mut history = History::new(Project::new("Plan"));
        let first = to_text(history.project()).unwrap();
        let edit = add(&history, "Mailer");
        assert!(history.edit("Add Mailer", &[edit]));
        let second = to_text(history.project()).unwrap();
        assert!(history.undo());
        assert_eq!(to_text(history.project()).unwrap(), first);
        assert!(history.redo());
        assert_eq!(to_text(history.project()).unwrap(), second);
    }

    #[test]
    fn a_gesture_is_one_step_and_a_cancelled_one_is_none() {
        let mut history = History::new(Project::new("Plan"));
        let edit = add(&history, "Mailer");
        history.edit("Add Mailer", &[edit]);
        let id = history.project().components.keys().next().unwrap().clone();
        let set = [crate::project::ElementId::Component(id)].into();
        for x in 1..10 {
            history.gesture(
                "Move Mailer",
                &[Edit::Move(std::collections::BTreeSet::clone(&set), (f64::from(x), 0.0).into())],
            );
        }
        assert!(history.commit_gesture());
        assert_eq!(history.depth(), 2);
        assert_eq!(history.project().components[0].pos_world, Some((9.0, 0.0).into()));
        history.gesture("Move Mailer", &[Edit::Move(set, (50.0, 0.0).into())]);
        assert!(history.cancel_gesture());
        assert_eq!(history.depth(), 2);
        assert_eq!(history.project().components[0].pos_world, Some((9.0, 0.0).into()));
    }

    #[test]
    fn an_edit_that_changes_nothing_leaves_no_step() {
        let mut history = History::new(Project::new("Plan"));
        assert!(!history.edit("Rename the plan", &[Edit::SetName("Plan".to_owned())]));
        assert_eq!(history.depth(), 0);
    }
}
