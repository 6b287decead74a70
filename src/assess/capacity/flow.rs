//! From the answers of those who are called to one's own: times of whole answers, as they vary.

use super::{
    batches::Arrivals,
    open::{Coming, Open, Response, Shape},
    server::{Demand, Server},
    sizing::TARGET_SHARE,
    times::Times,
};

/// What a request waits for others, as it varies.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// Where processor times do not vary.
    pub(super) even: Times,
    /// Where they vary as much as exponential ones; `None` where that has no bound.
    pub(super) varying: Option<Times>,
    /// The percentiles of the slowest of those whom every request waits for, 95th and 99th.
    pub(super) least_s: [f64; 2],
}

impl Waiting {
    /// Always the same.
    pub(super) fn fixed(seconds: f64) -> Self {
        let times = Times::always(seconds);
        Self { even: times.clone(), varying: Some(times), least_s: [0.0; 2] }
    }

    /// And so many seconds more.
    pub(super) fn and(self, seconds: f64) -> Self {
        Self {
            even: self.even.and(seconds),
            varying: self.varying.map(|times| times.and(seconds)),
            least_s: self.least_s.map(|least_s| least_s + seconds),
        }
    }

    /// What 95 of 100 wait no longer than, where nobody else is in the way of oneself.
    pub(super) fn p95_s(&self) -> Option<f64> {
        Some(self.varying.as_ref()?.percentile_s(TARGET_SHARE).max(self.least_s[0]))
    }
}

/// The answer of a service to those who call it.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// Every answer.
    all: Waiting,
    /// The answer to the first of several that come at once, and how much later the others are.
    first: Option<First>,
}

#[derive(Clone, Debug)]
struct First {
    even: (Times, Open),
    varying: Option<(Times, Open)>,
}

impl Answer {
    /// Where nobody is in the way of anybody.
    pub(super) fn alone(waiting: &Waiting, cpu_s: f64) -> Self {
        Self { all: waiting.clone().and(cpu_s), first: None }
    }

    /// Until the last of so many calls that are made at once is answered.
    pub(super) fn to_last_of(&self, count: f64) -> Waiting {
        let whole = count.floor();
        if count > whole {
            let (more, less) = (self.to_last_of(whole + 1.0), self.to_last_of(whole));
            return Waiting {
                even: more.even.or(&less.even, count - whole),
                varying: more.varying.zip(less.varying).map(|(more, less)| more.or(&less, count - whole)),
                least_s: if whole >= 1.0 { less.least_s } else { [0.0; 2] },
            };
        }
        if count <= 0.0 {
            return Waiting::fixed(0.0);
        }
        match &self.first {
            Some(first) if count > 1.0 => {
                let last = |(times, open): &(Times, Open)| {
                    times.longest_of(count).then(&open.waits()).and(open.mates.last_s(count))
                };
                Waiting {
                    even: last(&first.even),
                    varying: first.varying.as_ref().map(last),
                    least_s: self.all.least_s,
                }
            }
            _ => self.all.clone(),
        }
    }
}

/// A service under a load.
pub(super) struct Flow<'w> {
    even: Open,
    /// With slots that are held while processors are waited for, times that vary may lose their bound a little earlier.
    varying: Option<Open>,
    cpu_s: f64,
    waiting: &'w Waiting,
}

impl<'w> Flow<'w> {
    /// With so many requests at a time and this to wait for; `None` where a queue grows without bound.
    pub(super) fn new(server: &Server, rate_per_s: f64, arrivals: Arrivals, waiting: &'w Waiting) -> Option<Self> {
        Self::of(&server.demand, Shape::of(&server.deployment), (rate_per_s, arrivals), waiting)
    }

    pub(super) fn of(
        demand: &Demand,
        shape: Shape,
        (rate_per_s, arrivals): (f64, Arrivals),
        waiting: &'w Waiting,
    ) -> Option<Self> {
        Self::while_even(demand, shape, (rate_per_s, arrivals), waiting, (None, |_| true))
    }

    /// The same, given up where what is known of even times is not `enough`. `known` is the same service under the same load, in another shape.
    pub(super) fn while_even(
        demand: &Demand,
        shape: Shape,
        (rate_per_s, arrivals): (f64, Arrivals),
        waiting: &'w Waiting,
        (known, enough): (Option<&Open>, impl FnOnce(&Open) -> bool),
    ) -> Option<Self> {
        let open = |cs2: f64, times: &Times, known: Option<&Open>| {
            let waiting_s2 = if shape.slots.is_some() { times.variance_s2() } else { 0.0 };
            let Arrivals { batch, most } = arrivals;
            Open::of(demand, shape, &Coming { rate_per_s, cs2, batch, most, waiting_s2 }, known)
        };
        let even = open(0.0, &waiting.even, known).filter(enough)?;
        let varying = waiting.varying.as_ref().and_then(|times| open(1.0, times, Some(&even)));
        Some(Self { even, varying, cpu_s: demand.cpu_s, waiting })
    }

