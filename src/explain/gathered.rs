//! What a boundary comes to, in words: on its folded box, in its properties, in drawings.

use crate::{
    assess::Gathered,
    figures::{self, Money, counted},
};

/// How many of what are in it: `5 components, 1 of them later`.
pub fn gathered_contents(gathered: &Gathered) -> String {
    let mut parts = Vec::new();
    if gathered.components > 0 {
        let mut components = counted(&gathered.components.to_string(), "component");
        match gathered.deferred {
            0 => {}
            all if all == gathered.components => components.push_str(", put off to later"),
            some => components.push_str(&format!(", {some} of them later")),
        }
        parts.push(components);
    }
    match gathered.boundaries {
        0 => {}
        1 => parts.push("1 boundary".to_owned()),
        count => parts.push(format!("{count} boundaries")),
    }
    if gathered.notes > 0 {
        parts.push(counted(&gathered.notes.to_string(), "note"));
    }
    if parts.is_empty() { "Empty".to_owned() } else { parts.join(", ") }
}

/// What the work in it comes to at even odds: `12.4 person-weeks · $84K`.
pub fn gathered_sums(gathered: &Gathered, money: Money<'_>) -> String {
    if gathered.sums.person_weeks > 0.0 {
        format!("{} · {}", figures::person_weeks(gathered.sums.person_weeks), money.short(gathered.sums.usd))
    } else {
        "Nothing to build now".to_owned()
    }
}
