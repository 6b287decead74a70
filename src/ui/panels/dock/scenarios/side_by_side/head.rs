//! The heads of the columns: what each is called, what it is built on, and what can be done with it.

use egui::{
    Align2, Color32, Popup, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{Contents, SideBySideState, cell::INSET};
use crate::{
    assess::{Choice, Column},
    explain::side_by_side::Metric,
    lang::{later, t, tr},
    project::FrameworkId,
    session::{Action, ScenarioAction},
    ui::{
        Actions, copying, icons,
        theme::{Face, Tokens, icon, radius},
        widgets::{framework_look, icon_button, one_line, rename_field, text_size},
    },
};

/// The button that opens what can be done.
const MENU: f32 = 24.0;
/// A dot and the gap behind it.
const DOT: f32 = 11.0;
/// Width of the list of what can be done.
const ITEMS: f32 = 204.0;
/// The mark that says what is compared with.
const RADIO: f32 = 20.0;
/// The word beside it.
const BASE: &str = later("base");

/// One of the heads.
#[derive(Clone, Copy)]
struct Head<'a> {
    contents: &'a Contents<'a>,
    column: &'a Column,
    /// The number of the column.
    at: usize,
}

/// What is changed by a head, and what it asks for.
struct Subject<'a> {
    state: &'a mut SideBySideState,
    actions: &'a mut Actions,
}

/// All heads, on the ground of the panel, so that cells pass under them. Heads out of sight are there too: the keyboard reaches them.
pub(super) fn heads_ui(ui: &mut Ui, contents: &Contents<'_>, state: &mut SideBySideState, actions: &mut Actions) {
    let (strip, tokens) = (contents.place.heads(), Tokens::of(ui));
    ui.painter().rect_filled(strip, 0.0, tokens.panel);
    let mut heads = ui.new_child(UiBuilder::new().id_salt("heads").max_rect(strip));
    heads.set_clip_rect(strip.intersect(ui.clip_rect()));
    let mut subject = Subject { state, actions };
    for at in contents.place.order() {
        let column = &contents.table.comparison.columns[at];
        head_ui(&mut heads, Head { contents, column, at }, &mut subject);
    }
}