    /// The share of what is scarcest that is busy: processors, or slots with the time they are held.
    pub(super) fn busy(&self, server: &Server, rate_per_s: f64) -> f64 {
        let slots = server.deployment.slots().map_or(0.0, |slots| rate_per_s * self.even.held_s / slots as f64);
        server.cpu_utilisation(rate_per_s).max(slots)
    }

    /// Whether it has a bound however times vary.
    pub(super) fn is_bounded(&self) -> bool {
        self.varying.is_some() || self.waiting.varying.is_none()
    }

    /// On average, in seconds.
    pub(super) fn mean_s(&self) -> f64 {
        self.even.mean_s()
    }

    /// What a request takes that finds nobody before it but those of its own batch.
    fn base(&self, times: &Times, open: &Open) -> Times {
        let times = times.clone().and(self.cpu_s);
        if open.mates.any() { times.then(&open.mates.times()) } else { times }
    }

    /// What 95 of 100 take at most.
    pub(super) fn p95_s(&self) -> Option<f64> {
        let (times, open) = (self.waiting.varying.as_ref()?, self.varying.as_ref()?);
        Some(self.no_less(open.percentile_over_s(&self.base(times, open), TARGET_SHARE), 0))
    }

    /// Nobody is answered before those whom everybody waits for.
    fn no_less(&self, seconds: f64, which: usize) -> f64 {
        let least_s = self.waiting.least_s[which];
        if least_s > 0.0 { seconds.max(least_s + self.cpu_s) } else { seconds }
    }

    pub(super) fn response(&self) -> Response {
        let base = self.base(&self.waiting.even, &self.even);
        let even_p99_s = self.even.percentile_over_s(&base, 0.99);
        let varying = self.waiting.varying.as_ref().zip(self.varying.as_ref());
        let varying = varying.map(|(times, open)| (self.base(times, open), open));
        let percentile = |p: f64| varying.as_ref().map(|(base, open)| open.percentile_over_s(base, p));
        let p95_s = percentile(TARGET_SHARE).map(|p95_s| self.no_less(p95_s, 0));
        let p99_low_s = even_p99_s.max(p95_s.unwrap_or(0.0));
        Response {
            mean_s: self.mean_s(),
            p50_s: percentile(0.5),
            p95_s,
            p99_low_s,
            p99_high_s: percentile(0.99).map(|p99_s| self.no_less(p99_s, 1).max(p99_low_s)),
        }
    }

    /// The answer to those who call it.
    pub(super) fn answer(&self, response: &Response) -> Answer {
        let own = |times: &Times, open: &Open| self.base(times, open).then(&open.waits());
        let varying = self.waiting.varying.as_ref().zip(self.varying.as_ref());
        let least_s = [response.p95_s.unwrap_or(0.0), response.p99_high_s.unwrap_or(0.0)];
        let all = Waiting {
            even: own(&self.waiting.even, &self.even),
            varying: varying.map(|(times, open)| own(times, open)),
            least_s,
        };
        let first = |times: &Times, open: &Open| (times.clone().and(self.cpu_s), *open);
        let first = self.even.mates.any().then(|| First {
            even: first(&self.waiting.even, &self.even),
            varying: varying.map(|(times, open)| first(times, open)),
        });
        Answer { all, first }
    }
}

/// A call that is waited for: how many of them, and how long each takes.
pub(super) struct Part<'a> {
    pub(super) count: f64,
    pub(super) takes: Takes<'a>,
}

/// How long a call takes.
pub(super) enum Takes<'a> {
    /// So many seconds.
    Fixed(f64),
    /// As long as a service of ours takes.
    Answer(&'a Answer),
}

impl Part<'_> {
    fn in_a_row(&self) -> Waiting {
        match self.takes {
            Takes::Fixed(seconds) => {
                let times = Times::always(seconds).in_a_row(self.count);
                Waiting { even: times.clone(), varying: Some(times), least_s: [0.0; 2] }
            }
            Takes::Answer(answer) => Waiting {
                even: answer.all.even.in_a_row(self.count),
                varying: answer.all.varying.as_ref().map(|times| times.in_a_row(self.count)),
                least_s: if self.count >= 1.0 { answer.all.least_s } else { [0.0; 2] },
            },
        }
    }

    fn at_once(&self) -> Waiting {
        match self.takes {
            Takes::Fixed(seconds) => {
                let times = Times::always(seconds).sometimes(self.count.min(1.0));
                Waiting { even: times.clone(), varying: Some(times), least_s: [0.0; 2] }
            }
            Takes::Answer(answer) => answer.to_last_of(self.count),
        }
    }
}

/// What a request waits for all its calls, at once or in a row.
pub(super) fn waiting<'a>(parts: impl Iterator<Item = Part<'a>>, at_once: bool) -> Waiting {
    parts.filter(|part| part.count > 0.0).fold(Waiting::fixed(0.0), |all, part| {
        let next = if at_once { part.at_once() } else { part.in_a_row() };
        let both = |a: &Times, b: &Times| if at_once { a.longer(b) } else { a.then(b) };
        Waiting {
            even: both(&all.even, &next.even),
            varying: all.varying.zip(next.varying).map(|(all, next)| both(&all, &next)),
            least_s: [0, 1].map(|which| all.least_s[which].max(next.least_s[which])),
        }
    })
}
