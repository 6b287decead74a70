//! Days in files: refused in the words in which they are refused in a field.

use std::{collections::BTreeSet, fmt};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de};

use crate::{
    lang::{t, tr},
    text::read_day,
};

/// A day as a file gives it.
struct Day(Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(t("a day such as \"2027-03-01\""))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                read_day(text).map(Day).map_err(|why| E::custom(tr!("{why}; write a day such as \"2027-03-01\"", why)))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    Day::deserialize(deserializer).map(|day| day.0)
}

pub(in crate::project) fn optional_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
}

pub(super) fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<Date>, D::Error> {
    // Day by day, so that a problem is found where it stands.
    Ok(Vec::<Day>::deserialize(deserializer)?.into_iter().map(|day| day.0).collect())
}
