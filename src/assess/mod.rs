//! Project x playbook -> assessment. Pure: no files, no clock, no randomness.
//!
//! [`Engine::assess`] reads evidence off each service (`recommend`), weighs the whole (`verdict`), prices the work
//! (`effort`, `calibrate`, `estimate`) and looks for what is odd (`findings`). [`stack()`] lists the packages that follow,
//! [`schedule()`] what is done when.

mod answers;
mod ask;
mod baseline;
mod breakdown;
mod calibrate;
pub mod capacity;
mod cases;
mod causes;
mod compare;
mod curve;
mod cut;
mod difference;
mod effort;
mod engine;
mod estimate;
mod evaluate;
mod findings;
mod flip;
mod gather;
mod goal;
mod graph;
mod inquiry;
mod linear;
mod perspective;
mod probe;
mod recommend;
mod reconsider;
mod response;
mod robust;
mod scenario;
mod schedule;
mod seam;
mod sensitivity;
mod sharing;
mod stack;
mod tables;
mod target;
mod types;
mod uses;
mod verdict;
mod zones;

pub use crate::playbook::Severity;
pub use answers::Answers;
pub use ask::{Answer, Question};
pub use baseline::{ComparedPart, PROJECT_PART, PartChange, PartThen, baseline, compared};
pub use breakdown::{Cut, PartOf, Slice, breakdown};
pub use calibrate::EngineError;
pub use cases::CaseReport;
pub use causes::{
    Assessed, Because, Cause, Causes, Difference, DifferenceKind, MOST_CAUSES, Sort, Totals, TraitDifference,
};
pub use compare::{Basis, Column, Comparison, Differs, Ends, FindingCounts};
pub use difference::{Impact, MOST_SHARED_OUT, OnAnother};
pub use engine::{Engine, Multiplier};
pub use estimate::{Sums, round_to_cents, work_of};
pub use flip::{Change, Flip, Turning, step_of};
pub use gather::{Gather, Gathered};
pub use goal::{Extent, Goal, Least, MOST_PROPOSALS, NoTeam, Outlook, Proposal, Reached, TeamChange};
pub use perspective::{Class, Colouring, Mark, Perspective, UnknownPerspective, colouring};
pub use recommend::{GivenUp, given_up, reasons_for};
pub use response::Response;
pub use robust::{Knob, Robustness, Turned, Weakest};
pub use scenario::Choice;
pub use schedule::{Lane, Milestone, MilestoneKind, Schedule, Segment, Stretch, Task, Wait, schedule};
pub use sensitivity::{MOST_BARS, Mover, Sensitivity, Tornado, TornadoBar, TornadoEnd, TornadoRest};
pub use stack::{
    ComponentStack, Glue, GlueTaken, Stack, StackPackage, SystemPackage, component_stack, same_stack, stack,
};
pub use target::{Chances, Targets};
pub use types::{
    Alternative, AnswerCount, Assessment, ComponentAdvice, Crossing, Distribution, Estimate, EstimateLine, Finding,
    Fix, FrameworkScore, Lean, NextBest, Quantiles, Reason, SeamPrice, SeamWork, SystemVerdict, VerdictKind,
};
pub use uses::{ServiceUse, Uses, WorkUse, uses};
pub use zones::{Zone, box_world, grounds, zones};
