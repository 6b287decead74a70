//! Who waits for whom: calls that go round in a circle, and services that several others wait for.

use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use super::{Subject, fixes, found};
use crate::{
    assess::{
        graph::Link,
        types::{Finding, Fix},
    },
    lang::{t, tr},
    playbook::Severity,
    project::{ElementId, Protocol},
};

/// In circles larger than this no way out is looked for: there is not one connection to blame.
const MOST_IN_CIRCLE: usize = 40;
/// Stops of a circle that are named.
const STOPS_SHOWN: usize = 6;
/// Calls in a row that are followed; whatever lies further away is a promise of the services between.
const MOST_CALLS: usize = 3;
/// Services with a promise whose calls are followed.
const MOST_FOLLOWED: usize = 200;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for circle in circles(subject, None, None) {
        findings.push(circle_found(subject, &circle));
    }
}

/// Whether the caller waits for the answer of one of our services.
fn waits(subject: &Subject<'_>, link: &Link<'_>) -> bool {
    link.connection.protocol == Protocol::Http
        && subject.graph.is_service(link.from)
        && subject.graph.is_service(link.to)
}

/// Groups of services that wait for each other in a circle, each in the order of the document; among `only` these, and
/// `without` one link.
fn circles(subject: &Subject<'_>, only: Option<&[usize]>, without: Option<&Link<'_>>) -> Vec<Vec<usize>> {
    let counts = |link: &&Link<'_>| {
        waits(subject, link)
            && without.is_none_or(|without| without.id != link.id)
            && only.is_none_or(|only| only.contains(&link.from) && only.contains(&link.to))
    };
    let mut graph = DiGraph::<usize, ()>::new();
    let mut nodes = std::collections::HashMap::new();
    let mut calls_itself = std::collections::HashSet::new();
    for link in subject.graph.links.iter().filter(counts) {
        let [from, to] =
            [link.from, link.to].map(|position| *nodes.entry(position).or_insert_with(|| graph.add_node(position)));
        graph.add_edge(from, to, ());
        if from == to {
            calls_itself.insert(link.from);
        }
    }
    // Not Tarjan's: that one calls itself once for each service of a chain, and a chain may be as long as a plan.
    let groups = kosaraju_scc(&graph).into_iter().map(|group| {
        let mut positions: Vec<usize> = group.into_iter().map(|node| graph[node]).collect();
        positions.sort_unstable();
        positions
    });
    let mut circles: Vec<Vec<usize>> =
        groups.filter(|group| group.len() > 1 || calls_itself.contains(&group[0])).collect();
    circles.sort_unstable();
    circles
}

fn circle_found(subject: &Subject<'_>, circle: &[usize]) -> Finding {
    let round = shortest_round(subject, circle);
    let message = in_words(subject, &round, circle.len());
    let elements = circle.iter().map(|position| subject.element(*position)).collect();
    found("circle-of-calls", Severity::Warning, message, elements)
        .because(
            t("Each of them waits for the next, so one slow service stops them all, and none can be released or tested alone. Workers that take one request at a time can all end up waiting for each other: then nobody is answered."),
            &[17],
        )
        .also(round.iter().map(|link| ElementId::Connection(link.id.clone())))
        .mended_by(ways_out(subject, circle, &round))
}

/// `Calls go round in a circle: A → B → C → A`, and how many more are caught in it.
fn in_words(subject: &Subject<'_>, round: &[&Link<'_>], caught: usize) -> String {
    let mut stops: Vec<&str> = round.iter().take(STOPS_SHOWN).map(|link| subject.name(link.from)).collect();
    let Some(first) = stops.first().copied() else { return String::new() };
    if caught == 1 {
        return tr!("{first} calls itself and waits for the answer", first);
    }
    let shown = stops.len();
    if round.len() > shown {
        stops.push("…");
    }
    stops.push(first);
    let way = stops.join(" → ");
    let rest = if caught > shown { tr!("; {caught} services are caught in it", caught) } else { String::new() };
    tr!("Calls go round in a circle: {way}{rest}", way, rest)
}

/// The connections of the shortest way from the first service of a circle back to it.
fn shortest_round<'s>(subject: &'s Subject<'_>, circle: &[usize]) -> Vec<&'s Link<'s>> {
    let start = circle[0];
    let mut came_by: std::collections::HashMap<usize, &Link<'_>> = std::collections::HashMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    let inside = |position: &usize| circle.binary_search(position).is_ok();
    while let Some(here) = queue.pop_front() {
        for link in subject.graph.out(here).filter(|link| waits(subject, link) && inside(&link.to)) {
            if let std::collections::hash_map::Entry::Vacant(first) = came_by.entry(link.to) {
                first.insert(link);
                queue.push_back(link.to);
            }
        }
        if came_by.contains_key(&start) {
            break;
        }
    }
    let mut round = Vec::new();
    let mut here = start;
    while let Some(link) = came_by.get(&here) {
        round.push(*link);
        here = link.from;
        if here == start {
            break;
        }
    }
    round.reverse();
    round
}

/// The connections of the round without which nothing of the circle is left.
fn ways_out(subject: &Subject<'_>, circle: &[usize], round: &[&Link<'_>]) -> Vec<Fix> {
    if circle.len() > MOST_IN_CIRCLE {
        return Vec::new();
    }
    let opens = |link: &&&Link<'_>| circles(subject, Some(circle), Some(link)).is_empty();
    let way_out = |link: &&Link<'_>| {
        let (from, to) = (subject.name(link.from), subject.name(link.to));
        if link.from == link.to {
            fixes::remove(ElementId::Connection(link.id.clone()), tr!("Remove {from} to {to}", from, to))
        } else {
            fixes::protocol(link.id, link.connection, Protocol::Queue, tr!("Make {from} to {to} a queue", from, to))
        }
    };
    round.iter().filter(opens).map(way_out).collect()
}

/// The services that at least two of `promised` wait for, directly or through others, where two ways come together; each with
/// those that wait for it.
pub(super) fn shared_dependencies(subject: &Subject<'_>, promised: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let count = subject.graph.components.len();
    let (mut waiting, mut seen) = (vec![Vec::new(); count], vec![usize::MAX; count]);
    let mut on_a_path = vec![false; count];
    for (round, start) in promised.iter().take(MOST_FOLLOWED).enumerate() {
        let mut queue = std::collections::VecDeque::from([(*start, 0)]);
        seen[*start] = round;
        while let Some((here, calls)) = queue.pop_front() {
            on_a_path[here] = true;
            if calls == MOST_CALLS {
                continue;
            }
            for link in subject.graph.out(here).filter(|link| waits(subject, link)) {
                if seen[link.to] != round {
                    seen[link.to] = round;
                    waiting[link.to].push(*start);
                    queue.push_back((link.to, calls + 1));
                }
            }
        }
    }
    let joins = |position: usize| {
        let mut callers: Vec<usize> = subject
            .graph
            .into(position)
            .filter(|link| waits(subject, link) && on_a_path[link.from] && link.from != position)
            .map(|link| link.from)
            .collect();
        callers.sort_unstable();
        callers.dedup();
        callers.len() > 1
    };
    let shared = waiting.into_iter().enumerate().filter(|(position, waiting)| waiting.len() > 1 && joins(*position));
    shared.collect()
}
