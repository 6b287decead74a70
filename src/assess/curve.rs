//! Functions of one quantity made of straight pieces: what a condition becomes when a single trait is left open.
//!
//! With it the question "at which value does the verdict turn?" has an exact answer, found where two straight lines meet.

use super::evaluate::level_line;

/// A straight piece: from `from` up to where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    from: f64,
    /// At `from`.
    value: f64,
    slope: f64,
}

impl Piece {
    fn at(self, x: f64) -> f64 {
        // Level pieces begin at -infinity.
        if self.slope == 0.0 { self.value } else { self.value + self.slope * (x - self.from) }
    }
}

/// A function of one quantity from `least` on: straight pieces, the last of which goes on for ever. Jumps are allowed; at a jump
/// the value is that of the piece that begins there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Curve(Vec<Piece>);

impl Curve {
    /// The same everywhere.
    pub(super) fn level(least: f64, value: f64) -> Self {
        Self(vec![Piece { from: least, value, slope: 0.0 }])
    }

    /// The quantity itself.
    pub(super) fn itself(least: f64) -> Self {
        Self(vec![Piece { from: least, value: least, slope: 1.0 }])
    }

    pub(super) fn at(&self, x: f64) -> f64 {
        let after = self.0.partition_point(|piece| piece.from <= x);
        self.0[after.saturating_sub(1)].at(x)
    }

    /// Where pieces begin.
    pub(super) fn breaks(&self) -> impl Iterator<Item = f64> {
        self.0.iter().map(|piece| piece.from)
    }

    fn end_of(&self, at: usize) -> f64 {
        self.0.get(at + 1).map_or(f64::INFINITY, |next| next.from)
    }

    /// Both curves cut at the breaks of either, piece by piece with the place where each ends.
    fn together<'c>(&'c self, other: &'c Self) -> impl Iterator<Item = (Piece, Piece, f64)> + 'c {
        let mut starts: Vec<f64> = self.breaks().chain(other.breaks()).collect();
        starts.sort_by(f64::total_cmp);
        starts.dedup();
        let piece = |curve: &Self, from: f64| {
            let after = curve.0.partition_point(|piece| piece.from <= from);
            let piece = curve.0[after.saturating_sub(1)];
            Piece { from, value: piece.at(from), slope: piece.slope }
        };
        (0..starts.len()).map(move |at| {
            let end = starts.get(at + 1).copied().unwrap_or(f64::INFINITY);
            (piece(self, starts[at]), piece(other, starts[at]), end)
        })
    }

    /// The sum of this and `factor` times the other.
    pub(super) fn plus(&self, factor: f64, other: &Self) -> Self {
        let sum = |(a, b, _): (Piece, Piece, f64)| Piece {
            from: a.from,
            value: a.value + factor * b.value,
            slope: a.slope + factor * b.slope,
        };
        Self(self.together(other).map(sum).collect())
    }

    /// The larger of both everywhere.
    pub(super) fn max(&self, other: &Self) -> Self {
        self.either(other, |a, b| a > b)
    }

    /// The smaller of both everywhere.
    pub(super) fn min(&self, other: &Self) -> Self {
        self.either(other, |a, b| a < b)
    }

    fn either(&self, other: &Self, wins: impl Fn(f64, f64) -> bool) -> Self {
        let mut pieces = Vec::new();
        for (a, b, end) in self.together(other) {
            let meet = (a.slope != b.slope).then(|| a.from + (b.value - a.value) / (a.slope - b.slope));
            let parts = [Some(a.from), meet.filter(|meet| *meet > a.from && *meet < end)];
            for (at, from) in parts.iter().enumerate().filter_map(|(at, from)| Some((at, (*from)?))) {
                let until = if at == 0 { parts[1].unwrap_or(end) } else { end };
                let inside = between(from, until);
                let winner = if wins(a.at(inside), b.at(inside)) { a } else { b };
                pieces.push(Piece { from, value: winner.at(from), slope: winner.slope });
            }
        }
        Self(pieces)
    }

    /// 1 less the curve.
    pub(super) fn complement(&self) -> Self {
        Self(self.0.iter().map(|piece| Piece { value: 1.0 - piece.value, slope: -piece.slope, ..*piece }).collect())
    }

