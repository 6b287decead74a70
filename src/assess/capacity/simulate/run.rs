//! One run: events in the order of their times.

use std::{
    cmp::Ordering,
    collections::{BinaryHeap, VecDeque},
};

use super::{
    SIMULATION_STEPS, Spread,
    chance::Chance,
    network::{Callee, Network},
    observe::Seen,
};
use crate::progress::Progress;

/// The part of a run that is not looked at, as everything begins empty.
const WARM_UP: f64 = 0.1;

enum What {
    /// The next request from outside comes to a service.
    Arrives(usize),
    /// A request has computed.
    Computed(usize),
    /// Something that a request waited for is there.
    Answered(usize),
    /// A request has made its round trips.
    Done(usize),
}

struct Event {
    at_s: f64,
    /// Events of the same time come in the order in which they were made.
    number: u64,
    what: What,
}

impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at_s.total_cmp(&self.at_s).then(other.number.cmp(&self.number))
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

/// A request on its way.
#[derive(Default)]
struct Open {
    station: usize,
    caller: Option<usize>,
    came_s: f64,
    /// Since when it waits for a slot or a processor.
    since_s: f64,
    waited_s: f64,
    /// Calls under way, where they are made at once.
    under_way: u64,
    /// Calls still to be made, where they are made in a row: which, and how many.
    next: usize,
    left: u64,
}

#[derive(Default)]
struct Queues {
    in_work: u64,
    for_slot: VecDeque<usize>,
    computing: u64,
    for_cpu: VecDeque<usize>,
}

pub(super) struct Run<'a> {
    network: &'a Network<'a>,
    chance: Chance,
    now_s: f64,
    number: u64,
    events: BinaryHeap<Event>,
    open: Vec<Open>,
    free: Vec<usize>,
    queues: Vec<Queues>,
    seen: Vec<Seen>,
}

impl<'a> Run<'a> {
    pub(super) fn new(network: &'a Network<'a>, seed: u64) -> Self {
        let count = network.stations.len();
        let mut run = Self {
            network,
            chance: Chance::new(seed),
            now_s: 0.0,
            number: 0,
            events: BinaryHeap::new(),
            open: Vec::new(),
            free: Vec::new(),
            queues: (0..count).map(|_| Queues::default()).collect(),
            seen: vec![Seen::default(); count],
        };
        for station in 0..count {
            run.expect_next(station);
        }
        run
    }

    /// Plays for so many seconds; what was seen of each service, or `None` once it is cancelled.
    pub(super) fn until(mut self, end_s: f64, progress: &Progress) -> Option<Vec<Seen>> {
        let mut told = 0;
        while let Some(event) = self.events.pop().filter(|event| event.at_s <= end_s) {
            self.now_s = event.at_s;
            let reached = (event.at_s / end_s * SIMULATION_STEPS as f64) as u64;
            if reached > told {
                progress.step(reached - told)?;
                told = reached;
            }
            match event.what {
                What::Arrives(station) => {
                    self.come(station, None);
                    self.expect_next(station);
                }
                What::Computed(request) => self.computed(request),
                What::Answered(request) => self.answered(request),
                What::Done(request) => self.done(request, WARM_UP * end_s),
            }
        }
        progress.step(SIMULATION_STEPS - told)?;
        Some(self.seen)
    }

    fn after(&mut self, seconds: f64, what: What) {
        self.number += 1;
        self.events.push(Event { at_s: self.now_s + seconds, number: self.number, what });
    }

    fn expect_next(&mut self, station: usize) {
        let per_s = self.network.stations[station].outside_per_s;
        if per_s > 0.0 {
            let gap_s = self.chance.exponential(1.0 / per_s);
            self.after(gap_s, What::Arrives(station));
        }
    }

