//! The game: the estimate under every set of players, and each player's mean effect over every order.

use indexmap::IndexMap;

use super::{
    Stage, Totals,
    local::{Ground, Sum},
};

/// What a game came to.
pub(super) struct Played {
    /// Without any player.
    pub(super) from: Totals,
    /// With all of them.
    pub(super) to: Totals,
    /// What each player adds.
    pub(super) shares: Vec<Totals>,
}

/// The work on all services that depend on the same players, for every set of those.
struct Table {
    players: u32,
    sums: Vec<Sum>,
}

/// Plays it; `None` once it is cancelled.
pub(super) fn play(ground: &Ground<'_, '_>, players: &[Vec<usize>], stage: &Stage<'_>) -> Option<Played> {
    let mut player_of = vec![0_u32; ground.union.differences.len()];
    for (player, differences) in players.iter().enumerate() {
        for difference in differences {
            player_of[*difference] = player as u32;
        }
    }
    let mut classes: IndexMap<u32, Vec<usize>> = IndexMap::new();
    for place in 0..ground.union.places.len() {
        let players = ground.relevant(place).iter().fold(0, |set, one| set | 1 << player_of[*one]);
        classes.entry(players).or_default().push(place);
    }
    let sets = 1_u32 << players.len();
    let work: u64 = classes.iter().map(|(players, places)| (places.len() as u64) << players.count_ones()).sum();
    stage.begin(work + u64::from(sets));
    let mut tables = Vec::with_capacity(classes.len());
    for (players, places) in classes {
        let mut sums = vec![ground.nothing(); 1 << players.count_ones()];
        for (packed, sum) in (0_u32..).zip(&mut sums) {
            let set = unpacked(packed, players);
            for place in &places {
                ground.add(*place, &|difference| set >> player_of[difference] & 1 == 1, sum);
                stage.step()?;
            }
        }
        tables.push(Table { players, sums });
    }
    let mut values = Vec::with_capacity(sets as usize);
    for set in 0..sets {
        let mut all = ground.nothing();
        for table in &tables {
            all.add(&table.sums[packed(set, table.players) as usize], 1);
        }
        values.push(ground.totals(&all, &|difference| set >> player_of[difference] & 1 == 1));
        stage.step()?;
    }
    let shares = shapley(&values, players.len());
    Some(Played { from: values[0], to: values[values.len() - 1], shares })
}

/// The members of `set` that are in `mask`, moved together.
fn packed(set: u32, mut mask: u32) -> u32 {
    let (mut result, mut place) = (0, 0);
    while mask != 0 {
        let lowest = mask & mask.wrapping_neg();
        result |= u32::from(set & lowest != 0) << place;
        place += 1;
        mask ^= lowest;
    }
    result
}

/// The reverse of [`packed`].
fn unpacked(set: u32, mut mask: u32) -> u32 {
    let (mut result, mut place) = (0, 0);
    while mask != 0 {
        let lowest = mask & mask.wrapping_neg();
        result |= lowest * (set >> place & 1);
        place += 1;
        mask ^= lowest;
    }
    result
}

/// Each player's mean effect over all orders, from the value of every set of players.
fn shapley(values: &[Totals], players: usize) -> Vec<Totals> {
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    let orders: Vec<f64> =
        (0..players).map(|before| factorial(before) * factorial(players - before - 1) / factorial(players)).collect();
    let share = |player: usize| {
        let without = (0..values.len()).filter(|set| set >> player & 1 == 0);
        without.fold(Totals::default(), |sum, set| {
            let (with, without) = (values[set | 1 << player], values[set]);
            let part = orders[set.count_ones() as usize];
            Totals {
                weeks: sum.weeks + part * (with.weeks - without.weeks),
                usd: sum.usd + part * (with.usd - without.usd),
            }
        })
    };
    (0..players).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_packed_and_unpacked_again() {
        for mask in [0, 1, 0b1010, 0b1101_0110, u32::from(u16::MAX)] {
            for set in 0..1_u32 << mask.count_ones() {
                assert_eq!(packed(unpacked(set, mask), mask), set);
                assert_eq!(unpacked(set, mask) & !mask, 0);
            }
        }
    }

    #[test]
    fn what_two_do_only_together_is_shared_between_them() {
        // The first adds 3 by itself; the second and the third add 10 once both are there.
        let value = |set: usize| {
            let usd = 3.0 * f64::from(set & 1 != 0) + 10.0 * f64::from(set & 6 == 6);
            Totals { weeks: -usd, usd }
        };
        let values: Vec<Totals> = (0..8).map(value).collect();
        let shares: Vec<f64> = shapley(&values, 3).iter().map(|share| share.usd).collect();
        for (share, expected) in shares.iter().zip([3.0, 5.0, 5.0]) {
            assert!((share - expected).abs() < 1e-12, "{shares:?}");
        }
    }
}
