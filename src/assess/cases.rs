//! The case studies: as rows of the calibration, and as a table that shows how well they are met and predicted.

use super::{
    calibrate::{Calibrations, CaseRow, EngineError},
    effort::Work,
    engine::Engine,
    evaluate::Values,
    graph::Graph,
    tables::Tables,
    types::Quantiles,
    verdict::Assignment,
};
use crate::{
    playbook::{CaseId, CaseStudy, Playbook, Published},
    project::Project,
};

/// A case: published, before and after calibration, and predicted from the others alone. At the reference rate and team.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseReport {
    /// The case.
    pub case: CaseId,
    /// Published low and high in weeks.
    pub published_weeks: (f64, f64),
    /// Published low and high in US dollars.
    pub published_budget_usd: (f64, f64),
    /// Weeks by the prior prices alone.
    pub prior_weeks: f64,
    /// US dollars by the prior prices alone.
    pub prior_budget_usd: f64,
    /// Weeks after calibration.
    pub weeks: Quantiles,
    /// US dollars after calibration.
    pub budget_usd: Quantiles,
    /// Median weeks when calibrated with the other cases only.
    pub left_out_weeks: f64,
    /// Median US dollars when calibrated with the other cases only.
    pub left_out_budget_usd: f64,
}

/// A case as the calibration sees it. The components take the page's frameworks, whatever the weights would advise.
pub(super) fn case_row(
    playbook: &Playbook,
    tables: &Tables,
    case: &CaseStudy,
    published: &Published,
    drawing: &Project,
) -> Result<CaseRow, EngineError> {
    let graph = Graph::new(drawing);
    let drawn = |id| drawing.components.get(id).is_some_and(|component| component.kind.is_service());
    let not_drawn: Vec<_> = case.frameworks.keys().filter(|id| !drawn(*id)).cloned().collect();
    if !not_drawn.is_empty() {
        return Err(EngineError::NotDrawn { case: case.id.clone(), components: not_drawn });
    }
    let mut assignment: Assignment = vec![None; graph.components.len()];
    let mut without = Vec::new();
    for position in graph.services() {
        let (id, component) = graph.components[position];
        let named = case.frameworks.get(id).or(component.pin.as_ref());
        assignment[position] = named.and_then(|framework| playbook.frameworks.get_index_of(framework));
        if assignment[position].is_none() {
            without.push(id.clone());
        }
    }
    if !without.is_empty() {
        return Err(EngineError::NoFramework { case: case.id.clone(), components: without });
    }
    let rate = playbook.estimate.reference_rate_usd_per_person_week;
    let in_weeks = published.unit.weeks();
    Ok(CaseRow {
        id: case.id.clone(),
        person_weeks: Work::new(playbook, tables, &graph, &Values::new(playbook, &graph)).totals(&assignment),
        effort: (published.budget_usd.0 / rate, published.budget_usd.1 / rate),
        weeks: (published.timeline.0 * in_weeks, published.timeline.1 * in_weeks),
    })
}

impl Engine {
    /// How each case with published figures is met, and how it would be predicted without itself.
    pub fn case_report(&self) -> Vec<CaseReport> {
        (0..self.cases.len()).map(|at| self.report_on(at)).collect()
    }

    fn report_on(&self, at: usize) -> CaseReport {
        let case = &self.cases[at];
        let rate = self.playbook.estimate.reference_rate_usd_per_person_week;
        let prior_weeks: Vec<f64> =
            case.person_weeks.iter().map(|weeks| weeks / self.playbook.estimate.reference_team_size).collect();
        let predict = |calibrations: &Calibrations| {
            let mut effort = calibrations.effort.predict(&case.person_weeks).distribution;
            effort.median *= rate;
            (calibrations.weeks.predict(&prior_weeks).distribution, effort)
        };
        let mut others = self.cases.clone();
        others.remove(at);
        // Fewer cases of a set that is not collinear are not collinear either.
        let left_out = Calibrations::new(&self.playbook, &others).map(|calibrations| predict(&calibrations));
        let (weeks, budget_usd) = predict(&self.calibrations);
        CaseReport {
            case: case.id.clone(),
            published_weeks: case.weeks,
            published_budget_usd: (case.effort.0 * rate, case.effort.1 * rate),
            prior_weeks: prior_weeks.iter().sum(),
            prior_budget_usd: case.person_weeks.iter().sum::<f64>() * rate,
            weeks: weeks.quantiles(),
            budget_usd: budget_usd.quantiles(),
            left_out_weeks: left_out.as_ref().map_or(0.0, |(weeks, _)| weeks.median),
            left_out_budget_usd: left_out.as_ref().map_or(0.0, |(_, budget_usd)| budget_usd.median),
        }
    }
}
