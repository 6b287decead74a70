//! The queueing model against textbooks, against itself computed otherwise, and against what was measured.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use groundplan::{
    assess::capacity::{Call, Demand, Deployment, Open, OutOfReach, Queue, Request, Server, erlang_b, erlang_c, size},
    playbook::{self, Playbook, ServerKind, Slots},
};
use proptest::prelude::*;

fn close(found: f64, expected: f64, share: f64) -> bool {
    (found - expected).abs() <= expected.abs() * share + 1e-12
}

#[track_caller]
fn assert_close(found: f64, expected: f64, share: f64, what: &str) {
    assert!(close(found, expected, share), "{what}: {found} is not within {share} of {expected}");
}

fn server(wait_s: f64, cpu_s: f64, processes: u64, slots_per_process: Option<u64>, cpus: u64) -> Server {
    let demand = Demand { wait_s, cpu_s, cpu_step_s: 0.0, comes_back: 0.0 };
    Server { demand, deployment: Deployment { processes, slots_per_process, cpus } }
}

/// Slots that are held while processors are waited for run out before the saturation does, which knows of no waiting.
#[test]
fn what_a_server_holds_is_where_its_queues_lose_their_bound() {
    for (server, below) in [
        (server(0.02, 0.004, 5, Some(1), 1), true),
        (server(0.05, 0.005, 4, Some(8), 1), true),
        (server(0.0006, 0.00235, 1, Some(1), 1), false),
        (server(0.05, 0.005, 1, None, 1), false),
    ] {
        let (most, saturation) = (server.bounded_up_to_per_s(), server.saturation_per_s());
        assert_eq!(most < saturation * 0.999, below, "{server:?}: {most} of {saturation}");
        assert!(
            server.response(most * 0.999).is_some() && server.response(most * 1.001).is_none(),
            "{server:?}: {most}"
        );
        let busy: Vec<f64> = (1..=40).map(|step| server.utilisation(most * f64::from(step) / 30.0)).collect();
        assert!(busy[28] < 1.0 && busy[30..].iter().all(|busy| *busy >= 1.0), "{server:?}: {busy:?}");
    }
}

#[test]
fn erlangs_formulas_give_the_tables() {
    // The load at which one call in a hundred is blocked, as printed in tables of teletraffic.
    for (servers, load) in [(1, 0.0101), (5, 1.361), (10, 4.461), (20, 12.03), (50, 37.90), (100, 84.06)] {
        assert_close(erlang_b(servers, load), 0.01, 0.01, &format!("{servers} lines"));
    }
    for (servers, load, expected) in
        [(1, 0.5, 0.5), (2, 1.0, 1.0 / 3.0), (3, 2.0, 4.0 / 9.0), (5, 4.0, 0.5541), (10, 8.0, 0.4092)]
    {
        assert_close(erlang_c(servers, load), expected, 1e-4, &format!("{servers} servers, {load} Erlangs"));
    }
    assert_eq!([erlang_c(3, 3.0), erlang_c(3, 9.0), erlang_c(3, 0.0), erlang_b(0, 1.0)], [1.0, 1.0, 0.0, 1.0]);
}

/// `B_k = a B_(k-1) / (k + a B_(k-1))`, step by step.
fn erlang_b_by_recursion(servers: u64, load: f64) -> f64 {
    (1..=servers).fold(1.0, |blocked, k| load * blocked / (k as f64 + load * blocked))
}

#[test]
fn erlangs_formulas_hold_for_a_hundred_thousand_servers() {
    for (servers, load) in
        [(100, 90.0), (1_000, 999.5), (10_000, 9_000.0), (100_000, 99_900.0), (100_000, 100_000.0), (100_000, 1e6)]
    {
        assert_close(
            erlang_b(servers, load),
            erlang_b_by_recursion(servers, load),
            1e-9,
            &format!("{servers}, {load}"),
        );
    }
    for (servers, load) in
        [(1_000_000_000, 7e8), (1_000_000_000, 999_999_999.0), (u64::MAX, 1.0), (7, 1e300), (7, 1e-300)]
    {
        let delayed = erlang_c(servers, load);
        assert!((0.0..=1.0).contains(&delayed), "{servers}, {load}: {delayed}");
    }
}

