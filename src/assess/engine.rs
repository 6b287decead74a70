//! The engine: a playbook, calibrated once, that assesses projects.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    ask,
    calibrate::{Calibrations, CaseRow, EngineError},
    capacity::{Alone, Check, Traffic},
    cases::case_row,
    effort::Work,
    estimate::{Estimator, Factors},
    evaluate::Values,
    findings,
    graph::Graph,
    recommend::Evidence,
    reconsider::Known,
    schedule::{Schedule, schedule},
    stack::{Stack, stack},
    tables::Tables,
    types::{Alternative, Assessment, Estimate},
    verdict::{Assignment, MixingPrices, Weighing},
};
use crate::{
    playbook::{CaseId, Playbook, WorkItem, WorkItemId},
    project::{Assumptions, ComponentId, Edit, FrameworkId, Problem, Project, Shared},
};

/// A playbook, calibrated on its cases, that assesses projects. Pure: the same project always gives the same assessment.
#[derive(Clone, Debug)]
pub struct Engine {
    /// The playbook it was made from, in the language of whoever reads it: as it is written, or as [`Engine::speaking`] says it.
    pub playbook: Playbook,
    /// The playbook as it is written.
    written: Arc<Playbook>,
    pub(super) tables: Tables,
    pub(super) calibrations: Calibrations,
    pub(super) cases: Vec<CaseRow>,
}

/// What calibration made of a work item's prior.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiplier {
    /// The work item.
    pub work_item: WorkItemId,
    /// Calibrated effort for each prior person-week.
    pub effort: f64,
    /// Calibrated calendar time for each prior week.
    pub weeks: f64,
    /// Calibrated log-spread of its effort.
    pub effort_spread: f64,
    /// Calibrated log-spread of its calendar time.
    pub weeks_spread: f64,
    /// How unsure the effort's multiplier was before the cases were heard: its standard deviation.
    pub effort_before: f64,
    /// How unsure it is now.
    pub effort_left: f64,
    /// The cases that have such work.
    pub cases: Vec<CaseId>,
}

impl Engine {
    /// Calibrates a playbook on the drawings of its cases. Every case with published figures needs its drawing; the
    /// components take the frameworks that the case names, else their pins.
    pub fn new(playbook: Playbook, drawings: Vec<(CaseId, Project)>) -> Result<Self, EngineError> {
        let tables = Tables::new(&playbook);
        let drawings: IndexMap<CaseId, Project> = drawings.into_iter().collect();
        if let Some(unknown) = drawings.keys().find(|id| !playbook.cases.contains_key(*id)) {
            return Err(EngineError::UnknownCase(unknown.clone()));
        }
        let mut cases = Vec::new();
        for case in playbook.cases.values() {
            let Some(published) = &case.published else { continue };
            let drawing = drawings.get(&case.id).ok_or_else(|| EngineError::NoDrawing(case.id.clone()))?;
            cases.push(case_row(&playbook, &tables, case, published, drawing)?);
        }
        let calibrations = Calibrations::new(&playbook, &cases)?;
        calibrations.check_positive(&playbook)?;
        Ok(Self { written: Arc::new(playbook.clone()), playbook, tables, calibrations, cases })
    }

    /// The playbook as it is written, whatever is spoken.
    pub fn written(&self) -> &Playbook {
        &self.written
    }

    /// The same engine with its playbook in the language that is spoken on this thread. No figure depends on that, nor does what anything is
    /// known by.
    #[must_use]
    pub fn speaking(&self) -> Self {
        Self { playbook: self.written.spoken(), ..self.clone() }
    }

    /// Everything the program says about a project.
    pub fn assess(&self, project: &Project) -> Assessment {
        let (whole, project) = (project, &*project.in_scope());
        let graph = Graph::new(project);
        let values = Values::new(&self.playbook, &graph);
        self.assess_with(whole, &graph, &values, |position| self.evidence(&graph, &values, position))
    }

