//! What leads from one state of the plan to another, or from another file: worked out off the screen's thread.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Session,
    background::{Asked, Slot},
    history::StepId,
};
use crate::{
    assess::{Assessed, Assessment, Causes, Choice, Engine},
    explain::causes::choice_in_sentence,
    lang::{t, tr},
    progress::Progress,
    project::Project,
};

/// One of two plans that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The plan as it stands, built in one of the ways there are.
    Choice(Choice),
    /// The plan as it was before a step.
    Before(StepId),
    /// The plan as a step left it.
    After(StepId),
    /// The plan as it was opened, or saved last.
    Opened,
    /// Another project file, which was read once.
    File(PathBuf),
}

/// How an end is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndName {
    /// By itself: `All Django`.
    pub title: String,
    /// In a sentence: `all Django`.
    pub in_sentence: String,
}

/// What leads from one plan to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// The ends it was asked for.
    pub ends: [End; 2],
    /// What those are called.
    pub names: [EndName; 2],
    /// The causes.
    pub causes: Causes,
}

/// A plan to be assessed.
#[derive(Clone, Debug)]
enum Plan {
    /// The project as it stands, by the count of its assessment.
    Now(u64, Choice),
    /// A snapshot.
    Then(Arc<Project>),
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Now(a, x), Self::Now(b, y)) => a == b && x == y,
            (Self::Then(a), Self::Then(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// What was asked; the answer is kept as long as it stays the same.
#[derive(Debug, PartialEq)]
struct Question {
    ends: [End; 2],
    plans: [Plan; 2],
    probability: f64,
}

/// The project in another file.
#[derive(Debug)]
struct Other {
    path: PathBuf,
    project: Arc<Project>,
}

/// What is compared with what.
#[derive(Debug, Default)]
pub(super) struct Comparing {
    slot: Slot<Question, Between>,
    last: RefCell<Option<Arc<Between>>>,
    other: Option<Other>,
}

impl Comparing {
    /// Stops working on what is asked of the plan as it stood before this assessment.
    pub(super) fn let_go_of_before(&self, assessed: u64) {
        let is_old = |plan: &Plan| matches!(plan, Plan::Now(of, _) if *of != assessed);
        self.slot.drop_if(|question| question.plans.iter().any(is_old));
    }

    /// Forgets what was worked out: it was made with other knowledge.
    pub(super) fn forget(&self) {
        self.slot.forget();
        *self.last.borrow_mut() = None;
    }
}

/// What the work needs of the session, to take along to another thread.
struct Material {
    engine: Arc<Engine>,
    project: Arc<Project>,
    assessment: Arc<Assessment>,
}

impl Material {
    /// A plan with its assessment. On the way it looks whether anybody still waits: each of the steps may take a while.
    fn assessed(&self, plan: &Plan, progress: &Progress) -> Option<(Arc<Project>, Arc<Assessment>)> {
        progress.step(0)?;
        let project = match plan {
            Plan::Now(_, Choice::Plan) => return Some((Arc::clone(&self.project), Arc::clone(&self.assessment))),
            Plan::Now(_, choice) => Arc::new(self.engine.project_under(&self.project, choice)?),
            Plan::Then(project) => Arc::clone(project),
        };
        progress.step(0)?;
        let assessment = Arc::new(self.engine.assess(&project));
        progress.step(0)?;
        Some((project, assessment))
    }

    fn causes(&self, plans: &[Plan; 2], probability: f64, progress: &Progress) -> Option<Causes> {
        let (project, assessment) = self.assessed(&plans[0], progress)?;
        let (other, of_other) = self.assessed(&plans[1], progress)?;
        let from = Assessed { project: &project, assessment: &assessment };
        let to = Assessed { project: &other, assessment: &of_other };
        self.engine.causes(from, to, probability, progress)
    }
}

impl Session {
    /// Another project to compare with, from a file. It takes the place of the one before.
    pub fn set_other(&mut self, path: PathBuf, project: Arc<Project>) {
        self.comparing.other = Some(Other { path, project });
    }

    /// The other file that can be compared with.
    pub fn other_path(&self) -> Option<&Path> {
        self.comparing.other.as_ref().map(|other| other.path.as_path())
    }

    /// What an end is called; `None` if it is not there (any more).
    pub fn end_name(&self, end: &End) -> Option<EndName> {
        let name = |title: String, in_sentence: String| Some(EndName { title, in_sentence });
        match end {
            End::Choice(choice) => {
                if let Choice::Saved(id) = choice {
                    self.project().scenarios.get(id)?;
                }
                let title = self.engine().choice_name(self.project(), choice);
                let in_sentence = choice_in_sentence(choice, &title);
                name(title, in_sentence)
            }
            End::Before(id) => {
                let step = self.history().step(*id)?.name();
                name(tr!("Before: {step}", step), tr!("before \"{step}\"", step))
            }
            End::After(id) => {
                let step = self.history().step(*id)?.name();
                name(tr!("After: {step}", step), tr!("after \"{step}\"", step))
            }
            End::Opened if self.path().is_some() => {
                name(t("As saved last").to_owned(), t("the plan as saved").to_owned())
            }
            End::Opened => name(t("As opened").to_owned(), t("the plan as opened").to_owned()),
            End::File(path) => {
                let other = self.comparing.other.as_ref().filter(|other| other.path == *path)?;
                let title = other.path.file_name().map(|file| file.to_string_lossy().into_owned());
                let title = title.unwrap_or_else(|| other.project.name.clone());
                name(title.clone(), title)
            }
        }
    }

    fn plan_at(&self, end: &End) -> Option<Plan> {
        Some(match end {
            // While a gesture is in flight the answer stays that of the plan before it.
            End::Choice(Choice::Saved(id)) if !self.project().scenarios.contains_key(id) => return None,
            End::Choice(choice) => Plan::Now(self.insights.assessed(), choice.clone()),
            End::Before(id) => Plan::Then(Arc::clone(self.history().step(*id)?.before())),
            End::After(id) => Plan::Then(Arc::clone(self.history().step(*id)?.after())),
            End::Opened => Plan::Then(Arc::clone(self.opened())),
            End::File(path) => {
                let other = self.comparing.other.as_ref().filter(|other| other.path == *path)?;
                Plan::Then(Arc::clone(&other.project))
            }
        })
    }

    /// What leads from one plan to another, at the confidence of the project, as far as it has come; `None` if one of them is not
    /// there.
    pub fn causes(&self, from: &End, to: &End) -> Option<Asked<Between>> {
        let names = [self.end_name(from)?, self.end_name(to)?];
        let plans = [self.plan_at(from)?, self.plan_at(to)?];
        let probability = self.project().assumptions.confidence.probability();
        let ends = [from.clone(), to.clone()];
        let question = Question { ends: ends.clone(), plans: plans.clone(), probability };
        let asked = self.comparing.slot.ask(self.background(), question, || {
            let material = Material {
                engine: Arc::clone(self.engine()),
                project: Arc::clone(self.project()),
                assessment: Arc::clone(self.assessment()),
            };
            move |progress: &Progress| {
                let causes = material.causes(&plans, probability, progress)?;
                Some(Between { ends, names, causes })
            }
        });
        if let Asked::Ready(answer) = &asked {
            *self.comparing.last.borrow_mut() = Some(Arc::clone(answer));
        }
        Some(asked)
    }

    /// The last answer there was, whatever was asked meanwhile.
    pub fn last_causes(&self) -> Option<Arc<Between>> {
        self.comparing.last.borrow().clone()
    }

    /// Stops working on the causes.
    pub fn cancel_causes(&self) {
        self.comparing.slot.cancel();
    }

    /// Works the causes out after all, when they are asked for next.
    pub fn causes_again(&self) {
        self.comparing.slot.again();
    }

    /// Where people are most likely to come from: the plan as it was opened if an edit since has moved the estimate, else what
    /// the plan is most usefully held against.
    pub fn usual_from(&self) -> End {
        let moved = || self.history().done().iter().any(|step| !step.left_the_estimate());
        if moved() && !Engine::says_the_same(self.project(), self.opened()) {
            return End::Opened;
        }
        End::Choice(self.engine().usual_contrast(self.project(), self.assessment()))
    }
}
