//! What the keyboard comes to is brought into view. The toolkit moves the keyboard on through what is cut off as well, and would leave it where
//! nobody sees it: Space would press a button out of sight.

use egui::{
    Context, Event, Id, Plugin, RawInput, Ui,
    accesskit::{Action, ActionRequest, TreeId},
};

/// Of what is cut off by no more than this, in points, all is seen.
const SLIP: f32 = 1.0;

/// Follows the keyboard.
#[derive(Default)]
pub struct InView {
    /// What had the keyboard in the frame before.
    focused: Option<Id>,
    /// What is to be scrolled to.
    wanted: Option<Id>,
}

impl Plugin for InView {
    fn debug_name(&self) -> &'static str {
        "keyboard in view"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let focused = ui.memory(egui::Memory::focused);
        if focused == self.focused {
            return;
        }
        self.focused = focused;
        // What is clicked is seen, and would go away from under the pointer.
        let by_pointer = ui.input(|input| input.pointer.any_pressed() || input.pointer.any_released());
        let response = focused.filter(|_| !by_pointer).and_then(|id| ui.ctx().read_response(id));
        let cut_off = response.filter(|response| !response.interact_rect.expand(SLIP).contains_rect(response.rect));
        self.wanted = cut_off.map(|response| response.id);
        if self.wanted.is_some() {
            ui.request_repaint();
        }
    }

    /// Asks as a screen reader would, which every place that scrolls understands.
    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        if let Some(id) = self.wanted.take() {
            input.events.push(Event::AccessKitActionRequest(ActionRequest {
                action: Action::ScrollIntoView,
                target_tree: TreeId::ROOT,
                target_node: id.accesskit_id(),
                data: None,
            }));
        }
    }
}
