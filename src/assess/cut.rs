//! The cheapest choice of a label for every node where neighbours with different labels cost something: exactly for two labels,
//! by a minimum cut; by alpha-expansion for more (Boykov, Veksler, Zabih 2001), which finds a labelling that no move of any
//! number of nodes to one label improves.
//!
//! Costs are whole nano-decibans, so that sums are exact and equal is equal.

use petgraph::{Direction, algo::maximum_flow::dinics, graph::NodeIndex, visit::EdgeRef as _};

/// Most nodes whose move to the other side is tried to find the best labelling that uses both labels, and most that are looked at
/// in all these trials together.
const MOST_TRIALS: usize = 64;
const MOST_LOOKED_AT: usize = 20_000;
/// Most rounds of expansion; each must make the labelling cheaper, so few are ever used.
const MOST_ROUNDS: usize = 50;

type Network = petgraph::Graph<(), u64>;

/// Nodes with a cost for each label, and pairs of nodes that cost something where their labels differ.
#[derive(Clone, Debug)]
pub(super) struct Labelling {
    /// `[node][label]`; `None` where the node cannot have the label.
    pub(super) costs: Vec<Vec<Option<u64>>>,
    /// Two nodes and what it costs if their labels differ.
    pub(super) pairs: Vec<(usize, usize, u64)>,
}

/// One label for each node.
pub(super) type Labels = Vec<usize>;

/// How both of two labels come to be used.
pub(super) enum BothUsed {
    /// By these labels.
    Labels(Labels),
    /// By the cheapest labels in which this node has this label.
    Leaving(usize, usize),
}

impl Labelling {
    /// What the labels cost together; `None` if a node cannot have its label.
    pub(super) fn cost(&self, labels: &Labels) -> Option<u64> {
        let nodes: Option<u64> = self.costs.iter().zip(labels).map(|(costs, label)| costs[*label]).sum();
        let apart = self.pairs.iter().filter(|(a, b, _)| labels[*a] != labels[*b]);
        Some(nodes? + apart.map(|(_, _, cost)| cost).sum::<u64>())
    }

    /// More than any labelling costs.
    fn never(&self) -> u64 {
        let dearest = |costs: &Vec<Option<u64>>| costs.iter().flatten().copied().max().unwrap_or(0);
        1 + self.costs.iter().map(dearest).sum::<u64>() + self.pairs.iter().map(|(_, _, cost)| cost).sum::<u64>()
    }

    /// The cheapest labels out of these two; of equals, `a`. `None` if a node can have neither.
    pub(super) fn of_two(&self, a: usize, b: usize) -> Option<Labels> {
        let cut = self.cut(a, b)?;
        Some(cut.on_sink.iter().map(|on_sink| if *on_sink { b } else { a }).collect())
    }

    /// The minimum cut with `a` at the source and `b` at the sink.
    fn cut(&self, a: usize, b: usize) -> Option<Cut> {
        let never = self.never();
        let mut problem = Binary::new(self.costs.len());
        for (node, costs) in self.costs.iter().enumerate() {
            if costs[a].is_none() && costs[b].is_none() {
                return None;
            }
            problem.node(node, costs[a].unwrap_or(never), costs[b].unwrap_or(never));
        }
        for (one, other, cost) in &self.pairs {
            problem.pair(*one, *other, *cost);
        }
        Some(problem.solve())
    }

    /// The least that labels out of these two cost if both of them are used, and how it comes about. Exact, unless more
    /// nodes than are tried come into question for the first step away; then it may be too much, never too little.
    pub(super) fn of_two_used(&self, a: usize, b: usize) -> Option<(u64, BothUsed)> {
        let cut = self.cut(a, b)?;
        let labels: Labels = cut.on_sink.iter().map(|on_sink| if *on_sink { b } else { a }).collect();
        let cost = self.cost(&labels)?;
        let (used, other) = match (labels.contains(&a), labels.contains(&b)) {
            (true, true) => return Some((cost, BothUsed::Labels(labels))),
            (true, false) => (a, b),
            _ => (b, a),
        };
        let (step, node) = self.least_step(&cut, used, other)?;
        Some((cost + step, BothUsed::Leaving(node, other)))
    }

