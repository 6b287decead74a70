//! The pages of the help: the documents that stand beside the program, as they are.

use std::sync::OnceLock;

use super::read::{Block, Span, plain, read};
use crate::lang::{self, Language, VOICES, later, t};

/// Which pages stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// For who plans.
    Planning,
    /// For who goes further.
    Further,
    /// For who writes programs.
    Programs,
}

impl Shelf {
    /// Every shelf in its order.
    pub const ALL: [Self; 3] = [Self::Planning, Self::Further, Self::Programs];

    /// The caption over its pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Planning => t("Planning"),
            Self::Further => t("Going further"),
            Self::Programs => t("For other programs"),
        }
    }
}

macro_rules! pages {
    ($($shelf:ident $id:literal;)*) => {
        /// Each page's shelf, name and text.
        const TEXTS: &[(Shelf, &str, &str)] =
            &[$((Shelf::$shelf, $id, include_str!(concat!("../../../docs/", $id, ".md")))),*];
    };
}

pages! {
    Planning "guide";
    Planning "words";
    Planning "method";
    Further "playbook";
    Further "files";
    Further "git";
    Further "check";
    Programs "assess-json";
    Programs "compare-json";
    Programs "causes-json";
    Programs "reach-json";
    Programs "schedule-json";
    Programs "capacity-json";
    Programs "capacity-csv";
    Programs "sensitivity-json";
    Programs "evidence-json";
    Programs "find-json";
    Programs "diff-json";
    Programs "baselines-json";
}

/// What who begins needs first, in German. Block for block the same as the English page, which a test holds: a place of the one is a place of
/// the other.
const GERMAN: &[(&str, &str)] =
    &[("guide", include_str!("../../../docs/de/guide.md")), ("words", include_str!("../../../docs/de/words.md"))];

/// What pages that are there in English alone are called in the contents.
const CALLED: &[(&str, &str)] = &[
    ("method", later("Method")),
    ("playbook", later("Writing your own playbook")),
    ("files", later("Files")),
    ("git", later("Plans in git")),
    ("capacity-csv", later("Capacity for a spreadsheet")),
];

/// A part of a page from one heading to the next.
#[derive(Clone, Debug)]
pub struct Section {
    /// The words of its heading.
    pub title: String,
    /// 1 is the page itself.
    pub depth: u8,
    /// What links call it.
    pub anchor: String,
    /// The block of its heading.
    pub block: usize,
}

/// One document.
#[derive(Clone, Debug)]
pub struct Page {
    /// The name of its file without the ending.
    pub id: &'static str,
    /// What it stands with.
    pub shelf: Shelf,
    /// Whether it is there in the language that is spoken; else it is the English one.
    pub translated: bool,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Its parts; the first one is all of it.
    pub sections: Vec<Section>,
    /// The folder that its links are seen from.
    folder: &'static str,
}

