//! Ways to build the plan: side by side, and what is done with them.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    Session,
    action::{Request, ScenarioAction},
    background::{Asked, Slot},
};
use crate::{
    assess::{Choice, Column, Comparison, Differs},
    explain::side_by_side::{Row, Table},
    lang::{t, tr},
    progress::Progress,
    project::{Edit, MAX_SCENARIOS, Scenario, ScenarioId, own_name},
};

/// Up to so many kept ways to build the plan are worked out at once; more of them beside the window.
const AT_ONCE: usize = 8;

/// The ways to build the plan as they were compared, and the kept ones that they were made from.
#[derive(Debug)]
pub(super) struct Compared {
    kept: IndexMap<ScenarioId, Arc<Scenario>>,
    comparison: Arc<Comparison>,
    /// Whether every one of them has its column.
    complete: bool,
    /// The table against the column that was asked for last.
    table: Option<(Choice, Arc<SideBySide>)>,
}

/// The ways to build the plan against one of them, ready to be shown.
#[derive(Debug)]
pub struct SideBySide {
    /// What is compared.
    pub comparison: Arc<Comparison>,
    /// The position of the column that the others are compared with.
    pub base: usize,
    /// The services of each column that stand elsewhere in that one.
    pub differing: Vec<Vec<Differs>>,
    /// The rows, with amounts in three figures.
    pub rows: Vec<Row>,
}

/// Kept scenarios that are to be assessed beside a plan, by the count of its assessment.
#[derive(Debug)]
pub(super) struct Wanted {
    assessed: u64,
    kept: Vec<(ScenarioId, Arc<Scenario>)>,
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        self.assessed == other.assessed && same_kept(&self.kept, other.kept.iter().map(|(id, kept)| (id, kept)))
    }
}

/// What is worked out of kept scenarios beside the window.
pub(super) type Kept = Slot<Wanted, Comparison>;

/// Whether these are the same scenarios, by allocation.
fn same_kept<'a>(
    some: impl IntoIterator<Item = &'a (ScenarioId, Arc<Scenario>)>,
    others: impl ExactSizeIterator<Item = (&'a ScenarioId, &'a Arc<Scenario>)>,
) -> bool {
    let some: Vec<_> = some.into_iter().collect();
    some.len() == others.len()
        && some.iter().zip(others).all(|((a, one), (b, other))| a == b && Arc::ptr_eq(one, other))
}

impl Compared {
    /// Whether it was made from these scenarios.
    fn is_of(&self, kept: &IndexMap<ScenarioId, Arc<Scenario>>) -> bool {
        let same = |((a, one), (b, other)): ((_, &Arc<Scenario>), (_, _))| a == b && Arc::ptr_eq(one, other);
        self.kept.len() == kept.len() && self.kept.iter().zip(kept).all(same)
    }

    /// The column of a way to build the plan, unless the scenario is another one now. One that is only called otherwise is the same.
    fn column(&self, choice: &Choice, kept: &IndexMap<ScenarioId, Arc<Scenario>>) -> Option<&Column> {
        let same = match choice {
            Choice::Saved(id) => match (self.kept.get(id), kept.get(id)) {
                (Some(before), Some(now)) => {
                    Arc::ptr_eq(before, now) || Scenario { name: now.name.clone(), ..(**before).clone() } == **now
                }
                _ => false,
            },
            _ => true,
        };
        self.comparison.column(choice).filter(|_| same)
    }
}

impl Session {
    /// Every way to build the plan, side by side, as far as it is worked out. It is worked out when it is first asked for, and stays
    /// while a gesture is in flight. Where many are kept, their columns come when they are ready ([`Session::kept_on_the_way`]).
    pub fn comparison(&self) -> Arc<Comparison> {
        let (mut cell, kept) = (self.insights.compared.borrow_mut(), &self.project().scenarios);
        let compared = match cell.take() {
            Some(known) if self.history().in_gesture() || known.complete && known.is_of(kept) => known,
            known => self.compare(known.as_ref()),
        };
        Arc::clone(&cell.insert(compared).comparison)
    }

    /// How much of the columns that are not there yet is worked out, 0 to 1; `None` if all are there.
    pub fn kept_on_the_way(&self) -> Option<f32> {
        let complete = self.insights.compared.borrow().as_ref().is_none_or(|compared| compared.complete);
        match self.kept_columns.peek() {
            Some(Asked::Working(share)) if !complete => Some(share),
            _ => None,
        }
    }

