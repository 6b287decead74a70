//! The ground on either side of the seam, as it is drawn.

use kurbo::Rect;

use super::types::{Assessment, VerdictKind};
use crate::{
    geometry,
    playbook::Playbook,
    project::{ComponentId, ElementId, FrameworkId, Project},
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
    if assessment.verdict.kind != VerdictKind::Mixed {
        return Vec::new();
    }
    let group = |id: &ComponentId| {
        let framework = assessment.verdict.assignment.get(id)?;
        playbook.frameworks.get_index_of(playbook.root(framework))
    };
    let seen = project.components.iter().filter(|(id, _)| !project.is_component_hidden(id));
    let boxes: Vec<_> = seen.map(|(id, component)| (component.rect_world(), group(id))).collect();
    let boxes: Vec<_> = boxes.into_iter().chain(folded(project, &group)).collect();
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

/// The boxes that stand for what is not seen, each with the group of all services in it; one with several groups stands on no ground.
fn folded<'a>(
    project: &'a Project,
    group: &'a dyn Fn(&ComponentId) -> Option<usize>,
) -> impl Iterator<Item = (Rect, Option<usize>)> + 'a {
    let seen =
        project.boundaries.iter().filter(|(id, boundary)| boundary.folded.is_some() && !project.is_boundary_hidden(id));
    seen.map(move |(id, boundary)| {
        let contents = project.contents(id);
        let mut groups = contents.iter().filter_map(ElementId::component).filter_map(group);
        let first = groups.next();
        (boundary.rect_world(), first.filter(|first| groups.all(|other| other == *first)))
    })
}
