//! What is to hold: the deadline.

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};

use super::{day::day, number};

/// When the work is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// After so many weeks of work.
    #[serde(serialize_with = "weeks")]
    Weeks(f64),
    /// By the end of this day.
    #[serde(deserialize_with = "day")]
    Date(Date),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn weeks<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    number(value, serializer)
}
