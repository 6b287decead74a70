//! What the model gives for set-ups that were measured.

use super::{
    demand::{Call, Request},
    knowledge::Knowledge,
    server::{Deployment, Server},
};
use crate::{
    playbook::{CaseFigure, CaseLoad, Claim, Figure, ModelCase, Playbook, Setup},
    project::Machines,
};

/// Model and measurement agree where the model lies within this share of what was measured.
pub const AGREES_WITHIN: f64 = 0.25;

/// Two that differ by no more than this share are even.
const DRAW: f64 = 0.05;

const MS: f64 = 1e-3;

/// A set-up with what the model gives for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modelled<'a> {
    /// The set-up and its measurement.
    pub case: &'a ModelCase,
    /// What the model gives, in the unit of the figure, or as a ratio: from where service times do not vary to where they vary as much as
    /// exponential ones, the smaller first; the same twice where that makes no difference. `None` where there is no bound.
    pub model: Option<(f64, f64)>,
    /// Whether the two agree.
    pub agrees: bool,
}

/// What the model gives for the set-ups of a claim, with the figures of the playbook.
pub fn modelled<'a>(playbook: &'a Playbook, claim: &'a Claim) -> Vec<Modelled<'a>> {
    let machines = Machines::default();
    let Some(knowledge) = Knowledge::new(playbook, &machines) else { return Vec::new() };
    let of_case = |case: &'a ModelCase| {
        let of = figure(&knowledge, &case.of, case.figure);
        let model = match &case.against {
            None => of,
            Some(against) => {
                of.zip(figure(&knowledge, against, case.figure)).map(|(of, by)| (of.0 / by.0, of.1 / by.1))
            }
        };
        let model = model.filter(|(a, b)| a.is_finite() && b.is_finite()).map(|(a, b)| (a.min(b), a.max(b)));
        let agrees = model.is_some_and(|(low, high)| {
            let room = AGREES_WITHIN * case.measured.abs();
            let near = low <= case.measured + room && high >= case.measured - room;
            // Of two that are held against each other the same one has to win, unless it is all but a draw.
            let same_winner = match &case.against {
                Some(_) if (case.measured - 1.0).abs() > DRAW => {
                    if case.measured > 1.0 {
                        high > 1.0
                    } else {
                        low < 1.0
                    }
                }
                _ => true,
            };
            near && same_winner
        });
        Modelled { case, model, agrees }
    };
    claim.model.iter().map(of_case).collect()
}

fn figure(knowledge: &Knowledge<'_>, setup: &Setup, figure: CaseFigure) -> Option<(f64, f64)> {
    let (_, kind) = knowledge.servers().find(|(id, _)| **id == setup.server)?;
    let queries = f64::from(setup.reads + setup.inserts);
    let request = Request {
        calls: vec![Call { count: 1.0, latency_s: setup.call_ms * MS }; setup.calls as usize],
        together: setup.together,
        reads: setup.reads.into(),
        inserts: setup.inserts.into(),
        handovers: 0.0,
        trips_s: queries * knowledge.settings.round_trip_ms * MS,
        validates: setup.validates,
        own_cpu_s: setup.cpu_ms * MS,
    };
    let deployment = Deployment {
        processes: setup.processes,
        slots_per_process: setup.slots.or(kind.slots.most()),
        cpus: setup.processes,
    };
    let server = Server { demand: request.demand(kind, |figure: &Figure| figure.typical), deployment };
    let both = |value: f64| Some((value, value));
    let ms = |seconds: f64| seconds / MS;
    match (figure, setup.load) {
        (CaseFigure::MostPerS, _) => both(server.saturation_per_s()),
        (CaseFigure::Busy, CaseLoad::Rate(rate_per_s)) => both(server.cpu_utilisation(rate_per_s)),
        (CaseFigure::PerS, CaseLoad::Clients(clients)) => both(server.closed(clients).planned_per_s),
        (CaseFigure::MeanMs, CaseLoad::Clients(clients)) => both(ms(server.closed(clients).response_s())),
        (CaseFigure::MeanMs | CaseFigure::P95Ms | CaseFigure::P99Ms, CaseLoad::Alone) => {
            both(ms(server.demand.alone_s()))
        }
        (CaseFigure::MeanMs, CaseLoad::Rate(rate_per_s)) => both(ms(server.response(rate_per_s)?.mean_s)),
        (CaseFigure::P95Ms | CaseFigure::P99Ms, CaseLoad::Rate(rate_per_s)) => {
            let share = if figure == CaseFigure::P95Ms { 0.95 } else { 0.99 };
            let at = |cs2: f64| super::Open::new(&server, rate_per_s, cs2).map(|open| ms(open.percentile_s(share)));
            at(0.0).zip(at(1.0))
        }
        // What has no answer is refused when a playbook is loaded.
        _ => None,
    }
}
