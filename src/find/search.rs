//! Comparing a query with the index.

use super::{Found, Group, Hit, Index, Item, Rank, Role};
use crate::text::matching::{Fit, MOST_WORDS, Wanted, is_near, word_fit};

/// How each word of a query fits a text.
#[derive(Clone, Copy, Default)]
struct Scored {
    phrase: Option<Fit>,
    words: [Option<Fit>; MOST_WORDS],
}

impl Index {
    /// What fits a query; nothing if it is empty. Slips of the hand are looked for only where nothing has the words as typed.
    pub fn search(&self, query: &str) -> Found {
        let wanted = Wanted::new(query);
        if wanted.is_empty() {
            return Found::default();
        }
        let typed = self.ranked(&wanted, &self.scored(&wanted));
        if !typed.is_empty() {
            return grouped(typed, false);
        }
        let near = self.ranked(&wanted, &self.scored_near(&wanted));
        grouped(near, true)
    }

    fn scored(&self, wanted: &Wanted) -> Vec<Scored> {
        let score = |text: &String| {
            let mut scored = Scored { phrase: wanted.phrase(text), ..Scored::default() };
            for (fit, word) in scored.words.iter_mut().zip(&wanted.words) {
                *fit = word_fit(word, text);
            }
            scored
        };
        self.texts.iter().map(score).collect()
    }

    fn scored_near(&self, wanted: &Wanted) -> Vec<Scored> {
        let score = |(text, is_name): (&String, &bool)| {
            let mut scored = Scored::default();
            for (fit, word) in scored.words.iter_mut().zip(&wanted.words) {
                *fit = word_fit(word, text).or_else(|| (*is_name && is_near(word, text)).then_some(Fit::Near));
            }
            scored
        };
        self.texts.iter().zip(&self.names).map(score).collect()
    }

    fn ranked(&self, wanted: &Wanted, scored: &[Scored]) -> Vec<(Rank, Group)> {
        let rank = |(at, item): (usize, &Item)| {
            let (fit, length) = self.rank(item, wanted.words.len(), scored)?;
            Some(((fit, item.behind, length, at as u32), item.group))
        };
        self.items.iter().enumerate().filter_map(rank).collect()
    }

    /// How well a thing fits: every word must be found in one of its texts, and one of them in a text of its own.
    fn rank(&self, item: &Item, words: usize, scored: &[Scored]) -> Option<(Fit, usize)> {
        let fields = &self.fields[item.fields.start as usize..item.fields.end as usize];
        let mut best = [None::<Fit>; MOST_WORDS];
        let (mut own, mut phrase, mut length) = (false, None::<Fit>, usize::MAX);
        for (at, role) in fields {
            let score = &scored[*at as usize];
            for (best, fit) in best.iter_mut().zip(score.words).take(words) {
                own |= *role != Role::Whose && fit.is_some();
                *best = better(*best, fit);
            }
            if *role == Role::Name {
                phrase = better(phrase, score.phrase);
                length = length.min(self.texts[*at as usize].len());
            }
        }
        let weakest = best[..words].iter().try_fold(Fit::Words, |all, one| Some(all.max((*one)?)))?;
        own.then(|| (phrase.map_or(weakest, |phrase| phrase.min(weakest)), length))
    }
}

fn grouped(mut ranked: Vec<(Rank, Group)>, near: bool) -> Found {
    ranked.sort_unstable_by_key(|(rank, _)| *rank);
    let mut order: Vec<(Fit, usize)> = Vec::new();
    for (place, group) in Group::ALL.iter().enumerate() {
        if let Some(((fit, ..), _)) = ranked.iter().find(|(_, of)| of == group) {
            order.push((*fit, place));
        }
    }
    order.sort_unstable();
    let mut found = Found { near: near && !ranked.is_empty(), ..Found::default() };
    for (_, place) in order {
        let group = Group::ALL[place];
        let begin = found.hits.len();
        found.hits.extend(ranked.iter().filter(|(_, of)| *of == group).map(|((.., at), _)| Hit(*at)));
        found.groups.push((group, begin..found.hits.len()));
    }
    found
}

fn better(a: Option<Fit>, b: Option<Fit>) -> Option<Fit> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    }
}