#[test]
fn queues_of_one_and_of_many_are_those_of_the_textbook() {
    // M/M/1 at half load: the wait is as long as the service, and e^-(1 - rho)t of those who wait are still there after t.
    let single = server(0.0, 1.0, 1, None, 1);
    let open = Open::new(&single, 0.5, 1.0).unwrap();
    assert_close(open.mean_s(), 2.0, 1e-12, "M/M/1");
    assert_close(open.cpu.percentile_s(0.95), 10.0_f64.ln() * 2.0, 1e-12, "its 95th percentile of waiting");
    // M/D/1 waits half as long (Pollaczek and Khinchine), M/M/2 at rho = 1/2 a third of a service.
    assert_close(Open::new(&single, 0.5, 0.0).unwrap().mean_s(), 1.5, 1e-12, "M/D/1");
    assert_close(Queue::new(1.0, 2, 1.0, 1.0).unwrap().wait_s(), 1.0 / 3.0, 1e-12, "M/M/2");
    // A synchronous worker is busy while it waits.
    let waiting = server(0.9, 0.1, 1, Some(1), 1);
    assert_close(waiting.response(0.5).unwrap().mean_s, 1.5, 1e-12, "one worker, half busy with waiting");
    assert_close(waiting.saturation_per_s(), 1.0, 1e-12, "its saturation");
}

#[test]
fn what_grows_without_bound_is_no_number() {
    let one = server(0.1, 0.01, 4, Some(8), 2);
    assert_close(one.saturation_per_s(), 200.0, 1e-12, "two processors");
    for rate in [200.0, 201.0, 1e6, f64::INFINITY] {
        assert_eq!(one.response(rate), None, "{rate}");
    }
    let narrow = server(0.1, 0.01, 4, Some(2), 4);
    assert_close(narrow.saturation_per_s(), 8.0 / 0.11, 1e-12, "eight slots");
    assert_eq!(narrow.response(73.0), None);
    assert!(narrow.response(72.0).is_some_and(|response| response.mean_s.is_finite()));
}

/// Exact mean value analysis of a delay of `z` seconds and a station of `cpus` servers of `d` seconds, client by client.
fn throughput_by_mva(clients: usize, z: f64, d: f64, cpus: f64) -> f64 {
    let mut at = vec![1.0]; // the probability of so many at the station, with one client less
    let mut throughput = 0.0;
    for n in 1..=clients {
        let rate = |j: usize| (j as f64).min(cpus) / d;
        let response: f64 = (1..=n).map(|j| j as f64 / rate(j) * at[j - 1]).sum();
        throughput = n as f64 / (z + response);
        let busy: Vec<f64> = at.iter().enumerate().map(|(j, share)| throughput / rate(j + 1) * share).collect();
        at = [vec![1.0 - busy.iter().sum::<f64>()], busy].concat();
    }
    throughput
}

#[test]
fn the_closed_loop_is_exact_mean_value_analysis() {
    for (clients, z, d, cpus) in [
        (1, 0.05, 0.002, 1),
        (10, 0.05, 0.002, 1),
        (50, 0.05, 0.002, 1),
        (30, 0.05, 0.01, 4),
        (40, 0.001, 0.01, 3),
        (60, 0.2, 0.02, 8),
    ] {
        let closed = server(z, d, cpus, None, cpus).closed(clients);
        let expected = throughput_by_mva(clients as usize, z, d, cpus as f64);
        assert_close(closed.throughput_per_s, expected, 1e-9, &format!("{clients} clients on {cpus}"));
        assert!(closed.low_per_s <= expected * (1.0 + 1e-9) && expected <= closed.high_per_s * (1.0 + 1e-9));
        assert_close(closed.response_s(), clients as f64 / expected, 1e-9, "Little's law");
    }
}