impl Page {
    fn new((shelf, id, english): (Shelf, &'static str, &str)) -> Self {
        let own = match lang::current() {
            Language::English => None,
            Language::German => GERMAN.iter().find(|(known, _)| *known == id).map(|(_, text)| *text),
        };
        let translated = own.is_some() || lang::current() == Language::English;
        let mut blocks = read(own.unwrap_or(english));
        let heading = |(block, what): (usize, &Block)| match what {
            Block::Heading(depth, spans) => {
                let title = plain(spans);
                Some(Section { anchor: anchor(&title), title: lang::of_document(title), depth: *depth, block })
            }
            _ => None,
        };
        let sections = blocks.iter().enumerate().filter_map(heading).collect();
        for block in &mut blocks {
            if let Block::Code(_, lines) = block {
                *lines = lang::of_document(std::mem::take(lines));
            }
            for span in block.texts_mut().into_iter().flatten() {
                span.text = lang::of_document(std::mem::take(&mut span.text));
            }
        }
        let folder = if own.is_some() { "docs/de" } else { "docs" };
        Self { id, shelf, translated, blocks, sections, folder }
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        let called = CALLED.iter().find(|(id, _)| !self.translated && *id == self.id);
        called
            .map(|(_, title)| t(title))
            .or(self.sections.first().map(|section| section.title.as_str()))
            .unwrap_or(self.id)
    }

    /// What it is called where there is little room: without what all of its shelf have in common.
    pub fn short_title(&self) -> String {
        let title = self.title().split(", schema").next().unwrap_or_default();
        title.trim_start_matches("groundplan ").to_owned()
    }
}

/// What links call a heading, as is usual on the web.
fn anchor(title: &str) -> String {
    let kept = title.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Every page in its order, in the language that is spoken as far as there is one in it.
pub fn pages() -> &'static [Page] {
    static PAGES: [OnceLock<Vec<Page>>; VOICES] = [const { OnceLock::new() }; VOICES];
    PAGES[lang::voice()].get_or_init(|| {
        let mut pages: Vec<Page> = TEXTS.iter().map(|text| Page::new(*text)).collect();
        let titles: Vec<(String, String)> =
            pages.iter().map(|page| (lang::of_document(format!("{}.md", page.id)), page.short_title())).collect();
        for span in pages.iter_mut().flat_map(|page| &mut page.blocks).flat_map(Block::texts_mut).flatten() {
            // A link that is called after its file is called here as the page is.
            if let Some((_, title)) = titles.iter().find(|(file, _)| span.link.is_some() && *file == span.text) {
                span.text.clone_from(title);
            }
        }
        pages
    })
}

/// A section of a page, both by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub page: usize,
    /// Its section.
    pub section: usize,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a place of the help.
    Place(Place),
    /// To a page of the web.
    Web(String),
    /// To a file that comes with the program's source and is no page.
    Source(String),
}

/// Where a link of a page leads; `None` if there is nothing.
pub fn target(page: usize, link: &str) -> Option<Target> {
    if link.starts_with("http://") || link.starts_with("https://") {
        return Some(Target::Web(link.to_owned()));
    }
    let of = pages().get(page)?;
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    if file.is_empty() {
        return place(&format!("{}#{anchor}", of.id)).map(Target::Place);
    }
    let file = seen_from(of.folder, file);
    let document = [of.folder, "docs"].into_iter().find_map(|folder| file.strip_prefix(folder)?.strip_prefix('/'));
    match document.and_then(|name| name.strip_suffix(".md")).filter(|id| !id.contains('/')) {
        Some(id) => place(&format!("{id}#{anchor}")).map(Target::Place),
        None => Some(Target::Source(file)),
    }
}

