//! Ways to build a plan, side by side, for spreadsheets and for other programs (`docs/compare-json.md`).

mod json;
mod table;

pub use json::comparison_json;
pub(super) use json::{Scenario, scenarios};
pub(super) use table::write_csv;
