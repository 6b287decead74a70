//! How many requests a second come to whom.

use crate::{
    assess::graph::Link,
    playbook::CapacitySettings,
    project::{Component, ComponentId, ComponentKind, TraitId, TraitValue},
};

/// Calls for each request where a connection does not say (assumption).
pub(super) const CALLS: f64 = 1.0;

/// Most callers that are named as silent: they add up along the calls, and nobody reads thousands of names.
pub const MOST_SILENT: usize = 100;

/// What a load is known from.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadSource {
    /// Its own trait: requests at the worst moment.
    Peak,
    /// Its own trait: requests on average, as nobody has said how many it is at the worst moment.
    Mean,
    /// Its own devices, each of which reports once in so many seconds.
    Devices {
        /// How many.
        devices: f64,
        /// Seconds between two reports of one.
        interval_s: f64,
    },
    /// Its own live clients, each of whom is told something once in so many seconds (assumption of the playbook).
    LiveClients {
        /// How many.
        clients: f64,
        /// Seconds between two messages to one.
        interval_s: f64,
    },
    /// The rates of its callers times their calls for each request.
    Callers,
    /// Nobody has said anything it could be known from.
    Unknown,
}

/// The requests that come to a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Requests a second; `None` if unknown, which is not the same as none.
    pub rate_per_s: Option<f64>,
    /// What it is known from.
    pub source: LoadSource,
    /// Callers whose rates are unknown, the first [`MOST_SILENT`] of them: with some the rate is the least it can be.
    pub silent_callers: Vec<ComponentId>,
    /// What its callers would send, where its own trait says something else; in a circle of calls only what comes from outside of it, if that
    /// is more.
    pub callers_per_s: Option<f64>,
    /// Calls go round in a circle and bring back as many as go out, or more, here or before: there is no bound to what comes.
    pub endless: bool,
}

impl Load {
    /// Whether more may come than is known.
    pub fn is_least(&self) -> bool {
        let silent = self.source == LoadSource::Callers && !self.silent_callers.is_empty();
        self.rate_per_s.is_some() && (silent || self.endless)
    }
}

/// The number a component is tagged with.
pub(super) fn number(component: &Component, id: Option<&TraitId>) -> Option<f64> {
    let value = component.traits.get(id?)?.as_number()?;
    (value.is_finite() && value >= 0.0).then_some(value)
}

/// What a component is tagged with of a flag; `None` if nobody says.
pub(super) fn said(component: &Component, id: Option<&TraitId>) -> Option<bool> {
    match component.traits.get(id?)? {
        TraitValue::Flag(flag) => Some(*flag),
        _ => None,
    }
}

/// Whether a component is tagged with a flag.
pub(super) fn flag(component: &Component, id: Option<&TraitId>) -> bool {
    said(component, id) == Some(true)
}

/// What a component says of its own load, in requests a second.
pub(super) fn own(component: &Component, settings: &CapacitySettings) -> Option<(f64, LoadSource)> {
    let traits = &settings.traits;
    let said = |id: Option<&TraitId>| number(component, id);
    if let Some(rate) = said(traits.peak.as_ref()) {
        return Some((rate, LoadSource::Peak));
    }
    if let Some(rate) = said(traits.mean.as_ref()) {
        return Some((rate, LoadSource::Mean));
    }
    if let (Some(devices), Some(interval_s)) = (said(traits.devices.as_ref()), said(traits.device_interval.as_ref()))
        && interval_s > 0.0
    {
        return Some((devices / interval_s, LoadSource::Devices { devices, interval_s }));
    }
    let clients = said(traits.live_clients.as_ref()).filter(|clients| *clients > 0.0)?;
    let interval_s = settings.live_interval_s;
    Some((clients / interval_s, LoadSource::LiveClients { clients, interval_s }))
}

/// Whether a component says anything of its own load.
pub(super) fn states_load(component: &Component, settings: &CapacitySettings) -> bool {
    own(component, settings).is_some()
}

/// Whether a link carries requests from its beginning to its end: nobody is called by way of tables they share.
pub(super) fn carries(link: &Link<'_>) -> bool {
    link.connection.protocol != crate::project::Protocol::SharedTables
}

/// Whether somebody who says nothing is to be asked: a store that nobody is known to write to sends nothing by itself.
pub(super) fn speaks(kind: ComponentKind) -> bool {
    kind.is_service() || matches!(kind, ComponentKind::Client | ComponentKind::DeviceFleet)
}
