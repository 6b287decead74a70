//! The panel at the right: everything about what is selected, or about the project if nothing is.

mod advice;
mod assumptions;
mod component;
mod effort;
mod findings;
mod frame;
mod inside;
mod later;
mod line;
mod link;
mod lock;
mod many;
mod many_links;
mod overview;
mod response;
mod stack;
mod subject;
mod trait_row;
mod traits;
mod turning;
mod waterfall;

use std::collections::BTreeSet;

use egui::{ScrollArea, Ui};

use crate::{
    lang::later,
    playbook::Assumption,
    project::{ComponentId, Edit, ElementId, TraitId},
    session::Action,
    ui::{
        Actions, View,
        widgets::{Number, inset},
    },
};

/// What stands in place of a value where several elements differ in it.
const MIXED: &str = later("Mixed");

/// A field that a command leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Focus {
    Name,
    Traits,
    /// Their place only, without the cursor.
    SeeTraits,
    Trait(TraitId),
    Assumption(Assumption),
}

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct InspectorState {
    /// What is searched for among the traits.
    pub trait_search: String,
    /// Whether traits are shown that do not suit the kind.
    pub show_all: bool,
    /// The component and the number whose plot is shown: it stays while the number is moved, whatever that turns.
    pub plotted: Option<(ComponentId, TraitId)>,
    /// Whether plots are shown; `None` while nobody has said.
    pub show_plot: Option<bool>,
    /// The field the cursor goes to with the next frame.
    focus: Option<Focus>,
    /// What is shown: the selection, or for a moment what was selected before.
    shown: BTreeSet<ElementId>,
    /// Frames that what was selected before is still shown.
    lag_frames: u8,
    /// Whether the cursor was in a field of this panel in the frame before.
    was_typing: bool,
    /// What is in the boundary that is shown.
    inside: inside::Inside,
    /// The traits of the components that are shown together.
    shared: subject::Shared,
    /// What is remembered of the assumptions beside what the project keeps.
    assumptions: assumptions::AssumptionsState,
}

impl InspectorState {
    /// Puts the cursor into the name with the next frame.
    pub fn focus_name(&mut self) {
        self.focus = Some(Focus::Name);
    }

    /// Puts the cursor into the search of traits with the next frame.
    pub fn focus_traits(&mut self) {
        self.focus = Some(Focus::Traits);
    }

    /// Scrolls to the traits with the next frame; the cursor stays where it is.
    pub fn see_traits(&mut self) {
        self.focus = Some(Focus::SeeTraits);
    }

    /// Puts the cursor into the field of a trait with the next frame.
    pub fn focus_trait(&mut self, trait_id: TraitId) {
        self.trait_search.clear();
        self.focus = Some(Focus::Trait(trait_id));
    }

    /// Puts the cursor into the field of an assumption with the next frame.
    pub fn focus_assumption(&mut self, assumption: Assumption) {
        self.focus = Some(Focus::Assumption(assumption));
    }

    /// The assumption whose field the cursor goes to.
    fn wanted_assumption(&self) -> Option<Assumption> {
        if let Some(Focus::Assumption(assumption)) = self.focus { Some(assumption) } else { None }
    }
}

/// The panel at the right.
pub fn inspector_ui(ui: &mut Ui, view: &View<'_>, state: &mut InspectorState, actions: &mut Actions) {
    follow_selection(ui, view, state);
    let project = view.session.project();
    let shown: Vec<ElementId> = state.shown.iter().filter(|element| project.contains(element)).cloned().collect();
    let salt = match shown.as_slice() {
        [one] => ("one", one.as_str().to_owned()),
        [] => ("project", String::new()),
        _ => ("many", String::new()),
    };
    let salt = (view.session.number(), salt);
    ScrollArea::vertical().id_salt(("inspector", &salt)).auto_shrink([false, false]).show(ui, |ui| {
        ui.push_id(salt, |ui| {
            inset(ui, |ui| match shown.as_slice() {
                [] => overview::project_ui(ui, view, state, actions),
                [ElementId::Component(id)] => component::component_ui(ui, view, id, state, actions),
                [ElementId::Connection(id)] => link::connection_ui(ui, view, id, state, actions),
                [ElementId::Boundary(id)] => frame::boundary_ui(ui, view, id, state, actions),
                [ElementId::Note(id)] => frame::note_ui(ui, view, id, state, actions),
                many => many::many_ui(ui, view, many, state, actions),
            });
        });
    });
    state.was_typing = ui.text_edit_focused();
    // A field can only take the cursor once its component is what is shown.
    if state.lag_frames == 0 {
        state.focus = None;
    }
}

/// A field takes what was typed when the cursor leaves it, and it can only do so while it is shown: after a change of the
/// selection with the cursor in a field, the panel stays for two frames with what was selected before.
fn follow_selection(ui: &Ui, view: &View<'_>, state: &mut InspectorState) {
    let selection = view.session.selection();
    if *selection == state.shown {
        state.lag_frames = 0;
        return;
    }
    if state.was_typing && state.lag_frames == 0 {
        state.lag_frames = 2;
        if let Some(focused) = ui.memory(egui::Memory::focused) {
            ui.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }
    if state.lag_frames > 0 {
        state.lag_frames -= 1;
        ui.request_repaint();
        if state.lag_frames > 0 {
            return;
        }
        state.was_typing = false;
    }
    state.shown.clone_from(selection);
}

/// What a number field did, as actions: a drag is one gesture, typing is one edit.
fn push_number(number: Option<Number>, name: &str, edit: impl Fn(f64) -> Edit, actions: &mut Actions) {
    push_numbers(number, name, |value| vec![edit(value)], actions);
}

/// The same where one number is that of several elements.
fn push_numbers(number: Option<Number>, name: &str, edits: impl Fn(f64) -> Vec<Edit>, actions: &mut Actions) {
    match number {
        Some(Number::Dragging(value)) => {
            actions.push(Action::Gesture { name: name.to_owned(), edits: edits(value) });
        }
        Some(Number::Released) => actions.push(Action::CommitGesture),
        Some(Number::Cancelled) => actions.push(Action::CancelGesture),
        Some(Number::Set(value)) => actions.push(Action::edit(name, edits(value))),
        Some(Number::TakenBack) => actions.push(Action::TakeBackTyped),
        None => {}
    }
}