fn head_ui(ui: &mut Ui, head: Head<'_>, subject: &mut Subject<'_>) {
    let (Head { contents, column, at }, tokens) = (head, Tokens::of(ui));
    let rect = contents.place.head(at);
    let salt = column.slug.as_str();
    let selected = subject.state.selected.as_ref() == Some(&column.choice);
    let response = ui.interact(rect, ui.scope_id().with(("head", salt)), Sense::click());
    let words = format!("{}: {}", column.name, contents.table.figure_of(Metric::Verdict, at));
    response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, selected, &words));
    if contents.table.base == at {
        // The others pass under it.
        ui.painter().rect_filled(rect, 0.0, tokens.panel);
    }
    if selected || response.hovered() {
        let fill = if selected { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    ui.painter().vline(rect.right(), rect.y_range(), Stroke::new(1.0, tokens.line));
    let inner = rect.shrink2(vec2(INSET, 0.0));
    let first = Rect::from_min_size(inner.min + vec2(0.0, 2.0), vec2(inner.width() + 6.0, 21.0));
    let title = first.with_max_x(first.right() - MENU);
    title_ui(ui, head, title, subject);
    let menu = Rect::from_min_max(pos2(title.right(), first.top() - 1.0), first.max);
    let menu = menu_ui(ui, head, menu, subject);
    let second = Rect::from_min_max(first.left_bottom(), pos2(first.right(), inner.bottom() - 2.0));
    let radio = radio_ui(ui, head, second, subject.state);
    let rest = second.with_max_x(radio.rect.left());
    let end = counts_ui(ui, head, rest);
    base_ui(ui, head, rest.with_min_x(end));
    if response.has_focus() {
        let line = Stroke::new(1.5, tokens.accent.ink);
        ui.painter().rect_stroke(rect.shrink(1.0), radius::CONTROL, line, StrokeKind::Inside);
    }
    if [&response, &radio, &menu].iter().any(|part| part.gained_focus()) {
        contents.place.bring_into_view(ui, at);
    }
    if response.clicked() {
        subject.state.selected = (!selected).then(|| column.choice.clone());
    }
    if response.double_clicked()
        && let Choice::Saved(id) = &column.choice
    {
        subject.state.renaming = Some(id.clone());
    }
    copying::has_own_menu(&response);
    response.context_menu(|ui| items_ui(ui, head, subject));
    response.on_hover_text(words);
}

/// Chooses the column that the others are compared with, at the right end of a line.
fn radio_ui(ui: &mut Ui, head: Head<'_>, line: Rect, state: &mut SideBySideState) -> Response {
    let (Head { contents, column, at }, tokens) = (head, Tokens::of(ui));
    let chosen = contents.table.base == at;
    let rect = line.with_min_x(line.right() - RADIO);
    let name = tr!("Compare with {}", column.name);
    let response = ui.interact(rect, ui.scope_id().with(("base", column.slug.as_str())), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
    let (glyph, ink) = match chosen {
        true => (icons::CIRCLE_DOT, tokens.accent.ink),
        false if response.hovered() => (icons::CIRCLE, tokens.text),
        false => (icons::CIRCLE, tokens.faint),
    };
    let centre = pos2(rect.right() - 11.0, rect.center().y);
    ui.painter().text(centre, Align2::CENTER_CENTER, glyph, Face::Icons.at(12.0), ink);
    if response.has_focus() {
        ui.painter().circle_stroke(centre, 8.5, Stroke::new(1.5, tokens.accent.ink));
    }
    if response.clicked() {
        state.base = Some(column.choice.clone());
    }
    let hover =
        if chosen { t("The other columns are compared with this one") } else { t("Compare the others with this one") };
    response.on_hover_text(hover)
}

/// The name, or the field it is written in.
fn title_ui(ui: &mut Ui, head: Head<'_>, rect: Rect, subject: &mut Subject<'_>) {
    let Head { contents, column, .. } = head;
    let Choice::Saved(id) = &column.choice else { return name_ui(ui, column, rect) };
    if subject.state.renaming.as_ref() != Some(id) {
        return name_ui(ui, column, rect);
    }
    let builder = UiBuilder::new().id_salt(("name", id.as_str())).max_rect(rect);
    let renaming = ui.scope_builder(builder, |ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        let given = |wanted: &str| contents.view.session.scenario_name(id, wanted);
        rename_field(ui, t("Name of the scenario"), &column.name, &given)
    });
    if renaming.inner.is_done() {
        subject.state.renaming = None;
    }
    let name = renaming.inner.name();
    subject.actions.extend(name.map(|name| Action::Scenario(ScenarioAction::Rename(id.clone(), name))));
}

fn name_ui(ui: &Ui, column: &Column, rect: Rect) {
    let at = pos2(rect.left(), rect.center().y);
    one_line(ui, at, rect.width(), &column.name, Face::SemiBold.at(12.5), Tokens::of(ui).text);
}

/// A dot and a count for each framework, with its name where there is room for all of them; gives the right end.
fn counts_ui(ui: &Ui, head: Head<'_>, rect: Rect) -> f32 {
    let tokens = Tokens::of(ui);
    let (y, font) = (rect.center().y, Face::Regular.at(11.0));
    let named = |(framework, count): &(FrameworkId, usize)| {
        let (name, pair) = framework_look(ui, head.contents.table.playbook, framework);
        (*count > 0).then(|| (format!("{count} {name}"), count.to_string(), pair.ink))
    };
    let counts: Vec<(String, String, Color32)> = head.column.counts.iter().filter_map(named).collect();
    if counts.is_empty() {
        return rect.left() + one_line(ui, rect.left_center(), rect.width(), t("nothing to build"), font, tokens.muted);
    }
    let around = DOT + 8.0;
    let long: f32 = counts.iter().map(|(words, ..)| text_size(ui, words, font.clone()).x + around).sum();
    let long_fits = long - 8.0 <= rect.width() - base_width(ui, head);
    // What does not fit even so is cut at the mark: the hover text has it.
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut x = rect.left();
    for (words, count, ink) in counts {
        painter.circle_filled(pos2(x + 4.0, y), 4.0, ink);
        let words = if long_fits { words } else { count };
        x = painter.text(pos2(x + DOT, y), Align2::LEFT_CENTER, words, font.clone(), tokens.muted).right() + 8.0;
    }
    x - 8.0
}

/// What the word beside the mark takes; nothing where it does not stand.
fn base_width(ui: &Ui, head: Head<'_>) -> f32 {
    if head.contents.table.base == head.at { text_size(ui, t(BASE), Face::Medium.at(11.0)).x + 6.0 } else { 0.0 }
}

/// The word beside the mark of the column that is compared with, where there is room.
fn base_ui(ui: &Ui, head: Head<'_>, rect: Rect) {
    let width = base_width(ui, head);
    if width > 0.0 && width <= rect.width() {
        let ink = Tokens::of(ui).accent.ink;
        ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, t(BASE), Face::Medium.at(11.0), ink);
    }
}