    fn come(&mut self, station: usize, caller: Option<usize>) {
        let request = Open { station, caller, came_s: self.now_s, since_s: self.now_s, ..Open::default() };
        let number = self.free.pop().unwrap_or(self.open.len());
        if number < self.open.len() {
            self.open[number] = request;
        } else {
            self.open.push(request);
        }
        let queues = &mut self.queues[station];
        if queues.in_work < self.network.stations[station].slots {
            queues.in_work += 1;
            self.want_cpu(number);
        } else {
            queues.for_slot.push_back(number);
        }
    }

    fn want_cpu(&mut self, request: usize) {
        let now_s = self.now_s;
        let open = &mut self.open[request];
        open.waited_s += now_s - open.since_s;
        open.since_s = now_s;
        let station = open.station;
        let queues = &mut self.queues[station];
        if queues.computing < self.network.stations[station].cpus {
            queues.computing += 1;
            self.compute(request);
        } else {
            queues.for_cpu.push_back(request);
        }
    }

    fn compute(&mut self, request: usize) {
        let now_s = self.now_s;
        let open = &mut self.open[request];
        open.waited_s += now_s - open.since_s;
        let mean_s = self.network.stations[open.station].cpu_s;
        let seconds = match self.network.spread {
            Spread::Even => mean_s,
            Spread::Exponential => self.chance.exponential(mean_s),
        };
        self.after(seconds, What::Computed(request));
    }

    fn computed(&mut self, request: usize) {
        let station = self.open[request].station;
        match self.queues[station].for_cpu.pop_front() {
            Some(next) => self.compute(next),
            None => self.queues[station].computing -= 1,
        }
        if self.network.stations[station].gathers {
            self.call_at_once(request);
        } else {
            self.call_next(request);
        }
    }

    fn call_at_once(&mut self, request: usize) {
        let network = self.network;
        let mut under_way = 0;
        let mut wanted = Vec::new();
        for (at, (count, _)) in network.stations[self.open[request].station].calls.iter().enumerate() {
            let calls = self.chance.whole(*count);
            under_way += calls;
            wanted.extend((0..calls).map(|_| at));
        }
        self.open[request].under_way = under_way;
        if under_way == 0 {
            self.make_trips(request);
        }
        for at in wanted {
            self.call(request, at);
        }
    }

    /// The next call of those that are made in a row.
    fn call_next(&mut self, request: usize) {
        let network = self.network;
        let calls = &network.stations[self.open[request].station].calls;
        while self.open[request].left == 0 {
            let Some((count, _)) = calls.get(self.open[request].next) else {
                self.make_trips(request);
                return;
            };
            self.open[request].left = self.chance.whole(*count);
            self.open[request].next += 1;
        }
        self.open[request].left -= 1;
        self.call(request, self.open[request].next - 1);
    }

    fn call(&mut self, request: usize, at: usize) {
        let network = self.network;
        match network.stations[self.open[request].station].calls[at].1 {
            Callee::Service(station) => self.come(station, Some(request)),
            Callee::Outside(seconds) => self.after(seconds, What::Answered(request)),
        }
    }

    fn answered(&mut self, request: usize) {
        if !self.network.stations[self.open[request].station].gathers {
            self.call_next(request);
            return;
        }
        self.open[request].under_way -= 1;
        if self.open[request].under_way == 0 {
            self.make_trips(request);
        }
    }

    fn make_trips(&mut self, request: usize) {
        let trips_s = self.network.stations[self.open[request].station].trips_s;
        self.after(trips_s, What::Done(request));
    }

    fn done(&mut self, request: usize, from_s: f64) {
        let Open { station, caller, came_s, waited_s, .. } = self.open[request];
        if came_s >= from_s {
            self.seen[station].add(self.now_s - came_s, waited_s);
        }
        self.free.push(request);
        match self.queues[station].for_slot.pop_front() {
            Some(next) => self.want_cpu(next),
            None => self.queues[station].in_work -= 1,
        }
        if let Some(caller) = caller {
            // By way of the heap: a chain of callers may be as long as a plan.
            self.after(0.0, What::Answered(caller));
        }
    }
}
