//! How the shares of the frameworks follow one number of a service, and where the verdict turns on the way.

use super::{
    flip::{Scan, step_of},
    probe::{Inquiry, Probe},
    recommend::shares,
};
use crate::{
    playbook::TraitKind,
    project::{FrameworkId, TraitId, TraitValue},
};

/// Turns are looked for up to this many times the high plausible value.
const FURTHEST: f64 = 4.0;
/// Points along a response between its bends.
const POINTS: usize = 96;

/// The shares of the frameworks of one service as a function of one of its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The number.
    pub trait_id: TraitId,
    /// What it is now; `None` if nobody has said (it counts 0 then).
    pub now: Option<f64>,
    /// The frameworks, in the playbook's order.
    pub frameworks: Vec<FrameworkId>,
    /// Values of the number, rising, with the share of each framework there, 0 to 1.
    pub points: Vec<(f64, Vec<f64>)>,
    /// The framework the service is on in the verdict, from each of these values on.
    pub spans: Vec<(f64, FrameworkId)>,
    /// Whether the plan turns elsewhere than the service's own evidence: what crossings cost moves the point.
    pub moved_by_seam: bool,
    /// The step in which people set the number.
    pub step: f64,
}

impl Response {
    /// The framework the service would be on at a value.
    pub fn framework_at(&self, value: f64) -> Option<&FrameworkId> {
        let spans = self.spans.iter().rev();
        spans.clone().find(|(from, _)| *from <= value).or(self.spans.first()).map(|(_, framework)| framework)
    }

    fn is_moved_by_seam(&self) -> bool {
        self.points.iter().any(|(x, shares)| {
            let best = shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(at, _)| &self.frameworks[at]);
            let near_turn = self.turns().any(|turn| (turn - x).abs() < 1e-9);
            !near_turn && best != self.framework_at(*x)
        })
    }

    /// The share of each framework at the point nearest to a value.
    pub fn shares_at(&self, value: f64) -> Option<&[f64]> {
        let nearest = self.points.iter().min_by(|a, b| (a.0 - value).abs().total_cmp(&(b.0 - value).abs()));
        nearest.map(|(_, shares)| shares.as_slice())
    }

    /// The values at which the verdict on the service turns.
    pub fn turns(&self) -> impl Iterator<Item = f64> {
        self.spans.iter().skip(1).map(|(from, _)| *from)
    }
}

impl Probe<'_> {
    /// The numbers of the service that any criterion reads, in the playbook's order.
    pub(super) fn quantities(&self) -> Vec<TraitId> {
        let numbers = self.open_traits().into_iter().filter_map(|at| {
            let known = self.known(at)?;
            matches!(known.value, TraitKind::Number { .. }).then(|| known.id.clone())
        });
        numbers.collect()
    }
}

impl Inquiry<'_> {
    /// The response of a service to one of its numbers; `None` for a flag, a choice, or a pinned service.
    pub(super) fn response(&self, position: usize, trait_id: &TraitId) -> Option<Response> {
        let probe = self.probe(position)?;
        let (at, _, known) = self.engine.playbook.traits.get_full(trait_id)?;
        let TraitKind::Number { least, most, plausible: (.., high), .. } = known.value else { return None };
        let cells = probe.cells();
        let now = cells[at].and_then(TraitValue::as_number);
        let here = now.unwrap_or(0.0);
        let least = least.min(here);
        let scan =
            Scan { probe: &probe, curves: probe.score_curves(&cells, &[], at, least), step: step_of(&known.value) };
        let frameworks: Vec<FrameworkId> = self.engine.playbook.frameworks.keys().cloned().collect();
        let spans = spans(&scan, &frameworks, least, (FURTHEST * high).max(here).min(most));
        // As far as there is anything to see, in doublings: a slider that is dragged must not make its own range longer.
        let seen = spans.iter().skip(1).map(|(from, _)| 1.05 * from).fold(here, f64::max);
        let mut until = 1.25 * high;
        while until < seen {
            until *= 2.0;
        }
        let until = until.min(most).max(least + scan.step);
        let places = scan.places(least, until);
        let mut xs: Vec<f64> = (0..=POINTS).map(|i| least + (until - least) * i as f64 / POINTS as f64).collect();
        xs.extend(&places);
        xs.push(here);
        xs.sort_by(f64::total_cmp);
        xs.dedup();
        let share = |x: f64| shares(&scan.curves.iter().map(|curve| curve.at(x)).collect::<Vec<_>>());
        let mut response = Response {
            trait_id: trait_id.clone(),
            now,
            points: xs.into_iter().map(|x| (x, share(x))).collect(),
            spans,
            frameworks,
            moved_by_seam: false,
            step: scan.step,
        };
        response.moved_by_seam = response.is_moved_by_seam();
        Some(response)
    }
}

/// From where on which framework is chosen.
fn spans(scan: &Scan<'_, '_>, frameworks: &[FrameworkId], least: f64, until: f64) -> Vec<(f64, FrameworkId)> {
    let mut spans: Vec<(f64, FrameworkId)> = Vec::new();
    for pair in scan.places(least, until).windows(2) {
        let Some(chosen) = scan.chosen(f64::midpoint(pair[0], pair[1])) else { continue };
        if spans.last().is_none_or(|(_, last)| *last != frameworks[chosen]) {
            spans.push((pair[0], frameworks[chosen].clone()));
        }
    }
    spans
}
