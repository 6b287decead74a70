//! A project as a graph: who is linked to whom, built once for an assessment.

use std::sync::Arc;

use crate::project::{Component, ComponentId, Connection, ConnectionId, Project};

/// A connection with the positions of its ends in the document's order.
pub(super) struct Link<'a> {
    pub(super) id: &'a ConnectionId,
    pub(super) connection: &'a Arc<Connection>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Components by their position in the document, and the links out of and into each. Links with a missing end are left out.
pub(super) struct Graph<'a> {
    pub(super) project: &'a Project,
    pub(super) components: Vec<(&'a ComponentId, &'a Arc<Component>)>,
    pub(super) links: Vec<Link<'a>>,
    out: Lists,
    into: Lists,
}

/// A list of links for each component, all in one allocation.
struct Lists {
    starts: Vec<usize>,
    links: Vec<usize>,
}

impl Lists {
    /// Sorts `ends[link]` by component; within a component the links keep their order.
    fn new(components: usize, ends: impl Iterator<Item = usize> + Clone) -> Self {
        let mut starts = vec![0; components + 1];
        let mut count = 0;
        for end in ends.clone() {
            starts[end + 1] += 1;
            count += 1;
        }
        for i in 0..components {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut links = vec![0; count];
        for (link, end) in ends.enumerate() {
            links[next[end]] = link;
            next[end] += 1;
        }
        Self { starts, links }
    }

    fn of(&self, component: usize) -> &[usize] {
        &self.links[self.starts[component]..self.starts[component + 1]]
    }
}

impl<'a> Graph<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        let links: Vec<Link<'a>> = project
            .connections
            .iter()
            .filter_map(|(id, connection)| {
                let from = project.components.get_index_of(&connection.from)?;
                let to = project.components.get_index_of(&connection.to)?;
                Some(Link { id, connection, from, to })
            })
            .collect();
        Self::of_parts(project, project.components.iter().collect(), links)
    }

    /// A graph of these components and of these links between them; what is read of the plan as a whole comes from `project`.
    pub(super) fn of_parts(
        project: &'a Project,
        components: Vec<(&'a ComponentId, &'a Arc<Component>)>,
        links: Vec<Link<'a>>,
    ) -> Self {
        let count = components.len();
        Self {
            project,
            components,
            out: Lists::new(count, links.iter().map(|link| link.from)),
            into: Lists::new(count, links.iter().map(|link| link.to)),
            links,
        }
    }

    /// The links a component makes.
    pub(super) fn out(&self, component: usize) -> impl Iterator<Item = &Link<'a>> {
        self.out.of(component).iter().map(|link| &self.links[*link])
    }

    /// The links made to a component.
    pub(super) fn into(&self, component: usize) -> impl Iterator<Item = &Link<'a>> {
        self.into.of(component).iter().map(|link| &self.links[*link])
    }

    pub(super) fn component(&self, position: usize) -> &'a Component {
        self.components[position].1
    }

    pub(super) fn is_service(&self, position: usize) -> bool {
        self.component(position).kind.is_service()
    }

    /// The positions of the services, in the document's order.
    pub(super) fn services(&self) -> impl Iterator<Item = usize> {
        (0..self.components.len()).filter(|position| self.is_service(*position))
    }

    /// Whether everything that evidence is read from is the same for the component at `position` here and at `before` in
    /// an earlier project: its kind and traits, its links, and the kinds at their other ends. Evidence reads no name, place or pin.
    pub(super) fn same_surroundings(&self, position: usize, earlier: &Graph<'_>, before: usize) -> bool {
        let same = |a: &Link<'_>, b: &Link<'_>| {
            Arc::ptr_eq(a.connection, b.connection)
                && self.component(a.from).kind == earlier.component(b.from).kind
                && self.component(a.to).kind == earlier.component(b.to).kind
        };
        let (now, then) = (self.components[position].1, earlier.components[before].1);
        (Arc::ptr_eq(now, then) || (now.kind == then.kind && now.traits == then.traits))
            && self.out.of(position).len() == earlier.out.of(before).len()
            && self.into.of(position).len() == earlier.into.of(before).len()
            && self.out(position).zip(earlier.out(before)).all(|(a, b)| same(a, b))
            && self.into(position).zip(earlier.into(before)).all(|(a, b)| same(a, b))
    }
}