    /// What `known` has is not worked out again, unless the scenario is another.
    fn compare(&self, known: Option<&Compared>) -> Compared {
        let (engine, project) = (self.engine(), self.project());
        let (choices, kept) = (engine.choices(project), &project.scenarios);
        let known_column = |choice: &Choice| known?.column(choice, kept);
        let missing: Vec<Choice> = choices.iter().filter(|choice| known_column(choice).is_none()).cloned().collect();
        let is_kept = |choice: &&Choice| matches!(choice, Choice::Saved(_));
        let many = missing.iter().filter(is_kept).count() > AT_ONCE;
        let (later, now): (Vec<Choice>, Vec<Choice>) = missing.into_iter().partition(|choice| many && is_kept(&choice));
        let made = engine.compare(project, self.assessment(), &now);
        let nothing_later = later.is_empty();
        let made_later = if nothing_later { None } else { self.kept_columns(later) };
        let complete = nothing_later || made_later.is_some();
        if let Some(known) = known.filter(|known| !complete && made.columns.is_empty() && known.is_of(kept)) {
            let (comparison, table) = (Arc::clone(&known.comparison), known.table.clone());
            return Compared { kept: kept.clone(), comparison, complete, table };
        }
        let made_later = made_later.as_deref();
        let column = |choice: &Choice| {
            let made = made.column(choice).or_else(|| made_later?.column(choice));
            let column = made.or_else(|| known_column(choice)).cloned()?;
            Some(Column { name: engine.choice_name(project, choice), ..column })
        };
        let comparison = Arc::new(Comparison { columns: choices.iter().filter_map(column).collect() });
        Compared { kept: kept.clone(), comparison, complete, table: None }
    }

    /// The columns of many kept scenarios, once they are worked out.
    fn kept_columns(&self, choices: Vec<Choice>) -> Option<Arc<Comparison>> {
        let kept = choices.iter().filter_map(|choice| match choice {
            Choice::Saved(id) => self.project().scenarios.get_key_value(id),
            _ => None,
        });
        let kept = kept.map(|(id, kept)| (id.clone(), Arc::clone(kept))).collect();
        let wanted = Wanted { assessed: self.assessed_count, kept };
        let asked = self.kept_columns.ask(self.background(), wanted, || {
            let (engine, project) = (Arc::clone(self.engine()), Arc::clone(self.project()));
            let assessment = Arc::clone(self.assessment());
            move |progress: &Progress| engine.compare_while(&project, &assessment, &choices, progress)
        });
        match asked {
            Asked::Ready(columns) => Some(columns),
            _ => None,
        }
    }

    /// Stops working on columns for an earlier assessment.
    pub(super) fn let_go_of_kept(&self) {
        self.kept_columns.drop_if(|wanted| wanted.assessed != self.assessed_count);
    }

    /// The table of all ways to build the plan against `base`, or against the plan where there is no such column (yet).
    pub fn side_by_side(&self, base: &Choice) -> Arc<SideBySide> {
        let comparison = self.comparison();
        let mut cell = self.insights.compared.borrow_mut();
        let known = cell.as_ref().and_then(|compared| compared.table.as_ref());
        if let Some((_, table)) = known.filter(|(of, _)| of == base) {
            return Arc::clone(table);
        }
        let at = comparison.columns.iter().position(|column| column.choice == *base).unwrap_or(0);
        let differs = |column: &Column| comparison.columns.get(at).map(|base| column.differs_from(base));
        let differing: Vec<_> = comparison.columns.iter().map(|column| differs(column).unwrap_or_default()).collect();
        let table = Table {
            playbook: &self.engine().playbook,
            project: self.project(),
            comparison: &comparison,
            base: at,
            differing: &differing,
            in_full: false,
        };
        let rows = table.rows();
        let table = Arc::new(SideBySide { base: at, rows, differing, comparison });
        if let Some(compared) = cell.as_mut() {
            compared.table = Some((base.clone(), Arc::clone(&table)));
        }
        table
    }

    /// What a way to build the plan will be called when it is kept: its own name, or one like it where that is taken; `Scenario 1` for
    /// the plan as it stands.
    pub fn name_to_keep(&self, choice: &Choice) -> String {
        match choice {
            Choice::Plan => {
                let taken = self.names_of_others(None);
                let mut names = (1..).map(|number: usize| tr!("Scenario {number}", number));
                names.find(|name| !taken.contains(name)).unwrap_or_default()
            }
            other => self.own_name(&self.engine().choice_name(self.project(), other), None),
        }
    }

