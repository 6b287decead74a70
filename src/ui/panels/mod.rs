//! Everything around the canvas. Each panel reads a [`View`](super::View) and its own small state, and pushes actions.

pub mod dock;
pub mod inspector;
pub mod palette;
pub mod phrases;
mod shares;
mod stack_row;
pub mod status;
mod thumbnail;
pub mod welcome;
