//! What the commands do to the session, a function each.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    assess::Choice,
    figures::{Unit, counted},
    geometry::align::is_locked,
    lang::{t, tr},
    project::{Component, ComponentId, Edit, ElementId, Project},
    session::{
        Session,
        action::{Action, BaselineAction, CanvasRequest, Request, ScenarioAction, Select},
        clipboard,
        tour::TourMove,
    },
};

pub(super) type Enabled = Result<(), &'static str>;

#[expect(clippy::unnecessary_wraps, reason = "the table wants one signature")]
pub(super) fn always(_: &Session) -> Enabled {
    Ok(())
}

pub(super) fn has_selection(session: &Session) -> Enabled {
    if session.selection().is_empty() { Err(t("Select something first")) } else { Ok(()) }
}

pub(super) fn has_traits(session: &Session) -> Enabled {
    match (session.selection().len(), session.selection().first()) {
        (1, Some(ElementId::Component(_) | ElementId::Connection(_))) => Ok(()),
        _ => Err(t("Select one component or connection first")),
    }
}

pub(super) fn has_component(session: &Session) -> Enabled {
    session.selected_component().map(|_| ()).ok_or(t("Select one component first"))
}

pub(super) fn has_named(session: &Session) -> Enabled {
    match (session.selection().len(), session.selection().first()) {
        (1, Some(_)) => Ok(()),
        _ => Err(t("Select one element first")),
    }
}

/// The cursor into what the selected element is called, where that stands.
pub(super) fn rename(session: &mut Session) {
    let edit = match session.selection().first() {
        Some(ElementId::Connection(id)) => CanvasRequest::EditLabel(id.clone()),
        // What is folded away can be named only beside the sheet.
        Some(element) if session.project().hidden().contains_key(element) => return session.request(Request::Rename),
        Some(element) => CanvasRequest::EditInPlace(element.clone()),
        None => return,
    };
    session.request(Request::Canvas(CanvasRequest::SeeSelection));
    session.request(Request::Canvas(edit));
}

/// The selected components that are put off, or those that are not.
fn selected(session: &Session, deferred: bool) -> impl Iterator<Item = (&ComponentId, &Arc<Component>)> {
    let components = &session.project().components;
    let chosen =
        session.selection().iter().filter_map(ElementId::component).filter_map(|id| components.get_key_value(id));
    chosen.filter(move |(_, component)| component.deferred == deferred)
}

pub(super) fn has_built(session: &Session) -> Enabled {
    selected(session, false).next().map(|_| ()).ok_or(t("Select a component that is not put off"))
}

pub(super) fn has_deferred(session: &Session) -> Enabled {
    selected(session, true).next().map(|_| ()).ok_or(t("Select a component that is put off to later"))
}

pub(super) fn has_project_elements(session: &Session) -> Enabled {
    let project = session.project();
    if project.components.is_empty() && project.boundaries.is_empty() && project.sticky_notes.is_empty() {
        Err(t("The sheet is empty"))
    } else {
        Ok(())
    }
}

pub(super) fn has_file(session: &Session) -> Enabled {
    if session.path().is_some() { Ok(()) } else { Err(t("The project has no file yet")) }
}

/// Begins the tour on a new plan, or goes on with the one that was left on this plan.
pub(super) fn take_tour(session: &mut Session) {
    match session.tour() {
        Some(_) => session.move_tour(TourMove::Show),
        None if session.has_left_tour() => session.resume_tour(),
        None => session.request(Request::Tour),
    }
}

pub(super) fn has_tour(session: &Session) -> Enabled {
    if session.tour().is_some() {
        Ok(())
    } else {
        Err(t("Nobody is taking the tour: Take the tour in the Help menu begins it"))
    }
}

pub(super) fn can_undo(session: &Session) -> Enabled {
    if session.history().in_gesture() || session.history().undo_name().is_some() {
        Ok(())
    } else {
        Err(t("Nothing to take back"))
    }
}

/// Whether anything was changed since the plan was opened or saved.
pub(super) fn has_changes(session: &Session) -> Enabled {
    if session.is_dirty() { Ok(()) } else { Err(t("Nothing was changed since it was saved")) }
}

pub(super) fn can_redo(session: &Session) -> Enabled {
    session.history().redo_name().map(|_| ()).ok_or(t("Nothing was taken back"))
}

pub(super) fn has_findings(session: &Session) -> Enabled {
    session.assessment().open_findings().next().map(|_| ()).ok_or(t("There is nothing to look at"))
}

pub(super) fn can_keep_baseline(session: &Session) -> Enabled {
    session.can_keep_baseline()
}

pub(super) fn keep_baseline(session: &mut Session) {
    session.apply(Action::Baseline(BaselineAction::Keep));
}

pub(super) fn can_keep_scenario(session: &Session) -> Enabled {
    session.can_keep()
}

