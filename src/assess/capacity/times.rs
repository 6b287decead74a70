//! A time that varies: so many seconds for such a share of the requests.

use super::sizing::TARGET_SHARE;

/// Bounds of the shares that a time is told in, the slowest requests in the smallest ones. The middle, the 95th and the 99th percentile each
/// lie in the middle of theirs.
const BOUNDS: [f64; 18] =
    [0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.91, 0.945, 0.955, 0.97, 0.985, 0.995, 0.999, 1.0];
/// The same for a wait that is exponential among those who have to wait.
const WAIT_BOUNDS: [f64; 11] = [0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.87, 0.94, 0.98, 0.996, 1.0];
/// A wait of fewer than this share is told as always so long: it is in no percentile that is told.
const SELDOM: f64 = 0.002;
/// A wait of fewer than this share is told as its mean, which is next to nothing.
const NEVER: f64 = 1e-8;
/// Times nearer to each other than this share are the same.
const SAME: f64 = 1e-9;
/// More calls in a row than this are played as so many.
const MOST_IN_A_ROW: f64 = 1e9;

/// What 95 of 100 requests wait that make these calls one after the other, each so many times and so long: of a part of a call, that share of
/// the requests makes it whole.
pub(in crate::assess) fn p95_in_a_row(calls: impl Iterator<Item = (f64, f64)>) -> f64 {
    // Whole calls, which are by far the most, only add up.
    let (mut certain, mut varying) = (0.0, Times::always(0.0));
    for (count, time) in calls {
        let whole = count.max(0.0).floor();
        certain += whole * time;
        if count > whole {
            varying = varying.then(&Times::always(time).sometimes(count - whole));
        }
    }
    certain + varying.percentile_s(TARGET_SHARE)
}

/// The same where all calls are under way at once.
pub(in crate::assess) fn p95_at_once(calls: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut certain, mut varying) = (0.0_f64, Times::always(0.0));
    for (count, time) in calls {
        if count >= 1.0 {
            certain = certain.max(time);
        } else {
            varying = varying.longer(&Times::always(time).sometimes(count));
        }
    }
    certain.max(varying.percentile_s(TARGET_SHARE))
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    seconds: f64,
    share: f64,
}

/// A time as shares of the requests, the quickest first; the shares sum to one. Many are put together so that the mean stays exact and a
/// longer time never becomes a shorter one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Times {
    parts: Vec<Part>,
}

impl Times {
    /// Always the same.
    pub(super) fn always(seconds: f64) -> Self {
        Self { parts: vec![Part { seconds, share: 1.0 }] }
    }

    /// Each of these as likely as the others.
    pub(super) fn evenly(seconds: impl ExactSizeIterator<Item = f64>) -> Self {
        let share = 1.0 / seconds.len().max(1) as f64;
        Self::of(seconds.map(|seconds| Part { seconds, share }).collect())
    }

    fn of(mut parts: Vec<Part>) -> Self {
        if parts.is_empty() {
            return Self::always(0.0);
        }
        parts.sort_unstable_by(|a, b| a.seconds.total_cmp(&b.seconds));
        parts.dedup_by(|next, kept| {
            let same = next.seconds - kept.seconds <= SAME * next.seconds.abs();
            if same {
                kept.share += next.share;
            }
            same
        });
        Self { parts }.in_few()
    }

    /// The same in no more parts than there are bounds: each the mean of what lies between two of them.
    fn in_few(self) -> Self {
        if self.parts.len() < BOUNDS.len() {
            return self;
        }
        let mut few = Vec::with_capacity(BOUNDS.len());
        let mut parts = self.parts.iter().copied();
        let mut part = parts.next();
        for bounds in BOUNDS.windows(2) {
            let wanted = bounds[1] - bounds[0];
            let (mut left, mut sum, mut last) = (wanted, 0.0, 0.0);
            while let Some(open) = part.as_mut() {
                let taken = open.share.min(left);
                sum += taken * open.seconds;
                (open.share, left, last) = (open.share - taken, left - taken, open.seconds);
                if open.share > 0.0 {
                    break;
                }
                part = parts.next();
            }
            // What is missing by rounding is as slow as the slowest.
            few.push(Part { seconds: (sum + left.max(0.0) * last) / wanted, share: wanted });
        }
        Self { parts: few }
    }

