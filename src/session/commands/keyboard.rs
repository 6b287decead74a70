//! What the keyboard does in the drawing instead of a pointer: walk, grow, connect.

use std::collections::HashSet;

use super::effects::Enabled;
use crate::{
    geometry::room,
    lang::{t, tr},
    project::{Component, ComponentId, ComponentKind, Connection, Edit, ElementId, Project, Protocol, Side},
    session::{Request, Session, action::Select},
};

pub(super) fn has_cursor(session: &Session) -> Enabled {
    session.cursor().map(|_| ()).ok_or(t("Go to a component first, with Tab or a click"))
}

pub(super) fn has_next(session: &Session) -> Enabled {
    session.next_stop(true).map(|_| ()).ok_or(t("This is the last element; Tab goes on behind the canvas"))
}

pub(super) fn has_previous(session: &Session) -> Enabled {
    session.next_stop(false).map(|_| ()).ok_or(t("This is the first element; Shift+Tab goes on before the canvas"))
}

pub(super) fn has_components(session: &Session) -> Enabled {
    let any = session.selection().iter().any(|element| element.component().is_some());
    if any { Ok(()) } else { Err(t("Select the components to connect first")) }
}

/// Adds a component that way and connects it: what is to the right of a component or below it is called by it, what is to the left or
/// above calls it. It is of the same kind; a caller of something that cannot call is of the kind of the one that calls it already, or
/// a REST API. Its name is asked for at once.
pub(super) fn grow(session: &mut Session, towards: Side) {
    let Some((source, component)) = session.selected_component() else { return };
    let project = session.project();
    let service = component.kind.is_service();
    let kind = if service { component.kind } else { kind_of_callers(project, source) };
    let pos_world = room::beside(project, component.rect_world(), towards, crate::project::card_size(kind));
    let name = project.new_component_name(kind);
    let id = project.new_component_id(&name);
    let added = Component::new(&name, kind, Some(pos_world));
    let called = service && matches!(towards, Side::Right | Side::Bottom);
    let (from, to) = if called { (source.clone(), id.clone()) } else { (id.clone(), source.clone()) };
    let protocol = Protocol::likely_to(if called { kind } else { component.kind });
    let link_id = project.new_connection_id(&from, &to);
    let step = tr!("Add {name}, connected with {}", component.name, name);
    let link = Connection::new(from, to, protocol);
    session.edit(&step, &[Edit::PutComponent(id.clone(), added), Edit::PutConnection(link_id, link)]);
    session.select(Select::Only(vec![ElementId::Component(id)]));
    super::effects::rename(session);
}

fn kind_of_callers(project: &Project, callee: &ComponentId) -> ComponentKind {
    let callers = project.connections.values().filter(|link| link.to == *callee);
    let mut kinds = callers.filter_map(|link| project.components.get(&link.from)).map(|caller| caller.kind);
    kinds.find(|kind| kind.is_service()).unwrap_or(ComponentKind::RestApi)
}

/// The selected components.
fn chosen(session: &Session) -> Vec<ComponentId> {
    session.selection().iter().filter_map(ElementId::component).cloned().collect()
}

/// Which component is connected to which.
fn linked(project: &Project) -> HashSet<(&ComponentId, &ComponentId)> {
    project.connections.values().map(|link| (&link.from, &link.to)).collect()
}

impl Session {
    /// The components that the selected ones can be connected with, nearest first: those that are not connected that way with all of
    /// them already, and for a single one behind those all others, to have a second connection or one to itself. `from_it`: the selected
    /// ones are the callees.
    pub fn connectable(&self, from_it: bool) -> Vec<ComponentId> {
        let (project, chosen) = (self.project(), chosen(self));
        let linked = linked(project);
        let there = |other: &ComponentId, it: &ComponentId| {
            other == it || linked.contains(&if from_it { (other, it) } else { (it, other) })
        };
        let middle = |id: &ComponentId| project.components.get(id).map(|component| component.rect_world().center());
        let here = chosen.first().and_then(middle).unwrap_or_default();
        let is_open = |other: &&ComponentId| chosen.iter().any(|it| !there(other, it));
        let (mut open, mut rest): (Vec<&ComponentId>, Vec<_>) = project.components.keys().partition(is_open);
        let far = |id: &ComponentId| middle(id).map_or(f64::INFINITY, |place| (place - here).hypot2());
        for ids in [&mut open, &mut rest] {
            ids.sort_by(|a, b| far(a).total_cmp(&far(b)));
        }
        let rest = rest.into_iter().filter(|_| chosen.len() == 1);
        open.into_iter().chain(rest).cloned().collect()
    }

    /// The components that the single selected one is connected with already, in this direction.
    pub fn connected(&self, from_it: bool) -> HashSet<ComponentId> {
        let chosen = chosen(self);
        let [it] = chosen.as_slice() else { return HashSet::new() };
        let others =
            linked(self.project()).into_iter().filter_map(|(from, to)| match (from_it, from == it, to == it) {
                (false, true, _) => Some(to.clone()),
                (true, _, true) => Some(from.clone()),
                _ => None,
            });
        others.collect()
    }

    /// Connects the selected components with another one, as one step; of several those that are connected with it that way already stay as
    /// they are. `from_it`: it calls them.
    pub fn connect(&mut self, other: &ComponentId, from_it: bool) {
        let project = self.project();
        let Some(target) = project.components.get(other) else { return };
        let linked = linked(project);
        let mut scratch = Project::clone(project);
        let mut edits = Vec::new();
        let mut ends = Vec::new();
        let chosen = chosen(self);
        let several = chosen.len() > 1;
        for it in chosen {
            let (from, to) = if from_it { (other, &it) } else { (&it, other) };
            let exists = linked.contains(&(from, to));
            if several && (exists || from == to) {
                continue;
            }
            // A second line that says the same would only hide the first.
            let Some(protocol) = project.free_protocol(from, to) else { continue };
            let link = Connection::new(from.clone(), to.clone(), protocol);
            let edit = Edit::PutConnection(scratch.new_connection_id(from, to), link);
            scratch.apply(&edit);
            edits.push(edit);
            ends.push(project.component_name(&it));
        }
        let those = match ends.as_slice() {
            [] => {
                self.request(Request::Say(t("All that can be said between the two is said").to_owned()));
                return;
            }
            [one] => one.clone(),
            several => tr!("{} components", several.len()),
        };
        let (from, to) = if from_it { (&target.name, &those) } else { (&those, &target.name) };
        let step = tr!("Connect {from} to {to}", from, to);
        self.edit(&step, &edits);
    }
}
