//! The seam as it is drawn: what each connection across it costs, and the ground on either side.

use std::{collections::HashMap, fmt::Write as _};

use kurbo::Rect;

use super::types::{Assessment, VerdictKind};
use crate::{
    figures, geometry,
    playbook::{Playbook, Scope, WorkItem},
    project::{ComponentId, Connection, ConnectionId, FrameworkId, Project, Protocol},
};

/// A connection that crosses from one framework to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// The connection.
    pub connection: ConnectionId,
    /// What the caller is built on.
    pub from: FrameworkId,
    /// What the callee is built on.
    pub to: FrameworkId,
    /// How the caller reaches the callee.
    pub protocol: Protocol,
    /// What it weighed against mixing, in decibans.
    pub price_db: f64,
    /// Median effort of the work that only this crossing makes, in person-weeks.
    pub person_weeks: f64,
    /// Median cost of that work, in US dollars.
    pub usd: f64,
}

impl Crossing {
    /// `Crosses from A to B: HTTP, 1.5 dB, 0.9 person-weeks, $4,100`.
    pub fn in_words(&self, playbook: &Playbook) -> String {
        let ends = [&self.from, &self.to].map(|id| playbook.frameworks.get(id).map_or(id.as_str(), |f| &f.short_name));
        let mut words = format!("Crosses from {} to {}: {}", ends[0], ends[1], self.protocol.label());
        if self.price_db > 0.0 {
            let _ = write!(words, ", {} dB", figures::number((self.price_db * 10.0).round() / 10.0));
        }
        if self.person_weeks > 0.0 {
            let _ = write!(words, ", {}, {}", figures::person_weeks(self.person_weeks), figures::usd(self.usd));
        }
        words
    }
}

/// Every crossing of the verdict, in its order.
pub fn crossings(playbook: &Playbook, project: &Project, assessment: &Assessment) -> Vec<Crossing> {
    let verdict = &assessment.verdict;
    let seam: Vec<(&ConnectionId, &Connection)> =
        verdict.seam.iter().filter_map(|id| Some((id, &**project.connections.get(id)?))).collect();
    let chosen = |item: &WorkItem, link: &Connection| {
        let kind = project.components.get(&link.to).map(|component| component.kind);
        (item.protocols.is_empty() || item.protocols.contains(&link.protocol))
            && (item.kinds.is_empty() || kind.is_some_and(|kind| item.kinds.contains(&kind)))
    };
    let mut leaving: HashMap<&ComponentId, Vec<usize>> = HashMap::new();
    for (index, (_, link)) in seam.iter().enumerate() {
        leaving.entry(&link.from).or_default().push(index);
    }
    // A line of the breakdown holds all crossings that leave a component; each has the same share of it.
    let mut prices = vec![(0.0, 0.0); seam.len()];
    for line in &assessment.estimate.breakdown {
        let item = playbook.work_items.get(&line.work_item).filter(|item| item.scope == Scope::Seam);
        let (Some(component), Some(item)) = (&line.component, item) else { continue };
        let links = leaving.get(component).map(Vec::as_slice).unwrap_or_default();
        let links: Vec<usize> = links.iter().copied().filter(|index| chosen(item, seam[*index].1)).collect();
        for index in &links {
            prices[*index].0 += line.person_weeks / links.len() as f64;
            prices[*index].1 += line.usd / links.len() as f64;
        }
    }
    let crossing = |((id, link), (person_weeks, usd)): (&(&ConnectionId, &Connection), &(f64, f64))| {
        Some(Crossing {
            connection: (*id).clone(),
            from: verdict.assignment.get(&link.from)?.clone(),
            to: verdict.assignment.get(&link.to)?.clone(),
            protocol: link.protocol,
            price_db: playbook.estimate.seam_db.get(&link.protocol).copied().unwrap_or(0.0),
            person_weeks: *person_weeks,
            usd: *usd,
        })
    };
    seam.iter().zip(&prices).filter_map(crossing).collect()
}

/// The ground behind the services of one framework and of what extends it.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// The framework at the bottom of their `extends` chains.
    pub framework: FrameworkId,
    /// Its colour as the playbook names it.
    pub colour: String,
    /// Their union is the ground, in world units.
    pub rects_world: Vec<Rect>,
}

/// The grounds of a mixed verdict, in the playbook's order; none if the verdict is not mixed.
pub fn zones(playbook: &Playbook, project: &Project, assessment: &Assessment) -> Vec<Zone> {
    if assessment.verdict.kind != VerdictKind::Mixed {
        return Vec::new();
    }
    let group = |id: &ComponentId| {
        let framework = assessment.verdict.assignment.get(id)?;
        playbook.frameworks.get_index_of(playbook.root(framework))
    };
    let boxes: Vec<_> = project.components.iter().map(|(id, component)| (component.rect_world(), group(id))).collect();
    let grounds = geometry::zones::zones(&boxes, playbook.frameworks.len());
    playbook
        .frameworks
        .iter()
        .zip(grounds)
        .filter(|(_, rects_world)| !rects_world.is_empty())
        .map(|((id, framework), rects_world)| Zone {
            framework: id.clone(),
            colour: framework.colour.clone(),
            rects_world,
        })
        .collect()
}
