//! Ways to build the plan: side by side, and what is done with them.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    Session,
    action::{Request, ScenarioAction},
};
use crate::{
    assess::{Choice, Column, Comparison, Differs},
    project::{Edit, MAX_NAME_BYTES, MAX_SCENARIOS, Scenario, ScenarioId},
};

/// The ways to build the plan as they were compared, and the kept ones that they were made from.
#[derive(Debug)]
pub(super) struct Compared {
    kept: IndexMap<ScenarioId, Arc<Scenario>>,
    comparison: Arc<Comparison>,
    /// What differs from the column that was asked for last, by column.
    differing: Option<(Choice, Arc<Vec<Vec<Differs>>>)>,
}

impl Compared {
    fn new(kept: &IndexMap<ScenarioId, Arc<Scenario>>, comparison: Comparison) -> Self {
        Self { kept: kept.clone(), comparison: Arc::new(comparison), differing: None }
    }

    /// Whether it was made from these scenarios.
    fn is_of(&self, kept: &IndexMap<ScenarioId, Arc<Scenario>>) -> bool {
        let same = |((a, one), (b, other)): ((_, &Arc<Scenario>), (_, _))| a == b && Arc::ptr_eq(one, other);
        self.kept.len() == kept.len() && self.kept.iter().zip(kept).all(same)
    }
}

impl Session {
    /// Every way to build the plan, side by side. It is worked out when it is first asked for, and stays while a gesture is in flight.
    pub fn comparison(&self) -> Arc<Comparison> {
        let (mut cell, kept) = (self.insights.compared.borrow_mut(), &self.project().scenarios);
        let compared = match cell.take() {
            Some(known) if self.history().in_gesture() || known.is_of(kept) => known,
            known => Compared::new(kept, self.compare(known.as_ref())),
        };
        Arc::clone(&cell.insert(compared).comparison)
    }

    /// What `known` has is not worked out again, unless the scenario is another.
    fn compare(&self, known: Option<&Compared>) -> Comparison {
        let (engine, project) = (self.engine(), self.project());
        let choices = engine.choices(project);
        let same = |choice: &Choice| match choice {
            Choice::Saved(id) => known.is_some_and(|known| match (known.kept.get(id), project.scenarios.get(id)) {
                (Some(before), Some(now)) => Arc::ptr_eq(before, now),
                _ => false,
            }),
            _ => true,
        };
        let column = |choice: &Choice| known.filter(|_| same(choice))?.comparison.column(choice).cloned();
        let kept: Vec<Option<Column>> = choices.iter().map(column).collect();
        let missing = choices.iter().zip(&kept).filter(|(_, column)| column.is_none());
        let missing: Vec<Choice> = missing.map(|(choice, _)| choice.clone()).collect();
        let mut made = engine.compare(project, self.assessment(), &missing).columns.into_iter();
        Comparison { columns: kept.into_iter().filter_map(|column| column.or_else(|| made.next())).collect() }
    }

    /// The services of each column that stand elsewhere in the column of `base`, in the order of the comparison.
    pub fn differing(&self, base: &Choice) -> Arc<Vec<Vec<Differs>>> {
        let comparison = self.comparison();
        let mut cell = self.insights.compared.borrow_mut();
        let known = cell.as_mut().map(|compared| &mut compared.differing);
        if let Some(Some((_, differing))) = known.as_deref().map(|known| known.as_ref().filter(|(of, _)| of == base)) {
            return Arc::clone(differing);
        }
        let base_column = comparison.column(base);
        let differs = |column: &Column| base_column.map(|base| column.differs_from(base)).unwrap_or_default();
        let differing: Arc<Vec<_>> = Arc::new(comparison.columns.iter().map(differs).collect());
        if let Some(known) = known {
            *known = Some((base.clone(), Arc::clone(&differing)));
        }
        differing
    }

    /// What a way to build the plan will be called when it is kept: its own name, or one like it where that is taken; `Scenario 1` for
    /// the plan as it stands.
    pub fn name_to_keep(&self, choice: &Choice) -> String {
        match choice {
            Choice::Plan => self.numbered(None, |number| format!("Scenario {number}")),
            other => self.own_name(&self.engine().choice_name(self.project(), other), None),
        }
    }

    /// `Err` with the reason if no further scenario can be kept.
    pub fn can_keep(&self) -> Result<(), &'static str> {
        if self.project().scenarios.len() < MAX_SCENARIOS {
            Ok(())
        } else {
            Err("As many scenarios are kept as a project holds; delete one first")
        }
    }

    /// Carries out what is to be done with a scenario, as one step. One that is new is shown.
    pub(super) fn with_scenario(&mut self, action: ScenarioAction) {
        let Some((name, edits)) = self.steps_of(action) else { return };
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
            ScenarioAction::KeepAs(scenario) => self.keeping(scenario)?,
            ScenarioAction::Duplicate(id) => self.keeping(kept(&id)?)?,
            ScenarioAction::Take(choice) => {
                let edits = self.engine().edits_to(project, self.assessment(), &choice)?;
                (format!("Take {}", self.engine().choice_name(project, &choice)), edits)
            }
            ScenarioAction::Update(id) => {
                let Scenario { name, .. } = kept(&id)?;
                (format!("Update {name}"), put(id, Scenario::of(project, &name)))
            }
            ScenarioAction::Rename(id, name) => {
                let scenario = kept(&id)?;
                let step = format!("Rename {}", scenario.name);
                let name =
                    Some(name.trim()).filter(|name| !name.is_empty()).map(|name| self.own_name(name, Some(&id)))?;
                (step, put(id, Scenario { name, ..scenario }))
            }
            ScenarioAction::Delete(id) => {
                let Scenario { name, .. } = kept(&id)?;
                (format!("Delete {name}"), vec![Edit::PutScenario(id, None)])
            }
        })
    }

    /// The step that keeps a scenario under its name, or one like it that no other has; `None` if no further one can be kept.
    fn keeping(&self, scenario: Scenario) -> Option<(String, Vec<Edit>)> {
        self.can_keep().ok()?;
        let name = self.own_name(&scenario.name, None);
        let id = self.project().new_scenario_id(&name);
        Some((format!("Keep {name}"), vec![Edit::PutScenario(id, Some(Scenario { name, ..scenario }))]))
    }

    /// A name as it is, or with the first number behind it that makes it one of its own among all columns but that of `of`.
    fn own_name(&self, name: &str, of: Option<&ScenarioId>) -> String {
        let variant = |number| match number {
            1 => fitting(name, 0).to_owned(),
            number => format!("{} {number}", fitting(name, 8)),
        };
        self.numbered(of, variant)
    }

    /// The first of these names, counted from 1, that no way to build the plan has but perhaps the kept one `of`.
    fn numbered(&self, of: Option<&ScenarioId>, name: impl Fn(usize) -> String) -> String {
        let (engine, project) = (self.engine(), self.project());
        let others = engine
            .choices(project)
            .into_iter()
            .filter(|choice| of.is_none_or(|id| *choice != Choice::Saved(id.clone())));
        let taken: Vec<String> = others.map(|choice| engine.choice_name(project, &choice)).collect();
        // There are never more names taken than names tried.
        (1..=taken.len() + 1).map(name).find(|name| !taken.contains(name)).unwrap_or_default()
    }
}

/// As much of a name as fits, with `spare` bytes to spare.
fn fitting(name: &str, spare: usize) -> &str {
    name.get(..name.floor_char_boundary(MAX_NAME_BYTES - spare)).unwrap_or(name)
}