    /// The product with another; exact where one of both is level, which it is between different quantities.
    pub(super) fn times(&self, other: &Self) -> Self {
        let product = |(a, b, _): (Piece, Piece, f64)| Piece {
            from: a.from,
            value: a.value * b.value,
            slope: a.slope * b.value + b.slope * a.value,
        };
        Self(self.together(other).map(product).collect())
    }

    /// 1 where the curve is at least `least`, else 0.
    pub(super) fn at_least(&self, least: f64) -> Self {
        self.cut_at(&[least], |value| if value >= least { 1.0 } else { 0.0 }, |_| 0.0)
    }

    /// Straight lines between (value, strength) points, level outside them.
    pub(super) fn ramp(&self, points: &[(f64, f64)]) -> Self {
        let levels: Vec<f64> = points.iter().map(|(value, _)| *value).collect();
        let slope = |value: f64| {
            let pair = points.windows(2).find(|pair| value >= pair[0].0 && value <= pair[1].0);
            pair.map_or(0.0, |pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0))
        };
        self.cut_at(&levels, |value| level_line(points, value), slope)
    }

    /// Another function of the curve's value, straight between these levels: its value, and its slope inside a stretch.
    fn cut_at(&self, levels: &[f64], value: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> Self {
        let mut pieces = Vec::new();
        for (at, piece) in self.0.iter().enumerate() {
            let end = self.end_of(at);
            let mut starts = vec![piece.from];
            if piece.slope != 0.0 {
                let meets = levels.iter().map(|level| piece.from + (level - piece.value) / piece.slope);
                starts.extend(meets.filter(|meet| *meet > piece.from && *meet < end));
                starts.sort_by(f64::total_cmp);
            }
            for (nth, from) in starts.iter().enumerate() {
                let until = starts.get(nth + 1).copied().unwrap_or(end);
                let inside = piece.at(between(*from, until));
                let steep = slope(inside) * piece.slope;
                // Taken from inside, so that rounding at a level cannot fall to its other side.
                let here = if steep == 0.0 { value(inside) } else { value(piece.at(*from)) };
                pieces.push(Piece { from: *from, value: here, slope: steep });
            }
        }
        Self(pieces)
    }
}

/// A place inside a stretch, which may go on for ever.
fn between(from: f64, until: f64) -> f64 {
    if until.is_finite() { f64::midpoint(from, until) } else { from + 1.0 + from.abs() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A curve and the same function written out.
    type Both = (Curve, Box<dyn Fn(f64) -> f64>);

    fn both(seed: &[u8]) -> Both {
        let number = |byte: u8| f64::from(byte % 40);
        match seed {
            [] => (Curve::itself(0.0), Box::new(|x| x)),
            [one] => {
                let value = number(*one);
                (Curve::level(0.0, value), Box::new(move |_| value))
            }
            [what, rest @ ..] => {
                let (left, right) = rest.split_at(rest.len() / 2);
                let ((a, f), (b, g)) = (both(left), both(right));
                let least = number(*what);
                match what % 6 {
                    0 => (a.max(&b), Box::new(move |x| f(x).max(g(x)))),
                    1 => (a.min(&b), Box::new(move |x| f(x).min(g(x)))),
                    2 => (a.plus(2.0, &b), Box::new(move |x| f(x) + 2.0 * g(x))),
                    3 => {
                        let points = [(least - 7.0, 0.2), (least, 0.9), (least + 11.0, 0.1)];
                        (a.ramp(&points), Box::new(move |x| level_line(&points, f(x))))
                    }
                    4 => (a.at_least(least), Box::new(move |x| if f(x) >= least { 1.0 } else { 0.0 })),
                    _ => (a.complement(), Box::new(move |x| 1.0 - f(x))),
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn a_curve_is_the_function_it_was_made_of(seed in prop::collection::vec(any::<u8>(), 0..14), x in 0.0..90.0_f64) {
            let (curve, function) = both(&seed);
            // Beside a jump the two may fall to different sides of it by rounding.
            let beside = curve.breaks().any(|at| (at - x).abs() < 1e-6);
            prop_assert!(beside || (curve.at(x) - function(x)).abs() < 1e-6, "{x}: {} {}", curve.at(x), function(x));
        }
    }
}
