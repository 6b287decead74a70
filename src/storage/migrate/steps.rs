//! What each format writes otherwise than the one before it.

use super::{Changes, values_at};
use crate::ron_text::{Item, items};

/// Format 2 keeps of a scenario's assumptions the means, which are a choice of how to build; the first scenarios had all of the assumptions, with
/// their defaults where they said nothing. (Everything else that came with format 2 is new, and no file of format 1 lacks it.)
pub(super) fn from_1(text: &str) -> Changes {
    let mut changes = Changes::new();
    for scenario in values_at(text, &["scenarios", "*"]) {
        let Some((fields, _)) = text.get(scenario.clone()).and_then(items) else { continue };
        let Some(old) = fields.iter().find(|field| field.is("assumptions")) else { continue };
        if fields.iter().any(|field| field.is("means")) {
            changes.push((scenario.start + old.start()..scenario.start + old.end, String::new()));
            continue;
        }
        let value = scenario.start + old.value.start;
        let Some((inner, _)) = text.get(value..scenario.start + old.value.end).and_then(items) else { continue };
        if let Some((_, key)) = &old.key {
            changes.push((scenario.start + key.start..scenario.start + key.end, "means".to_owned()));
        }
        changes.push((value + 1..value + 1, defaults(&inner)));
        let no_means = inner.iter().filter(|field| NO_MEANS.iter().any(|name| field.is(name)));
        changes.extend(no_means.map(|field| (value + field.start()..value + field.end, String::new())));
    }
    changes
}

/// What assumptions hold that is no means.
const NO_MEANS: [&str; 6] = ["confidence", "start", "calendar", "currency", "target_budget_usd", "deadline"];

/// What assumptions were in format 1 where they did not say.
fn defaults(said: &[Item]) -> String {
    let defaults = [("rate_usd_per_person_week", "4500"), ("team_size", "2"), ("contingency", "0"), ("roles", "{}")];
    let missing = defaults.iter().filter(|(name, _)| !said.iter().any(|field| field.is(name)));
    missing.map(|(name, value)| [name, ": ", value, ", "].concat()).collect()
}
