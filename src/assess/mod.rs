//! Project x playbook -> assessment. Pure: no files, no clock, no randomness.
//!
//! [`Engine::assess`] reads evidence off each service (`recommend`), weighs the whole (`verdict`), prices the work
//! (`effort`, `calibrate`, `estimate`) and looks for what is odd (`findings`).

mod calibrate;
mod cases;
mod crossing;
mod effort;
mod engine;
mod estimate;
mod evaluate;
mod findings;
mod graph;
mod linear;
mod perspective;
mod recommend;
mod tables;
mod types;
mod verdict;

pub use calibrate::EngineError;
pub use cases::CaseReport;
pub use crossing::{Crossing, Zone, crossings, zones};
pub use engine::{Engine, Multiplier};
pub use estimate::{Sums, round_to_cents};
pub use perspective::{Class, Colouring, Mark, Perspective, UnknownPerspective, colouring};
pub use recommend::reasons_for;
pub use types::{
    Alternative, Assessment, ComponentAdvice, Distribution, Estimate, EstimateLine, Finding, FrameworkScore, Lean,
    Quantiles, Reason, Severity, SystemVerdict, VerdictKind,
};