    /// `Err` with the reason if no further scenario can be kept.
    pub fn can_keep(&self) -> Result<(), &'static str> {
        if self.project().scenarios.len() < MAX_SCENARIOS {
            Ok(())
        } else {
            Err(t("As many scenarios are kept as a project holds; delete one first"))
        }
    }

    /// Carries out what is to be done with a scenario, as one step. One that is new is shown.
    pub(super) fn with_scenario(&mut self, action: ScenarioAction) {
        let is_typed = matches!(action, ScenarioAction::Rename(..));
        let Some((name, edits)) = self.steps_of(action) else { return };
        if is_typed {
            return self.edit_typed(&name, &edits);
        }
        let new = edits.iter().find_map(|edit| match edit {
            Edit::PutScenario(id, Some(_)) if !self.project().scenarios.contains_key(id) => Some(id.clone()),
            _ => None,
        });
        self.edit(&name, &edits);
        if let Some(id) = new {
            self.request(Request::Scenario(id));
        }
    }

    fn steps_of(&self, action: ScenarioAction) -> Option<(String, Vec<Edit>)> {
        let project = self.project();
        let kept = |id: &ScenarioId| project.scenarios.get(id).map(|scenario| Scenario::clone(scenario));
        let put = |id: ScenarioId, scenario| vec![Edit::PutScenario(id, Some(scenario))];
        Some(match action {
            ScenarioAction::Keep(choice) => {
                let other = self.engine().project_under(project, &choice)?;
                self.keeping(Scenario::of(&other, &self.name_to_keep(&choice)))?
            }
            ScenarioAction::KeepAs(scenario) => self.keeping(*scenario)?,
            ScenarioAction::Duplicate(id) => self.keeping(kept(&id)?)?,
            ScenarioAction::Take(choice) => {
                let edits = self.engine().edits_to(project, self.assessment(), &choice)?;
                (tr!("Make {} the plan", self.engine().choice_name(project, &choice)), edits)
            }
            ScenarioAction::Update(id) => {
                let Scenario { name, .. } = kept(&id)?;
                (tr!("Update {name}", name), put(id, Scenario::of(project, &name)))
            }
            ScenarioAction::Rename(id, name) => {
                let scenario = kept(&id)?;
                let step = tr!("Rename {}", scenario.name);
                let name = Some(self.scenario_name(&id, &name)).filter(|name| !name.is_empty())?;
                (step, put(id, Scenario { name, ..scenario }))
            }
            ScenarioAction::Delete(id) => {
                let Scenario { name, .. } = kept(&id)?;
                (tr!("Delete {name}", name), vec![Edit::PutScenario(id, None)])
            }
        })
    }

    /// The step that keeps a scenario under its name, or one like it that no other has; `None` if no further one can be kept.
    fn keeping(&self, scenario: Scenario) -> Option<(String, Vec<Edit>)> {
        self.can_keep().ok()?;
        let name = self.own_name(&scenario.name, None);
        let id = self.project().new_scenario_id(&name);
        Some((tr!("Keep {name}", name), vec![Edit::PutScenario(id, Some(Scenario { name, ..scenario }))]))
    }

    /// What a kept way to build the plan is called if somebody wants to call it so: with a number behind it where another column is called so
    /// already. Empty if nothing is wanted.
    pub fn scenario_name(&self, of: &ScenarioId, wanted: &str) -> String {
        match wanted.trim() {
            "" => String::new(),
            wanted => self.own_name(wanted, Some(of)),
        }
    }

    /// A name as it is, or with the first number behind it that makes it one of its own among all columns but that of `of`.
    fn own_name(&self, name: &str, of: Option<&ScenarioId>) -> String {
        let taken = self.names_of_others(of);
        own_name(name, |name| !taken.iter().any(|taken| taken == name))
    }

    /// What the ways to build the plan are called, but for the kept one `of`.
    fn names_of_others(&self, of: Option<&ScenarioId>) -> Vec<String> {
        let (engine, project) = (self.engine(), self.project());
        let others = engine
            .choices(project)
            .into_iter()
            .filter(|choice| of.is_none_or(|id| *choice != Choice::Saved(id.clone())));
        others.map(|choice| engine.choice_name(project, &choice)).collect()
    }
}
