//! How the frameworks share the evidence on a service, and where the whole system overrules it: the same words in the dock
//! and in the inspector.

use super::phrases::short_name;
use crate::{
    assess::ComponentAdvice,
    figures,
    lang::{t, tr},
    playbook::Playbook,
    project::FrameworkId,
};

/// Below this much evidence, in decibans, nothing is given up worth a word.
const LEAST_DB: f64 = 0.05;

/// Every framework with its share, a line each, the largest first; then what the margin is over. The share is among all
/// frameworks, the margin over another family: a framework and its own variant may split the share between them.
pub(super) fn in_words(playbook: &Playbook, advice: &ComponentAdvice) -> String {
    let mut scores: Vec<_> = advice.scores.iter().collect();
    scores.sort_by(|a, b| b.share.total_cmp(&a.share));
    let mut lines = vec![t("Share among all frameworks, by its own evidence:").to_owned()];
    lines.extend(
        scores
            .iter()
            .map(|score| format!("{} {}", short_name(playbook, &score.framework), figures::share(score.share))),
    );
    if let Some(rival) = &advice.rival {
        let margin = figures::decibans(advice.margin_db);
        let rival = short_name(playbook, rival);
        lines.push(tr!("The margin, {margin} dB, is over the strongest of another family: {rival}", margin, rival));
    }
    lines.join("\n")
}

/// What the evidence on a service gives up for the framework it is built on, in decibans.
pub(super) fn given_up_db(advice: &ComponentAdvice) -> f64 {
    let score =
        |id: &FrameworkId| advice.scores.iter().find(|score| score.framework == *id).map_or(0.0, |s| s.score_db);
    score(&advice.best) - score(&advice.framework)
}

/// Whether the whole system is better served by another framework than the service itself.
pub(super) fn overruled(advice: &ComponentAdvice) -> bool {
    !advice.pinned && advice.best != advice.framework && given_up_db(advice) >= LEAST_DB
}

/// Where a service is overruled: what it leans to.
pub(super) fn leaning(playbook: &Playbook, advice: &ComponentAdvice) -> Option<String> {
    overruled(advice).then(|| {
        let (best, here) = (short_name(playbook, &advice.best), short_name(playbook, &advice.framework));
        tr!(
            "By itself it leans to {best} by {} dB; for the whole system {here} is better",
            crate::text::figure(given_up_db(advice), 1),
            best,
            here
        )
    })
}
