//! Boxes in columns: which links are turned around, which column each box stands in, and a stand-in wherever a link passes one.

/// A stand-in for a link that passes a column costs as much as a box; there are at most so many for each box and link.
const STAND_INS: usize = 4;
/// Rounds in which boxes are pulled towards their neighbours.
const PULLS: usize = 8;

/// Boxes and stand-ins in columns. Links lead from one column to the next.
pub(super) struct Columns {
    /// How many of the numbers are boxes; those from here on are stand-ins.
    pub(super) boxes: usize,
    /// The numbers in each column, top to bottom.
    pub(super) order: Vec<Vec<usize>>,
    /// The neighbours of each number in the column before.
    pub(super) before: Vec<Vec<usize>>,
    /// The neighbours of each number in the next column.
    pub(super) after: Vec<Vec<usize>>,
}

impl Columns {
    /// Boxes `0..count` in columns, callers before callees.
    pub(super) fn new(count: usize, links: &[(usize, usize)]) -> Self {
        let forward = without_cycles(count, links);
        let layer = layers(count, &forward);
        let mut this = Self {
            boxes: count,
            order: vec![Vec::new(); layer.iter().max().map_or(0, |last| last + 1)],
            before: vec![Vec::new(); count],
            after: vec![Vec::new(); count],
        };
        for (number, column) in layer.iter().enumerate() {
            this.order[*column].push(number);
        }
        // The shortest links come first: those that pass too many columns have no stand-ins at all.
        let mut by_span = forward;
        by_span.sort_by_key(|(from, to)| layer[*to] - layer[*from]);
        let mut left = STAND_INS * (count + by_span.len());
        for (from, to) in by_span {
            let passed = layer[to] - layer[from] - 1;
            if passed > left {
                break;
            }
            left -= passed;
            let mut last = from;
            for column in layer[from] + 1..layer[to] {
                let stand_in = this.add(column);
                this.join(last, stand_in);
                last = stand_in;
            }
            this.join(last, to);
        }
        this
    }

    fn add(&mut self, column: usize) -> usize {
        let number = self.before.len();
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        self.order[column].push(number);
        number
    }

    fn join(&mut self, from: usize, to: usize) {
        self.after[from].push(to);
        self.before[to].push(from);
    }

    pub(super) fn is_stand_in(&self, number: usize) -> bool {
        number >= self.boxes
    }

    /// How many boxes and stand-ins there are.
    pub(super) fn count(&self) -> usize {
        self.before.len()
    }
}

/// The links, each once, with those turned around that would close a cycle.
fn without_cycles(count: usize, links: &[(usize, usize)]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut outgoing = vec![Vec::new(); count];
    let mut incoming = vec![0_usize; count];
    for (from, to) in links {
        outgoing[*from].push(*to);
        incoming[*to] += 1;
    }
    // What nobody calls comes first, then what calls more than it is called: fewer links have to be turned around.
    let mut roots: Vec<usize> = (0..count).collect();
    roots.sort_by_key(|root| {
        let (ins, outs) = (incoming[*root], outgoing[*root].len());
        (ins > 0, count + ins.saturating_sub(outs) - outs.saturating_sub(ins).min(count))
    });
    let mut marks = vec![Mark::New; count];
    let mut forward = Vec::with_capacity(links.len());
    for root in roots {
        // A stack of its own instead of recursion: a chain may be as long as a project.
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            if next == 0 {
                if marks[node] != Mark::New {
                    continue;
                }
                marks[node] = Mark::Open;
            }
            let Some(target) = outgoing[node].get(next).copied() else {
                marks[node] = Mark::Done;
                continue;
            };
            stack.push((node, next + 1));
            forward.push(if marks[target] == Mark::Open { (target, node) } else { (node, target) });
            if marks[target] == Mark::New {
                stack.push((target, 0));
            }
        }
    }
    forward.sort_unstable();
    forward.dedup();
    forward
}

/// The column of each box: the longest path from a source, and then as near to most of its neighbours as it may stand.
fn layers(count: usize, forward: &[(usize, usize)]) -> Vec<usize> {
    let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for (from, to) in forward {
        before[*to].push(*from);
        after[*from].push(*to);
    }
    let mut waiting: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..count).filter(|node| waiting[*node] == 0).collect();
    let mut layer = vec![0_usize; count];
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        for target in &after[node] {
            layer[*target] = layer[*target].max(layer[node] + 1);
            waiting[*target] -= 1;
            if waiting[*target] == 0 {
                order.push(*target);
            }
        }
    }
    for pull in 0..PULLS {
        let mut moved = false;
        let mut visit = |node: usize| {
            let least = before[node].iter().map(|other| layer[*other] + 1).max();
            let most = after[node].iter().map(|other| layer[*other] - 1).min();
            // Every column that a box moves on makes each link on one side longer and each on the other shorter.
            let wanted = match before[node].len().cmp(&after[node].len()) {
                std::cmp::Ordering::Less => most,
                std::cmp::Ordering::Equal => None,
                std::cmp::Ordering::Greater => least,
            };
            if let Some(wanted) = wanted.filter(|wanted| *wanted != layer[node]) {
                layer[node] = wanted;
                moved = true;
            }
        };
        if pull % 2 == 0 {
            order.iter().rev().copied().for_each(&mut visit);
        } else {
            order.iter().copied().for_each(&mut visit);
        }
        if !moved {
            break;
        }
    }
    layer
}
