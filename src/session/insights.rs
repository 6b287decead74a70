//! Analyses that go further than an assessment: made when they are first looked at, kept until the project changes.

use std::cell::OnceCell;

use crate::assess::Uses;

/// What was worked out for the present revision so far, a cell for each analysis. A cell is filled on first use by the
/// function of [`Session`](super::Session) that hands it out, so that panels may ask for it in every frame.
#[derive(Debug, Default)]
pub(super) struct Insights {
    pub(super) uses: OnceCell<Uses>,
}