    /// The seconds, where they are always the same.
    pub(super) fn fixed(&self) -> Option<f64> {
        match self.parts.as_slice() {
            [one] => Some(one.seconds),
            _ => None,
        }
    }

    pub(super) fn mean_s(&self) -> f64 {
        self.parts.iter().map(|part| part.share * part.seconds).sum()
    }

    /// How far it varies around the mean, squared.
    pub(super) fn variance_s2(&self) -> f64 {
        let mean_s = self.mean_s();
        self.parts.iter().map(|part| part.share * (part.seconds - mean_s).powi(2)).sum()
    }

    /// The time that a share `p` of the requests stays under.
    pub(super) fn percentile_s(&self, p: f64) -> f64 {
        let mut below = 0.0;
        for part in &self.parts {
            below += part.share;
            if below >= p - SAME {
                return part.seconds;
            }
        }
        self.parts.last().map_or(0.0, |part| part.seconds)
    }

    /// So much longer.
    pub(super) fn and(mut self, seconds: f64) -> Self {
        self.parts.iter_mut().for_each(|part| part.seconds += seconds);
        self
    }

    /// Only for a share of the requests, and nothing for the others.
    pub(super) fn sometimes(&self, share: f64) -> Self {
        if share >= 1.0 {
            return self.clone();
        }
        let share = share.max(0.0);
        let parts = self.parts.iter().map(|part| Part { share: part.share * share, ..*part });
        Self::of(std::iter::once(Part { seconds: 0.0, share: 1.0 - share }).chain(parts).collect())
    }

    /// The one for a share of the requests, the other for the rest.
    pub(super) fn or(&self, other: &Self, share: f64) -> Self {
        let own = self.parts.iter().map(|part| Part { share: part.share * share, ..*part });
        let rest = other.parts.iter().map(|part| Part { share: part.share * (1.0 - share), ..*part });
        Self::of(own.chain(rest).filter(|part| part.share > 0.0).collect())
    }

    /// One after the other, independently of each other.
    pub(super) fn then(&self, other: &Self) -> Self {
        match (self.fixed(), other.fixed()) {
            (_, Some(seconds)) => self.clone().and(seconds),
            (Some(seconds), None) => other.clone().and(seconds),
            (None, None) => {
                let both = self.parts.iter().flat_map(|a| {
                    other.parts.iter().map(move |b| Part { seconds: a.seconds + b.seconds, share: a.share * b.share })
                });
                Self::of(both.collect())
            }
        }
    }

    /// So many times in a row; of a part of one, only for that share of the requests.
    pub(super) fn in_a_row(&self, count: f64) -> Self {
        let count = count.clamp(0.0, MOST_IN_A_ROW);
        let whole = count.floor();
        let rest = self.sometimes(count - whole);
        let mut sum = if count > whole { rest } else { Self::always(0.0) };
        if let Some(seconds) = self.fixed() {
            return sum.and(whole * seconds);
        }
        let (mut left, mut doubled) = (whole as u64, self.clone());
        while left > 0 {
            if left % 2 == 1 {
                sum = sum.then(&doubled);
            }
            left /= 2;
            if left > 0 {
                doubled = doubled.then(&doubled);
            }
        }
        sum
    }