    /// The same as [`Engine::assess`], faster: services whose own contents and links are the same allocations as in
    /// `previous` keep the evidence of `previous_assessment`, which must be this engine's assessment of `previous`.
    pub fn assess_again(&self, project: &Project, previous: &Project, previous_assessment: &Assessment) -> Assessment {
        let (whole, project, previous) = (project, &*project.in_scope(), &*previous.in_scope());
        let graph = Graph::new(project);
        let values = Values::new(&self.playbook, &graph);
        let earlier = Graph::new(previous);
        let same_ground = same_ground(&previous.assumptions, &project.assumptions);
        self.assess_with(whole, &graph, &values, |position| {
            let id = graph.components[position].0;
            let same = |before: &usize| same_ground && graph.same_surroundings(position, &earlier, *before);
            let unchanged = previous.components.get_index_of(id).filter(same);
            match unchanged.and_then(|_| previous_assessment.components.get(id)) {
                Some(advice) => Evidence::again(&self.playbook, &graph, position, advice),
                None => self.evidence(&graph, &values, position),
            }
        })
    }

    /// Whether an assessment of `previous` is one of `project` as well: where things lie and how lines run is nothing to an
    /// assessment, nor are frames and sticky notes.
    pub fn says_the_same(project: &Project, previous: &Project) -> bool {
        project.name == previous.name
            && project.notes == previous.notes
            && project.assumptions == previous.assumptions
            && project.suppressed == previous.suppressed
            && all_same(&project.components, &previous.components, |a, b| {
                a.name == b.name
                    && a.kind == b.kind
                    && a.traits == b.traits
                    && a.pin == b.pin
                    && a.deferred == b.deferred
                    && a.notes == b.notes
            })
            && all_same(&project.connections, &previous.connections, |a, b| {
                a.from == b.from
                    && a.to == b.to
                    && a.protocol == b.protocol
                    && a.calls_per_request == b.calls_per_request
                    && a.latency_ms == b.latency_ms
                    && a.label == b.label
            })
    }

    pub(super) fn evidence(&self, graph: &Graph<'_>, values: &Values<'_>, position: usize) -> Evidence {
        Evidence::new(&self.playbook, &self.tables, graph, values, position)
    }

    /// Assesses what of the `whole` project is in scope, which is what the graph is of.
    fn assess_with(
        &self,
        whole: &Project,
        graph: &Graph<'_>,
        values: &Values<'_>,
        evidence: impl Fn(usize) -> Evidence,
    ) -> Assessment {
        let positions = 0..graph.components.len();
        let evidence: Vec<Option<Evidence>> =
            positions.map(|position| graph.is_service(position).then(|| evidence(position))).collect();
        let prices = MixingPrices::new(&self.playbook, &self.tables);
        let weighing = Weighing { prices, playbook: &self.playbook, tables: &self.tables, graph, evidence: &evidence };
        let (verdict, assignment) = weighing.verdict();
        let work = Work::new(&self.playbook, &self.tables, graph, values);
        let estimator = self.estimator(&graph.project.assumptions);
        let estimate = estimator.estimate(&work, &assignment, &ids(graph));
        let alternatives = self.alternatives(&weighing, &work, &estimator);
        let framework = |position: usize| Some(self.playbook.frameworks.get_index(assignment[position]?)?.0);
        let traffic = Traffic::of(&self.playbook, graph);
        let traffic = traffic.as_ref();
        let alone = traffic.and_then(|traffic| Alone::new(&self.playbook, graph, traffic, framework));
        let known = Known { engine: self, graph, evidence: &evidence };
        let then_on = |edits: &[Edit]| known.with(edits);
        let check = traffic.and_then(|traffic| Check::new(&self.playbook, graph, traffic, framework, &then_on));
        let findings = findings::findings(&findings::Subject {
            playbook: &self.playbook,
            tables: &self.tables,
            whole,
            graph,
            values,
            assignment: &assignment,
            verdict: &verdict,
            estimate: &estimate,
            traffic,
            alone: alone.as_ref(),
            check: check.as_ref(),
            firsts: std::cell::OnceCell::new(),
        });
        let answers = ask::answers(&self.playbook, &self.tables, graph, values);
        let advice = evidence.into_iter().zip(&assignment).zip(&graph.components);
        Assessment {
            answers,
            components: advice
                .filter_map(|((evidence, framework), (id, _))| {
                    Some(((*id).clone(), evidence?.into_advice(&self.tables, (*framework)?)))
                })
                .collect(),
            verdict,
            estimate,
            alternatives,
            findings,
        }
    }

