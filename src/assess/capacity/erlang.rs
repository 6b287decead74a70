//! Erlang's formulas: how likely it is that all servers of a queue are busy.

/// Where the sum below is beyond this, the probability is nothing: nobody waits so seldom.
const BEYOND: f64 = 1e40;
/// Terms smaller than this share of the sum do not change it any more.
const NEGLIGIBLE: f64 = 1e-17;

/// Erlang B: the probability that a request finds all `servers` busy and is turned away, for an offered load of `load` (arrival rate
/// times mean holding time, in Erlangs). 0 to 1; 1 without servers.
///
/// The usual recursion `B_0 = 1, B_k = a B_(k-1) / (k + a B_(k-1))`, unrolled: `1/B_c = sum over j of c! / (c-j)! / a^j`. Read from
/// this end its terms die out, so that a hundred thousand servers cost some thousand steps and nothing overflows.
///
/// Source: A. K. Erlang, 1917; as recursion in any textbook of teletraffic.
pub fn erlang_b(servers: u64, load: f64) -> f64 {
    if servers == 0 {
        return 1.0;
    }
    if load.is_nan() || load <= 0.0 {
        return 0.0;
    }
    let mut left = servers as f64;
    // The largest term alone, by Stirling's formula, which leaves out a factor above one.
    if left > load && left * (left / load).ln() - (left - load) > BEYOND.ln() {
        return 0.0;
    }
    let (mut term, mut sum) = (1.0_f64, 1.0_f64);
    while left >= 1.0 {
        term *= left / load;
        sum += term;
        if sum > BEYOND {
            return 0.0;
        }
        if term < sum * NEGLIGIBLE {
            break;
        }
        left -= 1.0;
    }
    1.0 / sum
}

/// Erlang C: the probability that a request has to wait in an M/M/c queue, `C = B / (1 - (a/c)(1 - B))`; 1 where the load is all that
/// the servers can do, or more.
///
/// Source: A. K. Erlang, 1917.
pub fn erlang_c(servers: u64, load: f64) -> f64 {
    let count = servers as f64;
    if load >= count {
        return 1.0;
    }
    let blocked = erlang_b(servers, load);
    (blocked / (1.0 - load / count * (1.0 - blocked))).clamp(0.0, 1.0)
}