    /// Where every node is on `used`, the least it costs to have any on `other`, and a node that is. A node that leaves alone
    /// pays its own difference and all its pairs; one that leaves with others saves at most its pairs twice over. That bound
    /// rules out most.
    fn least_step(&self, cut: &Cut, used: usize, other: usize) -> Option<(u64, usize)> {
        let mut pairs = vec![0; self.costs.len()];
        for (a, b, cost) in self.pairs.iter().filter(|(a, b, _)| a != b) {
            pairs[*a] += cost;
            pairs[*b] += cost;
        }
        let mut steps: Vec<(u64, usize)> = Vec::new();
        let mut least: Option<(u64, usize)> = None;
        for (node, costs) in self.costs.iter().enumerate() {
            let (Some(here), Some(there)) = (costs[used], costs[other]) else { continue };
            let alone = ((there + pairs[node]).saturating_sub(here), node);
            least = Some(least.map_or(alone, |least| least.min(alone)));
            steps.push((there.saturating_sub(here + pairs[node]), node));
        }
        steps.sort_unstable();
        let residual = cut.residual();
        let trials = (MOST_LOOKED_AT / self.costs.len().max(1)).clamp(2, MOST_TRIALS);
        for (bound, node) in steps.into_iter().take(trials) {
            if least.is_none_or(|(least, _)| bound >= least) {
                break;
            }
            let step = (residual.step(node, cut.on_sink[node]), node);
            least = least.map(|least| least.min(step));
        }
        least
    }

    /// Labels that no move of any set of nodes to a single one of `among` makes cheaper, starting from labels out of them.
    pub(super) fn expanded(&self, mut labels: Labels, among: &[usize]) -> Labels {
        let Some(mut cost) = self.cost(&labels) else { return labels };
        for _ in 0..MOST_ROUNDS {
            let before = cost;
            for alpha in among {
                let moved = self.expansion(&labels, *alpha);
                if let Some(cheaper) = self.cost(&moved).filter(|moved| *moved < cost) {
                    (labels, cost) = (moved, cheaper);
                }
            }
            if cost == before {
                break;
            }
        }
        labels
    }

    /// The cheapest labels in which every node keeps its own or takes `alpha`.
    fn expansion(&self, labels: &Labels, alpha: usize) -> Labels {
        let never = self.never();
        let mut problem = Binary::new(labels.len());
        for (node, costs) in self.costs.iter().enumerate() {
            let keep = if labels[node] == alpha { never } else { costs[labels[node]].unwrap_or(never) };
            problem.node(node, keep, costs[alpha].unwrap_or(never));
        }
        for (a, b, cost) in self.pairs.iter().copied().filter(|(a, b, _)| a != b) {
            match (labels[a] == labels[b], labels[a] == alpha, labels[b] == alpha) {
                (true, ..) => problem.pair(a, b, cost),
                (false, true, _) => problem.node(b, cost, 0),
                (false, _, true) => problem.node(a, cost, 0),
                // Both keep: cost. One moves: cost. Both move: nothing.
                (false, false, false) => {
                    problem.node(b, cost, 0);
                    problem.arc(a, b, cost);
                }
            }
        }
        let cut = problem.solve();
        cut.on_sink.iter().zip(labels).map(|(moves, label)| if *moves { alpha } else { *label }).collect()
    }
}

/// A choice between the side of the source and the side of the sink for every node, as a network of capacities.
struct Binary {
    network: Network,
    /// `[node]`: what it costs on the side of the source, and of the sink.
    costs: Vec<(u64, u64)>,
}

impl Binary {
    fn new(nodes: usize) -> Self {
        let mut network = Network::with_capacity(nodes + 2, 3 * nodes);
        for _ in 0..nodes + 2 {
            network.add_node(());
        }
        Self { network, costs: vec![(0, 0); nodes] }
    }

