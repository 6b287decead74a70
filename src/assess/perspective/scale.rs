//! Values in a few classes with round borders.

use crate::palette::{STEPS, Tone};

/// From this ratio of largest to smallest on, equal steps would put nearly everything into the first.
const HUGE_RATIO: f64 = 100.0;
/// Borders closer than this share of a step are the same, so that rounding does not decide.
const TOLERANCE: f64 = 1e-9;

/// Where the classes of a scale begin, ascending, and where the last one ends.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) edges: Vec<f64>,
}

impl Scale {
    /// At most [`STEPS`] classes over these finite values, two at least; `None` if all are the same. `whole`: the borders
    /// must be whole numbers.
    pub(super) fn over(values: &[f64], whole: bool) -> Option<Self> {
        let low = values.iter().copied().reduce(f64::min)?;
        let high = values.iter().copied().reduce(f64::max)?;
        if low >= high {
            return None;
        }
        let least_positive = values.iter().copied().filter(|value| *value > 0.0).reduce(f64::min);
        let edges = match least_positive {
            Some(least) if low >= 0.0 && high / least >= HUGE_RATIO => by_factors(low == 0.0, least, high),
            _ => by_steps(low, high, whole),
        };
        Some(Self { edges })
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.edges.len() - 1
    }

    /// The class of a value.
    pub(super) fn class_of(&self, value: f64) -> usize {
        let begins = &self.edges[..self.len()];
        let near = |edge: &f64| *edge <= value + (edge.abs() + value.abs()) * TOLERANCE;
        begins.partition_point(near).saturating_sub(1)
    }

    /// The colour of a class among so many.
    pub(super) fn tone(class: usize, classes: usize) -> Tone {
        let last = (STEPS - 1) as f64;
        let step = if classes < 2 { last / 2.0 } else { class as f64 * last / (classes - 1) as f64 };
        Tone::Step(step.round() as usize)
    }
}

/// Equal steps of 1, 2, 2.5 or 5 times a power of ten: the smallest that need no more classes than there are colours.
fn by_steps(low: f64, high: f64, whole: bool) -> Vec<f64> {
    let magnitude = ((high - low) / STEPS as f64).log10().floor();
    let candidates =
        (0..4).flat_map(|power| [1.0, 2.0, 2.5, 5.0].map(|factor| factor * 10_f64.powf(magnitude + f64::from(power))));
    let mut step = high - low;
    for candidate in candidates {
        let first = (low / candidate + TOLERANCE).floor();
        let last = (high / candidate - TOLERANCE).ceil();
        if whole && candidate.fract() != 0.0 {
            continue;
        }
        step = candidate;
        if last - first <= STEPS as f64 {
            break;
        }
    }
    let first = (low / step + TOLERANCE).floor();
    let last = (high / step - TOLERANCE).ceil().max(first + 1.0);
    let count = (last - first).min(STEPS as f64) as usize;
    (0..=count).map(|i| (first + i as f64) * step).collect()
}

/// Powers of ten, or of a power of ten where there are too many. Zero is a class of its own.
fn by_factors(zero: bool, least: f64, high: f64) -> Vec<f64> {
    let first = (least.log10() + TOLERANCE).floor();
    let last = (high.log10() - TOLERANCE).ceil().max(first + 1.0);
    let room = (STEPS - usize::from(zero)) as f64;
    let each = ((last - first) / room).ceil().max(1.0);
    let count = ((last - first) / each).ceil() as usize;
    let powers = (0..=count).map(|i| 10_f64.powf(first + i as f64 * each));
    let mut edges: Vec<f64> = if zero { vec![0.0] } else { Vec::new() };
    edges.extend(powers);
    edges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edges(values: &[f64], whole: bool) -> Vec<f64> {
        Scale::over(values, whole).unwrap().edges
    }

    #[test]
    fn what_is_next_to_nothing_beside_a_step_decides_no_border() {
        let scale = Scale::over(&[524_049_235_923.876_3, -84.296_015_334_870_96], false).unwrap();
        assert_eq!((scale.edges[0], scale.class_of(-84.3)), (0.0, 0));
    }

    #[test]
    fn borders_are_round_numbers() {
        assert_eq!(edges(&[4.2, 12.4, 38.0], false), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(edges(&[62.0, 97.0], false), [60.0, 70.0, 80.0, 90.0, 100.0]);
        assert_eq!(edges(&[11_400.0, 95_900.0], false), [0.0, 20_000.0, 40_000.0, 60_000.0, 80_000.0, 100_000.0]);
        assert_eq!(edges(&[0.0, 13.0], true), [0.0, 5.0, 10.0, 15.0]);
        assert!(edges(&[0.0, 7.0, 13.0], true).iter().all(|edge| edge.fract() == 0.0));
    }

    #[test]
    fn a_huge_range_goes_by_factors_and_keeps_zero_apart() {
        assert_eq!(edges(&[3.0, 40.0, 9000.0], false), [1.0, 10.0, 100.0, 1000.0, 10_000.0]);
        assert_eq!(edges(&[0.0, 3.0, 900.0], true), [0.0, 1.0, 10.0, 100.0, 1000.0]);
        let scale = Scale::over(&[0.0, 3.0, 10.0, 900.0], true).unwrap();
        assert_eq!([0.0, 3.0, 10.0, 900.0].map(|value| scale.class_of(value)), [0, 1, 2, 3]);
    }

    #[test]
    fn one_value_has_no_scale() {
        for values in [&[][..], &[5.0], &[7.5, 7.5, 7.5], &[0.0, 0.0]] {
            assert_eq!(Scale::over(values, false), None);
        }
        assert_eq!(Scale::tone(0, 1), Tone::Step(3));
        assert_eq!([Scale::tone(0, 2), Scale::tone(1, 2)], [Tone::Step(0), Tone::Step(5)]);
    }

    proptest! {
        #[test]
        fn every_value_is_in_its_class_and_more_is_never_a_lower_one(
            values in prop::collection::vec(prop_oneof![Just(0.0), 0.0..1e3_f64, -1e6..1e6_f64, 1e-6..1e12_f64], 2..40),
            whole: bool,
        ) {
            let values: Vec<f64> = values.iter().map(|value| if whole { value.round() } else { *value }).collect();
            let Some(scale) = Scale::over(&values, whole) else { return Ok(()) };
            prop_assert!((1..=STEPS).contains(&scale.len()), "{:?}", scale.edges);
            prop_assert!(scale.edges.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", scale.edges);
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert!(sorted.iter().map(|value| scale.class_of(*value)).is_sorted());
            // What lies nearer to a border than a share of the step may be on either side of it.
            let step = TOLERANCE * (scale.edges[scale.len()] - scale.edges[0]);
            for value in sorted {
                let class = scale.class_of(value);
                let slack = 1e-6 * (1.0 + value.abs()) + step;
                prop_assert!(scale.edges[class] <= value + slack && value <= scale.edges[class + 1] + slack);
            }
        }
    }
}
