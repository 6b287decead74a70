//! What a boundary comes to, in words: on its folded box, in its properties, in drawings.

use crate::{
    assess::Gathered,
    figures::{self, Money, Unit, counted},
    lang::{t, tr},
};

/// How many components are in it, or what is if there are none: as much as a box has room for.
pub fn gathered_in_short(gathered: &Gathered) -> String {
    if gathered.components == 0 {
        return gathered_contents(gathered);
    }
    let components = counted(&gathered.components.to_string(), Unit::Component);
    match gathered.deferred {
        0 => components,
        all if all == gathered.components => tr!("{components}, all later", components),
        some => tr!("{components}, {some} later", components, some),
    }
}

/// How many of what are in it: `5 components, 1 later, 1 note`.
pub fn gathered_contents(gathered: &Gathered) -> String {
    let mut parts = Vec::new();
    if gathered.components > 0 {
        parts.push(gathered_in_short(gathered));
    }
    if gathered.boundaries > 0 {
        parts.push(counted(&gathered.boundaries.to_string(), Unit::Boundary));
    }
    if gathered.notes > 0 {
        parts.push(counted(&gathered.notes.to_string(), Unit::Note));
    }
    if parts.is_empty() { t("Empty").to_owned() } else { parts.join(", ") }
}

/// What the work in it comes to at even odds: `12.4 person-weeks · $84K`.
pub fn gathered_sums(gathered: &Gathered, money: Money<'_>) -> String {
    if gathered.sums.person_weeks > 0.0 {
        format!("{} · {}", figures::person_weeks(gathered.sums.person_weeks), money.short(gathered.sums.usd))
    } else {
        t("Nothing to build now").to_owned()
    }
}