    /// The longer of the two, independent of each other.
    pub(super) fn longer(&self, other: &Self) -> Self {
        if let (Some(a), Some(b)) = (self.fixed(), other.fixed()) {
            return Self::always(a.max(b));
        }
        let (mut one, mut two) = (self.parts.iter().peekable(), other.parts.iter().peekable());
        let (mut below_one, mut below_two, mut below) = (0.0_f64, 0.0_f64, 0.0_f64);
        let mut parts = Vec::with_capacity(self.parts.len() + other.parts.len());
        loop {
            let next = one.peek().into_iter().chain(two.peek()).map(|part| part.seconds).reduce(f64::min);
            let Some(seconds) = next else { break };
            while let Some(part) = one.next_if(|part| part.seconds <= seconds) {
                below_one += part.share;
            }
            while let Some(part) = two.next_if(|part| part.seconds <= seconds) {
                below_two += part.share;
            }
            let so_far = below_one.min(1.0) * below_two.min(1.0);
            if so_far > below {
                parts.push(Part { seconds, share: so_far - below });
                below = so_far;
            }
        }
        Self::of(parts)
    }

    /// The longest of so many, independent of each other.
    pub(super) fn longest_of(&self, count: f64) -> Self {
        if self.fixed().is_some() || count <= 1.0 {
            return self.clone();
        }
        let (mut below, mut before) = (0.0_f64, 0.0);
        let parts = self.parts.iter().map(|part| {
            below = (below + part.share).min(1.0);
            let so_far = below.powf(count);
            let share = so_far - before;
            before = so_far;
            Part { share, ..*part }
        });
        Self::of(parts.filter(|part| part.share > 0.0).collect())
    }

    /// A wait: nothing for most, and exponential with this mean for the share that has to.
    pub(super) fn wait(delayed: f64, mean_s: f64) -> Self {
        if delayed * mean_s <= 0.0 || !mean_s.is_finite() {
            return Self::always(0.0);
        }
        if delayed < NEVER {
            return Self::always(delayed * mean_s);
        }
        if delayed < SELDOM {
            // Not its mean for everybody: then with a little more load, where it is told as below, percentiles would be shorter.
            return Self::always(mean_s).sometimes(delayed);
        }
        // The sum of -ln(v) up to v.
        let up_to = |v: f64| if v > 0.0 { v - v * v.ln() } else { 0.0 };
        let parts = WAIT_BOUNDS.windows(2).map(|bounds| {
            let share = bounds[1] - bounds[0];
            let seconds = mean_s * (up_to(1.0 - bounds[0]) - up_to(1.0 - bounds[1])) / share;
            Part { seconds, share: share * delayed }
        });
        Self::of(std::iter::once(Part { seconds: 0.0, share: 1.0 - delayed }).chain(parts).collect())
    }

