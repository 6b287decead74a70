//! A thing of the document as its smallest parts, each by its path: what is compared and merged one by one. A field that is added to the
//! document is compared and merged with the others without anybody naming it here.

use indexmap::IndexMap;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::assumptions::Assumptions;

/// The keys that lead to a part: `["traits", "tables"]`.
pub(super) type Path = Vec<String>;
/// The parts of a thing, in its order.
pub(super) type Leaves = IndexMap<Path, Value>;

/// Objects that say something only as a whole: nobody wants one's currency at the other's rate.
const WHOLE: [&[&str]; 5] = [&["deadline"], &["currency"], &["weeks"], &["budget_usd"], &["means", "roles"]];
/// Lists in which each entry is there or not, wherever it stands.
const SETS: [&[&str]; 6] = [
    &["deferred"],
    &["folded", "components"],
    &["folded", "boundaries"],
    &["folded", "sticky_notes"],
    &["calendar", "workdays"],
    &["calendar", "holidays"],
];
/// Objects that say something by being there, whatever is in them.
const MARKS: [&[&str]; 2] = [&["folded"], &["calendar"]];

fn is_among(path: &[String], known: &[&[&str]]) -> bool {
    known.iter().any(|one| path.iter().map(String::as_str).eq(one.iter().copied()))
}

/// The parts of a thing as files have them: coordinates with two decimals, nothing that is left out for being usual.
pub(super) fn leaves<T: Serialize>(thing: &T) -> Leaves {
    of_value(serde_json::to_value(thing))
}

/// The parts of assumptions. The calendar is told whole: where it is usual, a working day that is taken out was there before.
pub(super) fn leaves_of_assumptions(assumptions: &Assumptions) -> Leaves {
    let value = serde_json::to_value(assumptions).and_then(|mut value| {
        value["calendar"] = serde_json::to_value(&assumptions.calendar)?;
        value["currency"] = serde_json::to_value(&assumptions.currency)?;
        Ok(value)
    });
    of_value(value)
}

fn of_value(value: serde_json::Result<Value>) -> Leaves {
    let mut leaves = Leaves::new();
    match value {
        Ok(value) => take_apart(&mut Vec::new(), value, &mut leaves),
        Err(error) => log::error!("A part of the project cannot be compared: {error}"),
    }
    leaves
}

fn take_apart(path: &mut Path, value: Value, leaves: &mut Leaves) {
    match value {
        Value::Null => {}
        Value::Object(entries) if !is_among(path, &WHOLE) => {
            if is_among(path, &MARKS) {
                leaves.insert(path.clone(), Value::Bool(true));
            }
            for (key, value) in entries {
                path.push(key);
                take_apart(path, value, leaves);
                path.pop();
            }
        }
        Value::Array(entries) if is_among(path, &SETS) => {
            for entry in entries {
                let key = entry.as_str().map_or_else(|| entry.to_string(), str::to_owned);
                leaves.insert([path.as_slice(), &[key]].concat(), Value::Bool(true));
            }
        }
        value => drop(leaves.insert(path.clone(), value)),
    }
}

/// The thing of these parts, if there is one.
pub(super) fn thing_of<T: DeserializeOwned>(leaves: &Leaves) -> Option<T> {
    let mut whole = Value::Object(Map::new());
    for (path, value) in leaves {
        let mut marks = (1..path.len()).map(|end| &path[..end]).filter(|begin| is_among(begin, &MARKS));
        // What is in something that is not there is gone with it.
        if marks.all(|mark| leaves.contains_key(mark)) {
            put(&mut whole, path, value);
        }
    }
    if leaves.keys().any(|path| path.first().is_some_and(|key| key == "calendar")) {
        // A week without a working day is a problem that is told, and not the usual week.
        let workdays = &mut whole["calendar"]["workdays"];
        if workdays.is_null() {
            *workdays = Value::Array(Vec::new());
        }
    }
    serde_json::from_value(whole).inspect_err(|error| log::warn!("These parts make no whole: {error}")).ok()
}

fn put(whole: &mut Value, path: &[String], value: &Value) {
    let Some((last, way)) = path.split_last() else { return };
    let mut at = whole;
    for key in way {
        at = match at {
            Value::Object(entries) => entries.entry(key.clone()).or_insert(Value::Null),
            _ => return,
        };
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
    }
    let empty_list = || Value::Array(Vec::new());
    if is_among(way, &SETS) {
        if !at.is_array() {
            *at = empty_list();
        }
        if let Value::Array(entries) = at {
            entries.push(Value::String(last.clone()));
        }
    } else if let Value::Object(entries) = at {
        if is_among(path, &MARKS) {
            entries.entry(last.clone()).or_insert_with(|| Value::Object(Map::new()));
        } else {
            entries.insert(last.clone(), value.clone());
        }
    }
}
