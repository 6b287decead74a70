//! What the sheet knows of a boundary, worked out once for each project and assessment.

use std::sync::Arc;

use kurbo::Rect;

use crate::{
    assess::{Assessment, Gather, Severity},
    explain,
    figures::Money,
    geometry::layout,
    project::{Boundary, BoundaryId, ElementId, FrameworkId, Project},
};

/// A boundary that is seen.
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
pub(in crate::ui::canvas) struct FoldedBox {
    /// How many of what: `5 components`.
    pub contents: String,
    /// What the work in it comes to: `12.4 person-weeks · $84K`.
    pub sums: String,
    /// What the services in it are built on, and how many on each.
    pub frameworks: Vec<(FrameworkId, usize)>,
    /// The worst finding about anything in it, and how many there are.
    pub worst: Option<Severity>,
    pub findings: usize,
}

impl Frame {
    /// What it is called for those who do not see it.
    pub(in crate::ui::canvas) fn label(&self) -> String {
        let mut label = self.name.clone();
        if let Some(folded) = &self.folded {
            label = format!("{label}, folded: {}, {}", folded.contents, folded.sums);
            if folded.findings > 0 {
                let findings = if folded.findings == 1 { "finding" } else { "findings" };
                label = format!("{label}, {} {findings}", folded.findings);
            }
        }
        if self.locked { label + ", locked" } else { label }
    }

    /// The button that folds or unfolds it.
    pub(in crate::ui::canvas) fn fold_label(&self) -> String {
        let verb = if self.folded.is_some() { "Unfold" } else { "Fold" };
        format!("{verb} {}", self.name)
    }
}

/// The boundaries of a project that are seen, in the order of the document.
pub(in crate::ui::canvas) fn frames(project: &Project, assessment: &Assessment) -> Vec<Frame> {
    let folds = project.boundaries.values().any(|boundary| boundary.folded.is_some());
    let gather = folds.then(|| Gather::new(project, assessment));
    let seen = project.boundaries.iter().filter(|(id, _)| !project.is_boundary_hidden(id));
    seen.map(|(id, boundary)| frame(project, assessment, gather.as_ref(), (id, boundary))).collect()
}

fn frame(
    project: &Project,
    assessment: &Assessment,
    gather: Option<&Gather<'_>>,
    (id, boundary): (&BoundaryId, &Arc<Boundary>),
) -> Frame {
    let rect_world = boundary.rect_world();
    let gathered = gather.filter(|_| boundary.folded.is_some()).map(|gather| gather.of(&project.contents(id)));
    let framework = match &gathered {
        Some(gathered) => match gathered.frameworks.as_slice() {
            [(only, _)] => Some(only.clone()),
            _ => None,
        },
        None => {
            let mut frameworks =
                layout::members(project, rect_world).filter_map(|id| assessment.verdict.assignment.get(id));
            let first = frameworks.next();
            first.filter(|first| frameworks.all(|other| other == *first)).cloned()
        }
    };
    Frame {
        id: id.clone(),
        element: ElementId::Boundary(id.clone()),
        name: boundary.name.clone(),
        rect_world,
        framework,
        locked: boundary.locked,
        folded: gathered.map(|gathered| FoldedBox {
            contents: explain::gathered_contents(&gathered),
            sums: explain::gathered_sums(&gathered, Money::of(project)),
            worst: gathered.worst,
            findings: gathered.findings,
            frameworks: gathered.frameworks,
        }),
    }
}
