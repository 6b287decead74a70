//! The parts that panels are put together from. They know tokens and icons, no project.

mod badge;
mod button;
mod caption;
mod date;
mod field;
mod menu_row;
mod number;
mod paragraph;
mod picker;
mod progress;
mod rename;
mod segmented;
mod severity;
mod still_plot;
mod switch;

pub(in crate::ui) use badge::paint_icon_tile;
pub use badge::{Chip, badge, chip, dot, framework_badge, framework_look, icon_tile, look_among};
pub use button::{icon_button, link_button, primary_button, text_button};
pub(in crate::ui) use caption::text_size;
pub use caption::{Pulse, caption, empty_state, hairline, inset, labelled, one_line, row_label};
pub use date::date_field;
pub use field::{Draft, TextKind, draft_field, draft_id, name_field, search_field};
pub use menu_row::menu_row;
pub use number::{Form, Number, NumberStyle, number_field};
pub use paragraph::{paragraph_font, paragraph_link, paragraph_link_at, paragraph_mark, paragraph_size};
pub use picker::{Picked, Picker, PickerItem, letters_skipped};
pub use progress::{progress_ui, wide_progress_ui};
pub use rename::{Renaming, rename_field};
pub use segmented::segmented;
pub use severity::severity_look;
pub(in crate::ui) use still_plot::still_plot;
pub use switch::tri_state;
