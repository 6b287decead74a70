//! A list that is searched by typing and walked by the arrows: Enter takes, Esc leaves. The cursor stays in the search field; a
//! screen reader is told which row it is on. Only the rows in view are built, so that a list may have thousands.

use egui::{Align, Button, Event, Key, Modifiers, Response, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::{
    text::matching::skipped,
    ui::theme::{Face, Tokens, text},
};

const ROW: f32 = 30.0;
/// Rows that Page up and Page down go.
const PAGE: usize = 8;

/// What can be chosen.
#[derive(Clone, Debug)]
pub struct PickerItem<T> {
    /// What it stands for.
    pub value: T,
    /// The sign before its words; nothing for none.
    pub icon: Option<char>,
    /// What it is called.
    pub label: String,
    /// What else tells it from others, at the right; found by its letters as well.
    pub detail: String,
}

/// What came of a [`Picker`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked<T> {
    /// This was taken.
    Taken(T),
    /// Nothing was.
    Left,
}

/// A searchable list while it is open.
#[derive(Clone, Debug)]
pub struct Picker<T> {
    hint: &'static str,
    /// Said where nothing is found.
    none: &'static str,
    items: Vec<PickerItem<T>>,
    query: String,
    /// Rows of `items` that have the letters of `query`, best first.
    found: Vec<usize>,
    /// The row of `found` that Enter takes.
    chosen: usize,
}

impl<T: Clone> Picker<T> {
    /// A list of these, in this order while nothing is typed. `hint` stands in the empty search field and, without its dots, is the
    /// field's name; `none` is said where nothing is found.
    pub fn new(hint: &'static str, none: &'static str, items: Vec<PickerItem<T>>) -> Self {
        let found = (0..items.len()).collect();
        Self { hint, none, items, query: String::new(), found, chosen: 0 }
    }

    /// Shows the search field and under it the list, at most so high; gives what was taken, or that it was left by Esc.
    pub fn ui(&mut self, ui: &mut Ui, max_height: f32) -> Option<Picked<T>> {
        let keys = Keys::take(ui);
        let field = ui.add(TextEdit::singleline(&mut self.query).hint_text(self.hint).desired_width(f32::INFINITY));
        let field = field.accessible_name(self.hint.trim_end_matches("..."));
        field.request_focus();
        if field.changed() {
            self.search();
        }
        self.chosen = keys.step(self.chosen, self.found.len());
        ui.add_space(6.0);
        let clicked = self.rows_ui(ui, max_height, keys.walked, &field);
        let taken = clicked.or_else(|| self.found.get(self.chosen).copied().filter(|_| keys.enter));
        match taken.and_then(|index| self.items.get(index)) {
            Some(item) => Some(Picked::Taken(item.value.clone())),
            None => keys.escape.then_some(Picked::Left),
        }
    }

    /// The rows in view; gives the item that was clicked.
    fn rows_ui(&self, ui: &mut Ui, max_height: f32, walked: bool, field: &Response) -> Option<usize> {
        if self.found.is_empty() {
            ui.label(RichText::new(self.none).color(Tokens::of(ui).muted));
            return None;
        }
        let mut clicked = None;
        let pitch = ROW + ui.spacing().item_spacing.y;
        let mut area = ScrollArea::vertical().max_height(max_height).auto_shrink([false, true]);
        if walked {
            // The row may not be in view, and what is not in view has no widget that could ask to be seen.
            let middle = self.chosen as f32 * pitch - (max_height - ROW) / 2.0;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        area.show_rows(ui, ROW, self.found.len(), |ui, rows| {
            for row in rows {
                let Some((index, item)) = self.found.get(row).and_then(|index| Some((*index, self.items.get(*index)?)))
                else {
                    continue;
                };
                let chosen = row == self.chosen;
                let response = row_ui(ui, item, chosen);
                if chosen {
                    ui.ctx().accesskit_node_builder(field.id, |node| {
                        node.set_active_descendant(response.id.accesskit_id());
                    });
                }
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_position_in_set(row);
                    node.set_size_of_set(self.found.len());
                });
                if response.clicked() {
                    clicked = Some(index);
                }
            }
        });
        clicked
    }

    fn search(&mut self) {
        let wanted = self.query.trim().to_lowercase();
        let mut found: Vec<(usize, usize)> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let by_name = letters_skipped(&wanted, &item.label.to_lowercase());
                let skipped = by_name.or_else(|| Some(100 + letters_skipped(&wanted, &item.detail.to_lowercase())?));
                Some((skipped?, index))
            })
            .collect();
        found.sort_unstable();
        self.found = found.into_iter().map(|(_, index)| index).collect();
        self.chosen = 0;
    }
}

