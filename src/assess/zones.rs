//! The ground on either side of the seam, as it is drawn.

use kurbo::Rect;

use super::types::{Assessment, VerdictKind};
use crate::{
    geometry::zones::Grounds,
    playbook::Playbook,
    project::{ComponentId, FrameworkId, Project},
};

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
    let Some(grounds) = grounds(playbook, project, assessment) else { return Vec::new() };
    let zones = playbook.frameworks.iter().zip(grounds.zones(playbook.frameworks.len()));
    let there = zones.filter(|(_, rects_world)| !rects_world.is_empty());
    there
        .map(|((id, framework), rects_world)| Zone {
            framework: id.clone(),
            colour: framework.colour.clone(),
            rects_world,
        })
        .collect()
}

/// The same as what can follow components that move: a box for each component, by the position of its framework in the playbook.
/// `None` if the verdict is not mixed.
pub fn grounds(playbook: &Playbook, project: &Project, assessment: &Assessment) -> Option<Grounds> {
    if assessment.verdict.kind != VerdictKind::Mixed {
        return None;
    }
    let group = |id: &ComponentId| {
        let framework = assessment.verdict.assignment.get(id)?;
        playbook.frameworks.get_index_of(playbook.root(framework))
    };
    Some(Grounds::new(project.components.iter().map(|(id, component)| (component.rect_world(), group(id)))))
}
