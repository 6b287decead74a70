//! Which of what can be seen has an accessible node. All of it, until that is hundreds: then those around what the person is at, in
//! document order, and the window moves along with them, so that going from one to the next reaches everything.

use crate::{
    project::{ComponentId, ElementId},
    ui::{View, canvas::CanvasState},
};

/// Most nodes of one kind in a frame.
pub(super) const MOST_NODES: usize = 400;

/// The positions of the components that have nodes in this frame, ascending: of those that are painted.
pub(super) fn cards(view: &View<'_>, state: &CanvasState) -> Vec<usize> {
    let at = |id: &ComponentId| view.session.project().components.get_index_of(id);
    let selected = view.session.selection().first().and_then(ElementId::component).and_then(at);
    let hovered = state.hovered.as_ref().and_then(ElementId::component).and_then(at);
    let focused = state.focus.stop().and_then(ElementId::component).and_then(at);
    around(&state.scene.card_positions(state.painted_world()), &[focused, selected, hovered])
}

/// The same of the connections.
pub(super) fn links(view: &View<'_>, state: &CanvasState) -> Vec<usize> {
    let at = |element: &ElementId| {
        let ElementId::Connection(id) = element else { return None };
        view.session.project().connections.get_index_of(id)
    };
    let focused = state.focus.stop().and_then(at);
    let selected = view.session.selection().iter().find_map(at);
    let hovered = state.hovered.as_ref().and_then(at);
    around(&state.scene.link_positions(state.painted_world()), &[focused, selected, hovered])
}

/// As many of `seen` (ascending) as there are nodes, around the first of `wanted` that there is; those of `wanted` in any case.
fn around(seen: &[usize], wanted: &[Option<usize>]) -> Vec<usize> {
    if seen.len() <= MOST_NODES {
        return seen.to_vec();
    }
    let wanted = || wanted.iter().flatten().copied();
    let anchor = seen.partition_point(|index| *index < wanted().next().unwrap_or(0));
    let from = anchor.saturating_sub(MOST_NODES / 2).min(seen.len() - MOST_NODES);
    let mut chosen = seen[from..from + MOST_NODES].to_vec();
    for index in wanted().filter(|index| seen.binary_search(index).is_ok()) {
        if let Err(at) = chosen.binary_search(&index) {
            chosen.insert(at, index);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_all_reached_and_much_around_where_the_person_is() {
        let few: Vec<usize> = (0..MOST_NODES).map(|index| index * 3).collect();
        assert_eq!(around(&few, &[None]), few);
        let many: Vec<usize> = (0..5_000).map(|index| index * 2).collect();
        assert_eq!(around(&many, &[None, None]), many[..MOST_NODES]);
        let chosen = around(&many, &[None, Some(5_000), Some(10)]);
        assert_eq!(chosen.len(), MOST_NODES + 1);
        assert!(chosen.is_sorted() && chosen.contains(&10) && chosen.contains(&5_000));
        assert_eq!(around(&many, &[Some(9_998)]), many[5_000 - MOST_NODES..]);
        assert!(!around(&many, &[Some(5_001)]).contains(&5_001), "what is not seen has no node");
    }

    #[test]
    fn going_from_one_to_the_next_reaches_everything() {
        let many: Vec<usize> = (0..2_000).collect();
        let mut at = 0;
        while at < 1_999 {
            let chosen = around(&many, &[Some(at)]);
            let next = chosen[chosen.binary_search(&at).unwrap() + 1];
            assert_eq!(next, at + 1);
            at = next;
        }
    }
}
