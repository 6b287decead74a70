//! Requests that wait, by way of others, for one more of their own kind: when they hold all slots.

/// Where requests wait for others of their own kind, all slots may be held for no more than this share of the time (assumption): if all who
/// hold one wait, nobody is answered any more. At a thousand requests a second that is less than once in ten days.
const ALL_HELD: f64 = 1e-9;

/// At most the share of the time in which so many slots or more would be held by requests that wait for one more of their own kind, if there
/// were more slots. Of those that come from outside a share of `comes_back` waits for a second one, of these again as many for a third one, and
/// so on: a Poisson number of geometric ones, with Chernoff's bound, the least of `E[z^waiting] / z^slots` over all z.
fn all_held(load: f64, slots: u64, comes_back: f64) -> f64 {
    let from_outside = load * (1.0 - comes_back);
    let log_bound = |log_z: f64| {
        let z = log_z.exp();
        from_outside * ((1.0 - comes_back) / (1.0 - comes_back * z) - 1.0) - slots as f64 * log_z
    };
    // It has one valley between no z at all and where the sum over all depths has no end.
    let (mut low, mut high) = (0.0, -comes_back.ln());
    for _ in 0..THIRDS {
        let third = (high - low) / 3.0;
        if log_bound(low + third) <= log_bound(high - third) { high -= third } else { low += third }
    }
    log_bound(low).min(0.0).exp()
}

/// Steps in which the valley is found, each a third narrower.
const THIRDS: usize = 40;

/// Whether slots under a load (in Erlangs) are held too often by requests a share of which waits for one more of their kind.
pub(super) fn locks_up(load: f64, slots: u64, comes_back: f64) -> bool {
    comes_back > 0.0 && all_held(load, slots, comes_back) > ALL_HELD
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of so many waiting at a time each share, by Panjer's recursion for a Poisson number of geometric ones.
    fn exact(load: f64, slots: usize, comes_back: f64) -> f64 {
        let lines = load * (1.0 - comes_back);
        let one = |length: usize| (1.0 - comes_back) * comes_back.powf(length as f64);
        let mut shares = vec![(-lines * comes_back).exp()];
        for count in 1..slots + 400 {
            let sum: f64 = (1..=count).map(|length| length as f64 * one(length) * shares[count - length]).sum();
            shares.push(lines * sum / count as f64);
        }
        shares[slots..].iter().sum()
    }

    #[test]
    fn all_slots_are_held_no_more_often_than_is_said_and_within_three_slots_as_often() {
        for (load, slots, comes_back) in
            [(0.5, 4, 0.1), (0.1, 10, 0.4), (3.0, 12, 0.3), (20.0, 40, 0.5), (0.01, 1, 0.2)]
        {
            let (said, exact) = (all_held(load, slots as u64, comes_back), exact(load, slots, comes_back));
            // A bound: a few slots more than it takes are planned, the most where nearly nothing comes.
            assert!(exact <= said && said < 200.0 * exact, "{load} {slots} {comes_back}: {said} and {exact}");
        }
        assert!(all_held(100.0, 10, 0.5) > 0.999 && !locks_up(100.0, 1, 0.0));
    }
}
