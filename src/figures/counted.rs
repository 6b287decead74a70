//! How many there are of what: `1 week`, `2.0 weeks`.

use crate::lang::tr;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
    /// Days.
    Day,
    /// Weeks of one person's work.
    PersonWeek,
    /// Components that are built.
    Service,
    /// Components.
    Component,
    /// Connections.
    Connection,
    /// Boundaries.
    Boundary,
    /// Sticky notes.
    Note,
    /// Anything that is drawn.
    Element,
    /// Processors.
    Processor,
    /// Clients.
    Client,
    /// Clients that keep a connection open.
    LiveClient,
    /// Devices.
    Device,
    /// Faults of a file.
    Fault,
    /// Findings that say that something cannot be.
    Error,
    /// Findings that say that something will hurt.
    Warning,
    /// Findings that say what could be better.
    Hint,
    /// Points of a percentage.
    Point,
}

impl Unit {
    /// An amount as it is written, with the name of the unit by how many there are.
    pub fn counted(self, amount: &str, count: u64) -> String {
        match self {
            Self::Week => tr!("{amount} week" | "{amount} weeks" % count, amount),
            Self::Month => tr!("{amount} month" | "{amount} months" % count, amount),
            Self::Year => tr!("{amount} year" | "{amount} years" % count, amount),
            Self::Day => tr!("{amount} day" | "{amount} days" % count, amount),
            Self::PersonWeek => tr!("{amount} person-week" | "{amount} person-weeks" % count, amount),
            Self::Service => tr!("{amount} service" | "{amount} services" % count, amount),
            Self::Component => tr!("{amount} component" | "{amount} components" % count, amount),
            Self::Connection => tr!("{amount} connection" | "{amount} connections" % count, amount),
            Self::Boundary => tr!("{amount} boundary" | "{amount} boundaries" % count, amount),
            Self::Note => tr!("{amount} note" | "{amount} notes" % count, amount),
            Self::Element => tr!("{amount} element" | "{amount} elements" % count, amount),
            Self::Processor => tr!("{amount} processor" | "{amount} processors" % count, amount),
            Self::Client => tr!("{amount} client" | "{amount} clients" % count, amount),
            Self::LiveClient => tr!("{amount} live client" | "{amount} live clients" % count, amount),
            Self::Device => tr!("{amount} device" | "{amount} devices" % count, amount),
            Self::Fault => tr!("{amount} fault" | "{amount} faults" % count, amount),
            Self::Error => tr!("{amount} error" | "{amount} errors" % count, amount),
            Self::Warning => tr!("{amount} warning" | "{amount} warnings" % count, amount),
            Self::Hint => tr!("{amount} hint" | "{amount} hints" % count, amount),
            Self::Point => tr!("{amount} point" | "{amount} points" % count, amount),
        }
    }
}

/// So many of a unit, however the amount is written: `1 week`, `2.0 weeks`, `8–14 months`. What is no whole number is several.
pub fn counted(amount: &str, unit: Unit) -> String {
    unit.counted(amount, amount.parse().unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, with};

    #[test]
    fn one_is_told_from_several_in_each_language() {
        let said = || ["1", "1.0", "2", "0", "8–14"].map(|amount| counted(amount, Unit::Component));
        assert_eq!(said(), ["1 component", "1.0 components", "2 components", "0 components", "8–14 components"]);
        let german = with(Language::German, || [counted("1", Unit::Warning), counted("2", Unit::Warning)]);
        assert_eq!(german, ["1 Warnung", "2 Warnungen"]);
    }
}
