//! Callers before those they call, with circles cut open.

use super::circles::Groups;
use crate::assess::graph::Graph;

/// The components of a graph in an order in which every link leads forward, but for those that close a circle.
pub(super) struct Order {
    /// Positions, callers first.
    pub(super) positions: Vec<usize>,
    /// Links by their place in the graph, and whether they lead forward.
    pub(super) forward: Vec<bool>,
    /// Links that close a circle and do not say how many calls they make: what they bring back is left out, since with one for each request
    /// (the assumption elsewhere) every circle would go round without end.
    pub(super) unsaid: Vec<bool>,
    /// Out-links of each component, by their place in the graph.
    pub(super) out: Vec<Vec<usize>>,
    /// In-links of each component, by their place in the graph.
    pub(super) into: Vec<Vec<usize>>,
    /// The place of each in `positions`.
    pub(super) rank: Vec<usize>,
    /// Components that lead to each other, callers first.
    pub(super) groups: Groups,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    Open,
    Done,
}

impl Order {
    /// Goes from whoever nobody calls along the links, in the order of the document; a link back to where it came from closes a circle
    /// and is left out.
    pub(super) fn new(graph: &Graph<'_>) -> Self {
        let count = graph.components.len();
        let (mut out, mut into) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (place, link) in graph.links.iter().enumerate() {
            out[link.from].push(place);
            into[link.to].push(place);
        }
        let mut order = Self {
            positions: Vec::new(),
            forward: vec![true; graph.links.len()],
            unsaid: Vec::new(),
            out,
            into,
            rank: vec![0; count],
            groups: Groups::default(),
        };
        let mut seen = vec![Seen::Not; count];
        let first = (0..count).filter(|position| order.into[*position].is_empty()).collect::<Vec<_>>();
        for start in first.into_iter().chain(0..count) {
            order.visit(graph, start, &mut seen);
        }
        order.positions.reverse();
        let links = graph.links.iter().zip(&order.forward);
        order.unsaid = links.map(|(link, forward)| !forward && link.connection.calls_per_request.is_none()).collect();
        for (rank, position) in order.positions.iter().enumerate() {
            order.rank[*position] = rank;
        }
        let to = |places: &Vec<usize>| places.iter().map(|place| graph.links[*place].to).collect();
        order.groups = Groups::new(&order.positions, &order.out.iter().map(to).collect::<Vec<Vec<usize>>>());
        order
    }

    /// Depth first, without calling itself: a chain may be as long as a plan.
    fn visit(&mut self, graph: &Graph<'_>, start: usize, seen: &mut [Seen]) {
        if seen[start] != Seen::Not {
            return;
        }
        seen[start] = Seen::Open;
        let mut open = vec![(start, 0)];
        while let Some((position, next)) = open.last_mut() {
            let Some(place) = self.out[*position].get(*next).copied() else {
                seen[*position] = Seen::Done;
                self.positions.push(*position);
                open.pop();
                continue;
            };
            *next += 1;
            let to = graph.links[place].to;
            match seen[to] {
                Seen::Not => {
                    seen[to] = Seen::Open;
                    open.push((to, 0));
                }
                Seen::Open => self.forward[place] = false,
                Seen::Done => {}
            }
        }
    }
}
