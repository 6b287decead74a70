//! The ground on either side of the seam, as it is drawn.

use kurbo::Rect;

use super::types::{Assessment, VerdictKind};
use crate::{
    geometry::zones::Grounds,
    playbook::Playbook,
    project::{Boundary, BoundaryId, ComponentId, ElementId, FOLDED_SIZE, FrameworkId, Project},
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

/// The same as what can follow components that move: a box for each component and each boundary, by the position of its framework in
/// the playbook. What a folded boundary stands for has no ground, its box has.
/// `None` if the verdict is not mixed.
pub fn grounds(playbook: &Playbook, project: &Project, assessment: &Assessment) -> Option<Grounds> {
    if assessment.verdict.kind != VerdictKind::Mixed {
        return None;
    }
    let group = |id: &ComponentId| {
        let framework = assessment.verdict.assignment.get(id)?;
        playbook.frameworks.get_index_of(playbook.root(framework))
    };
    let hidden = project.hidden();
    let seen = |id: &ComponentId| !hidden.contains_key(&ElementId::Component(id.clone()));
    let components = project.components.iter();
    let components = components.map(|(id, component)| (component.rect_world(), group(id).filter(|_| seen(id))));
    let boxes =
        project.boundaries.iter().map(|(id, boundary)| (box_world(boundary), group_of_box(project, id, &group)));
    Some(Grounds::new(components.chain(boxes)))
}

/// The place of a boundary among the grounds: those of the components come first, then one for each boundary, which has a group only
/// while it is folded. Not its frame, which is no box that grounds could go around.
pub fn box_world(boundary: &Boundary) -> Rect {
    Rect::from_origin_size(boundary.pos_world, FOLDED_SIZE)
}

/// The group of all services in a folded box that is seen; none if they are of several.
fn group_of_box(project: &Project, id: &BoundaryId, group: &dyn Fn(&ComponentId) -> Option<usize>) -> Option<usize> {
    let folded = project.boundaries.get(id).is_some_and(|boundary| boundary.folded.is_some());
    if !folded || project.is_boundary_hidden(id) {
        return None;
    }
    let contents = project.contents(id);
    let mut groups = contents.iter().filter_map(ElementId::component).filter_map(group);
    let first = groups.next();
    first.filter(|first| groups.all(|other| other == *first))
}