#[test]
fn the_closed_loop_holds_at_its_ends() {
    let one = server(0.1, 0.01, 1, Some(16), 1);
    assert_eq!(one.closed(0).throughput_per_s, 0.0);
    assert_close(one.closed(16).throughput_per_s, one.closed(100_000).throughput_per_s, 1e-12, "slots are the limit");
    let wide = server(0.1, 0.01, 8, None, 8);
    for clients in [1_000, 100_000, 1_000_000_000] {
        assert_close(wide.closed(clients).throughput_per_s, 800.0, 1e-6, "all processors busy");
    }
    // With a processor for everybody nobody waits.
    assert_close(server(0.1, 0.01, 500, None, 500).closed(400).throughput_per_s, 400.0 / 0.11, 1e-9, "no queue");
    assert_close(server(0.0, 0.01, 2, None, 2).closed(5).throughput_per_s, 200.0, 1e-12, "nothing to wait for");
    assert_close(server(0.1, 0.0, 2, None, 2).closed(5).throughput_per_s, 50.0, 1e-12, "nothing to compute");
    for (z, d) in [(1e-9, 600.0), (600.0, 1e-9), (1e-300, 1.0), (1.0, 1e-300)] {
        let throughput = server(z, d, 100_000, None, 100_000).closed(100_000).throughput_per_s;
        assert!(throughput.is_finite() && throughput > 0.0, "{z}, {d}: {throughput}");
    }
    // Threads that compute for long are planned on the low end.
    let mut threads = server(0.1, 0.02, 1, Some(16), 1);
    threads.demand.cpu_step_s = 0.02;
    let closed = threads.closed(16);
    assert_eq!(closed.planned_per_s, closed.low_per_s);
    assert_eq!(one.closed(16).planned_per_s, one.closed(16).throughput_per_s);
}

fn builtin() -> Playbook {
    playbook::builtin().unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn kind<'a>(playbook: &'a Playbook, id: &str) -> &'a ServerKind {
    playbook.servers.get(id).unwrap()
}

/// A service that does this on a server of `processes`, on two processors, as on the machine that measured.
fn measured(kind: &ServerKind, request: &Request, processes: u64) -> Server {
    let deployment = Deployment { processes, slots_per_process: kind.slots.most(), cpus: 2 };
    Server { demand: request.demand(kind, |figure| figure.typical), deployment }
}

fn calls(count: usize, latency_s: f64) -> Request {
    Request { calls: vec![Call { count: 1.0, latency_s }; count], ..Request::default() }
}

/// ¶4 and ¶16: what one answer takes where nobody else asks, within a tenth (within 1 % where hardly anything is computed).
#[test]
fn a_single_answer_takes_what_was_measured() {
    let playbook = builtin();
    let predict = Request { validates: true, own_cpu_s: 0.02, ..calls(2, 0.12) };
    for (id, request, measured_s, tolerance) in [
        ("fastapi-async", &calls(3, 0.2), 0.2035, 0.01),
        ("django-sync", &calls(3, 0.2), 0.6079, 0.01),
        ("django-async", &calls(3, 0.2), 0.206, 0.01),
        ("fastapi-async", &predict, 0.154, 0.1),
        ("django-sync", &predict, 0.267, 0.02),
    ] {
        let alone = request.demand(kind(&playbook, id), |figure| figure.typical).alone_s();
        assert_close(alone, measured_s, tolerance, id);
    }
    // The page: 200 against 600 ms, 120 against 240; the target of 200 ms is met by the one and missed by the other.
    let alone = |id| predict.demand(kind(&playbook, id), |figure| figure.typical).alone_s();
    assert!(alone("fastapi-async") < 0.2 && alone("django-sync") > 0.2);
}

/// ¶4: the ratio of answers a second with one call of 50 ms against 16 threads, within a fifth.
#[test]
fn threads_keep_up_until_their_slots_are_full() {
    let playbook = builtin();
    for (clients, measured_ratio) in [(10, 1.0), (50, 2.9), (200, 4.0)] {
        let throughput = |id| measured(kind(&playbook, id), &calls(1, 0.05), 1).closed(clients).planned_per_s;
        let ratio = throughput("fastapi-async") / throughput("django-threads");
        assert_close(ratio, measured_ratio, 0.2, &format!("{clients} clients"));
    }
}

