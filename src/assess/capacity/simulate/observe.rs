//! From what was seen to figures with their confidence.

use super::{Estimate, Observed};

/// Batches that a run is taken apart into; answers near each other in time are alike, batches are not.
const BATCHES: usize = 20;
/// The 97.5th percentile of Student's t with one degree of freedom less.
const STUDENT_T: f64 = 2.093;
const SHARE: f64 = 0.95;

/// Responses and waits of one service, in the order in which they were answered, in seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    responses_s: Vec<f64>,
    waits_s: Vec<f64>,
}

impl Seen {
    pub(super) fn add(&mut self, response_s: f64, wait_s: f64) {
        self.responses_s.push(response_s);
        self.waits_s.push(wait_s);
    }

    /// `None` if nothing was answered.
    pub(super) fn observed(&self) -> Option<Observed> {
        if self.responses_s.is_empty() {
            return None;
        }
        Some(Observed {
            requests: self.responses_s.len() as u64,
            mean_s: estimate(&self.responses_s, mean),
            p95_s: estimate(&self.responses_s, percentile),
            wait_mean_s: estimate(&self.waits_s, mean),
            wait_p95_s: estimate(&self.waits_s, percentile),
        })
    }
}

fn estimate(values: &[f64], figure: impl Fn(&[f64]) -> f64) -> Estimate {
    let value = figure(values);
    let size = values.len() / BATCHES;
    if size < 2 {
        return Estimate { value, half_width: f64::INFINITY };
    }
    let figures: Vec<f64> = values.chunks_exact(size).take(BATCHES).map(figure).collect();
    let middle = mean(&figures);
    let squares: f64 = figures.iter().map(|figure| (figure - middle).powi(2)).sum();
    let variance = squares / (BATCHES - 1) as f64;
    Estimate { value, half_width: STUDENT_T * (variance / BATCHES as f64).sqrt() }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn percentile(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    let at = ((values.len() as f64 * SHARE) as usize).min(values.len() - 1);
    let (_, value, _) = sorted.select_nth_unstable_by(at, f64::total_cmp);
    *value
}
