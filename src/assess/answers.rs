//! Everything that can be asked of an assessment, at once: for exports and programs.

use indexmap::IndexMap;

use super::{
    ask::Question,
    engine::Engine,
    flip::{Flip, Turning},
    inquiry::MOST_SERVICES,
};
use crate::project::{ComponentId, Project};

/// The answers to "what would turn it?" and "what should be asked next?".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// For each service that is not pinned (of very many, those with the smallest leads) its smallest single changes, smallest
    /// first; where none leads to another family and two together do, those two last.
    pub flips: IndexMap<ComponentId, Vec<Flip>>,
    /// The single changes that turn the verdict on the whole, smallest first.
    pub system: Vec<Flip>,
    /// What is worth asking next, weightiest first.
    pub ask_next: Vec<Question>,
}

impl Engine {
    /// The answers to every question about a project.
    pub fn answers(&self, project: &Project) -> Answers {
        self.inquire(project, |inquiry| {
            let now = inquiry.weighing.kind(inquiry.assignment);
            let mut answers = Answers { ask_next: self.ask(project, inquiry), ..Answers::default() };
            let closest = inquiry.closest(MOST_SERVICES);
            for position in closest.into_iter().filter(|position| !inquiry.is_pinned(*position)) {
                let Turning { single: mut flips, pair, .. } = inquiry.turning(position);
                answers.system.extend(flips.iter().filter(|flip| flip.verdict != now).cloned());
                flips.extend(pair);
                answers.flips.insert(inquiry.graph.components[position].0.clone(), flips);
            }
            answers.system.sort_by(|a, b| a.size().total_cmp(&b.size()));
            answers
        })
    }
}
