//! What the program knows and does without a window: the document, the knowledge, the assessment, files, exports, the command line.
//!
//! One program of many files: each further one would be linked with the whole toolkit anew.

/// What several of them need.
#[allow(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot go on fails the test")]
#[path = "../common"]
mod common {
    pub mod any_project;
    pub mod builtin;
    pub mod chance;
    pub mod chaos;
    pub mod cli;
    pub mod drawings;
    pub mod git;
    pub mod large;
    pub mod page;
    pub mod payments;
    pub mod rules;
    pub mod session;
    pub mod shop;
    pub mod slips;
    pub mod small_playbook;
    pub mod xml;
}

mod arrange;
mod assess_estimate;
mod assess_evidence;
mod assess_properties;
mod bounds;
mod capacity;
mod capacity_advice;
mod capacity_exports;
mod capacity_plan;
mod cases;
mod catalogue;
mod causes;
mod chaos;
mod cli;
mod cli_capacity;
mod cli_check;
mod cli_choices;
mod cli_plans;
mod documents;
mod estimate_views;
mod exports;
mod files;
mod findings;
mod flip;
mod folding;
mod fuzz;
mod geometry;
mod goal;
mod hostile;
mod layers;
mod line_words;
mod lines;
mod lost_marks;
mod merge;
mod merge_files;
mod merge_kept;
mod near_ids;
mod network;
mod network_circles;
mod network_fixes;
mod notes;
mod picture;
mod playbook;
mod questions;
mod reading;
mod repair;
mod repair_lines;
mod repair_sections;
mod routes;
mod scenarios;
mod schedule;
mod seam;
mod servers;
mod session;
mod simulation;
mod slips;
mod slips_fields;
mod slips_mail;
mod slips_more;
mod slips_numbers;
mod spoken;
mod stack;
mod strays;
mod tidy;
mod told;
mod told_in_german;
mod walk;
mod words;
