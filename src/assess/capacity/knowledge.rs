//! The playbook's servers and settings, with what a project assumes otherwise.

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::{
    assess::engine::Engine,
    playbook::{CapacitySettings, Figure, Playbook, ServerId, ServerKind, Slots},
    project::{FrameworkId, Machines, Project, ServerFigures},
};

/// What capacity is computed with for one project.
pub(super) struct Knowledge<'a> {
    playbook: &'a Playbook,
    pub(super) settings: Cow<'a, CapacitySettings>,
    servers: Cow<'a, IndexMap<ServerId, ServerKind>>,
}

impl<'a> Knowledge<'a> {
    /// `None` if the playbook says nothing of capacity.
    pub(super) fn new(playbook: &'a Playbook, machines: &Machines) -> Option<Self> {
        let settings = playbook.capacity.as_ref()?;
        if machines.is_default() {
            let (settings, servers) = (Cow::Borrowed(settings), Cow::Borrowed(&playbook.servers));
            return Some(Self { playbook, settings, servers });
        }
        let mut settings = settings.clone();
        for (figure, own) in [
            (&mut settings.utilisation, machines.utilisation),
            (&mut settings.round_trip_ms, machines.round_trip_ms),
            (&mut settings.usd_per_cpu_month, machines.usd_per_cpu_month),
            (&mut settings.usd_per_gb_month, machines.usd_per_gb_month),
        ] {
            *figure = own.unwrap_or(*figure);
        }
        let mut servers = playbook.servers.clone();
        for (id, own) in &machines.servers {
            // One that this playbook does not know is said when the file is read.
            if let Some(kind) = servers.get_mut(id.as_str()) {
                lay_over(kind, own);
            }
        }
        Some(Self { playbook, settings: Cow::Owned(settings), servers: Cow::Owned(servers) })
    }

    /// The ways to run a framework: its own, else those of what it extends or resembles.
    pub(super) fn servers_of(&self, framework: &FrameworkId) -> Vec<&ServerKind> {
        let ids = self.playbook.servers_of(framework).into_iter();
        ids.filter_map(|kind| self.servers.get(&kind.id)).collect()
    }

    /// Every server with what requests cost on it here.
    pub(super) fn servers(&self) -> impl Iterator<Item = (&ServerId, &ServerKind)> {
        self.servers.iter()
    }

    pub(super) fn playbook(&self) -> &'a Playbook {
        self.playbook
    }
}

/// A figure that somebody gave for their own project has no spread.
fn lay_over(kind: &mut ServerKind, own: &ServerFigures) {
    let set = |figure: &mut Figure, own: Option<f64>| {
        if let Some(value) = own {
            (figure.typical, figure.low, figure.high) = (value, value, value);
        }
    };
    set(&mut kind.base, own.base_ms);
    set(&mut kind.validation, own.validation_ms);
    set(&mut kind.read, own.read_ms);
    set(&mut kind.insert, own.insert_ms);
    set(&mut kind.rss_per_process, own.mb_per_process);
    if let Some(threads) = own.threads.map(|threads| threads as u32) {
        // One after the other, or as many as come, is what a server is and not a figure of it.
        match &mut kind.slots {
            Slots::Threads(most) | Slots::Pool(most) => *most = threads,
            Slots::One | Slots::Unlimited => {}
        }
    }
    if let Some(client) = kind.clients.first_mut() {
        set(&mut client.cpu, own.call_ms);
    }
}

impl Engine {
    /// What the capacity of a project is computed with: the playbook's, with what the project assumes otherwise.
    pub fn capacity_settings(&self, project: &Project) -> Option<CapacitySettings> {
        Some(Knowledge::new(&self.playbook, &project.assumptions.machines)?.settings.into_owned())
    }
}
