//! Who calls each other in circles, and what that comes to.

/// Places that lead to each other, those that lead to others first; whoever leads to nobody who leads back is alone.
#[derive(Debug, Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
}

#[derive(Debug)]
pub(super) struct Group {
    /// In the order in which they are reached.
    pub(super) members: Vec<usize>,
    /// Whether there is a way from one of them back to itself.
    pub(super) circle: bool,
}

impl Groups {
    /// Of places by number, with where each leads. `order` has them so that whoever leads to another comes first, circles aside, as a search
    /// in depth leaves them (Kosaraju and Sharir, 1981).
    pub(super) fn new(order: &[usize], out: &[Vec<usize>]) -> Self {
        let mut into = vec![Vec::new(); out.len()];
        for (from, all) in out.iter().enumerate() {
            for to in all {
                into[*to].push(from);
            }
        }
        let mut seen = vec![false; out.len()];
        let mut groups = Vec::new();
        for start in order {
            if seen[*start] {
                continue;
            }
            seen[*start] = true;
            let (mut members, mut open) = (Vec::new(), vec![*start]);
            while let Some(place) = open.pop() {
                members.push(place);
                for from in &into[place] {
                    if !seen[*from] {
                        seen[*from] = true;
                        open.push(*from);
                    }
                }
            }
            let circle = members.len() > 1 || out[*start].contains(start);
            groups.push(Group { members, circle });
        }
        Self { groups }
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Group> {
        self.groups.iter()
    }
}

/// An order as [`Groups::new`] takes it, of places that stand in no order yet.
pub(super) fn depth_first(out: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; out.len()];
    let mut order = Vec::with_capacity(out.len());
    for start in 0..out.len() {
        let mut open = if std::mem::replace(&mut seen[start], true) { Vec::new() } else { vec![(start, 0)] };
        while let Some((place, next)) = open.last_mut() {
            let Some(to) = out[*place].get(*next).copied() else {
                order.push(*place);
                open.pop();
                continue;
            };
            *next += 1;
            if !std::mem::replace(&mut seen[to], true) {
                open.push((to, 0));
            }
        }
    }
    order.reverse();
    order
}

/// Circles up to this size are solved at once, larger ones step by step.
const SOLVED: usize = 100;
/// So many steps, before a sum is said to have no bound.
const STEPS: usize = 2_000;
/// Nobody sends so much.
const BOUNDLESS: f64 = 1e15;
/// A step that changes nothing by more than this share is the last.
const SETTLED: f64 = 1e-10;

/// What comes to each of a circle, where `given` comes from outside of it and `links` pass on so many times what comes: from whom, to whom, how
/// many times. `None` where that has no bound: each request brings back one or more.
pub(super) fn traffic(given: &[f64], links: &[(usize, usize, f64)]) -> Option<Vec<f64>> {
    if given.len() <= SOLVED { solved(given, links) } else { stepped(given, links) }
}

/// How often a request that is sent to one of a circle comes to it in all, the first time included; in a circle of very many it is no more than
/// what is told. Nothing where it has no bound.
pub(super) fn visits(count: usize, links: &[(usize, usize, f64)]) -> Option<Vec<f64>> {
    if count > SOLVED {
        // What comes where everybody is sent one, and that is no less than what comes of one's own.
        return traffic(&vec![1.0; count], links);
    }
    let own = |at: usize, given: usize| f64::from(u8::from(at == given));
    let solved = eliminated(count, (0..count).map(|at| (0..count).map(move |given| own(at, given))), links)?;
    Some((0..count).map(|at| solved[at][at]).collect())
}

/// `(I - A^T) x = given` by elimination. With nothing negative in it a solution is the sum of all rounds, if there is one at all, where nothing
/// of it is negative.
fn solved(given: &[f64], links: &[(usize, usize, f64)]) -> Option<Vec<f64>> {
    let solved = eliminated(given.len(), given.iter().map(|given| std::iter::once(*given)), links)?;
    let found: Vec<f64> = solved.iter().map(|row| row[0]).collect();
    found.iter().all(|rate| rate.is_finite() && *rate >= 0.0).then_some(found)
}

