//! Callers before those they call, with circles cut open.

use super::{
    circles::{Groups, depth_first, traffic, visits},
    load::{CALLS, carries, own},
    work::is_waited_for,
};
use crate::{assess::graph::Graph, playbook::CapacitySettings};

/// The components of a graph in an order in which every link leads forward, but for those that close a circle. It goes by their ids and not by
/// where they stand in the document, so that nothing that follows from it depends on that.
pub(in crate::assess) struct Order {
    /// Positions, callers first.
    pub(super) positions: Vec<usize>,
    /// Links by their place in the graph, and whether they lead forward.
    pub(super) forward: Vec<bool>,
    /// Links that close a circle and do not say how many calls they make: what they bring back is left out, since with one for each request
    /// (the assumption elsewhere) every circle would go round without end.
    pub(super) unsaid: Vec<bool>,
    /// Links whose answers are in no time: those, and such as close a circle in which each answer waits for one more of its kind, or for
    /// several.
    pub(super) left_out: Vec<bool>,
    /// By position, how many requests of its own kind one waits for on average, by way of those it calls, without those that these wait for;
    /// 0 where it is none.
    pub(super) comes_back: Vec<f64>,
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
    /// Goes along the links from whoever nobody calls, then from whoever is tagged with a load; a link back to where it came from closes a
    /// circle and is left out.
    pub(super) fn new(graph: &Graph<'_>, settings: &CapacitySettings) -> Self {
        let count = graph.components.len();
        let (mut out, mut into) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (place, link) in graph.links.iter().enumerate() {
            out[link.from].push(place);
            into[link.to].push(place);
        }
        let forward = vec![true; graph.links.len()];
        let mut walk = Walk { graph, seen: vec![Seen::Not; count], out: by_id(graph, &out), forward, done: Vec::new() };
        let mut starts: Vec<usize> = (0..count).collect();
        let tagged = |position: usize| own(graph.component(position), settings).is_some();
        starts.sort_by_cached_key(|at| (!walk.is_uncalled(&into[*at]), !tagged(*at), graph.components[*at].0));
        for start in starts {
            walk.visit(start);
        }
        let Walk { forward, done: mut positions, .. } = walk;
        positions.reverse();
        let mut rank = vec![0; count];
        positions.iter().enumerate().for_each(|(at, position)| rank[*position] = at);
        let links = graph.links.iter().zip(&forward);
        let unsaid: Vec<bool> =
            links.map(|(link, forward)| !forward && link.connection.calls_per_request.is_none()).collect();
        let to = |places: &Vec<usize>| {
            let links = places.iter().map(|place| &graph.links[*place]);
            links.filter(|link| carries(link)).map(|link| link.to).collect()
        };
        let groups = Groups::new(&positions, &out.iter().map(to).collect::<Vec<Vec<usize>>>());
        let comes_back = vec![0.0; count];
        let mut order =
            Self { positions, forward, left_out: unsaid.clone(), unsaid, comes_back, out, into, rank, groups };
        order.look_at_circles(graph);
        order
    }

    /// Of circles in which an answer waits for as much as it is itself, or more, finds the links that close them; of others, who waits for
    /// itself.
    fn look_at_circles(&mut self, graph: &Graph<'_>) {
        let mut at = vec![usize::MAX; graph.components.len()];
        for group in self.groups.iter().filter(|group| group.circle) {
            group.members.iter().enumerate().for_each(|(number, position)| at[*position] = number);
            let inside = |place: &&usize| at[graph.links[**place].to] != usize::MAX;
            let places = || group.members.iter().flat_map(|position| &self.out[*position]).filter(inside);
            let waits = places().filter(|place| {
                let link = &graph.links[**place];
                !self.unsaid[**place]
                    && is_waited_for(graph, link)
                    && graph.is_service(link.to)
                    && link.connection.latency_ms.is_none()
            });
            let waits = waits.map(|place| {
                let link = &graph.links[*place];
                (*place, (at[link.from], at[link.to], link.connection.calls_per_request.unwrap_or(CALLS).max(0.0)))
            });
            let (waiting, waits): (Vec<usize>, Vec<(usize, usize, f64)>) = waits.unzip();
            let closing: Vec<usize> = places().copied().filter(|place| !self.forward[*place]).collect();
            // Nothing goes round where nothing is left that closes the circle.
            let open = closing.iter().all(|place| self.unsaid[*place]);
            if !open && traffic(&vec![1.0; group.members.len()], &waits).is_none() {
                for place in closing {
                    self.left_out[place] = true;
                }
            }
            let left =
                waiting.iter().zip(&waits).filter(|(place, (_, _, count))| !self.left_out[**place] && *count > 0.0);
            count_returns(&mut self.comes_back, &group.members, &left.map(|(_, waits)| *waits).collect::<Vec<_>>());
            group.members.iter().for_each(|position| at[*position] = usize::MAX);
        }
    }
}

/// How many requests of its own kind each of these members waits for; `waits` has who waits for whom, by their numbers, how many times.
fn count_returns(comes_back: &mut [f64], members: &[usize], waits: &[(usize, usize, f64)]) {
    let mut out = vec![Vec::new(); members.len()];
    for (from, to, _) in waits {
        out[*from].push(*to);
    }
    let mut place = vec![None; members.len()];
    for circle in Groups::new(&depth_first(&out), &out).iter().filter(|among| among.circle) {
        circle.members.iter().enumerate().for_each(|(at, member)| place[*member] = Some(at));
        let inside = |(from, to, count): &(usize, usize, f64)| Some((place[*from]?, place[*to]?, *count));
        let inside: Vec<(usize, usize, f64)> = waits.iter().filter_map(inside).collect();
        let visits = visits(circle.members.len(), &inside).unwrap_or_default();
        for (number, visits) in circle.members.iter().zip(visits) {
            comes_back[members[*number]] = 1.0 - visits.max(1.0).recip();
        }
        circle.members.iter().for_each(|member| place[*member] = None);
    }
}

/// Out-links that carry requests, by the ids of those they lead to.
fn by_id(graph: &Graph<'_>, out: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let sorted = |places: &Vec<usize>| {
        let mut places: Vec<usize> = places.iter().copied().filter(|place| carries(&graph.links[*place])).collect();
        places.sort_by_key(|place| graph.components[graph.links[*place].to].0);
        places
    };
    out.iter().map(sorted).collect()
}

/// A search in depth.
struct Walk<'w, 'a> {
    graph: &'w Graph<'a>,
    seen: Vec<Seen>,
    out: Vec<Vec<usize>>,
    forward: Vec<bool>,
    /// Those that are gone through, whoever is called first.
    done: Vec<usize>,
}

impl Walk<'_, '_> {
    fn is_uncalled(&self, into: &[usize]) -> bool {
        !into.iter().any(|place| carries(&self.graph.links[*place]))
    }

    /// Depth first, without calling itself: a chain may be as long as a plan.
    fn visit(&mut self, start: usize) {
        if self.seen[start] != Seen::Not {
            return;
        }
        self.seen[start] = Seen::Open;
        let mut open = vec![(start, 0)];
        while let Some((position, next)) = open.last_mut() {
            let Some(place) = self.out[*position].get(*next).copied() else {
                self.seen[*position] = Seen::Done;
                self.done.push(*position);
                open.pop();
                continue;
            };
            *next += 1;
            let to = self.graph.links[place].to;
            match self.seen[to] {
                Seen::Not => {
                    self.seen[to] = Seen::Open;
                    open.push((to, 0));
                }
                Seen::Open => self.forward[place] = false,
                Seen::Done => {}
            }
        }
    }
}
