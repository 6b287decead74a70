//! The pages of the help: the documents that stand beside the program, as they are.

use std::sync::LazyLock;

use super::read::{Block, Span, plain, read};
use crate::lang::t;

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
    /// Its text.
    pub blocks: Vec<Block>,
    /// Its parts; the first one is all of it.
    pub sections: Vec<Section>,
}

impl Page {
    fn new(shelf: Shelf, id: &'static str, text: &str) -> Self {
        let blocks = read(text);
        let heading = |(block, what): (usize, &Block)| match what {
            Block::Heading(depth, spans) => {
                let title = plain(spans);
                Some(Section { anchor: anchor(&title), title, depth: *depth, block })
            }
            _ => None,
        };
        let sections = blocks.iter().enumerate().filter_map(heading).collect();
        Self { id, shelf, blocks, sections }
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.sections.first().map_or(self.id, |section| &section.title)
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

/// Every page in its order.
pub static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let mut pages: Vec<Page> = TEXTS.iter().map(|(shelf, id, text)| Page::new(*shelf, id, text)).collect();
    let titles: Vec<(String, String)> =
        pages.iter().map(|page| (format!("{}.md", page.id), page.short_title())).collect();
    for span in pages.iter_mut().flat_map(|page| &mut page.blocks).flat_map(Block::texts_mut).flatten() {
        // A link that is called after its file is called here as the page is.
        if let Some((_, title)) = titles.iter().find(|(file, _)| span.link.is_some() && *file == span.text) {
            span.text.clone_from(title);
        }
    }
    pages
});

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
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    match file.strip_suffix(".md").filter(|id| !id.contains('/')) {
        Some(id) => place(&format!("{id}#{anchor}")).map(Target::Place),
        None if file.is_empty() => place(&format!("{}#{anchor}", PAGES.get(page)?.id)).map(Target::Place),
        None => Some(Target::Source(match file.strip_prefix("../") {
            Some(beside) => beside.to_owned(),
            None => format!("docs/{file}"),
        })),
    }
}

/// The place with this name: `guide`, `guide#capacity`.
pub fn place(name: &str) -> Option<Place> {
    let (id, anchor) = name.split_once('#').unwrap_or((name, ""));
    let page = PAGES.iter().position(|page| page.id == id)?;
    let sections = &PAGES[page].sections;
    let section = if anchor.is_empty() { 0 } else { sections.iter().position(|section| section.anchor == anchor)? };
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
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut seen = 0;
        for (number, page) in PAGES.iter().enumerate() {
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
        for page in PAGES.iter() {
            let first = page.sections.first();
            assert_eq!(first.map(|section| (section.depth, section.block)), Some((1, 0)), "{} has no title", page.id);
            let anchors: HashSet<&str> = page.sections.iter().map(|section| section.anchor.as_str()).collect();
            assert_eq!(anchors.len(), page.sections.len(), "two sections of {} are called the same", page.id);
        }
    }

    #[test]
    fn places_are_known_by_name() {
        let capacity = place("guide#capacity").unwrap();
        assert_eq!(PAGES[capacity.page].sections[capacity.section].title, "Capacity");
        assert_eq!(target(capacity.page, "#capacity"), Some(Target::Place(capacity)));
        assert_eq!(target(0, "https://example.org/a.md"), Some(Target::Web("https://example.org/a.md".to_owned())));
        assert_eq!((place("guide#nothing"), place("nowhere")), (None, None));
    }
}
