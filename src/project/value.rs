//! What a trait of a component is set to.

use std::fmt;

use crate::lang::{of_playbook, t};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The value of one trait on one component. A trait that is not in the map is *unknown*, which is not the same as `No`.
#[derive(Clone, Debug, PartialEq)]
pub enum TraitValue {
    /// A flag: written `true` or `false`.
    Flag(bool),
    /// A count, rate or duration in the trait's unit: written as a number.
    Number(f64),
    /// One of the trait's options: written as a string.
    Choice(String),
}

impl TraitValue {
    /// The number a formula sees: 1 and 0 for flags, the number itself, `None` for a choice.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Flag(flag) => Some(if *flag { 1.0 } else { 0.0 }),
            Self::Number(number) => Some(*number),
            Self::Choice(_) => None,
        }
    }

    /// Whether it says that there is something: a flag that is set, a number above 0, any option.
    pub fn is_on(&self) -> bool {
        match self {
            Self::Flag(flag) => *flag,
            Self::Number(number) => *number > 0.0,
            Self::Choice(_) => true,
        }
    }
}

/// For people, in the language that is spoken; [`Serialize`] is what files hold.
impl fmt::Display for TraitValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(if *flag { t("yes") } else { t("no") }),
            Self::Number(number) => write!(f, "{number}"),
            Self::Choice(option) => f.write_str(of_playbook(option)),
        }
    }
}

impl Serialize for TraitValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serialize_number(*number, serializer),
            Self::Choice(option) => serializer.serialize_str(option),
        }
    }
}

/// Writes whole numbers without a decimal point, so that `40` stays `40` in the file.
pub(crate) fn serialize_number<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        serializer.serialize_i64(number as i64)
    } else {
        serializer.serialize_f64(number)
    }
}

impl<'de> Deserialize<'de> for TraitValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = TraitValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(t("`true`, `false`, a number, or an option in quotes"))
            }
            fn visit_bool<E>(self, flag: bool) -> Result<TraitValue, E> {
                Ok(TraitValue::Flag(flag))
            }
            fn visit_i64<E>(self, number: i64) -> Result<TraitValue, E> {
                Ok(TraitValue::Number(number as f64))
            }
            fn visit_u64<E>(self, number: u64) -> Result<TraitValue, E> {
                Ok(TraitValue::Number(number as f64))
            }
            fn visit_i128<E>(self, number: i128) -> Result<TraitValue, E> {
                Ok(TraitValue::Number(number as f64))
            }
            fn visit_u128<E>(self, number: u128) -> Result<TraitValue, E> {
                Ok(TraitValue::Number(number as f64))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<TraitValue, E> {
                if number.is_finite() {
                    Ok(TraitValue::Number(number))
                } else {
                    Err(E::custom(t("a finite number is needed here")))
                }
            }
            fn visit_str<E>(self, option: &str) -> Result<TraitValue, E> {
                Ok(TraitValue::Choice(option.to_owned()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