/// The same for several right sides: for each row what is given, and what is found.
fn eliminated(
    count: usize,
    given: impl Iterator<Item = impl Iterator<Item = f64>>,
    links: &[(usize, usize, f64)],
) -> Option<Vec<Vec<f64>>> {
    let row = |(at, given)| (0..count).map(move |other| f64::from(u8::from(at == other))).chain(given).collect();
    let mut rows: Vec<Vec<f64>> = given.enumerate().map(row).collect();
    for (from, to, times) in links {
        rows[*to][*from] -= times;
    }
    // No row has to change its place: these are M-matrices, with pivots above 0 exactly where there is a bound.
    for pivot in 0..count {
        if rows[pivot][pivot].is_nan() || rows[pivot][pivot] <= 1e-12 {
            return None;
        }
        let row = rows[pivot].clone();
        for (at, other) in rows.iter_mut().enumerate() {
            let share = other[pivot] / row[pivot];
            if at != pivot && share != 0.0 {
                other.iter_mut().zip(&row).for_each(|(cell, of_pivot)| *cell -= share * of_pivot);
            }
        }
    }
    let found = |(at, row): (usize, &Vec<f64>)| row[count..].iter().map(|cell| cell / row[at]).collect();
    Some(rows.iter().enumerate().map(found).collect())
}

/// Round by round, each from what is known by then.
fn stepped(given: &[f64], links: &[(usize, usize, f64)]) -> Option<Vec<f64>> {
    let mut into = vec![Vec::new(); given.len()];
    for (from, to, times) in links {
        into[*to].push((*from, *times));
    }
    let mut found = given.to_vec();
    for _ in 0..STEPS {
        let mut settled = true;
        for (at, callers) in into.iter().enumerate() {
            let comes: f64 = callers.iter().map(|(from, times)| times * found[*from]).sum();
            let next = given[at] + comes;
            if next > BOUNDLESS {
                return None;
            }
            settled &= (next - found[at]).abs() <= SETTLED * next;
            found[at] = next;
        }
        if settled {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_add_up_while_less_comes_back_than_goes_out() {
        let circle = |back: f64| traffic(&[100.0, 0.0], &[(0, 1, 1.0), (1, 0, back)]);
        assert_eq!([circle(0.5), circle(0.0)], [Some(vec![200.0, 200.0]), Some(vec![100.0, 100.0])]);
        let near = circle(0.999).unwrap();
        assert!((near[0] - 100_000.0).abs() < 1e-3, "{near:?}");
        assert_eq!([circle(1.0), circle(1.5), traffic(&[10.0], &[(0, 0, 2.0)])], [None, None, None]);
        // A circle of very many does the same step by step.
        let many: Vec<(usize, usize, f64)> =
            (0..300).map(|at| (at, (at + 1) % 300, if at == 7 { 0.5 } else { 1.0 })).collect();
        let mut given = vec![0.0; 300];
        given[0] = 1.0;
        let found = stepped(&given, &many).unwrap();
        assert!((found[5] - 2.0).abs() < 0.01 && (found[200] - 1.0).abs() < 0.01, "{found:?}");
    }

    #[test]
    fn who_is_sent_one_request_is_visited_by_all_that_come_of_it() {
        // Two calls there and a fifth back bring 0.4 with each round, wherever it begins.
        let visited = visits(3, &[(0, 1, 2.0), (1, 0, 0.2), (1, 2, 5.0)]).unwrap();
        let expected = [1.0 / 0.6, 1.0 / 0.6, 1.0];
        assert!(visited.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12), "{visited:?}");
        assert_eq!(visits(1, &[(0, 0, 1.0)]), None);
        let many: Vec<(usize, usize, f64)> = (0..150).map(|at| (at, (at + 1) % 150, 0.9)).collect();
        // Of very many what comes of one request to each is told: ten here, where it would be one.
        assert!(visits(150, &many).unwrap().iter().all(|visits| (visits - 10.0).abs() < 1e-3));
    }

    #[test]
    fn whoever_leads_back_to_each_other_is_one_group() {
        let out = [vec![1], vec![2, 3], vec![1], vec![3], vec![0]];
        let groups = Groups::new(&depth_first(&out), &out);
        let told: Vec<(Vec<usize>, bool)> = groups.iter().map(|group| (group.members.clone(), group.circle)).collect();
        assert_eq!(told, [(vec![4], false), (vec![0], false), (vec![1, 2], true), (vec![3], true)]);
    }
}
