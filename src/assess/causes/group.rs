//! Where more differs than can be shared out exactly, what moves least is put together, by what it is.

use std::cmp::Reverse;

use indexmap::IndexMap;

use super::{
    MOST_CAUSES, Sort, Stage,
    local::{Ground, Sum},
};

/// Groups that together move less than this share of everything are one.
const SMALL_SHARE: f64 = 0.02;
/// Effects are compared to so many parts of the whole, so that noise of the last digits puts nothing in another order.
const GRAIN: f64 = 1e-9;

/// Differences with their effects, what moves most first.
struct Ranked {
    difference: usize,
    effect: f64,
}

/// The differences as [`MOST_CAUSES`] players or fewer: the largest alone, the others with those of their sort.
pub(super) fn players(ground: &Ground<'_, '_>, stage: &Stage<'_>) -> Option<Vec<Vec<usize>>> {
    let differences = &ground.union.differences;
    let effects = effects(ground, stage)?;
    let (own, rest): (Vec<usize>, Vec<usize>) =
        (0..differences.len()).partition(|at| differences[*at].kind.sort() == Sort::Assumption);
    let mut ranked: Vec<Ranked> =
        rest.into_iter().map(|difference| Ranked { difference, effect: effects[difference] }).collect();
    ranked.sort_by_cached_key(|one| {
        let difference = &differences[one.difference];
        let id = difference.element.as_ref().map(|element| element.as_str().to_owned());
        (Reverse((one.effect / GRAIN).round() as i64), id, side_of(difference.kind.sort()))
    });
    let room = MOST_CAUSES - own.len();
    // With none alone there are at most as many groups as sorts, which is always few enough.
    let alone = (0..room).rev().find(|alone| alone + grouped(ground, &ranked[*alone..]).len() <= room).unwrap_or(0);
    let alone_ones = ranked[..alone].iter().map(|one| vec![one.difference]);
    let own = own.into_iter().map(|difference| vec![difference]);
    Some(own.chain(alone_ones).chain(grouped(ground, &ranked[alone..])).collect())
}

/// What comes and what goes change places when the plans do; nothing else may tell them apart.
pub(super) fn side_of(sort: Sort) -> Sort {
    if sort == Sort::Departure { Sort::Arrival } else { sort }
}

/// Some differences by their sort; sorts that move little are one group.
fn grouped(ground: &Ground<'_, '_>, ranked: &[Ranked]) -> Vec<Vec<usize>> {
    let mut sorts: IndexMap<Sort, (f64, Vec<usize>)> = IndexMap::new();
    for one in ranked {
        let group = sorts.entry(ground.union.differences[one.difference].kind.sort()).or_default();
        group.0 += one.effect;
        group.1.push(one.difference);
    }
    let all: f64 = ranked.iter().map(|one| one.effect).sum();
    let (small, large): (Vec<_>, Vec<_>) = sorts.into_values().partition(|(effect, _)| *effect <= SMALL_SHARE * all);
    let mut groups: Vec<Vec<usize>> = large.into_iter().map(|(_, group)| group).collect();
    if small.len() > 1 {
        groups.push(small.into_iter().flat_map(|(_, group)| group).collect());
    } else {
        groups.extend(small.into_iter().map(|(_, group)| group));
    }
    groups
}

/// How far each difference moves weeks and budget by itself: as the first of all and as the last, as shares of the totals. The
/// same whichever of the plans comes first.
fn effects(ground: &Ground<'_, '_>, stage: &Stage<'_>) -> Option<Vec<f64>> {
    let (places, differences) = (ground.union.places.len(), ground.union.differences.len());
    let mut affects = vec![Vec::new(); differences];
    for place in 0..places {
        for difference in ground.relevant(place) {
            affects[difference].push(place);
        }
    }
    let work: usize = affects.iter().map(|places| places.len() + 1).sum();
    stage.begin(2 * (places + work) as u64);
    let mut whole = [ground.nothing(), ground.nothing()];
    let mut parts: [Vec<Sum>; 2] = [Vec::with_capacity(places), Vec::with_capacity(places)];
    for (all, (whole, parts)) in [false, true].into_iter().zip(whole.iter_mut().zip(&mut parts)) {
        for place in 0..places {
            let mut part = ground.nothing();
            ground.add(place, &|_| all, &mut part);
            whole.add(&part, 1);
            parts.push(part);
            stage.step()?;
        }
    }
    let totals = [ground.totals(&whole[0], &|_| false), ground.totals(&whole[1], &|_| true)];
    let most = |a: f64, b: f64| a.max(b).max(1e-9);
    let scale = (most(totals[0].weeks, totals[1].weeks), most(totals[0].usd, totals[1].usd));
    let mut effects = vec![0.0; differences];
    for (difference, places) in affects.iter().enumerate() {
        for all in [false, true] {
            let inside = |one: usize| (one == difference) != all;
            let mut sum = whole[usize::from(all)].clone();
            for place in places {
                sum.add(&parts[usize::from(all)][*place], -1);
                ground.add(*place, &inside, &mut sum);
                stage.step()?;
            }
            let (moved, base) = (ground.totals(&sum, &inside), totals[usize::from(all)]);
            effects[difference] += (moved.weeks - base.weeks).abs() / scale.0 + (moved.usd - base.usd).abs() / scale.1;
            stage.step()?;
        }
    }
    Some(effects)
}
