//! How severities look: another sign for each, so that colour is not what tells them apart.

use crate::{
    assess::Severity,
    ui::{
        icons,
        theme::{Pair, Tokens},
    },
};

/// The sign and the colours of a severity.
pub fn severity_look(tokens: &Tokens, severity: Severity) -> (char, Pair) {
    match severity {
        Severity::Error => (icons::CIRCLE_X, tokens.error),
        Severity::Warning => (icons::TRIANGLE_ALERT, tokens.warning),
        Severity::Hint => (icons::LIGHTBULB, tokens.accent),
    }
}
