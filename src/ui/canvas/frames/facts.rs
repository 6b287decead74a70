//! What the sheet knows of a boundary, worked out once for each project and assessment.

use kurbo::Rect;

use crate::{
    assess::{Gathered, Severity},
    explain,
    figures::Money,
    lang::{t, tr},
    project::{Boundary, BoundaryId, ElementId, FrameworkId},
};

/// A boundary on the sheet.
#[derive(Debug, PartialEq)]
pub(in crate::ui::canvas) struct Frame {
    pub id: BoundaryId,
    pub element: ElementId,
    pub name: String,
    /// The frame, or the box it is folded to.
    pub rect_world: Rect,
    /// The framework that all services within share.
    pub framework: Option<FrameworkId>,
    pub locked: bool,
    /// What is on its box, while it is folded to one.
    pub folded: Option<FoldedBox>,
}

/// What a folded boundary says of what it stands for.
#[derive(Debug, PartialEq)]
pub(in crate::ui::canvas) struct FoldedBox {
    /// How many are in it: `5 components, 1 later`.
    pub contents: String,
    /// What the work in it comes to: `12.4 person-weeks · $84K`.
    pub sums: String,
    /// What the services in it are built on, and how many on each.
    pub frameworks: Vec<(FrameworkId, usize)>,
    /// The worst finding about anything in it, and how many there are.
    pub worst: Option<Severity>,
    pub findings: usize,
}

impl FoldedBox {
    /// The box of what was gathered.
    pub(in crate::ui::canvas) fn new(gathered: Gathered, money: Money<'_>) -> Self {
        Self {
            contents: explain::gathered_in_short(&gathered),
            sums: explain::gathered_sums(&gathered, money),
            worst: gathered.worst,
            findings: gathered.findings,
            frameworks: gathered.frameworks,
        }
    }

    /// What all services in it are built on, if that is one.
    pub(in crate::ui::canvas) fn framework(&self) -> Option<&FrameworkId> {
        if let [(only, _)] = self.frameworks.as_slice() { Some(only) } else { None }
    }
}

impl Frame {
    /// A boundary as it is seen.
    pub(in crate::ui::canvas) fn new(
        id: &BoundaryId,
        boundary: &Boundary,
        framework: Option<FrameworkId>,
        folded: Option<FoldedBox>,
    ) -> Self {
        Self {
            id: id.clone(),
            element: ElementId::Boundary(id.clone()),
            name: boundary.name.clone(),
            rect_world: boundary.rect_world(),
            framework,
            locked: boundary.locked,
            folded,
        }
    }

    /// The button that folds or unfolds it.
    pub(in crate::ui::canvas) fn fold_label(&self) -> String {
        let verb = if self.folded.is_some() { t("Unfold") } else { t("Fold") };
        tr!("{verb} {what}", verb, what = self.name)
    }
}