pub(super) fn keep_scenario(session: &mut Session) {
    session.apply(Action::Scenario(ScenarioAction::Keep(Choice::Plan)));
}

pub(super) fn copy(session: &mut Session) {
    if let Some(text) = clipboard::copy(session) {
        session.request(Request::CopyText(text));
    }
}

/// Something that can be copied: a connection goes with the components that it joins.
pub(super) fn has_copyable(session: &Session) -> Enabled {
    has_selection(session)?;
    let joined = session.selection().iter().all(|element| matches!(element, ElementId::Connection(_)));
    if joined { Err(t("A connection is copied with the components that it joins: select those")) } else { Ok(()) }
}

pub(super) fn can_cut(session: &Session) -> Enabled {
    has_copyable(session)?;
    can_delete(session)
}

pub(super) fn can_delete(session: &Session) -> Enabled {
    has_selection(session)?;
    if session.selection().iter().all(|element| is_locked(session.project(), element)) {
        return Err(t("What is selected is locked; Ctrl+L lets go of it"));
    }
    Ok(())
}

/// What was copied goes, so that pasting it brings back what was there: with a boundary also what lies in it. What is locked stays.
pub(super) fn cut(session: &mut Session) {
    let stays = leave_locked(session);
    copy(session);
    let all = session.project().with_contents(session.selection());
    remove(session, t("Cut"), all, stays);
}

/// What lies in an open frame stays without it; what a folded one stands for goes with it. What is locked stays.
pub(super) fn delete(session: &mut Session) {
    if !session.remove_waypoint() {
        let stays = leave_locked(session);
        let all = session.project().removed_with(session.selection());
        remove(session, t("Delete"), all, stays);
    }
}

/// Takes what is locked out of the selection, and gives what that was.
fn leave_locked(session: &mut Session) -> BTreeSet<ElementId> {
    let project = Arc::clone(session.project());
    let (locked, rest): (BTreeSet<_>, BTreeSet<_>) =
        session.selection().iter().cloned().partition(|element| is_locked(&project, element));
    if !locked.is_empty() {
        session.select(Select::Only(rest.into_iter().collect()));
    }
    locked
}

/// One step that says what goes: the selection, and how much more.
fn remove(session: &mut Session, verb: &str, mut all: BTreeSet<ElementId>, mut stays: BTreeSet<ElementId>) {
    let project = Arc::clone(session.project());
    stays.extend(all.iter().filter(|element| is_locked(&project, element)).cloned());
    all.retain(|element| !stays.contains(element));
    let selection = session.selection();
    let more = all.len() - selection.len();
    let mut name = match (selection.len(), selection.first()) {
        (1, Some(element)) => tr!("{verb} {what}", verb, what = session.project().name_of(element)),
        (count, _) => tr!("{verb} {count} elements", verb, count),
    };
    if more > 0 {
        let within = if selection.len() == 1 { t("in it") } else { t("in them") };
        name = tr!("{name} and {} {within}", counted(&more.to_string(), Unit::Element), name, within);
    }
    session.edit(&name, &[Edit::Remove(all)]);
    if let Some(one) = stays.first() {
        let words = match stays.len() {
            1 => tr!("{} is locked and stays", project.name_of(one)),
            count => tr!("{count} locked elements stay", count),
        };
        session.request(Request::Say(words));
    }
}

/// Puts the selected components off to later, or takes them in again; one step.
pub(super) fn defer(session: &mut Session, deferred: bool) {
    let ids: Vec<ComponentId> = selected(session, !deferred).map(|(id, _)| id.clone()).collect();
    let step = deferring(session.project(), &ids, deferred);
    let edits: Vec<Edit> = ids.into_iter().map(|id| Edit::SetDeferred(id, deferred)).collect();
    session.edit(&step, &edits);
}

/// What the step is called that puts components off, or takes them in again.
pub fn deferring(project: &Project, ids: &[ComponentId], deferred: bool) -> String {
    let what = match ids {
        [one] => project.component_name(one),
        several => tr!("{} components", several.len()),
    };
    if deferred { tr!("Put {what} off to later", what) } else { tr!("Take {what} in again", what) }
}

pub(super) fn duplicate(session: &mut Session) {
    session.duplicate();
}

pub(super) fn select_all(session: &mut Session) {
    let project = session.project();
    let components = project.components.keys().cloned().map(ElementId::Component);
    let connections = project.connections.keys().cloned().map(ElementId::Connection);
    let boundaries = project.boundaries.keys().cloned().map(ElementId::Boundary);
    let notes = project.sticky_notes.keys().cloned().map(ElementId::Note);
    // What a folded boundary stands for goes where that goes.
    let hidden = project.hidden();
    let all = components.chain(connections).chain(boundaries).chain(notes);
    let all = all.filter(|element| !hidden.contains_key(element)).collect();
    session.select(Select::Only(all));
}

pub(super) fn select_none(session: &mut Session) {
    session.select(Select::Nothing);
}
