//! The point of a connection that is chosen: what Delete takes away instead of the connection.

use super::{Session, action::Select};
use crate::{
    lang::tr,
    project::{ConnectionId, Edit, ElementId},
};

impl Session {
    /// Of the one selected connection, the number of the point that is chosen among those it is led through.
    pub fn waypoint(&self) -> Option<(&ConnectionId, usize)> {
        let (id, index) = self.waypoint.as_ref()?;
        let there = self.project().connections.get(id).is_some_and(|link| *index < link.course.via.len());
        there.then_some((id, *index))
    }

    /// Takes the chosen point out of its connection, which stays selected; says whether there was one.
    pub(super) fn remove_waypoint(&mut self) -> bool {
        let Some((id, index)) = self.waypoint().map(|(id, index)| (id.clone(), index)) else { return false };
        let Some(link) = self.project().connections.get(&id) else { return false };
        let mut course = link.course.clone();
        course.via.remove(index);
        let element = ElementId::Connection(id.clone());
        let name = tr!("Remove a point of {}", self.project().name_of(&element));
        self.edit(&name, &[Edit::SetCourse(id, course)]);
        self.select(Select::Only(vec![element]));
        true
    }
}
