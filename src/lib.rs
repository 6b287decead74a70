//! Groundplan: draw a planned back end, see which framework each part wants, how long it takes, what it costs, and why.

pub mod assess;
pub mod cli;
pub mod export;
pub mod playbook;
pub mod project;
pub mod ron_dialect;
pub mod storage;
pub mod text;
