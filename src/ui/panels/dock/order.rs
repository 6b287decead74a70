//! The order in which the parts of an estimate are shown.

use std::sync::Arc;

use super::table::Sorting;
use crate::{
    assess::Slice,
    session::{Session, Table},
};

/// Columns of a table of parts, by which it is sorted.
pub(super) const NAME: usize = 0;
pub(super) const EFFORT: usize = 1;
pub(super) const WEEKS: usize = 2;
pub(super) const BUDGET: usize = 3;
pub(super) const SHARE: usize = 4;
/// Not sorted: as the project or the playbook has them.
const AS_THEY_ARE: usize = usize::MAX;

/// The dearest first.
pub(super) const DEAREST_FIRST: Sorting = Sorting { column: BUDGET, descending: true };
/// What takes longest first.
pub(super) const LONGEST_FIRST: Sorting = Sorting { column: WEEKS, descending: true };
/// As the project or the playbook has them.
pub(super) const UNSORTED: Sorting = Sorting { column: AS_THEY_ARE, descending: false };

/// The parts in the order they are shown in: made anew when the table or what it is sorted by changes. While something is dragged
/// or held, no row leaves its place.
#[derive(Clone, Debug, Default)]
pub struct Order {
    made_for: Option<(Arc<Table>, Sorting)>,
    places: Vec<usize>,
}

impl Order {
    /// The places of a table's parts, sorted.
    pub(super) fn of(&mut self, session: &Session, table: &Arc<Table>, sorting: Sorting) -> &[usize] {
        let known = self.made_for.as_ref().is_some_and(|(made_for, by)| {
            let held = session.history().in_gesture() && self.places.len() == table.slices.len();
            *by == sorting && (held || Arc::ptr_eq(made_for, table))
        });
        if !known {
            self.places = sorted(table, sorting);
            self.made_for = Some((Arc::clone(table), sorting));
        }
        &self.places
    }
}

/// The places of a table's parts, sorted.
pub(super) fn sorted(table: &Table, sorting: Sorting) -> Vec<usize> {
    let mut order: Vec<usize> = (0..table.slices.len()).collect();
    let by = |figure: fn(&Slice) -> f64| {
        move |a: &usize, b: &usize| figure(&table.slices[*a]).total_cmp(&figure(&table.slices[*b]))
    };
    match sorting.column {
        NAME => order.sort_by_cached_key(|i| table.names[*i].to_lowercase()),
        EFFORT => order.sort_by(by(|slice| slice.sums.person_weeks)),
        WEEKS => order.sort_by(by(|slice| slice.sums.weeks)),
        BUDGET | SHARE => order.sort_by(by(|slice| slice.sums.usd)),
        _ => {}
    }
    if sorting.descending {
        order.reverse();
    }
    order
}