/// How far the letters of `query` are apart in `text`, in their order and both in lower case; `None` if they are not there. A beginning
/// is better than a place within, and that better than scattered letters.
pub fn letters_skipped(query: &str, text: &str) -> Option<usize> {
    if let Some(position) = text.find(query) {
        return Some(position.min(3));
    }
    skipped(query, text).map(|skipped| skipped + 10)
}

fn row_ui<T>(ui: &mut Ui, item: &PickerItem<T>, chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let icon = item.icon.map(|glyph| text(glyph, Face::Icons, 14.0).color(tokens.muted));
    let label = text(item.label.as_str(), Face::Regular, 13.0);
    let detail = text(item.detail.as_str(), Face::Regular, 12.0).color(tokens.muted);
    let button = match icon {
        Some(icon) => Button::selectable(chosen, (icon, label)),
        None => Button::selectable(chosen, label),
    };
    let response = ui.add(button.right_text(detail).truncate().min_size(vec2(ui.available_width(), ROW)));
    let name = if item.detail.is_empty() { item.label.clone() } else { format!("{}, {}", item.label, item.detail) };
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, &name));
    if chosen {
        response.scroll_to_me(None::<Align>);
    }
    response
}

/// What the keys of this frame say; the search field does not see them.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the frame")]
struct Keys {
    up: bool,
    down: bool,
    page_up: bool,
    page_down: bool,
    enter: bool,
    escape: bool,
    walked: bool,
}

impl Keys {
    fn take(ui: &Ui) -> Self {
        ui.input_mut(|input| {
            // Enter that finishes a word of an input method is not one that takes.
            let composing = input.events.iter().any(|event| matches!(event, Event::Ime(_)));
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            let mut keys = Self {
                up: key(Key::ArrowUp),
                down: key(Key::ArrowDown),
                page_up: key(Key::PageUp),
                page_down: key(Key::PageDown),
                enter: !composing && key(Key::Enter),
                escape: key(Key::Escape),
                walked: false,
            };
            keys.walked = keys.up || keys.down || keys.page_up || keys.page_down;
            keys
        })
    }

    /// The row after these keys.
    fn step(&self, row: usize, rows: usize) -> usize {
        let forward = usize::from(self.down) + PAGE * usize::from(self.page_down);
        let back = usize::from(self.up) + PAGE * usize::from(self.page_up);
        (row + forward).saturating_sub(back).min(rows.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_letters_comes_first_and_details_last() {
        let item = |value, label: &str, detail: &str| PickerItem {
            value,
            icon: None,
            label: label.to_owned(),
            detail: detail.to_owned(),
        };
        let items =
            vec![item(0, "Web shop", "Web application"), item(1, "Mailer", "Works for the shop"), item(2, "Shop", "")];
        let mut picker = Picker::new("Find...", "Nothing", items);
        "shop".clone_into(&mut picker.query);
        picker.search();
        assert_eq!(picker.found, [2, 0, 1]);
        "wbsh".clone_into(&mut picker.query);
        picker.search();
        assert_eq!(picker.found, [0]);
        "zzz".clone_into(&mut picker.query);
        picker.search();
        assert!(picker.found.is_empty());
    }
}
