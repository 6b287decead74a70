//! Project x playbook -> assessment. Pure: no files, no clock, no randomness.

mod types;

pub use types::{
    Alternative, Assessment, ComponentAdvice, Distribution, Estimate, EstimateLine, Finding, FrameworkScore, Lean,
    Quantiles, Reason, Severity, SystemVerdict, VerdictKind,
};
