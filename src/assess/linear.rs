//! A Gaussian prior conditioned on a few sums that are known exactly.

/// Pivots below this share of their diagonal mean that an observation says nothing the earlier ones did not say.
const COLLINEAR: f64 = 1e-9;

/// The observation (its position) that the earlier ones already determine, or that observes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Collinear(pub(super) usize);

/// Independent normal variables, conditioned on `rows` x variables = observed.
#[derive(Clone, Debug)]
pub(super) struct Conditioned {
    /// Means after conditioning.
    pub(super) mean: Vec<f64>,
    prior_variance: Vec<f64>,
    rows: Vec<Vec<f64>>,
    factor: Cholesky,
}

impl Conditioned {
    pub(super) fn new(
        prior_mean: &[f64],
        prior_variance: Vec<f64>,
        rows: Vec<Vec<f64>>,
        observed: &[f64],
    ) -> Result<Self, Collinear> {
        let covariance = |a: &[f64], b: &[f64]| -> f64 {
            a.iter().zip(b).zip(&prior_variance).map(|((a, b), variance)| a * b * variance).sum()
        };
        let k: Vec<Vec<f64>> = rows.iter().map(|a| rows.iter().map(|b| covariance(a, b)).collect()).collect();
        let factor = Cholesky::new(&k)?;
        let surprise: Vec<f64> =
            rows.iter().zip(observed).map(|(row, observed)| observed - dot(row, prior_mean)).collect();
        let pull = factor.solve(&surprise);
        let mut mean = prior_mean.to_vec();
        for (row, pull) in rows.iter().zip(&pull) {
            for ((mean, x), variance) in mean.iter_mut().zip(row).zip(&prior_variance) {
                *mean += variance * x * pull;
            }
        }
        Ok(Self { mean, prior_variance, rows, factor })
    }

    /// How much the estimate of the sum `x` leans on each observation: K^-1 X S x.
    pub(super) fn weights(&self, x: &[f64]) -> Vec<f64> {
        let shared: Vec<f64> = self
            .rows
            .iter()
            .map(|row| row.iter().zip(x).zip(&self.prior_variance).map(|((a, b), variance)| a * b * variance).sum())
            .collect();
        self.factor.solve(&shared)
    }

    /// The variance that is left in the sum `x`, given its weights: x^T S' x, as the length of what the observations do not
    /// reach, so that rounding cannot make it negative.
    pub(super) fn variance(&self, x: &[f64], weights: &[f64]) -> f64 {
        let mut rest = x.to_vec();
        for (row, weight) in self.rows.iter().zip(weights) {
            for (rest, a) in rest.iter_mut().zip(row) {
                *rest -= a * weight;
            }
        }
        rest.iter().zip(&self.prior_variance).map(|(rest, variance)| rest * rest * variance).sum()
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A symmetric positive matrix as L L^T.
#[derive(Clone, Debug)]
struct Cholesky {
    lower: Vec<Vec<f64>>,
}

impl Cholesky {
    fn new(matrix: &[Vec<f64>]) -> Result<Self, Collinear> {
        let mut lower: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
        for (i, row) in matrix.iter().enumerate() {
            let mut new = vec![0.0; i + 1];
            for j in 0..i {
                new[j] = (row[j] - dot(&new[..j], &lower[j][..j])) / lower[j][j];
            }
            let pivot = row[i] - dot(&new[..i], &new[..i]);
            if pivot.is_nan() || pivot <= row[i] * COLLINEAR || row[i] <= 0.0 {
                return Err(Collinear(i));
            }
            new[i] = pivot.sqrt();
            lower.push(new);
        }
        Ok(Self { lower })
    }

    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solution = right.to_vec();
        for i in 0..solution.len() {
            solution[i] = (solution[i] - dot(&self.lower[i][..i], &solution[..i])) / self.lower[i][i];
        }
        for i in (0..solution.len()).rev() {
            let below: f64 = (i + 1..solution.len()).map(|j| self.lower[j][i] * solution[j]).sum();
            solution[i] = (solution[i] - below) / self.lower[i][i];
        }
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observed_sums_come_out_and_leave_no_variance() {
        let rows = vec![vec![3.0, 1.0, 0.0], vec![1.0, 0.0, 4.0]];
        let conditioned = Conditioned::new(&[1.0; 3], vec![0.1, 0.2, 0.3], rows.clone(), &[5.0, 4.5]).unwrap();
        for (row, observed) in rows.iter().zip([5.0, 4.5]) {
            assert!((dot(row, &conditioned.mean) - observed).abs() < 1e-12);
            assert!(conditioned.variance(row, &conditioned.weights(row)) < 1e-24);
        }
        let elsewhere = [0.0, 1.0, 0.0];
        let left = conditioned.variance(&elsewhere, &conditioned.weights(&elsewhere));
        assert!(left > 0.0 && left < 0.2, "{left}");
    }

    #[test]
    fn an_observation_that_repeats_another_is_named() {
        let rows = vec![vec![1.0, 2.0], vec![2.0, 4.0]];
        let error = Conditioned::new(&[1.0; 2], vec![1.0; 2], rows, &[1.0, 2.0]).unwrap_err();
        assert_eq!(error, Collinear(1));
    }
}
