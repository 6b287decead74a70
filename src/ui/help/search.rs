//! Search in all pages: the sections that have every word.

use super::pages::{Place, pages};

/// Most hits that are listed.
const MOST: usize = 60;
/// How much of the text is shown around a word, in bytes before it and in all.
const BEFORE: usize = 30;
const SHOWN: usize = 90;

/// A section that has every word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it is.
    pub place: Place,
    /// The first block of it with a word in it.
    pub block: usize,
    /// What stands around the word; empty if only the heading has it.
    pub around: String,
}

/// A text in small letters, each of them as long as before, so that a place of the one is a place of the other.
fn small(text: &str) -> String {
    let small = |letter: char| {
        let mut lower = letter.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(lower), None) if lower.len_utf8() == letter.len_utf8() => lower,
            _ => letter,
        }
    };
    text.chars().map(small).collect()
}

/// The words of a query as they are looked for: capitals do not matter, and signs between words are none of them.
pub fn words_of(query: &str) -> Vec<String> {
    let all = query.split_whitespace().map(small);
    let (words, signs): (Vec<_>, Vec<_>) = all.partition(|word| word.contains(char::is_alphanumeric));
    if words.is_empty() { signs } else { words }
}

/// The sections that have every word of the query: those with them in their heading first, then those with the words as they stand
/// beside each other, then the others, in the order of the pages.
pub fn find(query: &str) -> Vec<Hit> {
    let words = words_of(query);
    if words.is_empty() {
        return Vec::new();
    }
    // As it was typed, signs and all.
    let phrase = small(&query.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut found = Vec::new();
    for (number, page) in pages().iter().enumerate() {
        for (at, section) in page.sections.iter().enumerate() {
            let end = page.sections.get(at + 1).map_or(page.blocks.len(), |next| next.block);
            let texts: Vec<String> = page.blocks[section.block..end].iter().map(super::read::Block::plain).collect();
            let all = small(&texts.join("\n"));
            if !words.iter().all(|word| all.contains(word.as_str())) {
                continue;
            }
            let title = small(&section.title);
            let rank = match () {
                () if words.iter().all(|word| title.contains(word.as_str())) => 0,
                () if all.contains(&phrase) => 1,
                () => 2,
            };
            found.push((rank, hit(Place { page: number, section: at }, section.block, &texts, &words, &phrase)));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(MOST);
    found.into_iter().map(|(_, hit)| hit).collect()
}

/// What is shown of a section that has the words.
fn hit(place: Place, first: usize, texts: &[String], words: &[String], phrase: &str) -> Hit {
    let lower: Vec<String> = texts.iter().map(|text| small(text)).collect();
    // Behind the heading, which is shown anyway; the words beside each other rather than the first of them.
    let at = |word: &str| {
        let position = |(block, text): (usize, &String)| text.find(word).map(|byte| (block, byte));
        lower.iter().enumerate().skip(1).find_map(position)
    };
    match at(phrase).or_else(|| words.iter().find_map(|word| at(word))) {
        Some((block, byte)) => Hit { place, block: first + block, around: around(&texts[block], byte) },
        None => Hit { place, block: first, around: String::new() },
    }
}

/// A line of a text around a place, whole words of it.
fn around(text: &str, byte: usize) -> String {
    let text = text.replace('\n', " ");
    let begin = match text[..text.floor_char_boundary(byte.saturating_sub(BEFORE))].len() {
        0 => 0,
        begin => text[begin..byte].find(' ').map_or(byte, |space| begin + space + 1),
    };
    let end = text.floor_char_boundary(begin + SHOWN);
    let end = if end == text.len() { end } else { text[begin..end].rfind(' ').map_or(end, |space| begin + space) };
    let (before, behind) = (if begin > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" });
    format!("{before}{}{behind}", &text[begin..end])
}

/// The byte ranges of a text in which one of the words stands, in order and apart from each other.
pub fn marks(text: &str, words: &[String]) -> Vec<std::ops::Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let lower = small(text);
    let mut all: Vec<_> = words
        .iter()
        .flat_map(|word| lower.match_indices(word.as_str()).map(|(at, found)| at..at + found.len()))
        .collect();
    all.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut apart: Vec<std::ops::Range<usize>> = Vec::new();
    for range in all {
        if apart.last().is_none_or(|last| last.end <= range.start) {
            apart.push(range);
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(hit: &Hit) -> &str {
        &pages()[hit.place.page].sections[hit.place.section].title
    }

    #[test]
    fn headings_come_first_and_every_word_has_to_be_there() {
        let hits = find("capacity");
        assert_eq!(title(&hits[0]), "Capacity");
        assert!(hits.len() > 3);
        let hits = find("DECIBANS odds");
        assert!(hits.len() > 1 && hits.iter().all(|hit| hit.around.contains("decibans")), "{hits:?}");
        assert!(find("deciban qwertz").is_empty() && find("  ").is_empty());
    }

    #[test]
    fn every_hit_leads_to_a_block_of_its_section() {
        for query in ["the", "a", "é", "¶", "…", "p10 p90", "`", "\"", "×"] {
            for hit in find(query) {
                let sections = &pages()[hit.place.page].sections;
                let of = sections.partition_point(|section| section.block <= hit.block) - 1;
                assert_eq!(of, hit.place.section, "{query}: {hit:?}");
            }
        }
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        assert_eq!(marks("Übergänge, ÜBER", &words_of("über")), [0..5, 13..18]);
        let words = words_of("Plan planned a");
        assert_eq!(marks("A planned plan", &words), [0..1, 2..9, 10..14]);
        assert!(marks("x", &[]).is_empty());
        assert_eq!(
            (words_of("Alt + arrows"), words_of("+")),
            (vec!["alt".to_owned(), "arrows".to_owned()], vec!["+".to_owned()])
        );
    }
}
