//! From a reason to the claims of the page it stands on, and from a claim's words back to it.

use super::{Claim, Criterion, CriterionId, Package, Playbook, Provenance, WorkItem, WorkItemId};
use crate::lang::t;

/// The page has paragraphs 1 to this.
pub const PARAGRAPHS: u8 = 18;

/// A mark like ¶7 somewhere in the program: the paragraph, and what it stands behind there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The paragraph, 1 to [`PARAGRAPHS`].
    pub paragraph: u8,
    /// What cites it.
    pub subject: Subject,
}

/// What cites a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Nothing in particular: a finding, a case, running text.
    Paragraph,
    /// A reason for or against a framework.
    Criterion(CriterionId),
    /// A piece of work and its price.
    WorkItem(WorkItemId),
    /// A package, by name.
    Package(String),
}

impl Citation {
    /// A paragraph by itself.
    pub fn paragraph(paragraph: u8) -> Self {
        Self { paragraph, subject: Subject::Paragraph }
    }

    /// A paragraph as a criterion cites it.
    pub fn criterion(paragraph: u8, criterion: &CriterionId) -> Self {
        Self { paragraph, subject: Subject::Criterion(criterion.clone()) }
    }

    /// The first paragraph a work item cites, if it cites any.
    pub fn work_item(item: &WorkItem) -> Option<Self> {
        let paragraph = *item.paragraphs.first()?;
        Some(Self { paragraph, subject: Subject::WorkItem(item.id.clone()) })
    }

    /// The first paragraph that names a package, if one does.
    pub fn package(package: &Package) -> Option<Self> {
        let paragraph = *package.paragraphs.first()?;
        Some(Self { paragraph, subject: Subject::Package(package.name.clone()) })
    }
}

impl Claim {
    /// Whether it is named as what the subject stands on; never for a paragraph by itself.
    pub fn carries(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Paragraph => false,
            Subject::Criterion(id) => self.criteria.contains(id),
            Subject::WorkItem(id) => self.work_items.contains(id),
            Subject::Package(name) => self.packages.contains(name),
        }
    }
}

impl Provenance {
    /// Every kind of knowledge.
    pub const ALL: [Self; 4] = [Self::Claim, Self::Assumption, Self::Measured, Self::Update];

    /// The kind in a word, sentence case.
    pub fn label(self) -> &'static str {
        match self {
            Self::Claim => t("Claim"),
            Self::Assumption => t("Assumption"),
            Self::Measured => t("Measured"),
            Self::Update => t("Update"),
        }
    }
}

/// What cites a paragraph without being named by one of its claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uncarried<'a> {
    /// Criteria.
    pub criteria: Vec<&'a Criterion>,
    /// Work items.
    pub work_items: Vec<&'a WorkItem>,
    /// Packages.
    pub packages: Vec<&'a Package>,
}

impl Playbook {
    /// The claims of a paragraph, in their order.
    pub fn claims_of(&self, paragraph: u8) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.paragraph == paragraph)
    }

    /// What a paragraph is called; empty if nobody gave it a title.
    pub fn paragraph_title(&self, paragraph: u8) -> &str {
        self.claims_of(paragraph)
            .map(|claim| claim.paragraph_title.as_str())
            .find(|title| !title.is_empty())
            .unwrap_or("")
    }

    /// The claims behind a citation: those of the paragraph that name the subject, or all of it if none does.
    pub fn claims_behind<'a>(&'a self, citation: &'a Citation) -> Vec<&'a Claim> {
        let named: Vec<&Claim> =
            self.claims_of(citation.paragraph).filter(|claim| claim.carries(&citation.subject)).collect();
        if named.is_empty() { self.claims_of(citation.paragraph).collect() } else { named }
    }

    /// What cites a paragraph although none of its claims names it.
    pub fn uncarried(&self, paragraph: u8) -> Uncarried<'_> {
        let carried = |subject: &Subject| self.claims_of(paragraph).any(|claim| claim.carries(subject));
        let cites = |paragraphs: &[u8]| paragraphs.contains(&paragraph);
        let criteria = self.criteria.values().filter(|one| cites(&one.paragraphs));
        let work_items = self.work_items.values().filter(|one| cites(&one.paragraphs));
        let packages = self.packages.iter().filter(|one| cites(&one.paragraphs));
        Uncarried {
            criteria: criteria.filter(|one| !carried(&Subject::Criterion(one.id.clone()))).collect(),
            work_items: work_items.filter(|one| !carried(&Subject::WorkItem(one.id.clone()))).collect(),
            packages: packages.filter(|one| !carried(&Subject::Package(one.name.clone()))).collect(),
        }
    }

    /// The claims that hold every word: `¶4` is that paragraph alone, `measured` and `update` are kinds, other words are
    /// looked for in the claim, its figures, its verdict, and in what stands on it.
    pub fn find_claims(&self, words: &str) -> Vec<&Claim> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        self.claims.iter().filter(|claim| self.holds(claim, &words)).collect()
    }

    fn holds(&self, claim: &Claim, words: &[String]) -> bool {
        let text = if words.is_empty() { String::new() } else { self.text_of(claim) };
        words.iter().all(|word| match word.strip_prefix('¶').map(str::parse::<u8>) {
            Some(Ok(paragraph)) => claim.paragraph == paragraph,
            _ => text.contains(word.as_str()),
        })
    }

    /// Everything a claim can be found by, in lower case.
    fn text_of(&self, claim: &Claim) -> String {
        let mut parts = vec![
            "¶",
            claim.provenance.label(),
            self.paragraph_title(claim.paragraph),
            &claim.claim,
            &claim.page_figure,
            &claim.measured,
            &claim.how,
            &claim.verdict,
            &claim.checked,
            &claim.id,
        ];
        parts.extend(claim.criteria.iter().map(|id| self.criteria.get(id).map_or(id.as_str(), |one| &one.label)));
        parts.extend(claim.work_items.iter().map(|id| self.work_items.get(id).map_or(id.as_str(), |one| &one.label)));
        parts.extend(claim.packages.iter().map(String::as_str));
        parts.join("\n").to_lowercase()
    }
}