/// A file as it is called from the root of the source, which a page of a folder calls so.
fn seen_from(folder: &str, file: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in file.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// The place with this name: `guide`, `guide#capacity`. A section is called as on the page that is read, or as on the English one, which has
/// the same sections.
pub fn place(name: &str) -> Option<Place> {
    let (id, anchor) = name.split_once('#').unwrap_or((name, ""));
    let page = pages().iter().position(|page| page.id == id)?;
    let called_so = || pages()[page].sections.iter().position(|section| section.anchor == anchor);
    let section = if anchor.is_empty() { Some(0) } else { called_so() };
    let section = section.or_else(|| {
        let english = lang::with(Language::English, pages);
        english[page].sections.iter().position(|section| section.anchor == anchor)
    })?;
    Some(Place { page, section })
}

/// Whether a span is a link that can be followed.
pub fn leads(page: usize, span: &Span) -> Option<Target> {
    target(page, span.link.as_deref()?)
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_link_leads_somewhere() {
        for language in Language::ALL {
            lang::with(language, links_lead_somewhere);
        }
    }

    fn links_lead_somewhere() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut seen = 0;
        for (number, page) in pages().iter().enumerate() {
            for span in page.blocks.iter().flat_map(Block::texts).flatten() {
                let Some(link) = &span.link else { continue };
                seen += 1;
                match leads(number, span) {
                    Some(Target::Source(file)) => assert!(root.join(&file).exists(), "{}: {link}", page.id),
                    Some(Target::Place(_) | Target::Web(_)) => {}
                    None => panic!("{}: {link} leads nowhere", page.id),
                }
            }
        }
        assert!(seen > 15, "{seen} links");
    }

    #[test]
    fn every_document_is_a_page_and_says_which_part_is_which() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if let Some(id) = name.strip_suffix(".md") {
                assert!(place(id).is_some(), "{name} is no page of the help");
            }
        }
        for page in pages() {
            let first = page.sections.first();
            assert_eq!(first.map(|section| (section.depth, section.block)), Some((1, 0)), "{} has no title", page.id);
            let anchors: HashSet<&str> = page.sections.iter().map(|section| section.anchor.as_str()).collect();
            assert_eq!(anchors.len(), page.sections.len(), "two sections of {} are called the same", page.id);
        }
    }

    #[test]
    fn places_are_known_by_name() {
        let capacity = place("guide#capacity").unwrap();
        assert_eq!(pages()[capacity.page].sections[capacity.section].title, "Capacity");
        assert_eq!(target(capacity.page, "#capacity"), Some(Target::Place(capacity)));
        assert_eq!(target(0, "https://example.org/a.md"), Some(Target::Web("https://example.org/a.md".to_owned())));
        assert_eq!((place("guide#nothing"), place("nowhere")), (None, None));
        lang::with(Language::German, || {
            assert_eq!(pages()[capacity.page].sections[capacity.section].title, "Kapazität");
            let called = ["guide#capacity", "guide#kapazität"].map(place);
            assert_eq!(called, [Some(capacity); 2], "the program calls a section as the English page does");
            assert_eq!(target(capacity.page, "../method.md#the-seam"), place("method#the-seam").map(Target::Place));
            assert_eq!(target(capacity.page, "words.md"), place("words").map(Target::Place));
            assert_eq!(target(capacity.page, "../../README.md"), Some(Target::Source("README.md".to_owned())));
        });
    }

    /// What a page is made of: the sort of each block, with what stands in it that is the same in every language.
    fn shape(page: &Page) -> Vec<String> {
        let span = |span: &Span| {
            let link = span.link.as_ref().map(|_| "link");
            [span.code.then_some("code"), span.strong.then_some("strong"), link]
                .into_iter()
                .flatten()
                .collect::<String>()
        };
        let spans = |texts: Vec<&[Span]>| texts.concat().iter().map(span).filter(|one| !one.is_empty()).count();
        let sort = |block: &Block| match block {
            Block::Heading(depth, _) => format!("heading {depth}"),
            Block::Paragraph(_) => "paragraph".to_owned(),
            Block::Item(depth, mark, _) => format!("item {depth} {mark}"),
            Block::Code(depth, lines) => format!("code {depth} {lines}"),
            Block::Table(rows) => format!("table {:?}", rows.iter().map(Vec::len).collect::<Vec<_>>()),
        };
        page.blocks.iter().map(|block| format!("{}, {} marked", sort(block), spans(block.texts()))).collect()
    }

    #[test]
    fn a_translated_page_is_made_as_the_english_one_is() {
        let english = lang::with(Language::English, pages);
        let german = lang::with(Language::German, pages);
        for (english, german) in english.iter().zip(german) {
            let title = english.sections[0].title.as_str();
            for (number, (a, b)) in shape(english).iter().zip(&shape(german)).enumerate() {
                assert_eq!(a, b, "{title}: block {number}: {}", german.blocks[number].plain());
            }
            assert_eq!(english.blocks.len(), german.blocks.len(), "{title}");
            let targets = |language, page: &Page| -> HashSet<String> {
                let number = pages().iter().position(|other| other.id == page.id).unwrap();
                let spans = page.blocks.iter().flat_map(Block::texts).flatten();
                lang::with(language, || {
                    spans.filter_map(|span| leads(number, span)).map(|target| format!("{target:?}")).collect()
                })
            };
            assert_eq!(targets(Language::English, english), targets(Language::German, german), "{title}");
        }
        let translated = german.iter().filter(|page| page.translated).map(|page| page.id);
        assert_eq!(translated.collect::<Vec<_>>(), ["guide", "words"]);
    }
}