fn menu_ui(ui: &mut Ui, head: Head<'_>, rect: Rect, subject: &mut Subject<'_>) -> Response {
    let builder = UiBuilder::new().id_salt(("menu", head.column.slug.as_str())).max_rect(rect);
    let name = tr!("What to do with {}", head.column.name);
    let button = ui.scope_builder(builder, |ui| icon_button(ui, icons::ELLIPSIS, &name)).inner;
    Popup::menu(&button).width(ITEMS).show(|ui| items_ui(ui, head, subject));
    button
}

/// What can be done with a column.
fn items_ui(ui: &mut Ui, head: Head<'_>, subject: &mut Subject<'_>) {
    let (Head { contents, column, .. }, Subject { state, actions }) = (head, subject);
    // A menu under the pointer would take all the width there is.
    ui.set_width(ITEMS);
    let choice = &column.choice;
    let base = &contents.table.comparison.columns[contents.table.base].choice;
    if *choice != Choice::Plan {
        let hover = t(
            "Its pins, what it puts off, its team and rates become the plan's; targets, calendar and currency stay as they are",
        );
        // Without its name, which may be as long as people like; those who hear it do not see the column.
        let words = [t("Make it the plan"), &tr!("Make {} the plan", column.name)];
        if item(ui, icons::CHECK, words, hover, Ok(())) {
            actions.push(Action::Scenario(ScenarioAction::Take(choice.clone())));
        }
    }
    if choice != base
        && item(
            ui,
            icons::CIRCLE_DOT,
            [t("Compare from here"); 2],
            t("The other columns are compared with this one"),
            Ok(()),
        )
    {
        state.base = Some(choice.clone());
    }
    let allowed = contents.view.session.can_keep();
    let Choice::Saved(id) = choice else {
        let hover = t("Remember its pins, what it puts off, its team and rates, whatever becomes of those of the plan");
        if item(ui, icons::PLUS, [t("Keep as a scenario"); 2], hover, allowed) {
            actions.push(Action::Scenario(ScenarioAction::Keep(choice.clone())));
        }
        return;
    };
    ui.separator();
    if item(ui, icons::PENCIL, [t("Rename"); 2], t("Give it another name"), Ok(())) {
        state.renaming = Some(id.clone());
    }
    if item(ui, icons::COPY, [t("Duplicate"); 2], t("Keep a copy of it"), allowed) {
        actions.push(Action::Scenario(ScenarioAction::Duplicate(id.clone())));
    }
    let hover = t("Its pins, what it puts off, its team and rates become those that the plan has now");
    if item(ui, icons::REFRESH, [t("Update from the plan"); 2], hover, Ok(())) {
        actions.push(Action::Scenario(ScenarioAction::Update(id.clone())));
    }
    if item(ui, icons::TRASH, [t("Delete"); 2], t("Keep it no longer; undo brings it back"), Ok(())) {
        actions.push(Action::Scenario(ScenarioAction::Delete(id.clone())));
    }
}

/// A line of the menu: what is read, and what is heard.
fn item(ui: &mut Ui, glyph: char, [words, spoken]: [&str; 2], hover: &str, allowed: Result<(), &str>) -> bool {
    let muted = Tokens::of(ui).muted;
    let button = egui::Button::new((icon(glyph, 13.0).color(muted), words)).frame_when_inactive(false).truncate();
    let response = ui.add_enabled(allowed.is_ok(), button.min_size(vec2(ui.available_width(), 24.0)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, allowed.is_ok(), spoken));
    let clicked = response.clicked();
    response.on_hover_text(hover).on_disabled_hover_text(allowed.err().unwrap_or_default());
    if clicked {
        ui.close();
    }
    clicked
}
