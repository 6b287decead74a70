//! Which component the selected ones are to be connected with: a searchable list, the nearest first.

use super::modal;
use crate::{
    lang::{t, tr},
    project::{ComponentId, ElementId},
    session::Session,
    ui::{
        icons,
        widgets::{Picked, Picker, PickerItem},
    },
};

/// The list while it is open.
pub struct ConnectPicker {
    title: String,
    picker: Picker<ComponentId>,
    from_it: bool,
}

impl ConnectPicker {
    /// The components that the selected ones can be connected with; `from_it`: that are to call them.
    pub fn new(session: &Session, from_it: bool) -> Self {
        let project = session.project();
        let selected: Vec<&ComponentId> = session.selection().iter().filter_map(ElementId::component).collect();
        let those = match selected.as_slice() {
            [one] => project.component_name(one),
            several => tr!("{} components", several.len()),
        };
        let title = if from_it { tr!("Connect to {those} from", those) } else { tr!("Connect {those} to", those) };
        let connected = session.connected(from_it);
        let how = |id: &ComponentId| match () {
            () if selected == [id] => Some(t("itself")),
            () if connected.contains(id) => Some(t("connected already")),
            () => None,
        };
        let item = |id: ComponentId| {
            let component = project.components.get(&id)?;
            let icon = Some(icons::of_kind(component.kind));
            let kind = component.kind.label();
            let detail = how(&id).map_or_else(|| kind.to_owned(), |how| format!("{kind}, {how}"));
            let label = component.name.clone();
            Some(PickerItem { value: id, icon, label, detail })
        };
        let items = session.connectable(from_it).into_iter().filter_map(item).collect();
        Self { title, picker: Picker::new(t("Find a component..."), t("No component of that name"), items), from_it }
    }

    /// Shows the list; gives what was chosen and whether it calls the selected ones, or that the list was left.
    pub fn ui(&mut self, ctx: &egui::Context) -> Option<Picked<(ComponentId, bool)>> {
        let response = modal(ctx, "connect", &self.title, 420.0, |ui| self.picker.ui(ui, 320.0));
        let left = response.should_close();
        match response.inner {
            Some(Picked::Taken(id)) => Some(Picked::Taken((id, self.from_it))),
            Some(Picked::Left) => Some(Picked::Left),
            None => left.then_some(Picked::Left),
        }
    }
}