    pub(super) fn estimator(&self, assumptions: &Assumptions) -> Estimator<'_> {
        Estimator {
            playbook: &self.playbook,
            tables: &self.tables,
            calibrations: &self.calibrations,
            cases: &self.cases,
            factors: Factors::new(&self.playbook.estimate, assumptions),
        }
    }

    /// Each root framework with every service on it, whatever is pinned.
    fn alternatives(&self, weighing: &Weighing<'_>, work: &Work<'_>, estimator: &Estimator<'_>) -> Vec<Alternative> {
        let alone = |root: &usize| {
            let assignment = weighing.alone(*root);
            let (weeks, budget_usd) = estimator.totals(&work.totals(&assignment));
            let (framework, _) = self.playbook.frameworks.get_index(*root)?;
            Some(Alternative {
                framework: framework.clone(),
                weeks,
                budget_usd,
                cost_db: weighing.cost_db(&assignment),
            })
        };
        self.tables.roots.iter().filter_map(alone).collect()
    }

    /// The estimate with each service on the framework given for it; services without one carry no work.
    pub fn estimate_for(&self, project: &Project, frameworks: &IndexMap<ComponentId, FrameworkId>) -> Estimate {
        let project = &*project.in_scope();
        let graph = Graph::new(project);
        let framework = |id: &ComponentId| self.playbook.frameworks.get_index_of(frameworks.get(id)?);
        let assignment: Assignment = graph
            .components
            .iter()
            .map(|(id, component)| if component.kind.is_service() { framework(id) } else { None })
            .collect();
        let work = Work::new(&self.playbook, &self.tables, &graph, &Values::new(&self.playbook, &graph));
        self.estimator(&project.assumptions).estimate(&work, &assignment, &ids(&graph))
    }

    /// The packages that follow from an assessment of this engine, and what they would be on the other frameworks.
    pub fn stack(&self, project: &Project, assessment: &Assessment) -> Stack {
        stack(&self.playbook, project, assessment)
    }

    /// What of an assessment of this engine is done when, by the project's team.
    pub fn schedule(&self, project: &Project, assessment: &Assessment) -> Schedule {
        schedule(&self.playbook, project, assessment)
    }

    /// What the project says that the playbook does not know or allow, for whoever reads a project's file.
    pub fn check(&self, project: &Project) -> Vec<Problem> {
        findings::check(&self.playbook, project)
    }

    /// What calibration made of each work item.
    pub fn multipliers(&self) -> Vec<Multiplier> {
        let Calibrations { effort, weeks } = &self.calibrations;
        let having = |i: usize| self.cases.iter().filter(move |case| case.person_weeks[i] > 0.0);
        let multiplier = |(i, item): (usize, &WorkItem)| Multiplier {
            work_item: item.id.clone(),
            effort: effort.multipliers()[i],
            weeks: weeks.multipliers()[i],
            effort_spread: effort.spread()[i],
            weeks_spread: weeks.spread()[i],
            effort_before: item.cv,
            effort_left: effort.left(i),
            cases: having(i).map(|case| case.id.clone()).collect(),
        };
        self.playbook.work_items.values().enumerate().map(multiplier).collect()
    }
}

fn ids<'a>(graph: &Graph<'a>) -> Vec<&'a ComponentId> {
    graph.components.iter().map(|(id, _)| *id).collect()
}

/// Whether two maps have the same entries in the same order, as far as `same` looks.
fn all_same<K: PartialEq, V>(a: &Shared<K, Arc<V>>, b: &Shared<K, Arc<V>>, same: impl Fn(&V, &V) -> bool) -> bool {
    let same = |v: &Arc<V>, w: &Arc<V>| Arc::ptr_eq(v, w) || same(v, w);
    match a.differing(b) {
        Some(places) => places.into_iter().all(|at| same(&a[at], &b[at])),
        None => a.len() == b.len() && a.iter().zip(b).all(|((k, v), (l, w))| k == l && same(v, w)),
    }
}

/// Whether conditions find the same outside of services: they may read the size of the team, and what requests cost on the project's own
/// machines.
pub(super) fn same_ground(before: &Assumptions, now: &Assumptions) -> bool {
    before.team_size == now.team_size && before.machines == now.machines
}
