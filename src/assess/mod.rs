//! Project x playbook -> assessment. Pure: no files, no clock, no randomness.
//!
//! [`Engine::assess`] reads evidence off each service (`recommend`), weighs the whole (`verdict`), prices the work
//! (`effort`, `calibrate`, `estimate`) and looks for what is odd (`findings`).

mod calibrate;
mod cases;
mod curve;
mod cut;
mod effort;
mod engine;
mod estimate;
mod evaluate;
mod findings;
mod flip;
mod graph;
mod inquiry;
mod linear;
mod probe;
mod recommend;
mod seam;
mod tables;
mod types;
mod uses;
mod verdict;

pub use calibrate::EngineError;
pub use cases::CaseReport;
pub use engine::{Engine, Multiplier};
pub use estimate::{Sums, round_to_cents};
pub use flip::{Change, Flip, step_of};
pub use recommend::reasons_for;
pub use types::{
    Alternative, Assessment, ComponentAdvice, Crossing, Distribution, Estimate, EstimateLine, Finding, FrameworkScore,
    Lean, Quantiles, Reason, SeamPrice, SeamWork, Severity, SystemVerdict, VerdictKind,
};
pub use uses::{ServiceUse, Uses, WorkUse, uses};