    /// The time that a share `p` stays under of this and a wait as above, one after the other: exact. Between two parts the share that is later
    /// than t is `P + delayed A e^(-t/mean)`, with P what is later anyway and A what of the quicker ones is still waiting.
    pub(super) fn percentile_with_wait_s(&self, delayed: f64, mean_s: f64, p: f64) -> f64 {
        if delayed * mean_s <= 0.0 {
            return self.percentile_s(p);
        }
        let beyond = 1.0 - p;
        let (mut later, mut waiting, mut before_s) = (1.0_f64, 0.0_f64, 0.0_f64);
        for (at, part) in self.parts.iter().enumerate() {
            waiting = waiting * ((before_s - part.seconds) / mean_s).exp() + part.share;
            before_s = part.seconds;
            later = if at + 1 == self.parts.len() { 0.0 } else { later - part.share };
            if later >= beyond - SAME {
                continue;
            }
            let wait_s = mean_s * (delayed * waiting / (beyond - later)).ln().max(0.0);
            let next_s = self.parts.get(at + 1).map_or(f64::INFINITY, |next| next.seconds);
            if part.seconds + wait_s <= next_s {
                return part.seconds + wait_s;
            }
        }
        self.parts.last().map_or(0.0, |part| part.seconds)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(found: f64, expected: f64, share: f64) -> bool {
        (found - expected).abs() <= share * expected.abs() + 1e-12
    }

    /// Two exponential times in a row have Erlang's distribution, the longer of two the square of the one.
    #[test]
    fn sums_and_longest_are_those_of_the_textbook() {
        let wait = Times::wait(1.0, 1.0);
        assert!(close(wait.mean_s(), 1.0, 1e-12) && close(wait.percentile_s(0.95), 20.0_f64.ln(), 0.15));
        let two = wait.then(&wait);
        assert!(close(two.mean_s(), 2.0, 1e-12) && close(two.percentile_s(0.95), 4.7439, 0.08), "{two:?}");
        assert!(close(two.percentile_s(0.99), 6.6384, 0.15), "{two:?}");
        assert_eq!(two, wait.in_a_row(2.0));
        let longer = wait.longer(&wait);
        assert!(close(longer.mean_s(), 1.5, 0.08) && close(longer.percentile_s(0.95), 3.6763, 0.15), "{longer:?}");
        assert!(close(wait.longest_of(2.0).percentile_s(0.95), longer.percentile_s(0.95), 0.05));
        // Exactly as of one queue where what comes before is fixed, and as of two where it is a queue as well.
        let (delayed, mean_s) = (0.6, 0.02);
        let one = Times::always(0.01).percentile_with_wait_s(delayed, mean_s, 0.95);
        assert!(close(one, 0.01 + mean_s * 12.0_f64.ln(), 1e-12));
        assert!(close(wait.percentile_with_wait_s(1.0, 1.0, 0.95), 4.7439, 0.08));
    }

    /// A call that one request in ten makes is whole in the 95th percentile; one that one in fifty makes is not in it at all.
    #[test]
    fn what_few_requests_do_is_a_mixture() {
        let call = Times::always(0.2);
        let (often, seldom) = (call.sometimes(0.1), call.sometimes(0.02));
        assert_eq!([often.percentile_s(0.95), seldom.percentile_s(0.95), seldom.percentile_s(0.99)], [0.2, 0.0, 0.2]);
        assert!(close(often.mean_s(), 0.02, 1e-12));
        let half = Times::always(0.4).sometimes(0.5);
        assert!(close(half.longer(&half).mean_s(), 0.3, 1e-12) && close(half.then(&half).mean_s(), 0.4, 1e-12));
        assert_eq!(call.in_a_row(2.5).percentile_s(0.95), 0.2 * 2.0 + 0.2);
    }

    fn times() -> impl Strategy<Value = Times> {
        prop::collection::vec((0.0_f64..1.0, 0.01_f64..1.0), 1..80).prop_map(|parts| {
            let sum: f64 = parts.iter().map(|(_, share)| share).sum();
            Times::of(parts.into_iter().map(|(seconds, share)| Part { seconds, share: share / sum }).collect())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn means_add_up_and_nothing_becomes_shorter(a in times(), b in times(), delayed in 0.0_f64..1.0, mean_s in 0.0_f64..2.0) {
            prop_assert!(close(a.then(&b).mean_s(), a.mean_s() + b.mean_s(), 1e-6));
            let longer = a.longer(&b);
            prop_assert!(longer.mean_s() >= a.mean_s().max(b.mean_s()) - 1e-9);
            prop_assert!(longer.mean_s() <= a.mean_s() + b.mean_s() + 1e-9);
            let at = |p: f64| a.percentile_with_wait_s(delayed, mean_s, p);
            prop_assert!(at(0.5) <= at(0.95) + 1e-12 && at(0.95) <= at(0.99) + 1e-12);
            prop_assert!(at(0.95) >= a.percentile_s(0.95) - 1e-12);
            prop_assert!(at(0.95) <= a.percentile_with_wait_s(delayed, mean_s * 1.5, 0.95) + 1e-12);
            let share: f64 = longer.parts.iter().map(|part| part.share).sum();
            prop_assert!(close(share, 1.0, 1e-6), "{share}");
        }
    }
}
