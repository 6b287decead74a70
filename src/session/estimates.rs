//! The estimate taken apart: tables, treemaps and what moves it. It follows a gesture like the estimate itself.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    sync::Arc,
};

use super::Session;
use crate::{
    assess::{CaseReport, Cut, MOST_BARS, Multiplier, Sensitivity, Slice, Sums, breakdown},
    explain,
    figures::{Columns, Money},
    project::ComponentId,
};

/// A breakdown ready to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The parts by the first cut, each cut again by the second, in the order of the document or the playbook.
    pub slices: Vec<Slice>,
    /// What people call each part.
    pub names: Vec<String>,
    /// Their figures; each column sums to its total as it is written.
    pub columns: Columns,
}

/// The cases behind the estimate, and what calibration on them made of the playbook's prices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases {
    /// How each case is met, and predicted by the others.
    pub reports: Vec<CaseReport>,
    /// What became of each work item's prior price.
    pub multipliers: Vec<Multiplier>,
}

#[derive(Debug, Default)]
pub(super) struct Estimates {
    tables: RefCell<HashMap<[Cut; 2], Arc<Table>>>,
    sums: OnceCell<HashMap<ComponentId, Sums>>,
    sensitivity: OnceCell<Sensitivity>,
}

impl Session {
    /// The estimate as it stands, cut by the first cut and each part by the second.
    pub fn breakdown(&self, cuts: [Cut; 2]) -> Arc<Table> {
        if let Some(known) = self.live.estimates.tables.borrow().get(&cuts) {
            return Arc::clone(known);
        }
        let (project, playbook) = (self.project(), &self.engine().playbook);
        let slices = breakdown(&self.assessment().estimate, playbook, &project.assumptions, &cuts);
        let sums: Vec<Sums> = slices.iter().map(|slice| slice.sums).collect();
        let table = Arc::new(Table {
            names: slices.iter().map(|slice| explain::part_of(playbook, project, &slice.of)).collect(),
            columns: Columns::new(Money::of(project), &sums),
            slices,
        });
        self.live.estimates.tables.borrow_mut().insert(cuts, Arc::clone(&table));
        table
    }

    /// The medians of the work on a component; `None` if there is none.
    pub fn component_sums(&self, id: &ComponentId) -> Option<Sums> {
        let sums = self.live.estimates.sums.get_or_init(|| {
            let by_component = self.assessment().estimate.by_component();
            by_component.into_iter().filter_map(|(id, sums)| Some((id?, sums))).collect()
        });
        sums.get(id).copied()
    }

    /// What moves the estimate as it stands.
    pub fn sensitivity(&self) -> &Sensitivity {
        self.live.estimates.sensitivity.get_or_init(|| {
            let (assumptions, estimate) = (&self.project().assumptions, &self.assessment().estimate);
            self.engine().sensitivity(assumptions, estimate, MOST_BARS)
        })
    }

    /// The cases that estimates stand on; the same for every project.
    pub fn cases(&self) -> &Cases {
        self.insights
            .cases
            .get_or_init(|| Cases { reports: self.engine().case_report(), multipliers: self.engine().multipliers() })
    }
}
