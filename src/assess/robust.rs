//! How much hangs on any one weight: each is made larger and smaller by a share, and what turns is told.

use super::{
    engine::Engine,
    inquiry::MOST_SERVICES,
    probe::Inquiry,
    recommend::Evidence,
    types::{Assessment, Reason, VerdictKind},
    verdict::Weighing,
};
use crate::{
    playbook::CriterionId,
    project::{ComponentId, FrameworkId, Project, Protocol},
};

/// A number of ours that a verdict rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum Knob {
    /// The weights of a criterion.
    Criterion(CriterionId),
    /// The points a framework has before any evidence.
    Prior(FrameworkId),
    /// The price of a crossing connection of this protocol.
    Crossing(Protocol),
    /// The price of a second framework.
    SecondFramework,
}

/// What turned when one number was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Turned {
    /// The number.
    pub knob: Knob,
    /// What it was multiplied with: 0.75 or 1.25 for a share of a quarter.
    pub factor: f64,
    /// The services that change their framework: from, to.
    pub components: Vec<(ComponentId, FrameworkId, FrameworkId)>,
    /// The verdict on the whole, if it is another one.
    pub verdict: Option<VerdictKind>,
}

/// The weight that a service's advice hangs on most.
#[derive(Clone, Debug, PartialEq)]
pub struct Weakest {
    /// The service.
    pub component: ComponentId,
    /// Its lead in the plan over the strongest framework of another family, the rest of the system included, in decibans.
    pub margin_db: f64,
    /// The criterion that brings the most of it; `None` if nothing speaks for it.
    pub criterion: Option<CriterionId>,
    /// By what share of its weight that criterion would have to count for less for the lead to be gone: 0.4 is 40 %. Above 1
    /// the lead is there without it.
    pub share_to_turn: f64,
}

/// The report on a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// By what share each number was moved, up and down.
    pub share: f64,
    /// How many verdicts were worked out.
    pub trials: usize,
    /// The trials in which something turned.
    pub turned: Vec<Turned>,
    /// Each service with the criterion it hangs on most, the most delicate first; without pinned ones, and of very many only
    /// those with the smallest leads.
    pub weakest: Vec<Weakest>,
}

impl Engine {
    /// Moves every weight, prior and price of mixing by a share, one at a time, and says which verdicts would change.
    pub fn robustness(&self, project: &Project, assessment: &Assessment, share: f64) -> Robustness {
        self.inquire(project, |inquiry| {
            let mut report = Robustness { share, trials: 0, turned: Vec::new(), weakest: self.weakest(inquiry) };
            let bench = Bench { engine: self, weighing: &inquiry.weighing, assessment };
            for knob in self.knobs(assessment) {
                for factor in [1.0 - share, 1.0 + share] {
                    report.trials += 1;
                    report.turned.extend(bench.turned(&knob, factor));
                }
            }
            report
        })
    }

    /// Every number that has anything to do with the project: a weight of a criterion that does not hold turns nothing.
    fn knobs(&self, assessment: &Assessment) -> Vec<Knob> {
        let holds = |id: &&CriterionId| {
            let mut reasons = assessment.components.values().flat_map(|advice| &advice.reasons);
            reasons.any(|reason| reason.criterion == **id)
        };
        let criteria = self.playbook.criteria.keys().filter(holds).cloned().map(Knob::Criterion);
        let priors = self.playbook.frameworks.values().filter(|framework| framework.prior_db != 0.0);
        criteria
            .chain(priors.map(|framework| Knob::Prior(framework.id.clone())))
            .chain(Protocol::ALL.map(Knob::Crossing))
            .chain([Knob::SecondFramework])
            .collect()
    }

    /// Each service with what it hangs on most, in the plan: the rest of the system included.
    fn weakest(&self, inquiry: &Inquiry<'_>) -> Vec<Weakest> {
        let services = inquiry.closest(MOST_SERVICES).into_iter();
        let mut weakest: Vec<Weakest> = services.filter_map(|position| self.weakest_of(inquiry, position)).collect();
        weakest.sort_by(|a, b| a.share_to_turn.total_cmp(&b.share_to_turn));
        weakest
    }