    fn source(&self) -> NodeIndex {
        NodeIndex::new(self.costs.len())
    }

    fn sink(&self) -> NodeIndex {
        NodeIndex::new(self.costs.len() + 1)
    }

    /// Adds what a node costs on the side of the source, and on the side of the sink.
    fn node(&mut self, node: usize, on_source: u64, on_sink: u64) {
        let costs = &mut self.costs[node];
        *costs = (costs.0 + on_source, costs.1 + on_sink);
    }

    /// A cost if the two are on different sides.
    fn pair(&mut self, a: usize, b: usize, cost: u64) {
        self.arc(a, b, cost);
        self.arc(b, a, cost);
    }

    /// A cost if the first is on the side of the source and the second on the side of the sink.
    fn arc(&mut self, a: usize, b: usize, cost: u64) {
        if a != b && cost > 0 {
            self.network.add_edge(NodeIndex::new(a), NodeIndex::new(b), cost);
        }
    }

    fn solve(mut self) -> Cut {
        let (source, sink) = (self.source(), self.sink());
        for (node, (on_source, on_sink)) in self.costs.iter().copied().enumerate() {
            // What both sides cost is paid in any case and needs no capacity.
            let both = on_source.min(on_sink);
            if on_sink > both {
                self.network.add_edge(source, NodeIndex::new(node), on_sink - both);
            }
            if on_source > both {
                self.network.add_edge(NodeIndex::new(node), sink, on_source - both);
            }
        }
        let (_, flows) = dinics(&self.network, source, sink);
        let mut cut = Cut { network: self.network, flows, on_sink: Vec::new() };
        let mut reaches = cut.reaching(sink);
        reaches.truncate(self.costs.len());
        cut.on_sink = reaches;
        cut
    }
}

/// A solved network.
struct Cut {
    network: Network,
    flows: Vec<u64>,
    /// The nodes that are better off on the side of the sink; those that do not mind are on the side of the source.
    on_sink: Vec<bool>,
}

impl Cut {
    /// The nodes from which `end` can be reached where capacity is left.
    fn reaching(&self, end: NodeIndex) -> Vec<bool> {
        let mut reaches = vec![false; self.network.node_count()];
        reaches[end.index()] = true;
        let mut open = vec![end];
        while let Some(node) = open.pop() {
            let spare = self.network.edges_directed(node, Direction::Incoming);
            let spare = spare.filter(|edge| *edge.weight() > self.flows[edge.id().index()]).map(|edge| edge.source());
            let taken_back = self.network.edges_directed(node, Direction::Outgoing);
            let taken_back = taken_back.filter(|edge| self.flows[edge.id().index()] > 0).map(|edge| edge.target());
            for next in spare.chain(taken_back) {
                if !std::mem::replace(&mut reaches[next.index()], true) {
                    open.push(next);
                }
            }
        }
        reaches
    }

    fn residual(&self) -> Residual {
        let mut network = Network::with_capacity(self.network.node_count(), 2 * self.network.edge_count());
        for _ in 0..self.network.node_count() {
            network.add_node(());
        }
        for edge in self.network.edge_references() {
            let flow = self.flows[edge.id().index()];
            if *edge.weight() > flow {
                network.add_edge(edge.source(), edge.target(), edge.weight() - flow);
            }
            if flow > 0 {
                network.add_edge(edge.target(), edge.source(), flow);
            }
        }
        Residual(network)
    }
}

/// What is left of the capacities of a solved network.
struct Residual(Network);

impl Residual {
    /// What it costs more than the minimum to have a node on the side where it is not.
    fn step(&self, node: usize, on_sink: bool) -> u64 {
        let (source, sink) = (NodeIndex::new(self.0.node_count() - 2), NodeIndex::new(self.0.node_count() - 1));
        let node = NodeIndex::new(node);
        if on_sink { dinics(&self.0, node, sink).0 } else { dinics(&self.0, source, node).0 }
    }
}
