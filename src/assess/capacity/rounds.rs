//! Services that call each other in circles, looked at round by round until nobody's times change any more.

use std::collections::HashSet;

use super::{
    batches::Batches,
    load::{CALLS, said},
    paths::Node,
    plan::{Asking, Nodes},
    results::TargetVerdict,
    waits::{change, rounds, settle},
    work::{Missing, is_waited_for},
};

/// After so many rounds everybody in a circle stays on the server that he is on.
const CHOSEN_AFTER: usize = 12;

/// The share of requests that wait for one more of their kind, where each waits for so many: that is one after the other, or, where one may
/// make several at once, a tree of them, as large as it becomes with random numbers of calls (the tail of Borel's distribution,
/// `P(n) ~ (r e^(1-r))^n`).
pub(super) fn comes_back(each: f64, spreads: bool) -> f64 {
    if spreads { each * (1.0 - each).exp() } else { each }
}

impl Asking<'_> {
    /// Services that call each other: again and again, until times do not change any more. No size becomes smaller on the way: with more workers
    /// times are shorter, and for these fewer would do, round and round.
    pub(super) fn circle(&self, nodes: &mut Nodes, members: &[usize], batches: &Batches, kept: &Nodes) {
        let order = self.order;
        let mut members = members.to_vec();
        members.sort_by_key(|position| std::cmp::Reverse(order.rank[*position]));
        let cut = |place: &usize| order.forward[*place] || order.left_out[*place];
        let open = members.iter().flat_map(|position| &order.out[*position]).all(cut);
        let inside: HashSet<usize> = members.iter().copied().collect();
        let spreads = members.iter().any(|position| self.may_spread(*position, &inside));
        let mut looked_at = 0;
        let settled = settle(if open { 1 } else { rounds(members.len()) }, &members, |position| {
            // Times only become longer on the way, so who cannot do it by itself cannot do it later either; without its answer, others would take
            // a shorter time to be the truth, and it would go round and round.
            let broken = |node: &Node| node.is_overloaded() && node.service.held_up_by.is_none();
            looked_at += 1;
            // In the second round everybody has seen all of those whom he calls.
            if looked_at > 2 * members.len() && nodes[position].as_ref().is_some_and(broken) {
                return 0.0;
            }
            let before = nodes[position].as_ref().and_then(Node::times_s);
            // Times decide on the server and the server on times: in the end it stays, lest they go round and round.
            let stays =
                (looked_at / members.len() > CHOSEN_AFTER).then(|| nodes[position].as_ref()?.service.chosen).flatten();
            self.node(nodes, position, batches, kept, (spreads, stays));
            change(before, nodes[position].as_ref().and_then(Node::times_s))
        });
        if !open && !settled {
            for position in &members {
                self.is_least(nodes, *position, &members);
            }
        }
    }

    /// Times that have not come to rest are the least they can be until somebody says what ends the calls that come back.
    fn is_least(&self, nodes: &mut Nodes, position: usize, circle: &[usize]) {
        let Some(node) = &mut nodes[position] else { return };
        let services = node.waited.iter().filter_map(|waited| Some((waited.link?, waited.callee?)));
        let back = services.filter(|(_, callee)| circle.contains(callee));
        let missing = back.map(|(place, callee)| {
            let link = &self.graph.links[place];
            if self.order.forward[place] {
                Missing::Callee(self.graph.components[callee].0.clone())
            } else {
                Missing::Calls(link.id.clone())
            }
        });
        node.service.missing.extend(missing.collect::<Vec<_>>());
        for server in node.service.servers.iter_mut().filter(|server| server.target == TargetVerdict::Met) {
            server.target = TargetVerdict::Unknown;
        }
    }

    /// Whether a request of the service may have several calls to these under way at once, on some server of its framework.
    fn may_spread(&self, position: usize, circle: &HashSet<usize>) -> bool {
        let (graph, order) = (self.graph, self.order);
        let inside = |place: &&usize| {
            let link = &graph.links[**place];
            !order.left_out[**place] && is_waited_for(graph, link) && circle.contains(&link.to)
        };
        let calls = |place: &usize| graph.links[*place].connection.calls_per_request.unwrap_or(CALLS).max(0.0).ceil();
        if order.comes_back[position] <= 0.0 || order.out[position].iter().filter(inside).map(calls).sum::<f64>() < 2.0
        {
            return false;
        }
        said(graph.component(position), self.settings.traits.together.as_ref()).unwrap_or_else(|| {
            let kinds = self.frameworks[position].as_ref().map(|framework| self.knowledge.servers_of(framework));
            kinds.unwrap_or_default().iter().any(|kind| kind.gathers)
        })
    }
}