/// ¶8 and ¶18: where one process saturates, against what was measured, each within its own tolerance. The two with a payload or a call
/// were measured with a load generator that took its share of the same two processors.
#[test]
fn one_process_saturates_where_it_was_measured_to() {
    let playbook = builtin();
    let checked = Request { validates: true, ..calls(0, 0.0) };
    let insert = Request { inserts: 1.0, trips_s: 0.0006, ..checked.clone() };
    for (id, request, measured_per_s, tolerance) in [
        ("fastapi-async", &calls(0, 0.0), 5_000.0, 0.06),
        ("fastapi-async", &checked, 3_000.0, 0.3),
        ("fastapi-async", &calls(1, 0.05), 1_160.0, 0.26),
        ("fastapi-async", &insert, 590.0, 0.07),
        ("django-sync", &insert, 390.0, 0.06),
    ] {
        let saturation = measured(kind(&playbook, id), request, 1).saturation_per_s();
        assert_close(saturation, measured_per_s, tolerance, id);
        assert!(saturation < 10_000.0, "the page's figure is not reached on one process");
    }
}

/// ¶18: 100 messages a second on one process. The 99th percentiles come out at half of what a busy shared machine had (15 and 24.5 ms),
/// and far under anything that would matter.
#[test]
fn one_process_takes_a_hundred_messages_a_second() {
    let playbook = builtin();
    let insert = Request { inserts: 1.0, trips_s: 0.0006, validates: true, ..calls(0, 0.0) };
    for (id, measured_p99_s) in [("fastapi-async", 0.015), ("django-sync", 0.0245)] {
        let server = measured(kind(&playbook, id), &insert, 1);
        let p99_s = server.response(100.0).unwrap().p99_high_s.unwrap();
        assert!((measured_p99_s / 2.1..=measured_p99_s).contains(&p99_s), "{id}: {p99_s}");
        assert!((0.15..0.26).contains(&server.utilisation(100.0)), "{id}: {}", server.utilisation(100.0));
    }
}

/// ¶16: 41.7 predictions a second on one process, two calls of 120 ms gathered, with 5 and with 20 ms of model.
#[test]
fn the_models_time_decides_whether_predictions_are_in_time() {
    let playbook = builtin();
    let response = |own_cpu_s| {
        let predict = Request { validates: true, own_cpu_s, ..calls(2, 0.12) };
        measured(kind(&playbook, "fastapi-async"), &predict, 1).response(41.7).unwrap()
    };
    let quick = response(0.005);
    assert!(quick.p99_low_s < 0.151 && 0.151 < quick.p99_high_s.unwrap(), "measured 151 ms: {quick:?}");
    assert!(quick.p95_s.unwrap() < 0.2);
    // 293 ms were measured in a run of minutes; in the long run the model expects more. Either way the target is missed.
    let slow = response(0.02);
    assert!(slow.p95_s.unwrap() > 0.293, "{slow:?}");
}

#[test]
fn a_size_is_the_smallest_that_does() {
    // 100/s, each 100 ms of waiting and 10 of computing: one processor busy, 70 % of it is 1.43, and 11 requests in work.
    let demand = Demand { wait_s: 0.1, cpu_s: 0.01, cpu_step_s: 0.0, comes_back: 0.0 };
    let sized = |slots, target_s| size(demand, slots, 100.0, 0.7, target_s);
    let open = Deployment { processes: 2, slots_per_process: None, cpus: 2 };
    assert_eq!(sized(Slots::Unlimited, None), Ok(open));
    let workers = sized(Slots::One, None).unwrap();
    assert_eq!((workers.processes, workers.cpus), (16, 2), "0.1117 s held, 11.17 in work, 70 % of 15.95");
    let threads = sized(Slots::Threads(16), None).unwrap();
    assert_eq!((threads.processes, threads.slots_per_process, threads.cpus), (2, Some(8), 2));
    assert_eq!(sized(Slots::Pool(40), None).unwrap().slots(), Some(80));
    assert_eq!(sized(Slots::One, Some(0.105)), Err(OutOfReach { alone_s: 0.11 }));
    let tight = Server { demand, deployment: sized(Slots::Unlimited, Some(0.1101)).unwrap() };
    assert!(tight.response(100.0).unwrap().p95_s.unwrap() <= 0.1101);
    let less =
        Server { demand, deployment: Deployment { processes: tight.deployment.processes - 1, ..tight.deployment } };
    assert!(less.response(100.0).is_none_or(|response| response.p95_s.is_none_or(|p95_s| p95_s > 0.1101)));
    assert_eq!(size(demand, Slots::One, 0.0, 0.7, None).map(|one| one.processes), Ok(1));
}