    fn weakest_of(&self, inquiry: &Inquiry<'_>, position: usize) -> Option<Weakest> {
        let probe = inquiry.probe(position)?;
        let evidence = inquiry.weighing.evidence[position].as_ref()?;
        let lead_db = probe.lead_db(probe.now_db())?;
        let (ahead, behind) = probe.rivals(probe.now_db())?;
        let brings = |reason: &'_ Reason| -> Option<(CriterionId, f64)> {
            let weights_db = &self.tables.weights_db[self.playbook.criteria.get_index_of(&reason.criterion)?];
            Some((reason.criterion.clone(), reason.strength * (weights_db[ahead] - weights_db[behind])))
        };
        let strongest = evidence.reasons.iter().filter_map(brings).filter(|(_, db)| *db > 0.0);
        let strongest = strongest.reduce(|a, b| if b.1 > a.1 { b } else { a });
        Some(Weakest {
            component: inquiry.graph.components[position].0.clone(),
            margin_db: lead_db,
            share_to_turn: strongest.as_ref().map_or(0.0, |(_, db)| lead_db / db),
            criterion: strongest.map(|(criterion, _)| criterion),
        })
    }
}

/// A project under trial.
struct Bench<'a> {
    engine: &'a Engine,
    /// The weighing with every number as it is.
    weighing: &'a Weighing<'a>,
    assessment: &'a Assessment,
}

impl Bench<'_> {
    fn turned(&self, knob: &Knob, factor: f64) -> Option<Turned> {
        let evidence: Vec<Option<Evidence>> = self
            .weighing
            .evidence
            .iter()
            .map(|evidence| Some(self.moved(evidence.as_ref()?, knob, factor - 1.0)))
            .collect();
        let mut prices = self.weighing.prices;
        match knob {
            Knob::Crossing(protocol) => prices.crossing_db[*protocol as usize] *= factor,
            Knob::SecondFramework => prices.second_framework_db *= factor,
            Knob::Criterion(_) | Knob::Prior(_) => {}
        }
        let weighing = Weighing { prices, evidence: &evidence, ..*self.weighing };
        let (verdict, _) = weighing.verdict();
        let before = &self.assessment.verdict;
        let changed =
            |id: &ComponentId, to: &FrameworkId| before.assignment.get(id).filter(|from| *from != to).cloned();
        let moved = verdict.assignment.iter().filter_map(|(id, to)| Some((id.clone(), changed(id, to)?, to.clone())));
        let turned = Turned {
            knob: knob.clone(),
            factor,
            components: moved.collect(),
            verdict: (verdict.kind != before.kind).then_some(verdict.kind),
        };
        (!turned.components.is_empty() || turned.verdict.is_some()).then_some(turned)
    }

    /// The evidence on a service with one number moved by a share: scores are sums, so only its part in them moves.
    fn moved(&self, evidence: &Evidence, knob: &Knob, share: f64) -> Evidence {
        let (playbook, tables) = (&self.engine.playbook, &self.engine.tables);
        match knob {
            Knob::Criterion(id) => {
                let strength = evidence.reasons.iter().find(|reason| reason.criterion == *id).map(|one| one.strength);
                let at = playbook.criteria.get_index_of(id);
                let weights_db = at.map(|at| &tables.weights_db[at]);
                evidence.moved(playbook, |framework| {
                    let weight_db = weights_db.map_or(0.0, |weights_db| weights_db[framework]);
                    share * weight_db * strength.unwrap_or(0.0)
                })
            }
            Knob::Prior(id) => evidence.moved(playbook, |framework| {
                let here = playbook.frameworks.get_index(framework).filter(|(known, _)| *known == id);
                here.map_or(0.0, |(_, framework)| share * framework.prior_db)
            }),
            Knob::Crossing(_) | Knob::SecondFramework => evidence.moved(playbook, |_| 0.0),
        }
    }
}
