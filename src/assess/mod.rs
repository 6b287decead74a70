//! Project x playbook -> assessment. Pure: no files, no clock, no randomness.
//!
//! [`Engine::assess`] reads evidence off each service (`recommend`), weighs the whole (`verdict`), prices the work
//! (`effort`, `calibrate`, `estimate`) and looks for what is odd (`findings`). [`stack()`] lists the packages that follow.

mod calibrate;
mod cases;
mod effort;
mod engine;
mod estimate;
mod evaluate;
mod findings;
mod graph;
mod linear;
mod recommend;
mod stack;
mod tables;
mod types;
mod verdict;

pub use calibrate::EngineError;
pub use cases::CaseReport;
pub use engine::{Engine, Multiplier};
pub use estimate::{Sums, round_to_cents};
pub use recommend::reasons_for;
pub use stack::{ComponentStack, Glue, Stack, StackPackage, SystemPackage, component_stack, same_stack, stack};
pub use types::{
    Alternative, Assessment, ComponentAdvice, Distribution, Estimate, EstimateLine, Finding, FrameworkScore, Lean,
    Quantiles, Reason, Severity, SystemVerdict, VerdictKind,
};