#[test]
fn sizes_of_a_million_requests_a_second_are_found() {
    let demand = Demand { wait_s: 0.5, cpu_s: 0.002, cpu_step_s: 0.0, comes_back: 0.0 };
    for slots in [Slots::One, Slots::Threads(16), Slots::Pool(40), Slots::Unlimited] {
        let deployment = size(demand, slots, 1e6, 0.7, Some(0.6)).unwrap();
        let response = Server { demand, deployment }.response(1e6).unwrap();
        assert!(response.p95_s.unwrap() <= 0.6, "{slots:?}: {response:?}");
        assert!(deployment.cpus >= 2_857, "{slots:?}: {deployment:?}");
    }
    let huge =
        size(Demand { wait_s: 0.0, cpu_s: 600.0, cpu_step_s: 600.0, comes_back: 0.0 }, Slots::One, 1e6, 0.7, None)
            .unwrap();
    assert!(huge.processes >= 857_000_000);
}

proptest! {
    /// More load never makes answers faster.
    #[test]
    fn latency_rises_with_load(
        wait_s in 0.0..1.0_f64, cpu_s in 1e-4..0.1_f64, processes in 1_u64..40, slots in 0_u64..50, low in 0.0..0.999_f64, more in 0.0..1.0_f64,
    ) {
        let slots = (slots > 0).then_some(slots);
        let server = server(wait_s, cpu_s, processes, slots, processes);
        let most = server.saturation_per_s();
        let (few, many) = (low * most, (low + (1.0 - low) * more) * most);
        if let Some(many) = server.response(many) {
            let few = server.response(few).unwrap();
            prop_assert!(few.mean_s <= many.mean_s * (1.0 + 1e-9));
            prop_assert!(few.p99_low_s <= many.p99_low_s * (1.0 + 1e-9));
            if let Some(p95_s) = many.p95_s {
                prop_assert!(few.p95_s.unwrap() <= p95_s * (1.0 + 1e-9));
            }
            prop_assert!(few.mean_s >= server.demand.alone_s() * (1.0 - 1e-12));
        }
        prop_assert!(server.closed(10).throughput_per_s <= most * (1.0 + 1e-9));
    }

    /// More workers, each with a processor of its own, never make answers slower.
    #[test]
    fn latency_falls_with_servers(
        wait_s in 0.0..1.0_f64, cpu_s in 1e-4..0.1_f64, processes in 1_u64..40, more in 1_u64..40, slots in 0_u64..50, load in 0.0..0.999_f64,
    ) {
        let slots = (slots > 0).then_some(slots);
        let few = server(wait_s, cpu_s, processes, slots, processes);
        let many = server(wait_s, cpu_s, processes + more, slots, processes + more);
        let rate = load * few.saturation_per_s();
        if let Some(few) = few.response(rate) {
            let many = many.response(rate).unwrap();
            prop_assert!(many.mean_s <= few.mean_s * (1.0 + 1e-9));
            if let Some(p95_s) = few.p95_s {
                prop_assert!(many.p95_s.unwrap() <= p95_s * (1.0 + 1e-9));
            }
        }
        prop_assert!(many.closed(99).throughput_per_s >= few.closed(99).throughput_per_s * (1.0 - 1e-9));
    }

    /// What is proposed carries the load with the room that was asked for, and is in time.
    #[test]
    fn a_size_holds(
        wait_s in 0.0..1.0_f64, cpu_s in 1e-4..0.1_f64, rate in 0.0..5_000.0_f64, spare in 1.0..3.0_f64, which in 0_usize..4,
    ) {
        let slots = [Slots::One, Slots::Threads(16), Slots::Pool(40), Slots::Unlimited][which];
        let demand = Demand { wait_s, cpu_s, cpu_step_s: 0.0, comes_back: 0.0 };
        let target_s = demand.alone_s() * spare;
        let deployment = size(demand, slots, rate, 0.7, Some(target_s)).unwrap();
        let server = Server { demand, deployment };
        prop_assert!(server.cpu_utilisation(rate) <= 0.7 * (1.0 + 1e-9));
        prop_assert!(server.utilisation(rate) <= 0.7 * (1.0 + 1e-9), "{}", server.utilisation(rate));
        prop_assert!(server.response(rate).unwrap().p95_s.unwrap() <= target_s * (1.0 + 1e-9));
    }
}
