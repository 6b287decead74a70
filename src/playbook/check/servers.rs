//! Servers and what capacity is computed with: every figure is one, in its unit, and says where it is from.

use super::{Checker, Entry};
use crate::{
    lang::{t, tr},
    playbook::{Figure, Provenance, ServerKind, ServerUnit, Slots, TraitKind},
    project::TraitId,
};

/// No figure of a server is larger, in milliseconds or megabytes.
const MOST: f64 = 1e6;

impl Checker<'_> {
    pub(super) fn servers(&mut self) {
        let playbook = self.playbook;
        for (id, kind) in &playbook.servers {
            let entry = Entry::new("servers.ron", id.as_str());
            for framework in &kind.frameworks {
                self.framework(entry.at("frameworks"), framework);
            }
            if kind.frameworks.is_empty() {
                self.say(entry.at("frameworks"), t("a server needs at least one framework that runs on it"));
            }
            if matches!(kind.slots, Slots::Threads(count) | Slots::Pool(count) if !(2..=100_000).contains(&count)) {
                self.say(
                    entry.at("slots"),
                    t("threads and pools hold 2 to 100000 requests; for one at a time say `one`"),
                );
            }
            if !(kind.efficiency > 0.0 && kind.efficiency <= 1.0) {
                let message = tr!("it is {}; it must be more than 0 and at most 1", kind.efficiency);
                self.say(entry.at("efficiency"), &message);
            }
            if kind.clients.is_empty() {
                self.say(entry.at("clients"), t("calls to others need a client library with its processor time"));
            }
            for (field, figure, unit) in kind.figures() {
                self.figure(entry.at(field), figure, unit);
            }
            if kind.base.low <= 0.0 {
                self.say(entry.at("base"), t("a request that does nothing takes some time all the same"));
            }
            self.origin(entry, kind);
        }
    }

    fn figure(&mut self, entry: Entry<'_>, figure: &Figure, unit: ServerUnit) {
        if figure.unit != unit {
            let message = tr!("its unit is {0}; this figure is in {1}", figure.unit.label(), unit.label());
            self.say(entry, &message);
        }
        let ends = [figure.low, figure.typical, figure.high];
        if !(ends.iter().all(|end| (0.0..=MOST).contains(end)) && ends.is_sorted()) {
            self.say(entry, &tr!("low, typical and high must rise, from 0 to {MOST}", MOST));
        }
    }

    fn origin(&mut self, entry: Entry<'_>, kind: &ServerKind) {
        if kind.source.trim().is_empty() {
            self.say(entry.at("source"), t("a figure needs a source: machine, versions, how it was measured"));
        }
        let dated = matches!(kind.provenance, Provenance::Measured | Provenance::Update);
        if dated && kind.checked.trim().is_empty() {
            self.say(entry, t("what was measured says when: `checked`"));
        }
    }

    pub(super) fn capacity(&mut self) {
        let playbook = self.playbook;
        let Some(settings) = &playbook.capacity else { return };
        let entry = Entry::new("capacity.ron", "");
        for (name, value, least, most) in [
            ("utilisation", settings.utilisation, 0.05, 0.95),
            ("round_trip_ms", settings.round_trip_ms, 0.0, 1e4),
            ("usd_per_cpu_month", settings.usd_per_cpu_month, 0.0, 1e6),
            ("usd_per_gb_month", settings.usd_per_gb_month, 0.0, 1e6),
            ("live_interval_s", settings.live_interval_s, 1e-3, 1e5),
        ] {
            if !(least..=most).contains(&value) {
                self.say(entry.at(name), &tr!("it is {value}; it must be from {least} to {most}", value, least, most));
            }
        }
        if settings.reason.trim().is_empty() {
            self.say(entry.at("reason"), t("assumptions need a reason"));
        }
        let traits = &settings.traits;
        let entry = entry.at("traits");
        for (id, unit) in [
            (&traits.peak, "/s"),
            (&traits.mean, "/s"),
            (&traits.devices, ""),
            (&traits.device_interval, "s"),
            (&traits.live_clients, ""),
            (&traits.connections, ""),
            (&traits.target, "ms"),
            (&traits.external_calls, ""),
            (&traits.external_latency, "ms"),
            (&traits.cpu, "ms"),
            (&traits.inference, "ms"),
            (&traits.databases, ""),
            (&traits.workers, ""),
        ] {
            self.load_number(entry, id.as_ref(), unit);
        }
        for id in [&traits.has_inference, &traits.writes, &traits.isolation, &traits.together].into_iter().flatten() {
            if self.trait_kind(entry, id).is_some_and(|kind| *kind != TraitKind::Flag) {
                self.say_of(entry, Some(id.as_str()), &tr!("\"{id}\" must be a flag", id));
            }
        }
    }

    /// A trait that capacity reads as a number, in this unit (any, if that is empty).
    fn load_number(&mut self, entry: Entry<'_>, id: Option<&TraitId>, unit: &str) {
        let Some(id) = id else { return };
        let Some(kind) = self.trait_kind(entry, id) else { return };
        let said = self.playbook.traits.get(id).map_or("", |known| known.unit.as_str());
        if !matches!(kind, TraitKind::Number { .. }) {
            self.say_of(entry, Some(id.as_str()), &tr!("\"{id}\" must be a number", id));
        } else if !(unit.is_empty() || said == unit) {
            let message = tr!("\"{id}\" is in {said}; it is read as {unit}", id, said, unit);
            self.say_of(entry, Some(id.as_str()), &message);
        }
    }
}
