//! Groundplan: draw a planned back end, see which framework each part wants, how long it takes, what it costs, and why.

#[cfg(feature = "gui")]
pub mod app;
pub mod assess;
pub mod cli;
pub mod explain;
pub mod export;
pub mod figures;
pub mod find;
pub mod geometry;
pub mod icons;
pub mod lang;
pub mod palette;
pub mod playbook;
pub mod progress;
pub mod project;
pub mod ron_dialect;
pub mod ron_text;
pub mod session;
pub mod storage;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
